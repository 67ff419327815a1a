#include "desk-patient.h"

#include <string.h>

static DeskDay
today (void)
{
  return desk_day_from_ymd (2026, 3, 15);
}

static void
set (DeskPatient *patient, const char *name, const char *value)
{
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (fields[i].name, name))
      {
        desk_patient_set (patient, &fields[i], value);
        return;
      }
  g_assert_not_reached ();
}

/* A value in one field of a good record, and the code it must give there (NULL for none). */
static const struct
{
  const char *field, *value, *code;
} checks[] = {
  { "family", "", "missing" },
  { "family", "Ng", NULL },
  { "family", "<b>Bobby</b> '; DROP TABLE patient; --", NULL },
  { "family", "A\x01" "B", "control-character" },
  { "family", "A\x7f", "control-character" },
  { "family", "A\xc2\x85", "control-character" },
  { "family", "A\nB", "control-character" },
  { "family", "A\xe2\x80\xae" "B", "control-character" },
  { "family", "A\xef\xbf\xbf", "control-character" },
  { "family", "A\xff", "control-character" },
  { "given", "", NULL },
  { "address", "1-2-3\nShibuya", NULL },
  { "note", "a\nb", NULL },
  { "note", "a\x1b[31m", "control-character" },
  { "birth", "", NULL },
  { "birth", "1956", NULL },
  { "birth", "1956-06", NULL },
  { "birth", "1956-06-12", NULL },
  { "birth", "2026-03-15", NULL },
  { "birth", "2026-03-16", "in-future" },
  { "birth", "2026-04", "in-future" },
  { "birth", "2027", "in-future" },
  { "birth", "3 September 1956", "not-a-date" },
  { "birth", "1900-03-16", NULL },
  { "birth", "1899-03-15", "too-long-ago" },
  { "birth", "1956-02-30", "not-a-date" },
  { "birth", "1956-6-12", "not-a-date" },
  { "birth", "12.6.1956", "not-a-date" },
  { "sex", "F", NULL },
  { "sex", "Q", "unknown" },
  { "nationality", "", NULL },
  { "nationality", "VNM", NULL },
  { "nationality", "ZZZ", "unknown-country" },
  { "nationality", "Narnia", "unknown-country" },
  { "passport_until", "2030-01-01", NULL },
  { "passport_until", "2026-03-14", "expired" },
  { "passport_until", "2030-01", "not-a-date" },
  { "passport", "C1234567", NULL },
  { "passport", "Ç1234567", "not-a-passport" },
  { "passport", "c1234567", "not-a-passport" }, /* until tidied */
  { "passport", "C1234567<", "not-a-passport" },
  { "languages", "vi,en", NULL },
  { "languages", "Vietnamese", "not-a-language" },
  { "languages", "vi,,en", "not-a-language" },
  { "kana", "グエン・ティ　フオン", NULL },
  { "kana", "ｻﾄｳ ﾀﾛｰ", NULL },
  { "kana", "さとう", NULL },
  { "kana", "Nguyen", "not-kana" },
  { "kana", "佐藤", "not-kana" },
  { "email", "a@b.example", NULL },
  { "email", "用户@例子.广告", NULL },
  { "email", "a.b.example", "not-an-address" },
  { "email", "@b.example", "not-an-address" },
  { "email", "a@b", "not-an-address" },
  { "email", "a@b.", "not-an-address" },
  { "email", "a@@b.example", "not-an-address" },
  { "email", "a b@c.example", "not-an-address" },
  { "purpose", "prevention", NULL },
  { "purpose", "holiday", "unknown" },
  { "diagnosed_on", "2026-05", "in-future" },
};

static void
test_check (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autoptr (DeskPatient) patient = desk_patient_new ();
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      set (patient, "family", "Nguyen");
      set (patient, checks[i].field, checks[i].value);
      desk_patient_check (patient, today (), problems);
      const DeskProblem *problem = desk_problems_find (problems, checks[i].field);
      if (g_strcmp0 (problem ? problem->code : NULL, checks[i].code) != 0 || problems->len > 1)
        g_error ("%s «%s»: %s", checks[i].field, checks[i].value, problem ? problem->code : "accepted");
    }
}

static void
test_too_long (void)
{
  g_autofree char *name = g_strnfill (10000, 'x');
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DeskPatient) patient = desk_patient_new ();
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      desk_patient_set (patient, &fields[i], name);
      desk_patient_check (patient, today (), problems);
      if (fields[i].max < 10000)
        g_assert_cmpstr (desk_problems_find (problems, fields[i].name)->code, ==, "too-long");
      else
        g_assert_null (desk_problems_find (problems, fields[i].name));
    }
}

/* The limit counts characters, not bytes. */
static void
test_long_enough (void)
{
  g_autoptr (DeskPatient) patient = desk_patient_new ();
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GString) name = g_string_new (NULL);

  for (int i = 0; i < 120; i++)
    g_string_append (name, "鬱");
  set (patient, "family", "U");
  set (patient, "family_native", name->str);
  desk_patient_check (patient, today (), problems);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_tidy (void)
{
  static const struct
  {
    const char *field, *value, *tidy;
  } cases[] = {
    { "passport", " ｃ１２ 345-67 ", "C1234567" },
    { "passport", "ç12", "Ç12" },
    { "family", "  NGUYEN   THI\t HUONG ", "NGUYEN THI HUONG" },
    { "family", "e\xcc\x81", "é" },
    { "family", "A\nB", "A B" },
    { "family", "a\xff", "a\xef\xbf\xbd" },
    { "family_native", "　山田　　太郎 ", "山田　太郎" },
    { "address", " 1-2-3 \n  Shibuya  ku\n\n", "1-2-3\nShibuya ku" },
    { "nationality", " vnm", "VNM" },
    { "languages", "VI, en", "vi,en" },
    { "sex", "f", "F" },
    { "sex", "", "X" },
    { "purpose", NULL, "treatment" },
    { "note", NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskPatient) patient = desk_patient_new ();
      guint n;
      const DeskPatientField *fields = desk_patient_fields (&n);

      set (patient, cases[i].field, cases[i].value);
      desk_patient_tidy (patient);
      for (guint f = 0; f < n; f++)
        if (g_str_equal (fields[f].name, cases[i].field))
          g_assert_cmpstr (desk_patient_get (patient, &fields[f]), ==, cases[i].tidy);
    }
}

/* A record that another part filled only halfway has no NULL left in it. */
static void
test_never_null (void)
{
  DeskPatient *patient = g_new0 (DeskPatient, 1);
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  patient->family = g_strdup ("Mononym");
  g_autoptr (DeskPatient) copy = desk_patient_copy (patient);
  desk_patient_tidy (patient);
  for (guint i = 0; i < n; i++)
    {
      g_assert_nonnull (G_STRUCT_MEMBER (char *, patient, fields[i].offset));
      g_assert_nonnull (G_STRUCT_MEMBER (char *, copy, fields[i].offset));
    }
  g_autofree char *name = desk_patient_name (patient);
  g_autofree char *native = desk_patient_native_name (patient);
  g_assert_cmpstr (name, ==, "Mononym");
  g_assert_cmpstr (native, ==, "");
  desk_patient_free (patient);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/patient/check", test_check);
  g_test_add_func ("/patient/too-long", test_too_long);
  g_test_add_func ("/patient/long-enough", test_long_enough);
  g_test_add_func ("/patient/tidy", test_tidy);
  g_test_add_func ("/patient/never-null", test_never_null);
  return g_test_run ();
}
