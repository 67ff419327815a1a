/* The inbox: what came in at the left, what it looks like in the middle, the form that files it at the right. */
#pragma once

#include <adwaita.h>

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_INBOX_VIEW (desk_inbox_view_get_type ())
G_DECLARE_FINAL_TYPE (DeskInboxView, desk_inbox_view, DESK, INBOX_VIEW, AdwBin)

void desk_inbox_view_load (DeskInboxView *self, DeskPage *page);
void desk_inbox_view_refresh (DeskInboxView *self);
void desk_inbox_view_enter (DeskInboxView *self);
void desk_inbox_view_show (DeskInboxView *self, gint64 id);
void desk_inbox_view_add_files (DeskInboxView *self, GListModel *files, const char *came_by);
void desk_inbox_view_add_files_for (DeskInboxView *self, GListModel *files, gint64 patient_id);
void desk_inbox_view_add_for (DeskInboxView *self, gint64 patient_id);
gboolean desk_inbox_view_unsaved (DeskInboxView *self);

G_END_DECLS
