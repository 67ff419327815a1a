/* What is wrong with a template, with the line it stands on. */
#include "desk-letter.h"

#define MOST_DETAIL 200 /* characters */

/* Plain English for the command line and the log; %s is the detail. The window has words of its own. */
static const struct
{
  const char *code, *words;
} words[] = {
  { "too-large", "a letter has at most 1 MB" },
  { "not-xml", "not well-formed XML: %s" },
  { "doctype", "a DOCTYPE is not allowed" },
  { "not-letter", "not as data/schema/letter.xsd says: %s" },
  { "too-deep", "blocks are nested too deep" },
  { "each-alone", "“each” and “as” go together" },
  { "name-taken", "“%s” is already the name of something else here" },
  { "own-list", "a loop over the list it stands in: %s" },
  { "unbalanced", "“{{” without “}}”: %s" },
  { "not-a-name", "“%s” is not the name of a field" },
  { "unknown-field", "nobody fills the field %s" },
  { "unknown-list", "there is no list %s" },
  { "is-a-list", "%s is a list: it needs “each”" },
  { "outside-list", "%s belongs to the items of a list, and there is no loop around it" },
  { "unknown-filter", "there is no way of writing called “%s”" },
  { "not-a-day", "%s is not a day" },
  { "not-ink", "%s holds no strokes of a pen" },
  { "not-an-image", "%s is no picture" },
  { "language-missing", "no text in the language %s" },
  { "language-unlisted", "the letter is not written in the language %s" },
  { "text-empty", "the text in the language %s is empty" },
  { "language-twice", "two texts in the language %s" },
  { "outside-language", "words beside <t> would stand in no language" },
  { "code-twice", "two boxes with the code %s" },
};

static void
problem_clear (gpointer data)
{
  g_free (((DeskLetterProblem *) data)->detail);
}

/* An empty list; free with desk_letter_problems_free (). */
DeskLetterProblems *
desk_letter_problems_new (void)
{
  GArray *problems = g_array_new (FALSE, FALSE, sizeof (DeskLetterProblem));

  g_array_set_clear_func (problems, problem_clear);
  return problems;
}

void
desk_letter_problems_free (DeskLetterProblems *problems)
{
  g_array_unref (problems);
}

/* Notes something that makes the template unusable. The code is static; the detail is copied and may be NULL. A detail comes
 * from a file that may be anything, and is to be read by people. */
void
desk_letter_problems_add (DeskLetterProblems *problems, int line, const char *code, const char *detail)
{
  g_autofree char *valid = detail ? g_utf8_make_valid (detail, -1) : NULL;
  DeskLetterProblem problem = { line, code, valid ? g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MOST_DETAIL)) : NULL, FALSE };

  g_array_append_val (problems, problem);
}

static int
by_line (gconstpointer a, gconstpointer b)
{
  const DeskLetterProblem *left = a, *right = b;

  return (left->line > right->line) - (left->line < right->line);
}

/* In the order of the lines; those of one line stay as they are. */
void
desk_letter_problems_sort (DeskLetterProblems *problems)
{
  g_array_sort (problems, by_line);
}

/* Lends the problem at index, which must exist. */
const DeskLetterProblem *
desk_letter_problems_get (const DeskLetterProblems *problems, guint index)
{
  return &g_array_index (problems, DeskLetterProblem, index);
}

/* Whether the template cannot be used. */
gboolean
desk_letter_problems_block (const DeskLetterProblems *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (!desk_letter_problems_get (problems, i)->warning)
      return TRUE;
  return FALSE;
}

/* What the problem says, without its line; the caller frees it. */
char *
desk_letter_problem_words (const DeskLetterProblem *problem)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].code, problem->code))
      {
        g_auto (GStrv) parts = g_strsplit (words[i].words, "%s", 2);

        return g_strjoinv (problem->detail ? problem->detail : "", parts);
      }
  return g_strdup (problem->code);
}

/* The code of that name as a static string, or NULL: for what another process says. */
const char *
desk_letter_problem_code (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].code, code))
      return words[i].code;
  return NULL;
}
