/* Counts as pages read them. */
#include "desk-counts.h"

#include "desk-bank-walk.h"
#include "desk-cell.h"

#define COUNT \
  "SELECT c.id, c.container_id, c.number, c.opened_at, c.counted_at, c.closed_at, c.abandoned, o.name, n.name, l.name, w.name, c.note," \
  " (SELECT count (*) FROM container_above a JOIN container b ON b.id = a.container_id" \
  "  WHERE a.above_id = c.container_id AND b.layout <> 'none' AND b.retired = 0)," \
  " (SELECT count (*) FROM stock_box x WHERE x.count_id = c.id)," \
  " (SELECT count (*) FROM stock_scan s WHERE s.count_id = c.id)," \
  " (SELECT count (*) FROM stock_difference d WHERE d.count_id = c.id)," \
  " (SELECT count (*) FROM stock_difference d WHERE d.count_id = c.id AND d.resolved_at IS NULL)" \
  " FROM stock_count c JOIN staff o ON o.id = c.opened_by LEFT JOIN staff n ON n.id = c.counted_by" \
  " LEFT JOIN staff l ON l.id = c.closed_by LEFT JOIN staff w ON w.id = c.closed_with"

void
desk_count_free (DeskCount *count)
{
  if (!count)
    return;
  g_free (count->number);
  g_free (count->place);
  g_free (count->opened_by);
  g_free (count->counted_by);
  g_free (count->closed_by);
  g_free (count->closed_with);
  g_free (count->note);
  g_free (count);
}

void
desk_count_box_free (DeskCountBox *box)
{
  if (!box)
    return;
  g_free (box->name);
  g_free (box->place);
  g_free (box);
}

void
desk_count_read_free (DeskCountRead *read)
{
  if (!read)
    return;
  g_free (read->code);
  g_free (read->number);
  g_free (read->place);
  g_free (read->position);
  g_free (read->by);
  g_free (read);
}

void
desk_count_difference_free (DeskCountDifference *difference)
{
  if (!difference)
    return;
  g_free (difference->code);
  g_free (difference->number);
  g_free (difference->patient);
  g_free (difference->place);
  g_free (difference->home);
  g_free (difference->cause);
  g_free (difference->scanned);
  g_free (difference->resolved_by);
  g_free (difference->witness);
  g_free (difference);
}

static DeskCount *
read_count (DeskStmt *stmt)
{
  DeskCount *count = g_new0 (DeskCount, 1);

  count->id = desk_stmt_int64 (stmt, 0);
  count->container_id = desk_stmt_int64 (stmt, 1);
  count->number = desk_stmt_dup_text (stmt, 2);
  count->opened_at = desk_stmt_int64 (stmt, 3);
  count->counted_at = desk_stmt_int64 (stmt, 4);
  count->closed_at = desk_stmt_int64 (stmt, 5);
  count->state = desk_count_state_of (count->counted_at, count->closed_at, desk_stmt_int (stmt, 6));
  count->opened_by = desk_stmt_dup_text (stmt, 7);
  count->counted_by = desk_stmt_dup_text (stmt, 8);
  count->closed_by = desk_stmt_dup_text (stmt, 9);
  count->closed_with = desk_stmt_dup_text (stmt, 10);
  count->note = desk_stmt_dup_text (stmt, 11);
  count->boxes = desk_stmt_int (stmt, 12);
  count->boxes_done = desk_stmt_int (stmt, 13);
  count->scans = desk_stmt_int (stmt, 14);
  count->differences = desk_stmt_int (stmt, 15);
  count->unresolved = desk_stmt_int (stmt, 16);
  return count;
}

static GPtrArray *
read_counts (DeskDb *db, DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_count_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (counts, read_count (stmt));
  if (step != DESK_STEP_DONE)
    return NULL;
  for (guint i = 0; i < counts->len; i++)
    {
      DeskCount *count = counts->pdata[i];

      if (!(count->place = desk_bank_place (db, count->container_id, 0, error)))
        return NULL;
    }
  return g_steal_pointer (&counts);
}

