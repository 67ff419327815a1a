/* Notes and coins of the drawer, counted: how many of each, and what they come to. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DESK_TYPE_CASH_COUNTER (desk_cash_counter_get_type ())
G_DECLARE_FINAL_TYPE (DeskCashCounter, desk_cash_counter, DESK, CASH_COUNTER, AdwBin)

DeskCashCounter *desk_cash_counter_new (void);
gint64 desk_cash_counter_get_yen (DeskCashCounter *self);
void desk_cash_counter_set (DeskCashCounter *self, guint coin, int count);

G_END_DECLS
