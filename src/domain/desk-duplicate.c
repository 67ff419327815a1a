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

static const DeskPatientField *
find_field (const char *name)
{
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  for (guint i = 0; i < n; i++)
    if (strcmp (fields[i].name, name) == 0)
      return &fields[i];
  g_assert_not_reached ();
}

/* The fields that are looked at, in this order; static. */
const DeskPatientField *
desk_duplicate_mark (guint i)
{
  static const char *const names[DESK_DUPLICATE_MARKS]
      = { "family", "given", "family_native", "given_native", "kana", "birth", "passport", "phone", "email", "former" };
  static const DeskPatientField *marks[DESK_DUPLICATE_MARKS];
  static gsize found;

  if (g_once_init_enter (&found))
    {
      for (guint k = 0; k < DESK_DUPLICATE_MARKS; k++)
        marks[k] = find_field (names[k]);
      g_once_init_leave (&found, 1);
    }
  return marks[i];
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Takes the name over; one that is but one letter says nothing. */
static void
add_folded (GPtrArray *names, char *name)
{
  if (name[0] && *g_utf8_next_char (name) && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, name);
  else
    g_free (name);
}

static void
add_words (GPtrArray *words, char **folded)
{
  for (guint i = 0; folded[i]; i++)
    if (*folded[i])
      g_ptr_array_add (words, folded[i]);
}

static char *
join (const GPtrArray *words, const char *between)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      if (i)
        g_string_append (joined, between);
      g_string_append (joined, words->pdata[i]);
    }
  return g_string_free (joined, FALSE);
}

/* The folded words in alphabetical order, so that "NGUYEN Van An" and "Van An NGUYEN" are one; and without spaces, in
 * the order written and with the given name first: 山田太郎 for 山田 太郎, and "Van An" for "Vanan". */
static void
add_name (GPtrArray *names, const char *family, const char *given)
{
  if (!(family && *family) && !(given && *given))
    return;

  g_autofree char *one = desk_fold (family ? family : ""), *other = desk_fold (given ? given : "");
  g_auto (GStrv) first = g_strsplit (one, " ", -1), second = g_strsplit (other, " ", -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new (), turned = g_ptr_array_new ();

  add_words (words, first);
  add_words (words, second);
  add_words (turned, second);
  add_words (turned, first);
  add_folded (names, join (words, ""));
  add_folded (names, join (turned, ""));
  g_ptr_array_sort (words, compare_texts);
  add_folded (names, join (words, " "));
}

static GPtrArray *
names_of (const DeskPatient *patient)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  add_name (names, patient->family, patient->given);
  add_name (names, patient->family_native, patient->given_native);
  add_name (names, patient->kana, "");
  return names;
}

/* Former names are apart by lines, commas or semicolons. */
static GPtrArray *
former_names_of (const DeskPatient *patient)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *former = desk_patient_get (patient, desk_duplicate_mark (DESK_DUPLICATE_MARKS - 1));
  g_auto (GStrv) parts = g_strsplit_set (former ? former : "", "\n,;", -1);

  for (guint i = 0; parts[i]; i++)
    {
      add_name (names, parts[i], "");
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

struct _DeskDuplicateLook
{
  char *birth, *passport;
  GPtrArray *names, *former, *phones, *emails;
};

/* What a record is compared by, for comparing it with many. */
DeskDuplicateLook *
desk_duplicate_look_new (const DeskPatient *patient)
{
  DeskDuplicateLook *look = g_new (DeskDuplicateLook, 1);

  *look = (DeskDuplicateLook){ g_strdup (patient->birth), desk_fold_identifier (patient->passport ? patient->passport : ""),
                               names_of (patient), former_names_of (patient), desk_duplicate_phones (patient->phone),
                               emails_of (patient) };
  return look;
}

void
desk_duplicate_look_free (DeskDuplicateLook *look)
{
  if (!look)
    return;
  g_free (look->birth);
  g_free (look->passport);
  g_ptr_array_unref (look->names);
  g_ptr_array_unref (look->former);
  g_ptr_array_unref (look->phones);
  g_ptr_array_unref (look->emails);
  g_free (look);
}

static DeskDuplicateReasons
find_numbers (const DeskDuplicateLook *look, const DeskPatient *other)
{
  g_autofree char *passport = desk_fold_identifier (other->passport ? other->passport : "");
  g_autoptr (GPtrArray) phones = desk_duplicate_phones (other->phone), emails = emails_of (other);

  return compare_births (look->birth, other->birth)
         | (*passport && strcmp (passport, look->passport) == 0 ? DESK_SAME_PASSPORT : 0)
         | (share (look->phones, phones) ? DESK_SAME_PHONE : 0) | (share (look->emails, emails) ? DESK_SAME_EMAIL : 0);
}

static DeskDuplicateReasons
find_names (const DeskDuplicateLook *look, const DeskPatient *other)
{
  g_autoptr (GPtrArray) names = names_of (other);

  if (share (look->names, names))
    return DESK_SAME_NAME;
  g_autoptr (GPtrArray) former = former_names_of (other);
  return share (look->former, names) || share (look->names, former) || share (look->former, former) ? DESK_SAME_FORMER_NAME : 0;
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

/* As desk_duplicate_score (), but that names are left unread where they could change nothing. */
DeskDuplicate
desk_duplicate_look_at (const DeskDuplicateLook *look, const DeskPatient *other)
{
  DeskDuplicateReasons found = find_numbers (look, other);

  if (!(found & DESK_OTHER_BIRTH) || found & (DESK_SAME_PASSPORT | DESK_SAME_PHONE | DESK_SAME_EMAIL))
    found |= find_names (look, other);
  return (DeskDuplicate){ judge (found), found };
}

/* How likely the two are one person, and why. Symmetric; ids are not looked at. */
DeskDuplicate
desk_duplicate_score (const DeskPatient *a, const DeskPatient *b)
{
  g_autoptr (DeskDuplicateLook) look = desk_duplicate_look_new (a);
  DeskDuplicateReasons found = find_numbers (look, b) | find_names (look, b);

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
