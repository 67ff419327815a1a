/* The hours of each weekday, and the days on which the clinic opens although it would be closed. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_HOURS_PAGE (desk_hours_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskHoursPage, desk_hours_page, DESK, HOURS_PAGE, DeskSetupPage)

G_END_DECLS
