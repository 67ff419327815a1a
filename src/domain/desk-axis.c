#include "desk-axis.h"

#include <string.h>

static const DeskAxisStep steps[] = {
  { "label", "new", "none", FALSE },
  { "label", "none", "printed", FALSE },
  { "label", "printed", "printed", FALSE },
  { "label", "printed", "verified", TRUE },
  { "label", "verified", "printed", FALSE },
  { "life", "at_bedside", "discarded", TRUE },
  { "life", "at_bedside", "infusing", TRUE },
  { "life", "at_clinic", "at_bedside", TRUE },
  { "life", "at_clinic", "discarded", TRUE },
  { "life", "at_clinic", "frozen", TRUE },
  { "life", "at_clinic", "missing", FALSE },
  { "life", "at_clinic", "picked", TRUE },
  { "life", "at_clinic", "transferred_out", TRUE },
  { "life", "filled", "consumed", TRUE },
  { "life", "filled", "discarded", TRUE },
  { "life", "filled", "fresh_ready", FALSE },
  { "life", "filled", "frozen", TRUE },
  { "life", "filled", "in_transit", TRUE },
  { "life", "filled", "missing", FALSE },
  { "life", "fresh_ready", "at_bedside", TRUE },
  { "life", "fresh_ready", "consumed", TRUE },
  { "life", "fresh_ready", "discarded", TRUE },
  { "life", "fresh_ready", "in_transit", TRUE },
  { "life", "fresh_ready", "missing", FALSE },
  { "life", "frozen", "consumed", TRUE },
  { "life", "frozen", "discarded", TRUE },
  { "life", "frozen", "in_transit", TRUE },
  { "life", "frozen", "missing", FALSE },
  { "life", "frozen", "picked", TRUE },
  { "life", "frozen", "transferred_out", TRUE },
  { "life", "in_transit", "at_clinic", TRUE },
  { "life", "in_transit", "discarded", TRUE },
  { "life", "in_transit", "missing", FALSE },
  { "life", "infusing", "infused", FALSE },
  { "life", "infusing", "part_infused", FALSE },
  { "life", "missing", "at_clinic", TRUE },
  { "life", "missing", "discarded", TRUE },
  { "life", "missing", "filled", TRUE },
  { "life", "missing", "fresh_ready", TRUE },
  { "life", "missing", "frozen", TRUE },
  { "life", "new", "planned", FALSE },
  { "life", "picked", "discarded", TRUE },
  { "life", "picked", "frozen", TRUE },
  { "life", "picked", "missing", FALSE },
  { "life", "picked", "thawing", TRUE },
  { "life", "planned", "filled", TRUE },
  { "life", "planned", "void", FALSE },
  { "life", "thawed", "at_bedside", TRUE },
  { "life", "thawed", "consumed", TRUE },
  { "life", "thawed", "discarded", TRUE },
  { "life", "thawing", "discarded", TRUE },
  { "life", "thawing", "thawed", TRUE },
  { "quality", "conditional", "recalled", FALSE },
  { "quality", "conditional", "rejected", FALSE },
  { "quality", "conditional", "released", TRUE },
  { "quality", "new", "quarantine", FALSE },
  { "quality", "quarantine", "conditional", TRUE },
  { "quality", "quarantine", "rejected", FALSE },
  { "quality", "quarantine", "released", TRUE },
  { "quality", "released", "recalled", FALSE },
};

/* All steps, in the order of axis, from and to; static. */
const DeskAxisStep *
desk_axis_steps (guint *n_steps)
{
  *n_steps = G_N_ELEMENTS (steps);
  return steps;
}

/* The step, or NULL when it is not legal; static. */
const DeskAxisStep *
desk_axis_step (const char *axis, const char *from_state, const char *to_state)
{
  for (guint i = 0; axis && from_state && to_state && i < G_N_ELEMENTS (steps); i++)
    if (strcmp (steps[i].from_state, from_state) == 0 && strcmp (steps[i].to_state, to_state) == 0
        && strcmp (steps[i].axis, axis) == 0)
      return &steps[i];
  return NULL;
}

/* In whose custody a step of life brings a unit; NULL where it stays with whom or what has it (it is put into a place
 * beside the step). Static. */
const char *
desk_axis_custody (const char *life)
{
  static const struct
  {
    const char *life, *custody;
  } table[] = {
    { "new", NULL },           { "planned", NULL },          { "frozen", NULL },     { "fresh_ready", NULL },
    { "in_transit", "way" },   { "at_bedside", "bedside" },  { "infusing", "bedside" }, { "infused", "patient" },
    { "part_infused", "patient" }, { "discarded", "waste" }, { "transferred_out", "outside" }, { "consumed", "culture" },
    { "missing", "lost" },     { "void", "void" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (life, table[i].life) == 0)
      return table[i].custody;
  return "hand";
}

/* Whether a unit in that state may stand in a place. */
gboolean
desk_axis_stands (const char *life)
{
  static const char *const standing[] = { "filled", "frozen", "fresh_ready", "at_clinic", NULL };

  return life && g_strv_contains (standing, life);
}
