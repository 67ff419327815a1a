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
  DeskDiscFiling *filing = g_atomic_rc_box_new0 (DeskDiscFiling);

  filing->disc = desk_disc_ref (disc);
  filing->session = g_object_ref (session);
  filing->contents = g_object_ref (contents);
  filing->studies = g_ptr_array_new ();
  filing->again = g_ptr_array_new ();
  filing->stored = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_disc_stored_free);
  filing->documents = g_array_new (FALSE, FALSE, sizeof (gint64));
  return filing;
}

static void
clear_filing (gpointer data)
{
  DeskDiscFiling *filing = data;

  g_ptr_array_unref (filing->studies);
  g_ptr_array_unref (filing->again);
  g_ptr_array_unref (filing->stored);
  g_array_unref (filing->documents);
  desk_disc_unref (filing->disc);
  g_object_unref (filing->session);
  g_object_unref (filing->contents);
  desk_disc_progress_unref (filing->progress);
  g_free (filing->reason);
}

void
desk_disc_filing_unref (DeskDiscFiling *filing)
{
  g_atomic_rc_box_release_full (filing, clear_filing);
}

/* How far the copying has come, of all the studies. */
typedef struct
{
  DeskDiscFiling *filing;
  guint done;
} Share;

static void
on_share (double fraction, gpointer user_data)
{
  const Share *share = user_data;

  on_progress ((share->done + fraction) / share->filing->studies->len, share->filing->progress);
}

/* Contents first, in a thread of their own: the desk goes on writing meanwhile. */
static void
run_store (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Share share = { .filing = data };
  GPtrArray *studies = share.filing->studies;
  GError *error = NULL;

  for (; share.done < studies->len; share.done++)
    {
      DeskDiscStored *stored = desk_disc_stored_new ();

      g_ptr_array_add (share.filing->stored, stored);
      if (!desk_disc_store (stored, share.filing->contents, share.filing->disc, g_ptr_array_index (studies, share.done), on_share, &share,
                            cancellable, &error))
        {
          g_task_return_error (task, error);
          return;
        }
    }
  g_task_return_boolean (task, TRUE);
}

static gboolean
file_all (DeskDb *db, DeskDiscFiling *filing, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  g_array_set_size (filing->documents, 0);
  for (guint i = 0; i < filing->studies->len; i++)
    {
      const DeskDiscStudy *study = g_ptr_array_index (filing->studies, i);
      gint64 id = 0;

      if (!txn
          || !desk_disc_file (db, filing->patient, study, g_ptr_array_index (filing->stored, i), filing->patient_id, filing->reason,
                              g_ptr_array_find (filing->again, study, NULL), &id, error))
        return FALSE;
      g_array_append_val (filing->documents, id);
    }
  return txn && desk_txn_commit (txn, error);
}

/* What was copied for papers that are not there. */
static gboolean
clear_up (DeskDb *db, DeskDiscFiling *filing)
{
  g_autoptr (GError) error = NULL;

  if (!desk_disc_take_back (db, filing->contents, filing->stored, &error))
    g_warning ("contents of a disc are left behind: %s", error->message);
  return error == NULL;
}

/* Then the papers. */
static gboolean
file_work (DeskDb *db, gpointer data, GError **error)
{
  DeskDiscFiling *filing = data;

  if (file_all (db, filing, error))
    return TRUE;
  clear_up (db, filing);
  return FALSE;
}

static gboolean
clear_work (DeskDb *db, gpointer data, GError **error)
{
  return clear_up (db, data);
}

static gboolean
undo_all (DeskDb *db, DeskDiscFiling *filing, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  for (guint i = 0; i < filing->documents->len; i++)
    if (!txn || !desk_study_unfile (db, g_array_index (filing->documents, gint64, i), error))
      return FALSE;
  return txn && desk_txn_commit (txn, error);
}

static gboolean
undo_work (DeskDb *db, gpointer data, GError **error)
{
  if (!undo_all (db, data, error))
    return FALSE;
  clear_up (db, data);
  return TRUE;
}

static void
on_worked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (desk_session_run_finish (DESK_SESSION (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
run_work (GTask *task, DeskWork work, GAsyncReadyCallback callback)
{
  DeskDiscFiling *filing = g_task_get_task_data (task);

  desk_session_run_async (filing->session, work, g_atomic_rc_box_acquire (filing), (GDestroyNotify) desk_disc_filing_unref, NULL, callback,
                          g_object_ref (task));
}

/* The error of the copying comes after what it left was cleared up. */
static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_error (task, g_object_steal_data (G_OBJECT (task), "error"));
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      run_work (task, file_work, on_worked);
      return;
    }
  g_object_set_data_full (G_OBJECT (task), "error", error, (GDestroyNotify) g_error_free);
  run_work (task, clear_work, on_cleared);
}

/* Files the studies, all or none; cancellable stops the copying. On failure nothing is left behind. */
void
desk_disc_filing_async (DeskDiscFiling *filing, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GTask) storing = g_task_new (NULL, cancellable, on_stored, task);

  g_task_set_task_data (task, g_atomic_rc_box_acquire (filing), (GDestroyNotify) desk_disc_filing_unref);
  g_task_set_task_data (storing, g_atomic_rc_box_acquire (filing), (GDestroyNotify) desk_disc_filing_unref);
  g_task_run_in_thread (storing, run_store);
}

/* Takes the papers back, all or none, and what was copied for them. */
void
desk_disc_filing_undo_async (DeskDiscFiling *filing, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, g_atomic_rc_box_acquire (filing), (GDestroyNotify) desk_disc_filing_unref);
  run_work (task, undo_work, on_worked);
}

/* Of both: the errors of desk_contents_put_fd (), desk_study_file () and desk_study_unfile (). */
gboolean
desk_disc_filing_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
