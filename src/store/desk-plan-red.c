/* Which of the days that plans hang on say something else by now. One statement for each kind of thing, for all open
 * plans or for one: what plans are open is short, however many there have been. CROSS JOIN says that each statement
 * begins there. */
#include "desk-plans-private.h"

#include <string.h>

#include "desk-cell-settings.h"
#include "desk-clinics.h"
#include "desk-openings.h"
#include "desk-trips.h"

#define OPEN " p.status IN ('proposed', 'part') AND ($1 = 0 OR p.id = $1)"

static const char visits_sql[]
    = "SELECT p.id, v.seq, v.day, coalesce (v.unit_id, 0), v.visit_id, b.status, b.starts_at, s.final, s.takes, u.number"
      " FROM plan p JOIN plan_visit v ON v.plan_id = p.id LEFT JOIN visit b ON b.id = v.visit_id"
      " LEFT JOIN visit_status s ON s.status = b.status LEFT JOIN unit u ON u.id = v.unit_id WHERE" OPEN
      " ORDER BY p.id, v.seq";

/* The patient's other infusions and draws, with the gap his course asks for: those that were there when the plan was made,
 * and those that were promised since. */
static const char own_visits_sql[]
    = "SELECT p.id, b.id, coalesce (h.day, ''), b.type, b.starts_at, s.takes, coalesce ((SELECT max (c.min_days)"
      "  FROM course_template_step c JOIN course_template_step a ON a.template = c.template AND a.seq = c.after"
      "  WHERE c.template = p.template AND c.type = 'infusion' AND a.type = 'infusion'), 7)"
      " FROM plan p CROSS JOIN visit b JOIN visit_status s ON s.status = b.status"
      " LEFT JOIN plan_hang h ON h.plan_id = p.id AND h.what = 'visit' AND h.row_id = b.id"
      " WHERE b.patient_id = p.patient_id AND b.type IN ('infusion', 'blood_draw', 'apheresis')"
      " AND (h.day IS NOT NULL OR (s.takes = 1 AND b.starts_at > p.made_at))"
      " AND NOT EXISTS (SELECT 1 FROM plan_visit v WHERE v.visit_id = b.id AND v.plan_id = p.id) AND" OPEN
      " ORDER BY p.id, b.starts_at, b.id";

static const char trips_sql[]
    = "SELECT p.id, i.seq, i.arrival, i.departure, i.trip_id, coalesce (t.planned_entry, ''), coalesce (t.entered_on, ''),"
      " coalesce (t.planned_departure, ''), coalesce (t.departed_on, ''), t.cancelled_at"
      " FROM plan p JOIN plan_trip i ON i.plan_id = p.id LEFT JOIN trip t ON t.id = i.trip_id WHERE" OPEN
      " ORDER BY p.id, i.seq";

static const char windows_sql[]
    = "SELECT p.id, w.id, w.kind, w.first_day, w.last_day, w.days_before, w.days_after, w.removed_at"
      " FROM plan p JOIN patient_window w ON w.patient_id = p.patient_id WHERE" OPEN " ORDER BY p.id, w.first_day, w.last_day";

static const char hung_windows_sql[]
    = "SELECT p.id, h.row_id, min (h.day), max (h.day), w.first_day, w.last_day, w.removed_at, w.kind"
      " FROM plan p CROSS JOIN plan_hang h JOIN patient_window w ON w.id = h.row_id"
      " WHERE h.plan_id = p.id AND h.what = 'window' AND" OPEN
      " GROUP BY p.id, h.row_id, w.first_day, w.last_day, w.removed_at, w.kind ORDER BY p.id, h.row_id";

static const char units_sql[]
    = "SELECT p.id, h.row_id, h.day, u.number, u.use_until, u.life, u.quality, l.status,"
      " EXISTS (SELECT 1 FROM unit_hold o WHERE o.unit_id = u.id),"
      " coalesce ((SELECT r.visit_id FROM reservation r WHERE r.unit_id = u.id AND r.closed_at IS NULL), 0)"
      " FROM plan p CROSS JOIN plan_hang h JOIN unit u ON u.id = h.row_id JOIN lot l ON l.id = u.lot_id"
      " WHERE h.plan_id = p.id AND h.what = 'unit' AND" OPEN " ORDER BY p.id, h.row_id";

