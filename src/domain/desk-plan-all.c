/* Many patients over shared room: each exactly in turn, then ruin and recreate. */
#include "desk-plan-all.h"

#include "desk-planner-private.h"

#define ALONE_WORK 6000000
#define SHORT 396 /* days of a stay that cannot outweigh a trip */
#define TURN_WORK 3000000 /* of one patient put back */
#define LEAST_OUT 2
#define MOST_OUT 8
#define ROUNDS_BETWEEN_PROGRESS 16

typedef struct
{
  const DeskPlanPatient *patient;
  PlanGround *ground;         /* of what his own days leave */
  guint8 may[PLAN_MAX_HORIZON];
  DeskPlan *alone, *plan;     /* best with the fixed ones alone, and now */
  gint64 cost, bound;
  guint class_index;
} Seat;

typedef struct
{
  const DeskPlanAllTask *task;
  Seat *seats;
  guint n, n_classes;
  GArray *order; /* of guint: by priority, those that can be moved */
  GArray *left;  /* of DeskPlanRoom: may not fall below 0 for what is placed here; -1 for no limit */
  GRand *rand;
} Clinic;

/* See desk-plan-all.h. */
gint64
desk_plan_all_cost (const DeskPlanProblem *problem, const DeskPlan *plan)
{
  if (!plan)
    return DESK_PLAN_ALL_NONE;
  return (gint64) plan->n_trips * DESK_PLAN_ALL_TRIP + (gint64) plan->n_days * DESK_PLAN_ALL_DAY + plan->end
         - problem->first;
}

static DeskPlanRoom *
room_of (const Clinic *clinic, DeskDay day)
{
  int at = day - clinic->task->first;

  return at >= 0 && at < (int) clinic->left->len ? &g_array_index (clinic->left, DeskPlanRoom, at) : NULL;
}

/* Takes (by 1) or gives back (by -1) what a plan uses. */
static void
take (const Clinic *clinic, const DeskPlan *plan, int by)
{
  for (guint i = 0; plan && i < plan->visits->len; i++)
    {
      const DeskPlanVisit *visit = &g_array_index (plan->visits, DeskPlanVisit, i);
      DeskPlanRoom *room = room_of (clinic, visit->day);

      if (room && room->draws >= 0 && visit->draw)
        room->draws -= by;
      if (room && room->infusions >= 0 && visit->infusion)
        room->infusions -= by;
    }
}

static gboolean
fits (const Clinic *clinic, const DeskPlan *plan)
{
  for (guint i = 0; i < plan->visits->len; i++)
    {
      const DeskPlanVisit *visit = &g_array_index (plan->visits, DeskPlanVisit, i);
      const DeskPlanRoom *room = room_of (clinic, visit->day);

      if (room && ((visit->draw && room->draws == 0) || (visit->infusion && room->infusions == 0)))
        return FALSE;
    }
  return TRUE;
}

/* The best plan on what is left, or NULL. */
static DeskPlan *
seek (const Clinic *clinic, Seat *seat, gint64 work, gboolean *too_hard)
{
  g_autoptr (GPtrArray) plans = NULL;
  int best = -1;
  gint64 least = DESK_PLAN_ALL_NONE;

  for (int x = 0; x < seat->ground->n_days; x++)
    {
      const DeskPlanRoom *room = room_of (clinic, seat->patient->problem->first + x);

      seat->ground->may[x] = seat->may[x];
      if (room && room->draws == 0)
        seat->ground->may[x] &= (guint8) ~PLAN_MAY_DRAW;
      if (room && room->infusions == 0)
        seat->ground->may[x] &= (guint8) ~PLAN_MAY_INFUSE;
    }
  plans = desk_plan_ground_best (seat->ground, seat->ground->n_days + seat->ground->trip_cost < SHORT, &work);
  *too_hard = work <= 0;
  for (guint i = 0; i < plans->len; i++)
    if (desk_plan_all_cost (seat->patient->problem, g_ptr_array_index (plans, i)) < least)
      {
        best = (int) i;
        least = desk_plan_all_cost (seat->patient->problem, g_ptr_array_index (plans, i));
      }
  return best < 0 ? NULL : g_ptr_array_steal_index (plans, (guint) best);
}

