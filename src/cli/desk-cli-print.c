/* Commands about letters: letters, print, reprint. */
#include "desk-cli.h"

#include <stdio.h>

#include "desk-blackout.h"
#include "desk-letter-issue.h"
#include "desk-letter-trip.h"
#include "desk-letter-subject.h"
#include "desk-letter-templates.h"
#include "desk-lookback-paper.h"
#include "desk-lookbacks.h"

/* What a letter about money is of, where the patient has none of it; NULL for any other. */
static const char *
lacks_whole (const DeskLetterWanted *wanted)
{
  static const struct
  {
    const char *letter, *words;
  } subjects[] = {
    { "quote", "no quote yet" },     { "invoice", "no invoice yet" }, { "credit", "no credit note yet" },
    { "receipt", "no payment yet" }, { "refund", "no refund yet" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (subjects) && wanted->patient_id && !wanted->subject_id; i++)
    if (g_str_equal (subjects[i].letter, wanted->name))
      return subjects[i].words;
  return NULL;
}

/* What keeps the letter from being printed for the patient today, separated by commas: fields without a value, and problems
 * as "field:code"; or "no quote yet" where there is nothing it could be about. NULL with error. */
static char *
missing_for (DeskDb *db, const char *name, gint64 patient_id, DeskDay today, GError **error)
{
  gboolean own;
  g_autofree char *language = desk_letter_language_for (db, name, patient_id, &own, error), *called = NULL;
  DeskLetterWanted wanted = { .name = name, .language = language, .patient_id = patient_id };
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  if (!language || !desk_letter_choose_subject (db, &wanted, NULL, &called, error))
    return NULL;
  if (lacks_whole (&wanted))
    return g_strdup (lacks_whole (&wanted));
  g_autoptr (DeskLetter) letter = desk_letter_compose (db, &wanted, today, error);
  if (!letter || !desk_letter_check (db, &wanted, today, problems, error))
    return NULL;
  for (const char *const *field = desk_letter_missing (letter); *field; field++)
    g_string_append_printf (text, "%s%s", text->len ? "," : "", *field);
  for (guint i = 0; i < problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (problems, i);

      if (!problem->warning)
        g_string_append_printf (text, "%s%s:%s", text->len ? "," : "", problem->field, problem->code);
    }
  return g_strdup (text->str);
}

static gboolean
list_letter (DeskDb *db, const char *name, gint64 patient_id, DeskDay today, GError **error)
{
  g_auto (GStrv) own = db ? desk_letter_template_languages (db, name, error) : NULL;
  g_autofree char *languages = db && !own ? NULL : g_strjoinv (" ", own ? own : (char **) desk_letter_languages (name));
  g_autofree char *missing = patient_id && languages ? missing_for (db, name, patient_id, today, error) : NULL;

  if (!languages || (patient_id && !missing))
    return FALSE;
  g_print ("%s\t%s%s%s\n", name, languages, patient_id ? "\t" : "", patient_id ? missing : "");
  return TRUE;
}

/* letters: the names that print takes, one a line, with their languages; with a clinic also its own letters; for a patient
 * what each lacks. */
gboolean
desk_cli_letters (const DeskCliArgs *args, GError **error)
{
  DeskDay today = args->given & DESK_OPT_DATE ? args->date : desk_cli_today ();
  g_autoptr (DeskDb) db = NULL;
  g_autoptr (GPtrArray) names = NULL;
  gint64 patient_id = 0;

  if (args->patient && !args->clinic)
    {
      g_set_error_literal (error, DESK_CLI_ERROR, DESK_CLI_ERROR_USAGE, "a patient is of a clinic: letters --clinic FILE --patient CHART");
      return FALSE;
    }
  if (args->clinic)
    {
      db = desk_cli_open (args, error);
      names = db ? desk_letter_template_names (db, error) : NULL;
      if (!names || (args->patient && !desk_cli_find_patient (db, args, &patient_id, error)))
        return FALSE;
    }
  for (const char *const *name = desk_letter_names (); !names && *name; name++)
    if (!list_letter (NULL, *name, 0, today, error))
      return FALSE;
  for (guint i = 0; names && i < names->len; i++)
    if (!list_letter (db, names->pdata[i], desk_letter_needs_patient (names->pdata[i]) ? patient_id : 0, today, error))
      return FALSE;
  return TRUE;
}

/* The language asked for, or the patient's own where the letter is written in it. Says so where it is not. */
static char *
choose_language (DeskDb *db, const DeskCliArgs *args, gint64 patient_id, GError **error)
{
  gboolean own = TRUE;
  char *language;

  if (args->language || !patient_id)
    return g_strdup (args->language ? args->language : "ja");
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

/* Issues and writes; tells the number, and what it is about where that was chosen, unless the letter itself goes there. */
static gboolean
print_letter (DeskDb *db, const DeskCliArgs *args, gint64 patient_id, GError **error)
{
  DeskDay today = args->given & DESK_OPT_DATE ? args->date : desk_cli_today ();
  g_autofree char *language = choose_language (db, args, patient_id, error), *called = NULL;
  DeskLetterWanted wanted = { .name = args->argument, .language = language, .patient_id = patient_id };
  gint64 issued_id = 0;

  if (!language || !desk_letter_choose_subject (db, &wanted, args->subject, &called, error))
    return FALSE;
  if (lacks_whole (&wanted))
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "%s has %s", args->patient, lacks_whole (&wanted));
      return FALSE;
    }
  if (!patient_id)
    {
      wanted.subject = desk_letter_subject (args->argument);
      wanted.subject_id = today;
    }
  if (!desk_letter_issue_pdf (db, &wanted, 1, today, args->output, args->force, &issued_id, error))
    {
      g_autoptr (DeskIssued) issued = issued_id ? desk_issued_load (db, issued_id, NULL) : NULL;

      if (issued)
        g_printerr ("it is issued as %s; write it with: reprint %s\n", issued->number, issued->number);
      return FALSE;
    }
  g_autoptr (DeskIssued) issued = desk_issued_load (db, issued_id, error);
  if (issued && !g_str_equal (args->output, "-"))
    g_print ("%s%s%s\n", issued->number, called ? "\t" : "", called ? called : "");
  return issued != NULL;
}

