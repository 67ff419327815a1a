#include "desk-import.h"

#include <string.h>

#define TODAY (desk_day_from_ymd (2026, 11, 22))

static char *
targets_of (const DeskImportPlan *plan)
{
  g_ptr_array_add (plan->targets, NULL);
  char *joined = g_strjoinv (",", (char **) plan->targets->pdata);
  g_ptr_array_set_size (plan->targets, plan->targets->len - 1);
  return joined;
}

static void
test_guess (void)
{
  static const struct
  {
    const char *header, *targets;
  } cases[] = {
    { "Family Name|Given Names|Date of Birth|Sex|Nationality|Passport No.", "family,given,birth,sex,nationality,passport" },
    { "family_name|FIRST-NAME|DOB|gender|country|e-mail", "family,given,birth,sex,nationality,email" },
    { "患者番号|氏名|フリガナ|生年月日|性別|国籍|電話番号", "chart,name,kana,birth,sex,nationality,phone" },
    { "ｼﾒｲ|氏名カナ|メールアドレス|備考", ",kana,email,note" },
    { "phone|mobile|colour", "phone,," },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) header = g_strsplit (cases[i].header, "|", -1);
      g_autoptr (DeskImportPlan) plan = desk_import_plan_new ((const char *const *) header);
      g_autofree char *targets = targets_of (plan);

      g_assert_cmpstr (targets, ==, cases[i].targets);
    }
}

static void
test_set (void)
{
  const char *const header[] = { "a", "b", NULL };
  g_autoptr (DeskImportPlan) plan = desk_import_plan_new (header);
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_import_plan_check (plan, problems);
  g_assert_cmpstr (desk_problems_get (problems, 0)->code, ==, "missing");
  g_assert_true (desk_import_plan_set (plan, 0, "family"));
  g_assert_true (desk_import_plan_set (plan, 0, "family"));
  g_assert_false (desk_import_plan_set (plan, 1, "family"));
  g_assert_false (desk_import_plan_set (plan, 1, "shoes"));
  g_assert_false (desk_import_plan_set (plan, 2, "given"));
  g_assert_true (desk_import_plan_set (plan, 0, ""));
  g_assert_true (desk_import_plan_set (plan, 1, "family"));
}

static void
test_keep (void)
{
  const char *const header[] = { "Name", "D.O.B.", "Shoes", NULL };
  const char *const other[] = { "Shoes", "dob", "Hat", "NAME", NULL };
  g_autoptr (DeskImportPlan) plan = desk_import_plan_new (header);
  plan->order = DESK_DAY_ORDER_MDY;
  g_autofree char *text = desk_import_plan_format (plan, header);
  g_autoptr (DeskImportPlan) again = desk_import_plan_parse (text, other);
  g_autofree char *targets = targets_of (again);

  g_assert_cmpstr (targets, ==, ",birth,,name");
  g_assert_cmpint (again->order, ==, DESK_DAY_ORDER_MDY);

  g_autoptr (DeskImportPlan) nonsense = desk_import_plan_parse ("=\nx\nfamily=\nchart=shoes=\norder=", other);
  g_autofree char *none = targets_of (nonsense);
  g_assert_cmpstr (none, ==, ",,,");
}

