/* What each kind of ripple strikes: which visits have to leave their days, and from when on they can be. */
#include "desk-ripple-strike.h"

#include <string.h>

#include "desk-cell-settings.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-free-slots.h"
#include "desk-trips.h"

#define DRAW_REACH 60 /* days in which a new draw is looked for */

/* The course a lot is grown for. */
static const char lot_course_sql[]
    = "SELECT coalesce (k.course_id, v.course_id, 0) FROM lot l JOIN collection c ON c.id = l.collection_id"
      " LEFT JOIN coi k ON k.id = c.coi_id LEFT JOIN visit v ON v.id = c.visit_id WHERE l.id = $1";

static const char dose_of_visit_sql[]
    = "SELECT coalesce (max (CASE WHEN u.lot_id = $2 THEN CASE u.kind WHEN 'dose_fresh' THEN 1 ELSE 2 END ELSE 3 END), 0)"
      " FROM reservation r JOIN unit u ON u.id = r.unit_id WHERE r.visit_id = $1 AND r.closed_at IS NULL";

static const char on_day_sql[]
    = "SELECT DISTINCT patient_id FROM visit WHERE starts_at >= $1 AND starts_at < $2 ORDER BY patient_id";

static gboolean
refuse (GError **error, const char *code)
{
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, code);
  return FALSE;
}

static const DeskVisit *
visit_at (const DeskRippleScene *scene, guint index)
{
  return g_ptr_array_index (scene->visits, index);
}

static DeskRippleStop *
stop_at (const DeskRippleScene *scene, guint index)
{
  return &g_array_index (scene->stops, DeskRippleStop, index);
}

/* Over, or in the clinic at this moment: whatever became of the lot, it is not to be moved. */
static gboolean
to_come (const DeskRippleScene *scene, guint index)
{
  return visit_at (scene, index)->starts_at > scene->now
         && g_strv_contains ((const char *const[]){ "proposed", "held", "booked", "confirmed", NULL }, visit_at (scene, index)->status);
}

/* ── what waits for a lot ────────────────────────────────────────────────────────────────────── */

typedef enum
{
  WAITS_NOT,
  WAITS_FRESH,
  WAITS_FROZEN,
} Waits;

typedef struct
{
  DeskLot *lot;
  DeskDay started;
  gint64 course_id;
  gint64 culture_min, release_days, fresh_per_draw;
  gint64 n_without; /* infusions without a dose met so far */
} LotCase;

