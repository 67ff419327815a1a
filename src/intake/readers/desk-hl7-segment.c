#include "desk-hl7-segment.h"

#include <string.h>

#include "desk-text-decode.h"

/* The signs of a message from its MSH: the field separator is MSH-1 itself. FALSE when they are no signs. */
gboolean
desk_hl7_signs (const DeskHl7Raw *header, DeskHl7Signs *signs)
{
  const char *p = header->begin + 3;
  char used[5];

  if (header->end - header->begin < 8)
    return FALSE;
  *signs = (DeskHl7Signs) { p[0], p[1], p[2], p[3], p[4] };
  /* Without subcomponents there are three signs only. */
  if (p[4] == p[0])
    signs->part = '&';
  memcpy (used, signs, sizeof used);
  for (guint i = 0; i < 5; i++)
    {
      if (!g_ascii_ispunct (used[i]))
        return FALSE;
      for (guint j = 0; j < i; j++)
        if (used[i] == used[j])
          return FALSE;
    }
  return TRUE;
}

/* The part of the header between two field separators, by number (MSH-18 is 18). */
static char *
header_field (const DeskHl7Raw *header, char separator, guint n)
{
  const char *p = header->begin + 3;

  for (guint i = 1; i < n; i++)
    {
      p = memchr (p, separator, (gsize) (header->end - p));
      if (!p)
        return g_strdup ("");
      p++;
    }
  const char *stop = memchr (p, separator, (gsize) (header->end - p));
  return g_strndup (p, (gsize) ((stop ? stop : header->end) - p));
}

static const struct
{
  const char *declared, *encoding;
} sets[] = {
  { "UNICODE UTF-8", "UTF-8" },  { "UTF-8", "UTF-8" },         { "UNICODE", "UTF-8" },     { "8859/1", "CP1252" },        { "8859/2", "ISO-8859-2" },
  { "8859/5", "ISO-8859-5" },    { "8859/15", "ISO-8859-15" }, { "SHIFT_JIS", "CP932" },   { "SHIFT-JIS", "CP932" },      { "SJIS", "CP932" },
  { "MS932", "CP932" },          { "EUC-JP", "EUC-JP" },       { "GB 18030-2000", "GB18030" }, { "BIG-5", "CP950" },     { "KS X 1001", "CP949" },
  { "ISO IR87", "ISO-2022-JP" }, { "ISO IR159", "ISO-2022-JP" }, { "ISO IR6", "UTF-8" },  { "ISO IR14", "ISO-2022-JP" }, { "ASCII", "UTF-8" },
};

static const char *
encoding_of (const char *declared)
{
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (g_ascii_strcasecmp (sets[i].declared, declared) == 0)
      return sets[i].encoding;
  return NULL;
}

static gboolean
reads_as (const char *bytes, gsize length, const char *encoding)
{
  gsize out_length;
  guint n_bad = 1;
  g_autofree char *text = desk_text_decode (bytes, length, encoding, &out_length, &n_bad);

  return text && n_bad == 0;
}

static gboolean
is_plain (const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) bytes[i] >= 0x80 || bytes[i] == '\033')
      return FALSE;
  return TRUE;
}

/* The encoding of a message: what MSH-18 declares if the bytes can be that, else what they look like, and then wrong is
 * what was declared ("" for nothing); free it. */
const char *
desk_hl7_encoding (const DeskHl7Raw *segments, guint n_segments, const DeskHl7Signs *signs, char **wrong)
{
  const char *bytes = segments[0].begin, *encoding = NULL;
  gsize length = (gsize) (segments[n_segments - 1].end - bytes), mark;
  g_autofree char *field = header_field (&segments[0], signs->field, 18);
  char separator[2] = { signs->repetition, '\0' };
  g_auto (GStrv) declared = g_strsplit (field, separator, 8);

  *wrong = NULL;
  if (is_plain (bytes, length))
    return "UTF-8";
  for (guint i = 0; declared[i]; i++)
    {
      const char *named = encoding_of (g_strstrip (declared[i]));

      /* Escape sequences are ISO 2022 and nothing else. */
      if (named && (memchr (bytes, '\033', length) != NULL) == (strcmp (named, "ISO-2022-JP") == 0) && reads_as (bytes, length, named))
        encoding = named;
    }
  if (encoding && !(strcmp (encoding, "UTF-8") == 0 && (g_ascii_strcasecmp (field, "ASCII") == 0 || g_ascii_strcasecmp (field, "ISO IR6") == 0)))
    return encoding;
  *wrong = g_steal_pointer (&field);
  return memchr (bytes, '\033', length) ? "ISO-2022-JP" : desk_text_guess (bytes, length, &mark);
}