/* With the first infusion that waits for one of its doses. */
static const char lots_sql[]
    = "SELECT p.id, h.row_id, h.day, l.number, l.status, CASE l.harvested_on WHEN '' THEN l.expected_on ELSE l.harvested_on END,"
      " (SELECT min (v.day) FROM plan_visit v JOIN unit u ON u.id = v.unit_id WHERE v.plan_id = p.id AND u.lot_id = l.id"
      "  AND u.quality <> 'released')"
      " FROM plan p CROSS JOIN plan_hang h JOIN lot l ON l.id = h.row_id"
      " WHERE h.plan_id = p.id AND h.what = 'lot' AND" OPEN " ORDER BY p.id, h.row_id";

static const char papers_sql[]
    = "SELECT p.id, h.row_id, h.day, d.kind, d.examined_on, d.state"
      " FROM plan p CROSS JOIN plan_hang h JOIN document d ON d.id = h.row_id"
      " WHERE h.plan_id = p.id AND h.what = 'document' AND" OPEN " ORDER BY p.id, h.row_id";

static const char passports_sql[]
    = "SELECT p.id, h.row_id, h.day, t.passport_until FROM plan p CROSS JOIN plan_hang h"
      " JOIN patient t ON t.id = p.patient_id WHERE h.plan_id = p.id AND h.what = 'passport' AND" OPEN " ORDER BY p.id";

static const char stays_sql[]
    = "SELECT p.id, h.row_id, h.day FROM plan p CROSS JOIN plan_hang h WHERE h.plan_id = p.id AND h.what = 'trip' AND" OPEN
      " ORDER BY p.id, h.row_id";

static const char open_days_sql[]
    = "SELECT p.id, h.day FROM plan p CROSS JOIN plan_hang h WHERE h.plan_id = p.id AND h.what = 'clinic' AND" OPEN " ORDER BY p.id, h.day";

static const char reach_sql[]
    = "SELECT min (h.day), max (h.day) FROM plan p CROSS JOIN plan_hang h WHERE h.plan_id = p.id AND h.what = 'clinic' AND" OPEN;

typedef struct
{
  gint64 visit_id, unit_id;
  DeskDay day;   /* of the plan */
  DeskDay real;  /* of the visit as it stands in the book */
  gboolean over; /* done, called off, not come */
} Visit;

typedef struct
{
  DeskDay arrival, departure;
} Trip;

/* What is known of one open plan. */
typedef struct
{
  gint64 id;
  GArray *visits, *trips;     /* of Visit, Trip */
  GArray *possible;           /* of DeskDaySpan, what touches joined */
  GPtrArray *reds;
} Look;

typedef struct
{
  DeskDb *db;
  gint64 only;
  GTimeZone *zone;
  DeskHours *hours; /* of the days that are hung on; NULL where none is */
  gint64 release_days;
  DeskDay today;
  GHashTable *looks; /* of Look by its id */
  GPtrArray *order;  /* Look, lent */
} Looking;

void
desk_plan_red_free (DeskPlanRed *red)
{
  if (!red)
    return;
  g_free (red->detail);
  g_free (red);
}

static void
red_free (gpointer red)
{
  desk_plan_red_free (red);
}

static void
look_free (gpointer data)
{
  Look *look = data;

  g_array_unref (look->visits);
  g_array_unref (look->trips);
  g_array_unref (look->possible);
  g_ptr_array_unref (look->reds);
  g_free (look);
}

