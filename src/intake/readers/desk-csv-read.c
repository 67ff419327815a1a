#include "desk-csv-read.h"

#include <string.h>

#include "desk-text-decode.h"

static void
note (DeskCsv *csv, guint line, const char *code)
{
  DeskCsvProblem problem = { line, code };

  csv->n_problems++;
  if (csv->problems->len < DESK_CSV_MAX_PROBLEMS)
    g_array_append_val (csv->problems, problem);
}

/* Whichever sign stands most often, outside quotes, in the first line that has any; a comma when none does. */
static char
guess_delimiter (const char *p, const char *end)
{
  static const char signs[] = ",;\t|";
  guint counts[4] = { 0 }, best = 0;
  gboolean quoted = FALSE;

  for (; p < end; p++)
    {
      const char *sign = *p ? strchr (signs, *p) : NULL;

      if (!quoted && (*p == '\n' || *p == '\r') && counts[0] + counts[1] + counts[2] + counts[3] > 0)
        break;
      if (*p == '"')
        quoted = !quoted;
      else if (sign && !quoted)
        counts[sign - signs]++;
    }
  for (guint i = 1; i < 4; i++)
    if (counts[i] > counts[best])
      best = i;
  return signs[best];
}

/* A first line "sep=;" is Excel's, and says what it says. */
static void
take_sep_line (DeskCsv *csv, char *delimiter)
{
  const char *p = csv->at;

  if (csv->end - p < 5 || g_ascii_strncasecmp (p, "sep=", 4) != 0 || !strchr (",;\t|", p[4]))
    return;
  const char *after = p + 5;
  if (after < csv->end && *after != '\r' && *after != '\n')
    return;
  if (!*delimiter)
    *delimiter = p[4];
  after += after < csv->end && *after == '\r';
  after += after < csv->end && *after == '\n';
  csv->at = after;
  csv->next_line = 2;
}

static void
note_bad_bytes (DeskCsv *csv)
{
  guint line = 1;

  for (const char *p = csv->text; p < csv->end && csv->problems->len < DESK_CSV_MAX_PROBLEMS; p++)
    {
      if (*p == '\n' || (*p == '\r' && p[1] != '\n'))
        line++;
      if (strncmp (p, "\xef\xbf\xbd", 3) == 0)
        note (csv, line, "bad-bytes");
    }
}

/* Begins to read; the bytes are not needed afterwards. encoding NULL and delimiter 0 are found out. NULL when the
 * encoding is not known. */
DeskCsv *
desk_csv_new (const char *bytes, gsize length, const char *encoding, char delimiter)
{
  gsize mark = 0, out_length = 0;
  guint n_bad = 0;
  const char *guessed = desk_text_guess (bytes, length, &mark);

  if (!encoding)
    encoding = guessed;
  char *text = desk_text_decode (bytes + mark, length - mark, encoding, &out_length, &n_bad);
  if (!text)
    return NULL;

  DeskCsv *csv = g_new0 (DeskCsv, 1);
  csv->encoding = encoding;
  csv->text = text;
  csv->at = text;
  csv->end = text + out_length;
  csv->next_line = 1;
  csv->problems = g_array_new (FALSE, FALSE, sizeof (DeskCsvProblem));
  csv->buffer = g_string_new (NULL);
  csv->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  /* UTF-16 brings its mark along when the order of bytes was given. */
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    csv->at += 3;
  if (n_bad > 0)
    note_bad_bytes (csv);
  take_sep_line (csv, &delimiter);
  csv->delimiter = delimiter ? delimiter : guess_delimiter (csv->at, csv->end);
  return csv;
}

void
desk_csv_free (DeskCsv *csv)
{
  if (!csv)
    return;
  g_free (csv->text);
  g_array_unref (csv->problems);
  g_string_free (csv->buffer, TRUE);
  g_array_unref (csv->starts);
  g_free (csv);
}

