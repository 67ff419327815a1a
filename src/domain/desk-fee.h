/* What things cost, what other money is worth, and what happens when something is cancelled. */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"
#include "desk-tax.h"

G_BEGIN_DECLS

#define DESK_SESSIONS_MAX 100
#define DESK_FEES_MAX 1000
#define DESK_FEE_WORDS 200

/* Texts are never NULL. */
typedef struct
{
  char *code, *name, *name_ja;
  gint64 price;     /* yen, of one; with or without tax as the schedule says */
  int tax;          /* per cent: 10, 8, 0 */
  int sessions;     /* of a package; 0 for a single service */
  char *visit_type; /* what a session is used by, or the service is charged for; "" for none */
  gboolean active;  /* offered */
} DeskFee;

typedef struct
{
  gint64 id; /* 0 while new */
  DeskDay from_on;
  char *note;
  gboolean with_tax;
  gint64 closed_at; /* approved and fixed from then on; 0 while it is a draft */
  gint64 version;
  GPtrArray *fees;  /* of DeskFee, in order; empty in lists */
} DeskFeeSchedule;

typedef struct
{
  gint64 id;
  char *currency;
  gint64 rate;      /* yen for one unit, times DESK_RATE_UNIT */
  char *source;
  DeskDay on_day, until_on; /* the day it was published, the last day it is used */
} DeskRate;

typedef struct
{
  gint64 id;
  char *words, *words_ja;
  gint64 at;
} DeskCancelTerms;

DeskFee *desk_fee_new (void);
DeskFee *desk_fee_copy (const DeskFee *fee);
void desk_fee_free (DeskFee *fee);
DeskFeeSchedule *desk_fee_schedule_new (DeskDay from_on);
void desk_fee_schedule_free (DeskFeeSchedule *schedule);
const DeskFee *desk_fee_schedule_find (const DeskFeeSchedule *schedule, const char *code);
const DeskFee *desk_fee_schedule_for_visit (const DeskFeeSchedule *schedule, const char *visit_type);
void desk_fee_schedule_check (const DeskFeeSchedule *schedule, DeskProblems *problems);
void desk_rate_free (DeskRate *rate);
void desk_rate_check (const DeskRate *rate, DeskProblems *problems);
void desk_cancel_terms_free (DeskCancelTerms *terms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskFee, desk_fee_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskFeeSchedule, desk_fee_schedule_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskRate, desk_rate_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskCancelTerms, desk_cancel_terms_free)

G_END_DECLS
