/* Names as a passport prints them against names as its machine-readable zone spells them (ICAO 9303-3, section 6). */
#include <string.h>

#include "desk-mrz.h"

typedef struct
{
  gunichar letter;  /* capital */
  gunichar mark;    /* the combining mark on it, or 0 */
  const char *to;   /* every spelling, with | between */
} Spelling;

/* The rest of the Latin letters only lose their mark. Issuers differ, so any alternative is good. */
static const Spelling spellings[] = {
  { 'A', 0x0308, "AE|A" },   { 'A', 0x030a, "AA|A" }, { 'N', 0x0303, "N|NXX" }, { 'O', 0x0308, "OE|O" },
  { 'U', 0x0308, "UE|UXX|U" }, { 0x00c6, 0, "AE" },   { 0x00d0, 0, "D" },       { 0x00d8, 0, "OE|O" },
  { 0x00de, 0, "TH" },       { 0x0110, 0, "D" },      { 0x0126, 0, "H" },       { 'I', 0x0307, "I" },
  { 0x0131, 0, "I" },        { 0x0132, 0, "IJ" },     { 0x0138, 0, "Q" },       { 0x0141, 0, "L" },
  { 0x014a, 0, "N" },        { 0x0152, 0, "OE" },     { 0x0166, 0, "T" },       { 0x018f, 0, "E|A" },
  { 0x1e9e, 0, "SS" },       { 0x00df, 0, "SS" },     { 0x0259, 0, "E|A" },
};

static const char *
find_spelling (gunichar letter, gunichar mark)
{
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    if (spellings[i].letter == letter && spellings[i].mark == mark)
      return spellings[i].to;
  return NULL;
}

static gboolean
is_dash (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || c == 0x2212;
}

/* Every spelling of a name: one item of alternatives for each letter; " " between words. */
static GPtrArray *
spell (const char *viz)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *valid = g_utf8_make_valid (viz, -1);
  g_autofree char *plain = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKD);
  gboolean gap = FALSE;

  for (const char *p = plain; *p;)
    {
      gunichar c = g_unichar_toupper (g_utf8_get_char (p)), mark;

      p = g_utf8_next_char (p);
      mark = *p ? g_utf8_get_char (p) : 0;
      if (g_unichar_isspace (c) || c == ',' || is_dash (c))
        gap = items->len > 0;
      else if (g_unichar_isalpha (c))
        {
          const char *to = find_spelling (c, mark);
          char letter[7] = "";

          g_unichar_to_utf8 (c, letter);
          if (gap)
            g_ptr_array_add (items, g_strdup (" "));
          gap = FALSE;
          if (!to)
            to = find_spelling (c, 0);
          g_ptr_array_add (items, g_strdup (to ? to : letter));
        }
    }
  return items;
}

/* The zone's words, one space between; what is no capital letter parts them. */
static char *
zone_words (const char *mrz)
{
  GString *words = g_string_new (NULL);
  gboolean gap = FALSE;

  for (; *mrz; mrz++)
    if (g_ascii_isalpha (*mrz))
      {
        if (gap)
          g_string_append_c (words, ' ');
        g_string_append_c (words, g_ascii_toupper (*mrz));
        gap = FALSE;
      }
    else
      gap = words->len > 0;
  return g_string_free (words, FALSE);
}

/* Whether a name in any Latin spelling (as printed, with its accents, hyphens and apostrophes) can stand in a zone as
 * mrz, words apart by < or space. Both are one field: family or given names. */
gboolean
desk_mrz_name_matches (const char *viz, const char *mrz)
{
  g_autoptr (GPtrArray) items = spell (viz);
  g_autofree char *words = zone_words (mrz);
  gsize n = strlen (words);
  g_autofree gboolean *reached = g_new0 (gboolean, n + 1); /* after the letters so far */

  reached[0] = TRUE;
  for (guint i = 0; i < items->len; i++)
    {
      g_auto (GStrv) ways = g_strsplit (g_ptr_array_index (items, i), "|", -1);
      g_autofree gboolean *next = g_new0 (gboolean, n + 1);

      for (gsize at = 0; at <= n; at++)
        for (guint way = 0; reached[at] && ways[way]; way++)
          if (g_str_has_prefix (words + at, ways[way]))
            next[at + strlen (ways[way])] = TRUE;
      memcpy (reached, next, (n + 1) * sizeof *reached);
    }
  return reached[n];
}
