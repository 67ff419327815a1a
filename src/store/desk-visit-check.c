/* What a wanted visit runs into: reads what is there, and lets domain/desk-conflict judge. The keys of the slots and the
 * guards of doses have the last word all the same; how many a day bears is counted once more as the visit is written, and
 * what the clinic lets stop a visit is asked again. */
#include "desk-blocks.h"
#include "desk-book-private.h"
#include "desk-clinics.h"
#include "desk-conflict-rules.h"
#include "desk-gates.h"
#include "desk-openings.h"
#include "desk-trips.h"
#include "desk-windows.h"

#define INFUSION_APART 7 /* days */

static const char passport_sql[] = "SELECT passport_until FROM patient WHERE id = $1";

static const char of_type_sql[]
    = "SELECT v.starts_at, v.ends_at FROM visit v JOIN visit_status s ON s.status = v.status"
      " WHERE v.type = $1 AND v.starts_at > $2 AND v.starts_at < $3 AND s.takes = 1 AND v.id <> $4";

/* Until a lot is harvested its doses are not there; what is released is there. */
static const char doses_sql[]
    = "SELECT u.number, u.use_until, u.use_until_at,"
      " CASE WHEN u.quality = 'released' THEN '' WHEN l.harvested_on <> '' THEN l.harvested_on ELSE l.expected_on END"
      " FROM reservation r JOIN unit u ON u.id = r.unit_id JOIN lot l ON l.id = u.lot_id"
      " WHERE r.visit_id = $1 AND r.closed_at IS NULL ORDER BY u.number";

/* The step before in the template and those that follow on it; what was cancelled keeps no distance. */
static const char gaps_sql[]
    = "SELECT v.id, v.starts_at, s.seq = $2, s.min_days, s.max_days FROM course c"
      " JOIN course_template_step s ON s.template = c.template AND (s.seq = $2 OR s.after = $2)"
      " JOIN visit v ON v.course_id = c.id AND v.course_step = CASE WHEN s.seq = $2 THEN s.after ELSE s.seq END"
      " JOIN visit_status t ON t.status = v.status"
      " WHERE c.id = $1 AND v.id <> $3 AND (t.final = 0 OR t.takes = 1) ORDER BY v.starts_at";

/* Infusions outside of the course that are less than INFUSION_APART days away. */
static const char near_sql[]
    = "SELECT v.id, v.starts_at, v.ends_at FROM visit v JOIN visit_status s ON s.status = v.status AND s.takes = 1"
      " WHERE v.patient_id = $1 AND v.type = 'infusion' AND v.id <> $2 AND v.starts_at > $3 AND v.starts_at < $4"
      " AND ($5 = 0 OR v.course_id IS NOT $5) ORDER BY v.starts_at";

static const char limited_sql[]
    = "SELECT t.per_day, t.at_once FROM visit_type t JOIN conflict_rule r ON r.kind = 'capacity' AND r.effect = 'block'"
      " WHERE t.code = $1 AND (t.per_day > 0 OR t.at_once > 0)";

static const DeskVisitType *
find_type (const GPtrArray *types, const char *code, GError **error)
{
  for (guint i = 0; i < types->len; i++)
    {
      const DeskVisitType *type = g_ptr_array_index (types, i);

      if (g_strcmp0 (type->code, code) == 0)
        return type;
    }
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "no visit type “%s”", code ? code : "");
  return NULL;
}

/* The other visits of a type around the day of one, as DeskVisitTime. */
static GArray *
read_of_type (DeskDb *db, const DeskVisit *wanted, GTimeZone *zone, GError **error)
{
  DeskDay day = desk_instant_day (wanted->starts_at, zone);
  gint64 from = desk_instant_at (day - 1, 0, zone), until = MAX (desk_instant_at (day + 1, 0, zone), wanted->ends_at);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (DeskVisitTime));
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, of_type_sql, "tiii", wanted->type, from, until, wanted->id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskVisitTime time = { desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1) };

      g_array_append_val (times, time);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&times) : NULL;
}

