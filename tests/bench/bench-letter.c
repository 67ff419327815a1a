/* Letters against bare pango and cairo in the same run: the bilingual consent to PDF, the preview after a keystroke in its
 * template, and a thousand labels against bare cairo and zint.
 *
 *   bench-letter [ROUNDS] */
#include <cairo-pdf.h>
#include <fcntl.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zint.h>

#include "desk-labels.h"
#include "desk-letter-page.h"
#include "desk-letter-reader.h"

#define N_LABELS 1000

static gsize written;

static cairo_status_t
count (void *closure, const unsigned char *data, unsigned int length)
{
  written += length;
  return CAIRO_STATUS_SUCCESS;
}

/* Every field of the table has a value. */
static DeskFields *
fill_all (void)
{
  DeskFields *fields = desk_fields_new ();
  guint n;
  const DeskFieldInfo *infos = desk_letter_field_infos (&n);

  for (guint i = 0; i < n; i++)
    if (desk_letter_field_list (&infos[i]) || infos[i].kind == DESK_FIELD_IMAGE || infos[i].kind == DESK_FIELD_INK)
      continue;
    else if (infos[i].kind == DESK_FIELD_LIST)
      desk_fields_add (fields, infos[i].name);
    else if (infos[i].kind == DESK_FIELD_DAY)
      desk_fields_set_day (fields, infos[i].name, "2026-11-22");
    else
      desk_fields_set (fields, infos[i].name, infos[i].kind == DESK_FIELD_CODE ? "Y26-000123-X" : "A value 値");
  return fields;
}

static DeskLetter *
compose (const char *xml, const DeskFields *fields)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_read (xml, -1, &error);
  DeskLetter *letter = template_ ? desk_letter_fill (template_, fields, "en", 20779, &error) : NULL;

  if (!letter)
    g_error ("%s", error->message);
  return letter;
}

/* ── the same words, bare ── */

typedef struct
{
  cairo_t *cr;
  PangoLayout *layout;
  double y, width, height, room;
} Bare;

static void
bare_text (Bare *bare, const DeskText *text, double x, double width, gboolean bold)
{
  gboolean japanese = g_str_equal (text->language, "ja");
  PangoFontDescription *font = pango_font_description_from_string (japanese ? "Noto Sans CJK JP, Noto Sans 9.5" : "Noto Sans, Noto Sans CJK JP 9.5");
  g_autoptr (GString) words = g_string_new (NULL);
  int height;

  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);

  for (guint i = 0; i < text->runs->len; i++)
    g_string_append (words, ((DeskRun *) g_ptr_array_index (text->runs, i))->text);
  pango_layout_set_font_description (bare->layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (bare->layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (bare->layout, words->str, (int) words->len);
  pango_layout_get_pixel_size (bare->layout, NULL, &height);
  if (bare->y + height > DESK_PAPER_HEIGHT - 58)
    {
      cairo_show_page (bare->cr);
      bare->y = 50;
    }
  cairo_move_to (bare->cr, 51 + x, bare->y);
  pango_cairo_show_layout (bare->cr, bare->layout);
  bare->height = MAX (bare->height, height + 5);
}

static void
bare_block (Bare *bare, const DeskBlock *block)
{
  double width = 493.0 / MAX (block->texts->len, 1);

  for (guint i = 0; i < block->texts->len; i++)
    bare_text (bare, g_ptr_array_index (block->texts, i), i * width, width - 8, block->level > 0 && block->kind != DESK_BLOCK_CELL);
  bare->y += bare->height;
  bare->height = 0;
  for (guint i = 0; i < block->children->len; i++)
    bare_block (bare, g_ptr_array_index (block->children, i));
}

static void
bare_draw (const DeskLetter *letter, cairo_t *cr)
{
  Bare bare = { .cr = cr, .layout = pango_cairo_create_layout (cr), .y = 50 };

  pango_cairo_context_set_resolution (pango_layout_get_context (bare.layout), 72);
  for (guint i = 0; i < letter->blocks->len; i++)
    bare_block (&bare, g_ptr_array_index (letter->blocks, i));
  cairo_show_page (cr);
  g_object_unref (bare.layout);
}

static void
bare_pdf (const DeskLetter *letter)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (count, NULL, DESK_PAPER_WIDTH, DESK_PAPER_HEIGHT);
  cairo_t *cr = cairo_create (surface);

  bare_draw (letter, cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
}

/* ── measuring ── */

static int
by_value (gconstpointer a, gconstpointer b)
{
  return (*(const double *) a > *(const double *) b) - (*(const double *) a < *(const double *) b);
}

static double
median (double *times, int n)
{
  qsort (times, (gsize) n, sizeof *times, by_value);
  return times[n / 2];
}

static double
since (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / 1000;
}

static void
bench_pdf (const char *xml, const DeskFields *fields, int rounds)
{
  g_autofree double *ours = g_new (double, rounds), *bare = g_new (double, rounds);
  double first_ours = 0, first_bare = 0;
  guint pages = 0;
  gsize bytes = 0;

  for (int i = -1; i < rounds; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (DeskLetter) letter = compose (xml, fields);
      g_autoptr (DeskLetterLayout) layout = desk_letter_layout_new (letter, NULL);
      g_autoptr (GBytes) pdf = desk_letter_pdf_bytes (layout, NULL, &error);

      g_assert_no_error (error);
      *(i < 0 ? &first_ours : &ours[i]) = since (begin);
      pages = desk_letter_layout_n_pages (layout);
      bytes = g_bytes_get_size (pdf);
      begin = g_get_monotonic_time ();
      bare_pdf (letter);
      *(i < 0 ? &first_bare : &bare[i]) = since (begin);
    }
  double a = median (ours, rounds), b = median (bare, rounds);
  g_print ("consent to PDF, %u pages, %zu kB: %.1f ms; bare pango and cairo %.1f ms (%zu kB); ratio %.2f (first time %.1f and %.1f)\n", pages,
           bytes / 1024, a, b, written / 1024 / (gsize) (rounds + 1), a / b, first_ours, first_bare);
}

static void
bench_preview (const char *xml, const DeskFields *fields, int rounds)
{
  g_autofree double *ours = g_new (double, rounds), *bare = g_new (double, rounds);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 720, 1018);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, 720 / DESK_PAPER_WIDTH, 720 / DESK_PAPER_WIDTH);
  for (int i = 0; i < rounds; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (DeskLetter) letter = compose (xml, fields);
      g_autoptr (DeskLetterLayout) layout = desk_letter_layout_new (letter, NULL);

      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
      desk_letter_layout_draw (layout, cr, 0);
      ours[i] = since (begin);
      begin = g_get_monotonic_time ();
      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
      cairo_set_source_rgb (cr, 0, 0, 0);
      bare_draw (letter, cr);
      bare[i] = since (begin);
    }
  double a = median (ours, rounds), b = median (bare, rounds);
  g_print ("preview after a keystroke (read, check, fill, lay out all, draw a page): %.1f ms; bare laying out and drawing all %.1f ms; ratio %.2f\n",
           a, b, a / b);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* ── labels ── */

