#include "desk-conflict.h"

#include <string.h>

/* Twin of the table conflict_rule: its codes, what a new clinic begins with, and what no clinic may change. */
static const struct
{
  const char *code;
  gboolean blocks, always;
} kinds[DESK_N_CONFLICTS] = {
  [DESK_CONFLICT_STAFF] = { "staff", TRUE, TRUE },      [DESK_CONFLICT_ROOM] = { "room", TRUE, TRUE },
  [DESK_CONFLICT_PATIENT] = { "patient", TRUE, TRUE },  [DESK_CONFLICT_DOSE] = { "dose", TRUE, TRUE },
  [DESK_CONFLICT_CAPACITY] = { "capacity" },            [DESK_CONFLICT_CLOSED] = { "closed" },
  [DESK_CONFLICT_HOURS] = { "hours" },                  [DESK_CONFLICT_BLOCK] = { "block" },
  [DESK_CONFLICT_NEEDS] = { "needs" },                  [DESK_CONFLICT_PAST] = { "past" },
  [DESK_CONFLICT_GATE] = { "gate" },                    [DESK_CONFLICT_STAY] = { "stay" },
  [DESK_CONFLICT_BLACKOUT] = { "blackout" },            [DESK_CONFLICT_COURSE] = { "course" },
};

/* Which types draw blood or give cells: what chemotherapy keeps away. */
static const char *const cell_types[] = { "blood_draw", "apheresis", "infusion", "dendritic" };

/* The code of the table and of the words; static. */
const char *
desk_conflict_code (DeskConflictKind kind)
{
  return kinds[kind].code;
}

/* Whether the clinic has no say: the database itself refuses it. */
gboolean
desk_conflict_always_blocks (DeskConflictKind kind)
{
  return kinds[kind].always;
}

/* What a new clinic begins with. */
void
desk_conflict_rules_init (DeskConflictRules *rules)
{
  for (guint i = 0; i < DESK_N_CONFLICTS; i++)
    rules->blocks[i] = kinds[i].blocks;
}

void
desk_conflict_free (DeskConflict *conflict)
{
  if (!conflict)
    return;
  g_free (conflict->detail);
  g_free (conflict);
}

/* Takes detail. */
static void
add (const DeskConflictGround *ground, GPtrArray *conflicts, DeskConflictKind kind, gint64 visit_id, gint64 resource_id,
     char *detail)
{
  DeskConflict *conflict = g_new0 (DeskConflict, 1);

  conflict->kind = kind;
  conflict->blocks = ground->rules ? ground->rules->blocks[kind] : kinds[kind].blocks;
  conflict->visit_id = visit_id;
  conflict->resource_id = resource_id;
  conflict->day = desk_instant_day (ground->wanted->starts_at, ground->zone);
  conflict->detail = detail;
  g_ptr_array_add (conflicts, conflict);
}

static gboolean
has_resource (const DeskVisit *visit, gint64 id)
{
  for (guint i = 0; visit->resources && i < visit->resources->len; i++)
    if (g_array_index (visit->resources, gint64, i) == id)
      return TRUE;
  return FALSE;
}

static DeskConflictKind
kind_of_resource (const DeskConflictGround *ground, gint64 id)
{
  for (guint i = 0; ground->resources && i < ground->resources->len; i++)
    {
      const DeskResource *resource = g_ptr_array_index (ground->resources, i);

      if (resource->id == id)
        return g_strcmp0 (resource->kind, "staff") == 0 ? DESK_CONFLICT_STAFF : DESK_CONFLICT_ROOM;
    }
  return DESK_CONFLICT_ROOM;
}

/* Half-open on both sides: a visit may begin in the minute in which another ends. */
static void
check_other (const DeskConflictGround *ground, const DeskVisit *other, GPtrArray *conflicts)
{
  const DeskVisit *wanted = ground->wanted;

  if ((wanted->id != 0 && other->id == wanted->id) || !desk_visit_takes_slots (other->status))
    return;

  if (wanted->busy_from < other->busy_until && other->busy_from < wanted->busy_until)
    for (guint i = 0; wanted->resources && i < wanted->resources->len; i++)
      {
        gint64 resource = g_array_index (wanted->resources, gint64, i);

        if (has_resource (other, resource))
          add (ground, conflicts, kind_of_resource (ground, resource), other->id, resource, g_strdup (other->patient_name));
      }
  if (wanted->patient_id == 0 || wanted->patient_id != other->patient_id || wanted->starts_at >= other->ends_at
      || other->starts_at >= wanted->ends_at)
    return;
  add (ground, conflicts, DESK_CONFLICT_PATIENT, other->id, 0, g_strdup (other->patient_name));
  if (other->dose_number)
    add (ground, conflicts, DESK_CONFLICT_DOSE, other->id, 0, g_strdup_printf ("other %s", other->dose_number));
}

