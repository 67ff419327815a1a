#include "desk-intake.h"

#include <sys/stat.h>
#include <unistd.h>

#include "desk-file-name.h"

/* Its name is made harmless here, where it comes in. */
DeskIntake *
desk_intake_new_path (const char *path, const char *came_by, gint64 received_at)
{
  DeskIntake *intake = g_new0 (DeskIntake, 1);
  g_autofree char *base = g_path_get_basename (path);

  intake->path = g_strdup (path);
  intake->name = desk_file_name_safe (base);
  intake->came_by = came_by;
  intake->received_at = received_at;
  return intake;
}

/* From the clipboard. */
DeskIntake *
desk_intake_new_bytes (GBytes *bytes, const char *name, gint64 received_at)
{
  DeskIntake *intake = g_new0 (DeskIntake, 1);

  intake->bytes = g_bytes_ref (bytes);
  intake->name = desk_file_name_safe (name);
  intake->came_by = "paste";
  intake->received_at = received_at;
  return intake;
}

/* A link is written down and never followed. */
DeskIntake *
desk_intake_new_link (const char *link, gint64 received_at)
{
  DeskIntake *intake = g_new0 (DeskIntake, 1);
  g_autoptr (GUri) uri = g_uri_parse (link, G_URI_FLAGS_NONE, NULL);

  intake->link = g_strdup (link);
  intake->name = desk_file_name_safe (uri ? g_uri_get_host (uri) : NULL);
  intake->came_by = "link";
  intake->received_at = received_at;
  return intake;
}

void
desk_intake_free (DeskIntake *intake)
{
  if (!intake)
    return;
  g_free (intake->path);
  g_free (intake->name);
  g_free (intake->link);
  g_clear_pointer (&intake->bytes, g_bytes_unref);
  g_free (intake);
}

typedef struct
{
  DeskSession *session;
  DeskContents *contents;
  DeskIntake *intake;
  DeskInboxItem *item;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->session);
  g_clear_object (&job->contents);
  desk_intake_free (job->intake);
  desk_inbox_item_free (job->item);
  g_free (job);
}

/* What is told about a file before it is opened; NULL when it may be read. A link may point anywhere. */
static const char *
refuse_path (const char *path, gint64 *bytes)
{
  struct stat info;

  if (lstat (path, &info) < 0)
    return "unreadable";
  *bytes = info.st_size;
  if (S_ISLNK (info.st_mode))
    return "is-link";
  if (S_ISDIR (info.st_mode))
    return "is-folder";
  if (!S_ISREG (info.st_mode))
    return "not-a-file";
  if (info.st_size == 0)
    return "empty";
  return access (path, R_OK) == 0 ? NULL : "unreadable";
}

/* Which of the storage's refusals are about this file only; the others stop all that is to come. */
static const char *
refuse_content (const GError *error, gint64 bytes)
{
  if (g_error_matches (error, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    return "unreadable";
  if (!g_error_matches (error, DESK_ERROR, DESK_ERROR_INVALID))
    return NULL;
  return bytes > DESK_CONTENT_MAX_BYTES ? "too-large" : "kind-unknown";
}

static gboolean
put (Job *job, GCancellable *cancellable, GError **error)
{
  DeskIntake *intake = job->intake;
  DeskContent content = { 0 };
  GError *why = NULL;
  gint64 bytes = intake->bytes ? (gint64) g_bytes_get_size (intake->bytes) : 0;

  if (intake->link)
    {
      intake->refused = desk_link_is_usable (intake->link) ? NULL : "not-a-link";
      return TRUE;
    }
  intake->refused = intake->path ? refuse_path (intake->path, &bytes) : NULL;
  if (intake->refused)
    return TRUE;
  if (intake->path ? desk_contents_put_file (job->contents, intake->path, &content, cancellable, &why)
                   : desk_contents_put_bytes (job->contents, intake->bytes, &content, cancellable, &why))
    {
      job->item->digest = g_strdup (content.digest);
      job->item->media_type = g_strdup (content.media_type);
      job->item->bytes = content.bytes;
      job->item->warning = g_strdup (desk_content_extension_fits (intake->name, content.media_type) ? "" : "extension-differs");
      return TRUE;
    }
  intake->refused = refuse_content (why, bytes);
  if (!intake->refused)
    {
      g_propagate_error (error, why);
      return FALSE;
    }
  g_error_free (why);
  return TRUE;
}

static gboolean
add_work (DeskDb *db, gpointer data, GError **error)
{
  Job *job = g_task_get_task_data (data);
  DeskIntake *intake = job->intake;

  if (!desk_inbox_add (db, job->item, NULL, 0, &intake->added, error))
    return FALSE;
  intake->item_id = job->item->id;

  g_autoptr (DeskInboxItem) item = desk_inbox_load (db, intake->item_id, error);
  if (item)
    intake->known_patient_id = item->known_patient_id;
  return item != NULL;
}

static void
give_back (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&job->intake), (GDestroyNotify) desk_intake_free);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (desk_session_run_finish (DESK_SESSION (source), result, &error))
    give_back (task);
  else
    g_task_return_error (task, error);
}

static void
put_thread (GTask *inner, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (put (g_task_get_task_data (data), cancellable, &error))
    g_task_return_boolean (inner, TRUE);
  else
    g_task_return_error (inner, error);
}

static void
on_put (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (job->intake->refused)
    give_back (task);
  else
    desk_session_run_async (job->session, add_work, g_object_ref (task), g_object_unref, NULL, on_added, g_object_ref (task));
}

/* Takes one thing in; takes the intake. The content is stored in a thread of its own, so that nobody's saving waits for
 * a large file; the row is added by the session. */
void
desk_intake_async (DeskSession *session, DeskContents *contents, DeskIntake *intake, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->session = g_object_ref (session);
  job->contents = g_object_ref (contents);
  job->intake = intake;
  job->item = g_new0 (DeskInboxItem, 1);
  job->item->name = g_strdup (intake->name);
  job->item->came_by = g_strdup (intake->came_by);
  job->item->link = g_strdup (intake->link);
  job->item->received_at = intake->received_at;
  g_task_set_task_data (task, job, job_free);

  g_autoptr (GTask) inner = g_task_new (NULL, cancellable, on_put, task);
  g_task_set_task_data (inner, g_object_ref (task), g_object_unref);
  g_task_run_in_thread (inner, put_thread);
}

/* What became of it, for the caller to free; an error stops what is to come too: the disk is full, the contents are
 * closed, it was cancelled. */
DeskIntake *
desk_intake_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
