/* What the inbox asks and tells in dialogs. */
#pragma once

#include <adwaita.h>

#include "desk-page.h"

G_BEGIN_DECLS

/* Both are called only while the widget is there. */
typedef void (*DeskInboxFilesFunc) (GListModel *files, gpointer user_data);
typedef void (*DeskInboxLinkFunc) (const char *link, gpointer user_data);

void desk_inbox_choose_files (GtkWidget *widget, DeskInboxFilesFunc func, gpointer user_data);
void desk_inbox_ask_link (GtkWidget *widget, DeskInboxLinkFunc func, gpointer user_data);
void desk_inbox_tell_refused (GtkWidget *widget, const char *lines);
void desk_inbox_open_folder (DeskPage *page, const char *path);

G_END_DECLS
