#include <string.h>

#include "desk-stay.h"

/* A day of 2026 and around, as a plan names it. */
static DeskDay
day (const char *iso)
{
  DeskDay out;

  g_assert_true (desk_day_parse (iso, &out));
  return out;
}

/* ── the table of exemptions ── */

static void
test_exemption (void)
{
  static const struct
  {
    const char *nationality;
    DeskExempt exempt;
    int days;              /* of the line, 0 for none */
    const char *requires;  /* NULL: not looked at */
    const char *candidates;
  } cases[] = {
    { "USA", DESK_EXEMPT_YES, 90, "", "USA" },
    { "DEU", DESK_EXEMPT_YES, 90, "", "" },
    { "D", DESK_EXEMPT_YES, 90, "", "DEU" }, /* as Germany's passports print it */
    { "THA", DESK_EXEMPT_YES, 15, "epassport", NULL },
    { "IDN", DESK_EXEMPT_YES, 15, "epassport+registration", NULL },
    { "QAT", DESK_EXEMPT_YES, 30, "epassport+registration", NULL },
    { "BRN", DESK_EXEMPT_YES, 30, "", NULL },
    { "TWN", DESK_EXEMPT_YES, 90, "personal_number", NULL },
    { "HKG", DESK_EXEMPT_YES, 90, "hksar_or_bno", NULL },
    { "MAC", DESK_EXEMPT_YES, 90, "macao_sar", NULL },
    { "GBR", DESK_EXEMPT_YES, 90, "british_citizen", NULL },
    { "CHN", DESK_EXEMPT_ASK, 0, NULL, "HKG+MAC" }, /* the zone alone cannot tell */
    { "GBN", DESK_EXEMPT_ASK, 0, NULL, "HKG" },
    { "GBD", DESK_EXEMPT_NO, 0, NULL, "" },
    { "VNM", DESK_EXEMPT_NO, 0, NULL, "" },
    { "IND", DESK_EXEMPT_NO, 0, NULL, "" },
    { "", DESK_EXEMPT_NO, 0, NULL, "" },
    { NULL, DESK_EXEMPT_NO, 0, NULL, NULL },
  };
  g_autoptr (GPtrArray) table = desk_exemption_shipped ();

  g_assert_cmpuint (table->len, ==, 74);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const DeskExemption *line;

      g_test_message ("%s", cases[i].nationality);
      g_assert_cmpint (desk_exemption_find (table, cases[i].nationality, &line), ==, cases[i].exempt);
      g_assert_cmpint (line ? line->days : 0, ==, cases[i].days);
      if (cases[i].requires)
        g_assert_cmpstr (line->requires, ==, cases[i].requires);
      if (cases[i].candidates)
        {
          g_autofree char *candidates = desk_exemption_candidates (table, cases[i].nationality);
          g_assert_cmpstr (candidates, ==, cases[i].candidates);
        }
    }
}

/* Seven of them can stay six months, with an extension that is asked for here. */
static void
test_extension (void)
{
  static const char *const known[] = { "AUT", "CHE", "DEU", "GBR", "IRL", "LIE", "MEX", NULL };
  g_autoptr (GPtrArray) table = desk_exemption_shipped ();
  const char *oldest, *newest;
  guint n = 0;

  for (guint i = 0; i < table->len; i++)
    {
      const DeskExemption *line = table->pdata[i];
      DeskDay as_of;

      g_assert_cmpint (line->extension, ==, g_strv_contains (known, line->nationality) ? 6 : 0);
      n += line->extension > 0;
      g_assert_true (desk_day_parse (line->as_of, &as_of));
    }
  g_assert_cmpuint (n, ==, 7);
  desk_exemption_as_of (table, &oldest, &newest);
  g_assert_cmpstr (oldest, ==, "2025-09-01");
  g_assert_cmpstr (newest, ==, "2025-09-01");
}

static GPtrArray *
rows_of (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    g_ptr_array_add (rows, g_strsplit (lines[i], ",", -1));
  return rows;
}

#define HEAD "nationality,mrz,days,extension_months,requires,confidence,as_of,note\n"

