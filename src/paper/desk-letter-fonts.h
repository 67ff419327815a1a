/* Inside the paper layer: what letters are set with. */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* A font map of its own for each letter, so that one made in a thread may be drawn in another; and a context for each
 * direction, because a context has one. */
typedef struct
{
  PangoFontMap *map;
  PangoContext *ltr, *rtl;
} DeskLetterFonts;

DeskLetterFonts *desk_letter_fonts_take (void);
void desk_letter_fonts_give_back (DeskLetterFonts *fonts, gboolean again);
gboolean desk_language_is_rtl (const char *language);

G_END_DECLS
