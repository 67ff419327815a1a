/* What must hold of a stay and its papers, as a table. Nothing here keeps a stay from being saved: a record must be
 * able to say what is so. */
#include <string.h>

#include "desk-stay.h"

#define LIST_MONTHS 6 /* after which somebody should look the guarantor up again; our choice: nothing is published */

typedef struct
{
  const DeskStayCase *stay_case;
  const DeskTrip *trip;
  DeskStay stay;
  DeskExempt exempt;
  const DeskExemption *line; /* of the exemption, or NULL */
} Look;

/* Whether the rule is broken; may add what it speaks of to detail. */
typedef gboolean (*Broken) (const Look *look, GString *detail);

enum
{
  UNKNOWN = 1 << 0, EXEMPT = 1 << 1, SHORT = 1 << 2, MEDICAL = 1 << 3, COE = 1 << 4, RESIDENT = 1 << 5,
  VISA = SHORT | MEDICAL | COE,
  VISITOR = UNKNOWN | EXEMPT | VISA,
};

typedef enum
{
  NOTE,  /* may be passed over */
  PAPER, /* may be passed over, but not on the certificate */
  ERROR,
  ONLY_PAPER, /* nothing is wrong with the stay, but no certificate can be made out for it any more */
} Weight;

static void
append_day (GString *detail, DeskDay day)
{
  g_autofree char *iso = desk_day_format (day);

  g_string_append (detail, iso ? iso : "");
}

static gboolean
is_set (const char *text)
{
  return text && *text;
}

/* ── the road ── */

static gboolean
route_unknown (const Look *look, GString *detail)
{
  return TRUE;
}

static gboolean
no_nationality (const Look *look, GString *detail)
{
  return !is_set (look->stay_case->patient->nationality);
}

static gboolean
not_exempt (const Look *look, GString *detail)
{
  g_string_append (detail, look->stay_case->patient->nationality);
  return is_set (look->stay_case->patient->nationality) && look->exempt == DESK_EXEMPT_NO;
}

static gboolean
which_passport (const Look *look, GString *detail)
{
  if (look->exempt != DESK_EXEMPT_ASK)
    return FALSE;
  g_autofree char *names = desk_exemption_candidates (look->stay_case->exemptions, look->stay_case->patient->nationality);
  g_string_append (detail, names);
  return TRUE;
}

static gboolean
condition_unchecked (const Look *look, GString *detail)
{
  if (!look->line || !is_set (look->line->requires) || look->trip->condition_met)
    return FALSE;
  g_string_append (detail, look->line->requires);
  return TRUE;
}

static gboolean
other_days (const Look *look, GString *detail)
{
  if (!look->line || look->line->days == look->trip->exempt_days)
    return FALSE;
  g_string_append_printf (detail, "%d", look->line->days);
  return TRUE;
}

static gboolean
longer_than (const Look *look, int days, GString *detail)
{
  if (days <= 0 || look->stay.stamped || look->stay.total <= days)
    return FALSE;
  g_string_append_printf (detail, "%d", days);
  return TRUE;
}

static gboolean
over_exempt_days (const Look *look, GString *detail)
{
  return longer_than (look, look->trip->exempt_days, detail);
}

static gboolean
over_visa_days (const Look *look, GString *detail)
{
  return longer_than (look, look->trip->visa_days, detail);
}

/* ── the plan (visa.md 1.4, rules 1 to 3) ── */

static gboolean
no_entry (const Look *look, GString *detail)
{
  return look->stay.entry == DESK_DAY_NONE;
}

/* The certificate asks for a visa for an entry to come: an embassy sends back one whose day of entry is over. */
static gboolean
already_entered (const Look *look, GString *detail)
{
  if (!look->stay.entered)
    return FALSE;
  append_day (detail, look->stay.entry);
  return TRUE;
}

static gboolean
entry_past (const Look *look, GString *detail)
{
  if (look->stay.entered || look->stay.entry == DESK_DAY_NONE || look->stay.entry >= look->stay_case->today)
    return FALSE;
  append_day (detail, look->stay.entry);
  return TRUE;
}

static gboolean
no_departure (const Look *look, GString *detail)
{
  return look->stay.departure == DESK_DAY_NONE;
}

