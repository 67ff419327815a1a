/* Commands about letters: letters, print. */
#include "desk-cli.h"

#include <stdio.h>

#include "desk-blackout.h"
#include "desk-letter-issue.h"
#include "desk-lookback-paper.h"
#include "desk-lookbacks.h"

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

static gboolean
print_lookback (const DeskCliArgs *args, GError **error)
{
  if (!args->number || args->patient)
    {
      g_set_error_literal (error, DESK_CLI_ERROR, DESK_CLI_ERROR_USAGE, "a look-back needs --number NUMBER, and no patient");
      return FALSE;
    }
  g_autoptr (DeskDb) db = desk_cli_open (args, error);
  g_autoptr (GPtrArray) all = db ? desk_lookback_list (db, error) : NULL;

  for (guint i = 0; all && i < all->len; i++)
    {
      const DeskLookback *lookback = all->pdata[i];

      if (g_ascii_strcasecmp (lookback->number, args->number) == 0)
        return desk_lookback_paper_write (db, lookback->id, args->output, args->force, error);
    }
  if (all)
    g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "there is no look-back %s", args->number);
  return FALSE;
}

/* --clinic FILE print LETTER --patient CHART -o OUT, print blackout -o OUT, or print lookback --number N -o OUT */
gboolean
desk_cli_print (const DeskCliArgs *args, GError **error)
{
  gboolean blackout = g_str_equal (args->argument, "blackout");
  gint64 patient_id;

  if (g_str_equal (args->argument, "lookback"))
    return print_lookback (args, error);
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
  DeskLetterWanted wanted = { .name = args->argument, .language = language, .patient_id = patient_id };
  gint64 issued_id;
  return language
         && desk_letter_issue_pdf (db, &wanted, 1, args->given & DESK_OPT_DATE ? args->date : desk_cli_today (), args->output,
                                   args->force, &issued_id, error);
}
