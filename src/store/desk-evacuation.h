/* The list by which a tank is emptied: its units in the order in which one stands before them, each with a free place
 * elsewhere. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

/* One unit that must leave a tank, with the place it stands in. */
typedef struct
{
  gint64 unit_id, container_id, patient_id;
  int row, col;
  char *number, *kind, *patient;
  char *place;    /* "Rack 2 › Box 4", within the tank */
  char *position; /* "A1", as the box writes it */
  gint64 to_container; /* a free place elsewhere, 0 when there is none */
  int to_row, to_col;
  char *to_place, *to_position;
} DeskEvacuee;

void desk_evacuee_free (DeskEvacuee *evacuee);
GPtrArray *desk_tank_evacuation (DeskDb *db, gint64 container_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskEvacuee, desk_evacuee_free)

G_END_DECLS
