/* Takes files, clipboard and links into the inbox, one after the other, with a word about each that was refused. */
#pragma once

#include <gtk/gtk.h>

#include "desk-intake.h"
#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_INBOX_ADDER (desk_inbox_adder_get_type ())
G_DECLARE_FINAL_TYPE (DeskInboxAdder, desk_inbox_adder, DESK, INBOX_ADDER, GObject)

DeskInboxAdder *desk_inbox_adder_new (DeskPage *page);
void desk_inbox_adder_add_files (DeskInboxAdder *self, GListModel *files, const char *came_by, gint64 patient_id);
void desk_inbox_adder_add_link (DeskInboxAdder *self, const char *link);
void desk_inbox_adder_paste (DeskInboxAdder *self, GdkClipboard *clipboard);
void desk_inbox_adder_cancel (DeskInboxAdder *self);
void desk_inbox_adder_count (DeskInboxAdder *self, guint *done, guint *total);
char *desk_inbox_adder_summary (DeskInboxAdder *self);
char *desk_inbox_adder_refusals (DeskInboxAdder *self);
gint64 desk_inbox_adder_first (DeskInboxAdder *self);
gint64 desk_inbox_adder_meant (DeskInboxAdder *self, gint64 item_id);

G_END_DECLS
