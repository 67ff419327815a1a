/* The drawer at the end of a day, by currency and way of paying. A closed day takes no more money. */
#pragma once

#include "desk-db.h"
#include "desk-invoice.h"

G_BEGIN_DECLS

DeskDayClose *desk_day_close_begin (DeskDb *db, DeskDay day, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_day_close_make (DeskDb *db, DeskDayClose *close, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskDayClose *desk_day_close_load (DeskDb *db, DeskDay day, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_day_is_closed (DeskDb *db, DeskDay day, gboolean *closed, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
