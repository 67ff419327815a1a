/* Every kind of block in every direction: what a reader of PDF finds, what is refused, and that the same is the same. */
#include <glib/gstdio.h>
#include <string.h>

#include "desk-error.h"
#include "letter-fixture.h"

#define LANGUAGES "en ja zh zh-TW ko ar ru vi"

static DeskFields *
make_fields (guint visits)
{
  DeskFields *fields = desk_fields_new ();

  desk_fields_set (fields, "patient.name", "NGUYEN Thi Minh Khai");
  desk_fields_set (fields, "patient.phone", "+84 90-123-4567");
  desk_fields_set (fields, "patient.address", "CLINIC\n〒100-0000 東京都1-0-0");
  desk_fields_set (fields, "patient.chart", "P26-000123");
  desk_fields_set_day (fields, "patient.birth", "1985-04-03");
  for (guint i = 0; i < visits; i++)
    {
      DeskFields *visit = desk_fields_add (fields, "visits");
      g_autofree char *what = g_strdup_printf ("VISIT%u.", i);

      desk_fields_set (visit, "what", what);
      desk_fields_set (visit, "remote", i % 2 ? "1" : NULL);
    }
  return fields;
}

static DeskLetterLayout *
lay_out (const char *blocks, const DeskFields *fields, const char *language)
{
  g_autoptr (DeskLetter) letter = letter_from (LANGUAGES, blocks, fields, language);

  return desk_letter_layout_new (letter, NULL);
}

static char *
without_spaces (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

/* What must stand on the page, in this order; white space does not count (poppler parts Arabic words). */
static const struct
{
  const char *language, *blocks;
  const char *expected[4];
} cases[] = {
  { "en", "<list kind='number'><item>one</item><item if='patient.email'>two</item><item>three</item></list>", { "1.one", "2.three" } },
  { "en", "<list kind='number'><item each='visits' as='v'>{{v.what}}</item></list>", { "1.VISIT0.", "2.VISIT1." } },
  { "en", "<list><item>a</item><list kind='number'><item>b</item></list><item>c</item></list>", { "•a", "1.b", "•c" } },
  { "en", "<p each='visits' as='v' if='v.remote'>{{v.what}}</p>", { "VISIT1.VISIT3." } },
  { "en", "<group each='visits' as='v'><p if='!v.remote'>{{v.what}}</p></group>", { "VISIT0.VISIT2." } },
  { "en", "<table><head><cell>A</cell><cell align='right'>B</cell></head><row each='visits' as='v'><cell>{{v.what}}</cell><cell>1</cell></row>"
          "<row style='total'><cell>SUM</cell><cell>4</cell></row></table>", { "AB", "VISIT0.1", "VISIT3.1", "SUM4" } },
  { "ja", "<p>{{patient.birth}}、{{patient.birth|era}}、{{patient.birth|weekday}}、{{patient.birth|iso}}</p>",
    { "1985年4月3日、昭和60年4月3日、1985年4月3日(水)、1985-04-03" } },
  { "ru", "<p>{{patient.birth}} {{patient.name|upper}}</p>", { "3апреля1985г.", "NGUYENTHIMINHKHAI" } },
  { "vi", "<p>Nội dung điều trị: Ặ Ỗ Ữ ễ ậ ợ</p>", { "Nộidungđiềutrị:ẶỖỮễậợ" } },
  { "ko", "<p>치료 증명서</p>", { "치료증명서" } },
  { "zh", "<p>治疗证明书</p>", { "治疗证明书" } },
  { "zh-TW", "<p>治療證明書</p>", { "治療證明書" } },
  { "ar", "<p>شهادة {{patient.phone}} من 30–50 mL</p>", { "30–50mL", "+8490-123-4567" } },
  { "ar", "<p>رقم {{patient.phone}}</p>", { "+8490-123-4567" } },
  { "ar", "<p>من 30–50 mL دم</p>", { "30–50mL" } },
  { "ar", "<p>SAMPLE – NOT VALID</p>", { "SAMPLE–NOTVALID" } },
  { "ar", "<p>العنوان {{patient.address}}</p>", { "〒100-0000東京都1-0-0" } }, /* of two lines */
};

static void
test_blocks (void)
{
  g_autoptr (DeskFields) fields = make_fields (4);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskLetterLayout) layout = lay_out (cases[i].blocks, fields, cases[i].language);
      g_autofree char *text = letter_text (layout), *found = without_spaces (text);
      const char *at = found;

      for (guint j = 0; j < 4 && cases[i].expected[j]; j++)
        if (!(at = strstr (at, cases[i].expected[j])))
          g_error ("case %u: no «%s» in «%s»", i, cases[i].expected[j], found);
    }
}

