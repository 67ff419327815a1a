/* Holds: what blocks units, and on what. Any open hold in whose scope a unit is blocks it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DESK_HOLD_UNIT,
  DESK_HOLD_LOT,
  DESK_HOLD_PATIENT,
  DESK_HOLD_CONTAINER, /* and all that stands in it */
  DESK_HOLD_PLAN,
  DESK_HOLD_FACILITY,
  DESK_HOLD_REAGENT,   /* every lot that was made with it */
  DESK_N_HOLD_SCOPES
} DeskHoldScope;

typedef struct
{
  gint64 id;
  DeskHoldScope scope;
  gint64 scope_id;      /* row of the unit, lot …; 0 for a plan and a facility */
  char *name;           /* of what is held, as people say it: a number, a patient with chart number, a container */
  char *kind;           /* result, deviation, temperature, transport, warming, merge, count, lookback, consent, label, other */
  char *reason;
  gint64 lookback_id;   /* 0 for none */
  gint64 opened_at;
  char *opened_by;      /* name */
  gint64 closed_at;     /* 0 while it is open */
  char *closed_by;      /* name, or NULL */
  char *closed_why;
} DeskHold;

void desk_hold_free (DeskHold *hold);
const char *desk_hold_scope_name (DeskHoldScope scope);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskHold, desk_hold_free)

G_END_DECLS
