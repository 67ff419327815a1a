#include "desk-lab.h"

static void
test_table (void)
{
  guint n;
  const DeskLabTest *tests = desk_lab_tests (&n);

  g_assert_cmpuint (n, ==, 48);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) codes = g_strsplit (tests[i].alternatives, " ", -1);

      g_assert_true (desk_lab_find (tests[i].id) == &tests[i]);
      g_assert_true (desk_lab_find_name (tests[i].id) == &tests[i]);
      g_assert_true (!*tests[i].loinc || (desk_loinc_valid (tests[i].loinc) && desk_lab_find_loinc (tests[i].loinc) == &tests[i]));
      for (guint j = 0; codes[j]; j++)
        g_assert_true (!*codes[j] || (desk_loinc_valid (codes[j]) && desk_lab_find_loinc (codes[j]) == &tests[i]));
    }
}

static const struct
{
  const char *name, *id;
} names[] = {
  { "WBC", "wbc" }, { "ｗｂｃ", "wbc" }, { "白血球数", "wbc" }, { "CA19-9", "ca199" }, { "CA 19-9", "ca199" }, { "ca199", "ca199" },
  { "HBs抗原", "hbsag" }, { "HBs-Ag", "hbsag" }, { "HBs抗体", "antihbs" }, { "HBsAb", "antihbs" }, { "γ-GTP", "ggt" }, { "r-GTP", NULL },
  { "Mono%", "mono_p" }, { "Mono#", "mono_n" }, { "HTLV I/II", "htlv" }, { "C反応性蛋白", "crp" }, { "", NULL }, { "CA", NULL },
  { "CA 125 II", NULL },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const DeskLabTest *test = desk_lab_find_name (names[i].name);

      g_test_message ("%s", names[i].name);
      g_assert_cmpstr (test ? test->id : NULL, ==, names[i].id);
    }
  g_assert_cmpstr (desk_lab_find_loinc ("5193-8")->id, ==, "antihbs");
  g_assert_cmpstr (desk_lab_find_loinc ("10334-1")->id, ==, "ca125");
  g_assert_cmpstr (desk_lab_find_loinc ("25390-6")->id, ==, "cyfra");
  g_assert_null (desk_lab_find_loinc ("5193"));
  g_assert_cmpstr (desk_lab_find_jlac10 ("2A010000001966101")->id, ==, "wbc");
  g_assert_null (desk_lab_find_jlac10 ("2A010"));
  g_assert_null (desk_lab_find_jlac10 ("3C020000002327101")); /* uric acid: not one of ours */
}

static void
test_loinc (void)
{
  const char *wrong[] = { "6690-1", "6690", "6690-", "-2", "6690-22", "66a0-2", "", "2039-5", "5196-8" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (desk_loinc_valid (wrong[i]));
  guint n_tests, n_codes = 0;
  const DeskLabTest *tests = desk_lab_tests (&n_tests);
  for (guint i = 0; i < n_tests; i++)
    {
      g_autofree char *all = g_strdup_printf ("%s %s", tests[i].loinc, tests[i].alternatives);
      g_auto (GStrv) codes = g_strsplit (all, " ", -1);

      for (guint j = 0; codes[j]; j++)
        for (char *p = codes[j]; *p; p++)
          {
            char own = *p;

            n_codes += p == codes[j];
            for (char digit = '0'; own != '-' && digit <= '9'; digit++)
              {
                *p = digit;
                g_assert_cmpint (desk_loinc_valid (codes[j]), ==, digit == own);
              }
            *p = own;
          }
    }
  g_assert_cmpuint (n_codes, ==, 70);
  g_assert_true (desk_loinc_valid ("6690-2"));
  g_assert_true (desk_loinc_valid ("24108-3"));
  g_assert_false (desk_loinc_valid (NULL));
}

static const struct
{
  const char *sent, *comparator, *value;
} splits[] = {
  { "5.4", "", "5.4" }, { "<0.5", "<", "0.5" }, { " < 0.50 ", "<", "0.50" }, { "≦5", "<=", "5" }, { "≥100", ">=", "100" }, { "＜0.5", "<", "0.5" },
  { ">=10", ">=", "10" }, { "0.5未満", "<", "0.5" }, { "5以下", "<=", "5" }, { "1000以上", ">=", "1000" }, { "0.5 미만", "<", "0.5" },
  { "Negative", "", "Negative" }, { "<LOD", "", "<LOD" }, { "", "", "" }, { "1:8", "", "1:8" }, { "1,200", "", "1,200" }, { "<1,5", "", "<1,5" },
  { "未満", "", "未満" }, { "<", "", "<" }, { "<1:1", "", "<1:1" },
};

static void
test_split (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (splits); i++)
    {
      const char *comparator;
      g_autofree char *value = NULL;

      desk_lab_split (splits[i].sent, &comparator, &value);
      g_test_message ("%s", splits[i].sent);
      g_assert_cmpstr (comparator, ==, splits[i].comparator);
      g_assert_cmpstr (value, ==, splits[i].value);
    }
}