/* The Arabic letter begins on the right, its tables too; beside it the Japanese one does not. */
static void
test_sides (void)
{
  static const struct
  {
    const char *language, *blocks, *word;
    gboolean right; /* of the middle of the page */
  } sides[] = {
    { "en", "<p>WORD</p>", "WORD", FALSE },
    { "ar", "<p>شكرا</p>", "شكرا", TRUE },
    { "ar", "<p>WORD</p>", "WORD", TRUE },
    { "ar", "<p style='right'>WORD</p>", "WORD", FALSE },
    { "ar", "<check>WORD</check>", "WORD", TRUE },
    { "ar", "<list><item>WORD</item></list>", "WORD", TRUE },
    { "ar", "<table><head><cell>WORD</cell><cell>OTHER</cell></head><row><cell>a</cell><cell>b</cell></row></table>", "WORD", TRUE },
    { "ar", "<table><head><cell>WORD</cell><cell>OTHER</cell></head><row><cell>a</cell><cell>b</cell></row></table>", "OTHER", FALSE },
    { "ar", "<pair><t lang='ar'>شكرا</t><t lang='ja'>WORD</t><t lang='en'>e</t><t lang='zh'>z</t><t lang='zh-TW'>z</t><t lang='ko'>k</t>"
            "<t lang='ru'>r</t><t lang='vi'>v</t></pair>", "WORD", FALSE },
    { "ja", "<pair><t lang='ar'>شكرا</t><t lang='ja'>WORD</t><t lang='en'>e</t><t lang='zh'>z</t><t lang='zh-TW'>z</t><t lang='ko'>k</t>"
            "<t lang='ru'>r</t><t lang='vi'>v</t></pair>", "WORD", FALSE },
  };
  g_autoptr (DeskFields) fields = make_fields (0);

  desk_fields_set (fields, "patient.name", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autoptr (DeskLetterLayout) layout = lay_out (sides[i].blocks, fields, sides[i].language);
      g_autofree char *path = letter_pdf (layout), *boxes = letter_tool ("pdftotext -bbox % -", path);
      const char *word = g_str_has_prefix (sides[i].word, "W") || g_str_has_prefix (sides[i].word, "O") ? strstr (boxes, sides[i].word) : strstr (boxes, "<word");
      double x;

      g_unlink (path);
      g_assert_nonnull (word);
      while (strncmp (word, "xMin=\"", 6) != 0)
        word += sides[i].word[0] >= 'A' && sides[i].word[0] <= 'Z' ? -1 : 1;
      x = g_ascii_strtod (word + 6, NULL);
      if ((x > DESK_PAPER_WIDTH / 2) != sides[i].right)
        g_error ("side %u: %s at %.0f", i, sides[i].word, x);
    }
}

/* No line begins with what closes or ends with what opens (JIS X 4051), however narrow it is. */
static void
test_kinsoku (void)
{
  static const char *const first_never = "、。,.・:;?!)〕]}〉》」』】ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々";
  static const char *const last_never = "(〔[{〈《「『【";
  static const char *const text = "「ご自身の血液(末梢血)」から、ちょっとずつ『NK細胞』を取り出し、検査(HIV、B型・C型肝炎)をします。よろしいですか?はい!"
                                  "アフェレーシスやショックの場合、「(直ちに)」中止します。";
  g_autoptr (DeskFields) fields = desk_fields_new ();
  g_autoptr (GString) blocks = g_string_new (NULL);

  for (int width = 12; width <= 50; width++)
    g_string_append_printf (blocks, "<table><head><cell width='%d'>X</cell><cell width='100'>Y</cell></head>"
                                    "<row><cell>%s</cell><cell/></row></table>", width, text);
  g_autoptr (DeskLetterLayout) layout = lay_out (blocks->str, fields, "ja");
  g_autofree char *found = letter_text (layout);
  g_auto (GStrv) lines = g_strsplit_set (found, "\n\f", -1);
  g_assert_cmpuint (g_strv_length (lines), >, 400);
  for (char **line = lines; *line; line++)
    {
      glong n = g_utf8_strlen (*line, -1);

      if (n && (g_utf8_strchr (first_never, -1, g_utf8_get_char (*line))
                || g_utf8_strchr (last_never, -1, g_utf8_get_char (g_utf8_offset_to_pointer (*line, n - 1)))))
        g_error ("«%s»", *line);
    }
}