static void
set (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static GPtrArray *
make_labels (void)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_label_data_free);

  for (int i = 0; i < N_LABELS; i++)
    {
      DeskLabelData *data = desk_label_data_new (DESK_LABEL_CARD);
      g_autofree char *code = g_strdup_printf ("P26-%06d-X", i), *name = g_strdup_printf ("NGUYEN, Thi Minh Khai %d", i);

      set (&data->code, code);
      set (&data->number, code);
      set (&data->patient, name);
      set (&data->patient_native, "阮氏明凱");
      set (&data->birth, "1985-04-03");
      set (&data->chart, code);
      set (&data->clinic, "Ginza Kaiin Clinic  銀座回因クリニック");
      g_ptr_array_add (labels, data);
    }
  return labels;
}

static void
bare_code (cairo_t *cr, const char *code, double x, double y)
{
  struct zint_symbol *symbol = ZBarcode_Create ();

  symbol->symbology = BARCODE_DATAMATRIX;
  symbol->input_mode = DATA_MODE;
  symbol->option_3 = DM_SQUARE;
  if (ZBarcode_Encode (symbol, (const unsigned char *) code, (int) strlen (code)) >= ZINT_ERROR)
    g_error ("%s", symbol->errtxt);
  for (int row = 0; row < symbol->rows; row++)
    for (int col = 0; col < symbol->width; col++)
      if (symbol->encoded_data[row][col >> 3] >> (col & 7) & 1)
        cairo_rectangle (cr, x + col, y + row, 1, 1);
  cairo_fill (cr);
  ZBarcode_Delete (symbol);
}

static void
bare_labels (const GPtrArray *labels, const DeskLabelStock *stock)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (count, NULL, stock->width * DESK_POINTS_PER_MM, stock->height * DESK_POINTS_PER_MM);
  cairo_t *cr = cairo_create (surface);
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Noto Sans, Noto Sans CJK JP 7");

  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72);
  pango_layout_set_font_description (layout, font);
  for (guint i = 0; i < labels->len; i++)
    {
      const DeskLabelData *data = g_ptr_array_index (labels, i);
      const char *lines[] = { data->clinic, data->patient, data->patient_native, data->birth, data->number };

      bare_code (cr, data->code, 5, 5);
      for (guint j = 0; j < G_N_ELEMENTS (lines); j++)
        {
          cairo_move_to (cr, 40, 5 + 10.0 * j);
          pango_layout_set_text (layout, lines[j], -1);
          pango_cairo_show_layout (cr, layout);
        }
      cairo_show_page (cr);
    }
  pango_font_description_free (font);
  g_object_unref (layout);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
}

static void
bench_labels (void)
{
  g_autoptr (GPtrArray) labels = make_labels ();
  const DeskLabelStock *stock = desk_label_stock_for (DESK_LABEL_CARD);
  int fd = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  double ours[3], bare[3];

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 begin = g_get_monotonic_time ();

      if (!desk_labels_write_pdf (labels, stock, fd, &error))
        g_error ("%s", error->message);
      ours[i] = since (begin);
      begin = g_get_monotonic_time ();
      bare_labels (labels, stock);
      bare[i] = since (begin);
    }
  close (fd);
  double a = median (ours, 3), b = median (bare, 3);
  g_print ("%d labels to PDF: %.0f ms; bare cairo and zint %.0f ms; ratio %.2f\n", N_LABELS, a, b, a / b);
}

int
main (int argc, char **argv)
{
  int rounds = argc > 1 ? MAX (atoi (argv[1]), 1) : 15;
  g_autoptr (DeskFields) fields = fill_all ();
  const char *xml = desk_letter_builtin_text ("consent");

  bench_pdf (xml, fields, rounds);
  bench_preview (xml, fields, rounds);
  bench_labels ();
  return 0;
}
