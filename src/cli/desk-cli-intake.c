/* What comes from outside: intake-scan. */
#include <glib/gi18n.h>
#include <unistd.h>

#include "desk-cli.h"
#include "desk-disc.h"

/* The code alone says nothing to who reads a terminal. */
static gboolean
fail (GError *cause, const char *folder, GError **error)
{
  if (g_error_matches (cause, DESK_ERROR, DESK_ERROR_REFUSED) && g_str_equal (cause->message, "no-sandbox"))
    {
      g_clear_error (&cause);
      g_set_error_literal (&cause, DESK_ERROR, DESK_ERROR_REFUSED,
                           _ ("files from outside are read only in a sandbox, and none can be made here: is bubblewrap installed?"));
    }
  g_propagate_prefixed_error (error, cause, "%s: ", folder);
  return FALSE;
}

/* intake-scan DIR */
gboolean
desk_cli_intake_scan (const DeskCliArgs *args, GError **error)
{
  GError *cause = NULL;
  g_autoptr (DeskDisc) disc = desk_disc_scan (args->argument, NULL, NULL, desk_cli_cancellable (), &cause);

  return disc ? desk_disc_write (disc, STDOUT_FILENO, error) : fail (cause, args->argument, error);
}
