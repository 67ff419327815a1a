/* Slots that came free (made by a trigger, whatever road a visit left by): who fits, and filling one. */
#pragma once

#include "desk-book.h"
#include "desk-waiting.h"

G_BEGIN_DECLS

/* Who is asked for a slot. */
typedef struct
{
  DeskFreedSlot *slot;
  gboolean free;      /* a visit of its kind still finds a place then */
  GPtrArray *waiting; /* of DeskWaiting: all that wait for that kind */
  GArray *fits;       /* of DeskWaitingFit, in the order to ask; their waiting is lent by the above */
  guint n_fits;       /* the first so many fit */
} DeskFreedLook;

GPtrArray *desk_freed_list (DeskDb *db, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskFreedLook *desk_freed_look (DeskDb *db, gint64 slot_id, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_freed_look_free (DeskFreedLook *look);

/* What booking one of them into the slot would be: a new visit, or their own moved there. */
DeskVisit *desk_freed_wanted (DeskDb *db, const DeskFreedSlot *slot, const DeskWaiting *waiting, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_freed_fill (DeskDb *db, const DeskFreedSlot *slot, const DeskWaiting *waiting, DeskVisit *visit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_freed_unfill (DeskDb *db, gint64 slot_id, gint64 waiting_id, const DeskVisit *visit, const DeskVisit *before, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_freed_close (DeskDb *db, gint64 id, gint64 *version, const char *outcome, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_freed_tidy (DeskDb *db, gint64 now, guint *n_closed, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskFreedLook, desk_freed_look_free)

G_END_DECLS
