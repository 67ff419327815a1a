#include "desk-patients.h"

#include <string.h>

#include "desk-clinics.h"
#include "desk-code-check.h"

/* The texts in the order of desk_patient_fields (), then interpreter, version and id. */
#define READ \
  "SELECT chart, family, given, family_native, given_native, kana, preferred, sex, birth, nationality," \
  " passport, passport_until," \
  " languages, phone, email, address, zone, emergency, referrer, agency, allergies, medication, purpose, icd10," \
  " diagnosis, stage," \
  " diagnosed_on, note, former, occupation, interpreter, version, id FROM patient "

static DeskPatient *
read_patient (DeskStmt *stmt, GError **error)
{
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such patient");
  if (step != DESK_STEP_ROW)
    return NULL;

  DeskPatient *patient = desk_patient_new ();
  for (guint i = 0; i < n; i++)
    desk_patient_set (patient, &fields[i], desk_stmt_text (stmt, i));
  patient->interpreter = desk_stmt_int (stmt, n);
  patient->version = desk_stmt_int64 (stmt, n + 1);
  patient->id = desk_stmt_int64 (stmt, n + 2);
  return patient;
}

/* The whole record; DESK_ERROR_NOT_FOUND when there is none. */
DeskPatient *
desk_patient_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE id = $1", "i", id);

  return read_patient (stmt, error);
}

/* The record of a chart number, written in full. */
DeskPatient *
desk_patient_load_chart (DeskDb *db, const char *chart, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE chart = $1", "t", chart);

  return read_patient (stmt, error);
}

/* The rules once more, so that no road leads past them. The day is the latest anywhere on earth: what is
 * today in the clinic must not be the future here. */
static gboolean
refuse_invalid (const DeskPatient *patient, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_patient_check (patient, (DeskDay) (g_get_real_time () / G_USEC_PER_SEC / 86400) + 1, problems);
  for (guint i = 0; i < problems->len; i++)
    if (!desk_problems_get (problems, i)->warning)
      {
        const DeskProblem *problem = desk_problems_get (problems, i);

        g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "%s: %s", problem->field, problem->code);
        return FALSE;
      }
  return TRUE;
}

/* Gives the next free number of the series; one already taken by an import, with or without check character, is passed
 * over. */
static gboolean
give_chart (DeskDb *db, DeskPatient *patient, GError **error)
{
  gint64 number, taken = 1;

  while (taken)
    {
      if (!desk_counter_next (db, "chart", &number, error))
        return FALSE;
      g_free (patient->chart);
      patient->chart = desk_code_local (DESK_LOCAL_PATIENT, 0, number);
      g_autofree char *bare = desk_code_without_check (patient->chart);
      if (!desk_db_value (db, &taken, error, "SELECT EXISTS (SELECT 1 FROM patient WHERE chart = $1 OR chart = $2)", "tt",
                          patient->chart, bare))
        return FALSE;
    }
  return TRUE;
}

/* Inserts a tidied, checked patient inside the open transaction, without the words it is found by and the audit row;
 * fills in id, version and an empty chart number. */
gboolean
desk_patient_insert (DeskDb *db, DeskPatient *p, GError **error)
{
  g_autofree char *sort = desk_patient_sort_name (p);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (*p->chart == '\0' && !give_chart (db, p, error))
    return FALSE;
  p->version = 1;
  return desk_db_value (db, &p->id, error,
                        "INSERT INTO patient (chart, family, given, family_native, given_native, kana,"
                        " preferred, sex, birth, nationality,"
                        " passport, passport_until, languages, phone, email, address, zone, emergency,"
                        " referrer, agency, allergies,"
                        " medication, purpose, icd10, diagnosis, stage, diagnosed_on, note, interpreter,"
                        " sort_name, created_at, updated_at, former, occupation)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,"
                        " $18, $19, $20, $21, $22,"
                        " $23, $24, $25, $26, $27, $28, $29, $30, $31, $31, $32, $33) RETURNING id",
                        "ttttttttttttttttttttttttttttdtitt", p->chart, p->family, p->given, p->family_native,
                        p->given_native, p->kana,
                        p->preferred, p->sex, p->birth, p->nationality, p->passport, p->passport_until,
                        p->languages, p->phone, p->email,
                        p->address, p->zone, p->emergency, p->referrer, p->agency, p->allergies, p->medication,
                        p->purpose, p->icd10,
                        p->diagnosis, p->stage, p->diagnosed_on, p->note, p->interpreter, sort, now, p->former,
                        p->occupation);
}

