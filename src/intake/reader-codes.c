/* The codes printed on the pages of a PDF or a picture, as lines "code<TAB>what it says" (base/desk-lines.h), each once.
 * A paper that was printed here, signed and scanned tells by them which one it is. */
#include <string.h>
#include <zbar.h>

#include "desk-lines.h"
#include "reader-picture.h"
#include "reader.h"

#define MOST_PAGES 30
#define MOST_CODES 64
#define SIDE 3508      /* pixels: 300 to the inch of a page of A4 */
#define LONGEST_CODE 200

typedef struct
{
  zbar_image_scanner_t *scanner;
  GHashTable *seen; /* of char * */
  GString *out;
} Looking;

/* Only what may be a number: letters, digits and the marks between them. */
static gboolean
is_plain (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= LONGEST_CODE && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-./:_") == length;
}

/* The pixels are grey, a byte each, and taken. */
static void
look (Looking *looking, guint8 *grey, int width, int height)
{
  zbar_image_t *image = zbar_image_create ();

  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, (unsigned) width, (unsigned) height);
  zbar_image_set_data (image, grey, (unsigned long) width * (unsigned long) height, NULL);
  if (zbar_scan_image (looking->scanner, image) > 0)
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol; symbol = zbar_symbol_next (symbol))
      {
        g_autofree char *text = g_strndup (zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol));

        if (is_plain (text) && g_hash_table_size (looking->seen) < MOST_CODES && g_hash_table_add (looking->seen, g_strdup (text)))
          desk_lines_add (looking->out, "code", text);
      }
  zbar_image_destroy (image);
  g_free (grey);
}

static guint8
grey_of (guint red, guint green, guint blue)
{
  return (guint8) ((red * 77 + green * 150 + blue * 29) >> 8);
}

static void
look_at_surface (Looking *looking, cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  const guchar *data = cairo_image_surface_get_data (surface);
  guint8 *grey = g_malloc ((gsize) width * height);

  for (int y = 0; y < height; y++)
    {
      const guint32 *pixels = (const guint32 *) (gconstpointer) (data + (gsize) y * stride);

      for (int x = 0; x < width; x++)
        grey[(gsize) y * width + x] = grey_of (pixels[x] >> 16 & 255, pixels[x] >> 8 & 255, pixels[x] & 255);
    }
  look (looking, grey, width, height);
}

static void
look_at_picture (Looking *looking, GdkPixbuf *picture)
{
  int width = gdk_pixbuf_get_width (picture), height = gdk_pixbuf_get_height (picture);
  int stride = gdk_pixbuf_get_rowstride (picture);
  const guint8 *data = gdk_pixbuf_read_pixels (picture);
  guint8 *grey = g_malloc ((gsize) width * height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *pixel = data + (gsize) y * stride + 4 * x;

        grey[(gsize) y * width + x] = grey_of (pixel[0], pixel[1], pixel[2]);
      }
  look (looking, grey, width, height);
}

void
reader_codes (char **args)
{
  g_autoptr (GBytes) bytes = reader_input ();
  Looking looking = { zbar_image_scanner_create (), g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), g_string_new (NULL) };

  zbar_image_scanner_set_config (looking.scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (looking.scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  if (reader_is_pdf (bytes))
    {
      PopplerDocument *document = reader_pdf_open (bytes);
      int pages = MIN (poppler_document_get_n_pages (document), MOST_PAGES);

      for (int i = 0; i < pages; i++)
        {
          cairo_surface_t *surface = reader_pdf_draw (document, i, SIDE, SIDE);

          look_at_surface (&looking, surface);
          cairo_surface_destroy (surface);
        }
    }
  else
    look_at_picture (&looking, reader_load_picture (bytes, SIDE * 3 / 2, SIDE * 3 / 2));
  reader_write (looking.out->str, looking.out->len);
}
