/* The one drawing of a page: preview, printer and PDF all come through here. */
#include "desk-letter-marks.h"
#include "desk-letter-page-private.h"
#include "desk-letter-page.h"
#include "desk-pdf-text.h"

#define MARGIN ((DESK_PAPER_WIDTH - DESK_TEXT_WIDTH) / 2)
#define FOOT_TOP (DESK_PAPER_HEIGHT - 44.0)
#define MARK_TOP 24.0
#define COPY_TOP 11.0
#define NUMBER_SIZE 27.0 /* of the code at the foot */

static void
draw_lines (cairo_t *cr, const DeskRowCell *cell, double x, double y, guint from, guint to)
{
  double top = from < to ? g_array_index (cell->lines, DeskRowLine, from).top : 0;

  for (guint i = from; i < to; i++)
    {
      const DeskRowLine *line = &g_array_index (cell->lines, DeskRowLine, i);

      cairo_move_to (cr, x + line->x, y + line->baseline - top);
      desk_text_show_line (cr, line->line);
    }
}

static void
draw_cell_texts (cairo_t *cr, const DeskPlaced *placed)
{
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < placed->row->cells->len; i++)
    {
      const DeskRowCell *cell = g_ptr_array_index (placed->row->cells, i);

      draw_lines (cr, cell, cell->x + cell->indent, placed->y + placed->row->padding, placed->from[i], placed->to[i]);
    }
}

static void
fill_box (cairo_t *cr, double x, double y, double width, double height, double grey)
{
  cairo_set_source_rgb (cr, grey, grey, grey);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
}

static void
draw_box (cairo_t *cr, double x, double y, double width, double height, double grey)
{
  cairo_set_source_rgb (cr, grey, grey, grey);
  cairo_set_line_width (cr, 0.5);
  cairo_rectangle (cr, x, y, width, height);
  cairo_stroke (cr);
}

static void
draw_framed (cairo_t *cr, const DeskPlaced *placed)
{
  for (guint i = 0; i < placed->row->cells->len; i++)
    {
      const DeskRowCell *cell = g_ptr_array_index (placed->row->cells, i);
      gboolean label = placed->row->kind == DESK_ROW_HEAD || (placed->row->kind == DESK_ROW_FIELD && i == 0);

      if (label)
        fill_box (cr, cell->x, placed->y, cell->width, placed->height, 0.94);
      draw_box (cr, cell->x, placed->y, cell->width, placed->height, 0.45);
    }
  draw_cell_texts (cr, placed);
}

static void
draw_total (cairo_t *cr, const DeskPlaced *placed)
{
  draw_framed (cr, placed);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, 1.2);
  cairo_move_to (cr, 0, placed->y);
  cairo_line_to (cr, DESK_TEXT_WIDTH, placed->y);
  cairo_stroke (cr);
}

static void
draw_check (cairo_t *cr, const DeskPlaced *placed)
{
  double x = placed->row->rtl ? DESK_TEXT_WIDTH - 11.5 : 3;

  if (placed->from[0] == 0)
    draw_box (cr, x, placed->y + 2.5, 8.5, 8.5, 0);
  if (placed->row->ticked && placed->from[0] == 0)
    {
      cairo_set_line_width (cr, 1.3);
      cairo_move_to (cr, x + 1.5, placed->y + 6.5);
      cairo_line_to (cr, x + 3.7, placed->y + 9);
      cairo_line_to (cr, x + 7.5, placed->y + 4);
      cairo_stroke (cr);
    }
  draw_cell_texts (cr, placed);
}

static void
draw_layout (cairo_t *cr, const DeskRowCell *cell, double x, double y)
{
  cairo_move_to (cr, x, y);
  desk_text_show_layout (cr, cell->layout);
}

static void
draw_seal (cairo_t *cr, const DeskRowCell *seal, double y, double height)
{
  static const double dashes[] = { 2, 2 };
  double top = y + (height - DESK_SEAL_SIZE) / 2;

  cairo_save (cr);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  draw_box (cr, seal->x, top, DESK_SEAL_SIZE, DESK_SEAL_SIZE, 0.5);
  cairo_restore (cr);
  cairo_set_source_rgb (cr, 0.6, 0.6, 0.6);
  draw_layout (cr, seal, seal->x, top + DESK_SEAL_SIZE / 2 - 6);
}

/* At the end of a line to write on. */
static void
draw_ink (cairo_t *cr, const DeskPlaced *placed, const DeskRowCell *cell, double bottom)
{
  double width = DESK_INK_HEIGHT * DESK_INK_ASPECT;
  double x = placed->row->rtl ? cell->x + cell->indent : cell->x + cell->width - cell->indent - width;

  desk_letter_ink_draw (placed->row->ink, cr, x, bottom - DESK_INK_HEIGHT, DESK_INK_HEIGHT);
}

