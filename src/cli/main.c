/* uketsukectl: does without a display what does not need one. */
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "desk-cli.h"

enum
{
  EXIT_DONE,
  EXIT_ERROR,
  EXIT_USAGE
};

/* One line on standard error, whatever the message holds. */
static int
complain (const char *message, int status)
{
  g_autofree char *line = g_utf8_make_valid (message, -1);

  for (char *p = line; *p; p++)
    if ((guchar) *p < ' ' || *p == 0x7f)
      *p = ' ';
  fprintf (stderr, "uketsukectl: %s\n", line);
  return status;
}

static void
print_help (void)
{
  guint n_commands, n_options;
  const DeskCliCommand *commands = desk_cli_commands (&n_commands);
  const DeskCliOptionInfo *options = desk_cli_options (&n_options);

  printf ("%s\n", _ ("Usage: uketsukectl [OPTION…] COMMAND [ARGUMENT…]"));
  printf ("\n%s\n", _ ("Commands:"));
  for (guint i = 0; i < n_commands; i++)
    printf ("  %s\n      %s\n", commands[i].usage, _ (commands[i].summary));
  printf ("\n%s\n", _ ("Options:"));
  for (guint i = 0; i < n_options; i++)
    {
      g_autofree char *name = desk_cli_option_text (&options[i]);
      printf ("  %-22s %s\n", name, _ (options[i].summary));
    }
  printf ("\n%s\n", _ ("Exit status: 0 done, 1 it could not be done, 2 wrong usage."));
}

/* What every command that prints may be refused for, in words. */
static char *
words_of (const GError *error)
{
  if (!g_error_matches (error, DESK_ERROR, DESK_ERROR_REFUSED) || !g_str_has_prefix (error->message, "font-missing-"))
    return g_strdup (error->message);
  return g_strdup_printf (_ ("this computer has no font for some of the letters (script %s): nothing was printed; please install one"),
                          error->message + strlen ("font-missing-"));
}

static int
run (const DeskCliCommand *command, const DeskCliArgs *args)
{
  g_autoptr (GError) error = NULL;

  if (!command->run (args, &error))
    {
      g_autofree char *words = words_of (error);

      return complain (words, error->domain == DESK_CLI_ERROR ? EXIT_USAGE : EXIT_ERROR);
    }
  if (fflush (stdout) != 0 || ferror (stdout))
    return complain (_ ("standard output could not be written"), EXIT_ERROR);
  return EXIT_DONE;
}

int
main (int argc, char *argv[])
{
  g_autofree char *problem = NULL;
  DeskCliArgs args = { .date = DESK_DAY_NONE };

  setlocale (LC_ALL, "");
  const char *localedir = g_getenv ("UKETSUKE_LOCALEDIR");
  bindtextdomain (GETTEXT_PACKAGE, localedir ? localedir : DESK_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  /* A limit on file sizes is an error to report, not a death. */
  signal (SIGXFSZ, SIG_IGN);

  switch (desk_cli_parse (argc, argv, &args, &problem))
    {
    case DESK_CLI_HELP:
      print_help ();
      return fflush (stdout) == 0 ? EXIT_DONE : EXIT_ERROR;
    case DESK_CLI_VERSION:
      puts ("uketsukectl " DESK_VERSION);
      return fflush (stdout) == 0 ? EXIT_DONE : EXIT_ERROR;
    case DESK_CLI_WRONG:
      return complain (problem, EXIT_USAGE);
    case DESK_CLI_RUN:
      return run (args.command, &args);
    }
  return EXIT_USAGE;
}
