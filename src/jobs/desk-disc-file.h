/* A study of a disc into the clinic: its files among the contents, then the paper. */
#pragma once

#include "desk-contents.h"
#include "desk-disc.h"
#include "desk-studies.h"

G_BEGIN_DECLS

typedef struct _DeskDiscStored DeskDiscStored;

DeskDiscStored *desk_disc_stored_new (void);
gboolean desk_disc_store (DeskDiscStored *stored, DeskContents *contents, const DeskDisc *disc, const DeskDiscStudy *study, DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_disc_take_back (DeskDb *db, DeskContents *contents, const GPtrArray *stored, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_disc_stored_free (DeskDiscStored *stored);
gboolean desk_disc_file (DeskDb *db, const DeskDiscPatient *patient, const DeskDiscStudy *study, const DeskDiscStored *stored, gint64 patient_id, const char *reason, gboolean again, gint64 *document_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskPreview *desk_disc_preview (const DeskDisc *disc, const DeskDiscSeries *series, int max_width, int max_height, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskDiscStored, desk_disc_stored_free)

G_END_DECLS
