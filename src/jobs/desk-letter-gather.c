#include "desk-letter-gather.h"

#include <string.h>

#include "desk-letter-asked.h"
#include "desk-letter-close.h"
#include "desk-letter-consent.h"
#include "desk-letter-money.h"
#include "desk-letter-day.h"
#include "desk-letter-infusion.h"
#include "desk-letter-post.h"
#include "desk-letter-trip.h"
#include "desk-letter-values.h"

/* By the first part of a field's name. What passes is so on the day of the letter only: a letter is not flagged because
 * it said otherwise (the clinic's telephone, a paper that was missing then). */
static const struct
{
  const char *first; /* parts, separated by spaces */
  DeskLetterSetFunc set;
  gboolean passes;
} providers[] = {
  { "clinic", desk_letter_set_clinic, TRUE },
  { "today", desk_letter_set_today, TRUE },
  { "patient", desk_letter_set_patient, FALSE },
  { "plan visits", desk_letter_set_visits, FALSE },
  { "trip companions", desk_letter_set_trip, FALSE },
  { "consent agreed", desk_letter_set_consent, TRUE },
  { "chase wanted", desk_letter_set_asked, TRUE },
  { "money lines taxes parts", desk_letter_set_money, TRUE },
  { "infusion doses vitals tests", desk_letter_set_infusion, FALSE },
  { "given labs summary", desk_letter_set_given, TRUE },
  { "day rows picks boxes", desk_letter_set_date, TRUE },
  { "close drawer", desk_letter_set_close, TRUE },
  { "post", desk_letter_set_post, TRUE },
  { "translation", desk_letter_set_translation, FALSE },
};

/* Whether the provider sets fields of that name, or whose name begins so. */
static gboolean
provides (guint provider, const char *name)
{
  const char *first = providers[provider].first;
  gsize length = strcspn (name, ".");

  for (const char *p = first; *p; p += strcspn (p, " "), p += *p == ' ')
    if (strcspn (p, " ") == length && strncmp (p, name, length) == 0)
      return TRUE;
  return FALSE;
}

/* Whether the value of a field was one of the day only and is not held against the letter later. */
gboolean
desk_letter_field_passes (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    if (provides (i, name))
      return providers[i].passes;
  return FALSE;
}

/* Whether the letter is about a thing of that kind. */
gboolean
desk_letter_subject_is (const DeskLetterWanted *wanted, const char *subject)
{
  return wanted->subject_id != 0 && g_strcmp0 (wanted->subject, subject) == 0;
}

static gboolean
asked_of (const DeskFields *fields, guint provider)
{
  g_autoptr (GPtrArray) names = desk_fields_asked (fields);

  for (guint i = 0; i < names->len; i++)
    if (provides (provider, names->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Everything the template asks for. What it asks for shows when it is filled: a condition that holds now may ask for
 * more, so that is done until nobody new is asked. */
DeskFields *
desk_letter_gather (DeskDb *db, const DeskLetterTemplate *template_, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autoptr (DeskFields) fields = desk_fields_new ();
  gboolean called[G_N_ELEMENTS (providers)] = { FALSE }, more = TRUE;

  while (more)
    {
      g_autoptr (DeskLetter) letter = desk_letter_fill (template_, fields, wanted->language, today, error);

      if (!letter)
        return NULL;
      more = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
        if (!called[i] && asked_of (fields, i))
          {
            if (!providers[i].set (fields, db, wanted, today, error))
              return NULL;
            called[i] = more = TRUE;
          }
    }
  return g_steal_pointer (&fields);
}

/* Everything there is to say, whoever asks for it. */
DeskFields *
desk_letter_gather_all (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autoptr (DeskFields) fields = desk_fields_new ();

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    if (!providers[i].set (fields, db, wanted, today, error))
      return NULL;
  return g_steal_pointer (&fields);
}

/* ── what speaks against a letter ── */

static const struct
{
  const char *letter;
  DeskLetterCheckFunc check;
} checks[] = {
  { "visa-certificate", desk_letter_check_trip },
  { "treatment-schedule", desk_letter_check_schedule },
  { "companion-list", desk_letter_check_list },
  { "guarantor", desk_letter_check_trip },
  { "chase", desk_letter_check_asked },
  { "invoice", desk_letter_check_money },
  { "credit", desk_letter_check_money },
  { "infusion-record", desk_letter_check_infusion },
  { "treatment-summary", desk_letter_check_summary },
  { "day-sheet", desk_letter_check_day },
  { "day-sheet-initials", desk_letter_check_day },
  { "day-sheet-large", desk_letter_check_day },
  { "pick-list", desk_letter_check_picks },
  { "day-close", desk_letter_check_close },
};

/* What speaks against the letter besides values that are missing: the rules of the visa papers, that there is nothing to
 * ask for … One that is no warning stops the letter. */
gboolean
desk_letter_check (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    if (g_str_equal (checks[i].letter, wanted->name) && !checks[i].check (db, wanted, today, problems, error))
      return FALSE;
  return TRUE;
}