static void
put_in (const Clinic *clinic, Seat *seat)
{
  gboolean too_hard;

  if (!seat->alone)
    seat->plan = NULL;
  else if (fits (clinic, seat->alone))
    seat->plan = desk_plan_copy (seat->alone);
  else
    seat->plan = seek (clinic, seat, TURN_WORK, &too_hard);
  seat->cost = desk_plan_all_cost (seat->patient->problem, seat->plan);
  take (clinic, seat->plan, 1);
}

static int
by_priority (gconstpointer a, gconstpointer b, gpointer data)
{
  const Clinic *clinic = data;
  guint one = *(const guint *) a, other = *(const guint *) b;
  int p = clinic->seats[one].patient->priority, q = clinic->seats[other].patient->priority;

  return p != q ? (p < q ? -1 : 1) : one < other ? -1 : one > other;
}

/* What he costs alone. When that is not proven his bound stays as low as anybody's can be. */
static void
sit_alone (const Clinic *clinic, Seat *seat)
{
  gboolean too_hard = FALSE;

  seat->ground = g_new (PlanGround, 1);
  desk_plan_ground_lay (seat->ground, seat->patient->problem);
  for (int x = 0; x < seat->ground->n_days; x++)
    seat->may[x] = seat->ground->may[x];
  seat->alone = seek (clinic, seat, ALONE_WORK, &too_hard);
  if (!too_hard)
    seat->bound = desk_plan_all_cost (seat->patient->problem, seat->alone);
}

static void
seat_fixed (Clinic *clinic)
{
  for (guint i = 0; i < clinic->n; i++)
    {
      Seat *seat = &clinic->seats[i];

      if (!seat->patient->fixed)
        continue;
      seat->plan = desk_plan_copy (seat->patient->fixed);
      seat->cost = seat->bound = desk_plan_all_cost (seat->patient->problem, seat->plan);
      for (guint v = 0; v < seat->plan->visits->len; v++)
        {
          const DeskPlanVisit *visit = &g_array_index (seat->plan->visits, DeskPlanVisit, v);
          DeskPlanRoom *room = room_of (clinic, visit->day);

          /* What is confirmed stands even where there is no room for it. */
          if (room && visit->draw && room->draws > 0)
            room->draws--;
          if (room && visit->infusion && room->infusions > 0)
            room->infusions--;
        }
    }
}

static void
open_clinic (Clinic *clinic, const DeskPlanAllTask *task)
{
  clinic->task = task;
  clinic->n = task->patients->len;
  clinic->seats = g_new0 (Seat, MAX (clinic->n, 1));
  clinic->left = g_array_copy ((GArray *) task->rooms);
  clinic->order = g_array_new (FALSE, FALSE, sizeof (guint));
  clinic->rand = g_rand_new_with_seed (task->seed);
  for (guint i = 0; i < clinic->n; i++)
    {
      clinic->seats[i].patient = &g_array_index (task->patients, DeskPlanPatient, i);
      if (!clinic->seats[i].patient->fixed)
        g_array_append_val (clinic->order, i);
    }
  g_array_sort_with_data (clinic->order, by_priority, clinic);
  for (guint i = 0; i < clinic->order->len; i++)
    {
      Seat *seat = &clinic->seats[g_array_index (clinic->order, guint, i)];
      Seat *before = i ? &clinic->seats[g_array_index (clinic->order, guint, i - 1)] : NULL;

      if (before && before->patient->priority != seat->patient->priority)
        clinic->n_classes++;
      seat->class_index = clinic->n_classes;
    }
  clinic->n_classes++;
  seat_fixed (clinic);
}

