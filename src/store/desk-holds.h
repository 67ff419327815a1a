/* Holds of every scope: on a unit, a lot, a patient, a container, a plan, a facility, a reagent lot. */
#pragma once

#include "desk-db.h"
#include "desk-hold.h"

G_BEGIN_DECLS

typedef struct
{
  DeskHoldScope scope;
  gint64 id;           /* row of what is held; 0 for a plan and a facility */
  const char *name;    /* the plan's number or the facility's name; else NULL */
  const char *kind;    /* see DeskHold; NULL for "other" */
  const char *reason;  /* in words */
  gint64 lookback_id;  /* 0 for none */
  gint64 by;           /* staff */
} DeskHoldNew;

gboolean desk_hold_open (DeskDb *db, const DeskHoldNew *hold, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_hold_close (DeskDb *db, gint64 hold_id, gint64 by, const char *why, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *desk_hold_list (DeskDb *db, gint64 unit_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_hold_of_lot (DeskDb *db, gint64 lot_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_hold_all (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
