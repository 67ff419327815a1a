/* Settings: when calls fall due. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_RECALL_PAGE (desk_recall_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskRecallPage, desk_recall_page, DESK, RECALL_PAGE, DeskSetupPage)

G_END_DECLS
