/* Commands that write a file of their own: export, check. */
#include "desk-cli.h"

#include <glib/gi18n.h>

#include "desk-export.h"

typedef struct
{
  const char *name;
  DeskExport what;
} ExportName;

static const ExportName exports[] = {
  { "patient", DESK_EXPORT_PATIENT },
  { "inventory", DESK_EXPORT_INVENTORY },
  { "daysheet", DESK_EXPORT_DAYSHEET },
  { "clinic", DESK_EXPORT_CLINIC },
};

static DeskExport
find_export (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (exports); i++)
    if (g_str_equal (exports[i].name, name))
      return exports[i].what;
  g_return_val_if_reached (DESK_EXPORT_CLINIC);
}

/* --clinic FILE export WHAT -o OUT */
gboolean
desk_cli_export (const DeskCliArgs *args, GError **error)
{
  DeskExport what = find_export (args->argument);
  DeskDay day = args->given & DESK_OPT_DATE ? args->date : desk_cli_today ();
  gint64 patient_id = 0;

  if (what == DESK_EXPORT_PATIENT && !args->patient)
    {
      g_set_error_literal (error, DESK_CLI_ERROR, DESK_CLI_ERROR_USAGE, _ ("export patient needs --patient; see uketsukectl --help"));
      return FALSE;
    }
  g_autoptr (DeskDb) db = desk_cli_open (args, error);
  if (!db || (what == DESK_EXPORT_PATIENT && !desk_cli_find_patient (db, args, &patient_id, error)))
    return FALSE;
  return desk_export (db, what, patient_id, day, args->output, args->force, NULL, NULL, desk_cli_cancellable (), error);
}

/* check OUT */
gboolean
desk_cli_check (const DeskCliArgs *args, GError **error)
{
  if (!desk_export_check (args->argument, error))
    return FALSE;
  g_print (_ ("%s: whole and valid\n"), args->argument);
  return TRUE;
}