static gboolean
read_limits (DeskDb *db, const char *code, DeskVisitType *type, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, limited_sql, "t", code);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ROW)
    {
      type->per_day = desk_stmt_int (stmt, 0);
      type->at_once = desk_stmt_int (stmt, 1);
    }
  return step != DESK_STEP_ERROR;
}

/* Whether the visit still has room among those of its type, for whoever is writing it: of two desks that ask for the
 * last place one was first. TRUE where the clinic lets the limit be passed over. DESK_ERROR_REFUSED "type-full". */
gboolean
desk_visit_has_room (DeskDb *db, const DeskVisit *visit, GError **error)
{
  DeskVisitType limits = { 0 };
  gboolean whole_day;

  if (!read_limits (db, visit->type, &limits, error))
    return FALSE;
  if (limits.per_day == 0 && limits.at_once == 0)
    return TRUE;

  g_autoptr (GTimeZone) zone = desk_clinic_zone (db, error);
  g_autoptr (GArray) of_type = zone ? read_of_type (db, visit, zone, error) : NULL;
  if (!of_type)
    return FALSE;
  if (desk_capacity_left (&limits, of_type, visit, zone, &whole_day))
    return TRUE;
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "type-full");
  return FALSE;
}

/* The rules that are judged once more while a visit is written, with what is refused by them. */
static const struct
{
  DeskConflictKind kind;
  const char *refused;
} written[] = {
  { DESK_CONFLICT_CLOSED, "visit-closed" },
  { DESK_CONFLICT_HOURS, "visit-hours" },
  { DESK_CONFLICT_BLOCK, "visit-block" },
  { DESK_CONFLICT_BLACKOUT, "visit-blackout" },
};

/* Of the clinic's rules only those; FALSE in any where none of them stops. */
static gboolean
read_written_rules (DeskDb *db, DeskConflictRules *rules, gboolean *any, GError **error)
{
  DeskConflictRules all;

  *rules = (DeskConflictRules) { 0 };
  *any = FALSE;
  if (!desk_conflict_rules_load (db, &all, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      rules->blocks[written[i].kind] = all.blocks[written[i].kind];
      *any = *any || all.blocks[written[i].kind];
    }
  return TRUE;
}

static gboolean
refuse_blocked (const GPtrArray *conflicts, GError **error)
{
  for (guint i = 0; i < conflicts->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (written); j++)
      {
        const DeskConflict *conflict = conflicts->pdata[i];

        if (!conflict->blocks || conflict->kind != written[j].kind)
          continue;
        g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, written[j].refused);
        return FALSE;
      }
  return TRUE;
}

/* Whether nothing that this clinic lets stop a visit stands against it now: a day may have been closed since the desk
 * looked. DESK_ERROR_REFUSED "visit-closed", "visit-hours", "visit-block" or "visit-blackout". */
gboolean
desk_visit_is_let (DeskDb *db, const DeskVisit *visit, GError **error)
{
  DeskConflictRules rules;
  gboolean any;

  if (!read_written_rules (db, &rules, &any, error))
    return FALSE;
  if (!any)
    return TRUE;

  g_autoptr (GTimeZone) zone = desk_clinic_zone (db, error);
  g_autoptr (GPtrArray) types = zone ? desk_visit_type_list (db, error) : NULL;
  const DeskVisitType *type = types ? find_type (types, visit->type, error) : NULL;
  DeskDay day = zone ? desk_instant_day (visit->starts_at, zone) : 0;
  g_autoptr (DeskHours) hours = type ? desk_hours_load (db, day, day, error) : NULL;
  g_autoptr (GPtrArray) blocks = hours ? desk_time_block_list (db, day - 1, day + 1, error) : NULL;
  g_autoptr (GPtrArray) windows = blocks ? desk_patient_window_list (db, visit->patient_id, FALSE, error) : NULL;
  if (!windows)
    return FALSE;
  DeskConflictGround ground = { .wanted = visit, .type = type, .zone = zone, .now = visit->starts_at, .rules = &rules, .hours = hours,
                                .blocks = blocks, .windows = windows, .stay = DESK_STAY_FITS, .stay_limit = DESK_DAY_NONE };
  g_autoptr (GPtrArray) conflicts = desk_conflicts_find (&ground);
  return refuse_blocked (conflicts, error);
}

