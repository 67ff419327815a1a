/* Labels, one drawing for preview, printer and PDF. Sizes are those of the paper (mm) drawn in points. */
#pragma once

#include <cairo.h>

#include "desk-label-data.h"

G_BEGIN_DECLS

#define DESK_POINTS_PER_MM (72.0 / 25.4)

gboolean desk_labels_draw (const DeskLabelData *data, const DeskLabelStock *stock, cairo_t *cr, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_labels_write_pdf (const GPtrArray *labels, const DeskLabelStock *stock, int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A line of the command sheet: what it does, and its code. */
typedef struct
{
  const char *words, *code;
} DeskLabelCommand;

void desk_labels_draw_sheet (const char *title, const DeskLabelCommand *commands, guint n, cairo_t *cr);
gboolean desk_labels_write_sheet (const char *title, const DeskLabelCommand *commands, guint n, int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
