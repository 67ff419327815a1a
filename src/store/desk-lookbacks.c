/* Reading look-backs. */
#include "desk-book-private.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-lookbacks.h"

#include <string.h>

/* What the cause is called: of a result its lot. */
#define ABOUT \
  "CASE l.cause WHEN 'result' THEN (SELECT t.number FROM result r JOIN lot t ON t.id = r.lot_id WHERE r.id = l.cause_id)" \
  " WHEN 'lot' THEN (SELECT number FROM lot WHERE id = l.cause_id) WHEN 'unit' THEN (SELECT number FROM unit WHERE id = l.cause_id)" \
  " WHEN 'reagent' THEN (SELECT name || ' ' || lot_number FROM reagent_lot WHERE id = l.cause_id)" \
  " WHEN 'device' THEN (SELECT name FROM device WHERE id = l.cause_id) WHEN 'container' THEN (SELECT name FROM container WHERE id = l.cause_id)" \
  " WHEN 'shipment' THEN (SELECT number FROM shipment WHERE id = l.cause_id) WHEN 'person' THEN (SELECT name FROM staff WHERE id = l.cause_id)" \
  " ELSE '' END"

#define HEAD_COLUMNS \
  "SELECT l.id, l.number, l.cause, l.cause_id, l.words, l.known_on, l.opened_at, o.name, COALESCE (l.closed_at, 0), c.name," \
  " l.conclusion, (SELECT count (*) FROM lookback_item i WHERE i.lookback_id = l.id)," \
  " (SELECT count (*) FROM lookback_item i WHERE i.lookback_id = l.id AND i.reviewed_at IS NULL)," \
  " (SELECT count (*) FROM legal_clock k WHERE k.lookback_id = l.id AND k.done_at IS NULL)," \
  " COALESCE ((SELECT min (k.due_on) FROM legal_clock k WHERE k.lookback_id = l.id AND k.done_at IS NULL), '')," \
  " " ABOUT ", COALESCE ((SELECT test FROM result WHERE id = l.cause_id AND l.cause = 'result'), ''), l.from_on, l.until_on" \
  " FROM lookback l JOIN staff o ON o.id = l.opened_by LEFT JOIN staff c ON c.id = l.closed_by"

static const char list_open_sql[] = HEAD_COLUMNS " WHERE l.closed_at IS NULL ORDER BY l.id DESC";
static const char list_closed_sql[] = HEAD_COLUMNS " WHERE l.closed_at IS NOT NULL ORDER BY l.id DESC";
static const char load_sql[] = HEAD_COLUMNS " WHERE l.id = $1";
static const char of_sql[]
    = HEAD_COLUMNS " JOIN lookback_item x ON x.lookback_id = l.id WHERE x.what = $1 AND x.row_id = $2 AND l.closed_at IS NULL ORDER BY l.id DESC";

static DeskDay
day_or_none (const char *iso)
{
  DeskDay day;

  return desk_day_parse (iso, &day) ? day : DESK_DAY_NONE;
}

static DeskLookback *
read_head (DeskStmt *stmt)
{
  DeskLookback *lookback = g_new0 (DeskLookback, 1);

  lookback->id = desk_stmt_int64 (stmt, 0);
  lookback->number = desk_stmt_dup_text (stmt, 1);
  if (!desk_lookback_cause_parse (desk_stmt_text (stmt, 2), &lookback->cause))
    g_warning ("look-back of unknown cause “%s”", desk_stmt_text (stmt, 2));
  lookback->cause_id = desk_stmt_int64 (stmt, 3);
  lookback->words = desk_stmt_dup_text (stmt, 4);
  lookback->known = day_or_none (desk_stmt_text (stmt, 5));
  lookback->opened_at = desk_stmt_int64 (stmt, 6);
  lookback->opened_by = desk_stmt_dup_text (stmt, 7);
  lookback->closed_at = desk_stmt_int64 (stmt, 8);
  lookback->closed_by = desk_stmt_dup_text (stmt, 9);
  lookback->conclusion = desk_stmt_dup_text (stmt, 10);
  lookback->n_items = desk_stmt_int (stmt, 11);
  lookback->n_unreviewed = desk_stmt_int (stmt, 12);
  lookback->n_clocks = desk_stmt_int (stmt, 13);
  lookback->next_due = day_or_none (desk_stmt_text (stmt, 14));
  lookback->about = desk_stmt_dup_text (stmt, 15);
  lookback->test = desk_stmt_dup_text (stmt, 16);
  lookback->from = day_or_none (desk_stmt_text (stmt, 17));
  lookback->until = day_or_none (desk_stmt_text (stmt, 18));
  return lookback;
}

