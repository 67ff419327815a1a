#include "desk-book-print.h"

#include <pango/pangocairo.h>

#include "desk-pages-pdf.h"
#include "desk-pdf-text.h"

#define FAMILY "Noto Sans, Noto Sans CJK JP, DejaVu Sans"
#define A4_SHORT 595.276
#define A4_LONG 841.890
#define MARGIN 28.35 /* 10 mm */
#define HEAD 40
#define FOOT 16
#define GUTTER 34
#define HEADING 26
#define UPRIGHT 4 /* columns that still fit a sheet that stands */
#define ABREAST 7 /* and one that lies */

typedef struct
{
  const DeskBookPrint *print;
  cairo_t *cr;
  PangoLayout *layout;
  double width, height;
} Pen;

static void
column_clear (gpointer data)
{
  DeskBookPrintColumn *column = data;

  g_free (column->title);
  g_free (column->subtitle);
  g_free (column->closed);
}

static void
box_clear (gpointer data)
{
  DeskBookPrintBox *box = data;

  g_free (box->time);
  g_free (box->name);
  g_free (box->detail);
  g_free (box->marks);
  g_free (box->letter);
}

static void
block_clear (gpointer data)
{
  g_free (((DeskBookPrintBlock *) data)->words);
}

static void
day_clear (gpointer data)
{
  DeskBookPrintDay *day = data;

  g_free (day->number);
  g_free (day->note);
  g_strfreev (day->lines);
}

/* Empty; the arrays own what is appended to them. */
DeskBookPrint *
desk_book_print_new (const char *language, const char *title, const char *clinic, const char *foot)
{
  DeskBookPrint *print = g_new0 (DeskBookPrint, 1);

  print->language = g_strdup (language);
  print->title = g_strdup (title);
  print->clinic = g_strdup (clinic);
  print->foot = g_strdup (foot);
  print->columns = g_array_new (FALSE, TRUE, sizeof (DeskBookPrintColumn));
  print->boxes = g_array_new (FALSE, TRUE, sizeof (DeskBookPrintBox));
  print->blocks = g_array_new (FALSE, TRUE, sizeof (DeskBookPrintBlock));
  print->days = g_array_new (FALSE, TRUE, sizeof (DeskBookPrintDay));
  g_array_set_clear_func (print->columns, column_clear);
  g_array_set_clear_func (print->boxes, box_clear);
  g_array_set_clear_func (print->blocks, block_clear);
  g_array_set_clear_func (print->days, day_clear);
  return print;
}

void
desk_book_print_free (DeskBookPrint *print)
{
  g_free (print->language);
  g_free (print->title);
  g_free (print->clinic);
  g_free (print->foot);
  g_array_unref (print->columns);
  g_array_unref (print->boxes);
  g_array_unref (print->blocks);
  g_array_unref (print->days);
  for (guint i = 0; i < G_N_ELEMENTS (print->weekdays); i++)
    g_free (print->weekdays[i]);
  g_free (print);
}

/* Whether the sheets lie: weeks, months, and days of more columns than a standing sheet takes. */
gboolean
desk_book_print_landscape (const DeskBookPrint *print)
{
  return print->days->len > 0 || print->columns->len > UPRIGHT;
}

/* Columns that go side by side are spread evenly over the sheets. */
static guint
columns_a_page (const DeskBookPrint *print)
{
  guint pages = (print->columns->len + ABREAST - 1) / ABREAST;

  return pages == 0 ? 1 : (print->columns->len + pages - 1) / pages;
}

guint
desk_book_print_pages (const DeskBookPrint *print)
{
  guint each = columns_a_page (print);

  return print->days->len > 0 ? 1 : MAX ((print->columns->len + each - 1) / each, 1);
}

/* ── the pen ─────────────────────────────────────────────────────────────────────────────────── */

static void
pen_init (Pen *pen, const DeskBookPrint *print, cairo_t *cr)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  pen->print = print;
  pen->cr = cr;
  pen->layout = pango_cairo_create_layout (cr);
  pen->width = desk_book_print_landscape (print) ? A4_LONG : A4_SHORT;
  pen->height = desk_book_print_landscape (print) ? A4_SHORT : A4_LONG;
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  PangoContext *context = pango_layout_get_context (pen->layout);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string (print->language));
  pango_layout_set_auto_dir (pen->layout, FALSE); /* names of any script begin at the same edge */
  pango_layout_set_ellipsize (pen->layout, PANGO_ELLIPSIZE_END);
  cairo_font_options_destroy (options);
}

