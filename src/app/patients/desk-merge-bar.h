/* Under the name of a patient: that the record was merged into another, or which were merged into it. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_MERGE_BAR (desk_merge_bar_get_type ())
G_DECLARE_FINAL_TYPE (DeskMergeBar, desk_merge_bar, DESK, MERGE_BAR, AdwBin)

void desk_merge_bar_show (DeskMergeBar *self, DeskPage *page, gint64 patient_id);

G_END_DECLS
