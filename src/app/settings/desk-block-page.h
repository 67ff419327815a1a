/* Times that are not for visits: lunch, leave, meetings. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_BLOCK_PAGE (desk_block_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskBlockPage, desk_block_page, DESK, BLOCK_PAGE, DeskSetupPage)

G_END_DECLS
