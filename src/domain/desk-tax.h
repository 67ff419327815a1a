/* Consumption tax: rounded once for each rate of an invoice and nowhere else (facts/money-and-names 7.4). */
#pragma once

#include "desk-money.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_TAX_DOWN,
  DESK_TAX_NEAREST,
  DESK_TAX_UP,
  DESK_N_TAX_ROUNDS
} DeskTaxRound;

#define DESK_TAX_RATES 3 /* 10, 8 and 0 per cent, in this order */

typedef struct
{
  gint64 count, price; /* a discount has a negative price, and the rate of what it is on */
  int tax;             /* per cent */
} DeskTaxLine;

typedef struct
{
  int rate;
  guint lines; /* 0: nothing of that rate */
  gint64 net, tax;
} DeskTaxRate;

typedef struct
{
  DeskTaxRate rates[DESK_TAX_RATES];
  gint64 net, tax, total;
} DeskTaxSum;

const char *desk_tax_sum (const DeskTaxLine *lines, guint n, gboolean with_tax, DeskTaxRound round, DeskTaxSum *sum);
const char *desk_tax_credit (const DeskTaxSum *billed, const DeskTaxSum *before, const DeskTaxLine *lines, guint n, gboolean with_tax,
                             DeskTaxRound round, DeskTaxSum *sum);
void desk_tax_sum_init (DeskTaxSum *sum);
DeskTaxRate *desk_tax_sum_rate (DeskTaxSum *sum, int rate);
const char *desk_tax_round_name (DeskTaxRound round);
DeskTaxRound desk_tax_round_read (const char *name);

G_END_DECLS
