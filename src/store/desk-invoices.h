/* Invoices and credit notes. Once made they stand: an invoice is taken back by a credit note. */
#pragma once

#include "desk-db.h"
#include "desk-invoice.h"

G_BEGIN_DECLS

GPtrArray *desk_invoice_list (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskInvoice *desk_invoice_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskInvoice *desk_invoice_begin (DeskDb *db, gint64 patient_id, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskInvoice *desk_invoice_begin_quote (DeskDb *db, gint64 quote_id, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_invoice_make (DeskDb *db, DeskInvoice *invoice, gboolean use_deposits, GError **error) G_GNUC_WARN_UNUSED_RESULT;

DeskInvoice *desk_credit_begin (DeskDb *db, gint64 invoice_id, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_credit_add_up (DeskDb *db, DeskInvoice *credit, const char **problem, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_credit_make (DeskDb *db, DeskInvoice *credit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
