#include "desk-cli.h"

#include <glib/gi18n.h>

static const char *const exports[] = { "patient", "inventory", "daysheet", "clinic", "lot", "custody", "lookback", "stocktake", "money", "invoice", "register", NULL };
static const char *const bank[] = { "verify", NULL };

static const DeskCliCommand commands[] = {
  { "sample", "sample FILE [--patients N] [--seed S] [--date D]", N_ ("Make a sample clinic of invented people around today"),
    0, DESK_OPT_PATIENTS | DESK_OPT_SEED | DESK_OPT_DATE, NULL, DESK_CLI_PATH, desk_cli_sample },
  { "search", "--clinic FILE search TEXT", N_ ("List patients by any part of a name or number"),
    DESK_OPT_CLINIC, 0, NULL, DESK_CLI_TEXT, desk_cli_search },
  { "export", "--clinic FILE export patient|inventory|daysheet|clinic|lot|custody|lookback|stocktake|money|invoice|register [--patient CHART] [--number NUMBER] [--date D] -o OUT.xml [--force]",
    N_ ("Write XML and check it before it gets its name"), DESK_OPT_CLINIC | DESK_OPT_OUTPUT,
    DESK_OPT_PATIENT | DESK_OPT_NUMBER | DESK_OPT_DATE | DESK_OPT_FORCE, exports, DESK_CLI_TEXT, desk_cli_export },
  { "check", "check OUT.xml", N_ ("Say whether an exported file is whole and valid"), 0, 0, NULL, DESK_CLI_PATH, desk_cli_check },
  { "print", "--clinic FILE print LETTER|visa|blackout|lookback [--patient CHART] [--subject NUMBER] [--number NUMBER] [--language LANGUAGE] [--date D] -o OUT.pdf [--force]",
    N_ ("Issue a letter under its number, or the papers of a visa as one, and write it as PDF; or the black-out pack of the bank, or a look-back"), DESK_OPT_CLINIC | DESK_OPT_OUTPUT,
    DESK_OPT_PATIENT | DESK_OPT_SUBJECT | DESK_OPT_NUMBER | DESK_OPT_LANGUAGE | DESK_OPT_DATE | DESK_OPT_FORCE, NULL, DESK_CLI_TEXT, desk_cli_print },
  { "reprint", "--clinic FILE reprint NUMBER -o OUT.pdf [--force]", N_ ("Write a letter that was issued again, as a copy"),
    DESK_OPT_CLINIC | DESK_OPT_OUTPUT, DESK_OPT_FORCE, NULL, DESK_CLI_TEXT, desk_cli_reprint },
  { "labels", "--clinic FILE labels CODE [--size SIZE] -o OUT.pdf [--force]",
    N_ ("Write the labels of a unit, lot, collection, patient, container or device as PDF"), DESK_OPT_CLINIC | DESK_OPT_OUTPUT,
    DESK_OPT_SIZE | DESK_OPT_FORCE, NULL, DESK_CLI_TEXT, desk_cli_labels },
  { "command-sheet", "command-sheet -o OUT.pdf [--force]", N_ ("Write the sheet of commands to scan as PDF"), DESK_OPT_OUTPUT,
    DESK_OPT_FORCE, NULL, DESK_CLI_NOTHING, desk_cli_command_sheet },
  { "letters", "letters [--clinic FILE [--patient CHART] [--date D]]",
    N_ ("List the letters with their languages, and what is missing for a patient"), 0, DESK_OPT_CLINIC | DESK_OPT_PATIENT | DESK_OPT_DATE,
    NULL, DESK_CLI_NOTHING, desk_cli_letters },
  { "letter-check", "letter-check FILE.xml", N_ ("Say everything that is wrong with the template of a letter"), 0, 0,
    NULL, DESK_CLI_PATH, desk_cli_letter_check },
  { "letter-text", "--clinic FILE letter-text LETTER -o OUT.xml [--force]", N_ ("Write the text of a letter, the clinic’s own or the built-in one"),
    DESK_OPT_CLINIC | DESK_OPT_OUTPUT, DESK_OPT_FORCE, NULL, DESK_CLI_TEXT, desk_cli_letter_text },
  { "letter-save", "--clinic FILE letter-save FILE.xml [--number NUMBER] [--comment TEXT]",
    N_ ("Save the text of a letter as the clinic’s newest version, after a check"), DESK_OPT_CLINIC, DESK_OPT_NUMBER | DESK_OPT_COMMENT, NULL,
    DESK_CLI_PATH, desk_cli_letter_save },
  { "calendar", "--clinic FILE calendar --patient CHART -o OUT.ics [--force]", N_ ("Write a patient’s visits for the patient’s own calendar"),
    DESK_OPT_CLINIC | DESK_OPT_PATIENT | DESK_OPT_OUTPUT, DESK_OPT_FORCE, NULL, DESK_CLI_NOTHING, desk_cli_calendar },
  { "mrz", "mrz [--date D] < LINES", N_ ("Read the machine-readable lines of a passport, card or visa"), 0, DESK_OPT_DATE,
    NULL, DESK_CLI_NOTHING, desk_cli_mrz },
  { "intake-scan", "intake-scan DIR", N_ ("List the patients and studies of a disc or folder of DICOM files as XML"), 0, 0,
    NULL, DESK_CLI_PATH, desk_cli_intake_scan },
  { "plan", "plan PROBLEM.xml [-o OUT.xml] [--force]", N_ ("Find the best trips for a problem of the planner, or what keeps all from fitting"),
    0, DESK_OPT_OUTPUT | DESK_OPT_FORCE, NULL, DESK_CLI_PATH, desk_cli_plan },
  { "plan-patient", "--clinic FILE plan-patient --patient CHART [--template CODE] [--date D] [-o OUT.xml] [--force]",
    N_ ("Find the best trips of a patient of the clinic"), DESK_OPT_CLINIC | DESK_OPT_PATIENT,
    DESK_OPT_TEMPLATE | DESK_OPT_DATE | DESK_OPT_OUTPUT | DESK_OPT_FORCE, NULL, DESK_CLI_NOTHING, desk_cli_plan_patient },
  { "plan-all", "--clinic FILE plan-all [--template CODE] [--date D] [-o OUT.xml] [--force]",
    N_ ("Find trips for everybody on the waiting list, over the same chairs"), DESK_OPT_CLINIC,
    DESK_OPT_TEMPLATE | DESK_OPT_DATE | DESK_OPT_OUTPUT | DESK_OPT_FORCE, NULL, DESK_CLI_NOTHING, desk_cli_plan_all },
  { "verify", "--clinic FILE verify", N_ ("Look for damage in a clinic file and its audit trail"),
    DESK_OPT_CLINIC, 0, NULL, DESK_CLI_NOTHING, desk_cli_verify },
  { "bank", "--clinic FILE bank verify", N_ ("Prove that nothing in the bank of cells is what must never be"),
    DESK_OPT_CLINIC, 0, bank, DESK_CLI_TEXT, desk_cli_bank },
  { "money", "--clinic FILE money [--patient CHART] [--date D]", N_ ("Say how a patient stands, or what money a day brought"),
    DESK_OPT_CLINIC, DESK_OPT_PATIENT | DESK_OPT_DATE, NULL, DESK_CLI_NOTHING, desk_cli_money },
  { "numbers", "--clinic FILE numbers", N_ ("List the numbers of papers that were passed over, and why"),
    DESK_OPT_CLINIC, 0, NULL, DESK_CLI_NOTHING, desk_cli_numbers },
  { "papers", "--clinic FILE papers [--passphrase-file FILE]", N_ ("Read what all papers contain, and tell what is missing or damaged"),
    DESK_OPT_CLINIC, DESK_OPT_PASSPHRASE, NULL, DESK_CLI_NOTHING, desk_cli_papers },
};

/* Lends the commands in the order of the help text. */
const DeskCliCommand *
desk_cli_commands (guint *n_commands)
{
  *n_commands = G_N_ELEMENTS (commands);
  return commands;
}
