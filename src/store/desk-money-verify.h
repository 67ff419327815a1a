/* Proof of the money, whatever wrote the file. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

/* code: "invoice-sum", "invoice-lines", "quote-lines", "credit-too-much", "payment-spent", "invoice-overpaid",
 * "package-overfull"; number: of the paper. */
typedef void (*DeskMoneyFaultFunc) (const char *code, const char *number, gpointer user_data);

gboolean desk_money_verify (DeskDb *db, DeskMoneyFaultFunc fault, gpointer user_data, gint64 *n_faults, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