/* A promised dose is ready, and not past its time, on the day of the visit. */
static void
check_doses (const DeskConflictGround *ground, DeskDay day, GPtrArray *conflicts)
{
  for (guint i = 0; ground->doses && i < ground->doses->len; i++)
    {
      const DeskPromisedDose *dose = &g_array_index (ground->doses, DeskPromisedDose, i);
      gboolean late = (dose->last != DESK_DAY_NONE && day > dose->last) || (dose->until && ground->wanted->starts_at >= dose->until);
      gboolean early = dose->ready != DESK_DAY_NONE && day < dose->ready;
      DeskDay limit = late ? dose->last : dose->ready;
      g_autofree char *iso = limit != DESK_DAY_NONE ? desk_day_format (limit) : g_strdup ("");

      if (late || early)
        add (ground, conflicts, DESK_CONFLICT_DOSE, ground->wanted->id, 0,
             g_strdup_printf ("%s %s %s", late ? "expired" : "not-ready", dose->number, iso));
    }
}

/* Whether the day, and every moment of the wanted visit, bears one more of its type; *whole_day says which it does not.
 * of_type are the others, itself not among them. */
gboolean
desk_capacity_left (const DeskVisitType *type, const GArray *of_type, const DeskVisit *wanted, GTimeZone *zone,
                    gboolean *whole_day)
{
  DeskDay day = desk_instant_day (wanted->starts_at, zone);
  int of_day = 0, most = 0;

  if (!of_type || (type->per_day == 0 && type->at_once == 0))
    return TRUE;
  for (guint i = 0; i < of_type->len; i++)
    {
      const DeskVisitTime *a = &g_array_index (of_type, DeskVisitTime, i);
      gint64 from = MAX (a->starts_at, wanted->starts_at); /* it is fullest where one begins */
      int here = 0;

      of_day += desk_instant_day (a->starts_at, zone) == day;
      if (from >= a->ends_at || from >= wanted->ends_at)
        continue;
      for (guint j = 0; j < of_type->len; j++)
        {
          const DeskVisitTime *b = &g_array_index (of_type, DeskVisitTime, j);
          here += b->starts_at <= from && from < b->ends_at;
        }
      most = MAX (most, here);
    }
  *whole_day = type->per_day > 0 && of_day >= type->per_day;
  return !*whole_day && (type->at_once == 0 || most < type->at_once);
}

static void
check_capacity (const DeskConflictGround *ground, GPtrArray *conflicts)
{
  gboolean whole_day;

  if (!desk_capacity_left (ground->type, ground->of_type, ground->wanted, ground->zone, &whole_day))
    add (ground, conflicts, DESK_CONFLICT_CAPACITY, 0, 0,
         g_strdup_printf ("%s %d", whole_day ? "day" : "time", whole_day ? ground->type->per_day : ground->type->at_once));
}

static void
check_hours (const DeskConflictGround *ground, DeskDay day, GPtrArray *conflicts)
{
  const DeskVisit *wanted = ground->wanted;
  DeskHoursOfDay hours;

  if (!ground->hours)
    return;
  hours = desk_hours_of_day (ground->hours, day);
  if (hours.closed)
    add (ground, conflicts, DESK_CONFLICT_CLOSED, 0, 0, g_strdup (hours.reason));
  if (wanted->starts_at < desk_instant_at (day, hours.opens, ground->zone)
      || wanted->ends_at > desk_instant_at (day, hours.closes, ground->zone))
    add (ground, conflicts, DESK_CONFLICT_HOURS, 0, 0, NULL);
}

/* The clinic's blocks keep the patient's time free, those of a resource the time it is taken, buffers and all. */
static gboolean
meets_block (const DeskConflictGround *ground, const DeskTimeBlock *block, DeskDay day)
{
  const DeskVisit *wanted = ground->wanted;
  gint64 from = block->resource_id ? wanted->busy_from : wanted->starts_at;
  gint64 until = block->resource_id ? wanted->busy_until : wanted->ends_at;

  return desk_time_block_on (block, day) && from < desk_instant_at (day, block->until, ground->zone)
         && desk_instant_at (day, block->from, ground->zone) < until;
}

static void
check_blocks (const DeskConflictGround *ground, DeskDay day, GPtrArray *conflicts)
{
  for (guint i = 0; ground->blocks && i < ground->blocks->len; i++)
    {
      const DeskTimeBlock *block = g_ptr_array_index (ground->blocks, i);

      /* Buffers, and visits late in the evening, reach into the days beside. */
      if ((!block->resource_id || has_resource (ground->wanted, block->resource_id))
          && (meets_block (ground, block, day) || meets_block (ground, block, day - 1) || meets_block (ground, block, day + 1)))
        add (ground, conflicts, DESK_CONFLICT_BLOCK, 0, block->resource_id,
             g_strdup_printf ("%s %s", block->kind, block->reason ? block->reason : ""));
    }
}