/* The papers of the visa as one PDF, each under a number of its own. */
static gboolean
print_visa (DeskDb *db, const DeskCliArgs *args, gint64 patient_id, GError **error)
{
  DeskDay today = args->given & DESK_OPT_DATE ? args->date : desk_cli_today ();
  DeskLetterWanted wanted = { .name = "visa-certificate", .language = args->language ? args->language : "en", .patient_id = patient_id };
  g_autofree const char **names = desk_letter_visa_pack (db, &wanted, today, error);
  guint n = names ? g_strv_length ((char **) names) : 0;
  g_autofree DeskLetterWanted *all = g_new0 (DeskLetterWanted, n + 1);
  g_autofree gint64 *ids = g_new0 (gint64, n + 1);

  for (guint i = 0; i < n; i++)
    {
      all[i] = wanted;
      all[i].name = names[i];
    }
  if (!names || !desk_letter_issue_pdf (db, all, n, today, args->output, args->force, ids, error))
    return FALSE;
  for (guint i = 0; i < n && !g_str_equal (args->output, "-"); i++)
    {
      g_autoptr (DeskIssued) issued = desk_issued_load (db, ids[i], error);

      if (!issued)
        return FALSE;
      g_print ("%s\t%s\n", issued->number, issued->name);
    }
  return TRUE;
}

/* --clinic FILE print LETTER --patient CHART -o OUT, print blackout -o OUT, or print lookback --number N -o OUT */
gboolean
desk_cli_print (const DeskCliArgs *args, GError **error)
{
  gboolean blackout = g_str_equal (args->argument, "blackout");
  gboolean of_patient = !blackout && desk_letter_needs_patient (args->argument);
  gint64 patient_id = 0;

  if (g_str_equal (args->argument, "lookback"))
    return print_lookback (args, error);
  if (of_patient != (args->patient != NULL))
    {
      g_set_error_literal (error, DESK_CLI_ERROR, DESK_CLI_ERROR_USAGE,
                           blackout     ? "the black-out pack is of no single patient"
                           : of_patient ? "a letter needs --patient CHART"
                                        : "this paper is of no single patient");
      return FALSE;
    }
  g_autoptr (DeskDb) db = blackout ? desk_cli_open (args, error) : desk_cli_open_register (args, error);
  if (db && blackout)
    return desk_blackout_write (db, args->output, args->force, error);
  if (!db || (of_patient && !desk_cli_find_patient (db, args, &patient_id, error)))
    return FALSE;
  return g_str_equal (args->argument, "visa") ? print_visa (db, args, patient_id, error) : print_letter (db, args, patient_id, error);
}

/* --clinic FILE reprint NUMBER -o OUT: as it was issued, with the mark of a copy once it was on paper. */
gboolean
desk_cli_reprint (const DeskCliArgs *args, GError **error)
{
  g_autoptr (DeskDb) db = desk_cli_open_register (args, error);
  g_autoptr (GError) inner = NULL;
  g_autofree char *number = g_ascii_strup (args->argument, -1);
  g_autoptr (DeskIssued) issued = db ? desk_issued_by_number (db, number, &inner) : NULL;
  gboolean same = FALSE;

  if (!db)
    return FALSE;
  if (g_error_matches (inner, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no letter %s was issued", number);
  else if (inner)
    g_propagate_error (error, g_steal_pointer (&inner));
  if (!issued || !desk_issued_same (db, issued->id, &same, error))
    return FALSE;
  if (!same)
    g_printerr ("the fonts of this computer are others than those it was issued with: lines may end elsewhere\n");
  return desk_issued_write_pdf (db, &issued->id, 1, desk_cli_today (), args->output, args->force, error);
}
