/* Gates: who somebody is, the physician's decision, the stay, lots and doses. */
#include "desk-gate-private.h"

/* Where a person has a home and no stay to watch. */
#define HOME "JPN"

void
desk_gate_look_name (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check)
{
  gboolean there = case_->name && *case_->name;

  desk_gate_say (check, there ? DESK_LIGHT_GREEN : DESK_LIGHT_RED, there ? "ok" : "missing",
                 there ? NULL : question->rule->mend);
}

/* Name and birth date are what a patient is asked before every step, so the whole date must be known. */
void
desk_gate_look_birth (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check)
{
  DeskDay day;

  if (case_->birth && desk_day_parse (case_->birth, &day))
    desk_gate_say (check, DESK_LIGHT_GREEN, "ok", NULL);
  else
    desk_gate_say (check, DESK_LIGHT_RED, case_->birth && *case_->birth ? "partial-date" : "missing",
                   question->rule->mend);
}

/* The number is in the record, and the passport is valid on the day. Who is at home here needs none. */
void
desk_gate_look_passport (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check)
{
  DeskDay until = DESK_DAY_NONE;

  if (g_strcmp0 (case_->nationality, HOME) == 0)
    desk_gate_say (check, DESK_LIGHT_IDLE, "not-needed", NULL);
  else if (!case_->passport || !*case_->passport)
    desk_gate_say (check, DESK_LIGHT_RED, "missing", question->rule->mend);
  else if (!case_->passport_until || !desk_day_parse (case_->passport_until, &until))
    desk_gate_say (check, DESK_LIGHT_GREEN, "ok", NULL);
  else
    desk_gate_until (question, check, until, "expired", "expires");
}

void
desk_gate_look_acceptance (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check)
{
  if (case_->accepted == 1)
    desk_gate_say (check, DESK_LIGHT_GREEN, "ok", NULL);
  else
    desk_gate_say (check, DESK_LIGHT_RED, case_->accepted == 0 ? "declined" : "not-accepted", question->rule->mend);
}

/* The stay that has begun or begins last before the day. */
static const DeskCaseStay *
stay_on (const DeskCase *case_, DeskDay day)
{
  const DeskCaseStay *best = NULL;

  for (guint i = 0; i < case_->stays->len; i++)
    {
      const DeskCaseStay *stay = &g_array_index (case_->stays, DeskCaseStay, i);

      if (stay->from != DESK_DAY_NONE && stay->from <= day && (!best || stay->from > best->from))
        best = stay;
    }
  return best;
}

static gboolean
at_home (const DeskCase *case_)
{
  for (guint i = 0; i < case_->stays->len; i++)
    if (g_array_index (case_->stays, DeskCaseStay, i).resident)
      return TRUE;
  return g_strcmp0 (case_->nationality, HOME) == 0;
}

/* The step's day lies in a stay, and not after the last day permitted. Without a step there is nothing to judge;
 * a stay that nobody wrote down fails on the day itself. */
void
desk_gate_look_stay (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check)
{
  DeskDay day = case_->days[question->rule->gate];
  const DeskCaseStay *stay = day == DESK_DAY_NONE ? NULL : stay_on (case_, day);

  if (at_home (case_))
    return desk_gate_say (check, DESK_LIGHT_IDLE, "not-needed", NULL);
  if (day == DESK_DAY_NONE)
    return desk_gate_say (check, DESK_LIGHT_IDLE, "no-step", NULL);
  if (!stay)
    {
      check->good_until = day - 1;
      return desk_gate_say (check, question->today < day ? DESK_LIGHT_AMBER : DESK_LIGHT_RED, "no-stay",
                            question->rule->mend);
    }
  if (stay->last != DESK_DAY_NONE && stay->last < day)
    return desk_gate_until (question, check, stay->last, "stay-over", "stay-ends");
  if (stay->leaves != DESK_DAY_NONE && stay->leaves < day)
    return desk_gate_until (question, check, stay->leaves, "departed", "departs");
  check->good_until = stay->last;
  desk_gate_say (check, DESK_LIGHT_GREEN, "ok", NULL);
}

