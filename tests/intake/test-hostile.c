/* Files made to harm whoever opens them: each is refused in the words that fit, or shown as pixels and nothing more.
 * Made here, small. Needs bubblewrap. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "desk-error.h"
#include "desk-reader.h"

static gboolean
no_sandbox_here (void)
{
  g_autofree char *output = NULL, *errors = NULL;
  int status;

  if (g_spawn_command_line_sync ("bwrap --unshare-all --ro-bind / / true", &output, &errors, &status, NULL)
      && g_spawn_check_wait_status (status, NULL))
    return FALSE;
  g_test_skip ("no sandbox can be made here");
  return TRUE;
}

/* The page of those bytes as a picture; takes nothing. */
static DeskPreview *
look (const void *data, gsize length, int page, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  int input = desk_reader_memory (bytes, error);

  g_assert_cmpint (input, >=, 0);
  return desk_reader_picture (input, page, 200, 200, NULL, error);
}

static void
refused (const char *name, const void *data, gsize length, DeskError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPreview) preview = look (data, length, 0, &error);

  if (preview || !g_error_matches (error, DESK_ERROR, (int) code))
    g_error ("%s: %s", name, preview ? "was shown" : error->message);
}

static GString *
pdf (const char *catalog, const char *pages, const char *page, const char *more)
{
  GString *text = g_string_new ("%PDF-1.7\n");

  g_string_append_printf (text, "1 0 obj<</Type/Catalog/Pages 2 0 R%s>>endobj\n", catalog);
  g_string_append_printf (text, "2 0 obj<</Type/Pages%s>>endobj\n", pages);
  g_string_append_printf (text, "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 50]%s>>endobj\n", page);
  g_string_append (text, more);
  g_string_append (text, "trailer<</Root 1 0 R>>\n%%EOF\n");
  return text;
}

#define ONE_PAGE "/Kids[3 0 R]/Count 1"

/* What a PDF asks to be done is not done: its page is white. */
static void
test_pdf_actions (void)
{
  static const struct
  {
    const char *catalog, *page;
  } cases[] = {
    { "/OpenAction<</S/JavaScript/JS(while\\(true\\);)>>", "" },
    { "/OpenAction<</S/Launch/F(/bin/sh)>>", "" },
    { "/OpenAction<</S/URI/URI(http://198.51.100.1/)>>", "" },
    { "/OpenAction<</S/GoToR/F(//198.51.100.1/a.pdf)>>", "" },
    { "/AcroForm<</XFA(<a/>)>>", "/AA<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>" },
    { "", "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 100 50]/Border[0 0 0]/A<</S/URI/URI(http://198.51.100.1/)>>>>]" },
  };

  if (no_sandbox_here ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      GString *text = pdf (cases[i].catalog, ONE_PAGE, cases[i].page, "");
      g_autoptr (DeskPreview) preview = look (text->str, text->len, 0, &error);

      g_assert_no_error (error);
      g_assert_cmpint (preview->pages, ==, 1);
      const guchar *pixels = g_bytes_get_data (preview->pixels, NULL);
      for (gsize p = 0; p < g_bytes_get_size (preview->pixels); p++)
        g_assert_cmpint (pixels[p], ==, 255);
      g_string_free (text, TRUE);
    }
}

/* Trees without end or depth: an answer comes, and it is a picture or "damaged". */
static void
test_pdf_trees (void)
{
  g_autoptr (GString) nested = g_string_new ("/Contents 4 0 R/Nest");
  g_autoptr (GString) many = g_string_new ("/Count 100000/Kids[");
  g_autoptr (GString) leaves = g_string_new (NULL);
  const char *loop
      = "4 0 obj<</Length 5>>stream\n/F Do\nendstream endobj\n"
        "5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>/Length 11>>stream\n"
        "/F Do /F Do\nendstream endobj\n";

  if (no_sandbox_here ())
    return;
  for (int i = 0; i < 100000; i++)
    {
      g_string_append_c (nested, '[');
      g_string_append_printf (many, "%d 0 R ", i + 10);
      g_string_append_printf (leaves, "%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 50]>>endobj\n", i + 10);
    }
  g_string_append_c (many, ']');

  GString *texts[] = {
    pdf ("", "/Kids[2 0 R]/Count 1", "", ""),
    pdf ("", "/Kids[2 0 R 2 0 R]/Count 2000000000", "", ""),
    pdf ("", ONE_PAGE, "/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>", loop),
    pdf ("", ONE_PAGE, nested->str, ""),
    pdf ("", ONE_PAGE, "/MediaBox[0 0 1e9 1e9]", ""),
    pdf ("", ONE_PAGE, "/MediaBox[0 0 nan -inf]", ""),
    pdf ("", "/Kids[3 0 R]/Count -7", "", ""),
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DeskPreview) preview = look (texts[i]->str, texts[i]->len, 0, &error);

      if (!preview && !g_error_matches (error, DESK_ERROR, DESK_ERROR_CORRUPT))
        g_error ("tree %u: %s", i, error->message);
      g_string_free (texts[i], TRUE);
    }

  GString *text = pdf ("", many->str, "", leaves->str);
  for (int page = 0; page < 2; page++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DeskPreview) preview = look (text->str, text->len, page * 99999, &error);

      g_assert_no_error (error);
      g_assert_cmpint (preview->pages, ==, 100000);
    }
  g_string_free (text, TRUE);
}

