/* What needs attention today: indexed questions, none of which looks at more than it returns. */
#include "desk-attention.h"

#include "desk-attention-private.h"
#include "desk-book-private.h"
#include "desk-clinics.h"
#include "desk-documents.h"
#include "desk-inbox.h"
#include "desk-tanks.h"
#include "desk-trips.h"
#include "desk-gates.h"

#define EXPIRY_DAYS 30
#define HARVEST_DAYS 3
#define STAY_DAYS 7
#define CONSENT_DAYS 60
#define CLOCK_DAYS 15

/* Asked for and not come: the oldest due day of each patient, whose page says the rest. */
static const char requested_sql[]
    = "SELECT d.id, d.patient_id, d.due_on, d.kind, p.family, p.given"
      " FROM document d JOIN patient p ON p.id = d.patient_id"
      " WHERE d.state = 'requested' AND d.due_on > '' AND d.due_on < $1 ORDER BY d.patient_id, d.due_on, d.id";

static const char doses_sql[]
    = "SELECT u.id, u.patient_id, u.use_until, u.number, p.family, p.given"
      " FROM unit u JOIN patient p ON p.id = u.patient_id"
      " WHERE u.life IN ('filled', 'frozen', 'fresh_ready', 'in_transit', 'at_clinic', 'missing') AND u.use_until <= $1"
      "   AND u.kind IN ('dose_fresh', 'dose_frozen') AND u.quality NOT IN ('rejected', 'recalled')"
      " ORDER BY u.use_until, u.number";

static const char lots_sql[]
    = "SELECT l.id, l.patient_id, l.expected_on, l.number, p.family, p.given"
      " FROM lot l JOIN patient p ON p.id = l.patient_id"
      " WHERE l.status = 'culturing' AND l.expected_on > '' AND l.expected_on <= $1 ORDER BY l.expected_on, l.number";

/* A look-back is called by its number where others are by a patient's name. */
static const char clocks_sql[]
    = "SELECT l.id, 0, c.due_on, c.rule, l.number, '' FROM legal_clock c JOIN lookback l ON l.id = c.lookback_id"
      " WHERE c.done_at IS NULL AND c.due_on <= $1 ORDER BY c.due_on, c.id";

static const char lookbacks_sql[]
    = "SELECT l.id, 0, l.known_on, l.words, l.number, '' FROM lookback l WHERE l.closed_at IS NULL AND l.known_on <= $1"
      " AND EXISTS (SELECT 1 FROM lookback_item i WHERE i.lookback_id = l.id AND i.reviewed_at IS NULL) ORDER BY l.id";

/* Released under conditions, of which a look is due; the oldest day of each lot. */
static const char results_sql[]
    = "SELECT l.id, l.patient_id, min (k.due_on), l.number, p.family, p.given FROM release_condition k"
      " JOIN unit u ON u.id = k.unit_id JOIN lot l ON l.id = u.lot_id JOIN patient p ON p.id = l.patient_id"
      " WHERE k.due_on > '' AND k.due_on <= $1 AND u.quality = 'conditional' GROUP BY l.id, l.patient_id, l.number, p.family, p.given"
      " ORDER BY 3, l.number";

/* The newest that stands counts, and only while there are cells. */
static const char consents_sql[]
    = "SELECT p.id, p.id, s.until_on, s.until_on, p.family, p.given FROM storage_consent s JOIN patient p ON p.id = s.patient_id"
      " WHERE s.withdrawn_at IS NULL AND s.until_on > '' AND s.until_on <= $1"
      "   AND NOT EXISTS (SELECT 1 FROM storage_consent n WHERE n.patient_id = s.patient_id AND n.withdrawn_at IS NULL AND n.id > s.id)"
      "   AND EXISTS (SELECT 1 FROM unit u WHERE u.patient_id = s.patient_id"
      "               AND u.life IN ('filled', 'frozen', 'fresh_ready', 'in_transit', 'at_clinic', 'missing'))"
      " ORDER BY s.until_on, p.id";

