/* Asking a patient for all that is missing: a text to look at, to copy or to send by mail. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

void desk_chase_dialog_present (DeskPage *page, gint64 patient_id);

G_END_DECLS