static void
lot_case_clear (LotCase *look)
{
  g_clear_pointer (&look->lot, desk_lot_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LotCase, lot_case_clear)

static gboolean
lot_case_load (LotCase *look, DeskRippleScene *scene, GError **error)
{
  look->lot = desk_lot_load (scene->db, scene->wish->about, error);
  if (!look->lot || !desk_db_value (scene->db, &look->course_id, error, lot_course_sql, "i", look->lot->id)
      || !desk_cell_setting_get (scene->db, DESK_CELL_CULTURE_MIN, &look->culture_min, error)
      || !desk_cell_setting_get (scene->db, DESK_CELL_RELEASE_DAYS, &look->release_days, error)
      || !desk_cell_setting_get (scene->db, DESK_CELL_FRESH_PER_DRAW, &look->fresh_per_draw, error))
    return FALSE;
  if (!desk_day_parse (look->lot->started_on, &look->started))
    look->started = scene->today;
  return desk_ripple_scene_add (scene, look->lot->patient_id, error);
}

/* A later draw of the course from which the infusion can be as well. */
static gboolean
has_own_draw (const DeskRippleScene *scene, const LotCase *look, guint index)
{
  for (guint i = 0; i < index; i++)
    {
      const DeskVisit *visit = visit_at (scene, i);
      DeskDay day = stop_at (scene, i)->day;

      if (visit->course_id == look->course_id && (g_str_equal (visit->type, "blood_draw") || g_str_equal (visit->type, "apheresis"))
          && day > look->started && day + look->culture_min <= stop_at (scene, index)->day)
        return TRUE;
    }
  return FALSE;
}

/* Whether the visit is given cells of the lot: a dose of it is promised, or it is an infusion of the lot's course that has
 * no dose yet. */
static gboolean
waits_for (const DeskRippleScene *scene, LotCase *look, guint index, Waits *waits, GError **error)
{
  const DeskVisit *visit = visit_at (scene, index);
  gint64 dose = 0;

  *waits = WAITS_NOT;
  if (!to_come (scene, index) || !g_str_equal (visit->type, "infusion"))
    return TRUE;
  if (!desk_db_value (scene->db, &dose, error, dose_of_visit_sql, "ii", visit->id, look->lot->id))
    return FALSE;
  if (dose == 1 || dose == 2)
    *waits = dose == 1 ? WAITS_FRESH : WAITS_FROZEN;
  else if (dose == 0 && look->course_id && visit->course_id == look->course_id && stop_at (scene, index)->day > look->started
           && !has_own_draw (scene, look, index))
    *waits = look->n_without++ < look->fresh_per_draw ? WAITS_FRESH : WAITS_FROZEN;
  return TRUE;
}

gboolean
desk_ripple_strike_delay (DeskRippleScene *scene, DeskRippleCause *cause, GError **error)
{
  g_auto (LotCase) look = { 0 };
  DeskDay was;

  if (!lot_case_load (&look, scene, error))
    return FALSE;
  if (!g_str_equal (look.lot->status, "culturing"))
    return refuse (error, "lot-harvested");
  if (!desk_day_parse (look.lot->expected_on, &was))
    was = look.started + (DeskDay) look.culture_min;
  if (scene->wish->day <= was)
    return refuse (error, "harvest-earlier");
  *cause = (DeskRippleCause){ .patient_id = look.lot->patient_id, .row_id = look.lot->id, .version = look.lot->version,
                              .was = was, .detail = g_strdup (look.lot->number) };
  for (guint i = 0; i < scene->visits->len; i++)
    {
      Waits waits;

      if (!waits_for (scene, &look, i, &waits, error))
        return FALSE;
      DeskDay ready = scene->wish->day + (waits == WAITS_FROZEN ? (DeskDay) look.release_days : 0);
      if (waits != WAITS_NOT && stop_at (scene, i)->day < ready)
        desk_ripple_scene_strike (scene, i, ready, scene->wish->day - was);
    }
  return TRUE;
}

/* ── a lot that failed ───────────────────────────────────────────────────────────────────────── */

static int
by_expiry (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(const DeskUnit *const *) a)->use_until, (*(const DeskUnit *const *) b)->use_until);
}

/* The dose, of another lot, that is good on that day and expires first; taken out of the pool. */
DeskUnit *
desk_ripple_pool_take (GPtrArray *pool, gint64 not_lot, DeskDay day)
{
  for (guint i = 0; i < pool->len; i++)
    {
      const DeskUnit *unit = g_ptr_array_index (pool, i);

      if (unit->lot_id != not_lot && g_str_equal (unit->kind, "dose_frozen") && desk_unit_available (unit, day))
        return g_ptr_array_steal_index (pool, i);
    }
  return NULL;
}

/* The patient's doses, those that expire first in front. */
GPtrArray *
desk_ripple_pool (DeskDb *db, gint64 patient_id, GError **error)
{
  GPtrArray *pool = desk_unit_of_patient (db, patient_id, error);

  if (pool)
    g_ptr_array_sort (pool, by_expiry);
  return pool;
}

static DeskVisit *
draw_at (const DeskRippleScene *scene, const LotCase *look, const char *method, const DeskFreeSlot *slot)
{
  DeskVisit *visit = g_new0 (DeskVisit, 1);

  visit->patient_id = look->lot->patient_id;
  visit->course_id = look->course_id;
  visit->type = g_strdup (method);
  visit->status = g_strdup ("booked");
  visit->override = g_strdup ("");
  visit->note = g_strdup ("");
  visit->resources = g_array_copy (slot->resources);
  for (guint i = 0; i < scene->types->len; i++)
    if (g_str_equal (((DeskVisitType *) g_ptr_array_index (scene->types, i))->code, visit->type))
      desk_visit_set_time (visit, g_ptr_array_index (scene->types, i), slot->starts_at, 0);
  return visit;
}

/* Whether the patient can be drawn then at all, and whether it is within a stay. What else warns is told with the draw:
 * papers can still be put right. */
