#include "desk-visit.h"

#include <string.h>

static const DeskVisitStatus statuses[] = {
  { "proposed", FALSE, FALSE },          { "held", TRUE, FALSE },
  { "booked", TRUE, FALSE },             { "confirmed", TRUE, FALSE },
  { "arrived", TRUE, FALSE },            { "checked_in", TRUE, FALSE },
  { "in_room", TRUE, FALSE },            { "done", TRUE, TRUE },
  { "cancelled_patient", FALSE, TRUE },  { "cancelled_clinic", FALSE, TRUE },
  { "cancelled_late", FALSE, TRUE },     { "no_show", FALSE, TRUE },
  { "left_unseen", FALSE, TRUE },
};

static const DeskVisitStep steps[] = {
  { "proposed", "held", FALSE },
  { "proposed", "booked", FALSE },
  { "proposed", "cancelled_patient", FALSE },
  { "proposed", "cancelled_clinic", FALSE },
  { "held", "booked", FALSE },
  { "held", "cancelled_patient", FALSE },
  { "held", "cancelled_clinic", FALSE },
  { "booked", "confirmed", FALSE },
  { "booked", "arrived", FALSE },
  { "booked", "cancelled_patient", FALSE },
  { "booked", "cancelled_clinic", FALSE },
  { "booked", "cancelled_late", FALSE },
  { "booked", "no_show", FALSE },
  { "confirmed", "arrived", FALSE },
  { "confirmed", "cancelled_patient", FALSE },
  { "confirmed", "cancelled_clinic", FALSE },
  { "confirmed", "cancelled_late", FALSE },
  { "confirmed", "no_show", FALSE },
  { "arrived", "checked_in", FALSE },
  { "arrived", "left_unseen", FALSE },
  { "checked_in", "in_room", FALSE },
  { "checked_in", "left_unseen", FALSE },
  { "in_room", "done", FALSE },
  { "held", "proposed", TRUE },
  { "booked", "proposed", TRUE },
  { "booked", "held", TRUE },
  { "confirmed", "booked", TRUE },
  { "arrived", "booked", TRUE },
  { "arrived", "confirmed", TRUE },
  { "checked_in", "arrived", TRUE },
  { "in_room", "checked_in", TRUE },
  { "done", "in_room", TRUE },
  { "cancelled_patient", "proposed", TRUE },
  { "cancelled_patient", "held", TRUE },
  { "cancelled_patient", "booked", TRUE },
  { "cancelled_patient", "confirmed", TRUE },
  { "cancelled_clinic", "proposed", TRUE },
  { "cancelled_clinic", "held", TRUE },
  { "cancelled_clinic", "booked", TRUE },
  { "cancelled_clinic", "confirmed", TRUE },
  { "cancelled_late", "booked", TRUE },
  { "cancelled_late", "confirmed", TRUE },
  { "no_show", "booked", TRUE },
  { "no_show", "confirmed", TRUE },
  { "left_unseen", "arrived", TRUE },
  { "left_unseen", "checked_in", TRUE },
};

/* What Space does: the usual way through the day. */
static const struct
{
  const char *from, *to;
} next_steps[] = {
  { "proposed", "booked" },   { "held", "booked" },        { "booked", "arrived" }, { "confirmed", "arrived" },
  { "arrived", "checked_in" }, { "checked_in", "in_room" }, { "in_room", "done" },
};

void
desk_visit_free (DeskVisit *visit)
{
  if (!visit)
    return;
  g_free (visit->type);
  g_free (visit->status);
  g_free (visit->override);
  g_free (visit->note);
  g_free (visit->wall);
  g_free (visit->wall_zone);
  g_free (visit->their_zone);
  g_clear_pointer (&visit->resources, g_array_unref);
  g_free (visit->patient_name);
  g_free (visit->patient_native);
  g_free (visit->patient_chart);
  g_free (visit->languages);
  g_free (visit->dose_number);
  g_free (visit->doses_gone);
  g_free (visit);
}

/* A copy that shares nothing with the original. */
DeskVisit *
desk_visit_copy (const DeskVisit *visit)
{
  DeskVisit *copy = g_memdup2 (visit, sizeof *visit);

  copy->type = g_strdup (visit->type);
  copy->status = g_strdup (visit->status);
  copy->override = g_strdup (visit->override);
  copy->note = g_strdup (visit->note);
  copy->wall = g_strdup (visit->wall);
  copy->wall_zone = g_strdup (visit->wall_zone);
  copy->their_zone = g_strdup (visit->their_zone);
  copy->resources = visit->resources ? g_array_copy (visit->resources) : NULL;
  copy->patient_name = g_strdup (visit->patient_name);
  copy->patient_native = g_strdup (visit->patient_native);
  copy->patient_chart = g_strdup (visit->patient_chart);
  copy->languages = g_strdup (visit->languages);
  copy->dose_number = g_strdup (visit->dose_number);
  copy->doses_gone = g_strdup (visit->doses_gone);
  return copy;
}

void
desk_visit_type_free (DeskVisitType *type)
{
  if (!type)
    return;
  g_free (type->code);
  g_free (type->name);
  g_free (type->name_ja);
  g_free (type->needs);
  g_free (type);
}

