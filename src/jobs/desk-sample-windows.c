/* Days of the sample's patients: one whose journeys can be laid in three ways, one for whom nothing fits. */
#include "desk-sample-parts.h"
#include "desk-windows.h"

/* Patients who are at home, with nothing booked. */
#define THREE_WAYS 32
#define NONE 58

static const struct
{
  gint64 patient_id;
  const char *kind, *note;
  int first, last; /* days from today */
  int before, after;
} windows[] = {
  { THREE_WAYS, "possible", "Short leave", 10, 20, 0, 0 },
  { THREE_WAYS, "chemotherapy", "Third cycle", 22, 23, 1, 5 },
  { THREE_WAYS, "possible", "", 30, 64, 0, 0 },
  { NONE, "possible", "School holidays", 14, 50, 0, 0 },
  { NONE, "chemotherapy", "Second cycle", 30, 31, 3, 10 },
  { NONE, "possible", "", 75, 92, 0, 0 },
};

static void
set_text (char **member, char *value)
{
  g_free (*member);
  *member = value;
}

/* Needs the patients. */
gboolean
desk_sample_windows (DeskSample *sample, DeskDb *db, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      g_autoptr (DeskPatientWindow) window = desk_patient_window_new (windows[i].patient_id);

      if (windows[i].patient_id > sample->patients)
        continue;
      set_text (&window->kind, g_strdup (windows[i].kind));
      set_text (&window->note, g_strdup (windows[i].note));
      set_text (&window->first_day, desk_day_format (sample->today + windows[i].first));
      set_text (&window->last_day, desk_day_format (sample->today + windows[i].last));
      window->days_before = windows[i].before;
      window->days_after = windows[i].after;
      if (!desk_patient_window_save (db, window, error))
        return FALSE;
    }
  return TRUE;
}
