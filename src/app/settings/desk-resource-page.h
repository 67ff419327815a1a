/* Rooms and chairs, and the people who can be booked: the columns of the book. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_RESOURCE_PAGE (desk_resource_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskResourcePage, desk_resource_page, DESK, RESOURCE_PAGE, DeskSetupPage)

G_END_DECLS
