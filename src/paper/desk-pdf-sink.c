#include "desk-pdf-sink.h"

#include <errno.h>
#include <unistd.h>

/* For cairo_pdf_surface_create_for_stream (); sink is a DeskPdfSink, which keeps what first went wrong. */
cairo_status_t
desk_pdf_sink_write (void *closure, const unsigned char *data, unsigned int length)
{
  DeskPdfSink *sink = closure;

  while (sink->fd >= 0 && length > 0 && !sink->number)
    {
      ssize_t n = write (sink->fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          sink->number = errno;
          break;
        }
      data += n;
      length -= (unsigned int) n;
    }
  return sink->number ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}
