/* What a merge would move, what forbids it, and which merges there were. */
#include "desk-merge.h"

#include "desk-merge-private.h"
#include "desk-patients.h"

static void
thing_free (gpointer data)
{
  DeskMergeThing *thing = data;

  g_free (thing->name);
  g_free (thing->code);
  g_free (thing);
}

static void
clash_free (gpointer data)
{
  DeskMergeClash *clash = data;

  g_free (clash->loser_type);
  g_free (clash->winner_type);
  g_free (clash);
}

static void
field_free (gpointer data)
{
  DeskMergeField *field = data;

  g_free (field->field);
  g_free (field->before);
  g_free (field->after);
  g_free (field->now);
  g_free (field);
}

static void
record_free (gpointer data)
{
  desk_merge_record_free (data);
}

void
desk_merge_record_free (DeskMergeRecord *record)
{
  if (!record)
    return;
  g_free (record->approved_by);
  g_free (record->second_by);
  g_free (record);
}

void
desk_merge_preview_free (DeskMergePreview *preview)
{
  if (!preview)
    return;
  g_clear_pointer (&preview->things, g_ptr_array_unref);
  g_clear_pointer (&preview->clashes, g_ptr_array_unref);
  g_free (preview);
}

void
desk_unmerge_preview_free (DeskUnmergePreview *preview)
{
  if (!preview)
    return;
  desk_merge_record_free (preview->merge);
  g_clear_pointer (&preview->things, g_ptr_array_unref);
  g_clear_pointer (&preview->fields, g_ptr_array_unref);
  g_free (preview);
}

static gboolean
list_place (DeskDb *db, const DeskMergePlace *place, gint64 patient, gint64 merge, GPtrArray *things, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, place->list, "ii", patient, merge);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskMergeThing *thing = g_new (DeskMergeThing, 1);

      *thing = (DeskMergeThing){ place->table, desk_stmt_int64 (stmt, 0), desk_stmt_dup_text (stmt, 1),
                                 desk_stmt_dup_text (stmt, 2), desk_stmt_int64 (stmt, 3) };
      g_ptr_array_add (things, thing);
    }
  return step == DESK_STEP_DONE;
}

/* Everything of a patient that a merge moves; with a merge, only what came by it. */
static GPtrArray *
list_things (DeskDb *db, gint64 patient, gint64 merge, GError **error)
{
  g_autoptr (GPtrArray) things = g_ptr_array_new_with_free_func (thing_free);
  guint n;
  const DeskMergePlace *places = desk_merge_places (&n);

  for (guint i = 0; i < n; i++)
    if (places[i].list && !list_place (db, &places[i], patient, merge, things, error))
      return NULL;
  return g_steal_pointer (&things);
}

static GPtrArray *
list_clashes (DeskDb *db, gint64 loser, gint64 winner, GError **error)
{
  g_autoptr (GPtrArray) clashes = g_ptr_array_new_with_free_func (clash_free);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT DISTINCT v.id, w.id, v.starts_at, v.type, w.type FROM patient_slot a"
                       " JOIN patient_slot b ON b.patient_id = $2 AND b.slot = a.slot"
                       " JOIN visit v ON v.id = a.visit_id JOIN visit w ON w.id = b.visit_id"
                       " WHERE a.patient_id = $1 ORDER BY v.starts_at",
                       "ii", loser, winner);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskMergeClash *clash = g_new (DeskMergeClash, 1);

      *clash = (DeskMergeClash){ desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1), desk_stmt_int64 (stmt, 2),
                                 desk_stmt_dup_text (stmt, 3), desk_stmt_dup_text (stmt, 4) };
      g_ptr_array_add (clashes, clash);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&clashes) : NULL;
}

static gboolean
has_cells (DeskDb *db, gint64 patient, gint64 *has, GError **error)
{
  return desk_db_value (db, has, error, "SELECT EXISTS (SELECT 1 FROM collection WHERE patient_id = $1)", "i", patient);
}

static gboolean
find_refusal (DeskDb *db, gint64 loser, gint64 winner, const char **code, GError **error)
{
  gint64 merged, away;

  if (!desk_db_value (db, &merged, error,
                      "SELECT EXISTS (SELECT 1 FROM patient WHERE id IN ($1, $2) AND merged_into IS NOT NULL)", "ii", loser, winner)
      || !desk_db_value (db, &away, error,
                         "SELECT EXISTS (SELECT 1 FROM unit WHERE patient_id IN ($1, $2)"
                         " AND life IN ('picked', 'thawing', 'thawed', 'at_bedside', 'infusing'))", "ii", loser, winner))
    return FALSE;
  *code = loser == winner ? "same-record" : merged ? "merged-already" : away ? "cells-on-their-way" : NULL;
  return TRUE;
}

/* What merging the loser into the winner would do, and what forbids it. */
DeskMergePreview *
desk_merge_preview (DeskDb *db, gint64 loser_id, gint64 winner_id, GError **error)
{
  g_autoptr (DeskMergePreview) preview = g_new0 (DeskMergePreview, 1);
  gint64 loser_cells, winner_cells;

  preview->things = list_things (db, loser_id, 0, error);
  preview->clashes = preview->things ? list_clashes (db, loser_id, winner_id, error) : NULL;
  if (!preview->clashes || !has_cells (db, loser_id, &loser_cells, error)
      || !has_cells (db, winner_id, &winner_cells, error)
      || !find_refusal (db, loser_id, winner_id, &preview->refusal, error))
    return NULL;
  preview->both_cells = loser_cells && winner_cells;
  return g_steal_pointer (&preview);
}

