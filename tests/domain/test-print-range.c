#include "desk-print-range.h"

static char *
joined (const GArray *pages)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pages->len; i++)
    g_string_append_printf (text, "%s%u", i ? " " : "", g_array_index (pages, guint, i) + 1);
  return g_string_free (text, FALSE);
}

static void
test_range (void)
{
  static const struct
  {
    const char *typed;
    guint pages;
    const char *taken; /* NULL: refused */
    const char *kept;  /* in the register, or the problem */
    guint number;
  } cases[] = {
    { "", 3, "1 2 3", "", 0 },
    { NULL, 2, "1 2", "", 0 },
    { "   ", 2, "1 2", "", 0 },
    { "2", 3, "2", "2", 0 },
    { "1-3,5", 5, "1 2 3 5", "1-3,5", 0 },
    { " 1 - 3 , 5 ", 5, "1 2 3 5", "1-3,5", 0 },
    { "5,1-3", 5, "1 2 3 5", "1-3,5", 0 },
    { "2,2,1-2", 3, "1 2", "1-2", 0 },
    { "1-3", 3, "1 2 3", "", 0 },
    { "3-", 5, "3 4 5", "3-5", 0 },
    { "-2", 5, "1 2", "1-2", 0 },
    { "1,3,5", 5, "1 3 5", "1,3,5", 0 },
    { "１－２、４", 5, "1 2 4", "1-2,4", 0 },
    { "１〜２", 5, "1 2", "1-2", 0 },
    { "2–3", 5, "2 3", "2-3", 0 },
    { "1;3", 3, "1 3", "1,3", 0 },
    { "007", 9, "7", "7", 0 },
    { "x", 3, NULL, "range-word", 0 },
    { "1,,2", 3, NULL, "range-word", 0 },
    { "1,", 3, NULL, "range-word", 0 },
    { "1 2", 3, NULL, "range-word", 0 },
    { "-", 3, NULL, "range-word", 0 },
    { "1--2", 3, NULL, "range-word", 0 },
    { "1-2-3", 3, NULL, "range-word", 0 },
    { "0", 3, NULL, "range-zero", 0 },
    { "0-2", 3, NULL, "range-zero", 0 },
    { "3-1", 3, NULL, "range-backwards", 0 },
    { "4", 3, NULL, "range-beyond", 4 },
    { "2-9", 3, NULL, "range-beyond", 9 },
    { "8-9", 3, NULL, "range-beyond", 8 },
    { "7-", 3, NULL, "range-beyond", 7 },
    { "99999999999999999999", 3, NULL, "range-beyond", 1000000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *problem;
      guint number;
      g_autoptr (GArray) pages = desk_print_range_read (cases[i].typed, cases[i].pages, &problem, &number);

      g_test_message ("“%s” of %u", cases[i].typed ? cases[i].typed : "NULL", cases[i].pages);
      g_assert_cmpuint (number, ==, cases[i].number);
      if (!cases[i].taken)
        {
          g_assert_null (pages);
          g_assert_cmpstr (problem, ==, cases[i].kept);
          continue;
        }
      g_assert_null (problem);
      g_autofree char *taken = joined (pages), *kept = desk_print_range_format (pages, cases[i].pages);
      g_assert_cmpstr (taken, ==, cases[i].taken);
      g_assert_cmpstr (kept, ==, cases[i].kept);
    }
}

/* There are never two originals. */
static void
test_copy_no (void)
{
  static const struct
  {
    DeskPrintPast past[3];
    guint n;
    guint copy_no;
  } cases[] = {
    { { { 0 } }, 0, 0 },
    { { { "printer", "done", "", 1 } }, 1, 1 },
    { { { "printer", "done", "", 3 } }, 1, 3 },
    { { { "printer", "begun", "", 1 } }, 1, 1 },
    { { { "printer", "unknown", "", 1 } }, 1, 1 },
    { { { "printer", "failed", "paper jam", 1 } }, 1, 1 }, /* pages may lie in the tray */
    { { { "printer", "failed", "", 1 } }, 1, 1 },
    { { { "printer", "failed", "not-sent", 2 } }, 1, 0 },
    { { { "printer", "failed", "not-sent", 1 }, { "printer", "done", "", 1 } }, 2, 1 },
    { { { "printer", "done", "", 2 }, { "printer", "failed", "not-sent", 1 } }, 2, 2 },
    { { { "printer", "done", "not-sent", 1 } }, 1, 1 },
    { { { "pdf", "failed", "disk full", 1 } }, 1, 0 },
    { { { "pdf", "done", "", 1 }, { "printer", "done", "", 1 } }, 2, 2 },
    { { { "screen", "done", "", 1 } }, 1, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u", i);
      g_assert_cmpuint (desk_print_copy_no (cases[i].past, cases[i].n), ==, cases[i].copy_no);
    }
}

static void
test_sides (void)
{
  static const struct
  {
    const char *range;
    guint pages, copies, first;
    gboolean both;
    const char *sides; /* "1" the original, "1c2" its second copy, "_" a blank */
  } cases[] = {
    { "", 2, 1, 0, FALSE, "1 2" },
    { "", 2, 1, 1, FALSE, "1c1 2c1" },
    { "", 2, 3, 0, FALSE, "1 2 1c1 2c1 1c2 2c2" },
    { "", 2, 2, 4, FALSE, "1c4 2c4 1c5 2c5" },
    { "2", 3, 2, 0, FALSE, "2 2c1" },
    { "", 1, 3, 0, TRUE, "1 _ 1c1 _ 1c2" },
    { "", 2, 2, 0, TRUE, "1 2 1c1 2c1" },
    { "1-3", 4, 2, 0, TRUE, "1 2 3 _ 1c1 2c1 3c1" },
    { "", 2, 0, 0, FALSE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *problem;
      guint number;
      g_autoptr (GArray) pages = desk_print_range_read (cases[i].range, cases[i].pages, &problem, &number);
      g_autoptr (GArray) sides = desk_print_sides (pages, cases[i].copies, cases[i].first, cases[i].both);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint j = 0; j < sides->len; j++)
        {
          const DeskPrintSide *side = &g_array_index (sides, DeskPrintSide, j);

          g_string_append (text, j ? " " : "");
          if (side->blank)
            g_string_append_c (text, '_');
          else
            g_string_append_printf (text, "%u", side->page + 1);
          if (side->copy)
            g_string_append_printf (text, "c%u", side->copy);
        }
      g_assert_cmpstr (text->str, ==, cases[i].sides);
    }
  const char *problem;
  guint number;
  g_autoptr (GArray) pages = desk_print_range_read ("", 1, &problem, &number);
  g_autoptr (GArray) many = desk_print_sides (pages, 1000, 0, FALSE);
  g_assert_cmpuint (many->len, ==, DESK_PRINT_COPIES);
}

static void
test_labels (void)
{
  DeskLabelGrid grid;
  guint sheet;
  double x, y;

  g_assert_true (desk_label_grid_fit (&grid, 210, 297, 70, 37, 0)); /* 3 × 8, the usual sheet of 24 */
  g_assert_cmpuint (grid.columns, ==, 3);
  g_assert_cmpuint (grid.rows, ==, 8);
  g_assert_cmpfloat_with_epsilon (grid.left, 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (grid.top, 0.5, 1e-9);
  g_assert_cmpuint (desk_label_grid_sheets (&grid, 0, 0), ==, 0);
  g_assert_cmpuint (desk_label_grid_sheets (&grid, 0, 24), ==, 1);
  g_assert_cmpuint (desk_label_grid_sheets (&grid, 1, 24), ==, 2);
  g_assert_cmpuint (desk_label_grid_sheets (&grid, 25, 23), ==, 1); /* as the place 1 */
  desk_label_grid_place (&grid, 0, 0, &sheet, &x, &y);
  g_assert_cmpuint (sheet, ==, 0);
  g_assert_cmpfloat_with_epsilon (x, 0, 1e-9);
  desk_label_grid_place (&grid, 2, 2, &sheet, &x, &y); /* the fifth place: second row, second column */
  g_assert_cmpfloat_with_epsilon (x, 70, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, 37.5, 1e-9);
  desk_label_grid_place (&grid, 23, 1, &sheet, &x, &y);
  g_assert_cmpuint (sheet, ==, 1);
  g_assert_cmpfloat_with_epsilon (y, 0.5, 1e-9);
  g_assert_true (desk_label_grid_fit (&grid, 210, 297, 50, 25, 5));
  g_assert_cmpuint (grid.columns, ==, 4);
  g_assert_cmpuint (grid.rows, ==, 11);
  g_assert_false (desk_label_grid_fit (&grid, 210, 297, 280, 25, 5)); /* a wristband */
  g_assert_false (desk_label_grid_fit (&grid, 210, 297, 0, 25, 5));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print-range/range", test_range);
  g_test_add_func ("/print-range/copy-no", test_copy_no);
  g_test_add_func ("/print-range/sides", test_sides);
  g_test_add_func ("/print-range/labels", test_labels);
  return g_test_run ();
}
