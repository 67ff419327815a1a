#include "desk-clinic.h"

#include <string.h>

#include "desk-text.h"

/* The texts that are typed, with the longest that fits a letter head. */
static const struct
{
  const char *name;
  gsize offset;
  guint max;
} texts[] = {
#define TEXT(field, max) { #field, G_STRUCT_OFFSET (DeskClinic, field), max }
  TEXT (name, 120),     TEXT (name_ja, 120),     TEXT (address, 300),    TEXT (address_ja, 300),
  TEXT (phone, 60),     TEXT (fax, 60),          TEXT (email, 254),      TEXT (director, 120),
  TEXT (director_ja, 120), TEXT (contact, 120),  TEXT (contact_ja, 120), TEXT (department, 120), TEXT (department_ja, 120),
  TEXT (bank, 300),     TEXT (bank_ja, 300),
  TEXT (approval, 60),  TEXT (plan_number, 60), TEXT (facility, 60),
#undef TEXT
};

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
  g_free (clinic->contact);
  g_free (clinic->contact_ja);
  g_free (clinic->department);
  g_free (clinic->department_ja);
  g_free (clinic->bank);
  g_free (clinic->bank_ja);
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

void
desk_closed_day_free (DeskClosedDay *closed)
{
  if (!closed)
    return;
  g_free (closed->reason);
  g_free (closed);
}

/* NFC, no spaces around, NULL to "": as the texts are stored. */
void
desk_clinic_tidy (DeskClinic *clinic)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      char **place = G_STRUCT_MEMBER_P (clinic, texts[i].offset);
      char *tidy = desk_text_tidy (*place, FALSE);

      g_free (*place);
      *place = tidy;
    }
}

/* A letter, one of ABC, seven digits: the numbers of plans and facilities by their real examples (facts of the
 * law are not sure enough to refuse another shape, so this only warns). */
static gboolean
has_number_shape (const char *text, char letter)
{
  return text[0] == letter && text[1] >= 'A' && text[1] <= 'C' && strlen (text) == 9 && strspn (text + 2, "0123456789") == 7;
}

static gboolean
address_plausible (const char *email)
{
  const char *at = strchr (email, '@');

  return at && at > email && !strchr (at + 1, '@') && strchr (at + 1, '.') && !strpbrk (email, " ,;<>");
}

/* Checks what was typed into the clinic's record, tidied. */
void
desk_clinic_check (const DeskClinic *clinic, DeskProblems *problems)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    desk_text_check (G_STRUCT_MEMBER (char *, clinic, texts[i].offset), texts[i].name, texts[i].max, FALSE, problems);
  if (!*clinic->name)
    desk_problems_add (problems, "name", "missing", NULL);
  if (*clinic->email && !address_plausible (clinic->email))
    desk_problems_add (problems, "email", "not-an-address", NULL);
  if (*clinic->plan_number && !has_number_shape (clinic->plan_number, 'P'))
    desk_problems_warn (problems, "plan_number", "not-a-plan-number", NULL);
  if (*clinic->facility && !has_number_shape (clinic->facility, 'F'))
    desk_problems_warn (problems, "facility", "not-a-facility-number", NULL);
  if (clinic->opens < 0 || clinic->closes > 1440 || clinic->opens >= clinic->closes)
    desk_problems_add (problems, "closes", "before-opening", NULL);
  if (strlen (clinic->closed_weekdays) >= 7)
    desk_problems_warn (problems, "closed_weekdays", "never-open", NULL);
}

/* Checks a new member of the staff; whether the role is one is left to the list it was chosen from. */
void
desk_staff_check (const DeskStaff *staff, DeskProblems *problems)
{
  desk_text_check (staff->name, "name", 120, FALSE, problems);
  desk_text_check (staff->name_ja ? staff->name_ja : "", "name_ja", 120, FALSE, problems);
  if (!*staff->name)
    desk_problems_add (problems, "name", "missing", NULL);
}
