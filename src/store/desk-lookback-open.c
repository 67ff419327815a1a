/* Opening a look-back: everything it means, in one transaction or not at all. */
#include "desk-cell-settings.h"
#include "desk-cells-private.h"
#include "desk-clinics.h"
#include "desk-holds.h"
#include "desk-lookback-private.h"

#include <string.h>

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Takes ISO or empty for no day; never NULL. */
static char *
iso (DeskDay day)
{
  return day == DESK_DAY_NONE ? g_strdup ("") : desk_day_format (day);
}

static gboolean
check_order (const DeskLookbackOrder *order, DeskDay today, GError **error)
{
  const char *wrong = NULL;

  if (order->by == 0)
    return desk_refuse (error, "person-needed");
  if (!order->words || *order->words == '\0')
    return desk_refuse (error, "reason-needed");
  if (order->known != DESK_DAY_NONE && order->known > today)
    wrong = "known";
  else if (order->from != DESK_DAY_NONE && order->until != DESK_DAY_NONE && order->until < order->from)
    wrong = "until";
  if (wrong)
    g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "a look-back cannot be opened with this %s", wrong);
  return !wrong;
}

/* The open look-back about the same, or 0: of the same days, where days are meant. Two bad results of one lot are one
 * look-back. */
static gboolean
find_open (DeskDb *db, const DeskLookbackOrder *order, gint64 *id, GError **error)
{
  g_autofree char *from = iso (order->from), *until = iso (order->until);
  g_autoptr (DeskStmt) stmt
      = order->cause == DESK_LOOKBACK_RESULT
            ? desk_db_query (db, error,
                             "SELECT l.id FROM lookback l JOIN result r ON r.id = l.cause_id"
                             " WHERE l.closed_at IS NULL AND l.cause = 'result'"
                             "   AND r.lot_id = (SELECT lot_id FROM result WHERE id = $1) ORDER BY l.id",
                             "i", order->cause_id)
            : desk_db_query (db, error,
                             "SELECT id FROM lookback WHERE cause = $1 AND cause_id = $2 AND from_on = $3 AND until_on = $4"
                             " AND closed_at IS NULL ORDER BY id",
                             "titt", desk_lookback_cause_code (order->cause), order->cause_id, from, *until ? until : from);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *id = step == DESK_STEP_ROW ? desk_stmt_int64 (stmt, 0) : 0;
  return step != DESK_STEP_ERROR;
}

static gboolean
insert_lookback (DeskDb *db, const DeskLookbackSearch *search, DeskDay known, gint64 *id, char **number, GError **error)
{
  const DeskLookbackOrder *order = &search->order;
  g_autofree char *from = iso (order->from), *until = iso (order->until), *known_on = iso (known);
  gint64 n;
  int year;

  if (!desk_counter_next (db, "lookback", &n, error))
    return FALSE;
  desk_day_to_ymd (desk_instant_day (search->now, search->zone), &year, NULL, NULL);
  *number = g_strdup_printf ("LB%02d-%04" G_GINT64_FORMAT, year % 100, n);
  return desk_db_value (db, id, error,
                        "INSERT INTO lookback (number, cause, cause_id, from_on, until_on, words, known_on, opened_at, opened_by)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
                        "ttitt" "ttii", *number, desk_lookback_cause_code (order->cause), order->cause_id, from,
                        *until ? until : from, order->words, known_on, search->now, order->by);
}

