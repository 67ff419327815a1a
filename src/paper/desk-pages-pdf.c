#include "desk-pages-pdf.h"

#include <cairo-pdf.h>

#include "desk-pdf-fonts.h"
#include "desk-pdf-sink.h"

static void
draw_pages (cairo_t *cr, guint n_pages, DeskPagesDraw draw, gpointer data, gboolean show)
{
  for (guint i = 0; i < n_pages; i++)
    {
      cairo_save (cr);
      draw (data, cr, i);
      cairo_restore (cr);
      if (show)
        cairo_show_page (cr);
    }
}

/* Writes the pages, all of one size in points, to a descriptor that stays open. On failure what was written so far is not a
 * document: DESK_ERROR_FULL, IO or FAILED; REFUSED "font-missing-Hani" for letters that would be boxes. Each is drawn twice, the first time for the fonts (desk-pdf-fonts.h). */
gboolean
desk_pages_write_pdf (const char *title, double width, double height, guint n_pages, DeskPagesDraw draw, gpointer data, int fd, GError **error)
{
  DeskPdfSink sink = { fd, 0 };
  g_autoptr (DeskPdfFonts) fonts = desk_pdf_fonts_new ();
  cairo_t *listening = desk_pdf_fonts_listen (fonts);

  draw_pages (listening, n_pages, draw, data, FALSE);
  cairo_destroy (listening);
  if (!desk_pdf_fonts_check (fonts, error))
    return FALSE;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (desk_pdf_sink_write, &sink, width, height);
  desk_pdf_fonts_cut (fonts, surface);
  cairo_t *cr = cairo_create (surface);
  if (title)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Uketsuke");
  draw_pages (cr, n_pages, draw, data, TRUE);
  cairo_status_t drawn = cairo_status (cr);
  cairo_destroy (cr);
  return desk_pdf_sink_finish (&sink, surface, drawn, error);
}
