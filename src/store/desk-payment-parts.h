/* Which payments are on which invoices, as papers list them. */
#pragma once

#include "desk-day.h"
#include "desk-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 payment_id, invoice_id;
  char *invoice_number;
  DeskDay issued_on;    /* of the invoice */
  gint64 total;         /* of the invoice */
  gint64 amount;        /* of this payment on it */
  gboolean deposit;     /* the money was there before the invoice */
} DeskPaymentPart;

GPtrArray *desk_payment_parts_of_payment (DeskDb *db, gint64 payment_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_payment_parts_of_invoice (DeskDb *db, gint64 invoice_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_payment_part_free (DeskPaymentPart *part);

G_END_DECLS