#define READ_RECORD \
  "SELECT m.id, m.loser_id, m.winner_id, m.at, a.name, s.name FROM merge m JOIN staff a ON a.id = m.approved_by" \
  " LEFT JOIN staff s ON s.id = m.second_by "

static DeskMergeRecord *
read_record (DeskStmt *stmt)
{
  DeskMergeRecord *record = g_new (DeskMergeRecord, 1);

  *record = (DeskMergeRecord){ desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1), desk_stmt_int64 (stmt, 2),
                               desk_stmt_int64 (stmt, 3), desk_stmt_dup_text (stmt, 4), desk_stmt_dup_text (stmt, 5) };
  return record;
}

static DeskMergeRecord *
read_one (DeskStmt *stmt, GError **error)
{
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such merge");
  return step == DESK_STEP_ROW ? read_record (stmt) : NULL;
}

/* The merge by which the record went away; DESK_ERROR_NOT_FOUND when it stands for itself. */
DeskMergeRecord *
desk_merge_of (DeskDb *db, gint64 loser_id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, READ_RECORD "WHERE m.loser_id = $1 AND m.undone_at IS NULL", "i", loser_id);

  return read_one (stmt, error);
}

/* The merges into this record that stand, newest first: DeskMergeRecord, freed with g_ptr_array_unref (). */
GPtrArray *
desk_merge_list (DeskDb *db, gint64 winner_id, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (record_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, READ_RECORD "WHERE m.winner_id = $1 AND m.undone_at IS NULL ORDER BY m.id DESC", "i", winner_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (records, read_record (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

/* The record that stands for this one: itself, unless it was merged, perhaps more than once. */
gboolean
desk_merge_winner (DeskDb *db, gint64 patient_id, gint64 *winner_id, GError **error)
{
  return desk_db_value (db, winner_id, error,
                        "WITH RECURSIVE up (id, merged_into) AS (SELECT id, merged_into FROM patient WHERE id = $1"
                        " UNION SELECT p.id, p.merged_into FROM patient p JOIN up ON p.id = up.merged_into)"
                        " SELECT id FROM up WHERE merged_into IS NULL",
                        "i", patient_id);
}

static GPtrArray *
list_fields (DeskDb *db, const DeskMergeRecord *merge, GError **error)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (field_free);
  g_autoptr (DeskPatient) winner = desk_patient_load (db, merge->winner_id, error);
  g_autoptr (DeskStmt) stmt
      = winner ? desk_db_query (db, error, "SELECT field, before, after FROM merge_field WHERE merge_id = $1", "i", merge->id) : NULL;
  DeskStep step = DESK_STEP_ERROR;
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      const char *name = desk_stmt_text (stmt, 0);
      const char *now = g_str_equal (name, "interpreter") ? (winner->interpreter ? "1" : "0") : NULL;

      for (guint i = 0; i < n; i++)
        if (g_str_equal (fields[i].name, name))
          now = desk_patient_get (winner, &fields[i]);
      if (!now)
        continue;
      DeskMergeField *field = g_new (DeskMergeField, 1);
      *field = (DeskMergeField){ g_strdup (name), desk_stmt_dup_text (stmt, 1), desk_stmt_dup_text (stmt, 2), g_strdup (now) };
      g_ptr_array_add (changed, field);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&changed) : NULL;
}

static const char *const obstacles[] = { "merged-further", "cells-on-their-way", "dose-given-since", "dose-promised-since",
                                         "travels-since" };

/* What the schema would say to taking the merge back. */
static gboolean
find_obstacles (DeskDb *db, DeskUnmergePreview *preview, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "SELECT code FROM merge_obstacle WHERE merge_id = $1", "i", preview->merge->id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      const char *code = desk_stmt_text (stmt, 0);

      if (g_str_equal (code, "second-person-needed"))
        preview->second_needed = TRUE;
      for (guint i = 0; !preview->refusal && i < G_N_ELEMENTS (obstacles); i++)
        if (g_str_equal (code, obstacles[i]))
          preview->refusal = obstacles[i];
    }
  return step == DESK_STEP_DONE;
}

static DeskMergeRecord *
load_record (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ_RECORD "WHERE m.id = $1 AND m.undone_at IS NULL", "i", id);

  return read_one (stmt, error);
}

/* What taking a merge back would do, and what forbids it; DESK_ERROR_NOT_FOUND for one that is taken back already. */
DeskUnmergePreview *
desk_unmerge_preview (DeskDb *db, gint64 merge_id, GError **error)
{
  g_autoptr (DeskUnmergePreview) preview = g_new0 (DeskUnmergePreview, 1);

  preview->merge = load_record (db, merge_id, error);
  preview->things = preview->merge ? list_things (db, preview->merge->winner_id, merge_id, error) : NULL;
  preview->fields = preview->things ? list_fields (db, preview->merge, error) : NULL;
  if (!preview->fields || !find_obstacles (db, preview, error))
    return NULL;
  return g_steal_pointer (&preview);
}
