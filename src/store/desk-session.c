#include "desk-session.h"

#include "desk-store.h"

struct _DeskSession
{
  GObject parent_instance;

  char *path;
  gboolean read_only;
  DeskDb *db;     /* the worker's */
  DeskDb *reader; /* the main thread's */
  GThread *worker;
  GAsyncQueue *jobs; /* of Job */
  gint64 actor;
  gint64 data_version;
  gboolean looking;
  guint watch;
};

typedef struct
{
  GTask *task; /* NULL tells the worker to end */
  DeskWork work;
  gint64 actor;
} Job;

typedef struct
{
  DeskSession *self;
  DeskKind kind;
  gint64 id;
} Change;

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskSession, desk_session, G_TYPE_OBJECT)

static gboolean
emit_change (gpointer data)
{
  Change *change = data;

  g_signal_emit (change->self, signals[CHANGED], 0, change->kind, change->id);
  return G_SOURCE_REMOVE;
}

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->self);
  g_free (change);
}

/* In the worker: hands the change over to the main thread. */
static void
on_committed (DeskKind kind, gint64 id, gpointer user_data)
{
  Change *change = g_new (Change, 1);

  *change = (Change){ g_object_ref (user_data), kind, id };
  /* Not g_main_context_invoke (): while the main loop does not turn, that would run it here. */
  g_idle_add_full (G_PRIORITY_DEFAULT, emit_change, change, change_free);
}

static void
run_job (DeskSession *self, Job *job)
{
  GError *error = NULL;
  gpointer data = g_task_get_task_data (job->task);

  if (g_task_return_error_if_cancelled (job->task))
    return;
  desk_db_set_actor (self->db, job->actor, NULL);
  if (job->work (self->db, data, &error))
    g_task_return_pointer (job->task, data, NULL);
  else
    g_task_return_error (job->task, error);
}

static gboolean
nothing_to_do (gpointer data)
{
  return G_SOURCE_REMOVE;
}

static gpointer
worker_main (gpointer data)
{
  DeskSession *self = data;

  for (;;)
    {
      g_autofree Job *job = g_async_queue_pop (self->jobs);

      if (!job->task)
        return NULL;
      run_job (self, job);
      /* The task may be the last to hold the session, and a thread cannot wait for itself to end. */
      g_idle_add_full (G_PRIORITY_DEFAULT, nothing_to_do, job->task, g_object_unref);
    }
}

/* PRAGMA data_version on the writing connection moves only when another connection has committed: with one
 * writer in this program, that is another desk. */
static gboolean
read_data_version (DeskDb *db, gpointer data, GError **error)
{
  return desk_db_value (db, data, error, "PRAGMA data_version", "");
}

static void
on_data_version (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DeskSession *self = DESK_SESSION (source);
  gint64 *version = desk_session_run_finish (self, result, NULL);

  self->looking = FALSE;
  if (!version || *version == self->data_version)
    return;
  self->data_version = *version;
  g_signal_emit (self, signals[CHANGED], 0, DESK_KIND_ANY, (gint64) 0);
}

static gboolean
look_for_others (gpointer user_data)
{
  DeskSession *self = user_data;

  /* While a long job runs, one look waits in the queue, not a pile of them. */
  if (!self->looking)
    {
      self->looking = TRUE;
      desk_session_run_async (self, read_data_version, g_new0 (gint64, 1), g_free, NULL, on_data_version, NULL);
    }
  return G_SOURCE_CONTINUE;
}

static void
desk_session_dispose (GObject *object)
{
  DeskSession *self = DESK_SESSION (object);

  g_clear_handle_id (&self->watch, g_source_remove);
  if (self->worker)
    {
      g_async_queue_push (self->jobs, g_new0 (Job, 1));
      g_thread_join (g_steal_pointer (&self->worker));
    }
  G_OBJECT_CLASS (desk_session_parent_class)->dispose (object);
}

static void
desk_session_finalize (GObject *object)
{
  DeskSession *self = DESK_SESSION (object);

  g_clear_pointer (&self->reader, desk_db_close);
  g_clear_pointer (&self->db, desk_db_close);
  g_async_queue_unref (self->jobs);
  g_free (self->path);
  G_OBJECT_CLASS (desk_session_parent_class)->finalize (object);
}

static void
desk_session_class_init (DeskSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = desk_session_dispose;
  object_class->finalize = desk_session_finalize;

  /* changed (kind, id): something was committed. DESK_KIND_ANY with id 0 when another desk did it. */
  signals[CHANGED] = g_signal_new ("changed", DESK_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   2, G_TYPE_UINT, G_TYPE_INT64);
}

static void
desk_session_init (DeskSession *self)
{
  self->jobs = g_async_queue_new ();
}

/* Opens the clinic file and starts the worker. A file that cannot be written is opened for reading. */
DeskSession *
desk_session_new (const char *path, GError **error)
{
  g_autoptr (DeskSession) self = g_object_new (DESK_TYPE_SESSION, NULL);

  self->path = g_strdup (path);
  self->read_only = !desk_store_writable (path);
  self->db = desk_store_open (path, self->read_only, error);
  if (!self->db)
    return NULL;
  self->reader = desk_store_open (path, TRUE, error);
  if (!self->reader || !desk_db_value (self->db, &self->data_version, error, "PRAGMA data_version", ""))
    return NULL;
  desk_db_set_changed_func (self->db, on_committed, self);
  self->worker = g_thread_new ("store", worker_main, self);
  self->watch = g_timeout_add (500, look_for_others, self);
  return g_steal_pointer (&self);
}

/* The clinic file; lent. */
const char *
desk_session_get_path (DeskSession *self)
{
  return self->path;
}

/* Whether the file can only be looked at. */
gboolean
desk_session_get_read_only (DeskSession *self)
{
  return self->read_only;
}

/* Lent; for the main thread only. */
DeskDb *
desk_session_reader (DeskSession *self)
{
  return self->reader;
}

/* Who answers for the jobs queued from now on. */
void
desk_session_set_actor (DeskSession *self, gint64 staff_id)
{
  self->actor = staff_id;
}

/* The person who answers for what is written; 0 for nobody. */
gint64
desk_session_get_actor (DeskSession *self)
{
  return self->actor;
}

/* Queues a job; data must not be NULL and belongs to the job. A cancelled job that has not begun does not run. */
void
desk_session_run_async (DeskSession *self, DeskWork work, gpointer data, GDestroyNotify data_free,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->task = g_task_new (self, cancellable, callback, user_data);
  job->work = work;
  job->actor = self->actor;
  g_task_set_task_data (job->task, data, data_free);
  g_async_queue_push (self->jobs, job);
}

/* Lends the job's data, which lives as long as result; NULL when the job failed. */
gpointer
desk_session_run_finish (DeskSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_waited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
no_work (DeskDb *db, gpointer data, GError **error)
{
  return TRUE;
}

/* Turns the main loop until every job queued so far is done: before the program may end. */
void
desk_session_finish (DeskSession *self)
{
  g_autoptr (GError) error = NULL;

  if (!desk_session_run (self, no_work, NULL, &error))
    g_warning ("%s", error->message);
}

/* Queues a job and turns the main loop until it is done: for tests and short tools. data may be NULL. */
gboolean
desk_session_run (DeskSession *self, DeskWork work, gpointer data, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  desk_session_run_async (self, work, data ? data : self, NULL, NULL, on_waited, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return desk_session_run_finish (self, result, error) != NULL;
}
