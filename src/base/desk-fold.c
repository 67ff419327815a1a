#include "desk-fold.h"

#include <string.h>

#include "desk-day-words.h"
#include "desk-fold-private.h"

/* What one folded character is to the words around it. */
typedef enum
{
  SPACE,
  HYPHEN,
  APOSTROPHE,
  LETTER, /* of a script that writes words apart; also digits */
  START,  /* of a script that does not: a word begins at each of these */
  FOLLOW, /* belongs to the START before it */
} Role;

typedef struct
{
  Role role;
  char text[16]; /* up to three jamo, or one character */
} Atom;

typedef struct
{
  gunichar c;
  const char *to;
  const char *mrz; /* where a passport's machine-readable line spells it otherwise (ICAO 9303-3, section 6) */
} Letter;

/* Letters that Unicode does not decompose; sorted. */
static const Letter letters[] = {
  { 0x00df, "ss", NULL }, { 0x00e6, "ae", NULL }, { 0x00f0, "d", NULL },  { 0x00f8, "o", "oe" },
  { 0x00fe, "th", NULL }, { 0x0111, "d", NULL },  { 0x0127, "h", NULL },  { 0x0131, "i", NULL },
  { 0x0138, "k", NULL },  { 0x0142, "l", NULL },  { 0x014b, "n", NULL },  { 0x0153, "oe", NULL },
  { 0x0167, "t", NULL },  { 0x0180, "b", NULL },  { 0x0259, "e", NULL },  { 0x03c2, "σ", NULL },
  { 0x0629, "ه", NULL },  { 0x0649, "ي", NULL },  { 0x0671, "ا", NULL },  { 0x06a9, "ك", NULL },
  { 0x06cc, "ي", NULL },
};

/* Marks that a machine-readable line writes out; elsewhere they are dropped. */
static const struct
{
  char base;
  gunichar mark;
  const char *mrz;
} umlauts[] = { { 'a', 0x0308, "e" }, { 'o', 0x0308, "e" }, { 'u', 0x0308, "e" }, { 'a', 0x030a, "a" } };

/* Jamo as the keys of the two-set keyboard: leading and final consonants alike, compounds taken apart, so
 * that every step of an input method is a prefix of the finished syllable. */
static const char *const leads[] = { "ㄱ", "ㄲ", "ㄴ", "ㄷ", "ㄸ", "ㄹ", "ㅁ", "ㅂ", "ㅃ", "ㅅ",
                                     "ㅆ", "ㅇ", "ㅈ", "ㅉ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ" };
static const char *const vowels[] = { "ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ",   "ㅕ",   "ㅖ",   "ㅗ", "ㅗㅏ", "ㅗㅐ",
                                      "ㅗㅣ", "ㅛ", "ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ" };
static const char *const tails[] = { "ㄱ",   "ㄲ",   "ㄱㅅ", "ㄴ",   "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ",
                                     "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ",
                                     "ㅅ",   "ㅆ",   "ㅇ",   "ㅈ",   "ㅊ",   "ㅋ",   "ㅌ", "ㅍ", "ㅎ" };

static const gunichar apostrophes[] = { '\'', '`', 0x02b9, 0x02bb, 0x02bc, 0x02bd, 0x02be, 0x02bf, 0x2018, 0x2019, 0x2032 };

static gboolean
is_apostrophe (gunichar c)
{
  for (guint i = 0; i < G_N_ELEMENTS (apostrophes); i++)
    if (apostrophes[i] == c)
      return TRUE;
  return FALSE;
}

static gboolean
is_kana (gunichar c)
{
  return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30a1 && c <= 0x30fa);
}

static gboolean
is_han (gunichar c)
{
  return c == 0x3005 || c == 0x3006 || g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

/* Variation selectors, joiners and direction marks: there, but never typed. */
static gboolean
is_silent (gunichar c)
{
  return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef) || c == 0x30fc || c == 0x0640
         || g_unichar_type (c) == G_UNICODE_FORMAT;
}

static void
add_text (GArray *atoms, Role role, const char *text)
{
  Atom atom = { .role = role };

  g_strlcpy (atom.text, text, sizeof atom.text);
  g_array_append_val (atoms, atom);
}

static void
add_char (GArray *atoms, Role role, gunichar c)
{
  Atom atom = { .role = role };

  g_unichar_to_utf8 (c, atom.text);
  g_array_append_val (atoms, atom);
}

