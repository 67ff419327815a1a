#include "desk-calendar-file.h"

#include <errno.h>
#include <libical/ical.h>
#include <string.h>
#include <unistd.h>

#include "desk-book.h"
#include "desk-clinics.h"
#include "desk-clocks.h"
#include "desk-letter-dates.h"
#include "desk-letters.h"
#include "desk-publish.h"

#define YEAR (366 * 86400)

typedef struct
{
  const char *language, *visit, *call, *ours, *theirs, *online;
} Words;

/* The languages letters are written in; the first is for all others. */
static const Words languages[] = {
  { "en", "Appointment", "Online appointment", "Clinic’s time", "Your time", "Online" },
  { "ja", "ご予約", "オンラインのご予約", "クリニックの時刻", "現地の時刻", "オンライン" },
  { "zh", "预约", "线上预约", "诊所时间", "您当地的时间", "线上" },
  { "zh-TW", "預約", "線上預約", "診所時間", "您當地的時間", "線上" },
  { "ko", "예약", "온라인 예약", "클리닉 시간", "현지 시간", "온라인" },
  { "ru", "Приём", "Онлайн-приём", "Время клиники", "Ваше время", "Онлайн" },
  { "ar", "موعد", "موعد عبر الإنترنت", "توقيت العيادة", "توقيتكم", "عبر الإنترنت" },
  { "vi", "Lịch hẹn", "Lịch hẹn trực tuyến", "Giờ phòng khám", "Giờ của bạn", "Trực tuyến" },
  { "id", "Janji temu", "Janji temu daring", "Waktu klinik", "Waktu Anda", "Daring" },
  { "th", "นัดหมาย", "นัดหมายออนไลน์", "เวลาของคลินิก", "เวลาของคุณ", "ออนไลน์" },
  { "es", "Cita", "Cita en línea", "Hora de la clínica", "Su hora", "En línea" },
  { "fr", "Rendez-vous", "Rendez-vous en ligne", "Heure de la clinique", "Votre heure", "En ligne" },
  { "de", "Termin", "Online-Termin", "Zeit der Klinik", "Ihre Zeit", "Online" },
};

typedef struct
{
  DeskClinic *clinic;
  GTimeZone *zone;
  GPtrArray *types, *visits;
  const Words *words;
  gint64 now, from, until; /* of the visits */
} Calendar;

static void
calendar_clear (Calendar *calendar)
{
  desk_clinic_free (calendar->clinic);
  g_clear_pointer (&calendar->zone, g_time_zone_unref);
  g_clear_pointer (&calendar->types, g_ptr_array_unref);
  g_clear_pointer (&calendar->visits, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Calendar, calendar_clear)

static const Words *
words_for (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (languages[i].language, language) == 0)
      return &languages[i];
  return &languages[0];
}

static struct icaltimetype
clock_time (gint64 instant, GTimeZone *zone)
{
  struct icaltimetype time = icaltime_null_time ();
  int minute = desk_instant_minute (instant, zone);

  desk_day_to_ymd (desk_instant_day (instant, zone), &time.year, &time.month, &time.day);
  time.hour = minute / 60;
  time.minute = minute % 60;
  return time;
}

static void
add_offsets (icalcomponent *zone_component, GTimeZone *zone, int before, int interval, gint64 at)
{
  icalcomponent *part = icalcomponent_new (g_time_zone_is_dst (zone, interval) ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT);
  int from = g_time_zone_get_offset (zone, before);
  g_autoptr (GTimeZone) old = g_time_zone_new_offset (from);

  /* The change is dated by the clocks as they were before it. */
  icalcomponent_add_property (part, icalproperty_new_dtstart (clock_time (at, old)));
  icalcomponent_add_property (part, icalproperty_new_tzoffsetfrom (from));
  icalcomponent_add_property (part, icalproperty_new_tzoffsetto (g_time_zone_get_offset (zone, interval)));
  icalcomponent_add_property (part, icalproperty_new_tzname (g_time_zone_get_abbreviation (zone, interval)));
  icalcomponent_add_component (zone_component, part);
}

static int
interval_at (GTimeZone *zone, gint64 instant)
{
  return g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant);
}

/* The first second of the interval after the one at from; the interval at until is a later one. */
static gint64
next_change (GTimeZone *zone, gint64 from, gint64 until)
{
  int interval = interval_at (zone, from);

  while (until - from > 1)
    {
      gint64 middle = from + (until - from) / 2;

      if (interval_at (zone, middle) == interval)
        from = middle;
      else
        until = middle;
    }
  return until;
}

