#include "desk-clinic.h"

#include <string.h>

void
desk_clinic_free (DeskClinic *clinic)
{
  if (!clinic)
    return;
  g_free (clinic->uuid);
  g_free (clinic->name);
  g_free (clinic->name_ja);
  g_free (clinic->address);
  g_free (clinic->address_ja);
  g_free (clinic->phone);
  g_free (clinic->fax);
  g_free (clinic->email);
  g_free (clinic->director);
  g_free (clinic->director_ja);
  g_free (clinic->approval);
  g_free (clinic->plan_number);
  g_free (clinic->facility);
  g_free (clinic->zone);
  g_free (clinic->closed_weekdays);
  g_free (clinic);
}

void
desk_staff_free (DeskStaff *staff)
{
  if (!staff)
    return;
  g_free (staff->name);
  g_free (staff->name_ja);
  g_free (staff->role);
  g_free (staff);
}

/* Whether the clinic works on that day of the week. Holidays and days closed once are the book's to look up. */
gboolean
desk_clinic_open_on (const DeskClinic *clinic, DeskDay day)
{
  return !strchr (clinic->closed_weekdays, '0' + desk_day_weekday (day));
}
