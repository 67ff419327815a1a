#include "desk-disc-jobs.h"

DeskDiscProgress *
desk_disc_progress_new (void)
{
  return g_atomic_rc_box_new0 (DeskDiscProgress);
}

void
desk_disc_progress_unref (DeskDiscProgress *progress)
{
  if (progress)
    g_atomic_rc_box_release (progress);
}

static void
on_progress (double fraction, gpointer user_data)
{
  g_atomic_int_set (&((DeskDiscProgress *) user_data)->thousandths, (int) (fraction * 1000));
}

typedef struct
{
  char *folder;
  DeskDisc *disc;
  const DeskDiscSeries *series;
  int size;
  DeskDiscProgress *progress;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->folder);
  desk_disc_unref (order->disc);
  desk_disc_progress_unref (order->progress);
  g_free (order);
}

static void
run_scan (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  GError *error = NULL;
  DeskDisc *disc = desk_disc_scan (order->folder, on_progress, order->progress, cancellable, &error);

  if (disc)
    g_task_return_pointer (task, disc, (GDestroyNotify) desk_disc_unref);
  else
    g_task_return_error (task, error);
}

/* Reads the folder in a thread. */
void
desk_disc_scan_async (const char *folder, DeskDiscProgress *progress, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Order *order = g_new0 (Order, 1);

  order->folder = g_strdup (folder);
  order->progress = g_atomic_rc_box_acquire (progress);
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, run_scan);
}

/* The disc, for desk_disc_unref (). */
DeskDisc *
desk_disc_scan_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
run_preview (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  GError *error = NULL;
  DeskPreview *preview = desk_disc_preview (order->disc, order->series, order->size, order->size, cancellable, &error);

  if (preview)
    g_task_return_pointer (task, preview, (GDestroyNotify) desk_preview_free);
  else
    g_task_return_error (task, error);
}

/* A picture of a series of the disc, in a thread. */
void
desk_disc_preview_async (DeskDisc *disc, const DeskDiscSeries *series, int size, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Order *order = g_new0 (Order, 1);

  order->disc = desk_disc_ref (disc);
  order->series = series;
  order->size = size;
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, run_preview);
}

/* The picture, for the caller to free. */
DeskPreview *
desk_disc_preview_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ── filing ──────────────────────────────────────────────────────────────────────────────────── */

DeskDiscFiling *
desk_disc_filing_new (DeskDisc *disc, DeskSession *session, DeskContents *contents)
{
  DeskDiscFiling *filing = g_new0 (DeskDiscFiling, 1);

  filing->disc = desk_disc_ref (disc);
  filing->session = g_object_ref (session);
  filing->contents = g_object_ref (contents);
  filing->studies = g_ptr_array_new ();
  filing->again = g_ptr_array_new ();
  filing->stored = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_disc_stored_free);
  return filing;
}

void
desk_disc_filing_free (DeskDiscFiling *filing)
{
  g_ptr_array_unref (filing->studies);
  g_ptr_array_unref (filing->again);
  g_ptr_array_unref (filing->stored);
  desk_disc_unref (filing->disc);
  g_object_unref (filing->session);
  g_object_unref (filing->contents);
  desk_disc_progress_unref (filing->progress);
  g_free (filing->reason);
  g_free (filing);
}

/* Contents first, in a thread of their own: the desk goes on writing meanwhile. */
static void
run_store (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  DeskDiscFiling *filing = data;
  GError *error = NULL;

  for (guint i = 0; i < filing->studies->len; i++)
    {
      DeskDiscStored *stored = desk_disc_store (filing->contents, filing->disc, g_ptr_array_index (filing->studies, i), on_progress,
                                                filing->progress, cancellable, &error);

      if (!stored)
        {
          g_task_return_error (task, error);
          return;
        }
      g_ptr_array_add (filing->stored, stored);
    }
  g_task_return_boolean (task, TRUE);
}

/* Then the papers. */
static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  DeskDiscFiling *filing = g_task_get_task_data (data);

  for (guint i = 0; i < filing->studies->len; i++)
    {
      const DeskDiscStudy *study = g_ptr_array_index (filing->studies, i);

      if (!desk_disc_file (db, filing->patient, study, g_ptr_array_index (filing->stored, i), filing->patient_id, filing->reason,
                           g_ptr_array_find (filing->again, study, NULL), &filing->document_id, error))
        return FALSE;
    }
  return TRUE;
}

static void
on_filed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (desk_session_run_finish (DESK_SESSION (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  DeskDiscFiling *filing = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  desk_session_run_async (filing->session, work, g_object_ref (task), g_object_unref, NULL, on_filed, g_object_ref (task));
}

/* Files the studies; takes filing. */
void
desk_disc_filing_async (DeskDiscFiling *filing, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) storing = g_task_new (NULL, cancellable, on_stored, task);

  g_task_set_task_data (task, filing, (GDestroyNotify) desk_disc_filing_free);
  g_task_set_task_data (storing, filing, NULL);
  g_task_run_in_thread (storing, run_store);
}

/* The last document made; 0 on failure. */
gint64
desk_disc_filing_finish (GAsyncResult *result, GError **error)
{
  const DeskDiscFiling *filing = g_task_get_task_data (G_TASK (result));

  return g_task_propagate_boolean (G_TASK (result), error) ? filing->document_id : 0;
}
