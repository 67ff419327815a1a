/* Gates: what must be true before a case is accepted, blood is drawn, cells are released, a dose is infused.
 *
 * One table of rules (desk-gate.c) judges a plain case that the store gathered. A rule is green, amber (good today,
 * fails on a day that is known) or red, or there is nothing to judge; it says so in codes, with the days, the paper
 * and the action that mends it. */
#pragma once

#include "desk-consent.h"
#include "desk-day.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_GATE_ACCEPT,
  DESK_GATE_DRAW,
  DESK_GATE_RELEASE,
  DESK_GATE_INFUSE,
  DESK_N_GATES
} DeskGate;

typedef enum
{
  DESK_LIGHT_IDLE, /* nothing to judge yet */
  DESK_LIGHT_GREEN,
  DESK_LIGHT_AMBER,
  DESK_LIGHT_RED,
} DeskLight;

/* For which patients a rule is. */
typedef enum
{
  DESK_FOR_TREATMENT = 1,
  DESK_FOR_PREVENTION = 2,
  DESK_FOR_BOTH = 3,
} DeskGatePurpose;

/* What a rule looks at. */
typedef enum
{
  DESK_LOOK_NAME,
  DESK_LOOK_BIRTH,
  DESK_LOOK_PASSPORT,   /* number and validity in the record */
  DESK_LOOK_PAPER,      /* the best paper of the kind `what` */
  DESK_LOOK_VIRAL,      /* every agent tested, by values or by a paper */
  DESK_LOOK_REACTIVE,   /* nothing reactive that no physician looked at */
  DESK_LOOK_ACCEPTANCE,
  DESK_LOOK_STAY,
  DESK_LOOK_LOT,        /* `what` of the lots that wait for release */
  DESK_LOOK_DOSE,       /* `what` of the dose reserved for the infusion */
  DESK_LOOK_CONSENT,    /* consent to the treatment: the register's, else a paper of the kind `what` */
  DESK_N_LOOKS
} DeskGateLook;

typedef struct
{
  DeskGate gate;
  const char *code;
  DeskGatePurpose purposes;
  DeskGateLook look;
  const char *what;
  int months;            /* calendar months an examination counts; 0 for no limit */
  DeskGate measured;     /* the step on whose day the age is measured */
  const char *languages; /* accepted as they are, "en,ja"; NULL for any */
  gboolean identity;     /* who somebody is: never overridden, never switched off */
  const char *mend;      /* action that mends it where nothing nearer is known; see desk-gate.c */
} DeskGateRule;

/* A paper as far as a rule looks at it. Texts but the date are static or interned. */
typedef struct
{
  gint64 id;
  const char *kind, *state;
  char examined_on[12];  /* ISO, perhaps only year and month; may be empty */
  const char *language;
  const char *part;      /* translation, certificate, page; empty for an original */
  gint64 part_of;        /* 0 for an original */
  gint64 supersedes;     /* 0 for none */
  gint64 received_at;
  DeskDay due_on;        /* of a requested one, or DESK_DAY_NONE */
} DeskCasePaper;

/* The newest result of a viral test by values. */
typedef struct
{
  const char *agent;     /* one of desk_gate_agents () */
  DeskDay on;            /* the day of the specimen */
} DeskCaseViral;

/* A lot in culture, or with doses that are not released. */
typedef struct
{
  gint64 id;
  char number[24];
  gboolean harvested;
  DeskDay expected;      /* or DESK_DAY_NONE */
  char waiting[96];      /* codes of tests without a final result, comma separated */
  char failed[96];       /* codes of tests that failed */
  int holds, unlabelled; /* open ones; doses without a label that was read back */
} DeskCaseLot;

/* The dose reserved for the infusion looked at; id 0 when none is. */
typedef struct
{
  gint64 id;
  char number[32];
  gboolean released, labelled;
  int holds;
  DeskDay use_until;     /* or DESK_DAY_NONE */
} DeskCaseDose;

typedef struct
{
  gint64 id;
  DeskGate gate;
  const char *rule;      /* static or interned */
  char *reason, *by;     /* owned; by is the physician's name */
  gint64 at;
  DeskDay until;         /* last day it holds, or DESK_DAY_NONE for no end */
} DeskGateOverride;

