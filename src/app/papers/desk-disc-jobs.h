/* The long work of the disc dialog, in threads: reading the disc, a picture of it, filing studies. */
#pragma once

#include "desk-disc-file.h"
#include "desk-session.h"

G_BEGIN_DECLS

/* How far a job has come, in thousandths; shared by the thread and the window. */
typedef struct
{
  gint thousandths;
} DeskDiscProgress;

DeskDiscProgress *desk_disc_progress_new (void);
void desk_disc_progress_unref (DeskDiscProgress *progress);

void desk_disc_scan_async (const char *folder, DeskDiscProgress *progress, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
DeskDisc *desk_disc_scan_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_disc_preview_async (DeskDisc *disc, const DeskDiscSeries *series, int size, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
DeskPreview *desk_disc_preview_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is to be filed; the studies are of the disc. All of it or nothing is. */
typedef struct
{
  DeskDisc *disc;
  const DeskDiscPatient *patient;
  GPtrArray *studies; /* const DeskDiscStudy * */
  GPtrArray *again;   /* of them, those that are filed already */
  gint64 patient_id;
  char *reason;
  DeskContents *contents;
  DeskSession *session;
  DeskDiscProgress *progress;
  GPtrArray *stored;  /* DeskDiscStored, in the order of studies */
  GArray *documents;  /* gint64: what was made, in that order */
} DeskDiscFiling;

DeskDiscFiling *desk_disc_filing_new (DeskDisc *disc, DeskSession *session, DeskContents *contents);
void desk_disc_filing_unref (DeskDiscFiling *filing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskDiscFiling, desk_disc_filing_unref)

void desk_disc_filing_async (DeskDiscFiling *filing, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void desk_disc_filing_undo_async (DeskDiscFiling *filing, GAsyncReadyCallback callback, gpointer user_data);
gboolean desk_disc_filing_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