static gboolean
conflict (GError **error, const char *chart)
{
  g_set_error (error, DESK_ERROR, DESK_ERROR_CONFLICT, "patient %s was changed meanwhile", chart);
  return FALSE;
}

static gboolean
update (DeskDb *db, DeskPatient *p, GError **error)
{
  g_autofree char *sort = desk_patient_sort_name (p);
  g_autoptr (GError) local = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (desk_db_value (db, &p->version, &local,
                     "UPDATE patient SET chart = $1, family = $2, given = $3, family_native = $4, given_native"
                     " = $5, kana = $6,"
                     " preferred = $7, sex = $8, birth = $9, nationality = $10, passport = $11, passport_until"
                     " = $12, languages = $13,"
                     " phone = $14, email = $15, address = $16, zone = $17, emergency = $18, referrer = $19,"
                     " agency = $20,"
                     " allergies = $21, medication = $22, purpose = $23, icd10 = $24, diagnosis = $25, stage ="
                     " $26, diagnosed_on = $27,"
                     " note = $28, interpreter = $29, sort_name = $30, updated_at = $31, former = $32, occupation = $33,"
                     " version = version + 1"
                     " WHERE id = $34 AND version = $35 RETURNING version",
                     "ttttttttttttttttttttttttttttdtittii", p->chart, p->family, p->given, p->family_native,
                     p->given_native, p->kana,
                     p->preferred, p->sex, p->birth, p->nationality, p->passport, p->passport_until, p->languages,
                     p->phone, p->email,
                     p->address, p->zone, p->emergency, p->referrer, p->agency, p->allergies, p->medication,
                     p->purpose, p->icd10,
                     p->diagnosis, p->stage, p->diagnosed_on, p->note, p->interpreter, sort, now, p->former, p->occupation,
                     p->id, p->version))
    return TRUE;
  if (g_error_matches (local, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    return conflict (error, p->chart);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* "field: before → after", one line for each that differs; NULL when none does. */
static char *
differences (const DeskPatient *before, const DeskPatient *after)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *old = desk_patient_get (before, &fields[i]), *new = desk_patient_get (after, &fields[i]);

      if (!g_str_equal (old, new))
        g_string_append_printf (text, "%s%s: %s → %s", text->len ? "\n" : "", fields[i].name, old, new);
    }
  if (!before->interpreter != !after->interpreter)
    g_string_append_printf (text, "%sinterpreter: %d → %d", text->len ? "\n" : "", before->interpreter,
                            after->interpreter);
  return text->len ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static gboolean
save_new (DeskDb *db, DeskPatient *patient, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskPatient) nobody = desk_patient_new ();

  if (!txn || !desk_patient_insert (db, patient, error) || !desk_patient_write_words (db, patient, error))
    return FALSE;
  g_autofree char *detail = differences (nobody, patient);
  return desk_txn_log (txn, "patient.create", DESK_KIND_PATIENT, patient->id, detail, error)
         && desk_txn_commit (txn, error);
}

/* Calls to come are told in the time of where the patient is now; their instants stay, and so do their versions. */
static gboolean
move_clocks (DeskTxn *txn, DeskDb *db, const DeskPatient *before, const DeskPatient *after, GError **error)
{
  if (g_strcmp0 (before->zone, after->zone) == 0)
    return TRUE;
  if (!desk_db_run (db, error,
                    "UPDATE visit SET their_zone = $2 WHERE patient_id = $1 AND starts_at > $3 AND wall <> ''"
                    " AND status IN (SELECT status FROM visit_status WHERE final = 0)",
                    "iti", after->id, after->zone, g_get_real_time () / G_USEC_PER_SEC))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_VISIT, 0);
  return TRUE;
}

/* What is read before the transaction is what the version stands for: the update finds no row if it is not. */
static gboolean
save_changed (DeskDb *db, DeskPatient *patient, GError **error)
{
  g_autoptr (DeskPatient) before = desk_patient_load (db, patient->id, error);

  if (!before)
    return FALSE;
  if (before->version != patient->version)
    return conflict (error, before->chart);
  /* The number on the chart is for life. */
  g_free (patient->chart);
  patient->chart = g_strdup (before->chart);

  g_autofree char *detail = differences (before, patient);
  if (!detail)
    return TRUE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  return txn && update (db, patient, error) && desk_patient_write_words (db, patient, error)
         && move_clocks (txn, db, before, patient, error)
         && desk_txn_log (txn, "patient.update", DESK_KIND_PATIENT, patient->id, detail, error)
         && desk_txn_commit (txn, error);
}

