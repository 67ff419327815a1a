#include "desk-pdf-sink.h"

#include <errno.h>
#include <unistd.h>

#include "desk-error.h"

/* For cairo_pdf_surface_create_for_stream (); sink is a DeskPdfSink, which keeps what first went wrong. */
cairo_status_t
desk_pdf_sink_write (void *closure, const unsigned char *data, unsigned int length)
{
  DeskPdfSink *sink = closure;

  while (length > 0 && !sink->number)
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

/* Ends the document and lets go of its surface; drawn is how its context ended. DESK_ERROR_FULL, IO or FAILED. */
gboolean
desk_pdf_sink_finish (const DeskPdfSink *sink, cairo_surface_t *surface, cairo_status_t drawn, GError **error)
{
  cairo_surface_finish (surface);
  cairo_status_t written = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (sink->number)
    g_set_error (error, DESK_ERROR, sink->number == ENOSPC || sink->number == EDQUOT ? DESK_ERROR_FULL : DESK_ERROR_IO,
                 "cannot write the PDF: %s", g_strerror (sink->number));
  else if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS)
    g_set_error (error, DESK_ERROR, DESK_ERROR_FAILED, "cannot draw the PDF: %s",
                 cairo_status_to_string (drawn != CAIRO_STATUS_SUCCESS ? drawn : written));
  return !sink->number && drawn == CAIRO_STATUS_SUCCESS && written == CAIRO_STATUS_SUCCESS;
}
