/* One paper on its way to a printer: the register says so before the printer has it, and how it ended afterwards. It goes
 * on when the dialog is closed; a program that is left meanwhile asks. */
#pragma once

#include "desk-print-paper.h"
#include "desk-printers.h"
#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_PRINT_RUN (desk_print_run_get_type ())
G_DECLARE_FINAL_TYPE (DeskPrintRun, desk_print_run, DESK, PRINT_RUN, GObject)

/* Says "stage" at each step; the register has the end when it says "ended". */
DeskPrintRun *desk_print_run_start (DeskSession *session, DeskPrintPaper *paper, DeskPrinter *printer, const GArray *pages, guint copies, gboolean both_sides);
DeskPrintStage desk_print_run_get_stage (DeskPrintRun *self);
const char *desk_print_run_get_words (DeskPrintRun *self);
const GError *desk_print_run_get_refused (DeskPrintRun *self);
guint desk_print_run_get_copies (DeskPrintRun *self);
const char *desk_print_run_get_printer (DeskPrintRun *self);
gboolean desk_print_run_ended (DeskPrintRun *self);

guint desk_print_runs_open (DeskSession *session);
void desk_print_runs_give_up (DeskSession *session);

/* Writes a PDF to a path, over what is there, and into the register. */
void desk_print_save (DeskSession *session, DeskPrintPaper *paper, const GArray *pages, guint copies, const char *path, GAsyncReadyCallback callback, gpointer user_data);
gboolean desk_print_save_finish (GObject *source, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