static gboolean
append_heads (DeskStmt *stmt, GPtrArray *list, GError **error)
{
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (list, read_head (stmt));
  return step == DESK_STEP_DONE;
}

GPtrArray *
desk_lookback_list (DeskDb *db, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lookback_free);
  g_autoptr (DeskStmt) open = desk_db_query (db, error, list_open_sql, "");

  if (!append_heads (open, list, error))
    return NULL;
  g_autoptr (DeskStmt) closed = desk_db_query (db, error, list_closed_sql, "");
  return append_heads (closed, list, error) ? g_steal_pointer (&list) : NULL;
}

GPtrArray *
desk_lookback_of (DeskDb *db, DeskItemKind kind, gint64 row_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lookback_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, of_sql, "ti", desk_item_kind_code (kind), row_id);

  return append_heads (stmt, list, error) ? g_steal_pointer (&list) : NULL;
}

/* ── items: one query to a kind, all with the same columns ── */

#define REVIEWED \
  "i.id, i.row_id, COALESCE (i.reviewed_at, 0), s.name, i.decision, i.note"
#define FROM_ITEM \
  " FROM lookback_item i LEFT JOIN staff s ON s.id = i.reviewed_by"
#define OF_PATIENT \
  "p.id, p.family, p.given, p.chart, p.phone, p.email, p.languages"

/* A merged patient is read as the record it went into. */
static const char *const item_sql[DESK_N_ITEM_KINDS] = {
  [DESK_ITEM_LOT] = "SELECT " REVIEWED ", " OF_PATIENT ", t.number, t.status, 0, 0, 0, 0" FROM_ITEM
                    " JOIN lot t ON t.id = i.row_id JOIN patient p ON p.id = t.patient_id"
                    " WHERE i.lookback_id = $1 AND i.what = 'lot' ORDER BY i.id",
  [DESK_ITEM_UNIT] = "SELECT " REVIEWED ", " OF_PATIENT ", u.number, u.life, 0, COALESCE (g.container_id, 0), COALESCE (g.row, 0),"
                     " COALESCE (g.col, 0)" FROM_ITEM " JOIN unit u ON u.id = i.row_id JOIN patient p ON p.id = u.patient_id"
                     " LEFT JOIN placement g ON g.unit_id = u.id AND g.until IS NULL"
                     " WHERE i.lookback_id = $1 AND i.what = 'unit' ORDER BY i.id",
  [DESK_ITEM_PATIENT] = "SELECT " REVIEWED ", " OF_PATIENT ", p.chart, '',"
                        " COALESCE ((SELECT min (f.started_at) FROM lookback_road r JOIN infusion f ON f.unit_id = r.ref_id"
                        " WHERE r.item_id = i.id AND r.road = 'infused'), 0),"
                        " (SELECT count (*) FROM lookback_contact c WHERE c.item_id = i.id AND c.reached = 0), 0, 0" FROM_ITEM
                        " JOIN patient o ON o.id = i.row_id JOIN patient p ON p.id = COALESCE (o.merged_into, o.id)"
                        " WHERE i.lookback_id = $1 AND i.what = 'patient' ORDER BY i.id",
  [DESK_ITEM_VISIT] = "SELECT " REVIEWED ", " OF_PATIENT ", v.type, v.status, v.starts_at, 0, 0, 0" FROM_ITEM
                      " JOIN visit v ON v.id = i.row_id JOIN patient p ON p.id = v.patient_id"
                      " WHERE i.lookback_id = $1 AND i.what = 'visit' ORDER BY v.starts_at, i.id",
  [DESK_ITEM_SAMPLE] = "SELECT " REVIEWED ", " OF_PATIENT ", u.number, u.life, 0, COALESCE (g.container_id, 0), COALESCE (g.row, 0),"
                       " COALESCE (g.col, 0)" FROM_ITEM " JOIN unit u ON u.id = i.row_id JOIN patient p ON p.id = u.patient_id"
                       " LEFT JOIN placement g ON g.unit_id = u.id AND g.until IS NULL"
                       " WHERE i.lookback_id = $1 AND i.what = 'sample' ORDER BY i.id",
};

