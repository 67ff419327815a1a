/* Remote visits: the time on the wall that was agreed, and the instant that follows from it (domain/desk-clock.h). */
#pragma once

#include "desk-book.h"

G_BEGIN_DECLS

/* A visit to come whose instant is no longer what was agreed: the zone's rules have changed since, or its clocks skip
 * that time now. */
typedef struct
{
  gint64 visit_id, patient_id, version;
  char *type, *patient_name;
  char *wall, *wall_zone;
  gint64 starts_at, should_be;
  gboolean gap;
} DeskClockStale;

gboolean desk_clock_fill (DeskDb *db, DeskVisit *visit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_clock_fill_missing (DeskDb *db, gint64 now, guint *n_filled, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_visit_was_agreed (DeskDb *db, gint64 id, gboolean *agreed, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_clock_stale_list (DeskDb *db, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_clock_mend (DeskDb *db, gint64 visit_id, gint64 version, DeskVisit **mended, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_clock_stale_free (DeskClockStale *stale);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskClockStale, desk_clock_stale_free)

G_END_DECLS
