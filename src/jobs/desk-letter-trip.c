#include "desk-letter-trip.h"

#include "desk-country.h"
#include "desk-letter-dates.h"
#include "desk-letter-gather.h"
#include "desk-trips.h"

/* The relations as the papers of both countries call them. */
static const struct
{
  const char *code, *english, *japanese;
} relations[] = {
  { "spouse", "Spouse", "配偶者" },     { "parent", "Parent", "親" },       { "child", "Child", "子" },
  { "sibling", "Sibling", "兄弟姉妹" }, { "relative", "Relative", "親族" }, { "friend", "Friend", "友人" },
  { "carer", "Carer", "介護者" },       { "interpreter", "Interpreter", "通訳" },
  { "agent", "Agent", "エージェント" }, { "other", "Other", "その他" },
};

static void
set_both (DeskFields *fields, const char *name, const char *english, const char *japanese)
{
  desk_fields_set (fields, name, english);
  desk_fields_set_in (fields, name, "ja", japanese);
}

static void
set_date (DeskFields *fields, const char *name, const char *iso)
{
  g_autofree char *english = desk_letter_partial_date (iso, "en");
  g_autofree char *japanese = desk_letter_partial_date (iso, "ja");

  set_both (fields, name, english, japanese);
}

static void
set_flag (DeskFields *fields, const char *name, gboolean holds)
{
  desk_fields_set (fields, name, holds ? "1" : NULL);
}

static void
add_companion (DeskFields *fields, const DeskCompanion *companion, guint number)
{
  DeskFields *item = desk_fields_add (fields, "companions");
  g_autofree char *name = desk_companion_name (companion);
  g_autofree char *place = g_strdup_printf ("%u", number);

  desk_fields_set (item, "number", place);
  desk_fields_set (item, "name", name);
  desk_fields_set (item, "passport", companion->passport);
  set_both (item, "nationality", desk_country_name (companion->nationality, "en"),
            desk_country_name (companion->nationality, "ja"));
  set_date (item, "birth", companion->birth);
  set_flag (item, "female", g_str_equal (companion->sex, "F"));
  set_flag (item, "male", g_str_equal (companion->sex, "M"));
  set_flag (item, "unspecified", g_str_equal (companion->sex, "X"));
  for (guint i = 0; i < G_N_ELEMENTS (relations); i++)
    if (g_str_equal (relations[i].code, companion->relation))
      set_both (item, "relation", relations[i].english, relations[i].japanese);
}

/* The stay the letter is about, else the one going on or the next; NULL where none is planned. */
static const DeskTrip *
trip_of (const DeskStayFile *file, const DeskLetterWanted *wanted, DeskDay today)
{
  if (!desk_letter_subject_is (wanted, "trip"))
    return desk_stay_current (file->trips, today);
  for (guint i = 0; i < file->trips->len; i++)
    {
      const DeskTrip *trip = file->trips->pdata[i];

      if (trip->id == wanted->subject_id)
        return trip;
    }
  return NULL;
}

/* Nothing is set where no stay is planned. On the list of applicants the patient is number 1. */
gboolean
desk_letter_set_trip (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autoptr (DeskStayFile) file = wanted->patient_id ? desk_stay_load (db, wanted->patient_id, today, error) : NULL;
  const DeskTrip *trip = file ? trip_of (file, wanted, today) : NULL;
  guint n = 0;

  if (!file || !trip)
    return file || !wanted->patient_id;
  set_date (fields, "trip.entry", *trip->entered_on ? trip->entered_on : trip->planned_entry);
  set_date (fields, "trip.departure", *trip->departed_on ? trip->departed_on : trip->planned_departure);
  desk_fields_set (fields, "trip.mission", trip->mission);
  set_flag (fields, "trip.hospitalised", trip->hospitalised);
  set_flag (fields, "trip.outpatient", !trip->hospitalised);
  set_flag (fields, "trip.multiple", g_str_equal (trip->visa_entries, "multiple"));
  set_flag (fields, "trip.once", g_str_equal (trip->visa_entries, "single"));
  desk_fields_set (fields, "trip.guarantor", trip->guarantor);
  desk_fields_set (fields, "trip.guarantor_number", trip->guarantor_number);
  desk_fields_set (fields, "trip.guarantor_list", trip->guarantor_list);
  desk_fields_set (fields, "trip.guarantor_address", trip->guarantor_address);
  desk_fields_set (fields, "trip.guarantor_contact", trip->guarantor_contact);
  for (guint i = 0; i < file->companions->len; i++)
    if (desk_trip_has_companion (trip, ((DeskCompanion *) file->companions->pdata[i])->id))
      add_companion (fields, file->companions->pdata[i], ++n + 1);
  set_flag (fields, "trip.companions", n > 0);
  set_flag (fields, "trip.single_companion", n == 1);
  set_flag (fields, "trip.list", n > 1);
  return TRUE;
}

/* The rules of the visa papers for the stay the certificate would be about (facts: visa, 1.4). */
gboolean
desk_letter_check_trip (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error)
{
  g_autoptr (DeskStayFile) file = desk_stay_load (db, wanted->patient_id, today, error);

  if (!file)
    return FALSE;
  file->look.trip = trip_of (file, wanted, today);
  if (file->look.trip)
    desk_stay_check_certificate (&file->look, problems);
  return TRUE;
}
