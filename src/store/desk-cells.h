/* Cells in the store: containers, lots, units, and every step of a unit as an event. */
#pragma once

#include "desk-cell.h"
#include "desk-containers.h"
#include "desk-db.h"
#include "desk-holds.h"
#include "desk-lots.h"

G_BEGIN_DECLS

/* How a unit is thrown away. */
typedef struct
{
  const char *code;    /* expired, consent_ended, consent_withdrawn, patient_died, failed_test, damaged, warmed, thawed_unused, rest_of_infusion, transport, other */
  const char *method;  /* autoclave, incineration, chemical, contractor */
  gint64 document_id;  /* the request or the end of the consent it rests on; 0 for none */
  gboolean patient_told;
  gint64 approved_by;  /* quality, where it was released; 0 for none */
} DeskDiscard;

typedef struct
{
  gint64 unit_id;
  DeskUnitStep step;
  gint64 performer, witness; /* staff; witness 0 for none */
  const char *reason;        /* or NULL */
  const char *scanned;       /* or NULL; VERIFY_LABEL needs what was read back from the printed label */
  gint64 visit_id;           /* RESERVE; INFUSE, where 0 is the visit it is reserved for */
  gint64 container_id;       /* MOVE, PUT_BACK, FOUND */
  int row, col;
  const char *scanned_place; /* what was read at that place; or NULL */
  int seconds_out;           /* out of the cold before it was put there */
  const DeskDiscard *discard; /* DISCARD */
  gint64 shipment_id;        /* SEND, RECEIVE, TRANSFER_OUT */
  gint64 lot_id;             /* CONSUME of an intermediate: the lot it grows on in */
  /* What the window showed when somebody decided (desk_unit_act_saw ()): another desk's step since then is a conflict. */
  gboolean saw;
  int saw_life, saw_quality, saw_label, saw_custody;
  gint64 saw_visit;
  gint64 at;                 /* when it happened, UTC seconds; 0 for now */
} DeskUnitAct;

/* Does one step of a unit: checks the rules on the state as it is in the transaction, writes the event (and
 * placement, reservation, infusion that belong to it) and the audit row, all or nothing. A forbidden step is
 * DESK_ERROR_REFUSED with the rule's code as message; a taken place is DESK_ERROR_TAKEN naming the unit in it. */
/* With saw, DESK_ERROR_CONFLICT when somebody acted on the unit since: its message is a line for desk_unit_conflict (). */
gboolean desk_unit_act (DeskDb *db, const DeskUnitAct *act, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void desk_unit_act_saw (DeskUnitAct *act, const DeskUnit *unit);
/* Units thrown away together: all of them or none. */
gboolean desk_units_discard (DeskDb *db, const gint64 *ids, guint n_ids, const DeskUnitAct *act, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Who did what since, read from the message of a conflict. */
typedef struct
{
  char *axis, *to_state; /* "place" and a place, "reservation" and nothing, or an axis and its state */
  gint64 at;
  char *name;
} DeskUnitConflict;
gboolean desk_unit_conflict_read (const char *message, DeskUnitConflict *conflict);
void desk_unit_conflict_clear (DeskUnitConflict *conflict);

DeskUnit *desk_unit_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 desk_unit_find (DeskDb *db, const char *number, GError **error);
GPtrArray *desk_unit_of_patient (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_unit_of_lot (DeskDb *db, gint64 lot_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_unit_of_visit (DeskDb *db, gint64 visit_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_unit_in_container (DeskDb *db, gint64 container_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_unit_history (DeskDb *db, gint64 unit_id, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* of DeskUnitEvent, newest first */
/* Units whose number begins with text, or of patients found by it: ids, at most limit. */
GArray *desk_unit_search (DeskDb *db, const char *text, guint limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GArray *desk_unit_ids (DeskDb *db, const char *life, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* NULL for all */
GPtrArray *desk_unit_rows (DeskDb *db, const gint64 *ids, guint n_ids, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Fills n units of a lot: events new → planned → filled, quality quarantine, label none. Appends ids to units. */
gboolean desk_units_fill (DeskDb *db, gint64 lot_id, const char *kind, int n, int volume_ml, gint64 cells, const char *use_until, gint64 performer, gint64 witness, GArray *units, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Puts a filled, label-verified unit into a place and freezes it. */
gboolean desk_unit_freeze (DeskDb *db, gint64 unit_id, gint64 container_id, int row, int col, gint64 performer, gint64 witness, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A filled dose that is given without freezing: ready from now on. */
gboolean desk_unit_ready (DeskDb *db, gint64 unit_id, gint64 performer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