/* Saves a new (id 0) or changed patient, tidied, in one transaction with its words and audit row. On success
 * patient is what was stored: id, chart and version filled in; a record that is the same as before keeps its
 * version. DESK_ERROR_CONFLICT when somebody saved since it was loaded, DESK_ERROR_INVALID with field and
 * code for what desk_patient_check () stops, DESK_ERROR_TAKEN for a chart number given away; patient is
 * then as it was. */
gboolean
desk_patient_save (DeskDb *db, DeskPatient *patient, GError **error)
{
  g_autoptr (DeskPatient) draft = desk_patient_copy (patient);

  desk_patient_tidy (draft);
  if (!refuse_invalid (draft, error) || !(draft->id ? save_changed (db, draft, error) : save_new (db, draft, error)))
    return FALSE;

  DeskPatient stored = *draft;
  *draft = *patient;
  *patient = stored;
  return TRUE;
}

/* Each is one pass over an index that holds nothing but the key and the id. */
static const char *const ordered[] = {
  [DESK_PATIENT_SORT_NAME] = "SELECT id FROM patient ORDER BY sort_name, id",
  [DESK_PATIENT_SORT_CHART] = "SELECT id FROM patient ORDER BY chart",
  [DESK_PATIENT_SORT_BIRTH] = "SELECT id FROM patient ORDER BY birth, id",
  [DESK_PATIENT_SORT_SEEN] = "SELECT id FROM patient ORDER BY last_seen DESC, id DESC",
};

/* The few that were merged into others, which no list shows. */
static GHashTable *
merged_ids (DeskDb *db, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT id FROM patient WHERE merged_into IS NOT NULL", "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 *id = g_new (gint64, 1);

      *id = desk_stmt_int64 (stmt, 0);
      g_hash_table_add (ids, id);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* The ids of all patients in that order, but for those merged into others: an array of gint64, freed with
 * g_array_unref (). */
GArray *
desk_patient_ids (DeskDb *db, DeskPatientSort sort, GError **error)
{
  g_autoptr (GHashTable) merged = merged_ids (db, error);
  g_autoptr (DeskStmt) stmt = merged ? desk_db_query (db, error, ordered[sort], "") : NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean any = merged && g_hash_table_size (merged) > 0;
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);

      if (!any || !g_hash_table_contains (merged, &id))
        g_array_append_val (ids, id);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

#define READ_ROW \
  "SELECT id, version, interpreter, chart, family, given, family_native, given_native, kana, birth, sex," \
  " nationality, languages," \
  " purpose FROM patient "

static DeskPatient *
read_row (DeskStmt *stmt)
{
  DeskPatient *patient = desk_patient_new ();
  char **const places[] = { &patient->chart, &patient->family, &patient->given,       &patient->family_native,
                            &patient->given_native, &patient->kana, &patient->birth, &patient->sex,
                            &patient->nationality,  &patient->languages, &patient->purpose };

  patient->id = desk_stmt_int64 (stmt, 0);
  patient->version = desk_stmt_int64 (stmt, 1);
  patient->interpreter = desk_stmt_int (stmt, 2);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_free (*places[i]);
      *places[i] = desk_stmt_dup_text (stmt, i + 3);
    }
  return patient;
}

static void
free_row (gpointer patient)
{
  desk_patient_free (patient);
}

/* What a list shows of these patients, in the order of ids; NULL for one that is not there. Free with
 * g_ptr_array_unref (). */
GPtrArray *
desk_patient_rows (DeskDb *db, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n_ids, free_row);

  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ_ROW "WHERE id = $1", "i", ids[i]);
      DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

      if (step == DESK_STEP_ERROR)
        return NULL;
      g_ptr_array_add (rows, step == DESK_STEP_ROW ? read_row (stmt) : NULL);
    }
  return g_steal_pointer (&rows);
}

/* Patients who may be born on that day: those of the same date, of any day within a partial date, and those
 * of whom only that year or month is known. At most a hundred; none for an empty date. */
GPtrArray *
desk_patient_born_on (DeskDb *db, const char *birth, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  gsize length = birth ? strlen (birth) : 0;

  if (length == 0)
    return g_steal_pointer (&rows);

  g_autofree char *end = g_strconcat (birth, "~", NULL);
  g_autofree char *month = g_strndup (birth, MIN (length, 7));
  g_autofree char *year = g_strndup (birth, MIN (length, 4));
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, READ_ROW "WHERE ((birth >= $1 AND birth < $2) OR birth = $3 OR birth = $4) AND merged_into IS NULL"
      " ORDER BY birth DESC, sort_name, id LIMIT 100",
      "tttt", birth, end, month, year);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}
