/* The only road from the window to the store: one worker thread owns the writing connection, jobs run on
 * it in order, and after each commit the session says in the main thread what changed.
 *
 * desk_session_reader () lends a second, read-only connection for pages that must be there in this frame. */
#pragma once

#include <gio/gio.h>

#include "desk-db.h"

G_BEGIN_DECLS

#define DESK_TYPE_SESSION (desk_session_get_type ())
G_DECLARE_FINAL_TYPE (DeskSession, desk_session, DESK, SESSION, GObject)

/* A job: reads its input from data and leaves its result there. Runs in the worker thread. */
typedef gboolean (*DeskWork) (DeskDb *db, gpointer data, GError **error);

DeskSession *desk_session_new (const char *path, GError **error);
const char *desk_session_get_path (DeskSession *self);
gboolean desk_session_get_read_only (DeskSession *self);
DeskDb *desk_session_reader (DeskSession *self);
void desk_session_set_actor (DeskSession *self, gint64 staff_id);
gint64 desk_session_get_actor (DeskSession *self);

void desk_session_run_async (DeskSession *self, DeskWork work, gpointer data, GDestroyNotify data_free, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gpointer desk_session_run_finish (DeskSession *self, GAsyncResult *result, GError **error);
void desk_session_finish (DeskSession *self);
gboolean desk_session_run (DeskSession *self, DeskWork work, gpointer data, GError **error);

G_END_DECLS
