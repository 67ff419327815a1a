/* Plans as they are kept: writing one down as a proposal, and reading them. */
#include "desk-plans-private.h"

#include <string.h>

#include "desk-book-private.h"
#include "desk-clinics.h"

static const char insert_sql[]
    = "INSERT INTO plan (patient_id, template, strategy, problem, trips, days, ends_on, made_at, by_id)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, nullif ($9, 0)) RETURNING id";

static const char insert_trip_sql[]
    = "INSERT INTO plan_trip (plan_id, seq, patient_id, arrival, departure) VALUES ($1, $2, $3, $4, $5)";

static const char insert_visit_sql[]
    = "INSERT INTO plan_visit (plan_id, seq, patient_id, day, type, source, draw_seq, unit_id, visit_id)"
      " VALUES ($1, $2, $3, $4, $5, $6, nullif ($7, 0), nullif ($8, 0), $9)";

static const char made_at_sql[] = "UPDATE visit SET created_at = $2 WHERE id = $1";

static const char insert_hang_sql[]
    = "INSERT INTO plan_hang (plan_id, what, row_id, day) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

#define PLAN \
  "SELECT p.id, p.patient_id, p.course_id, t.family, t.given, t.chart, p.template, p.strategy, p.status, p.trips, p.days," \
  " p.ends_on, p.made_at, coalesce (s.name, ''), p.version, p.problem FROM plan p JOIN patient t ON t.id = p.patient_id" \
  " LEFT JOIN staff s ON s.id = p.by_id "

#define VISITS \
  "SELECT v.plan_id, v.seq, v.day, v.type, v.source, v.draw_seq, v.unit_id, u.number, v.visit_id, b.status, b.starts_at," \
  " v.booked_version FROM plan p JOIN plan_visit v ON v.plan_id = p.id LEFT JOIN unit u ON u.id = v.unit_id" \
  " LEFT JOIN visit b ON b.id = v.visit_id "

#define TRIPS "SELECT i.plan_id, i.seq, i.arrival, i.departure, i.trip_id FROM plan p JOIN plan_trip i ON i.plan_id = p.id "

#define ONE "WHERE p.id = $1"
#define OF_PATIENT "WHERE p.patient_id = $1 AND ($2 = 1 OR p.status <> 'dropped')"
#define OPEN "WHERE p.status IN ('proposed', 'part')"

/* ── writing ─────────────────────────────────────────────────────────────────────────────────── */

/* A free time of the day at or after a minute, else at any time of it; NULL without error where nothing is free. */
DeskFreeSlot *
desk_plan_slot (DeskDb *db, const char *type, gint64 patient_id, DeskDay day, int minute, gint64 visit_id, gint64 now,
                GError **error)
{
  int from[] = { minute, 0 };

  for (guint i = 0; i < (minute > 0 ? 2u : 1u); i++)
    {
      DeskSlotSearch search = { .type = type, .patient_id = patient_id, .first = day, .last = day, .from_minute = from[i],
                                .limit = 1, .visit_id = visit_id };
      g_autoptr (GPtrArray) slots = desk_free_slots (db, &search, now, error);

      if (!slots)
        return NULL;
      if (slots->len > 0)
        return g_ptr_array_steal_index (slots, 0);
    }
  return NULL;
}

static gboolean
refuse (GError **error, const char *code)
{
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, code);
  return FALSE;
}

/* One plan being written down. */
typedef struct
{
  DeskDb *db;
  DeskTxn *txn;
  const DeskPlanFile *file;
  const DeskPlan *plan;
  gint64 id, now;
  int seq;
  GPtrArray *types;
  GTimeZone *zone;
  int opens;
  GArray *used;   /* gint64: units promised within the plan */
  GArray *draws;  /* int: seq of draw number i + 1 */
  DeskDay day;    /* of the visit written last, and the minute it ends */
  int until;
} Keeping;

