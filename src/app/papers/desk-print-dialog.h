/* The print dialog, one for every paper: the pages as they will come out, drawn by the code that prints them; which of them,
 * how many copies, on which printer; or all as a PDF. */
#pragma once

#include <adwaita.h>

#include "desk-print-paper.h"
#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_PRINT_DIALOG (desk_print_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DeskPrintDialog, desk_print_dialog, DESK, PRINT_DIALOG, AdwWindow)

/* Something went out, as the register has it: "done", "failed" or "unknown". */
typedef void (*DeskPrintedFunc) (GtkWidget *widget, const char *state, gpointer user_data);

/* Makes the paper again, with the option or without; NULL with an error. */
typedef DeskPrintPaper *(*DeskPrintMake) (gpointer data, gboolean on, GError **error);

DeskPrintDialog *desk_print_dialog_show (GtkWidget *widget, DeskSession *session, DeskPrintPaper *paper);
void desk_print_dialog_set_printed (DeskPrintDialog *self, DeskPrintedFunc func, gpointer user_data);
void desk_print_dialog_set_option (DeskPrintDialog *self, const char *title, DeskPrintMake make, gpointer data, GDestroyNotify destroy);
void desk_print_dialog_print (DeskPrintDialog *self);
void desk_print_dialog_save (DeskPrintDialog *self, const char *path);

G_END_DECLS
