/* An invoice written without a quote, and the credit note that takes an invoice back in whole or in part. */
#pragma once

#include "desk-invoice.h"
#include "desk-page.h"

G_BEGIN_DECLS

GtkWindow *desk_bill_dialog_show (DeskPage *page, DeskInvoice *invoice);

G_END_DECLS
