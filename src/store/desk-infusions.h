/* What was given, as papers tell it: one row a dose, with the order, the thaw, the check at the bedside and how it ended. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

/* Names are those of people; texts are never NULL, instants 0 where it did not come to that. */
typedef struct
{
  gint64 unit_id, visit_id, lot_id;
  char *number, *kind, *lot, *coi;
  int volume_ml;
  gint64 cells;            /* at filling */
  int viability;           /* after the thaw, percent; 0 when not measured */
  char *product_number;    /* of the label, where that is not the number */
  char *physician;         /* who ordered; "" without an order in force */
  gint64 order_at, cells_min, cells_max;
  int weight_g;
  char *order_note;
  gint64 thaw_started, thaw_ended, use_until;
  int bag_whole;           /* -1 when it was not thawed */
  char *bath;
  int bath_temperature;    /* tenths of °C */
  gint64 checked_at;
  char *scanned_unit, *scanned_patient, *checked_by, *check_witness;
  gint64 started_at, ended_at;
  char *started_by, *start_witness;
  int given_ml;
  gint64 delivered;
  char *reaction, *reason, *rest;
  int grade;
  char *released_by, *release_witness;
  gint64 released_at;
} DeskInfusion;

GPtrArray *desk_infusion_list (DeskDb *db, gint64 patient_id, gint64 visit_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 desk_infusion_last_visit (DeskDb *db, gint64 patient_id, GError **error);
void desk_infusion_free (DeskInfusion *infusion);

G_END_DECLS
