/* Papers of patients. What they contain lies beside the clinic file, in the vault (src/vault), named by its digest. */
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

G_END_DECLS
