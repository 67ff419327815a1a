#include <string.h>

#include "desk-error.h"
#include "desk-letter.h"

/* A letter of one paragraph, filled: its words, and the missing fields behind a bar. */
static char *
fill_one (const char *source, const char *condition, const DeskFields *fields)
{
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_template_new ();
  DeskBlock *block = desk_block_new (DESK_BLOCK_PARAGRAPH);
  DeskText *text = desk_text_new (NULL);
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  g_autoptr (DeskLetterProblems) problems = desk_letter_problems_new ();
  desk_text_append (text, source, FALSE, 0, problems);
  g_assert_cmpuint (problems->len, ==, 0);
  g_ptr_array_add (block->texts, text);
  block->condition = g_strdup (condition);
  template_->title = desk_block_new (DESK_BLOCK_CELL);
  template_->foot = desk_block_new (DESK_BLOCK_CELL);
  g_ptr_array_add (template_->languages, g_strdup ("en"));
  g_ptr_array_add (template_->blocks, block);

  g_autoptr (DeskLetter) letter = desk_letter_fill (template_, fields, "en", 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < letter->blocks->len; i++)
    {
      const DeskText *filled = g_ptr_array_index (((DeskBlock *) g_ptr_array_index (letter->blocks, i))->texts, 0);
      for (guint j = 0; j < filled->runs->len; j++)
        g_string_append (out, ((DeskRun *) g_ptr_array_index (filled->runs, j))->text);
    }
  for (const char *const *name = desk_letter_missing (letter); *name; name++)
    g_string_append_printf (out, "|%s", *name);
  g_assert_true (desk_letter_complete (letter, NULL) == !desk_letter_missing (letter)[0]);
  return g_string_free (out, FALSE);
}

static void
test_fill (void)
{
  static const struct
  {
    const char *source, *condition, *expected;
  } cases[] = {
    { "plain", NULL, "plain" },
    { "Dear {{patient.name}}.", NULL, "Dear {{patient.chart}} <b>." }, /* a value is never read as template */
    { "[{{ patient.chart }}]", NULL, "[7]" },
    { "{{patient.phone}}", NULL, "patient.phone|patient.phone" },
    { "{{patient.phone}}{{patient.phone}}", NULL, "patient.phonepatient.phone|patient.phone" },
    { "<{{patient.phone?}}>", NULL, "<>" },
    { "{{patient.email}}", NULL, "patient.email|patient.email" }, /* white space is no value */
    { "shown", "patient.chart", "shown" },
    { "hidden {{patient.phone}}", "patient.phone", "" },
    { "shown", "!patient.phone", "shown" },
    { "hidden", "!patient.chart", "" },
    { "{{patient.address}}", NULL, "ab c" }, /* controls and direction marks are dropped */
    { "{{today}}", NULL, "English" },
  };
  g_autoptr (DeskFields) fields = desk_fields_new ();

  desk_fields_set (fields, "patient.name", "{{patient.chart}} <b>");
  desk_fields_set (fields, "patient.chart", "7");
  desk_fields_set (fields, "patient.phone", "");
  desk_fields_set (fields, "patient.email", " \n ");
  desk_fields_set (fields, "patient.address", "a\001\342\200\256b\tc");
  desk_fields_set (fields, "today", "plain");
  desk_fields_set_in (fields, "today", "en", "English");
  desk_fields_set_in (fields, "today", "ja", "日本語");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *filled = fill_one (cases[i].source, cases[i].condition, fields);

      g_assert_cmpstr (filled, ==, cases[i].expected);
    }
}

static void
test_language (void)
{
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_template_new ();
  g_autoptr (DeskFields) fields = desk_fields_new ();
  g_autoptr (GError) error = NULL;

  template_->title = desk_block_new (DESK_BLOCK_CELL);
  template_->foot = desk_block_new (DESK_BLOCK_CELL);
  g_assert_null (desk_letter_fill (template_, fields, "fr", 0, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter/fill", test_fill);
  g_test_add_func ("/letter/language", test_language);
  return g_test_run ();
}
