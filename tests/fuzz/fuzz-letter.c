/* Letter templates that are not ours: read, checked, filled and laid out, or refused in words. */
#include <string.h>

#include "desk-letter-page.h"
#include "desk-letter-reader.h"
#include "desk-letter.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

/* Some fields have values, among them what a template might be taken for. */
static DeskFields *
make_fields (void)
{
  DeskFields *fields = desk_fields_new ();

  desk_fields_set (fields, "patient.name", "{{patient.chart}} <b>&amp;");
  desk_fields_set_forms (fields, "patient.native", "zh-tw", "عائشة 徐国庆");
  desk_fields_set (fields, "patient.chart", "P26-000123");
  desk_fields_set_day (fields, "patient.birth", "1985-04");
  for (guint i = 0; i < 3; i++)
    desk_fields_set (desk_fields_add (fields, "visits"), "what", "Infusion");
  return fields;
}

static void
lay_out (const DeskLetterTemplate *template_, const DeskFields *fields, const char *language)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLetter) letter = desk_letter_fill (template_, fields, language, 20607, &error);

  g_assert_true ((letter == NULL) == (error != NULL));
  if (!letter)
    return;
  g_autoptr (DeskLetterLayout) layout = desk_letter_layout_new (letter, NULL);
  g_assert_cmpuint (desk_letter_layout_n_pages (layout), >, 0);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 60, 85);
  cairo_t *cr = cairo_create (surface);
  desk_letter_layout_draw (layout, cr, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autoptr (DeskLetterProblems) problems = desk_letter_problems_new ();
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_read_all ((const char *) data, (gssize) length, problems);
  g_autoptr (DeskFields) fields = make_fields ();

  g_assert_true ((template_ == NULL) == desk_letter_problems_block (problems));
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *words = desk_letter_problem_words (desk_letter_problems_get (problems, i));
      g_assert_true (g_utf8_validate (words, -1, NULL));
    }
  for (guint i = 0; template_ && i < MIN (template_->languages->len, 2); i++)
    lay_out (template_, fields, g_ptr_array_index (template_->languages, i));
  return 0;
}
