/* What stops a letter, a line each with the way to the place that mends it. */
#pragma once

#include <gtk/gtk.h>

#include "desk-letter.h"

G_BEGIN_DECLS

gboolean desk_letter_mend_fill (GtkBox *box, const DeskLetter *letter, const DeskProblems *problems, gint64 patient_id);
void desk_letter_mend_go (GtkWidget *widget, GVariant *target);

G_END_DECLS