/* Writes an item that is not there yet, and the roads that are not; is_new says whether the item is. */
static gboolean
write_item (DeskDb *db, gint64 lookback_id, const DeskFound *found, gboolean *is_new, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT id FROM lookback_item WHERE lookback_id = $1 AND what = $2 AND row_id = $3",
                                             "iti", lookback_id, desk_item_kind_code (found->kind), found->row_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;
  gint64 id = step == DESK_STEP_ROW ? desk_stmt_int64 (stmt, 0) : 0;

  *is_new = step == DESK_STEP_DONE;
  if (step == DESK_STEP_ERROR
      || (*is_new
          && !desk_db_value (db, &id, error, "INSERT INTO lookback_item (lookback_id, what, row_id) VALUES ($1, $2, $3) RETURNING id",
                             "iti", lookback_id, desk_item_kind_code (found->kind), found->row_id)))
    return FALSE;
  for (guint i = 0; i < found->roads->len; i++)
    {
      const DeskFoundRoad *road = &g_array_index (found->roads, DeskFoundRoad, i);
      g_autofree char *day = iso (road->day);

      if (!desk_db_run (db, error,
                        "INSERT INTO lookback_road (item_id, road, ref_id, day, via_id) VALUES ($1, $2, $3, $4, $5)"
                        " ON CONFLICT (item_id, road, ref_id, day, via_id) DO NOTHING",
                        "ititi", id, desk_road_code (road->road), road->ref_id, day, road->via_id))
        return FALSE;
    }
  return TRUE;
}

static gboolean
hold (DeskDb *db, const DeskLookbackSearch *search, DeskHoldScope scope, gint64 id, gint64 lookback_id, const char *reason,
      GError **error)
{
  DeskHoldNew hold = { .scope = scope, .id = id, .kind = "lookback", .reason = reason, .lookback_id = lookback_id,
                       .by = search->order.by };

  return desk_hold_open (db, &hold, NULL, error);
}

/* Every lot reached is held, whatever it holds now: what is still to be filled from it is held with it. */
static gboolean
write_items (DeskDb *db, DeskTxn *txn, const DeskLookbackSearch *search, gint64 lookback_id, const char *reason, guint *n_new, GError **error)
{
  *n_new = 0;
  for (guint i = 0; i < search->found->len; i++)
    {
      const DeskFound *found = search->found->pdata[i];
      gboolean is_new;

      if (!write_item (db, lookback_id, found, &is_new, error))
        return FALSE;
      *n_new += is_new;
      if (is_new && found->kind == DESK_ITEM_LOT && !hold (db, search, DESK_HOLD_LOT, found->row_id, lookback_id, reason, error))
        return FALSE;
    }
  desk_txn_changed (txn, DESK_KIND_ANY, 0);
  return TRUE;
}

/* What will still be made with a reagent, or put into a container, is held as well while nobody knows. */
static gboolean
hold_cause (DeskDb *db, const DeskLookbackSearch *search, gint64 lookback_id, const char *reason, GError **error)
{
  switch (search->order.cause)
    {
    case DESK_LOOKBACK_REAGENT:
      return hold (db, search, DESK_HOLD_REAGENT, search->order.cause_id, lookback_id, reason, error);
    case DESK_LOOKBACK_CONTAINER:
      return hold (db, search, DESK_HOLD_CONTAINER, search->order.cause_id, lookback_id, reason, error);
    default:
      return TRUE;
    }
}

#define RELEASED \
  "SELECT u.id, COALESCE ((SELECT max (at) FROM unit_event WHERE unit_id = u.id AND axis = 'quality'), 0)," \
  " COALESCE ((SELECT max (opened_at) FROM reservation WHERE unit_id = u.id AND closed_at IS NULL), 0)" \
  " FROM unit u WHERE u.quality IN ('released', 'conditional')"

/* A unit to call back, and when that is written: never before what was written last, so that a clock which is wrong at
 * one desk keeps no bad result out. */
typedef struct
{
  gint64 id, at;
} Released;

static gboolean
read_released (DeskStmt *stmt, gint64 now_at, GArray *units, GError **error)
{
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 last = MAX (desk_stmt_int64 (stmt, 1), desk_stmt_int64 (stmt, 2));
      Released unit = { desk_stmt_int64 (stmt, 0), MAX (now_at, last) };

      g_array_append_val (units, unit);
    }
  return step == DESK_STEP_DONE;
}

