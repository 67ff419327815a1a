#include "desk-lines.h"

#include <string.h>

static const struct
{
  char c, letter;
} escapes[] = { { '\\', '\\' }, { '\t', 't' }, { '\n', 'n' }, { '\r', 'r' } };

/* Appends a line. The key is the program's own and constant; value is UTF-8, NULL writes nothing. */
void
desk_lines_add (GString *out, const char *key, const char *value)
{
  if (!value)
    return;
  g_string_append (out, key);
  g_string_append_c (out, '\t');
  for (const char *p = value; *p;)
    {
      gsize plain = strcspn (p, "\\\t\n\r");

      g_string_append_len (out, p, (gssize) plain);
      p += plain;
      for (guint i = 0; *p && i < G_N_ELEMENTS (escapes); i++)
        if (escapes[i].c == *p)
          {
            g_string_append_c (out, '\\');
            g_string_append_c (out, escapes[i].letter);
            p++;
            break;
          }
    }
  g_string_append_c (out, '\n');
}

/* Begins to read a text, which is lent and must outlive the reading; free with desk_lines_clear (). */
void
desk_lines_init (DeskLines *lines, const char *text, gsize length)
{
  *lines = (DeskLines){ .key = "", .value = "", .at = text, .end = text + length, .buffer = g_string_new (NULL) };
}

void
desk_lines_clear (DeskLines *lines)
{
  if (lines->buffer)
    g_string_free (lines->buffer, TRUE);
  lines->buffer = NULL;
}

/* Appends the value from p to end without its escapes; FALSE when one is unknown. */
static gboolean
unescape (GString *out, const char *p, const char *end)
{
  while (p < end)
    {
      const char *stop = memchr (p, '\\', (gsize) (end - p));
      guint i = 0;

      g_string_append_len (out, p, (stop ? stop : end) - p);
      if (!stop)
        return TRUE;
      while (i < G_N_ELEMENTS (escapes) && (stop + 1 == end || escapes[i].letter != stop[1]))
        i++;
      if (i == G_N_ELEMENTS (escapes))
        return FALSE;
      g_string_append_c (out, escapes[i].c);
      p = stop + 2;
    }
  return TRUE;
}

/* Reads the next line into key and value; FALSE at the end, or at the first line that is none (broken is set). */
gboolean
desk_lines_next (DeskLines *lines)
{
  if (lines->broken || lines->at >= lines->end)
    return FALSE;
  gsize left = (gsize) (lines->end - lines->at);
  const char *stop = memchr (lines->at, '\n', left);
  const char *tab = stop ? memchr (lines->at, '\t', (gsize) (stop - lines->at)) : NULL;

  lines->broken = TRUE;
  if (!tab || tab == lines->at || !g_utf8_validate (lines->at, stop - lines->at, NULL))
    return FALSE;
  g_string_truncate (lines->buffer, 0);
  g_string_append_len (lines->buffer, lines->at, tab - lines->at);
  g_string_append_c (lines->buffer, '\0');
  gsize value = lines->buffer->len;
  if (!unescape (lines->buffer, tab + 1, stop))
    return FALSE;
  lines->key = lines->buffer->str;
  lines->value = lines->buffer->str + value;
  lines->at = stop + 1;
  lines->broken = FALSE;
  return TRUE;
}