static void
looking_clear (Looking *looking)
{
  g_clear_pointer (&looking->zone, g_time_zone_unref);
  g_clear_pointer (&looking->hours, desk_hours_free);
  g_clear_pointer (&looking->looks, g_hash_table_unref);
  g_clear_pointer (&looking->order, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Looking, looking_clear)

static Look *
look_of (Looking *looking, gint64 id)
{
  Look *look = g_hash_table_lookup (looking->looks, &id);

  if (look)
    return look;
  look = g_new0 (Look, 1);
  look->id = id;
  look->visits = g_array_new (FALSE, FALSE, sizeof (Visit));
  look->trips = g_array_new (FALSE, FALSE, sizeof (Trip));
  look->possible = g_array_new (FALSE, FALSE, sizeof (DeskDaySpan));
  look->reds = g_ptr_array_new_with_free_func (red_free);
  g_hash_table_insert (looking->looks, &look->id, look);
  g_ptr_array_add (looking->order, look);
  return look;
}

static void
add (Look *look, const char *what, const char *code, gint64 row_id, DeskDay was, DeskDay now, gboolean breaks, const char *detail)
{
  DeskPlanRed *red = g_new0 (DeskPlanRed, 1);

  *red = (DeskPlanRed){ look->id, what, code, row_id, was, now, breaks, g_strdup (detail ? detail : "") };
  g_ptr_array_add (look->reds, red);
}

static DeskDay
day_at (DeskStmt *stmt, int column)
{
  const char *iso = desk_stmt_text (stmt, column);
  DeskDay day;

  return iso && desk_day_parse (iso, &day) ? day : DESK_DAY_NONE;
}

static const char *
way (DeskDay was, DeskDay now)
{
  return now == DESK_DAY_NONE ? "gone" : now < was ? "earlier" : "later";
}

/* The last visit that is still to come, or DESK_DAY_NONE. */
static DeskDay
last_visit (const Look *look)
{
  DeskDay last = DESK_DAY_NONE;

  for (guint i = 0; i < look->visits->len; i++)
    if (!g_array_index (look->visits, Visit, i).over)
      last = MAX (last, g_array_index (look->visits, Visit, i).real);
  return last;
}

/* ── visits and trips ────────────────────────────────────────────────────────────────────────── */

static gboolean
inside_trip (const Look *look, DeskDay day)
{
  for (guint i = 0; i < look->trips->len; i++)
    {
      const Trip *trip = &g_array_index (look->trips, Trip, i);

      if (day >= trip->arrival && day <= trip->departure)
        return TRUE;
    }
  return FALSE;
}

/* Needs the trips. A visit on another day still fits where its trip covers it. */
static void
look_at_visit (Looking *looking, DeskStmt *stmt)
{
  Look *look = look_of (looking, desk_stmt_int64 (stmt, 0));
  gboolean final = desk_stmt_int (stmt, 7), off = final && !desk_stmt_int (stmt, 8);
  Visit visit = { .visit_id = desk_stmt_int64 (stmt, 4), .unit_id = desk_stmt_int64 (stmt, 3), .day = day_at (stmt, 2), .over = final };

  visit.real = visit.visit_id ? desk_instant_day (desk_stmt_int64 (stmt, 6), looking->zone) : visit.day;
  if (off)
    add (look, "visit", "called-off", visit.visit_id, visit.day, DESK_DAY_NONE, TRUE, NULL);
  else if (visit.real != visit.day)
    add (look, "visit", way (visit.day, visit.real), visit.visit_id, visit.day, visit.real, !inside_trip (look, visit.real), NULL);
  g_array_append_val (look->visits, visit);
}

/* Days between a day and the visit of the plan that is nearest, lent in *visit; G_MAXINT where none is to come. */
static int
nearest (const Look *look, DeskDay day, const Visit **visit)
{
  int least = G_MAXINT;

  for (guint i = 0; i < look->visits->len; i++)
    {
      const Visit *one = &g_array_index (look->visits, Visit, i);
      int away = one->over ? G_MAXINT : ABS ((int) one->real - (int) day);

      *visit = away < least ? one : *visit;
      least = MIN (least, away);
    }
  return least;
}

/* Needs the visits. One that was nearer from the beginning, as somebody wanted it, does no harm. */
static void
look_at_own_visit (Looking *looking, DeskStmt *stmt)
{
  Look *look = look_of (looking, desk_stmt_int64 (stmt, 0));
  gint64 id = desk_stmt_int64 (stmt, 1);
  DeskDay was = day_at (stmt, 2), now = desk_instant_day (desk_stmt_int64 (stmt, 4), looking->zone);
  gboolean infusion = strcmp (desk_stmt_text (stmt, 3), "infusion") == 0;
  int gap = infusion ? MAX (desk_stmt_int (stmt, 6), 1) : 1;
  const Visit *near = NULL, *before = NULL;
  int away = nearest (look, now, &near);

  if (!desk_stmt_int (stmt, 5))
    add (look, "visit", "called-off", id, was, DESK_DAY_NONE, FALSE, NULL);
  else if (was == DESK_DAY_NONE && away < gap)
    add (look, "visit", "blackout", id, near->real, near->real, TRUE, NULL);
  else if (was != DESK_DAY_NONE && now != was)
    add (look, "visit", way (was, now), id, was, now, away < MIN (gap, nearest (look, was, &before)), NULL);
}

/* The stay that was made of a trip says other days than the plan. */
static void
look_at_trip (Looking *looking, DeskStmt *stmt)
{
  Look *look = look_of (looking, desk_stmt_int64 (stmt, 0));
  Trip trip = { day_at (stmt, 2), day_at (stmt, 3) };
  gint64 id = desk_stmt_int64 (stmt, 4);
  DeskDay entry = day_at (stmt, 6) != DESK_DAY_NONE ? day_at (stmt, 6) : day_at (stmt, 5);
  DeskDay departure = day_at (stmt, 8) != DESK_DAY_NONE ? day_at (stmt, 8) : day_at (stmt, 7);

  g_array_append_val (look->trips, trip);
  if (id == 0)
    return;
  if (!desk_stmt_is_null (stmt, 9))
    {
      add (look, "trip", "called-off", id, trip.arrival, DESK_DAY_NONE, TRUE, NULL);
      return;
    }
  if (entry != DESK_DAY_NONE && entry > trip.arrival)
    add (look, "trip", "later", id, trip.arrival, entry, TRUE, NULL);
  if (departure != DESK_DAY_NONE && departure < trip.departure)
    add (look, "trip", "earlier", id, trip.departure, departure, TRUE, NULL);
}

/* ── windows ─────────────────────────────────────────────────────────────────────────────────── */

/* They come by their first day; what touches is one, as the planner had it. */
static void
add_possible (Look *look, DeskDay first, DeskDay last)
{
  DeskDaySpan span = { first, last };

  if (look->possible->len > 0)
    {
      DeskDaySpan *before = &g_array_index (look->possible, DeskDaySpan, look->possible->len - 1);

      if (first <= before->last + 1)
        {
          before->last = MAX (before->last, last);
          return;
        }
    }
  g_array_append_val (look->possible, span);
}

static void
look_at_window (Looking *looking, DeskStmt *stmt)
{
  Look *look = look_of (looking, desk_stmt_int64 (stmt, 0));
  DeskDay first = day_at (stmt, 3), last = day_at (stmt, 4);

  if (!desk_stmt_is_null (stmt, 7) || first == DESK_DAY_NONE || last == DESK_DAY_NONE)
    return;
  if (strcmp (desk_stmt_text (stmt, 2), "possible") == 0)
    {
      if (last >= looking->today)
        add_possible (look, first, last);
      return;
    }
  for (guint i = 0; i < look->visits->len; i++)
    {
      const Visit *visit = &g_array_index (look->visits, Visit, i);

      if (!visit->over && visit->real >= first - desk_stmt_int (stmt, 5) && visit->real <= last + desk_stmt_int (stmt, 6))
        add (look, "window", "blackout", desk_stmt_int64 (stmt, 1), visit->real, first, TRUE, desk_stmt_text (stmt, 2));
    }
}

static gboolean
trips_possible (const Look *look)
{
  for (guint i = 0; i < look->trips->len && look->possible->len > 0; i++)
    {
      const Trip *trip = &g_array_index (look->trips, Trip, i);
      gboolean inside = FALSE;

      for (guint k = 0; k < look->possible->len; k++)
        {
          const DeskDaySpan *span = &g_array_index (look->possible, DeskDaySpan, k);

          inside = inside || (trip->arrival >= span->first && trip->departure <= span->last);
        }
      if (!inside)
        return FALSE;
    }
  return TRUE;
}

static void
look_at_hung_window (Looking *looking, DeskStmt *stmt)
{
  Look *look = look_of (looking, desk_stmt_int64 (stmt, 0));
  gint64 id = desk_stmt_int64 (stmt, 1);
  DeskDay was_first = day_at (stmt, 2), was_last = day_at (stmt, 3), first = day_at (stmt, 4), last = day_at (stmt, 5);
  gboolean possible = strcmp (desk_stmt_text (stmt, 7), "possible") == 0;
  gboolean breaks = possible && !trips_possible (look);
  const char *kind = desk_stmt_text (stmt, 7);

  if (!desk_stmt_is_null (stmt, 6))
    add (look, "window", "gone", id, was_first, DESK_DAY_NONE, breaks, kind);
  else
    {
      if (first != was_first)
        add (look, "window", way (was_first, first), id, was_first, first, breaks, kind);
      if (last != was_last)
        add (look, "window", way (was_last, last), id, was_last, last, breaks, kind);
    }
}

/* ── cells ───────────────────────────────────────────────────────────────────────────────────── */

static const Visit *
visit_of_unit (const Look *look, gint64 unit_id)
{
  for (guint i = 0; i < look->visits->len; i++)
    if (g_array_index (look->visits, Visit, i).unit_id == unit_id)
      return &g_array_index (look->visits, Visit, i);
  return NULL;
}

/* What was given in its own visit is not looked at any more. */
static void
look_at_unit (Looking *looking, DeskStmt *stmt)
{
  static const char *const there[] = { "planned", "filled", "frozen", "fresh_ready", "in_transit", "at_clinic", "picked",
                                       "thawing", "thawed", "at_bedside", "infusing", NULL };
  static const char *const unsafe[] = { "rejected", "recalled", NULL };
  Look *look = look_of (looking, desk_stmt_int64 (stmt, 0));
  gint64 id = desk_stmt_int64 (stmt, 1), promised = desk_stmt_int64 (stmt, 9);
  const Visit *visit = visit_of_unit (look, id);
  DeskDay was = day_at (stmt, 2), now = day_at (stmt, 4);
  const char *number = desk_stmt_text (stmt, 3);

  if (!visit || visit->over)
    return;
  if (g_strv_contains (unsafe, desk_stmt_text (stmt, 6)) || strcmp (desk_stmt_text (stmt, 7), "failed") == 0)
    add (look, "unit", "failed", id, was, DESK_DAY_NONE, TRUE, number);
  else if (!g_strv_contains (there, desk_stmt_text (stmt, 5)))
    add (look, "unit", "gone", id, was, DESK_DAY_NONE, TRUE, number);
  else if (promised && promised != visit->visit_id)
    add (look, "unit", "reserved", id, was, now, TRUE, number);
  else if (desk_stmt_int (stmt, 8))
    add (look, "unit", "held", id, was, now, TRUE, number);
  else if (now != was)
    add (look, "unit", way (was, now), id, was, now, now == DESK_DAY_NONE || now < visit->real, number);
}

static void
look_at_lot (Looking *looking, DeskStmt *stmt)
{
  Look *look = look_of (looking, desk_stmt_int64 (stmt, 0));
  gint64 id = desk_stmt_int64 (stmt, 1);
  DeskDay was = day_at (stmt, 2), now = day_at (stmt, 5), needed = day_at (stmt, 6);

  if (strcmp (desk_stmt_text (stmt, 4), "failed") == 0)
    add (look, "lot", "failed", id, was, DESK_DAY_NONE, TRUE, desk_stmt_text (stmt, 3));
  else if (now != was)
    add (look, "lot", way (was, now), id, was, now,
         now == DESK_DAY_NONE || (needed != DESK_DAY_NONE && now + (DeskDay) looking->release_days > needed), desk_stmt_text (stmt, 3));
}

/* ── papers, permissions, the clinic ─────────────────────────────────────────────────────────── */

static void
look_at_paper (Looking *looking, DeskStmt *stmt)
{
  static const char *const useless[] = { "unreadable", "rejected", "superseded", "too_old", NULL };
  Look *look = look_of (looking, desk_stmt_int64 (stmt, 0));
  DeskDay was = day_at (stmt, 2), now = day_at (stmt, 4);

  if (g_strv_contains (useless, desk_stmt_text (stmt, 5)))
    add (look, "document", "gone", desk_stmt_int64 (stmt, 1), was, DESK_DAY_NONE, FALSE, desk_stmt_text (stmt, 3));
  else if (now != was)
    add (look, "document", way (was, now), desk_stmt_int64 (stmt, 1), was, now, FALSE, desk_stmt_text (stmt, 3));
}

static void
look_at_passport (Looking *looking, DeskStmt *stmt)
{
  Look *look = look_of (looking, desk_stmt_int64 (stmt, 0));
  DeskDay was = day_at (stmt, 2), now = day_at (stmt, 3);

  if (now != was)
    add (look, "passport", way (was, now), desk_stmt_int64 (stmt, 1), was, now, now != DESK_DAY_NONE && now < last_visit (look), NULL);
}

static void
look_at_open_day (Looking *looking, DeskStmt *stmt)
{
  Look *look = look_of (looking, desk_stmt_int64 (stmt, 0));
  DeskDay day = day_at (stmt, 1);
  gboolean used = FALSE;

  for (guint i = 0; i < look->visits->len; i++)
    {
      const Visit *visit = &g_array_index (look->visits, Visit, i);

      used = used || (visit->real == day && !visit->over);
    }
  if (day != DESK_DAY_NONE && looking->hours && !desk_hours_open_on (looking->hours, day))
    add (look, "clinic", "closed", 1, day, DESK_DAY_NONE, used, NULL);
}

static gboolean
read_hours (Looking *looking, GError **error)
{
  DeskDay first, last;

  {
    g_autoptr (DeskStmt) stmt = desk_db_query (looking->db, error, reach_sql, "i", looking->only);
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step != DESK_STEP_ROW)
      return step == DESK_STEP_DONE;
    first = day_at (stmt, 0);
    last = day_at (stmt, 1);
  }
  if (first == DESK_DAY_NONE || last == DESK_DAY_NONE)
    return TRUE;
  looking->hours = desk_hours_load (looking->db, first, last, error);
  return looking->hours != NULL;
}