static const char still_here_sql[]
    = "SELECT v.id, v.patient_id, v.starts_at, v.type, p.family, p.given"
      " FROM visit v JOIN patient p ON p.id = v.patient_id"
      " WHERE v.status IN ('arrived', 'checked_in', 'in_room') AND v.starts_at < $1 ORDER BY v.starts_at, v.id";

static const char in_japan_sql[]
    = "SELECT t.id, t.patient_id, p.family, p.given FROM trip t JOIN patient p ON p.id = t.patient_id"
      " WHERE t.entered_on > '' AND t.entered_on <> '' AND t.departed_on = '' AND t.cancelled_at IS NULL"
      " ORDER BY t.entered_on, t.id";

static const char not_entered_sql[]
    = "SELECT t.patient_id, t.planned_departure, p.family, p.given FROM trip t JOIN patient p ON p.id = t.patient_id"
      " WHERE t.planned_departure <> '' AND t.planned_departure > '' AND t.planned_departure < $1 AND t.entered_on = '' AND t.cancelled_at IS NULL"
      " ORDER BY t.planned_departure, t.id";

/* Takes the name; copies the detail. */
void
desk_attention_add (GPtrArray *list, DeskAttentionKind kind, gint64 id, gint64 patient_id, char *name, DeskDay day,
                    const char *detail, DeskDay today)
{
  static const char *objects[DESK_N_ATTENTION] = { "patient", "unit", "lot", "visit", "patient", "patient",
                                                   "patient", "inbox", "lookback", "lookback", "tank", "count",
                                                   "lot", "patient", "visit", "visit", "freed", "calls", "visit", "patient", "issued",
                                                   "patient", "patient", "patient", "patient", "patient", "patient" };
  DeskAttention *attention = g_new0 (DeskAttention, 1);

  *attention = (DeskAttention) { .kind = kind, .object = objects[kind], .id = id, .patient_id = patient_id,
                                 .patient_name = name, .day = day, .detail = g_strdup (detail),
                                 .overdue = day <= today };
  g_ptr_array_add (list, attention);
}

/* The draws of the next days that are not ready, under the milestone they have come to. */
static gboolean
add_draws (DeskDb *db, GPtrArray *list, DeskDay today, GError **error)
{
  g_autoptr (GPtrArray) tasks = desk_gates_worklist (db, today, error);

  if (!tasks)
    return FALSE;
  for (guint i = 0; i < tasks->len; i++)
    {
      DeskGateTask *task = g_ptr_array_index (tasks, i);

      desk_attention_add (list, DESK_ATTENTION_PAPERS, task->patient_id, task->patient_id, g_steal_pointer (&task->name), task->day,
           task->rules, today);
      ((DeskAttention *) g_ptr_array_index (list, list->len - 1))->milestone = task->days;
    }
  return TRUE;
}

/* One line a patient, however many papers are overdue. */
static gboolean
add_requested (DeskDb *db, GPtrArray *list, DeskDay today, GError **error)
{
  g_autofree char *before = desk_day_format (today);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, requested_sql, "t", before);
  DeskAttention *last = NULL;
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 patient_id = desk_stmt_int64 (stmt, 1);
      DeskDay day = today;

      if (last && last->patient_id == patient_id)
        {
          g_autofree char *kinds = g_steal_pointer (&last->detail);

          last->detail = g_strdup_printf ("%s,%s", kinds, desk_stmt_text (stmt, 3));
          continue;
        }
      if (!desk_day_parse (desk_stmt_text (stmt, 2), &day))
        g_warning ("requested: “%s” is no day", desk_stmt_text (stmt, 2));
      desk_attention_add (list, DESK_ATTENTION_REQUESTED, patient_id, patient_id, desk_row_name (stmt, 4), day,
           desk_stmt_text (stmt, 3), today);
      last = g_ptr_array_index (list, list->len - 1);
    }
  return step == DESK_STEP_DONE;
}