static DeskDay
day_or_none (const char *iso)
{
  DeskDay day;

  return desk_day_parse (iso, &day) ? day : DESK_DAY_NONE;
}

static GArray *
read_doses (DeskDb *db, gint64 visit_id, GError **error)
{
  g_autoptr (GArray) doses = g_array_new (FALSE, TRUE, sizeof (DeskPromisedDose));
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, doses_sql, "i", visit_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskPromisedDose dose = { .last = day_or_none (desk_stmt_text (stmt, 1)), .until = desk_stmt_int64 (stmt, 2),
                                .ready = day_or_none (desk_stmt_text (stmt, 3)) };

      g_strlcpy (dose.number, desk_stmt_text (stmt, 0), sizeof dose.number);
      g_array_append_val (doses, dose);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&doses) : NULL;
}

/* Where no template says otherwise, two infusions of a patient are a week apart (product.md: 7 to 14 days). */
static gboolean
read_near (DeskDb *db, const DeskVisit *wanted, GTimeZone *zone, GArray *gaps, GError **error)
{
  DeskDay day = desk_instant_day (wanted->starts_at, zone);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, near_sql, "iiiii", wanted->patient_id, wanted->id, desk_instant_at (day - INFUSION_APART, 1439, zone),
                       desk_instant_at (day + INFUSION_APART, 0, zone), wanted->course_step ? wanted->course_id : (gint64) 0);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 at = desk_stmt_int64 (stmt, 1);
      DeskDay other = desk_instant_day (at, zone);
      DeskCourseGap gap = { .visit_id = desk_stmt_int64 (stmt, 0), .day = other, .first = other <= day, .min_days = INFUSION_APART,
                            .max_days = G_MAXINT16 };

      /* One at the same time is another kind of conflict. */
      if (ABS (day - other) < INFUSION_APART && (at >= wanted->ends_at || desk_stmt_int64 (stmt, 2) <= wanted->starts_at))
        g_array_append_val (gaps, gap);
    }
  return step == DESK_STEP_DONE;
}

static GArray *
read_gaps (DeskDb *db, const DeskVisit *wanted, GTimeZone *zone, GError **error)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (DeskCourseGap));
  g_autoptr (DeskStmt) stmt = NULL;
  DeskStep step = DESK_STEP_ERROR;

  if (g_strcmp0 (wanted->type, "infusion") == 0 && !read_near (db, wanted, zone, gaps, error))
    return NULL;
  if (!wanted->course_id || !wanted->course_step)
    return g_steal_pointer (&gaps);
  stmt = desk_db_query (db, error, gaps_sql, "idi", wanted->course_id, wanted->course_step, wanted->id);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskCourseGap gap = { .visit_id = desk_stmt_int64 (stmt, 0), .day = desk_instant_day (desk_stmt_int64 (stmt, 1), zone),
                            .first = desk_stmt_int (stmt, 2), .min_days = desk_stmt_int (stmt, 3), .max_days = desk_stmt_int (stmt, 4) };

      g_array_append_val (gaps, gap);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&gaps) : NULL;
}

/* A draw before whose gate something does not stand on that day. Infusions are booked long before their doses are there:
 * the book marks them, and does not ask for a reason. */
static gboolean
read_gate (DeskDb *db, const DeskVisit *wanted, GTimeZone *zone, gint64 now, char **rules, GError **error)
{
  DeskGate gate;

  if (!wanted->patient_id || !desk_gate_of_visit (wanted->type, &gate) || gate != DESK_GATE_DRAW)
    return TRUE;
  return desk_gates_short (db, wanted->patient_id, gate, wanted->id, desk_instant_day (wanted->starts_at, zone),
                           desk_instant_day (now, zone), rules, error);
}

