/* What each kind of ripple strikes, and the thing itself. */
#pragma once

#include "desk-cell.h"
#include "desk-ripple-private.h"

G_BEGIN_DECLS

/* The lot, stay, day or visit, as it was. */
typedef struct
{
  gint64 patient_id, row_id, version;
  DeskDay was;
  char *detail;          /* number of the lot, reason of a closed day */
  GPtrArray *pool;       /* of a failed lot: the patient's doses that are left */
  GHashTable *promised;  /* visit id → DeskUnit in place of the lot's */
  DeskVisit *draw;       /* a new draw, or NULL */
  gboolean draw_in_stay;
} DeskRippleCause;

typedef gboolean (*DeskRippleStrike) (DeskRippleScene *scene, DeskRippleCause *cause, GError **error);

gboolean desk_ripple_strike_delay (DeskRippleScene *scene, DeskRippleCause *cause, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_ripple_strike_failed (DeskRippleScene *scene, DeskRippleCause *cause, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_ripple_strike_flight (DeskRippleScene *scene, DeskRippleCause *cause, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_ripple_strike_day (DeskRippleScene *scene, DeskRippleCause *cause, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_ripple_strike_later (DeskRippleScene *scene, DeskRippleCause *cause, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *desk_ripple_pool (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskUnit *desk_ripple_pool_take (GPtrArray *pool, gint64 not_lot, DeskDay day);

G_END_DECLS
