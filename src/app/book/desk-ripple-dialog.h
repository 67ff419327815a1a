/* One thing goes otherwise (a culture is late, a lot failed, a flight was missed, a day closes): every visit, dose, letter
 * and plan that it reaches, each line to be chosen, then all of it done, and taken back, as one. */
#pragma once

#include "desk-page.h"
#include "desk-ripple.h"

G_BEGIN_DECLS

#define DESK_TYPE_RIPPLE_DIALOG (desk_ripple_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DeskRippleDialog, desk_ripple_dialog, DESK, RIPPLE_DIALOG, AdwWindow)

/* about is the lot, the stay or the visit (0 for a day); day what is written into the field at first. Lent; it closes
 * itself. */
DeskRippleDialog *desk_ripple_dialog_show (DeskPage *page, DeskRippleKind kind, gint64 about, DeskDay day);

G_END_DECLS
