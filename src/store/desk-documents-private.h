/* What the files that write papers share. */
#pragma once

#include "desk-documents.h"

G_BEGIN_DECLS

/* In SQL: the id of a new paper, never that of one that was there once. */
#define DESK_DOCUMENT_NEXT_ID \
  "(SELECT max (n) FROM (SELECT coalesce (max (id), 0) + 1 AS n FROM document" \
  " UNION ALL SELECT next FROM counter WHERE name = 'document') AS ids)"

/* Inside a transaction: writes a new (id 0) or changed paper and fills in id and version. */
gboolean desk_document_write (DeskDb *db, DeskDocument *document, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Fills the texts that are NULL, the state and the time; FALSE for what desk_document_check () refuses. */
gboolean desk_document_make_sound (DeskDocument *document, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
