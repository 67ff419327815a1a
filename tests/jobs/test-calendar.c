/* The patient's calendar file, read back with libical. */
#include <libical/ical.h>
#include <string.h>

#include "desk-calendar-file.h"
#include "store-fixture.h"

/* 2026-03-07 17:30 in Tokyo; New York's clocks go forward on the 8th. */
#define NOW G_GINT64_CONSTANT (1772872200)
#define CALL G_GINT64_CONSTANT (1773014400) /* Monday 9 March 09:00 in Tokyo: Sunday 8 March 20:00 in New York */

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "INSERT INTO clinic (id, uuid, name, name_ja, address, phone, zone) VALUES (1, 'u-1', 'Smith, Jones; & “Söhne” \\ Clinic',"
              " 'とても長い名前の免疫細胞治療クリニック東京本院予約受付センター', 'Line 1' || char (10) || 'Line 2', '+81 3 0000', 'Asia/Tokyo');"
              "INSERT INTO patient (id, chart, family, languages, zone, diagnosis, icd10, created_at, updated_at) VALUES"
              " (1, 'C1', 'SMITH', 'en', 'America/New_York', 'adenocarcinoma', 'C34.1', 0, 0), (2, 'C2', 'SATO', 'ja', '', '', '', 0, 0),"
              " (3, 'C3', 'NOBODY', 'en', '', '', '', 0, 0);"
              "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, wall, wall_zone, their_zone, note, created_at) VALUES"
              " (1, 1, 'remote', 'booked', 1773014400, 1773016200, 1773014400, 1773016200, '2026-03-09T09:00', 'Asia/Tokyo', 'America/New_York', '', 0),"
              " (2, 1, 'infusion', 'booked', 1773190800, 1773194400, 1773190800, 1773194400, '', '', '', 'dose D26-0001-1', 0),"
              " (3, 1, 'consultation', 'held', 1773277200, 1773279000, 1773277200, 1773279000, '', '', '', '', 0),"
              " (4, 1, 'consultation', 'booked', 1772582400, 1772584200, 1772582400, 1772584200, '', '', '', '', 0),"
              " (5, 2, 'infusion', 'booked', 1773190800, 1773194400, 1773190800, 1773194400, '', '', '', '', 0);"
              "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (2, 1, 'booked', 'cancelled_clinic', 0);"
              "UPDATE visit SET status = 'cancelled_clinic', version = 2 WHERE id = 2");
}

static char *
text_of (StoreFixture *fixture, gint64 patient_id)
{
  g_autoptr (GError) error = NULL;
  char *text = desk_calendar_text (fixture->db, patient_id, NOW, &error);

  g_assert_no_error (error);
  return text;
}

static icalcomponent *
event (icalcomponent *calendar, const char *uid)
{
  for (icalcomponent *one = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT); one;
       one = icalcomponent_get_next_component (calendar, ICAL_VEVENT_COMPONENT))
    if (strcmp (icalcomponent_get_uid (one), uid) == 0)
      return one;
  return NULL;
}

static void
test_read_back (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *text = text_of (fixture, 1);
  icalcomponent *calendar = icalparser_parse_string (text), *call, *gone, *held;

  g_assert_nonnull (calendar);
  g_assert_cmpint (icalcomponent_count_errors (calendar), ==, 0);
  g_assert_cmpint (icalcomponent_count_components (calendar, ICAL_VEVENT_COMPONENT), ==, 3); /* not the one that is over */
  call = event (calendar, "visit-1@u-1");
  gone = event (calendar, "visit-2@u-1");
  held = event (calendar, "visit-3@u-1");
  g_assert_cmpint (icalcomponent_get_status (call), ==, ICAL_STATUS_CONFIRMED);
  g_assert_cmpint (icalcomponent_get_status (gone), ==, ICAL_STATUS_CANCELLED);
  g_assert_cmpint (icalcomponent_get_status (held), ==, ICAL_STATUS_TENTATIVE);
  g_assert_cmpint (icalcomponent_get_sequence (call), ==, 1);
  g_assert_cmpint (icalcomponent_get_sequence (gone), ==, 2);

  g_assert_cmpstr (icalcomponent_get_summary (call), ==, "Online appointment: Smith, Jones; & “Söhne” \\ Clinic");
  g_assert_cmpstr (icalcomponent_get_location (held), ==, "Line 1\nLine 2");
  g_assert_nonnull (strstr (icalcomponent_get_description (call), "Clinic’s time: Monday, 9 March 2026, 09:00 (Tokyo)"));
  g_assert_nonnull (strstr (icalcomponent_get_description (call), "Your time: Sunday, 8 March 2026, 20:00 (New York)"));
  g_assert_nonnull (strstr (text, "DTSTART;TZID=Asia/Tokyo:20260309T090000"));
  icalcomponent_free (calendar);
}

