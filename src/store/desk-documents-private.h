/* What the files that write papers share. */
#pragma once

#include "desk-documents.h"

G_BEGIN_DECLS

/* Inside a transaction: writes a new (id 0) or changed paper and fills in id and version. */
gboolean desk_document_write (DeskDb *db, DeskDocument *document, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Fills the texts that are NULL, the state and the time; FALSE for what desk_document_check () refuses. */
gboolean desk_document_make_sound (DeskDocument *document, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
