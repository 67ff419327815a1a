/* Labels and the sheet of commands. */
#include "desk-cli.h"

#include <glib/gi18n.h>

#include "desk-error.h"
#include "desk-label-job.h"

/* Codes of the rules, in words. */
static void
explain (GError **error, const char *what)
{
  static const struct
  {
    const char *code, *words;
  } refusals[] = { { "not-released", N_ ("not released: there is no release tag for it") },
                   { "label-nothing", N_ ("there is nothing to label") },
                   { "label-too-small", N_ ("the label is too small for what must stand on it; choose a larger --size") },
                   { "label-visits", N_ ("no visit to come is booked: there is nothing to write on the card") },
                   { "label-address", N_ ("the patient has no address") },
                   { "label-code", N_ ("it has no code yet; give it one in the program") } };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_error_matches (*error, DESK_ERROR, DESK_ERROR_REFUSED) && g_str_equal ((*error)->message, refusals[i].code))
      {
        g_clear_error (error);
        g_set_error (error, DESK_ERROR, DESK_ERROR_REFUSED, "%s: %s", what, _ (refusals[i].words));
      }
}

/* --clinic FILE labels CODE [--size SIZE] -o OUT.pdf */
gboolean
desk_cli_labels (const DeskCliArgs *args, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (DeskDb) db = desk_cli_open (args, error);

  if (!db)
    return FALSE;
  g_autoptr (GPtrArray) labels = desk_label_of_code (db, args->argument, args->size, &local);
  const DeskLabelStock *stock = labels ? desk_label_paper (labels, args->size, &local) : NULL;
  if (stock && desk_label_print_pdf (labels, stock, args->output, args->force, &local))
    return TRUE;
  explain (&local, args->argument);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* command-sheet -o OUT.pdf */
gboolean
desk_cli_command_sheet (const DeskCliArgs *args, GError **error)
{
  return desk_command_sheet_print_pdf (args->output, args->force, error);
}
