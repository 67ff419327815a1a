/* Inside the paper layer: what is no text: pictures, codes, ink. */
#pragma once

#include <cairo.h>

#include "desk-symbol.h"

G_BEGIN_DECLS

cairo_surface_t *desk_letter_picture (const char *base64);
void desk_letter_picture_draw (cairo_surface_t *picture, cairo_t *cr, double x, double y, double height);
double desk_letter_symbol_width (const DeskSymbol *symbol, DeskSymbolKind kind, double height);
void desk_letter_ink_draw (const char *strokes, cairo_t *cr, double x, double y, double height);

G_END_DECLS