static gboolean
is_multiple (const Look *look)
{
  return g_str_equal (look->trip->visa_entries, "multiple");
}

static gboolean
multiple_over_90 (const Look *look, GString *detail)
{
  return is_multiple (look) && look->stay.total > DESK_STAY_LONGEST;
}

/* The same visa is used again: each of its stays is held to the ninety days. */
static gboolean
other_over_90 (const Look *look, GString *detail)
{
  const GPtrArray *trips = look->stay_case->trips;

  for (guint i = 0; is_multiple (look) && trips && i < trips->len; i++)
    {
      const DeskTrip *other = trips->pdata[i];
      DeskStay stay;

      if (other->id == look->trip->id || other->cancelled_at || !g_str_equal (other->visa_number, look->trip->visa_number))
        continue;
      desk_stay_count (other, look->stay_case->today, &stay);
      if (stay.total > DESK_STAY_LONGEST)
        {
          append_day (detail, stay.entry);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
no_schedule (const Look *look, GString *detail)
{
  return is_multiple (look) && !look->stay_case->schedule;
}

static gboolean
not_hospitalised (const Look *look, GString *detail)
{
  return look->stay.total > DESK_STAY_LONGEST && !look->trip->hospitalised;
}

static gboolean
no_coe (const Look *look, GString *detail)
{
  return look->stay.total > DESK_STAY_LONGEST && !is_set (look->trip->coe_number);
}

static gboolean
coe_without_number (const Look *look, GString *detail)
{
  return look->stay.total <= DESK_STAY_LONGEST && !is_set (look->trip->coe_number);
}

static gboolean
after_single_visa (const Look *look, GString *detail)
{
  DeskDay issued = desk_trip_day (look->trip->visa_issued_on);
  DeskDay last = issued == DESK_DAY_NONE ? DESK_DAY_NONE : desk_day_add_months (issued, 3);

  if (last == DESK_DAY_NONE || !g_str_equal (look->trip->visa_entries, "single") || look->stay.entry <= last)
    return FALSE;
  append_day (detail, last);
  return TRUE;
}

static gboolean
after_visa_until (const Look *look, GString *detail)
{
  DeskDay until = desk_trip_day (look->trip->visa_until);

  if (until == DESK_DAY_NONE || look->stay.entry <= until)
    return FALSE;
  append_day (detail, until);
  return TRUE;
}

static gboolean
overlaps (const Look *look, GString *detail)
{
  const GPtrArray *trips = look->stay_case->trips;

  for (guint i = 0; trips && look->stay.total > 0 && i < trips->len; i++)
    {
      const DeskTrip *other = trips->pdata[i];
      DeskStay stay;

      desk_stay_count (other, look->stay_case->today, &stay);
      /* One may leave and come back on the same day. */
      if (other->id != look->trip->id && !other->cancelled_at && stay.total > 0 && stay.entry < look->stay.departure
          && look->stay.entry < stay.departure)
        {
          append_day (detail, stay.entry);
          return TRUE;
        }
    }
  return FALSE;
}

/* ── names, passports, companions (rules 4, 5, 8) ── */

static gboolean
not_latin (const Look *look, GString *detail)
{
  const DeskPatient *patient = look->stay_case->patient;

  return !desk_companion_name_is_latin (patient->family) || !desk_companion_name_is_latin (patient->given);
}

static gboolean
no_passport (const Look *look, GString *detail)
{
  return !is_set (look->stay_case->patient->passport);
}

static gboolean
no_expiry (const Look *look, GString *detail)
{
  return is_set (look->stay_case->patient->passport) && !is_set (look->stay_case->patient->passport_until);
}

static gboolean
ends_before_departure (const char *passport_until, const Look *look)
{
  DeskDay until = desk_trip_day (passport_until);

  return until != DESK_DAY_NONE && look->stay.departure != DESK_DAY_NONE && until < look->stay.departure;
}

static gboolean
passport_too_short (const Look *look, GString *detail)
{
  if (look->stay.departed || !ends_before_departure (look->stay_case->patient->passport_until, look))
    return FALSE;
  g_string_append (detail, look->stay_case->patient->passport_until);
  return TRUE;
}

/* The name on the papers must be the passport's, letter by letter as its zone transliterates. */
static gboolean
name_differs (const Look *look, GString *detail)
{
  const DeskPatient *patient = look->stay_case->patient;

  return desk_passport_tell (look->stay_case->readings, 0, patient->family, patient->given, detail);
}

static gboolean
name_unread (const Look *look, GString *detail)
{
  return is_set (look->stay_case->patient->passport) && !desk_passport_reading_find (look->stay_case->readings, 0);
}

typedef gboolean (*CompanionBroken) (const Look *look, const DeskCompanion *companion);

static gboolean
name_those (const Look *look, CompanionBroken broken, GString *detail)
{
  const GPtrArray *companions = look->stay_case->companions;

  for (guint i = 0; companions && i < companions->len; i++)
    if (broken (look, companions->pdata[i]))
      {
        g_autofree char *name = desk_companion_name (companions->pdata[i]);

        g_string_append_printf (detail, "%s%s", detail->len ? ", " : "", name);
      }
  return detail->len > 0;
}

static gboolean
comes_along (const Look *look, const DeskCompanion *companion)
{
  return desk_trip_has_companion (look->trip, companion->id);
}

static gboolean
without_passport (const Look *look, const DeskCompanion *companion)
{
  return comes_along (look, companion) && !is_set (companion->passport);
}

static gboolean
with_shared_passport (const Look *look, const DeskCompanion *companion)
{
  if (!comes_along (look, companion) || !is_set (companion->passport))
    return FALSE;
  if (g_strcmp0 (companion->passport, look->stay_case->patient->passport) == 0)
    return TRUE;
  for (guint i = 0; i < look->stay_case->companions->len; i++)
    {
      const DeskCompanion *other = look->stay_case->companions->pdata[i];

      if (other != companion && comes_along (look, other) && g_strcmp0 (other->passport, companion->passport) == 0
          && g_strcmp0 (other->nationality, companion->nationality) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
with_other_letters (const Look *look, const DeskCompanion *companion)
{
  return comes_along (look, companion)
         && (!desk_companion_name_is_latin (companion->family) || !desk_companion_name_is_latin (companion->given));
}

static gboolean
with_short_passport (const Look *look, const DeskCompanion *companion)
{
  return comes_along (look, companion) && !look->stay.departed && ends_before_departure (companion->passport_until, look);
}

static gboolean
not_on_the_paper (const Look *look, const DeskCompanion *companion)
{
  return !companion->removed_at && !comes_along (look, companion) && !look->stay.departed;
}

static gboolean
no_longer_coming (const Look *look, const DeskCompanion *companion)
{
  return companion->removed_at && comes_along (look, companion) && !look->stay.entered;
}

static gboolean
with_unread_name (const Look *look, const DeskCompanion *companion)
{
  return comes_along (look, companion) && is_set (companion->passport)
         && !desk_passport_reading_find (look->stay_case->readings, companion->id);
}

static gboolean
companion_name_differs (const Look *look, GString *detail)
{
  const GPtrArray *companions = look->stay_case->companions;

  for (guint i = 0; companions && i < companions->len; i++)
    {
      const DeskCompanion *companion = companions->pdata[i];
      if (comes_along (look, companion))
        desk_passport_tell (look->stay_case->readings, companion->id, companion->family, companion->given, detail);
    }
  return detail->len > 0;
}

#define COMPANIONS(func, broken) \
  static gboolean func (const Look *look, GString *detail) { return name_those (look, broken, detail); }

COMPANIONS (companion_passport, without_passport)
COMPANIONS (companion_shared, with_shared_passport)
COMPANIONS (companion_letters, with_other_letters)
COMPANIONS (companion_short, with_short_passport)
COMPANIONS (companion_unnamed, not_on_the_paper)
COMPANIONS (companion_removed, no_longer_coming)
COMPANIONS (companion_unread, with_unread_name)

/* ── the guarantor (rule 6) ── */

static gboolean
no_guarantor (const Look *look, GString *detail)
{
  return !is_set (look->trip->guarantor);
}

static gboolean
no_list (const Look *look, GString *detail)
{
  return is_set (look->trip->guarantor) && !is_set (look->trip->guarantor_list);
}

static gboolean
no_number (const Look *look, GString *detail)
{
  return is_set (look->trip->guarantor) && !is_set (look->trip->guarantor_number);
}

static gboolean
not_looked_up (const Look *look, GString *detail)
{
  return is_set (look->trip->guarantor) && !is_set (look->trip->guarantor_checked_on);
}

/* The public lists change: what was looked up a year ago may no longer be so. */
static gboolean
looked_up_long_ago (const Look *look, GString *detail)
{
  DeskDay checked = desk_trip_day (look->trip->guarantor_checked_on);

  if (checked == DESK_DAY_NONE || look->stay.departed || desk_day_add_months (checked, LIST_MONTHS) >= look->stay_case->today)
    return FALSE;
  append_day (detail, checked);
  return TRUE;
}

/* ── in Japan, and out again (rule 7) ── */

static gboolean
no_stamp (const Look *look, GString *detail)
{
  return look->stay.entered && !look->stay.departed && !look->stay.stamped;
}

/* The last day as stamped is that of our count or the one after it. */
static gboolean
stamp_differs (const Look *look, GString *detail)
{
  DeskDay until = desk_trip_day (look->trip->permitted_until);
  DeskDay counted = desk_stay_last_day (look->stay.entry, look->trip->permitted_days);

  if (!look->stay.entered || until == DESK_DAY_NONE || counted == DESK_DAY_NONE || until == counted || until == counted + 1)
    return FALSE;
  append_day (detail, counted);
  return TRUE;
}

static gboolean
over_permission (const Look *look, GString *detail)
{
  if (!look->stay.stamped || look->stay.departed || look->stay.last == DESK_DAY_NONE || look->stay.departure <= look->stay.last)
    return FALSE;
  append_day (detail, look->stay.last);
  return TRUE;
}

static gboolean
overstayed (const Look *look, GString *detail)
{
  DeskDay here = look->stay.departed ? look->stay.departure : look->stay_case->today;

  if (!look->stay.entered || look->stay.last == DESK_DAY_NONE || here <= look->stay.last)
    return FALSE;
  append_day (detail, look->stay.last);
  return TRUE;
}

static gboolean
departure_not_recorded (const Look *look, GString *detail)
{
  if (!look->stay.entered || look->stay.departed || look->stay.departure == DESK_DAY_NONE
      || look->stay.departure >= look->stay_case->today)
    return FALSE;
  append_day (detail, look->stay.departure);
  return TRUE;
}

static gboolean
departure_not_reported (const Look *look, GString *detail)
{
  return look->stay.departed && !is_set (look->trip->departure_reported_on);
}

/* ── the table ── */

static const struct
{
  const char *field, *code;
  guint routes;
  Weight weight;
  Broken broken;
} rules[] = {
  { "route", "route-unknown", UNKNOWN, NOTE, route_unknown },
  { "route", "no-nationality", EXEMPT, NOTE, no_nationality },
  { "route", "not-exempt", EXEMPT, ERROR, not_exempt },
  { "route", "which-passport", EXEMPT, NOTE, which_passport },
  { "condition_met", "condition-unchecked", EXEMPT, NOTE, condition_unchecked },
  { "exempt_days", "other-days", EXEMPT, NOTE, other_days },
  { "planned_entry", "missing", VISITOR, PAPER, no_entry },
  { "planned_entry", "entered", VISITOR, ONLY_PAPER, already_entered },
  { "planned_entry", "in-past", VISITOR, ONLY_PAPER, entry_past },
  { "planned_entry", "after-single-visa", VISA, ERROR, after_single_visa },
  { "planned_entry", "after-visa", VISA, ERROR, after_visa_until },
  { "planned_entry", "overlaps", VISITOR, ERROR, overlaps },
  { "planned_departure", "missing", VISITOR, PAPER, no_departure },
  { "planned_departure", "over-exempt-days", EXEMPT, ERROR, over_exempt_days },
  { "planned_departure", "over-visa-days", VISA, ERROR, over_visa_days },
  { "planned_departure", "multiple-over-90", VISA, ERROR, multiple_over_90 },
  { "planned_departure", "over-permission", VISITOR, ERROR, over_permission },
  { "hospitalised", "over-90", VISITOR, ERROR, not_hospitalised },
  { "coe_number", "over-90", VISITOR, ERROR, no_coe },
  { "coe_number", "missing", COE, NOTE, coe_without_number },
  { "visa_entries", "other-over-90", VISA, ERROR, other_over_90 },
  { "visa_entries", "no-schedule", VISA, PAPER, no_schedule },
  { "patient", "no-passport", VISITOR, PAPER, no_passport },
  { "patient", "not-latin", VISITOR, PAPER, not_latin },
  { "patient", "no-expiry", VISITOR, NOTE, no_expiry },
  { "patient", "passport-too-short", VISITOR, NOTE, passport_too_short },
  { "patient", "visa-name-differs", VISA, PAPER, name_differs },
  { "patient", "visa-name-differs", UNKNOWN | EXEMPT, NOTE, name_differs },
  { "patient", "visa-name-unread", VISA, NOTE, name_unread },
  { "companions", "no-passport", VISITOR, PAPER, companion_passport },
  { "companions", "shared-passport", VISITOR, ERROR, companion_shared },
  { "companions", "not-latin", VISITOR, PAPER, companion_letters },
  { "companions", "passport-too-short", VISITOR, NOTE, companion_short },
  { "companions", "visa-name-differs", VISA, PAPER, companion_name_differs },
  { "companions", "visa-name-differs", UNKNOWN | EXEMPT, NOTE, companion_name_differs },
  { "companions", "visa-name-unread", VISA, NOTE, companion_unread },
  { "companions", "not-on-paper", MEDICAL, NOTE, companion_unnamed },
  { "companions", "removed", VISITOR, NOTE, companion_removed },
  { "guarantor", "missing", MEDICAL, PAPER, no_guarantor },
  { "guarantor_list", "missing", MEDICAL, PAPER, no_list },
  { "guarantor_number", "missing", MEDICAL, PAPER, no_number },
  { "guarantor_checked_on", "missing", MEDICAL, PAPER, not_looked_up },
  { "guarantor_checked_on", "old", MEDICAL, NOTE, looked_up_long_ago },
  { "permitted_until", "no-stamp", VISITOR, NOTE, no_stamp },
  { "permitted_until", "stamp-differs", VISITOR, NOTE, stamp_differs },
  { "departed_on", "not-recorded", VISITOR, NOTE, departure_not_recorded },
  { "departed_on", "overstayed", VISITOR, ERROR, overstayed },
  { "departure_reported_on", "missing", MEDICAL, NOTE, departure_not_reported },
};

static guint
route_bit (const char *route)
{
  const char *const *routes = desk_trip_routes ();

  for (guint i = 0; routes[i]; i++)
    if (g_str_equal (routes[i], route))
      return 1u << i;
  return UNKNOWN;
}

static void
check (const DeskStayCase *stay_case, Weight stops, DeskProblems *problems)
{
  Look look = { stay_case, stay_case->trip };
  guint route = route_bit (stay_case->trip->route);

  desk_stay_count (look.trip, stay_case->today, &look.stay);
  look.exempt = desk_exemption_find (stay_case->exemptions, stay_case->patient->nationality, &look.line);
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (GString) detail = g_string_new (NULL);

      if (!(rules[i].routes & route) || (rules[i].weight == ONLY_PAPER && stops != PAPER) || !rules[i].broken (&look, detail))
        continue;
      if (rules[i].weight >= stops)
        desk_problems_add (problems, rules[i].field, rules[i].code, detail->len ? detail->str : NULL);
      else
        desk_problems_warn (problems, rules[i].field, rules[i].code, detail->len ? detail->str : NULL);
    }
}

/* Adds all that is wrong with a stay. Fields are those of DeskTrip, "companions" or "patient"; detail is a day (ISO), a
 * number of days, names, codes of conditions or of countries. */
void
desk_stay_check (const DeskStayCase *stay_case, DeskProblems *problems)
{
  check (stay_case, ERROR, problems);
}

/* The same before the certificate is printed: what the paper cannot do without stops it. */
void
desk_stay_check_certificate (const DeskStayCase *stay_case, DeskProblems *problems)
{
  check (stay_case, PAPER, problems);
}
