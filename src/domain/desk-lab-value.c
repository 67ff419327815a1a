/* What a value as it was written says: comparator and number, range, flag, outcome. */
#include <string.h>

#include "desk-lab.h"

/* Folded to plain signs before it is looked up: longer ones first. */
static const struct
{
  const char *sign, *comparator;
} signs[] = {
  { "<=", "<=" }, { "=<", "<=" }, { "≦", "<=" }, { "≤", "<=" }, { "⩽", "<=" }, { ">=", ">=" }, { "=>", ">=" },
  { "≧", ">=" },  { "≥", ">=" },  { "⩾", ">=" }, { "<", "<" },  { "＜", "<" }, { "〈", "<" },  { ">", ">" },
  { "＞", ">" },  { "〉", ">" },
}, endings[] = {
  { "未満", "<" }, { "以下", "<=" }, { "以上", ">=" }, { "超", ">" }, { "미만", "<" }, { "이하", "<=" }, { "이상", ">=" }, { "초과", ">" },
};

/* Parts "<0.5", "≦5", "0.5未満", "5以下" into a comparator ("", "<", "<=", ">", ">="; static) and the rest as it was
 * sent. What is not a number after a comparator stays whole. Free the value. */
void
desk_lab_split (const char *sent, const char **comparator, char **value)
{
  g_autofree char *text = g_strstrip (g_strdup (sent));
  double number;

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (text, signs[i].sign))
      {
        g_autofree char *rest = g_strstrip (g_strdup (text + strlen (signs[i].sign)));

        if (!desk_lab_number (rest, &number))
          break;
        *comparator = signs[i].comparator;
        *value = g_steal_pointer (&rest);
        return;
      }
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (text, endings[i].sign))
      {
        g_autofree char *rest = g_strndup (text, strlen (text) - strlen (endings[i].sign));

        g_strstrip (rest);
        if (!desk_lab_number (rest, &number))
          break;
        *comparator = endings[i].comparator;
        *value = g_steal_pointer (&rest);
        return;
      }
  *comparator = "";
  *value = g_steal_pointer (&text);
}

/* Whether the text is a plain decimal number, half or full width. A comma is no part of one: it is a decimal sign in one
 * country and a thousands sign in the next. */
gboolean
desk_lab_number (const char *value, double *number)
{
  g_autofree char *plain = value ? g_utf8_normalize (value, -1, G_NORMALIZE_ALL_COMPOSE) : NULL;
  const char *p = plain;
  guint digits = 0;

  if (!plain)
    return FALSE;
  if (*p == '+' || *p == '-')
    p++;
  for (; g_ascii_isdigit (*p); p++)
    digits++;
  if (*p == '.')
    for (p++; g_ascii_isdigit (*p); p++)
      digits++;
  if (digits == 0 || digits > 30 || *p != '\0')
    return FALSE;
  *number = g_ascii_strtod (plain, NULL);
  return TRUE;
}

