/* What is billed and paid: invoices, credit notes, payments, refunds, packages, the drawer of a day. */
#pragma once

#include "desk-quote.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id, patient_id;
  char *number;
  char *kind;            /* invoice, credit */
  gint64 quote_id;       /* 0 for none */
  gint64 credits;        /* of a credit note: the invoice; 0 else */
  char *credits_number;  /* its number, or "" */
  DeskDay issued_on, due_on; /* due_on: DESK_DAY_NONE for none */
  char *recipient;
  char *tax_number;      /* the clinic's, as it was */
  gboolean with_tax;
  DeskTaxRound tax_round;
  gint64 rate_id;
  gint64 net, tax, total;
  char *reason;          /* of a credit note */
  DeskTaxSum sum;        /* by rate */
  GPtrArray *lines;      /* of DeskMoneyLine; empty in lists */
  /* how it stands, filled on reading */
  gint64 credited, paid, open; /* open = total − credited − paid; 0 for a credit note */
} DeskInvoice;

typedef struct
{
  gint64 id, patient_id;
  char *number;          /* of the receipt */
  gint64 quote_id;       /* of a deposit on a quote; 0 for none */
  gint64 amount;         /* yen; 0 when it is to be reckoned from the foreign amount */
  char *method;          /* cash, card, transfer, wallet, other */
  char *currency;        /* what was handed over */
  gint64 foreign_amount; /* in its smallest unit; 0 for yen */
  gint64 rate_id;        /* 0 for yen */
  DeskDay received_on;
  char *payer, *note;
  /* filled on reading */
  gint64 allocated, refunded, left; /* left = amount − allocated − refunded: a deposit */
} DeskPayment;

typedef struct
{
  gint64 id, patient_id;
  char *number;
  gint64 payment_id;
  char *payment_number;  /* filled on reading */
  gint64 amount;
  char *method, *currency;
  gint64 foreign_amount, rate_id;
  DeskDay paid_on;
  char *reason;
} DeskRefund;

typedef struct
{
  gint64 id, patient_id, invoice_id;
  char *invoice_number;
  char *code, *words, *words_ja, *visit_type;
  int sessions, used, reserved, gone, left; /* gone: void; left = sessions − used − reserved − gone */
} DeskPackage;

typedef struct
{
  gint64 id, package_id, visit_id; /* visit_id 0 for a void one */
  char *state;           /* reserved, used, void */
  char *reason;
  gint64 at, ended_at;   /* ended_at 0 while it stands */
} DeskPackageUse;

/* What a patient owes and has left, in yen. */
typedef struct
{
  gint64 billed, credited, paid, refunded; /* paid: all that came in */
  gint64 open;      /* of invoices */
  gint64 overdue;   /* of these, after their day */
  gint64 deposits;  /* came in and is on no invoice */
} DeskBalance;

typedef struct
{
  char *currency, *method;
  gint64 expected, counted; /* smallest unit of the currency */
  char *reason;             /* of a difference */
} DeskDayCloseLine;

typedef struct
{
  gint64 id;
  DeskDay day;
  gint64 at, by_id, witness_id; /* witness_id 0 for nobody */
  char *by, *witness;           /* names, filled on reading */
  char *note;
  GPtrArray *lines;             /* of DeskDayCloseLine */
} DeskDayClose;

DeskInvoice *desk_invoice_new (gint64 patient_id, DeskDay today);
void desk_invoice_free (DeskInvoice *invoice);
gboolean desk_invoice_stands (const DeskInvoice *invoice);
void desk_invoice_check (const DeskInvoice *invoice, DeskProblems *problems);
DeskPayment *desk_payment_new (gint64 patient_id, DeskDay today);
void desk_payment_free (DeskPayment *payment);
void desk_payment_check (const DeskPayment *payment, DeskProblems *problems);
void desk_money_day_check (DeskDay day, DeskDay today, const char *field, DeskProblems *problems);
const char *desk_foreign_settle (gint64 amount, gint64 rate, const char *currency, gint64 open, gint64 *yen) G_GNUC_WARN_UNUSED_RESULT;
DeskRefund *desk_refund_new (gint64 payment_id, DeskDay today);
void desk_refund_free (DeskRefund *refund);
const char *desk_foreign_yen (gint64 amount, gint64 rate, const char *currency, gint64 *yen);
void desk_package_free (DeskPackage *package);
void desk_package_use_free (DeskPackageUse *use);
DeskDayClose *desk_day_close_new (DeskDay day);
void desk_day_close_free (DeskDayClose *close);
DeskDayCloseLine *desk_day_close_add (DeskDayClose *close, const char *currency, const char *method, gint64 expected);
void desk_day_close_check (const DeskDayClose *close, DeskProblems *problems);
const char *const *desk_payment_methods (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskInvoice, desk_invoice_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPayment, desk_payment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskRefund, desk_refund_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPackage, desk_package_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskDayClose, desk_day_close_free)

G_END_DECLS
