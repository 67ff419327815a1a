#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <libxml/xmlwriter.h>
#include <string.h>
#include <unistd.h>

#include "desk-xml-writer.h"

#define FFFD "\357\277\275"

static int
open_scratch (void)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("uketsuke-XXXXXX", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_unlink (path);
  return fd;
}

static char *
read_all (int fd)
{
  gsize size = lseek (fd, 0, SEEK_END);
  char *text = g_malloc (size + 1);

  g_assert_cmpint (pread (fd, text, size, 0), ==, size);
  text[size] = '\0';
  close (fd);
  return text;
}

/* The document <a b="text">text</a> as it comes out, without its declaration. */
static char *
write_one (const char *text)
{
  int fd = open_scratch ();
  g_autoptr (DeskXmlWriter) writer = desk_xml_writer_new (fd);

  desk_xml_writer_start (writer, "a");
  desk_xml_writer_attribute (writer, "b", text);
  desk_xml_writer_text (writer, text);
  desk_xml_writer_end (writer);
  g_assert_true (desk_xml_writer_finish (writer, NULL));

  g_autofree char *all = read_all (fd);
  g_assert_true (g_str_has_prefix (all, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
  return g_strdup (g_strchomp (strchr (all, '\n') + 1));
}

static void
test_texts (void)
{
  static const struct
  {
    const char *text, *attribute, *content;
  } cases[] = {
    { "plain", "plain", "plain" },
    { "山田 𠮷野 هند", "山田 𠮷野 هند", "山田 𠮷野 هند" }, /* 𠮷 has four bytes */
    { "<b> & \"q\" 'a'", "&lt;b&gt; &amp; &quot;q&quot; 'a'", "&lt;b&gt; &amp; &quot;q&quot; 'a'" },
    { "]]>", "]]&gt;", "]]&gt;" },
    { "<![CDATA[x]]>", "&lt;![CDATA[x]]&gt;", "&lt;![CDATA[x]]&gt;" },
    { "&#0; &amp;", "&amp;#0; &amp;amp;", "&amp;#0; &amp;amp;" },
    { "a\tb\nc\rd", "a&#9;b&#10;c&#13;d", "a\tb\nc&#13;d" },
    { "\033[31m", FFFD "[31m", FFFD "[31m" },
    { "x\001\010\013\014\016\037y", "x" FFFD FFFD FFFD FFFD FFFD FFFD "y", "x" FFFD FFFD FFFD FFFD FFFD FFFD "y" },
    { "\357\277\276 \357\277\277", FFFD " " FFFD, FFFD " " FFFD },            /* U+FFFE, U+FFFF */
    { "\355\240\200", FFFD, FFFD },                                                     /* U+D800 alone */
    { "\355\240\275\355\270\200!", FFFD FFFD "!", FFFD FFFD "!" },                      /* CESU-8 */
    { "\300\200 \377 \342\202", FFFD FFFD " " FFFD " " FFFD FFFD, FFFD FFFD " " FFFD " " FFFD FFFD },  /* overlong, stray, cut */
    { "\364\220\200\200", FFFD FFFD FFFD FFFD, FFFD FFFD FFFD FFFD },       /* above U+10FFFF */
    { "\360\200\200\200", FFFD FFFD FFFD FFFD, FFFD FFFD FFFD FFFD },       /* overlong of four */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = write_one (cases[i].text);
      g_autofree char *wanted = g_strdup_printf ("<a b=\"%s\">%s</a>", cases[i].attribute, cases[i].content);
      g_assert_cmpstr (got, ==, wanted);
    }
}

static void
test_layout (void)
{
  int fd = open_scratch ();
  g_autoptr (DeskXmlWriter) writer = desk_xml_writer_new (fd);

  desk_xml_writer_start (writer, "a");
  desk_xml_writer_start (writer, "b");
  desk_xml_writer_attribute (writer, "c", "1");
  desk_xml_writer_attribute (writer, "d", "");
  desk_xml_writer_end (writer);
  desk_xml_writer_start (writer, "b");
  desk_xml_writer_element (writer, "e", "two");
  desk_xml_writer_end (writer);
  desk_xml_writer_end (writer);
  g_assert_true (desk_xml_writer_finish (writer, NULL));

  g_autofree char *got = read_all (fd);
  g_assert_cmpstr (got, ==, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                            "<a>\n <b c=\"1\" d=\"\"/>\n <b>\n  <e>two</e>\n </b>\n</a>\n");
}

/* Every byte that XML can hold, alone and in a crowd, comes out as libxml2's own writer writes it. */
static void
assert_like_libxml2 (const char *text)
{
  xmlBufferPtr buffer = xmlBufferCreate ();
  xmlTextWriterPtr writer = xmlNewTextWriterMemory (buffer, 0);
  g_autofree char *got = write_one (text);

  xmlTextWriterSetIndent (writer, 1);
  xmlTextWriterStartDocument (writer, NULL, "UTF-8", NULL);
  xmlTextWriterStartElement (writer, BAD_CAST "a");
  xmlTextWriterWriteAttribute (writer, BAD_CAST "b", BAD_CAST text);
  xmlTextWriterWriteString (writer, BAD_CAST text);
  xmlTextWriterEndDocument (writer);
  xmlFreeTextWriter (writer);
  g_assert_cmpstr (got, ==, g_strchomp (strchr ((char *) xmlBufferContent (buffer), '\n') + 1));
  xmlBufferFree (buffer);
}

static void
test_like_libxml2 (void)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (gunichar c = '\t'; c <= 0x10ffff; c += c < 0x3000 ? 1 : 997)
    {
      char text[8] = { 0 };

      if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0xd800 && c < 0xe000) || c == 0xfffe || c == 0xffff)
        continue;
      g_unichar_to_utf8 (c, text);
      g_string_append (all, text);
      if (c < 0x800)
        assert_like_libxml2 (text);
    }
  assert_like_libxml2 (all->str);
  assert_like_libxml2 ("");
}