#define DESK_GATE_REASON 120 /* characters of the reason of a setting */

/* What the clinic's own plan says differently from the table. */
typedef struct
{
  const char *rule;      /* "draw.imaging"; static or interned */
  int months;            /* -1: as the table says; 0: no limit */
  gboolean active;
  gint64 version;
  char reason[DESK_GATE_REASON * 4 + 1]; /* the plan's; may be empty */
} DeskGateSetting;

/* A stay in Japan as the rule sees it. */
typedef struct
{
  gboolean resident;     /* lives here: no stay to watch */
  DeskDay from;          /* entry, or planned entry */
  DeskDay last;          /* last day permitted or granted; DESK_DAY_NONE while not known */
  DeskDay leaves;        /* planned departure, or DESK_DAY_NONE */
} DeskCaseStay;

typedef struct
{
  gint64 patient_id;
  gint64 patient_version;
  char *name, *birth, *nationality, *passport, *passport_until, *languages; /* owned, never NULL */
  const char *purpose;           /* treatment or prevention; static or interned */
  int accepted;                  /* -1: nobody decided; 0: declined; 1: accepted */
  DeskDay accepted_on;
  char *accepted_by, *accepted_reason; /* owned; may be NULL */
  DeskDay days[DESK_N_GATES];    /* of the next step, or DESK_DAY_NONE; that of ACCEPT is not used */
  gint64 visits[DESK_N_GATES];   /* the visit of that step, or 0 */
  GArray *papers;                /* of DeskCasePaper */
  GPtrArray *consents;           /* of DeskConsent, of every purpose */
  GArray *viral;                 /* of DeskCaseViral, one an agent */
  char reactive[64];             /* agents that mark the patient's material, comma separated */
  GArray *stays;                 /* of DeskCaseStay */
  GArray *lots;                  /* of DeskCaseLot: those that wait for release */
  DeskCaseDose dose;
  GArray *overrides;             /* of DeskGateOverride: those not revoked */
  GArray *settings;              /* of DeskGateSetting: shared among cases */
} DeskCase;

/* What one rule says. */
typedef struct
{
  const DeskGateRule *rule;
  DeskLight light;
  const char *code;      /* "ok", "missing", "too-old" …: words in the window */
  const char *mend;      /* the action, or NULL when there is nothing to do */
  gint64 object_id;      /* the paper, lot or dose it speaks of, or 0 */
  DeskDay good_until;    /* last day it is good, or DESK_DAY_NONE */
  DeskDay due_on;        /* when a requested paper is expected, or DESK_DAY_NONE */
  char detail[96];       /* number, agents, tests; may be empty */
  const DeskGateOverride *override; /* a physician passed it over; lent by the case */
} DeskGateCheck;

typedef struct
{
  DeskLight light;       /* the worst of those not overridden */
  guint n_red, n_amber, n_overridden, n_rules;
  DeskDay day;           /* of the step, or DESK_DAY_NONE */
  DeskDay ready_until;   /* last day on which all that is good today stays good, or DESK_DAY_NONE for no end */
} DeskGateSummary;

DeskCase *desk_case_new (void);
void desk_case_free (DeskCase *case_);

const DeskGateRule *desk_gate_rules (guint *n_rules);
const DeskGateRule *desk_gate_rule (DeskGate gate, const char *code);
const char *desk_gate_code (DeskGate gate);
gboolean desk_gate_parse (const char *code, DeskGate *gate);
const char *const *desk_gate_agents (void);
gboolean desk_gate_of_visit (const char *visit_type, DeskGate *gate);
int desk_gate_months (const DeskGateRule *rule, const GArray *settings);
gboolean desk_gate_active (const DeskGateRule *rule, const GArray *settings);

GArray *desk_gate_judge (const DeskCase *case_, DeskGate gate, DeskDay today);
void desk_gate_sum (const DeskCase *case_, DeskGate gate, const GArray *checks, DeskGateSummary *summary);
gboolean desk_gate_may_pass (const DeskGateCheck *check);
gboolean desk_gate_stands (const DeskGateCheck *check);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskCase, desk_case_free)

G_END_DECLS
