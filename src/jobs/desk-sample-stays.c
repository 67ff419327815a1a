/* Stays in Japan of the sample: made around the visits that are booked, so that most patients are in the country on
 * their day. Some are not, each for another reason. Chance is of its own here: what the rest of the sample draws
 * does not move. */
#include "desk-exemption.h"
#include "desk-sample-names.h"
#include "desk-sample-parts.h"
#include "desk-stay.h"

#define BEFORE 2      /* days in the country before the first visit */
#define AFTER 8       /* and after the last */
#define LONG_PAUSE 12 /* days between visits from which on people fly home */
#define VISA_DAYS 90
#define UNREAD 5      /* of so many patients one whose passport nobody read */
#define NAME_DIFFERS 23 /* and the one whose has another name */
#define RESIDENTS 23  /* of so many who are no Japanese one lives here */

/* What is told of some patients, by place. */
typedef enum
{
  NOTHING_SPECIAL,
  NEVER_WRITTEN, /* nobody asked when they come */
  ENDS_SOON,     /* the permission ends in three days */
  OVERSTAYED,    /* planned departure yesterday, and no word of it */
} Twist;

/* Where the visa is asked for. */
static const struct
{
  const char *nationality, *mission;
} missions[] = {
  { "CHN", "Consulate-General of Japan in Shanghai" }, { "VNM", "Embassy of Japan in Vietnam" },
  { "IDN", "Embassy of Japan in Indonesia" },          { "MNG", "Embassy of Japan in Mongolia" },
  { "IND", "Embassy of Japan in India" },              { "PHL", "Embassy of Japan in the Philippines" },
  { "RUS", "Consulate-General of Japan in Vladivostok" },
};

static const struct
{
  const char *name, *list, *number, *address, *contact;
} guarantors[] = {
  { "Sakura Medical Travel Co., Ltd. (sample)", "A", "A-900", "1-1-1 Sample, Chuo-ku, Tokyo", "Ms. Sato, Visa Desk, +81 3 0000 0101" },
  { "Aoba International Patients K.K. (sample)", "B", "B-901", "2-2-2 Sample, Kita-ku, Osaka", "Mr. Mori, +81 6 0000 0102" },
};

