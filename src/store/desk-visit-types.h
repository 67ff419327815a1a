/* The clinic's kinds of visit: how long they take, what they need, how many of them there may be. */
#pragma once

#include "desk-db.h"
#include "desk-visit.h"

G_BEGIN_DECLS

/* Saves lengths, needs, limits and whether it is offered; what is booked stays as it is. The type was checked.
 * DESK_ERROR_NOT_FOUND for a code that is not. */
gboolean desk_visit_type_save (DeskDb *db, const DeskVisitType *type, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
