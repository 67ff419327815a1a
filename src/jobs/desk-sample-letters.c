/* Letters of the sample clinic that went out: printed, printed again as a copy, corrected, withdrawn, half out of a printer,
 * and one that no longer says what the book says. */
#include "desk-error.h"
#include "desk-letter-issue.h"
#include "desk-patients.h"
#include "desk-sample-parts.h"

#define MOST_LOOKED_AT 120 /* patients */

/* What becomes of the schedule of one patient after another. */
static const struct
{
  const char *state, *reason; /* of the first print; NULL for none */
  guint copies;               /* printed once more */
  gboolean again, gone, passport;
} stories[] = {
  { "done", "", 1, FALSE, FALSE, FALSE },
  { "done", "", 0, TRUE, FALSE, FALSE },
  { "failed", "Out of paper after page 1", 0, FALSE, FALSE, FALSE },
  { "done", "", 0, FALSE, TRUE, FALSE },
  { "done", "", 0, FALSE, FALSE, TRUE },
};

static gboolean
print (DeskDb *db, gint64 issued_id, const char *state, const char *reason, GError **error)
{
  gint64 print_id = 0;

  return desk_issued_print_begin (db, issued_id, "printer", "Front desk", NULL, 1, &print_id, error)
         && desk_issued_print_end (db, print_id, state, reason, error);
}

/* The patient comes with a new passport. */
static gboolean
new_passport (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (db, patient_id, error);
  guint n;

  if (!patient)
    return FALSE;
  g_free (patient->passport);
  patient->passport = g_strdup ("X88104427");
  return desk_patient_save (db, patient, error) && desk_letter_compare_touched (db, patient_id, &n, error);
}

static gboolean
tell (DeskSample *sample, DeskDb *db, guint story, gint64 patient_id, gint64 issued_id, GError **error)
{
  gint64 new_id = 0;

  if (stories[story].state && !print (db, issued_id, stories[story].state, stories[story].reason, error))
    return FALSE;
  for (guint i = 0; i < stories[story].copies; i++)
    if (!print (db, issued_id, "done", "", error))
      return FALSE;
  if (stories[story].again
      && (!desk_letter_issue_again (db, issued_id, sample->today, &new_id, error) || !print (db, new_id, "done", "", error)))
    return FALSE;
  if (stories[story].gone && !desk_issued_void (db, issued_id, "The patient travels with another clinic", error))
    return FALSE;
  return !stories[story].passport || new_passport (db, patient_id, error);
}

/* A story each for the first patients whose schedule lacks nothing. */
gboolean
desk_sample_letters (DeskSample *sample, DeskDb *db, GError **error)
{
  guint story = 0;

  for (gint64 id = 1; story < G_N_ELEMENTS (stories) && id <= MIN (sample->patients, MOST_LOOKED_AT); id++)
    {
      g_autoptr (GError) lacks = NULL;
      gboolean own;
      g_autofree char *language = desk_letter_language_for (db, "treatment-schedule", id, &own, error);
      const DeskLetterWanted wanted = { .name = "treatment-schedule", .language = language, .patient_id = id };
      gint64 issued_id = 0;

      if (!language)
        return FALSE;
      if (desk_letter_issue (db, &wanted, sample->today, &issued_id, &lacks))
        {
          if (!tell (sample, db, story++, id, issued_id, error))
            return FALSE;
        }
      else if (!g_error_matches (lacks, DESK_ERROR, DESK_ERROR_INVALID))
        {
          g_propagate_error (error, g_steal_pointer (&lacks));
          return FALSE;
        }
    }
  return TRUE;
}
