/* Tables: rows keep to the limits, and the laboratory's reading of one gives lines. */
#include <string.h>

#include "desk-csv-read.h"
#include "desk-lab-csv-read.h"
#include "desk-lines.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autoptr (DeskCsv) csv = desk_csv_new ((const char *) data, length, NULL, 0);
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (DeskLines) lines;
  guint line = 0;

  while (csv && desk_csv_next (csv))
    {
      g_assert_cmpuint (csv->line, >, line);
      line = csv->line;
      g_assert_cmpuint (csv->n_cells, <=, DESK_CSV_MAX_COLUMNS);
      for (guint i = 0; i <= csv->n_cells; i++)
        {
          g_assert_cmpuint (strlen (desk_csv_cell (csv, i)), <=, DESK_CSV_MAX_CELL);
          g_assert_true (g_utf8_validate (desk_csv_cell (csv, i), -1, NULL));
        }
    }
  desk_lab_csv_read ((const char *) data, length, out);
  desk_lines_init (&lines, out->str, out->len);
  while (desk_lines_next (&lines))
    ;
  g_assert_false (lines.broken);
  return 0;
}
