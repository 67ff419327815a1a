/* Every glyph that is drawn into a PDF is on the paper: rendered by poppler and compared with the same drawn as a picture.
 * With -m slow all ideographs and all Korean syllables instead of some. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pango/pangocairo.h>
#include <string.h>
#include <unistd.h>

#include "desk-letter-page.h"
#include "desk-pages-pdf.h"
#include "desk-pdf-text.h"
#include "letter-fixture.h"

#define CELL 12   /* points */
#define SIZE 10   /* of the letters */
#define DOTS 2    /* to a point */
#define COLUMNS 49
#define ROWS 70
#define A_PAGE (COLUMNS * ROWS)
#define SIDE (CELL * DOTS)

typedef struct
{
  const char *family;
  gboolean bold;
} Face;

static const Face faces[] = {
  { "Noto Sans CJK SC", FALSE }, { "Noto Sans CJK JP", FALSE }, { "Noto Sans CJK TC", FALSE }, { "Noto Sans CJK KR", FALSE },
  { "Noto Sans CJK SC", TRUE },  { "Noto Sans CJK JP", TRUE },  { "Noto Sans CJK TC", TRUE },  { "Noto Sans CJK KR", TRUE },
};

static GArray *letters; /* of gunichar */

static guint
pages_a_face (void)
{
  return (letters->len + A_PAGE - 1) / A_PAGE;
}

static void
add_range (gunichar from, gunichar to, gunichar step)
{
  for (gunichar c = from; c <= to; c += step)
    g_array_append_val (letters, c);
}

static void
add_text (const char *text)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    add_range (g_utf8_get_char (p), g_utf8_get_char (p), 1);
}

static void
choose_many (void)
{
  g_array_set_size (letters, 0);
  add_text ("如女液KL安全０９￥（）、。「」ヶ゛㈱℃①");
  add_range (0x3041, 0x3096, 1);
  add_range (0x30a1, 0x30fa, 1);
  add_range (0x4e00, 0x9fef, g_test_slow () ? 1 : 67);
  add_range (0xac00, 0xd7a3, g_test_slow () ? 1 : 41);
}

static PangoLayout *
new_layout (cairo_t *cr, const Face *face)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoContext *context = pango_layout_get_context (layout);
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoFontDescription *font = pango_font_description_new ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_font_description_set_family_static (font, face->family);
  pango_font_description_set_weight (font, face->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, SIZE * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  cairo_font_options_destroy (options);
  return layout;
}

static guint
letters_on (guint page)
{
  guint from = page % pages_a_face () * A_PAGE;

  return MIN (A_PAGE, letters->len - from);
}

static void
draw (gpointer data, cairo_t *cr, guint page)
{
  PangoLayout *layout = new_layout (cr, &faces[page / pages_a_face ()]);

  for (guint i = 0; i < letters_on (page); i++)
    {
      char text[7] = "";

      g_unichar_to_utf8 (g_array_index (letters, gunichar, page % pages_a_face () * A_PAGE + i), text);
      pango_layout_set_text (layout, text, -1);
      cairo_move_to (cr, i % COLUMNS * CELL + 1, i / COLUMNS * CELL + SIZE - (double) pango_layout_get_baseline (layout) / PANGO_SCALE);
      desk_text_show_layout (cr, layout);
    }
  g_object_unref (layout);
}

static char *
print_all (void)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("uketsuke-XXXXXX.pdf", &path, &error);

  g_assert_no_error (error);
  g_assert_true (desk_pages_write_pdf ("Fonts", COLUMNS * CELL, ROWS * CELL, pages_a_face () * G_N_ELEMENTS (faces), draw, NULL, fd, &error));
  g_assert_no_error (error);
  close (fd);
  return path;
}

/* The page of the PDF as a picture, for the caller to destroy. */
static cairo_surface_t *
read_page (const char *path, guint page)
{
  g_autofree char *tool = g_strdup_printf ("pdftocairo -png -singlefile -r %d -f %u -l %u %% %s", 72 * DOTS, page + 1, page + 1, path);
  g_autofree char *out = letter_tool (tool, path), *name = g_strconcat (path, ".png", NULL);
  cairo_surface_t *surface = cairo_image_surface_create_from_png (name);

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, COLUMNS * SIDE);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, ROWS * SIDE);
  g_unlink (name);
  return surface;
}

static cairo_surface_t *
draw_picture (guint page)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, COLUMNS * SIDE, ROWS * SIDE);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_scale (cr, DOTS, DOTS);
  draw (NULL, cr, page);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* How dark a dot is, up to 255. */
