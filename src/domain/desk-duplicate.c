#include "desk-duplicate.h"

#include <string.h>

#include "desk-fold.h"

/* So many digits from the end make a number: what stands before them is written in too many ways. */
#define PHONE_TAIL 8

static const char *const levels[] = { "none", "possible", "likely", "certain" };
static const char *const reasons[] = { "passport", "birth", "birth-part", "name", "former-name", "phone", "email", "other-birth" };

/* The name of a level for words, logs and tests; static. */
const char *
desk_duplicate_level_code (DeskDuplicateLevel level)
{
  return levels[level];
}

/* The name of one reason; static, NULL for none. */
const char *
desk_duplicate_reason_code (DeskDuplicateReasons reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reason == (DeskDuplicateReasons) (1u << i))
      return reasons[i];
  return NULL;
}

/* A member that may be empty; former names are among the fields of the record by that name. */
static const char *
member (const DeskPatient *patient, const char *name)
{
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  for (guint i = 0; i < n; i++)
    if (strcmp (fields[i].name, name) == 0)
      {
        const char *text = desk_patient_get (patient, &fields[i]);
        return text ? text : "";
      }
  return "";
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* The folded words in alphabetical order, so that "NGUYEN Van An" and "Van An NGUYEN" are one; a name that is but
 * one letter says nothing. */
static void
add_name (GPtrArray *names, const char *family, const char *given)
{
  g_autofree char *whole = g_strjoin (" ", family ? family : "", given ? given : "", NULL);
  g_autofree char *folded = desk_fold (whole);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GString *joined = g_string_new (NULL);

  for (guint i = 0; words[i]; i++)
    if (*words[i])
      g_ptr_array_add (sorted, words[i]);
  g_ptr_array_sort (sorted, compare_texts);
  for (guint i = 0; i < sorted->len; i++)
    g_string_append_printf (joined, "%s%s", i ? " " : "", (char *) sorted->pdata[i]);
  char *name = g_string_free (joined, FALSE);
  if (g_utf8_strlen (name, 2 * 4) > 1 && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, name);
  else
    g_free (name);
}

/* The same without spaces, in the order written and with the given name first: 山田太郎 for 山田 太郎, and
 * "Van An" for "Vanan". */
static void
add_joined_name (GPtrArray *names, const char *family, const char *given)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *whole = g_strjoin (" ", i ? (given ? given : "") : (family ? family : ""),
                                          i ? (family ? family : "") : (given ? given : ""), NULL);
      g_autofree char *folded = desk_fold (whole);
      g_auto (GStrv) words = g_strsplit (folded, " ", -1);
      g_autofree char *joined = g_strjoinv ("", words);

      add_name (names, joined, "");
    }
}

static GPtrArray *
names_of (const DeskPatient *patient)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  add_name (names, patient->family, patient->given);
  add_joined_name (names, patient->family, patient->given);
  add_name (names, patient->family_native, patient->given_native);
  add_joined_name (names, patient->family_native, patient->given_native);
  add_name (names, patient->kana, "");
  add_joined_name (names, patient->kana, "");
  return names;
}

/* Former names are apart by lines, commas or semicolons. */
static GPtrArray *
former_names_of (const DeskPatient *patient)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit_set (member (patient, "former"), "\n,;", -1);

  for (guint i = 0; parts[i]; i++)
    {
      add_name (names, parts[i], "");
      add_joined_name (names, parts[i], "");
    }
  return names;
}

static gboolean
share (const GPtrArray *a, const GPtrArray *b)
{
  for (guint i = 0; i < a->len; i++)
    if (g_ptr_array_find_with_equal_func ((GPtrArray *) b, a->pdata[i], g_str_equal, NULL))
      return TRUE;
  return FALSE;
}

/* Numbers are apart by commas or semicolons, as patients have them. */
GPtrArray *
desk_duplicate_phones (const char *phone)
{
  GPtrArray *phones = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) numbers = g_strsplit_set (phone ? phone : "", ",;", -1);

  for (guint i = 0; numbers[i]; i++)
    {
      g_autoptr (GString) digits = g_string_new (NULL);

      for (const char *p = numbers[i]; *p; p++)
        if (g_ascii_isdigit (*p))
          g_string_append_c (digits, *p);
      if (digits->len >= PHONE_TAIL)
        g_ptr_array_add (phones, g_strdup (digits->str + digits->len - PHONE_TAIL));
    }
  return phones;
}

