/* The pinboard: visits that are to be put somewhere else. They stay booked where they are until then; every desk sees
 * the same board. Changes are told as DESK_KIND_BOOK. */
#pragma once

#include "desk-book.h"

G_BEGIN_DECLS

GPtrArray *desk_pin_list (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_pin_add (DeskDb *db, gint64 visit_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_pin_remove (DeskDb *db, gint64 visit_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Moves visits (DeskVisit, changed as wanted) in one transaction, in which they may take each other's place; afterwards
 * they are on the pinboard (the way back) or off it. All are written or none: CONFLICT when somebody changed one since,
 * TAKEN names who is there. Fills their versions. */
gboolean desk_pin_place (DeskDb *db, GPtrArray *visits, gboolean pinned, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
