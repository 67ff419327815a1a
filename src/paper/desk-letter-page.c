/* Rows shared out over pages. */
#include "desk-letter-page.h"
#include "desk-letter-page-private.h"

#include <string.h>

#include "desk-error.h"

#define TOP 50.0
#define TEXT_HEIGHT (DESK_PAPER_HEIGHT - TOP - 58.0)

typedef struct
{
  DeskLetterLayout *layout;
  GArray *page; /* of DeskPlaced */
  double y;     /* from the top of the text area */
} Flow;

static guint
n_lines (const DeskRow *row, guint cell)
{
  return ((DeskRowCell *) g_ptr_array_index (row->cells, cell))->lines->len;
}

static const DeskRowLine *
line_at (const DeskRow *row, guint cell, guint index)
{
  return &g_array_index (((DeskRowCell *) g_ptr_array_index (row->cells, cell))->lines, DeskRowLine, index);
}

/* Height of the row from those lines on to those. */
static double
slice_height (const DeskRow *row, const guint *from, const guint *to)
{
  double height = 0;

  if (row->kind != DESK_ROW_SIGNATURE)
    for (guint i = 0; i < row->cells->len; i++)
      if (to[i] > from[i])
        height = MAX (height, line_at (row, i, to[i] - 1)->bottom - line_at (row, i, from[i])->top);
  return MAX (height + 2 * row->padding, row->least);
}

static double
whole_height (const DeskRow *row)
{
  guint from[DESK_ROW_CELLS] = { 0 }, to[DESK_ROW_CELLS] = { 0 };

  for (guint i = 0; i < row->cells->len; i++)
    to[i] = n_lines (row, i);
  return slice_height (row, from, to);
}

static void
next_page (Flow *flow)
{
  flow->page = g_array_new (FALSE, FALSE, sizeof (DeskPlaced));
  flow->y = 0;
  g_ptr_array_add (flow->layout->pages, flow->page);
}

static double
space_above (const Flow *flow, const DeskRow *row)
{
  return flow->page->len ? row->before : 0;
}

static void
place (Flow *flow, const DeskRow *row, const guint *from, const guint *to)
{
  DeskPlaced placed = { .row = row, .y = TOP + flow->y + space_above (flow, row), .height = slice_height (row, from, to) };

  for (guint i = 0; i < row->cells->len; i++)
    {
      placed.from[i] = from[i];
      placed.to[i] = to[i];
    }
  g_array_append_val (flow->page, placed);
  flow->y = placed.y + placed.height - TOP;
}

/* How far each cell gets within a height; the number of lines the longest one gets. */
static guint
fit (const DeskRow *row, double height, const guint *from, guint *to)
{
  guint most = 0;

  for (guint i = 0; i < row->cells->len; i++)
    {
      to[i] = from[i];
      while (to[i] < n_lines (row, i) && line_at (row, i, to[i])->bottom - line_at (row, i, from[i])->top <= height)
        to[i]++;
      most = MAX (most, to[i] - from[i]);
    }
  return most;
}

static gboolean
at_end (const DeskRow *row, const guint *to)
{
  for (guint i = 0; i < row->cells->len; i++)
    if (to[i] < n_lines (row, i))
      return FALSE;
  return TRUE;
}

static void
next_page_in (Flow *flow, const DeskRow *row)
{
  next_page (flow);
  if (row->head)
    {
      guint from[DESK_ROW_CELLS] = { 0 }, to[DESK_ROW_CELLS];

      fit (row->head, TEXT_HEIGHT, from, to);
      place (flow, row->head, from, to);
    }
}

/* Nobody prints so long a letter: the rest is not laid out, and what is there cannot be printed. */
static gboolean
is_full (Flow *flow)
{
  if (flow->layout->pages->len > DESK_LETTER_MOST_PAGES)
    flow->layout->refusal = "letter-too-long";
  return flow->layout->pages->len > DESK_LETTER_MOST_PAGES;
}

/* Places a row, on as many pages as it needs; one line alone is not left behind. */
static void
flow_row (Flow *flow, const DeskRow *row)
{
  guint from[DESK_ROW_CELLS] = { 0 }, to[DESK_ROW_CELLS];
  gboolean fresh = flow->page->len == 0;

  for (;;)
    {
      double room = TEXT_HEIGHT - flow->y - space_above (flow, row);
      guint lines = fit (row, room - 2 * row->padding, from, to);
      gboolean end = at_end (row, to);

      if (end && row->least <= room)
        {
          place (flow, row, from, to);
          return;
        }
      if (!fresh && (lines < 2 || row->whole || end))
        {
          next_page_in (flow, row);
          fresh = TRUE;
          continue;
        }
      /* A whole page, and still not all of it (or a line higher than a page: put it there and go on). */
      for (guint i = 0; lines == 0 && i < row->cells->len; i++)
        to[i] = MIN (from[i] + 1, n_lines (row, i));
      place (flow, row, from, to);
      if (at_end (row, to) || is_full (flow))
        return;
      memcpy (from, to, sizeof from);
      next_page_in (flow, row);
      fresh = TRUE;
    }
}

