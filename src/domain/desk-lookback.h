/* A look-back: from one late bad answer (a result, a lot of albumin, a bath, a day …) to every lot that met it, every
 * dose that must not move, and everybody who must be told. facts/cells.md 4.5; the store finds, these are its words. */
#pragma once

#include "desk-legal-clock.h"
#include "desk-problem.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_LOOKBACK_RESULT, DESK_LOOKBACK_REAGENT, DESK_LOOKBACK_DEVICE, DESK_LOOKBACK_LOT, DESK_LOOKBACK_UNIT,
  DESK_LOOKBACK_CONTAINER, DESK_LOOKBACK_SHIPMENT, DESK_LOOKBACK_PERSON, DESK_LOOKBACK_DAY,
  DESK_N_LOOKBACK_CAUSES
} DeskLookbackCause;

typedef enum
{
  DESK_ITEM_LOT,     /* a culture that was reached */
  DESK_ITEM_UNIT,    /* a dose or an intermediate of it that still exists */
  DESK_ITEM_PATIENT, /* was given a dose of it */
  DESK_ITEM_VISIT,   /* for which such a dose is promised, or the next one of a patient who is reached */
  DESK_ITEM_SAMPLE,  /* retained or for testing, and still there */
  DESK_N_ITEM_KINDS
} DeskItemKind;

/* Why something is on the list. A culture is reached by several at once. */
typedef enum
{
  DESK_ROAD_CAUSE,      /* it is what the look-back is about */
  DESK_ROAD_LOT,        /* of a lot that is on the list */
  DESK_ROAD_INPUT,      /* what was grown on in a lot that is on the list */
  DESK_ROAD_GROWN_FROM, /* grown from a lot that is on the list */
  DESK_ROAD_COLLECTION, /* from the same collection */
  DESK_ROAD_REAGENT,    /* the same lot of a reagent */
  DESK_ROAD_INCUBATOR,  /* in the same incubator at the same time */
  DESK_ROAD_BENCH,      /* on the same bench on the same day */
  DESK_ROAD_CENTRIFUGE, /* the same day */
  DESK_ROAD_FREEZING,   /* the same run */
  DESK_ROAD_BATH,       /* thawed in the same bath on the same day */
  DESK_ROAD_DEVICE,     /* any other, on the same day */
  DESK_ROAD_SHIPMENT,   /* in the same box */
  DESK_ROAD_CONTAINER,  /* stood there */
  DESK_ROAD_PERSON,     /* handled by that person */
  DESK_ROAD_DAY,        /* handled on that day */
  DESK_ROAD_INFUSED,    /* a patient: was given this dose */
  DESK_ROAD_RESERVED,   /* a visit: this dose was promised */
  DESK_ROAD_NEXT_VISIT, /* a visit: the patient's next */
  DESK_N_ROADS
} DeskRoad;

/* One road to an item: by what (a row of what the road speaks of), on which day, from which lot. */
typedef struct
{
  DeskRoad road;
  gint64 ref_id, via_id;
  DeskDay day;           /* DESK_DAY_NONE where no day is known */
  char *ref, *via;       /* in the clinic's words: "Albumin 25 % A-123", "Bath 1", "L26-0042"; "" where not read */
} DeskLookbackRoad;

typedef struct
{
  gint64 id, lookback_id;
  DeskItemKind kind;
  gint64 row_id;
  char *label;            /* number of the lot or unit, chart number, day of the visit */
  gint64 patient_id;      /* whose it is */
  char *patient, *chart;
  char *phone, *email;    /* of the patient; items of kind patient only */
  char *companion, *companion_phone, *companion_email; /* one who may be told about the patient's health, or "" */
  char *languages;
  gint64 at;              /* of the visit, or of the first infusion; 0 for none */
  char *state;            /* unit: life; visit: status; lot: status */
  char *place;            /* of a unit or sample, "" where none */
  GPtrArray *roads;       /* DeskLookbackRoad */
  gint64 reviewed_at;     /* 0 while nobody looked */
  char *reviewed_by, *decision, *note;
  guint tried;            /* calls and mails that did not reach the patient */
} DeskLookbackItem;

typedef struct
{
  gint64 id;
  char *number;
  DeskLookbackCause cause;
  gint64 cause_id;
  char *words;
  char *about, *test;     /* what cause_id names: a number or name; of a result its lot, and the test */
  DeskDay from, until;    /* the days that are meant, or DESK_DAY_NONE */
  DeskDay known;
  gint64 opened_at;
  char *opened_by;
  gint64 closed_at;       /* 0 while it is open */
  char *closed_by, *conclusion;
  guint n_items, n_unreviewed, n_clocks; /* clocks that run */
  DeskDay next_due;       /* of those, or DESK_DAY_NONE */
  GPtrArray *items;       /* DeskLookbackItem; NULL in a list */
  GPtrArray *clocks;      /* DeskLegalClock; NULL in a list */
} DeskLookback;

void desk_lookback_road_free (DeskLookbackRoad *road);
void desk_lookback_item_free (DeskLookbackItem *item);
void desk_lookback_free (DeskLookback *lookback);

const char *desk_lookback_cause_code (DeskLookbackCause cause) G_GNUC_CONST;
gboolean desk_lookback_cause_parse (const char *code, DeskLookbackCause *cause);
const char *desk_item_kind_code (DeskItemKind kind) G_GNUC_CONST;
gboolean desk_item_kind_parse (const char *code, DeskItemKind *kind);
const char *desk_road_code (DeskRoad road) G_GNUC_CONST;
gboolean desk_road_parse (const char *code, DeskRoad *road);
DeskRoad desk_road_of_device (const char *device_kind);
gboolean desk_road_same_run (DeskRoad road) G_GNUC_CONST;
gboolean desk_lookback_cause_recalls (DeskLookbackCause cause) G_GNUC_CONST;
const char *const *desk_item_decisions (DeskItemKind kind) G_GNUC_CONST;
void desk_lookback_review_check (const DeskLookbackItem *item, const char *decision, const char *note, DeskProblems *problems);
void desk_lookback_close_check (const DeskLookback *lookback, const char *conclusion, DeskProblems *problems);
void desk_clock_done_check (const DeskLegalClock *clock, const char *outcome, const char *note, DeskProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLookbackRoad, desk_lookback_road_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLookbackItem, desk_lookback_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLookback, desk_lookback_free)

G_END_DECLS
