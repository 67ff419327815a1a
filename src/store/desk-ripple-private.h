/* What the files of the ripples share: the scene, in which a ripple is played through. */
#pragma once

#include "desk-ripples.h"

#include "desk-hours.h"

G_BEGIN_DECLS

typedef struct
{
  DeskDb *db;
  const DeskRippleWish *wish;
  gint64 now;
  DeskDay today;
  GTimeZone *zone;
  DeskHours *hours;
  GPtrArray *types;
  GHashTable *templates; /* course id → DeskCourseTemplate or NULL */
  GPtrArray *visits;     /* DeskVisit, one for each stop, as they are booked */
  GArray *stops;         /* DeskRippleStop */
  GArray *goes;          /* DeskRippleGo, after the run */
  GPtrArray *places;     /* DeskVisit where it goes, or NULL */
  GPtrArray *placed;     /* those of them that are taken already; lent */
  const DeskVisit *draw; /* a new one that is to be booked too; lent, or NULL */
  GHashTable *moving;    /* ids of visits that leave where they are */
  gint64 trip_id;        /* whose entry is another one now, or 0 */
  DeskDay trip_entry;
  GError *error;         /* the first failure of the store: nothing is free after it */
} DeskRippleScene;

gboolean desk_ripple_scene_init (DeskRippleScene *scene, DeskDb *db, const DeskRippleWish *wish, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_ripple_scene_clear (DeskRippleScene *scene);
gboolean desk_ripple_scene_add (DeskRippleScene *scene, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_ripple_scene_strike (DeskRippleScene *scene, guint index, DeskDay earliest, int shift);
gboolean desk_ripple_scene_run (DeskRippleScene *scene, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskVisit *desk_ripple_scene_place (DeskRippleScene *scene, guint index, DeskDay day);
DeskDay desk_ripple_scene_day (const DeskRippleScene *scene, gint64 at);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DeskRippleScene, desk_ripple_scene_clear)

G_END_DECLS