static gboolean
draw_stands (DeskRippleScene *scene, const DeskVisit *visit, gboolean *stands, gboolean *in_stay, GError **error)
{
  g_autoptr (GPtrArray) conflicts = desk_visit_check (scene->db, visit, scene->now, error);

  *stands = *in_stay = TRUE;
  for (guint i = 0; conflicts && i < conflicts->len; i++)
    {
      const DeskConflict *conflict = g_ptr_array_index (conflicts, i);

      *stands = *stands && !conflict->blocks && conflict->kind != DESK_CONFLICT_BLACKOUT;
      *in_stay = *in_stay && conflict->kind != DESK_CONFLICT_STAY;
    }
  return conflicts != NULL;
}

/* A new draw as soon as there is room on a day the patient can be drawn, best while the patient is in Japan; NULL with
 * *error unset when there is none. */
static DeskVisit *
new_draw (DeskRippleScene *scene, const LotCase *look, gboolean *in_stay, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (scene->db, error, "SELECT method FROM collection WHERE id = $1", "i", look->lot->collection_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;
  g_autofree char *method = step == DESK_STEP_ROW ? desk_stmt_dup_text (stmt, 0) : g_strdup ("blood_draw");
  DeskSlotSearch search = { .type = method, .patient_id = look->lot->patient_id, .first = scene->today + 1,
                            .last = scene->today + DRAW_REACH, .one_a_day = TRUE };
  g_autoptr (GPtrArray) slots = step == DESK_STEP_ERROR ? NULL : desk_free_slots (scene->db, &search, scene->now, error);
  g_autoptr (DeskVisit) best = NULL;

  *in_stay = FALSE;
  for (guint i = 0; slots && i < slots->len && !*in_stay; i++)
    {
      g_autoptr (DeskVisit) visit = draw_at (scene, look, method, g_ptr_array_index (slots, i));
      gboolean stands, within;

      if (!draw_stands (scene, visit, &stands, &within, error))
        return NULL;
      if (!stands || (best && !within))
        continue;
      g_clear_pointer (&best, desk_visit_free);
      best = g_steal_pointer (&visit);
      *in_stay = within;
    }
  return g_steal_pointer (&best);
}

/* Each visit that waits for the lot is given a banked dose of another; those for which there is none wait for a new draw. */
gboolean
desk_ripple_strike_failed (DeskRippleScene *scene, DeskRippleCause *cause, GError **error)
{
  g_auto (LotCase) look = { 0 };
  g_autoptr (GArray) without = g_array_new (FALSE, FALSE, sizeof (guint));
  GError *local = NULL;

  if (!lot_case_load (&look, scene, error))
    return FALSE;
  *cause = (DeskRippleCause){ .patient_id = look.lot->patient_id, .row_id = look.lot->id, .version = look.lot->version,
                              .was = DESK_DAY_NONE, .detail = g_strdup (look.lot->number) };
  cause->pool = desk_ripple_pool (scene->db, look.lot->patient_id, error);
  cause->promised = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) desk_unit_free);
  if (!cause->pool)
    return FALSE;
  for (guint i = 0; i < scene->visits->len; i++)
    {
      Waits waits;

      if (!waits_for (scene, &look, i, &waits, error))
        return FALSE;
      if (waits == WAITS_NOT)
        continue;
      DeskVisit *visit = g_ptr_array_index (scene->visits, i);
      DeskUnit *unit = desk_ripple_pool_take (cause->pool, look.lot->id, stop_at (scene, i)->day);
      if (unit)
        g_hash_table_insert (cause->promised, &visit->id, unit);
      else
        g_array_append_val (without, i);
    }
  if (without->len == 0)
    return TRUE;
  cause->draw = new_draw (scene, &look, &cause->draw_in_stay, &local);
  if (local)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  DeskDay ready = (cause->draw ? desk_ripple_scene_day (scene, cause->draw->starts_at) : scene->today + 1) + (DeskDay) look.culture_min;
  scene->draw = cause->draw;
  for (guint i = 0; i < without->len; i++)
    {
      guint index = g_array_index (without, guint, i);

      /* Its gap counted from the draw that came to nothing. */
      if (i == 0)
        stop_at (scene, index)->after = -1;
      if (stop_at (scene, index)->day < ready)
        desk_ripple_scene_strike (scene, index, ready, 0);
    }
  return TRUE;
}

/* ── the others ──────────────────────────────────────────────────────────────────────────────── */

