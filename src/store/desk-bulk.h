/* Fills a new, empty clinic file with very many rows: one transaction, one audit row at its end, every
 * trigger and key of the schema on. Rows get the numbers 1, 2, 3 … in the order in which they come.
 *
 * The first failure is kept and everything after it does nothing and returns 0; desk_bulk_finish () reports
 * it, and desk_bulk_ok () lets a long loop stop early. */
#pragma once

#include "desk-cell.h"
#include "desk-clinic.h"
#include "desk-companion.h"
#include "desk-db.h"
#include "desk-document.h"
#include "desk-passport.h"
#include "desk-patient.h"
#include "desk-tank.h"
#include "desk-trip.h"
#include "desk-visit.h"

G_BEGIN_DECLS

typedef struct _DeskBulk DeskBulk;

/* Who did something, with whom, and when (UTC); witness 0 for none. */
typedef struct
{
  gint64 performer, witness;
  gint64 at;
} DeskBulkActor;

DeskBulk *desk_bulk_begin (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_bulk_finish (DeskBulk *bulk, const char *action, const char *detail, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_bulk_ok (const DeskBulk *bulk);
void desk_bulk_end (DeskBulk *bulk);

void desk_bulk_clinic (DeskBulk *bulk, const DeskClinic *clinic);
void desk_bulk_counter (DeskBulk *bulk, const char *name, gint64 next);
void desk_bulk_closed_day (DeskBulk *bulk, DeskDay day, const char *reason);
void desk_bulk_open_day (DeskBulk *bulk, DeskDay day, const char *reason);
gint64 desk_bulk_staff (DeskBulk *bulk, const DeskStaff *staff);
gint64 desk_bulk_resource (DeskBulk *bulk, const DeskResource *resource);

gint64 desk_bulk_patient (DeskBulk *bulk, const DeskPatient *patient, gint64 at);
gint64 desk_bulk_document (DeskBulk *bulk, const DeskDocument *document);
void desk_bulk_acceptance (DeskBulk *bulk, gint64 patient_id, gint64 physician, gint64 at);

void desk_bulk_companion (DeskBulk *bulk, DeskCompanion *companion);
void desk_bulk_passport (DeskBulk *bulk, DeskPassportReading *reading);
void desk_bulk_trip (DeskBulk *bulk, DeskTrip *trip);

gint64 desk_bulk_container (DeskBulk *bulk, const DeskContainer *container);
gint64 desk_bulk_collection (DeskBulk *bulk, gint64 patient_id, gint64 course_id, const char *number, const char *method, int volume_ml, DeskBulkActor by);
gint64 desk_bulk_lot (DeskBulk *bulk, const DeskLot *lot);
gint64 desk_bulk_result (DeskBulk *bulk, const DeskResult *result, gint64 at);
void desk_bulk_result_check (DeskBulk *bulk, gint64 result_id, DeskBulkActor by);
void desk_bulk_condition (DeskBulk *bulk, gint64 unit_id, gint64 visit_id, const char *pending, const char *reason, const char *due_on, DeskBulkActor by);
gint64 desk_bulk_unit (DeskBulk *bulk, const DeskUnit *unit, gint64 at);
void desk_bulk_life (DeskBulk *bulk, gint64 unit_id, const char *to_state, DeskBulkActor by, const char *reason);
void desk_bulk_discard (DeskBulk *bulk, gint64 unit_id, const char *code, const char *note, gint64 approver, DeskBulkActor by);
void desk_bulk_quality (DeskBulk *bulk, gint64 unit_id, const char *to_state, DeskBulkActor by, const char *reason);
void desk_bulk_label (DeskBulk *bulk, gint64 unit_id, const char *to_state, DeskBulkActor by);
void desk_bulk_place (DeskBulk *bulk, gint64 unit_id, gint64 container_id, int row, int col, DeskBulkActor by);
void desk_bulk_take_out (DeskBulk *bulk, gint64 unit_id, DeskBulkActor by);
gint64 desk_bulk_hold (DeskBulk *bulk, gint64 unit_id, gint64 lot_id, const char *reason, DeskBulkActor by);

void desk_bulk_day_note (DeskBulk *bulk, DeskDay day, const char *text);
void desk_bulk_pin_next (DeskBulk *bulk, guint many, DeskBulkActor by);
void desk_bulk_tank_rule (DeskBulk *bulk, const DeskTankRule *rule);
void desk_bulk_tank_check (DeskBulk *bulk, const DeskTankCheck *check);
void desk_bulk_count (DeskBulk *bulk, const char *number, gint64 container_id, DeskBulkActor by);

gint64 desk_bulk_course (DeskBulk *bulk, gint64 patient_id, const char *template_code, const char *started_on);
gint64 desk_bulk_visit (DeskBulk *bulk, const DeskVisit *visit, DeskDay day, gint64 at);
void desk_bulk_visit_step (DeskBulk *bulk, gint64 visit_id, const char *to_status, DeskBulkActor by);
void desk_bulk_reserve (DeskBulk *bulk, const DeskUnit *unit, gint64 visit_id, DeskBulkActor by);
void desk_bulk_unreserve (DeskBulk *bulk, gint64 unit_id, DeskBulkActor by);
void desk_bulk_infuse (DeskBulk *bulk, const DeskUnit *unit, gint64 visit_id, DeskBulkActor by);

/* The bedside (desk-bulk-bedside.c): each of them before the event that it belongs to. */
void desk_bulk_secret (DeskBulk *bulk, gint64 staff_id, const char *hash, gint64 at);
void desk_bulk_bath (DeskBulk *bulk, const char *name, const char *barcode);
void desk_bulk_sign (DeskBulk *bulk, gint64 staff_id, const char *purpose, gint64 unit_id, gint64 at);
void desk_bulk_order (DeskBulk *bulk, gint64 visit_id, gint64 physician, gint64 cells_min, gint64 cells_max, int weight_g, gint64 at);
void desk_bulk_thaw (DeskBulk *bulk, gint64 unit_id, gint64 visit_id, const char *bath, DeskBulkActor by);
void desk_bulk_thawed (DeskBulk *bulk, gint64 unit_id, int limit, DeskBulkActor by);
void desk_bulk_check (DeskBulk *bulk, gint64 unit_id, gint64 visit_id, DeskBulkActor by);
void desk_bulk_infusion_end (DeskBulk *bulk, const DeskUnit *unit, int volume_ml, const char *reaction, int grade, DeskBulkActor by);
void desk_bulk_vitals (DeskBulk *bulk, gint64 visit_id, const char *phase, const int *values, DeskBulkActor by);

/* The bedside (desk-bulk-bedside.c): each of them before the event that it belongs to. */
void desk_bulk_secret (DeskBulk *bulk, gint64 staff_id, const char *hash, gint64 at);
void desk_bulk_bath (DeskBulk *bulk, const char *name, const char *barcode);
void desk_bulk_order (DeskBulk *bulk, gint64 visit_id, gint64 physician, gint64 cells_min, gint64 cells_max, int weight_g, gint64 at);
void desk_bulk_thaw (DeskBulk *bulk, gint64 unit_id, gint64 visit_id, const char *bath, DeskBulkActor by);
void desk_bulk_thawed (DeskBulk *bulk, gint64 unit_id, int limit, DeskBulkActor by);
void desk_bulk_check (DeskBulk *bulk, gint64 unit_id, gint64 visit_id, DeskBulkActor by);
void desk_bulk_sign (DeskBulk *bulk, gint64 staff_id, const char *purpose, gint64 unit_id, gint64 at);
void desk_bulk_infusion_end (DeskBulk *bulk, const DeskUnit *unit, int volume_ml, const char *reaction, int grade, DeskBulkActor by);
void desk_bulk_vitals (DeskBulk *bulk, gint64 visit_id, const char *phase, const int *values, DeskBulkActor by);

/* What cultures met, and a look-back that is over (desk-bulk-lookback.c). */
void desk_bulk_device (DeskBulk *bulk, const char *kind, const char *name);
void desk_bulk_device_use (DeskBulk *bulk, const char *device, gint64 lot_id, const char *what, DeskBulkActor by, gint64 until);
void desk_bulk_reagent (DeskBulk *bulk, gint64 lot_id, const char *name, const char *number, DeskBulkActor by);
void desk_bulk_closed_lookback (DeskBulk *bulk, const char *number, const char *reagent, const char *reagent_lot, const char *known_on, const char *words, DeskBulkActor opened, const char *conclusion, DeskBulkActor closed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskBulk, desk_bulk_end)

G_END_DECLS
