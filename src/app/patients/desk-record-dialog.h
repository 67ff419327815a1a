/* A window around a form of a record: Save and Cancel, their keys, and the question about what was not saved. What
 * is filled, checked and saved is its user's, by the signals "edited" and "save". */
#pragma once

#include "desk-page.h"
#include "desk-record-form.h"

G_BEGIN_DECLS

#define DESK_TYPE_RECORD_DIALOG (desk_record_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DeskRecordDialog, desk_record_dialog, DESK, RECORD_DIALOG, AdwWindow)

DeskRecordDialog *desk_record_dialog_new (DeskPage *page, const char *title, const DeskFormField *fields, guint n_fields);
DeskPage *desk_record_dialog_get_page (DeskRecordDialog *self);
DeskRecordForm *desk_record_dialog_get_form (DeskRecordDialog *self);
void desk_record_dialog_add (DeskRecordDialog *self, GtkWidget *widget, gboolean above);
void desk_record_dialog_set_busy (DeskRecordDialog *self, gboolean busy);
void desk_record_dialog_say (DeskRecordDialog *self, const char *text);
void desk_record_dialog_touch (DeskRecordDialog *self);
void desk_record_dialog_close (DeskRecordDialog *self);

G_END_DECLS