gboolean
desk_ripple_strike_flight (DeskRippleScene *scene, DeskRippleCause *cause, GError **error)
{
  g_autoptr (DeskTrip) trip = desk_trip_load (scene->db, scene->wish->about, error);
  gint64 arrival = 0;
  DeskDay was;

  if (!trip || !desk_cell_setting_get (scene->db, DESK_CELL_ARRIVAL, &arrival, error))
    return FALSE;
  if (*trip->entered_on || trip->cancelled_at)
    return refuse (error, trip->cancelled_at ? "trip-cancelled" : "already-entered");
  was = desk_trip_day (trip->planned_entry);
  if (was == DESK_DAY_NONE)
    return refuse (error, "arrival-unknown");
  if (scene->wish->day <= was)
    return refuse (error, "arrival-earlier");
  *cause = (DeskRippleCause){ .patient_id = trip->patient_id, .row_id = trip->id, .version = trip->version, .was = was,
                              .detail = g_strdup ("") };
  scene->trip_id = trip->id;
  scene->trip_entry = scene->wish->day;
  if (!desk_ripple_scene_add (scene, trip->patient_id, error))
    return FALSE;
  for (guint i = 0; i < scene->visits->len; i++)
    {
      const DeskRippleStop *stop = stop_at (scene, i);
      DeskDay ready = scene->wish->day + MIN ((DeskDay) arrival, stop->day - was);

      /* Of this stay are those whose stay begins with it now. */
      if (to_come (scene, i) && stop->stay_first == scene->wish->day && stop->day >= was && stop->day < ready)
        desk_ripple_scene_strike (scene, i, ready, scene->wish->day - was);
    }
  return TRUE;
}

gboolean
desk_ripple_strike_day (DeskRippleScene *scene, DeskRippleCause *cause, GError **error)
{
  gint64 from = desk_instant_at (scene->wish->day, 0, scene->zone), until = desk_instant_at (scene->wish->day + 1, 0, scene->zone);
  g_autoptr (GArray) patients = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *reason = NULL;
  DeskStep step = DESK_STEP_ERROR;

  if (scene->wish->day < scene->today)
    return refuse (error, "day-past");
  if (!desk_closed_day_reason (scene->db, scene->wish->day, &reason, error))
    return FALSE;
  if (reason)
    return refuse (error, "already-closed");
  *cause = (DeskRippleCause){ .row_id = scene->wish->day, .was = scene->wish->day, .detail = g_strdup (scene->wish->reason) };
  {
    g_autoptr (DeskStmt) stmt = desk_db_query (scene->db, error, on_day_sql, "ii", from, until);

    while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
      {
        gint64 id = desk_stmt_int64 (stmt, 0);
        g_array_append_val (patients, id);
      }
  }
  for (guint i = 0; step == DESK_STEP_DONE && i < patients->len; i++)
    if (!desk_ripple_scene_add (scene, g_array_index (patients, gint64, i), error))
      return FALSE;
  for (guint i = 0; i < scene->visits->len; i++)
    if (stop_at (scene, i)->day == scene->wish->day && to_come (scene, i))
      {
        desk_ripple_scene_strike (scene, i, DESK_DAY_NONE, 0);
        stop_at (scene, i)->nearest = TRUE;
        stop_at (scene, i)->not_on = scene->wish->day;
      }
  return step == DESK_STEP_DONE;
}

gboolean
desk_ripple_strike_later (DeskRippleScene *scene, DeskRippleCause *cause, GError **error)
{
  g_autoptr (DeskVisit) visit = desk_visit_load (scene->db, scene->wish->about, error);
  DeskDay was = visit ? desk_ripple_scene_day (scene, visit->starts_at) : DESK_DAY_NONE;

  if (!visit)
    return FALSE;
  if (visit->starts_at <= scene->now || desk_visit_is_final (visit->status))
    return refuse (error, "visit-over");
  if (scene->wish->day <= scene->today)
    return refuse (error, "day-past");
  *cause = (DeskRippleCause){ .patient_id = visit->patient_id, .row_id = visit->id, .was = was, .detail = g_strdup ("") };
  if (!desk_ripple_scene_add (scene, visit->patient_id, error))
    return FALSE;
  for (guint i = 0; i < scene->visits->len; i++)
    {
      const DeskVisit *other = visit_at (scene, i);

      if (to_come (scene, i)
          && (other->id == visit->id
              || (visit->course_id && other->course_id == visit->course_id && other->starts_at >= visit->starts_at)))
        desk_ripple_scene_strike (scene, i, DESK_DAY_NONE, scene->wish->day - was);
    }
  return TRUE;
}