/* All counts, the newest first: DeskCount; free with g_ptr_array_unref (). */
GPtrArray *
desk_count_list (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, COUNT " ORDER BY c.id DESC", "");

  return read_counts (db, stmt, error);
}

/* DESK_ERROR_NOT_FOUND when there is none; free with desk_count_free (). */
DeskCount *
desk_count_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, COUNT " WHERE c.id = $1", "i", id);
  g_autoptr (GPtrArray) counts = read_counts (db, stmt, error);

  if (!counts)
    return NULL;
  if (counts->len == 0)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such count");
      return NULL;
    }
  return g_ptr_array_steal_index (counts, 0);
}

/* What a count knows of each box, by its id: done, and how many different codes. */
static gboolean
read_progress (DeskDb *db, gint64 count_id, GHashTable *boxes, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT container_id, 1, 0 FROM stock_box WHERE count_id = $1"
      " UNION ALL SELECT container_id, 0, count (DISTINCT code) FROM stock_scan WHERE count_id = $1 GROUP BY container_id",
      "i", count_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);
      DeskCountBox *box = g_hash_table_lookup (boxes, &id);

      if (!box)
        continue;
      box->done |= desk_stmt_int (stmt, 1);
      box->scans += desk_stmt_int (stmt, 2);
    }
  return step == DESK_STEP_DONE;
}

/* The boxes of a count, rack by rack: DeskCountBox; free with g_ptr_array_unref (). What is expected in them is not
 * here on purpose. */
GPtrArray *
desk_count_boxes (DeskDb *db, gint64 count_id, GError **error)
{
  g_autoptr (DeskCount) count = desk_count_load (db, count_id, error);
  g_autoptr (GPtrArray) walk = count ? desk_bank_walk (db, count->container_id, error) : NULL;
  g_autoptr (GPtrArray) boxes = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_count_box_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (!walk)
    return NULL;
  for (guint i = 0; i < walk->len; i++)
    {
      const DeskWalkStop *stop = walk->pdata[i];

      if (!desk_walk_stop_is_box (stop))
        continue;
      DeskCountBox *box = g_new0 (DeskCountBox, 1);
      box->id = stop->id;
      box->name = g_strdup (stop->name);
      box->place = g_strdup (stop->place);
      g_ptr_array_add (boxes, box);
      g_hash_table_insert (by_id, &box->id, box);
    }
  return read_progress (db, count_id, by_id, error) ? g_steal_pointer (&boxes) : NULL;
}

/* A place in words: the box on its way from below the top on, with the position where one is known. */
static char *
place_words (DeskDb *db, gint64 container_id, gint64 below, int row, int col, GError **error)
{
  g_autofree char *box = desk_bank_place (db, container_id, below, error);
  g_autofree char *position = box && row > 0 ? desk_bank_position (db, container_id, row, col, error) : NULL;

  if (!box || (row > 0 && !position))
    return NULL;
  return position ? g_strdup_printf ("%s %s", box, position) : g_steal_pointer (&box);
}

static DeskCountRead *
read_scan (DeskStmt *stmt)
{
  DeskCountRead *read = g_new0 (DeskCountRead, 1);

  read->seq = desk_stmt_int (stmt, 0);
  read->container_id = desk_stmt_int64 (stmt, 1);
  read->row = desk_stmt_int (stmt, 2);
  read->col = desk_stmt_int (stmt, 3);
  read->code = desk_stmt_dup_text (stmt, 4);
  read->unit_id = desk_stmt_int64 (stmt, 5);
  read->number = desk_stmt_dup_text (stmt, 6);
  read->at = desk_stmt_int64 (stmt, 7);
  read->by = desk_stmt_dup_text (stmt, 8);
  return read;
}

