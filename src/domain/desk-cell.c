#include "desk-cell-private.h"

void
desk_unit_free (DeskUnit *unit)
{
  if (!unit)
    return;
  g_free (unit->kind);
  g_free (unit->number);
  g_free (unit->use_until);
  g_free (unit->barcode);
  g_free (unit->before_missing);
  g_free (unit->consent_until);
  g_free (unit->life);
  g_free (unit->quality);
  g_free (unit->label);
  g_free (unit->lot_number);
  g_free (unit->patient_name);
  g_free (unit->patient_chart);
  g_free (unit->biohazard);
  g_free (unit);
}

void
desk_unit_event_free (DeskUnitEvent *event)
{
  if (!event)
    return;
  g_free (event->axis);
  g_free (event->from_state);
  g_free (event->to_state);
  g_free (event->performer);
  g_free (event->witness);
  g_free (event->reason);
  g_free (event->scanned);
  g_free (event->shipment);
  g_free (event);
}

/* Only doses may ever reach a patient. */
gboolean
desk_unit_is_dose (const DeskUnit *unit)
{
  return desk_cell_is (unit->kind, "dose_fresh,dose_frozen");
}

/* Nothing follows a final state of life. */
gboolean
desk_unit_is_final (const DeskUnit *unit)
{
  return desk_cell_is (unit->life, "infused,part_infused,discarded,consumed,transferred_out,void");
}

/* The last day of use is still good, the instant of what is fresh too; a date that cannot be read is not. */
gboolean
desk_unit_is_expired (const DeskUnit *unit, DeskDay today)
{
  DeskDay until;

  return !desk_day_parse (unit->use_until, &until) || until < today || (unit->use_until_at != 0 && unit->use_until_at < unit->read_at);
}

/* Whether it is kept longer than its patient agreed to; what is fresh is not kept. */
gboolean
desk_unit_consent_ended (const DeskUnit *unit, DeskDay today)
{
  DeskDay until;

  return unit->consent_until && !desk_cell_is (unit->kind, "dose_fresh") && (!desk_day_parse (unit->consent_until, &until) || until < today);
}

/* Good enough for its patient by what was tested: released, or under a condition that says for which visit. */
static gboolean
is_released (const DeskUnit *unit)
{
  return desk_cell_is (unit->quality, "released") || (desk_cell_is (unit->quality, "conditional") && unit->condition_visit != 0);
}

/* Whether the dose can be promised and given as it stands: the one place that says so (facts/cells.md 4.2), and not
 * promised already. */
gboolean
desk_unit_available (const DeskUnit *unit, DeskDay today)
{
  return desk_unit_is_dose (unit) && desk_cell_is (unit->life, "frozen,fresh_ready,at_clinic")
         && is_released (unit) && desk_cell_is (unit->label, "verified") && unit->holds == 0 && unit->reserved_visit == 0
         && !desk_unit_is_expired (unit, today) && !desk_unit_consent_ended (unit, today) && !unit->in_quarantine;
}

/* The static text of a state of life, so that a headline outlives its unit. */
static const char *
find_state (const char *life)
{
  static const char *const lives[] = { "planned", "in_transit", "picked", "thawing", "thawed", "at_bedside", "infusing",
                                       "infused", "part_infused", "discarded", "consumed", "transferred_out", "void",
                                       "missing" };

  for (guint i = 0; i < G_N_ELEMENTS (lives); i++)
    if (g_strcmp0 (life, lives[i]) == 0)
      return lives[i];
  return "filled";
}

/* The one word for all axes: a final state first, then what makes it unusable (unsafe before expired), then
 * where it is on its way, then what it still lacks. A static code. */
const char *
desk_unit_headline (const DeskUnit *unit, DeskDay today)
{
  const char *decided = "infused,part_infused,discarded,consumed,transferred_out,void,missing,infusing";
  const char *under_way = "planned,in_transit,picked,thawing,thawed,at_bedside";
  const struct
  {
    gboolean is;
    const char *code;
  } table[] = {
    { desk_cell_is (unit->life, decided), find_state (unit->life) },
    { desk_cell_is (unit->quality, "recalled"), "recalled" },
    { desk_cell_is (unit->quality, "rejected"), "rejected" },
    { unit->holds > 0, "held" },
    { desk_unit_is_expired (unit, today), "expired" },
    { desk_unit_consent_ended (unit, today), "consent-ended" },
    { desk_cell_is (unit->life, under_way), find_state (unit->life) },
    { !is_released (unit) || unit->in_quarantine, "quarantine" },
    { !desk_cell_is (unit->label, "verified"), "unlabelled" },
    { desk_cell_is (unit->life, "filled"), "filled" },
    { !desk_unit_is_dose (unit), "stored" },
    { unit->reserved_visit != 0, "reserved" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].is)
      return table[i].code;
  return "available";
}
