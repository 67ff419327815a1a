/* What stands on labels, from the file. */
#pragma once

#include "desk-db.h"
#include "desk-label-data.h"

G_BEGIN_DECLS

DeskLabelData *desk_label_load (DeskDb *db, DeskLabelKind kind, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
