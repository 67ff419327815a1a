#include "desk-document-state.h"

/* Every step there is; what is not here is refused. */
static const struct
{
  const char *from, *to;
} legal[] = {
  { "requested", "received" }, { "requested", "needs_translation" }, { "requested", "unreadable" },
  { "received", "under_review" }, { "received", "accepted" }, { "received", "needs_translation" },
  { "received", "in_translation" }, { "received", "unreadable" }, { "received", "rejected" }, { "received", "too_old" },
  { "received", "superseded" },
  { "unreadable", "received" }, { "unreadable", "rejected" }, { "unreadable", "superseded" },
  { "needs_translation", "in_translation" }, { "needs_translation", "received" }, { "needs_translation", "under_review" },
  { "needs_translation", "unreadable" }, { "needs_translation", "rejected" }, { "needs_translation", "too_old" },
  { "needs_translation", "superseded" },
  { "in_translation", "needs_translation" }, { "in_translation", "received" }, { "in_translation", "under_review" },
  { "in_translation", "unreadable" }, { "in_translation", "rejected" }, { "in_translation", "too_old" },
  { "in_translation", "superseded" },
  { "under_review", "accepted" }, { "under_review", "rejected" }, { "under_review", "received" },
  { "under_review", "needs_translation" }, { "under_review", "unreadable" }, { "under_review", "too_old" },
  { "under_review", "superseded" },
  { "accepted", "under_review" }, { "accepted", "needs_translation" }, { "accepted", "rejected" }, { "accepted", "too_old" },
  { "accepted", "superseded" },
  { "rejected", "under_review" }, { "rejected", "superseded" },
  { "too_old", "under_review" }, { "too_old", "superseded" },
};

static gboolean
is_listed (const char *from, const char *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (legal); i++)
    if (g_str_equal (legal[i].from, from) && g_str_equal (legal[i].to, to))
      return TRUE;
  return FALSE;
}

static void
test_steps (void)
{
  guint n, n_legal = 0;
  const char *const *states = desk_document_states (&n);

  g_assert_cmpuint (n, ==, 10);
  for (guint f = 0; f < n; f++)
    for (guint t = 0; t < n; t++)
      {
        const char *problem = desk_document_step_problem (states[f], states[t], "why");

        if ((f == t || is_listed (states[f], states[t])) != (problem == NULL))
          g_error ("%s to %s: %s", states[f], states[t], problem ? problem : "allowed");
        n_legal += f != t && !problem;
      }
  g_assert_cmpuint (n_legal, ==, G_N_ELEMENTS (legal));
  g_assert_cmpstr (desk_document_step_problem ("received", "lost", "why"), ==, "step-not-legal");
  g_assert_cmpstr (desk_document_step_problem ("lost", "received", "why"), ==, "step-not-legal");
}

static void
test_reason (void)
{
  g_assert_cmpstr (desk_document_step_problem ("received", "rejected", ""), ==, "reason-needed");
  g_assert_cmpstr (desk_document_step_problem ("rejected", "rejected", NULL), ==, "reason-needed");
  g_assert_null (desk_document_step_problem ("received", "unreadable", NULL));
}

/* What is offered can be taken, and everything that can be taken by hand is offered. */
static void
test_offered (void)
{
  guint n, n_offered = 0;
  const char *const *states = desk_document_states (&n);

  for (guint i = 0; i < n; i++)
    for (const char *const *next = desk_document_steps (states[i]); *next; next++, n_offered++)
      {
        g_assert_true (is_listed (states[i], *next));
        g_assert_cmpstr (*next, !=, "superseded");
      }
  for (guint i = 0; i < G_N_ELEMENTS (legal); i++)
    n_offered += g_str_equal (legal[i].to, "superseded");
  g_assert_cmpuint (n_offered, ==, G_N_ELEMENTS (legal));
  g_assert_null (desk_document_steps ("lost")[0]);
}

static void
test_filing (void)
{
  static const struct
  {
    const char *kind, *language, *state;
  } cases[] = {
    { "medical_report", "en", "received" },        { "medical_report", "ja", "received" },
    { "medical_report", "", "received" },          { "medical_report", "vi", "needs_translation" },
    { "passport", "vi", "received" },              { "translation", "vi", "received" },
    { "imaging", "zh", "received" },               { "viral", "ru", "needs_translation" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (desk_document_state_on_filing (cases[i].kind, cases[i].language), ==, cases[i].state);
  g_assert_cmpstr (desk_document_state_after_translation ("needs_translation"), ==, "received");
  g_assert_cmpstr (desk_document_state_after_translation ("in_translation"), ==, "received");
  g_assert_cmpstr (desk_document_state_after_translation ("accepted"), ==, "accepted");
}

static void
test_shown (void)
{
  static const struct
  {
    const char *state, *examined_on;
    int months;
    const char *shown;
  } cases[] = {
    { "accepted", "2025-12-15", 3, "accepted" }, { "accepted", "2025-12-14", 3, "too_old" },
    { "received", "2025-12-14", 3, "too_old" },  { "received", "2025-12-14", 0, "received" },
    { "received", "", 3, "received" },           { "rejected", "2020-01-01", 3, "rejected" },
    { "superseded", "2020-01-01", 3, "superseded" }, { "requested", "2020-01-01", 3, "requested" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskDocument document = { .state = (char *) cases[i].state, .examined_on = (char *) cases[i].examined_on };

      g_assert_cmpstr (desk_document_state_shown (&document, cases[i].months, desk_day_from_ymd (2026, 3, 15)), ==,
                       cases[i].shown);
    }
}

static void
test_overdue (void)
{
  DeskDocument document = { .state = (char *) "requested", .due_on = (char *) "2026-03-14" };

  g_assert_true (desk_document_is_overdue (&document, desk_day_from_ymd (2026, 3, 15)));
  g_assert_false (desk_document_is_overdue (&document, desk_day_from_ymd (2026, 3, 14)));
  document.due_on = (char *) "";
  g_assert_false (desk_document_is_overdue (&document, desk_day_from_ymd (2026, 3, 15)));
  document = (DeskDocument){ .state = (char *) "received", .due_on = (char *) "2026-03-14" };
  g_assert_false (desk_document_is_overdue (&document, desk_day_from_ymd (2026, 3, 15)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document-state/steps", test_steps);
  g_test_add_func ("/document-state/reason", test_reason);
  g_test_add_func ("/document-state/offered", test_offered);
  g_test_add_func ("/document-state/filing", test_filing);
  g_test_add_func ("/document-state/shown", test_shown);
  g_test_add_func ("/document-state/overdue", test_overdue);
  return g_test_run ();
}
