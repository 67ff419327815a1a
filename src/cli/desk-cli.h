/* The command-line companion: one table of commands drives dispatch, checks of usage and the help text. */
#pragma once

#include <gio/gio.h>

#include "desk-contents.h"
#include "desk-day.h"
#include "desk-db.h"

G_BEGIN_DECLS

/* An error of usage that only a command itself can see; the message says all. */
#define DESK_CLI_ERROR (g_quark_from_static_string ("desk-cli"))
#define DESK_CLI_ERROR_USAGE 1

typedef enum
{
  DESK_OPT_CLINIC = 1 << 0,
  DESK_OPT_PATIENTS = 1 << 1,
  DESK_OPT_SEED = 1 << 2,
  DESK_OPT_PATIENT = 1 << 3,
  DESK_OPT_DATE = 1 << 4,
  DESK_OPT_LANGUAGE = 1 << 5,
  DESK_OPT_OUTPUT = 1 << 6,
  DESK_OPT_FORCE = 1 << 7,
  DESK_OPT_PASSPHRASE = 1 << 8,
  DESK_OPT_NUMBER = 1 << 9,
  DESK_OPT_SIZE = 1 << 10,
  DESK_OPT_TEMPLATE = 1 << 11,
  DESK_OPT_SUBJECT = 1 << 12,
  DESK_OPT_COMMENT = 1 << 13,
} DeskCliOption;

typedef struct
{
  const char *name;
  char letter;
  const char *value;           /* what stands for it in the help text; NULL when it takes none */
  DeskCliOption bit;
  gboolean path;               /* need not be UTF-8 */
  const char *summary;         /* marked for translation */
} DeskCliOptionInfo;

typedef enum
{
  DESK_CLI_RUN,
  DESK_CLI_HELP,
  DESK_CLI_VERSION,
  DESK_CLI_WRONG
} DeskCliParse;

typedef struct _DeskCliCommand DeskCliCommand;

/* What the command line says, checked. Texts are UTF-8 but for the paths. */
typedef struct
{
  DeskCliOption given;
  const char *clinic, *output, *passphrase_file; /* paths, as the shell gave them */
  const char *patient, *number, *language, *size, *template, *subject, *comment;
  guint patients;
  guint64 seed;
  DeskDay date;                /* DESK_DAY_NONE when not given */
  gboolean force;
  const DeskCliCommand *command;
  const char *argument;        /* after the command, when there is one */
  guint n_args;
} DeskCliArgs;

struct _DeskCliCommand
{
  const char *name;
  const char *usage;           /* as --help and the man page show it */
  const char *summary;         /* marked for translation */
  DeskCliOption needs, takes;  /* options that must, and may, be given */
  const char *const *choices;  /* what the argument may be, or NULL for anything */
  enum
  {
    DESK_CLI_NOTHING,
    DESK_CLI_TEXT,
    DESK_CLI_PATH              /* need not be UTF-8 */
  } argument;                  /* what must stand after the command */
  gboolean (*run) (const DeskCliArgs *args, GError **error);
};

const DeskCliCommand *desk_cli_commands (guint *n_commands);
const DeskCliOptionInfo *desk_cli_options (guint *n_options);
char *desk_cli_option_text (const DeskCliOptionInfo *option);
DeskCliParse desk_cli_parse (int argc, char **argv, DeskCliArgs *args, char **problem);

gboolean desk_cli_sample (const DeskCliArgs *args, GError **error);
gboolean desk_cli_search (const DeskCliArgs *args, GError **error);
gboolean desk_cli_export (const DeskCliArgs *args, GError **error);
gboolean desk_cli_check (const DeskCliArgs *args, GError **error);
gboolean desk_cli_print (const DeskCliArgs *args, GError **error);
gboolean desk_cli_reprint (const DeskCliArgs *args, GError **error);
gboolean desk_cli_labels (const DeskCliArgs *args, GError **error);
gboolean desk_cli_command_sheet (const DeskCliArgs *args, GError **error);
gboolean desk_cli_letters (const DeskCliArgs *args, GError **error);
gboolean desk_cli_mrz (const DeskCliArgs *args, GError **error);
gboolean desk_cli_intake_scan (const DeskCliArgs *args, GError **error);
gboolean desk_cli_verify (const DeskCliArgs *args, GError **error);
gboolean desk_cli_bank (const DeskCliArgs *args, GError **error);
gboolean desk_cli_money (const DeskCliArgs *args, GError **error);
gboolean desk_cli_numbers (const DeskCliArgs *args, GError **error);
gboolean desk_cli_papers (const DeskCliArgs *args, GError **error);
gboolean desk_cli_calendar (const DeskCliArgs *args, GError **error);
gboolean desk_cli_letter_check (const DeskCliArgs *args, GError **error);
gboolean desk_cli_letter_text (const DeskCliArgs *args, GError **error);
gboolean desk_cli_letter_save (const DeskCliArgs *args, GError **error);
gboolean desk_cli_plan (const DeskCliArgs *args, GError **error);
gboolean desk_cli_plan_all (const DeskCliArgs *args, GError **error);
gboolean desk_cli_plan_patient (const DeskCliArgs *args, GError **error);

DeskDb *desk_cli_open (const DeskCliArgs *args, GError **error);
DeskDb *desk_cli_open_register (const DeskCliArgs *args, GError **error);
gboolean desk_cli_find_patient (DeskDb *db, const DeskCliArgs *args, gint64 *id, GError **error);
DeskDay desk_cli_today (void);
DeskContents *desk_cli_contents (DeskDb *db, const DeskCliArgs *args, GError **error);
GCancellable *desk_cli_cancellable (void);

G_END_DECLS
