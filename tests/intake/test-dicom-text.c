/* Texts of DICOM: known bytes of every character set (PS3.5 annexes H to K), and bytes that are none. */
#include <string.h>

#include "desk-dicom-text.h"

typedef struct
{
  const char *charset, *bytes, *expected;
  DeskDicomTextKind kind;
  gboolean wrong;
} Case;

#define NAME DESK_DICOM_TEXT_NAME
#define PLAIN DESK_DICOM_TEXT_PLAIN

static const Case cases[] = {
  { "", "Yamada^Tarou", "Yamada^Tarou", NAME },
  { "ISO_IR 6", "Chest ", "Chest", PLAIN },
  { "ISO_IR 100", "Buc^J\xe9r\xf4me", "Buc^Jérôme", NAME },
  { "ISO-IR 100", "\xc4neas^R\xfc" "diger", "Äneas^Rüdiger", NAME },
  { "ISO 2022 IR 100", "Buc^J\xe9r\xf4me", "Buc^Jérôme", NAME },
  { "ISO_IR 101", "Wa\xb3\xeasa", "Wałęsa", NAME },
  { "ISO_IR 109", "\xa9stanbul \xe6", "İstanbul ĉ", PLAIN },
  { "ISO_IR 110", "\xe7\xf3", "įķ", PLAIN },
  { "ISO_IR 144", "\xbb\xee\xda" "ce\xdc\xd1yp\xd3", "Люкceмбypг", NAME },
  { "ISO_IR 127", "\xe2\xc8\xc7\xe6\xea^\xe4\xe6\xd2\xc7\xd1", "قباني^لنزار", NAME },
  { "ISO_IR 126", "\xc4\xe9\xef\xed\xf5\xf3\xe9\xef\xf2", "Διονυσιος", NAME },
  { "ISO_IR 138", "\xf9\xf8\xe5\xef^\xe3\xe1\xe5\xf8\xe4", "שרון^דבורה", NAME },
  { "ISO_IR 148", "\xde\xfd", "Şı", PLAIN },
  { "ISO_IR 166", "\xca\xc1\xaa\xd2\xc2", "สมชาย", NAME },
  { "ISO_IR 192", "Wang^XiaoDong=王^小東=", "Wang^XiaoDong=王^小東", NAME },
  { "GB18030", "Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab=", "Wang^XiaoDong=王^小东", NAME },
  { "GBK", "\x81\x5e^\x81\x5c", "乛^乗", NAME }, /* their second bytes are ^ and \ */
  { "GB18030", "\x81\x30\x84\x36", "¥", PLAIN },
  { "\\ISO 2022 IR 87",
    "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B",
    "Yamada^Tarou=山田^太郎=やまだ^たろう", NAME },
  { "ISO 2022 IR 13\\ISO 2022 IR 87",
    "\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J=\x1b$B$d$^$@\x1b(J^\x1b$B$?$m$&\x1b(J",
    "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう", NAME },
  { "ISO_IR 13", "\x5c 100 ~", "¥ 100 ‾", PLAIN },
  { "ISO_IR 13", "\xd4\x5c\xcf", "ﾔ\\ﾏ", NAME },
  { "ISO 2022 IR 6\\ISO 2022 IR 159", "\x1b$(D\x30\x21\x1b(B^x", "丂^x", NAME },
  { "\\ISO 2022 IR 149",
    "Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf",
    "Hong^Gildong=洪^吉洞=홍^길동", NAME },
  { "\\ISO 2022 IR 58", "Zhang^XiaoDong=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab=", "Zhang^XiaoDong=张^小东", NAME },
  { "ISO 2022 IR 6\\ISO 2022 IR 100\\ISO 2022 IR 144", "\x1b-A\xc4^\x1b-L\xbb", "Ä^Л", NAME },
  /* A kanji pair that holds ^ = and \ is not parted. */
  { "\\ISO 2022 IR 87", "\x1b$B$^=\\\x1b(B^x", "ま旬^x", NAME },
  /* Not announced, and followed all the same. */
  { "", "\x1b$B;3\x1b(B", "山", NAME },
  /* Back to the first set at every end of a part. */
  { "\\ISO 2022 IR 149", "\x1b$)C\xc8\xab^\xc8", "홍^\xef\xbf\xbd", NAME, TRUE },
  { "\\ISO 2022 IR 149", "\x1b$)C\xc8\xab\r\n\xc8", "홍  \xef\xbf\xbd", PLAIN, TRUE },
  /* Composed, trimmed, without control characters; parts by themselves, so that nothing swallows a =. */
  { "ISO_IR 192", " e\xcc\x81 ^ x ^^", "é^x", NAME },
  { "ISO_IR 192", "a=\xcc\xb8" "b", "a=\xcc\xb8" "b", NAME },
  { "", "A\x01" "B\x7f", "AB", PLAIN },
  { "ISO_IR 100", "A\x9f" "B", "AB", PLAIN },
  { "", "^^^^", "", NAME },
  { "", "=山", "=\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", NAME, TRUE },
  /* Bytes that are no character. */
  { "ISO_IR 192", "a\xc0\x80" "b\xff\xed\xa0\x80", "a\xef\xbf\xbd\xef\xbf\xbd" "b\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", PLAIN, TRUE },
  { "\\ISO 2022 IR 87", "\x1b$B;", "\xef\xbf\xbd", NAME, TRUE },
  { "GB18030", "\x81", "\xef\xbf\xbd", PLAIN, TRUE },
  { "ISO_IR 13", "\x80\xe0", "\xef\xbf\xbd\xef\xbf\xbd", PLAIN, TRUE },
  { "", "a\x1b(Zb", "a(Zb", PLAIN, TRUE },
  { "", "a\x1b", "a", PLAIN, TRUE },
  { "", "1^2^3^4^5^6=b=c=d", "1^2^3^4^5=b=c", NAME, TRUE },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr (DeskDicomText) text = desk_dicom_text_new ();
      gboolean wrong = FALSE;

      g_assert_true (desk_dicom_text_declare (text, (const guint8 *) c->charset, strlen (c->charset)));
      g_autofree char *got = desk_dicom_text_decode (text, (const guint8 *) c->bytes, strlen (c->bytes), c->kind, &wrong);
      if (strcmp (got, c->expected) != 0 || wrong != c->wrong)
        g_error ("case %u, %s: “%s” (%d), not “%s” (%d)", i, c->charset, got, wrong, c->expected, c->wrong);
    }
}

