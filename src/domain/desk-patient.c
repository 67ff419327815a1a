#include "desk-patient.h"

#include <string.h>

#include "desk-country.h"
#include "desk-fold.h"
#include "desk-text.h"

#define FIELD(member, max, lines) { #member, G_STRUCT_OFFSET (DeskPatient, member), max, lines }

/* The order is that of the columns in desk-patients.c. What has a rule of its own below (dates, the country) is longer
 * here than any good value, so that a wrong one is told what is wrong with it rather than that it is too long. */
static const DeskPatientField fields[] = {
  FIELD (chart, 32, FALSE),          FIELD (family, 120, FALSE),    FIELD (given, 120, FALSE),
  FIELD (family_native, 120, FALSE), FIELD (given_native, 120, FALSE), FIELD (kana, 120, FALSE),
  FIELD (preferred, 120, FALSE),     FIELD (sex, 1, FALSE),         FIELD (birth, 60, FALSE),
  FIELD (nationality, 60, FALSE),    FIELD (passport, 20, FALSE),   FIELD (passport_until, 60, FALSE),
  FIELD (languages, 60, FALSE),      FIELD (phone, 60, FALSE),      FIELD (email, 254, FALSE),
  FIELD (address, 600, TRUE),        FIELD (zone, 60, FALSE),       FIELD (emergency, 600, FALSE),
  FIELD (referrer, 300, FALSE),      FIELD (agency, 300, FALSE),    FIELD (allergies, 2000, TRUE),
  FIELD (medication, 2000, TRUE),    FIELD (purpose, 10, FALSE),    FIELD (icd10, 10, FALSE),
  FIELD (diagnosis, 300, FALSE),     FIELD (stage, 60, FALSE),      FIELD (diagnosed_on, 60, FALSE),
  FIELD (note, 20000, TRUE),         FIELD (former, 300, FALSE),    FIELD (occupation, 120, FALSE),
};

#undef FIELD

/* Lends the table of text members; it has n_fields rows. */
const DeskPatientField *
desk_patient_fields (guint *n_fields)
{
  *n_fields = G_N_ELEMENTS (fields);
  return fields;
}

static char **
member (const DeskPatient *patient, const DeskPatientField *field)
{
  return G_STRUCT_MEMBER_P (patient, field->offset);
}

/* Lends the text; "" for one that is not set. */
const char *
desk_patient_get (const DeskPatient *patient, const DeskPatientField *field)
{
  const char *value = *member (patient, field);

  return value ? value : "";
}

/* Copies value; NULL sets "". */
void
desk_patient_set (DeskPatient *patient, const DeskPatientField *field, const char *value)
{
  char **place = member (patient, field);
  char *old = *place;

  *place = g_strdup (value ? value : "");
  g_free (old);
}

static void
set_default (char **place, const char *value)
{
  if (*place && **place)
    return;
  g_free (*place);
  *place = g_strdup (value);
}

/* An empty record, as a form begins with. Free with desk_patient_free (). */
DeskPatient *
desk_patient_new (void)
{
  DeskPatient *patient = g_new0 (DeskPatient, 1);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    *member (patient, &fields[i]) = g_strdup ("");
  set_default (&patient->sex, "X");
  set_default (&patient->purpose, "treatment");
  return patient;
}

/* A copy of its own; free with desk_patient_free (). */
DeskPatient *
desk_patient_copy (const DeskPatient *patient)
{
  DeskPatient *copy = g_memdup2 (patient, sizeof *patient);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    *member (copy, &fields[i]) = g_strdup (desk_patient_get (patient, &fields[i]));
  return copy;
}

void
desk_patient_free (DeskPatient *patient)
{
  if (!patient)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_free (*member (patient, &fields[i]));
  g_free (patient);
}

static void
convert (char **place, char *(*func) (const char *text, gssize length))
{
  char *old = *place;

  *place = func (old, -1);
  g_free (old);
}

static void
strip_spaces (char *text)
{
  char *to = text;

  for (const char *from = text; *from; from++)
    if (*from != ' ')
      *to++ = *from;
  *to = '\0';
}

/* A number as a passport prints it: capitals and digits, full-width ones made plain, nothing between them. What is no
 * letter or digit of a passport stays, to be complained of. */
static void
tidy_number (char **number)
{
  g_autofree char *plain = g_utf8_normalize (*number, -1, G_NORMALIZE_NFKC);
  g_autofree char *capitals = g_utf8_strup (plain, -1);

  g_strdelimit (capitals, "-./", ' ');
  strip_spaces (capitals);
  g_free (*number);
  *number = g_steal_pointer (&capitals);
}

/* What can be put right without asking: NFC, spaces, the case of codes, defaults of sex and purpose.
 * Afterwards no text is NULL. Names keep their letters as typed. */
