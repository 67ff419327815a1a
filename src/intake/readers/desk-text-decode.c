#include "desk-text-decode.h"

#include <errno.h>
#include <string.h>
#include <uchardet.h>

#define LOOK (1 << 20) /* bytes that are enough to tell an encoding */

/* What uchardet may answer and what it is called to iconv; CP932 and its like are what Windows really writes. */
static const struct
{
  const char *said, *encoding;
} names[] = {
  { "SHIFT_JIS", "CP932" },     { "EUC-JP", "EUC-JP" },       { "EUC-KR", "CP949" },      { "UHC", "CP949" },
  { "GB18030", "GB18030" },     { "BIG5", "CP950" },          { "ISO-8859-1", "CP1252" }, { "ISO-8859-15", "CP1252" },
  { "WINDOWS-1252", "CP1252" }, { "WINDOWS-1251", "CP1251" }, { "KOI8-R", "KOI8-R" },     { "WINDOWS-1258", "CP1258" },
};

static gboolean
converts (const char *bytes, gsize length, const char *encoding)
{
  guint n_bad;
  gsize out_length;
  g_autofree char *text = desk_text_decode (bytes, length, encoding, &out_length, &n_bad);

  return text && n_bad == 0;
}

static const char *
ask_uchardet (const char *bytes, gsize length)
{
  uchardet_t detector = uchardet_new ();
  const char *found = NULL;

  if (uchardet_handle_data (detector, bytes, length) == 0)
    {
      uchardet_data_end (detector);
      const char *said = uchardet_get_charset (detector);

      for (guint i = 0; i < G_N_ELEMENTS (names) && !found; i++)
        if (g_ascii_strcasecmp (names[i].said, said) == 0)
          found = names[i].encoding;
    }
  uchardet_delete (detector);
  return found;
}

/* Half of UTF-16 text of letters and figures is zero bytes, always on the same side. */
static const char *
guess_wide (const char *bytes, gsize length)
{
  gsize even = 0, odd = 0, n = MIN (length, LOOK) & ~(gsize) 1, many = n < 64 ? n / 4 : n / 8;

  for (gsize i = 0; i < n; i += 2)
    {
      even += bytes[i] == '\0';
      odd += bytes[i + 1] == '\0';
    }
  if (n >= 4 && odd > many && odd > 8 * even)
    return "UTF-16LE";
  if (n >= 4 && even > many && even > 8 * odd)
    return "UTF-16BE";
  return NULL;
}

/* Zero bytes apart, which are in no text but in every damaged file. */
static gboolean
is_utf8 (const char *bytes, gsize length)
{
  const char *end = bytes + length, *stop;

  for (; bytes < end; bytes = stop + 1)
    if (!g_utf8_validate_len (bytes, length, &stop) && (stop >= end || *stop != '\0'))
      return FALSE;
    else if (stop >= end)
      return TRUE;
    else
      length = (gsize) (end - stop - 1);
  return TRUE;
}

/* Kanji and kana of CP932 begin with these; letters of western Europe are above them. A few words are too little for
 * uchardet. */
static gboolean
has_lead_bytes (const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) bytes[i] >= 0x81 && (guchar) bytes[i] <= 0x9f)
      return TRUE;
  return FALSE;
}

/* The name of the encoding for desk_text_decode (), by its mark, by what is valid, and only then by likelihood; mark is
 * how many bytes of mark come first. */
const char *
desk_text_guess (const char *bytes, gsize length, gsize *mark)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *encoding;
  } marks[] = { { "\xef\xbb\xbf", 3, "UTF-8" }, { "\xff\xfe", 2, "UTF-16LE" }, { "\xfe\xff", 2, "UTF-16BE" } };
  const char *wide;

  *mark = 0;
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length >= marks[i].length && memcmp (bytes, marks[i].bytes, marks[i].length) == 0)
      {
        *mark = marks[i].length;
        return marks[i].encoding;
      }
  if ((wide = guess_wide (bytes, length)))
    return wide;
  if (memmem (bytes, length, "\033$", 2))
    return "ISO-2022-JP";
  if (is_utf8 (bytes, length))
    return "UTF-8";

  /* A cut inside a character would look like an error: whole lines. */
  gsize n = MIN (length, LOOK);
  while (n < length && n > 0 && bytes[n - 1] != '\n' && bytes[n - 1] != '\r')
    n--;
  n = n ? n : length;
  const char *likely = ask_uchardet (bytes, n);
  if (likely && strcmp (likely, "CP1252") == 0 && has_lead_bytes (bytes, n) && converts (bytes, n, "CP932"))
    return "CP932";
  if (likely && converts (bytes, n, likely))
    return likely;
  if (converts (bytes, n, "CP932"))
    return "CP932";
  if (converts (bytes, n, "EUC-JP"))
    return "EUC-JP";
  return "CP1252";
}

/* One unreadable byte becomes the replacement character. */
static void
skip_bad (GString *out, char **in, gsize *left, guint *n_bad)
{
  g_string_append (out, "\xef\xbf\xbd");
  (*in)++;
  (*left)--;
  (*n_bad)++;
}

/* A zero byte is no text and ends none. */
static void
drop_zeros (GString *out, guint *n_bad)
{
  for (char *p = memchr (out->str, '\0', out->len); p; p = memchr (p, '\0', out->len - (gsize) (p - out->str)))
    {
      *p = '?';
      (*n_bad)++;
    }
}

/* The bytes as valid UTF-8 without zero bytes, and how many characters could not be read; NULL when the encoding is not
 * known. Free it. */
char *
desk_text_decode (const char *bytes, gsize length, const char *encoding, gsize *out_length, guint *n_bad)
{
  GIConv conv;
  char chunk[16384], *in = (char *) bytes;
  gsize left = length;

  *n_bad = 0;
  if (strcmp (encoding, "UTF-8") == 0 && g_utf8_validate_len (bytes, length, NULL))
    {
      *out_length = length;
      return g_strndup (bytes, length);
    }
  conv = g_iconv_open ("UTF-8", encoding);
  if (conv == (GIConv) -1)
    return NULL;
  GString *out = g_string_sized_new (length + length / 2);
  while (left > 0)
    {
      char *to = chunk;
      gsize room = sizeof chunk;
      gsize done = g_iconv (conv, &in, &left, &to, &room);
      int why = errno;

      g_string_append_len (out, chunk, (gssize) (sizeof chunk - room));
      if (done == (gsize) -1 && why != E2BIG && left > 0)
        {
          skip_bad (out, &in, &left, n_bad);
          g_iconv (conv, NULL, NULL, NULL, NULL);
        }
    }
  g_iconv_close (conv);
  drop_zeros (out, n_bad);
  if (!g_utf8_validate_len (out->str, out->len, NULL))
    {
      g_autofree char *valid = g_utf8_make_valid (out->str, (gssize) out->len);

      g_string_assign (out, valid);
      (*n_bad)++;
    }
  *out_length = out->len;
  return g_string_free (out, FALSE);
}
