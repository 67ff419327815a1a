/* What the lines of a quote or invoice come to, as it is written: for each rate, together, and beside it in foreign money. */
#pragma once

#include <adwaita.h>

#include "desk-tax.h"

G_BEGIN_DECLS

#define DESK_TYPE_MONEY_SUMS (desk_money_sums_get_type ())
G_DECLARE_FINAL_TYPE (DeskMoneySums, desk_money_sums, DESK, MONEY_SUMS, AdwBin)

DeskMoneySums *desk_money_sums_new (void);
void desk_money_sums_show (DeskMoneySums *self, const DeskTaxSum *sum, const char *foreign);
void desk_money_sums_fail (DeskMoneySums *self, const char *code);

G_END_DECLS
