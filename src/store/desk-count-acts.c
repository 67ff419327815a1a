/* What is done to a count: each step one transaction, checked by the domain's rule and again by the file. */
#include "desk-counts.h"

#include "desk-bank-walk.h"
#include "desk-cells-private.h"
#include "desk-clinics.h"

#include <string.h>

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* The count as it is in the transaction, if the step can be done to it. */
static DeskCount *
load_for (DeskDb *db, gint64 count_id, DeskCountStep step, GError **error)
{
  g_autoptr (DeskCount) count = desk_count_load (db, count_id, error);
  const char *code = count ? desk_count_refuses (count->state, step, count->boxes - MIN (count->boxes, count->boxes_done), count->unresolved)
                           : NULL;

  if (code && !desk_refuse (error, code))
    return NULL;
  return g_steal_pointer (&count);
}

/* Opens a count of a container and all that stands in it. DESK_ERROR_REFUSED "count-open" while another count has it,
 * or a part of it. */
gboolean
desk_count_open (DeskDb *db, gint64 container_id, gint64 by, gint64 *id, GError **error)
{
  gint64 next;
  DeskDay today;
  int year, month, mday;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !desk_cells_today (db, now (), &today, error) || !desk_counter_next (db, "count", &next, error))
    return FALSE;
  desk_day_to_ymd (today, &year, &month, &mday);
  g_autofree char *number = g_strdup_printf ("T%02d-%04" G_GINT64_FORMAT, year % 100, next);
  g_autofree char *place = desk_bank_place (db, container_id, 0, error);
  if (!place
      || !desk_db_value (db, id, error, "INSERT INTO stock_count (number, container_id, opened_at, opened_by) VALUES ($1, $2, $3, $4) RETURNING id",
                         "tiii", number, container_id, now (), by))
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("%s %s", number, place);
  return desk_txn_log (txn, "count.open", DESK_KIND_COUNT, *id, detail, error) && desk_txn_commit (txn, error);
}

/* Writes what was read in a box of the count, whatever it is; row and col are 0 where only the box is known. An unknown
 * code is kept as it was read. read, when not NULL, is what was written; free with desk_count_read_free (). */
gboolean
desk_count_scan (DeskDb *db, gint64 count_id, gint64 container_id, int row, int col, const char *code, gint64 by,
                 DeskCountRead **read, GError **error)
{
  g_autofree char *words = g_strstrip (g_utf8_make_valid (code ? code : "", -1));
  g_autoptr (GError) unknown = NULL;
  gint64 seq, unit_id;

  if (*words == '\0')
    return desk_refuse (error, "scan-needed");
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskCount) count = txn ? load_for (db, count_id, DESK_COUNT_STEP_SCAN, error) : NULL;
  if (!count)
    return FALSE;
  unit_id = desk_unit_find (db, words, &unknown);
  if (unknown && !g_error_matches (unknown, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&unknown));
      return FALSE;
    }
  if (!desk_db_value (db, &seq, error,
                      "INSERT INTO stock_scan (count_id, seq, container_id, row, col, code, unit_id, at, by_id)"
                      " VALUES ($1, 1 + COALESCE ((SELECT max (seq) FROM stock_scan WHERE count_id = $1), 0), $2, $3, $4, $5, NULLIF ($6, 0), $7, $8)"
                      " RETURNING seq",
                      "iiddtiii", count_id, container_id, row, col, words, unit_id, now (), by))
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("%s %s", count->number, words);
  if (!desk_txn_log (txn, "count.scan", DESK_KIND_COUNT, count_id, detail, error) || !desk_txn_commit (txn, error))
    return FALSE;
  if (read)
    {
      *read = g_new0 (DeskCountRead, 1);
      (*read)->seq = seq;
      (*read)->container_id = container_id;
      (*read)->row = row;
      (*read)->col = col;
      (*read)->code = g_steal_pointer (&words);
      (*read)->unit_id = unit_id;
    }
  return TRUE;
}

