/* Money that comes in, and money that goes back. */
#pragma once

#include "desk-invoice.h"
#include "desk-page.h"

G_BEGIN_DECLS

GtkWindow *desk_payment_dialog_show (DeskPage *page, gint64 patient_id, gint64 invoice_id, gint64 quote_id);
GtkWindow *desk_refund_dialog_show (DeskPage *page, const DeskPayment *payment);
GtkWindow *desk_deposit_dialog_show (DeskPage *page, const DeskPayment *payment, GPtrArray *invoices);

G_END_DECLS
