/* One laboratory test over time: points on days, the laboratory's range as a band, "<0.5" as an open point. A line joins
 * only values of one laboratory, kit and range. Arrow keys go from point to point. */
#pragma once

#include <gtk/gtk.h>

#include "desk-lab.h"

G_BEGIN_DECLS

#define DESK_TYPE_LAB_CHART (desk_lab_chart_get_type ())
G_DECLARE_FINAL_TYPE (DeskLabChart, desk_lab_chart, DESK, LAB_CHART, GtkWidget)

void desk_lab_chart_show (DeskLabChart *self, const char *title, GPtrArray *points, const char *unit);

G_END_DECLS
