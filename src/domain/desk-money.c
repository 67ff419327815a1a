#include "desk-money.h"

#include <string.h>

/* Wide enough for any product of two amounts; part of the compilers we build with. */
__extension__ typedef __int128 Wide;

/* FALSE when the sum has more than 64 bits. */
gboolean
desk_money_add (gint64 a, gint64 b, gint64 *sum)
{
  return !__builtin_add_overflow (a, b, sum);
}

/* FALSE when the product has more than 64 bits. */
gboolean
desk_money_times (gint64 count, gint64 price, gint64 *product)
{
  return !__builtin_mul_overflow (count, price, product);
}

/* ── currencies ──────────────────────────────────────────────────────────────────────────────── */

/* ISO 4217, those in use, by the digits of their smallest unit. */
static const char *const by_digits[] = {
  " BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ",
  "",
  " AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK"
  " DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK"
  " LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON"
  " RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD"
  " YER ZAR ZMW ZWL ",
  " BHD IQD JOD KWD LYD OMR TND ",
};

/* How many digits the smallest unit of the currency has behind the point; -1 for one that is not known. */
int
desk_currency_digits (const char *currency)
{
  char word[6] = "";

  if (strlen (currency) != 3)
    return -1;
  g_snprintf (word, sizeof word, " %s ", currency);
  for (guint i = 0; i < G_N_ELEMENTS (by_digits); i++)
    if (strstr (by_digits[i], word))
      return (int) i;
  return -1;
}

static gint64
unit_of (int digits)
{
  gint64 unit = 1;

  while (digits-- > 0)
    unit *= 10;
  return unit;
}

/* Half away from zero, which is half up for what is not negative. */
static gboolean
divide (Wide of, Wide by, gint64 *result)
{
  Wide up = of < 0 ? -by / 2 : by / 2, got = (of + up) / by;

  if (got > G_MAXINT64 || got < G_MININT64)
    return FALSE;
  *result = (gint64) got;
  return TRUE;
}

/* Yen in a currency's smallest unit, rounded half up. FALSE for an unknown currency, a rate that is none, or when it does
 * not fit. */
gboolean
desk_money_from_yen (gint64 yen, gint64 rate, const char *currency, gint64 *amount)
{
  int digits = desk_currency_digits (currency);

  return digits >= 0 && rate >= 1 && rate <= DESK_RATE_MAX && divide ((Wide) yen * DESK_RATE_UNIT * unit_of (digits), rate, amount);
}

/* The reverse, rounded half up to the yen. */
gboolean
desk_money_to_yen (gint64 amount, gint64 rate, const char *currency, gint64 *yen)
{
  int digits = desk_currency_digits (currency);

  return digits >= 0 && rate >= 1 && rate <= DESK_RATE_MAX && divide ((Wide) amount * rate, (Wide) DESK_RATE_UNIT * unit_of (digits), yen);
}

/* ── as people write them ────────────────────────────────────────────────────────────────────── */

/* Plain signs: full-width digits and punctuation narrowed, spaces gone, and what stands for the currency. NULL when the
 * text names another one. */
static char *
bare (const char *text, const char *currency)
{
  static const char *const yen[] = { "¥", "￥", "円", "JPY", "YEN", NULL }, *const dollar[] = { "US$", "$", "USD", NULL };
  const char *const own[] = { currency, NULL };
  const char *const *signs = g_str_equal (currency, "JPY") ? yen : g_str_equal (currency, "USD") ? dollar : own;
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == 0x3000 || c == 0xa0 || c == 0x202f || g_ascii_isspace (*at))
        continue;
      if (c >= 0xff01 && c <= 0xff5e)
        c -= 0xfee0;
      else if (c == 0xff0d || c == 0x2212)
        c = '-';
      g_string_append_unichar (out, g_unichar_toupper (c));
    }
  gboolean minus = *out->str == '-';
  g_string_erase (out, 0, minus);
  for (guint i = 0; signs[i]; i++)
    {
      gsize length = strlen (signs[i]);

      if (g_str_has_prefix (out->str, signs[i]))
        g_string_erase (out, 0, (gssize) length);
      else if (g_str_has_suffix (out->str, signs[i]))
        g_string_truncate (out, out->len - length);
      else
        continue;
      break;
    }
  if (*out->str == '-' && !minus)
    return g_strdup (out->str);
  if (minus)
    g_string_prepend_c (out, '-');
  return g_strdup (out->str);
}

/* Digits with commas every three, or none at all; ends at the point or the end. NULL when they are neither. */
static const char *
read_whole (const char *at, GString *digits)
{
  const char *start = at, *comma = NULL;

  for (; g_ascii_isdigit (*at) || *at == ','; at++)
    {
      if (*at != ',')
        {
          g_string_append_c (digits, *at);
          continue;
        }
      if (at == start || at - start > 3 + (comma ? 1 : 0) || (comma && at - comma != 4))
        return NULL;
      if (!comma)
        start = at;
      comma = at;
    }
  return digits->len == 0 || (comma && at - comma != 4) ? NULL : at;
}