static void
test_long_text (void)
{
  g_autofree char *text = g_strnfill (3000000, '&');
  g_autofree char *got = write_one (text);

  g_assert_cmpuint (strlen (got), ==, strlen ("<a b=\"\"></a>") + 2 * 5 * 3000000);
}

static void
test_full_disk (void)
{
  g_autoptr (GError) error = NULL;
  int fd = open ("/dev/full", O_WRONLY | O_CLOEXEC);
  g_autoptr (DeskXmlWriter) writer = desk_xml_writer_new (fd);
  g_autofree char *text = g_strnfill (1000000, 'x');

  g_assert_cmpint (fd, >=, 0);
  desk_xml_writer_element (writer, "a", text);
  g_assert_true (desk_xml_writer_failed (writer));
  desk_xml_writer_element (writer, "b", text);
  g_assert_false (desk_xml_writer_finish (writer, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_FULL);
  close (fd);
}

static void
test_full_at_the_end (void)
{
  /* Little enough to wait in the buffer until the end. */
  g_autoptr (GError) error = NULL;
  int fd = open ("/dev/full", O_WRONLY | O_CLOEXEC);
  g_autoptr (DeskXmlWriter) writer = desk_xml_writer_new (fd);

  desk_xml_writer_element (writer, "a", "b");
  g_assert_false (desk_xml_writer_failed (writer));
  g_assert_false (desk_xml_writer_finish (writer, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_FULL);
  close (fd);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml/writer/texts", test_texts);
  g_test_add_func ("/xml/writer/layout", test_layout);
  g_test_add_func ("/xml/writer/like-libxml2", test_like_libxml2);
  g_test_add_func ("/xml/writer/long-text", test_long_text);
  g_test_add_func ("/xml/writer/full-disk", test_full_disk);
  g_test_add_func ("/xml/writer/full-at-the-end", test_full_at_the_end);
  return g_test_run ();
}
