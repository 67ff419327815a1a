/* Papers of patients. Content lies beside the clinic file, once, under its digest. */
#pragma once

#include "desk-db.h"
#include "desk-document.h"

G_BEGIN_DECLS

GPtrArray *desk_document_list (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskDocument *desk_document_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_document_save (DeskDb *db, DeskDocument *document, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The papers of the clinic: ids, newest first, optionally of one state (NULL for all). */
GArray *desk_document_ids (DeskDb *db, const char *state, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GArray *desk_document_filter (DeskDb *db, const char *state, const char *kind, const char *due_before, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_document_rows (DeskDb *db, const gint64 *ids, guint n_ids, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Copies a file into the folder of contents (temporary name, fsync, rename, fsync of the folder) and fills
 * digest, bytes and media_type; the row is the caller's to save afterwards. Refuses what is not PDF, PNG or
 * JPEG by its first bytes, and more than 50 MB. */
gboolean desk_content_store (const char *folder, const char *source, DeskDocument *document, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *desk_content_path (const char *folder, const char *digest);

G_END_DECLS
