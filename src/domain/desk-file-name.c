#include "desk-file-name.h"

#include <string.h>

/* What turns the direction of text, joins or hides: with it a program can be shown as a PDF. */
static gboolean
is_hidden (gunichar c)
{
  return g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT || g_unichar_type (c) == G_UNICODE_SURROGATE
         || g_unichar_type (c) == G_UNICODE_LINE_SEPARATOR || g_unichar_type (c) == G_UNICODE_PARAGRAPH_SEPARATOR
         || (c & 0xfffe) == 0xfffe;
}

/* The part after the last slash of either kind: a name from a disc may carry a path. */
static const char *
last_part (const char *name)
{
  const char *start = name;

  for (const char *p = name; *p; p++)
    if ((*p == '/' || *p == '\\') && p[1])
      start = p + 1;
  return start;
}

static gsize
extension_length (const char *name)
{
  const char *dot = strrchr (name, '.');
  gsize length = dot && dot != name ? strlen (dot) : 0;

  return length > 1 && length <= 12 ? length : 0;
}

/* Cut in the middle, so that what kind of file it says to be can still be seen. */
static void
cut (GString *name)
{
  gsize keep = extension_length (name->str), end = DESK_FILE_NAME_MAX - keep - strlen ("…");

  if (name->len <= DESK_FILE_NAME_MAX)
    return;
  while (end > 0 && (name->str[end] & 0xc0) == 0x80)
    end--;
  g_string_erase (name, end, name->len - keep - end);
  g_string_insert (name, end, "…");
}

/* A name that can be shown: one line of UTF-8 without slashes, controls or marks that turn the direction of text, at
 * most DESK_FILE_NAME_MAX bytes; "file" when nothing is left. The caller frees it. */
char *
desk_file_name_safe (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name ? name : "", -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  g_autoptr (GString) safe = g_string_new (NULL);

  for (const char *p = last_part (composed); *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || c == '/' || c == '\\')
        c = ' ';
      if (is_hidden (c) || (c == ' ' && (safe->len == 0 || safe->str[safe->len - 1] == ' ')))
        continue;
      g_string_append_unichar (safe, c);
    }
  while (safe->len > 0 && safe->str[safe->len - 1] == ' ')
    g_string_truncate (safe, safe->len - 1);
  cut (safe);
  if (strspn (safe->str, ".") == safe->len)
    g_string_assign (safe, "file");
  return g_string_free (g_steal_pointer (&safe), FALSE);
}

/* A title for the paper: the name without its extension. The caller frees it. */
char *
desk_file_name_title (const char *name)
{
  char *title = desk_file_name_safe (name);

  title[strlen (title) - extension_length (title)] = '\0';
  return title;
}

/* The words of a name in which somebody's name may stand: letters of any script, at least two of them, or one that
 * is a syllable or a picture. In order; free with g_strfreev (). */
char **
desk_file_name_words (const char *name)
{
  g_autofree char *title = desk_file_name_title (name);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GString) word = g_string_new (NULL);

  for (const char *p = title;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c && (g_unichar_isalpha (c) || g_unichar_ismark (c) || c == '\'' || c == '-'))
        g_string_append_unichar (word, c);
      else
        {
          if (word->len > 1 && *word->str != '-' && *word->str != '\'')
            g_strv_builder_add (words, word->str);
          g_string_truncate (word, 0);
        }
      if (!c)
        break;
    }
  return g_strv_builder_end (words);
}

/* Whether a text is a link that may be kept: http or https with a host, one line, no spaces, no name or password in
 * it that would be shown around. It is never followed. */
gboolean
desk_link_is_usable (const char *link)
{
  g_autoptr (GUri) uri = g_uri_parse (link, G_URI_FLAGS_NONE, NULL);

  if (!uri || strlen (link) > 2000 || g_uri_get_userinfo (uri) || !g_uri_get_host (uri) || !*g_uri_get_host (uri))
    return FALSE;
  for (const char *p = link; *p; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)) || is_hidden (g_utf8_get_char (p)))
      return FALSE;
  return g_str_equal (g_uri_get_scheme (uri), "https") || g_str_equal (g_uri_get_scheme (uri), "http");
}