static DeskLookbackItem *
read_item (DeskStmt *stmt, DeskItemKind kind, gint64 lookback_id)
{
  DeskLookbackItem *item = g_new0 (DeskLookbackItem, 1);

  item->kind = kind;
  item->lookback_id = lookback_id;
  item->id = desk_stmt_int64 (stmt, 0);
  item->row_id = desk_stmt_int64 (stmt, 1);
  item->reviewed_at = desk_stmt_int64 (stmt, 2);
  item->reviewed_by = desk_stmt_dup_text (stmt, 3);
  item->decision = desk_stmt_dup_text (stmt, 4);
  item->note = desk_stmt_dup_text (stmt, 5);
  item->patient_id = desk_stmt_int64 (stmt, 6);
  item->patient = desk_row_name (stmt, 7);
  item->chart = desk_stmt_dup_text (stmt, 9);
  item->phone = desk_stmt_dup_text (stmt, 10);
  item->email = desk_stmt_dup_text (stmt, 11);
  item->languages = desk_stmt_dup_text (stmt, 12);
  item->label = desk_stmt_dup_text (stmt, 13);
  item->state = desk_stmt_dup_text (stmt, 14);
  item->at = desk_stmt_int64 (stmt, 15);
  item->roads = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lookback_road_free);
  if (kind == DESK_ITEM_PATIENT)
    item->tried = desk_stmt_int (stmt, 16);
  return item;
}

/* "Tank 1 › Box 3 › B2" of a unit or sample; column 16 is its container. */
static gboolean
read_place (DeskDb *db, DeskStmt *stmt, DeskLookbackItem *item, GError **error)
{
  gint64 container_id = desk_stmt_int64 (stmt, 16);

  if ((item->kind != DESK_ITEM_UNIT && item->kind != DESK_ITEM_SAMPLE) || container_id == 0)
    {
      item->place = g_strdup ("");
      return TRUE;
    }
  int row = desk_stmt_int (stmt, 17), col = desk_stmt_int (stmt, 18);
  g_autoptr (GPtrArray) path = desk_container_path (db, container_id, error);
  g_autoptr (GString) place = g_string_new (NULL);
  if (!path)
    return FALSE;
  for (guint i = 0; i < path->len; i++)
    if (i > 0 || path->len == 1)
      g_string_append_printf (place, "%s › ", ((const DeskContainer *) path->pdata[i])->name);
  g_autofree char *name = path->len ? desk_place_name_in (path->pdata[path->len - 1], row, col) : desk_place_name (row, col);
  g_string_append (place, name);
  item->place = g_string_free (g_steal_pointer (&place), FALSE);
  return TRUE;
}

