#include "desk-visit.h"

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
      const char *next = desk_visit_next_status (statuses[i].status, FALSE);
      const char *coming = desk_visit_next_status (statuses[i].status, TRUE);

      g_assert_cmpint (next == NULL, ==, statuses[i].final);
      g_assert_true (!next || desk_visit_step_legal (statuses[i].status, next));
      g_assert_true (!coming || desk_visit_step_legal (statuses[i].status, coming));
      g_assert_cmpstr (coming, !=, "arrived");
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visit/steps", test_steps);
  g_test_add_func ("/visit/set-time", test_set_time);
  return g_test_run ();
}
