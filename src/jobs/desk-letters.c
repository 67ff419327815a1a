#include "desk-letters.h"

#include "desk-letter-asked.h"
#include "desk-letter-gather.h"
#include "desk-letter-reader.h"
#include "desk-letter-templates.h"
#include "desk-patients.h"

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
  g_autoptr (DeskLetterSource) source = desk_letter_template_load (db, wanted->name, error);
  g_autoptr (DeskFields) fields = source ? desk_letter_gather (db, source->template_, wanted, today, error) : NULL;

  return fields ? desk_letter_fill (source->template_, fields, wanted->language, today, error) : NULL;
}
