/* What invoices, credit notes and payments share. */
#pragma once

#include "desk-invoices.h"

G_BEGIN_DECLS

gboolean desk_invoice_write (DeskTxn *txn, DeskInvoice *invoice, const char *series, const char *action, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_payment_part_add (DeskDb *db, gint64 payment_id, gint64 invoice_id, gint64 amount, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_package_left (DeskDb *db, gint64 package_id, gint64 *left, gint64 *reserved, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_package_void_inside (DeskDb *db, gint64 package_id, int n, const char *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
