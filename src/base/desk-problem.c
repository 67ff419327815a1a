#include "desk-problem.h"

static void
problem_clear (gpointer data)
{
  g_free (((DeskProblem *) data)->detail);
}

/* An empty list; free with desk_problems_free (). */
DeskProblems *
desk_problems_new (void)
{
  GArray *problems = g_array_new (FALSE, FALSE, sizeof (DeskProblem));

  g_array_set_clear_func (problems, problem_clear);
  return problems;
}

void
desk_problems_free (DeskProblems *problems)
{
  g_array_unref (problems);
}

static void
append (DeskProblems *problems, const char *field, const char *code, gboolean warning, const char *detail)
{
  DeskProblem problem = { field, code, warning, g_strdup (detail) };

  g_array_append_val (problems, problem);
}

/* Notes something that stops the work. field and code are static strings; detail is copied and may be NULL. */
void
desk_problems_add (DeskProblems *problems, const char *field, const char *code, const char *detail)
{
  append (problems, field, code, FALSE, detail);
}

/* Notes something that may be passed over. */
void
desk_problems_warn (DeskProblems *problems, const char *field, const char *code, const char *detail)
{
  append (problems, field, code, TRUE, detail);
}

/* Lends the problem at index, which must exist. */
const DeskProblem *
desk_problems_get (const DeskProblems *problems, guint index)
{
  return &g_array_index (problems, DeskProblem, index);
}

/* Lends the first problem of a field, or NULL. */
const DeskProblem *
desk_problems_find (const DeskProblems *problems, const char *field)
{
  for (guint i = 0; i < problems->len; i++)
    if (g_str_equal (desk_problems_get (problems, i)->field, field))
      return desk_problems_get (problems, i);
  return NULL;
}

/* Whether any of them stops the work. */
gboolean
desk_problems_block (const DeskProblems *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (!desk_problems_get (problems, i)->warning)
      return TRUE;
  return FALSE;
}
