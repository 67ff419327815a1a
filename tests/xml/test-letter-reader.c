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
  { HEAD "<p each='zebras' as='zebra'>a</p></letter>", "zebras" },
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

/* Every problem of a template, "LINE code detail" apart by bars. */
static const struct
{
  const char *blocks, *problems;
} all[] = {
  { "<p>a</p>", "" },
  { "<p>{{patient.nam}}</p>\n<p>{{patient.name}} {{visits.what}}</p>\n<p if='!patient.x'>{{today|era}}</p>",
    "1 unknown-field patient.nam|2 outside-list visits.what|3 unknown-field patient.x" },
  { "<p>\n {{patient.a}}\n\n {{patient.b}} <b>\n{{patient.c}}</b>\n {{patient.d}}</p>",
    "2 unknown-field patient.a|4 unknown-field patient.b|5 unknown-field patient.c|6 unknown-field patient.d" },
  { "<p>{{patient.name</p>\n<p>{{}}</p>\n<p>{{Patient}}</p>\n<p>{{patient.name|bold}}</p>",
    "1 unbalanced {{patient.name|2 not-a-name |3 not-a-name Patient|4 unknown-filter bold" },
  { "<p>{{patient.name|era}} {{patient.birth|era}} {{patient.birth?|iso}} {{patient.name|upper}}</p>", "1 not-a-day patient.name" },
  { "<p><t lang='en'>a</t></p>\n<p><t lang='en'>a</t><t lang='ja'>b</t><t lang='ru'>c</t></p>\n<p><t lang='en'>a</t><t lang='en'>a</t><t lang='ja'>b</t></p>",
    "1 language-missing ja|2 language-unlisted ru|3 language-twice en" },
  { "<p each='visits' as='v'>{{v.dat}}</p>\n<p each='nothing' as='v'>{{v.date}}</p>\n<p>{{visits}}</p>\n<p each='patient.name' as='v'>a</p>",
    "1 unknown-field v.dat|2 unknown-list nothing|3 is-a-list visits|4 unknown-list patient.name" },
  { "<group each='visits' as='v'>\n<p each='visits' as='w'>a</p>\n<p each='v' as='x'>a</p>\n<p each='companions' as='v'>a</p></group>",
    "2 own-list visits|3 unknown-list v|4 name-taken v" },
  { "<barcode field='patient.chart' kind='aztec'/>", "1 not-letter Element 'barcode', attribute 'kind'" },
  { "<barcode field='patient.chrt' kind='qr'/>\n<image field='patient.name'/>\n<signature ink='patient.name'><role>a</role><line>b</line></signature>",
    "1 unknown-field patient.chrt|2 not-an-image patient.name|3 not-ink patient.name" },
  { "<check code='a'>a</check>\n<check code='a' tick='patient.x'>b</check>", "2 unknown-field patient.x|2 code-twice a" },
  { "<p each='visits'>a</p>\n<script>b</script>\n<p>words<t lang='en'>a</t><t lang='ja'>b</t></p>", "1 each-alone |2 not-letter Element 'script'|3 outside-language " },
};

static void
test_all (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *xml = g_strconcat (HEAD, all[i].blocks, "</letter>", NULL);
      g_autoptr (DeskLetterProblems) problems = desk_letter_problems_new ();
      g_autoptr (DeskLetterTemplate) letter = desk_letter_read_all (xml, -1, problems);
      g_auto (GStrv) wanted = g_strsplit (all[i].problems, "|", -1);

      g_assert_true ((letter == NULL) == (problems->len > 0));
      for (guint j = 0; j < MAX (problems->len, g_strv_length (wanted)); j++)
        {
          const DeskLetterProblem *problem = j < problems->len ? desk_letter_problems_get (problems, j) : NULL;
          g_autofree char *found = problem ? g_strdup_printf ("%d %s %s", problem->line, problem->code, problem->detail ? problem->detail : "") : NULL;
          g_autofree char *words = problem ? desk_letter_problem_words (problem) : NULL;

          if (!found || j >= g_strv_length (wanted) || !g_str_has_prefix (found, wanted[j]))
            g_error ("case %u: «%s» instead of «%s»", i, found, j < g_strv_length (wanted) ? wanted[j] : "nothing");
          g_assert_cmpstr (words, !=, problem->code);
          g_assert_null (strstr (words, "%s"));
        }
    }
}

/* What fills memory or the stack is refused at once. */
static void
test_hostile (void)
{
  static const struct
  {
    const char *open, *close;
    guint times;
    const char *code;
  } cases[] = {
    { "<group>", "</group>", 60, "too-deep" },
    { "<group>", "</group>", 5000, "not-xml" },
    { "<p>", "</p>", 100000, NULL },
    { "<p>{{patient.x}}", "</p>", 20000, "unknown-field" },
    { "<p>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "</p>", 200000, "too-large" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) xml = g_string_new (HEAD);
      g_autoptr (DeskLetterProblems) problems = desk_letter_problems_new ();
      gboolean nested = *cases[i].open == '<' && cases[i].open[1] == 'g';

      for (guint j = 0; j < cases[i].times; j++)
        g_string_append_printf (xml, "%s%s", cases[i].open, nested ? "" : cases[i].close);
      g_string_append (xml, nested ? "<p>a</p>" : "");
      for (guint j = 0; nested && j < cases[i].times; j++)
        g_string_append (xml, cases[i].close);
      g_string_append (xml, "</letter>");
      g_autoptr (DeskLetterTemplate) letter = desk_letter_read_all (xml->str, (gssize) xml->len, problems);
      g_assert_true ((letter == NULL) == (cases[i].code != NULL));
      if (cases[i].code && !g_str_equal (desk_letter_problems_get (problems, 0)->code, cases[i].code))
        g_error ("case %u: %s", i, desk_letter_problems_get (problems, 0)->code);
    }
}

/* Found by tests/fuzz: what is told of a file that is no text is text. */
static void
test_no_text (void)
{
  static const char *const files[] = { "\377\376", "<letter \377=''/>", "<\303(/>", HEAD "<p>\200</p></letter>", HEAD "<p if='\303('>a</p></letter>" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (DeskLetterProblems) problems = desk_letter_problems_new ();

      g_assert_null (desk_letter_read_all (files[i], -1, problems));
      g_assert_cmpuint (problems->len, >, 0);
      for (guint j = 0; j < problems->len; j++)
        g_assert_true (g_utf8_validate (desk_letter_problems_get (problems, j)->detail, -1, NULL));
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
  g_test_add_func ("/letter-reader/all", test_all);
  g_test_add_func ("/letter-reader/hostile", test_hostile);
  g_test_add_func ("/letter-reader/no-text", test_no_text);
  g_test_add_func ("/letter-reader/words", test_words);
  g_test_add_func ("/letter-reader/builtin", test_builtin);
  return g_test_run ();
}
