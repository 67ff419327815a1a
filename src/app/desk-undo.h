/* What can be taken back: of each window the last acts, in the order they were done. Every act carries its own way
 * back, which refuses by itself when somebody has changed the thing since; here is only the order, and whose they were. */
#pragma once

#include <gtk/gtk.h>

#include "desk-audit.h"

G_BEGIN_DECLS

typedef void (*DeskUndoFunc) (gpointer user_data);

typedef struct
{
  guint number; /* of the act, never given again in this window */
  gint64 at;    /* UTC seconds */
  char *words;  /* what the toast said */
} DeskUndoEntry;

guint desk_undo_push (GtkWidget *window, const char *words, DeskUndoFunc undo, gpointer user_data, GDestroyNotify destroy);
gboolean desk_undo_take (GtkWidget *window, guint number);
GPtrArray *desk_undo_list (GtkWidget *window);

void desk_undo_refused (GtkWidget *widget, const DeskAuditLast *last);

void desk_undo_window_show (GtkWidget *window);
void desk_undo_action (GtkWidget *widget, const char *name, GVariant *target);

G_END_DECLS
