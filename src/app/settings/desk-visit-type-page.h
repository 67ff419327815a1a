/* The kinds of visit, and what a conflict of each kind does. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_VISIT_TYPE_PAGE (desk_visit_type_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskVisitTypePage, desk_visit_type_page, DESK, VISIT_TYPE_PAGE, DeskSetupPage)

G_END_DECLS
