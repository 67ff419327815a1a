/* Cells: collections, lots, units with their independent axes, and which steps are offered.
 * The model is facts/cells.md section 4; the database enforces it again (store/schema). */
#pragma once

#include "desk-container.h"
#include "desk-day.h"
#include "desk-lot.h"
#include "desk-problem.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id, lot_id, patient_id;
  char *kind; /* source, intermediate, dose_fresh, dose_frozen, retained, qc */
  char *number;
  int volume_ml;
  gint64 cells; /* viable, counted at filling */
  char *use_until;        /* the last day */
  gint64 use_until_at;    /* of what is fresh: the instant; 0 where the day alone counts */
  gint64 read_at;         /* when it was read: what an instant is compared with */
  char *barcode;          /* what its label carries where that is not the number; empty for none */
  char *life, *quality, *label; /* the axes: see axis_step in schema/001.sql */
  int life_seq, quality_seq, label_seq, custody_seq;
  char *before_missing;   /* state of life before it went missing; empty when it is not missing */
  int holds;              /* open ones, of every scope */
  char *consent_until;    /* how long its patient has agreed that it is kept; NULL where nobody has to, empty where nobody has */
  gint64 condition_visit; /* released under a condition: the one visit it is for; 0 for none */
  gboolean in_quarantine; /* it stands where only quarantined units stand */
  int seconds_out;        /* out of the cold, over its whole life */
  gint64 container_id;    /* 0 when it stands in no place */
  int row, col;
  gint64 reserved_visit;  /* 0 when not reserved */
  gint64 reserved_at;     /* start of that visit */
  char *lot_number;
  char *patient_name, *patient_chart;
  char *biohazard;        /* what the patient's material is marked with: DeskLabTest ids, comma separated; empty for nothing */
} DeskUnit;

/* One step of a unit, a move between places (axis "place"), or what became of the rest of a dose (axis "rest": how it was
 * destroyed, and how many mL), as the history shows it. */
typedef struct
{
  char *axis, *from_state, *to_state;
  gint64 at;
  char *performer, *witness; /* names; witness may be NULL */
  char *reason;
  char *scanned;             /* what was read from the unit, or of the place; empty for nothing */
  int seconds_out;           /* on the way to a place */
  char *shipment;            /* its number; empty for none */
} DeskUnitEvent;

/* What can be done with a unit, as offered on the page. */
typedef enum
{
  DESK_STEP_PRINT_LABEL, DESK_STEP_VERIFY_LABEL, DESK_STEP_RELEASE, DESK_STEP_REJECT, DESK_STEP_RECALL,
  DESK_STEP_MOVE, DESK_STEP_RESERVE, DESK_STEP_UNRESERVE, DESK_STEP_PICK, DESK_STEP_PUT_BACK,
  DESK_STEP_THAW, DESK_STEP_THAWED, DESK_STEP_TO_BEDSIDE, DESK_STEP_INFUSE, DESK_STEP_INFUSED,
  DESK_STEP_PART_INFUSED, DESK_STEP_DISCARD, DESK_STEP_MISSING, DESK_STEP_FOUND,
  DESK_STEP_SEND, DESK_STEP_RECEIVE, DESK_STEP_TRANSFER_OUT, DESK_STEP_CONSUME, DESK_STEP_VOID,
  DESK_N_STEPS
} DeskUnitStep;

typedef struct
{
  const char *code;     /* "thaw" */
  const char *axis;     /* life, quality or label; NULL where no axis moves */
  const char *to_state;
  gboolean witnessed;   /* needs a second person */
  gboolean reason;      /* needs a reason in words */
} DeskUnitStepInfo;

void desk_unit_free (DeskUnit *unit);
void desk_unit_event_free (DeskUnitEvent *event);

const DeskUnitStepInfo *desk_unit_step_info (DeskUnitStep step);
gboolean desk_unit_is_dose (const DeskUnit *unit);
gboolean desk_unit_is_final (const DeskUnit *unit);
gboolean desk_unit_is_expired (const DeskUnit *unit, DeskDay today);
gboolean desk_unit_consent_ended (const DeskUnit *unit, DeskDay today);
const char *desk_unit_step_to (const DeskUnit *unit, DeskUnitStep step);
gboolean desk_unit_available (const DeskUnit *unit, DeskDay today);
const char *desk_unit_headline (const DeskUnit *unit, DeskDay today);
gboolean desk_unit_offers (const DeskUnit *unit, DeskUnitStep step, DeskDay today);
void desk_unit_step_check (const DeskUnit *unit, DeskUnitStep step, gint64 performer, gint64 witness, const char *reason, DeskDay today, DeskProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskUnit, desk_unit_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskUnitEvent, desk_unit_event_free)

G_END_DECLS