/* The plain text of a range: half width, one kind of dash, no spaces; a minus at the beginning stays one. */
static char *
plain_range (const char *text)
{
  g_autofree char *wide = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *out = g_string_new (NULL);

  for (const char *p = wide ? wide : ""; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '~' || c == 0x301c || c == 0xff5e || c == 0x223c || (c >= 0x2010 && c <= 0x2015) || c == 0x2212)
        g_string_append_c (out, '-');
      else if (!g_unichar_isspace (c))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static void
set_limit (DeskLabRange *range, const char *comparator, double number)
{
  gboolean open = comparator[1] == '\0';

  if (comparator[0] == '<')
    {
      range->has_high = TRUE;
      range->high = number;
      range->high_open = open;
    }
  else
    {
      range->has_low = TRUE;
      range->low = number;
      range->low_open = open;
    }
}

/* Reads "3.3-8.6", "3.3～8.6", "<5.0", "≦5", "5.0以下", "10以上". FALSE for anything else, such as ranges that differ by
 * sex or age: they stay text. */
gboolean
desk_lab_range_parse (const char *text, DeskLabRange *range)
{
  g_autofree char *plain = plain_range (text ? text : "");
  g_autofree char *rest = NULL;
  const char *comparator;
  double number;

  *range = (DeskLabRange) { 0 };
  desk_lab_split (plain, &comparator, &rest);
  if (*comparator && desk_lab_number (rest, &number))
    {
      set_limit (range, comparator, number);
      return TRUE;
    }
  char *dash = *plain ? strchr (plain + 1, '-') : NULL;
  if (!dash)
    return FALSE;
  *dash = '\0';
  range->has_low = desk_lab_number (plain, &range->low);
  range->has_high = desk_lab_number (dash + 1, &range->high);
  if (range->has_low && range->has_high && range->low <= range->high)
    return TRUE;
  *range = (DeskLabRange) { 0 };
  return FALSE;
}

/* -1 surely below, 1 surely above, 0 surely inside, 2 cannot be told ("<5" against 3-8). */
static int
place_in (const DeskLabRange *range, const char *comparator, double number)
{
  gboolean down = comparator[0] == '<', up = comparator[0] == '>', strict = comparator[0] && comparator[1] == '\0';
  gboolean below = range->has_low && (range->low_open ? number <= range->low : number < range->low);
  gboolean above = range->has_high && (range->high_open ? number >= range->high : number > range->high);
  gboolean at_low = range->has_low && number <= range->low, at_high = range->has_high && number >= range->high;

  if (down)
    {
      if (below || (strict && at_low))
        return -1;
      return (!range->has_low || range->low <= 0) && (!above || (strict && number <= range->high)) ? 0 : 2;
    }
  if (up)
    {
      if (above || (strict && at_high))
        return 1;
      return !range->has_high && (!below || (strict && number >= range->low)) ? 0 : 2;
    }
  return below ? -1 : above ? 1 : 0;
}

/* "L", "H" or "N" from the range, for reports whose laboratory sent no flag; "" where it cannot be told. */
const char *
desk_lab_flag (const char *comparator, const char *value, const char *range_text)
{
  static const char *const flags[] = { "L", "N", "H", "" };
  DeskLabRange range;
  double number;

  if (!desk_lab_number (value, &number) || !desk_lab_range_parse (range_text, &range))
    return "";
  return flags[place_in (&range, comparator ? comparator : "", number) + 1];
}

/* Words of qualitative results, folded as plain_word () does. Looked for in this order: "non-reactive" has "reactive"
 * in it. */
static const struct
{
  const char *word, *outcome;
  gboolean whole; /* too short to be looked for inside a text */
} words[] = {
  { "indeterminate", "indeterminate" }, { "equivocal", "indeterminate" }, { "borderline", "indeterminate" },
  { "grayzone", "indeterminate" }, { "greyzone", "indeterminate" }, { "inconclusive", "indeterminate" },
  { "判定保留", "indeterminate" }, { "保留", "indeterminate" }, { "疑陽性", "indeterminate" }, { "擬陽性", "indeterminate" },
  { "不确定", "indeterminate" }, { "미결정", "indeterminate" }, { "판정보류", "indeterminate" },
  { "±", "indeterminate" }, { "+-", "indeterminate", TRUE }, { "+/-", "indeterminate" }, { "ind", "indeterminate", TRUE },
  { "nonreactive", "nonreactive" }, { "notreactive", "nonreactive" }, { "notdetected", "nonreactive" },
  { "undetected", "nonreactive" }, { "negative", "nonreactive" }, { "neg", "nonreactive", TRUE }, { "nr", "nonreactive", TRUE },
  { "(-)", "nonreactive" }, { "-", "nonreactive", TRUE }, { "陰性", "nonreactive" }, { "阴性", "nonreactive" }, { "음성", "nonreactive" },
  { "reactive", "reactive" }, { "detected", "reactive" }, { "positive", "reactive" }, { "pos", "reactive", TRUE },
  { "(+)", "reactive" }, { "+", "reactive", TRUE }, { "++", "reactive", TRUE }, { "+++", "reactive", TRUE },
  { "1+", "reactive", TRUE }, { "2+", "reactive", TRUE }, { "3+", "reactive", TRUE }, { "(1+)", "reactive" }, { "(2+)", "reactive" },
  { "(3+)", "reactive" }, { "(++)", "reactive" }, { "陽性", "reactive" }, { "阳性", "reactive" }, { "양성", "reactive" },
};

static char *
plain_word (const char *text)
{
  g_autofree char *wide = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = wide ? g_utf8_casefold (wide, -1) : g_strdup ("");
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x30fc)
        g_string_append_c (out, '-');
      else if (!g_unichar_isspace (c))
        g_string_append_unichar (out, c);
    }
  /* "non-reactive", "gray-zone": a hyphen between letters says nothing. */
  for (gsize i = 1; i + 1 < out->len;)
    if (out->str[i] == '-' && g_ascii_isalpha (out->str[i - 1]) && g_ascii_isalpha (out->str[i + 1]))
      g_string_erase (out, i, 1);
    else
      i++;
  return g_string_free (out, FALSE);
}

