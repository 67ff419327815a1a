/* From what a scanner typed or a person pasted to the lines of a machine-readable zone. */
#include <string.h>

#include "desk-mrz-private.h"

#define MOST 65536 /* bytes looked at */

/* Counted in all lines put together, from 0 (ICAO 9303-4 to 9303-7). */
static const DeskMrzLayout layouts[] = {
  { "TD1", FALSE, 3, 30, { 60, 30 }, { 5, 9 }, { 45, 3 }, { 30, 6 }, { 38, 6 }, { 15, 15 }, { 48, 11 },
    14, 36, 37, 44, 0, 59, { { 5, 25 }, { 30, 7 }, { 38, 7 }, { 48, 11 } } },
  { "TD3", FALSE, 2, 44, { 5, 39 }, { 44, 9 }, { 54, 3 }, { 57, 6 }, { 65, 6 }, { 72, 14 }, { 0, 0 },
    53, 63, 64, 71, 86, 87, { { 44, 10 }, { 57, 7 }, { 65, 22 } } },
  { "TD2", FALSE, 2, 36, { 5, 31 }, { 36, 9 }, { 46, 3 }, { 49, 6 }, { 57, 6 }, { 64, 7 }, { 0, 0 },
    45, 55, 56, 63, 0, 71, { { 36, 10 }, { 49, 7 }, { 57, 14 } } },
  { "MRVA", TRUE, 2, 44, { 5, 39 }, { 44, 9 }, { 54, 3 }, { 57, 6 }, { 65, 6 }, { 72, 16 }, { 0, 0 },
    53, 63, 64, 71, 0, 0, { { 0, 0 } } },
  { "MRVB", TRUE, 2, 36, { 5, 31 }, { 36, 9 }, { 46, 3 }, { 49, 6 }, { 57, 6 }, { 64, 8 }, { 0, 0 },
    45, 55, 56, 63, 0, 0, { { 0, 0 } } },
};

/* What comes instead of < from other keyboards and from word processors; the second are one sign for << or for <. */
static const gunichar fillers[] = { 0x2039, 0x27e8, 0x3008, 0xfe64, 0xff1c, 0x2329 };
static const gunichar double_fillers[] = { 0x00ab, 0x226a, 0x27ea, 0x300a };
/* What the key of < gives under another layout of the keyboard: taken for it where no < is in the text. */
static const char stand_ins[] = ";\\|.,>*_:";

#define DOUBLE '\001'
#define OTHER '\002'

typedef struct
{
  GPtrArray *lines; /* of char *: capital letters, digits, <, DOUBLE, stand-ins and OTHER */
  DeskMrzMended mended;
} Typed;

static gboolean
is_one_of (gunichar c, const gunichar *list, guint n)
{
  for (guint i = 0; i < n; i++)
    if (list[i] == c)
      return TRUE;
  return FALSE;
}

static gboolean
ends_line (gunichar c)
{
  return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* The sign as the zone has it; 0 for what only looks like space. */
static char
plain_sign (gunichar c, DeskMrzMended *mended)
{
  if (g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
    return '\0';
  if (is_one_of (c, fillers, G_N_ELEMENTS (fillers)) || is_one_of (c, double_fillers, G_N_ELEMENTS (double_fillers)))
    {
      *mended |= DESK_MRZ_FILLER;
      return is_one_of (c, fillers, G_N_ELEMENTS (fillers)) ? '<' : DOUBLE;
    }
  if (c >= 0xff01 && c <= 0xff5e)
    {
      *mended |= DESK_MRZ_WIDE;
      c -= 0xfee0;
    }
  if (c >= 'a' && c <= 'z')
    {
      *mended |= DESK_MRZ_SMALL;
      c -= 'a' - 'A';
    }
  if (c == '<' || (c < 0x80 && (g_ascii_isalnum (c) || strchr (stand_ins, (int) c))))
    return (char) c;
  return c == 0xa5 ? '\\' : OTHER;
}

static void
end_line (GString *line, GPtrArray *lines)
{
  if (line->len > 0)
    g_ptr_array_add (lines, g_strndup (line->str, line->len));
  g_string_truncate (line, 0);
}

static void
read_lines (const char *text, Typed *typed)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, MOST));
  g_autoptr (GString) line = g_string_new (NULL);

  for (const char *p = valid; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      char sign = ends_line (c) ? '\0' : plain_sign (c, &typed->mended);

      if (ends_line (c))
        end_line (line, typed->lines);
      else if (sign)
        g_string_append_c (line, sign);
    }
  end_line (line, typed->lines);
}

