/* Commands about letters: letters, print. */
#include "desk-cli.h"

#include <stdio.h>

#include "desk-blackout.h"
#include "desk-letters.h"

/* letters: the names that print takes, one a line. */
gboolean
desk_cli_letters (const DeskCliArgs *args, GError **error)
{
  for (const char *const *name = desk_letter_names (); *name; name++)
    puts (*name);
  return TRUE;
}

/* The language asked for, or the patient's own for what is written to the patient. Says so where there is none. */
static char *
choose_language (DeskDb *db, const DeskCliArgs *args, gint64 patient_id, GError **error)
{
  gboolean own = TRUE;
  char *language;

  if (args->language || !g_str_equal (args->argument, "chase"))
    return g_strdup (args->language ? args->language : "en");
  language = desk_letter_language_for (db, args->argument, patient_id, &own, error);
  if (!own)
    g_printerr ("there is no text in the patient's language: this one is English\n");
  return language;
}

/* --clinic FILE print LETTER --patient CHART -o OUT, or print blackout -o OUT */
gboolean
desk_cli_print (const DeskCliArgs *args, GError **error)
{
  gboolean blackout = g_str_equal (args->argument, "blackout");
  gint64 patient_id;

  if (blackout != !args->patient)
    {
      g_set_error_literal (error, DESK_CLI_ERROR, DESK_CLI_ERROR_USAGE,
                           blackout ? "the black-out pack is of no single patient" : "a letter needs --patient CHART");
      return FALSE;
    }
  g_autoptr (DeskDb) db = desk_cli_open (args, error);
  if (db && blackout)
    return desk_blackout_write (db, args->output, args->force, error);
  if (!db || !desk_cli_find_patient (db, args, &patient_id, error))
    return FALSE;
  g_autofree char *language = choose_language (db, args, patient_id, error);
  return language
         && desk_letter_print_pdf (db, args->argument, patient_id, language, args->given & DESK_OPT_DATE ? args->date : desk_cli_today (),
                                   args->output, args->force, error);
}