typedef struct
{
  gint64 plan_id, trip_id;
  DeskDay was;
} Stay;

/* The permission of a stay is counted by its own rules, so each is read by itself: few patients are in Japan. */
static gboolean
look_at_stays (Looking *looking, GError **error)
{
  g_autoptr (GArray) stays = g_array_new (FALSE, FALSE, sizeof (Stay));

  {
    g_autoptr (DeskStmt) stmt = desk_db_query (looking->db, error, stays_sql, "i", looking->only);
    DeskStep step = DESK_STEP_ERROR;

    while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
      {
        Stay stay = { desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1), day_at (stmt, 2) };

        g_array_append_val (stays, stay);
      }
    if (step != DESK_STEP_DONE)
      return FALSE;
  }
  for (guint i = 0; i < stays->len; i++)
    {
      const Stay *stay = &g_array_index (stays, Stay, i);
      g_autoptr (DeskTrip) trip = desk_trip_load (looking->db, stay->trip_id, error);
      Look *look = look_of (looking, stay->plan_id);
      DeskStay count;

      if (!trip)
        return FALSE;
      desk_stay_count (trip, looking->today, &count);
      DeskDay now = count.last != DESK_DAY_NONE ? count.last : desk_stay_last_day (count.entry, DESK_STAY_LONGEST);
      if (now != stay->was)
        add (look, "trip", way (stay->was, now), stay->trip_id, stay->was, now,
             look->trips->len > 0 && now < g_array_index (look->trips, Trip, 0).departure, "permission");
    }
  return TRUE;
}