/* The height of a row and of those it must share a page with. */
static double
chain_height (GPtrArray *rows, guint index)
{
  double height = 0;

  for (; index < rows->len; index++)
    {
      const DeskRow *row = g_ptr_array_index (rows, index);
      double own = whole_height (row);

      /* Of a text that may be split, its first lines are enough. */
      height += row->before + (row->keep_next || row->whole ? own : MIN (own, 36));
      if (!row->keep_next)
        break;
    }
  return height;
}

static void
flow_rows (Flow *flow, GPtrArray *rows)
{
  next_page (flow);
  for (guint i = 0; i < rows->len && !is_full (flow); i++)
    {
      const DeskRow *row = g_ptr_array_index (rows, i);
      gboolean starts = i == 0 || !((DeskRow *) g_ptr_array_index (rows, i - 1))->keep_next;
      double chain = starts && row->keep_next ? chain_height (rows, i) : 0;
      gboolean empty = flow->page->len == 0;

      if ((row->kind == DESK_ROW_BREAK || (chain > TEXT_HEIGHT - flow->y && chain <= TEXT_HEIGHT)) && !empty)
        next_page (flow);
      if (row->kind != DESK_ROW_BREAK && !(row->kind == DESK_ROW_SPACE && flow->page->len == 0))
        flow_row (flow, row);
    }
}

/* ── head and foot ── */

#define SMALL 7.5
#define NUMBER_WIDTH 36.0 /* of the code with the number of the paper, and white beside it */

static DeskRowCell *
one_line (DeskRowCell *cell)
{
  pango_layout_set_height (cell->layout, -1);
  pango_layout_set_ellipsize (cell->layout, PANGO_ELLIPSIZE_END);
  return cell;
}

static DeskRowCell *
set_words (const DeskLetterLayout *layout, DeskRunKind kind, const char *words, double x, double width, double size, PangoAlignment align)
{
  DeskText *text = desk_text_new (layout->language);
  g_autoptr (DeskBlock) owner = desk_block_new (DESK_BLOCK_CELL);

  g_ptr_array_add (owner->texts, text);
  g_ptr_array_add (text->runs, desk_run_new (kind, words, size > SMALL));
  return desk_row_cell (layout->fonts, text, layout->rtl ? DESK_TEXT_WIDTH - x - width : x, width, size, FALSE, align);
}

static DeskRowCell *
make_foot (const DeskLetterLayout *layout, const DeskLetter *letter)
{
  const DeskText *text = letter->foot->texts->len ? g_ptr_array_index (letter->foot->texts, 0) : NULL;
  double width = DESK_TEXT_WIDTH * 0.5;

  return one_line (desk_row_cell (layout->fonts, text, layout->rtl ? DESK_TEXT_WIDTH - width : 0, width, SMALL, FALSE, PANGO_ALIGN_LEFT));
}

/* The number of the paper and of the page; below, what paper it is. Only a long title is cut short. */
static DeskRowCell *
make_page_foot (const DeskLetterLayout *layout, const DeskLetter *letter, guint page)
{
  double x = DESK_TEXT_WIDTH * 0.5, width = DESK_TEXT_WIDTH * 0.5 - (layout->number ? NUMBER_WIDTH : 0);
  const char *from = layout->rtl ? "\u2066" : "", *to = layout->rtl ? "\u2069" : "";
  g_autofree char *words = g_strdup_printf ("%s%s%s%u / %u%s\n%s · %s", from, letter->number ? letter->number : "", letter->number ? " · " : "",
                                            page, layout->pages->len, to, letter->version, letter->title);

  return one_line (set_words (layout, DESK_RUN_TEXT, words, x, width, SMALL, PANGO_ALIGN_RIGHT));
}

static void
make_heads (DeskLetterLayout *layout, const DeskLetter *letter, const char *copy_mark)
{
  if (letter->mark && letter->mark->texts->len)
    layout->mark = desk_row_cell (layout->fonts, g_ptr_array_index (letter->mark->texts, 0), 0, DESK_TEXT_WIDTH, 10, TRUE,
                                  PANGO_ALIGN_CENTER);
  if (!copy_mark)
    return;
  layout->copy_mark = set_words (layout, DESK_RUN_VALUE, copy_mark, 0, DESK_TEXT_WIDTH, 8.5, PANGO_ALIGN_RIGHT);
  layout->copy_words = set_words (layout, DESK_RUN_VALUE, copy_mark, 0, DESK_TEXT_WIDTH, 30, PANGO_ALIGN_CENTER);
}