/* Says that a box has been counted, empty ones too. Saying it again changes nothing. */
gboolean
desk_count_box_done (DeskDb *db, gint64 count_id, gint64 container_id, gint64 by, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskCount) count = txn ? load_for (db, count_id, DESK_COUNT_STEP_SCAN, error) : NULL;
  g_autofree char *place = count ? desk_bank_place (db, container_id, count->container_id, error) : NULL;

  if (!place
      || !desk_db_run (db, error,
                       "INSERT INTO stock_box (count_id, container_id, done_at, by_id) VALUES ($1, $2, $3, $4) ON CONFLICT (count_id, container_id) DO NOTHING",
                       "iiii", count_id, container_id, now (), by))
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("%s %s", count->number, place);
  return desk_txn_log (txn, "count.box", DESK_KIND_COUNT, count_id, detail, error) && desk_txn_commit (txn, error);
}

/* ── the comparison ── */

static int
compare_expected (gconstpointer a, gconstpointer b, gpointer order)
{
  const DeskCountExpected *one = a, *two = b;
  int i = GPOINTER_TO_INT (g_hash_table_lookup (order, &one->place.container_id)),
      j = GPOINTER_TO_INT (g_hash_table_lookup (order, &two->place.container_id));

  if (i != j)
    return i - j;
  return one->place.row != two->place.row ? one->place.row - two->place.row : one->place.col - two->place.col;
}

/* What stood there when the count began and stands there still (DeskCountExpected), box by box as one walks. */
static GArray *
load_expected (DeskDb *db, const DeskCount *count, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT p.unit_id, p.container_id, p.row, p.col FROM container_above a JOIN placement p ON p.container_id = a.container_id"
      " AND p.until IS NULL WHERE a.above_id = $1 AND p.since <= $2",
      "ii", count->container_id, count->opened_at);
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (DeskCountExpected));
  g_autoptr (GPtrArray) walk = stmt ? desk_bank_walk (db, count->container_id, error) : NULL;
  g_autoptr (GHashTable) order = g_hash_table_new (g_int64_hash, g_int64_equal);
  DeskStep step = DESK_STEP_ERROR;

  while (walk && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskCountExpected row = { desk_stmt_int64 (stmt, 0), { desk_stmt_int64 (stmt, 1), desk_stmt_int (stmt, 2), desk_stmt_int (stmt, 3) } };

      g_array_append_val (expected, row);
    }
  if (step != DESK_STEP_DONE)
    return NULL;
  for (guint i = 0; i < walk->len; i++)
    g_hash_table_insert (order, &((DeskWalkStop *) walk->pdata[i])->id, GINT_TO_POINTER (i));
  g_array_sort_with_data (expected, compare_expected, order);
  return g_steal_pointer (&expected);
}

/* Where the record had each unit when it was scanned; of two places in one second, that which fits comes first. */
static const char scans_sql[]
    = "SELECT s.seq, s.unit_id, s.code, s.container_id, s.row, s.col, p.container_id, p.row, p.col,"
      " EXISTS (SELECT 1 FROM container_above a WHERE a.container_id = p.container_id AND a.above_id = c.container_id)"
      " FROM stock_scan s JOIN stock_count c ON c.id = s.count_id LEFT JOIN placement p ON p.unit_id = s.unit_id AND p.since <= s.at"
      " AND (p.until IS NULL OR p.until >= s.at) WHERE s.count_id = $1"
      " ORDER BY s.seq, p.container_id = s.container_id AND (s.row = 0 OR (p.row = s.row AND p.col = s.col)) DESC, p.id DESC";

static void
clear_scan (gpointer scan)
{
  g_free ((char *) ((DeskCountScan *) scan)->code);
}