/* Takes each word found out of the text, so that what is left can contradict it. */
static const char *
outcome_of_words (const char *value)
{
  g_autofree char *text = plain_word (value);
  const char *found = "";

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      char *at = words[i].whole ? (strcmp (text, words[i].word) == 0 ? text : NULL) : strstr (text, words[i].word);

      if (!at)
        continue;
      if (*found && strcmp (found, words[i].outcome) != 0)
        return "indeterminate";
      found = words[i].outcome;
      memset (at, ' ', strlen (words[i].word));
    }
  return found;
}

static const char *
outcome_of_flag (const char *flag)
{
  static const struct
  {
    const char *flag, *outcome;
  } flags[] = {
    { "N", "nonreactive" }, { "NEG", "nonreactive" }, { "NR", "nonreactive" }, { "A", "reactive" }, { "AA", "reactive" },
    { "H", "reactive" },    { "HH", "reactive" },     { "POS", "reactive" },   { "RR", "reactive" }, { "WR", "indeterminate" },
    { "IND", "indeterminate" },
  };

  for (guint i = 0; flag && i < G_N_ELEMENTS (flags); i++)
    if (strcmp (flags[i].flag, flag) == 0)
      return flags[i].outcome;
  return "";
}

/* A number means something only against the laboratory's own cut-off: 1.0 for one kit's index, 0.05 for another's units. */
static const char *
outcome_of_number (const char *comparator, double number, const char *range_text)
{
  DeskLabRange range;

  if (!desk_lab_range_parse (range_text, &range) || !range.has_high || (range.has_low && range.low > 0))
    return "";
  switch (place_in (&range, comparator, number))
    {
    case 0:
    case -1:
      return "nonreactive";
    case 1:
      return "reactive";
    default:
      return "indeterminate";
    }
}

/* "nonreactive", "reactive", "indeterminate", or "" where it cannot be told or the test has no such outcome. What the
 * laboratory says twice and differently is indeterminate. For anti-HBs reactive is the good one: see
 * DeskLabTest.biohazard. */
const char *
desk_lab_outcome (const DeskLabTest *test, const char *comparator, const char *value, const char *range_text, const char *flag)
{
  const char *outcome, *by_flag = outcome_of_flag (flag);
  double number;

  if (!test || !test->qualitative || !value || !*value)
    return "";
  if (desk_lab_number (value, &number))
    outcome = outcome_of_number (comparator ? comparator : "", number, range_text);
  else
    outcome = outcome_of_words (value);
  if (!*outcome)
    return by_flag;
  return *by_flag && test->biohazard && strcmp (outcome, by_flag) != 0 ? "indeterminate" : outcome;
}

static void
fill (char **text, const char *with)
{
  if (*text && **text)
    return;
  g_free (*text);
  *text = g_strdup (with);
}

/* Completes a value as it was typed or read: test by LOINC, JLAC10 or name, comparator, flag where none was sent,
 * outcome; no text is NULL afterwards. */
void
desk_lab_value_settle (DeskLabValue *value)
{
  const DeskLabTest *test = desk_lab_find (value->test);
  const char *comparator;

  if (!test)
    test = desk_lab_find_loinc (value->loinc);
  if (!test)
    test = desk_lab_find_jlac10 (value->local_code);
  if (!test)
    test = desk_lab_find_name (value->name);
  if (!test)
    test = desk_lab_find_name (value->local_code);
  g_free (value->test);
  value->test = g_strdup (test ? test->id : "");

  char **const texts[] = { &value->loinc, &value->local_code, &value->comparator, &value->value, &value->unit,
                           &value->range_text, &value->flag, &value->note };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    fill (texts[i], "");
  fill (&value->name, test ? test->name : value->local_code);
  fill (&value->status, "F");
  if (!*value->comparator)
    {
      g_autofree char *rest = NULL;

      desk_lab_split (value->value, &comparator, &rest);
      g_free (value->comparator);
      value->comparator = g_strdup (comparator);
      g_free (value->value);
      value->value = g_steal_pointer (&rest);
    }
  /* Against the flag as sent, not the one computed below. */
  g_free (value->outcome);
  value->outcome = g_strdup (desk_lab_outcome (test, value->comparator, value->value, value->range_text, value->flag));
  if (!test || !test->qualitative)
    fill (&value->flag, desk_lab_flag (value->comparator, value->value, value->range_text));
}
