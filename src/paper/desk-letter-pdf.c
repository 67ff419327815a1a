/* Letters as PDF: the same letter gives the same bytes, in every process and at every hour. */
#include <cairo-pdf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "desk-error.h"
#include "desk-letter-page-private.h"
#include "desk-letter-page.h"
#include "desk-pdf-catalog.h"
#include "desk-pdf-fonts.h"

/* The date of making is the letter's own day. */
static void
set_metadata (cairo_surface_t *surface, const DeskLetterLayout *layout, const char *title)
{
  g_autofree char *day = desk_day_format (layout->issued);
  g_autofree char *instant = g_strconcat (day ? day : "1970-01-01", "T00:00:00Z", NULL);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Uketsuke");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, instant);
}

static int
add_outline (cairo_surface_t *surface, int parent, const char *name, guint page, double y)
{
  char at[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *where = g_strdup_printf ("page=%u pos=[0 %s]", page, g_ascii_formatd (at, sizeof at, "%.1f", y));

  return cairo_pdf_surface_add_outline (surface, parent, name, where, CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

/* The headings of a letter; before is how many pages stand before it. */
static void
add_headings (cairo_surface_t *surface, const DeskLetterLayout *layout, int parent, guint before)
{
  int open[4] = { parent, parent, parent, parent };

  for (guint i = 0; i < layout->pages->len; i++)
    {
      const GArray *placed = g_ptr_array_index (layout->pages, i);

      for (guint j = 0; j < placed->len; j++)
        {
          const DeskPlaced *item = &g_array_index (placed, DeskPlaced, j);
          int level = item->row->heading;

          if (!level || item->from[0] > 0)
            continue;
          open[level] = add_outline (surface, open[level - 1], item->row->title, before + i + 1, item->y);
          for (int below = level + 1; below < 4; below++)
            open[below] = open[level];
        }
    }
}

static void
draw_all (cairo_surface_t *surface, cairo_t *cr, const GPtrArray *layouts)
{
  guint before = 0;

  for (guint i = 0; i < layouts->len; i++)
    {
      const DeskLetterLayout *layout = g_ptr_array_index (layouts, i);
      guint pages = desk_letter_layout_n_pages (layout);

      for (guint page = 0; page < pages; page++)
        {
          desk_letter_layout_draw (layout, cr, page);
          cairo_show_page (cr);
        }
      if (layouts->len > 1)
        add_headings (surface, layout, add_outline (surface, CAIRO_PDF_OUTLINE_ROOT, layout->title, before + 1, 0), before);
      else if (pages > 1)
        add_headings (surface, layout, CAIRO_PDF_OUTLINE_ROOT, before);
      before += pages;
    }
}

static void
listen_to_all (DeskPdfFonts *fonts, const GPtrArray *layouts)
{
  cairo_t *cr = desk_pdf_fonts_listen (fonts);

  for (guint i = 0; i < layouts->len; i++)
    for (guint page = 0; page < desk_letter_layout_n_pages (layouts->pdata[i]); page++)
      desk_letter_layout_draw (layouts->pdata[i], cr, page);
  cairo_destroy (cr);
}

static cairo_status_t
append (void *bytes, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_all (const GPtrArray *layouts, GError **error)
{
  for (guint i = 0; i < layouts->len; i++)
    if (!desk_letter_layout_check (g_ptr_array_index (layouts, i), error))
      return FALSE;
  return TRUE;
}

/* Several letters (of DeskLetterLayout, at least one) in one document; see desk_letter_pdf_bytes (). */
GBytes *
desk_letter_pack_bytes (const GPtrArray *layouts, const char *title, char **digest, GError **error)
{
  const DeskLetterLayout *first = g_ptr_array_index (layouts, 0);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (DeskPdfFonts) fonts = desk_pdf_fonts_new ();

  if (!check_all (layouts, error))
    return NULL;
  listen_to_all (fonts, layouts);
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, bytes, DESK_PAPER_WIDTH, DESK_PAPER_HEIGHT);
  desk_pdf_fonts_cut (fonts, surface);
  cairo_t *cr = cairo_create (surface);
  set_metadata (surface, first, title);
  draw_all (surface, cr, layouts);
  cairo_status_t drawn = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_status_t written = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_FAILED, "cannot draw the PDF: %s",
                   cairo_status_to_string (drawn != CAIRO_STATUS_SUCCESS ? drawn : written));
      return NULL;
    }
  desk_pdf_catalog_set_language (bytes, first->language);
  if (digest)
    *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* The letter as PDF with embedded fonts, its title and language, and an outline where it has several pages. digest, unless
 * NULL, becomes its SHA-256 in hexadecimal, for the caller to free. DESK_ERROR_REFUSED as desk_letter_layout_check ()
 * says. */
GBytes *
desk_letter_pdf_bytes (const DeskLetterLayout *layout, char **digest, GError **error)
{
  g_autoptr (GPtrArray) layouts = g_ptr_array_new ();

  g_ptr_array_add (layouts, (gpointer) layout);
  return desk_letter_pack_bytes (layouts, layout->title, digest, error);
}

static gboolean
write_all (int fd, GBytes *bytes, GError **error)
{
  gsize left;
  const char *data = g_bytes_get_data (bytes, &left);

  while (left > 0)
    {
      ssize_t n = write (fd, data, left);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, DESK_ERROR, errno == ENOSPC || errno == EDQUOT ? DESK_ERROR_FULL : DESK_ERROR_IO,
                       "cannot write the PDF: %s", g_strerror (errno));
          return FALSE;
        }
      data += n;
      left -= (gsize) n;
    }
  return TRUE;
}

/* Writes the letter as PDF to a descriptor that stays open; on failure what was written so far is not a document:
 * DESK_ERROR_FULL or IO. */
gboolean
desk_letter_write_pdf (const DeskLetterLayout *layout, int fd, GError **error)
{
  g_autoptr (GBytes) bytes = desk_letter_pdf_bytes (layout, NULL, error);

  return bytes && write_all (fd, bytes, error);
}
