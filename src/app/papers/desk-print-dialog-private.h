/* Inside the print dialog: what its files share. */
#pragma once

#include "desk-pages-view.h"
#include "desk-print-dialog.h"
#include "desk-print-run.h"

G_BEGIN_DECLS

struct _DeskPrintDialog
{
  AdwWindow parent_instance;

  DeskSession *session;
  DeskPrintPaper *paper;
  GtkWidget *teller;     /* where it is told when this dialog has gone; NULL once that has gone too */
  DeskPrintedFunc printed;
  gpointer printed_data;
  DeskPrintMake make;    /* how the option makes the paper anew, or NULL */
  gpointer make_data;
  GDestroyNotify make_free;

  GListStore *printers;  /* of DeskPrinter */
  gboolean searched, filling;
  GArray *pages;         /* that are wanted, from 0; NULL while they are misread */
  GArray *sides;         /* that would come out */
  guint side;            /* shown */
  DeskZoom zoom;
  double factor;
  DeskPrintRun *run;     /* under way, or NULL */
  gboolean busy;         /* it is given its number, or a file is written */

  AdwComboRow *printer;
  GtkSpinButton *copies;
  GtkEditable *range;
  GtkSwitch *both;
  GtkWidget *option_row;
  GtkSwitch *option;
  GtkWidget *both_row, *progress, *print, *close;
  GtkLabel *problem, *note, *outcome, *stage, *number;
  GtkSpinner *spinner;
  DeskPagesView *preview;
};

/* desk-print-dialog.c */
DeskPrinter *desk_print_dialog_printer (DeskPrintDialog *self);
guint desk_print_dialog_copies (DeskPrintDialog *self);
void desk_print_dialog_set_paper (DeskPrintDialog *self, DeskPrintPaper *paper);
void desk_print_dialog_read_wish (DeskPrintDialog *self);
void desk_print_dialog_enable (DeskPrintDialog *self);

/* desk-print-dialog-printers.c */
void desk_print_dialog_show_printer (DeskPrintDialog *self);
void desk_print_dialog_remember (DeskPrintDialog *self, const DeskPrinter *printer);
void desk_print_dialog_find_printers (DeskPrintDialog *self);

/* desk-print-dialog-go.c */
void desk_print_dialog_ask_file (DeskPrintDialog *self);

G_END_DECLS