/* One line, cut to the width; its height. */
static double
write_line (Pen *pen, const char *words, double x, double y, double width, double size, gboolean bold, PangoAlignment align)
{
  PangoFontDescription *font = pango_font_description_from_string (FAMILY);
  int height;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (pen->layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (pen->layout, (int) (MAX (width, 1) * PANGO_SCALE));
  pango_layout_set_alignment (pen->layout, align);
  pango_layout_set_text (pen->layout, words ? words : "", -1);
  pango_layout_get_size (pen->layout, NULL, &height);
  cairo_move_to (pen->cr, x, y);
  desk_text_show_layout (pen->cr, pen->layout);
  return (double) height / PANGO_SCALE;
}

static void
line (Pen *pen, double x, double y, double dx, double dy, double width, double gray)
{
  cairo_set_source_rgb (pen->cr, gray, gray, gray);
  cairo_set_line_width (pen->cr, width);
  cairo_move_to (pen->cr, x, y);
  cairo_rel_line_to (pen->cr, dx, dy);
  cairo_stroke (pen->cr);
  cairo_set_source_rgb (pen->cr, 0, 0, 0);
}

/* Thin slanted lines, which any printer and any copier keeps. */
static void
hatch (Pen *pen, double x, double y, double width, double height)
{
  cairo_save (pen->cr);
  cairo_rectangle (pen->cr, x, y, width, height);
  cairo_clip (pen->cr);
  cairo_set_source_rgb (pen->cr, 0.72, 0.72, 0.72);
  cairo_set_line_width (pen->cr, 0.4);
  for (double at = -height; at < width; at += 6)
    {
      cairo_move_to (pen->cr, x + at, y + height);
      cairo_rel_line_to (pen->cr, height, -height);
    }
  cairo_stroke (pen->cr);
  cairo_restore (pen->cr);
}

static void
draw_frame (Pen *pen, guint page)
{
  double wide = pen->width - 2 * MARGIN;
  g_autofree char *number = g_strdup_printf ("%u / %u", page + 1, desk_book_print_pages (pen->print));

  cairo_set_source_rgb (pen->cr, 0, 0, 0);
  write_line (pen, pen->print->title, MARGIN, MARGIN, wide * 0.7, 15, TRUE, PANGO_ALIGN_LEFT);
  write_line (pen, pen->print->clinic, MARGIN + wide * 0.7, MARGIN + 4, wide * 0.3, 9, FALSE, PANGO_ALIGN_RIGHT);
  write_line (pen, pen->print->foot, MARGIN, pen->height - MARGIN - 9, wide * 0.8, 7.5, FALSE, PANGO_ALIGN_LEFT);
  write_line (pen, number, MARGIN + wide * 0.8, pen->height - MARGIN - 9, wide * 0.2, 7.5, FALSE, PANGO_ALIGN_RIGHT);
}

/* ── a day, a week ───────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  double left, top, width, height; /* of the columns, without gutter and headings */
  double minute, column;           /* height of one, width of the other */
  guint first, n;                  /* columns on this page */
} Sheet;

static double
y_of (const Pen *pen, const Sheet *sheet, int minute)
{
  return sheet->top + (CLAMP (minute, pen->print->from, pen->print->until) - pen->print->from) * sheet->minute;
}

static void
draw_column (Pen *pen, const Sheet *sheet, guint index)
{
  const DeskBookPrintColumn *column = &g_array_index (pen->print->columns, DeskBookPrintColumn, index);
  double x = sheet->left + (index - sheet->first) * sheet->column, bottom = sheet->top + sheet->height;

  write_line (pen, column->title, x + 2, sheet->top - HEADING, sheet->column - 4, 9.5, TRUE, PANGO_ALIGN_CENTER);
  write_line (pen, column->subtitle, x + 2, sheet->top - HEADING + 13, sheet->column - 4, 7.5, FALSE, PANGO_ALIGN_CENTER);
  if (column->closed)
    {
      hatch (pen, x, sheet->top, sheet->column, sheet->height);
      write_line (pen, column->closed, x + 3, y_of (pen, sheet, column->opens) + 3, sheet->column - 6, 9, TRUE, PANGO_ALIGN_CENTER);
    }
  else
    {
      hatch (pen, x, sheet->top, sheet->column, y_of (pen, sheet, column->opens) - sheet->top);
      hatch (pen, x, y_of (pen, sheet, column->closes), sheet->column, bottom - y_of (pen, sheet, column->closes));
    }
  line (pen, x, sheet->top - HEADING, 0, sheet->height + HEADING, 0.5, 0.4);
}