static gboolean
add_jamo (GArray *atoms, gunichar c)
{
  if (c >= 0x1100 && c < 0x1100 + G_N_ELEMENTS (leads))
    add_text (atoms, START, leads[c - 0x1100]);
  else if (c >= 0x1161 && c < 0x1161 + G_N_ELEMENTS (vowels))
    add_text (atoms, FOLLOW, vowels[c - 0x1161]);
  else if (c >= 0x11a8 && c < 0x11a8 + G_N_ELEMENTS (tails))
    add_text (atoms, FOLLOW, tails[c - 0x11a8]);
  else
    return FALSE;
  return TRUE;
}

static gboolean
add_special (GArray *atoms, gunichar c, gboolean mrz)
{
  for (guint i = 0; i < G_N_ELEMENTS (letters) && letters[i].c <= c; i++)
    if (letters[i].c == c)
      {
        add_text (atoms, LETTER, mrz && letters[i].mrz ? letters[i].mrz : letters[i].to);
        return TRUE;
      }
  return FALSE;
}

static void
add_mark (GArray *atoms, gunichar c, gboolean mrz)
{
  Atom *last = atoms->len > 0 ? &g_array_index (atoms, Atom, atoms->len - 1) : NULL;

  if (!last)
    return;
  if ((c == 0x3099 || c == 0x309a) && is_kana (g_utf8_get_char (last->text)))
    add_char (atoms, FOLLOW, c);
  for (guint i = 0; mrz && i < G_N_ELEMENTS (umlauts); i++)
    if (umlauts[i].mark == c && last->text[0] == umlauts[i].base && last->text[1] == '\0')
      {
        add_text (atoms, LETTER, umlauts[i].mrz);
        return;
      }
}

static void
add_folded (GArray *atoms, gunichar c, gboolean mrz)
{
  if (is_silent (c))
    return;
  if (g_unichar_combining_class (c) != 0)
    {
      add_mark (atoms, c, mrz);
      return;
    }
  c = g_unichar_tolower (c);
  if (c < 0x80 && g_ascii_isalnum (c))
    add_char (atoms, LETTER, c);
  else if (is_apostrophe (c))
    add_text (atoms, APOSTROPHE, "");
  else if (g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || c == 0x2212)
    add_text (atoms, HYPHEN, "");
  else if (is_kana (c))
    add_char (atoms, START, c >= 0x30a1 && c <= 0x30f6 ? c - 0x60 : c);
  else if (is_han (c))
    add_char (atoms, START, desk_fold_han (c));
  else if (add_jamo (atoms, c) || add_special (atoms, c, mrz))
    return;
  else if (g_unichar_isdigit (c))
    add_char (atoms, LETTER, '0' + g_unichar_digit_value (c));
  else if (g_unichar_isalnum (c) || g_unichar_ismark (c))
    add_char (atoms, LETTER, c);
  else
    add_text (atoms, SPACE, "");
}

static GArray *
fold_atoms (const char *text, gboolean mrz)
{
  GArray *atoms = g_array_new (FALSE, FALSE, sizeof (Atom));
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *plain = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKD);

  for (const char *p = plain; *p; p = g_utf8_next_char (p))
    add_folded (atoms, g_utf8_get_char (p), mrz);
  return atoms;
}

static Role
role_at (const GArray *atoms, guint i)
{
  return i < atoms->len ? g_array_index (atoms, Atom, i).role : SPACE;
}

static gboolean
is_dense (Role role)
{
  return role == START || role == FOLLOW;
}

/* The letters from begin to end without what stands between them, at most DESK_FOLD_WORD_MAX characters. */
static char *
join (const GArray *atoms, guint begin, guint end)
{
  g_autoptr (GString) word = g_string_new (NULL);
  int room = DESK_FOLD_WORD_MAX;

  for (guint i = begin; i < end && room > 0; i++)
    for (const char *p = g_array_index (atoms, Atom, i).text; *p && room > 0; p = g_utf8_next_char (p), room--)
      g_string_append_unichar (word, g_utf8_get_char (p));
  return g_string_free (g_steal_pointer (&word), FALSE);
}

/* Past the last letter of the word that begins at i: what hyphens and apostrophes bind is one. */
static guint
end_of_compound (const GArray *atoms, guint i)
{
  guint end = i;

  for (; i < atoms->len; i++)
    {
      Role role = role_at (atoms, i);

      if (role == LETTER)
        end = i + 1;
      else if (role != HYPHEN && role != APOSTROPHE)
        break;
    }
  return end;
}

