/* Commands that write a file of their own: export, check. */
#include "desk-cli.h"

#include <glib/gi18n.h>

#include "desk-export.h"
#include "desk-report.h"

typedef struct
{
  const char *name;
  DeskExport what;
  DeskReportKind found_by; /* what --number is the number of; DESK_N_REPORTS where there is none */
} ExportName;

static const ExportName exports[] = {
  { "patient", DESK_EXPORT_PATIENT, DESK_N_REPORTS },
  { "inventory", DESK_EXPORT_INVENTORY, DESK_N_REPORTS },
  { "daysheet", DESK_EXPORT_DAYSHEET, DESK_N_REPORTS },
  { "clinic", DESK_EXPORT_CLINIC, DESK_N_REPORTS },
  { "lot", DESK_EXPORT_LOT, DESK_REPORT_CULTURE },
  { "custody", DESK_EXPORT_CUSTODY, DESK_REPORT_KEPT },
  { "lookback", DESK_EXPORT_LOOKBACK, DESK_REPORT_LOOKBACK },
  { "stocktake", DESK_EXPORT_STOCKTAKE, DESK_REPORT_COUNT },
  { "money", DESK_EXPORT_MONEY, DESK_N_REPORTS },
  { "invoice", DESK_EXPORT_INVOICE, DESK_REPORT_BILL },
  { "register", DESK_EXPORT_REGISTER, DESK_N_REPORTS },
};

static const ExportName *
find_export (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (exports); i++)
    if (g_str_equal (exports[i].name, name))
      return &exports[i];
  g_return_val_if_reached (&exports[0]);
}

/* The one thing the export is about, where it is about one. */
static gboolean
find_thing (DeskDb *db, const ExportName *name, const DeskCliArgs *args, gint64 *id, GError **error)
{
  if (name->what == DESK_EXPORT_PATIENT || (name->what == DESK_EXPORT_MONEY && args->patient))
    return desk_cli_find_patient (db, args, id, error);
  return name->found_by == DESK_N_REPORTS || desk_report_find (db, name->found_by, args->number, id, error);
}

/* --clinic FILE export WHAT -o OUT */
gboolean
desk_cli_export (const DeskCliArgs *args, GError **error)
{
  const ExportName *name = find_export (args->argument);
  DeskDay day = args->given & DESK_OPT_DATE ? args->date : desk_cli_today ();
  gint64 id = 0;

  if (name->what == DESK_EXPORT_PATIENT && !args->patient)
    {
      g_set_error_literal (error, DESK_CLI_ERROR, DESK_CLI_ERROR_USAGE, _ ("export patient needs --patient; see uketsukectl --help"));
      return FALSE;
    }
  if (name->found_by != DESK_N_REPORTS && !args->number)
    {
      g_set_error (error, DESK_CLI_ERROR, DESK_CLI_ERROR_USAGE, _ ("export %s needs --number; see uketsukectl --help"), name->name);
      return FALSE;
    }
  g_autoptr (DeskDb) db = desk_cli_open (args, error);
  if (!db || !find_thing (db, name, args, &id, error))
    return FALSE;
  return desk_export (db, name->what, id, day, args->output, args->force, NULL, NULL, desk_cli_cancellable (), error);
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