static const struct
{
  const char *comparator, *value, *range, *flag;
} flags[] = {
  { "", "5.4", "3.3-8.6", "N" }, { "", "3.3", "3.3～8.6", "N" }, { "", "3.2", "3.3 – 8.6", "L" }, { "", "8.7", "3.3〜8.6", "H" },
  { "", "5.0", "<5.0", "H" }, { "", "4.9", "<5.0", "N" }, { "", "5.0", "≦5.0", "N" }, { "", "5.1", "5.0以下", "H" }, { "", "5.0", "5.0未満", "H" },
  { "", "9", "10以上", "L" }, { "<", "0.5", "0-5.0", "N" }, { "<", "5.0", "<5.0", "N" }, { "<", "6", "0-5.0", "" }, { "<", "3.3", "3.3-8.6", "L" },
  { "<", "5", "3.3-8.6", "" }, { ">", "100", "0-37", "H" }, { ">", "37", "0-37", "H" }, { ">=", "37", "0-37", "" }, { ">", "20", "0-37", "" },
  { "", "440", "M: 435-555 F: 386-492", "" }, { "", "Negative", "0-5", "" }, { "", "5", "", "" }, { "", "５．４", "３．３－８．６", "N" },
  { "", "5", "8-3", "" }, { "", "-1", "-3--1", "N" }, { "", "5", "-", "" }, { "", "5", "(-)", "" },
};

static void
test_flags (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_test_message ("%s%s in %s", flags[i].comparator, flags[i].value, flags[i].range);
      g_assert_cmpstr (desk_lab_flag (flags[i].comparator, flags[i].value, flags[i].range), ==, flags[i].flag);
    }
}

static const struct
{
  const char *test, *comparator, *value, *range, *flag, *outcome;
} outcomes[] = {
  { "hiv", "", "Negative", "", "N", "nonreactive" }, { "hiv", "", "NON-REACTIVE", "", "", "nonreactive" }, { "hiv", "", "Non reactive", "", "", "nonreactive" },
  { "hiv", "", "Reactive", "", "A", "reactive" }, { "hiv", "", "(-)", "(-)", "", "nonreactive" }, { "hiv", "", "（－）", "", "", "nonreactive" },
  { "hiv", "", "-", "", "", "nonreactive" }, { "hiv", "", "(+)", "", "", "reactive" }, { "hiv", "", "±", "", "", "indeterminate" },
  { "hcvab", "", "陰性", "", "", "nonreactive" }, { "hcvab", "", "阴性", "", "", "nonreactive" }, { "hcvab", "", "음성", "", "", "nonreactive" },
  { "hcvab", "", "陽性", "", "", "reactive" }, { "hcvab", "", "阳性(+)", "", "", "reactive" }, { "hcvab", "", "判定保留", "", "", "indeterminate" },
  { "hcvab", "", "疑陽性", "", "", "indeterminate" }, { "hcvab", "", "陰性(0.1)", "", "", "nonreactive" }, { "hcvab", "", "弱陽性", "", "", "reactive" },
  { "hcvab", "", "0.3", "<1.0", "", "nonreactive" }, { "hcvab", "", "1.0", "1.0未満", "", "reactive" }, { "hcvab", "", "12.4", "0-0.9", "H", "reactive" },
  { "hcvab", "", "0.3", "", "", "" }, { "hcvab", "", "0.3", "(-)", "N", "nonreactive" }, { "hcvab", "", "1.2", "(-)", "", "" },
  { "hcvab", "", "1.2", "(-)", "A", "reactive" }, { "hbsag", "<", "0.05", "<0.05", "", "nonreactive" }, { "hbsag", "<", "5", "<1.0", "", "indeterminate" },
  { "hbsag", ">", "250", "<0.05", "", "reactive" }, { "hbsag", "", "Negative", "", "A", "indeterminate" }, { "hbsag", "", "陰性 陽性", "", "", "indeterminate" },
  { "antihbs", "", "125.3", "<10.0", "", "reactive" }, { "antihbs", "", "Positive", "", "N", "reactive" }, { "antihbs", "<", "10", "<10", "", "nonreactive" },
  { "rpr", "", "0.4", "<1.0", "", "nonreactive" }, { "rpr", "", "1:8", "", "", "" }, { "rpr", "", "1:8", "", "A", "reactive" },
  { "hiv", "", "Not detected", "", "", "nonreactive" }, { "hiv", "", "see comment", "", "", "" }, { "hiv", "", "", "", "N", "" },
  { "cea", "", "Negative", "", "", "" },
};

