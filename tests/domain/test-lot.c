/* Tests of lots as tables: amounts as they are typed, verdicts against limits, who may release. */
#include "desk-lot.h"

#include <math.h>

static void
test_amounts (void)
{
  static const struct
  {
    const char *text;
    double value;
    char bound;
    const char *unit; /* NULL: cannot be read */
  } cases[] = {
    { "91", 91, 0, "" },
    { " 91.5 % ", 91.5, 0, "%" },
    { "９１．５％", 91.5, 0, "%" },
    { "0,83 EU/kg", 0.83, 0, "EU/kg" },
    { "1,200,000,000", 1.2e9, 0, "" },
    { "1.2×10^9", 1.2e9, 0, "" },
    { "1.2 × 10⁹ cells", 1.2e9, 0, "cells" },
    { "1.2×10¹⁰", 1.2e10, 0, "" },
    { "1.2x10^9", 1.2e9, 0, "" },
    { "1.2*10^9", 1.2e9, 0, "" },
    { "1.2e9", 1.2e9, 0, "" },
    { "1.2E+9", 1.2e9, 0, "" },
    { "12億", 1.2e9, 0, "" },
    { "１２億個", 1.2e9, 0, "個" },
    { "3500万", 3.5e7, 0, "" },
    { "5×10^-1", 0.5, 0, "" },
    { "<0.5", 0.5, '<', "" },
    { "≤ 0.5 EU/mL", 0.5, '<', "EU/mL" },
    { "＞95", 95, '>', "" },
    { "0", 0, 0, "" },
    { "", 0, 0, NULL },
    { "ok", 0, 0, NULL },
    { "1.2.3", 0, 0, NULL },
    { "1.2×", 0, 0, NULL },
    { "1.2×10", 0, 0, NULL },
    { "1.2×109", 0, 0, NULL },
    { "1e99", 0, 0, "e99" },
    { "-3", 0, 0, NULL },
    { ".5", 0, 0, NULL },
    { "5.", 0, 0, NULL },
    { "\xff", 0, 0, NULL },
    { NULL, 0, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *unit = NULL;
      double value = -1;
      char bound = 'x';
      gboolean read = desk_amount_parse (cases[i].text, &value, &bound, &unit);

      g_test_message ("%s", cases[i].text ? cases[i].text : "NULL");
      g_assert_cmpint (read, ==, cases[i].unit != NULL);
      if (!read || g_str_equal (cases[i].unit, "e99"))
        continue;
      g_assert_cmpfloat_with_epsilon (value, cases[i].value, 1e-30 + fabs (cases[i].value) * 1e-12);
      g_assert_cmpint (bound, ==, cases[i].bound);
      g_assert_cmpstr (unit, ==, cases[i].unit);
    }
}

/* The tests of facts/cells.md 5.5. */
static DeskLotTest limits[] = {
  { (char *) "viability", 1, 0, (char *) ">=", (char *) "70", (char *) "%", 0, 1, 1 },
  { (char *) "count", 1, 0, (char *) ">=", (char *) "1.0×10^9", (char *) "cells", 0, 2, 1 },
  { (char *) "purity", 1, 0, (char *) ">", (char *) "50", (char *) "%", 1, 3, 1 },
  { (char *) "endotoxin", 1, 0, (char *) "<=", (char *) "5", (char *) "EU/kg", 1, 4, 1 },
  { (char *) "mycoplasma", 1, 1, (char *) "=", (char *) "negative", (char *) "", 3, 5, 1 },
  { (char *) "sterility", 1, 1, (char *) "=", (char *) "negative", (char *) "", 14, 6, 1 },
  { (char *) "gram", 0, 0, (char *) "=", (char *) "negative", (char *) "", 0, 7, 1 },
  { (char *) "free", 0, 0, (char *) "", (char *) "", (char *) "", 0, 8, 1 },
};

enum { VIABILITY, COUNT, PURITY, ENDOTOXIN, MYCOPLASMA, STERILITY, GRAM, FREE };

static void
test_verdicts (void)
{
#define PASSED DESK_VERDICT_PASSED
#define FAILED DESK_VERDICT_FAILED
#define OTHER DESK_VERDICT_OTHER_UNIT
#define NONE DESK_VERDICT_UNREADABLE
  static const struct
  {
    int test;
    const char *value, *unit;
    double volume, weight;
    DeskVerdict verdict;
    const char *counted;
  } cases[] = {
    { VIABILITY, "70", "%", 0, 0, PASSED, "70" },
    { VIABILITY, "69.9", "%", 0, 0, FAILED, "69.9" },
    { VIABILITY, "69.9999", "%", 0, 0, FAILED, "69.9999" }, /* not "70", and failed */
    { VIABILITY, "78", "", 0, 0, PASSED, "78" },
    { VIABILITY, "78 ％", "%", 0, 0, PASSED, "78" },
    { VIABILITY, ">95", "%", 0, 0, PASSED, ">95" },
    { VIABILITY, ">60", "%", 0, 0, FAILED, ">60" }, /* it may be 61 */
    { VIABILITY, "<95", "%", 0, 0, FAILED, "<95" },
    { VIABILITY, "78", "cells", 0, 0, OTHER, NULL },
    { VIABILITY, "ok", "%", 0, 0, NONE, NULL },
    { PURITY, "50", "%", 0, 0, FAILED, "50" },
    { PURITY, "50.1", "%", 0, 0, PASSED, "50.1" },
    { COUNT, "1.0×10⁹", "", 0, 0, PASSED, "1000000000" },
    { COUNT, "10", "×10^8 cells", 0, 0, PASSED, "1000000000" },
    { COUNT, "7.8e8", "cells", 0, 0, FAILED, "780000000" }, /* example 8: 1.0 × 10⁹ × 78 % */
    { COUNT, "1.02×10^9", "cells", 0, 0, PASSED, "1020000000" },
    { COUNT, "12億個", "", 0, 0, PASSED, "1200000000" },
    /* example 9: units are part of the limit */
    { ENDOTOXIN, "0.5", "EU/mL", 100, 60, PASSED, "0.833" },
    { ENDOTOXIN, "5.0", "EU/mL", 100, 60, FAILED, "8.33" },
    { ENDOTOXIN, "5.0", "EU/mL", 100, 100, PASSED, "5" },
    { ENDOTOXIN, "5.0001", "EU/mL", 100, 100, FAILED, "5.0001" },
    { ENDOTOXIN, "3.0", "EU/mL", 50, 30, PASSED, "5" }, /* edge by sums that binary fractions miss */
    { ENDOTOXIN, "<0.05 EU/mL", "", 100, 60, PASSED, "<0.0833" },
    { ENDOTOXIN, "0.83", "EU/kg", 0, 0, PASSED, "0.83" },
    { ENDOTOXIN, "300", "EU", 0, 60, PASSED, "5" },
    { ENDOTOXIN, "0.5", "EU/mL", 0, 60, DESK_VERDICT_NEEDS_BASIS, NULL },
    { ENDOTOXIN, "0.5", "EU/mL", 100, 0, DESK_VERDICT_NEEDS_BASIS, NULL },
    { ENDOTOXIN, "0.5", "", 100, 60, OTHER, NULL },
    { ENDOTOXIN, "0.5 EU/mL", "EU/kg", 100, 60, OTHER, NULL },
    { STERILITY, "negative", "", 0, 0, PASSED, "negative" },
    { STERILITY, "No growth", "", 0, 0, PASSED, "No growth" },
    { STERILITY, "陰性", "", 0, 0, PASSED, "陰性" },
    { STERILITY, "（－）", "", 0, 0, PASSED, "（－）" },
    { STERILITY, "陽性", "", 0, 0, FAILED, "陽性" },
    { STERILITY, "positive", "", 0, 0, FAILED, "positive" },
    { STERILITY, "growth", "", 0, 0, FAILED, "growth" },
    { STERILITY, "pending", "", 0, 0, NONE, NULL },
    { STERILITY, "", "", 0, 0, NONE, NULL },
    { STERILITY, "ok", "", 0, 0, NONE, NULL },
    { FREE, "12", "", 0, 0, PASSED, "12" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskDoseBasis basis = { cases[i].volume, cases[i].weight };
      g_autofree char *counted = NULL;

      g_test_message ("%s: %s %s", limits[cases[i].test].code, cases[i].value, cases[i].unit);
      g_assert_cmpint (desk_lot_test_judge (&limits[cases[i].test], cases[i].value, cases[i].unit, &basis, &counted), ==, cases[i].verdict);
      g_assert_cmpstr (counted, ==, cases[i].counted);
    }
}

static void
test_limits (void)
{
  static const char *const words[] = { "≥ 70 %", "≥ 1.0×10^9 cells", "> 50 %", "≤ 5 EU/kg", "negative", "negative", "negative", "" };
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  DeskLotTest wrong = limits[ENDOTOXIN];

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *limit = desk_lot_test_limit (&limits[i]);

      g_assert_cmpstr (limit, ==, words[i]);
      desk_lot_test_check (&limits[i], problems);
    }
  g_assert_cmpuint (problems->len, ==, 0);
  wrong.low = (char *) "five";
  wrong.days = 99;
  desk_lot_test_check (&wrong, problems);
  g_assert_cmpuint (problems->len, ==, 2);

  const DeskDay sampled = desk_day_from_ymd (2026, 11, 20);
  g_assert_cmpint (desk_lot_test_due (&limits[STERILITY], sampled), ==, desk_day_from_ymd (2026, 12, 4));
  g_assert_cmpint (desk_lot_test_due (&limits[VIABILITY], sampled), ==, sampled);
}

static void
test_plan_numbers (void)
{
  static const struct
  {
    const char *text, *folded;
    gboolean good;
  } cases[] = {
    { "PC3150325", "PC3150325", TRUE }, { "PC5170071", "PC5170071", TRUE },   { "PB3150001", "PB3150001", TRUE },
    { "PA3150001", "PA3150001", TRUE }, { "PD3150325", "PD3150325", FALSE },  { "PC315032", "PC315032", FALSE },
    { "PC31503255", "PC31503255", FALSE }, { "pc3150325", "PC3150325", TRUE }, { "ＰＣ３１５０３２５", "PC3150325", TRUE },
    { " PC 3150325 ", "PC3150325", TRUE }, { "PC315032A", "PC315032A", FALSE }, { "", "", FALSE }, { "P", "P", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = desk_plan_number_fold (cases[i].text);

      g_assert_cmpstr (folded, ==, cases[i].folded);
      g_assert_cmpint (desk_plan_number_good (folded), ==, cases[i].good);
    }
  g_assert_false (desk_plan_number_good ("pc3150325"));
}

/* ── release ─────────────────────────────────────────────────────────────────────────────────── */

static GPtrArray *
all_tests (void)
{
  GPtrArray *tests = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    g_ptr_array_add (tests, &limits[i]);
  return tests;
}

static void
add_result (GPtrArray *results, const char *test, const char *how, gint64 unit_id)
{
  DeskResult *result = g_new0 (DeskResult, 1);

  result->test = g_strdup (test);
  result->unit_id = unit_id;
  result->passed = !g_str_equal (how, "failed");
  result->stage = g_strdup (g_str_equal (how, "preliminary") ? "preliminary" : "final");
  result->entered_by = 1;
  result->checked_by = g_str_equal (how, "final") ? 9 : 0;
  g_ptr_array_add (results, result);
}

static char *
words_of (DeskProblems *problems)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (text, "%s:%s ", desk_problems_get (problems, i)->field, desk_problems_get (problems, i)->code);
  return g_string_free (text, FALSE);
}

static void
assert_release (GPtrArray *results, gint64 unit_id, gint64 releaser, const char *expected)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GPtrArray) tests = all_tests ();

  desk_release_check (tests, results, unit_id, releaser, problems);
  g_autofree char *words = words_of (problems);
  g_assert_cmpstr (words, ==, expected);
}

