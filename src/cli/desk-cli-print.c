/* Commands about letters: letters, print. */
#include "desk-cli.h"

#include <stdio.h>

#include "desk-letters.h"

/* letters: the names that print takes, one a line. */
gboolean
desk_cli_letters (const DeskCliArgs *args, GError **error)
{
  for (const char *const *name = desk_letter_names (); *name; name++)
    puts (*name);
  return TRUE;
}

/* --clinic FILE print LETTER --patient CHART -o OUT */
gboolean
desk_cli_print (const DeskCliArgs *args, GError **error)
{
  g_autoptr (DeskDb) db = desk_cli_open (args, error);
  gint64 patient_id;

  return db && desk_cli_find_patient (db, args, &patient_id, error)
         && desk_letter_print_pdf (db, args->argument, patient_id, args->language ? args->language : "en",
                                   args->given & DESK_OPT_DATE ? args->date : desk_cli_today (), args->output, args->force, error);
}