typedef void (*LookAt) (Looking *looking, DeskStmt *stmt);

/* In the order in which one needs what the other found. */
static const struct
{
  const char *sql;
  LookAt look;
} parts[] = {
  { trips_sql, look_at_trip },     { visits_sql, look_at_visit },       { own_visits_sql, look_at_own_visit },
  { windows_sql, look_at_window }, { hung_windows_sql, look_at_hung_window },
  { units_sql, look_at_unit },     { lots_sql, look_at_lot },           { papers_sql, look_at_paper },
  { passports_sql, look_at_passport }, { open_days_sql, look_at_open_day },
};

static gboolean
look_at_all (Looking *looking, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (DeskStmt) stmt = desk_db_query (looking->db, error, parts[i].sql, "i", looking->only);
      DeskStep step = DESK_STEP_ERROR;

      while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
        parts[i].look (looking, stmt);
      if (step != DESK_STEP_DONE)
        return FALSE;
    }
  return look_at_stays (looking, error);
}

static int
by_weight (gconstpointer a, gconstpointer b)
{
  const DeskPlanRed *one = *(DeskPlanRed *const *) a, *two = *(DeskPlanRed *const *) b;

  if (one->breaks != two->breaks)
    return one->breaks ? -1 : 1;
  if (one->was != two->was)
    return one->was < two->was ? -1 : 1;
  return strcmp (one->what, two->what);
}

GPtrArray *
desk_plan_red (DeskDb *db, gint64 plan_id, GError **error)
{
  g_autoptr (GPtrArray) reds = g_ptr_array_new_with_free_func (red_free);
  g_auto (Looking) looking = { .db = db, .only = plan_id };

  looking.looks = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, look_free);
  looking.order = g_ptr_array_new ();
  looking.zone = desk_clinic_zone (db, error);
  if (!looking.zone || !read_hours (&looking, error) || !desk_cell_setting_get (db, DESK_CELL_RELEASE_DAYS, &looking.release_days, error))
    return NULL;
  looking.today = desk_instant_day (g_get_real_time () / G_USEC_PER_SEC, looking.zone);
  if (!look_at_all (&looking, error))
    return NULL;
  for (guint i = 0; i < looking.order->len; i++)
    {
      Look *look = looking.order->pdata[i];

      g_ptr_array_sort (look->reds, by_weight);
      for (guint k = 0; k < look->reds->len; k++)
        g_ptr_array_add (reds, g_steal_pointer (&look->reds->pdata[k]));
    }
  return g_steal_pointer (&reds);
}