static void
test_replacement (void)
{
  static const struct
  {
    const char *text;
    const char *field, *code, *detail; /* NULL: accepted */
  } cases[] = {
    { HEAD "USA,USA,90,,,high,2026-01-01,", NULL, NULL, NULL },
    { HEAD "HKG,CHN+GBN,90,,hksar_or_bno,medium,2026-01-01,looked at", NULL, NULL, NULL },
    { "days,NATIONALITY,mrz,extension_months,requires,confidence,as_of\n90,USA,USA,,,high,2026-01-01", NULL, NULL, NULL },
    { HEAD, "nationality", "empty", "1: " },
    { "", "nationality", "empty", "1: " },
    { "nationality,days\nUSA,90", "mrz", "no-column", "1: mrz" },
    { HEAD "US,USA,90,,,high,2026-01-01,", "nationality", "unknown-country", "2: US" },
    { HEAD "USA,USA,90,,,high,2026-01-01,\nUSA,USA,30,,,high,2026-01-01,", "nationality", "twice", "3: USA" },
    { HEAD "USA,USA,ninety,,,high,2026-01-01,", "days", "not-a-number", "2: ninety" },
    { HEAD "USA,USA,0,,,high,2026-01-01,", "days", "not-a-number", "2: 0" },
    { HEAD "USA,USA,367,,,high,2026-01-01,", "days", "not-a-number", "2: 367" },
    { HEAD "USA,USA,90,13,,high,2026-01-01,", "extension_months", "not-a-number", "2: 13" },
    { HEAD "USA,USA,90,,blue cover,high,2026-01-01,", "requires", "unknown", "2: blue cover" },
    { HEAD "USA,usa,90,,,high,2026-01-01,", "mrz", "unknown", "2: usa" },
    { HEAD "USA,,90,,,high,2026-01-01,", "mrz", "unknown", "2: " },
    { HEAD "USA,USA,90,,,sure,2026-01-01,", "confidence", "unknown", "2: sure" },
    { HEAD "USA,USA,90,,,high,1/1/2026,", "as_of", "not-a-date", "2: 1/1/2026" },
    { HEAD "USA,USA,90,,,high,2027-01-01,", "as_of", "in-future", "2: 2027-01-01" },
    { HEAD "USA", "mrz", "unknown", "2: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) rows = rows_of (cases[i].text);
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      g_test_message ("%s", cases[i].text);
      if (*cases[i].text == '\0')
        g_ptr_array_set_size (rows, 0);
      g_autoptr (GPtrArray) table = desk_exemption_read (rows, NULL, day ("2026-11-22"), problems);
      g_assert_cmpint (table != NULL, ==, cases[i].code == NULL);
      if (!cases[i].code)
        continue;
      const DeskProblem *problem = desk_problems_find (problems, cases[i].field);
      g_assert_nonnull (problem);
      g_assert_cmpstr (problem->code, ==, cases[i].code);
      g_assert_cmpstr (problem->detail, ==, cases[i].detail);
    }
}

/* What is new, gone and different; a note or a day of looking up is no difference. */
static void
test_compare (void)
{
  static const char *const expected[] = { "AND 90→30", "ARE 90→gone", "AUS 90→90", "CHN new→15" };
  g_autoptr (GPtrArray) before = desk_exemption_shipped (), after = desk_exemption_shipped ();
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GPtrArray) rows = rows_of (HEAD "CHN,CHN,15,,,low,2026-01-01,");
  g_autoptr (GPtrArray) more = desk_exemption_read (rows, NULL, day ("2026-11-22"), problems);
  DeskExemption *argentina = after->pdata[2], *australia = after->pdata[3];

  ((DeskExemption *) after->pdata[0])->days = 30;
  g_free (argentina->note);
  argentina->note = g_strdup ("asked again");
  g_free (australia->requires);
  australia->requires = g_strdup ("epassport");
  g_ptr_array_remove_index (after, 1);
  g_ptr_array_add (after, g_ptr_array_steal_index (more, 0));
  g_autoptr (GArray) changes = desk_exemption_compare (before, after);
  g_assert_cmpuint (changes->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < changes->len; i++)
    {
      const DeskExemptionChange *change = &g_array_index (changes, DeskExemptionChange, i);
      g_autofree char *old = change->before ? g_strdup_printf ("%d", change->before->days) : g_strdup ("new");
      g_autofree char *new = change->after ? g_strdup_printf ("%d", change->after->days) : g_strdup ("gone");
      g_autofree char *text = g_strdup_printf ("%s %s→%s", (change->before ? change->before : change->after)->nationality, old, new);

      g_assert_cmpstr (text, ==, expected[i]);
    }
  g_autoptr (GArray) none = desk_exemption_compare (before, before);
  g_assert_cmpuint (none->len, ==, 0);
}

/* What is written can be read again; a comma and a quotation mark stand in quotation marks. */
static void
test_write (void)
{
  g_autoptr (GPtrArray) table = desk_exemption_shipped ();
  DeskExemption *first = table->pdata[0];

  g_free (first->note);
  first->note = g_strdup ("the \"red\" one");
  g_autofree char *text = desk_exemption_write (table);
  g_assert_true (g_str_has_prefix (text, "nationality,mrz,days,extension_months,requires,confidence,as_of,note\r\n"
                                         "AND,AND,90,,,high,2025-09-01,\"the \"\"red\"\" one\"\r\n"));
  g_assert_nonnull (strstr (text, "\r\nIDN,IDN,15,,epassport+registration,"));
}

/* ── counting ── */