static void
test_unknown_set (void)
{
  g_autoptr (DeskDicomText) text = desk_dicom_text_new ();
  gboolean wrong = FALSE;

  g_assert_false (desk_dicom_text_declare (text, (const guint8 *) "ISO_IR 999", 10));
  g_autofree char *got = desk_dicom_text_decode (text, (const guint8 *) "a\xe9", 2, PLAIN, &wrong);
  g_assert_cmpstr (got, ==, "a\xef\xbf\xbd");
  g_assert_true (wrong);
}

/* Whatever the bytes are, what comes out is UTF-8 without control characters. */
static void
test_any_bytes (void)
{
  static const char *const charsets[] = { "", "ISO_IR 192", "GB18030", "ISO 2022 IR 13\\ISO 2022 IR 87", "\\ISO 2022 IR 149", "ISO_IR 166" };

  for (guint set = 0; set < G_N_ELEMENTS (charsets); set++)
    for (guint round = 0; round < 2000; round++)
      {
        g_autoptr (DeskDicomText) text = desk_dicom_text_new ();
        guint8 bytes[24];
        gboolean wrong = FALSE;

        for (guint i = 0; i < sizeof bytes; i++)
          bytes[i] = (guint8) g_test_rand_int_range (0, 256);
        memcpy (bytes + g_test_rand_int_range (0, 20), "\x1b$B", 3);
        desk_dicom_text_declare (text, (const guint8 *) charsets[set], strlen (charsets[set]));
        g_autofree char *got = desk_dicom_text_decode (text, bytes, sizeof bytes, round & 1 ? NAME : PLAIN, &wrong);
        g_assert_true (g_utf8_validate (got, -1, NULL));
        for (const char *p = got; *p; p = g_utf8_next_char (p))
          g_assert_cmpint (g_unichar_type (g_utf8_get_char (p)), !=, G_UNICODE_CONTROL);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dicom-text/table", test_table);
  g_test_add_func ("/dicom-text/unknown-set", test_unknown_set);
  g_test_add_func ("/dicom-text/any-bytes", test_any_bytes);
  return g_test_run ();
}
