/* Rows of the forms that set a clinic up: a problem said at the field, and the choice of a role. */
#pragma once

#include <adwaita.h>

#include "desk-problem.h"

G_BEGIN_DECLS

GtkWidget *desk_setup_row_new (const char *title, const char *subtitle, const char *kind, gint64 id);
void desk_setup_row_say (AdwPreferencesRow *row, const char *words, gboolean warning);
void desk_setup_row_show_problem (AdwPreferencesRow *row, const DeskProblems *problems, const char *field);
char *desk_setup_row_dup_text (AdwEntryRow *row);
void desk_setup_row_fill_roles (AdwComboRow *row);
const char *desk_setup_row_get_role (AdwComboRow *row);

G_END_DECLS