static guint32
crc (const guchar *bytes, gsize length)
{
  guint32 value = 0xffffffffu;

  for (gsize i = 0; i < length; i++)
    {
      value ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        value = value >> 1 ^ (value & 1 ? 0xedb88320u : 0);
    }
  return ~value;
}

static void
add_chunk (GByteArray *png, const char *type, const void *data, guint length)
{
  guint32 size = GUINT32_TO_BE (length);
  guint start = png->len + 4;

  g_byte_array_append (png, (const guchar *) &size, 4);
  g_byte_array_append (png, (const guchar *) type, 4);
  g_byte_array_append (png, data, length);
  guint32 sum = GUINT32_TO_BE (crc (png->data + start, png->len - start));
  g_byte_array_append (png, (const guchar *) &sum, 4);
}

/* So many bytes of zero, deflated. */
static GBytes *
zeros (gsize length)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, G_CONVERTER (zlib));
  static const char block[1 << 16];

  for (gsize done = 0; done < length; done += sizeof block)
    g_assert_true (g_output_stream_write_all (out, block, MIN (sizeof block, length - done), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* A PNG of that size whose pixels are as many bytes of zero as told. */
static GByteArray *
png (guint32 width, guint32 height, guint8 bits, gsize pixels)
{
  GByteArray *bytes = g_byte_array_new ();
  guint32 size[2] = { GUINT32_TO_BE (width), GUINT32_TO_BE (height) };
  guint8 header[13] = { 0 };
  g_autoptr (GBytes) data = zeros (pixels);

  memcpy (header, size, 8);
  header[8] = bits;
  g_byte_array_append (bytes, (const guchar *) "\x89PNG\r\n\x1a\n", 8);
  add_chunk (bytes, "IHDR", header, sizeof header);
  add_chunk (bytes, "IDAT", g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  add_chunk (bytes, "IEND", "", 0);
  return bytes;
}

static void
test_png (void)
{
  static const struct
  {
    guint32 width, height;
    guint8 bits;
    gsize pixels;
    DeskError code;
  } cases[] = {
    { 30000, 30000, 1, (gsize) 30000 * 3751, DESK_ERROR_INVALID }, /* a bomb: 112 MB of nothing in 110 KB */
    { 50000, 50000, 8, 100, DESK_ERROR_INVALID },
    { 0x7fffffff, 1, 8, 100, DESK_ERROR_INVALID },
    { 0xffffffff, 0xffffffff, 8, 100, DESK_ERROR_INVALID },
    { 0, 10, 8, 100, DESK_ERROR_CORRUPT },
    { 10, 10, 3, 100, DESK_ERROR_CORRUPT },
  };

  if (no_sandbox_here ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = png (cases[i].width, cases[i].height, cases[i].bits, cases[i].pixels);
      g_autofree char *name = g_strdup_printf ("PNG %u", i);

      refused (name, bytes->data, bytes->len, cases[i].code);
    }

  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) sound = png (100, 50, 8, 50 * 101);
  g_autoptr (DeskPreview) preview = look (sound->data, sound->len, 0, &error);
  g_assert_no_error (error);
  for (guint cut = 9; cut < sound->len; cut += 7)
    refused ("PNG cut off", sound->data, sound->len - cut,
             cut > sound->len - 8 ? DESK_ERROR_FOREIGN : DESK_ERROR_CORRUPT);
}

static void
test_jpeg (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 64, 64);
  g_autofree char *data = NULL;
  gsize length;

  if (no_sandbox_here ())
    return;
  gdk_pixbuf_fill (pixbuf, 0);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "jpeg", NULL, NULL));
  char *frame = memmem (data, length, "\xff\xc0", 2);
  g_assert_nonnull (frame);
  memcpy (frame + 5, "\xfd\xe8\xfd\xe8", 4);
  refused ("JPEG of 65,000 x 65,000", data, length, DESK_ERROR_INVALID);
  memset (frame + 5, 0xff, 4);
  refused ("JPEG larger than any JPEG", data, length, DESK_ERROR_CORRUPT);
  refused ("JPEG cut off", data, 100, DESK_ERROR_CORRUPT);
}