/* What was released of the lot itself is called back, given or not; of a unit, that unit alone. */
static gboolean
recall (DeskDb *db, const DeskLookbackSearch *search, const char *reason, GError **error)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (Released));

  if (!desk_lookback_cause_recalls (search->order.cause))
    return TRUE;
  g_autoptr (DeskStmt) stmt = search->order.cause == DESK_LOOKBACK_UNIT
                                  ? desk_db_query (db, error, RELEASED " AND u.id = $1", "i", search->order.cause_id)
                                  : desk_db_query (db, error, RELEASED " AND u.lot_id = $1", "i", g_array_index (search->lots, gint64, 0));
  if (!read_released (stmt, search->now, units, error))
    return FALSE;
  for (guint i = 0; i < units->len; i++)
    {
      const Released *unit = &g_array_index (units, Released, i);
      DeskUnitAct act = { .unit_id = unit->id, .step = DESK_STEP_RECALL, .performer = search->order.by, .reason = reason, .at = unit->at };

      if (!desk_unit_act (db, &act, error))
        return FALSE;
    }
  return TRUE;
}

/* When the plan was filed, from the clinic's settings; DESK_DAY_NONE where nobody wrote it down. */
static gboolean
plan_filed (DeskDb *db, DeskDay *day, GError **error)
{
  gint64 value;

  if (!desk_cell_setting_get (db, DESK_CELL_PLAN_FILED, &value, error))
    return FALSE;
  *day = value ? (DeskDay) value : DESK_DAY_NONE;
  return TRUE;
}

/* A clock that runs already keeps its day: it was the earlier one. */
static gboolean
start_clocks (DeskDb *db, const DeskLookbackSearch *search, gint64 lookback_id, DeskDay known, GError **error)
{
  guint infused = 0;
  DeskDay filed;

  for (guint i = 0; i < search->found->len; i++)
    infused += ((const DeskFound *) search->found->pdata[i])->kind == DESK_ITEM_PATIENT;
  if (!plan_filed (db, &filed, error))
    return FALSE;
  for (int rule = 0; rule < DESK_N_CLOCKS; rule++)
    {
      if (!desk_clock_starts (rule, infused, filed))
        continue;
      g_autofree char *due = desk_day_format (desk_clock_due (rule, known, filed));
      if (!desk_db_run (db, error,
                        "INSERT INTO legal_clock (lookback_id, rule, due_on) VALUES ($1, $2, $3) ON CONFLICT (lookback_id, rule) DO NOTHING",
                        "itt", lookback_id, desk_clock_code (rule), due))
        return FALSE;
    }
  return TRUE;
}

static gboolean
number_of (DeskDb *db, gint64 id, char **number, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT number FROM lookback WHERE id = $1", "i", id);

  if (!stmt || desk_stmt_step (stmt, error) != DESK_STEP_ROW)
    return FALSE;
  *number = desk_stmt_dup_text (stmt, 0);
  return TRUE;
}

/* A day that is meant spans itself; the rest is as ordered. */
static DeskLookbackOrder
whole_order (const DeskLookbackOrder *order)
{
  DeskLookbackOrder whole = *order;

  if (whole.cause == DESK_LOOKBACK_DAY)
    whole.from = whole.until = (DeskDay) whole.cause_id;
  return whole;
}

