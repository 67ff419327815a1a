/* Tests of a lot: limits as data, and the verdict of a value against its limit, units and all. */
#include "desk-lot.h"

#include <math.h>
#include <string.h>

void
desk_lot_test_free (DeskLotTest *test)
{
  if (!test)
    return;
  g_free (test->code);
  g_free (test->comparator);
  g_free (test->low);
  g_free (test->unit);
  g_free (test);
}

/* ── amounts as people type them ─────────────────────────────────────────────────────────────── */

/* Full width folded and superscripts turned to "^9", which folding alone would join to the number before them. */
static char *
fold (const char *text)
{
  static const char *const raised[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  g_autoptr (GString) plain = g_string_new (NULL);
  gboolean power = FALSE;

  if (!text || !g_utf8_validate (text, -1, NULL))
    return NULL;
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      guint digit = 0;

      while (digit < G_N_ELEMENTS (raised) && !g_str_has_prefix (p, raised[digit]))
        digit++;
      if (digit < G_N_ELEMENTS (raised))
        g_string_append_printf (plain, "%s%u", power ? "" : "^", digit);
      else
        g_string_append_unichar (plain, g_utf8_get_char (p));
      power = digit < G_N_ELEMENTS (raised);
    }
  return g_utf8_normalize (plain->str, -1, G_NORMALIZE_NFKC);
}

static gboolean
skip (const char **p, const char *word)
{
  if (!g_str_has_prefix (*p, word))
    return FALSE;
  *p += strlen (word);
  return TRUE;
}

static void
skip_spaces (const char **p)
{
  while (**p == ' ')
    (*p)++;
}

/* "<" and its like: the value is known by its bound alone. */
static char
read_bound (const char **p)
{
  static const struct
  {
    const char *text;
    char bound;
  } signs[] = { { "<=", '<' }, { ">=", '>' }, { "≤", '<' }, { "≥", '>' }, { "≦", '<' }, { "≧", '>' }, { "<", '<' }, { ">", '>' } };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (skip (p, signs[i].text))
      return signs[i].bound;
  return 0;
}

/* Digits with a point; a comma parts thousands when three digits follow it, and is a point otherwise. */
static gboolean
read_number (const char **p, double *value)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gboolean point = FALSE;

  for (; g_ascii_isdigit (**p) || **p == '.' || **p == ','; (*p)++)
    {
      gboolean thousands = **p == ',' && !point && digits->len > 0 && g_ascii_isdigit ((*p)[1]) && g_ascii_isdigit ((*p)[2])
                           && g_ascii_isdigit ((*p)[3]) && !g_ascii_isdigit ((*p)[4]);

      if (g_ascii_isdigit (**p))
        g_string_append_c (digits, **p);
      else if (!thousands && (point || digits->len == 0))
        return FALSE;
      else if (!thousands)
        {
          point = TRUE;
          g_string_append_c (digits, '.');
        }
    }
  if (digits->len == 0 || digits->len > 30 || digits->str[digits->len - 1] == '.')
    return FALSE;
  *value = g_ascii_strtod (digits->str, NULL);
  return TRUE;
}

static gboolean
read_exponent (const char **p, int *exponent)
{
  gboolean minus = skip (p, "-") || skip (p, "−");

  if (!minus)
    skip (p, "+");
  if (!g_ascii_isdigit (**p))
    return FALSE;
  *exponent = 0;
  for (; g_ascii_isdigit (**p) && *exponent < 100; (*p)++)
    *exponent = *exponent * 10 + (**p - '0');
  if (minus)
    *exponent = -*exponent;
  return *exponent >= -30 && *exponent <= 30;
}

/* "×10^9", "x10^9", "*10^9", "e9", "億", "万": what the number is multiplied by. */
static gboolean
read_power (const char **p, double *value)
{
  static const char *const times[] = { "×", "x", "X", "*", "·", "⋅" };
  const char *from = *p;
  int exponent;

  if ((skip (p, "e") || skip (p, "E")) && read_exponent (p, &exponent))
    *value *= pow (10, exponent);
  else
    {
      *p = from;
      skip_spaces (p);
      if (skip (p, "億"))
        *value *= 1e8;
      else if (skip (p, "万"))
        *value *= 1e4;
      else
        for (guint i = 0; i < G_N_ELEMENTS (times); i++)
          if (skip (p, times[i]))
            {
              skip_spaces (p);
              if (!skip (p, "10") || (!skip (p, "^") && !skip (p, "**")) || !read_exponent (p, &exponent))
                return FALSE;
              *value *= pow (10, exponent);
              return TRUE;
            }
    }
  return TRUE;
}

/* Reads an amount as it is typed or printed: "91", "1.2×10⁹", "1.2e9", "12億", "1,200,000", "<0.5 EU/mL", full width
 * too. bound is '<' or '>' for one known by its bound, else 0. unit gets what is written behind it ("" for nothing),
 * to be freed; it may be NULL, and then nothing may stand there. */
