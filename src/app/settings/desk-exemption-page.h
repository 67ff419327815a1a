/* The table of visa exemptions the clinic goes by: from when it is, what is doubtful, and another in its place. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_EXEMPTION_PAGE (desk_exemption_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskExemptionPage, desk_exemption_page, DESK, EXEMPTION_PAGE, DeskSetupPage)

void desk_exemption_page_read (DeskExemptionPage *self, const char *path);

G_END_DECLS