static void
close_clinic (Clinic *clinic)
{
  for (guint i = 0; i < clinic->n; i++)
    {
      g_free (clinic->seats[i].ground);
      desk_plan_free (clinic->seats[i].alone);
      desk_plan_free (clinic->seats[i].plan);
    }
  g_free (clinic->seats);
  g_array_unref (clinic->left);
  g_array_unref (clinic->order);
  g_rand_free (clinic->rand);
}

static gboolean
is_out (const GArray *out, guint number)
{
  for (guint i = 0; i < out->len; i++)
    if (g_array_index (out, guint, i) == number)
      return TRUE;
  return FALSE;
}

static gboolean
uses_day_of (const DeskPlan *plan, const DeskPlan *wanted)
{
  for (guint i = 0; i < plan->visits->len; i++)
    for (guint j = 0; j < wanted->visits->len; j++)
      if (g_array_index (plan->visits, DeskPlanVisit, i).day == g_array_index (wanted->visits, DeskPlanVisit, j).day)
        return TRUE;
  return FALSE;
}

static guint
any_seat (const Clinic *clinic)
{
  return g_array_index (clinic->order, guint, g_rand_int_range (clinic->rand, 0, (gint32) clinic->order->len));
}

/* Somebody who could have it better, those who are where he wants to be, and others by chance. */
static void
choose_out (const Clinic *clinic, GArray *out)
{
  guint most = (guint) g_rand_int_range (clinic->rand, LEAST_OUT, MOST_OUT + 1);
  guint first = any_seat (clinic);

  for (int i = 0; i < 50 && clinic->seats[first].cost <= clinic->seats[first].bound; i++)
    first = any_seat (clinic);
  g_array_set_size (out, 0);
  g_array_append_val (out, first);
  for (guint tries = 0; tries < 200 && out->len < MIN (most, clinic->order->len); tries++)
    {
      guint next = any_seat (clinic);
      const Seat *seat = &clinic->seats[next];
      gboolean wanted = tries >= 150 || (tries & 1 && most & 1)
                        || (seat->plan && clinic->seats[first].alone
                            && uses_day_of (seat->plan, clinic->seats[first].alone));

      if (wanted && seat->alone && !is_out (out, next))
        g_array_append_val (out, next);
    }
}

/* In another order, but each class together. */
static void
shuffle (const Clinic *clinic, GArray *out)
{
  if (g_rand_boolean (clinic->rand))
    for (guint i = out->len - 1; i > 0; i--)
      {
        guint j = (guint) g_rand_int_range (clinic->rand, 0, (gint32) i + 1);
        guint other = g_array_index (out, guint, j);

        g_array_index (out, guint, j) = g_array_index (out, guint, i);
        g_array_index (out, guint, i) = other;
      }
}

/* Less than 0 when the costs of those out are now better than they were, class by class. */
static int
compare (const Clinic *clinic, const GArray *out, const gint64 *before)
{
  for (guint class_index = 0; class_index < clinic->n_classes; class_index++)
    {
      gint64 more = 0;

      for (guint i = 0; i < out->len; i++)
        {
          const Seat *seat = &clinic->seats[g_array_index (out, guint, i)];

          if (seat->class_index == class_index)
            more += seat->cost - before[i];
        }
      if (more)
        return more < 0 ? -1 : 1;
    }
  return 0;
}

/* One round: some out, back in another order; undone when that is worse. */
static void
round_of (Clinic *clinic, GArray *out)
{
  DeskPlan *plans[MOST_OUT];
  gint64 costs[MOST_OUT];

  choose_out (clinic, out);
  shuffle (clinic, out);
  for (guint i = 0; i < out->len; i++)
    {
      Seat *seat = &clinic->seats[g_array_index (out, guint, i)];

      plans[i] = g_steal_pointer (&seat->plan);
      costs[i] = seat->cost;
      take (clinic, plans[i], -1);
    }
  for (guint i = 0; i < out->len; i++)
    put_in (clinic, &clinic->seats[g_array_index (out, guint, i)]);
  if (compare (clinic, out, costs) <= 0)
    {
      for (guint i = 0; i < out->len; i++)
        desk_plan_free (plans[i]);
      return;
    }
  for (guint i = 0; i < out->len; i++)
    take (clinic, clinic->seats[g_array_index (out, guint, i)].plan, -1);
  for (guint i = 0; i < out->len; i++)
    {
      Seat *seat = &clinic->seats[g_array_index (out, guint, i)];

      desk_plan_free (seat->plan);
      seat->plan = plans[i];
      seat->cost = costs[i];
      take (clinic, seat->plan, 1);
    }
}

