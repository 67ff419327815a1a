/* Doses to fetch for the visits of a day, in the order in which one walks past them. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 unit_id, visit_id, container_id; /* container 0: it stands in no place */
  char *number, *kind, *barcode;          /* barcode: of its label where that is not the number */
  char *life, *quality;
  int holds;
  char *where;                            /* "Tank 1 › Rack B › Box 3"; "" in no place */
  char *place;                            /* "A1" in the box */
  char *place_code;                       /* what a scan of the box gives; or "" */
  int row, col;
  gint64 starts_at;                       /* of the visit */
  char *patient, *chart, *birth;
} DeskPick;

/* Those reserved for visits that begin in [from, until); of one patient, or with 0 of all. */
GPtrArray *desk_pick_list (DeskDb *db, gint64 from, gint64 until, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_pick_free (DeskPick *pick);

G_END_DECLS
