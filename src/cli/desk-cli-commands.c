#include "desk-cli.h"

#include <glib/gi18n.h>

static const DeskCliCommand commands[] = {
  { "sample", "sample FILE [--patients N] [--seed S] [--date D]", N_ ("Make a sample clinic of invented people around today"),
    0, DESK_OPT_PATIENTS | DESK_OPT_SEED | DESK_OPT_DATE, 1, NULL, desk_cli_sample },
  { "verify", "--clinic FILE verify", N_ ("Look for damage in a clinic file and its audit trail"),
    DESK_OPT_CLINIC, 0, 0, NULL, desk_cli_verify },
};

/* Lends the commands in the order of the help text. */
const DeskCliCommand *
desk_cli_commands (guint *n_commands)
{
  *n_commands = G_N_ELEMENTS (commands);
  return commands;
}