/* The one sign that stands in for < throughout, or 0. */
static char
find_stand_in (const GPtrArray *lines)
{
  char found = '\0';

  for (guint i = 0; i < lines->len; i++)
    for (const char *p = g_ptr_array_index (lines, i); *p; p++)
      if (*p == '<' || *p == DOUBLE || (!g_ascii_isalnum (*p) && *p != OTHER && found && *p != found))
        return '\0';
      else if (!g_ascii_isalnum (*p) && *p != OTHER)
        found = *p;
  return found;
}

static void
replace_sign (GPtrArray *lines, char sign, const char *with)
{
  char find[2] = { sign, '\0' };

  for (guint i = 0; i < lines->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (lines, i), find, -1);

      g_free (lines->pdata[i]);
      lines->pdata[i] = g_strjoinv (with, parts);
    }
}

static gboolean
only_signs (const char *line)
{
  for (; *line; line++)
    if (*line != '<' && !g_ascii_isdigit (*line) && !g_ascii_isupper (*line))
      return FALSE;
  return TRUE;
}

/* Puts a line into its place. The name has no check digit, so fillers lost or doubled at its end cost nothing. */
static gboolean
fit (const char *line, gboolean name, guint length, char *place, DeskMrzMended *mended)
{
  gsize n = strlen (line);

  if (!only_signs (line) || (n != length && !(name && strstr (line, "<<") && n > 5)))
    return FALSE;
  if (n > length && strspn (line + length, "<") != n - length)
    return FALSE;
  memset (place, '<', length);
  memcpy (place, line, MIN (n, length));
  if (n != length)
    *mended |= DESK_MRZ_LENGTH;
  return TRUE;
}

static const DeskMrzLayout *
match_at (const GPtrArray *lines, guint first, const DeskMrzLayout *layout, char *signs, DeskMrzMended *mended)
{
  if (first + layout->n_lines > lines->len)
    return NULL;
  for (guint i = 0; i < layout->n_lines; i++)
    if (!fit (g_ptr_array_index (lines, first + i), layout->name.at / layout->length == i, layout->length,
              signs + (gsize) i * layout->length, mended))
      return NULL;
  signs[layout->n_lines * layout->length] = '\0';
  return g_ascii_isupper (signs[0]) && (signs[0] == 'V') == layout->visa ? layout : NULL;
}

/* Without line ends, or with them in the wrong places. */
static const DeskMrzLayout *
match_run (const char *run, const DeskMrzLayout *layout, char *signs)
{
  if (strlen (run) != layout->n_lines * layout->length || !only_signs (run) || !strchr (run, '<')
      || !g_ascii_isupper (*run) || (*run == 'V') != layout->visa)
    return NULL;
  strcpy (signs, run);
  return layout;
}

static const DeskMrzLayout *
match (const GPtrArray *lines, char *signs, DeskMrzMended *mended)
{
  const DeskMrzMended before = *mended;

  /* Lines of the right length anywhere come before any that have to be filled up. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint first = 0; first < lines->len; first++)
      for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
        {
          const DeskMrzLayout *layout = &layouts[i];

          *mended = before;
          if (match_run (g_ptr_array_index (lines, first), layout, signs))
            {
              *mended |= lines->len > 1 ? DESK_MRZ_AROUND : 0;
              return layout;
            }
          if (match_at (lines, first, layout, signs, mended) && (pass == 1 || !(*mended & DESK_MRZ_LENGTH)))
            {
              *mended |= lines->len > layout->n_lines ? DESK_MRZ_AROUND : 0;
              return layout;
            }
        }

  *mended = before;
  g_ptr_array_add ((GPtrArray *) lines, NULL);
  g_autofree char *all = g_strjoinv ("", (char **) lines->pdata);
  g_ptr_array_set_size ((GPtrArray *) lines, (int) lines->len - 1);
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (match_run (all, &layouts[i], signs))
      return &layouts[i];
  return NULL;
}

/* Finds the zone in a text: its signs, all lines together, and its layout (static); NULL when there is none. Sets in
 * mended what had to be done to read it. */
const DeskMrzLayout *
desk_mrz_lines (const char *text, char signs[DESK_MRZ_SIGNS + 1], DeskMrzMended *mended)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) single = g_ptr_array_new_with_free_func (g_free);
  Typed typed = { lines, 0 };
  const DeskMrzLayout *layout;

  read_lines (text, &typed);
  char stand_in = find_stand_in (lines);
  if (stand_in)
    {
      replace_sign (lines, stand_in, "<");
      typed.mended |= DESK_MRZ_FILLER;
    }
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (single, g_strdup (g_ptr_array_index (lines, i)));

  replace_sign (lines, DOUBLE, "<<");
  *mended = typed.mended;
  layout = match (lines, signs, mended);
  if (!layout)
    {
      replace_sign (single, DOUBLE, "<");
      *mended = typed.mended;
      layout = match (single, signs, mended);
    }
  return layout;
}