static void
keeping_clear (Keeping *keeping)
{
  g_clear_pointer (&keeping->types, g_ptr_array_unref);
  g_clear_pointer (&keeping->zone, g_time_zone_unref);
  g_clear_pointer (&keeping->used, g_array_unref);
  g_clear_pointer (&keeping->draws, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keeping, keeping_clear)

static const DeskVisitType *
type_of (const Keeping *keeping, const char *code)
{
  for (guint i = 0; i < keeping->types->len; i++)
    {
      const DeskVisitType *type = keeping->types->pdata[i];

      if (strcmp (type->code, code) == 0)
        return type;
    }
  return NULL;
}

/* A proposed visit on a free time; on a day without one it stands at the beginning, with nothing, and the book says
 * what it runs into. */
static gboolean
propose (Keeping *keeping, const char *type_code, DeskDay day, gint64 *visit_id, GError **error)
{
  const DeskVisitType *type = type_of (keeping, type_code);
  int minute = day == keeping->day ? keeping->until : 0;
  g_autoptr (DeskVisit) visit = g_new0 (DeskVisit, 1);
  GError *local = NULL;

  if (!type)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "no visit type “%s”", type_code);
      return FALSE;
    }
  g_autoptr (DeskFreeSlot) slot = desk_plan_slot (keeping->db, type_code, keeping->file->patient_id, day, minute, 0,
                                                  keeping->now, &local);
  if (local)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  visit->patient_id = keeping->file->patient_id;
  visit->type = g_strdup (type_code);
  visit->status = g_strdup ("proposed");
  desk_visit_set_time (visit, type, slot ? slot->starts_at : desk_instant_at (day, MAX (minute, keeping->opens), keeping->zone),
                       type->minutes);
  if (slot)
    visit->resources = g_array_ref (slot->resources);
  keeping->day = day;
  keeping->until = desk_instant_minute (visit->busy_until, keeping->zone);
  if (!desk_visit_write_new (keeping->txn, keeping->db, visit, error)
      || !desk_db_run (keeping->db, error, made_at_sql, "ii", visit->id, keeping->now))
    return FALSE;
  *visit_id = visit->id;
  return TRUE;
}

/* The next unit of the doses the planner took one of, of those alike. */
static const DeskPlanDoseUnit *
unit_for (Keeping *keeping, gint64 dose_id)
{
  for (guint i = 0; i < keeping->file->dose_units->len; i++)
    {
      const DeskPlanDoseUnit *unit = &g_array_index (keeping->file->dose_units, DeskPlanDoseUnit, i);
      gboolean used = FALSE;

      for (guint k = 0; k < keeping->used->len; k++)
        used = used || g_array_index (keeping->used, gint64, k) == unit->unit_id;
      if (unit->dose_id == dose_id && !used)
        {
          g_array_append_val (keeping->used, unit->unit_id);
          return unit;
        }
    }
  return NULL;
}

static gboolean
write_visit (Keeping *keeping, DeskDay day, const char *type, const char *source, int draw_seq, gint64 unit_id, GError **error)
{
  g_autofree char *iso = desk_day_format (day);
  gint64 visit_id = 0;

  keeping->seq++;
  return propose (keeping, type, day, &visit_id, error)
         && desk_db_run (keeping->db, error, insert_visit_sql, "iditttdii", keeping->id, keeping->seq,
                         keeping->file->patient_id, iso, type, source, draw_seq, unit_id, visit_id);
}

static gboolean
write_infusion (Keeping *keeping, const DeskPlanVisit *visit, GError **error)
{
  const DeskPlanDoseUnit *unit = NULL;
  int draw_seq = 0;

  if (visit->source == DESK_PLAN_FROM_BANK)
    {
      unit = unit_for (keeping, visit->dose_id);
      if (!unit)
        return refuse (error, "plan-without-dose");
    }
  else
    {
      if (visit->from_draw < 1 || (guint) visit->from_draw > keeping->draws->len)
        return refuse (error, "plan-draw");
      draw_seq = g_array_index (keeping->draws, int, visit->from_draw - 1);
    }
  return write_visit (keeping, visit->day, "infusion", desk_plan_source_code (visit->source), draw_seq,
                      unit ? unit->unit_id : 0, error);
}

