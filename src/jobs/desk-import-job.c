#include "desk-import-job.h"

#include "desk-imports.h"

#define ROWS_BETWEEN_LOOKS 256 /* at the cancel button */

/* Everybody known so far by what two records of one person share: key → patient id, or minus the row for a row. */
typedef struct
{
  DeskDb *db;
  const DeskImportFile *file;
  const DeskImportPlan *plan;
  DeskDay today;
  GHashTable *keys;
  GHashTable *charts; /* numbers given in the table or the clinic */
} Known;

static void
finding_free (gpointer data)
{
  DeskImportFinding *finding = data;

  g_free (finding->name);
  g_free (finding->birth);
  g_free (finding->other_name);
  desk_problems_free (finding->problems);
  g_free (finding);
}

void
desk_import_look_free (DeskImportLook *look)
{
  if (!look)
    return;
  g_array_unref (look->states);
  g_ptr_array_unref (look->findings);
  g_free (look);
}

/* How many rows would be taken in as it stands. */
guint
desk_import_look_taken (const DeskImportLook *look)
{
  guint taken = look->counts[DESK_IMPORT_NEW];

  for (guint i = 0; i < look->findings->len; i++)
    {
      const DeskImportFinding *finding = g_ptr_array_index (look->findings, i);

      taken += finding->state == DESK_IMPORT_DUPLICATE && finding->take;
    }
  return taken;
}

static DeskPatient *
patient_of_row (const DeskImportFile *file, const DeskImportPlan *plan, guint row, DeskDay today, guint *line,
                DeskProblems *problems)
{
  g_auto (GStrv) cells = desk_import_file_row (file, row, line);

  return desk_import_row (plan, (const char *const *) cells, today, problems);
}

static void
remember (Known *known, const GPtrArray *keys, gint64 who)
{
  for (guint i = 0; i < keys->len; i++)
    if (!g_hash_table_contains (known->keys, keys->pdata[i]))
      g_hash_table_insert (known->keys, g_strdup (keys->pdata[i]), GSIZE_TO_POINTER ((gsize) who));
}

static gboolean
remember_clinic (Known *known, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) ids = desk_patient_ids (known->db, DESK_PATIENT_SORT_CHART, error);

  for (guint i = 0; ids && i < ids->len; i++)
    {
      g_autoptr (DeskPatient) patient = desk_patient_load (known->db, g_array_index (ids, gint64, i), error);

      if (!patient || (i % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error)))
        return FALSE;
      g_autoptr (GPtrArray) keys = desk_duplicate_keys (patient);
      remember (known, keys, patient->id);
      g_hash_table_add (known->charts, g_strdup (patient->chart));
    }
  return ids != NULL;
}

/* Fills in whom the patient most likely is: one who shares a key and scores best. */
static gboolean
find_other (Known *known, const DeskPatient *patient, const GPtrArray *keys, DeskImportFinding *finding, GError **error)
{
  for (guint i = 0; i < keys->len; i++)
    {
      gssize who = (gssize) GPOINTER_TO_SIZE (g_hash_table_lookup (known->keys, keys->pdata[i]));
      g_autoptr (DeskProblems) ignored = desk_problems_new ();
      g_autoptr (DeskPatient) other = NULL;
      guint line = 0;

      if (who == 0)
        continue;
      other = who > 0 ? desk_patient_load (known->db, who, error)
                      : patient_of_row (known->file, known->plan, (guint) (-who - 1), known->today, &line, ignored);
      if (!other)
        return FALSE;
      DeskDuplicate duplicate = desk_duplicate_score (patient, other);
      if (duplicate.level < DESK_DUPLICATE_LIKELY || duplicate.level <= finding->duplicate.level)
        continue;
      finding->duplicate = duplicate;
      finding->other_id = who > 0 ? who : 0;
      finding->other_line = line;
      g_free (finding->other_name);
      finding->other_name = desk_patient_name (other);
    }
  return TRUE;
}

static void
note (DeskImportLook *look, DeskImportFinding *finding)
{
  guint8 state = (guint8) finding->state;

  g_array_append_val (look->states, state);
  look->counts[state]++;
  look->warned += state == DESK_IMPORT_NEW && finding->problems->len > 0;
  if ((state != DESK_IMPORT_NEW || finding->problems->len > 0) && look->findings->len < DESK_IMPORT_MAX_FINDINGS)
    g_ptr_array_add (look->findings, finding);
  else
    finding_free (finding);
}

static gboolean
look_at (Known *known, DeskImportLook *look, guint row, GError **error)
{
  DeskImportFinding *finding = g_new0 (DeskImportFinding, 1);

  finding->row = row;
  finding->problems = desk_problems_new ();
  g_autoptr (DeskPatient) patient
      = patient_of_row (known->file, known->plan, row, known->today, &finding->line, finding->problems);
  if (*patient->chart && g_hash_table_contains (known->charts, patient->chart))
    desk_problems_add (finding->problems, "chart", "chart-taken", patient->chart);
  finding->name = desk_patient_name (patient);
  finding->birth = g_strdup (patient->birth);
  finding->state = desk_problems_block (finding->problems) ? DESK_IMPORT_WRONG : DESK_IMPORT_NEW;
  if (finding->state == DESK_IMPORT_NEW)
    {
      g_autoptr (GPtrArray) keys = desk_duplicate_keys (patient);

      if (!find_other (known, patient, keys, finding, error))
        {
          finding_free (finding);
          return FALSE;
        }
      if (finding->duplicate.level != DESK_DUPLICATE_NONE)
        finding->state = DESK_IMPORT_DUPLICATE;
      remember (known, keys, -(gint64) row - 1);
      if (*patient->chart)
        g_hash_table_add (known->charts, g_strdup (patient->chart));
    }
  note (look, finding);
  return TRUE;
}

