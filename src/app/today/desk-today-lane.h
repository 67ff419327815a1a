/* One lane of the day: visits under a heading with their number. */
#pragma once

#include <adwaita.h>

#include "desk-page.h"
#include "desk-visit.h"

G_BEGIN_DECLS

#define DESK_TYPE_TODAY_LANE (desk_today_lane_get_type ())
G_DECLARE_FINAL_TYPE (DeskTodayLane, desk_today_lane, DESK, TODAY_LANE, AdwBin)

void desk_today_lane_set_words (DeskTodayLane *self, const char *title, const char *empty);
void desk_today_lane_fill (DeskTodayLane *self, DeskPage *page, GPtrArray *visits, guint at_once);
gint64 desk_today_lane_get_focused (DeskTodayLane *self);
gboolean desk_today_lane_focus (DeskTodayLane *self, gint64 visit_id);

G_END_DECLS