void
desk_patient_tidy (DeskPatient *patient)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *tidy = desk_text_tidy (*member (patient, &fields[i]), fields[i].lines);

      desk_patient_set (patient, &fields[i], tidy);
    }
  convert (&patient->nationality, g_ascii_strup);
  convert (&patient->sex, g_ascii_strup);
  convert (&patient->icd10, g_ascii_strup);
  tidy_number (&patient->passport);
  convert (&patient->languages, g_ascii_strdown);
  strip_spaces (patient->languages);
  set_default (&patient->sex, "X");
  set_default (&patient->purpose, "treatment");
}

static void
check_past (const char *text, const char *field, DeskDay today, DeskProblems *problems)
{
  g_autofree char *now = desk_day_format (today);

  if (*text == '\0')
    return;
  if (!desk_partial_date_valid (text))
    desk_problems_add (problems, field, "not-a-date", NULL);
  else if (strncmp (text, now, strlen (text)) > 0)
    desk_problems_add (problems, field, "in-future", NULL);
  else if (desk_partial_date_age (text, today) > 125)
    desk_problems_add (problems, field, "too-long-ago", NULL);
}

static void
check_passport (const DeskPatient *patient, DeskDay today, DeskProblems *problems)
{
  DeskDay until;

  for (const char *p = patient->passport; *p; p++)
    if (!g_ascii_isdigit (*p) && !g_ascii_isupper (*p))
      {
        desk_problems_add (problems, "passport", "not-a-passport", NULL);
        break;
      }
  if (*patient->passport_until == '\0')
    return;
  if (!desk_day_parse (patient->passport_until, &until))
    desk_problems_add (problems, "passport_until", "not-a-date", NULL);
  else if (until < today)
    desk_problems_warn (problems, "passport_until", "expired", NULL);
}

/* One @ with something before it and a dotted name behind; whether it is delivered nobody knows but the post. */
static gboolean
email_plausible (const char *email)
{
  const char *at = strchr (email, '@');
  const char *dot = at ? strrchr (at, '.') : NULL;

  return at && at > email && !strchr (at + 1, '@') && dot && dot > at + 1 && dot[1] != '\0' && !strpbrk (email, " ,;<>\"\n");
}

static gboolean
kana_only (const char *text)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c != ' ' && c != 0x3000 && c != 0x00b7 && !(c >= 0x3041 && c <= 0x309f) && !(c >= 0x30a1 && c <= 0x30ff)
          && !(c >= 0xff65 && c <= 0xff9f))
        return FALSE;
    }
  return TRUE;
}

static gboolean
languages_valid (const char *languages)
{
  g_auto (GStrv) codes = g_strsplit (languages, ",", -1);

  for (guint i = 0; codes[i]; i++)
    if (!desk_text_is_language (codes[i]))
      return FALSE;
  return TRUE;
}

/* Adds all that is wrong with a tidied record, in the order of the table of fields. today is the clinic's.
 * Whether the zone is known only the computer's zone files can say: that is the caller's to check. */
void
desk_patient_check (const DeskPatient *patient, DeskDay today, DeskProblems *problems)
{
  static const char *const sexes[] = { "F", "M", "X" };
  static const char *const purposes[] = { "treatment", "prevention" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    desk_text_check (desk_patient_get (patient, &fields[i]), fields[i].name, fields[i].max, fields[i].lines, problems);
  if (desk_problems_block (problems))
    return;

  if (*patient->family == '\0')
    desk_problems_add (problems, "family", "missing", NULL);
  if (!kana_only (patient->kana))
    desk_problems_add (problems, "kana", "not-kana", NULL);
  if (!desk_text_one_of (patient->sex, sexes, G_N_ELEMENTS (sexes)))
    desk_problems_add (problems, "sex", "unknown", NULL);
  check_past (patient->birth, "birth", today, problems);
  if (*patient->nationality && !desk_country_find (patient->nationality))
    desk_problems_add (problems, "nationality", "unknown-country", patient->nationality);
  check_passport (patient, today, problems);
  if (!languages_valid (patient->languages))
    desk_problems_add (problems, "languages", "not-a-language", NULL);
  if (*patient->email && !email_plausible (patient->email))
    desk_problems_add (problems, "email", "not-an-address", NULL);
  if (!desk_text_one_of (patient->purpose, purposes, G_N_ELEMENTS (purposes)))
    desk_problems_add (problems, "purpose", "unknown", NULL);
  check_past (patient->diagnosed_on, "diagnosed_on", today, problems);
}

static char *
join (const char *family, const char *given)
{
  if (!family || !*family)
    return g_strdup (given ? given : "");
  return given && *given ? g_strconcat (family, " ", given, NULL) : g_strdup (family);
}

/* The passport's name, family first, as it is to be shown. The caller frees it. */
char *
desk_patient_name (const DeskPatient *patient)
{
  return join (patient->family, patient->given);
}

/* The name in its own script; "" when it is not known. The caller frees it. */
char *
desk_patient_native_name (const DeskPatient *patient)
{
  return join (patient->family_native, patient->given_native);
}

/* The name as lists are ordered by it: family and given name folded. The caller frees it. */
char *
desk_patient_sort_name (const DeskPatient *patient)
{
  g_autofree char *name = desk_patient_name (patient);

  return desk_fold (name);
}
