/* The visits of the patients a ripple may reach, as stops, and where in the book each could be instead. */
#include "desk-ripple-private.h"

#include "desk-clinics.h"
#include "desk-course-templates.h"
#include "desk-free-slots.h"
#include "desk-openings.h"
#include "desk-trips.h"

#define BACK_DAYS 400 /* how long a visit that is over still counts for the gap of a later one */
#define ROUNDS 4      /* until it no longer matters which visits leave their places */

static void
template_free (gpointer data)
{
  if (data)
    desk_course_template_free (data);
}

static void
visit_free_or_none (gpointer data)
{
  if (data)
    desk_visit_free (data);
}

gboolean
desk_ripple_scene_init (DeskRippleScene *scene, DeskDb *db, const DeskRippleWish *wish, gint64 now, GError **error)
{
  *scene = (DeskRippleScene){ .db = db, .wish = wish, .now = now, .trip_entry = DESK_DAY_NONE };
  scene->templates = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, template_free);
  scene->visits = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
  scene->stops = g_array_new (FALSE, TRUE, sizeof (DeskRippleStop));
  scene->goes = g_array_new (FALSE, TRUE, sizeof (DeskRippleGo));
  scene->places = g_ptr_array_new_with_free_func (visit_free_or_none);
  scene->placed = g_ptr_array_new ();
  scene->moving = g_hash_table_new (g_int64_hash, g_int64_equal);
  scene->zone = desk_clinic_zone (db, error);
  scene->types = scene->zone ? desk_visit_type_list (db, error) : NULL;
  if (!scene->types)
    return FALSE;
  scene->today = desk_ripple_scene_day (scene, now);
  scene->hours = desk_hours_load (db, scene->today, scene->today + 3 * 366, error);
  return scene->hours != NULL;
}

void
desk_ripple_scene_clear (DeskRippleScene *scene)
{
  g_clear_pointer (&scene->templates, g_hash_table_unref);
  g_clear_pointer (&scene->visits, g_ptr_array_unref);
  g_clear_pointer (&scene->stops, g_array_unref);
  g_clear_pointer (&scene->goes, g_array_unref);
  g_clear_pointer (&scene->places, g_ptr_array_unref);
  g_clear_pointer (&scene->placed, g_ptr_array_unref);
  g_clear_pointer (&scene->moving, g_hash_table_unref);
  g_clear_pointer (&scene->zone, g_time_zone_unref);
  g_clear_pointer (&scene->types, g_ptr_array_unref);
  g_clear_pointer (&scene->hours, desk_hours_free);
  g_clear_error (&scene->error);
}

/* The clinic's day of an instant. */
DeskDay
desk_ripple_scene_day (const DeskRippleScene *scene, gint64 at)
{
  return desk_instant_day (at, scene->zone);
}

/* ── stops ───────────────────────────────────────────────────────────────────────────────────── */

