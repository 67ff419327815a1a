/* Pages of paper on the screen, one at a time: whole, as wide as there is room, or larger. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  DESK_ZOOM_PAGE,  /* the whole page */
  DESK_ZOOM_WIDTH, /* its whole width */
  DESK_ZOOM_FREE,  /* by a factor */
} DeskZoom;

typedef void (*DeskPagesViewDraw) (cairo_t *cr, guint page, gpointer user_data);

#define DESK_TYPE_PAGES_VIEW (desk_pages_view_get_type ())
G_DECLARE_FINAL_TYPE (DeskPagesView, desk_pages_view, DESK, PAGES_VIEW, AdwBin)

void desk_pages_view_set_draw (DeskPagesView *self, DeskPagesViewDraw draw, gpointer user_data);
void desk_pages_view_set_paper (DeskPagesView *self, double width, double height);
void desk_pages_view_set_page (DeskPagesView *self, guint page, const char *name);
void desk_pages_view_set_zoom (DeskPagesView *self, DeskZoom zoom, double factor);
double desk_pages_view_get_scale (DeskPagesView *self);

G_END_DECLS
