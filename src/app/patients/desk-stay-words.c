#include "desk-stay-words.h"

#include <glib/gi18n.h>

#include "desk-country.h"
#include "desk-words.h"

typedef enum { PLAIN, DAY, CONDITIONS, COUNTRIES, COUNTRY } Detail;

/* A %s is where the detail stands. */
static const struct
{
  const char *field, *code;
  const char *text;
  Detail detail;
} sentences[] = {
  { "route", "route-unknown", N_("How the patient enters Japan is not decided yet."), PLAIN },
  { "route", "no-nationality", N_("The patient’s nationality is missing, so nobody can say whether a visa is needed."), PLAIN },
  { "route", "not-exempt", N_("%s is not in the table of visa exemptions: a visa is needed."), COUNTRY },
  { "route", "which-passport", N_("Please look at the passport: the nationality alone does not say whether it is one of %s, which need no visa. Then set the nationality."), COUNTRIES },
  { "condition_met", "condition-unchecked", N_("The exemption has a condition nobody has checked: %s."), CONDITIONS },
  { "exempt_days", "other-days", N_("The table of visa exemptions says %s days."), PLAIN },
  { "planned_entry", "missing", N_("The planned day of entry is missing."), PLAIN },
  { "planned_entry", "entered", N_("The patient entered Japan on %s already: a visa certificate is made out before the entry."), DAY },
  { "planned_entry", "in-past", N_("The planned day of entry, %s, is past. Please change it, or write down the entry."), DAY },
  { "planned_entry", "after-single-visa", N_("A single-entry visa must be used within three months of issue, by %s."), DAY },
  { "planned_entry", "after-visa", N_("The visa must be used by %s."), DAY },
  { "planned_entry", "overlaps", N_("This stay overlaps the one from %s."), DAY },
  { "planned_departure", "missing", N_("The planned day of departure is missing."), PLAIN },
  { "planned_departure", "over-exempt-days", N_("The stay is longer than the %s days without a visa."), PLAIN },
  { "planned_departure", "over-visa-days", N_("The stay is longer than the %s days the visa grants."), PLAIN },
  { "planned_departure", "multiple-over-90", N_("With a multiple-entry visa no stay may be longer than 90 days."), PLAIN },
  { "planned_departure", "over-permission", N_("The departure is planned after the last day permitted, %s."), DAY },
  { "hospitalised", "over-90", N_("More than 90 days are possible only in hospital; an outpatient has to leave and come back."), PLAIN },
  { "coe_number", "over-90", N_("More than 90 days need a Certificate of Eligibility (COE)."), PLAIN },
  { "coe_number", "missing", N_("The number of the Certificate of Eligibility is missing."), PLAIN },
  { "visa_entries", "other-over-90", N_("Another stay on this multiple-entry visa, from %s, is longer than 90 days."), DAY },
  { "visa_entries", "no-schedule", N_("A multiple-entry visa needs a treatment schedule, and no visits are booked."), PLAIN },
  { "patient", "no-passport", N_("The patient’s passport number is missing."), PLAIN },
  { "patient", "not-latin", N_("The patient’s name must be written in the letters of the passport."), PLAIN },
  { "patient", "no-expiry", N_("Until when the patient’s passport is valid is missing."), PLAIN },
  { "patient", "passport-too-short", N_("The patient’s passport expires before the departure, on %s."), DAY },
  { "patient", "visa-name-differs", N_("The patient’s name is not the one in the passport: %s."), PLAIN },
  { "patient", "visa-name-unread", N_("The patient’s passport has not been read: compare the name on the visa papers with it, or read its lines into the record."), PLAIN },
  { "companions", "no-passport", N_("Passport number missing: %s."), PLAIN },
  { "companions", "shared-passport", N_("Everybody needs a passport of their own: %s."), PLAIN },
  { "companions", "not-latin", N_("Not written in the letters of the passport: %s."), PLAIN },
  { "companions", "visa-name-differs", N_("A companion’s name is not the one in the passport: %s."), PLAIN },
  { "companions", "visa-name-unread", N_("The passport has not been read, so nobody compared the name: %s."), PLAIN },
  { "companions", "passport-too-short", N_("The passport expires before the departure: %s."), PLAIN },
  { "companions", "not-on-paper", N_("A companion who is not on this stay, and so not on its visa papers: %s."), PLAIN },
  { "companions", "removed", N_("On this stay, but no longer comes along: %s."), PLAIN },
  { "guarantor", "missing", N_("A visa for medical stay needs a registered guarantor."), PLAIN },
  { "guarantor_list", "missing", N_("Which public list the guarantor is on, A or B, is missing."), PLAIN },
  { "guarantor_number", "missing", N_("The guarantor’s registration number is missing."), PLAIN },
  { "guarantor_checked_on", "old", N_("The guarantor was last looked up in the public list on %s: look again."), DAY },
  { "guarantor_checked_on", "missing", N_("When the guarantor was last looked up in the public list is missing."), PLAIN },
  { "permitted_until", "no-stamp", N_("Please write down the landing permission stamped in the passport: it is what counts."), PLAIN },
  { "permitted_until", "stamp-differs", N_("The stamped days end on %s by our count. Please look at the stamp again."), DAY },
  { "departed_on", "not-recorded", N_("The departure was planned for %s and is not recorded."), DAY },
  { "departed_on", "overstayed", N_("The last day permitted was %s."), DAY },
  { "departure_reported_on", "missing", N_("The guarantor must make the departure report (出国報告). Write down when it was made."), PLAIN },
};

