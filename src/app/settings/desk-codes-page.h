/* Which numbers labels carry: this program's own, or ISBT 128 for a clinic that is registered. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_CODES_PAGE (desk_codes_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskCodesPage, desk_codes_page, DESK, CODES_PAGE, DeskSetupPage)

G_END_DECLS
