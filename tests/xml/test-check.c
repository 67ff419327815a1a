#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "desk-xml-check.h"

#define ROOT "<patient xmlns='https://uketsuke.org/ns/1' format='1' generated_at='2026-04-01T00:00:00Z'"
#define PERSON \
  "<person id='1' chart='000001' sex='F' interpreter='false' purpose='treatment' version='1'" \
  " created_at='2026-04-01T00:00:00Z' updated_at='2026-04-01T00:00:00Z'"

static gboolean
check (const char *text, gssize length, gint64 max_bytes, GError **error)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("uketsuke-XXXXXX", &path, NULL);

  close (fd);
  g_assert_true (g_file_set_contents (path, text, length, NULL));
  gboolean ok = desk_xml_check (path, max_bytes, error);
  g_unlink (path);
  return ok;
}

static void
assert_refused (const char *text, gssize length, const char *part)
{
  g_autoptr (GError) error = NULL;

  if (check (text, length, 0, &error))
    g_error ("accepted: %.200s", text);
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  if (part && !strstr (error->message, part))
    g_error ("«%s» is not in «%s»", part, error->message);
}

static void
assert_good (const char *text)
{
  g_autoptr (GError) error = NULL;

  check (text, -1, 0, &error);
  g_assert_no_error (error);
}

static void
test_good (void)
{
  assert_good (ROOT ">" PERSON "/></patient>");
  assert_good (ROOT ">" PERSON "><family>O&amp;M &lt;b&gt;</family><note>𠮷 &#x20BB7;</note></person></patient>");
  /* A hint to another schema is a hint, not followed and not obeyed. */
  assert_good (ROOT " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                    " xsi:schemaLocation='https://uketsuke.org/ns/1 http://localhost:9/other.xsd'>" PERSON "/></patient>");
}

static void
test_not_ours (void)
{
  assert_refused ("", 0, NULL);
  assert_refused ("%PDF-1.4\n", -1, "line 1");
  assert_refused ("<html/>", -1, "line 1");
  assert_refused ("<patient/>", -1, NULL);
  assert_refused (ROOT ">\n" PERSON "><nickname>x</nickname></person></patient>", -1, "line 2");
  assert_refused (ROOT ">" PERSON " shoe='42'/></patient>", -1, "shoe");
  assert_refused ("<inventory xmlns='https://uketsuke.org/ns/1' format='1' generated_at='2026-04-01T00:00:00Z'>"
                  "<container id='1' parent_id='7' kind='box' rows='0' cols='0' row='0' col='0' in_service='true' version='1'"
                  " layout='none' levels='1' row_scheme='upper' col_scheme='number' fill_order='htl' quarantine_only='false'"
                  " biohazard_only='false' retired='false'>"
                  "<name>B1</name></container></inventory>",
                  -1, "inventory-parent"); /* in a place that is not there */
  assert_refused (ROOT ">" PERSON "/></patient><more/>", -1, NULL);
  assert_refused (ROOT ">" PERSON "><note>&nbsp;</note></person></patient>", -1, NULL);
  assert_refused (ROOT ">" PERSON "><note>&#27;</note></person></patient>", -1, NULL);
  assert_refused (ROOT ">" PERSON "><note>\033</note></person></patient>", -1, NULL);
  assert_refused (ROOT ">" PERSON "><note>\377</note></person></patient>", -1, NULL);
  assert_refused ("<?xml version='1.0' encoding='UTF-7'?>" ROOT ">" PERSON "/></patient>", -1, NULL);
  assert_refused (ROOT "><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd' parse='text'/></patient>", -1, NULL);
}

static void
test_cut_off (void)
{
  const char *whole = ROOT ">" PERSON "><family>Lee</family></person></patient>";

  assert_good (whole);
  for (gsize cut = 0; cut < strlen (whole); cut++)
    assert_refused (whole, cut, NULL);
}

static void
test_doctype (void)
{
  static const char *const cases[] = {
    "<!DOCTYPE patient>",
    "<!DOCTYPE patient SYSTEM 'file:///etc/passwd'>",
    "<!DOCTYPE patient SYSTEM 'http://localhost:9/evil.dtd'>",
    "<!DOCTYPE patient [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    "<!DOCTYPE patient [<!ENTITY x SYSTEM 'http://localhost:9/x'>]>",
    "<!DOCTYPE patient [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]>",
    "<!DOCTYPE patient [<!ENTITY % p SYSTEM 'http://localhost:9/p'> %p;]>",
    "<!DOCTYPE patient [<!ENTITY x 'harmless'>]>",
    "<!DOCTYPE patient [<!ATTLIST person shoe CDATA '42'>]>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (cases[i], ROOT ">" PERSON "><note>&x;</note></person></patient>", NULL);
      assert_refused (text, -1, "DOCTYPE");
    }
}

static void
test_laughs (void)
{
  g_autoptr (GString) text = g_string_new ("<!DOCTYPE patient [<!ENTITY l0 'ha'>");

  for (int i = 1; i < 10; i++)
    {
      g_string_append_printf (text, "<!ENTITY l%d '", i);
      for (int j = 0; j < 10; j++)
        g_string_append_printf (text, "&l%d;", i - 1);
      g_string_append (text, "'>");
    }
  g_string_append (text, "]>" ROOT ">" PERSON "><note>&l9;</note></person></patient>");
  assert_refused (text->str, text->len, "DOCTYPE");

  /* The quadratic kind: one long entity, used often. */
  g_string_assign (text, "<!DOCTYPE patient [<!ENTITY a '");
  for (int i = 0; i < 100000; i++)
    g_string_append (text, "aaaaaaaaaa");
  g_string_append (text, "'>]>" ROOT ">" PERSON "><note>");
  for (int i = 0; i < 1000; i++)
    g_string_append (text, "&a;");
  g_string_append (text, "</note></person></patient>");
  assert_refused (text->str, text->len, "DOCTYPE");
}

static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new (ROOT ">");

  for (int i = 0; i < 100000; i++)
    g_string_append (text, "<a>");
  assert_refused (text->str, text->len, NULL);
  g_string_assign (text, "");
  for (int i = 0; i < 257; i++)
    g_string_append (text, "<patient>");
  assert_refused (text->str, text->len, NULL);
}