/* A decimal number with at most so many digits behind the point, times 10 to that power. */
static const char *
read_decimal (const char *text, int places, gint64 *amount)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gboolean minus = *text == '-';
  const char *at = read_whole (text + minus, digits);
  int behind = 0;

  if (!at)
    return "amount-not-a-number";
  if (*at == '.')
    for (at++; g_ascii_isdigit (*at); at++, behind++)
      g_string_append_c (digits, *at);
  if (*at != '\0' || at[-1] == '.')
    return "amount-not-a-number";
  if (behind > places)
    return "amount-too-fine";
  for (; behind < places; behind++)
    g_string_append_c (digits, '0');
  if (minus)
    g_string_prepend_c (digits, '-');
  if (!g_ascii_string_to_signed (digits->str, 10, G_MININT64, G_MAXINT64, amount, NULL))
    return "amount-too-large";
  return NULL;
}

/* What somebody typed, in the currency's smallest unit: ¥1,234,567, 1234567円, １２３４, US$ 1,200.50; commas stand every
 * three digits or not at all. NULL, or the code of what is wrong: amount-missing, amount-not-a-number, amount-too-fine
 * (more digits than the currency has), amount-too-large, currency-unknown. */
const char *
desk_money_read (const char *text, const char *currency, gint64 *amount)
{
  int digits = desk_currency_digits (currency);

  if (digits < 0)
    return "currency-unknown";
  if (!g_utf8_validate (text, -1, NULL))
    return "amount-not-a-number";
  g_autofree char *plain = bare (text, currency);
  return *plain == '\0' ? "amount-missing" : read_decimal (plain, digits, amount);
}

static char *
print (gint64 amount, int digits, gboolean commas)
{
  guint64 magnitude = amount < 0 ? (guint64) 0 - (guint64) amount : (guint64) amount;
  guint64 unit = (guint64) unit_of (digits);
  g_autofree char *whole = g_strdup_printf ("%" G_GUINT64_FORMAT, magnitude / unit);
  g_autoptr (GString) out = g_string_new (amount < 0 ? "-" : "");

  for (gsize left = strlen (whole), i = 0; left > 0; left--, i++)
    {
      if (commas && i > 0 && left % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, whole[i]);
    }
  if (digits > 0)
    g_string_append_printf (out, ".%0*" G_GINT64_MODIFIER "u", digits, magnitude % unit);
  return g_strdup (out->str);
}

/* "1,234,567", "1,234.56": with commas, without the currency's sign, which letters put in their own way. */
char *
desk_money_format (gint64 amount, const char *currency)
{
  return print (amount, MAX (desk_currency_digits (currency), 0), TRUE);
}

/* "1234567", "1234.56", as XML and other programs want it. */
char *
desk_money_plain (gint64 amount, const char *currency)
{
  return print (amount, MAX (desk_currency_digits (currency), 0), FALSE);
}

/* A rate as it is typed, "149.25"; at most four digits behind the point. NULL, or a code as desk_money_read () has it, and
 * rate-out-of-range. */
const char *
desk_rate_read (const char *text, gint64 *rate)
{
  if (!g_utf8_validate (text, -1, NULL))
    return "amount-not-a-number";
  g_autofree char *plain = bare (text, "JPY");
  const char *problem = *plain == '\0' ? "amount-missing" : read_decimal (plain, 4, rate);
  return problem ? problem : *rate < 1 || *rate > DESK_RATE_MAX ? "rate-out-of-range" : NULL;
}

/* "149.25"; zeros at the end are left out. */
char *
desk_rate_format (gint64 rate)
{
  char *text = print (rate, 4, FALSE);
  gsize length = strlen (text);

  while (text[length - 1] == '0')
    text[--length] = '\0';
  if (text[length - 1] == '.')
    text[--length] = '\0';
  return text;
}

/* ── the number of a qualified invoice issuer ────────────────────────────────────────────────── */

/* T and 13 digits. NULL, "tax-number-shape", or "tax-number-check": the check digit of a corporate number is wrong, which
 * is a warning only, for sole proprietors have other numbers (facts/money-and-names 7.4). "" is none and right. */
const char *
desk_tax_number_problem (const char *number)
{
  int sum = 0;

  if (*number == '\0')
    return NULL;
  if (*number != 'T' || strlen (number) != 14 || strspn (number + 1, "0123456789") != 13)
    return "tax-number-shape";
  for (int n = 1; n <= 12; n++) /* from the right */
    sum += (number[14 - n] - '0') * (n % 2 ? 1 : 2);
  return number[1] - '0' == 9 - sum % 9 ? NULL : "tax-number-check";
}
