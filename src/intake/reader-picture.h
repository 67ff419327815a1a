/* Pages and pictures as pixels, for the modes that look at them. All of them end the program where a file is damaged. */
#pragma once

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <poppler.h>

gboolean reader_is_pdf (GBytes *bytes);
PopplerDocument *reader_pdf_open (GBytes *bytes);
cairo_surface_t *reader_pdf_draw (PopplerDocument *document, int number, int max_width, int max_height);
GdkPixbuf *reader_load_picture (GBytes *bytes, int max_width, int max_height);
