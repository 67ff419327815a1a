/* letter-check: everything that is wrong with a letter template. */
#include "desk-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "desk-letter-file.h"

static void
print_problem (const char *path, const DeskLetterProblem *problem)
{
  g_autofree char *words = desk_letter_problem_words (problem);

  if (problem->line)
    printf ("%s:%d: %s\n", path, problem->line, words);
  else
    printf ("%s: %s\n", path, words);
}

/* letter-check FILE.xml */
gboolean
desk_cli_letter_check (const DeskCliArgs *args, GError **error)
{
  g_autoptr (DeskLetterProblems) problems = desk_letter_problems_new ();
  g_autoptr (GError) own = NULL;
  g_autofree char *xml = desk_letter_file_read (args->argument, problems, desk_cli_cancellable (), &own);

  if (!xml && g_error_matches (own, DESK_ERROR, DESK_ERROR_REFUSED))
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED,
                         _ ("files from outside are read only in a sandbox, and none can be made here: is bubblewrap installed?"));
  else if (!xml)
    g_set_error (error, DESK_ERROR, own->code, "%s: %s", args->argument, own->message);
  for (guint i = 0; xml && i < problems->len; i++)
    print_problem (args->argument, desk_letter_problems_get (problems, i));
  if (xml && problems->len > 0)
    g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID,
                 ngettext ("%s: %u problem", "%s: %u problems", problems->len), args->argument, problems->len);
  return xml && problems->len == 0;
}
