/* A small bank in memory that knows the rules as facts/cells.md has them, written apart from the program: what it refuses
 * the program must refuse, for one of the reasons it gives, and what it does the program must do. No SQL, no clock. */
#pragma once

#include <glib.h>

#include "desk-cell.h"
#include "desk-hold.h"

#define N_PATIENTS 4
#define N_VISITS 8  /* two of each patient: 1 and 5, 2 and 6 … */
#define N_STAFF 7
#define N_BOXES 5
#define N_ROWS 5
#define N_COLS 5
#define N_UNITS 40  /* at a time */
#define N_LOTS 10
#define N_HOLDS 12

typedef enum
{
  MOVE_STEP, /* of desk_unit_act () */
  MOVE_FREEZE,
  MOVE_READY,
  MOVE_HOLD,
  MOVE_CLOSE_HOLD,
  MOVE_RESULT,      /* the one that is still preliminary becomes final */
  MOVE_CHECK,       /* a second person reads it against its source */
  MOVE_LATE_RESULT, /* sterility fails after all: what was released is called back */
  MOVE_REVIEW,      /* what is listed is to be tested, so it may be used up */
  MOVE_VISIT,
  MOVE_STAFF,
  MOVE_SERVICE,
  MOVE_LOT_FAILS,
  N_MOVES
} MoveKind;

/* What somebody tries. Numbers of people and visits are rows, all others count from 0; box -1 for none. */
typedef struct
{
  MoveKind kind;
  DeskUnitStep step;
  int unit, lot, hold, staff, box, row, col;
  int performer, witness, visit;
  DeskHoldScope scope;
  gboolean reason;
  gint64 at;
  int scan; /* 0 nothing, 1 the unit's own label, 2 another */
} Move;

typedef struct
{
  gint64 id;
  char number[40];
  const char *kind, *life, *quality, *label;
  const char *before;     /* it went missing */
  int lot, box, row, col; /* box -1: in no place */
  int visit;              /* 0: not reserved */
  gboolean expired;
  gboolean listed;        /* on an open look-back, and nobody decided on it */
} ModelUnit;

typedef struct
{
  gint64 id, sterility; /* row of the preliminary result */
  int patient;
  gboolean final, checked;     /* all results are; a second person read the last of them */
  gboolean failed, bad;        /* a result failed after all, and holds the lot for good; the lot itself failed */
  gboolean gone_released;      /* something released of it is no longer among the units here */
  gboolean gone_let_go;        /* or something released once, or given */
} ModelLot;

typedef struct
{
  gint64 id; /* 0: not open */
  DeskHoldScope scope;
  int of; /* unit, lot, patient or box; -1 a plan, a facility */
} ModelHold;

typedef struct
{
  ModelUnit units[N_UNITS];
  ModelLot lots[N_LOTS];
  ModelHold holds[N_HOLDS];
  gboolean here[N_VISITS + 1];      /* the patient sits in the chair for it */
  gboolean inactive[N_STAFF + 1];
  gboolean out_of_service[N_BOXES];
} Bank;

/* Every reason against a move; none: it is legal. */
typedef struct
{
  const char *codes[24];
  guint n;
} Reasons;

#define MODEL_TESTER 1 /* who enters all results */
#define MODEL_READER 2 /* who reads them a second time */
#define MODEL_APPROVER 7 /* who agrees to every discard */

void model_reasons (const Bank *bank, const Move *move, Reasons *reasons);
void model_apply (Bank *bank, const Move *move);
gboolean model_is (const char *word, const char *words);
int model_visit_patient (int visit);
ModelHold *model_free_hold (Bank *bank);
gboolean model_was_let_go (const ModelUnit *unit);
gboolean reasons_have (const Reasons *reasons, const char *code);
