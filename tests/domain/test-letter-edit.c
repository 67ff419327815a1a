/* Changes to the text of a letter: what is not meant stays as it was typed. */
#include "desk-letter-edit.h"

static void
test_attributes (void)
{
  static const struct
  {
    const char *xml, *old, *after;
  } rows[] = {
    { "<letter version=\"1.0\">", "1.0", "<letter version=\"2\">" },
    { "<?xml version=\"1.0\"?>\n<letter\n  version = '1.0' name=\"a\">", "1.0", "<?xml version=\"1.0\"?>\n<letter\n  version = '2' name=\"a\">" },
    { "<!-- <letter version=\"9\"> --><letter name=\"a>b\" version=\"1\"/>", "1", "<!-- <letter version=\"9\"> --><letter name=\"a>b\" version=\"2\"/>" },
    { "<letter aversion=\"3\">", NULL, "<letter version=\"2\" aversion=\"3\">" },
    { "<letter", NULL, "<letter" },
    { "<letter version=\"1", NULL, "<letter version=\"1" },
    { "<letter version=>", NULL, "<letter version=\"2\" version=>" },
    { "no letter", NULL, "no letter" },
    { "", NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *old = desk_letter_edit_get (rows[i].xml, "version"), *after = desk_letter_edit_set (rows[i].xml, "version", "2");

      g_assert_cmpstr (old, ==, rows[i].old);
      g_assert_cmpstr (after, ==, rows[i].after);
    }
}

static void
test_language (void)
{
  static const struct
  {
    const char *xml, *after;
    guint n;
  } rows[] = {
    { "<letter languages=\"en\"><p><t lang=\"en\">A</t></p></letter>",
      "<letter languages=\"en ko\"><p><t lang=\"en\">A</t><t lang=\"ko\"></t></p></letter>", 1 },
    { "<letter languages=\"en\">\n  <p>\n    <t lang=\"en\">A</t>\n    <t lang=\"ja\">B</t>\n  </p>\n</letter>",
      "<letter languages=\"en ko\">\n  <p>\n    <t lang=\"en\">A</t>\n    <t lang=\"ja\">B</t>\n    <t lang=\"ko\"></t>\n  </p>\n</letter>", 1 },
    /* What is the same in every language stays alone; what is there is not asked for twice. */
    { "<letter languages=\"en ko\"><p>{{patient.name}}</p><p><t lang=\"ko\">A</t><t lang=\"en\">B</t></p></letter>",
      "<letter languages=\"en ko\"><p>{{patient.name}}</p><p><t lang=\"ko\">A</t><t lang=\"en\">B</t></p></letter>", 0 },
    { "<letter languages=\"en\"><list><item><t lang=\"en\">A <b>b</b><br/></t></item><item><t lang='en'/></item></list></letter>",
      "<letter languages=\"en ko\"><list><item><t lang=\"en\">A <b>b</b><br/></t><t lang=\"ko\"></t></item>"
      "<item><t lang='en'/><t lang=\"ko\"></t></item></list></letter>", 2 },
    { "<letter languages=\"en\"><!-- <p><t lang=\"en\">A</t></p> --><p><![CDATA[<t>]]></p></letter>",
      "<letter languages=\"en ko\"><!-- <p><t lang=\"en\">A</t></p> --><p><![CDATA[<t>]]></p></letter>", 0 },
    /* Broken text: nothing is put where it is not understood. */
    { "<letter languages=\"en\"><p><t lang=\"en\">A", "<letter languages=\"en ko\"><p><t lang=\"en\">A", 0 },
    { "</p></p><", "</p></p><", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint n;
      g_autofree char *after = desk_letter_edit_add_language (rows[i].xml, "ko", &n);

      g_assert_cmpstr (after, ==, rows[i].after);
      g_assert_cmpuint (n, ==, rows[i].n);
      g_autofree char *again = desk_letter_edit_add_language (after, "ko", &n);
      g_assert_cmpstr (again, ==, after);
      g_assert_cmpuint (n, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-edit/attributes", test_attributes);
  g_test_add_func ("/letter-edit/language", test_language);
  return g_test_run ();
}
