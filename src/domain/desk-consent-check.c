/* Whether what is about to be signed may be. */
#include <string.h>

#include "desk-consent.h"
#include "desk-text.h"

/* Whether one of the languages the patient speaks, "ko,en", is the text's. Written Chinese is read in both scripts. */
static gboolean
speaks (const char *languages, const char *language)
{
  g_auto (GStrv) list = g_strsplit_set (languages ? languages : "", ", ", -1);
  gsize base = strcspn (language, "-");

  for (guint i = 0; list[i]; i++)
    if (strcspn (list[i], "-") == base && g_ascii_strncasecmp (list[i], language, base) == 0)
      return TRUE;
  return FALSE;
}

/* Whether somebody has to interpret: the text stands in no language that the patient speaks. Where nobody knows what the
 * patient speaks, nothing is asked for. */
gboolean
desk_consent_interpreter_needed (const char *language, const char *languages)
{
  return languages && *languages && !speaks (languages, language);
}

/* Strokes "x,y x,y;x,y …" with 0 to 1000 from the left and the top of the box. */
gboolean
desk_consent_ink_valid (const char *ink)
{
  const char *at = ink;

  if (!*ink || strlen (ink) > DESK_CONSENT_INK)
    return FALSE;
  while (TRUE)
    {
      for (guint i = 0; i < 2; i++)
        {
          char *end;
          gint64 value = g_ascii_isdigit (*at) ? g_ascii_strtoll (at, &end, 10) : -1;

          if (value < 0 || value > 1000)
            return FALSE;
          at = end;
          if (i == 0 && *at++ != ',')
            return FALSE;
        }
      if (!*at)
        return TRUE;
      if (*at != ' ' && *at != ';')
        return FALSE;
      at++;
    }
}

static gboolean
same_person (const DeskConsentSigner *a, const DeskConsentSigner *b)
{
  return a && b && ((a->staff_id && a->staff_id == b->staff_id) || g_str_equal (a->name, b->name));
}

static void
check_signer (const DeskConsentSigning *signing, const DeskConsentSigner *signer, DeskProblems *problems)
{
  gboolean screen = g_str_equal (signing->how, "screen");

  if (!g_strv_contains (desk_consent_roles (), signer->role))
    desk_problems_add (problems, "signers", "unknown", signer->role);
  if (!*signer->name)
    desk_problems_add (problems, "signers", "name-needed", signer->role);
  if (g_str_equal (signer->role, "representative") && !*signer->relation)
    desk_problems_add (problems, "signers", "relation-needed", NULL);
  if (screen && !signer->typed && !*signer->ink)
    desk_problems_add (problems, "signers", "no-ink", signer->role);
  if (*signer->ink && !desk_consent_ink_valid (signer->ink))
    desk_problems_add (problems, "signers", "ink-damaged", signer->role);
  if (signer->typed && !desk_consent_find_signer (signing->signers, "witness"))
    desk_problems_add (problems, "signers", "witness-needed", NULL);
}

/* Who agrees: the patient, or who stands for the patient; for a minor the latter. */
static void
check_patient (const DeskConsentSigning *signing, DeskProblems *problems)
{
  gboolean patient = desk_consent_find_signer (signing->signers, "patient") != NULL;
  gboolean other = desk_consent_find_signer (signing->signers, "representative") != NULL;
  int age = signing->birth && *signing->birth ? desk_partial_date_age (signing->birth, signing->today) : -1;

  if (!patient && !other)
    desk_problems_add (problems, "signers", "nobody-signed", NULL);
  else if (!other && age >= 0 && age < DESK_CONSENT_ADULT)
    desk_problems_add (problems, "signers", "minor", NULL);
  else if (!patient && age >= DESK_CONSENT_ADULT)
    desk_problems_warn (problems, "signers", "signs-for-adult", NULL);
}

