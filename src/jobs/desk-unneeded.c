#include "desk-unneeded.h"

#include "desk-inbox.h"
#include "desk-vaults.h"

#define DAY ((gint64) 24 * 60 * 60)
#define HOUR ((gint64) 60 * 60) /* what is younger may belong to a record that is about to be saved */

typedef struct
{
  DeskContents *contents;
  DeskUnneeded unneeded;
} Job;

static void
job_free (gpointer data)
{
  g_object_unref (((Job *) data)->contents);
  g_free (data);
}

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
sweep (DeskDb *db, Job *job, gboolean remove, GError **error)
{
  g_autoptr (GPtrArray) needed = desk_vault_digests (db, error);

  return needed
         && desk_contents_sweep (job->contents, needed, now () - HOUR, remove, &job->unneeded.n_files, &job->unneeded.bytes, error);
}

/* As if the items were gone, so that their files count: without a commit they are there again. */
static gboolean
count_work (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_inbox_forget (db, txn, now () - DESK_UNNEEDED_DAYS * DAY, &job->unneeded.n_items, error)
         && sweep (db, job, FALSE, error);
}

/* The items go first and for good; then, while nobody else can save a record, the files that nothing names. */
static gboolean
remove_work (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (DeskTxn) items = desk_txn_begin (db, error);

  if (!items || !desk_inbox_forget (db, items, now () - DESK_UNNEEDED_DAYS * DAY, &job->unneeded.n_items, error)
      || !desk_txn_commit (items, error))
    return FALSE;

  g_autoptr (DeskTxn) files = desk_txn_begin (db, error);
  g_autofree char *detail = NULL;
  if (!files || !sweep (db, job, TRUE, error))
    return FALSE;
  detail = g_strdup_printf ("%u files, %" G_GINT64_FORMAT " bytes", job->unneeded.n_files, job->unneeded.bytes);
  return desk_txn_log (files, "contents.sweep", DESK_KIND_CLINIC, 0, detail, error) && desk_txn_commit (files, error);
}

static void
run (DeskSession *session, DeskContents *contents, DeskWork work, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->contents = g_object_ref (contents);
  desk_session_run_async (session, work, job, job_free, NULL, callback, user_data);
}

/* Counts what could go; nothing is changed. */
void
desk_unneeded_count_async (DeskSession *session, DeskContents *contents, GAsyncReadyCallback callback, gpointer user_data)
{
  run (session, contents, count_work, callback, user_data);
}

/* Removes it for good. */
void
desk_unneeded_remove_async (DeskSession *session, DeskContents *contents, GAsyncReadyCallback callback, gpointer user_data)
{
  run (session, contents, remove_work, callback, user_data);
}

/* Of both. Errors: REFUSED "contents-closed", READ_ONLY, BUSY, IO. */
gboolean
desk_unneeded_finish (DeskSession *session, GAsyncResult *result, DeskUnneeded *unneeded, GError **error)
{
  Job *job = desk_session_run_finish (session, result, error);

  if (!job)
    return FALSE;
  *unneeded = job->unneeded;
  return TRUE;
}
