/* The days on which the clinic is closed besides its weekdays and the public holidays. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_CLOSED_PAGE (desk_closed_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskClosedPage, desk_closed_page, DESK, CLOSED_PAGE, DeskSetupPage)

G_END_DECLS