gboolean
desk_amount_parse (const char *text, double *value, char *bound, char **unit)
{
  g_autofree char *folded = fold (text);
  const char *p = folded ? g_strstrip (folded) : "";
  char sign = read_bound (&p);

  skip_spaces (&p);
  if (!read_number (&p, value) || !read_power (&p, value))
    return FALSE;
  skip_spaces (&p);
  if (!unit && *p)
    return FALSE;
  if (unit && (g_ascii_isdigit (*p) || *p == '.' || *p == ','))
    return FALSE;
  *bound = sign;
  if (unit)
    *unit = g_strdup (p);
  return TRUE;
}

/* ── units ───────────────────────────────────────────────────────────────────────────────────── */

/* The unit as a code for comparing, and the power of ten that some write into it ("×10^8 cells"). */
static char *
unit_code (const char *unit, double *factor)
{
  static const struct
  {
    const char *text, *code;
  } same[] = { { "percent", "%" }, { "個", "cells" }, { "細胞", "cells" }, { "cell", "cells" }, { "viablecells", "cells" } };
  g_autofree char *folded = fold (unit);
  const char *p = folded ? g_strstrip (folded) : "";

  *factor = 1;
  if (!read_power (&p, factor))
    *factor = 0;
  if (skip (&p, "10^"))
    {
      int exponent = 0;

      *factor *= read_exponent (&p, &exponent) ? pow (10, exponent) : 0;
    }
  g_autoptr (GString) code = g_string_new (NULL);
  for (; *p; p++)
    if (*p != ' ')
      g_string_append_c (code, g_ascii_tolower (*p));
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    if (strcmp (code->str, same[i].text) == 0)
      return g_strdup (same[i].code);
  return g_strdup (code->str);
}

/* Turns the value into the limit's unit. EU/mL × mL ÷ kg is EU/kg (facts/cells-examples.md 6.5, 9): what a dose brings
 * to the patient, not how thick it is. */
static DeskVerdict
convert (const char *limit_unit, const char *unit, const DeskDoseBasis *basis, double *value)
{
  double factor, unused;
  g_autofree char *wanted = unit_code (limit_unit, &unused);
  g_autofree char *code = unit_code (unit, &factor);
  gboolean per_kg = strcmp (wanted, "eu/kg") == 0;

  if (factor == 0)
    return DESK_VERDICT_OTHER_UNIT;
  *value *= factor;
  if (strcmp (code, wanted) == 0)
    return DESK_VERDICT_PASSED;
  /* Where no other unit is usual it may be left out. */
  if (*code == '\0' && (strcmp (wanted, "%") == 0 || strcmp (wanted, "cells") == 0))
    return DESK_VERDICT_PASSED;
  if (!per_kg || (strcmp (code, "eu/ml") != 0 && strcmp (code, "eu") != 0))
    return DESK_VERDICT_OTHER_UNIT;
  if (!basis || basis->weight_kg <= 0 || (strcmp (code, "eu/ml") == 0 && basis->volume_ml <= 0))
    return DESK_VERDICT_NEEDS_BASIS;
  *value = strcmp (code, "eu/ml") == 0 ? *value * basis->volume_ml / basis->weight_kg : *value / basis->weight_kg;
  return DESK_VERDICT_PASSED;
}

/* ── verdicts ────────────────────────────────────────────────────────────────────────────────── */

static const struct
{
  const char *limit, *word;
  gboolean same; /* says what the limit asks for, or its opposite */
} words[] = {
  { "negative", "negative", TRUE },     { "negative", "neg", TRUE },       { "negative", "no growth", TRUE },
  { "negative", "not detected", TRUE }, { "negative", "none detected", TRUE }, { "negative", "(-)", TRUE },
  { "negative", "-", TRUE },            { "negative", "陰性", TRUE },      { "negative", "検出せず", TRUE },
  { "negative", "発育なし", TRUE },     { "negative", "発育を認めず", TRUE },
  { "negative", "positive", FALSE },    { "negative", "pos", FALSE },      { "negative", "growth", FALSE },
  { "negative", "detected", FALSE },    { "negative", "(+)", FALSE },      { "negative", "+", FALSE },
  { "negative", "陽性", FALSE },        { "negative", "検出", FALSE },     { "negative", "発育あり", FALSE },
  { "negative", "rods", FALSE },        { "negative", "cocci", FALSE },    { "negative", "yeast", FALSE },
  { "match", "match", TRUE },           { "match", "matched", TRUE },      { "match", "一致", TRUE },
  { "match", "no match", FALSE },       { "match", "mismatch", FALSE },    { "match", "不一致", FALSE },
};