/* The role, then lines to write on; a name already known stands on its line. */
static void
draw_signature (cairo_t *cr, const DeskPlaced *placed)
{
  double y = placed->y;

  draw_box (cr, 0, placed->y, DESK_TEXT_WIDTH, placed->height, 0.45);
  for (guint i = 0; i < placed->row->cells->len; i++, y += DESK_WRITE_LINE)
    {
      const DeskRowCell *cell = g_ptr_array_index (placed->row->cells, i);

      if (i == placed->row->ink_line && placed->row->ink)
        y += DESK_INK_HEIGHT - DESK_WRITE_LINE;
      cairo_set_source_rgb (cr, 0, 0, 0);
      draw_layout (cr, cell, cell->x + cell->indent, y + (i ? 7 : 4));
      if (i == 0)
        continue;
      cairo_set_source_rgb (cr, 0.6, 0.6, 0.6);
      cairo_set_line_width (cr, 0.5);
      cairo_move_to (cr, cell->x + cell->indent, y + DESK_WRITE_LINE);
      cairo_line_to (cr, cell->x + cell->width - cell->indent, y + DESK_WRITE_LINE);
      cairo_stroke (cr);
      if (i == placed->row->ink_line && placed->row->ink)
        draw_ink (cr, placed, cell, y + DESK_WRITE_LINE);
    }
  if (placed->row->seal)
    draw_seal (cr, placed->row->seal, placed->y, placed->height);
}

static void
draw_barcode (cairo_t *cr, const DeskPlaced *placed)
{
  const DeskRow *row = placed->row;

  if (row->symbol)
    desk_symbol_draw (row->symbol, cr, row->x, placed->y, row->width / desk_symbol_columns (row->symbol), placed->height);
}

static void
draw_image (cairo_t *cr, const DeskPlaced *placed)
{
  if (placed->row->picture)
    desk_letter_picture_draw (placed->row->picture, cr, placed->row->x, placed->y, placed->height);
}

static void
draw_note (cairo_t *cr, const DeskPlaced *placed)
{
  draw_box (cr, 0, placed->y, DESK_TEXT_WIDTH, placed->height, 0.45);
  draw_cell_texts (cr, placed);
}

static void
draw_rule (cairo_t *cr, const DeskPlaced *placed)
{
  cairo_set_source_rgb (cr, 0.45, 0.45, 0.45);
  cairo_set_line_width (cr, 0.5);
  cairo_move_to (cr, 0, placed->y + placed->height / 2);
  cairo_line_to (cr, DESK_TEXT_WIDTH, placed->y + placed->height / 2);
  cairo_stroke (cr);
}

static void (*const drawers[]) (cairo_t *, const DeskPlaced *) = {
  [DESK_ROW_TEXT] = draw_cell_texts, [DESK_ROW_NOTE] = draw_note,   [DESK_ROW_FIELD] = draw_framed,
  [DESK_ROW_HEAD] = draw_framed,     [DESK_ROW_TABLE] = draw_framed, [DESK_ROW_TOTAL] = draw_total,
  [DESK_ROW_CHECK] = draw_check,     [DESK_ROW_BARCODE] = draw_barcode, [DESK_ROW_IMAGE] = draw_image,
  [DESK_ROW_SIGNATURE] = draw_signature, [DESK_ROW_RULE] = draw_rule, [DESK_ROW_SPACE] = NULL,
  [DESK_ROW_BREAK] = NULL,
};

/* Large and grey behind the text, as an outline: whoever copies the text out of the PDF does not get it in between. */
static void
draw_copy_words (cairo_t *cr, const DeskRowCell *words)
{
  cairo_save (cr);
  cairo_translate (cr, DESK_TEXT_WIDTH / 2, DESK_PAPER_HEIGHT / 2);
  cairo_rotate (cr, -G_PI / 5);
  cairo_move_to (cr, -words->width / 2, -20);
  pango_cairo_layout_path (cr, words->layout);
  cairo_set_source_rgb (cr, 0.87, 0.87, 0.87);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_foot (const DeskLetterLayout *layout, cairo_t *cr, const DeskRowCell *page_foot)
{
  cairo_set_source_rgb (cr, 0.35, 0.35, 0.35);
  cairo_set_line_width (cr, 0.5);
  cairo_move_to (cr, 0, FOOT_TOP - 4);
  cairo_line_to (cr, DESK_TEXT_WIDTH, FOOT_TOP - 4);
  cairo_stroke (cr);
  draw_layout (cr, layout->foot, layout->foot->x, FOOT_TOP);
  draw_layout (cr, page_foot, page_foot->x, FOOT_TOP);
  if (layout->number)
    desk_symbol_draw (layout->number, cr, layout->rtl ? 0 : DESK_TEXT_WIDTH - NUMBER_SIZE, FOOT_TOP,
                      NUMBER_SIZE / desk_symbol_columns (layout->number), NUMBER_SIZE);
}

/* Draws a page (from 0) in points, its upper left corner at the origin; white is left unpainted. */
void
desk_letter_layout_draw (const DeskLetterLayout *layout, cairo_t *cr, guint page)
{
  g_return_if_fail (page < layout->pages->len);
  const GArray *placed = g_ptr_array_index (layout->pages, page);

  cairo_save (cr);
  cairo_translate (cr, MARGIN, 0);
  if (layout->copy_words)
    draw_copy_words (cr, layout->copy_words);
  for (guint i = 0; i < placed->len; i++)
    {
      const DeskPlaced *item = &g_array_index (placed, DeskPlaced, i);
      if (drawers[item->row->kind])
        drawers[item->row->kind](cr, item);
    }
  draw_foot (layout, cr, g_ptr_array_index (layout->page_feet, page));
  cairo_set_source_rgb (cr, 0.75, 0, 0);
  if (layout->mark)
    draw_layout (cr, layout->mark, 0, MARK_TOP);
  if (layout->copy_mark)
    draw_layout (cr, layout->copy_mark, layout->copy_mark->x, COPY_TOP);
  cairo_restore (cr);
}