/* The first companion who comes along still and may be told about the patient's health. */
static gboolean
read_companion (DeskDb *db, DeskLookbackItem *item, GError **error)
{
  g_autoptr (DeskStmt) stmt = item->kind == DESK_ITEM_PATIENT
                                  ? desk_db_query (db, error,
                                                   "SELECT family, given, phone, email FROM companion WHERE patient_id = $1"
                                                   " AND may_be_told = 1 AND removed_at IS NULL ORDER BY id LIMIT 1",
                                                   "i", item->patient_id)
                                  : NULL;
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_DONE;

  if ((item->kind == DESK_ITEM_PATIENT && !stmt) || step == DESK_STEP_ERROR)
    return FALSE;
  item->companion = step == DESK_STEP_ROW ? desk_row_name (stmt, 0) : g_strdup ("");
  item->companion_phone = step == DESK_STEP_ROW ? desk_stmt_dup_text (stmt, 2) : g_strdup ("");
  item->companion_email = step == DESK_STEP_ROW ? desk_stmt_dup_text (stmt, 3) : g_strdup ("");
  return TRUE;
}

static gboolean
load_items (DeskDb *db, DeskLookback *lookback, DeskItemKind kind, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, item_sql[kind], "i", lookback->id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskLookbackItem *item = read_item (stmt, kind, lookback->id);

      g_ptr_array_add (lookback->items, item);
      if (!read_place (db, stmt, item, error) || !read_companion (db, item, error))
        return FALSE;
    }
  return step == DESK_STEP_DONE;
}

/* ── roads and clocks ── */

static const char roads_sql[]
    = "SELECT r.item_id, r.road, r.ref_id, r.day, r.via_id, COALESCE (t.number, ''), COALESCE (CASE r.road"
      " WHEN 'reagent' THEN (SELECT name || ' ' || lot_number FROM reagent_lot WHERE id = r.ref_id)"
      " WHEN 'incubator' THEN (SELECT name FROM device WHERE id = r.ref_id) WHEN 'bench' THEN (SELECT name FROM device WHERE id = r.ref_id)"
      " WHEN 'centrifuge' THEN (SELECT name FROM device WHERE id = r.ref_id) WHEN 'freezing' THEN (SELECT name FROM device WHERE id = r.ref_id)"
      " WHEN 'bath' THEN (SELECT name FROM device WHERE id = r.ref_id) WHEN 'device' THEN (SELECT name FROM device WHERE id = r.ref_id)"
      " WHEN 'shipment' THEN (SELECT number FROM shipment WHERE id = r.ref_id) WHEN 'container' THEN (SELECT name FROM container WHERE id = r.ref_id)"
      " WHEN 'person' THEN (SELECT name FROM staff WHERE id = r.ref_id) WHEN 'collection' THEN (SELECT number FROM collection WHERE id = r.ref_id)"
      " WHEN 'infused' THEN (SELECT number FROM unit WHERE id = r.ref_id) WHEN 'reserved' THEN (SELECT number FROM unit WHERE id = r.ref_id)"
      " WHEN 'next-visit' THEN '' WHEN 'day' THEN '' WHEN 'cause' THEN '' ELSE (SELECT number FROM lot WHERE id = r.ref_id) END, '')"
      " FROM lookback_item i JOIN lookback_road r ON r.item_id = i.id LEFT JOIN lot t ON t.id = r.via_id"
      " WHERE i.lookback_id = $1 ORDER BY r.item_id, r.road, r.day";

static gboolean
load_roads (DeskDb *db, DeskLookback *lookback, GError **error)
{
  g_autoptr (GHashTable) items = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, roads_sql, "i", lookback->id);
  DeskStep step = DESK_STEP_ERROR;

  for (guint i = 0; i < lookback->items->len; i++)
    {
      DeskLookbackItem *item = lookback->items->pdata[i];
      g_hash_table_insert (items, &item->id, item);
    }
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 item_id = desk_stmt_int64 (stmt, 0);
      DeskLookbackItem *item = g_hash_table_lookup (items, &item_id);
      DeskRoad code;

      if (!item || !desk_road_parse (desk_stmt_text (stmt, 1), &code))
        continue;
      DeskLookbackRoad *road = g_new0 (DeskLookbackRoad, 1);
      *road = (DeskLookbackRoad){ .road = code, .ref_id = desk_stmt_int64 (stmt, 2), .via_id = desk_stmt_int64 (stmt, 4),
                                  .day = day_or_none (desk_stmt_text (stmt, 3)), .via = desk_stmt_dup_text (stmt, 5),
                                  .ref = desk_stmt_dup_text (stmt, 6) };
      g_ptr_array_add (item->roads, road);
    }
  return step == DESK_STEP_DONE;
}

