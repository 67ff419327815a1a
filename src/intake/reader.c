/* uketsuke-reader WIDTH HEIGHT: reads a PDF, PNG or JPEG from standard input and writes its first page as raw
 * pixels to standard output (desk-reader-wire.h). A short life in a sandbox: what the file does to this program, it
 * does to nothing else. Failure is one word on standard error and exit code 1. */
#include <errno.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <poppler.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "desk-reader-wire.h"

static _Noreturn void
die (const char *word)
{
  ssize_t ignored = write (STDERR_FILENO, word, strlen (word));

  (void) ignored;
  _exit (1);
}

static void
set_limits (void)
{
  static const struct
  {
    int what;
    rlim_t limit;
  } limits[] = {
    { RLIMIT_AS, (rlim_t) 2048 << 20 }, { RLIMIT_CPU, 15 }, { RLIMIT_FSIZE, 0 }, { RLIMIT_CORE, 0 }, { RLIMIT_NOFILE, 64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      struct rlimit limit = { limits[i].limit, limits[i].limit };
      if (setrlimit (limits[i].what, &limit) < 0)
        die ("no-limits");
    }
}

static GBytes *
read_input (void)
{
  GByteArray *data = g_byte_array_new ();
  guint8 chunk[65536];

  for (;;)
    {
      ssize_t n = read (STDIN_FILENO, chunk, sizeof chunk);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        die ("unreadable");
      if (n == 0)
        return g_byte_array_free_to_bytes (data);
      if (data->len + n > DESK_READER_MAX_BYTES)
        die ("too-large");
      g_byte_array_append (data, chunk, (guint) n);
    }
}

static void
write_all (const void *data, gsize length)
{
  const char *p = data;

  while (length > 0)
    {
      ssize_t n = write (STDOUT_FILENO, p, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        die ("unwritable");
      p += n;
      length -= (gsize) n;
    }
}

static void
write_header (int width, int height, int pages)
{
  DeskReaderHeader header = { DESK_READER_MAGIC, width, height, pages };

  write_all (&header, sizeof header);
}

/* The largest size within the box that keeps the proportions; nothing is made larger than twice its own. */
static double
scale_to_fit (double width, double height, int max_width, int max_height)
{
  return MIN (2.0, MIN (max_width / width, max_height / height));
}

static void
write_surface (cairo_surface_t *surface, int pages)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  const guchar *data = cairo_image_surface_get_data (surface);
  g_autofree guchar *row = g_malloc ((gsize) width * 4);

  write_header (width, height, pages);
  for (int y = 0; y < height; y++)
    {
      const guint32 *pixels = (const guint32 *) (gconstpointer) (data + (gsize) y * stride);

      for (int x = 0; x < width; x++)
        {
          row[4 * x] = pixels[x] >> 16 & 255;
          row[4 * x + 1] = pixels[x] >> 8 & 255;
          row[4 * x + 2] = pixels[x] & 255;
          row[4 * x + 3] = 255; /* the page was painted on white */
        }
      write_all (row, (gsize) width * 4);
    }
}

static void
read_pdf (GBytes *bytes, int max_width, int max_height)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &error);
  double width, height;

  if (!document)
    die (g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? "encrypted" : "damaged");
  int pages = poppler_document_get_n_pages (document);
  PopplerPage *page = pages > 0 ? poppler_document_get_page (document, 0) : NULL;
  if (!page)
    die ("damaged");
  poppler_page_get_size (page, &width, &height);
  if (!(width >= 1 && height >= 1 && width < 1e6 && height < 1e6))
    die ("damaged");

  double scale = scale_to_fit (width, height, max_width, max_height);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX (1, (int) (width * scale)), MAX (1, (int) (height * scale)));
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  if (cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    die ("damaged");
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  write_surface (surface, pages);
  cairo_surface_destroy (surface);
  g_object_unref (page);
  g_object_unref (document);
}

typedef struct
{
  int max_width, max_height;
} Box;

/* Called with the size the header tells, before memory is taken for it. */
static void
on_size (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  const Box *box = data;

  if (width < 1 || height < 1)
    die ("damaged");
  if ((gint64) width * height > DESK_READER_MAX_PIXELS)
    die ("too-large");
  double scale = MIN (1.0, scale_to_fit (width, height, box->max_width, box->max_height));
  gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale)), MAX (1, (int) (height * scale)));
}

static void
read_picture (GBytes *bytes, const char *type, int max_width, int max_height)
{
  Box box = { max_width, max_height };
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (type, NULL);

  if (!loader)
    die ("no-loader");
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), &box);
  gboolean whole = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  whole = gdk_pixbuf_loader_close (loader, NULL) && whole;
  GdkPixbuf *loaded = whole ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  if (!loaded)
    die ("damaged");

  g_autoptr (GdkPixbuf) upright = gdk_pixbuf_apply_embedded_orientation (loaded);
  g_autoptr (GdkPixbuf) opaque = gdk_pixbuf_add_alpha (upright, FALSE, 0, 0, 0);
  int width = gdk_pixbuf_get_width (opaque), height = gdk_pixbuf_get_height (opaque);
  write_header (width, height, 1);
  for (int y = 0; y < height; y++)
    write_all (gdk_pixbuf_read_pixels (opaque) + (gsize) y * gdk_pixbuf_get_rowstride (opaque), (gsize) width * 4);
}

/* The loader shows a PNG that is cut off as if its end were blank, and starts on one of any size: both are told
 * from the bytes before. */
static void
read_png (GBytes *bytes, int max_width, int max_height)
{
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);

  if (length >= 24)
    {
      gint64 width = GUINT32_FROM_BE (*(const guint32 *) (gconstpointer) (data + 16));
      gint64 height = GUINT32_FROM_BE (*(const guint32 *) (gconstpointer) (data + 20));

      if (width * height > DESK_READER_MAX_PIXELS)
        die ("too-large");
    }
  if (!memmem (data, length, "IEND", 4))
    die ("damaged");
  read_picture (bytes, "png", max_width, max_height);
}

int
main (int argc, char **argv)
{
  int max_width = argc == 3 ? atoi (argv[1]) : 0, max_height = argc == 3 ? atoi (argv[2]) : 0;
  gsize length;

  if (max_width < 1 || max_height < 1 || max_width > DESK_READER_MAX_SIDE || max_height > DESK_READER_MAX_SIDE)
    die ("usage");
  set_limits ();
  g_autoptr (GBytes) bytes = read_input ();
  const char *data = g_bytes_get_data (bytes, &length);

  /* What it is, its first bytes say; its name says nothing. */
  if (length >= 5 && memcmp (data, "%PDF-", 5) == 0)
    read_pdf (bytes, max_width, max_height);
  else if (length >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    read_png (bytes, max_width, max_height);
  else if (length >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    read_picture (bytes, "jpeg", max_width, max_height);
  else
    die ("foreign");
  return 0;
}
