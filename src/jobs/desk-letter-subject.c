#include "desk-letter-subject.h"

#include <string.h>

#include "desk-error.h"
#include "desk-issued.h"

/* kind is what the store looks for, subject what the register calls it. A letter that is not here is about its patient, or
 * finds what it is about itself (the stay going on, the last infusion). */
static const struct
{
  const char *letter, *subject, *kind;
} subjects[] = {
  { "quote", "quote", "quote" },      { "invoice", "invoice", "invoice" }, { "credit", "invoice", "credit" },
  { "receipt", "payment", "payment" }, { "refund", "refund", "refund" },
};

/* Letters of a day, not of a person; any other form of one begins with its name. */
static const char *const of_a_day[] = { "day-sheet", "pick-list", "day-close" };

static int
find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (strcmp (subjects[i].letter, name) == 0)
      return (int) i;
  return -1;
}

/* Whether a letter is of somebody. */
gboolean
desk_letter_needs_patient (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (of_a_day); i++)
    if (g_str_has_prefix (name, of_a_day[i]))
      return FALSE;
  return TRUE;
}

/* What a letter is about: "quote", "invoice", "payment", "refund" or "day"; "" for none. Static. */
const char *
desk_letter_subject (const char *name)
{
  int place = find (name);

  return place >= 0 ? subjects[place].subject : desk_letter_needs_patient (name) ? "" : "day";
}

/* Sets what the letter is about: the patient's newest, or the one of that number, which is DESK_ERROR_NOT_FOUND where there
 * is none. called is its number for the caller to free, NULL where nothing was chosen. */
gboolean
desk_letter_choose_subject (DeskDb *db, DeskLetterWanted *wanted, const char *number, char **called, GError **error)
{
  int place = find (wanted->name);

  *called = NULL;
  if (place < 0)
    return TRUE;
  wanted->subject = subjects[place].subject;
  if (!desk_issued_subject_of (db, subjects[place].kind, wanted->patient_id, number, &wanted->subject_id, called, error))
    return FALSE;
  if (wanted->subject_id || !number)
    return TRUE;
  g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "the patient has no such paper «%s»", number);
  return FALSE;
}
