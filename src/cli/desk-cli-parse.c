/* Reads the command line: options stand before or after the command. */
#include <errno.h>
#include <getopt.h>
#include <glib/gi18n.h>
#include <string.h>

#include "desk-cli.h"
#include "desk-letters.h"
#include "desk-sample.h"

enum
{
  SHORT_HELP = 'h',
  SHORT_VERSION = 'V'
};

static const DeskCliOptionInfo options[] = {
  { "clinic", 'c', "FILE", DESK_OPT_CLINIC, TRUE, N_ ("the clinic file") },
  { "patients", 'n', "N", DESK_OPT_PATIENTS, FALSE, N_ ("how many patients to invent (200; at most 1000000)") },
  { "seed", 's', "S", DESK_OPT_SEED, FALSE, N_ ("another seed invents other people (1)") },
  { "patient", 'p', "CHART", DESK_OPT_PATIENT, FALSE, N_ ("the patient, by chart number") },
  { "number", 'u', "NUMBER", DESK_OPT_NUMBER, FALSE, N_ ("the lot, unit, look-back or stocktake, by its number") },
  { "date", 'd', "D", DESK_OPT_DATE, FALSE, N_ ("the day, as YYYY-MM-DD (today)") },
  { "language", 'l', "LANGUAGE", DESK_OPT_LANGUAGE, FALSE, N_ ("of the letter (the patient’s)") },
  { "template", 't', "CODE", DESK_OPT_TEMPLATE, FALSE, N_ ("the course template of a plan, by its code") },
  { "size", 'z', "SIZE", DESK_OPT_SIZE, FALSE, N_ ("of the label: 25x13, 50x25, release, card, wristband, appointment or address") },
  { "subject", 'j', "NUMBER", DESK_OPT_SUBJECT, FALSE, N_ ("the quote, invoice, receipt … the letter is about (the patient’s newest)") },
  { "comment", 'm', "TEXT", DESK_OPT_COMMENT, FALSE, N_ ("what was changed in a letter, and why") },
  { "output", 'o', "OUT", DESK_OPT_OUTPUT, TRUE, N_ ("the file to write; - is standard output") },
  { "force", 'f', NULL, DESK_OPT_FORCE, FALSE, N_ ("overwrite the file that is there") },
  { "passphrase-file", 'k', "FILE", DESK_OPT_PASSPHRASE, TRUE, N_ ("a file whose first line is the clinic’s passphrase") },
  { "help", SHORT_HELP, NULL, 0, FALSE, N_ ("show this text") },
  { "version", SHORT_VERSION, NULL, 0, FALSE, N_ ("show the version") },
};

/* Lends the options in the order of the help text. */
const DeskCliOptionInfo *
desk_cli_options (guint *n_options)
{
  *n_options = G_N_ELEMENTS (options);
  return options;
}

/* "-o, --output=OUT"; the caller frees it. */
char *
desk_cli_option_text (const DeskCliOptionInfo *option)
{
  return g_strdup_printf ("-%c, --%s%s%s", option->letter, option->name, option->value ? "=" : "",
                          option->value ? option->value : "");
}

static const DeskCliOptionInfo *
find_option (int letter)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].letter == letter)
      return &options[i];
  return NULL;
}

static const char *const sizes[] = { "25x13", "50x25", "release", "card", "wristband", "appointment", "address", NULL };

static gboolean
read_value (DeskCliArgs *args, DeskCliOption bit, const char *value)
{
  guint64 number = 0;

  switch (bit)
    {
    case DESK_OPT_CLINIC:
      args->clinic = value;
      return *value != '\0';
    case DESK_OPT_OUTPUT:
      args->output = value;
      return *value != '\0';
    case DESK_OPT_PASSPHRASE:
      args->passphrase_file = value;
      return *value != '\0';
    case DESK_OPT_PATIENT:
      args->patient = value;
      return *value != '\0';
    case DESK_OPT_NUMBER:
      args->number = value;
      return *value != '\0';
    case DESK_OPT_COMMENT:
      args->comment = value;
      return TRUE;
    case DESK_OPT_SUBJECT:
      args->subject = value;
      return *value != '\0';
    case DESK_OPT_TEMPLATE:
      args->template = value;
      return *value != '\0';
    case DESK_OPT_SIZE:
      args->size = value;
      return g_strv_contains (sizes, value);
    case DESK_OPT_LANGUAGE:
      args->language = value;
      return g_strv_contains (desk_letter_languages ("chase"), value);
    case DESK_OPT_DATE:
      return desk_day_parse (value, &args->date);
    case DESK_OPT_SEED:
      return g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &args->seed, NULL);
    case DESK_OPT_PATIENTS:
      if (!g_ascii_string_to_unsigned (value, 10, 1, DESK_SAMPLE_MAX_PATIENTS, &number, NULL))
        return FALSE;
      args->patients = (guint) number;
      return TRUE;
    case DESK_OPT_FORCE:
      args->force = TRUE;
      return TRUE;
    }
  return FALSE;
}

