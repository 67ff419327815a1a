/* The protocol of a stocktake on paper, to be signed: who counted what, and each difference with its end. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

gboolean desk_count_protocol_write (DeskDb *db, gint64 count_id, const char *path, gboolean overwrite, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
