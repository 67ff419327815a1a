#include "desk-letter-file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "desk-error.h"
#include "desk-lines.h"
#include "desk-reader.h"

#define MAX_BYTES (1 << 20)  /* of a template */
#define MAX_ANSWER (8 << 20) /* a problem for each word of it */

/* The file up to one byte more than a template may have. */
static GBytes *
read_file (int fd, const char *path, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[16384];

  while (bytes->len <= MAX_BYTES)
    {
      ssize_t n = read (fd, buffer, sizeof buffer);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          desk_error_set_errno (error, path, errno);
          return NULL;
        }
      if (n == 0)
        break;
      g_byte_array_append (bytes, buffer, (guint) n);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* The helper is not trusted: what is no answer of ours is none. */
static gboolean
read_answer (GBytes *answer, DeskLetterProblems *problems, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (answer, &length);
  g_auto (DeskLines) lines = { 0 };
  const char *code = NULL;
  gboolean whole = FALSE;
  int line = 0;

  desk_lines_init (&lines, text, length);
  while (!whole && desk_lines_next (&lines))
    if (strcmp (lines.key, "problem") == 0)
      line = (int) CLAMP (g_ascii_strtoll (lines.value, NULL, 10), 0, MAX_BYTES);
    else if (strcmp (lines.key, "code") == 0)
      code = desk_letter_problem_code (lines.value);
    else if (strcmp (lines.key, "detail") == 0 && code)
      desk_letter_problems_add (problems, line, g_steal_pointer (&code), *lines.value ? lines.value : NULL);
    else
      whole = strcmp (lines.key, "usable") == 0 && (*lines.value == '1') == (problems->len == 0);
  if (!whole || lines.broken)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CORRUPT, "the file cannot be read");
  return whole && !lines.broken;
}

char *
desk_letter_file_read (const char *path, DeskLetterProblems *problems, GCancellable *cancellable, GError **error)
{
  const DeskReaderCall call = { .mode = "letter", .max_answer = MAX_ANSWER, .seconds = 10 };
  int input = desk_reader_open (path, error);
  g_autoptr (GBytes) bytes = input >= 0 ? read_file (input, path, error) : NULL;

  if (input >= 0)
    close (input);
  if (!bytes)
    return NULL;
  if (g_bytes_get_size (bytes) > MAX_BYTES)
    {
      desk_letter_problems_add (problems, 0, "too-large", NULL);
      return g_strdup ("");
    }
  input = desk_reader_memory (bytes, error);
  g_autoptr (GBytes) answer = input >= 0 ? desk_reader_call (&call, input, cancellable, error) : NULL;
  if (!answer || !read_answer (answer, problems, error))
    return NULL;
  const char *text = g_bytes_get_data (bytes, NULL);
  return g_strndup (text ? text : "", g_bytes_get_size (bytes)); /* an empty file has no bytes to point at */
}
