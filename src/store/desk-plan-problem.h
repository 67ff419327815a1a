/* What the planner is asked for one patient: gathered from the course, the clinic's numbers, the bank, the book, the
 * patient's windows, stays and papers. A constant number of statements, whatever the clinic holds. */
#pragma once

#include "desk-db.h"
#include "desk-planner.h"

G_BEGIN_DECLS

/* What somebody wants otherwise than course and clinic say. Begin with desk_plan_options_init (). */
typedef struct
{
  const char *template_code; /* of the course; NULL for the first that is active. Lent */
  int strategy;              /* a DeskPlanStrategy; -1: as the course says */
  int infusions;             /* 0: as the course says */
  int gap_min, gap_max;      /* -1: as the course says */
  int max_draws;             /* -1: as the clinic says; likewise the following */
  int before, after, home_days;
  DeskDay first, last;       /* DESK_DAY_NONE: from tomorrow, for a year */
  gboolean hard_papers;      /* papers that get too old stop a visit, and are not only told */
} DeskPlanOptions;

/* How long the patient may stay, and who says so. */
typedef enum
{
  DESK_PLAN_STAY_UNKNOWN,  /* nationality not known, or a visa is needed of which nothing is known: 90 days */
  DESK_PLAN_STAY_RESIDENT, /* lives here: no limit */
  DESK_PLAN_STAY_STAMPED,  /* is here, the permission was stamped at landing */
  DESK_PLAN_STAY_EXEMPT,   /* the days of the nationality's exemption */
  DESK_PLAN_STAY_VISA,     /* the days a visa grants */
} DeskPlanStay;

/* A day that something says now: when it says another one, whatever was planned on it has to be looked at again. */
typedef struct
{
  const char *what; /* static: visit, unit, lot, window, document, trip, passport */
  gint64 row_id;    /* of the thing; the patient for his passport */
  DeskDay day;
} DeskPlanHang;

/* A problem with where its parts are from. */
typedef struct
{
  DeskPlanProblem *problem;
  gint64 patient_id;
  char *template_code;   /* of the course; "" for none */
  char *draw_type;       /* "blood_draw" or "apheresis" */
  DeskPlanStay stay;
  char *nationality;     /* may be empty */
  GArray *dose_units;    /* of DeskPlanDoseUnit: which units stand behind the doses of the problem */
  GArray *hangs;         /* of DeskPlanHang: all that was looked at */
  GArray *paper_ids;     /* of gint64: the document behind each paper of the problem, 0 for results or the passport */
  GPtrArray *missing;    /* of char *: codes of papers that are not there at all, so that no day is known of them */
} DeskPlanFile;

typedef struct
{
  gint64 dose_id;        /* DeskPlanDose's */
  gint64 unit_id, lot_id;
  DeskDay expiry, lot_day; /* lot_day: of the harvest it waits for, DESK_DAY_NONE for what is released */
} DeskPlanDoseUnit;

void desk_plan_options_init (DeskPlanOptions *options);

/* today is the clinic's. DESK_ERROR_NOT_FOUND for no such patient or course. The problem is not checked yet: the clinic's
 * own numbers can contradict each other (desk_plan_problem_check ()). Free with desk_plan_file_free (). */
DeskPlanFile *desk_plan_problem_load (DeskDb *db, gint64 patient_id, const DeskPlanOptions *options, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_plan_file_free (DeskPlanFile *file);

const char *desk_plan_stay_code (DeskPlanStay stay); /* unknown, resident, stamped, exempt, visa */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPlanFile, desk_plan_file_free)

G_END_DECLS
