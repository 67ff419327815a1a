#include "desk-letter-marks.h"

#include <string.h>

#include "desk-letter.h"

#define MOST_BYTES (1 << 19) /* of a picture */
#define MOST_SIDE 2000u      /* pixels */
#define MODULE 0.9           /* of a linear code: 0.32 mm */

/* ── pictures ── */

typedef struct
{
  const guint8 *data;
  gsize left;
} Bytes;

static cairo_status_t
read_bytes (void *closure, unsigned char *data, unsigned int length)
{
  Bytes *bytes = closure;

  if (length > bytes->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, bytes->data, length);
  bytes->data += length;
  bytes->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static guint32
big_endian (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

/* Pictures of a letter were written by this program from pixels that the helper decoded: only what such a PNG has is let
 * through to libpng, no profiles, no texts, no sizes that fill the memory. */
static gboolean
is_plain_png (const guint8 *data, gsize length)
{
  static const char *const chunks[] = { "IHDR", "PLTE", "tRNS", "IDAT", "IEND" };
  gsize at = 8;

  if (length < 33 || length > MOST_BYTES || memcmp (data, "\211PNG\r\n\032\n", 8) != 0 || memcmp (data + 12, "IHDR", 4) != 0)
    return FALSE;
  if (big_endian (data + 16) - 1 >= MOST_SIDE || big_endian (data + 20) - 1 >= MOST_SIDE)
    return FALSE;
  while (length - at >= 12)
    {
      guint32 size = big_endian (data + at);
      gboolean known = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (chunks); i++)
        known |= memcmp (data + at + 4, chunks[i], 4) == 0;
      if (!known || size > length - at - 12)
        return FALSE;
      at += 12 + size;
    }
  return at == length;
}

/* The picture in a field, or NULL for what is none; cairo_surface_destroy () it. */
cairo_surface_t *
desk_letter_picture (const char *base64)
{
  gsize length = 0;
  g_autofree guint8 *data = strlen (base64) <= MOST_BYTES * 4 / 3 ? g_base64_decode (base64, &length) : NULL;
  Bytes bytes = { data, length };

  if (!data || !is_plain_png (data, length))
    return NULL;
  cairo_surface_t *picture = cairo_image_surface_create_from_png_stream (read_bytes, &bytes);
  if (cairo_surface_status (picture) == CAIRO_STATUS_SUCCESS)
    return picture;
  cairo_surface_destroy (picture);
  return NULL;
}

void
desk_letter_picture_draw (cairo_surface_t *picture, cairo_t *cr, double x, double y, double height)
{
  double scale = height / cairo_image_surface_get_height (picture);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
}

/* ── codes ── */

/* A square code fills its height; a linear one has bars of a width that scanners read. */
double
desk_letter_symbol_width (const DeskSymbol *symbol, DeskSymbolKind kind, double height)
{
  return kind == DESK_SYMBOL_CODE128 ? desk_symbol_columns (symbol) * MODULE
                                     : height * desk_symbol_columns (symbol) / desk_symbol_rows (symbol);
}

/* ── ink ── */

/* One number of at most four digits, within the box. */
static gboolean
read_number (const char **p, double *number)
{
  guint value = 0, digits = 0;

  for (; g_ascii_isdigit (**p) && digits < 4; (*p)++, digits++)
    value = value * 10 + (guint) (**p - '0');
  *number = MIN (value, 1000) / 1000.0;
  return digits > 0;
}

/* Strokes "x,y x,y;x,y …" in thousandths of a box DESK_INK_ASPECT times as wide as high. What is no stroke ends it. */
void
desk_letter_ink_draw (const char *strokes, cairo_t *cr, double x, double y, double height)
{
  gboolean pen = FALSE;
  double across, down;

  cairo_save (cr);
  cairo_set_source_rgb (cr, 0.05, 0.05, 0.25);
  cairo_set_line_width (cr, 1.1);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (const char *p = strokes; *p; p++)
    {
      if (!read_number (&p, &across) || *p != ',' || (p++, !read_number (&p, &down)))
        break;
      across = x + across * height * DESK_INK_ASPECT;
      down = y + down * height;
      if (!pen)
        cairo_move_to (cr, across, down);
      cairo_line_to (cr, across, down);
      pen = *p == ' ';
      if (*p != ' ' && *p != ';')
        break;
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}
