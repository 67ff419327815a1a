/* What a step of a dose at the bedside must find written before its event, by raw SQL: for tests whose matter is another. */
#pragma once

#include "desk-db.h"

/* to_state of the life axis; at 0 for about now. FALSE when the file refuses it. */
gboolean bedside_before (DeskDb *db, gint64 unit, const char *to_state, gint64 at, gint64 performer, gint64 witness);
