#include <string.h>

#include "desk-error.h"
#include "desk-letter-reader.h"

#define HEAD "<letter xmlns='urn:uketsuke:letter:1' name='x' version='1' languages='en ja'><title>T</title><foot>F</foot>"

/* What is wrong with a template, and a piece of what is said of it. */
static const struct
{
  const char *xml, *message;
} bad[] = {
  { "", "" },
  { "<letter", "" },
  { "<html/>", "html" },
  { "<!DOCTYPE letter [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" HEAD "<p>&x;</p></letter>", "" },
  { "<!DOCTYPE letter>" HEAD "<p>a</p></letter>", "DOCTYPE" },
  { HEAD "</letter>", "letter" },
  { HEAD "<p>{{patient.nam}}</p></letter>", "patient.nam" },
  { HEAD "<p>{{visits.date}}</p></letter>", "visits.date" },
  { HEAD "<p>{{patient.name</p></letter>", "line 1" },
  { HEAD "<p>{{}}</p></letter>", "line 1" },
  { HEAD "<p if='patient.nam'>a</p></letter>", "patient.nam" },
  { HEAD "<p each='doses' as='dose'>a</p></letter>", "doses" },
  { HEAD "<p each='visits'>a</p></letter>", "each" },
  { HEAD "<p each='visits' as='visit'>{{visit.dat}}</p></letter>", "visit.dat" },
  { HEAD "<p><t lang='en'>only English</t></p></letter>", "ja" },
  { HEAD "<p>words<t lang='en'>a</t><t lang='ja'>b</t></p></letter>", "line 1" },
  { HEAD "<p onclick='x'>a</p></letter>", "onclick" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      if (desk_letter_read (bad[i].xml, -1, &error))
        g_error ("accepted: %s", bad[i].xml);
      g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
      if (!strstr (error->message, bad[i].message))
        g_error ("«%s» instead of «%s»", error->message, bad[i].message);
    }
}

/* As one string, runs apart by "|". */
static char *
words (const DeskText *text)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < text->runs->len; i++)
    g_string_append_printf (out, "%s%s", i ? "|" : "", ((DeskRun *) g_ptr_array_index (text->runs, i))->text);
  return g_string_free (out, FALSE);
}

static void
test_words (void)
{
  static const struct
  {
    const char *xml, *expected;
  } cases[] = {
    { "  two\n   words  ", "two words" },
    { "日本\n  語", "日本語" },
    { "日本 語", "日本 語" },
    { "a <b>bold</b> c", "a| bold| c" },
    { "a<br/>\n b", "a|\n|b" },
    { "{{patient.name}} ok", "patient.name| ok" },
    { "&lt;b&gt; &amp;amp;", "<b> &amp;" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *xml = g_strconcat (HEAD "<p>", cases[i].xml, "</p></letter>", NULL);
      g_autoptr (DeskLetterTemplate) letter = desk_letter_read (xml, -1, &error);

      g_assert_no_error (error);
      const DeskBlock *block = g_ptr_array_index (letter->blocks, 0);
      g_autofree char *found = words (g_ptr_array_index (block->texts, 0));
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_builtin (void)
{
  g_autoptr (GError) error = NULL;

  for (const char *const *name = desk_letter_builtin_names (); *name; name++)
    {
      g_autoptr (DeskLetterTemplate) letter = desk_letter_builtin (*name, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (letter->name, ==, *name);
      /* What we ask patients for is written in many; everything in these two. */
      g_assert_cmpuint (letter->languages->len, >=, 2);
      g_assert_cmpstr (g_ptr_array_index (letter->languages, 0), ==, "en");
      g_assert_cmpstr (g_ptr_array_index (letter->languages, 1), ==, "ja");
    }
  g_assert_null (desk_letter_builtin ("../consent", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-reader/bad", test_bad);
  g_test_add_func ("/letter-reader/words", test_words);
  g_test_add_func ("/letter-reader/builtin", test_builtin);
  return g_test_run ();
}
