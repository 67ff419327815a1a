/* The three axes of a unit of cells and every step that is legal on them (facts/cells.md 4.2 and 4.3), as the program
 * itself knows them: what proves a bank does not ask the file which steps are legal. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *axis; /* life, quality, label */
  const char *from_state, *to_state;
  gboolean witnessed; /* needs a second person */
} DeskAxisStep;

const DeskAxisStep *desk_axis_steps (guint *n_steps);
const DeskAxisStep *desk_axis_step (const char *axis, const char *from_state, const char *to_state);
const char *desk_axis_custody (const char *life);
gboolean desk_axis_stands (const char *life);

G_END_DECLS
