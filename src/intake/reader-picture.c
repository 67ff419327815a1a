/* A page of a PDF, or a picture, as raw pixels (desk-reader-wire.h). */
#include "reader-picture.h"

#include <stdlib.h>
#include <string.h>

#include "desk-reader-wire.h"
#include "reader.h"

static void
write_header (int width, int height, int pages)
{
  DeskReaderHeader header = { DESK_READER_MAGIC, width, height, pages };

  reader_write (&header, sizeof header);
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
      reader_write (row, (gsize) width * 4);
    }
}

/* The document, to be freed with g_object_unref (). */
PopplerDocument *
reader_pdf_open (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &error);

  if (!document)
    reader_die (g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? "encrypted" : "damaged");
  return document;
}

/* A page (from 0; past the end the last one) on white, within the box; free with cairo_surface_destroy (). */
cairo_surface_t *
reader_pdf_draw (PopplerDocument *document, int number, int max_width, int max_height)
{
  double width, height;
  int pages = poppler_document_get_n_pages (document);
  PopplerPage *page = pages > 0 ? poppler_document_get_page (document, MIN (number, pages - 1)) : NULL;

  if (!page)
    reader_die ("damaged");
  poppler_page_get_size (page, &width, &height);
  if (!(width >= 1 && height >= 1 && width < 1e6 && height < 1e6))
    reader_die ("damaged");

  double scale = scale_to_fit (width, height, max_width, max_height);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX (1, (int) (width * scale)), MAX (1, (int) (height * scale)));
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  if (cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    reader_die ("damaged");
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  g_object_unref (page);
  return surface;
}

static void
read_pdf (GBytes *bytes, int number, int max_width, int max_height)
{
  PopplerDocument *document = reader_pdf_open (bytes);
  cairo_surface_t *surface = reader_pdf_draw (document, number, max_width, max_height);

  write_surface (surface, poppler_document_get_n_pages (document));
  cairo_surface_destroy (surface);
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
    reader_die ("damaged");
  if ((gint64) width * height > DESK_READER_MAX_PIXELS)
    reader_die ("too-large");
  double scale = MIN (1.0, scale_to_fit (width, height, box->max_width, box->max_height));
  gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale)), MAX (1, (int) (height * scale)));
}

static GdkPixbuf *
load (GBytes *bytes, const char *type, int max_width, int max_height)
{
  Box box = { max_width, max_height };
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (type, NULL);

  if (!loader)
    reader_die ("no-loader");
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), &box);
  gboolean whole = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  whole = gdk_pixbuf_loader_close (loader, NULL) && whole;
  GdkPixbuf *loaded = whole ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  if (!loaded)
    reader_die ("damaged");

  g_autoptr (GdkPixbuf) upright = gdk_pixbuf_apply_embedded_orientation (loaded);
  return gdk_pixbuf_add_alpha (upright, FALSE, 0, 0, 0);
}

/* The loader shows a PNG that is cut off as if its end were blank, and starts on one of any size: both are told
 * from the bytes before. */
static GdkPixbuf *
load_png (GBytes *bytes, int max_width, int max_height)
{
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);

  if (length >= 24)
    {
      guint64 width = GUINT32_FROM_BE (*(const guint32 *) (gconstpointer) (data + 16));
      guint64 height = GUINT32_FROM_BE (*(const guint32 *) (gconstpointer) (data + 20));

      if (width * height > DESK_READER_MAX_PIXELS)
        reader_die ("too-large");
    }
  if (!memmem (data, length, "IEND", 4))
    reader_die ("damaged");
  return load (bytes, "png", max_width, max_height);
}

/* Every picture in a HEIC tells its size in a box called "ispe": version, width, height. */
static GdkPixbuf *
load_heic (GBytes *bytes, int max_width, int max_height)
{
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);

  for (const guchar *box = data; (box = memmem (box, data + length - box, "ispe", 4)) && data + length - box >= 16; box += 4)
    {
      guint32 size[2];

      memcpy (size, box + 8, sizeof size);
      if ((guint64) GUINT32_FROM_BE (size[0]) * GUINT32_FROM_BE (size[1]) > DESK_READER_MAX_PIXELS)
        reader_die ("too-large");
    }
  return load (bytes, "heif/avif", max_width, max_height);
}

static gboolean
is_heic (const char *data, gsize length)
{
  static const char *const brands[] = { "heic", "heix", "heim", "heis", "hevc", "mif1", "msf1" };

  for (guint i = 0; length >= 12 && i < G_N_ELEMENTS (brands); i++)
    if (memcmp (data + 4, "ftyp", 4) == 0 && memcmp (data + 8, brands[i], 4) == 0)
      return TRUE;
  return FALSE;
}

gboolean
reader_is_pdf (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return length >= 5 && memcmp (data, "%PDF-", 5) == 0;
}

/* A picture upright, with an alpha that says nothing, within the box; what it is, its first bytes say: its name says
 * nothing. */
GdkPixbuf *
reader_load_picture (GBytes *bytes, int max_width, int max_height)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (length >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return load_png (bytes, max_width, max_height);
  if (length >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return load (bytes, "jpeg", max_width, max_height);
  if (is_heic (data, length))
    return load_heic (bytes, max_width, max_height);
  reader_die ("foreign");
}

/* WIDTH HEIGHT PAGE. */
void
reader_picture (char **args)
{
  int max_width = atoi (args[0]), max_height = atoi (args[1]), page = atoi (args[2]);

  if (page < 0 || max_width < 1 || max_height < 1 || max_width > DESK_READER_MAX_SIDE || max_height > DESK_READER_MAX_SIDE)
    reader_die ("usage");
  g_autoptr (GBytes) bytes = reader_input ();
  if (reader_is_pdf (bytes))
    {
      read_pdf (bytes, page, max_width, max_height);
      return;
    }
  g_autoptr (GdkPixbuf) picture = reader_load_picture (bytes, max_width, max_height);
  int width = gdk_pixbuf_get_width (picture), height = gdk_pixbuf_get_height (picture);
  write_header (width, height, 1);
  for (int y = 0; y < height; y++)
    reader_write (gdk_pixbuf_read_pixels (picture) + (gsize) y * gdk_pixbuf_get_rowstride (picture), (gsize) width * 4);
}
