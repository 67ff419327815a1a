/* Comparing two texts: tables of what is shown, and for random texts that the edit is right and as short as can be. */
#include "desk-line-diff.h"

#include <string.h>

/* "=a" same, "-a" removed, "+a" added, "~a>b" changed; spans in brackets. */
static char *
spans_words (const char *line, const GArray *spans)
{
  GString *out = g_string_new (NULL);
  guint at = 0;

  for (guint i = 0; spans && i < spans->len; i++)
    {
      DeskDiffSpan span = g_array_index (spans, DeskDiffSpan, i);

      g_string_append_len (out, line + at, span.from - at);
      g_string_append_c (out, '[');
      g_string_append_len (out, line + span.from, span.to - span.from);
      g_string_append_c (out, ']');
      at = span.to;
    }
  g_string_append (out, line + at);
  return g_string_free (out, FALSE);
}

static char *
words (const GPtrArray *rows)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const DeskDiffRow *row = g_ptr_array_index (rows, i);
      g_autofree char *before = row->before ? spans_words (row->before, row->before_spans) : NULL;
      g_autofree char *after = row->after ? spans_words (row->after, row->after_spans) : NULL;

      g_string_append_printf (out, "%s%c", i ? "|" : "", "=-+~"[row->kind]);
      if (row->kind == DESK_DIFF_CHANGED)
        g_string_append_printf (out, "%s>%s", before, after);
      else
        g_string_append (out, before ? before : after);
    }
  return g_string_free (out, FALSE);
}

static void
test_table (void)
{
  static const char *const table[][3] = {
    { "", "", "=" },
    { "a", "a", "=a" },
    { "", "a", "~>[a]" },
    { "a", "", "~[a]>" },
    { "a\n", "a\n", "=a|=" },
    { "a\n", "a", "=a|-" },
    { "a\nb\nc", "a\nc", "=a|-b|=c" },
    { "a\nc", "a\nb\nc", "=a|+b|=c" },
    { "a\nb\nc", "a\nB\nc", "=a|~[b]>[B]|=c" },
    { "a\nb\nc\nd", "d\na\nb\nc", "+d|=a|=b|=c|-d" },
    { "x\nthe old text here\ny", "x\nthe new text here\ny", "=x|~the [old] text here>the [new] text here|=y" },
    { "治療は六回です。", "治療は三回です。", "~治療は[六]回です。>治療は[三]回です。" },
    { "one", "one two", "~one>one[ two]" },
    { "<p>{{patient.name}}</p>", "<p>{{patient.native}}</p>", "~<p>{{patient.[name]}}</p>><p>{{patient.[native]}}</p>" },
    { "a\na\na", "a\na", "=a|=a|-a" },
    { "a\n\n\nb", "a\n\nb", "=a|=|-|=b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GPtrArray) rows = desk_line_diff (table[i][0], table[i][1]);
      g_autofree char *said = words (rows), *applied = desk_line_diff_apply (rows, table[i][0]);

      g_assert_cmpstr (applied, ==, table[i][1]);
      g_assert_cmpstr (said, ==, table[i][2]);
    }
}

static void
test_numbers (void)
{
  g_autoptr (GPtrArray) rows = desk_line_diff ("a\nb\nc\ne", "a\nc\nd\ne");
  const DeskDiffRow *removed = rows->pdata[1], *same = rows->pdata[2], *added = rows->pdata[3];

  g_assert_cmpuint (rows->len, ==, 5);
  g_assert_cmpuint (removed->before_line, ==, 2);
  g_assert_cmpuint (removed->after_line, ==, 0);
  g_assert_cmpuint (same->before_line, ==, 3);
  g_assert_cmpuint (same->after_line, ==, 2);
  g_assert_cmpuint (added->before_line, ==, 0);
  g_assert_cmpuint (added->after_line, ==, 3);
}

static void
test_other_text (void)
{
  g_autoptr (GPtrArray) rows = desk_line_diff ("a\nb", "a\nc");

  g_assert_null (desk_line_diff_apply (rows, "a\nx"));
  g_assert_null (desk_line_diff_apply (rows, "a"));
  g_assert_null (desk_line_diff_apply (rows, "a\nb\nc"));
}

static char *
random_text (guint lines, guint letters)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines; i++)
    {
      if (i)
        g_string_append_c (text, '\n');
      if (g_test_rand_int_range (0, 6))
        g_string_append_c (text, (char) ('a' + g_test_rand_int_range (0, (int) letters)));
    }
  return g_string_free (text, FALSE);
}

/* The longest common subsequence, the slow and certain way. */
static guint
longest_common (char **a, char **b)
{
  guint n = g_strv_length (a), m = g_strv_length (b);
  g_autofree guint *table = g_new0 (guint, (n + 1) * (m + 1));

  for (guint i = 1; i <= n; i++)
    for (guint j = 1; j <= m; j++)
      table[i * (m + 1) + j] = strcmp (a[i - 1], b[j - 1]) == 0 ? table[(i - 1) * (m + 1) + j - 1] + 1
                                                                : MAX (table[(i - 1) * (m + 1) + j], table[i * (m + 1) + j - 1]);
  return table[n * (m + 1) + m];
}

static void
test_property (void)
{
  for (int round = 0; round < 3000; round++)
    {
      guint letters = (guint) g_test_rand_int_range (1, 6);
      g_autofree char *before = random_text ((guint) g_test_rand_int_range (0, 20), letters);
      g_autofree char *after = random_text ((guint) g_test_rand_int_range (0, 20), letters);
      g_autoptr (GPtrArray) rows = desk_line_diff (before, after), back = desk_line_diff (after, before);
      g_autofree char *applied = desk_line_diff_apply (rows, before), *returned = desk_line_diff_apply (back, after);
      g_auto (GStrv) a = g_strsplit (before, "\n", -1), b = g_strsplit (after, "\n", -1);
      guint same = 0;

      g_assert_cmpstr (applied, ==, after);
      g_assert_cmpstr (returned, ==, before);
      for (guint i = 0; i < rows->len; i++)
        same += ((DeskDiffRow *) rows->pdata[i])->kind == DESK_DIFF_SAME;
      if (*before && *after)
        g_assert_cmpuint (same, ==, longest_common (a, b));
    }
}

/* Texts that have nothing to do with each other are not compared for minutes. */
static void
test_large (void)
{
  g_autoptr (GString) before = g_string_new (NULL), after = g_string_new (NULL);

  for (int i = 0; i < 30000; i++)
    {
      g_string_append_printf (before, "old %d\n", i);
      g_string_append_printf (after, "new %d\n", i);
    }
  g_autoptr (GPtrArray) rows = desk_line_diff (before->str, after->str);
  g_autofree char *applied = desk_line_diff_apply (rows, before->str);
  g_assert_cmpstr (applied, ==, after->str);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-diff/table", test_table);
  g_test_add_func ("/line-diff/numbers", test_numbers);
  g_test_add_func ("/line-diff/other-text", test_other_text);
  g_test_add_func ("/line-diff/property", test_property);
  g_test_add_func ("/line-diff/large", test_large);
  return g_test_run ();
}
