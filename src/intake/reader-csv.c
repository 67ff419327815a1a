/* A table as lines: how it was read, its rows, and what was wrong with them. */
#include <string.h>

#include "desk-csv-read.h"
#include "desk-lines.h"
#include "reader.h"

#define CELL_MARK '\x1f'
#define WRITE_AT_ONCE 65536 /* bytes */

static void
flush (GString *out)
{
  reader_write (out->str, out->len);
  g_string_truncate (out, 0);
}

static void
add_row (GString *out, GString *row, const DeskCsv *csv)
{
  g_string_printf (row, "%u", csv->line);
  for (guint i = 0; i < csv->n_cells; i++)
    {
      gsize start = row->len + 1;

      g_string_append_c (row, CELL_MARK);
      g_string_append (row, desk_csv_cell (csv, i));
      for (gsize at = start; at < row->len; at++)
        if (row->str[at] == CELL_MARK)
          row->str[at] = ' ';
    }
  desk_lines_add (out, "row", row->str);
}

/* ENCODING DELIMITER: each may be empty, and is then found out. */
void
reader_csv (char **args)
{
  g_autoptr (GBytes) bytes = reader_input ();
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (DeskCsv) csv = desk_csv_new (data ? data : "", length, *args[0] ? args[0] : NULL, *args[1]);
  g_autoptr (GString) out = g_string_new (NULL), row = g_string_new (NULL);

  if (!csv)
    reader_die ("foreign");
  const char delimiter[] = { csv->delimiter, '\0' };
  desk_lines_add (out, "encoding", csv->encoding);
  desk_lines_add (out, "delimiter", delimiter);
  while (desk_csv_next (csv))
    {
      add_row (out, row, csv);
      if (out->len > WRITE_AT_ONCE)
        flush (out);
    }
  for (guint i = 0; i < csv->problems->len; i++)
    {
      const DeskCsvProblem *problem = &g_array_index (csv->problems, DeskCsvProblem, i);

      g_string_printf (row, "%u %s", problem->line, problem->code);
      desk_lines_add (out, "trouble", row->str);
    }
  flush (out);
}