/* The zone as this program knows it, for a year around the visits: every change stands there with its day, so that no
 * reader depends on rules of its own. */
static void
add_zone (icalcomponent *calendar, const char *name, GTimeZone *zone, gint64 from, gint64 until)
{
  icalcomponent *component = icalcomponent_new_vtimezone ();
  gint64 at = from - YEAR, end = until + YEAR;
  int interval = interval_at (zone, at);

  icalcomponent_add_property (component, icalproperty_new_tzid (name));
  add_offsets (component, zone, interval, interval, 0);
  while (interval_at (zone, end) != interval)
    {
      at = next_change (zone, at, end);
      int later = interval_at (zone, at);
      add_offsets (component, zone, interval, later, at);
      interval = later;
    }
  icalcomponent_add_component (calendar, component);
}

static gboolean
is_remote (const Calendar *calendar, const DeskVisit *visit)
{
  for (guint i = 0; i < calendar->types->len; i++)
    if (g_strcmp0 (((DeskVisitType *) calendar->types->pdata[i])->code, visit->type) == 0)
      return ((DeskVisitType *) calendar->types->pdata[i])->remote;
  return FALSE;
}

/* "Your time: Wednesday, 2 December 2026, 20:00 (New York)". */
static char *
clock_line (const char *label, const Words *words, gint64 instant, GTimeZone *zone, const char *zone_name)
{
  g_autofree char *day = desk_letter_date (desk_instant_day (instant, zone), words->language, TRUE);
  int minute = desk_instant_minute (instant, zone);
  const char *slash = strrchr (zone_name, '/');
  g_autofree char *city = g_strdelimit (g_strdup (slash ? slash + 1 : zone_name), "_", ' ');

  return g_strdup_printf ("%s: %s, %02d:%02d (%s)", label, day, minute / 60, minute % 60, city);
}

static char *
description (const Calendar *calendar, const DeskVisit *visit)
{
  const Words *words = calendar->words;
  const char *name = visit->their_zone;
  g_autoptr (GTimeZone) theirs = name && *name ? g_time_zone_new_identifier (name) : NULL;
  g_autofree char *ours_line = clock_line (words->ours, words, visit->starts_at, calendar->zone, calendar->clinic->zone);
  g_autofree char *their_line = theirs ? clock_line (words->theirs, words, visit->starts_at, theirs, name) : NULL;

  return g_strdup_printf ("%s%s%s\n%s", ours_line, their_line ? "\n" : "", their_line ? their_line : "", calendar->clinic->phone);
}

static icalproperty_status
status_of (const DeskVisit *visit)
{
  /* A proposal is told only where it was booked before: a calendar that has it lets go of it. */
  if (g_str_has_prefix (visit->status, "cancelled") || g_str_equal (visit->status, "proposed"))
    return ICAL_STATUS_CANCELLED;
  return g_str_equal (visit->status, "held") ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED;
}

static void
add_time (icalcomponent *event, icalproperty *property, const char *zone)
{
  icalproperty_add_parameter (property, icalparameter_new_tzid (zone));
  icalcomponent_add_property (event, property);
}

static void
add_event (icalcomponent *component, const Calendar *calendar, const DeskVisit *visit)
{
  const DeskClinic *clinic = calendar->clinic;
  icalcomponent *event = icalcomponent_new_vevent ();
  gboolean remote = is_remote (calendar, visit), japanese = g_str_equal (calendar->words->language, "ja");
  const char *name = japanese && *clinic->name_ja ? clinic->name_ja : clinic->name;
  const char *address = japanese && *clinic->address_ja ? clinic->address_ja : clinic->address;
  g_autofree char *uid = g_strdup_printf ("visit-%" G_GINT64_FORMAT "@%s", visit->id, clinic->uuid);
  g_autofree char *summary = g_strdup_printf ("%s: %s", remote ? calendar->words->call : calendar->words->visit, name);
  g_autofree char *text = description (calendar, visit);

  icalcomponent_add_property (event, icalproperty_new_uid (uid));
  icalcomponent_add_property (event, icalproperty_new_dtstamp (icaltime_from_timet_with_zone (calendar->now, 0, icaltimezone_get_utc_timezone ())));
  add_time (event, icalproperty_new_dtstart (clock_time (visit->starts_at, calendar->zone)), clinic->zone);
  add_time (event, icalproperty_new_dtend (clock_time (visit->ends_at, calendar->zone)), clinic->zone);
  icalcomponent_add_property (event, icalproperty_new_sequence ((int) visit->version));
  icalcomponent_add_property (event, icalproperty_new_status (status_of (visit)));
  icalcomponent_add_property (event, icalproperty_new_class (ICAL_CLASS_PRIVATE));
  icalcomponent_add_property (event, icalproperty_new_summary (summary));
  icalcomponent_add_property (event, icalproperty_new_description (text));
  icalcomponent_add_property (event, icalproperty_new_location (remote ? calendar->words->online : address));
  icalcomponent_add_component (component, event);
}

