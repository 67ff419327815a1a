/* A paper that was printed, signed and scanned says by its code which one it is: whole, askew, upside down; and what is
 * none of ours says nothing. */
#include <cairo.h>
#include <string.h>

#include "desk-code.h"
#include "desk-error.h"
#include "desk-letter-page.h"
#include "desk-paper-codes.h"

static DeskLetterLayout *
layout_of (const char *number)
{
  g_autoptr (DeskLetter) letter = g_new0 (DeskLetter, 1);
  DeskBlock *block = desk_block_new (DESK_BLOCK_PARAGRAPH);
  DeskText *text = desk_text_new ("en");

  g_ptr_array_add (text->runs, desk_run_new (DESK_RUN_TEXT, "I consent.", FALSE));
  g_ptr_array_add (block->texts, text);
  letter->name = g_strdup ("consent");
  letter->version = g_strdup ("1.0");
  letter->language = g_strdup ("en");
  letter->title = g_strdup ("Consent");
  letter->number = g_strdup (number);
  letter->issued = 20000;
  letter->foot = desk_block_new (DESK_BLOCK_CELL);
  g_ptr_array_add (letter->foot->texts, desk_text_new ("en"));
  letter->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_block_free);
  letter->missing = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (letter->blocks, block);
  g_ptr_array_add (letter->missing, NULL);
  return desk_letter_layout_new (letter, NULL);
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The page as a scanner of 200 dots to the inch sees it, turned and pulled askew a little. */
static GBytes *
scan (const DeskLetterLayout *layout, double degrees, double shear)
{
  const double scale = 200.0 / 72.0;
  int width = (int) (DESK_PAPER_WIDTH * scale), height = (int) (DESK_PAPER_HEIGHT * scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  cairo_matrix_t askew;
  GByteArray *png = g_byte_array_new ();

  cairo_set_source_rgb (cr, 0.97, 0.97, 0.95);
  cairo_paint (cr);
  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_rotate (cr, degrees * G_PI / 180);
  cairo_matrix_init (&askew, 1, 0, shear, 1, 0, 0);
  cairo_transform (cr, &askew);
  cairo_scale (cr, scale * 0.97, scale * 0.97);
  cairo_translate (cr, -DESK_PAPER_WIDTH / 2, -DESK_PAPER_HEIGHT / 2);
  desk_letter_layout_draw (layout, cr, 0);
  cairo_destroy (cr);
  g_assert_cmpint (cairo_surface_write_to_png_stream (surface, append, png), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}

static GPtrArray *
read_codes (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *numbers = desk_paper_codes (bytes, NULL, &error);

  if (g_error_matches (error, DESK_ERROR, DESK_ERROR_REFUSED) && g_str_equal (error->message, "no-sandbox"))
    return NULL;
  g_assert_no_error (error);
  return numbers;
}

static void
test_codes (void)
{
  static const struct { double degrees, shear; } ways[] = { { 0, 0 }, { 1.5, 0 }, { -2.5, 0.01 }, { 180, 0 }, { 178.8, -0.01 } };
  g_autofree char *number = desk_code_local_paper ("Y", 2026, "", 123);
  g_autoptr (DeskLetterLayout) layout = layout_of (number);
  g_autofree char *digest = NULL;
  g_autoptr (GBytes) pdf = desk_letter_pdf_bytes (layout, &digest, NULL);
  g_autoptr (GPtrArray) whole = read_codes (pdf);

  if (!whole)
    {
      g_test_skip ("no sandbox on this computer");
      return;
    }
  g_assert_cmpuint (whole->len, ==, 1);
  g_assert_cmpstr (whole->pdata[0], ==, number);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (GBytes) png = scan (layout, ways[i].degrees, ways[i].shear);
      g_autoptr (GPtrArray) found = read_codes (png);

      if (found->len != 1 || !g_str_equal (found->pdata[0], number))
        g_error ("not found at %g degrees, %g askew", ways[i].degrees, ways[i].shear);
    }
}

/* A code of others, and a number whose check character is wrong, are none of ours. */
static void
test_others (void)
{
  static const char *const numbers[] = { NULL, "Y26-000123-A", "HTTPS://EXAMPLE.COM/PAY" };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *right = desk_code_local_paper ("Y", 2026, "", 123);

      if (g_strcmp0 (numbers[i], right) == 0)
        continue;
      g_autoptr (DeskLetterLayout) layout = layout_of (numbers[i]);
      g_autoptr (GBytes) png = scan (layout, 0, 0);
      g_autoptr (GPtrArray) found = read_codes (png);
      g_assert_true (!found || found->len == 0);
    }
}

static void
test_damaged (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("%PDF-1.7 and no more", 20);
  g_autoptr (GError) error = NULL;

  g_assert_null (desk_paper_codes (bytes, NULL, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper-codes/codes", test_codes);
  g_test_add_func ("/paper-codes/others", test_others);
  g_test_add_func ("/paper-codes/damaged", test_damaged);
  return g_test_run ();
}