static GPtrArray *
emails_of (const DeskPatient *patient)
{
  GPtrArray *emails = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit_set (patient->email ? patient->email : "", ",; ", -1);

  for (guint i = 0; parts[i]; i++)
    if (strchr (parts[i], '@'))
      g_ptr_array_add (emails, g_utf8_casefold (parts[i], -1));
  return emails;
}

/* How the dates agree: one known to the month is within one known to the day. */
static DeskDuplicateReasons
compare_births (const char *a, const char *b)
{
  gsize length = MIN (a ? strlen (a) : 0, b ? strlen (b) : 0);

  if (length < 4)
    return 0;
  if (strncmp (a, b, length) != 0)
    return DESK_OTHER_BIRTH;
  return length == 10 ? DESK_SAME_BIRTH : DESK_SAME_BIRTH_PART;
}

static gboolean
same_passport (const DeskPatient *a, const DeskPatient *b)
{
  g_autofree char *left = desk_fold_identifier (a->passport ? a->passport : "");
  g_autofree char *right = desk_fold_identifier (b->passport ? b->passport : "");

  return *left && strcmp (left, right) == 0;
}

static DeskDuplicateReasons
find_reasons (const DeskPatient *a, const DeskPatient *b)
{
  g_autoptr (GPtrArray) names_a = names_of (a), names_b = names_of (b);
  g_autoptr (GPtrArray) former_a = former_names_of (a), former_b = former_names_of (b);
  g_autoptr (GPtrArray) phones_a = desk_duplicate_phones (a->phone), phones_b = desk_duplicate_phones (b->phone);
  g_autoptr (GPtrArray) emails_a = emails_of (a), emails_b = emails_of (b);
  DeskDuplicateReasons found = compare_births (a->birth, b->birth);

  if (same_passport (a, b))
    found |= DESK_SAME_PASSPORT;
  if (share (names_a, names_b))
    found |= DESK_SAME_NAME;
  else if (share (former_a, names_b) || share (names_a, former_b) || share (former_a, former_b))
    found |= DESK_SAME_FORMER_NAME;
  if (share (phones_a, phones_b))
    found |= DESK_SAME_PHONE;
  if (share (emails_a, emails_b))
    found |= DESK_SAME_EMAIL;
  return found;
}

static DeskDuplicateLevel
judge (DeskDuplicateReasons found)
{
  gboolean name = found & (DESK_SAME_NAME | DESK_SAME_FORMER_NAME), reached = found & (DESK_SAME_PHONE | DESK_SAME_EMAIL);

  if (found & DESK_SAME_PASSPORT)
    return DESK_DUPLICATE_CERTAIN;
  /* Families share telephones and names; two dates of birth make two people, unless one was mistyped. */
  if (found & DESK_OTHER_BIRTH)
    return name && reached ? DESK_DUPLICATE_POSSIBLE : DESK_DUPLICATE_NONE;
  if (name && (found & (DESK_SAME_BIRTH | DESK_SAME_BIRTH_PART) || reached))
    return DESK_DUPLICATE_LIKELY;
  if ((found & DESK_SAME_BIRTH) && reached)
    return DESK_DUPLICATE_LIKELY;
  return name || reached ? DESK_DUPLICATE_POSSIBLE : DESK_DUPLICATE_NONE;
}

/* How likely the two are one person, and why. Symmetric; ids are not looked at. */
DeskDuplicate
desk_duplicate_score (const DeskPatient *a, const DeskPatient *b)
{
  DeskDuplicateReasons found = find_reasons (a, b);

  return (DeskDuplicate){ judge (found), found };
}

static void
add_keys (GPtrArray *keys, const char *kind, const GPtrArray *values, const char *suffix)
{
  for (guint i = 0; i < values->len; i++)
    g_ptr_array_add (keys, g_strconcat (kind, values->pdata[i], "|", suffix, NULL));
}

GPtrArray *
desk_duplicate_keys (const DeskPatient *patient)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = names_of (patient);
  g_autoptr (GPtrArray) former = former_names_of (patient);
  g_autoptr (GPtrArray) phones = desk_duplicate_phones (patient->phone);
  g_autoptr (GPtrArray) emails = emails_of (patient);
  g_autofree char *passport = desk_fold_identifier (patient->passport ? patient->passport : "");
  g_autofree char *year = g_strndup (patient->birth ? patient->birth : "", 4);

  if (*passport)
    g_ptr_array_add (keys, g_strconcat ("passport ", passport, NULL));
  add_keys (keys, "name ", names, year);
  add_keys (keys, "name ", former, year);
  add_keys (keys, "phone ", phones, "");
  add_keys (keys, "email ", emails, "");
  return keys;
}
