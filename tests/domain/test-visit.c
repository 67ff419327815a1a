#include "desk-visit.h"

#include <string.h>

/* Two desks' worth of a morning in Tokyo on Wednesday 3 June 2026; times are minutes of that day. */
#define DAY "2026-06-03"

static DeskDay
day (const char *iso)
{
  DeskDay out = DESK_DAY_NONE;

  g_assert_true (desk_day_parse (iso, &out));
  return out;
}

static GTimeZone *
tokyo (void)
{
  GTimeZone *zone = g_time_zone_new_identifier ("Asia/Tokyo");

  g_assert_nonnull (zone);
  return zone;
}

static void
test_steps (void)
{
  guint n_statuses, n_steps;
  const DeskVisitStatus *statuses = desk_visit_statuses (&n_statuses);
  const DeskVisitStep *steps = desk_visit_steps (&n_steps);

  for (guint i = 0; i < n_steps; i++)
    {
      const DeskVisitStep *step = &steps[i];

      g_assert_true (desk_visit_step_legal (step->from, step->to));
      g_assert_cmpint (desk_visit_step_is_undo (step->from, step->to), ==, step->undo);
      /* What goes forward can be taken back, and the other way round. */
      g_assert_true (desk_visit_step_legal (step->to, step->from));
      g_assert_cmpint (desk_visit_step_is_undo (step->to, step->from), !=, step->undo);
    }
  for (guint i = 0; i < n_statuses; i++)
    {
      const char *next = desk_visit_next_status (statuses[i].status);

      g_assert_cmpint (next == NULL, ==, statuses[i].final);
      g_assert_true (!next || desk_visit_step_legal (statuses[i].status, next));
      g_assert_cmpint (desk_visit_takes_slots (statuses[i].status), ==, statuses[i].takes);
      g_assert_cmpint (desk_visit_is_final (statuses[i].status), ==, statuses[i].final);
    }
  g_assert_false (desk_visit_step_legal ("booked", "done"));
  g_assert_false (desk_visit_step_legal ("done", "booked"));
  g_assert_false (desk_visit_step_legal ("nonsense", "booked"));
  g_assert_false (desk_visit_takes_slots (NULL));
}

static void
test_set_time (void)
{
  DeskVisit visit = { 0 };
  DeskVisitType type = { .minutes = 60, .before = 15, .after = 10 };

  desk_visit_set_time (&visit, &type, 300000 + 299, 0);
  g_assert_cmpint (visit.starts_at, ==, 300000);
  g_assert_cmpint (visit.ends_at, ==, 303600);
  g_assert_cmpint (visit.busy_from, ==, 300000 - 900);
  g_assert_cmpint (visit.busy_until, ==, 303600 + 600);
  desk_visit_set_time (&visit, &type, 300000, 32);
  g_assert_cmpint (visit.ends_at - visit.starts_at, ==, 35 * 60);
}

typedef struct
{
  gint64 id, patient, resource;
  const char *status;
  int from, until, before, after;
} Box;

static DeskVisit *
visit_of (const Box *box, const char *iso, GTimeZone *zone)
{
  DeskVisit *visit = g_new0 (DeskVisit, 1);

  visit->id = box->id;
  visit->patient_id = box->patient;
  visit->status = g_strdup (box->status);
  visit->patient_name = g_strdup ("OTHER");
  visit->starts_at = desk_instant_at (day (iso), box->from, zone);
  visit->ends_at = desk_instant_at (day (iso), box->until, zone);
  visit->busy_from = visit->starts_at - box->before * 60;
  visit->busy_until = visit->ends_at + box->after * 60;
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (box->resource)
    g_array_append_val (visit->resources, box->resource);
  return visit;
}

#define WANTED(r, from, until) { 0, 1, r, "booked", from, until, 15, 15 }

static const struct
{
  const char *label, *day, *closed;
  Box wanted, other;
  const char *conflicts; /* letters in the order found: Resource Patient Needs Closed Hours paSt */
  gboolean blocks;
} cases[] = {
  { "free", DAY, NULL, WANTED (10, 600, 660), { 0 }, "", FALSE },
  { "same chair, same time", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "booked", 600, 660, 15, 15 }, "R", TRUE },
  { "buffers meet", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "booked", 690, 750, 15, 15 }, "", FALSE },
  { "buffers overlap", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "booked", 685, 750, 15, 15 }, "R", TRUE },
  { "before, meets", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "booked", 540, 570, 15, 15 }, "", FALSE },
  { "before, overlaps", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "booked", 540, 575, 15, 15 }, "R", TRUE },
  { "other chair", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 11, "booked", 600, 660, 15, 15 }, "", FALSE },
  { "cancelled", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "cancelled_late", 600, 660, 15, 15 }, "", FALSE },
  { "no show", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "no_show", 600, 660, 15, 15 }, "", FALSE },
  { "proposed", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "proposed", 600, 660, 15, 15 }, "", FALSE },
  { "done still counts", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "done", 600, 660, 15, 15 }, "R", TRUE },
  { "patient elsewhere", DAY, NULL, WANTED (10, 600, 660), { 2, 1, 11, "booked", 655, 700, 0, 0 }, "P", TRUE },
  { "patient goes on at once", DAY, NULL, WANTED (10, 600, 660), { 2, 1, 11, "booked", 660, 700, 15, 15 }, "", FALSE },
  { "both", DAY, NULL, WANTED (10, 600, 660), { 2, 1, 10, "booked", 630, 700, 15, 15 }, "RP", TRUE },
  { "no chair", DAY, NULL, WANTED (0, 600, 660), { 0 }, "N", TRUE },
  { "a room is no chair", DAY, NULL, WANTED (12, 600, 660), { 0 }, "N", TRUE },
  { "a chair out of service", DAY, NULL, WANTED (13, 600, 660), { 0 }, "N", TRUE },
  { "first and last minute", DAY, NULL, WANTED (10, 540, 1080), { 0 }, "", FALSE },
  { "too early", DAY, NULL, WANTED (10, 535, 600), { 0 }, "H", FALSE },
  { "too late", DAY, NULL, WANTED (10, 1030, 1085), { 0 }, "H", FALSE },
  { "Sunday", "2026-06-07", NULL, WANTED (10, 600, 660), { 0 }, "C", FALSE },
  { "holiday", "2026-09-22", NULL, WANTED (10, 600, 660), { 0 }, "C", FALSE },
  { "closed once", DAY, "Moving house", WANTED (10, 600, 660), { 0 }, "C", FALSE },
  { "past", "2026-05-29", NULL, WANTED (10, 600, 660), { 0 }, "S", FALSE },
};