/* Passes one line end, if there is one. */
static gboolean
take_line_end (DeskCsv *csv)
{
  if (csv->at < csv->end && *csv->at == '\r')
    csv->at += csv->at + 1 < csv->end && csv->at[1] == '\n' ? 2 : 1;
  else if (csv->at < csv->end && *csv->at == '\n')
    csv->at++;
  else
    return FALSE;
  csv->next_line++;
  return TRUE;
}

static void
append (DeskCsv *csv, gsize start, const char *text, gsize length, gboolean *too_long)
{
  gsize room = DESK_CSV_MAX_CELL - MIN (csv->buffer->len - start, DESK_CSV_MAX_CELL);

  if (length > room)
    {
      *too_long = TRUE;
      length = room;
      while (length > 0 && (text[length] & 0xc0) == 0x80)
        length--;
    }
  g_string_append_len (csv->buffer, text, (gssize) length);
}

/* What stands in quotes, the opening one passed. */
static void
take_quoted (DeskCsv *csv, gsize start, gboolean *too_long)
{
  guint opened = csv->next_line;

  while (csv->at < csv->end)
    {
      const char *p = csv->at;

      while (p < csv->end && *p != '"' && *p != '\r' && *p != '\n')
        p++;
      append (csv, start, csv->at, (gsize) (p - csv->at), too_long);
      csv->at = p;
      if (take_line_end (csv))
        append (csv, start, "\n", 1, too_long);
      else if (p + 1 < csv->end && p[1] == '"')
        {
          append (csv, start, "\"", 1, too_long);
          csv->at += 2;
        }
      else if (p < csv->end)
        {
          csv->at++;
          return;
        }
    }
  note (csv, opened, "quote-open");
}

static void
take_cell (DeskCsv *csv)
{
  gsize start = csv->buffer->len;
  gboolean too_long = FALSE, kept = csv->starts->len < DESK_CSV_MAX_COLUMNS;

  if (csv->starts->len == DESK_CSV_MAX_COLUMNS)
    note (csv, csv->line, "too-many-columns");
  if (csv->at < csv->end && *csv->at == '"')
    {
      csv->at++;
      take_quoted (csv, start, &too_long);
    }
  const char *p = csv->at;
  gboolean quoted = p > csv->text && p[-1] == '"' && csv->buffer->len > start;
  while (p < csv->end && *p != csv->delimiter && *p != '\r' && *p != '\n')
    p++;
  /* Text after a closing quote, or a quote in the middle: kept as it stands. */
  if (p > csv->at && (quoted || memchr (csv->at, '"', (gsize) (p - csv->at))))
    note (csv, csv->next_line, "quote-inside");
  append (csv, start, csv->at, (gsize) (p - csv->at), &too_long);
  csv->at = p;
  if (too_long)
    note (csv, csv->line, "cell-too-long");
  if (!kept)
    g_string_truncate (csv->buffer, start);
  else
    {
      g_string_append_c (csv->buffer, '\0');
      g_array_append_val (csv->starts, start);
      csv->n_cells = csv->starts->len;
      return;
    }
  /* Beyond the limit: no more is kept of this row, but it is read to its end. */
  g_array_append_val (csv->starts, start);
}

/* Reads the next row that has anything in it; FALSE at the end. */
gboolean
desk_csv_next (DeskCsv *csv)
{
  while (take_line_end (csv))
    ;
  csv->n_cells = 0;
  g_string_truncate (csv->buffer, 0);
  g_array_set_size (csv->starts, 0);
  if (csv->at >= csv->end)
    return FALSE;
  csv->line = csv->next_line;
  if (csv->row >= DESK_CSV_MAX_ROWS)
    {
      note (csv, csv->line, "too-many-rows");
      csv->at = csv->end;
      return FALSE;
    }
  csv->row++;
  for (;;)
    {
      take_cell (csv);
      if (csv->at >= csv->end || *csv->at != csv->delimiter)
        break;
      csv->at++;
    }
  take_line_end (csv);
  return TRUE;
}

/* A cell of the row read last, as it stands, "" beyond its end; lent until the next row. */
const char *
desk_csv_cell (const DeskCsv *csv, guint column)
{
  return column < csv->n_cells ? csv->buffer->str + g_array_index (csv->starts, gsize, column) : "";
}
