#include "desk-import-file.h"

#include <string.h>
#include <unistd.h>

#include "desk-error.h"
#include "desk-lines.h"
#include "desk-reader.h"

#define MAX_ANSWER ((gsize) 512 << 20)
#define PATIENCE 120 /* seconds */
#define MAX_TROUBLES 1000

static void
trouble_free (gpointer data)
{
  g_free (((DeskImportTrouble *) data)->code);
  g_free (data);
}

/* One more owner; any thread may read the file, nobody changes it. */
DeskImportFile *
desk_import_file_ref (DeskImportFile *file)
{
  g_atomic_ref_count_inc (&file->refs);
  return file;
}

void
desk_import_file_unref (DeskImportFile *file)
{
  if (!file || !g_atomic_ref_count_dec (&file->refs))
    return;
  g_free (file->name);
  g_free (file->digest);
  g_free (file->encoding);
  g_free (file->delimiter);
  g_strfreev (file->header);
  g_clear_pointer (&file->troubles, g_ptr_array_unref);
  g_clear_pointer (&file->answer, g_bytes_unref);
  g_clear_pointer (&file->rows, g_array_unref);
  g_free (file);
}

/* The digest of what the helper will read; the offset is put back. */
static char *
digest_of (int fd, const char *path, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *chunk = g_malloc (65536);
  ssize_t got;

  while ((got = read (fd, chunk, 65536)) > 0)
    g_checksum_update (sum, chunk, got);
  if (got == 0 && lseek (fd, 0, SEEK_SET) == 0)
    return g_strdup (g_checksum_get_string (sum));
  desk_error_set_errno (error, path, errno);
  return NULL;
}

static void
note_trouble (DeskImportFile *file, const char *value)
{
  DeskImportTrouble *trouble;
  const char *code = strchr (value, ' ');

  if (!code || file->troubles->len >= MAX_TROUBLES)
    return;
  trouble = g_new0 (DeskImportTrouble, 1);
  trouble->line = (guint) g_ascii_strtoull (value, NULL, 10);
  trouble->code = g_strdup (code + 1);
  g_ptr_array_add (file->troubles, trouble);
}

/* The helper is not trusted: what it answers is UTF-8 lines, or nothing. */
static gboolean
look_through (DeskImportFile *file, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (file->answer, &length);
  g_auto (DeskLines) lines = { 0 };

  desk_lines_init (&lines, text, length);
  for (gsize at = 0; desk_lines_next (&lines); at = (gsize) (lines.at - text))
    if (g_str_equal (lines.key, "row"))
      g_array_append_val (file->rows, at);
    else if (g_str_equal (lines.key, "trouble"))
      note_trouble (file, lines.value);
    else if (g_str_equal (lines.key, "encoding") && !file->encoding)
      file->encoding = g_strdup (lines.value);
    else if (g_str_equal (lines.key, "delimiter") && !file->delimiter)
      file->delimiter = g_strdup (lines.value);
  if (!lines.broken && file->encoding && file->delimiter)
    return TRUE;
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CORRUPT, "the file cannot be read");
  return FALSE;
}

/* The cells of a row, NULL-terminated, for the caller to free with g_strfreev (); *line (may be NULL) is where it
 * stands in the file, from 1. */
char **
desk_import_file_row (const DeskImportFile *file, guint index, guint *line)
{
  gsize length, at = g_array_index (file->rows, gsize, index);
  const char *text = g_bytes_get_data (file->answer, &length);
  g_auto (DeskLines) lines = { 0 };

  desk_lines_init (&lines, text + at, length - at);
  char **cells = g_strsplit (desk_lines_next (&lines) ? lines.value : "0", DESK_IMPORT_CELL_MARK, -1);
  if (line)
    *line = (guint) g_ascii_strtoull (cells[0], NULL, 10);
  g_free (cells[0]);
  memmove (cells, cells + 1, g_strv_length (cells + 1) * sizeof *cells + sizeof *cells);
  return cells;
}

static void
take_header (DeskImportFile *file, gboolean headed)
{
  g_auto (GStrv) first = file->rows->len ? desk_import_file_row (file, 0, NULL) : g_new0 (char *, 1);
  guint n = g_strv_length (first);

  if (headed)
    {
      file->header = g_steal_pointer (&first);
      if (file->rows->len)
        g_array_remove_index (file->rows, 0);
      return;
    }
  file->header = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    file->header[i] = g_strdup_printf ("%u", i + 1);
}

/* Reads a table through the helper; see desk_reader_call () for the errors. Blocks, so in a thread. */
DeskImportFile *
desk_import_file_read (const char *path, const char *encoding, const char *delimiter, gboolean headed,
                       GCancellable *cancellable, GError **error)
{
  const char *const args[] = { encoding ? encoding : "", delimiter ? delimiter : "", NULL };
  const DeskReaderCall call = { .mode = "csv", .args = args, .max_answer = MAX_ANSWER, .seconds = PATIENCE };
  g_autoptr (DeskImportFile) file = g_new0 (DeskImportFile, 1);
  int input = desk_reader_open (path, error);

  g_atomic_ref_count_init (&file->refs);
  if (input < 0)
    return NULL;
  file->name = g_filename_display_basename (path);
  file->digest = digest_of (input, path, error);
  file->rows = g_array_new (FALSE, FALSE, sizeof (gsize));
  file->troubles = g_ptr_array_new_with_free_func (trouble_free);
  if (!file->digest)
    {
      close (input);
      return NULL;
    }
  file->answer = desk_reader_call (&call, input, cancellable, error);
  if (!file->answer || !look_through (file, error))
    return NULL;
  take_header (file, headed);
  return g_steal_pointer (&file);
}