static void
test_outcomes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_test_message ("%s %s%s in %s, %s", outcomes[i].test, outcomes[i].comparator, outcomes[i].value, outcomes[i].range, outcomes[i].flag);
      g_assert_cmpstr (desk_lab_outcome (desk_lab_find (outcomes[i].test), outcomes[i].comparator, outcomes[i].value, outcomes[i].range, outcomes[i].flag), ==, outcomes[i].outcome);
    }
  g_assert_false (desk_lab_find ("antihbs")->biohazard);
  g_assert_true (desk_lab_find ("hbsag")->biohazard);
}

static const struct
{
  const char *sent, *unit;
} units[] = {
  { "万/μL", "10*4/uL" }, { "10^4/µL", "10*4/uL" }, { "×10⁴/μL", "10*4/uL" }, { "x10^3/uL", "10*3/uL" }, { "10*3/uL", "10*3/uL" }, { "10E3/uL", "10*3/uL" },
  { "/μl", "/uL" }, { "/mm³", "/uL" }, { "K/uL", "10*3/uL" }, { "mg/dl", "mg/dL" }, { "㎎/㎗", "mg/dL" }, { "IU/L", "U/L" }, { "IU/mL", "IU/mL" },
  { "[arb'U]/mL", "U/mL" }, { "m[IU]/mL", "mIU/mL" }, { "C.O.I", "COI" }, { "fl", "fL" }, { "％", "%" }, { "", "" }, { "百万/μL", "10*6/uL" },
};