/* How the table is best read: as one with these columns was the last time, or as its header and dates let guess. */
DeskImportPlan *
desk_import_propose (DeskDb *db, const DeskImportFile *file, gboolean *remembered, GError **error)
{
  const char *const *header = (const char *const *) file->header;
  g_autofree char *key = desk_import_header_key (header);
  g_autoptr (GError) own = NULL;
  g_autofree char *kept = desk_import_mapping_load (db, key, &own);
  gboolean seen[3] = { FALSE };

  if (own)
    {
      g_propagate_error (error, g_steal_pointer (&own));
      return NULL;
    }
  *remembered = kept != NULL;
  if (kept)
    return desk_import_plan_parse (kept, header);

  DeskImportPlan *plan = desk_import_plan_new (header);
  for (guint i = 0; i < file->rows->len; i++)
    {
      g_auto (GStrv) cells = desk_import_file_row (file, i, NULL);

      desk_import_plan_dates (plan, (const char *const *) cells, seen);
    }
  /* One order for the whole table, and only where nothing in it speaks against it. */
  if (seen[DESK_DAY_ORDER_DMY] != seen[DESK_DAY_ORDER_MDY])
    plan->order = seen[DESK_DAY_ORDER_DMY] ? DESK_DAY_ORDER_DMY : DESK_DAY_ORDER_MDY;
  return plan;
}

static void
known_clear (Known *known)
{
  g_hash_table_unref (known->keys);
  g_hash_table_unref (known->charts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

/* Reads every row with the plan and compares it with everybody who is there and with the rows before it. */
DeskImportLook *
desk_import_look (DeskDb *db, const DeskImportFile *file, const DeskImportPlan *plan, DeskDay today,
                  DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (DeskImportLook) look = g_new0 (DeskImportLook, 1);
  g_auto (Known) known = { db, file, plan, today, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                           g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };

  look->states = g_array_new (FALSE, FALSE, 1);
  look->findings = g_ptr_array_new_with_free_func (finding_free);
  if (!desk_import_known (db, file->digest, &look->known_batch, error) || !remember_clinic (&known, cancellable, error))
    return NULL;
  for (guint row = 0; row < file->rows->len; row++)
    {
      if (row % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (row % ROWS_BETWEEN_LOOKS == 0 && progress)
        progress ((double) row / file->rows->len, user_data);
      if (!look_at (&known, look, row, error))
        return NULL;
    }
  for (guint i = 0; i < look->findings->len && !look->ambiguous_dates; i++)
    {
      const DeskImportFinding *finding = g_ptr_array_index (look->findings, i);

      for (guint p = 0; p < finding->problems->len; p++)
        if (g_str_equal (desk_problems_get (finding->problems, p)->code, "ambiguous-date"))
          look->ambiguous_dates = TRUE;
    }
  return g_steal_pointer (&look);
}

static GHashTable *
taken_duplicates (const DeskImportLook *look)
{
  GHashTable *rows = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < look->findings->len; i++)
    {
      const DeskImportFinding *finding = g_ptr_array_index (look->findings, i);

      if (finding->state == DESK_IMPORT_DUPLICATE && finding->take)
        g_hash_table_add (rows, GUINT_TO_POINTER (finding->row));
    }
  return rows;
}

/* Takes in what the look says, in one transaction: all or nothing, also when cancelled. Keeps the plan for the next
 * table with these columns. */
gboolean
desk_import_take (DeskDb *db, const DeskImportFile *file, const DeskImportPlan *plan, const DeskImportLook *look,
                  DeskDay today, DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable,
                  gint64 *batch_id, GError **error)
{
  const char *const *header = (const char *const *) file->header;
  g_autoptr (GHashTable) taken = taken_duplicates (look);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskImportWriter) writer
      = desk_import_begin (db, file->name, file->digest, desk_import_look_taken (look), error);

  for (guint row = 0; writer && row < look->states->len; row++)
    {
      guint8 state = g_array_index (look->states, guint8, row);
      guint line;

      if (row % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (row % ROWS_BETWEEN_LOOKS == 0 && progress)
        progress ((double) row / look->states->len, user_data);
      if (state == DESK_IMPORT_WRONG
          || (state == DESK_IMPORT_DUPLICATE && !g_hash_table_contains (taken, GUINT_TO_POINTER (row))))
        continue;
      g_array_set_size (problems, 0);
      g_autoptr (DeskPatient) patient = patient_of_row (file, plan, row, today, &line, problems);
      if (!desk_import_add (writer, patient, line, error))
        return FALSE;
    }
  if (!writer || !desk_import_commit (writer, batch_id, error))
    return FALSE;

  g_autofree char *key = desk_import_header_key (header);
  g_autofree char *mapping = desk_import_plan_format (plan, header);
  g_autoptr (GError) forgotten = NULL;
  if (!desk_import_mapping_save (db, key, mapping, &forgotten))
    g_warning ("the columns will have to be told again: %s", forgotten->message);
  return TRUE;
}
