#include "desk-nightly.h"

#include "desk-blackout.h"
#include "desk-clinics.h"
#include "desk-clocks.h"
#include "desk-freed.h"
#include "desk-quotes.h"
#include "desk-recalls.h"
#include "desk-store.h"

#define EVERY_SECONDS 600

static gboolean
work (DeskDb *db, gpointer folder, GError **error)
{
  gboolean written;

  return desk_blackout_nightly (db, folder, g_get_real_time () / G_USEC_PER_SEC, &written, error);
}

/* Quotes whose last day has passed. */
static gboolean
lapse_quotes (DeskDb *db, gint64 now, GError **error)
{
  g_autoptr (GTimeZone) zone = desk_clinic_zone (db, error);
  gint64 n;

  return zone && desk_quote_lapse (db, desk_instant_day (now, zone), &n, error);
}

/* What a new day makes due: calls; free time that is past; walls of calls booked before they were kept; old quotes. */
static gboolean
day_work (DeskDb *db, gpointer data, GError **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  guint n;

  return desk_clock_fill_missing (db, now, &n, error) && desk_freed_tidy (db, now, &n, error) && desk_recalls_make (db, now, &n, error)
         && lapse_quotes (db, now, error);
}

static void
on_day_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The job has no data, so what is given back says nothing. A clinic that is being set up has no calls yet. */
  (void) desk_session_run_finish (DESK_SESSION (source), result, &error);
  if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_error_matches (error, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    g_warning ("today’s calls were not made: %s", error->message);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("tonight's black-out pack was not written: %s", error->message);
}

static gboolean
on_time (gpointer user_data)
{
  DeskSession *session = user_data;
  g_autofree char *files = desk_store_files_folder (desk_session_get_path (session));

  desk_session_run_async (session, day_work, NULL, NULL, NULL, on_day_done, NULL);
  desk_session_run_async (session, work, g_build_filename (files, "blackout", NULL), g_free, NULL, on_done, NULL);
  return G_SOURCE_CONTINUE;
}

static void
on_gone (gpointer source, GObject *session)
{
  g_source_remove (GPOINTER_TO_UINT (source));
}

/* From now on and as long as the session lives; looks every ten minutes whether tonight's pack is there. */
void
desk_nightly_start (DeskSession *session)
{
  guint source;

  if (desk_session_get_read_only (session))
    return;
  desk_session_run_async (session, day_work, NULL, NULL, NULL, on_day_done, NULL);
  source = g_timeout_add_seconds (EVERY_SECONDS, on_time, session);
  g_object_weak_ref (G_OBJECT (session), on_gone, GUINT_TO_POINTER (source));
}