static const struct
{
  const char *test, *value, *from, *to, *result;
} conversions[] = {
  { "rbc", "432", "10^4/µL", "10*6/uL", "4.32" }, { "rbc", "4.32", "10*12/L", "万/μL", "432" }, { "plt", "21.5", "万/μL", "10*3/uL", "215" },
  { "plt", "215", "10*9/L", "10^4/µL", "21.5" }, { "crp", "0.14", "mg/dL", "mg/L", "1.4" }, { "crp", "3", "mg/L", "mg/dL", "0.3" },
  { "hgb", "13.7", "g/dL", "g/L", "137" }, { "hgb", "9", "g/L", "g/dL", "0.9" }, { "wbc", "5400", "/µL", "10*3/uL", "5.400" }, { "wbc", "5.4", "10*3/uL", "/uL", "5400" },
  { "cea", "3.1", "ng/mL", "ng/ml", "3.1" }, { "cea", "3.1", "ng/mL", "U/mL", NULL }, { "alp", "90", "U/L", "JSCC U/L", NULL }, { "rpr", "1.0", "R.U.", "倍", NULL },
  { "afp", "5", "ng/mL", "IU/mL", NULL }, { "wbc", "many", "/uL", "10*3/uL", NULL }, { "cre", "0.9", "mg/dL", "umol/L", NULL }, { "", "5", "g/dL", "g/L", NULL },
  { "cells", "5", "/uL", "10*3/uL", NULL },
  /* Never: by method, by kit, by antibody, or not by a power of ten. */
  { "alp", "250", "JSCC U/L", "IFCC U/L", NULL }, { "alp", "90", "U/L", "ukat/L", NULL }, { "rpr", "8", "R.U.", "titer", NULL },
  { "rpr", "8", "倍", "R.U.", NULL }, { "cea", "3.1", "ng/mL", "ug/L", NULL }, { "cea", "3.1", "ug/L", "ng/mL", NULL },
  { "ca199", "37", "U/mL", "kU/L", NULL }, { "ca125", "35", "U/mL", "IU/mL", NULL }, { "ca153", "25", "U/mL", "ng/mL", NULL },
  { "psa", "4", "ng/mL", "ug/L", NULL }, { "nse", "16", "ng/mL", "U/mL", NULL }, { "cyfra", "3.5", "ng/mL", "U/mL", NULL },
  { "scc", "1.5", "ng/mL", "U/mL", NULL }, { "progrp", "80", "pg/mL", "ng/L", NULL }, { "antihbs", "10", "mIU/mL", "COI", NULL },
  { "hbsag", "0.05", "IU/mL", "COI", NULL }, { "hcvab", "1", "COI", "S/CO", NULL }, { "hbsag", "0.05", "IU/mL", "mIU/mL", NULL },
  { "tbil", "1.2", "mg/dL", "umol/L", NULL }, { "bun", "14", "mg/dL", "mmol/L", NULL }, { "hgb", "14", "g/dL", "mmol/L", NULL },
  { "hct", "42", "%", "L/L", NULL }, { "crp", "0.1", "mg/dL", "nmol/L", NULL }, { "crp", "5", "g/dL", "g/L", NULL },
  { "hgb", "14", "10*3/uL", "/uL", NULL }, { "wbc", "5", "g/dL", "g/L", NULL }, { "neut_p", "60", "%", "/uL", NULL },
  { "ast", "30", "U/L", "nkat/L", NULL }, { "mcv", "90", "fL", "um3", NULL }, { "wbc", "5,4", "10*3/uL", "/uL", NULL },
  { "plt", "21.5", "", "10*3/uL", NULL }, { "plt", "21.5", "10*4/uL", "", NULL },
};

/* No marker, viral test or enzyme is in the table of conversions at all, whatever units it is told in. */
static void
test_never (void)
{
  static const char *const scales[] = { "/uL", "10*3/uL", "10*4/uL", "10*9/L", "mg/dL", "mg/L", "g/dL", "g/L", "U/L", "U/mL", "kU/L", "IU/mL",
                                       "mIU/mL", "ng/mL", "ug/L", "pg/mL", "ng/L", "COI", "S/CO", "R.U.", "%", "" };
  guint n;
  const DeskLabTest *tests = desk_lab_tests (&n);

  for (guint i = 0; i < n; i++)
    for (guint a = 0; a < G_N_ELEMENTS (scales); a++)
      for (guint b = 0; b < G_N_ELEMENTS (scales); b++)
        {
          g_autofree char *result = desk_lab_convert (tests[i].id, "5", scales[a], scales[b]);
          gboolean enzyme = g_str_equal (tests[i].unit, "U/L");

          g_assert_true (a == b || !result || (!tests[i].marker && !tests[i].qualitative && !enzyme));
        }
}

/* Of anti-HBs the good answer is the positive one: no mark, no alarm; of HBs antigen it is the other way round. An index
 * without the laboratory's own cut-off says nothing. */
