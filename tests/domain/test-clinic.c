#include <string.h>

#include "desk-clinic.h"

static DeskClinic *
good_clinic (void)
{
  DeskClinic *clinic = g_new0 (DeskClinic, 1);

  clinic->name = g_strdup ("  Sakura  Clinic ");
  clinic->opens = 540;
  clinic->closes = 1080;
  clinic->closed_weekdays = g_strdup ("7");
  desk_clinic_tidy (clinic);
  return clinic;
}

static void
set (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static void
test_tidy (void)
{
  g_autoptr (DeskClinic) clinic = good_clinic ();
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  g_assert_cmpstr (clinic->name, ==, "Sakura Clinic");
  g_assert_cmpstr (clinic->phone, ==, "");
  desk_clinic_check (clinic, problems);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Each field with a text, and what is said about it: NULL nothing, "!" before a code that only warns. */
static void
test_fields (void)
{
  static const struct
  {
    gsize offset;
    const char *field, *text, *said;
  } rows[] = {
    { G_STRUCT_OFFSET (DeskClinic, name), "name", "", "missing" },
    { G_STRUCT_OFFSET (DeskClinic, name), "name", "a\nb", "control-character" },
    { G_STRUCT_OFFSET (DeskClinic, email), "email", "front@clinic.example", NULL },
    { G_STRUCT_OFFSET (DeskClinic, email), "email", "front at clinic", "not-an-address" },
    { G_STRUCT_OFFSET (DeskClinic, email), "email", "@clinic.example", "not-an-address" },
    { G_STRUCT_OFFSET (DeskClinic, plan_number), "plan_number", "PC3150325", NULL },
    { G_STRUCT_OFFSET (DeskClinic, plan_number), "plan_number", "PD3150325", "!not-a-plan-number" },
    { G_STRUCT_OFFSET (DeskClinic, plan_number), "plan_number", "PC315032", "!not-a-plan-number" },
    { G_STRUCT_OFFSET (DeskClinic, plan_number), "plan_number", "P", "!not-a-plan-number" },
    { G_STRUCT_OFFSET (DeskClinic, facility), "facility", "FC3140025", NULL },
    { G_STRUCT_OFFSET (DeskClinic, facility), "facility", "PC3140025", "!not-a-facility-number" },
    { G_STRUCT_OFFSET (DeskClinic, closed_weekdays), "closed_weekdays", "123456", NULL },
    { G_STRUCT_OFFSET (DeskClinic, closed_weekdays), "closed_weekdays", "1234567", "!never-open" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DeskClinic) clinic = good_clinic ();
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      set (G_STRUCT_MEMBER_P (clinic, rows[i].offset), rows[i].text);
      desk_clinic_check (clinic, problems);
      const DeskProblem *problem = desk_problems_find (problems, rows[i].field);
      g_assert_cmpuint (problems->len, ==, rows[i].said ? 1 : 0);
      if (!rows[i].said)
        continue;
      g_assert_nonnull (problem);
      g_assert_cmpstr (problem->code, ==, rows[i].said + (*rows[i].said == '!'));
      g_assert_cmpint (problem->warning, ==, *rows[i].said == '!');
    }
}

static void
test_hours (void)
{
  static const struct { int opens, closes; gboolean good; } rows[]
      = { { 0, 1440, TRUE }, { 540, 545, TRUE }, { 540, 540, FALSE }, { 1080, 540, FALSE }, { -5, 540, FALSE }, { 540, 1445, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DeskClinic) clinic = good_clinic ();
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      clinic->opens = rows[i].opens;
      clinic->closes = rows[i].closes;
      desk_clinic_check (clinic, problems);
      g_assert_cmpint (problems->len == 0, ==, rows[i].good);
    }
}

static void
test_staff (void)
{
  DeskStaff nobody = { .name = (char *) "", .role = (char *) "nurse" };
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_staff_check (&nobody, problems);
  g_assert_cmpstr (desk_problems_find (problems, "name")->code, ==, "missing");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clinic/tidy", test_tidy);
  g_test_add_func ("/clinic/fields", test_fields);
  g_test_add_func ("/clinic/hours", test_hours);
  g_test_add_func ("/clinic/staff", test_staff);
  return g_test_run ();
}