/* What of a harvested lot stands in the way of one rule: a code, and more in detail; NULL for nothing. */
static const char *
lot_problem (const DeskCaseLot *lot, const char *what, const char **detail)
{
  *detail = "";
  if (g_str_equal (what, "results") && *lot->waiting)
    {
      *detail = lot->waiting;
      return "waiting";
    }
  if (g_str_equal (what, "limits") && *lot->failed)
    {
      *detail = lot->failed;
      return "failed";
    }
  if (g_str_equal (what, "hold") && lot->holds)
    return "held";
  if (g_str_equal (what, "label") && lot->unlabelled)
    return "unlabelled";
  return NULL;
}

static void
say_lot (const DeskCaseLot *lot, const char *detail, DeskGateCheck *check)
{
  check->object_id = lot->id;
  g_snprintf (check->detail, sizeof check->detail, "%s%s%s", lot->number, *detail ? ":" : "", detail);
}

/* Cells in culture are nothing to judge, unless they are late. */
static void
look_harvest (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check)
{
  desk_gate_say (check, DESK_LIGHT_GREEN, "ok", NULL);
  for (guint i = 0; i < case_->lots->len; i++)
    {
      const DeskCaseLot *lot = &g_array_index (case_->lots, DeskCaseLot, i);
      gboolean late = lot->expected != DESK_DAY_NONE && lot->expected < question->today;

      if (lot->harvested)
        continue;
      say_lot (lot, "", check);
      if (late)
        return desk_gate_say (check, DESK_LIGHT_RED, "harvest-late", question->rule->mend);
      desk_gate_say (check, DESK_LIGHT_IDLE, "growing", NULL);
    }
}

/* All lots that wait for release; the first that is not fit is named. */
void
desk_gate_look_lot (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check)
{
  if (case_->lots->len == 0)
    return desk_gate_say (check, DESK_LIGHT_IDLE, "nothing-to-release", NULL);
  if (g_str_equal (question->rule->what, "harvest"))
    return look_harvest (case_, question, check);
  desk_gate_say (check, DESK_LIGHT_IDLE, "nothing-to-release", NULL);
  for (guint i = 0; i < case_->lots->len; i++)
    {
      const DeskCaseLot *lot = &g_array_index (case_->lots, DeskCaseLot, i);
      const char *detail;
      const char *code = lot->harvested ? lot_problem (lot, question->rule->what, &detail) : NULL;

      if (code)
        {
          say_lot (lot, detail, check);
          return desk_gate_say (check, DESK_LIGHT_RED, code, question->rule->mend);
        }
      if (lot->harvested)
        desk_gate_say (check, DESK_LIGHT_GREEN, "ok", NULL);
    }
}

static const char *
dose_problem (const DeskCaseDose *dose, const char *what)
{
  if (g_str_equal (what, "released"))
    return dose->released ? NULL : "not-released";
  if (g_str_equal (what, "label"))
    return dose->labelled ? NULL : "unlabelled";
  if (g_str_equal (what, "hold"))
    return dose->holds ? "held" : NULL;
  return NULL;
}

/* The dose reserved for the infusion; there is time for that until the day. */
void
desk_gate_look_dose (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check)
{
  const DeskCaseDose *dose = &case_->dose;
  const char *what = question->rule->what;
  const char *problem;

  if (case_->days[DESK_GATE_INFUSE] == DESK_DAY_NONE)
    return desk_gate_say (check, DESK_LIGHT_IDLE, "no-step", NULL);
  if (!dose->id && !g_str_equal (what, "reserved"))
    return desk_gate_say (check, DESK_LIGHT_IDLE, "no-dose", NULL);
  if (!dose->id)
    return desk_gate_say (check, question->today < question->day ? DESK_LIGHT_AMBER : DESK_LIGHT_RED, "no-dose",
                          question->rule->mend);
  check->object_id = dose->id;
  g_strlcpy (check->detail, dose->number, sizeof check->detail);
  if (g_str_equal (what, "expiry"))
    return desk_gate_until (question, check, dose->use_until, "dose-expired", "dose-expires");
  problem = dose_problem (dose, what);
  desk_gate_say (check, problem ? DESK_LIGHT_RED : DESK_LIGHT_GREEN, problem ? problem : "ok",
                 problem ? question->rule->mend : NULL);
}