/* Past the last character of the text without word spaces that begins at i, across the spaces in it. */
static guint
end_of_dense (const GArray *atoms, guint i)
{
  guint end = i;

  for (; i < atoms->len; i++)
    {
      Role role = role_at (atoms, i);

      if (is_dense (role))
        end = i + 1;
      else if (role == LETTER)
        break;
    }
  return end;
}

static void
add_compound (const GArray *atoms, guint begin, guint end, GPtrArray *words)
{
  for (guint i = begin; i < end; i++)
    if (role_at (atoms, i) == LETTER && (i == begin || role_at (atoms, i - 1) != LETTER))
      {
        g_autofree char *word = join (atoms, i, end);

        /* The Arabic article is written to the name but left out as often as not. */
        if (g_str_has_prefix (word, "ال") && g_utf8_strlen (word, -1) >= 5)
          g_ptr_array_add (words, g_strdup (word + strlen ("ال")));
        g_ptr_array_add (words, g_steal_pointer (&word));
      }
}

static void
add_words (const GArray *atoms, GPtrArray *words)
{
  for (guint i = 0, end; i < atoms->len; i = end)
    {
      Role role = role_at (atoms, i);

      end = i + 1;
      if (role == LETTER)
        {
          end = end_of_compound (atoms, i);
          add_compound (atoms, i, end, words);
        }
      else if (is_dense (role))
        {
          end = end_of_dense (atoms, i);
          for (guint at = i; at < end; at++)
            if (role_at (atoms, at) == START || at == i)
              g_ptr_array_add (words, join (atoms, at, end));
        }
    }
}

/* The whole text folded, its words apart by one space; for sorting and comparing. The caller frees it. */
char *
desk_fold (const char *text)
{
  g_autoptr (GArray) atoms = fold_atoms (text, FALSE);
  GString *folded = g_string_new (NULL);
  gboolean gap = FALSE;

  for (guint i = 0; i < atoms->len; i++)
    {
      const Atom *atom = &g_array_index (atoms, Atom, i);

      if (atom->role == SPACE || atom->role == HYPHEN)
        gap = TRUE;
      else if (*atom->text)
        {
          if (gap && folded->len > 0)
            g_string_append_c (folded, ' ');
          g_string_append (folded, atom->text);
          gap = FALSE;
        }
    }
  return g_string_free (folded, FALSE);
}

/* MUELLER may be a Müller: the word also with ae, oe and ue before a consonant as one letter, so that whoever types
 * the umlaut or leaves it out finds both. */
static void
add_contracted (const char *word, GPtrArray *words)
{
  g_autoptr (GString) short_word = g_string_new (NULL);

  for (const char *p = word; *p; p++)
    {
      g_string_append_c (short_word, *p);
      if (strchr ("aou", *p) && p[1] == 'e' && g_ascii_isalpha (p[2]) && !strchr ("aeiouy", p[2]) && p > word
          && !strchr ("aeiouy", p[-1]))
        p++;
    }
  if (short_word->len < strlen (word))
    g_ptr_array_add (words, g_strdup (short_word->str));
}

/* Appends every word under which a field can be found: each word; what a hyphen or apostrophe binds also from
 * each of its parts; Han, kana and hangul from each character; the spelling of the passport's
 * machine-readable line where it differs, and without its e where it may be one. words frees with g_free; one may
 * come twice. */
void
desk_fold_words (const char *text, GPtrArray *words)
{
  g_autoptr (GArray) atoms = fold_atoms (text, FALSE);
  g_autoptr (GArray) mrz = fold_atoms (text, TRUE);

  guint first = words->len;

  add_words (atoms, words);
  for (guint i = first, last = words->len; i < last; i++)
    add_contracted (words->pdata[i], words);
  if (mrz->len != atoms->len || (mrz->len > 0 && memcmp (mrz->data, atoms->data, mrz->len * sizeof (Atom)) != 0))
    add_words (mrz, words);
}

/* The letters and digits of a number or code, nothing between them: "P-000 123" is "p000123". */
char *
desk_fold_identifier (const char *text)
{
  g_autoptr (GArray) atoms = fold_atoms (text, FALSE);

  return join (atoms, 0, atoms->len);
}

/* A date in numbers, year first or last, becomes the digits under which birth dates are kept: YYYYMMDD or
 * DDMMYYYY. NULL when it is anything else. */
