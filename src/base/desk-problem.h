/* What a rule found wrong with a record: where, what, and whether it stops the work. Rules give codes;
 * only the window and the command line turn them into words. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *field; /* static: the name of the struct's member, "birth" */
  const char *code;  /* static: "missing", "not-a-date" … */
  gboolean warning;  /* may be passed over */
  char *detail;      /* owned: what the code speaks of (a name, a day), or NULL */
} DeskProblem;

typedef GArray DeskProblems; /* of DeskProblem */

DeskProblems *desk_problems_new (void);
void desk_problems_free (DeskProblems *problems);
void desk_problems_add (DeskProblems *problems, const char *field, const char *code, const char *detail);
void desk_problems_warn (DeskProblems *problems, const char *field, const char *code, const char *detail);
const DeskProblem *desk_problems_get (const DeskProblems *problems, guint index);
const DeskProblem *desk_problems_find (const DeskProblems *problems, const char *field);
gboolean desk_problems_block (const DeskProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskProblems, desk_problems_free)

G_END_DECLS