/* By the zones in the file alone: the wall of the clinic is that instant, and New York's clocks change on their day. */
static void
test_zones (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *zone;
    struct icaltimetype wall;
    gint64 instant;
  } cases[] = {
    { "Asia/Tokyo", { 2026, 3, 9, 9, 0, 0 }, CALL },
    { "America/New_York", { 2026, 3, 8, 20, 0, 0 }, CALL },
    { "America/New_York", { 2026, 3, 8, 1, 0, 0 }, G_GINT64_CONSTANT (1772949600) },
    { "America/New_York", { 2026, 3, 8, 3, 0, 0 }, G_GINT64_CONSTANT (1772953200) },
  };
  g_autofree char *text = text_of (fixture, 1);
  icalcomponent *calendar = icalparser_parse_string (text);

  g_assert_cmpint (icalcomponent_count_components (calendar, ICAL_VTIMEZONE_COMPONENT), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      icaltimezone *zone = icalcomponent_get_timezone (calendar, cases[i].zone);

      g_assert_nonnull (zone);
      g_assert_cmpint (icaltime_as_timet_with_zone (cases[i].wall, zone), ==, cases[i].instant);
    }
  icalcomponent_free (calendar);
}

/* What others who see the calendar must not learn. */
static void
test_silent (StoreFixture *fixture, gconstpointer data)
{
  static const char *const secrets[] = { "adenocarcinoma", "C34", "D26-0001-1", "nfusion", "NK", "cell" };
  g_autofree char *text = text_of (fixture, 1);

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (strstr (text, secrets[i]))
      g_error ("«%s» is in it:\n%s", secrets[i], text);
}

/* A proposal is nobody's business yet, nor one that was called off; one that was booked once is let go of. */
static void
test_proposed (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture,
              "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at) VALUES"
              " (6, 3, 'consultation', 'proposed', 1773277200, 1773279000, 1773277200, 1773279000, 0),"
              " (7, 3, 'consultation', 'proposed', 1773363600, 1773365400, 1773363600, 1773365400, 0),"
              " (8, 3, 'consultation', 'held', 1773450000, 1773451800, 1773450000, 1773451800, 0);"
              "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (7, 1, 'proposed', 'cancelled_clinic', 0);"
              "UPDATE visit SET status = 'cancelled_clinic' WHERE id = 7");
  g_autofree char *text = text_of (fixture, 3);
  icalcomponent *calendar = icalparser_parse_string (text);

  g_assert_null (event (calendar, "visit-6@u-1"));
  g_assert_null (event (calendar, "visit-7@u-1"));
  g_assert_nonnull (event (calendar, "visit-8@u-1"));
  icalcomponent_free (calendar);
}

/* Lines are at most 75 bytes and never break a character. */
static void
test_folding (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *text = text_of (fixture, 2);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  gboolean folded = FALSE;

  for (guint i = 0; lines[i]; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
      folded |= lines[i][0] == ' ';
    }
  g_assert_true (folded);
  icalcomponent *calendar = icalparser_parse_string (text);
  g_assert_cmpstr (icalcomponent_get_summary (event (calendar, "visit-5@u-1")), ==, "ご予約: とても長い名前の免疫細胞治療クリニック東京本院予約受付センター");
  icalcomponent_free (calendar);
}

static void
test_nothing (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = desk_calendar_text (fixture->db, 3, NOW, &error);

  g_assert_null (text);
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/calendar/read-back", test_read_back);
  ADD ("/calendar/zones", test_zones);
  ADD ("/calendar/silent", test_silent);
  ADD ("/calendar/proposed", test_proposed);
  ADD ("/calendar/folding", test_folding);
  ADD ("/calendar/nothing", test_nothing);
  return g_test_run ();
}