static GArray *
load_scans (DeskDb *db, gint64 count_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, scans_sql, "i", count_id);
  g_autoptr (GArray) scans = g_array_new (FALSE, FALSE, sizeof (DeskCountScan));
  DeskStep step = DESK_STEP_ERROR;
  int last = 0;

  g_array_set_clear_func (scans, clear_scan);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      if (desk_stmt_int (stmt, 0) == last)
        continue;
      last = desk_stmt_int (stmt, 0);
      DeskCountScan scan = { desk_stmt_int64 (stmt, 1), desk_stmt_dup_text (stmt, 2),
                             { desk_stmt_int64 (stmt, 3), desk_stmt_int (stmt, 4), desk_stmt_int (stmt, 5) },
                             { desk_stmt_int64 (stmt, 6), desk_stmt_int (stmt, 7), desk_stmt_int (stmt, 8) }, desk_stmt_int (stmt, 9) };
      g_array_append_val (scans, scan);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&scans) : NULL;
}

static gboolean
open_hold (DeskDb *db, DeskTxn *txn, gint64 unit_id, gint64 container_id, const char *number, gint64 by, gint64 *id, GError **error)
{
  if (!desk_db_value (db, id, error,
                      "INSERT INTO hold (unit_id, container_id, kind, reason, opened_at, opened_by)"
                      " VALUES (NULLIF ($1, 0), NULLIF ($2, 0), 'count', $3, $4, $5) RETURNING id",
                      "iitii", unit_id, container_id, number, now (), by))
    return FALSE;
  desk_txn_changed (txn, unit_id ? DESK_KIND_UNIT : DESK_KIND_CONTAINER, unit_id ? unit_id : container_id);
  return TRUE;
}

/* Writes a difference with what freezes its unit and its box; boxes has the hold of each box that has one already. */
static gboolean
write_difference (DeskDb *db, DeskTxn *txn, const DeskCount *count, const DeskDifference *difference, gint64 by, GHashTable *boxes,
                  GError **error)
{
  gint64 *box = g_hash_table_lookup (boxes, &difference->place.container_id), unit = 0;

  if (!box)
    {
      box = g_new (gint64, 2);
      box[1] = difference->place.container_id;
      if (!open_hold (db, txn, 0, box[1], count->number, by, box, error))
        {
          g_free (box);
          return FALSE;
        }
      g_hash_table_insert (boxes, &box[1], box);
    }
  if (difference->unit_id && !open_hold (db, txn, difference->unit_id, 0, count->number, by, &unit, error))
    return FALSE;
  return desk_db_run (db, error,
                      "INSERT INTO stock_difference (count_id, kind, unit_id, container_id, row, col, code, unit_hold_id, box_hold_id)"
                      " VALUES ($1, $2, NULLIF ($3, 0), $4, $5, $6, $7, NULLIF ($8, 0), $9)",
                      "itiiddtii", count->id, desk_difference_code (difference->kind), difference->unit_id, difference->place.container_id,
                      difference->place.row, difference->place.col, difference->code ? difference->code : "", unit, *box);
}

/* Ends scanning: compares, writes every difference, and holds its unit and its box, all in one transaction.
 * DESK_ERROR_REFUSED "boxes-left" while a box was not counted. */
gboolean
desk_count_end (DeskDb *db, gint64 count_id, gint64 by, guint *n_differences, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskCount) count = txn ? load_for (db, count_id, DESK_COUNT_STEP_END, error) : NULL;
  g_autoptr (GArray) expected = count ? load_expected (db, count, error) : NULL;
  g_autoptr (GArray) scans = expected ? load_scans (db, count_id, error) : NULL;
  g_autoptr (GHashTable) boxes = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);

  if (!scans || !desk_db_run (db, error, "UPDATE stock_count SET comparing = 1 WHERE id = $1", "i", count_id))
    return FALSE;
  g_autoptr (GArray) differences = desk_count_compare ((const DeskCountExpected *) (gpointer) expected->data, expected->len,
                                                       (const DeskCountScan *) (gpointer) scans->data, scans->len);
  for (guint i = 0; i < differences->len; i++)
    if (!write_difference (db, txn, count, &g_array_index (differences, DeskDifference, i), by, boxes, error))
      return FALSE;
  g_autofree char *detail = g_strdup_printf ("%s %u scans %u differences", count->number, scans->len, differences->len);
  if (!desk_db_run (db, error, "UPDATE stock_count SET comparing = NULL, counted_at = $2, counted_by = $3 WHERE id = $1", "iii", count_id,
                    now (), by)
      || !desk_txn_log (txn, "count.end", DESK_KIND_COUNT, count_id, detail, error) || !desk_txn_commit (txn, error))
    return FALSE;
  if (n_differences)
    *n_differences = differences->len;
  return TRUE;
}

