/* What is next at the bedside, and what stands against it. */
#include "desk-bedside-flow.h"

#include <string.h>

#define TODAY desk_day_from_ymd (2026, 6, 3)

static DeskUnit dose = { .id = 1, .kind = (char *) "dose_frozen", .number = (char *) "L26-0001-01", .cells = 1000000000, .volume_ml = 100,
                         .use_until = (char *) "2028-01-01", .quality = (char *) "released", .label = (char *) "verified", .reserved_visit = 1,
                         .patient_chart = (char *) "P-1" };

static DeskBedside
at (const char *life, gboolean order, gboolean session)
{
  dose.life = (char *) life;
  return (DeskBedside){ .visit_id = 1, .visit_status = (char *) "in_room", .unit = &dose, .dmso_limit = 1000, .session_id = session,
                        .order = { .id = order, .cells_min = 500000000, .cells_max = 2000000000 } };
}

static void
test_step (void)
{
  static const struct
  {
    const char *life;
    gboolean order, session;
    DeskBedsideStep step;
  } rows[] = {
    { "frozen", FALSE, FALSE, DESK_BEDSIDE_ORDER }, { "frozen", TRUE, FALSE, DESK_BEDSIDE_PICK },  { "at_clinic", TRUE, FALSE, DESK_BEDSIDE_PICK },
    { "picked", FALSE, FALSE, DESK_BEDSIDE_ORDER }, { "picked", TRUE, FALSE, DESK_BEDSIDE_BATH },  { "picked", TRUE, TRUE, DESK_BEDSIDE_THAW },
    { "thawing", TRUE, TRUE, DESK_BEDSIDE_THAW },   { "thawed", TRUE, FALSE, DESK_BEDSIDE_CHECK }, { "at_bedside", TRUE, FALSE, DESK_BEDSIDE_START },
    { "at_bedside", FALSE, FALSE, DESK_BEDSIDE_START }, { "infusing", TRUE, FALSE, DESK_BEDSIDE_RUN }, { "infused", TRUE, FALSE, DESK_BEDSIDE_DONE },
    { "part_infused", TRUE, FALSE, DESK_BEDSIDE_DONE }, { "discarded", FALSE, FALSE, DESK_BEDSIDE_DONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskBedside b = at (rows[i].life, rows[i].order, rows[i].session);

      g_assert_cmpint (desk_bedside_step (&b), ==, rows[i].step);
    }
  DeskBedside fresh = at ("fresh_ready", TRUE, FALSE);
  dose.kind = (char *) "dose_fresh";
  g_assert_cmpint (desk_bedside_step (&fresh), ==, DESK_BEDSIDE_CHECK);
  g_assert_cmpint (desk_bedside_mark (&fresh, DESK_BEDSIDE_BATH), ==, DESK_BEDSIDE_LEFT_OUT);
  g_assert_cmpint (desk_bedside_mark (&fresh, DESK_BEDSIDE_ORDER), ==, DESK_BEDSIDE_BEHIND);
  g_assert_cmpint (desk_bedside_mark (&fresh, DESK_BEDSIDE_START), ==, DESK_BEDSIDE_AHEAD);
  dose.kind = (char *) "dose_frozen";
  DeskBedside none = { 0 };
  g_assert_cmpint (desk_bedside_step (&none), ==, DESK_BEDSIDE_ORDER);
}

static void
assert_block (const DeskBedside *b, gint64 now, const char *code)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_bedside_blocks (b, now, TODAY, problems);
  g_assert_cmpstr (problems->len ? desk_problems_get (problems, 0)->code : NULL, ==, code);
}

static void
test_blocks (void)
{
  DeskBedside b = at ("at_bedside", TRUE, FALSE);

  b.thaw_ended = 1000;
  b.use_until = 2800;
  b.bag_whole = TRUE;
  assert_block (&b, 2800, NULL);
  assert_block (&b, 2801, "thaw-limit");
  b.overridden[DESK_BEDSIDE_RULE_THAW_LIMIT] = TRUE;
  assert_block (&b, 2801, NULL);
  b.viability = 40;
  assert_block (&b, 2801, "dose-range");
  b.overridden[DESK_BEDSIDE_RULE_DOSE_RANGE] = TRUE;
  b.dmso = 1001;
  assert_block (&b, 2801, "dmso");
  b.dmso = 1000;
  b.bag_whole = FALSE;
  assert_block (&b, 2801, "bag-broken");
  b.order.id = 0;
  assert_block (&b, 2801, "order-needed");
  b.visit_status = (char *) "checked_in";
  assert_block (&b, 2801, "patient-not-in-chair");
  dose.holds = 1;
  assert_block (&b, 2801, "unit-held");
  dose.holds = 0;
  DeskBedside none = { 0 };
  assert_block (&none, 0, "not-reserved");

  /* What the record lacks keeps the dose in the cold, and stops nothing that is thawed already. */
  DeskBedside cold = at ("frozen", TRUE, FALSE);
  cold.visit_status = (char *) "in_room";
  cold.lacks = (char *) "stay,consent";
  assert_block (&cold, 0, "gate-consent");
  cold.lacks = (char *) "birth";
  assert_block (&cold, 0, "gate-birth");
  DeskBedside warm = at ("thawed", TRUE, FALSE);
  warm.visit_status = (char *) "in_room";
  warm.bag_whole = TRUE;
  warm.lacks = (char *) "consent";
  assert_block (&warm, 0, NULL);
}

static void
test_read (void)
{
  DeskBedside b = at ("thawed", TRUE, FALSE);

  g_assert_null (desk_bedside_read_unit (&b, "L26-0001-01"));
  g_assert_cmpstr (desk_bedside_read_unit (&b, "L26-0001-02"), ==, "wrong-dose");
  g_assert_cmpstr (desk_bedside_read_unit (&b, ""), ==, "scan-needed");
  b.barcode = (char *) "=A99991712345600";
  g_assert_null (desk_bedside_read_unit (&b, "=A99991712345600"));
  g_assert_null (desk_bedside_read_patient (&b, "P-1"));
  g_assert_cmpstr (desk_bedside_read_patient (&b, "P-2"), ==, "wrong-patient");
  g_assert_cmpstr (desk_bedside_read_patient (&b, NULL), ==, "scan-needed");
  for (int rule = 0; rule < DESK_BEDSIDE_N_RULES; rule++)
    {
      DeskBedsideRule found;

      g_assert_true (desk_bedside_rule_find (desk_bedside_rule_code (rule), &found));
      g_assert_cmpint (found, ==, rule);
    }
  g_assert_false (desk_bedside_rule_find ("wrong-patient", &(DeskBedsideRule){ 0 })); /* never passed over */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bedside-flow/step", test_step);
  g_test_add_func ("/bedside-flow/blocks", test_blocks);
  g_test_add_func ("/bedside-flow/read", test_read);
  return g_test_run ();
}