static void
white (Pen *pen, double x, double y, double width, double height)
{
  cairo_set_source_rgb (pen->cr, 1, 1, 1);
  cairo_rectangle (pen->cr, x, y, width, height);
  cairo_fill (pen->cr);
  cairo_set_source_rgb (pen->cr, 0, 0, 0);
}

static void
draw_block (Pen *pen, const Sheet *sheet, const DeskBookPrintBlock *block)
{
  double x = sheet->left + (block->column - sheet->first) * sheet->column, y = y_of (pen, sheet, block->from);

  hatch (pen, x, y, sheet->column, y_of (pen, sheet, block->until) - y);
  white (pen, x + 4, y + 1, sheet->column - 8, 10);
  write_line (pen, block->words, x + 4, y + 1, sheet->column - 8, 7.5, FALSE, PANGO_ALIGN_CENTER);
}

/* Time and name first, and of the rest what there is room for. */
static void
draw_box (Pen *pen, const Sheet *sheet, const DeskBookPrintBox *box)
{
  double width = (sheet->column - 4) / box->lanes, y = y_of (pen, sheet, box->from);
  double x = sheet->left + (box->column - sheet->first) * sheet->column + 2 + box->lane * width;
  double height = MAX (y_of (pen, sheet, box->until) - y - 1, 9), size = height < 20 ? 7 : 7.8, step = size * 1.3;
  gboolean narrow = width < 62;
  g_autofree char *first = g_strdup_printf ("%s %s", box->letter, box->time);

  white (pen, x, y, width - 1.5, height);
  cairo_save (pen->cr);
  cairo_rectangle (pen->cr, x, y, width - 1.5, height);
  cairo_set_line_width (pen->cr, 0.7);
  if (box->dashed)
    cairo_set_dash (pen->cr, (double[]){ 3, 2 }, 2, 0);
  cairo_stroke_preserve (pen->cr);
  cairo_clip (pen->cr);
  if (narrow) /* the place says the time; the few letters that fit say who */
    {
      write_line (pen, box->name, x + 1.5, y + 0.5, 200, size, FALSE, PANGO_ALIGN_LEFT);
      write_line (pen, box->time, x + 1.5, y + 0.5 + step, 200, size - 1, TRUE, PANGO_ALIGN_LEFT);
    }
  else if (height < 2 * step)
    {
      write_line (pen, first, x + 2, y + 0.5, 40, size, TRUE, PANGO_ALIGN_LEFT);
      write_line (pen, box->name, x + 38, y + 0.5, width - 42, size, FALSE, PANGO_ALIGN_LEFT);
    }
  else
    {
      write_line (pen, first, x + 2, y + 0.5, width - 5, size, TRUE, PANGO_ALIGN_LEFT);
      write_line (pen, box->marks, x + 40, y + 0.5, width - 45, size, FALSE, PANGO_ALIGN_RIGHT);
      write_line (pen, box->name, x + 2, y + 0.5 + step, width - 5, size, FALSE, PANGO_ALIGN_LEFT);
    }
  if (height >= 3 * step)
    write_line (pen, box->detail, x + (narrow ? 1.5 : 2), y + 0.5 + 2 * step, narrow ? 200 : width - 5, size, FALSE, PANGO_ALIGN_LEFT);
  cairo_restore (pen->cr);
}

