/* The people of the clinic: who is there, somebody new, retired and back again. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_STAFF_PAGE (desk_staff_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskStaffPage, desk_staff_page, DESK, STAFF_PAGE, DeskSetupPage)

G_END_DECLS
