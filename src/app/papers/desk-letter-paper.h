/* Letters in the print dialog: those that are in the register, and those that get their number when they go out. */
#pragma once

#include "desk-letters.h"
#include "desk-page.h"
#include "desk-print-dialog.h"

G_BEGIN_DECLS

DeskPrintDialog *desk_letter_paper_print (GtkWidget *widget, DeskPage *page, const gint64 *issued_ids, guint n);
DeskPrintDialog *desk_letter_paper_issue (GtkWidget *widget, DeskPage *page, const DeskLetterWanted *wanted, guint n);

G_END_DECLS
