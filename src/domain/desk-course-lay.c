/* Laying a course onto days and slots.
 *
 * The steps are a tree: each counts its gap from one before it. But for visits of the course that meet on one day, a step
 * on a day works out when every step that counts from it finds a day: that is asked once for each step and day
 * (`works`) and never tried again. The search takes the earliest days that work out, and goes back where the
 * course's own visits are in each other's way. */
#include "desk-course.h"

#define NEARBY_MINUTES 15 /* how far apart the times are that are tried around the wanted one */
#define REACH_DAYS 1100   /* no step is laid later after the start */
#define MOST_TRIES 20000  /* visits put and taken back; only the course's own visits on one day can need many */

/* What is free for one kind of visit on one day, in the order it is wanted; found as far as it was asked for. */
typedef struct
{
  int opens, closes;
  guint next; /* the candidate to try next */
  gboolean over;
  GPtrArray *free; /* of DeskVisit */
} Places;

typedef struct
{
  const DeskCourseTemplate *course;
  const DeskCourseGround *ground;
  DeskDay start;
  int minute;
  guint limit;         /* how many steps are to be laid */
  guint tries;
  GHashTable *places;  /* day and first step of the kind → Places */
  GHashTable *works;   /* day and step → "yes" or "no" */
  GPtrArray *visits;   /* laid so far */
} Lay;

static void
places_free (gpointer data)
{
  Places *places = data;

  g_ptr_array_unref (places->free);
  g_free (places);
}

static const DeskVisitType *
type_of (const Lay *lay, const DeskCourseStep *step)
{
  for (guint i = 0; i < lay->ground->types->len; i++)
    {
      const DeskVisitType *type = g_ptr_array_index (lay->ground->types, i);

      if (g_strcmp0 (type->code, step->type) == 0)
        return type;
    }
  return NULL;
}

static const DeskCourseStep *
step_at (const Lay *lay, guint index)
{
  return g_ptr_array_index (lay->course->steps, index);
}

/* The first step of the same type and length: what is free for one is free for the other. */
static guint
kind_of (const Lay *lay, guint index)
{
  const DeskCourseStep *step = step_at (lay, index);

  for (guint i = 0; i < index; i++)
    if (g_strcmp0 (step_at (lay, i)->type, step->type) == 0 && step_at (lay, i)->minutes == step->minutes)
      return i;
  return index;
}

static gpointer
key_of (DeskDay day, guint index)
{
  return GSIZE_TO_POINTER (((gsize) (guint32) day << 8) | (index + 1));
}

static DeskVisit *
visit_new (const DeskCourseStep *step, const DeskVisitType *type, gint64 at)
{
  DeskVisit *visit = g_new0 (DeskVisit, 1);

  visit->type = g_strdup (step->type);
  visit->status = g_strdup ("booked");
  visit->override = g_strdup ("");
  visit->note = g_strdup (step->note ? step->note : "");
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  desk_visit_set_time (visit, type, at, step->minutes);
  return visit;
}

static Places *
places_of (Lay *lay, guint index, DeskDay day)
{
  gpointer key = key_of (day, kind_of (lay, index));
  Places *places = g_hash_table_lookup (lay->places, key);
  const DeskVisitType *type = type_of (lay, step_at (lay, index));

  if (places)
    return places;
  places = g_new0 (Places, 1);
  places->free = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
  places->over = !type || !lay->ground->day (day, type, &places->opens, &places->closes, lay->ground->user_data);
  g_hash_table_insert (lay->places, key, places);
  return places;
}

/* The wanted minute first, then later and earlier in turn, until both ends of the day are passed. */
static void
try_next (Lay *lay, guint index, DeskDay day, Places *places)
{
  const DeskCourseStep *step = step_at (lay, index);
  const DeskVisitType *type = type_of (lay, step);
  int away = (int) (places->next + 1) / 2 * NEARBY_MINUTES;
  int minute = places->next % 2 ? lay->minute + away : lay->minute - away;

  if (lay->minute + away > places->closes && lay->minute - away < places->opens)
    {
      places->over = TRUE;
      return;
    }
  places->next++;
  if (minute < places->opens || minute + (step->minutes ? step->minutes : type->minutes) > places->closes)
    return;
  g_autoptr (DeskVisit) visit = visit_new (step, type, desk_instant_at (day, minute, lay->ground->zone));
  if (lay->ground->slot (visit, lay->ground->user_data))
    g_ptr_array_add (places->free, g_steal_pointer (&visit));
}

