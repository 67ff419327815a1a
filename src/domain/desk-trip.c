#include "desk-trip.h"

#include "desk-text.h"

#define FIELD(member, max, lines) { #member, G_STRUCT_OFFSET (DeskTrip, member), max, lines }

/* The order is that of the columns in desk-trips.c. */
static const DeskRecordField fields[] = {
  FIELD (route, 20, FALSE),
  FIELD (planned_entry, 60, FALSE),
  FIELD (planned_departure, 60, FALSE),
  FIELD (entered_on, 60, FALSE),
  FIELD (departed_on, 60, FALSE),
  FIELD (departure_reported_on, 60, FALSE),
  FIELD (permitted_until, 60, FALSE),
  FIELD (visa_number, 30, FALSE),
  FIELD (visa_issued_on, 60, FALSE),
  FIELD (visa_until, 60, FALSE),
  FIELD (visa_entries, 10, FALSE),
  FIELD (coe_number, 30, FALSE),
  FIELD (mission, 120, FALSE),
  FIELD (guarantor, 200, FALSE),
  FIELD (guarantor_list, 1, FALSE),
  FIELD (guarantor_number, 60, FALSE),
  FIELD (guarantor_address, 600, TRUE),
  FIELD (guarantor_contact, 600, TRUE),
  FIELD (guarantor_checked_on, 60, FALSE),
  FIELD (note, 2000, TRUE),
};

#undef FIELD

static const char *const routes[] = { "unknown", "exempt", "short_visa", "medical_visa", "coe", "resident", NULL };

/* Which texts are days, and which of these cannot be in the future. */
static const struct
{
  const char *field;
  gboolean past;
} days[] = {
  { "planned_entry", FALSE },         { "planned_departure", FALSE }, { "entered_on", TRUE },
  { "departed_on", TRUE },            { "departure_reported_on", TRUE }, { "permitted_until", FALSE },
  { "visa_issued_on", TRUE },         { "visa_until", FALSE },        { "guarantor_checked_on", TRUE },
};

/* Lends the table of text members; it has n_fields rows. */
const DeskRecordField *
desk_trip_fields (guint *n_fields)
{
  *n_fields = G_N_ELEMENTS (fields);
  return fields;
}

/* The roads into Japan, NULL-terminated: twin of the CHECK in the schema. */
const char *const *
desk_trip_routes (void)
{
  return routes;
}

/* An empty stay; free with desk_trip_free (). */
DeskTrip *
desk_trip_new (gint64 patient_id)
{
  DeskTrip *trip = g_new0 (DeskTrip, 1);

  trip->patient_id = patient_id;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    desk_record_set (trip, &fields[i], i == 0 ? routes[0] : "");
  return trip;
}

/* A copy of its own; free with desk_trip_free (). */
DeskTrip *
desk_trip_copy (const DeskTrip *trip)
{
  DeskTrip *copy = g_memdup2 (trip, sizeof *trip);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    *desk_record_member (copy, &fields[i]) = g_strdup (desk_record_get (trip, &fields[i]));
  copy->companions = trip->companions ? g_array_copy (trip->companions) : NULL;
  return copy;
}

void
desk_trip_free (DeskTrip *trip)
{
  if (!trip)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_free (*desk_record_member (trip, &fields[i]));
  g_clear_pointer (&trip->companions, g_array_unref);
  g_free (trip);
}

/* Spaces and NFC; an empty route is "unknown". */
void
desk_trip_tidy (DeskTrip *trip)
{
  desk_record_tidy (trip, fields, G_N_ELEMENTS (fields));
  if (*trip->route == '\0')
    desk_record_set (trip, &fields[0], routes[0]);
}

/* The day of an ISO text, or DESK_DAY_NONE. */
DeskDay
desk_trip_day (const char *iso)
{
  DeskDay day;

  return desk_day_parse (iso, &day) ? day : DESK_DAY_NONE;
}

static void
check_days (const DeskTrip *trip, DeskDay today, DeskProblems *problems)
{
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      const char *text
          = desk_record_get (trip, desk_record_find (fields, G_N_ELEMENTS (fields), days[i].field));
      DeskDay day;

      if (*text == '\0')
        continue;
      if (!desk_day_parse (text, &day))
        desk_problems_add (problems, days[i].field, "not-a-date", NULL);
      else if (days[i].past && day > today)
        desk_problems_add (problems, days[i].field, "in-future", NULL);
    }
}

static void
check_order (const DeskTrip *trip, DeskProblems *problems)
{
  DeskDay entry = desk_trip_day (trip->planned_entry), departure = desk_trip_day (trip->planned_departure);
  DeskDay entered = desk_trip_day (trip->entered_on), departed = desk_trip_day (trip->departed_on);
  DeskDay until = desk_trip_day (trip->permitted_until), reported = desk_trip_day (trip->departure_reported_on);

  if (entry != DESK_DAY_NONE && departure != DESK_DAY_NONE && departure < entry)
    desk_problems_add (problems, "planned_departure", "before-entry", NULL);
  if (departed != DESK_DAY_NONE && entered == DESK_DAY_NONE)
    desk_problems_add (problems, "departed_on", "without-entry", NULL);
  else if (departed != DESK_DAY_NONE && departed < entered)
    desk_problems_add (problems, "departed_on", "before-entry", NULL);
  if (until != DESK_DAY_NONE && entered != DESK_DAY_NONE && until < entered)
    desk_problems_add (problems, "permitted_until", "before-entry", NULL);
  if (reported != DESK_DAY_NONE && departed == DESK_DAY_NONE)
    desk_problems_add (problems, "departure_reported_on", "without-departure", NULL);
}

static void
check_number (int value, const char *field, DeskProblems *problems)
{
  if (value < 0 || value > 366)
    desk_problems_add (problems, field, "not-a-number", NULL);
}

/* Adds what is wrong with a tidied record. today is the clinic's. */
void
desk_trip_check (const DeskTrip *trip, DeskDay today, DeskProblems *problems)
{
  static const char *const entries[] = { "", "single", "multiple" };
  static const char *const lists[] = { "", "A", "B" };

  desk_record_check (trip, fields, G_N_ELEMENTS (fields), problems);
  if (desk_problems_block (problems))
    return;
  if (!g_strv_contains (routes, trip->route))
    desk_problems_add (problems, "route", "unknown", NULL);
  if (!desk_text_one_of (trip->visa_entries, entries, G_N_ELEMENTS (entries)))
    desk_problems_add (problems, "visa_entries", "unknown", NULL);
  if (!desk_text_one_of (trip->guarantor_list, lists, G_N_ELEMENTS (lists)))
    desk_problems_add (problems, "guarantor_list", "unknown", NULL);
  check_number (trip->exempt_days, "exempt_days", problems);
  check_number (trip->permitted_days, "permitted_days", problems);
  check_number (trip->visa_days, "visa_days", problems);
  check_days (trip, today, problems);
  if (!desk_problems_block (problems))
    check_order (trip, problems);
}

/* Whether that companion comes along on this stay. */
gboolean
desk_trip_has_companion (const DeskTrip *trip, gint64 companion_id)
{
  for (guint i = 0; trip->companions && i < trip->companions->len; i++)
    if (g_array_index (trip->companions, gint64, i) == companion_id)
      return TRUE;
  return FALSE;
}
