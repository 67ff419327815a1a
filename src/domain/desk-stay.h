/* The rules of a stay in Japan: how its days count, what the visa papers must be, which visits it allows. Sources:
 * facts/visa.md 1.1 and 1.4; letters of confidence stand there. */
#pragma once

#include "desk-companion.h"
#include "desk-exemption.h"
#include "desk-passport.h"
#include "desk-patient.h"
#include "desk-trip.h"

G_BEGIN_DECLS

#define DESK_STAY_LONGEST 90 /* days one stay may have without hospitalisation and COE (visa.md 1.1, 12) */

/* How the days of a stay count. */
typedef struct
{
  DeskDay entry, departure; /* what was, where it is known, or else what is planned; DESK_DAY_NONE for neither */
  gboolean entered, departed;
  DeskDay last;  /* last day permitted, DESK_DAY_NONE when not known or without limit */
  int allowed;   /* days permitted, 0 when not known or without limit */
  gboolean stamped; /* last is as stamped at landing; otherwise it is what route and table promise */
  int total;     /* days from entry to departure, both counted; 0 when one is not known */
  int day;       /* which day of the stay today is; 0 before it, after it, or not known */
} DeskStay;

/* Everything the rules look at. Borrowed; companions and trips may be NULL. */
typedef struct
{
  const DeskPatient *patient;
  const DeskTrip *trip;
  const GPtrArray *companions; /* all of the patient's, of DeskCompanion */
  const GPtrArray *trips;      /* all of the patient's, of DeskTrip: the one itself may be among them */
  const GPtrArray *exemptions; /* of DeskExemption */
  const GPtrArray *readings;   /* of DeskPassportReading, the newest of each; NULL for none */
  gboolean schedule;           /* a treatment schedule can be printed: visits are booked */
  DeskDay today;
} DeskStayCase;

/* Why a visit on some day does not fit. */
typedef enum
{
  DESK_STAY_FITS,
  DESK_STAY_OUTSIDE,  /* before the entry or after the departure of every stay that is planned */
  DESK_STAY_OVER,     /* within the plan, but past the last day permitted */
  DESK_STAY_PASSPORT, /* the passport is no longer valid */
} DeskStayFit;

void desk_stay_count (const DeskTrip *trip, DeskDay today, DeskStay *stay);
DeskDay desk_stay_last_day (DeskDay entry, int days);
void desk_stay_check (const DeskStayCase *stay_case, DeskProblems *problems);
void desk_stay_check_certificate (const DeskStayCase *stay_case, DeskProblems *problems);
DeskStayFit desk_stay_fit (const GPtrArray *trips, const char *passport_until, DeskDay day, DeskDay today, DeskDay *limit);
const DeskTrip *desk_stay_current (const GPtrArray *trips, DeskDay today);
const DeskTrip *desk_stay_to_come (const GPtrArray *trips, DeskDay today);
const char *desk_stay_fit_code (DeskStayFit fit);

G_END_DECLS
