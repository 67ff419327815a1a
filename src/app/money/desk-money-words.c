#include "desk-money-words.h"

#include <string.h>

/* "¥1,234,567", "−¥500". */
char *
desk_words_yen (gint64 yen)
{
  g_autofree char *digits = desk_money_format (yen, "JPY");

  return *digits == '-' ? g_strconcat ("−¥", digits + 1, NULL) : g_strconcat ("¥", digits, NULL);
}

/* Yen as desk_words_yen (), any other currency by its code: "USD 1,200.50". The smallest unit is counted. */
char *
desk_words_money (gint64 amount, const char *currency)
{
  if (strcmp (currency, "JPY") == 0)
    return desk_words_yen (amount);
  g_autofree char *digits = desk_money_format (amount, currency);
  return *digits == '-' ? g_strconcat ("−", currency, " ", digits + 1, NULL) : g_strconcat (currency, " ", digits, NULL);
}