/* One line for all that waits; its detail is how many. */
static gboolean
add_inbox (DeskDb *db, GPtrArray *list, DeskDay today, GError **error)
{
  gint64 waiting = 0;

  if (!desk_inbox_count (db, &waiting, error))
    return FALSE;
  if (waiting > 0)
    {
      g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, waiting);

      desk_attention_add (list, DESK_ATTENTION_INBOX, 0, 0, g_strdup (""), today, count, today - 1);
    }
  return TRUE;
}

/* Rows of id, patient, ISO day, number, family, given, up to and with the last day. */
static gboolean
add_until (DeskDb *db, GPtrArray *list, const char *sql, DeskAttentionKind kind, DeskDay last, DeskDay today,
           GError **error)
{
  g_autofree char *until = desk_day_format (last);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, sql, "t", until);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskDay day = today;

      if (!desk_day_parse (desk_stmt_text (stmt, 2), &day))
        g_warning ("%s: “%s” is no day", desk_attention_code (kind), desk_stmt_text (stmt, 2));
      desk_attention_add (list, kind, desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1), desk_row_name (stmt, 4), day,
           desk_stmt_text (stmt, 3), today);
    }
  return step == DESK_STEP_DONE;
}

static gboolean
add_still_here (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, still_here_sql, "i", desk_instant_at (today, 0, zone));
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    desk_attention_add (list, DESK_ATTENTION_STILL_HERE, desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1), desk_row_name (stmt, 4),
         desk_instant_day (desk_stmt_int64 (stmt, 2), zone), desk_stmt_text (stmt, 3), today);
  return step == DESK_STEP_DONE;
}

/* Takes the name. The stay ends on the planned day, or on the last one permitted where that is earlier. */
static void
add_stay (GPtrArray *list, const DeskTrip *trip, char *name, DeskDay today)
{
  DeskStay stay;

  desk_stay_count (trip, today, &stay);
  DeskDay end = stay.departure;
  if (end == DESK_DAY_NONE || (stay.last != DESK_DAY_NONE && stay.last < end))
    end = stay.last;
  if (end == DESK_DAY_NONE || end > today + STAY_DAYS)
    g_free (name);
  else
    desk_attention_add (list, end < today ? DESK_ATTENTION_DEPARTURE : DESK_ATTENTION_STAY_ENDS, trip->patient_id, trip->patient_id,
         name, end, NULL, today);
}

static gboolean
add_in_japan (DeskDb *db, GPtrArray *list, DeskDay today, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, in_japan_sql, "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      g_autoptr (DeskTrip) trip = desk_trip_load (db, desk_stmt_int64 (stmt, 0), error);

      if (!trip)
        return FALSE;
      add_stay (list, trip, desk_row_name (stmt, 2), today);
    }
  return step == DESK_STEP_DONE;
}

/* Planned and over, and nobody wrote down that they came. */
static gboolean
add_not_entered (DeskDb *db, GPtrArray *list, DeskDay today, GError **error)
{
  g_autofree char *now = desk_day_format (today);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, not_entered_sql, "t", now);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    desk_attention_add (list, DESK_ATTENTION_DEPARTURE, desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 0), desk_row_name (stmt, 2),
         desk_trip_day (desk_stmt_text (stmt, 1)), NULL, today);
  return step == DESK_STEP_DONE;
}