/* The nth free time of that day, lent, or NULL. */
static const DeskVisit *
place (Lay *lay, guint index, DeskDay day, guint n)
{
  Places *places = places_of (lay, index, day);

  while (!places->over && places->free->len <= n)
    try_next (lay, index, day, places);
  return n < places->free->len ? g_ptr_array_index (places->free, n) : NULL;
}

/* Whether the step can be on that day and each that counts from it, and so on, finds a day: the course's own visits in
 * each other's way left aside. */
static gboolean
works (Lay *lay, guint index, DeskDay day)
{
  gpointer key = key_of (day, index);
  const char *known = g_hash_table_lookup (lay->works, key);
  gboolean good;

  if (known)
    return *known == 'y';
  good = day <= lay->start + REACH_DAYS && place (lay, index, day, 0) != NULL;
  for (guint child = index + 1; good && child < lay->limit; child++)
    {
      const DeskCourseStep *step = step_at (lay, child);
      gboolean found = step->after != (int) index + 1;

      for (int gap = step->min_days; !found && gap <= step->max_days; gap++)
        found = works (lay, child, day + gap);
      good = found;
    }
  g_hash_table_insert (lay->works, key, (gpointer) (good ? "yes" : "no"));
  return good;
}

/* The course's own visits are not in the book yet, so what is free does not know of them; and what follows a step on
 * the same day comes after it. */
static gboolean
fits_own (const Lay *lay, guint index, const DeskVisit *visit)
{
  int after = step_at (lay, index)->after;

  for (guint i = 0; i < lay->visits->len; i++)
    {
      const DeskVisit *other = g_ptr_array_index (lay->visits, i);

      if (visit->busy_from < other->busy_until && other->busy_from < visit->busy_until)
        return FALSE;
      if (after == (int) i + 1 && visit->starts_at < other->ends_at)
        return FALSE;
    }
  return TRUE;
}

static DeskDay
base_of (const Lay *lay, guint index)
{
  int after = step_at (lay, index)->after;

  if (after == 0)
    return lay->start;
  return desk_instant_day (((const DeskVisit *) g_ptr_array_index (lay->visits, after - 1))->starts_at, lay->ground->zone);
}

static gboolean lay_from (Lay *lay, guint index);

static gboolean
lay_on (Lay *lay, guint index, DeskDay day)
{
  const DeskVisit *free;

  for (guint n = 0; (free = place (lay, index, day, n)) && lay->tries < MOST_TRIES; n++)
    {
      if (!fits_own (lay, index, free))
        continue;
      DeskVisit *visit = desk_visit_copy (free);

      lay->tries++;
      visit->course_step = (int) index + 1;
      g_free (visit->note);
      visit->note = g_strdup (step_at (lay, index)->note ? step_at (lay, index)->note : "");
      g_ptr_array_add (lay->visits, visit);
      if (lay_from (lay, index + 1))
        return TRUE;
      g_ptr_array_set_size (lay->visits, (int) index);
    }
  return FALSE;
}

static gboolean
lay_from (Lay *lay, guint index)
{
  if (index == lay->limit)
    return TRUE;

  const DeskCourseStep *step = step_at (lay, index);
  DeskDay base = base_of (lay, index);

  for (int gap = step->min_days; gap <= step->max_days && lay->tries < MOST_TRIES; gap++)
    if (works (lay, index, base + gap) && lay_on (lay, index, base + gap))
      return TRUE;
  return FALSE;
}

/* Lays each step on the earliest day within its gap that has room at about that minute of the day and leaves room for
 * the steps that count from it. Returns new DeskVisit records, not yet anybody's, in the order of the steps. When the
 * whole finds no place they are the first so many steps that do, with the problem "no-slot", whose field is the next
 * step's type and whose detail its number from 1. The template was checked. */
GPtrArray *
desk_course_lay_out (const DeskCourseTemplate *course, DeskDay start, int minute, const DeskCourseGround *ground,
                     DeskProblems *problems)
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (NULL, NULL, NULL, places_free);
  GPtrArray *visits = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
  Lay lay = { .course = course, .ground = ground, .start = start, .minute = minute - minute % (DESK_SLOT_SECONDS / 60),
              .limit = course->steps->len, .places = places, .visits = visits };

  for (;; lay.limit--)
    {
      g_autoptr (GHashTable) memory = g_hash_table_new (NULL, NULL);

      lay.works = memory;
      lay.tries = 0;
      if (lay_from (&lay, 0))
        break;
      g_ptr_array_set_size (visits, 0);
    }
  if (lay.limit < course->steps->len)
    {
      g_autofree char *number = g_strdup_printf ("%u", lay.limit + 1);

      desk_problems_add (problems, g_intern_string (step_at (&lay, lay.limit)->type), "no-slot", number);
    }
  return visits;
}
