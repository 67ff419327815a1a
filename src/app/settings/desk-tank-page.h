/* Sites, rooms, tanks, racks and boxes: where cells can be kept. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_TANK_PAGE (desk_tank_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskTankPage, desk_tank_page, DESK, TANK_PAGE, DeskSetupPage)

G_END_DECLS
