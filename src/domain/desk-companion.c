#include "desk-companion.h"

#include <string.h>

#include "desk-country.h"
#include "desk-text.h"

#define FIELD(member, max, lines) { #member, G_STRUCT_OFFSET (DeskCompanion, member), max, lines }

/* The order is that of the columns in desk-companions.c. */
static const DeskRecordField fields[] = {
  FIELD (family, 120, FALSE),   FIELD (given, 120, FALSE),      FIELD (native, 120, FALSE),
  FIELD (sex, 1, FALSE),        FIELD (birth, 60, FALSE),       FIELD (nationality, 60, FALSE),
  FIELD (passport, 20, FALSE),  FIELD (passport_until, 60, FALSE), FIELD (relation, 20, FALSE),
  FIELD (phone, 60, FALSE),     FIELD (email, 254, FALSE),      FIELD (languages, 60, FALSE),
  FIELD (note, 2000, TRUE),
};

#undef FIELD

static const char *const relations[] = { "spouse", "parent", "child", "sibling", "relative", "friend",
                                         "carer", "interpreter", "agent", "other", NULL };

/* Lends the table of text members; it has n_fields rows. */
const DeskRecordField *
desk_companion_fields (guint *n_fields)
{
  *n_fields = G_N_ELEMENTS (fields);
  return fields;
}

/* The relations there are, NULL-terminated: twin of the CHECK in the schema. */
const char *const *
desk_companion_relations (void)
{
  return relations;
}

static void
set_default (char **place, const char *value)
{
  if (*place && **place)
    return;
  g_free (*place);
  *place = g_strdup (value);
}

/* An empty record of a patient's; free with desk_companion_free (). */
DeskCompanion *
desk_companion_new (gint64 patient_id)
{
  DeskCompanion *companion = g_new0 (DeskCompanion, 1);

  companion->patient_id = patient_id;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    desk_record_set (companion, &fields[i], "");
  set_default (&companion->sex, "X");
  set_default (&companion->relation, "other");
  return companion;
}

/* A copy of its own; free with desk_companion_free (). */
DeskCompanion *
desk_companion_copy (const DeskCompanion *companion)
{
  DeskCompanion *copy = g_memdup2 (companion, sizeof *companion);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    *desk_record_member (copy, &fields[i]) = g_strdup (desk_record_get (companion, &fields[i]));
  return copy;
}

void
desk_companion_free (DeskCompanion *companion)
{
  if (!companion)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_free (*desk_record_member (companion, &fields[i]));
  g_free (companion);
}

static void
convert (char **place, char *(*func) (const char *text, gssize length))
{
  char *old = *place;

  *place = func (old, -1);
  g_free (old);
}

/* Spaces, NFC, the case of codes; sex and relation get their defaults. */
void
desk_companion_tidy (DeskCompanion *companion)
{
  desk_record_tidy (companion, fields, G_N_ELEMENTS (fields));
  convert (&companion->nationality, g_ascii_strup);
  convert (&companion->sex, g_ascii_strup);
  convert (&companion->passport, g_ascii_strup);
  convert (&companion->languages, g_ascii_strdown);
  set_default (&companion->sex, "X");
  set_default (&companion->relation, "other");
}

/* Whether a name can stand in a passport's alphabet: Latin letters with whatever marks, and what passports
 * print between them. The visa papers want it so (facts: names exactly in the passport's alphabet). */
gboolean
desk_companion_name_is_latin (const char *name)
{
  for (const char *p = name; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalpha (c) ? g_unichar_get_script (c) != G_UNICODE_SCRIPT_LATIN
                                : !g_unichar_ismark (c) && !strchr (" -'.,/", (int) c) && c != 0x2019)
        return FALSE;
    }
  return TRUE;
}

static void
check_birth (const char *birth, DeskDay today, DeskProblems *problems)
{
  g_autofree char *now = desk_day_format (today);

  if (*birth == '\0')
    return;
  if (!desk_partial_date_valid (birth))
    desk_problems_add (problems, "birth", "not-a-date", NULL);
  else if (strncmp (birth, now, strlen (birth)) > 0)
    desk_problems_add (problems, "birth", "in-future", NULL);
}

static void
check_codes (const DeskCompanion *companion, DeskProblems *problems)
{
  static const char *const sexes[] = { "F", "M", "X" };
  g_auto (GStrv) languages = g_strsplit (companion->languages, ",", -1);

  if (!desk_text_one_of (companion->sex, sexes, G_N_ELEMENTS (sexes)))
    desk_problems_add (problems, "sex", "unknown", NULL);
  if (*companion->nationality && !desk_country_find (companion->nationality))
    desk_problems_add (problems, "nationality", "unknown-country", companion->nationality);
  if (!g_strv_contains (relations, companion->relation))
    desk_problems_add (problems, "relation", "unknown", NULL);
  for (guint i = 0; languages[i]; i++)
    if (!desk_text_is_language (g_strstrip (languages[i])))
      {
        desk_problems_add (problems, "languages", "not-a-language", NULL);
        break;
      }
  if (*companion->email && !strchr (companion->email, '@'))
    desk_problems_add (problems, "email", "not-an-address", NULL);
}

/* Adds all that is wrong with a tidied record. */
void
desk_companion_check (const DeskCompanion *companion, DeskDay today, DeskProblems *problems)
{
  DeskDay until;

  desk_record_check (companion, fields, G_N_ELEMENTS (fields), problems);
  if (desk_problems_block (problems))
    return;
  if (*companion->family == '\0')
    desk_problems_add (problems, "family", "missing", NULL);
  else if (!desk_companion_name_is_latin (companion->family))
    desk_problems_warn (problems, "family", "not-latin", NULL);
  if (!desk_companion_name_is_latin (companion->given))
    desk_problems_warn (problems, "given", "not-latin", NULL);
  check_birth (companion->birth, today, problems);
  check_codes (companion, problems);
  if (*companion->passport_until == '\0')
    return;
  if (!desk_day_parse (companion->passport_until, &until))
    desk_problems_add (problems, "passport_until", "not-a-date", NULL);
  else if (until < today)
    desk_problems_warn (problems, "passport_until", "expired", NULL);
}

/* Family and given name as on paper; the caller frees it. */
char *
desk_companion_name (const DeskCompanion *companion)
{
  return *companion->given ? g_strdup_printf ("%s %s", companion->family, companion->given)
                           : g_strdup (companion->family);
}
