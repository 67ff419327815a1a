#include "desk-file-name.h"

#include <string.h>

static const struct
{
  const char *name, *safe;
} names[] = {
  { "report.pdf", "report.pdf" },
  { "../../etc/passwd", "passwd" },
  { "C:\\Users\\Dr\\scan 1.jpg", "scan 1.jpg" },
  { "DICOM/", "DICOM" },
  { "a\nb\r\tc.pdf", "a b c.pdf" },
  { "annexe\xe2\x80\xae" "fdp.exe", "annexefdp.exe" },
  { "\xe2\x81\xa6" "x\xe2\x81\xa9\xe2\x80\x8f.png", "x.png" },
  { "bell\x07\x1b[31m.pdf", "bell[31m.pdf" },
  { "\xff\xfe.pdf", "\xef\xbf\xbd\xef\xbf\xbd.pdf" },
  { "cafe\xcc\x81.pdf", "caf\xc3\xa9.pdf" },
  { "診断書　山田.pdf", "診断書 山田.pdf" },
  { "", "file" }, { "..", "file" }, { ".", "file" }, { "///", "file" }, { "\n\n", "file" },
  { "   x   .pdf  ", "x .pdf" },
  { "<b>&amp;</b>.pdf", "b>.pdf" },
  { "%s%n.pdf", "%s%n.pdf" },
  { "-rf", "-rf" },
};

static void
test_safe (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *safe = desk_file_name_safe (names[i].name);
      g_autofree char *again = desk_file_name_safe (safe);

      g_assert_cmpstr (safe, ==, names[i].safe);
      g_assert_cmpstr (again, ==, safe);
    }
  g_autofree char *none = desk_file_name_safe (NULL);
  g_assert_cmpstr (none, ==, "file");
}

static void
test_long (void)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < 300; i++)
    g_string_append (name, "診");
  g_string_append (name, ".pdf");
  g_autofree char *safe = desk_file_name_safe (name->str);
  g_assert_cmpuint (strlen (safe), <=, DESK_FILE_NAME_MAX);
  g_assert_true (g_utf8_validate (safe, -1, NULL));
  g_assert_true (g_str_has_suffix (safe, "….pdf"));

  g_autofree char *dots = g_strnfill (400, '.');
  g_autofree char *safe_dots = desk_file_name_safe (dots);
  g_assert_cmpuint (strlen (safe_dots), <=, DESK_FILE_NAME_MAX);
  g_autofree char *extension = g_strconcat ("a.", dots, "b", NULL);
  g_autofree char *safe_extension = desk_file_name_safe (extension);
  g_assert_cmpuint (strlen (safe_extension), <=, DESK_FILE_NAME_MAX);
}

static void
test_title (void)
{
  static const char *const cases[][2] = {
    { "CT report 2026-01-05.pdf", "CT report 2026-01-05" }, { "noext", "noext" }, { ".pdf", ".pdf" },
    { "a.very-long-extension", "a.very-long-extension" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title = desk_file_name_title (cases[i][0]);
      g_assert_cmpstr (title, ==, cases[i][1]);
    }
}

static void
test_words (void)
{
  static const char *const cases[][2] = {
    { "NGUYEN_THI_HOA_CT_20260105.pdf", "NGUYEN|THI|HOA|CT" },
    { "山田花子 血液検査.pdf", "山田花子|血液検査" },
    { "O'Brien-Smith, Anne (2).jpg", "O'Brien-Smith|Anne" },
    { "IMG_0001.JPG", "IMG" }, { "123.pdf", "" }, { "-_-.png", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) words = desk_file_name_words (cases[i][0]);
      g_autofree char *line = g_strjoinv ("|", words);

      g_assert_cmpstr (line, ==, cases[i][1]);
    }
}

static void
test_links (void)
{
  static const struct
  {
    const char *link;
    gboolean usable;
  } cases[] = {
    { "https://share.example.org/a?b=c", TRUE }, { "http://example.org/", TRUE },
    { "file:///etc/passwd", FALSE }, { "javascript:alert(1)", FALSE }, { "example.org/a", FALSE },
    { "https://user:secret@example.org/", FALSE }, { "https://", FALSE }, { "https://a.example/ b", FALSE },
    { "https://a.example/\xe2\x80\xae" "x", FALSE }, { "", FALSE }, { "smb://server/share", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (desk_link_is_usable (cases[i].link) != cases[i].usable)
      g_error ("%s", cases[i].link);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-name/safe", test_safe);
  g_test_add_func ("/file-name/long", test_long);
  g_test_add_func ("/file-name/title", test_title);
  g_test_add_func ("/file-name/words", test_words);
  g_test_add_func ("/link/usable", test_links);
  return g_test_run ();
}