static void
set_text (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

static void
set_day (char **member, DeskDay day)
{
  g_free (*member);
  *member = desk_day_format (day);
}

static Twist
twist_of (guint index)
{
  static const struct
  {
    guint index;
    Twist twist;
  } early[] = { { 11, ENDS_SOON }, { 21, OVERSTAYED }, { 27, NEVER_WRITTEN } };
  static const Twist later[16] = { [5] = NEVER_WRITTEN, [9] = ENDS_SOON, [13] = OVERSTAYED };

  for (guint i = 0; i < G_N_ELEMENTS (early); i++)
    if (early[i].index == index)
      return early[i].twist;
  return later[index / 16 % 16]; /* stories go round in sixteens: each meets each twist */
}

static int
by_day (gconstpointer a, gconstpointer b)
{
  return *(const DeskDay *) a - *(const DeskDay *) b;
}

static void
set_visa (DeskSample *sample, DeskTrip *trip, const DeskPatient *patient, DeskDay entry, guint index)
{
  const char *mission = "Embassy of Japan";
  guint which = index % G_N_ELEMENTS (guarantors);
  g_autofree char *number = g_strdup_printf ("MD%07u", 1000003 * (index + 1) % 9999991);

  for (guint i = 0; i < G_N_ELEMENTS (missions); i++)
    if (g_str_equal (missions[i].nationality, patient->nationality))
      mission = missions[i].mission;
  set_text (&trip->route, "medical_visa");
  set_text (&trip->mission, mission);
  set_text (&trip->guarantor, guarantors[which].name);
  set_text (&trip->guarantor_list, guarantors[which].list);
  set_text (&trip->guarantor_number, guarantors[which].number);
  set_text (&trip->guarantor_address, guarantors[which].address);
  set_text (&trip->guarantor_contact, guarantors[which].contact);
  set_day (&trip->guarantor_checked_on, MIN (entry - 40, sample->today - 5));
  trip->visa_days = VISA_DAYS;
  /* Whoever comes only in three weeks is still waiting for it. */
  if (entry > sample->today + 20)
    return;
  set_text (&trip->visa_number, number);
  set_text (&trip->visa_entries, "multiple");
  set_day (&trip->visa_issued_on, MIN (entry, sample->today) - 12);
  set_day (&trip->visa_until, entry + 160);
}

/* The road into the country: by the table where it lets them in, or with a visa for medical stay. */
static DeskTrip *
new_trip (DeskSample *sample, const DeskPatient *patient, DeskDay entry, guint index)
{
  DeskTrip *trip = desk_trip_new (patient->id);
  const DeskExemption *line = NULL;

  if (desk_exemption_find (sample->exemptions, patient->nationality, &line) == DESK_EXEMPT_YES)
    {
      set_text (&trip->route, "exempt");
      trip->exempt_days = line->days;
      trip->condition_met = TRUE;
    }
  else
    set_visa (sample, trip, patient, entry, index);
  set_day (&trip->planned_entry, entry);
  return trip;
}

static int
days_of (const DeskTrip *trip)
{
  return trip->exempt_days ? trip->exempt_days : trip->visa_days;
}

/* What happened of the plan until today. */
static void
live_through (DeskSample *sample, DeskTrip *trip, DeskDay entry, DeskDay departure, Twist twist)
{
  gboolean stayed = twist == OVERSTAYED && entry < sample->today && departure >= sample->today - LONG_PAUSE;

  if (stayed)
    departure = MIN (departure, sample->today - 1);
  set_day (&trip->planned_departure, departure);
  if (entry > sample->today)
    return;
  set_day (&trip->entered_on, entry);
  trip->permitted_days = days_of (trip);
  set_day (&trip->permitted_until, desk_stay_last_day (entry, trip->permitted_days));
  if (departure < sample->today && !stayed)
    {
      set_day (&trip->departed_on, departure);
      if (g_str_equal (trip->route, "medical_visa"))
        set_day (&trip->departure_reported_on, MIN (departure + 2, sample->today));
      return;
    }
  if (twist == ENDS_SOON)
    {
      trip->permitted_days = sample->today + 3 - entry + 1;
      set_day (&trip->permitted_until, sample->today + 3);
    }
}

/* The zone of a passport as it was read. One has a name there that nobody has put into the record yet. */
static void
read_passport (DeskSample *sample, gint64 patient_id, gint64 companion_id, const char *family, const char *given, const char *number,
               const char *birth)
{
  g_autoptr (DeskPassportReading) reading = desk_passport_reading_new (patient_id, companion_id);

  set_text (&reading->family, family);
  set_text (&reading->given, given);
  set_text (&reading->number, number);
  set_text (&reading->birth, birth);
  reading->read_at = desk_sample_at (sample, sample->today - 30, 600);
  desk_bulk_passport (sample->bulk, reading);
}

/* Most passports were read when the stay was entered; where they were not, the papers say so. */
static void
read_passports (DeskSample *sample, const DeskPatient *patient, guint index)
{
  g_autofree char *other = g_strconcat (patient->given, " MARIA", NULL);

  if (index % UNREAD != 2 && *patient->passport)
    read_passport (sample, patient->id, 0, patient->family, index == NAME_DIFFERS ? other : patient->given, patient->passport, patient->birth);
}

/* Somebody of the family, who needs a passport and for a visa a paper of their own. */
static gint64
add_companion (DeskSample *sample, const DeskPatient *patient, guint index)
{
  static const char *const given[] = { "ANNA", "LINH", "MEI", "KIM", "MARIA" };
  static const char *const relations[] = { "spouse", "child", "sibling", "parent" };
  g_autoptr (DeskCompanion) companion = desk_companion_new (patient->id);
  DeskRandom random;

  desk_random_init (&random, 7000 + index);
  set_text (&companion->family, patient->family);
  set_text (&companion->given, given[index % G_N_ELEMENTS (given)]);
  set_text (&companion->sex, "F");
  set_text (&companion->nationality, patient->nationality);
  set_text (&companion->relation, relations[index % G_N_ELEMENTS (relations)]);
  set_text (&companion->languages, patient->languages);
  set_text (&companion->phone, patient->phone);
  g_free (companion->passport);
  companion->passport = desk_random_pattern (&random, "E########");
  set_day (&companion->passport_until, sample->today + desk_random_between (&random, 300, 3000));
  set_day (&companion->birth, sample->today - desk_random_between (&random, 25 * 365, 70 * 365));
  companion->may_be_told = index % 3 != 0;
  desk_bulk_companion (sample->bulk, companion);
  if (index % UNREAD != 2)
    read_passport (sample, patient->id, companion->id, companion->family, companion->given, companion->passport, companion->birth);
  return companion->id;
}

static void
add_stay (DeskSample *sample, const DeskPatient *patient, guint index, DeskDay entry, DeskDay departure, const GArray *companions)
{
  g_autoptr (DeskTrip) trip = new_trip (sample, patient, entry, index);

  live_through (sample, trip, entry, departure, twist_of (index));
  trip->companions = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (trip->companions, companions->data, companions->len);
  desk_bulk_trip (sample->bulk, trip);
}

static void
add_resident (DeskSample *sample, const DeskPatient *patient)
{
  g_autoptr (DeskTrip) trip = desk_trip_new (patient->id);

  set_text (&trip->route, "resident");
  desk_bulk_trip (sample->bulk, trip);
}

/* How many days a stay of this patient may have. */
static int
longest (DeskSample *sample, const DeskPatient *patient)
{
  const DeskExemption *line = NULL;

  return desk_exemption_find (sample->exemptions, patient->nationality, &line) == DESK_EXEMPT_YES ? line->days : VISA_DAYS;
}

/* Stays around the visits of the index-th patient: a new one after a long pause, or where the days do not reach. */
void
desk_sample_stays (DeskSample *sample, const DeskPatient *patient, guint index)
{
  GArray *days = sample->visited;
  int most = longest (sample, patient);
  g_autoptr (GArray) companions = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (days->len == 0 || g_str_equal (patient->nationality, "JPN") || twist_of (index) == NEVER_WRITTEN)
    return;
  if (index % RESIDENTS == 7)
    {
      add_resident (sample, patient);
      return;
    }
  read_passports (sample, patient, index);
  /* Some bring two: that needs a list of applicants. */
  for (guint i = 0; i < (index % 12 == 3 ? 2 : index % 3 == 0); i++)
    {
      gint64 companion = add_companion (sample, patient, index + i);

      g_array_append_val (companions, companion);
    }
  g_array_sort (days, by_day);
  for (guint from = 0, until; from < days->len; from = until)
    {
      DeskDay first = g_array_index (days, DeskDay, from), last = first;

      for (until = from + 1; until < days->len; until++)
        {
          DeskDay next = g_array_index (days, DeskDay, until);

          if (next - last > LONG_PAUSE || next + AFTER - (first - BEFORE) >= most)
            break;
          last = next;
        }
      DeskDay departure = last + AFTER;
      if (until < days->len)
        departure = MAX (last, MIN (departure, g_array_index (days, DeskDay, until) - BEFORE - 1));
      add_stay (sample, patient, index, first - BEFORE, departure, companions);
    }
}
