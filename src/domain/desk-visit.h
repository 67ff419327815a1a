/* The book: visit types, resources, visits, the status machine. What a visit runs into is desk-conflict.h. */
#pragma once

#include "desk-clinic.h"
#include "desk-problem.h"

G_BEGIN_DECLS

#define DESK_SLOT_SECONDS 300
#define DESK_WAIT_ALERT_MINUTES 20 /* somebody who is here and in no room longer than that is pointed out */
#define DESK_LONGEST_VISIT 1440 /* minutes, buffers and all: the schema's CHECK */

typedef struct
{
  char *code; /* remote, consultation, viral_test, blood_draw, apheresis, infusion, follow_up */
  char *name, *name_ja;
  int minutes, before, after; /* the resources are taken that long before and after too */
  char *needs;                /* kinds of resource, comma separated: "room,staff" */
  gboolean remote;
  int per_day, at_once;       /* how many a day bears, and at one time; 0 for no limit */
  gboolean active;            /* offered for new visits */
} DeskVisitType;

typedef struct
{
  gint64 id;
  char *kind; /* room, chair, staff */
  char *name, *name_ja;
  gint64 staff_id;
  gboolean active;
} DeskResource;

typedef struct
{
  gint64 id, patient_id;
  char *type, *status;
  gint64 starts_at, ends_at;     /* UTC, half-open, on five minutes: the patient's time */
  gint64 busy_from, busy_until;  /* with the type's buffers: the resources' time */
  gint64 course_id;              /* 0 for none */
  int course_step;
  gint64 held_until;             /* of a held one: when the desk is asked; 0 for no end */
  char *override;                /* why a warning was passed over */
  char *note;
  char *wall, *wall_zone;        /* of a remote one: what was agreed (desk-clock.h), in which zone; else NULL or "" */
  char *their_zone;              /* of a remote one: the patient's when it was booked; "" when not known */
  gint64 version;
  GArray *resources;             /* of gint64, or NULL for none */
  /* filled by lists, ignored by saving */
  char *patient_name, *patient_native, *patient_chart, *languages, *dose_number;
  char *doses_gone;   /* once a cancellation was taken back: the doses that it could not get again; NULL for none */
  gboolean biohazard; /* the material of the patient is marked */
  gint64 status_since;
  gint64 arrived_at; /* the last arrival; 0 for none */
} DeskVisit;

/* The status machine: twins of the tables visit_status and visit_step in the schema. */
typedef struct
{
  const char *status;
  gboolean takes; /* holds its slots */
  gboolean final;
} DeskVisitStatus;

typedef struct
{
  const char *from, *to;
  gboolean undo; /* legal only as taking back the last step */
} DeskVisitStep;

const DeskVisitStatus *desk_visit_statuses (guint *n_statuses);
const DeskVisitStep *desk_visit_steps (guint *n_steps);

void desk_visit_free (DeskVisit *visit);
DeskVisit *desk_visit_copy (const DeskVisit *visit);
void desk_visit_type_free (DeskVisitType *type);
void desk_visit_type_check (const DeskVisitType *type, DeskProblems *problems);
DeskVisitType *desk_visit_type_copy (const DeskVisitType *type);
void desk_resource_free (DeskResource *resource);

void desk_visit_set_time (DeskVisit *visit, const DeskVisitType *type, gint64 starts_at, int minutes);
int desk_visit_waiting_minutes (const DeskVisit *visit, gint64 now);
gboolean desk_visit_takes_slots (const char *status);
gboolean desk_visit_is_final (const char *status);
gboolean desk_visit_step_legal (const char *from, const char *to);
gboolean desk_visit_step_is_undo (const char *from, const char *to);
const char *desk_visit_next_status (const char *status, gboolean coming);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskVisit, desk_visit_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskVisitType, desk_visit_type_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskResource, desk_resource_free)

G_END_DECLS
