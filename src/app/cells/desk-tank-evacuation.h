/* Emptying a tank that is down: its units in the order in which one stands before them, each with a free place
 * elsewhere. Scanning a unit moves it, with the second person chosen above; what is moved leaves the list. */
#pragma once

#include "desk-page.h"
#include "desk-tanks.h"

G_BEGIN_DECLS

#define DESK_TYPE_TANK_EVACUATION (desk_tank_evacuation_get_type ())
G_DECLARE_FINAL_TYPE (DeskTankEvacuation, desk_tank_evacuation, DESK, TANK_EVACUATION, GtkBox)

GtkWidget *desk_tank_evacuation_new (DeskPage *page);
gboolean desk_tank_evacuation_show (DeskTankEvacuation *self, gint64 tank_id);
void desk_tank_evacuation_enter (DeskTankEvacuation *self);
gint64 desk_tank_evacuation_get_tank (DeskTankEvacuation *self);

G_END_DECLS