static gint64
total (const Clinic *clinic, gboolean bound)
{
  gint64 sum = 0;

  for (guint i = 0; i < clinic->n; i++)
    sum += bound ? clinic->seats[i].bound : clinic->seats[i].cost;
  return sum;
}

/* Tells how far it is; FALSE when that is to be all. started 0: the improvement has not begun. */
static gboolean
told (const Clinic *clinic, gint64 started, DeskPlanAllAnswer *answer)
{
  const DeskPlanAllTask *task = clinic->task;
  double fraction = started ? (double) (g_get_monotonic_time () - started) / task->milliseconds / 1000 : 0;

  if (task->progress && !task->progress (MIN (fraction, 1), total (clinic, FALSE), task->user_data))
    answer->cancelled = TRUE;
  return !answer->cancelled;
}

static void
improve (Clinic *clinic, DeskPlanAllAnswer *answer)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (guint));
  gint64 started = g_get_monotonic_time (), bound = total (clinic, TRUE);

  while (clinic->order->len > 1 && g_get_monotonic_time () - started < (gint64) clinic->task->milliseconds * 1000)
    {
      round_of (clinic, out);
      answer->n_rounds++;
      if (answer->n_rounds % ROUNDS_BETWEEN_PROGRESS == 0
          && (total (clinic, FALSE) == bound || !told (clinic, started, answer)))
        break;
    }
}

/* Each in turn. Cancelled, the rest stays without a plan. */
static void
serve (Clinic *clinic, DeskPlanAllAnswer *answer)
{
  for (guint i = 0; i < clinic->order->len; i++)
    {
      Seat *seat = &clinic->seats[g_array_index (clinic->order, guint, i)];

      seat->cost = DESK_PLAN_ALL_NONE;
      seat->bound = DESK_PLAN_ALL_TRIP + DESK_PLAN_ALL_DAY;
    }
  for (guint i = 0; i < clinic->order->len && told (clinic, 0, answer); i++)
    sit_alone (clinic, &clinic->seats[g_array_index (clinic->order, guint, i)]);
  for (guint i = 0; i < clinic->order->len && told (clinic, 0, answer); i++)
    put_in (clinic, &clinic->seats[g_array_index (clinic->order, guint, i)]);
  answer->greedy_cost = total (clinic, FALSE);
}

/* Plans for all for whom there is one. The patients and rooms are only read. */
DeskPlanAllAnswer *
desk_plan_all (const DeskPlanAllTask *task)
{
  DeskPlanAllAnswer *answer = g_new0 (DeskPlanAllAnswer, 1);
  Clinic clinic = { 0 };

  open_clinic (&clinic, task);
  serve (&clinic, answer);
  if (!answer->cancelled)
    improve (&clinic, answer);
  answer->cost = total (&clinic, FALSE);
  answer->bound = total (&clinic, TRUE);
  answer->places = g_array_new (FALSE, FALSE, sizeof (DeskPlanPlace));
  for (guint i = 0; i < clinic.n; i++)
    {
      DeskPlanPlace place = { g_steal_pointer (&clinic.seats[i].plan), clinic.seats[i].cost, clinic.seats[i].bound };

      answer->n_placed += place.plan != NULL;
      g_array_append_val (answer->places, place);
    }
  close_clinic (&clinic);
  return answer;
}

void
desk_plan_all_answer_free (DeskPlanAllAnswer *answer)
{
  if (!answer)
    return;
  for (guint i = 0; i < answer->places->len; i++)
    desk_plan_free (g_array_index (answer->places, DeskPlanPlace, i).plan);
  g_array_unref (answer->places);
  g_free (answer);
}