static void
make_feet (DeskLetterLayout *layout, const DeskLetter *letter)
{
  if (letter->number && !(layout->number = desk_symbol_new (DESK_SYMBOL_QR, letter->number, NULL)))
    layout->refusal = "barcode-impossible";
  layout->foot = make_foot (layout, letter);
  layout->page_feet = g_ptr_array_new_with_free_func (desk_row_cell_free);
  for (guint i = 0; i < layout->pages->len; i++)
    g_ptr_array_add (layout->page_feet, make_page_foot (layout, letter, i + 1));
}

/* ── the layout ── */

/* Lays a letter out; it need not outlive this call. options may be NULL. Free with desk_letter_layout_free (). */
DeskLetterLayout *
desk_letter_layout_new (const DeskLetter *letter, const DeskLetterOptions *options)
{
  DeskLetterLayout *layout = g_new0 (DeskLetterLayout, 1);
  Flow flow = { layout, NULL, 0 };

  layout->fonts = desk_letter_fonts_take ();
  layout->title = g_strdup (letter->title);
  layout->language = g_strdup (letter->language);
  layout->rtl = desk_language_is_rtl (letter->language);
  layout->issued = letter->issued;
  layout->rows = desk_letter_rows (letter, layout->fonts, &layout->refusal);
  layout->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  flow_rows (&flow, layout->rows);
  make_heads (layout, letter, options ? options->copy_mark : NULL);
  make_feet (layout, letter);
  return layout;
}

static void
clear_cell (DeskRowCell **cell)
{
  g_clear_pointer (cell, desk_row_cell_free);
}

void
desk_letter_layout_free (DeskLetterLayout *layout)
{
  if (!layout)
    return;
  g_auto (GStrv) missing = desk_letter_layout_unknown_scripts (layout);
  g_ptr_array_unref (layout->pages);
  g_ptr_array_unref (layout->page_feet);
  clear_cell (&layout->foot);
  clear_cell (&layout->mark);
  clear_cell (&layout->copy_mark);
  clear_cell (&layout->copy_words);
  desk_symbol_free (layout->number);
  g_ptr_array_unref (layout->rows);
  desk_letter_fonts_give_back (layout->fonts, !*missing);
  g_free (layout->title);
  g_free (layout->language);
  g_free (layout);
}

guint
desk_letter_layout_n_pages (const DeskLetterLayout *layout)
{
  return layout->pages->len;
}

/* Lends the letter's title. */
const char *
desk_letter_layout_title (const DeskLetterLayout *layout)
{
  return layout->title;
}

static void
collect_scripts (PangoLayout *text, GHashTable *scripts)
{
  const char *words = pango_layout_get_text (text);

  if (!pango_layout_get_unknown_glyphs_count (text))
    return;
  for (GSList *line = pango_layout_get_lines_readonly (text); line; line = line->next)
    for (GSList *run = ((PangoLayoutLine *) line->data)->runs; run; run = run->next)
      {
        const PangoGlyphItem *item = run->data;

        for (int i = 0; i < item->glyphs->num_glyphs; i++)
          if (item->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
            {
              const char *letter = words + item->item->offset + item->glyphs->log_clusters[i];
              guint32 code = g_unicode_script_to_iso15924 (g_unichar_get_script (g_utf8_get_char (letter)));

              g_hash_table_add (scripts, g_strdup_printf ("%c%c%c%c", code >> 24, code >> 16 & 255, code >> 8 & 255, code & 255));
            }
      }
}

/* The scripts (ISO 15924, "Hani", "Arab") with letters that no font of this computer can draw: they would print as boxes.
 * NULL-terminated and in order, for g_strfreev (). */
char **
desk_letter_layout_unknown_scripts (const DeskLetterLayout *layout)
{
  g_autoptr (GHashTable) scripts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < layout->rows->len; i++)
    {
      const DeskRow *row = g_ptr_array_index (layout->rows, i);

      for (guint j = 0; j < row->cells->len; j++)
        collect_scripts (((DeskRowCell *) g_ptr_array_index (row->cells, j))->layout, scripts);
    }
  collect_scripts (layout->foot->layout, scripts);
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (scripts), (GCompareFunc) strcmp);
  for (GList *link = keys; link; link = link->next)
    g_ptr_array_add (names, g_strdup (link->data));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* Whether the letter can be printed as it is; otherwise DESK_ERROR_REFUSED: "letter-too-long", "barcode-impossible",
 * "picture-unreadable", or "font-missing-Hani" for the first script that cannot be shown. */
gboolean
desk_letter_layout_check (const DeskLetterLayout *layout, GError **error)
{
  g_auto (GStrv) scripts = desk_letter_layout_unknown_scripts (layout);

  if (layout->refusal)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, layout->refusal);
  else if (*scripts)
    g_set_error (error, DESK_ERROR, DESK_ERROR_REFUSED, "font-missing-%s", *scripts);
  return !layout->refusal && !*scripts;
}