/* Blood first, where a day has both: what is drawn is not touched by what is given. */
static gboolean
write_visits (Keeping *keeping, GError **error)
{
  for (guint i = 0; i < keeping->plan->visits->len; i++)
    {
      const DeskPlanVisit *visit = &g_array_index (keeping->plan->visits, DeskPlanVisit, i);

      if (visit->draw)
        {
          if (!write_visit (keeping, visit->day, keeping->file->draw_type, "", 0, 0, error))
            return FALSE;
          g_array_append_val (keeping->draws, keeping->seq);
        }
      if (visit->infusion && !write_infusion (keeping, visit, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_trips (Keeping *keeping, GError **error)
{
  for (guint i = 0; i < keeping->plan->trips->len; i++)
    {
      const DeskPlanTrip *trip = &g_array_index (keeping->plan->trips, DeskPlanTrip, i);
      g_autofree char *arrival = desk_day_format (trip->arrival), *departure = desk_day_format (trip->departure);

      if (!desk_db_run (keeping->db, error, insert_trip_sql, "iditt", keeping->id, (int) i + 1,
                        keeping->file->patient_id, arrival, departure))
        return FALSE;
    }
  return TRUE;
}

/* Writes down the days a plan hangs on, each once. */
gboolean
desk_plan_add_hangs (DeskDb *db, gint64 id, const GArray *hangs, GError **error)
{
  for (guint i = 0; i < hangs->len; i++)
    {
      const DeskPlanHang *hang = &g_array_index (hangs, DeskPlanHang, i);
      g_autofree char *iso = desk_day_format (hang->day);

      if (!desk_db_run (db, error, insert_hang_sql, "itit", id, hang->what, hang->row_id, iso))
        return FALSE;
    }
  return TRUE;
}

/* The patient's own days, the doses it takes, and that the clinic is open. */
static gboolean
write_hangs (Keeping *keeping, GError **error)
{
  g_autoptr (GArray) hangs = g_array_copy (keeping->file->hangs);

  for (guint i = 0; i < keeping->file->dose_units->len; i++)
    {
      const DeskPlanDoseUnit *unit = &g_array_index (keeping->file->dose_units, DeskPlanDoseUnit, i);
      DeskPlanHang expiry = { "unit", unit->unit_id, unit->expiry }, harvest = { "lot", unit->lot_id, unit->lot_day };
      gboolean used = FALSE;

      for (guint k = 0; k < keeping->used->len; k++)
        used = used || g_array_index (keeping->used, gint64, k) == unit->unit_id;
      if (!used)
        continue;
      g_array_append_val (hangs, expiry);
      if (unit->lot_day != DESK_DAY_NONE)
        g_array_append_val (hangs, harvest);
    }
  for (guint i = 0; i < keeping->plan->visits->len; i++)
    {
      DeskPlanHang open = { "clinic", 1, g_array_index (keeping->plan->visits, DeskPlanVisit, i).day };

      g_array_append_val (hangs, open);
    }
  return desk_plan_add_hangs (keeping->db, keeping->id, hangs, error);
}

static gboolean
write_plan (Keeping *keeping, const char *problem_xml, GError **error)
{
  g_autofree char *ends_on = desk_day_format (keeping->plan->end);

  return desk_db_value (keeping->db, &keeping->id, error, insert_sql, "itttddtii", keeping->file->patient_id,
                        keeping->file->template_code ? keeping->file->template_code : "",
                        desk_plan_strategy_code (keeping->file->problem->strategy), problem_xml, keeping->plan->n_trips,
                        keeping->plan->n_days, ends_on, keeping->now, desk_db_get_actor (keeping->db))
         && write_trips (keeping, error) && write_visits (keeping, error) && write_hangs (keeping, error);
}

/* A plan that does not answer the problem is not kept, whoever made it. */
static gboolean
check_plan (const DeskPlanFile *file, const DeskPlan *plan, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_plan_check (file->problem, plan, problems);
  if (problems->len == 0)
    return TRUE;
  return refuse (error, "plan-broken");
}

gboolean
desk_plan_keep (DeskDb *db, const DeskPlanFile *file, const DeskPlan *plan, const char *problem_xml, gint64 *id, GError **error)
{
  return desk_plan_keep_at (db, file, plan, problem_xml, g_get_real_time () / G_USEC_PER_SEC, id, error);
}

gboolean
desk_plan_keep_at (DeskDb *db, const DeskPlanFile *file, const DeskPlan *plan, const char *problem_xml, gint64 at, gint64 *id,
                   GError **error)
{
  g_auto (Keeping) keeping = { .db = db, .file = file, .plan = plan, .day = DESK_DAY_NONE };
  g_autoptr (DeskTxn) txn = NULL;

  if (!check_plan (file, plan, error))
    return FALSE;
  txn = keeping.txn = desk_txn_begin (db, error);
  g_autoptr (DeskClinic) clinic = txn ? desk_clinic_load (db, error) : NULL;
  keeping.zone = clinic ? desk_clinic_zone (db, error) : NULL;
  keeping.types = keeping.zone ? desk_visit_type_list (db, error) : NULL;
  if (!keeping.types)
    return FALSE;
  keeping.now = at;
  keeping.opens = clinic->opens;
  keeping.used = g_array_new (FALSE, FALSE, sizeof (gint64));
  keeping.draws = g_array_new (FALSE, FALSE, sizeof (int));
  if (!write_plan (&keeping, problem_xml, error)
      || !desk_txn_log (txn, "plan.keep", DESK_KIND_PLAN, keeping.id, file->template_code, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, file->patient_id);
  if (!desk_txn_commit (txn, error))
    return FALSE;
  *id = keeping.id;
  return TRUE;
}

/* The next version of a plan that is open or booked; DESK_ERROR_CONFLICT when somebody changed it since. */
gboolean
desk_plan_step_version (DeskDb *db, gint64 id, gint64 *version, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, "UPDATE plan SET version = version + 1 WHERE id = $1 AND version = $2 AND status <> 'dropped' RETURNING version",
      "ii", id, *version);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "somebody changed the plan meanwhile");
  if (step != DESK_STEP_ROW)
    return FALSE;
  *version = desk_stmt_int64 (stmt, 0);
  return TRUE;
}

/* ── reading ─────────────────────────────────────────────────────────────────────────────────── */

static void
visit_free (gpointer data)
{
  DeskKeptVisit *visit = data;

  g_free (visit->type);
  g_free (visit->source);
  g_free (visit->unit_number);
  g_free (visit->status);
  g_free (visit);
}

void
desk_kept_plan_free (DeskKeptPlan *plan)
{
  if (!plan)
    return;
  g_free (plan->patient_name);
  g_free (plan->chart);
  g_free (plan->template_code);
  g_free (plan->strategy);
  g_free (plan->status);
  g_free (plan->problem);
  g_free (plan->by);
  g_ptr_array_unref (plan->visits);
  g_ptr_array_unref (plan->trips);
  g_free (plan);
}

static void
plan_free (gpointer plan)
{
  desk_kept_plan_free (plan);
}

static DeskDay
read_day (DeskStmt *stmt, int column)
{
  const char *iso = desk_stmt_text (stmt, column);
  DeskDay day;

  return iso && desk_day_parse (iso, &day) ? day : DESK_DAY_NONE;
}

static DeskKeptPlan *
read_plan (DeskStmt *stmt)
{
  DeskKeptPlan *plan = g_new0 (DeskKeptPlan, 1);

  plan->id = desk_stmt_int64 (stmt, 0);
  plan->patient_id = desk_stmt_int64 (stmt, 1);
  plan->course_id = desk_stmt_int64 (stmt, 2);
  plan->patient_name = desk_row_name (stmt, 3);
  plan->chart = desk_stmt_dup_text (stmt, 5);
  plan->template_code = desk_stmt_dup_text (stmt, 6);
  plan->strategy = desk_stmt_dup_text (stmt, 7);
  plan->status = desk_stmt_dup_text (stmt, 8);
  plan->n_trips = desk_stmt_int (stmt, 9);
  plan->n_days = desk_stmt_int (stmt, 10);
  plan->ends_on = read_day (stmt, 11);
  plan->made_at = desk_stmt_int64 (stmt, 12);
  plan->by = desk_stmt_dup_text (stmt, 13);
  plan->version = desk_stmt_int64 (stmt, 14);
  plan->problem = desk_stmt_dup_text (stmt, 15);
  plan->visits = g_ptr_array_new_with_free_func (visit_free);
  plan->trips = g_ptr_array_new_with_free_func (g_free);
  return plan;
}

static DeskKeptPlan *
find_plan (const GPtrArray *plans, gint64 id)
{
  for (guint i = 0; i < plans->len; i++)
    if (((DeskKeptPlan *) plans->pdata[i])->id == id)
      return plans->pdata[i];
  return NULL;
}

static DeskKeptVisit *
read_visit (DeskStmt *stmt)
{
  DeskKeptVisit *visit = g_new0 (DeskKeptVisit, 1);

  visit->seq = desk_stmt_int (stmt, 1);
  visit->day = read_day (stmt, 2);
  visit->type = desk_stmt_dup_text (stmt, 3);
  visit->source = desk_stmt_dup_text (stmt, 4);
  visit->draw_seq = desk_stmt_int (stmt, 5);
  visit->unit_id = desk_stmt_int64 (stmt, 6);
  visit->unit_number = desk_stmt_dup_text (stmt, 7);
  visit->visit_id = desk_stmt_int64 (stmt, 8);
  visit->status = desk_stmt_dup_text (stmt, 9);
  visit->starts_at = desk_stmt_int64 (stmt, 10);
  visit->booked = desk_stmt_int64 (stmt, 11) > 0;
  return visit;
}

static gboolean
read_parts (DeskStmt *visits, DeskStmt *trips, const GPtrArray *plans, GError **error)
{
  DeskStep step = DESK_STEP_ERROR;
  DeskKeptPlan *plan;

  while (visits && (step = desk_stmt_step (visits, error)) == DESK_STEP_ROW)
    if ((plan = find_plan (plans, desk_stmt_int64 (visits, 0))))
      g_ptr_array_add (plan->visits, read_visit (visits));
  if (step != DESK_STEP_DONE)
    return FALSE;
  step = DESK_STEP_ERROR;
  while (trips && (step = desk_stmt_step (trips, error)) == DESK_STEP_ROW)
    if ((plan = find_plan (plans, desk_stmt_int64 (trips, 0))))
      {
        DeskKeptTrip *trip = g_new (DeskKeptTrip, 1);

        *trip = (DeskKeptTrip){ desk_stmt_int (trips, 1), read_day (trips, 2), read_day (trips, 3), desk_stmt_int64 (trips, 4) };
        g_ptr_array_add (plan->trips, trip);
      }
  return step == DESK_STEP_DONE;
}

static gboolean
count_red (DeskDb *db, const GPtrArray *plans, gint64 only, GError **error)
{
  g_autoptr (GPtrArray) reds = desk_plan_red (db, only, error);

  for (guint i = 0; reds && i < reds->len; i++)
    {
      const DeskPlanRed *red = reds->pdata[i];
      DeskKeptPlan *plan = find_plan (plans, red->plan_id);

      if (plan)
        {
          plan->n_red++;
          plan->n_broken += red->breaks;
        }
    }
  return reds != NULL;
}

static GPtrArray *
read_plans (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func (plan_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (plans, read_plan (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&plans) : NULL;
}

DeskKeptPlan *
desk_plan_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, PLAN ONE, "i", id);
  g_autoptr (GPtrArray) plans = read_plans (stmt, error);

  if (!plans)
    return NULL;
  if (plans->len == 0)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such plan");
      return NULL;
    }
  g_autoptr (DeskStmt) visits = desk_db_query (db, error, VISITS ONE " ORDER BY v.seq", "i", id);
  g_autoptr (DeskStmt) trips = visits ? desk_db_query (db, error, TRIPS ONE " ORDER BY i.seq", "i", id) : NULL;
  if (!read_parts (visits, trips, plans, error) || !count_red (db, plans, id, error))
    return NULL;
  return g_ptr_array_steal_index (plans, 0);
}

GPtrArray *
desk_plan_of_patient (DeskDb *db, gint64 patient_id, gboolean with_dropped, GError **error)
{
  int all = with_dropped ? 1 : 0;
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, PLAN OF_PATIENT " ORDER BY p.made_at DESC, p.id DESC", "id", patient_id, all);
  g_autoptr (GPtrArray) plans = read_plans (stmt, error);
  g_autoptr (DeskStmt) visits = plans ? desk_db_query (db, error, VISITS OF_PATIENT " ORDER BY p.id, v.seq", "id", patient_id, all) : NULL;
  g_autoptr (DeskStmt) trips = visits ? desk_db_query (db, error, TRIPS OF_PATIENT " ORDER BY p.id, i.seq", "id", patient_id, all) : NULL;

  if (!plans || !read_parts (visits, trips, plans, error) || (plans->len > 0 && !count_red (db, plans, 0, error)))
    return NULL;
  for (guint i = 0; i < plans->len; i++)
    g_clear_pointer (&((DeskKeptPlan *) plans->pdata[i])->problem, g_free);
  return g_steal_pointer (&plans);
}

static int
by_red (gconstpointer a, gconstpointer b)
{
  const DeskKeptPlan *one = *(DeskKeptPlan *const *) a, *two = *(DeskKeptPlan *const *) b;

  if ((one->n_broken > 0) != (two->n_broken > 0))
    return one->n_broken > 0 ? -1 : 1;
  if ((one->n_red > 0) != (two->n_red > 0))
    return one->n_red > 0 ? -1 : 1;
  if (one->ends_on != two->ends_on)
    return one->ends_on < two->ends_on ? -1 : 1;
  return (one->id > two->id) - (one->id < two->id);
}

GPtrArray *
desk_plan_open_list (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, PLAN OPEN " ORDER BY p.id", "");
  g_autoptr (GPtrArray) plans = read_plans (stmt, error);
  g_autoptr (DeskStmt) visits = plans ? desk_db_query (db, error, VISITS OPEN " ORDER BY p.id, v.seq", "") : NULL;
  g_autoptr (DeskStmt) trips = visits ? desk_db_query (db, error, TRIPS OPEN " ORDER BY p.id, i.seq", "") : NULL;

  if (!plans || !read_parts (visits, trips, plans, error) || (plans->len > 0 && !count_red (db, plans, 0, error)))
    return NULL;
  for (guint i = 0; i < plans->len; i++)
    g_clear_pointer (&((DeskKeptPlan *) plans->pdata[i])->problem, g_free);
  g_ptr_array_sort (plans, by_red);
  return g_steal_pointer (&plans);
}