/* The physician explains every treatment; storing may be explained by others. */
static void
check_physician (const DeskConsentSigning *signing, DeskProblems *problems)
{
  const DeskConsentSigner *physician = desk_consent_find_signer (signing->signers, "physician");

  if (!physician && signing->purpose == DESK_CONSENT_TREATMENT)
    desk_problems_add (problems, "signers", "physician-needed", NULL);
  if (physician && (!physician->staff_id
                    || (signing->is_physician && !signing->is_physician (physician->staff_id, signing->user_data))))
    desk_problems_add (problems, "signers", "not-a-physician", NULL);
}

static void
check_others (const DeskConsentSigning *signing, DeskProblems *problems)
{
  static const char *const parties[] = { "patient", "representative", "physician" };
  const DeskConsentSigner *interpreter = desk_consent_find_signer (signing->signers, "interpreter");
  const DeskConsentSigner *witness = desk_consent_find_signer (signing->signers, "witness");

  if (!interpreter && desk_consent_interpreter_needed (signing->language, signing->languages))
    desk_problems_add (problems, "signers", "interpreter-needed", signing->languages);
  if (!signing->languages || !*signing->languages)
    desk_problems_warn (problems, "signers", "languages-unknown", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parties); i++)
    if (same_person (witness, desk_consent_find_signer (signing->signers, parties[i])))
      desk_problems_add (problems, "signers", "witness-is-party", NULL);
  for (guint i = 0; i < 2; i++)
    if (same_person (interpreter, desk_consent_find_signer (signing->signers, parties[i])))
      desk_problems_add (problems, "signers", "interpreter-is-party", NULL);
}

static void
check_days (const DeskConsentSigning *signing, DeskProblems *problems)
{
  DeskDay day, until;

  if (!desk_day_parse (signing->signed_on, &day))
    desk_problems_add (problems, "signed_on", *signing->signed_on ? "not-a-date" : "missing", NULL);
  else if (day > signing->today)
    desk_problems_add (problems, "signed_on", "in-future", NULL);
  else if (signing->issued_on != DESK_DAY_NONE && day < signing->issued_on)
    desk_problems_add (problems, "signed_on", "before-paper", NULL);
  else if (signing->lost_on != DESK_DAY_NONE && (day < signing->lost_on || (signing->older_paper && day == signing->lost_on)))
    desk_problems_add (problems, "signed_on", "before-withdrawal", NULL);
  if (signing->purpose != DESK_CONSENT_STORAGE)
    return;
  if (!signing->until_on || !desk_day_parse (signing->until_on, &until))
    desk_problems_add (problems, "until_on", signing->until_on && *signing->until_on ? "not-a-date" : "missing", NULL);
  else if (until < signing->today)
    desk_problems_add (problems, "until_on", "in-past", NULL);
}

/* What stands against the signing, at "signers", "items", "signed_on" or "until_on". Codes: nobody-signed, minor,
 * relation-needed, physician-needed, not-a-physician, interpreter-needed (detail: languages spoken), interpreter-is-party,
 * witness-needed, witness-is-party, signed-twice, name-needed, no-ink, ink-damaged (detail: the role), item-needed (detail: the
 * box), missing, not-a-date, in-future, in-past, before-paper, before-withdrawal; warnings signs-for-adult, languages-unknown. */
void
desk_consent_check (const DeskConsentSigning *signing, DeskProblems *problems)
{
  for (guint i = 0; i < signing->signers->len; i++)
    {
      const DeskConsentSigner *signer = signing->signers->pdata[i];

      check_signer (signing, signer, problems);
      if (desk_consent_find_signer (signing->signers, signer->role) != signer)
        desk_problems_add (problems, "signers", "signed-twice", signer->role);
    }
  check_patient (signing, problems);
  check_physician (signing, problems);
  check_others (signing, problems);
  check_days (signing, problems);
  for (guint i = 0; signing->items && i < signing->items->len; i++)
    {
      const DeskConsentItem *item = signing->items->pdata[i];

      if (item->needed && !item->agreed)
        desk_problems_add (problems, "items", "item-needed", item->code);
    }
}
