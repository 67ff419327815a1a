/* Money that came and went, and what it is for. Nothing is edited: a wrong payment is refunded, or put on another
 * invoice. */
#pragma once

#include "desk-db.h"
#include "desk-invoice.h"

G_BEGIN_DECLS

GPtrArray *desk_payment_list (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_refund_list (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskPayment *desk_payment_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskRefund *desk_refund_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_payment_take (DeskDb *db, DeskPayment *payment, gint64 invoice_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_payment_allocate (DeskDb *db, gint64 payment_id, gint64 invoice_id, gint64 amount, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_refund_make (DeskDb *db, DeskRefund *refund, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_balance_of (DeskDb *db, gint64 patient_id, DeskDay today, DeskBalance *balance, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
