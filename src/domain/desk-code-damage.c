/* What the way from a label into the program does to a code, and what can be undone of it. */
#include "desk-code-private.h"

#include <string.h>

/* The same key on both keyboards: what the US layout writes, and what the Japanese (JIS) one does. Letters, digits,
 * hyphen, comma, full stop, slash and their shifted < > ? stand alike, ! # $ % too. */
static const char us_signs[] = "@^&*(_=+[{]}\\|:'\"";
static const char jis_signs[] = "\"&'()=^~@`[{]}+:*";

/* The text with each sign put back to what was on the label, for a scanner and a computer that disagree on the
 * keyboard in that way (DESK_DAMAGE_JIS or DESK_DAMAGE_US). unsure when a sign cannot come out of such a pair. */
char *
desk_code_layout_swap (const char *text, DeskDamage damage, gboolean *unsure)
{
  const char *got = damage == DESK_DAMAGE_JIS ? jis_signs : us_signs, *meant = damage == DESK_DAMAGE_JIS ? us_signs : jis_signs;
  char *back = g_strdup (text);

  *unsure = FALSE;
  for (char *at = back; *at; at++)
    {
      const char *sign = strchr (got, *at);

      if (sign)
        *at = meant[sign - got];
      else if (strchr (meant, *at))
        *unsure = TRUE;
    }
  return back;
}

/* Undoes an input method that was on: full-width forms and what it writes for hyphen and space. */
char *
desk_code_narrow (const char *text, DeskDamage *damage)
{
  static const struct
  {
    gunichar wide;
    char narrow;
  } others[] = { { 0x3000, ' ' }, { 0x30fc, '-' }, { 0x2010, '-' }, { 0x2212, '-' }, { 0x2015, '-' }, { 0xffe5, '\\' },
                 { 0xa5, '\\' },  { 0x3001, ',' }, { 0x3002, '.' }, { 0x300c, '[' }, { 0x300d, ']' }, { 0x201d, '"' },
                 { 0x2019, '\'' }, { 0x30fb, '/' } };
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gunichar narrow = c >= 0xff01 && c <= 0xff5e ? c - 0xff01 + '!' : c;

      for (guint i = 0; i < G_N_ELEMENTS (others); i++)
        if (others[i].wide == c)
          narrow = (gunichar) others[i].narrow;
      if (narrow == c && ((c >= 0x3041 && c <= 0x30ff) || (c >= 0xff61 && c <= 0xff9f)))
        *damage = DESK_DAMAGE_KANA;
      else if (narrow != c && *damage == DESK_DAMAGE_NONE)
        *damage = DESK_DAMAGE_FULL_WIDTH;
      g_string_append_unichar (out, narrow);
    }
  return g_string_free (out, FALSE);
}

/* Small letters for capitals and the reverse, as Caps Lock does it. */
char *
desk_code_case_swap (const char *text)
{
  char *swapped = g_strdup (text);

  for (char *at = swapped; *at; at++)
    *at = g_ascii_islower (*at) ? g_ascii_toupper (*at) : g_ascii_tolower (*at);
  return swapped;
}