static DeskVerdict
judge_word (const DeskLotTest *test, const char *value)
{
  g_autofree char *folded = g_utf8_validate (value, -1, NULL) ? g_utf8_normalize (value, -1, G_NORMALIZE_NFKC) : NULL;
  g_autofree char *word = folded ? g_utf8_strdown (g_strstrip (folded), -1) : g_strdup ("");
  g_autofree char *limit = g_utf8_strdown (test->low, -1);

  if (*word && strcmp (word, limit) == 0)
    return DESK_VERDICT_PASSED;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].limit, limit) == 0 && strcmp (words[i].word, word) == 0)
      return words[i].same ? DESK_VERDICT_PASSED : DESK_VERDICT_FAILED;
  return DESK_VERDICT_UNREADABLE;
}

/* A value known by its bound passes only when all it may be passes. */
static gboolean
holds (const char *comparator, double value, char bound, double limit)
{
  gboolean at_least = *comparator == '>', or_equal = comparator[1] == '=';
  gboolean equal = fabs (value - limit) <= 1e-12 * MAX (fabs (value), fabs (limit));

  if (bound && (bound == '>') != at_least)
    return FALSE;
  if (equal)
    return or_equal || bound;
  return at_least ? value > limit : value < limit;
}

/* Whether the result is a word ("negative") and not an amount. */
gboolean
desk_lot_test_is_word (const DeskLotTest *test)
{
  return strcmp (test->comparator, "=") == 0;
}

/* The limit in words that are copied to each result: "≤ 5 EU/kg", "negative"; empty for none. To be freed. */
char *
desk_lot_test_limit (const DeskLotTest *test)
{
  static const struct
  {
    const char *comparator, *sign;
  } signs[] = { { ">=", "≥ " }, { "<=", "≤ " }, { ">", "> " }, { "<", "< " }, { "=", "" } };

  for (guint i = 0; *test->low && i < G_N_ELEMENTS (signs); i++)
    if (strcmp (test->comparator, signs[i].comparator) == 0)
      return g_strconcat (signs[i].sign, test->low, *test->unit ? " " : "", test->unit, NULL);
  return g_strdup ("");
}

static char *
number_words (const DeskLotTest *test, double value, char bound, double limit, gboolean passed)
{
  char sign[2] = { bound, '\0' };
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  /* Rounded for reading, unless rounding would say another verdict. */
  g_ascii_formatd (digits, sizeof digits, "%.3g", value);
  if (fabs (value) >= 1000 || (*test->low && holds (test->comparator, g_ascii_strtod (digits, NULL), bound, limit) != passed))
    g_ascii_formatd (digits, sizeof digits, "%.12g", value);
  return g_strconcat (sign, digits, NULL);
}

/* The verdict of a value with its unit ("" for none, or behind the value) against the test's limit. counted, when not
 * NULL, gets the value in the limit's unit for a verdict, else NULL; to be freed. A test without a limit passes
 * whatever can be read. */
DeskVerdict
desk_lot_test_judge (const DeskLotTest *test, const char *value, const char *unit, const DeskDoseBasis *basis, char **counted)
{
  g_autofree char *behind = NULL;
  double number, limit = 0;
  char bound, none;

  if (counted)
    *counted = NULL;
  if (desk_lot_test_is_word (test))
    {
      DeskVerdict verdict = judge_word (test, value ? value : "");

      if (counted && verdict <= DESK_VERDICT_FAILED)
        *counted = g_strstrip (g_strdup (value));
      return verdict;
    }
  if (!desk_amount_parse (value, &number, &bound, &behind))
    return DESK_VERDICT_UNREADABLE;
  if (*behind && unit && *unit && g_ascii_strcasecmp (behind, unit) != 0)
    return DESK_VERDICT_OTHER_UNIT;

  DeskVerdict verdict = convert (test->unit, *behind ? behind : unit ? unit : "", basis, &number);
  if (verdict != DESK_VERDICT_PASSED)
    return verdict;
  if (*test->low && *test->comparator)
    {
      if (!desk_amount_parse (test->low, &limit, &none, NULL))
        return DESK_VERDICT_UNREADABLE;
      verdict = holds (test->comparator, number, bound, limit) ? DESK_VERDICT_PASSED : DESK_VERDICT_FAILED;
    }
  if (counted)
    *counted = number_words (test, number, bound, limit, verdict == DESK_VERDICT_PASSED);
  return verdict;
}

/* Whether a setting makes sense: adds problems at "low", "comparator" or "days". */
void
desk_lot_test_check (const DeskLotTest *test, DeskProblems *problems)
{
  double limit;
  char bound;

  if (desk_lot_test_is_word (test) && *test->low == '\0')
    desk_problems_add (problems, "low", "missing", NULL);
  else if (!desk_lot_test_is_word (test) && *test->low && (!desk_amount_parse (test->low, &limit, &bound, NULL) || bound))
    desk_problems_add (problems, "low", "not-a-decimal", NULL);
  if (*test->low && *test->comparator == '\0')
    desk_problems_add (problems, "comparator", "missing", NULL);
  if (test->days < 0 || test->days > 60)
    desk_problems_add (problems, "days", "out-of-range", NULL);
}
