/* The note of a day, on one line: shown and written where the day is shown. Saved by Enter or by going elsewhere, with
 * a way back; Escape leaves it as it was. What somebody else wrote meanwhile is told before it is replaced. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_DAY_NOTE_ENTRY (desk_day_note_entry_get_type ())
G_DECLARE_FINAL_TYPE (DeskDayNoteEntry, desk_day_note_entry, DESK, DAY_NOTE_ENTRY, AdwBin)

gboolean desk_day_note_entry_show (DeskDayNoteEntry *self, DeskPage *page, DeskDay day, GError **error);
gboolean desk_day_note_entry_is_empty (DeskDayNoteEntry *self);
void desk_day_note_entry_focus (DeskDayNoteEntry *self);

G_END_DECLS
