/* A letter laid onto A4 pages. Preview, print and PDF all draw through desk_letter_layout_draw (), so what is
 * seen is what is printed. Lengths are points; needs no display and no GTK. */
#pragma once

#include <cairo.h>

#include "desk-letter.h"

G_BEGIN_DECLS

#define DESK_PAPER_WIDTH 595.276 /* A4 */
#define DESK_PAPER_HEIGHT 841.890

typedef struct _DeskLetterLayout DeskLetterLayout;

DeskLetterLayout *desk_letter_layout_new (const DeskLetter *letter);
void desk_letter_layout_free (DeskLetterLayout *layout);
guint desk_letter_layout_n_pages (const DeskLetterLayout *layout);
guint desk_letter_layout_unknown_glyphs (const DeskLetterLayout *layout);
const char *desk_letter_layout_title (const DeskLetterLayout *layout);
void desk_letter_layout_draw (const DeskLetterLayout *layout, cairo_t *cr, guint page);
gboolean desk_letter_write_pdf (const DeskLetterLayout *layout, int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLetterLayout, desk_letter_layout_free)

G_END_DECLS
