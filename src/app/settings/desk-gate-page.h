/* The clinic's own readiness rules: which are used, and how many months an examination counts. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_GATE_PAGE (desk_gate_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskGatePage, desk_gate_page, DESK, GATE_PAGE, DeskSetupPage)

G_END_DECLS