static GPtrArray *
some_resources (void)
{
  static const struct
  {
    gint64 id;
    const char *kind;
    gboolean active;
  } rows[] = { { 10, "chair", TRUE }, { 11, "chair", TRUE }, { 12, "room", TRUE }, { 13, "chair", FALSE } };
  GPtrArray *resources = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_resource_free);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskResource *resource = g_new0 (DeskResource, 1);

      *resource = (DeskResource) { .id = rows[i].id, .kind = g_strdup (rows[i].kind), .active = rows[i].active };
      g_ptr_array_add (resources, resource);
    }
  return resources;
}

static void
test_conflicts (void)
{
  static const char letters[] = "RPHCNSD";
  char week[] = "7";
  DeskClinic clinic = { .opens = 540, .closes = 1080, .closed_weekdays = week };
  char chair[] = "chair";
  DeskVisitType type = { .minutes = 60, .needs = chair };
  g_autoptr (GTimeZone) zone = tokyo ();
  g_autoptr (GPtrArray) resources = some_resources ();
  gint64 now = desk_instant_at (day ("2026-06-01"), 0, zone);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskVisit) wanted = visit_of (&cases[i].wanted, cases[i].day, zone);
      g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
      g_autoptr (GString) found = g_string_new (NULL);

      if (cases[i].other.id)
        g_ptr_array_add (others, visit_of (&cases[i].other, cases[i].day, zone));
      g_autoptr (GPtrArray) conflicts
          = desk_visit_conflicts (wanted, &type, others, resources, &clinic, cases[i].closed, zone, now);
      for (guint c = 0; c < conflicts->len; c++)
        g_string_append_c (found, letters[((DeskConflict *) g_ptr_array_index (conflicts, c))->kind]);
      g_test_message ("%s", cases[i].label);
      g_assert_cmpstr (found->str, ==, cases[i].conflicts);
      g_assert_cmpint (desk_conflicts_block (conflicts), ==, cases[i].blocks);
    }
}

/* A visit does not stand in its own way, and a conflict says who and what. */
static void
test_conflict_detail (void)
{
  char week[] = "7";
  DeskClinic clinic = { .opens = 540, .closes = 1080, .closed_weekdays = week };
  DeskVisitType type = { .minutes = 60 };
  Box box = { 5, 1, 10, "booked", 600, 660, 0, 0 };
  Box other = { 6, 2, 10, "arrived", 630, 690, 0, 0 };
  g_autoptr (GTimeZone) zone = tokyo ();
  g_autoptr (DeskVisit) wanted = visit_of (&box, "2026-09-22", zone);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);

  g_ptr_array_add (others, desk_visit_copy (wanted));
  g_ptr_array_add (others, visit_of (&other, "2026-09-22", zone));
  g_autoptr (GPtrArray) conflicts = desk_visit_conflicts (wanted, &type, others, NULL, &clinic, NULL, zone, 0);
  g_assert_cmpuint (conflicts->len, ==, 2);
  const DeskConflict *taken = g_ptr_array_index (conflicts, 0), *closed = g_ptr_array_index (conflicts, 1);
  g_assert_cmpint (taken->kind, ==, DESK_CONFLICT_RESOURCE);
  g_assert_cmpint (taken->visit_id, ==, 6);
  g_assert_cmpint (taken->resource_id, ==, 10);
  g_assert_cmpstr (taken->detail, ==, "OTHER");
  g_assert_cmpint (closed->kind, ==, DESK_CONFLICT_CLOSED);
  g_assert_cmpstr (closed->detail, ==, "Citizens' Holiday");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visit/steps", test_steps);
  g_test_add_func ("/visit/set-time", test_set_time);
  g_test_add_func ("/visit/conflicts", test_conflicts);
  g_test_add_func ("/visit/conflict-detail", test_conflict_detail);
  return g_test_run ();
}