static char *
date_word (const char *token)
{
  g_auto (GStrv) parts = g_strsplit_set (token, "-/.", -1);
  guint n = g_strv_length (parts);

  while (n > 0 && *parts[n - 1] == '\0')
    n--;
  if (n < 2 || n > 3)
    return NULL;
  gboolean year_first = strlen (parts[0]) == 4;
  if (!year_first && (n != 3 || strlen (parts[2]) != 4))
    return NULL;

  GString *word = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    {
      gsize length = strlen (parts[i]);

      if (length == 0 || (length > 2 && i != (year_first ? 0u : 2u)) || strspn (parts[i], "0123456789") != length)
        {
          g_string_free (word, TRUE);
          return NULL;
        }
      g_string_append_printf (word, "%s%s", length == 1 ? "0" : "", parts[i]);
    }
  return g_string_free (word, FALSE);
}

/* A telephone number with its usual punctuation becomes its digits, without the trunk or exit zeros, which
 * are not part of the number as kept. NULL when it is anything else. */
static char *
phone_word (const char *text)
{
  gsize length = strlen (text);
  GString *digits = g_string_new (NULL);
  gboolean punctuated = FALSE;

  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (text[i]))
      g_string_append_c (digits, text[i]);
    else
      punctuated = TRUE;
  if (strspn (text, "0123456789+-(). /") != length || digits->len < 7 || (!punctuated && digits->len < 10)
      || !strchr ("+0(", text[0]))
    {
      g_string_free (digits, TRUE);
      return NULL;
    }
  g_string_erase (digits, 0, strspn (digits->str, "0"));
  return g_string_free (digits, FALSE);
}

/* A date in words at the head of tokens (5 March 1961, Mar 5, 1961, 昭和36年3月5日, S36.3.5, 昭和元年) becomes its
 * digits; *n_tokens says how many it takes. A month with a year alone is none: May may be a name. NULL for no date. */
static char *
date_in_words (char **tokens, guint *n_tokens)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *best = NULL;

  for (guint i = 0; i < 4 && tokens[i]; i++)
    {
      g_string_append_printf (text, "%s%s", i ? " " : "", tokens[i]);
      gboolean japanese = strstr (text->str, "年") || strstr (text->str, "元");
      gboolean latin = strpbrk (text->str, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL;
      g_autofree char *iso = japanese || latin ? desk_day_read (text->str, DESK_DAY_ORDER_DMY, NULL) : NULL;

      if (iso && (japanese || strlen (iso) == strlen ("1961-03-05")))
        {
          g_auto (GStrv) parts = g_strsplit (iso, "-", -1);

          g_free (best);
          best = g_strjoinv (NULL, parts);
          *n_tokens = i + 1;
        }
    }
  return g_steal_pointer (&best);
}

static void
add_query_words (const char *token, GPtrArray *words)
{
  g_autoptr (GArray) atoms = fold_atoms (token, FALSE);

  for (guint i = 0, end; i < atoms->len; i = end)
    {
      Role role = role_at (atoms, i);

      end = i + 1;
      if (role == SPACE || role == HYPHEN || role == APOSTROPHE)
        continue;
      while (end < atoms->len && (role_at (atoms, end) == APOSTROPHE || (is_dense (role) == is_dense (role_at (atoms, end))
                                                                         && role_at (atoms, end) > APOSTROPHE)))
        end++;
      g_ptr_array_add (words, join (atoms, i, end));
    }
}

/* The words typed into a search box, each to be looked for as a prefix. Hyphens part words here, apostrophes
 * do not; dates and telephone numbers become their digits. Free with g_ptr_array_unref (). */
GPtrArray *
desk_fold_query (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *plain = g_strstrip (g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC));
  char *phone = phone_word (plain);

  if (phone && !date_word (plain))
    {
      g_ptr_array_add (words, phone);
      return words;
    }
  g_free (phone);

  g_auto (GStrv) tokens = g_strsplit_set (plain, " \t\n", -1);
  for (guint i = 0, taken = 1; tokens[i]; i += taken)
    {
      char *date = date_in_words (tokens + i, &taken);

      if (!date)
        {
          taken = 1;
          date = date_word (tokens[i]);
        }
      if (date)
        g_ptr_array_add (words, date);
      else
        add_query_words (tokens[i], words);
    }
  return words;
}