/* Codes joined by '+', each in words. */
static char *
join (const char *codes, Detail detail)
{
  g_auto (GStrv) each = g_strsplit (codes, "+", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; each[i]; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : detail == CONDITIONS ? _("; ") : _(", "),
                            detail == CONDITIONS ? desk_words ("exempt-condition", each[i])
                                                 : desk_country_name (each[i], desk_words_language ()));
  return g_string_free (text, FALSE);
}

static char *
detail_words (const char *text, Detail detail)
{
  if (!text || detail == PLAIN)
    return g_strdup (text ? text : "");
  return detail == DAY ? desk_words_iso_day (text) : join (text, detail);
}

/* A sentence for what a rule of the stay found, or a check of its record; the caller frees it. */
char *
desk_stay_problem_words (const DeskProblem *problem)
{
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (sentences[i].field, problem->field) && g_str_equal (sentences[i].code, problem->code))
      {
        g_autofree char *detail = detail_words (problem->detail, sentences[i].detail);
        g_auto (GStrv) parts = g_strsplit (_(sentences[i].text), "%s", 2);

        return g_strconcat (parts[0], parts[1] ? detail : NULL, parts[1], NULL);
      }
  return desk_words_problem (problem);
}

/* "Day 12 of 90, until 3 March": how the stay stands; the caller frees it. */
char *
desk_stay_days_words (const DeskStay *stay)
{
  g_autofree char *iso = desk_day_format (stay->last);
  g_autofree char *last = desk_words_iso_day (iso ? iso : "");

  if (stay->day > 0 && stay->allowed > 0)
    return g_strdup_printf (stay->stamped ? _("Day %d of %d, until %s") : _("Day %d of %d, until %s (not stamped yet)"),
                            stay->day, stay->allowed, last);
  if (stay->day > 0)
    return g_strdup_printf (_("Day %d"), stay->day);
  if (stay->total > 0 && stay->allowed > 0 && !stay->departed)
    return g_strdup_printf (g_dngettext (NULL, "%d day of at most %d", "%d days of at most %d", stay->total), stay->total,
                            stay->allowed);
  if (stay->total > 0)
    return g_strdup_printf (g_dngettext (NULL, "%d day", "%d days", stay->total), stay->total);
  return g_strdup (_("Days not known yet"));
}

/* Planned and actual days beside each other; the caller frees it. */
char *
desk_stay_dates_words (const DeskTrip *trip)
{
  g_autofree char *entry = desk_words_iso_day (trip->planned_entry);
  g_autofree char *departure = desk_words_iso_day (trip->planned_departure);
  g_autofree char *entered = desk_words_iso_day (trip->entered_on);
  g_autofree char *departed = desk_words_iso_day (trip->departed_on);
  GString *text = g_string_new (NULL);

  if (*entry || *departure)
    g_string_append_printf (text, _("Planned: %s – %s"), *entry ? entry : "?", *departure ? departure : "?");
  if (*entered)
    g_string_append_printf (text, "%s%s", text->len ? "   ·   " : "", _("Entered: "));
  if (*entered)
    g_string_append (text, entered);
  if (*departed)
    g_string_append_printf (text, "   ·   %s%s", _("Departed: "), departed);
  return g_string_free (text, FALSE);
}

/* What the table says of a nationality, with the day on which that was true; the caller frees it. */
char *
desk_stay_exemption_words (const GPtrArray *table, const char *nationality)
{
  const DeskExemption *line;
  DeskExempt exempt = desk_exemption_find (table, nationality, &line);
  const char *oldest, *newest;
  GString *text = g_string_new (NULL);

  if (!nationality || *nationality == '\0')
    return g_string_free (g_string_append (text, _("The patient’s nationality is not known.")), FALSE);
  if (exempt == DESK_EXEMPT_ASK)
    {
      g_autofree char *codes = desk_exemption_candidates (table, nationality);
      g_autofree char *names = join (codes, COUNTRIES);

      g_string_append_printf (text, _("%s: needs a visa, unless it is a passport of %s. Please look at the passport."),
                              desk_country_name (nationality, desk_words_language ()), names);
      return g_string_free (text, FALSE);
    }
  desk_exemption_as_of (table, &oldest, &newest);
  g_autofree char *as_of = desk_words_iso_day (line ? line->as_of : newest ? newest : "");
  if (!line)
    {
      g_string_append_printf (text, _("%s: not exempt, a visa is needed (table as of %s)."),
                              desk_country_name (nationality, desk_words_language ()), as_of);
      return g_string_free (text, FALSE);
    }
  g_string_append_printf (text, _("%s: up to %d days without a visa (as of %s)."),
                          desk_country_name (line->nationality, desk_words_language ()), line->days, as_of);
  if (*line->requires)
    {
      g_autofree char *conditions = join (line->requires, CONDITIONS);

      g_string_append_printf (text, _(" Condition: %s."), conditions);
    }
  if (line->extension)
    g_string_append_printf (text, _(" An extension up to %d months can be asked for at the immigration bureau before the days end."),
                            line->extension);
  if (!g_str_equal (line->confidence, "high"))
    g_string_append (text, _(" This line is not certain: please ask the Japanese mission."));
  return g_string_free (text, FALSE);
}
