#include "desk-text.h"

/* Whether there is nothing to tidy: printing ASCII with single spaces inside, as most of what is typed is. */
static gboolean
is_plain (const char *text)
{
  char before = ' ';

  for (; *text; before = *text++)
    if (*text < ' ' || *text == 0x7f || (*text == ' ' && before == ' '))
      return FALSE;
  return before != ' ';
}

/* NFC, without spaces around it and with one between words; an ideographic space stays one. Lines are kept
 * apart where lines is TRUE. NULL becomes "". The caller frees it. */
char *
desk_text_tidy (const char *text, gboolean lines)
{
  if (!text || *text == '\0' || is_plain (text))
    return g_strdup (text ? text : "");

  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  g_autoptr (GString) tidy = g_string_new (NULL);
  gunichar gap = 0;

  for (const char *p = composed; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (lines && c == '\n' && tidy->len > 0)
        {
          g_string_append_c (tidy, '\n');
          gap = 0;
        }
      else if (g_unichar_isspace (c))
        gap = c == 0x3000 && (gap == 0 || gap == 0x3000) ? 0x3000 : ' ';
      else
        {
          if (gap && tidy->len > 0 && tidy->str[tidy->len - 1] != '\n')
            g_string_append_unichar (tidy, gap);
          g_string_append_unichar (tidy, c);
          gap = 0;
        }
    }
  while (tidy->len > 0 && tidy->str[tidy->len - 1] == '\n')
    g_string_truncate (tidy, tidy->len - 1);
  return g_string_free (g_steal_pointer (&tidy), FALSE);
}

/* Besides controls: what turns the direction of text, so that a name cannot show other than it is, and what
 * XML cannot carry. */
static gboolean
is_forbidden (gunichar c, gboolean lines)
{
  return (g_unichar_iscntrl (c) && !(lines && c == '\n')) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
         || (c & 0xfffe) == 0xfffe;
}

/* Adds "control-character" or "too-long" (more than max characters). */
void
desk_text_check (const char *text, const char *field, guint max, gboolean lines, DeskProblems *problems)
{
  guint length = 0;

  if (!g_utf8_validate (text, -1, NULL))
    {
      desk_problems_add (problems, field, "control-character", NULL);
      return;
    }
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      if (is_forbidden (g_utf8_get_char (p), lines))
        {
          g_autofree char *name = g_strdup_printf ("U+%04X", g_utf8_get_char (p));

          desk_problems_add (problems, field, "control-character", name);
          return;
        }
      if (++length > max)
        {
          g_autofree char *limit = g_strdup_printf ("%u", max);

          desk_problems_add (problems, field, "too-long", limit);
          return;
        }
    }
}

/* Whether text is one of the choices, to the letter. */
gboolean
desk_text_one_of (const char *text, const char *const *choices, guint n_choices)
{
  for (guint i = 0; i < n_choices; i++)
    if (g_str_equal (text, choices[i]))
      return TRUE;
  return FALSE;
}

/* Two or three small letters, as ISO 639 codes are; whether the code is given out is not looked up. */
gboolean
desk_text_is_language (const char *text)
{
  guint n = 0;

  while (g_ascii_islower (text[n]))
    n++;
  return text[n] == '\0' && (n == 2 || n == 3);
}