/* What was read in a box of a count, or in all of them for 0, in the order it was read: DeskCountRead. */
GPtrArray *
desk_count_reads (DeskDb *db, gint64 count_id, gint64 container_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT s.seq, s.container_id, s.row, s.col, s.code, s.unit_id, u.number, s.at, p.name FROM stock_scan s JOIN staff p ON p.id = s.by_id"
      " LEFT JOIN unit u ON u.id = s.unit_id WHERE s.count_id = $1 AND ($2 = 0 OR s.container_id = $2) ORDER BY s.seq",
      "ii", count_id, container_id);
  g_autoptr (GPtrArray) reads = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_count_read_free);
  DeskStep step = DESK_STEP_ERROR;
  gint64 top;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (reads, read_scan (stmt));
  if (step != DESK_STEP_DONE || !desk_db_value (db, &top, error, "SELECT container_id FROM stock_count WHERE id = $1", "i", count_id))
    return NULL;
  for (guint i = 0; i < reads->len; i++)
    {
      DeskCountRead *read = reads->pdata[i];

      if (!(read->place = place_words (db, read->container_id, top, read->row, read->col, error))
          || (read->row && !(read->position = desk_bank_position (db, read->container_id, read->row, read->col, error))))
        return NULL;
    }
  return g_steal_pointer (&reads);
}

static DeskCountDifference *
read_difference (DeskStmt *stmt)
{
  DeskCountDifference *d = g_new0 (DeskCountDifference, 1);

  d->id = desk_stmt_int64 (stmt, 0);
  d->count_id = desk_stmt_int64 (stmt, 1);
  desk_difference_parse (desk_stmt_text (stmt, 2), &d->kind);
  d->unit_id = desk_stmt_int64 (stmt, 3);
  d->code = desk_stmt_dup_text (stmt, 4);
  d->container_id = desk_stmt_int64 (stmt, 5);
  d->row = desk_stmt_int (stmt, 6);
  d->col = desk_stmt_int (stmt, 7);
  d->cause = desk_stmt_dup_text (stmt, 8);
  d->resolved = desk_resolution_parse (desk_stmt_text (stmt, 9), &d->resolution);
  d->scanned = desk_stmt_dup_text (stmt, 10);
  d->resolved_at = desk_stmt_int64 (stmt, 11);
  d->resolved_by = desk_stmt_dup_text (stmt, 12);
  d->witness = desk_stmt_dup_text (stmt, 13);
  d->number = desk_stmt_dup_text (stmt, 14);
  d->patient_id = desk_stmt_int64 (stmt, 15);
  d->patient = d->number ? g_strdup_printf ("%s %s", desk_stmt_text (stmt, 16), desk_stmt_text (stmt, 17)) : NULL;
  d->home_container = desk_stmt_int64 (stmt, 18);
  d->home_row = desk_stmt_int (stmt, 19);
  d->home_col = desk_stmt_int (stmt, 20);
  return d;
}

static const char differences_sql[]
    = "SELECT d.id, d.count_id, d.kind, d.unit_id, d.code, d.container_id, d.row, d.col, d.cause, d.resolution, d.scanned, d.resolved_at,"
      " r.name, w.name, u.number, u.patient_id, t.family, t.given, p.container_id, p.row, p.col"
      " FROM stock_difference d LEFT JOIN staff r ON r.id = d.resolved_by LEFT JOIN staff w ON w.id = d.witness_id"
      " LEFT JOIN unit u ON u.id = d.unit_id LEFT JOIN patient t ON t.id = u.patient_id"
      " LEFT JOIN placement p ON p.unit_id = d.unit_id AND p.until IS NULL WHERE d.count_id = $1 ORDER BY d.id";

/* The differences of a count that was compared, in its order: DeskCountDifference; free with g_ptr_array_unref (). */
GPtrArray *
desk_count_differences (DeskDb *db, gint64 count_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, differences_sql, "i", count_id);
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_count_difference_free);
  DeskStep step = DESK_STEP_ERROR;
  gint64 top;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (differences, read_difference (stmt));
  if (step != DESK_STEP_DONE || !desk_db_value (db, &top, error, "SELECT container_id FROM stock_count WHERE id = $1", "i", count_id))
    return NULL;
  for (guint i = 0; i < differences->len; i++)
    {
      DeskCountDifference *d = differences->pdata[i];

      d->place = place_words (db, d->container_id, top, d->row, d->col, error);
      if (!d->place || (d->home_container && !(d->home = place_words (db, d->home_container, 0, d->home_row, d->home_col, error))))
        return NULL;
    }
  return g_steal_pointer (&differences);
}