/* ── resolving ── */

static DeskCountDifference *
load_difference (DeskDb *db, gint64 id, GError **error)
{
  gint64 count_id;
  g_autoptr (GPtrArray) all = desk_db_value (db, &count_id, error, "SELECT count_id FROM stock_difference WHERE id = $1", "i", id)
                                  ? desk_count_differences (db, count_id, error)
                                  : NULL;

  for (guint i = 0; all && i < all->len; i++)
    if (((DeskCountDifference *) all->pdata[i])->id == id)
      return g_ptr_array_steal_index (all, i);
  return NULL;
}

/* What was read where the unit is said to stand is its own label. */
static gboolean
check_scan (DeskDb *db, const DeskCountDifference *difference, const DeskCountResolve *resolve, GError **error)
{
  if (!desk_resolution_needs_scan (resolve->resolution))
    return TRUE;
  gint64 read = desk_unit_find (db, resolve->scanned, NULL);
  return read == difference->unit_id || desk_refuse (error, "label-mismatch");
}

/* The first place there that may hold the unit. */
static gboolean
free_place (DeskDb *db, const DeskUnit *unit, DeskUnitAct *act, GError **error)
{
  DeskPlaceItem item = { unit->kind, unit->life, unit->quality, *unit->biohazard != '\0' };
  DeskPlace from = { act->container_id, 0, 0 };
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (DeskPlace));

  if (!desk_places_free (db, &from, &item, 1, places, error))
    return FALSE;
  const DeskPlace *place = &g_array_index (places, DeskPlace, 0);
  act->container_id = place->container_id;
  act->row = place->row;
  act->col = place->col;
  return TRUE;
}

static gboolean
move_unit (DeskDb *db, const DeskCountDifference *difference, const DeskCountResolve *resolve, GError **error)
{
  DeskUnitAct act = { .unit_id = difference->unit_id, .step = DESK_STEP_MOVE, .performer = resolve->performer, .witness = resolve->witness,
                      .reason = resolve->cause, .scanned = resolve->scanned, .container_id = resolve->container_id, .row = resolve->row,
                      .col = resolve->col };
  g_autoptr (DeskUnit) unit = desk_unit_load (db, difference->unit_id, error);

  if (!unit)
    return FALSE;
  if (strcmp (unit->life, "missing") == 0)
    act.step = DESK_STEP_FOUND;
  if (!act.container_id)
    {
      if (difference->kind == DESK_DIFFERENCE_MISSING)
        return desk_refuse (error, "place-needed");
      act.container_id = difference->container_id;
      act.row = difference->row;
      act.col = difference->col;
    }
  if (act.row == 0 && !free_place (db, unit, &act, error))
    return FALSE;
  return desk_unit_act (db, &act, error);
}

static gboolean
make_true (DeskDb *db, const DeskCountDifference *difference, const DeskCountResolve *resolve, GError **error)
{
  if (resolve->resolution == DESK_RESOLVE_MOVED)
    return move_unit (db, difference, resolve, error);
  if (resolve->resolution != DESK_RESOLVE_MISSING)
    return TRUE;
  DeskUnitAct act = { .unit_id = difference->unit_id, .step = DESK_STEP_MISSING, .performer = resolve->performer, .witness = resolve->witness,
                      .reason = resolve->cause };
  return desk_unit_act (db, &act, error);
}

