/* Where the bytes of a PDF go as they are drawn. */
#pragma once

#include <cairo.h>
#include <glib.h>

typedef struct
{
  int fd;
  int number; /* errno of the first failure, or 0 */
} DeskPdfSink;

cairo_status_t desk_pdf_sink_write (void *sink, const unsigned char *data, unsigned int length);
gboolean desk_pdf_sink_finish (const DeskPdfSink *sink, cairo_surface_t *surface, cairo_status_t drawn, GError **error) G_GNUC_WARN_UNUSED_RESULT;