static void
draw_columns (Pen *pen, guint page)
{
  const DeskBookPrint *print = pen->print;
  guint each = columns_a_page (print);
  Sheet sheet = { .left = MARGIN + GUTTER, .top = MARGIN + HEAD + HEADING, .first = page * each };

  sheet.n = MIN (each, print->columns->len - sheet.first);
  sheet.width = pen->width - MARGIN - sheet.left;
  sheet.height = pen->height - MARGIN - FOOT - sheet.top;
  sheet.column = sheet.width / MAX (each, 1);
  sheet.minute = sheet.height / MAX (print->until - print->from, 60);
  for (int minute = print->from; minute <= print->until; minute += 30)
    {
      g_autofree char *words = g_strdup_printf ("%02d:00", minute / 60);

      line (pen, sheet.left, y_of (pen, &sheet, minute), sheet.n * sheet.column, 0, 0.4, minute % 60 ? 0.85 : 0.55);
      if (minute % 60 == 0 && minute < print->until)
        write_line (pen, words, MARGIN, y_of (pen, &sheet, minute), GUTTER - 4, 8, FALSE, PANGO_ALIGN_LEFT);
    }
  for (guint i = 0; i < sheet.n; i++)
    draw_column (pen, &sheet, sheet.first + i);
  line (pen, sheet.left + sheet.n * sheet.column, sheet.top - HEADING, 0, sheet.height + HEADING, 0.5, 0.4);
  for (guint i = 0; i < print->blocks->len; i++)
    {
      const DeskBookPrintBlock *block = &g_array_index (print->blocks, DeskBookPrintBlock, i);

      if (block->column >= sheet.first && block->column < sheet.first + sheet.n)
        draw_block (pen, &sheet, block);
    }
  for (guint i = 0; i < print->boxes->len; i++)
    {
      const DeskBookPrintBox *box = &g_array_index (print->boxes, DeskBookPrintBox, i);

      if (box->column >= sheet.first && box->column < sheet.first + sheet.n)
        draw_box (pen, &sheet, box);
    }
}

/* ── a month ─────────────────────────────────────────────────────────────────────────────────── */

static void
draw_day (Pen *pen, const DeskBookPrintDay *day, double x, double y, double width, double height)
{
  double at = y + 15;
  guint n = day->lines ? g_strv_length (day->lines) : 0, room = (guint) MAX ((height - 16) / 10, 0);

  if (day->closed)
    hatch (pen, x, y, width, height);
  line (pen, x, y, width, 0, 0.5, 0.4);
  line (pen, x, y, 0, height, 0.5, 0.4);
  cairo_set_source_rgb (pen->cr, day->outside ? 0.5 : 0, day->outside ? 0.5 : 0, day->outside ? 0.5 : 0);
  write_line (pen, day->number, x + 4, y + 2, 20, 10, TRUE, PANGO_ALIGN_LEFT);
  write_line (pen, day->note, x + 24, y + 3, width - 27, 8, TRUE, PANGO_ALIGN_LEFT);
  if (day->today)
    {
      cairo_set_line_width (pen->cr, 1);
      cairo_rectangle (pen->cr, x + 1.5, y + 1.5, width - 3, height - 3);
      cairo_stroke (pen->cr);
    }
  for (guint i = 0; i < n && i < room; i++, at += 10)
    write_line (pen, i + 1 == room && n > room ? "…" : day->lines[i], x + 4, at, width - 8, 8, FALSE, PANGO_ALIGN_LEFT);
}

static void
draw_month (Pen *pen)
{
  const DeskBookPrint *print = pen->print;
  double top = MARGIN + HEAD + 8, width = (pen->width - 2 * MARGIN) / 7;
  double height = (pen->height - MARGIN - FOOT - top) / MAX (print->days->len / 7, 1);

  for (guint i = 0; i < 7; i++)
    write_line (pen, print->weekdays[i], MARGIN + i * width, top - 15, width, 9.5, TRUE, PANGO_ALIGN_CENTER);
  for (guint i = 0; i < print->days->len; i++)
    draw_day (pen, &g_array_index (print->days, DeskBookPrintDay, i), MARGIN + i % 7 * width, top + i / 7 * height, width, height);
  cairo_set_source_rgb (pen->cr, 0.4, 0.4, 0.4);
  cairo_set_line_width (pen->cr, 0.5);
  cairo_rectangle (pen->cr, MARGIN, top, 7 * width, print->days->len / 7 * height);
  cairo_stroke (pen->cr);
}

/* Draws one sheet, in points from its upper left corner. */
void
desk_book_print_draw (const DeskBookPrint *print, cairo_t *cr, guint page)
{
  Pen pen;

  pen_init (&pen, print, cr);
  draw_frame (&pen, page);
  if (print->days->len > 0)
    draw_month (&pen);
  else
    draw_columns (&pen, page);
  g_object_unref (pen.layout);
}

static void
draw_sheet (gpointer print, cairo_t *cr, guint page)
{
  desk_book_print_draw (print, cr, page);
}

/* Writes all sheets to a descriptor that stays open. */
gboolean
desk_book_print_write_pdf (const DeskBookPrint *print, int fd, GError **error)
{
  gboolean lies = desk_book_print_landscape (print);

  return desk_pages_write_pdf (print->title, lies ? A4_LONG : A4_SHORT, lies ? A4_SHORT : A4_LONG, desk_book_print_pages (print), draw_sheet,
                               (gpointer) print, fd, error);
}
