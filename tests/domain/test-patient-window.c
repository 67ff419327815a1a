#include "desk-patient-window.h"

static const struct
{
  const char *kind, *first, *last;
  int before, after;
  const char *field, *code; /* of the first problem; NULL for none */
} cases[] = {
  { "possible", "2026-06-01", "2026-06-30", 0, 0, NULL, NULL },
  { "possible", "2026-06-01", "2026-06-01", 0, 0, NULL, NULL },
  { "chemotherapy", "2026-06-01", "2026-06-02", 7, 21, NULL, NULL },
  { "chemotherapy", "2026-06-01", "2026-06-02", 90, 90, NULL, NULL },
  { "chemotherapy", "2026-06-01", "2026-06-02", 91, 0, "days_before", "out-of-range" },
  { "chemotherapy", "2026-06-01", "2026-06-02", 0, -1, "days_after", "out-of-range" },
  { "holiday", "2026-06-01", "2026-06-02", 0, 0, "kind", "unknown" },
  { "away", "", "2026-06-02", 0, 0, "first_day", "missing" },
  { "away", "2026-06-31", "2026-07-02", 0, 0, "first_day", "not-a-date" },
  { "away", "2026-06", "2026-07-02", 0, 0, "first_day", "not-a-date" },
  { "away", "2026-06-02", "2026-06-01", 0, 0, "last_day", "before-first" },
  { "possible", "2026-01-01", "2028-12-31", 0, 0, NULL, NULL },
  { "possible", "2026-01-01", "2029-01-01", 0, 0, "last_day", "window-too-long" },
};

static DeskPatientWindow *
window_of (guint i)
{
  DeskPatientWindow *window = desk_patient_window_new (1);
  guint n;
  const DeskRecordField *fields = desk_patient_window_fields (&n);

  desk_record_set (window, desk_record_find (fields, n, "kind"), cases[i].kind);
  desk_record_set (window, desk_record_find (fields, n, "first_day"), cases[i].first);
  desk_record_set (window, desk_record_find (fields, n, "last_day"), cases[i].last);
  window->days_before = cases[i].before;
  window->days_after = cases[i].after;
  return window;
}

static void
test_check (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskPatientWindow) window = window_of (i);
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      desk_patient_window_check (window, problems);
      const DeskProblem *first = problems->len ? desk_problems_get (problems, 0) : NULL;
      if (g_strcmp0 (first ? first->field : NULL, cases[i].field) || g_strcmp0 (first ? first->code : NULL, cases[i].code))
        g_error ("case %u: %s %s", i, first ? first->field : "fine", first ? first->code : "");
    }
}

/* One day need not be said twice, and possible days reach no further than themselves. */
static void
test_tidy (void)
{
  g_autoptr (DeskPatientWindow) window = desk_patient_window_new (1);
  DeskDay first, last;

  g_free (window->first_day);
  window->first_day = g_strdup (" 2026-06-10 ");
  window->days_after = 5;
  g_assert_false (desk_patient_window_span (window, &first, &last));
  desk_patient_window_tidy (window);
  g_assert_cmpstr (window->last_day, ==, "2026-06-10");
  g_assert_true (desk_patient_window_is_possible (window));
  g_assert_true (desk_patient_window_span (window, &first, &last));
  g_assert_cmpint (first, ==, desk_day_from_ymd (2026, 6, 10));
  g_assert_cmpint (last, ==, first);

  g_free (window->kind);
  window->kind = g_strdup ("chemotherapy");
  window->days_before = 2;
  window->days_after = 5;
  desk_patient_window_tidy (window);
  g_assert_true (desk_patient_window_span (window, &first, &last));
  g_assert_cmpint (first, ==, desk_day_from_ymd (2026, 6, 8));
  g_assert_cmpint (last, ==, desk_day_from_ymd (2026, 6, 15));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/patient-window/check", test_check);
  g_test_add_func ("/patient-window/tidy", test_tidy);
  return g_test_run ();
}