static gboolean
named (const GArray *ids, gint64 id)
{
  for (guint i = 0; ids && i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* Nobody who was told a time for certain, or who is here, is moved unasked; and what is over is over. */
static gboolean
is_kept (const DeskRippleScene *scene, const DeskVisit *visit)
{
  if (named (scene->wish->keep, visit->id))
    return TRUE;
  if (g_str_equal (visit->status, "confirmed"))
    return !named (scene->wish->asked, visit->id);
  return !g_strv_contains ((const char *const[]){ "proposed", "held", "booked", NULL }, visit->status);
}

/* Lends the template of a course, or NULL when there is none any more. */
static gboolean
template_of (DeskRippleScene *scene, gint64 course_id, const DeskCourseTemplate **found, GError **error)
{
  gpointer known;
  DeskCourseTemplate *course = NULL;

  if (g_hash_table_lookup_extended (scene->templates, &course_id, NULL, &known))
    {
      *found = known;
      return TRUE;
    }
  g_autoptr (DeskStmt) stmt = desk_db_query (scene->db, error, "SELECT template FROM course WHERE id = $1", "i", course_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;
  g_autofree char *code = step == DESK_STEP_ROW ? desk_stmt_dup_text (stmt, 0) : NULL;

  if (step == DESK_STEP_ERROR || (code && !desk_course_template_find (scene->db, code, &course, error)))
    return FALSE;
  g_hash_table_insert (scene->templates, g_memdup2 (&course_id, sizeof course_id), course);
  *found = course;
  return TRUE;
}

/* The visit, not before from, that stands for that step of the course. */
static int
find_step (const DeskRippleScene *scene, guint from, gint64 course_id, int number)
{
  for (guint i = from; i < scene->visits->len; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (scene->visits, i);

      if (visit->course_id == course_id && visit->course_step == number)
        return (int) i;
    }
  return -1;
}

static gboolean
set_gap (DeskRippleScene *scene, guint from, const DeskVisit *visit, DeskRippleStop *stop, GError **error)
{
  const DeskCourseTemplate *course = NULL;

  stop->after = -1;
  if (visit->course_id == 0 || visit->course_step < 1)
    return TRUE;
  if (!template_of (scene, visit->course_id, &course, error))
    return FALSE;
  const DeskCourseStep *step = course ? desk_course_template_step (course, (guint) visit->course_step) : NULL;
  if (step && step->after > 0)
    {
      stop->after = find_step (scene, from, visit->course_id, step->after);
      stop->min_days = step->min_days;
      stop->max_days = step->max_days;
    }
  return TRUE;
}

/* The stay in which the day is, where one is planned for it. */
static void
set_stay (const DeskRippleScene *scene, const GPtrArray *trips, DeskRippleStop *stop)
{
  stop->stay_first = stop->stay_last = DESK_DAY_NONE;
  for (guint i = 0; i < trips->len; i++)
    {
      const DeskTrip *trip = g_ptr_array_index (trips, i);
      DeskStay stay;

      desk_stay_count (trip, scene->today, &stay);
      if (stay.entry == DESK_DAY_NONE || stop->day < stay.entry || (stay.departure != DESK_DAY_NONE && stop->day > stay.departure))
        continue;
      stop->stay_first = trip->id == scene->trip_id ? scene->trip_entry : stay.entry;
      stop->stay_last = stay.departure;
      if (stay.last != DESK_DAY_NONE && (stop->stay_last == DESK_DAY_NONE || stay.last < stop->stay_last))
        stop->stay_last = stay.last;
      return;
    }
}

static const DeskVisitType *
type_of (const DeskRippleScene *scene, const char *code)
{
  for (guint i = 0; i < scene->types->len; i++)
    if (g_str_equal (((const DeskVisitType *) g_ptr_array_index (scene->types, i))->code, code))
      return g_ptr_array_index (scene->types, i);
  return NULL;
}

/* Adds the visits of a patient that count: those to come, and of before those a gap may be counted from. */
gboolean
desk_ripple_scene_add (DeskRippleScene *scene, gint64 patient_id, GError **error)
{
  guint from = scene->visits->len;
  g_autoptr (GPtrArray) visits = desk_visit_of_patient (scene->db, patient_id, error);
  g_autoptr (GPtrArray) trips = visits ? desk_trip_list (scene->db, patient_id, FALSE, error) : NULL;

  if (!trips)
    return FALSE;
  for (guint i = 0; i < visits->len; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (visits, i);
      const DeskVisitType *type = type_of (scene, visit->type);
      DeskRippleStop stop = { .day = desk_ripple_scene_day (scene, visit->starts_at), .earliest = DESK_DAY_NONE,
                              .latest = DESK_DAY_NONE, .not_on = DESK_DAY_NONE, .stay_first = DESK_DAY_NONE,
                              .stay_last = DESK_DAY_NONE };

      if ((desk_visit_is_final (visit->status) && !desk_visit_takes_slots (visit->status)) || stop.day < scene->today - BACK_DAYS)
        continue;
      if (!set_gap (scene, from, visit, &stop, error))
        return FALSE;
      if (!type || !type->remote)
        set_stay (scene, trips, &stop);
      stop.kept = is_kept (scene, visit) || visit->starts_at <= scene->now;
      g_ptr_array_add (scene->visits, desk_visit_copy (visit));
      g_array_append_val (scene->stops, stop);
    }
  return TRUE;
}

/* The stop has to leave its day: not before earliest (or DESK_DAY_NONE), best so many days on. */
void
desk_ripple_scene_strike (DeskRippleScene *scene, guint index, DeskDay earliest, int shift)
{
  DeskRippleStop *stop = &g_array_index (scene->stops, DeskRippleStop, index);

  stop->struck = TRUE;
  stop->shift = shift;
  if (earliest != DESK_DAY_NONE && (stop->earliest == DESK_DAY_NONE || earliest > stop->earliest))
    stop->earliest = earliest;
}

/* ── places ──────────────────────────────────────────────────────────────────────────────────── */

static gboolean
share_resource (const DeskVisit *a, const DeskVisit *b)
{
  for (guint i = 0; a->resources && i < a->resources->len; i++)
    if (named (b->resources, g_array_index (a->resources, gint64, i)))
      return TRUE;
  return FALSE;
}

/* Whether one that was put somewhere before is in the way. */
static gboolean
meets_placed (const DeskRippleScene *scene, const DeskVisit *visit)
{
  for (guint i = 0; i < scene->placed->len; i++)
    {
      const DeskVisit *other = g_ptr_array_index (scene->placed, i);

      if (other->patient_id == visit->patient_id && other->starts_at < visit->ends_at && visit->starts_at < other->ends_at)
        return TRUE;
      if (other->busy_from < visit->busy_until && visit->busy_from < other->busy_until && share_resource (other, visit))
        return TRUE;
    }
  return FALSE;
}

/* What is only to be known, and stands in nobody's way at that time. Doses and gaps are the ripple's own matter. */
static gboolean
is_about_the_day (const DeskConflict *conflict)
{
  if (conflict->kind == DESK_CONFLICT_DOSE || conflict->kind == DESK_CONFLICT_COURSE)
    return TRUE;
  return !conflict->blocks && (conflict->kind == DESK_CONFLICT_GATE || conflict->kind == DESK_CONFLICT_STAY);
}

/* Whether the visit could be there, leaving aside those that leave their places. */
static gboolean
stands (DeskRippleScene *scene, const DeskVisit *visit)
{
  g_autoptr (GPtrArray) conflicts = desk_visit_check (scene->db, visit, scene->now, &scene->error);

  for (guint i = 0; conflicts && i < conflicts->len; i++)
    {
      const DeskConflict *conflict = g_ptr_array_index (conflicts, i);

      if (!is_about_the_day (conflict) && !(conflict->visit_id && g_hash_table_contains (scene->moving, &conflict->visit_id)))
        return FALSE;
    }
  return conflicts != NULL;
}

/* The same time of day, and the same chairs and people, on another day. */
static DeskVisit *
same_time (DeskRippleScene *scene, const DeskVisit *visit, DeskDay day)
{
  g_autoptr (DeskVisit) moved = desk_visit_copy (visit);
  gint64 by = desk_instant_at (day, desk_instant_minute (visit->starts_at, scene->zone), scene->zone) - visit->starts_at;

  moved->starts_at += by, moved->ends_at += by, moved->busy_from += by, moved->busy_until += by;
  if (meets_placed (scene, moved))
    return NULL;
  return stands (scene, moved) ? g_steal_pointer (&moved) : NULL;
}

/* The free time of that day that is nearest to its own. */
static DeskVisit *
other_time (DeskRippleScene *scene, const DeskVisit *visit, DeskDay day)
{
  const DeskVisitType *type = type_of (scene, visit->type);
  DeskSlotSearch search = { .type = visit->type, .patient_id = visit->patient_id, .first = day, .last = day,
                            .minutes = (int) (visit->ends_at - visit->starts_at) / 60, .visit_id = visit->id };
  g_autoptr (GPtrArray) slots = type ? desk_free_slots (scene->db, &search, scene->now, &scene->error) : NULL;
  gint64 wanted = desk_instant_at (day, desk_instant_minute (visit->starts_at, scene->zone), scene->zone), best = G_MAXINT64;
  g_autoptr (DeskVisit) found = NULL;

  for (guint i = 0; slots && i < slots->len; i++)
    {
      const DeskFreeSlot *slot = g_ptr_array_index (slots, i);
      gint64 away = ABS (slot->starts_at - wanted);

      if (away >= best)
        continue;
      g_autoptr (DeskVisit) moved = desk_visit_copy (visit);
      desk_visit_set_time (moved, type, slot->starts_at, search.minutes);
      g_clear_pointer (&moved->resources, g_array_unref);
      moved->resources = g_array_copy (slot->resources);
      if (meets_placed (scene, moved))
        continue;
      best = away;
      g_clear_pointer (&found, desk_visit_free);
      found = g_steal_pointer (&moved);
    }
  /* Days of chemotherapy and the like keep a visit away at every time. */
  return found && stands (scene, found) ? g_steal_pointer (&found) : NULL;
}

/* Where the visit could be on that day, for the caller; NULL when there is no room. */
DeskVisit *
desk_ripple_scene_place (DeskRippleScene *scene, guint index, DeskDay day)
{
  const DeskVisit *visit = g_ptr_array_index (scene->visits, index);

  if (scene->error || !desk_hours_open_on (scene->hours, day)
      || (scene->wish->kind == DESK_RIPPLE_CLOSED_DAY && day == scene->wish->day))
    return NULL;
  DeskVisit *place = same_time (scene, visit, day);
  return place || scene->error ? place : other_time (scene, visit, day);
}

static gboolean
is_free (guint index, DeskDay day, gboolean taken, gpointer user_data)
{
  DeskRippleScene *scene = user_data;
  DeskVisit *place = desk_ripple_scene_place (scene, index, day);

  if (place && taken)
    {
      g_ptr_array_add (scene->placed, place);
      scene->places->pdata[index] = place;
    }
  else if (place)
    desk_visit_free (place);
  return place != NULL;
}

static void
run_once (DeskRippleScene *scene)
{
  g_ptr_array_set_size (scene->placed, 0);
  if (scene->draw)
    g_ptr_array_add (scene->placed, (gpointer) scene->draw);
  g_ptr_array_set_size (scene->places, 0);
  g_ptr_array_set_size (scene->places, (int) scene->stops->len);
  g_array_set_size (scene->goes, scene->stops->len);
  desk_ripple_run ((const DeskRippleStop *) (gpointer) scene->stops->data, scene->stops->len, scene->today, is_free, scene,
                   (DeskRippleGo *) (gpointer) scene->goes->data);
}

/* Remembers which visits leave their places; FALSE when those are the same as before. */
static gboolean
note_moving (DeskRippleScene *scene, gboolean first)
{
  g_autoptr (GHashTable) moving = g_hash_table_new (g_int64_hash, g_int64_equal);
  gboolean same;

  for (guint i = 0; i < scene->stops->len; i++)
    {
      const DeskRippleStop *stop = &g_array_index (scene->stops, DeskRippleStop, i);
      DeskVisit *visit = g_ptr_array_index (scene->visits, i);

      if (!stop->kept && (first ? stop->struck : scene->places->pdata[i] != NULL))
        g_hash_table_add (moving, &visit->id);
    }
  same = g_hash_table_size (moving) == g_hash_table_size (scene->moving);
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, moving);
  while (same && g_hash_table_iter_next (&iter, &id, NULL))
    same = g_hash_table_contains (scene->moving, id);
  g_clear_pointer (&scene->moving, g_hash_table_unref);
  scene->moving = g_steal_pointer (&moving);
  return !same;
}

/* Plays it through. A place that a moving visit leaves is free for others, so it is played again until the same visits
 * move. */
gboolean
desk_ripple_scene_run (DeskRippleScene *scene, GError **error)
{
  note_moving (scene, TRUE);
  for (guint round = 0; round < ROUNDS && !scene->error; round++)
    {
      run_once (scene);
      if (!note_moving (scene, FALSE))
        break;
    }
  if (!scene->error)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&scene->error));
  return FALSE;
}
