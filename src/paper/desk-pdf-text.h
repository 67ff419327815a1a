/* Text on screen and on PDF. In place of pango_cairo_show_layout () and _line (), which give cairo
 * fonts that it embeds wrongly (desk-pdf-fonts.h). Both draw from the current point. */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

void desk_text_show_layout (cairo_t *cr, PangoLayout *layout);
void desk_text_show_line (cairo_t *cr, PangoLayoutLine *line);

G_END_DECLS
