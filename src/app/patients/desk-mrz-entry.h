/* The passport lines of a form: pasted or scanned here, or typed by a scanner into any field that is watched, from
 * where they are lifted out again. Says what it read; the form that holds it fills its own fields.
 *
 * Signals: read (DeskMrz *): lent for the time of the call; nationality (char *): the answer of a clerk to whom CHN
 * alone does not say enough; put-back: what was in the fields before shall stand there again. */
#pragma once

#include <adwaita.h>

#include "desk-passport.h"

G_BEGIN_DECLS

#define DESK_TYPE_MRZ_ENTRY (desk_mrz_entry_get_type ())
G_DECLARE_FINAL_TYPE (DeskMrzEntry, desk_mrz_entry, DESK, MRZ_ENTRY, AdwBin)

void desk_mrz_entry_begin (DeskMrzEntry *self, DeskDay today);
void desk_mrz_entry_watch (DeskMrzEntry *self, GtkEditable *editable);
void desk_mrz_entry_watch_keys (DeskMrzEntry *self, GtkWidget *form);
const DeskPassportReading *desk_mrz_entry_get_reading (DeskMrzEntry *self);
gboolean desk_mrz_entry_ask_again (DeskMrzEntry *self);

G_END_DECLS
