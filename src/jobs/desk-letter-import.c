#include "desk-letter-import.h"

#include "desk-error.h"

#define MAX_BYTES (1 << 20) /* of a letter */

/* All of a file, but no more than one byte above what a letter may have. */
static gboolean
read_some (const char *path, char *buffer, gsize *length, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);

  return stream && g_input_stream_read_all (G_INPUT_STREAM (stream), buffer, MAX_BYTES + 1, length, cancellable, error);
}

/* The text of a file, which the caller frees; INVALID for what is larger than a letter can be, or no text. Whether it is
 * a letter is seen when it is checked. Blocks. */
char *
desk_letter_import_read (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *buffer = g_malloc0 (MAX_BYTES + 2);
  gsize length = 0;

  if (!read_some (path, buffer, &length, cancellable, error))
    return NULL;
  if (length > MAX_BYTES)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "larger than a letter can be");
  else if (!g_utf8_validate_len (buffer, length, NULL))
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "a letter is text in UTF-8");
  else
    return g_steal_pointer (&buffer);
  return NULL;
}