/* Resolves a difference: does to the unit what the resolution says (life missing, a move), writes it with cause and
 * second person, and so ends what froze unit and box. DESK_ERROR_CONFLICT when it was resolved already. */
gboolean
desk_count_resolve (DeskDb *db, const DeskCountResolve *resolve, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskCountDifference) difference = txn ? load_difference (db, resolve->difference_id, error) : NULL;
  g_autoptr (DeskCount) count = difference ? load_for (db, difference->count_id, DESK_COUNT_STEP_RESOLVE, error) : NULL;

  if (!count)
    return FALSE;
  if (difference->resolved)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_CONFLICT, "%s has resolved this already", difference->resolved_by);
      return FALSE;
    }
  desk_resolution_check (difference->kind, resolve->resolution, resolve->cause, resolve->scanned, resolve->performer, resolve->witness, problems);
  if (problems->len)
    return desk_refuse (error, desk_problems_get (problems, 0)->code);
  if (!check_scan (db, difference, resolve, error) || !make_true (db, difference, resolve, error)
      || !desk_db_run (db, error,
                       "UPDATE stock_difference SET resolution = $2, cause = $3, scanned = $4, resolved_at = $5, resolved_by = $6, witness_id = $7"
                       " WHERE id = $1 AND resolved_at IS NULL",
                       "itttiii", difference->id, desk_resolution_code (resolve->resolution), resolve->cause,
                       resolve->scanned ? resolve->scanned : "", now (), resolve->performer, resolve->witness))
    return FALSE;
  if (difference->unit_id)
    desk_txn_changed (txn, DESK_KIND_UNIT, difference->unit_id);
  desk_txn_changed (txn, DESK_KIND_CONTAINER, difference->container_id);
  g_autofree char *detail = g_strdup_printf ("%s %s %s: %s, %s", count->number, desk_difference_code (difference->kind),
                                             difference->number ? difference->number : difference->code,
                                             desk_resolution_code (resolve->resolution), resolve->cause);
  return desk_txn_log (txn, "count.resolve", DESK_KIND_COUNT, count->id, detail, error) && desk_txn_commit (txn, error);
}

/* Closes a count whose differences are all resolved, with a second person. */
gboolean
desk_count_close (DeskDb *db, gint64 count_id, gint64 by, gint64 with, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskCount) count = txn ? load_for (db, count_id, DESK_COUNT_STEP_CLOSE, error) : NULL;

  if (!count)
    return FALSE;
  if (with == 0)
    return desk_refuse (error, "second-person-needed");
  if (with == by)
    return desk_refuse (error, "same-person");
  return desk_db_run (db, error, "UPDATE stock_count SET closed_at = $2, closed_by = $3, closed_with = $4 WHERE id = $1", "iiii", count_id,
                      now (), by, with)
         && desk_txn_log (txn, "count.close", DESK_KIND_COUNT, count_id, count->number, error) && desk_txn_commit (txn, error);
}

/* Gives a count up that is still being scanned; what was scanned is kept. */
gboolean
desk_count_abandon (DeskDb *db, gint64 count_id, gint64 by, const char *why, GError **error)
{
  g_autofree char *words = g_strstrip (g_strdup (why ? why : ""));
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskCount) count = txn ? load_for (db, count_id, DESK_COUNT_STEP_ABANDON, error) : NULL;

  if (!count)
    return FALSE;
  if (*words == '\0')
    return desk_refuse (error, "reason-needed");
  g_autofree char *detail = g_strdup_printf ("%s %s", count->number, words);
  return desk_db_run (db, error, "UPDATE stock_count SET abandoned = 1, closed_at = $2, closed_by = $3, note = $4 WHERE id = $1", "iiit",
                      count_id, now (), by, words)
         && desk_txn_log (txn, "count.abandon", DESK_KIND_COUNT, count_id, detail, error) && desk_txn_commit (txn, error);
}
