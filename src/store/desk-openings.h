/* The clinic's hours in the store: of weekdays, and the days it opens although it would be closed. */
#pragma once

#include "desk-db.h"
#include "desk-hours.h"

G_BEGIN_DECLS

/* All that desk_hours_of_day () needs for the days from first to last, both in it. */
DeskHours *desk_hours_load (DeskDb *db, DeskDay first, DeskDay last, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* DeskOpening of the weekdays that differ from the clinic's hours, Monday first; a GArray. */
GArray *desk_opening_list (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_opening_save (DeskDb *db, const DeskOpening *opening, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_opening_remove (DeskDb *db, int weekday, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Days the clinic opens by its own word, as DeskClosedDay with the reason why it opens. */
GPtrArray *desk_open_day_list (DeskDb *db, DeskDay from, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_open_day_add (DeskDb *db, DeskDay day, const char *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_open_day_remove (DeskDb *db, DeskDay day, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
