/* Plans of the sample clinic: one that is held as a proposal, and one that turned red because the patient's days moved. */
#include "desk-plan-file.h"
#include "desk-plans.h"
#include "desk-sample-parts.h"
#include "desk-windows.h"

/* Patients who are at home, with nothing booked. */
#define HELD 14
#define RED 61

static DeskPatientWindow *
new_window (gint64 patient_id, const char *kind, DeskDay first, DeskDay last)
{
  DeskPatientWindow *window = desk_patient_window_new (patient_id);

  g_free (window->kind);
  window->kind = g_strdup (kind);
  g_free (window->first_day);
  window->first_day = desk_day_format (first);
  g_free (window->last_day);
  window->last_day = desk_day_format (last);
  return window;
}

static gboolean
add_windows (DeskSample *sample, DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskPatientWindow) spring = new_window (patient_id, "possible", sample->today + 12, sample->today + 75);
  g_autoptr (DeskPatientWindow) summer = new_window (patient_id, "possible", sample->today + 100, sample->today + 160);
  g_autoptr (DeskPatientWindow) therapy = new_window (patient_id, "chemotherapy", sample->today + 4, sample->today + 6);

  therapy->days_before = 2;
  therapy->days_after = 7;
  return desk_patient_window_save (db, spring, error) && desk_patient_window_save (db, summer, error)
         && desk_patient_window_save (db, therapy, error);
}

/* The first of the best plans of a course of three; 0 in id where nothing fits. */
static gboolean
keep_plan (DeskSample *sample, DeskDb *db, gint64 patient_id, gint64 *id, GError **error)
{
  DeskPlanOptions options;

  *id = 0;
  desk_plan_options_init (&options);
  options.template_code = "high-activity";
  g_autoptr (DeskPlanFile) file = desk_plan_problem_load (db, patient_id, &options, sample->today, error);
  if (!file)
    return FALSE;
  g_autofree char *xml = desk_plan_file_problem (file->problem, error);
  if (!xml)
    return FALSE;
  g_autoptr (GPtrArray) plans = desk_plan_best (file->problem, NULL);
  return plans->len == 0
         || desk_plan_keep_at (db, file, plans->pdata[0], xml, desk_sample_at (sample, sample->today, 9 * 60), id, error);
}

/* The patient has to be home three weeks earlier than he said. */
static gboolean
shorten (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) windows = desk_patient_window_list (db, patient_id, FALSE, error);

  for (guint i = 0; windows && i < windows->len; i++)
    {
      DeskPatientWindow *window = windows->pdata[i];
      DeskDay last;

      if (!desk_patient_window_is_possible (window) || !desk_day_parse (window->last_day, &last))
        continue;
      g_free (window->last_day);
      window->last_day = desk_day_format (last - 40);
      return desk_patient_window_save (db, window, error);
    }
  return windows != NULL;
}

/* Needs the patients, their cells and the book. */
gboolean
desk_sample_plans (DeskSample *sample, DeskDb *db, GError **error)
{
  gint64 id;

  if (sample->patients >= HELD && (!add_windows (sample, db, HELD, error) || !keep_plan (sample, db, HELD, &id, error)))
    return FALSE;
  return sample->patients < RED
         || (add_windows (sample, db, RED, error) && keep_plan (sample, db, RED, &id, error) && shorten (db, RED, error));
}