static void
test_korean_words (void)
{
  g_autoptr (DeskFields) fields = desk_fields_new ();
  g_autoptr (DeskLetterLayout) layout = lay_out ("<table><head><cell width='12'>X</cell><cell width='88'>Y</cell></head><row>"
                                                 "<cell>비정상 세포를 공격할 수 있는 백혈구입니다</cell><cell/></row></table>", fields, "ko");
  g_autofree char *text = letter_text (layout);
  static const char *const words[] = { "비정상", "세포를", "공격할", "백혈구입니다" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_nonnull (strstr (text, words[i]));
}

/* Title, language, fonts, and an outline where there are pages to find one's way in. */
static void
test_document (void)
{
  g_autoptr (DeskFields) fields = make_fields (120);
  g_autoptr (DeskLetterLayout) layout = lay_out ("<h level='1'>FIRST</h><h level='2'>SECOND</h><p each='visits' as='v'>{{v.what}}</p><h level='2'>THIRD 治療</h>", fields, "ja");
  g_autofree char *path = letter_pdf (layout), *info = letter_tool ("pdfinfo %", path), *fonts = letter_tool ("pdffonts %", path), *bytes = NULL;
  static const char *const inside[] = { "/Lang (ja)", "/Outlines", "(FIRST)", "(SECOND)" };
  g_auto (GStrv) lines = g_strsplit (fonts, "\n", -1);
  gsize length;

  g_assert_cmpuint (desk_letter_layout_n_pages (layout), >, 1);
  g_assert_nonnull (strstr (info, "Title:           Test"));
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (inside); i++)
    g_assert_nonnull (memmem (bytes, length, inside[i], strlen (inside[i])));
  for (guint i = 2; lines[i] && *lines[i]; i++)
    if (!strstr (lines[i], "yes yes yes"))
      g_error ("not embedded, not a subset, or not selectable: %s", lines[i]);
  g_unlink (path);
}

