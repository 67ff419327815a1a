#include "desk-letter-issue.h"

#include "desk-consents.h"
#include "desk-error.h"
#include "desk-issued-private.h"
#include "desk-letter-data.h"
#include "desk-letter-gather.h"
#include "desk-letter-templates.h"
#include "desk-series.h"

static gboolean
refuse_problems (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  if (!desk_letter_check (db, wanted, today, problems, error))
    return FALSE;
  for (guint i = 0; i < problems->len; i++)
    if (!desk_problems_get (problems, i)->warning)
      {
        const DeskProblem *problem = desk_problems_get (problems, i);

        g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "what is written down does not allow this letter: %s: %s%s%s", problem->field,
                     problem->code, problem->detail ? " " : "", problem->detail ? problem->detail : "");
        return FALSE;
      }
  return TRUE;
}

static gboolean
set_issued (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, const char *number, GError **error)
{
  g_autoptr (DeskIssued) old = wanted->replaces ? desk_issued_load (db, wanted->replaces, error) : NULL;

  desk_fields_set (fields, "issued.number", number);
  if (old)
    desk_fields_set (fields, "issued.replaces", old->number);
  return old || !wanted->replaces;
}

/* The values of a whole letter under its number, as XML. What is kept is what the text asked for. */
static char *
freeze (DeskDb *db, const DeskLetterSource *source, const DeskLetterWanted *wanted, const char *number, DeskDay today, GError **error)
{
  g_autoptr (DeskFields) fields = desk_letter_gather (db, source->template_, wanted, today, error);

  if (!fields)
    return NULL;
  if (!set_issued (fields, db, wanted, number, error))
    return NULL;
  g_autoptr (DeskLetter) letter = desk_letter_fill (source->template_, fields, wanted->language, today, error);
  return letter && desk_letter_complete (letter, error) ? desk_letter_data_write (fields, error) : NULL;
}

static gboolean
issue (DeskTxn *txn, const DeskLetterWanted *wanted, gint64 pack, DeskDay today, gint64 *issued_id, GError **error)
{
  DeskDb *db = desk_txn_get_db (txn);
  g_autoptr (DeskLetterSource) source = desk_letter_template_load (db, wanted->name, error);
  g_autofree char *number = NULL, *text_digest = NULL, *pdf_digest = NULL;
  guint pages = 0;

  if (!source || !desk_series_next (txn, DESK_SERIES_LETTER, today, &number, error)
      || !desk_letter_text_keep (txn, db, source->xml, &text_digest, error))
    return FALSE;
  g_autofree char *data = freeze (db, source, wanted, number, today, error);
  if (!data || !refuse_problems (db, wanted, today, error))
    return FALSE;
  /* Drawn from what was frozen, as it will be each time from now on. */
  g_autoptr (DeskLetter) letter = desk_issued_fill (source->xml, data, wanted->language, today, error);
  pdf_digest = letter ? desk_issued_digest (letter, &pages, error) : NULL;
  if (!pdf_digest)
    return FALSE;
  const DeskIssuedNew row = {
    .number = number, .name = wanted->name, .version = letter->version, .language = wanted->language, .text_digest = text_digest,
    .data = data, .pdf_digest = pdf_digest, .patient_id = wanted->patient_id, .subject = wanted->subject ? wanted->subject : "",
    .subject_id = wanted->subject_id, .issued_on = today, .pages = pages, .pack = pack, .replaces = wanted->replaces,
  };
  return desk_issued_add (txn, &row, issued_id, error);
}

/* Issues a letter within somebody's transaction, with which it comes to be or not: nothing of it may be printed before
 * the commit. A letter that lacks values, or against which a rule speaks, is DESK_ERROR_INVALID naming that. */
gboolean
desk_letter_issue_in (DeskTxn *txn, const DeskLetterWanted *wanted, DeskDay today, gint64 *issued_id, GError **error)
{
  return issue (txn, wanted, 0, today, issued_id, error);
}

/* Issues a letter: once this succeeded, it is in the register under its number, with all that is needed to draw it. */
gboolean
desk_letter_issue (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, gint64 *issued_id, GError **error)
{
  return desk_letter_issue_pack (db, wanted, 1, today, issued_id, error);
}

/* Issues letters that belong together (the papers of a visa): all or none. issued_ids has room for n. */
gboolean
desk_letter_issue_pack (DeskDb *db, const DeskLetterWanted *wanted, guint n, DeskDay today, gint64 *issued_ids, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  for (guint i = 0; txn && i < n; i++)
    if (!issue (txn, &wanted[i], i ? issued_ids[0] : 0, today, &issued_ids[i], error))
      return FALSE;
  return txn && desk_txn_commit (txn, error);
}

/* What somebody is asked to sign is given out with its consent (desk-consent-job): issued alone, the paper that comes
 * back would find none. */
static gboolean
refuse_consent (DeskDb *db, gint64 issued_id, GError **error)
{
  gint64 consent_id, hangs;

  if (!desk_consent_of_issued (db, issued_id, &consent_id, &hangs, error))
    return FALSE;
  if (consent_id)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, hangs ? "consent-hangs" : "consent-anew");
  return consent_id == 0;
}

/* Issues a letter as it reads today in place of one that is out: the same letter, in the same language, of the same
 * thing, under a new number. DESK_ERROR_REFUSED "consent-hangs" or "consent-anew" for one that somebody was asked to sign. */
gboolean
desk_letter_issue_again (DeskDb *db, gint64 issued_id, DeskDay today, gint64 *new_id, GError **error)
{
  g_autoptr (DeskIssued) old = desk_issued_load (db, issued_id, error);

  if (!old || !refuse_consent (db, issued_id, error))
    return FALSE;
  const DeskLetterWanted wanted = { .name = old->name, .language = old->language, .patient_id = old->patient_id, .subject = old->subject,
                                    .subject_id = old->subject_id, .replaces = old->id };
  return desk_letter_issue (db, &wanted, today, new_id, error);
}
