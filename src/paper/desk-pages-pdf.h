/* Pages that somebody else draws, as PDF: a part of a paper, several papers as one, copies one after another. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef void (*DeskPagesDraw) (gpointer data, cairo_t *cr, guint page);

gboolean desk_pages_write_pdf (const char *title, double width, double height, guint n_pages, DeskPagesDraw draw, gpointer data, int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
