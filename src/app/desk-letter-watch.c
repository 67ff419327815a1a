#include "desk-letter-watch.h"

#include "desk-letter-issue.h"

#define PAUSE_MS 400 /* many changes come together: a course, a ripple */

static gboolean
start_work (DeskDb *db, gpointer data, GError **error)
{
  guint n;

  return desk_issued_prints_lost (db, &n, error) && desk_letter_compare_touched (db, 0, &n, error);
}

static gboolean
compare_work (DeskDb *db, gpointer data, GError **error)
{
  guint n;

  return desk_letter_compare_touched (db, 0, &n, error);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The job has no data, so what is given back says nothing. A clinic that is being set up has no letters yet. */
  (void) desk_session_run_finish (DESK_SESSION (source), result, &error);
  if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !g_error_matches (error, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    g_warning ("letters were not compared with the book: %s", error->message);
}

static gboolean
on_pause (gpointer user_data)
{
  GObject *session = user_data;

  g_object_steal_data (session, "desk-letter-watch");
  desk_session_run_async (DESK_SESSION (session), compare_work, NULL, NULL, NULL, on_done, NULL);
  return G_SOURCE_REMOVE;
}

static void
remove_source (gpointer source)
{
  g_source_remove (GPOINTER_TO_UINT (source));
}

static void
on_changed (DeskSession *session, guint kind, gint64 id, gpointer user_data)
{
  guint source;

  /* What the comparing itself writes is told as a letter. */
  if (kind == DESK_KIND_LETTER || g_object_get_data (G_OBJECT (session), "desk-letter-watch"))
    return;
  source = g_timeout_add (PAUSE_MS, on_pause, session);
  g_object_set_data_full (G_OBJECT (session), "desk-letter-watch", GUINT_TO_POINTER (source), remove_source);
}

/* From now on and as long as the session lives. */
void
desk_letter_watch_start (DeskSession *session)
{
  if (desk_session_get_read_only (session))
    return;
  desk_session_run_async (session, start_work, NULL, NULL, NULL, on_done, NULL);
  g_signal_connect (session, "changed", G_CALLBACK (on_changed), NULL);
}
