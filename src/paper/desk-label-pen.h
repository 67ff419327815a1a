/* Inside the paper layer: text that fits a small place, strips, codes. */
#pragma once

#include <pango/pangocairo.h>

#include "desk-labels.h"
#include "desk-symbol.h"

G_BEGIN_DECLS

typedef struct
{
  cairo_t *cr;
  PangoLayout *layout;
  double scale;   /* 1 on the smallest label */
  double stretch; /* of the text that is set: below 1 it is narrower */
} DeskLabelPen;

typedef enum
{
  DESK_LABEL_PLAIN = 0,
  DESK_LABEL_BOLD = 1 << 0,
  DESK_LABEL_MEASURE = 1 << 1, /* draw nothing */
} DeskLabelWeight;

void desk_label_pen_init (DeskLabelPen *pen, cairo_t *cr, double scale);
void desk_label_pen_clear (DeskLabelPen *pen);
double desk_label_pen_line (DeskLabelPen *pen, double x, double y, double width, double size, DeskLabelWeight weight, const char *text);
void desk_label_pen_strip (DeskLabelPen *pen, double x, double y, double width, double height, gboolean inverse, const char *text);
void desk_label_pen_sign (DeskLabelPen *pen, double x, double y, double size);

G_END_DECLS