/* The fields of a segment in UTF-8; [0] is its name. Of MSH, [1] is the separator itself. Free with g_strfreev (). */
char **
desk_hl7_fields (const char *segment, const DeskHl7Signs *signs)
{
  char separator[2] = { signs->field, '\0' };

  if (!g_str_has_prefix (segment, "MSH"))
    return g_strsplit (segment, separator, 512);
  g_auto (GStrv) fields = g_strsplit (segment, separator, 512);
  g_autoptr (GPtrArray) out = g_ptr_array_new ();
  for (guint i = 0; fields[i]; i++)
    {
      if (i == 1)
        g_ptr_array_add (out, g_strdup (separator));
      g_ptr_array_add (out, g_strdup (fields[i]));
    }
  g_ptr_array_add (out, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&out), FALSE);
}

/* Lends a field, "" when the segment ends before it. HL7's own "" (two quotes) means empty. */
const char *
desk_hl7_field (char **fields, guint n)
{
  for (guint i = 0; i <= n; i++)
    if (!fields[i])
      return "";
  return strcmp (fields[n], "\"\"") == 0 ? "" : fields[n];
}

/* The n-th component from 1, raw; free it. */
char *
desk_hl7_component (const char *field, const DeskHl7Signs *signs, guint n)
{
  const char *p = field;

  for (guint i = 1; i < n; i++)
    {
      p = strchr (p, signs->component);
      if (!p)
        return g_strdup ("");
      p++;
    }
  return g_strndup (p, strcspn (p, (char[]) { signs->component, '\0' }));
}

char **
desk_hl7_repetitions (const char *field, const DeskHl7Signs *signs)
{
  char separator[2] = { signs->repetition, '\0' };

  return g_strsplit (field, separator, 64);
}

/* \Xhh…\: bytes in the message's encoding; what is not plain text is not shown. */
static gboolean
append_hex (GString *out, const char *p, gsize length)
{
  g_autoptr (GString) bytes = g_string_new (NULL);

  if (length % 2 != 0)
    return FALSE;
  for (gsize i = 0; i < length; i += 2)
    {
      int high = g_ascii_xdigit_value (p[i]), low = g_ascii_xdigit_value (p[i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      int byte = high * 16 + low;
      g_string_append_c (bytes, byte == '\r' ? '\n' : (char) byte);
    }
  if (!g_utf8_validate_len (bytes->str, bytes->len, NULL))
    return FALSE;
  g_string_append_len (out, bytes->str, (gssize) bytes->len);
  return TRUE;
}

static gboolean
append_escape (GString *out, const char *p, gsize length, const DeskHl7Signs *signs)
{
  const struct
  {
    char letter, sign;
  } letters[] = { { 'F', signs->field }, { 'S', signs->component }, { 'T', signs->part }, { 'R', signs->repetition }, { 'E', signs->escape } };

  for (guint i = 0; length == 1 && i < G_N_ELEMENTS (letters); i++)
    if (letters[i].letter == *p)
      {
        g_string_append_c (out, letters[i].sign);
        return TRUE;
      }
  if (length == 1 && (*p == 'H' || *p == 'N')) /* bold and back */
    return TRUE;
  if (length >= 3 && (strncmp (p, ".br", 3) == 0 || strncmp (p, ".sp", 3) == 0))
    {
      g_string_append_c (out, '\n');
      return TRUE;
    }
  return length >= 3 && *p == 'X' && append_hex (out, p + 1, length - 1);
}

static void
drop_controls (GString *text)
{
  gsize to = 0;

  for (gsize from = 0; from < text->len; from++)
    if (!g_ascii_iscntrl (text->str[from]) || text->str[from] == '\n')
      text->str[to++] = text->str[from];
  g_string_truncate (text, to);
}

/* The text with its escapes resolved and without control characters; lost (may be NULL) tells that an escape was none. Free
 * it. */
char *
desk_hl7_text (const char *raw, const DeskHl7Signs *signs, gboolean *lost)
{
  GString *out = g_string_new (NULL);

  for (const char *p = raw; *p;)
    {
      const char *stop = *p == signs->escape ? strchr (p + 1, signs->escape) : NULL;

      if (stop && append_escape (out, p + 1, (gsize) (stop - p - 1), signs))
        p = stop + 1;
      else
        {
          if (*p == signs->escape && lost)
            *lost = TRUE;
          g_string_append_c (out, *p++);
        }
    }
  drop_controls (out);
  return g_strstrip (g_string_free (out, FALSE));
}

/* "20260110093000+0900" as the day "2026-01-10" of the laboratory's own clock; partial ones as they are known ("1974-08");
 * "" for what is none. Free it. */
char *
desk_hl7_day (const char *timestamp)
{
  gsize digits = strspn (timestamp, "0123456789");

  /* Some write the ISO form. */
  if (digits == 4 && timestamp[4] == '-' && strspn (timestamp + 5, "0123456789") == 2)
    return timestamp[7] == '-' && strspn (timestamp + 8, "0123456789") >= 2 ? g_strndup (timestamp, 10) : g_strndup (timestamp, 7);
  if (digits >= 8)
    return g_strdup_printf ("%.4s-%.2s-%.2s", timestamp, timestamp + 4, timestamp + 6);
  if (digits == 6)
    return g_strdup_printf ("%.4s-%.2s", timestamp, timestamp + 4);
  return digits == 4 ? g_strndup (timestamp, 4) : g_strdup ("");
}