/* One line a tank, however many things are to be said of it; its name stands where a patient's does. */
static gboolean
add_tanks (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error)
{
  static const DeskTankSign said[] = { DESK_TANK_DOWN, DESK_TANK_FAILING, DESK_TANK_WARM, DESK_TANK_LOW, DESK_TANK_FALLING, DESK_TANK_MISSED,
                                       DESK_TANK_LID, DESK_TANK_PROBE };
  gint64 midnight = desk_instant_at (today, 0, zone), now = CLAMP (g_get_real_time () / G_USEC_PER_SEC, midnight, midnight + 86399);
  g_autoptr (GPtrArray) tanks = desk_tank_signs (db, now, error);

  for (guint i = 0; tanks && i < tanks->len; i++)
    {
      const DeskTank *tank = tanks->pdata[i];
      g_autoptr (GString) detail = g_string_new (NULL);
      DeskDay day = today;

      for (guint s = 0; s < G_N_ELEMENTS (said); s++)
        if (desk_tank_has (&tank->look, said[s]) && !(said[s] == DESK_TANK_LOW && desk_tank_has (&tank->look, DESK_TANK_FAILING)))
          g_string_append_printf (detail, "%s%s", detail->len ? "," : "", desk_tank_sign_code (said[s]));
      /* A probe alone has its own day. */
      if (g_str_equal (detail->str, "probe") && tank->rule)
        desk_day_parse (tank->rule->probe_due_on, &day);
      if (detail->len && tank->in_service)
        desk_attention_add (list, DESK_ATTENTION_TANK, tank->id, 0, g_strdup (tank->name), day, detail->str, today);
    }
  return tanks != NULL;
}

/* Units are frozen until each difference is resolved. */
static gboolean
add_counts (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT c.id, c.counted_at, c.number FROM stock_count c WHERE c.closed_at IS NULL AND c.counted_at > 0"
      " AND EXISTS (SELECT 1 FROM stock_difference d WHERE d.count_id = c.id AND d.resolved_at IS NULL) ORDER BY c.id",
      "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    desk_attention_add (list, DESK_ATTENTION_COUNT, desk_stmt_int64 (stmt, 0), 0, g_strdup (""), desk_instant_day (desk_stmt_int64 (stmt, 1), zone),
         desk_stmt_text (stmt, 2), today);
  return step == DESK_STEP_DONE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const DeskAttention *one = *(const DeskAttention **) a, *two = *(const DeskAttention **) b;

  if (one->day != two->day)
    return one->day < two->day ? -1 : 1;
  if (one->kind != two->kind)
    return one->kind < two->kind ? -1 : 1;
  return one->id < two->id ? -1 : one->id > two->id;
}

/* What somebody should look at today, of DeskAttention, the most urgent first; free with g_ptr_array_unref (). */
GPtrArray *
desk_today_attention (DeskDb *db, DeskDay today, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_attention_free);
  g_autoptr (GTimeZone) zone = desk_clinic_zone (db, error);

  if (!zone || !add_draws (db, list, today, error) || !add_requested (db, list, today, error)
      || !add_until (db, list, doses_sql, DESK_ATTENTION_DOSE_EXPIRES, today + EXPIRY_DAYS, today, error)
      || !add_until (db, list, lots_sql, DESK_ATTENTION_HARVEST, today + HARVEST_DAYS, today, error)
      || !add_until (db, list, clocks_sql, DESK_ATTENTION_CLOCK, today + CLOCK_DAYS, today, error)
      || !add_until (db, list, lookbacks_sql, DESK_ATTENTION_LOOKBACK, today, today, error)
      || !add_until (db, list, results_sql, DESK_ATTENTION_RESULT_LATE, today, today, error)
      || !add_until (db, list, consents_sql, DESK_ATTENTION_CONSENT_ENDS, today + CONSENT_DAYS, today, error)
      || !add_tanks (db, list, today, zone, error) || !add_counts (db, list, today, zone, error)
      || !add_inbox (db, list, today, error) || !add_still_here (db, list, today, zone, error) || !add_in_japan (db, list, today, error)
      || !add_not_entered (db, list, today, error) || !desk_attention_add_book (db, list, today, zone, error)
      || !desk_attention_add_lists (db, list, today, zone, error) || !desk_attention_add_paper (db, list, today, zone, error)
      || !desk_attention_add_money (db, list, today, error) || !desk_attention_add_consents (db, list, today, zone, error))
    return NULL;
  g_ptr_array_sort (list, compare);
  return g_steal_pointer (&list);
}