static char *
wrong_option (const DeskCliOptionInfo *option, const char *value)
{
  return g_strdup_printf (_ ("--%s cannot be “%s”; see uketsukectl --help"), option->name, value);
}

/* Reads all options; what is left is moved to the end of argv. */
static DeskCliParse
read_options (int argc, char **argv, DeskCliArgs *args, char **problem)
{
  struct option table[G_N_ELEMENTS (options) + 1] = { 0 };
  int letter;

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    table[i] = (struct option) { options[i].name, options[i].value ? required_argument : no_argument, NULL, options[i].letter };
  opterr = 0;
  while ((letter = getopt_long (argc, argv, ":c:n:s:p:u:d:l:t:z:j:o:k:fhV", table, NULL)) != -1)
    {
      const DeskCliOptionInfo *option = find_option (letter);

      if (letter == SHORT_HELP || letter == SHORT_VERSION)
        return letter == SHORT_HELP ? DESK_CLI_HELP : DESK_CLI_VERSION;
      if (!option)
        *problem = g_strdup_printf (letter == ':' ? _ ("%s needs a value; see uketsukectl --help")
                                                  : _ ("unknown option %s; see uketsukectl --help"),
                                    argv[optind - 1]);
      else if (optarg && !option->path && !g_utf8_validate (optarg, -1, NULL))
        *problem = g_strdup_printf (_ ("--%s is not valid UTF-8"), option->name);
      else if (!read_value (args, option->bit, optarg ? optarg : ""))
        *problem = wrong_option (option, optarg);
      if (*problem)
        return DESK_CLI_WRONG;
      args->given |= option->bit;
    }
  return DESK_CLI_RUN;
}

static const DeskCliCommand *
find_command (const char *name)
{
  guint n;
  const DeskCliCommand *commands = desk_cli_commands (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}

/* What is wrong with these options for that command, or NULL. */
static char *
check_options (const DeskCliCommand *command, DeskCliOption given)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      if (command->needs & options[i].bit & ~given)
        return g_strdup_printf (_ ("%s needs --%s; see uketsukectl --help"), command->name, options[i].name);
      if (given & options[i].bit & ~(command->needs | command->takes))
        return g_strdup_printf (_ ("%s does not take --%s; see uketsukectl --help"), command->name, options[i].name);
    }
  return NULL;
}

static char *
check_arguments (const DeskCliCommand *command, const DeskCliArgs *args)
{
  if (args->n_args != (command->argument == DESK_CLI_NOTHING ? 0 : 1))
    return g_strdup_printf (_ ("usage: uketsukectl %s"), command->usage);
  if (command->argument == DESK_CLI_TEXT && !g_utf8_validate (args->argument, -1, NULL))
    return g_strdup_printf (_ ("what stands after %s is not valid UTF-8"), command->name);
  if (command->choices && !g_strv_contains (command->choices, args->argument))
    return g_strdup_printf (_ ("%s cannot do “%s”; usage: uketsukectl %s"), command->name, args->argument, command->usage);
  return NULL;
}

/* Fills args from the command line; with DESK_CLI_WRONG *problem says in words what is wrong. */
DeskCliParse
desk_cli_parse (int argc, char **argv, DeskCliArgs *args, char **problem)
{
  DeskCliParse parse = read_options (argc, argv, args, problem);

  if (parse != DESK_CLI_RUN)
    return parse;
  if (optind >= argc)
    {
      *problem = g_strdup (_ ("no command; see uketsukectl --help"));
      return DESK_CLI_WRONG;
    }
  args->command = find_command (argv[optind]);
  if (!args->command)
    {
      *problem = g_strdup_printf (_ ("unknown command “%s”; see uketsukectl --help"), argv[optind]);
      return DESK_CLI_WRONG;
    }
  args->n_args = argc - optind - 1;
  if (args->n_args == 1)
    args->argument = argv[optind + 1];
  *problem = check_options (args->command, args->given);
  if (!*problem)
    *problem = check_arguments (args->command, args);
  return *problem ? DESK_CLI_WRONG : DESK_CLI_RUN;
}
