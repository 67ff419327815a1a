/* A letter laid onto A4 pages. Preview, print and PDF all draw through desk_letter_layout_draw (), so what is
 * seen is what is printed. Lengths are points; needs no display and no GTK. */
#pragma once

#include <cairo.h>

#include "desk-letter.h"

G_BEGIN_DECLS

#define DESK_PAPER_WIDTH 595.276 /* A4 */
#define DESK_PAPER_HEIGHT 841.890

typedef struct _DeskLetterLayout DeskLetterLayout;

typedef struct
{
  const char *copy_mark; /* drawn over every page (desk_letter_copy_mark ()), or NULL */
} DeskLetterOptions;

DeskLetterLayout *desk_letter_layout_new (const DeskLetter *letter, const DeskLetterOptions *options);
void desk_letter_layout_free (DeskLetterLayout *layout);
guint desk_letter_layout_n_pages (const DeskLetterLayout *layout);
char **desk_letter_layout_unknown_scripts (const DeskLetterLayout *layout);
gboolean desk_letter_layout_check (const DeskLetterLayout *layout, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *desk_letter_layout_title (const DeskLetterLayout *layout);
void desk_letter_layout_draw (const DeskLetterLayout *layout, cairo_t *cr, guint page);

gboolean desk_letter_write_pdf (const DeskLetterLayout *layout, int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *desk_letter_pdf_bytes (const DeskLetterLayout *layout, char **digest, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *desk_letter_pack_bytes (const GPtrArray *layouts, const char *title, char **digest, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLetterLayout, desk_letter_layout_free)

G_END_DECLS