static void
assert_conditional (GPtrArray *results, gint64 releaser, gint64 physician, const char *pending, const char *expected)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GPtrArray) tests = all_tests ();
  g_autofree char *codes = desk_release_conditional_check (tests, results, 0, releaser, physician, problems);
  g_autofree char *words = words_of (problems);

  g_assert_cmpstr (codes, ==, pending);
  g_assert_cmpstr (words, ==, expected);
}

static void
test_release (void)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_result_free);

  add_result (results, "viability", "final", 0);
  add_result (results, "count", "final", 0);
  add_result (results, "purity", "unchecked", 0);
  assert_release (results, 0, 2, "purity:result-not-checked endotoxin:result-not-final mycoplasma:result-not-final sterility:result-not-final ");
  assert_conditional (results, 2, 3, "mycoplasma,sterility", "purity:result-not-checked endotoxin:result-not-final ");
  add_result (results, "purity", "final", 0);
  add_result (results, "endotoxin", "final", 0);
  assert_conditional (results, 2, 3, "mycoplasma,sterility", "");
  assert_conditional (results, 2, 2, "mycoplasma,sterility", "physician:same-person ");
  assert_conditional (results, 2, 0, "mycoplasma,sterility", "physician:missing ");
  assert_conditional (results, 1, 3, "mycoplasma,sterility", "performer:released-by-tester ");
  add_result (results, "mycoplasma", "final", 0);
  add_result (results, "sterility", "preliminary", 0);
  assert_release (results, 0, 2, "sterility:result-not-final "); /* a preliminary result is no final one */
  assert_conditional (results, 2, 3, "sterility", "");
  add_result (results, "sterility", "final", 0);
  assert_release (results, 0, 2, "");
  assert_release (results, 0, 1, "performer:released-by-tester ");
  assert_conditional (results, 2, 3, "", "pending:nothing-pending ");
  /* One thawed unit below the limit does not condemn the others. */
  add_result (results, "viability", "failed", 7);
  assert_release (results, 0, 2, "");
  assert_release (results, 8, 2, "");
  assert_release (results, 7, 2, "viability:result-failed ");
  /* A test nobody asks for stops all the same when it failed; what failed is never pending. */
  add_result (results, "gram", "failed", 0);
  assert_release (results, 0, 2, "gram:result-failed ");
  add_result (results, "sterility", "failed", 0);
  assert_conditional (results, 2, 3, "", "sterility:result-failed gram:result-failed pending:nothing-pending ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lot/amounts", test_amounts);
  g_test_add_func ("/lot/verdicts", test_verdicts);
  g_test_add_func ("/lot/limits", test_limits);
  g_test_add_func ("/lot/plan-numbers", test_plan_numbers);
  g_test_add_func ("/lot/release", test_release);
  return g_test_run ();
}
