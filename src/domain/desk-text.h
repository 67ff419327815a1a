/* What is true of every text that a person types into a record. */
#pragma once

#include "desk-problem.h"

G_BEGIN_DECLS

char *desk_text_tidy (const char *text, gboolean lines);
void desk_text_check (const char *text, const char *field, guint max, gboolean lines, DeskProblems *problems);
gboolean desk_text_one_of (const char *text, const char *const *choices, guint n_choices);
gboolean desk_text_is_language (const char *text);

G_END_DECLS