static void
test_heic (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 128, 64);
  g_autofree char *folder = g_dir_make_tmp ("uketsuke-heic-XXXXXX", NULL);
  g_autofree char *from = g_build_filename (folder, "a.png", NULL), *to = g_build_filename (folder, "a.heic", NULL);
  const char *const argv[] = { "heif-enc", "-q", "90", from, "-o", to, NULL };
  g_autofree char *data = NULL, *program = g_find_program_in_path ("heif-enc");
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!program)
    g_test_skip ("no program here makes a HEIC");
  if (!program || no_sandbox_here ())
    return;
  gdk_pixbuf_fill (pixbuf, 0xff0000ff);
  g_assert_true (gdk_pixbuf_save (pixbuf, from, "png", NULL, NULL));
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL,
                               G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                               NULL, NULL, NULL, NULL, NULL));
  g_assert_true (g_file_get_contents (to, &data, &length, NULL));
  g_unlink (from);
  g_unlink (to);
  g_rmdir (folder);

  g_autoptr (DeskPreview) preview = look (data, length, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (preview->width, ==, 128);
  g_assert_cmpint (preview->height, ==, 64);
  g_assert_cmpint (((const guchar *) g_bytes_get_data (preview->pixels, NULL))[0], >, 200);
  refused ("HEIC cut off", data, length / 2, DESK_ERROR_CORRUPT);
  char *box = memmem (data, length, "ispe", 4);
  memset (box + 8, 0x7f, 8);
  refused ("HEIC of two thousand million pixels a side", data, length, DESK_ERROR_INVALID);
}

/* What is of another kind is not even handed to a loader, whatever it is called. */
static void
test_foreign (void)
{
  static const char *const texts[] = {
    "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    "GIF89a\1\0\1\0\200\0\0\0\0\0", "BM....................", "II*\0........", "RIFF....WEBPVP8 ", "PK\3\4............",
    "%!PS-Adobe-3.0\n", "\177ELF............", "#!/bin/sh\n", "MSH|^~\\&|", "\0\0\0\x18" "ftypqt  ........",
  };

  if (no_sandbox_here ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    refused (texts[i], texts[i], 16, DESK_ERROR_FOREIGN);
}

/* Things that are no files are not read, and do not hang; names are only names. */
static void
test_places (void)
{
  g_autofree char *folder = g_dir_make_tmp ("uketsuke-places-XXXXXX", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe.pdf", NULL),
                  *link = g_build_filename (folder, "link.pdf", NULL);
  g_autofree char *dangling = g_build_filename (folder, "dangling.pdf", NULL);
  g_autofree char *longest = g_strnfill (251, 'a');
  g_autofree char *long_name = g_strconcat (longest, ".pdf", NULL);
  const char *const names[] = { "new\nline.pdf",
                                "\xe2\x80\xae"
                                "fdp.exe",
                                "-rf",
                                "--help",
                                "$(reboot).pdf",
                                "\xff\xfe.pdf",
                                long_name };
  const char *const no_files[] = { pipe, link, "/dev/zero", "/" };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (symlink (pipe, link), ==, 0);
  g_assert_cmpint (symlink ("/nowhere/at/all", dangling), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (no_files); i++)
    {
      g_assert_cmpint (desk_reader_open (no_files[i], &error), ==, -1);
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  g_assert_cmpint (desk_reader_open (dangling, &error), ==, -1);
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);

  gboolean none = no_sandbox_here ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      GString *text = pdf ("", ONE_PAGE, "", "");

      g_assert_true (
          g_file_set_contents_full (path, text->str, (gssize) text->len, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      if (!none)
        {
          g_autoptr (GError) why = NULL;
          g_autoptr (DeskPreview) preview = desk_reader_run (path, 100, 100, NULL, &why);

          g_assert_no_error (why);
          g_assert_cmpint (preview->pages, ==, 1);
        }
      g_unlink (path);
      g_string_free (text, TRUE);
    }
  g_unlink (pipe);
  g_unlink (link);
  g_unlink (dangling);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hostile/pdf-actions", test_pdf_actions);
  g_test_add_func ("/hostile/pdf-trees", test_pdf_trees);
  g_test_add_func ("/hostile/png", test_png);
  g_test_add_func ("/hostile/jpeg", test_jpeg);
  g_test_add_func ("/hostile/heic", test_heic);
  g_test_add_func ("/hostile/foreign", test_foreign);
  g_test_add_func ("/hostile/places", test_places);
  return g_test_run ();
}
