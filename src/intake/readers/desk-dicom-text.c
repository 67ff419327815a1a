#include "desk-dicom-text.h"

#include <iconv.h>
#include <string.h>

#define REPLACEMENT 0xfffd
#define MAX_COMPONENTS 5 /* family^given^middle^prefix^suffix */
#define MAX_GROUPS 3     /* alphabetic=ideographic=phonetic */

/* How the bytes of a set are read. */
typedef enum
{
  ASCII,      /* below 0x80 */
  ROMAN,      /* below 0x80: ¥ and ‾ for \ and ~ */
  KANJI,      /* two bytes 0x21–0x7e: JIS X 0208 */
  KANJI_2,    /* two bytes 0x21–0x7e: JIS X 0212 */
  NOTHING,    /* nothing at and above 0x80 */
  ONE_BYTE,   /* a byte at or above 0x80, through iconv */
  KANA,       /* 0xa1–0xdf */
  TWO_BYTES,  /* two bytes at or above 0xa1, through iconv */
  UTF_8,      /* the whole text; no escapes */
  CHINESE,    /* the whole text as GB 18030, of which GBK is a part; no escapes */
} Way;

typedef struct
{
  const char *term;     /* the letters and digits of the defined term without "ISO IR"/"ISO 2022 IR"; NULL: by escape only */
  const char *escape;   /* after ESC */
  Way way;
  const char *iconv_name;
  gboolean upper;       /* designates the upper half (G1) */
} Set;

static const Set sets[] = {
  { "6", "(B", ASCII, NULL, FALSE },
  { "100", "-A", ONE_BYTE, "ISO-8859-1", TRUE },
  { "101", "-B", ONE_BYTE, "ISO-8859-2", TRUE },
  { "109", "-C", ONE_BYTE, "ISO-8859-3", TRUE },
  { "110", "-D", ONE_BYTE, "ISO-8859-4", TRUE },
  { "144", "-L", ONE_BYTE, "ISO-8859-5", TRUE },
  { "127", "-G", ONE_BYTE, "ISO-8859-6", TRUE },
  { "126", "-F", ONE_BYTE, "ISO-8859-7", TRUE },
  { "138", "-H", ONE_BYTE, "ISO-8859-8", TRUE },
  { "148", "-M", ONE_BYTE, "ISO-8859-9", TRUE },
  { "203", "-b", ONE_BYTE, "ISO-8859-15", TRUE },
  { "166", "-T", ONE_BYTE, "TIS-620", TRUE },
  { "13", ")I", KANA, NULL, TRUE },
  { NULL, "(J", ROMAN, NULL, FALSE },
  { "87", "$B", KANJI, "EUC-JP", FALSE },
  { NULL, "$@", KANJI, "EUC-JP", FALSE },
  { "159", "$(D", KANJI_2, "EUC-JP", FALSE },
  { "149", "$)C", TWO_BYTES, "EUC-KR", TRUE },
  { "58", "$)A", TWO_BYTES, "GB18030", TRUE },
  { "192", NULL, UTF_8, NULL, TRUE },
  { "GB18030", NULL, CHINESE, "GB18030", TRUE },
  { "GBK", NULL, CHINESE, "GB18030", TRUE },
};

static const Set no_upper = { NULL, NULL, NOTHING, NULL, TRUE };

/* What the two halves of the code table hold. */
typedef struct
{
  const Set *lower, *upper;
} State;

struct _DeskDicomText
{
  State first;
  iconv_t converters[G_N_ELEMENTS (sets)]; /* opened when first needed, 0 before */
};

static const Set *
find_way (Way way)
{
  guint i = 0;

  while (sets[i].way != way)
    i++;
  return &sets[i];
}

static const Set *
find_set (const char *term)
{
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (sets[i].term && strcmp (sets[i].term, term) == 0)
      return &sets[i];
  return NULL;
}

/* A decoder that begins with ISO_IR 6, as when nothing is declared. */
DeskDicomText *
desk_dicom_text_new (void)
{
  DeskDicomText *self = g_new0 (DeskDicomText, 1);

  self->first = (State){ &sets[0], &no_upper };
  return self;
}

void
desk_dicom_text_free (DeskDicomText *self)
{
  if (!self)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (self->converters[i] && self->converters[i] != (iconv_t) -1)
      iconv_close (self->converters[i]);
  g_free (self);
}

/* One defined term, however it is spelt (ISO_IR 100, ISO-IR 100, ISO 2022 IR 100), to the key of the table. */
static const Set *
read_term (const guint8 *p, gsize length)
{
  g_autoptr (GString) letters = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    if (g_ascii_isalnum (p[i]))
      g_string_append_c (letters, g_ascii_toupper (p[i]));
  const char *term = letters->str;
  if (g_str_has_prefix (term, "ISO2022"))
    term += strlen ("ISO2022");
  else if (g_str_has_prefix (term, "ISO"))
    term += strlen ("ISO");
  if (g_str_has_prefix (term, "IR"))
    term += strlen ("IR");
  return *term ? find_set (term) : &sets[0];
}