/* A copy that shares nothing with the original. */
DeskVisitType *
desk_visit_type_copy (const DeskVisitType *type)
{
  DeskVisitType *copy = g_memdup2 (type, sizeof *type);

  copy->code = g_strdup (type->code);
  copy->name = g_strdup (type->name);
  copy->name_ja = g_strdup (type->name_ja);
  copy->needs = g_strdup (type->needs);
  return copy;
}

/* Checks lengths and limits: a visit with its buffers is within a day, and on five minutes. */
void
desk_visit_type_check (const DeskVisitType *type, DeskProblems *problems)
{
  const struct
  {
    const char *field;
    int minutes, least;
  } lengths[] = { { "minutes", type->minutes, 5 }, { "before", type->before, 0 }, { "after", type->after, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (lengths[i].minutes % 5 != 0)
      desk_problems_add (problems, lengths[i].field, "not-on-five", NULL);
    else if (lengths[i].minutes < lengths[i].least || lengths[i].minutes > DESK_LONGEST_VISIT)
      desk_problems_add (problems, lengths[i].field, "out-of-range", NULL);
  if (type->before + type->minutes + type->after > DESK_LONGEST_VISIT)
    desk_problems_add (problems, "minutes", "out-of-range", NULL);
  if (type->per_day < 0)
    desk_problems_add (problems, "per_day", "out-of-range", NULL);
  if (type->at_once < 0)
    desk_problems_add (problems, "at_once", "out-of-range", NULL);
}

void
desk_resource_free (DeskResource *resource)
{
  if (!resource)
    return;
  g_free (resource->kind);
  g_free (resource->name);
  g_free (resource->name_ja);
  g_free (resource);
}

/* The statuses in the order of the day; static. */
const DeskVisitStatus *
desk_visit_statuses (guint *n_statuses)
{
  *n_statuses = G_N_ELEMENTS (statuses);
  return statuses;
}

/* Every legal step, the undoing ones last; static. */
const DeskVisitStep *
desk_visit_steps (guint *n_steps)
{
  *n_steps = G_N_ELEMENTS (steps);
  return steps;
}

/* Sets all four times: starts_at down to the five-minute slot, the type's buffers around it. minutes 0
 * takes the type's own length. */
void
desk_visit_set_time (DeskVisit *visit, const DeskVisitType *type, gint64 starts_at, int minutes)
{
  gint64 length = (minutes > 0 ? minutes : type->minutes) * G_GINT64_CONSTANT (60);

  length = (length + DESK_SLOT_SECONDS - 1) / DESK_SLOT_SECONDS * DESK_SLOT_SECONDS;
  visit->starts_at = starts_at - (starts_at % DESK_SLOT_SECONDS + DESK_SLOT_SECONDS) % DESK_SLOT_SECONDS;
  visit->ends_at = visit->starts_at + length;
  visit->busy_from = visit->starts_at - type->before * 60;
  visit->busy_until = visit->ends_at + type->after * 60;
}

static const DeskVisitStatus *
find_status (const char *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_strcmp0 (statuses[i].status, status) == 0)
      return &statuses[i];
  return NULL;
}

static const DeskVisitStep *
find_step (const char *from, const char *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (steps[i].from, from) == 0 && g_strcmp0 (steps[i].to, to) == 0)
      return &steps[i];
  return NULL;
}

/* Minutes since the arrival of somebody who is here and was not taken to a room yet; -1 for all others. */
int
desk_visit_waiting_minutes (const DeskVisit *visit, gint64 now)
{
  gboolean waits = g_strcmp0 (visit->status, "arrived") == 0 || g_strcmp0 (visit->status, "checked_in") == 0;
  gint64 since = visit->arrived_at ? visit->arrived_at : visit->status_since;

  return waits ? (int) CLAMP ((now - since) / 60, 0, 9999) : -1;
}

/* Whether a visit of that status keeps others out of its time. */
gboolean
desk_visit_takes_slots (const char *status)
{
  const DeskVisitStatus *found = find_status (status);

  return found && found->takes;
}

/* Whether nothing follows a status any more; FALSE for one that is not known. */
gboolean
desk_visit_is_final (const char *status)
{
  const DeskVisitStatus *found = find_status (status);

  return found && found->final;
}

/* Whether the step is in the table at all; one that undoes is legal only as taking back the last step,
 * which the store knows. */
gboolean
desk_visit_step_legal (const char *from, const char *to)
{
  return find_step (from, to) != NULL;
}

/* Whether a step takes back one that was made by mistake. */
gboolean
desk_visit_step_is_undo (const char *from, const char *to)
{
  const DeskVisitStep *step = find_step (from, to);

  return step && step->undo;
}

/* What Space does to a visit; static, NULL when it is over. On a day that is still to come nobody arrives: the visit
 * can only be booked or confirmed. */
const char *
desk_visit_next_status (const char *status, gboolean coming)
{
  if (coming && g_strcmp0 (status, "booked") == 0)
    return "confirmed";
  if (coming && g_strcmp0 (status, "confirmed") == 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (next_steps); i++)
    if (g_strcmp0 (next_steps[i].from, status) == 0)
      return next_steps[i].to;
  return NULL;
}
