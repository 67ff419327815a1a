/* Letter templates that are not ours: read, checked and filled, or refused in words. */
#include "desk-letter-reader.h"
#include "desk-letter.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_read ((const char *) data, length, &error);

  g_assert_true ((template_ == NULL) == (error != NULL));
  if (!template_)
    return 0;
  g_autoptr (DeskFields) fields = desk_fields_new ();
  g_autoptr (DeskLetterProblems) problems = desk_letter_problems_new ();
  desk_letter_template_check (template_, problems);
  g_autoptr (DeskLetter) letter = desk_letter_fill (template_, fields, "en", 20607, &error);
  g_assert_true ((letter == NULL) == (error != NULL));
  return 0;
}
