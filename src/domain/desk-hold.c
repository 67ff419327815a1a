#include "desk-hold.h"

void
desk_hold_free (DeskHold *hold)
{
  if (!hold)
    return;
  g_free (hold->name);
  g_free (hold->kind);
  g_free (hold->reason);
  g_free (hold->opened_by);
  g_free (hold->closed_by);
  g_free (hold->closed_why);
  g_free (hold);
}

/* The code of a scope: "unit", "lot" … Static. */
const char *
desk_hold_scope_name (DeskHoldScope scope)
{
  static const char *const names[DESK_N_HOLD_SCOPES] = {
    [DESK_HOLD_UNIT] = "unit",           [DESK_HOLD_LOT] = "lot",           [DESK_HOLD_PATIENT] = "patient",
    [DESK_HOLD_CONTAINER] = "container", [DESK_HOLD_PLAN] = "plan",         [DESK_HOLD_FACILITY] = "facility",
    [DESK_HOLD_REAGENT] = "reagent",
  };

  return names[scope];
}