/* Takes the value of (0008,0005). The first term is what texts begin with; the others announce escapes, which are
 * followed whether announced or not. FALSE when a term is unknown; the others still hold. */
gboolean
desk_dicom_text_declare (DeskDicomText *self, const guint8 *value, gsize length)
{
  gboolean known = TRUE;

  self->first = (State){ &sets[0], &no_upper };
  for (gsize begin = 0, i = 0; i <= length; i++)
    {
      if (i < length && value[i] != '\\')
        continue;
      const Set *set = read_term (value + begin, i - begin);

      known = known && set;
      if (begin == 0 && set && set->way == KANA)
        self->first.lower = find_way (ROMAN);
      if (begin == 0 && set && set->upper)
        self->first.upper = set;
      begin = i + 1;
    }
  return known;
}

static gboolean
convert (DeskDicomText *self, const Set *set, const guint8 *bytes, gsize length, GString *out)
{
  iconv_t *converter = &self->converters[set - sets];
  char buffer[16], *in = (char *) bytes, *to = buffer;
  gsize in_left = length, room = sizeof buffer;

  if (!*converter)
    *converter = iconv_open ("UTF-8", set->iconv_name);
  if (*converter == (iconv_t) -1)
    return FALSE;
  gsize result = iconv (*converter, &in, &in_left, &to, &room);
  if (result == 0 && in_left == 0)
    result = iconv (*converter, NULL, NULL, &to, &room);
  if (result == (gsize) -1 || in_left > 0)
    {
      iconv (*converter, NULL, NULL, NULL, NULL);
      return FALSE;
    }
  g_string_append_len (out, buffer, to - buffer);
  return to > buffer;
}

/* How many bytes of GB 18030 begin at p; 0 when they are none. */
static gsize
measure_chinese (const guint8 *p, gsize left)
{
  if (left >= 2 && ((p[1] >= 0x40 && p[1] <= 0x7e) || (p[1] >= 0x80 && p[1] <= 0xfe)))
    return 2;
  return left >= 4 && p[1] >= '0' && p[1] <= '9' ? 4 : 0;
}

static gsize
take_utf_8 (const guint8 *p, gsize left, GString *out)
{
  gunichar c = g_utf8_get_char_validated ((const char *) p, (gssize) MIN (left, 6));

  if (c >= (gunichar) -2)
    return 0;
  g_string_append_unichar (out, c);
  return (gsize) g_unichar_to_utf8 (c, NULL);
}

/* A character whose first byte is at or above 0x80. How many bytes it took; 0 when they are wrong. */
static gsize
take_upper (DeskDicomText *self, const Set *set, const guint8 *p, gsize left, GString *out)
{
  gsize n = 1;

  switch (set->way)
    {
    case KANA:
      if (*p < 0xa1 || *p > 0xdf)
        return 0;
      g_string_append_unichar (out, 0xff61 + (*p - 0xa1u));
      return 1;
    case UTF_8:
      return take_utf_8 (p, left, out);
    case TWO_BYTES:
      n = left >= 2 && p[0] >= 0xa1 && p[1] >= 0xa1 ? 2 : 0;
      break;
    case CHINESE:
      n = measure_chinese (p, left);
      break;
    case ONE_BYTE:
      break;
    default:
      return 0;
    }
  return n > 0 && convert (self, set, p, n, out) ? n : 0;
}

/* A character of a two-byte set in the lower half. */
static gsize
take_kanji (DeskDicomText *self, const Set *set, const guint8 *p, gsize left, GString *out)
{
  if (left < 2 || p[1] < 0x21 || p[1] > 0x7e)
    return 0;
  const guint8 bytes[] = { 0x8f, p[0] | 0x80, p[1] | 0x80 };
  gsize skip = set->way == KANJI_2 ? 0 : 1;

  return convert (self, set, bytes + skip, sizeof bytes - skip, out) ? 2 : 0;
}

static gsize
take_lower (DeskDicomText *self, const Set *set, const guint8 *p, gsize left, gboolean parts, GString *out)
{
  if (set->way == KANJI || set->way == KANJI_2)
    return *p == ' ' ? (g_string_append_c (out, ' '), 1) : take_kanji (self, set, p, left, out);
  if (set->way == ROMAN && *p == '~')
    g_string_append_unichar (out, 0x203e);
  else if (set->way == ROMAN && *p == '\\' && !parts)
    g_string_append_unichar (out, 0xa5);
  else
    g_string_append_c (out, (char) *p);
  return 1;
}

