/* The way of a dose at the bedside: what is next, what is done, what stands against it. Pure: the store fills the
 * struct, the window shows what it says. facts/cells.md 4.3. */
#pragma once

#include "desk-cell.h"
#include "desk-dose.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_BEDSIDE_ORDER,  /* the physician's */
  DESK_BEDSIDE_PICK,   /* out of the tank */
  DESK_BEDSIDE_BATH,   /* a clean one, for this patient alone */
  DESK_BEDSIDE_THAW,
  DESK_BEDSIDE_CHECK,  /* wristband, label, the patient's own words */
  DESK_BEDSIDE_START,  /* the second person signs */
  DESK_BEDSIDE_RUN,    /* until it is stopped or through */
  DESK_BEDSIDE_DONE,
  DESK_BEDSIDE_N
} DeskBedsideStep;

typedef enum
{
  DESK_BEDSIDE_BEHIND, /* done */
  DESK_BEDSIDE_NOW,
  DESK_BEDSIDE_AHEAD,
  DESK_BEDSIDE_LEFT_OUT, /* a fresh dose is not thawed */
} DeskBedsideMark;

/* Limits a physician may pass over. */
typedef enum
{
  DESK_BEDSIDE_RULE_THAW_LIMIT, DESK_BEDSIDE_RULE_USE_UNTIL, DESK_BEDSIDE_RULE_DOSE_RANGE, DESK_BEDSIDE_RULE_DMSO,
  DESK_BEDSIDE_N_RULES
} DeskBedsideRule;

typedef struct
{
  gint64 id, visit_id, physician_id;
  gint64 cells_min, cells_max; /* viable */
  int weight_g;                /* 0 when not weighed */
  char *note;
  char *physician;             /* name */
  gint64 at;
} DeskOrder;

typedef struct
{
  gint64 id, visit_id;
  const char *phase;           /* before, during, after */
  gint64 at;
  int systolic, diastolic, pulse, temperature, saturation; /* 0 for not measured; tenths of °C */
  gint64 by;
} DeskVitals;

/* How an infusion ended. */
typedef struct
{
  gint64 unit_id;
  gint64 at;                   /* 0 for now */
  int volume_ml;               /* given */
  gint64 cells;                /* delivered; computed by the store */
  const char *reaction;        /* a term; "" for none */
  int grade;                   /* 1 to 5, 0 for none */
  const char *reason;          /* why only a part; "" where all was given */
  const char *rest;            /* how the rest was destroyed: see schema/003/4-bedside.sql */
  gint64 performer;
} DeskInfusionEnd;

typedef struct
{
  gint64 visit_id, patient_id, starts_at;
  char *visit_status;
  gint64 consent_lost;         /* 1: the patient withdrew or refused the treatment, and signed nothing since */
  char *lacks;                 /* rules of the gate "infuse" about the patient that do not stand, comma separated; or NULL */
  DeskUnit *unit;              /* NULL when no dose is promised to the visit */
  char *barcode;               /* of its label, where that is not its number */
  gint64 use_until_at;         /* of what is fresh; 0 for none */
  DeskOrder order;             /* id 0 for none in force */
  gint64 session_id;           /* of the bath that is open for the visit; 0 for none */
  char *bath;
  int bath_temperature;
  gint64 thaw_started, thaw_ended, use_until; /* 0 for not yet */
  gboolean bag_whole;
  int viability;               /* after the thaw, percent; 0 when not measured */
  gint64 checked_at;
  gint64 check_witness;
  gint64 started_at, ended_at;
  int given_ml;
  gint64 delivered;
  char *reaction, *reason, *rest;
  int grade;
  int vitals[3];               /* how many before, during, after */
  gboolean overridden[DESK_BEDSIDE_N_RULES];
  int dmso;                    /* mg for each kg, of this dose and those of the visit before it; 0 when unknown */
  int dmso_limit;
  int thaw_limit;              /* seconds */
} DeskBedside;

void desk_order_clear (DeskOrder *order);
void desk_bedside_free (DeskBedside *bedside);

DeskBedsideStep desk_bedside_step (const DeskBedside *bedside);
DeskBedsideMark desk_bedside_mark (const DeskBedside *bedside, DeskBedsideStep step);
void desk_bedside_blocks (const DeskBedside *bedside, gint64 now, DeskDay today, DeskProblems *problems);
gint64 desk_bedside_cells (const DeskBedside *bedside);
const char *desk_bedside_read_unit (const DeskBedside *bedside, const char *code);
const char *desk_bedside_read_patient (const DeskBedside *bedside, const char *chart);
const char *desk_bedside_rule_code (DeskBedsideRule rule);
gboolean desk_bedside_rule_find (const char *code, DeskBedsideRule *rule);
void desk_infusion_end_check (const DeskInfusionEnd *end, int volume_ml, DeskProblems *problems);
void desk_vitals_check (const DeskVitals *vitals, DeskProblems *problems);
const char *const *desk_reaction_terms (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskBedside, desk_bedside_free)

G_END_DECLS