static gboolean
load_clocks (DeskDb *db, DeskLookback *lookback, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT c.id, c.rule, c.due_on, COALESCE (c.done_at, 0), s.name, c.outcome, c.note"
                                             " FROM legal_clock c LEFT JOIN staff s ON s.id = c.done_by WHERE c.lookback_id = $1"
                                             " ORDER BY c.due_on, c.id",
                                             "i", lookback->id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskLegalClock *clock = g_new0 (DeskLegalClock, 1);

      g_ptr_array_add (lookback->clocks, clock);
      *clock = (DeskLegalClock){ .id = desk_stmt_int64 (stmt, 0), .lookback_id = lookback->id, .due = day_or_none (desk_stmt_text (stmt, 2)),
                                 .done_at = desk_stmt_int64 (stmt, 3), .done_by = desk_stmt_dup_text (stmt, 4),
                                 .outcome = desk_stmt_dup_text (stmt, 5), .note = desk_stmt_dup_text (stmt, 6) };
      if (!desk_clock_parse (desk_stmt_text (stmt, 1), &clock->rule))
        g_warning ("unknown clock “%s”", desk_stmt_text (stmt, 1));
    }
  return step == DESK_STEP_DONE;
}

DeskLookback *
desk_lookback_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, load_sql, "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such look-back");
  if (step != DESK_STEP_ROW)
    return NULL;
  g_autoptr (DeskLookback) lookback = read_head (stmt);
  lookback->items = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lookback_item_free);
  lookback->clocks = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_legal_clock_free);
  for (int kind = 0; kind < DESK_N_ITEM_KINDS; kind++)
    if (!load_items (db, lookback, kind, error))
      return NULL;
  return load_roads (db, lookback, error) && load_clocks (db, lookback, error) ? g_steal_pointer (&lookback) : NULL;
}

/* ── what can be in question ── */

static const char suspects_sql[]
    = "SELECT 1, 'reagent', id, name || ' ' || lot_number FROM reagent_lot"
      " UNION ALL SELECT 2, 'device', id, name FROM device"
      " UNION ALL SELECT 3, 'shipment', id, number || ' ' || other_party FROM shipment"
      " UNION ALL SELECT 4, 'container', id, name FROM container WHERE kind IN ('tank', 'freezer', 'refrigerator', 'shipper', 'transport')"
      " UNION ALL SELECT 5, 'person', id, name FROM staff ORDER BY 1, 4";

void
desk_lookback_suspect_free (DeskLookbackSuspect *suspect)
{
  g_free (suspect->name);
  g_free (suspect);
}

/* Reagent lots, devices, shipments, cold places and people, of DeskLookbackSuspect; free with g_ptr_array_unref (). */
GPtrArray *
desk_lookback_suspects (DeskDb *db, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lookback_suspect_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, suspects_sql, "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskLookbackSuspect *suspect = g_new0 (DeskLookbackSuspect, 1);

      g_ptr_array_add (list, suspect);
      suspect->id = desk_stmt_int64 (stmt, 2);
      suspect->name = g_strchomp (desk_stmt_dup_text (stmt, 3));
      if (!desk_lookback_cause_parse (desk_stmt_text (stmt, 1), &suspect->cause))
        g_warning ("unknown cause “%s”", desk_stmt_text (stmt, 1));
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&list) : NULL;
}
