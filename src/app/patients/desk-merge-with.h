/* Chooses the other record of a merge by hand, then opens the comparison. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

void desk_merge_with_open (DeskPage *page, gint64 patient_id);

G_END_DECLS