static void
test_good_and_bad (void)
{
  static const struct
  {
    const char *test, *value, *unit, *range, *outcome, *flag;
    gboolean biohazard;
  } rows[] = {
    { "antihbs", "125", "mIU/mL", "<10", "reactive", "", FALSE }, { "antihbs", "(+)", "", "", "reactive", "", FALSE },
    { "hbsag", "(+)", "", "", "reactive", "", TRUE },             { "hbsag", "2.3", "COI", "", "", "", TRUE },
    { "hcvab", "14.2", "COI", "", "", "", TRUE },                 { "antihbc", "0.1", "COI", "", "", "", TRUE },
    { "hbsag", "0.02", "COI", "1.0未満", "nonreactive", "", TRUE }, { "rpr", "1.4", "R.U.", "", "", "", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DeskLabReport) report = desk_lab_report_new ();
      DeskLabValue *value = desk_lab_report_add (report);

      value->test = g_strdup (rows[i].test);
      value->value = g_strdup (rows[i].value);
      value->unit = g_strdup (rows[i].unit);
      value->range_text = g_strdup (rows[i].range);
      desk_lab_value_settle (value);
      g_test_message ("%s %s", rows[i].test, rows[i].value);
      g_assert_cmpstr (value->outcome, ==, rows[i].outcome);
      g_assert_cmpstr (value->flag, ==, rows[i].flag);
      g_assert_cmpint (desk_lab_find (rows[i].test)->biohazard, ==, rows[i].biohazard);
    }
}

static void
test_units (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *unit = desk_lab_unit (units[i].sent);

      g_assert_cmpstr (unit, ==, units[i].unit);
    }
  for (guint i = 0; i < G_N_ELEMENTS (conversions); i++)
    {
      g_autofree char *result = desk_lab_convert (conversions[i].test, conversions[i].value, conversions[i].from, conversions[i].to);

      g_test_message ("%s %s %s -> %s", conversions[i].test, conversions[i].value, conversions[i].from, conversions[i].to);
      g_assert_cmpstr (result, ==, conversions[i].result);
    }
}

static void
test_settle (void)
{
  g_autoptr (DeskLabReport) report = desk_lab_report_new ();
  DeskLabValue *value = desk_lab_report_add (report);

  value->name = g_strdup ("癌胎児性抗原");
  value->loinc = g_strdup ("2039-6");
  value->value = g_strdup ("0.5未満");
  value->range_text = g_strdup ("5.0以下");
  desk_lab_value_settle (value);
  g_assert_cmpstr (value->test, ==, "cea");
  g_assert_cmpstr (value->comparator, ==, "<");
  g_assert_cmpstr (value->value, ==, "0.5");
  g_assert_cmpstr (value->flag, ==, "N");
  g_assert_cmpstr (value->name, ==, "癌胎児性抗原");
  g_assert_cmpstr (value->outcome, ==, "");

  g_autofree char *female = desk_lab_fallback_range (desk_lab_find ("rbc"), "F"), *unknown = desk_lab_fallback_range (desk_lab_find ("rbc"), "X");
  g_autofree char *marker = desk_lab_fallback_range (desk_lab_find ("ca199"), "X");
  g_assert_cmpstr (female, ==, "386-492");
  g_assert_null (unknown);
  g_assert_cmpstr (marker, ==, "≤37");
}

static void
test_report_check (void)
{
  g_autoptr (DeskLabReport) report = desk_lab_report_new ();
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  report->collected_on = g_strdup ("2026-03-02");
  DeskLabValue *value = desk_lab_report_add (report);
  value->test = g_strdup ("cea");
  desk_lab_report_check (report, desk_day_from_ymd (2026, 3, 1), problems);
  g_assert_cmpstr (desk_problems_find (problems, "collected_on")->code, ==, "in-future");
  g_assert_cmpstr (desk_problems_find (problems, "value")->code, ==, "missing");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/table", test_table);
  g_test_add_func ("/lab/names", test_names);
  g_test_add_func ("/lab/loinc", test_loinc);
  g_test_add_func ("/lab/split", test_split);
  g_test_add_func ("/lab/flags", test_flags);
  g_test_add_func ("/lab/outcomes", test_outcomes);
  g_test_add_func ("/lab/units", test_units);
  g_test_add_func ("/lab/never", test_never);
  g_test_add_func ("/lab/good-and-bad", test_good_and_bad);
  g_test_add_func ("/lab/settle", test_settle);
  g_test_add_func ("/lab/check", test_report_check);
  return g_test_run ();
}
