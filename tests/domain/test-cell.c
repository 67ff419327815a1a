#include "desk-cell-setting.h"
#include "desk-cell.h"

#define TODAY "2026-06-03"

static DeskDay
day (const char *iso)
{
  DeskDay result = DESK_DAY_NONE;

  g_assert_true (desk_day_parse (iso, &result));
  return result;
}

/* A unit as a table row says it; its texts are lent. */
typedef struct
{
  const char *kind, *life, *quality, *label;
  int holds;
  gint64 visit;
  const char *until;
} Row;

static DeskUnit
unit_of (const Row *row)
{
  return (DeskUnit){ .id = 1, .kind = (char *) row->kind, .number = (char *) "L26-0001-01", .life = (char *) row->life,
                     .quality = (char *) row->quality, .label = (char *) row->label, .holds = row->holds,
                     .reserved_visit = row->visit, .condition_visit = g_str_equal (row->quality, "conditional") ? 7 : 0, .use_until = (char *) row->until, .container_id = 3 };
}

#define DOSE "dose_frozen"

static void
test_headline (void)
{
  static const struct
  {
    Row unit;
    const char *headline;
  } cases[] = {
    { { DOSE, "frozen", "released", "verified", 0, 0, "2026-06-03" }, "available" }, /* the last day is good */
    { { DOSE, "frozen", "released", "verified", 0, 0, "2026-06-02" }, "expired" },
    { { DOSE, "frozen", "released", "verified", 0, 0, "soon" }, "expired" },
    { { DOSE, "frozen", "conditional", "verified", 0, 0, "2030-01-01" }, "available" },
    { { DOSE, "frozen", "quarantine", "verified", 0, 0, "2030-01-01" }, "quarantine" },
    { { DOSE, "frozen", "quarantine", "verified", 0, 7, "2030-01-01" }, "quarantine" },
    { { DOSE, "frozen", "released", "printed", 0, 0, "2030-01-01" }, "unlabelled" },
    { { DOSE, "frozen", "released", "verified", 0, 7, "2030-01-01" }, "reserved" },
    { { DOSE, "frozen", "released", "verified", 1, 7, "2030-01-01" }, "held" },
    { { DOSE, "frozen", "rejected", "verified", 1, 0, "2020-01-01" }, "rejected" }, /* unsafe before expired */
    { { DOSE, "frozen", "recalled", "verified", 1, 0, "2020-01-01" }, "recalled" },
    { { DOSE, "thawed", "recalled", "verified", 0, 7, "2030-01-01" }, "recalled" },
    { { DOSE, "thawing", "released", "verified", 0, 7, "2030-01-01" }, "thawing" },
    { { DOSE, "thawing", "released", "verified", 1, 7, "2030-01-01" }, "held" },
    { { DOSE, "infusing", "released", "verified", 1, 7, "2030-01-01" }, "infusing" }, /* it runs: say so */
    { { DOSE, "infused", "recalled", "verified", 1, 0, "2020-01-01" }, "infused" },
    { { DOSE, "discarded", "rejected", "none", 0, 0, "2020-01-01" }, "discarded" },
    { { DOSE, "missing", "released", "verified", 0, 7, "2030-01-01" }, "missing" },
    { { DOSE, "filled", "released", "verified", 0, 0, "2030-01-01" }, "filled" },
    { { "dose_fresh", "fresh_ready", "released", "verified", 0, 0, "2026-06-03" }, "available" },
    { { "qc", "frozen", "released", "verified", 0, 0, "2030-01-01" }, "stored" },
    { { "intermediate", "frozen", "quarantine", "verified", 0, 0, "2030-01-01" }, "quarantine" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskUnit unit = unit_of (&cases[i].unit);
      const char *headline = desk_unit_headline (&unit, day (TODAY));

      if (!g_str_equal (headline, cases[i].headline))
        g_error ("case %u: %s instead of %s", i, headline, cases[i].headline);
      g_assert_cmpint (desk_unit_available (&unit, day (TODAY)), ==, g_str_equal (headline, "available"));
    }
}

static void
test_steps (void)
{
  static const struct
  {
    Row unit;
    DeskUnitStep step;
    const char *code; /* NULL: offered */
  } cases[] = {
    { { DOSE, "frozen", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_PICK, NULL },
    { { DOSE, "frozen", "released", "verified", 0, 0, "2030-01-01" }, DESK_STEP_PICK, "not-reserved" },
    { { DOSE, "frozen", "quarantine", "verified", 0, 7, "2030-01-01" }, DESK_STEP_PICK, "not-released" },
    { { DOSE, "frozen", "released", "printed", 0, 7, "2030-01-01" }, DESK_STEP_PICK, "label-not-verified" },
    { { DOSE, "frozen", "released", "verified", 1, 7, "2030-01-01" }, DESK_STEP_PICK, "unit-held" },
    { { DOSE, "frozen", "released", "verified", 0, 7, "2026-06-02" }, DESK_STEP_PICK, "expired" },
    { { DOSE, "filled", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_PICK, "not-possible" },
    { { "qc", "frozen", "quarantine", "verified", 0, 0, "2030-01-01" }, DESK_STEP_PICK, NULL },
    { { DOSE, "picked", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_THAW, NULL },
    { { DOSE, "frozen", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_THAW, "not-possible" },
    { { DOSE, "picked", "recalled", "verified", 0, 7, "2030-01-01" }, DESK_STEP_THAW, "not-released" },
    { { DOSE, "picked", "recalled", "verified", 1, 0, "2020-01-01" }, DESK_STEP_PUT_BACK, NULL },
    { { DOSE, "picked", "released", "printed", 0, 7, "2030-01-01" }, DESK_STEP_PUT_BACK, "label-not-verified" },
    { { DOSE, "thawed", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_PUT_BACK, "not-possible" },
    { { DOSE, "thawed", "released", "verified", 0, 0, "2030-01-01" }, DESK_STEP_RESERVE, "not-reservable" },
    { { DOSE, "thawed", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_TO_BEDSIDE, NULL },
    { { DOSE, "at_clinic", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_TO_BEDSIDE, "not-thawed" },
    { { "dose_fresh", "at_clinic", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_TO_BEDSIDE, NULL },
    { { "dose_fresh", "at_clinic", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_PICK, "not-for-freezing" },
    { { "qc", "thawed", "released", "verified", 0, 0, "2030-01-01" }, DESK_STEP_TO_BEDSIDE, "not-a-dose" },
    { { DOSE, "at_bedside", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_INFUSE, NULL },
    { { DOSE, "at_bedside", "released", "verified", 1, 7, "2030-01-01" }, DESK_STEP_INFUSE, "unit-held" },
    { { DOSE, "infusing", "recalled", "verified", 1, 7, "2020-01-01" }, DESK_STEP_INFUSED, NULL }, /* what happened is written */
    { { DOSE, "infused", "released", "verified", 0, 0, "2030-01-01" }, DESK_STEP_DISCARD, "final-state" },
    { { DOSE, "infused", "released", "verified", 0, 0, "2030-01-01" }, DESK_STEP_RECALL, NULL },
    { { DOSE, "frozen", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_DISCARD, "still-reserved" },
    { { DOSE, "frozen", "rejected", "verified", 1, 0, "2020-01-01" }, DESK_STEP_DISCARD, NULL },
    { { DOSE, "filled", "quarantine", "none", 0, 0, "2030-01-01" }, DESK_STEP_RESERVE, NULL },
    { { DOSE, "frozen", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_RESERVE, "already-reserved" },
    { { DOSE, "frozen", "recalled", "verified", 0, 0, "2030-01-01" }, DESK_STEP_RESERVE, "not-reservable" },
    { { DOSE, "frozen", "released", "verified", 0, 0, "2026-06-02" }, DESK_STEP_RESERVE, "expired" },
    { { "retained", "frozen", "released", "verified", 0, 0, "2030-01-01" }, DESK_STEP_RESERVE, "not-a-dose" },
    { { DOSE, "frozen", "released", "verified", 0, 0, "2030-01-01" }, DESK_STEP_UNRESERVE, "not-reserved" },
    { { DOSE, "infusing", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_UNRESERVE, "not-possible" },
    { { DOSE, "frozen", "quarantine", "verified", 1, 0, "2030-01-01" }, DESK_STEP_RELEASE, "unit-held" },
    { { DOSE, "frozen", "rejected", "verified", 0, 0, "2030-01-01" }, DESK_STEP_RELEASE, "not-possible" },
    { { DOSE, "planned", "quarantine", "none", 0, 0, "2030-01-01" }, DESK_STEP_RELEASE, "not-filled" },
    { { DOSE, "filled", "quarantine", "none", 0, 0, "2030-01-01" }, DESK_STEP_VERIFY_LABEL, "not-possible" },
    { { DOSE, "filled", "quarantine", "printed", 0, 0, "2030-01-01" }, DESK_STEP_VERIFY_LABEL, NULL },
    { { DOSE, "frozen", "quarantine", "verified", 0, 0, "2030-01-01" }, DESK_STEP_PRINT_LABEL, NULL },
    { { DOSE, "thawed", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_PRINT_LABEL, "not-possible" },
    { { DOSE, "missing", "released", "verified", 0, 7, "2030-01-01" }, DESK_STEP_FOUND, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskUnit unit = unit_of (&cases[i].unit);
      const DeskUnitStepInfo *info = desk_unit_step_info (cases[i].step);
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      desk_unit_step_check (&unit, cases[i].step, 1, info->witnessed ? 2 : 0, "why", day (TODAY), problems);
      const DeskProblem *problem = desk_problems_find (problems, "unit");
      if (g_strcmp0 (problem ? problem->code : NULL, cases[i].code) != 0)
        g_error ("case %u: %s instead of %s", i, problem ? problem->code : "offered", cases[i].code ? cases[i].code : "offered");
      g_assert_cmpint (desk_unit_offers (&unit, cases[i].step, day (TODAY)), ==, !cases[i].code);
    }
}

/* Each state beside each step: a step nobody may do must not be offered anywhere. */
static void
test_final (void)
{
  static const char *const finals[] = { "infused", "part_infused", "discarded", "consumed", "transferred_out", "void" };

  for (guint f = 0; f < G_N_ELEMENTS (finals); f++)
    for (int step = 0; step < DESK_N_STEPS; step++)
      {
        Row row = { DOSE, finals[f], "released", "verified", 0, 0, "2030-01-01" };
        DeskUnit unit = unit_of (&row);

        g_assert_true (desk_unit_is_final (&unit));
        g_assert_cmpint (desk_unit_offers (&unit, step, day (TODAY)), ==, step == DESK_STEP_RECALL);
      }
}

static void
test_people (void)
{
  static const struct
  {
    DeskUnitStep step;
    gint64 performer, witness;
    const char *reason, *field, *code;
  } cases[] = {
    { DESK_STEP_PICK, 1, 2, NULL, NULL, NULL },
    { DESK_STEP_PICK, 1, 0, NULL, "witness", "second-person-needed" },
    { DESK_STEP_PICK, 1, 1, NULL, "witness", "same-person" },
    { DESK_STEP_PICK, 0, 2, NULL, "performer", "missing" },
    { DESK_STEP_PRINT_LABEL, 1, 0, NULL, NULL, NULL },
    { DESK_STEP_PRINT_LABEL, 1, 1, NULL, "witness", "same-person" },
    { DESK_STEP_RECALL, 1, 0, NULL, "reason", "reason-needed" },
    { DESK_STEP_RECALL, 1, 0, " \t", "reason", "reason-needed" },
    { DESK_STEP_RECALL, 1, 0, "late positive", NULL, NULL },
  };
  Row row = { DOSE, "frozen", "released", "verified", 0, 7, "2030-01-01" };
  DeskUnit unit = unit_of (&row);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      desk_unit_step_check (&unit, cases[i].step, cases[i].performer, cases[i].witness, cases[i].reason, day (TODAY), problems);
      g_assert_cmpuint (problems->len, ==, cases[i].code ? 1 : 0);
      if (cases[i].code)
        g_assert_cmpstr (desk_problems_find (problems, cases[i].field)->code, ==, cases[i].code);
    }
}

/* Scenarios of facts/cells-examples.md 6.5: one unit whose axes move, and what is said of it and refused at each point. */
typedef struct
{
  Row unit;
  const char *today;
  const char *headline;
  DeskUnitStep step;
  const char *code; /* what stands against the step; NULL: offered */
} Point;

static void
follow (const Point *points, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      DeskUnit unit = unit_of (&points[i].unit);
      DeskDay today = day (points[i].today);
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      desk_unit_step_check (&unit, points[i].step, 1, 2, "why", today, problems);
      const DeskProblem *problem = desk_problems_find (problems, "unit");
      if (g_strcmp0 (problem ? problem->code : NULL, points[i].code) != 0)
        g_error ("point %u: %s instead of %s", i, problem ? problem->code : "offered", points[i].code ? points[i].code : "offered");
      if (!g_str_equal (desk_unit_headline (&unit, today), points[i].headline))
        g_error ("point %u: %s instead of %s", i, desk_unit_headline (&unit, today), points[i].headline);
      g_assert_cmpint (desk_unit_offers (&unit, points[i].step, today), ==, !points[i].code);
    }
}

/* 2: good becomes available by itself; expired wins over available, unsafe over expired; unsafe stays; an end stays. */
static void
test_states (void)
{
  static const Point points[] = {
    { { DOSE, "frozen", "quarantine", "verified", 0, 0, TODAY }, TODAY, "quarantine", DESK_STEP_RELEASE, NULL },
    { { DOSE, "frozen", "released", "verified", 0, 0, TODAY }, TODAY, "available", DESK_STEP_RESERVE, NULL },
    { { DOSE, "frozen", "released", "verified", 0, 0, TODAY }, "2026-06-04", "expired", DESK_STEP_RESERVE, "expired" },
    { { DOSE, "frozen", "quarantine", "verified", 0, 0, TODAY }, "2026-06-04", "expired", DESK_STEP_REJECT, NULL },
    { { DOSE, "frozen", "recalled", "verified", 0, 0, TODAY }, "2026-06-04", "recalled", DESK_STEP_RESERVE, "not-reservable" },
    { { DOSE, "frozen", "rejected", "verified", 1, 0, TODAY }, "2026-06-04", "rejected", DESK_STEP_RESERVE, "not-reservable" },
    /* a good result later makes nothing good again */
    { { DOSE, "frozen", "rejected", "verified", 0, 0, "2030-01-01" }, TODAY, "rejected", DESK_STEP_RELEASE, "not-possible" },
    { { DOSE, "frozen", "recalled", "verified", 0, 0, "2030-01-01" }, TODAY, "recalled", DESK_STEP_RELEASE, "not-possible" },
    { { DOSE, "frozen", "recalled", "verified", 0, 7, "2030-01-01" }, TODAY, "recalled", DESK_STEP_PICK, "not-released" },
    /* whatever comes after the end */
    { { DOSE, "infused", "released", "verified", 1, 0, "2020-01-01" }, TODAY, "infused", DESK_STEP_RELEASE, "final-state" },
    { { DOSE, "part_infused", "recalled", "none", 1, 7, "2020-01-01" }, TODAY, "part_infused", DESK_STEP_REJECT, "final-state" },
    { { DOSE, "discarded", "quarantine", "verified", 0, 0, "2030-01-01" }, TODAY, "discarded", DESK_STEP_FOUND, "final-state" },
    { { DOSE, "transferred_out", "released", "verified", 0, 0, "2030-01-01" }, TODAY, "transferred_out", DESK_STEP_RECEIVE, "final-state" },
    { { "intermediate", "consumed", "quarantine", "verified", 0, 0, "2030-01-01" }, TODAY, "consumed", DESK_STEP_CONSUME, "final-state" },
    { { DOSE, "void", "quarantine", "none", 0, 0, "2030-01-01" }, TODAY, "void", DESK_STEP_PRINT_LABEL, "final-state" },
  };

  follow (points, G_N_ELEMENTS (points));
}

/* 3: a label that is printed, the first time or again, takes the unit out of stock until it was read back. */
static void
test_label (void)
{
  static const Point points[] = {
    { { DOSE, "frozen", "released", "none", 0, 0, "2030-01-01" }, TODAY, "unlabelled", DESK_STEP_VERIFY_LABEL, "not-possible" },
    { { DOSE, "frozen", "released", "none", 0, 0, "2030-01-01" }, TODAY, "unlabelled", DESK_STEP_PRINT_LABEL, NULL },
    { { DOSE, "frozen", "released", "printed", 0, 7, "2030-01-01" }, TODAY, "unlabelled", DESK_STEP_PICK, "label-not-verified" },
    { { DOSE, "frozen", "released", "printed", 0, 0, "2030-01-01" }, TODAY, "unlabelled", DESK_STEP_VERIFY_LABEL, NULL },
    { { DOSE, "frozen", "released", "verified", 0, 0, "2030-01-01" }, TODAY, "available", DESK_STEP_PRINT_LABEL, NULL },
    { { DOSE, "frozen", "released", "verified", 0, 7, "2030-01-01" }, TODAY, "reserved", DESK_STEP_PICK, NULL },
    /* printed again while it is in hand: it does not go back, nor on */
    { { DOSE, "picked", "released", "printed", 0, 7, "2030-01-01" }, TODAY, "picked", DESK_STEP_PUT_BACK, "label-not-verified" },
    { { DOSE, "picked", "released", "printed", 0, 7, "2030-01-01" }, TODAY, "picked", DESK_STEP_THAW, "label-not-verified" },
    { { DOSE, "picked", "released", "printed", 0, 7, "2030-01-01" }, TODAY, "picked", DESK_STEP_VERIFY_LABEL, NULL },
    { { DOSE, "at_bedside", "released", "printed", 0, 7, "2030-01-01" }, TODAY, "at_bedside", DESK_STEP_INFUSE, "label-not-verified" },
    { { DOSE, "missing", "released", "printed", 0, 0, "2030-01-01" }, TODAY, "missing", DESK_STEP_FOUND, "label-not-verified" },
  };

  follow (points, G_N_ELEMENTS (points));
}

/* 5: what is promised is not thrown away, wherever it is; taken back first, it is. */
static void
test_discard (void)
{
  static const char *const lives[] = { "frozen", "picked", "thawing", "thawed", "at_bedside", "missing", "at_clinic", "in_transit" };

  for (guint i = 0; i < G_N_ELEMENTS (lives); i++)
    {
      Row row = { DOSE, lives[i], "released", "verified", 0, 7, "2030-01-01" };
      DeskUnit promised = unit_of (&row);
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      desk_unit_step_check (&promised, DESK_STEP_DISCARD, 1, 2, "why", day (TODAY), problems);
      g_assert_cmpuint (problems->len, ==, 1);
      g_assert_cmpstr (desk_problems_get (problems, 0)->code, ==, "still-reserved");
      g_assert_true (desk_unit_offers (&promised, DESK_STEP_UNRESERVE, day (TODAY)));
      promised.reserved_visit = 0;
      g_assert_true (desk_unit_offers (&promised, DESK_STEP_DISCARD, day (TODAY)));
      g_assert_false (desk_unit_offers (&promised, DESK_STEP_UNRESERVE, day (TODAY)));
    }
  Row running = { DOSE, "infusing", "released", "verified", 0, 7, "2030-01-01" };
  DeskUnit unit = unit_of (&running);
  g_assert_false (desk_unit_offers (&unit, DESK_STEP_DISCARD, day (TODAY)));
}

/* 7: 120 seconds out of the cold unless the clinic says another; a hold for it (store/test-schema-units) stops the dose
 * on its way to the patient, but not into the cold or into the waste. */
static void
test_warmed (void)
{
  static const Point points[] = {
    { { DOSE, "picked", "released", "verified", 1, 7, "2030-01-01" }, TODAY, "held", DESK_STEP_PUT_BACK, NULL },
    { { DOSE, "picked", "released", "verified", 1, 7, "2030-01-01" }, TODAY, "held", DESK_STEP_THAW, "unit-held" },
    { { DOSE, "frozen", "released", "verified", 1, 7, "2030-01-01" }, TODAY, "held", DESK_STEP_PICK, "unit-held" },
    { { DOSE, "frozen", "released", "verified", 1, 0, "2030-01-01" }, TODAY, "held", DESK_STEP_RESERVE, "unit-held" },
    { { DOSE, "frozen", "released", "verified", 1, 0, "2030-01-01" }, TODAY, "held", DESK_STEP_MOVE, NULL },
    { { DOSE, "frozen", "released", "verified", 1, 0, "2030-01-01" }, TODAY, "held", DESK_STEP_DISCARD, NULL },
    { { DOSE, "frozen", "quarantine", "verified", 1, 0, "2030-01-01" }, TODAY, "held", DESK_STEP_RELEASE, "unit-held" },
    { { DOSE, "frozen", "released", "verified", 0, 0, "2030-01-01" }, TODAY, "available", DESK_STEP_RESERVE, NULL }, /* lifted */
  };

  g_assert_cmpint (desk_cell_setting_info (DESK_CELL_OUT_OF_COLD)->usual, ==, 120);
  g_assert_cmpstr (desk_cell_setting_info (DESK_CELL_OUT_OF_COLD)->name, ==, "out-of-cold");
  follow (points, G_N_ELEMENTS (points));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cell/headline", test_headline);
  g_test_add_func ("/cell/steps", test_steps);
  g_test_add_func ("/cell/final", test_final);
  g_test_add_func ("/cell/people", test_people);
  g_test_add_func ("/cell/states", test_states);
  g_test_add_func ("/cell/label", test_label);
  g_test_add_func ("/cell/discard", test_discard);
  g_test_add_func ("/cell/warmed", test_warmed);
  return g_test_run ();
}