static void
test_count (void)
{
  static const struct
  {
    const char *entered, *planned, *departed, *leaves, *until, *today, *route;
    int permitted, exempt, visa;
    int day, total, allowed;
    const char *last; /* NULL: not known */
    gboolean stamped;
  } cases[] = {
    /* The day of landing is day 1: ninety days from 1 January end on 31 March, in a leap year on 30 March. */
    { "", "2026-01-01", "", "2026-03-31", "", "2025-12-01", "exempt", 0, 90, 0, 0, 90, 90, "2026-03-31", FALSE },
    { "", "2026-01-01", "", "2026-04-01", "", "2025-12-01", "exempt", 0, 90, 0, 0, 91, 90, "2026-03-31", FALSE },
    { "", "2028-01-01", "", "2028-03-30", "", "2027-12-01", "exempt", 0, 90, 0, 0, 90, 90, "2028-03-30", FALSE },
    { "", "2100-01-01", "", "2100-03-31", "", "2099-12-01", "exempt", 0, 90, 0, 0, 90, 90, "2100-03-31", FALSE },
    { "2026-01-01", "2026-01-03", "", "2026-01-20", "", "2026-01-12", "exempt", 15, 90, 0, 12, 20, 15, "2026-01-15", TRUE },
    { "2026-01-01", "", "", "", "2026-04-01", "2026-01-01", "exempt", 90, 90, 0, 1, 0, 90, "2026-04-01", TRUE },
    { "2026-01-01", "", "", "", "2026-01-15", "2026-01-02", "exempt", 0, 90, 0, 2, 0, 15, "2026-01-15", TRUE },
    { "2026-01-01", "", "2026-01-10", "", "", "2026-01-11", "exempt", 15, 90, 0, 0, 10, 15, "2026-01-15", TRUE },
    { "2026-01-01", "", "2026-01-10", "", "", "2026-01-10", "exempt", 15, 90, 0, 10, 10, 15, "2026-01-15", TRUE },
    { "", "2026-01-01", "", "2026-01-30", "", "2025-12-01", "short_visa", 0, 90, 30, 0, 30, 30, "2026-01-30", FALSE },
    { "", "2026-01-01", "", "2026-01-30", "", "2025-12-01", "medical_visa", 0, 0, 15, 0, 30, 15, "2026-01-15", FALSE },
    { "", "2026-01-01", "", "2026-06-30", "", "2025-12-01", "coe", 0, 0, 180, 0, 181, 180, "2026-06-29", FALSE },
    { "", "2026-01-01", "", "2026-01-30", "", "2025-12-01", "unknown", 0, 90, 90, 0, 30, 0, NULL, FALSE },
    { "2020-01-01", "", "", "", "", "2026-01-01", "resident", 0, 0, 0, 2193, 0, 0, NULL, FALSE },
    { "", "", "", "", "", "2026-01-01", "exempt", 0, 90, 0, 0, 0, 90, NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskTrip trip = { .route = (char *) cases[i].route, .entered_on = (char *) cases[i].entered,
                        .planned_entry = (char *) cases[i].planned, .departed_on = (char *) cases[i].departed,
                        .planned_departure = (char *) cases[i].leaves, .permitted_until = (char *) cases[i].until,
                        .permitted_days = cases[i].permitted, .exempt_days = cases[i].exempt, .visa_days = cases[i].visa };
      DeskStay stay;

      g_test_message ("case %u", i);
      desk_stay_count (&trip, day (cases[i].today), &stay);
      g_assert_cmpint (stay.day, ==, cases[i].day);
      g_assert_cmpint (stay.total, ==, cases[i].total);
      g_assert_cmpint (stay.allowed, ==, cases[i].allowed);
      g_assert_cmpint (stay.stamped, ==, cases[i].stamped);
      g_assert_cmpint (stay.last, ==, cases[i].last ? day (cases[i].last) : DESK_DAY_NONE);
    }
}

static void
test_fit (void)
{
  static const struct
  {
    const char *route, *entry, *entered, *departure, *departed;
    int days;
    const char *passport, *visit;
    DeskStayFit fit;
    const char *limit;
  } cases[] = {
    { "exempt", "2026-03-01", "", "2026-03-20", "", 15, "", "2026-03-10", DESK_STAY_FITS, NULL },
    { "exempt", "2026-03-01", "", "2026-03-20", "", 15, "", "2026-03-15", DESK_STAY_FITS, NULL },
    { "exempt", "2026-03-01", "", "2026-03-20", "", 15, "", "2026-03-16", DESK_STAY_OVER, "2026-03-15" },
    { "exempt", "2026-03-01", "", "2026-03-20", "", 90, "", "2026-02-28", DESK_STAY_OUTSIDE, "2026-03-01" },
    { "exempt", "2026-03-01", "", "2026-03-20", "", 90, "", "2026-03-21", DESK_STAY_OUTSIDE, "2026-03-20" },
    { "exempt", "2026-03-01", "2026-03-02", "", "", 90, "", "2026-05-30", DESK_STAY_FITS, NULL },
    { "exempt", "2026-03-01", "2026-03-02", "", "", 90, "", "2026-05-31", DESK_STAY_OVER, "2026-05-30" },
    { "exempt", "2026-03-01", "", "2026-03-20", "", 90, "2026-03-09", "2026-03-10", DESK_STAY_PASSPORT, "2026-03-09" },
    { "exempt", "2026-03-01", "", "2026-03-20", "", 90, "2026-03-10", "2026-03-10", DESK_STAY_FITS, NULL },
    /* What is over binds nobody. */
    { "exempt", "2025-12-01", "2025-12-01", "2025-12-20", "2025-12-20", 90, "", "2026-03-10", DESK_STAY_FITS, NULL },
    { "exempt", "2025-12-01", "", "2025-12-20", "", 90, "", "2026-03-10", DESK_STAY_FITS, NULL },
    /* Entered and never left, as far as is known. */
    { "exempt", "2025-12-01", "2025-12-01", "2025-12-20", "", 90, "", "2026-03-10", DESK_STAY_OUTSIDE, "2025-12-20" },
    { "resident", "", "", "", "", 0, "2026-01-01", "2026-03-10", DESK_STAY_FITS, NULL },
    { "medical_visa", "", "", "", "", 90, "", "2026-03-10", DESK_STAY_FITS, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) trips = g_ptr_array_new ();
      DeskTrip trip = { .route = (char *) cases[i].route, .planned_entry = (char *) cases[i].entry,
                        .entered_on = (char *) cases[i].entered, .planned_departure = (char *) cases[i].departure,
                        .departed_on = (char *) cases[i].departed, .permitted_until = (char *) "",
                        .exempt_days = cases[i].days, .visa_days = cases[i].days };
      DeskDay limit;

      g_test_message ("case %u", i);
      g_ptr_array_add (trips, &trip);
      g_assert_cmpint (desk_stay_fit (trips, cases[i].passport, day (cases[i].visit), day ("2026-01-15"), &limit), ==, cases[i].fit);
      g_assert_cmpint (limit, ==, cases[i].limit ? day (cases[i].limit) : DESK_DAY_NONE);
      trip.cancelled_at = 1;
      g_assert_cmpint (desk_stay_fit (trips, "", day (cases[i].visit), day ("2026-01-15"), &limit), ==, DESK_STAY_FITS);
    }
}

static void
test_current (void)
{
  g_autoptr (GPtrArray) trips = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_trip_free);
  static const struct
  {
    const char *entry, *entered, *departure, *departed;
  } rows[] = {
    { "2025-01-01", "2025-01-01", "2025-01-20", "2025-01-20" },
    { "2026-06-01", "", "2026-06-20", "" },
    { "2026-03-01", "", "2026-03-20", "" },
  };

  g_assert_null (desk_stay_current (trips, day ("2026-01-01")));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskTrip *trip = desk_trip_new (1);

      trip->id = i + 1;
      g_free (trip->planned_entry), trip->planned_entry = g_strdup (rows[i].entry);
      g_free (trip->entered_on), trip->entered_on = g_strdup (rows[i].entered);
      g_free (trip->planned_departure), trip->planned_departure = g_strdup (rows[i].departure);
      g_free (trip->departed_on), trip->departed_on = g_strdup (rows[i].departed);
      g_ptr_array_add (trips, trip);
    }
  g_assert_cmpint (desk_stay_current (trips, day ("2026-01-01"))->id, ==, 3);
  g_assert_cmpint (desk_stay_current (trips, day ("2026-04-01"))->id, ==, 2);
  g_assert_cmpint (desk_stay_current (trips, day ("2027-04-01"))->id, ==, 2);
  ((DeskTrip *) trips->pdata[1])->cancelled_at = 1;
  g_assert_cmpint (desk_stay_current (trips, day ("2027-04-01"))->id, ==, 3);
}

