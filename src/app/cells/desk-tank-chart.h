/* A tank over the last weeks, small: its level as a line that jumps where it was filled, with the level to fill at, and
 * its temperature above it. What it shows is also said in words. */
#pragma once

#include <gtk/gtk.h>

#include "desk-tank.h"

G_BEGIN_DECLS

#define DESK_TYPE_TANK_CHART (desk_tank_chart_get_type ())
G_DECLARE_FINAL_TYPE (DeskTankChart, desk_tank_chart, DESK, TANK_CHART, GtkWidget)

GtkWidget *desk_tank_chart_new (void);
void desk_tank_chart_show (DeskTankChart *self, GPtrArray *checks, const DeskTankRule *rule, const char *words);

G_END_DECLS