/* Whoever comes has to be in Japan that day, and allowed to. */
static gboolean
read_stay (DeskDb *db, DeskConflictGround *ground, GError **error)
{
  const DeskVisit *wanted = ground->wanted;
  g_autofree char *passport_until = NULL;

  if (ground->type->remote || wanted->patient_id == 0)
    return TRUE;
  {
    g_autoptr (DeskStmt) stmt = desk_db_query (db, error, passport_sql, "i", wanted->patient_id);
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step != DESK_STEP_ROW)
      return step == DESK_STEP_DONE;
    passport_until = desk_stmt_dup_text (stmt, 0);
  }
  g_autoptr (GPtrArray) trips = desk_trip_list (db, wanted->patient_id, FALSE, error);
  if (!trips)
    return FALSE;
  ground->stay = desk_stay_fit (trips, passport_until, desk_instant_day (wanted->starts_at, ground->zone),
                                desk_instant_day (ground->now, ground->zone), &ground->stay_limit);
  return TRUE;
}

/* What is the clinic's: hours, blocks, how many of the type there are. */
static GPtrArray *
check_in_clinic (DeskDb *db, DeskConflictGround *ground, GError **error)
{
  DeskDay day = desk_instant_day (ground->wanted->starts_at, ground->zone);
  DeskConflictRules rules;
  gboolean limited = ground->type->per_day > 0 || ground->type->at_once > 0;

  if (!desk_conflict_rules_load (db, &rules, error))
    return NULL;
  g_autoptr (DeskHours) hours = desk_hours_load (db, day, day, error);
  g_autoptr (GPtrArray) blocks = hours ? desk_time_block_list (db, day - 1, day + 1, error) : NULL;
  g_autoptr (GArray) of_type = blocks && limited ? read_of_type (db, ground->wanted, ground->zone, error) : NULL;

  if (!blocks || (limited && !of_type))
    return NULL;
  ground->rules = &rules;
  ground->hours = hours;
  ground->blocks = blocks;
  ground->of_type = of_type;
  return desk_conflicts_find (ground);
}

/* What is the patient's: doses, the stay, days that keep visits away, the course. */
static GPtrArray *
check_of_patient (DeskDb *db, DeskConflictGround *ground, GError **error)
{
  const DeskVisit *wanted = ground->wanted;
  g_autofree char *gate = NULL;
  g_autoptr (GArray) doses = read_doses (db, wanted->id, error);
  g_autoptr (GArray) gaps = doses ? read_gaps (db, wanted, ground->zone, error) : NULL;
  g_autoptr (GPtrArray) windows = gaps ? desk_patient_window_list (db, wanted->patient_id, FALSE, error) : NULL;

  if (!windows || !read_gate (db, wanted, ground->zone, ground->now, &gate, error) || !read_stay (db, ground, error))
    return NULL;
  ground->doses = doses;
  ground->gaps = gaps;
  ground->windows = windows;
  ground->gate = gate;
  return check_in_clinic (db, ground, error);
}

GPtrArray *
desk_visit_check (DeskDb *db, const DeskVisit *wanted, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) types = desk_visit_type_list (db, error);
  const DeskVisitType *type = types ? find_type (types, wanted->type, error) : NULL;
  g_autoptr (GPtrArray) resources = type ? desk_resource_list (db, error) : NULL;
  g_autoptr (GPtrArray) others = resources ? desk_visit_near (db, wanted, error) : NULL;
  g_autoptr (GTimeZone) zone = others ? desk_clinic_zone (db, error) : NULL;
  DeskConflictGround ground = { .wanted = wanted, .type = type, .zone = zone, .now = now, .others = others, .resources = resources,
                                .stay = DESK_STAY_FITS, .stay_limit = DESK_DAY_NONE };

  return zone ? check_of_patient (db, &ground, error) : NULL;
}
