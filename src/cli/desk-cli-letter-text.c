/* The clinic's own letters: letter-text, letter-save. */
#include "desk-cli.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "desk-letter-edit.h"
#include "desk-letter-file.h"
#include "desk-letter-templates.h"
#include "desk-publish.h"

static gboolean
fill (int fd, gpointer user_data, GError **error)
{
  const char *text = user_data;

  for (gsize at = 0, length = strlen (text); at < length;)
    {
      gssize n = write (fd, text + at, length - at);

      if (n < 0)
        return desk_publish_errno (error, NULL, errno);
      at += (gsize) n;
    }
  return TRUE;
}

/* --clinic FILE letter-text NAME -o OUT.xml: the clinic's newest version, else the built-in letter. */
gboolean
desk_cli_letter_text (const DeskCliArgs *args, GError **error)
{
  g_autoptr (DeskDb) db = desk_cli_open (args, error);
  g_autoptr (DeskLetterVersion) newest = db ? desk_letter_text_newest (db, args->argument, error) : NULL;
  g_autofree char *xml = newest ? desk_letter_template_text (db, newest, error) : NULL;

  return xml && desk_publish (args->output, args->force, fill, xml, error);
}

/* Everything that is wrong is said; only the first is the error. */
static gboolean
refuse_problems (const char *path, const DeskLetterProblems *problems, GError **error)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const DeskLetterProblem *problem = desk_letter_problems_get (problems, i);
      g_autofree char *words = desk_letter_problem_words (problem);

      printf ("%s:%d: %s\n", path, MAX (problem->line, 1), words);
    }
  if (!desk_letter_problems_block (problems))
    return TRUE;
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, ngettext ("%s: %u problem", "%s: %u problems", problems->len), path, problems->len);
  return FALSE;
}

/* --clinic FILE letter-save FILE.xml [--number VERSION] [--comment TEXT]: the letter that the file says it is. */
gboolean
desk_cli_letter_save (const DeskCliArgs *args, GError **error)
{
  g_autoptr (DeskLetterProblems) problems = desk_letter_problems_new ();
  g_autofree char *xml = desk_letter_file_read (args->argument, problems, desk_cli_cancellable (), error);

  if (!xml || !refuse_problems (args->argument, problems, error))
    return FALSE;
  g_autofree char *name = desk_letter_edit_get (xml, "name");
  g_autofree char *numbered = args->number ? desk_letter_edit_set (xml, "version", args->number) : g_strdup (xml);
  g_autofree char *version = desk_letter_edit_get (numbered, "version");
  g_autoptr (DeskDb) db = desk_cli_open_register (args, error);
  g_autoptr (DeskLetterVersion) newest = db ? desk_letter_text_newest (db, name, error) : NULL;
  gint64 seq = newest ? newest->seq : 0;

  if (!newest || !desk_letter_template_save (db, name, numbered, &seq, args->comment ? args->comment : "", error))
    return FALSE;
  printf ("%s %s\n", name, version);
  return TRUE;
}
