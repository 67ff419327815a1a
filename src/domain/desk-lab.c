#include "desk-lab.h"

#include <string.h>

#include "desk-lab-tests.h"

#define MAX_TEXT 2000

void
desk_lab_value_free (DeskLabValue *value)
{
  if (!value)
    return;
  g_free (value->test);
  g_free (value->loinc);
  g_free (value->local_code);
  g_free (value->name);
  g_free (value->comparator);
  g_free (value->value);
  g_free (value->unit);
  g_free (value->range_text);
  g_free (value->flag);
  g_free (value->status);
  g_free (value->outcome);
  g_free (value->note);
  g_free (value);
}

void
desk_lab_report_free (DeskLabReport *report)
{
  if (!report)
    return;
  g_free (report->laboratory);
  g_free (report->number);
  g_free (report->collected_on);
  g_free (report->came_by);
  g_free (report->source_id);
  g_free (report->accepted);
  g_clear_pointer (&report->values, g_ptr_array_unref);
  g_free (report);
}

/* An empty report without values. */
DeskLabReport *
desk_lab_report_new (void)
{
  DeskLabReport *report = g_new0 (DeskLabReport, 1);

  report->values = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lab_value_free);
  return report;
}

/* Adds an empty value to the report and lends it. */
DeskLabValue *
desk_lab_report_add (DeskLabReport *report)
{
  DeskLabValue *value = g_new0 (DeskLabValue, 1);

  g_ptr_array_add (report->values, value);
  return value;
}

/* Codes: missing, not-a-date, in-future, too-long; of the values the detail names the test. */
void
desk_lab_report_check (const DeskLabReport *report, DeskDay today, DeskProblems *problems)
{
  DeskDay day;

  if (!report->collected_on || !*report->collected_on)
    desk_problems_add (problems, "collected_on", "missing", NULL);
  else if (!desk_day_parse (report->collected_on, &day))
    desk_problems_add (problems, "collected_on", "not-a-date", NULL);
  else if (day > today)
    desk_problems_add (problems, "collected_on", "in-future", NULL);
  if (report->values->len == 0)
    desk_problems_add (problems, "values", "missing", NULL);
  for (guint i = 0; i < report->values->len; i++)
    {
      const DeskLabValue *value = report->values->pdata[i];
      const char *name = value->name && *value->name ? value->name : value->test;

      if ((!value->test || !*value->test) && (!value->name || !*value->name) && (!value->local_code || !*value->local_code))
        desk_problems_add (problems, "test", "missing", NULL);
      if ((!value->value || !*value->value) && g_strcmp0 (value->status, "X") != 0 && g_strcmp0 (value->status, "D") != 0)
        desk_problems_add (problems, "value", "missing", name);
      else if (value->value && strlen (value->value) > MAX_TEXT)
        desk_problems_add (problems, "value", "too-long", name);
    }
}

/* Lends all tests, in the order in which a report shows them. */
const DeskLabTest *
desk_lab_tests (guint *n_tests)
{
  *n_tests = G_N_ELEMENTS (tests);
  return tests;
}

/* Lends the test of our own code, or NULL. */
const DeskLabTest *
desk_lab_find (const char *id)
{
  for (guint i = 0; id && *id && i < G_N_ELEMENTS (tests); i++)
    if (strcmp (tests[i].id, id) == 0)
      return &tests[i];
  return NULL;
}

static gboolean
has_word (const char *list, const char *word, char separator)
{
  gsize length = strlen (word);

  for (const char *p = list; length > 0 && (p = strstr (p, word)); p += length)
    if ((p == list || p[-1] == separator) && (p[length] == '\0' || p[length] == separator))
      return TRUE;
  return FALSE;
}

/* Lends the test of a LOINC code, its usual one or an alternative; NULL when there is none. */
const DeskLabTest *
desk_lab_find_loinc (const char *code)
{
  for (guint i = 0; code && *code && i < G_N_ELEMENTS (tests); i++)
    if (strcmp (tests[i].loinc, code) == 0 || has_word (tests[i].alternatives, code, ' '))
      return &tests[i];
  return NULL;
}

/* Case, width, spaces, hyphens and dots say nothing about which test it is; # and % do. */
static char *
fold_name (const char *name, gssize length)
{
  g_autofree char *wide = g_utf8_normalize (name, length, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = wide ? g_utf8_casefold (wide, -1) : g_strdup ("");
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && !strchr ("-_.", (int) MIN (c, 0x7f)) && c != 0x2010 && c != 0x2212)
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static gboolean
name_is (const char *known, gssize length, const char *folded)
{
  g_autofree char *own = fold_name (known, length);

  return *own && strcmp (own, folded) == 0;
}

static gboolean
goes_by (const DeskLabTest *test, const char *folded)
{
  if (name_is (test->id, -1, folded) || name_is (test->name, -1, folded) || name_is (test->name_ja, -1, folded))
    return TRUE;
  for (const char *p = test->also; *p;)
    {
      const char *end = strchrnul (p, '|');

      if (name_is (p, end - p, folded))
        return TRUE;
      p = *end ? end + 1 : end;
    }
  return FALSE;
}

/* Lends the test that goes by this name or code in English or Japanese, or NULL. Whole names only: a guess at a part
 * of one would file a value under another test. */
const DeskLabTest *
desk_lab_find_name (const char *name)
{
  g_autofree char *folded = fold_name (name ? name : "", -1);

  for (guint i = 0; *folded && i < G_N_ELEMENTS (tests); i++)
    if (goes_by (&tests[i], folded))
      return &tests[i];
  return NULL;
}

/* Lends the test of a JLAC10 code (15 or 17 characters), by its analyte, or NULL. */
const DeskLabTest *
desk_lab_find_jlac10 (const char *code)
{
  gsize length = code ? strlen (code) : 0;

  if (length != 15 && length != 17)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    if (*tests[i].jlac10 && g_str_has_prefix (code, tests[i].jlac10))
      return &tests[i];
  return NULL;
}

/* The test's name in "ja" or else in English. */
const char *
desk_lab_name (const DeskLabTest *test, const char *language)
{
  return g_strcmp0 (language, "ja") == 0 ? test->name_ja : test->name;
}

/* The range to fall back on for F or M in the test's usual unit, "3.3-8.6" or "≤37"; NULL when there is none. */
char *
desk_lab_fallback_range (const DeskLabTest *test, const char *sex)
{
  gboolean female = g_strcmp0 (sex, "F") == 0;
  const char *low = female ? test->f_low : test->m_low, *high = female ? test->f_high : test->m_high;

  if (!female && g_strcmp0 (sex, "M") != 0 && (strcmp (test->m_low, test->f_low) != 0 || strcmp (test->m_high, test->f_high) != 0))
    return NULL;
  if (*low && *high)
    return g_strdup_printf ("%s-%s", low, high);
  if (*high)
    return g_strdup_printf (test->qualitative ? "<%s" : "≤%s", high);
  return NULL;
}

/* Digits, a hyphen and the check digit by Luhn's rule (mod 10). */
gboolean
desk_loinc_valid (const char *code)
{
  const char *hyphen = code ? strchr (code, '-') : NULL;
  gsize n = hyphen ? (gsize) (hyphen - code) : 0;
  int sum = 0;

  if (n < 1 || n > 7 || !g_ascii_isdigit (hyphen[1]) || hyphen[2] != '\0')
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      int digit = code[n - 1 - i] - '0';

      if (digit < 0 || digit > 9)
        return FALSE;
      if (i % 2 == 0)
        digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      sum += digit;
    }
  return (10 - sum % 10) % 10 == hyphen[1] - '0';
}
