/* A visit that was taken back is again as it was, under a later version: so an older act on it can be taken back after
 * a newer one. Kept by the connection that writes, in its thread alone. */
#pragma once

#include "desk-book.h"

G_BEGIN_DECLS

gint64 desk_visit_again (DeskDb *db, gint64 id, gint64 version);
void desk_visit_again_is (DeskDb *db, gint64 id, gint64 was, gint64 now);

G_END_DECLS
