/* Labels and the command sheet as PDF. */
#include "desk-label-pen.h"
#include "desk-labels.h"
#include "desk-pages-pdf.h"

#define A4_WIDTH 595.276
#define A4_HEIGHT 841.890

typedef struct
{
  const GPtrArray *labels;
  const DeskLabelStock *stock;
  GError *error; /* what first went wrong */
} Drawing;

static void
draw_label (gpointer data, cairo_t *cr, guint page)
{
  Drawing *drawing = data;
  g_autoptr (GError) error = NULL;

  if (!desk_labels_draw (drawing->labels->pdata[page], drawing->stock, cr, &error) && !drawing->error)
    drawing->error = g_steal_pointer (&error);
}

/* Writes one label a page, each page of the paper's size, to a descriptor that stays open. */
gboolean
desk_labels_write_pdf (const GPtrArray *labels, const DeskLabelStock *stock, int fd, GError **error)
{
  Drawing drawing = { labels, stock, NULL };
  double width = stock->width * DESK_POINTS_PER_MM, height = stock->height * DESK_POINTS_PER_MM;
  g_autoptr (GError) unwritten = NULL;
  gboolean written = desk_pages_write_pdf (NULL, width, height, labels->len, draw_label, &drawing, fd, &unwritten);

  if (!drawing.error && written)
    return TRUE;
  g_propagate_error (error, drawing.error ? drawing.error : g_steal_pointer (&unwritten));
  return FALSE;
}

/* ── the command sheet ───────────────────────────────────────────────────────────────────────── */

/* Two columns of DataMatrix codes with what each does beside it, on A4. */
void
desk_labels_draw_sheet (const char *title, const DeskLabelCommand *commands, guint n, cairo_t *cr)
{
  double margin = 18 * DESK_POINTS_PER_MM, width = (A4_WIDTH - 2 * margin) / 2, height = 34 * DESK_POINTS_PER_MM;
  DeskLabelPen pen;

  desk_label_pen_init (&pen, cr, 1);
  desk_label_pen_line (&pen, margin, margin, 2 * width, 18, DESK_LABEL_BOLD, title);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DeskSymbol) symbol = desk_symbol_new (DESK_SYMBOL_DATAMATRIX, commands[i].code, NULL);
      double x = margin + (i % 2) * width, y = margin + 15 * DESK_POINTS_PER_MM + (i / 2) * height;

      if (!symbol)
        continue;
      /* Far apart, so that the light of a scanner never falls on two. */
      desk_symbol_draw (symbol, cr, x, y, 18 * DESK_POINTS_PER_MM / desk_symbol_rows (symbol), 0);
      desk_label_pen_line (&pen, x + 23 * DESK_POINTS_PER_MM, y + 3 * DESK_POINTS_PER_MM, width - 28 * DESK_POINTS_PER_MM, 14, DESK_LABEL_BOLD,
                           commands[i].words);
      desk_label_pen_line (&pen, x + 23 * DESK_POINTS_PER_MM, y + 12 * DESK_POINTS_PER_MM, width - 28 * DESK_POINTS_PER_MM, 9, DESK_LABEL_PLAIN,
                           commands[i].code);
    }
  desk_label_pen_clear (&pen);
}

typedef struct
{
  const char *title;
  const DeskLabelCommand *commands;
  guint n;
} Sheet;

static void
draw_sheet (gpointer data, cairo_t *cr, guint page)
{
  const Sheet *sheet = data;

  desk_labels_draw_sheet (sheet->title, sheet->commands, sheet->n, cr);
}

gboolean
desk_labels_write_sheet (const char *title, const DeskLabelCommand *commands, guint n, int fd, GError **error)
{
  Sheet sheet = { title, commands, n };

  return desk_pages_write_pdf (title, A4_WIDTH, A4_HEIGHT, 1, draw_sheet, &sheet, fd, error);
}
