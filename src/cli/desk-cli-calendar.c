/* calendar: a patient's visits for the patient's own calendar. */
#include "desk-cli.h"

#include "desk-calendar-file.h"

/* --clinic FILE calendar --patient CHART -o OUT.ics */
gboolean
desk_cli_calendar (const DeskCliArgs *args, GError **error)
{
  g_autoptr (DeskDb) db = desk_cli_open (args, error);
  gint64 patient_id;

  return db && desk_cli_find_patient (db, args, &patient_id, error)
         && desk_calendar_write (db, patient_id, g_get_real_time () / G_USEC_PER_SEC, args->output, args->force, error);
}
