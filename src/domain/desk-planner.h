/* Trips that fit: the exact best plans of draw and infusions under everything that binds them.
 *
 * A plan is a row of visits on days (draws, infusions) and the trips that cover them. It is judged by three numbers, each
 * better when smaller: trips, days in Japan (arrival and departure both counted), day of the last infusion. The answer
 * is the Pareto set of these, one plan for each triple, and of equal triples a plan with the fewest draws and of these
 * one with the most fresh doses. What is then still equal is settled by the visits, always the same way.
 *
 * The rules, each with its name (DeskPlanRule):
 *  - gap: consecutive infusions are gap_min to gap_max days apart; the infusions are on different days.
 *  - culture: cells drawn on day d may be given fresh on d + culture_min … d + culture_max + fresh_days (shelf: the part
 *    fresh_days adds). Nothing of a draw is given before d + culture_min.
 *  - release, expiry: cells drawn on day d may be given frozen on d + culture_min + release_days … d + bank_days.
 *  - yield: a draw gives at most yield doses (0: as many as needed), at most fresh_per_draw of them fresh.
 *  - bank: a banked dose may be given from its ready day (release) to its expiry day (expiry), once (yield).
 *  - windows: a trip, from arrival to departure, lies inside one window of the patient's possible days (none: any day).
 *    Windows that touch are still two. Of the trip that has begun only what is from its first visit on.
 *  - stay: a trip is at most stay_days long. Who is in Japan already (here_since) is on a trip that began then: it must
 *    end by permitted_until, or, when that is not known, after stay_days like any other; his next trips are new ones. He
 *    may have no visit on it any more: then he leaves on the day `first`.
 *  - buffers: arrival is at least `before` days before the first visit of the trip, departure at least `after` days
 *    after the last; both as late and as early as that allows. For who is here already the arrival is here_since.
 *  - home: at least home_days days are spent at home between departure and the next arrival.
 *  - closed, blackout, capacity: what DeskPlanDay says of the day of a visit.
 *  - papers: a hard paper must be good on the day of the visit it is for; of the others the plan says what becomes stale.
 *  - horizon: visits are from first to last, both in it. Nobody arrives before first but who is here already; a departure
 *    may be after last.
 *  - strategy. ONE_DRAW: one draw, every infusion from it. DRAW_EACH: a draw for every infusion, each infusion fresh from
 *    its own, the first draw on a day of its own and every next one on the day of the infusion before (so the gap
 *    between two infusions is a lag of the culture too); yield does not matter, fresh_per_draw only when it is 0. BANKED:
 *    no draw, all from the banked doses. MIXED: any dose from anywhere, with at most max_draws draws (0 for none), each
 *    on a day of its own or on the day of an infusion. At most one draw a day.
 *
 * Pure: no clock, no zone, no words. Days are DeskDay. */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_PLAN_ONE_DRAW,
  DESK_PLAN_DRAW_EACH,
  DESK_PLAN_BANKED,
  DESK_PLAN_MIXED,
  DESK_N_PLAN_STRATEGIES
} DeskPlanStrategy;

/* What can be relaxed when nothing fits; in the order they are told. */
typedef enum
{
  DESK_PLAN_RULE_GAP,      /* relaxed: any gap from 1 day on */
  DESK_PLAN_RULE_CULTURE,  /* relaxed: the culture may last from culture_min as long as one likes */
  DESK_PLAN_RULE_SHELF,    /* relaxed: fresh cells keep 7 days longer */
  DESK_PLAN_RULE_RELEASE,  /* relaxed: frozen and banked doses are released at once */
  DESK_PLAN_RULE_EXPIRY,   /* relaxed: frozen and banked doses do not expire */
  DESK_PLAN_RULE_YIELD,    /* relaxed: every draw gives enough, fresh too, and of what is banked there is enough (BANKED: of
                               whatever kind is needed when nothing is banked; its dose_id is 0) */
  DESK_PLAN_RULE_DRAWS,    /* relaxed: as many draws as infusions (MIXED) */
  DESK_PLAN_RULE_WINDOWS,  /* relaxed: the patient can come on any day */
  DESK_PLAN_RULE_STAY,     /* relaxed: a stay of any length, past the permission */
  DESK_PLAN_RULE_BUFFERS,  /* relaxed: arrival and departure on the days of the visits */
  DESK_PLAN_RULE_HOME,     /* relaxed: no days at home */
  DESK_PLAN_RULE_CLOSED,   /* relaxed: the clinic is open every day */
  DESK_PLAN_RULE_BLACKOUT, /* relaxed: no chemotherapy days and the like */
  DESK_PLAN_RULE_CAPACITY, /* relaxed: chairs and staff enough */
  DESK_PLAN_RULE_PAPERS,   /* relaxed: every paper can be made anew, and is only told */
  DESK_PLAN_RULE_HORIZON,  /* relaxed: half a year longer */
  DESK_N_PLAN_RULES
} DeskPlanRule;

typedef struct
{
  DeskDay first, last; /* both in it */
} DeskDaySpan;

/* What the clinic and the patient's therapy leave of one day. */
typedef struct
{
  gboolean closed;
  gboolean blackout;  /* of the patient */
  int draws_left;     /* that fit; -1 for no limit */
  int infusions_left;
} DeskPlanDay;

/* Banked doses of one lot that are alike. */
typedef struct
{
  gint64 id;             /* whatever the caller knows them by; no two the same */
  DeskDay ready, expiry; /* first and last day they may be given; DESK_DAY_NONE for no such limit */
  int count;
} DeskPlanDose;

typedef struct
{
  char *code;         /* "viral", "imaging": given back */
  DeskDay good_until; /* last day; DESK_DAY_NONE when there is none that is good */
  gboolean for_draw, for_infusion;
  gboolean hard;      /* otherwise it can be made anew, and is only told */
} DeskPlanPaper;