static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new (ROOT ">" PERSON "><note>");
  g_autoptr (GError) error = NULL;
  g_autofree char *filler = g_strnfill (11000000, 'x');

  g_string_append (text, filler);
  g_string_append (text, "</note></person></patient>");
  assert_refused (text->str, text->len, "too long");
  g_assert_false (check (text->str, text->len, 1000000, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);

  g_string_assign (text, ROOT ">" PERSON " zone='");
  g_string_append (text, filler);
  g_string_append (text, "'/></patient>");
  assert_refused (text->str, text->len, NULL);
}

static void
test_encodings (void)
{
  static const char *const names[] = { "SHIFT_JIS", "EUC-JP", "ISO-2022-JP", "CP932", "UTF-16" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize length;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = g_strdup_printf ("<?xml version='1.0' encoding='%s'?>" ROOT ">" PERSON
                                               "><note>受付の山田</note></person></patient>", names[i]);
      g_autofree char *bytes = g_convert (text, -1, names[i], "UTF-8", NULL, &length, &error);

      g_assert_no_error (error);
      check (bytes, length, 0, &error);
      g_assert_no_error (error);
    }
}

static void
test_far_line (void)
{
  g_autofree char *lines = g_strnfill (70000, '\n');
  g_autofree char *text = g_strconcat (ROOT ">", lines, "<nobody/></patient>", NULL);

  assert_refused (text, -1, "line 70001");
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (desk_xml_check ("/nonexistent/file.xml", 0, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

static gboolean
stop (gint64 bytes, gpointer user_data)
{
  return FALSE;
}

static void
test_stopped (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("uketsuke-XXXXXX", &path, NULL);

  g_assert_false (desk_xml_check_fd (fd, 0, stop, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_FAILED);
  close (fd);
  g_unlink (path);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml/check/good", test_good);
  g_test_add_func ("/xml/check/not-ours", test_not_ours);
  g_test_add_func ("/xml/check/cut-off", test_cut_off);
  g_test_add_func ("/xml/check/doctype", test_doctype);
  g_test_add_func ("/xml/check/laughs", test_laughs);
  g_test_add_func ("/xml/check/deep", test_deep);
  g_test_add_func ("/xml/check/large", test_large);
  g_test_add_func ("/xml/check/encodings", test_encodings);
  g_test_add_func ("/xml/check/far-line", test_far_line);
  g_test_add_func ("/xml/check/missing", test_missing);
  g_test_add_func ("/xml/check/stopped", test_stopped);
  return g_test_run ();
}