static gboolean
holds_kind (const DeskConflictGround *ground, const char *kind)
{
  for (guint i = 0; ground->resources && i < ground->resources->len; i++)
    {
      const DeskResource *resource = g_ptr_array_index (ground->resources, i);

      if (resource->active && g_strcmp0 (resource->kind, kind) == 0 && has_resource (ground->wanted, resource->id))
        return TRUE;
    }
  return FALSE;
}

static void
check_needs (const DeskConflictGround *ground, GPtrArray *conflicts)
{
  g_auto (GStrv) needs = g_strsplit (ground->type->needs ? ground->type->needs : "", ",", -1);

  for (guint i = 0; needs[i]; i++)
    if (*needs[i] && !holds_kind (ground, needs[i]))
      add (ground, conflicts, DESK_CONFLICT_NEEDS, 0, 0, g_strdup (needs[i]));
}

/* Who is away cannot come at all; all else keeps blood from being drawn and cells from being given. */
gboolean
desk_window_keeps_away (const DeskPatientWindow *window, const DeskVisitType *type, DeskDay day)
{
  DeskDay first, last;

  if (desk_patient_window_is_possible (window) || window->removed_at || !desk_patient_window_span (window, &first, &last)
      || day < first || day > last)
    return FALSE;
  if (g_str_equal (window->kind, "away"))
    return !type->remote;
  for (guint i = 0; i < G_N_ELEMENTS (cell_types); i++)
    if (g_str_equal (cell_types[i], type->code))
      return TRUE;
  return FALSE;
}

static void
check_windows (const DeskConflictGround *ground, DeskDay day, GPtrArray *conflicts)
{
  for (guint i = 0; ground->windows && i < ground->windows->len; i++)
    {
      const DeskPatientWindow *window = g_ptr_array_index (ground->windows, i);

      if (desk_window_keeps_away (window, ground->type, day))
        add (ground, conflicts, DESK_CONFLICT_BLACKOUT, 0, 0,
             g_strdup_printf ("%s %s %s", window->kind, window->first_day, window->last_day));
    }
}

static void
check_course (const DeskConflictGround *ground, DeskDay day, GPtrArray *conflicts)
{
  for (guint i = 0; ground->gaps && i < ground->gaps->len; i++)
    {
      const DeskCourseGap *gap = &g_array_index (ground->gaps, DeskCourseGap, i);
      int days = gap->first ? day - gap->day : gap->day - day;
      g_autofree char *iso = desk_day_format (gap->day);

      if (days < gap->min_days)
        add (ground, conflicts, DESK_CONFLICT_COURSE, gap->visit_id, 0, g_strdup_printf ("too-soon %d %s", gap->min_days, iso));
      else if (days > gap->max_days)
        add (ground, conflicts, DESK_CONFLICT_COURSE, gap->visit_id, 0, g_strdup_printf ("too-late %d %s", gap->max_days, iso));
    }
}

static gint
by_kind (gconstpointer a, gconstpointer b)
{
  const DeskConflict *left = *(const DeskConflict *const *) a, *right = *(const DeskConflict *const *) b;

  return (int) left->kind - (int) right->kind;
}

/* Everything the wanted visit runs into, as DeskConflict, in the order of their kinds; empty when nothing. */
GPtrArray *
desk_conflicts_find (const DeskConflictGround *ground)
{
  GPtrArray *conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_conflict_free);
  DeskDay day = desk_instant_day (ground->wanted->starts_at, ground->zone);

  for (guint i = 0; ground->others && i < ground->others->len; i++)
    check_other (ground, g_ptr_array_index (ground->others, i), conflicts);
  check_doses (ground, day, conflicts);
  check_capacity (ground, conflicts);
  check_hours (ground, day, conflicts);
  check_blocks (ground, day, conflicts);
  check_needs (ground, conflicts);
  if (ground->wanted->starts_at < ground->now)
    add (ground, conflicts, DESK_CONFLICT_PAST, 0, 0, NULL);
  if (ground->gate)
    add (ground, conflicts, DESK_CONFLICT_GATE, 0, 0, g_strdup (ground->gate));
  if (ground->stay != DESK_STAY_FITS)
    {
      g_autofree char *limit = ground->stay_limit != DESK_DAY_NONE ? desk_day_format (ground->stay_limit) : g_strdup ("");
      add (ground, conflicts, DESK_CONFLICT_STAY, 0, 0, g_strdup_printf ("%s %s", desk_stay_fit_code (ground->stay), limit));
    }
  check_windows (ground, day, conflicts);
  check_course (ground, day, conflicts);
  g_ptr_array_sort (conflicts, by_kind);
  return conflicts;
}

/* Whether any of them cannot be passed over. */
gboolean
desk_conflicts_block (const GPtrArray *conflicts)
{
  for (guint i = 0; i < conflicts->len; i++)
    if (((const DeskConflict *) g_ptr_array_index (conflicts, i))->blocks)
      return TRUE;
  return FALSE;
}