typedef struct
{
  DeskPlanStrategy strategy;
  int infusions;
  int gap_min, gap_max;
  int culture_min, culture_max;
  int fresh_days;     /* shelf life; 0: given on the day of the harvest */
  int fresh_per_draw; /* 0: everything is frozen first */
  int release_days;   /* from the first harvest day until frozen doses are released */
  int bank_days;      /* from the draw */
  int yield, max_draws;
  int stay_days;      /* 0 for no limit */
  int before, after;  /* buffers of arrival and departure */
  int home_days;
  DeskDay here_since, permitted_until; /* DESK_DAY_NONE for who is at home; until also when it is not known */
  DeskDay first, last;
  GArray *days;      /* of DeskPlanDay, one for each day from first to last; NULL for all free */
  GArray *windows;   /* of DeskDaySpan, or NULL */
  GArray *doses;     /* of DeskPlanDose, or NULL */
  GPtrArray *papers; /* of DeskPlanPaper, or NULL */
} DeskPlanProblem;

typedef enum
{
  DESK_PLAN_FROM_FRESH,  /* of a draw of the plan */
  DESK_PLAN_FROM_FROZEN, /* of a draw of the plan */
  DESK_PLAN_FROM_BANK,
} DeskPlanSource;

typedef struct
{
  DeskDay day;
  gboolean draw, infusion; /* a day can be both */
  int draw_number;         /* of the draw of that day, from 1 */
  DeskPlanSource source;   /* of the infusion of that day */
  int from_draw;           /* number of the draw its cells are from, or 0 */
  gint64 dose_id;          /* of the banked dose, or 0 */
} DeskPlanVisit;

typedef struct
{
  DeskDay arrival, departure;
} DeskPlanTrip;

typedef struct
{
  int n_trips, n_days, n_draws, n_fresh;
  DeskDay end;
  GArray *visits;   /* of DeskPlanVisit, by day */
  GArray *trips;    /* of DeskPlanTrip, by day; the one that has begun too */
  GPtrArray *stale; /* codes of papers that are too old on the day they are needed, in the order of the problem */
} DeskPlan;

/* What relaxing one rule, all others kept, would give. */
typedef struct
{
  DeskPlanRule rule;
  gboolean in_conflict; /* it is of the smallest set that cannot hold together */
  gboolean too_hard;    /* the work ran out: the plans are sound, but better ones may be missing; without one it is not
                           known whether it helps alone */
  GPtrArray *plans;     /* of DeskPlan, Pareto; empty when it does not help alone */
} DeskPlanRelaxation;

typedef struct
{
  GPtrArray *plans;       /* of DeskPlan: the Pareto set by trips, then days, then end; empty when nothing fits */
  GPtrArray *relaxations; /* of DeskPlanRelaxation when nothing fits: those of the smallest set of rules that
                             conflict (of equally small sets the first by their order); no other helps alone. None is told
                             when the course would not fit even with everything relaxed */
  gboolean too_hard;      /* the work allowed ran out, as it may for MIXED. The plans are sound, but better ones may be
                             missing; without a plan it is not known whether there is one */
  gboolean unexplained;   /* surely nothing fits, but the work ran out before the smallest conflict was found: none is
                             in conflict, and those told are some that help */
} DeskPlanAnswer;

DeskPlanProblem *desk_plan_problem_new (void);
DeskPlanProblem *desk_plan_problem_copy (const DeskPlanProblem *problem);
void desk_plan_problem_free (DeskPlanProblem *problem);
/* Whether it can be asked at all: contradictory or hostile numbers. Field is the member's name, code one of negative,
 * not-a-number, too-many, too-long, before-first, out-of-range. Limits: 24 infusions, 730 days, 400 windows, 64 lots of doses,
 * 999 doses, 64 papers, 6 draws, 366 days for a gap, a culture, a buffer, 3,660 for every other length. */
void desk_plan_problem_check (const DeskPlanProblem *problem, DeskProblems *problems);

/* The answer to a problem that was checked. Below a millisecond for ONE_DRAW, DRAW_EACH and BANKED over a year; at
 * most a second for anything that was checked. */
DeskPlanAnswer *desk_plan_solve (const DeskPlanProblem *problem);
/* Only the Pareto set, for who asks often (plan-all, relaxations): empty when nothing fits. too_hard may be NULL. */
GPtrArray *desk_plan_best (const DeskPlanProblem *problem, gboolean *too_hard);
/* The same rules looked at one by one on a plan that is there, without the solver: for tests, for plans that were kept
 * and for whoever changed one by hand. Adds a problem whose field is the rule's code, whose code is "broken" and whose
 * detail is the day. Fields that are no rule: strategy, visits and trips (what is no plan at all), totals. */
void desk_plan_check (const DeskPlanProblem *problem, const DeskPlan *plan, DeskProblems *problems);

const char *desk_plan_rule_code (DeskPlanRule rule);
const char *desk_plan_strategy_code (DeskPlanStrategy strategy); /* one_draw, draw_each, banked, mixed */
gboolean desk_plan_strategy_read (const char *code, DeskPlanStrategy *strategy);
const char *desk_plan_source_code (DeskPlanSource source);       /* fresh, frozen, banked */

DeskPlan *desk_plan_copy (const DeskPlan *plan);
void desk_plan_free (DeskPlan *plan);
void desk_plan_answer_free (DeskPlanAnswer *answer);
void desk_plan_relaxation_free (DeskPlanRelaxation *relaxation);
void desk_plan_paper_free (DeskPlanPaper *paper);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPlanProblem, desk_plan_problem_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPlan, desk_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPlanAnswer, desk_plan_answer_free)

G_END_DECLS
