/* Checks of tanks and freezers: when the next is due, and what the last ones say together (facts/cells.md 4.7). */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

#define DESK_TANK_NONE G_MININT /* not read, not set */

typedef struct
{
  gint64 container_id;
  int every_hours;
  int level_low, level_full; /* mm */
  int warm_at;               /* tenths of °C; at or above: act */
  char *probe_due_on;        /* next calibration of the probe; "" for none */
  char *phone;               /* whom to call */
  gint64 version;            /* 0: not saved yet */
} DeskTankRule;

typedef struct
{
  gint64 id, container_id;
  gint64 at;
  int level;       /* mm, as found */
  int temperature; /* tenths of °C */
  int level_after; /* mm, after filling */
  int litres;      /* tenths, filled in */
  char *phase;     /* "", vapour, liquid: where the probe was */
  gboolean filled, seal_good, frost, alarm_tested;
  char *note;
  gint64 by_id;
  char *by;          /* name; read only */
  gint64 supersedes; /* the check this one corrects, 0 for none */
} DeskTankCheck;

/* What is to be said of a tank, the most pressing first. */
typedef enum
{
  DESK_TANK_DOWN,    /* tank-down is open */
  DESK_TANK_FAILING, /* two readings in a row were below: offer tank-down */
  DESK_TANK_WARM,    /* at or above the temperature of the rules */
  DESK_TANK_LOW,     /* below its level: fill now */
  DESK_TANK_FALLING, /* falls faster than it usually does */
  DESK_TANK_MISSED,  /* the check is overdue */
  DESK_TANK_LID,     /* the seal is not good, or frost was seen */
  DESK_TANK_PROBE,   /* the probe is to be calibrated soon, or should have been */
  DESK_TANK_DUE,     /* the check is due now */
  DESK_TANK_NO_RULES,
  DESK_N_TANK_SIGNS
} DeskTankSign;

typedef struct
{
  guint signs;      /* of 1 << DeskTankSign */
  gint64 due_at;    /* of the next check; 0 without rules, and when there was none yet */
  int level;        /* where it stands after the last check, DESK_TANK_NONE when never read */
  int temperature;  /* the last one read */
  int fall;         /* mm a day, since the last filling at the latest; DESK_TANK_NONE when it cannot be said */
  int usual_fall;   /* mm a day, the median of the falls before */
} DeskTankLook;

DeskTankRule *desk_tank_rule_new (gint64 container_id);
void desk_tank_rule_free (DeskTankRule *rule);
DeskTankCheck *desk_tank_check_new (gint64 container_id);
void desk_tank_check_free (DeskTankCheck *check);

void desk_tank_look (const DeskTankRule *rule, const GPtrArray *checks, gboolean down, gint64 now, DeskDay today, DeskTankLook *look);
gboolean desk_tank_has (const DeskTankLook *look, DeskTankSign sign);
const char *desk_tank_sign_code (DeskTankSign sign);
const char *desk_tank_headline (const DeskTankLook *look);
gint64 desk_tank_grace (int every_hours);

void desk_tank_rule_check (const DeskTankRule *rule, DeskProblems *problems);
void desk_tank_check_check (const DeskTankCheck *check, const DeskTankRule *rule, gint64 now, DeskProblems *problems);

gboolean desk_tank_read_millimetres (const char *text, int *out);
gboolean desk_tank_read_tenths (const char *text, int *out);
char *desk_tank_format_tenths (int tenths);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskTankRule, desk_tank_rule_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskTankCheck, desk_tank_check_free)

G_END_DECLS
