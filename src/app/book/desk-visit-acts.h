/* What is done to visits from the window: written by the worker, told by a toast that can take it back. The
 * same for the book, its dialogs and whoever else shows visits. */
#pragma once

#include <gtk/gtk.h>

#include "desk-book.h"
#include "desk-session.h"

G_BEGIN_DECLS

/* Called in the main thread: visit as it is stored now, or error. */
typedef void (*DeskVisitDone) (const DeskVisit *visit, const GError *error, gpointer user_data);

void desk_visit_act_save (GtkWidget *widget, DeskSession *session, const DeskVisit *visit, const DeskVisit *before, const char *words, DeskVisitDone done, gpointer user_data);
void desk_visit_act_status (GtkWidget *widget, DeskSession *session, const DeskVisit *visit, const char *status);
void desk_visit_act_course (GtkWidget *widget, DeskSession *session, gint64 patient_id, const char *template_code, DeskDay start, const GPtrArray *visits, const char *words, DeskVisitDone done, gpointer user_data);

G_END_DECLS
