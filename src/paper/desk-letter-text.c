/* Words of a letter set in lines, each run in the letter forms of its language. */
#include <string.h>

#include "desk-letter-rows.h"

#define LONGEST_WORD 120 /* letters */

/* Which family has the glyph forms of a language; the next in the list and then fontconfig help out. */
static const struct
{
  const char *language, *family;
} families[] = {
  { "ja", "Noto Sans CJK JP, Noto Sans" },    { "zh-tw", "Noto Sans, Noto Sans CJK TC" },
  { "zh-hk", "Noto Sans, Noto Sans CJK HK" }, { "zh", "Noto Sans, Noto Sans CJK SC" },
  { "ko", "Noto Sans, Noto Sans CJK KR" },    { "ar", "Noto Sans, Noto Naskh Arabic, Noto Sans CJK JP" },
};

static const char *
family_of (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (g_ascii_strncasecmp (language, families[i].language, strlen (families[i].language)) == 0)
      return families[i].family;
  return "Noto Sans, Noto Sans CJK JP";
}

static void
apply (PangoAttrList *attrs, PangoAttribute *attr, gsize from, gsize to)
{
  attr->start_index = from;
  attr->end_index = to;
  pango_attr_list_insert (attrs, attr);
}

static gboolean
is_rtl_letter (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
    case G_UNICODE_SCRIPT_NKO:
    case G_UNICODE_SCRIPT_ADLAM:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_foreign_letter (gunichar c)
{
  return g_unichar_isalpha (c) && !is_rtl_letter (c);
}

static gboolean
is_ltr_letter (gunichar c)
{
  return is_foreign_letter (c) || (c < 128 && g_ascii_isdigit ((char) c));
}

static gboolean
has_letter (const char *text, gboolean (*is) (gunichar))
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (is (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* What a text from left to right within one from right to left goes on over: "30–50 mL", "+81 3-1234-5678". A stop or a
 * colon before a space ends it. */
static gboolean
connects (const char *p)
{
  gunichar c = g_utf8_get_char (p), next = g_utf8_get_char (g_utf8_next_char (p));

  return (c == ' ' && (is_ltr_letter (next) || next == 0x2013 || next == '+' || next == 0xa5))
         || (c && next != ' ' && g_utf8_strchr ("-–/:.,+%×~·¥'", -1, c)) || (c == 0x2013 && next == ' ');
}

/* Numbers and names in other letters keep their order among Arabic words: each stretch of several is set apart. */
static void
append_rtl_words (GString *out, const char *text)
{
  for (const char *p = text; *p;)
    {
      gboolean begins = is_ltr_letter (g_utf8_get_char (p)) || (strchr ("+", *p) && g_ascii_isdigit (p[1]));
      const char *end = g_utf8_next_char (p);
      gboolean several = FALSE;

      for (const char *q = end; begins && *q && (is_ltr_letter (g_utf8_get_char (q)) || connects (q)); q = g_utf8_next_char (q))
        if (is_ltr_letter (g_utf8_get_char (q)))
          {
            several |= q > end;
            end = g_utf8_next_char (q);
          }
      several |= *p == '+' && begins;
      g_string_append_printf (out, "%s%.*s%s", several ? "\u2066" : "", (int) (end - p), p, several ? "\u2069" : "");
      p = end;
    }
}

static gboolean
parts_itself (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return TRUE;
    default:
      return g_unichar_isspace (c) || g_unichar_iswide (c);
    }
}

/* What is no word of any language may be broken now and then: pango looks for the end of a line in it again and again,
 * which takes minutes for a megabyte without a space. */
static void
part_long_words (GString *out, gsize from)
{
  guint letters = 0;

  for (gsize at = from; at < out->len; at = (gsize) (g_utf8_next_char (out->str + at) - out->str))
    {
      letters = parts_itself (g_utf8_get_char (out->str + at)) ? 0 : letters + 1;
      if (letters < LONGEST_WORD)
        continue;
      g_string_insert (out, (gssize) at, "\u200b");
      at += strlen ("\u200b");
      letters = 0;
    }
}

/* A value that runs against the words around it is set apart, so that it does not turn them, nor they it; line by line,
 * for setting apart ends with the line. */
static void
append_apart (GString *out, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    g_string_append_printf (out, "%s\u2068%s\u2069", i ? "\n" : "", lines[i]);
}

static void
append_run (GString *out, const DeskRun *run, gboolean rtl)
{
  gboolean apart = run->kind == DESK_RUN_MISSING || (run->kind == DESK_RUN_VALUE && (rtl || has_letter (run->text, is_rtl_letter)));
  g_autofree char *marked = run->kind == DESK_RUN_MISSING ? g_strdup_printf ("[%s]", run->text) : NULL;

  if (run->kind == DESK_RUN_TEXT && rtl)
    append_rtl_words (out, run->text);
  else if (apart)
    append_apart (out, marked ? marked : run->text);
  else
    g_string_append (out, run->text);
}

/* Korean is parted into words: a line may end within one only where a word is longer than the line. */
static void
keep_korean_words (PangoAttrList *attrs, const char *text)
{
  for (const char *p = text; *p;)
    {
      gsize length = strcspn (p, " \n");

      if (length && length < LONGEST_WORD)
        apply (attrs, pango_attr_allow_breaks_new (FALSE), (gsize) (p - text), (gsize) (p - text) + length);
      p += length + (p[length] != '\0');
    }
}

static void
set_runs (PangoLayout *layout, const DeskText *text, gboolean rtl, gboolean bold)
{
  g_autoptr (GString) out = g_string_new (NULL);
  PangoAttrList *attrs = pango_attr_list_new ();

  for (guint i = 0; text && i < text->runs->len; i++)
    {
      const DeskRun *run = g_ptr_array_index (text->runs, i);
      const char *language = run->language ? run->language : text->language ? text->language : "en";
      gsize from = out->len;

      append_run (out, run, rtl);
      part_long_words (out, from);
      apply (attrs, pango_attr_language_new (pango_language_from_string (language)), from, out->len);
      apply (attrs, pango_attr_family_new (family_of (language)), from, out->len);
      if (bold || run->bold)
        apply (attrs, pango_attr_weight_new (PANGO_WEIGHT_BOLD), from, out->len);
      if (run->kind == DESK_RUN_MISSING)
        {
          apply (attrs, pango_attr_foreground_new (0xc000, 0, 0), from, out->len);
          apply (attrs, pango_attr_background_new (0xffff, 0xdfff, 0xdfff), from, out->len);
        }
    }
  if (text && g_strcmp0 (text->language, "ko") == 0)
    keep_korean_words (attrs, out->str);
  pango_layout_set_attributes (layout, attrs);
  pango_attr_list_unref (attrs);
  pango_layout_set_text (layout, out->str, (int) out->len);
}

static double
points (int units)
{
  return (double) units / PANGO_SCALE;
}

static GArray *
read_lines (PangoLayout *layout)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (DeskRowLine));
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do
    {
      PangoRectangle logical;
      int top, bottom;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      pango_layout_iter_get_line_yrange (iter, &top, &bottom);
      DeskRowLine line = {
        .line = pango_layout_iter_get_line_readonly (iter),
        .x = points (logical.x),
        .top = points (top),
        .baseline = points (pango_layout_iter_get_baseline (iter)),
        .bottom = points (bottom),
      };
      g_array_append_val (lines, line);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  return lines;
}

/* Which side a text stands on that begins on the left, or ends on the right, when it runs the other way. */
static PangoAlignment
turned (PangoAlignment align)
{
  return align == PANGO_ALIGN_LEFT ? PANGO_ALIGN_RIGHT : align == PANGO_ALIGN_RIGHT ? PANGO_ALIGN_LEFT : align;
}

/* A text whose own words are of the other direction keeps it, wherever it stands: "SAMPLE – NOT VALID" in an Arabic letter. */
static gboolean
runs_rtl (const DeskText *text)
{
  gboolean foreign = FALSE, own = FALSE;

  for (guint i = 0; i < text->runs->len; i++)
    {
      const DeskRun *run = g_ptr_array_index (text->runs, i);

      if (run->kind == DESK_RUN_TEXT)
        {
          foreign |= has_letter (run->text, is_foreign_letter);
          own |= has_letter (run->text, is_rtl_letter);
        }
    }
  return own || !foreign;
}

/* Sets a text (NULL for an empty cell) into a width of points, in the direction of its language; align is meant for a
 * text from left to right. Free with desk_row_cell_free (). */
DeskRowCell *
desk_row_cell (const DeskLetterFonts *fonts, const DeskText *text, double x, double width, double size, gboolean bold,
               PangoAlignment align)
{
  DeskRowCell *cell = g_new0 (DeskRowCell, 1);
  PangoFontDescription *font = pango_font_description_new ();
  gboolean rtl = text && desk_language_is_rtl (text->language);

  pango_font_description_set_family_static (font, "Noto Sans, Noto Sans CJK JP");
  /* Arabic letters are small for their size. */
  pango_font_description_set_size (font, (int) (size * (rtl ? 1.08 : 1) * PANGO_SCALE));
  cell->x = x;
  cell->width = width;
  gboolean backwards = rtl && runs_rtl (text);
  cell->layout = pango_layout_new (backwards ? fonts->rtl : fonts->ltr);
  pango_layout_set_font_description (cell->layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (cell->layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (cell->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_auto_dir (cell->layout, FALSE);
  pango_layout_set_alignment (cell->layout, rtl ? turned (align) : align);
  set_runs (cell->layout, text, backwards, bold);
  cell->lines = read_lines (cell->layout);
  return cell;
}

void
desk_row_cell_free (gpointer data)
{
  DeskRowCell *cell = data;

  g_array_unref (cell->lines);
  g_object_unref (cell->layout);
  g_free (cell);
}