static char *
digest_of (const DeskLetterLayout *layout)
{
  g_autoptr (GError) error = NULL;
  char *digest = NULL;
  g_autoptr (GBytes) bytes = desk_letter_pdf_bytes (layout, &digest, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  return digest;
}

#define SAME "<h level='1'>治療 Лечение العلاج</h><p>{{patient.name}}</p><barcode field='patient.chart' kind='qr'/><list><item>a</item></list>"

static void
print_digest (void)
{
  g_autoptr (DeskFields) fields = make_fields (3);
  g_autoptr (DeskLetterLayout) layout = lay_out (SAME, fields, "ru");
  g_autofree char *digest = digest_of (layout);

  g_print ("%s", digest);
}

/* Twice in this process, with fonts that others used before, and once in another at another hour of another zone. */
static void
test_same_bytes (void)
{
  g_autoptr (DeskFields) fields = make_fields (3);
  g_autoptr (DeskLetterLayout) one = lay_out (SAME, fields, "ru"), two = lay_out (SAME, fields, "ru");
  g_autofree char *first = digest_of (one), *second = digest_of (two), *third = NULL, *self = g_file_read_link ("/proc/self/exe", NULL);
  char *argv[] = { self, (char *) "--digest", NULL };
  g_auto (GStrv) env = g_environ_setenv (g_get_environ (), "TZ", "Asia/Tokyo", TRUE);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (first, ==, second);
  g_assert_true (g_spawn_sync (NULL, argv, env, 0, NULL, NULL, &third, NULL, NULL, &error));
  g_assert_cmpstr (first, ==, third);
  desk_fields_set (fields, "patient.name", "OTHER");
  g_autoptr (DeskLetterLayout) other = lay_out (SAME, fields, "ru");
  g_autofree char *fourth = digest_of (other);
  g_assert_cmpstr (first, !=, fourth);
}

static void
test_pack (void)
{
  g_autoptr (DeskFields) fields = make_fields (2);
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_letter_layout_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  g_ptr_array_add (layouts, lay_out ("<p>ONE</p>", fields, "en"));
  g_ptr_array_add (layouts, lay_out ("<p>TWO</p><break/><p>THREE</p>", fields, "ar"));
  g_autoptr (GBytes) bytes = desk_letter_pack_bytes (layouts, "All of it", NULL, &error);
  g_assert_no_error (error);
  g_close (g_file_open_tmp ("uketsuke-XXXXXX.pdf", &path, NULL), NULL);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  g_autofree char *text = letter_tool ("pdftotext -raw % -", path), *info = letter_tool ("pdfinfo %", path);
  g_auto (GStrv) pages = g_strsplit (text, "\f", -1);
  g_assert_cmpuint (g_strv_length (pages), ==, 4);
  g_assert_nonnull (strstr (pages[0], "ONE"));
  g_assert_nonnull (strstr (pages[2], "THREE"));
  g_assert_nonnull (strstr (info, "All of it"));
  g_unlink (path);
}

/* What the paper is numbered with stands in words and as a code on every page; a copy says so on every page. */
static void
test_marks (void)
{
  static const DeskLetterOptions copy = { "再発行 COPY · 2026-11-22 · no. 2" };
  g_autoptr (DeskFields) fields = make_fields (0);

  desk_fields_set (fields, "issued.number", "Y26-000123-X");
  g_autoptr (DeskLetter) letter = letter_from (LANGUAGES, "<p>ONE</p><break/><p>TWO</p>", fields, "ja");
  g_autoptr (DeskLetterLayout) layout = desk_letter_layout_new (letter, &copy);
  g_autofree char *text = letter_text (layout);
  g_auto (GStrv) pages = g_strsplit (text, "\f", -1);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_nonnull (strstr (pages[i], "Y26-000123-X"));
      g_assert_nonnull (strstr (pages[i], i ? "2 / 2" : "1 / 2"));
      g_assert_nonnull (strstr (pages[i], copy.copy_mark));
    }
}

static void
test_scanned (void)
{
  g_autofree char *zbar = g_find_program_in_path ("zbarimg"), *ppm = g_find_program_in_path ("pdftoppm");
  g_autoptr (DeskFields) fields = make_fields (0);
  static const char *const kinds[] = { "qr", "code128" };

  if (!zbar || !ppm)
    {
      g_test_skip ("zbar is not installed");
      return;
    }
  desk_fields_set (fields, "issued.number", "Y26-000123-X");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *blocks = g_strdup_printf ("<barcode field='patient.chart' kind='%s' style='center'/>", kinds[i]);
      g_autoptr (DeskLetterLayout) layout = lay_out (blocks, fields, "en");
      g_autofree char *path = letter_pdf (layout), *picture = g_strconcat (path, ".png", NULL), *base = g_strndup (picture, strlen (picture) - 4);
      g_autofree char *draw = g_strdup_printf ("pdftoppm -r 200 -png -singlefile %% '%s'", base), *nothing = letter_tool (draw, path);
      g_autofree char *codes = letter_tool ("zbarimg -q --raw --nodbus %", picture);

      if (!strstr (codes, "P26-000123") || !strstr (codes, "Y26-000123-X"))
        g_error ("%s: %s", kinds[i], codes);
      g_unlink (picture);
      g_unlink (path);
    }
}

/* The longest text there may be is laid out to its last word, with spaces and without. */
static void
test_longest_text (void)
{
  static const char *const words[] = { "word ", "x", "治", "治療。", "العلاج " };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (DeskFields) fields = make_fields (0);
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len + strlen (words[i]) < DESK_LETTER_MOST_TEXT - 20)
        g_string_append (text, words[i]);
      g_string_append (text, " END");
      desk_fields_set (fields, "patient.address", text->str);
      g_autoptr (DeskLetterLayout) layout = lay_out ("<h level='1'>{{patient.address}}</h>", fields, i == 4 ? "ar" : "en");
      g_autofree char *found = letter_text (layout);
      g_auto (GStrv) pages = g_strsplit (found, "\f", -1);
      guint n = g_strv_length (pages);
      g_assert_cmpuint (n, >, 20);
      g_assert_nonnull (strstr (pages[n - 2], "END"));
    }
}

