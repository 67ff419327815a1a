/* Where the bytes of a PDF go as they are drawn. */
#pragma once

#include <cairo.h>

typedef struct
{
  int fd;     /* -1: a dry run, nothing is written */
  int number; /* errno of the first failure, or 0 */
} DeskPdfSink;

cairo_status_t desk_pdf_sink_write (void *sink, const unsigned char *data, unsigned int length);