gboolean
desk_lookback_open (DeskDb *db, const DeskLookbackOrder *order, gint64 *id, GError **error)
{
  DeskLookbackOrder whole = whole_order (order);
  g_autofree char *number = NULL;
  gint64 open;
  guint n_new;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskLookbackSearch) search = txn ? desk_lookback_search (db, &whole, now (), error) : NULL;

  if (!search)
    return FALSE;
  DeskDay today = desk_instant_day (search->now, search->zone);
  DeskDay known = order->known == DESK_DAY_NONE ? today : order->known;
  if (!check_order (order, today, error) || !find_open (db, &whole, &open, error))
    return FALSE;
  gboolean is_new = open == 0;
  if (!(is_new ? insert_lookback (db, search, known, &open, &number, error) : number_of (db, open, &number, error)))
    return FALSE;
  g_autofree char *reason = g_strdup_printf ("%s: %s", number, order->words);
  if (!write_items (db, txn, search, open, reason, &n_new, error)
      || (is_new && !hold_cause (db, search, open, reason, error))
      || !recall (db, search, reason, error) || !start_clocks (db, search, open, known, error))
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("%s: %u new on the list", reason, n_new);
  if (!desk_txn_log (txn, is_new ? "lookback.open" : "lookback.grow", DESK_KIND_LOOKBACK, open, detail, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  if (id)
    *id = open;
  return TRUE;
}

/* ── from a result ── */

/* Whether anything of these lots left quarantine or reached somebody. */
static gboolean
was_let_go (DeskLookbackSearch *search, gboolean *let_go, GError **error)
{
  *let_go = FALSE;
  for (guint i = 0; i < search->n_own && !*let_go; i++)
    {
      gint64 n;

      if (!desk_db_value (search->db, &n, error,
                          "SELECT count (*) FROM unit WHERE lot_id = $1 AND (quality IN ('released', 'conditional', 'recalled')"
                          " OR life IN ('infusing', 'infused', 'part_infused', 'transferred_out'))",
                          "i", g_array_index (search->lots, gint64, i)))
        return FALSE;
      *let_go = n > 0;
    }
  return TRUE;
}

typedef struct
{
  gboolean late;      /* final and failed; of one unit alone only where germs in it speak of the lot */
  gint64 by;
  DeskDay reported;
  char *words;
} BadResult;

static gboolean
read_result (DeskDb *db, gint64 id, BadResult *result, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT l.number, r.test, r.value, r.reported_on, r.entered_by, r.stage = 'final' AND r.passed = 0"
                                             " AND (r.unit_id IS NULL OR r.test IN ('sterility', 'mycoplasma', 'endotoxin', 'gram'))"
                                             " FROM result r JOIN lot l ON l.id = r.lot_id WHERE r.id = $1",
                                             "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such result");
  if (step != DESK_STEP_ROW)
    return FALSE;
  result->words = g_strdup_printf ("%s %s %s", desk_stmt_text (stmt, 0), desk_stmt_text (stmt, 1), desk_stmt_text (stmt, 2));
  if (!desk_day_parse (desk_stmt_text (stmt, 3), &result->reported))
    result->reported = DESK_DAY_NONE;
  result->by = desk_stmt_int64 (stmt, 4);
  result->late = desk_stmt_int (stmt, 5) != 0;
  return TRUE;
}

gboolean
desk_lookback_of_result (DeskDb *db, gint64 result_id, gint64 *id, GError **error)
{
  BadResult result = { 0 };
  gboolean let_go = FALSE;

  if (id)
    *id = 0;
  if (!read_result (db, result_id, &result, error))
    return FALSE;
  g_autofree char *words = result.words;
  if (!result.late)
    return TRUE;
  DeskLookbackOrder order = { .cause = DESK_LOOKBACK_RESULT, .cause_id = result_id, .words = words, .known = result.reported,
                              .from = DESK_DAY_NONE, .until = DESK_DAY_NONE, .by = result.by };
  g_autoptr (DeskLookbackSearch) search = desk_lookback_search (db, &order, now (), error);
  if (!search || !was_let_go (search, &let_go, error))
    return FALSE;
  if (!let_go)
    return TRUE;
  /* A day in the future is a slip of the pen: the clocks run from what can be true. */
  DeskDay today = desk_instant_day (search->now, search->zone);
  if (order.known != DESK_DAY_NONE && order.known > today)
    order.known = today;
  return desk_lookback_open (db, &order, id, error);
}
