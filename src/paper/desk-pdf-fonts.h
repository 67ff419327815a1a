/* The fonts of one PDF. cairo 1.16 loses outlines when it cuts a font with CFF outlines (Noto Sans
 * CJK) down to the glyphs of a document, because it miscounts the subroutines they share: 如 was printed as nothing. So it
 * is given fonts that HarfBuzz has cut, without subroutines. Everything is drawn twice: first into desk_pdf_fonts_listen (),
 * which only notes the glyphs, then, once cut, onto the surface of the PDF. Text goes through desk-pdf-text.h. */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef struct _DeskPdfFonts DeskPdfFonts;

DeskPdfFonts *desk_pdf_fonts_new (void);
void desk_pdf_fonts_free (DeskPdfFonts *fonts);
cairo_t *desk_pdf_fonts_listen (DeskPdfFonts *fonts);
gboolean desk_pdf_fonts_check (const DeskPdfFonts *fonts, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_pdf_fonts_cut (DeskPdfFonts *fonts, cairo_surface_t *surface);

/* For the text: the fonts of the PDF that is drawn on. */
DeskPdfFonts *desk_pdf_fonts_of (cairo_t *cr);
gboolean desk_pdf_fonts_listens (const DeskPdfFonts *fonts);
gboolean desk_pdf_fonts_concerned (DeskPdfFonts *fonts, PangoFont *font);
void desk_pdf_fonts_miss (DeskPdfFonts *fonts, gunichar letter);
void desk_pdf_fonts_note (DeskPdfFonts *fonts, PangoFont *font, guint glyph);
cairo_scaled_font_t *desk_pdf_fonts_scaled (DeskPdfFonts *fonts, PangoFont *font);
gboolean desk_pdf_fonts_place (DeskPdfFonts *fonts, PangoFont *font, guint glyph, gulong *place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPdfFonts, desk_pdf_fonts_free)

G_END_DECLS
