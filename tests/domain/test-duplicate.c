/* Who may be whom: a table of pairs. */
#include "desk-duplicate.h"

#include <string.h>

typedef struct
{
  const char *family, *given, *native, *birth, *passport, *phone, *email, *kana, *sex;
} Person;

static const struct
{
  const char *what;
  Person a, b;
  const char *level;
  DeskDuplicateReasons reasons;
} pairs[] = {
  { "a passport is one person, whatever the names say", { "LI", "NA", .birth = "1970-01-01", .passport = "E 1234-5678" },
    { "WANG", "FANG", .birth = "1980-02-02", .passport = "E12345678" }, "certain", DESK_SAME_PASSPORT | DESK_OTHER_BIRTH },
  { "no passports are not the same passport", { "LI", "NA" }, { "WANG", "FANG" }, "none", 0 },
  { "birth and name", { "MÜLLER", "Anna", .birth = "1960-05-02" }, { "Muller", "ANNA", .birth = "1960-05-02" }, "likely",
    DESK_SAME_BIRTH | DESK_SAME_NAME },
  { "family and given name the wrong way round", { "VAN AN", "NGUYEN", .birth = "1960-05-02" },
    { "Nguyễn", "Văn An", .birth = "1960-05-02" }, "likely", DESK_SAME_BIRTH | DESK_SAME_NAME },
  { "written together", { "NGUYEN", "VANAN", .birth = "1960-05-02" }, { "NGUYEN", "VAN AN", .birth = "1960-05-02" }, "likely",
    DESK_SAME_BIRTH | DESK_SAME_NAME },
  { "one has both in one field", { "山田太郎", .birth = "1955-12-01" }, { "YAMADA", "TARO", "山田 太郎", .birth = "1955-12-01" },
    "likely", DESK_SAME_BIRTH | DESK_SAME_NAME },
  { "kana in two widths", { "YAMADA", "", .kana = "ﾔﾏﾀﾞ ﾀﾛｳ", .birth = "1955-12-01" },
    { "やまだ", "たろう", .birth = "1955-12-01" }, "likely", DESK_SAME_BIRTH | DESK_SAME_NAME },
  { "Arabic with and without hamza", { "أحمد", .birth = "1971-03-04" }, { "احمد", .birth = "1971-03-04" }, "likely",
    DESK_SAME_BIRTH | DESK_SAME_NAME },
  { "a month within which the day is", { "KIM", "MINJUN", .birth = "1988-07" }, { "KIM", "MINJUN", .birth = "1988-07-19" },
    "likely", DESK_SAME_BIRTH_PART | DESK_SAME_NAME },
  { "only the year", { "KIM", "MINJUN", .birth = "1988" }, { "KIM", "MINJUN", .birth = "1988-07-19" }, "likely",
    DESK_SAME_BIRTH_PART | DESK_SAME_NAME },
  { "another month", { "KIM", "MINJUN", .birth = "1988-08" }, { "KIM", "MINJUN", .birth = "1988-07-19" }, "none",
    DESK_OTHER_BIRTH | DESK_SAME_NAME },
  { "birth alone is a coincidence", { "KIM", "MINJUN", .birth = "1988-07-19" }, { "SATO", "ICHIRO", .birth = "1988-07-19" },
    "none", DESK_SAME_BIRTH },
  { "birth not known", { "KIM", "MINJUN" }, { "KIM", "MINJUN", .birth = "1988-07-19" }, "possible", DESK_SAME_NAME },
  { "name and telephone, birth not known", { "KIM", "MINJUN", .phone = "+82 10-1234-5678" },
    { "KIM", "MINJUN", .birth = "1988-07-19", .phone = "010 1234 5678" }, "likely", DESK_SAME_NAME | DESK_SAME_PHONE },
  { "father and son", { "KIM", "MINJUN", .birth = "1958-07-19", .phone = "+82 10-1234-5678" },
    { "KIM", "MINJUN", .birth = "1988-07-19", .phone = "+82 10-1234-5678" }, "possible",
    DESK_SAME_NAME | DESK_SAME_PHONE | DESK_OTHER_BIRTH },
  { "husband and wife", { "SMITH", "JOHN", .birth = "1958-07-19", .email = "smiths@example.com" },
    { "SMITH", "MARY", .birth = "1960-01-19", .email = "smiths@example.com" }, "none", DESK_SAME_EMAIL | DESK_OTHER_BIRTH },
  { "birth and e-mail after a marriage", { "SMITH", "MARY", .birth = "1960-01-19", .email = "Mary@Example.com" },
    { "JONES", "MARY", .birth = "1960-01-19", .email = "mary@example.com" }, "likely", DESK_SAME_BIRTH | DESK_SAME_EMAIL },
  { "the end of a short number says nothing", { "A", "B", .phone = "5678" }, { "C", "D", .phone = "15678" }, "none", 0 },
  { "one of several numbers", { "SATO", "A", .phone = "+81 3 1234 5678, +81 90 1111 2222" },
    { "ITO", "B", .phone = "090-1111-2222" }, "possible", DESK_SAME_PHONE },
  { "sounding alike is another name", { "SMITH", "JON", .birth = "1960-01-19" }, { "SMYTH", "JOHN", .birth = "1960-01-19" },
    "none", DESK_SAME_BIRTH },
  { "sex has no weight", { "LEE", "SUN", .birth = "1960-01-19", .sex = "F" }, { "LEE", "SUN", .birth = "1960-01-19", .sex = "M" },
    "likely", DESK_SAME_BIRTH | DESK_SAME_NAME },
  { "empty names are nobody's", { "", "", .birth = "1960-01-19" }, { "", "", .birth = "1960-01-19" }, "none", DESK_SAME_BIRTH },
};