/* ── the rules of the papers ── */

/* One set of a good case, and what is changed in it: "field=value" words. */
typedef struct
{
  DeskStayCase look;
  DeskPatient *patient;
  DeskTrip *trip;
  DeskCompanion *mother;
  GPtrArray *companions, *trips, *exemptions, *readings;
} Good;

static void
add_reading (Good *good, gint64 companion, const char *family, const char *given)
{
  DeskPassportReading *reading = desk_passport_reading_new (1, companion);

  g_free (reading->family);
  g_free (reading->given);
  reading->family = g_strdup (family);
  reading->given = g_strdup (given);
  g_ptr_array_add (good->readings, reading);
}

static void
set_text (gpointer record, const DeskRecordField *fields, guint n, const char *name, const char *value)
{
  const DeskRecordField *field = desk_record_find (fields, n, name);

  g_assert_nonnull (field);
  desk_record_set (record, field, value);
}

static gboolean
change_number (Good *good, const char *name, const char *value)
{
  const struct
  {
    const char *name;
    int *place;
  } numbers[] = {
    { "exempt_days", &good->trip->exempt_days },     { "permitted_days", &good->trip->permitted_days },
    { "visa_days", &good->trip->visa_days },         { "condition_met", &good->trip->condition_met },
    { "hospitalised", &good->trip->hospitalised },   { "schedule", &good->look.schedule },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_str_equal (numbers[i].name, name))
      {
        *numbers[i].place = (int) g_ascii_strtoll (value, NULL, 10);
        return TRUE;
      }
  return FALSE;
}

