#include "desk-letters.h"

#include <string.h>
#include <unistd.h>

#include "desk-error.h"
#include "desk-letter-asked.h"
#include "desk-letter-gather.h"
#include "desk-letter-page.h"
#include "desk-letter-reader.h"
#include "desk-patients.h"
#include "desk-publish.h"

/* The letters there are, NULL-terminated. */
const char *const *
desk_letter_names (void)
{
  return desk_letter_builtin_names ();
}

/* The languages a letter is written in, NULL-terminated: what a mission reads, or what the patient speaks. */
const char *const *
desk_letter_languages (const char *name)
{
  static const char *const official[] = { "en", "ja", NULL };

  return g_str_equal (name, "chase") ? desk_chase_languages (desk_letter_asked_texts ()) : official;
}

/* The language to offer a letter in for a patient; the caller frees it. own says whether it is one the patient
 * speaks: where there is no text in any of those, the letter is English, and somebody should be told. */
char *
desk_letter_language_for (DeskDb *db, const char *name, gint64 patient_id, gboolean *own, GError **error)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (db, patient_id, error);
  const char *language;

  if (!patient)
    return NULL;
  if (!g_str_equal (name, "chase"))
    {
      *own = TRUE;
      return g_strdup (g_str_has_prefix (patient->languages, "ja") ? "ja" : "en");
    }
  language = desk_chase_language_for (desk_letter_asked_texts (), patient->languages, patient->nationality);
  *own = language != NULL;
  return g_strdup (language ? language : "en");
}

/* The letter as it reads today; it may lack values (desk_letter_missing ()) and is then only for the preview. */
DeskLetter *
desk_letter_compose (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_builtin (wanted->name, error);
  g_autoptr (DeskFields) fields = template_ ? desk_letter_gather (db, template_, wanted, today, error) : NULL;

  return fields ? desk_letter_fill (template_, fields, wanted->language, today, error) : NULL;
}

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

/* Begins the transaction with the audit row of a print. TRUE with *txn NULL where the clinic file cannot be
 * written: reading and printing it is allowed then. */
static gboolean
begin_log (DeskDb *db, const DeskLetter *letter, gint64 patient_id, DeskTxn **txn, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (DeskTxn) begun = desk_txn_begin (db, &inner);
  g_autofree char *detail = g_strdup_printf ("%s %s %s", letter->name, letter->version, letter->language);

  if (g_error_matches (inner, DESK_ERROR, DESK_ERROR_READ_ONLY))
    return TRUE;
  if (!begun)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  if (desk_txn_log (begun, "letter.print", DESK_KIND_PATIENT, patient_id, detail, &inner))
    {
      *txn = g_steal_pointer (&begun);
      return TRUE;
    }
  /* A read-only file may let a transaction begin and refuse only the row. */
  if (g_error_matches (inner, DESK_ERROR, DESK_ERROR_READ_ONLY))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

/* Notes in the audit trail that a letter went to a printer; does nothing where the file cannot be written. */
gboolean
desk_letter_log_print (DeskDb *db, const DeskLetter *letter, gint64 patient_id, GError **error)
{
  g_autoptr (DeskTxn) txn = NULL;

  return begin_log (db, letter, patient_id, &txn, error) && (!txn || desk_txn_commit (txn, error));
}

static gboolean
fill (int fd, gpointer layout, GError **error)
{
  return desk_letter_write_pdf (layout, fd, error);
}

/* Prints a letter to a PDF file, or to standard output for "-". A letter that lacks values is refused with
 * DESK_ERROR_INVALID naming them; without overwrite an existing file is left alone (DESK_ERROR_EXISTS). The file
 * and its audit row come to be together or not at all. */
gboolean
desk_letter_print_pdf (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, const char *path, gboolean overwrite, GError **error)
{
  g_autoptr (DeskLetter) letter = desk_letter_compose (db, wanted, today, error);
  g_autoptr (DeskTxn) txn = NULL;

  if (!letter || !desk_letter_complete (letter, error) || !refuse_problems (db, wanted, today, error))
    return FALSE;
  g_autoptr (DeskLetterLayout) layout = desk_letter_layout_new (letter, NULL);
  if (!begin_log (db, letter, wanted->patient_id, &txn, error) || !desk_publish (path, overwrite, fill, layout, error))
    return FALSE;
  if (!txn || desk_txn_commit (txn, error))
    return TRUE;
  if (strcmp (path, "-") != 0)
    unlink (path);
  return FALSE;
}
