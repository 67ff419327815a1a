/* The clinic itself, its people, and the days and hours it is open. */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

typedef struct
{
  char *uuid;
  char *name, *name_ja;
  char *address, *address_ja;
  char *phone, *fax, *email;
  char *director, *director_ja;
  char *contact, *contact_ja;       /* whom an embassy or a guarantor asks for */
  char *bank, *bank_ja;             /* where an invoice is paid to */
  char *department, *department_ja; /* of that person */
  char *approval;        /* prefectural approval number */
  char *plan_number;     /* provision plan, PC3150325 */
  char *facility;        /* cell processing facility, FC3140025 */
  char *zone;            /* IANA, of the clinic, not of the computer */
  int opens, closes;     /* minutes since midnight */
  char *closed_weekdays; /* ISO weekdays: "67" */
  gboolean is_sample;
  gint64 version;
} DeskClinic;

typedef struct
{
  gint64 id;
  char *name, *name_ja;
  char *role; /* reception, nurse, culture, physician, quality, manager */
  gboolean active;
} DeskStaff;

typedef struct
{
  DeskDay day;
  char *reason;
} DeskClosedDay;

void desk_clinic_free (DeskClinic *clinic);
void desk_staff_free (DeskStaff *staff);
void desk_closed_day_free (DeskClosedDay *closed);
gboolean desk_clinic_open_on (const DeskClinic *clinic, DeskDay day);
void desk_clinic_tidy (DeskClinic *clinic);
void desk_clinic_check (const DeskClinic *clinic, DeskProblems *problems);
void desk_staff_check (const DeskStaff *staff, DeskProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskClinic, desk_clinic_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskStaff, desk_staff_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskClosedDay, desk_closed_day_free)

G_END_DECLS
