/* The reader in its sandbox, on sound files, damaged ones and hostile ones. Needs bubblewrap. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cairo-pdf.h>
#include <gdk-pixbuf/gdk-pixbuf.h>

#include "desk-error.h"
#include "desk-reader.h"

static char *folder;

static char *
in_folder (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
save (const char *name, const char *data, gsize length)
{
  g_autofree char *path = in_folder (name);

  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
}

static void
make_pdf (const char *name, int pages)
{
  g_autofree char *path = in_folder (name);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 400, 600);
  cairo_t *cr = cairo_create (surface);

  for (int i = 0; i < pages; i++)
    {
      cairo_set_source_rgb (cr, 1, 0, 0);
      cairo_rectangle (cr, 0, 0, 400, 300);
      cairo_fill (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
make_picture (const char *name, const char *type)
{
  g_autofree char *path = in_folder (name);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 300, 200);

  gdk_pixbuf_fill (pixbuf, 0x0000ffff);
  g_assert_true (gdk_pixbuf_save (pixbuf, path, type, NULL, NULL));
}

/* The first half of a file is not a document. */
static void
cut (const char *from, const char *to)
{
  g_autofree char *path = in_folder (from), *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  save (to, data, length / 2);
}

static const char script_pdf[] =
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\n"
  "4 0 obj<</S/JavaScript/JS(app.launchURL\\('http://198.51.100.1/'\\); while \\(true\\) ;)>>endobj\n"
  "trailer<</Root 1 0 R>>\n%%EOF\n";

/* A header that promises 50,000 × 50,000 pixels; the check sum is right. */
static const guchar huge_png[] = {
  0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50, 8, 6, 0, 0, 0,
  0x4b, 0xaf, 0x3d, 0xca, 0, 0, 0, 0, 'I', 'D', 'A', 'T',
};

static void
make_files (void)
{
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("uketsuke-reader-XXXXXX", &error);
  g_assert_no_error (error);
  make_pdf ("good.pdf", 3);
  make_picture ("good.png", "png");
  make_picture ("good.jpg", "jpeg");
  make_picture ("wrong-name.pdf", "png");
  cut ("good.png", "cut.png");
  save ("cut.pdf", "%PDF-1.7\n1 0 obj", 16);
  save ("text.pdf", "this is no document", 19);
  save ("empty.pdf", "", 0);
  save ("script.pdf", script_pdf, sizeof script_pdf - 1);
  save ("huge.png", (const char *) huge_png, sizeof huge_png);
}

static void
remove_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = in_folder (name);
      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

/* In a bare chroot the kernel makes no sandbox: then there is nothing to test but the refusal itself. */
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

static void
test_sound (void)
{
  static const struct
  {
    const char *name;
    int width, height, pages;
    guchar red, blue; /* of the first pixel */
  } cases[] = {
    { "good.pdf", 200, 300, 3, 255, 0 }, { "good.png", 300, 200, 1, 0, 255 },       { "good.jpg", 300, 200, 1, 0, 254 },
    { "wrong-name.pdf", 300, 200, 1, 0, 255 }, { "script.pdf", 300, 150, 1, 255, 255 },
  };

  if (no_sandbox_here ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = in_folder (cases[i].name);
      g_autoptr (DeskPreview) preview = desk_reader_run (path, 300, 300, NULL, &error);

      if (!preview)
        g_error ("%s: %s", cases[i].name, error->message);
      g_assert_cmpint (preview->width, ==, cases[i].width);
      g_assert_cmpint (preview->height, ==, cases[i].height);
      g_assert_cmpint (preview->pages, ==, cases[i].pages);
      g_assert_cmpuint (g_bytes_get_size (preview->pixels), ==, (gsize) preview->stride * preview->height);
      const guchar *pixel = g_bytes_get_data (preview->pixels, NULL);
      g_assert_cmpint (pixel[0], ==, cases[i].red);
      g_assert_cmpint (pixel[2], ==, cases[i].blue);
      g_assert_cmpint (pixel[3], ==, 255);
    }
}

static void
test_unsound (void)
{
  static const struct
  {
    const char *name;
    DeskError code;
  } cases[] = {
    { "text.pdf", DESK_ERROR_FOREIGN },  { "empty.pdf", DESK_ERROR_FOREIGN }, { "cut.pdf", DESK_ERROR_CORRUPT },
    { "cut.png", DESK_ERROR_CORRUPT },   { "huge.png", DESK_ERROR_INVALID },  { "not-there.pdf", DESK_ERROR_NOT_FOUND },
    { ".", DESK_ERROR_FOREIGN },
  };

  if (no_sandbox_here ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = in_folder (cases[i].name);

      g_assert_null (desk_reader_run (path, 300, 300, NULL, &error));
      if (!g_error_matches (error, DESK_ERROR, (int) cases[i].code))
        g_error ("%s: %s", cases[i].name, error->message);
    }
}

/* Without bubblewrap the file is not read at all. */
static void
test_no_sandbox (void)
{
  g_autofree char *path = in_folder ("good.pdf");

  if (g_test_subprocess ())
    {
      g_autoptr (GError) error = NULL;

      g_setenv ("PATH", "/nowhere", TRUE);
      g_assert_null (desk_reader_run (path, 300, 300, NULL, &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
      g_assert_cmpstr (error->message, ==, "no-sandbox");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = in_folder ("good.pdf");

  g_cancellable_cancel (cancellable);
  g_assert_null (desk_reader_run (path, 300, 300, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  make_files ();
  g_test_add_func ("/reader/sound", test_sound);
  g_test_add_func ("/reader/unsound", test_unsound);
  g_test_add_func ("/reader/no-sandbox", test_no_sandbox);
  g_test_add_func ("/reader/cancelled", test_cancelled);
  int result = g_test_run ();
  remove_files ();
  return result;
}
