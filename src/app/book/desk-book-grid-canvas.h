/* What the drawing files of the grid share: a brush with the colours of the moment. */
#pragma once

#include "desk-book-grid-private.h"

G_BEGIN_DECLS

typedef struct
{
  DeskBookGrid *grid;
  GtkSnapshot *snapshot;
  GdkRGBA ink, paper, shade, line, faint, accent;
  double width, height;
} Canvas;

void canvas_fill (Canvas *c, const GdkRGBA *color, double x, double y, double width, double height);
void canvas_frame (Canvas *c, const graphene_rect_t *area, const GdkRGBA *color, float width);
void canvas_hatch (Canvas *c, const GdkRGBA *color, double x, double y, double width, double height);
PangoLayout *canvas_layout (Canvas *c, const char *words, int width, double scale, gboolean bold);
void canvas_text (Canvas *c, PangoLayout *words, double x, double y, const GdkRGBA *color);

void grid_draw_forbidden (Canvas *c);
void grid_draw_drag (Canvas *c);

G_END_DECLS
