#include "desk-address.h"

#include <string.h>

static const char *
skip_mark (const char *p)
{
  while (*p && (g_str_has_prefix (p, "〒") || g_unichar_isspace (g_utf8_get_char (p))))
    p = g_utf8_next_char (p);
  return p;
}

/* "102-0093" at p, in digits of any width: how many bytes it takes, or 0. */
static gsize
postcode_at (const char *p, GString *digits)
{
  const char *from = p;

  for (int i = 0; i < 8; i++, p = g_utf8_next_char (p))
    {
      gunichar c = *p ? g_utf8_get_char (p) : 0;
      int digit = g_unichar_digit_value (c);

      if (i == 3 && (c == '-' || c == 0x2010 || c == 0x2212 || c == 0xff0d || c == 0x30fc))
        g_string_append_c (digits, '-');
      else if (i != 3 && digit >= 0)
        g_string_append_c (digits, (char) ('0' + digit));
      else
        return 0;
    }
  /* A telephone number goes on. */
  return *p && g_unichar_digit_value (g_utf8_get_char (p)) >= 0 ? 0 : (gsize) (p - from);
}

static gboolean
has_kana_or_mark (const char *address)
{
  if (strstr (address, "〒"))
    return TRUE;
  for (const char *p = address; *p; p = g_utf8_next_char (p))
    {
      GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (p));

      if (script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA)
        return TRUE;
    }
  return FALSE;
}

/* Whether it is an address in Japan, written in Japanese: it has 〒, kana or a prefecture (成都 is none). */
gboolean
desk_address_in_japan (const char *address)
{
  static const char *const prefectures[] = { "東京都", "北海道", "京都府", "大阪府", "県" };

  if (!address || !*address)
    return FALSE;
  if (has_kana_or_mark (address))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (prefectures); i++)
    {
      const char *found = strstr (address, prefectures[i]);

      if (found && g_utf8_pointer_to_offset (address, found) <= 14)
        return TRUE;
    }
  return FALSE;
}

/* The Japanese postcode in an address, "102-0093", or NULL. The caller frees it. */
char *
desk_address_postcode (const char *address)
{
  for (const char *p = address ? address : ""; *p; p = g_utf8_next_char (p))
    {
      g_autoptr (GString) digits = g_string_new (NULL);

      if ((p == address || g_unichar_digit_value (g_utf8_get_char (g_utf8_prev_char (p))) < 0) && postcode_at (p, digits))
        return g_strdup (digits->str);
    }
  return NULL;
}

/* The address in lines as it is written on an envelope: of one in Japan without the postcode, which stands above it. The
 * caller frees it. */
char *
desk_address_lines (const char *address)
{
  GString *out = g_string_new (NULL);
  gboolean japan = desk_address_in_japan (address);

  for (const char *p = japan ? skip_mark (address) : address ? address : ""; *p;)
    {
      g_autoptr (GString) digits = g_string_new (NULL);
      gsize length = japan && out->len == 0 ? postcode_at (p, digits) : 0;

      if (length > 0)
        {
          p = skip_mark (p + length);
          continue;
        }
      g_string_append_unichar (out, g_utf8_get_char (p));
      p = g_utf8_next_char (p);
    }
  return g_strstrip (g_string_free (out, FALSE));
}

/* The name with what goes with it in Japan: 様 for a person, 御中 for an office. The caller frees it. */
char *
desk_address_name (const char *name, DeskAddressee addressee, gboolean japanese)
{
  return japanese ? g_strdup_printf ("%s %s", name, addressee == DESK_ADDRESSEE_PERSON ? "様" : "御中") : g_strdup (name);
}
