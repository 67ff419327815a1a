/* Finds a time: what is free for a kind of visit in the coming weeks, the first of each day; Enter books it. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_SLOT_DIALOG (desk_slot_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DeskSlotDialog, desk_slot_dialog, DESK, SLOT_DIALOG, AdwWindow)

DeskSlotDialog *desk_slot_dialog_show (DeskPage *page, DeskDay day, gint64 patient_id, const char *type);

G_END_DECLS
