/* Amounts of money. Yen are whole numbers; another currency is counted in its smallest unit. Nothing here is a fraction,
 * and what does not fit is refused, never wrapped. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DESK_MONEY_MAX G_GINT64_CONSTANT (1000000000000000) /* of an invoice, a quote, a payment */
#define DESK_PRICE_MAX G_GINT64_CONSTANT (1000000000000)    /* of one line's one */
#define DESK_COUNT_MAX 10000
#define DESK_RATE_UNIT 10000 /* a rate is yen for one unit times this */
#define DESK_RATE_MAX G_GINT64_CONSTANT (1000000000000)

gboolean desk_money_add (gint64 a, gint64 b, gint64 *sum) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_money_times (gint64 count, gint64 price, gint64 *product) G_GNUC_WARN_UNUSED_RESULT;

int desk_currency_digits (const char *currency);
gboolean desk_money_from_yen (gint64 yen, gint64 rate, const char *currency, gint64 *amount) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_money_to_yen (gint64 amount, gint64 rate, const char *currency, gint64 *yen) G_GNUC_WARN_UNUSED_RESULT;

const char *desk_money_read (const char *text, const char *currency, gint64 *amount);
char *desk_money_format (gint64 amount, const char *currency);
char *desk_money_plain (gint64 amount, const char *currency);
const char *desk_rate_read (const char *text, gint64 *rate);
char *desk_rate_format (gint64 rate);

const char *desk_tax_number_problem (const char *number);

G_END_DECLS
