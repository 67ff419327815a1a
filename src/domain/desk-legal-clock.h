/* By when whom the law wants told (facts/law.md 5.3). A deadline that agents quote a day or two apart is always the
 * earliest reading: a day on which the authorities might already wait is the day that is shown. */
#pragma once

#include "desk-day.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_CLOCK_PROCESSOR, /* who grew the cells: at once, on the day it is known */
  DESK_CLOCK_HARM_7,    /* the committee: death, or what may lead to it (Ordinance art. 35) */
  DESK_CLOCK_MINISTER,  /* the Minister (Act art. 18), as fast as the fastest report to the committee */
  DESK_CLOCK_HARM_15,   /* the committee: stay in hospital, disability, what is serious */
  DESK_CLOCK_HARM_60,   /* the committee: other harm, ten days after each period of sixty from the filing of the plan */
  DESK_N_CLOCKS
} DeskClockRule;

/* A clock that runs, or ran, for a look-back. */
typedef struct
{
  gint64 id, lookback_id;
  DeskClockRule rule;
  DeskDay due;
  gint64 done_at;      /* 0 while it runs */
  char *done_by;       /* name, or NULL */
  char *outcome;       /* "reported" or "not-due"; empty while it runs */
  char *note;
} DeskLegalClock;

void desk_legal_clock_free (DeskLegalClock *clock);

const char *desk_clock_code (DeskClockRule rule) G_GNUC_CONST;
gboolean desk_clock_parse (const char *code, DeskClockRule *rule);
DeskDay desk_clock_due (DeskClockRule rule, DeskDay known, DeskDay plan_filed) G_GNUC_CONST;
gboolean desk_clock_starts (DeskClockRule rule, guint infused, DeskDay plan_filed) G_GNUC_CONST;
const char *desk_clock_urgency (DeskDay due, gboolean done, DeskDay today) G_GNUC_CONST;
DeskDay desk_plan_period_end (DeskDay plan_filed, DeskDay on) G_GNUC_CONST;
DeskDay desk_plan_report_due (DeskDay plan_filed, DeskDay on, int days) G_GNUC_CONST;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLegalClock, desk_legal_clock_free)

G_END_DECLS