static DeskPatient *
make (const Person *person)
{
  DeskPatient *patient = desk_patient_new ();
  const char *values[] = { person->family, person->given, person->native, person->birth, person->passport,
                           person->phone, person->email, person->kana, person->sex };
  char **const places[] = { &patient->family, &patient->given, &patient->family_native, &patient->birth, &patient->passport,
                            &patient->phone, &patient->email, &patient->kana, &patient->sex };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (values[i])
      {
        g_free (*places[i]);
        *places[i] = g_strdup (values[i]);
      }
  return patient;
}

static void
test_pairs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (DeskPatient) a = make (&pairs[i].a), b = make (&pairs[i].b);
      DeskDuplicate forth = desk_duplicate_score (a, b), back = desk_duplicate_score (b, a);

      if (strcmp (desk_duplicate_level_code (forth.level), pairs[i].level) != 0 || forth.reasons != pairs[i].reasons)
        g_error ("%s: %s, %x", pairs[i].what, desk_duplicate_level_code (forth.level), forth.reasons);
      g_assert_cmpint (forth.level, ==, back.level);
      g_assert_cmpint (forth.reasons, ==, back.reasons);
    }
}

/* Whatever is likely shares a key, or the search of a whole clinic would not see it. */
static void
test_keys (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (DeskPatient) a = make (&pairs[i].a), b = make (&pairs[i].b);
      g_autoptr (GPtrArray) left = desk_duplicate_keys (a), right = desk_duplicate_keys (b);
      gboolean shared = FALSE;

      for (guint k = 0; k < left->len; k++)
        shared = shared || g_ptr_array_find_with_equal_func (right, left->pdata[k], g_str_equal, NULL);
      if (desk_duplicate_score (a, b).level >= DESK_DUPLICATE_LIKELY && !shared)
        g_error ("%s: no key in common", pairs[i].what);
    }
}

static void
test_former (void)
{
  g_autoptr (DeskPatient) a = make (&(Person){ "SMITH", "MARY", .birth = "1960-01-19" });
  g_autoptr (DeskPatient) b = make (&(Person){ "JONES", "MARY", .birth = "1960-01-19" });
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);
  gboolean known = FALSE;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (fields[i].name, "former"))
      {
        desk_patient_set (b, &fields[i], "Mary Brown; Mary Smith");
        known = TRUE;
      }
  if (!known)
    {
      g_test_skip ("the record has no former names");
      return;
    }
  g_assert_cmpint (desk_duplicate_score (a, b).level, ==, DESK_DUPLICATE_LIKELY);
  g_assert_cmpint (desk_duplicate_score (a, b).reasons, ==, DESK_SAME_BIRTH | DESK_SAME_FORMER_NAME);
}

static void
test_codes (void)
{
  g_assert_cmpstr (desk_duplicate_reason_code (DESK_SAME_PASSPORT), ==, "passport");
  g_assert_cmpstr (desk_duplicate_reason_code (DESK_OTHER_BIRTH), ==, "other-birth");
  g_assert_null (desk_duplicate_reason_code (DESK_SAME_BIRTH | DESK_SAME_NAME));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duplicate/pairs", test_pairs);
  g_test_add_func ("/duplicate/keys", test_keys);
  g_test_add_func ("/duplicate/former", test_former);
  g_test_add_func ("/duplicate/codes", test_codes);
  return g_test_run ();
}
