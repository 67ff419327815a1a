/* What needs attention on the Today page: one plain record for every kind of it. */
#pragma once

#include "desk-day.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_ATTENTION_PAPERS,        /* a draw in the next 7 days that is not ready; opens the patient's readiness */
  DESK_ATTENTION_DOSE_EXPIRES,  /* a dose that can still be given expires within 30 days; opens the unit */
  DESK_ATTENTION_HARVEST,       /* a lot whose harvest is expected within 3 days, or overdue; opens the lot */
  DESK_ATTENTION_STILL_HERE,    /* a visit of an earlier day that nobody finished; opens the visit */
  DESK_ATTENTION_STAY_ENDS,     /* a patient in Japan whose stay ends within 7 days; opens the patient's stays */
  DESK_ATTENTION_DEPARTURE,     /* the day of departure is past and no departure recorded; opens the patient's stays */
  DESK_ATTENTION_REQUESTED,     /* papers that were asked for and are overdue; opens the patient */
  DESK_ATTENTION_INBOX,         /* papers that came in and wait to be filed; one line, opens the inbox */
  DESK_ATTENTION_CLOCK,         /* a report of an open look-back is due within 15 days, or overdue; opens the look-back */
  DESK_ATTENTION_LOOKBACK,      /* an open look-back on which something is not decided; opens it */
  DESK_ATTENTION_TANK,          /* a tank that is down, low, warm, falling fast, not checked, or its probe due; opens the tank */
  DESK_ATTENTION_COUNT,         /* a stocktake that is compared and has differences open; opens it */
  DESK_ATTENTION_RESULT_LATE,   /* doses given out under conditions whose last result is due; opens the lot */
  DESK_ATTENTION_CONSENT_ENDS,  /* a consent to storing cells that are there ends within 60 days, or has; opens the patient */
  DESK_ATTENTION_HELD_ENDS,     /* a held visit that is let go today or tomorrow, or should have been; opens the visit */
  DESK_ATTENTION_RUNS_INTO,     /* a visit that runs into a closed day, a block, or is outside a stay since; opens the visit */
  DESK_ATTENTION_FREED,         /* time that came free and that somebody may take; opens the list */
  DESK_ATTENTION_CALLS,         /* calls that are due; one line, opens the list */
  DESK_ATTENTION_WALL,          /* a remote visit whose zone's rules have changed since; is brought to the time agreed */
  DESK_ATTENTION_LETTERS,       /* letters of a patient that no longer say what the book says; opens them */
  DESK_ATTENTION_PRINT,         /* a letter whose last print failed, or ended nobody knows how; opens it */
  DESK_ATTENTION_INVOICE,       /* an invoice after its day that is not paid; opens the patient's money */
  DESK_ATTENTION_QUOTE,         /* a quote that is out and soon no longer valid; opens the patient's money */
  DESK_ATTENTION_CONSENT_MISSING, /* an infusion is near and no consent to the treatment known; opens the patient's consents */
  DESK_ATTENTION_CONSENT_AGAIN, /* a visit is near and the patient signed an older text than is in use; opens the consents */
  DESK_ATTENTION_CONSENT_LOST,  /* withdrawn or refused with visits or doses open; opens the consents */
  DESK_ATTENTION_DEPOSIT,       /* a deposit that is on nothing for half a year; opens the patient's money */
  DESK_N_ATTENTION
} DeskAttentionKind;

typedef struct
{
  DeskAttentionKind kind;
  const char *object;  /* static: "patient", "unit", "lot", "visit", "inbox", "lookback", "tank", "count", "freed", "calls" or "issued": what id names */
  gint64 id;
  gint64 patient_id;
  char *patient_name;
  DeskDay day;         /* of the draw, the expiry, the harvest, the visit */
  int milestone;       /* of a draw: 7, 5 or 2 days before it; else 0 */
  char *detail;        /* codes of rules ("imaging,viral") or of papers, number of the dose, lot or look-back, rule of a clock,
                        * what a visit runs into ("closed", "weekday", "hours", "block", "stay …"), or NULL */
  gboolean overdue;    /* day is today or past */
} DeskAttention;

void desk_attention_free (DeskAttention *attention);
const char *desk_attention_code (DeskAttentionKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskAttention, desk_attention_free)

G_END_DECLS