/* header, row, field, what it becomes (NULL: not looked at), problem on that field (NULL: none) */
static void
test_row (void)
{
  static const struct
  {
    const char *header, *row, *field, *value, *code;
    DeskDayOrder order;
  } cases[] = {
    { "family|given", "ERIKSSON|Anna", "given", "Anna", NULL },
    { "family|given", "  ERIKSSON |", "family", "ERIKSSON", NULL },
    { "family|given", "|Anna", "family", "", "missing" },
    { "name", "ERIKSSON, Anna Maria", "family", "ERIKSSON", NULL },
    { "name", "ERIKSSON, Anna Maria", "given", "Anna Maria", NULL },
    { "name", "Anna Eriksson", "family", "Anna Eriksson", "name-not-split" },
    { "name", "山田　太郎", "family", NULL, "name-not-split" },
    { "name", "Sukarno", "family", "Sukarno", NULL },
    { "family|sex", "A|女性", "sex", "F", NULL }, { "family|sex", "A|Male", "sex", "M", NULL },
    { "family|sex", "A|m", "sex", "M", NULL },    { "family|sex", "A|", "sex", "X", NULL },
    { "family|sex", "A|robot", "sex", NULL, "too-long" },
    { "family|birth", "A|S36.3.5", "birth", "1961-03-05", NULL },
    { "family|birth", "A|1961", "birth", "1961", NULL },
    { "family|birth", "A|3/4/1961", "birth", "", "ambiguous-date" },
    { "family|birth", "A|3/4/1961", "birth", "1961-04-03", NULL, DESK_DAY_ORDER_DMY },
    { "family|birth", "A|3/4/1961", "birth", "1961-03-04", NULL, DESK_DAY_ORDER_MDY },
    { "family|birth", "A|yesterday", "birth", "", "not-a-date" },
    { "family|birth", "A|2031-01-01", "birth", NULL, "in-future" },
    { "family|nationality", "A|Germany", "nationality", "DEU", NULL },
    { "family|nationality", "A|台湾", "nationality", "TWN", NULL },
    { "family|nationality", "A|us", "nationality", "USA", NULL },
    { "family|nationality", "A|Atlantis", "nationality", NULL, "unknown-country" },
    { "family|languages", "A|English, 中国語", "languages", "en,zh", NULL },
    { "family|languages", "A|ja;EN", "languages", "ja,en", NULL },
    { "family|languages", "A|Klingon", "languages", NULL, "not-a-language" },
    { "family|interpreter", "A|maybe", "interpreter", NULL, "not-imported" },
    { "family|email", "A|nobody", "email", NULL, "not-an-address" },
    { "family|passport", "A|l898902c3", "passport", "L898902C3", NULL },
    { "family|note", "A|first\nsecond", "note", "first\nsecond", NULL },
    { "family|given", "A", "given", "", NULL },
    { "family|given", "A|B|too|many", "given", "B", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) header = g_strsplit (cases[i].header, "|", -1), cells = g_strsplit (cases[i].row, "|", -1);
      g_autoptr (DeskImportPlan) plan = desk_import_plan_new ((const char *const *) header);
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      plan->order = cases[i].order;
      g_autoptr (DeskPatient) patient = desk_import_row (plan, (const char *const *) cells, TODAY, problems);
      const DeskProblem *problem = desk_problems_find (problems, cases[i].field);
      guint n;
      const DeskPatientField *fields = desk_patient_fields (&n);

      if (g_strcmp0 (problem ? problem->code : NULL, cases[i].code) != 0)
        g_error ("%s: %s", cases[i].row, problem ? problem->code : "no problem");
      for (guint f = 0; f < n && cases[i].value; f++)
        if (g_str_equal (fields[f].name, cases[i].field))
          g_assert_cmpstr (desk_patient_get (patient, &fields[f]), ==, cases[i].value);
    }
}

static void
test_interpreter (void)
{
  const char *const header[] = { "family", "通訳", NULL };
  const char *const yes[] = { "A", "要", NULL }, *const no[] = { "A", "不要", NULL };
  g_autoptr (DeskImportPlan) plan = desk_import_plan_new (header);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskPatient) a = desk_import_row (plan, yes, TODAY, problems), b = desk_import_row (plan, no, TODAY, problems);

  g_assert_true (a->interpreter);
  g_assert_false (b->interpreter);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_dates (void)
{
  const char *const header[] = { "family", "birth", NULL };
  g_autoptr (DeskImportPlan) plan = desk_import_plan_new (header);
  static const struct
  {
    const char *date;
    int order; /* -1: says nothing */
  } cases[] = { { "13/4/1961", DESK_DAY_ORDER_DMY }, { "4/13/1961", DESK_DAY_ORDER_MDY }, { "3/4/1961", DESK_DAY_ORDER_NONE },
                { "4/4/1961", -1 }, { "1961-03-04", -1 }, { "S36.3.5", -1 }, { "", -1 }, { "99/99/1961", -1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const cells[] = { "A", cases[i].date, NULL };
      gboolean seen[3] = { FALSE };

      g_assert_cmpint (desk_import_plan_dates (plan, cells, seen), ==, cases[i].order >= 0);
      for (int order = 0; order < 3; order++)
        g_assert_cmpint (seen[order], ==, order == cases[i].order);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/import/guess", test_guess);
  g_test_add_func ("/domain/import/set", test_set);
  g_test_add_func ("/domain/import/keep", test_keep);
  g_test_add_func ("/domain/import/row", test_row);
  g_test_add_func ("/domain/import/interpreter", test_interpreter);
  g_test_add_func ("/domain/import/dates", test_dates);
  return g_test_run ();
}
