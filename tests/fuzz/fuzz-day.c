/* Days, partial dates and places as they are typed. */
#include "desk-cell.h"
#include "desk-day.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autofree char *text = g_strndup ((const char *) data, length);
  DeskDay day;
  int row, col;

  if (desk_day_parse (text, &day))
    {
      g_autofree char *back = desk_day_format (day);

      g_assert_cmpstr (back, ==, text);
      g_assert_true (desk_partial_date_valid (text));
      g_assert_cmpint (desk_day_add_months (day, -13), <, day);
    }
  if (desk_partial_date_valid (text))
    desk_partial_date_age (text, 20607);
  if (desk_place_parse (text, &row, &col))
    {
      g_autofree char *name = desk_place_name (row, col);
      int row_again, col_again;

      g_assert_true (row >= 1 && col >= 1);
      g_assert_true (desk_place_parse (name, &row_again, &col_again));
      g_assert_true (row == row_again && col == col_again);
    }
  return 0;
}