static void
change (Good *good, const char *name, const char *value)
{
  guint n;
  const DeskRecordField *fields;

  if (change_number (good, name, value))
    return;
  if (g_str_has_prefix (name, "patient."))
    {
      const DeskPatientField *all = desk_patient_fields (&n);

      for (guint i = 0; i < n; i++)
        if (g_str_equal (all[i].name, name + 8))
          desk_patient_set (good->patient, &all[i], value);
    }
  else if (g_str_has_prefix (name, "mother."))
    {
      fields = desk_companion_fields (&n);
      set_text (good->mother, fields, n, name + 7, value);
    }
  else if (g_str_equal (name, "alone"))
    g_array_set_size (good->trip->companions, 0);
  else if (g_str_equal (name, "unread"))
    g_ptr_array_set_size (good->readings, 0);
  else if (g_str_equal (name, "today"))
    good->look.today = day (value);
  else if (g_str_equal (name, "removed"))
    good->mother->removed_at = 1;
  else
    {
      fields = desk_trip_fields (&n);
      set_text (good->trip, fields, n, name, value);
    }
}

static void
change_all (Good *good, const char *changes)
{
  g_auto (GStrv) words = g_strsplit (changes, " ", -1);

  for (guint i = 0; words[i]; i++)
    {
      g_auto (GStrv) pair = g_strsplit (words[i], "=", 2);

      if (pair[0])
        change (good, pair[0], pair[1] ? pair[1] : "");
    }
}

/* A patient of Viet Nam with her mother on a medical visa of ninety days, all in order. */
static void
good_init (Good *good)
{
  gint64 mother = 7;

  good->patient = desk_patient_new ();
  good->trip = desk_trip_new (1);
  good->mother = desk_companion_new (1);
  good->mother->id = mother;
  good->companions = g_ptr_array_new ();
  g_ptr_array_add (good->companions, good->mother);
  good->trips = g_ptr_array_new ();
  g_ptr_array_add (good->trips, good->trip);
  good->trip->id = 1;
  good->trip->companions = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (good->trip->companions, mother);
  good->exemptions = desk_exemption_shipped ();
  good->look = (DeskStayCase) { good->patient, good->trip, good->companions, good->trips, good->exemptions, NULL, TRUE,
                                day ("2026-01-15") };
  good->readings = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_passport_reading_free);
  good->look.readings = good->readings;
  add_reading (good, 0, "NGUYEN", "ANNA");
  add_reading (good, mother, "TRAN", "");
  change_all (good, "patient.family=NGUYEN patient.given=ANNA patient.nationality=VNM patient.passport=C1 "
                    "patient.passport_until=2030-01-01 mother.family=TRAN mother.passport=C2 mother.passport_until=2030-01-01 "
                    "route=medical_visa planned_entry=2026-03-01 planned_departure=2026-03-20 visa_days=90 visa_entries=single "
                    "visa_issued_on=2026-01-10 guarantor=JMS guarantor_list=B guarantor_number=B-012 "
                    "guarantor_checked_on=2026-01-09");
}

static void
good_clear (Good *good)
{
  desk_patient_free (good->patient);
  desk_trip_free (good->trip);
  desk_companion_free (good->mother);
  g_ptr_array_unref (good->companions);
  g_ptr_array_unref (good->trips);
  g_ptr_array_unref (good->exemptions);
  g_ptr_array_unref (good->readings);
}

static char *
tell (const DeskProblems *problems)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (problems, i);

      g_string_append_printf (text, "%s%s%s:%s%s%s%s", text->len ? " " : "", problem->warning ? "" : "!", problem->field,
                              problem->code, problem->detail ? "(" : "", problem->detail ? problem->detail : "",
                              problem->detail ? ")" : "");
    }
  return g_string_free (text, FALSE);
}