/* What is still to come: those cancelled too, so that a calendar that has them lets go of them. */
static gboolean
is_told (const DeskVisit *visit, gint64 now)
{
  static const char *const silent[] = { "no_show", "left_unseen", NULL };

  return visit->ends_at > now && !g_strv_contains (silent, visit->status);
}

static gboolean
load (Calendar *calendar, DeskDb *db, gint64 patient_id, gint64 now, GError **error)
{
  gboolean own;
  g_autofree char *language = desk_letter_language_for (db, "chase", patient_id, &own, error);
  g_autoptr (GPtrArray) visits = language ? desk_visit_of_patient (db, patient_id, error) : NULL;

  calendar->now = now;
  if (!visits || !(calendar->clinic = desk_clinic_load (db, error)) || !(calendar->zone = desk_clinic_zone (db, error))
      || !(calendar->types = desk_visit_type_list (db, error)))
    return FALSE;
  calendar->words = words_for (language);
  calendar->from = calendar->until = now;
  for (guint i = visits->len; i > 0; i--)
    {
      const DeskVisit *visit = visits->pdata[i - 1];

      gboolean agreed;

      if (!desk_visit_was_agreed (db, visit->id, &agreed, error))
        return FALSE;
      if (!agreed || !is_told (visit, now))
        g_ptr_array_remove_index (visits, i - 1);
      else
        calendar->until = MAX (calendar->until, visit->ends_at);
    }
  calendar->visits = g_steal_pointer (&visits);
  return TRUE;
}

static void
add_zones (icalcomponent *component, const Calendar *calendar)
{
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_add (there, calendar->clinic->zone);
  add_zone (component, calendar->clinic->zone, calendar->zone, calendar->from, calendar->until);
  for (guint i = 0; i < calendar->visits->len; i++)
    {
      const DeskVisit *visit = calendar->visits->pdata[i];
      g_autoptr (GTimeZone) zone = visit->their_zone && *visit->their_zone ? g_time_zone_new_identifier (visit->their_zone) : NULL;

      if (zone && g_hash_table_add (there, visit->their_zone))
        add_zone (component, visit->their_zone, zone, calendar->from, calendar->until);
    }
}

/* The file's text; the caller frees it. NOT_FOUND when nothing is booked. */
char *
desk_calendar_text (DeskDb *db, gint64 patient_id, gint64 now, GError **error)
{
  g_auto (Calendar) calendar = { 0 };

  if (!load (&calendar, db, patient_id, now, error))
    return NULL;
  if (calendar.visits->len == 0)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no visit is booked");
      return NULL;
    }
  icalcomponent *component = icalcomponent_vanew (ICAL_VCALENDAR_COMPONENT, icalproperty_new_version ("2.0"),
                                                  icalproperty_new_prodid ("-//Uketsuke//EN"), icalproperty_new_method (ICAL_METHOD_PUBLISH), NULL);
  add_zones (component, &calendar);
  for (guint i = 0; i < calendar.visits->len; i++)
    add_event (component, &calendar, calendar.visits->pdata[i]);
  char *ours = icalcomponent_as_ical_string_r (component), *text = g_strdup (ours);
  icalmemory_free_buffer (ours);
  icalcomponent_free (component);
  return text;
}

static gboolean
fill (int fd, gpointer user_data, GError **error)
{
  const char *text = user_data;
  gsize left = strlen (text);

  while (left > 0)
    {
      gssize n = write (fd, text, left);

      if (n < 0)
        return desk_error_set_errno (error, "calendar", errno);
      text += n;
      left -= (gsize) n;
    }
  return TRUE;
}

/* Writes it to path, whole or not at all. */
gboolean
desk_calendar_write (DeskDb *db, gint64 patient_id, gint64 now, const char *path, gboolean overwrite, GError **error)
{
  g_autofree char *text = desk_calendar_text (db, patient_id, now, error);

  return text && desk_publish (path, overwrite, fill, text, error);
}