/* The bytes of an escape sequence at p, and the state after it; 0 when it is unknown. */
static gsize
take_escape (State *state, const guint8 *p, gsize left)
{
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      gsize n = sets[i].escape ? strlen (sets[i].escape) : 0;

      if (n == 0 || left < n + 1 || memcmp (p + 1, sets[i].escape, n) != 0)
        continue;
      if (sets[i].upper)
        state->upper = &sets[i];
      else
        state->lower = &sets[i];
      return n + 1;
    }
  return 0;
}

/* Where the state goes back to the first sets. */
static gboolean
is_border (const State *state, guint8 c, DeskDicomTextKind kind)
{
  if (c == '\n' || c == '\r' || c == '\f' || c == '\t')
    return TRUE;
  if (state->lower->way != ASCII && state->lower->way != ROMAN)
    return FALSE;
  return c == '\\' || (kind == DESK_DICOM_TEXT_NAME && (c == '^' || c == '='));
}

static GString *
decode (DeskDicomText *self, const guint8 *value, gsize length, DeskDicomTextKind kind, gboolean *wrong)
{
  GString *out = g_string_sized_new (length + 16);
  State state = self->first;
  gboolean escapes = state.upper->way != UTF_8 && state.upper->way != CHINESE;
  gsize n;

  for (gsize i = 0; i < length; i += n)
    {
      const guint8 *p = value + i;
      gsize left = length - i;
      gboolean border = is_border (&state, *p, kind);

      if (border)
        state = self->first;
      if (*p == 0x1b && escapes)
        n = take_escape (&state, p, left);
      else if (*p < 0x20 || *p == 0x7f)
        {
          n = 1;
          if (border)
            g_string_append_c (out, ' ');
          else if (*p == 0x1b)
            *wrong = TRUE;
        }
      else if (*p < 0x80)
        n = take_lower (self, state.lower, p, left, kind == DESK_DICOM_TEXT_NAME, out);
      else
        n = take_upper (self, state.upper, p, left, out);
      if (n > 0)
        continue;
      *wrong = TRUE;
      n = 1;
      if (*p != 0x1b)
        g_string_append_unichar (out, REPLACEMENT);
    }
  return out;
}

/* NFC, without control characters and outer spaces. */
static char *
clean (const char *text, gsize length)
{
  g_autofree char *composed = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_NFC);
  GString *out = g_string_sized_new (length);

  for (const char *p = composed; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_type (c) != G_UNICODE_CONTROL && c != 0xfeff)
        g_string_append_unichar (out, c);
    }
  return g_strstrip (g_string_free (out, FALSE));
}

static void
trim_end (GString *text, char c)
{
  while (text->len > 0 && text->str[text->len - 1] == c)
    g_string_truncate (text, text->len - 1);
}

static char *
clean_group (const char *group, gboolean *wrong)
{
  g_auto (GStrv) parts = g_strsplit (group, "^", -1);
  GString *out = g_string_new (NULL);

  *wrong = *wrong || g_strv_length (parts) > MAX_COMPONENTS;
  for (guint i = 0; parts[i] && i < MAX_COMPONENTS; i++)
    {
      g_autofree char *part = clean (parts[i], strlen (parts[i]));

      if (i > 0)
        g_string_append_c (out, '^');
      g_string_append (out, part);
    }
  trim_end (out, '^');
  return g_string_free (out, FALSE);
}

/* Each component is put in order by itself: composing must not swallow what parts them. */
static char *
clean_name (const char *name, gboolean *wrong)
{
  g_auto (GStrv) groups = g_strsplit (name, "=", -1);
  GString *out = g_string_new (NULL);

  *wrong = *wrong || g_strv_length (groups) > MAX_GROUPS;
  for (guint i = 0; groups[i] && i < MAX_GROUPS; i++)
    {
      g_autofree char *group = clean_group (groups[i], wrong);

      if (i > 0)
        g_string_append_c (out, '=');
      g_string_append (out, group);
    }
  trim_end (out, '=');
  return g_string_free (out, FALSE);
}

/* Most values are letters of ASCII, and are what they are. */
static gboolean
is_plain (const DeskDicomText *self, const guint8 *value, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (value[i] < 0x20 || value[i] > 0x7e)
      return FALSE;
  return self->first.lower->way == ASCII;
}

/* The value as UTF-8 in NFC, without control characters, padding and empty ends; a name keeps its ^ and =. What is no
 * character becomes U+FFFD and sets *wrong. The caller frees it. */
char *
desk_dicom_text_decode (DeskDicomText *self, const guint8 *value, gsize length, DeskDicomTextKind kind, gboolean *wrong)
{
  while (length > 0 && (value[length - 1] == ' ' || value[length - 1] == '\0'))
    length--;
  if (kind == DESK_DICOM_TEXT_PLAIN && is_plain (self, value, length))
    return g_strstrip (g_strndup ((const char *) value, length));
  g_autoptr (GString) text = decode (self, value, length, kind, wrong);

  return kind == DESK_DICOM_TEXT_NAME ? clean_name (text->str, wrong) : clean (text->str, text->len);
}
