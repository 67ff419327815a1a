/* Look-backs: the words both ways, what may be decided of what, and what keeps one from being closed. */
#include "desk-lookback.h"

#include <string.h>

static void
test_codes (void)
{
  for (int i = 0; i < DESK_N_LOOKBACK_CAUSES; i++)
    {
      DeskLookbackCause cause;

      g_assert_true (desk_lookback_cause_parse (desk_lookback_cause_code (i), &cause));
      g_assert_cmpint (cause, ==, i);
    }
  for (int i = 0; i < DESK_N_ITEM_KINDS; i++)
    {
      DeskItemKind kind;

      g_assert_true (desk_item_kind_parse (desk_item_kind_code (i), &kind));
      g_assert_cmpint (kind, ==, i);
    }
  for (int i = 0; i < DESK_N_ROADS; i++)
    {
      DeskRoad road;

      g_assert_true (desk_road_parse (desk_road_code (i), &road));
      g_assert_cmpint (road, ==, i);
    }
  DeskRoad road;
  g_assert_false (desk_road_parse ("guess", &road));
}

static void
test_devices (void)
{
  static const struct
  {
    const char *kind, *road;
    gboolean same_run;
  } cases[] = {
    { "incubator", "incubator", TRUE }, { "freezer_program", "freezing", TRUE }, { "bench", "bench", FALSE },
    { "bath", "bath", FALSE }, { "centrifuge", "centrifuge", FALSE }, { "other", "device", FALSE }, { NULL, "device", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskRoad road = desk_road_of_device (cases[i].kind);

      g_assert_cmpstr (desk_road_code (road), ==, cases[i].road);
      g_assert_cmpint (desk_road_same_run (road), ==, cases[i].same_run);
    }
}

static void
test_review (void)
{
  static const struct
  {
    DeskItemKind kind;
    gint64 reviewed_at;
    const char *decision, *note, *problem; /* NULL: allowed */
  } cases[] = {
    { DESK_ITEM_LOT, 0, "keep", NULL, NULL },
    { DESK_ITEM_LOT, 0, "cleared", NULL, "reason-needed" },
    { DESK_ITEM_LOT, 0, "cleared", " \n", "reason-needed" },
    { DESK_ITEM_LOT, 0, "cleared", "16S of both differs", NULL },
    { DESK_ITEM_LOT, 0, "told", "x", "decision-needed" },
    { DESK_ITEM_LOT, 0, "", "x", "decision-needed" },
    { DESK_ITEM_LOT, 0, NULL, "x", "decision-needed" },
    { DESK_ITEM_LOT, 7, "keep", NULL, "reviewed-already" },
    { DESK_ITEM_UNIT, 0, "discard", NULL, NULL },
    { DESK_ITEM_UNIT, 0, "cleared", "", "reason-needed" },
    { DESK_ITEM_PATIENT, 0, "told", NULL, NULL },
    { DESK_ITEM_PATIENT, 0, "not-reached", NULL, "reason-needed" },
    { DESK_ITEM_PATIENT, 0, "companion-told", "wife, by phone", NULL },
    { DESK_ITEM_VISIT, 0, "cancelled", NULL, NULL },
    { DESK_ITEM_SAMPLE, 0, "tested", NULL, "reason-needed" },
    { DESK_ITEM_SAMPLE, 0, "discard", NULL, "decision-needed" }, /* evidence is kept */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      DeskLookbackItem item = { .kind = cases[i].kind, .reviewed_at = cases[i].reviewed_at };

      desk_lookback_review_check (&item, cases[i].decision, cases[i].note, problems);
      g_assert_cmpstr (problems->len ? desk_problems_get (problems, 0)->code : NULL, ==, cases[i].problem);
    }
  for (int kind = 0; kind < DESK_N_ITEM_KINDS; kind++)
    g_assert_cmpuint (g_strv_length ((char **) desk_item_decisions (kind)), >=, 3);
  g_assert_cmpstr (desk_item_decisions (DESK_ITEM_UNIT)[0], ==, "keep"); /* what Enter takes lets nothing go */
}

static void
test_close (void)
{
  static const struct
  {
    gint64 closed_at;
    guint unreviewed, clocks;
    const char *conclusion, *problem;
  } cases[] = {
    { 0, 0, 0, "one strain, from the bath", NULL },
    { 0, 1, 0, "done", "items-unreviewed" },
    { 0, 0, 1, "done", "clock-open" },
    { 0, 0, 0, "  ", "reason-needed" },
    { 0, 0, 0, NULL, "reason-needed" },
    { 9, 0, 0, "again", "lookback-closed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      DeskLookback lookback = { .closed_at = cases[i].closed_at, .n_unreviewed = cases[i].unreviewed, .n_clocks = cases[i].clocks };

      desk_lookback_close_check (&lookback, cases[i].conclusion, problems);
      g_assert_cmpstr (problems->len ? desk_problems_get (problems, 0)->code : NULL, ==, cases[i].problem);
    }
}

static void
test_clock (void)
{
  static const struct
  {
    gint64 done_at;
    const char *outcome, *note, *problem;
  } cases[] = {
    { 0, "reported", NULL, NULL },          { 0, "not-due", "", "reason-needed" }, { 0, "not-due", "nobody was harmed", NULL },
    { 0, "forgotten", "x", "decision-needed" }, { 5, "reported", NULL, "clock-done" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      DeskLegalClock clock = { .done_at = cases[i].done_at };

      desk_clock_done_check (&clock, cases[i].outcome, cases[i].note, problems);
      g_assert_cmpstr (problems->len ? desk_problems_get (problems, 0)->code : NULL, ==, cases[i].problem);
    }
}

static void
test_recalls (void)
{
  g_assert_true (desk_lookback_cause_recalls (DESK_LOOKBACK_RESULT));
  g_assert_true (desk_lookback_cause_recalls (DESK_LOOKBACK_UNIT));
  g_assert_false (desk_lookback_cause_recalls (DESK_LOOKBACK_REAGENT));
  g_assert_false (desk_lookback_cause_recalls (DESK_LOOKBACK_DAY));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lookback/codes", test_codes);
  g_test_add_func ("/lookback/devices", test_devices);
  g_test_add_func ("/lookback/review", test_review);
  g_test_add_func ("/lookback/close", test_close);
  g_test_add_func ("/lookback/clock", test_clock);
  g_test_add_func ("/lookback/recalls", test_recalls);
  return g_test_run ();
}