/* "!" marks what is not only a warning. */
static void
test_rules (void)
{
  static const struct
  {
    const char *changes, *problems;
  } cases[] = {
    { "", "" },
    /* 1: multiple entry */
    { "visa_entries=multiple planned_departure=2026-05-29", "" },
    { "visa_entries=multiple planned_departure=2026-05-30",
      "!planned_departure:over-visa-days(90) !planned_departure:multiple-over-90 !hospitalised:over-90 !coe_number:over-90" },
    { "visa_entries=multiple schedule=0", "visa_entries:no-schedule" },
    { "schedule=0", "" },
    /* 2: more than ninety days */
    { "visa_days=180 planned_departure=2026-05-30", "!hospitalised:over-90 !coe_number:over-90" },
    { "route=coe visa_days=180 planned_departure=2026-05-30 hospitalised=1", "!coe_number:over-90" },
    { "route=coe visa_days=180 planned_departure=2026-05-30 coe_number=X1", "!hospitalised:over-90" },
    { "route=coe visa_days=180 planned_departure=2026-05-30 hospitalised=1 coe_number=X1", "" },
    { "route=coe visa_days=180", "coe_number:missing" },
    { "route=resident planned_departure=2028-05-30", "" },
    /* 3: a single entry within three months of issue, and by the day on the visa */
    { "visa_issued_on=2025-12-01", "" },
    { "visa_issued_on=2025-11-30", "!planned_entry:after-single-visa(2026-02-28)" },
    { "visa_issued_on=2025-11-30 visa_entries=multiple", "" },
    { "visa_until=2026-02-28", "!planned_entry:after-visa(2026-02-28)" },
    { "visa_until=2026-03-01", "" },
    /* 4: names in the passport's letters */
    { "patient.family=Nguyễn", "" },
    { "patient.family=阮", "patient:not-latin patient:visa-name-differs(阮 ANNA ≠ NGUYEN ANNA)" },
    { "mother.family=Трань", "companions:not-latin(Трань) companions:visa-name-differs(Трань ≠ TRAN)" },
    { "patient.given=Änna", "" },
    { "patient.given=Anna patient.family=Nguyen", "" },
    { "patient.given=ANA", "patient:visa-name-differs(NGUYEN ANA ≠ NGUYEN ANNA)" },
    { "patient.given=ANA route=exempt patient.nationality=USA exempt_days=90", "patient:visa-name-differs(NGUYEN ANA ≠ NGUYEN ANNA)" },
    { "patient.given=ANA route=resident", "" },
    { "patient.family=ANNA patient.given=NGUYEN", "patient:visa-name-differs(ANNA NGUYEN ≠ NGUYEN ANNA)" },
    { "patient.family=NGUYEN-ANNA patient.given=", "" },
    { "mother.given=MAI", "companions:visa-name-differs(TRAN MAI ≠ TRAN)" },
    { "unread", "patient:visa-name-unread companions:visa-name-unread(TRAN)" },
    { "unread route=exempt patient.nationality=USA exempt_days=90", "" },
    { "patient.passport=", "patient:no-passport" },
    /* 5: companions */
    { "mother.passport=", "companions:no-passport(TRAN)" },
    { "mother.passport=C1", "!companions:shared-passport(TRAN)" },
    { "alone", "companions:not-on-paper(TRAN)" },
    { "alone route=short_visa", "" },
    { "removed", "companions:removed(TRAN)" },
    { "alone removed", "" },
    /* 6: the guarantor */
    { "guarantor=", "guarantor:missing" },
    { "guarantor_checked_on=2025-07-01", "guarantor_checked_on:old(2025-07-01)" },
    { "guarantor_list= guarantor_number= guarantor_checked_on=",
      "guarantor_list:missing guarantor_number:missing guarantor_checked_on:missing" },
    { "guarantor= route=short_visa", "" },
    /* 7: the departure */
    { "planned_entry=2026-01-01 planned_departure=2026-01-14 entered_on=2026-01-01 permitted_days=90 visa_issued_on=",
      "departed_on:not-recorded(2026-01-14)" },
    { "planned_entry=2026-01-01 planned_departure=2026-01-14 entered_on=2026-01-01 permitted_days=90 departed_on=2026-01-14",
      "departure_reported_on:missing" },
    { "planned_entry=2026-01-01 planned_departure=2026-01-14 entered_on=2026-01-01 permitted_days=90 departed_on=2026-01-14 "
      "departure_reported_on=2026-01-15", "" },
    { "entered_on=2026-01-01 permitted_days=90 departed_on=2026-01-14 route=exempt patient.nationality=USA exempt_days=90", "" },
    /* 8: passports */
    { "patient.passport_until=2026-03-20", "" },
    { "patient.passport_until=2026-03-19", "patient:passport-too-short(2026-03-19)" },
    { "patient.passport_until=", "patient:no-expiry" },
    { "mother.passport_until=2026-03-19", "companions:passport-too-short(TRAN)" },
    /* the road */
    { "route=unknown", "route:route-unknown" },
    { "route=exempt", "!route:not-exempt(VNM) " "" },
    { "route=exempt patient.nationality=", "route:no-nationality" },
    { "route=exempt patient.nationality=CHN exempt_days=90", "route:which-passport(HKG+MAC)" },
    { "route=exempt patient.nationality=USA exempt_days=90 planned_departure=2026-05-29", "" },
    { "route=exempt patient.nationality=USA exempt_days=90 planned_departure=2026-05-30",
      "!planned_departure:over-exempt-days(90) !hospitalised:over-90 !coe_number:over-90" },
    { "route=exempt patient.nationality=USA exempt_days=30", "exempt_days:other-days(90)" },
    { "route=exempt patient.nationality=THA exempt_days=15 condition_met=1", "!planned_departure:over-exempt-days(15)" },
    { "route=exempt patient.nationality=THA exempt_days=15 planned_departure=2026-03-15", "condition_met:condition-unchecked(epassport)" },
    { "route=short_visa visa_days=15", "!planned_departure:over-visa-days(15)" },
    { "planned_entry= planned_departure=", "planned_entry:missing planned_departure:missing" },
    /* the stamp */
    { "planned_entry=2026-01-10 entered_on=2026-01-10", "permitted_until:no-stamp" },
    { "planned_entry=2026-01-10 entered_on=2026-01-10 permitted_days=30", "!planned_departure:over-permission(2026-02-08)" },
    { "planned_entry=2026-01-10 entered_on=2026-01-10 permitted_days=90 permitted_until=2026-04-09", "" },
    { "planned_entry=2026-01-10 entered_on=2026-01-10 permitted_days=90 permitted_until=2026-04-10", "" },
    { "planned_entry=2026-01-10 entered_on=2026-01-10 permitted_days=90 permitted_until=2026-04-11",
      "permitted_until:stamp-differs(2026-04-09)" },
    { "planned_entry=2026-01-01 planned_departure= entered_on=2026-01-01 permitted_days=14",
      "planned_departure:missing !departed_on:overstayed(2026-01-14)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      Good good;

      good_init (&good);
      change_all (&good, cases[i].changes);
      desk_stay_check (&good.look, problems);
      g_autofree char *told = tell (problems);
      g_autofree char *expected = g_strstrip (g_strdup (cases[i].problems));
      g_test_message ("%s", cases[i].changes);
      g_assert_cmpstr (told, ==, expected);
      good_clear (&good);
    }
}

/* What the certificate cannot do without is no warning there. */
static void
test_certificate (void)
{
  static const char *const paper[] = { "guarantor=", "patient.given=ANA", "mother.given=MAI", "guarantor_list=", "mother.passport=", "visa_entries=multiple schedule=0",
                                       "planned_departure=", "patient.family=阮" };

  for (guint i = 0; i < G_N_ELEMENTS (paper); i++)
    {
      g_autoptr (DeskProblems) form = desk_problems_new ();
      g_autoptr (DeskProblems) certificate = desk_problems_new ();
      Good good;

      good_init (&good);
      change_all (&good, paper[i]);
      desk_stay_check (&good.look, form);
      desk_stay_check_certificate (&good.look, certificate);
      g_assert_cmpuint (form->len, >, 0);
      g_assert_false (desk_problems_block (form));
      g_assert_true (desk_problems_block (certificate));
      good_clear (&good);
    }
}

/* A visa is asked for before the entry; the stay itself has nothing wrong with it. */
static void
test_certificate_in_time (void)
{
  static const struct
  {
    const char *changes, *problem; /* NULL: none of these */
  } cases[] = {
    { "", NULL },
    { "today=2026-01-10 planned_entry=2026-01-10", NULL },
    { "today=2026-01-11 planned_entry=2026-01-10", "!planned_entry:in-past(2026-01-10)" },
    { "today=2026-01-10 planned_entry=2026-01-10 entered_on=2026-01-10", "!planned_entry:entered(2026-01-10)" },
    { "today=2026-01-12 planned_entry=2026-01-15 entered_on=2026-01-11", "!planned_entry:entered(2026-01-11)" },
    { "today=2026-01-12 planned_entry=2026-01-10 route=exempt", "!planned_entry:in-past(2026-01-10)" },
    { "today=2026-01-12 planned_entry=2026-01-10 route=unknown", "!planned_entry:in-past(2026-01-10)" },
    { "today=2026-01-12 planned_entry=2026-01-10 route=resident", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskProblems) form = desk_problems_new ();
      g_autoptr (DeskProblems) certificate = desk_problems_new ();
      Good good;

      good_init (&good);
      change_all (&good, cases[i].changes);
      desk_stay_check (&good.look, form);
      desk_stay_check_certificate (&good.look, certificate);
      g_autofree char *saved = tell (form), *printed = tell (certificate);
      g_test_message ("%s: %s", cases[i].changes, printed);
      g_assert_null (strstr (saved, ":in-past("));
      g_assert_null (strstr (saved, ":entered("));
      if (cases[i].problem)
        g_assert_nonnull (strstr (printed, cases[i].problem));
      else
        g_assert_true (!strstr (printed, ":in-past(") && !strstr (printed, ":entered("));
      good_clear (&good);
    }
}

/* Somebody who is here and comes again needs the visa for the next time. */
static void
test_to_come (void)
{
  g_autoptr (DeskTrip) other = desk_trip_new (1);
  Good good;

  good_init (&good);
  g_assert_true (desk_stay_to_come (good.trips, day ("2026-03-01")) == good.trip);
  g_assert_null (desk_stay_to_come (good.trips, day ("2026-03-02")));
  change_all (&good, "entered_on=2026-03-01");
  g_assert_null (desk_stay_to_come (good.trips, day ("2026-03-01")));
  g_free (other->planned_entry), other->planned_entry = g_strdup ("2026-05-01");
  g_ptr_array_add (good.trips, other);
  g_assert_true (desk_stay_to_come (good.trips, day ("2026-03-10")) == other);
  g_assert_true (desk_stay_current (good.trips, day ("2026-03-10")) == good.trip);
  other->cancelled_at = 1;
  g_assert_null (desk_stay_to_come (good.trips, day ("2026-03-10")));
  good_clear (&good);
}

/* Two stays of one visa, and two at once. */
static void
test_several (void)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskTrip) other = desk_trip_new (1);
  Good good;

  good_init (&good);
  change_all (&good, "visa_entries=multiple visa_number=V1");
  other->id = 2;
  g_free (other->visa_number), other->visa_number = g_strdup ("V1");
  g_free (other->planned_entry), other->planned_entry = g_strdup ("2026-03-20");
  g_free (other->planned_departure), other->planned_departure = g_strdup ("2026-06-17");
  g_ptr_array_add (good.trips, other);
  desk_stay_check (&good.look, problems);
  g_assert_cmpuint (problems->len, ==, 0);

  g_free (other->planned_departure), other->planned_departure = g_strdup ("2026-06-18");
  desk_stay_check (&good.look, problems);
  g_autofree char *told = tell (problems);
  g_assert_cmpstr (told, ==, "!visa_entries:other-over-90(2026-03-20)");

  g_array_set_size (problems, 0);
  g_free (other->planned_entry), other->planned_entry = g_strdup ("2026-03-25");
  change_all (&good, "planned_departure=2026-03-26");
  desk_stay_check (&good.look, problems);
  g_assert_cmpstr (desk_problems_find (problems, "planned_entry")->code, ==, "overlaps");
  good_clear (&good);
}