static void
assert_refused (const char *blocks, DeskFields *fields, const char *code)
{
  g_autoptr (DeskLetterLayout) layout = lay_out (blocks, fields, "en");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = desk_letter_pdf_bytes (layout, NULL, &error);

  g_assert_null (bytes);
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, code);
}

static void
test_refused (void)
{
  g_autoptr (DeskFields) fields = make_fields (3000), long_code = make_fields (0);
  g_autofree char *much = g_strnfill (500, 'x');

  assert_refused ("<group each='visits' as='v'><p>{{v.what}}</p><break/></group>", fields, "letter-too-long");
  desk_fields_set (long_code, "patient.chart", much);
  assert_refused ("<barcode field='patient.chart' kind='code128'/>", long_code, "barcode-impossible");
  /* A private letter that no font has. */
  desk_fields_set (long_code, "patient.name", "𐌰");
  desk_fields_set (long_code, "patient.chart", "\xee\x80\x81");
  assert_refused ("<p>{{patient.chart}}</p>", long_code, "font-missing-Zzzz");
}

#define MANY_SCRIPTS "<p>Straße</p><p>治療</p><p>치료</p><p>Лечение</p><p>العلاج</p>"

static void
print_scripts (void)
{
  g_autoptr (DeskFields) fields = make_fields (0);
  g_autoptr (DeskLetterLayout) layout = lay_out (MANY_SCRIPTS, fields, "en");
  g_auto (GStrv) scripts = desk_letter_layout_unknown_scripts (layout);
  g_autofree char *names = g_strjoinv (" ", scripts);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = desk_letter_pdf_bytes (layout, NULL, &error);

  g_print ("%s: %s", names, bytes ? "printed" : error->message);
}

/* On a computer without fonts for Chinese, Japanese and Korean the print is refused, and says for what. */
static void
test_missing_font (void)
{
  g_autofree char *folder = g_dir_make_tmp ("uketsuke-XXXXXX", NULL), *file = g_build_filename (folder, "fonts.conf", NULL);
  g_autofree char *conf = g_strdup_printf ("<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>"
                                           "<dir>/usr/share/fonts/truetype/noto</dir><cachedir>%s/cache</cachedir></fontconfig>", folder);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL), *out = NULL, *remove = g_strdup_printf ("rm -rf '%s'", folder);
  char *argv[] = { self, (char *) "--scripts", NULL };
  g_auto (GStrv) env = g_environ_setenv (g_get_environ (), "FONTCONFIG_FILE", file, TRUE);
  g_autoptr (DeskFields) fields = make_fields (0);
  g_autoptr (DeskLetterLayout) layout = lay_out (MANY_SCRIPTS, fields, "en");
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_letter_layout_check (layout, &error));
  g_assert_true (g_file_set_contents (file, conf, -1, NULL));
  g_assert_true (g_spawn_sync (NULL, argv, env, 0, NULL, NULL, &out, NULL, NULL, &error));
  g_assert_cmpstr (out, ==, "Hang Hani: font-missing-Hang");
  g_assert_true (g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL));
}

int
main (int argc, char **argv)
{
  /* The same program as another process. */
  if (argc > 1 && g_str_equal (argv[1], "--digest"))
    {
      print_digest ();
      return 0;
    }
  if (argc > 1 && g_str_equal (argv[1], "--scripts"))
    {
      print_scripts ();
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-blocks/blocks", test_blocks);
  g_test_add_func ("/letter-blocks/sides", test_sides);
  g_test_add_func ("/letter-blocks/kinsoku", test_kinsoku);
  g_test_add_func ("/letter-blocks/korean-words", test_korean_words);
  g_test_add_func ("/letter-blocks/document", test_document);
  g_test_add_func ("/letter-blocks/same-bytes", test_same_bytes);
  g_test_add_func ("/letter-blocks/pack", test_pack);
  g_test_add_func ("/letter-blocks/marks", test_marks);
  g_test_add_func ("/letter-blocks/scanned", test_scanned);
  g_test_add_func ("/letter-blocks/longest-text", test_longest_text);
  g_test_add_func ("/letter-blocks/refused", test_refused);
  g_test_add_func ("/letter-blocks/missing-font", test_missing_font);
  return g_test_run ();
}
