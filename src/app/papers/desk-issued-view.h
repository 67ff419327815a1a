/* The register of the papers that went out: found by number, patient or letter, or by the code on the paper. */
#pragma once

#include <adwaita.h>

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_ISSUED_VIEW (desk_issued_view_get_type ())
G_DECLARE_FINAL_TYPE (DeskIssuedView, desk_issued_view, DESK, ISSUED_VIEW, AdwBin)

void desk_issued_view_load (DeskIssuedView *self, DeskPage *page);
void desk_issued_view_refresh (DeskIssuedView *self);
void desk_issued_view_show (DeskIssuedView *self, gint64 issued_id);

G_END_DECLS