static int
ink_at (cairo_surface_t *surface, guint x, guint y)
{
  const guint8 *row = cairo_image_surface_get_data (surface) + y * (guint) cairo_image_surface_get_stride (surface);

  return 255 - row[4 * x + 1];
}

/* Whether the ink in a cell is where it is in the picture, but for edges. */
static gboolean
is_same (cairo_surface_t *printed, cairo_surface_t *picture, guint cell)
{
  guint left = cell % COLUMNS * SIDE, top = cell / COLUMNS * SIDE;
  int ink = 0, differs = 0;

  for (guint y = top; y < top + SIDE; y++)
    for (guint x = left; x < left + SIDE; x++)
      {
        ink += ink_at (picture, x, y);
        differs += ABS (ink_at (printed, x, y) - ink_at (picture, x, y));
      }
  return differs * 5 <= ink;
}

static void
check_every_glyph (void)
{
  g_autofree char *path = print_all ();
  guint lost = 0;

  for (guint page = 0; page < pages_a_face () * G_N_ELEMENTS (faces); page++)
    {
      cairo_surface_t *printed = read_page (path, page), *picture = draw_picture (page);
      const Face *face = &faces[page / pages_a_face ()];

      for (guint i = 0; i < letters_on (page); i++)
        if (!is_same (printed, picture, i))
          {
            gunichar c = g_array_index (letters, gunichar, page % pages_a_face () * A_PAGE + i);

            lost++;
            g_test_message ("U+%04X in %s%s is not on the paper", c, face->family, face->bold ? " Bold" : "");
          }
      cairo_surface_destroy (printed);
      cairo_surface_destroy (picture);
    }
  g_unlink (path);
  g_assert_cmpuint (lost, ==, 0);
}

/* 如 came out as nothing, unless a letter beside it, such as 液, made cairo bring along every subroutine of the font. */
static void
test_few (void)
{
  g_array_set_size (letters, 0);
  add_text ("如果");
  check_every_glyph ();
}

static void
test_many (void)
{
  choose_many ();
  check_every_glyph ();
}

/* Whoever copies from the PDF gets what is written there; each font is embedded once, and only what is used of it. */
static void
test_text_and_fonts (void)
{
  choose_many ();
  g_autofree char *path = print_all (), *text = letter_tool ("pdftotext -raw % -", path), *fonts = letter_tool ("pdffonts %", path);
  g_auto (GStrv) lines = g_strsplit (fonts, "\n", -1);

  for (guint i = 0; i < letters->len; i++)
    {
      char letter[7] = "";

      g_unichar_to_utf8 (g_array_index (letters, gunichar, i), letter);
      if (!strstr (text, letter))
        g_error ("%s cannot be copied", letter);
    }
  g_assert_cmpuint (g_strv_length (lines), ==, 2 + G_N_ELEMENTS (faces) + 1);
  for (guint i = 2; i < 2 + G_N_ELEMENTS (faces); i++)
    g_assert_nonnull (strstr (lines[i], "CID Type 0C       Identity-H       yes yes yes"));
  g_unlink (path);
}

/* A page of a letter is no place for a font of a megabyte; and it is the same page each time. */
static void
test_letter (void)
{
  g_autoptr (DeskFields) fields = desk_fields_new ();
  g_autoptr (GBytes) before = NULL;
  const char *blocks = "<p>如 女 液KL</p><p>{{patient.name?}}</p>";

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DeskLetter) letter = letter_from ("zh", blocks, fields, "zh");
      g_autoptr (DeskLetterLayout) layout = desk_letter_layout_new (letter, NULL);
      g_autoptr (GBytes) bytes = desk_letter_pdf_bytes (layout, NULL, &error);
      g_autofree char *text = letter_text (layout);

      g_assert_no_error (error);
      g_assert_nonnull (strstr (text, "如 女 液KL"));
      g_assert_cmpuint (g_bytes_get_size (bytes), <, 40000);
      g_assert_true (!before || g_bytes_equal (before, bytes));
      g_clear_pointer (&before, g_bytes_unref);
      before = g_steal_pointer (&bytes);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  letters = g_array_new (FALSE, FALSE, sizeof (gunichar));
  g_test_add_func ("/pdf-fonts/few", test_few);
  g_test_add_func ("/pdf-fonts/many", test_many);
  g_test_add_func ("/pdf-fonts/text-and-fonts", test_text_and_fonts);
  g_test_add_func ("/pdf-fonts/letter", test_letter);
  int status = g_test_run ();
  g_array_unref (letters);
  return status;
}
