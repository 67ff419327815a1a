/* What needs attention today, gathered from papers, cells and the book. */
#pragma once

#include "desk-db.h"
#include "desk-today.h"

G_BEGIN_DECLS

/* DeskAttention, the most pressing first: by day, then by kind. */
GPtrArray *desk_today_attention (DeskDb *db, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
