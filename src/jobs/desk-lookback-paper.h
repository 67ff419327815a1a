/* A look-back on paper, to be worked through at the telephone and before the tanks: whom to call, which doses must not
 * move, which other lots by which roads, and the reports that are due. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

gboolean desk_lookback_paper_write (DeskDb *db, gint64 lookback_id, const char *path, gboolean overwrite, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
