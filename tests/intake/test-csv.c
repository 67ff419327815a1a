#include <string.h>

#include "desk-csv-read.h"

/* Cells are shown with | between and $ after each row. */
static char *
show (DeskCsv *csv)
{
  GString *out = g_string_new (NULL);

  while (desk_csv_next (csv))
    {
      for (guint i = 0; i < csv->n_cells; i++)
        g_string_append_printf (out, "%s%s", i ? "|" : "", desk_csv_cell (csv, i));
      g_string_append_c (out, '$');
    }
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *bytes;
  gssize length; /* -1: up to the zero */
  const char *encoding, *shown, *problem;
  char delimiter;
  guint line;
} cases[] = {
  { "a,b\r\nc,d\r\n", -1, "UTF-8", "a|b$c|d$", NULL, ',' },
  { "a,b\nc,d", -1, "UTF-8", "a|b$c|d$", NULL, ',' },
  { "a,b\rc,d\r", -1, "UTF-8", "a|b$c|d$", NULL, ',' },
  { "a;b;c,d\n", -1, "UTF-8", "a|b|c,d$", NULL, ';' },
  { "a\tb\n", -1, "UTF-8", "a|b$", NULL, '\t' },
  { "\"a;b;c\",d\n", -1, "UTF-8", "a;b;c|d$", NULL, ',' },
  { "sep=;\r\na,1;b\r\n", -1, "UTF-8", "a,1|b$", NULL, ';' },
  { "\"a \"\"x\"\" b\",\"line 1\r\nline 2\",\"\"\n", -1, "UTF-8", "a \"x\" b|line 1\nline 2|$", NULL, ',' },
  { "\xef\xbb\xbf" "a,b\n", -1, "UTF-8", "a|b$", NULL, ',' },
  { "\xff\xfe" "a\0,\0b\0\n\0", 10, "UTF-16LE", "a|b$", NULL, ',' },
  { "\xfe\xff" "\0a\0,\0b\0\n", 10, "UTF-16BE", "a|b$", NULL, ',' },
  { "a\0,\0b\0\n\0c\0,\0d\0\n\0", 16, "UTF-16LE", "a|b$c|d$", NULL, ',' },
  { "\x94\x92\x8c\x8c\x8b\x85\x90\x94,5.4\n\x8c\x9f\x8d\xb8\x8d\x80\x96\xda,\x92\x50\x88\xca\n", -1, "CP932", "白血球数|5.4$検査項目|単位$", NULL, ',' },
  { "\n\n\r\na\n\n\nb\n", -1, "UTF-8", "a$b$", NULL, ',' },
  { ",,\n", -1, "UTF-8", "||$", NULL, ',' },
  { "", -1, "UTF-8", "", NULL, ',' },
  { "a,\"b\nc,d", -1, "UTF-8", "a|b\nc,d$", "quote-open", ',', 1 },
  { "x\na,b\"c\n", -1, "UTF-8", "x$a|b\"c$", "quote-inside", ',', 2 },
  { "x\n\"a\"b,c\n", -1, "UTF-8", "x$ab|c$", "quote-inside", ',', 2 },
  { "x\na\0b\n", 6, "UTF-8", "x$a?b$", NULL, ',' },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = cases[i].length < 0 ? strlen (cases[i].bytes) : (gsize) cases[i].length;
      g_autoptr (DeskCsv) csv = desk_csv_new (cases[i].bytes, length, NULL, 0);
      g_autofree char *shown = show (csv);

      g_test_message ("case %u", i);
      g_assert_cmpstr (shown, ==, cases[i].shown);
      g_assert_cmpstr (csv->encoding, ==, cases[i].encoding);
      g_assert_cmpint (csv->delimiter, ==, cases[i].delimiter);
      if (!cases[i].problem)
        continue;
      g_assert_cmpuint (csv->problems->len, ==, 1);
      g_assert_cmpstr (g_array_index (csv->problems, DeskCsvProblem, 0).code, ==, cases[i].problem);
      g_assert_cmpuint (g_array_index (csv->problems, DeskCsvProblem, 0).line, ==, cases[i].line);
    }
}

static void
test_given (void)
{
  g_autoptr (DeskCsv) latin = desk_csv_new ("M\xfcller;1,5\n", 11, "CP1252", ';');
  g_autofree char *shown = show (latin);

  g_assert_cmpstr (shown, ==, "Müller|1,5$");
  g_assert_null (desk_csv_new ("a", 1, "KLINGON", 0));
}

static void
test_bad_bytes (void)
{
  g_autoptr (DeskCsv) csv = desk_csv_new ("a,b\nc\xff" "d,e\n", 10, "UTF-8", 0);
  g_autofree char *shown = show (csv);

  g_assert_cmpstr (shown, ==, "a|b$c\xef\xbf\xbd" "d|e$");
  g_assert_cmpstr (g_array_index (csv->problems, DeskCsvProblem, 0).code, ==, "bad-bytes");
  g_assert_cmpuint (g_array_index (csv->problems, DeskCsvProblem, 0).line, ==, 2);
}

static void
test_limits (void)
{
  g_autofree char *cell = g_strnfill (DESK_CSV_MAX_CELL + 10, 'x'), *wide = g_strnfill (DESK_CSV_MAX_COLUMNS + 5, ',');
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%s,b\n%s\n", cell, wide);
  g_autoptr (DeskCsv) csv = desk_csv_new (text->str, text->len, NULL, 0);
  g_assert_true (desk_csv_next (csv));
  g_assert_cmpuint (strlen (desk_csv_cell (csv, 0)), ==, DESK_CSV_MAX_CELL);
  g_assert_cmpstr (desk_csv_cell (csv, 1), ==, "b");
  g_assert_true (desk_csv_next (csv));
  g_assert_cmpuint (csv->n_cells, ==, DESK_CSV_MAX_COLUMNS);
  g_assert_cmpuint (csv->line, ==, 2);
  g_assert_false (desk_csv_next (csv));
  g_assert_cmpuint (csv->n_problems, ==, 2);

  g_string_truncate (text, 0);
  for (guint i = 0; i <= DESK_CSV_MAX_ROWS; i++)
    g_string_append (text, "a\n");
  g_autoptr (DeskCsv) rows = desk_csv_new (text->str, text->len, NULL, 0);
  guint n = 0;
  while (desk_csv_next (rows))
    n++;
  g_assert_cmpuint (n, ==, DESK_CSV_MAX_ROWS);
  g_assert_cmpstr (g_array_index (rows->problems, DeskCsvProblem, 0).code, ==, "too-many-rows");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/cases", test_cases);
  g_test_add_func ("/csv/given", test_given);
  g_test_add_func ("/csv/bad-bytes", test_bad_bytes);
  g_test_add_func ("/csv/limits", test_limits);
  return g_test_run ();
}