/* ── single records ── */

static void
test_trip_record (void)
{
  static const struct
  {
    const char *changes, *problems;
  } cases[] = {
    { "", "" },
    { "planned_entry=1.3.2026", "!planned_entry:not-a-date" },
    { "planned_departure=2026-02-28", "!planned_departure:before-entry" },
    { "departed_on=2026-01-10", "!departed_on:without-entry" },
    { "entered_on=2026-01-10 departed_on=2026-01-09", "!departed_on:before-entry" },
    { "entered_on=2026-01-16", "!entered_on:in-future" },
    { "entered_on=2026-01-10 permitted_until=2026-01-09", "!permitted_until:before-entry" },
    { "departure_reported_on=2026-01-10", "!departure_reported_on:without-departure" },
    { "visa_issued_on=2026-01-16", "!visa_issued_on:in-future" },
    { "route=swim", "!route:unknown" },
    { "visa_entries=many", "!visa_entries:unknown" },
    { "guarantor_list=C", "!guarantor_list:unknown" },
    { "permitted_days=367", "!permitted_days:not-a-number" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      Good good;

      good_init (&good);
      change_all (&good, cases[i].changes);
      desk_trip_tidy (good.trip);
      desk_trip_check (good.trip, day ("2026-01-15"), problems);
      g_autofree char *told = tell (problems);
      g_assert_cmpstr (told, ==, cases[i].problems);
      good_clear (&good);
    }
}

static void
test_companion_record (void)
{
  static const struct
  {
    const char *changes, *problems;
  } cases[] = {
    { "", "" },
    { "mother.family=", "!family:missing" },
    { "mother.family=阮", "family:not-latin" },
    { "mother.birth=1960-02", "" },
    { "mother.birth=1960-02-30", "!birth:not-a-date" },
    { "mother.birth=2027", "!birth:in-future" },
    { "mother.nationality=vnm", "" },
    { "mother.nationality=VN", "!nationality:unknown-country(VN)" },
    { "mother.relation=boss", "!relation:unknown" },
    { "mother.sex=Q", "!sex:unknown" },
    { "mother.languages=vi,EN", "" },
    { "mother.languages=klingon", "!languages:not-a-language" },
    { "mother.email=nobody", "!email:not-an-address" },
    { "mother.passport_until=2026-01-14", "passport_until:expired" },
    { "mother.passport_until=soon", "!passport_until:not-a-date" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      Good good;

      good_init (&good);
      change_all (&good, cases[i].changes);
      desk_companion_tidy (good.mother);
      desk_companion_check (good.mother, day ("2026-01-15"), problems);
      g_autofree char *told = tell (problems);
      g_assert_cmpstr (told, ==, cases[i].problems);
      good_clear (&good);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stay/exemption", test_exemption);
  g_test_add_func ("/stay/extension", test_extension);
  g_test_add_func ("/stay/replacement", test_replacement);
  g_test_add_func ("/stay/compare", test_compare);
  g_test_add_func ("/stay/write", test_write);
  g_test_add_func ("/stay/count", test_count);
  g_test_add_func ("/stay/fit", test_fit);
  g_test_add_func ("/stay/current", test_current);
  g_test_add_func ("/stay/rules", test_rules);
  g_test_add_func ("/stay/certificate", test_certificate);
  g_test_add_func ("/stay/to-come", test_to_come);
  g_test_add_func ("/stay/certificate-in-time", test_certificate_in_time);
  g_test_add_func ("/stay/several", test_several);
  g_test_add_func ("/stay/trip-record", test_trip_record);
  g_test_add_func ("/stay/companion-record", test_companion_record);
  return g_test_run ();
}
