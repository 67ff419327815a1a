/* Plans that were chosen: kept as proposals, booked whole or in part or dropped, and red when a day moved that they
 * hang on. */
#pragma once

#include "desk-book.h"
#include "desk-plan-problem.h"

G_BEGIN_DECLS

/* A visit of a plan as it is kept. */
typedef struct
{
  int seq;                /* from 1, by day */
  DeskDay day;
  char *type;             /* of visit: blood_draw, apheresis, infusion */
  char *source;           /* of an infusion: fresh, frozen, banked; or empty */
  int draw_seq;           /* seq of the draw its cells are from; 0 for none */
  gint64 unit_id;         /* of the banked dose; 0 for none */
  char *unit_number;      /* or NULL */
  gint64 visit_id;        /* the visit of the book */
  char *status;           /* and its status */
  gint64 starts_at;
  gboolean booked;        /* by the plan: not only proposed, and not called off */
} DeskKeptVisit;

typedef struct
{
  int seq;
  DeskDay arrival, departure;
  gint64 trip_id;         /* the stay of it; 0 while there is none */
} DeskKeptTrip;

typedef struct
{
  gint64 id, patient_id, course_id;
  char *patient_name, *chart;
  char *template_code, *strategy;
  char *status;           /* proposed, part, booked, dropped */
  char *problem;          /* as XML; only of desk_plan_load () */
  int n_trips, n_days;
  DeskDay ends_on;
  gint64 made_at;
  char *by;               /* name; empty for nobody */
  gint64 version;
  guint n_red, n_broken;  /* of desk_plan_red (): days that moved, and those of them with which the plan cannot be */
  GPtrArray *visits;      /* of DeskKeptVisit */
  GPtrArray *trips;       /* of DeskKeptTrip */
} DeskKeptPlan;

/* A day that moved since the plan was made. */
typedef struct
{
  gint64 plan_id;
  const char *what;       /* static: visit, unit, lot, window, document, trip, passport, clinic */
  const char *code;       /* static: "moved", "earlier", "later", "gone", "closed", "blackout", "reserved", "held", "failed", "called-off" */
  gint64 row_id;
  DeskDay was, now;       /* now: DESK_DAY_NONE where there is no day any more */
  gboolean breaks;        /* the plan cannot be as it is; otherwise it still fits */
  char *detail;           /* number of the unit or lot, title of the paper; may be empty */
} DeskPlanRed;

/* Keeps a plan that answers the file's problem as a proposal: the visits stand in the book as proposed, on free times
 * where there are any; nothing is taken and nothing reserved. problem_xml is what was asked, as jobs/desk-plan-file.h
 * writes it. Fills id. DESK_ERROR_REFUSED with the code of a rule. */
gboolean desk_plan_keep (DeskDb *db, const DeskPlanFile *file, const DeskPlan *plan, const char *problem_xml, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same at another instant, which its rows bear: for filling a file. */
gboolean desk_plan_keep_at (DeskDb *db, const DeskPlanFile *file, const DeskPlan *plan, const char *problem_xml, gint64 at, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One plan with everything; NULL with DESK_ERROR_NOT_FOUND. */
DeskKeptPlan *desk_plan_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A patient's plans, the newest first. */
GPtrArray *desk_plan_of_patient (DeskDb *db, gint64 patient_id, gboolean with_dropped, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* All proposals and those booked in part: red ones first, then by the day they end. */
GPtrArray *desk_plan_open_list (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What moved of an open plan (0 for all of them): DeskPlanRed, by plan; those that break it first. */
GPtrArray *desk_plan_red (DeskDb *db, gint64 plan_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Books the visits with these numbers (seqs NULL: all that are not booked yet) on free times of their days, makes the
 * stays they need and reserves their doses, all or nothing. What stands in the way is told in problems (field "visit",
 * "unit" or "trip", detail its day or the number of the unit; or what broke the plan since), and then nothing is done and FALSE returned without an error. Version as
 * shown; becomes the new one. DESK_ERROR_CONFLICT when somebody changed the plan since. */
gboolean desk_plan_book (DeskDb *db, gint64 id, gint64 *version, const int *seqs, guint n_seqs, gint64 now, DeskProblems *problems, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes the booking of these visits back (seqs NULL: of all): proposals again, doses free, stays that the booking made
 * and that no other visit needs called off. DESK_ERROR_CONFLICT, saying who, when somebody changed one of them since. */
gboolean desk_plan_unbook (DeskDb *db, gint64 id, gint64 *version, const int *seqs, guint n_seqs, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Drops what is not booked; its proposed visits are called off. */
gboolean desk_plan_drop (DeskDb *db, gint64 id, gint64 *version, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The visits (gint64) that dropping the plan calls off. */
GArray *desk_plan_proposed_visits (const DeskKeptPlan *plan);
/* Takes a drop back, with these visits as they were. DESK_ERROR_CONFLICT, saying who, when somebody changed one since. */
gboolean desk_plan_undrop (DeskDb *db, gint64 id, gint64 *version, const GArray *visits, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes the days as they are now for those the plan hangs on, where it still fits. DESK_ERROR_REFUSED ("plan-broken")
 * where it does not. */
gboolean desk_plan_accept_moves (DeskDb *db, gint64 id, gint64 *version, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes that back: reds is what desk_plan_red () said before it. */
gboolean desk_plan_unaccept_moves (DeskDb *db, gint64 id, gint64 *version, const GPtrArray *reds, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void desk_kept_plan_free (DeskKeptPlan *plan);
void desk_plan_red_free (DeskPlanRed *red);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskKeptPlan, desk_kept_plan_free)

G_END_DECLS
