#include "letter-fixture.h"

#include "desk-book.h"
#include "desk-clinics.h"
#include "desk-patients.h"

void
letter_fixture_clinic (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  DeskClinic clinic = {
    .uuid = (char *) "00000000-0000-4000-8000-000000000001", .name = (char *) "Aoba Cell Clinic", .name_ja = (char *) "青葉細胞クリニック",
    .address = (char *) "1-2-3 Hirakawacho, Chiyoda-ku, Tokyo 102-0093", .address_ja = (char *) "〒102-0093 東京都千代田区平河町1-2-3",
    .phone = (char *) "+81 3 0000 0000", .fax = (char *) "+81 3 0000 0001", .email = (char *) "desk@clinic.example",
    .director = (char *) "YAMADA Hanako, MD", .director_ja = (char *) "山田 花子", .approval = (char *) "13-A-0042",
    .contact = (char *) "AOKI Yuki", .contact_ja = (char *) "青木 由紀", .department = (char *) "International Desk",
    .department_ja = (char *) "国際患者受付", .bank = (char *) "Sample Bank, Hibiya Branch, 1234567", .bank_ja = (char *) "見本銀行 日比谷支店 普通 1234567",
    .plan_number = (char *) "PC3150325", .facility = (char *) "FC3140025", .zone = (char *) "Asia/Tokyo", .opens = 540,
    .closes = 1080, .closed_weekdays = (char *) "7", .version = 0,
  };

  if (!desk_clinic_save (fixture->db, &clinic, &error))
    g_error ("%s", error->message);
}

gint64
letter_fixture_person (StoreFixture *fixture, const char *family, const char *given, const char *passport)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) patient = desk_patient_new ();
  const char *const texts[][2] = {
    { "family", family }, { "given", given }, { "family_native", "阮" }, { "given_native", "文安" }, { "sex", "F" },
    { "birth", "1961-04-09" }, { "nationality", "VNM" }, { "passport", passport }, { "passport_until", "2030-01-31" },
    { "diagnosis", "Carcinoma of the stomach" }, { "icd10", "C16.9" }, { "purpose", "treatment" },
  };
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      if (g_str_equal (fields[i].name, texts[j][0]))
        desk_patient_set (patient, &fields[i], texts[j][1]);
  if (!desk_patient_save (fixture->db, patient, &error))
    g_error ("%s", error->message);
  return patient->id;
}

void
letter_fixture_visit (StoreFixture *fixture, gint64 patient, const char *type, DeskDay day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Tokyo");
  gint64 start = desk_instant_at (day, 600, zone);
  DeskVisit visit = {
    .patient_id = patient, .type = (char *) type, .status = (char *) "booked", .starts_at = start, .ends_at = start + 3600,
    .busy_from = start, .busy_until = start + 3600, .override = (char *) "", .note = (char *) "",
  };

  if (!desk_visit_save (fixture->db, &visit, &error))
    g_error ("%s", error->message);
}

/* A stay of that long with two companions, everything the certificate asks for. */
void
letter_fixture_trip (StoreFixture *fixture, gint64 patient, int days)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *entry = desk_day_format (LETTER_TODAY + 5), *departure = desk_day_format (LETTER_TODAY + 5 + days - 1);

  if (!desk_db_run (fixture->db, &error, "UPDATE patient SET occupation = 'Teacher', version = version + 1 WHERE id = $1", "i", patient)
      || !desk_db_run (fixture->db, &error,
                       "INSERT INTO companion (patient_id, family, given, nationality, birth, passport, passport_until, relation)"
                       " VALUES ($1, 'TRAN', 'VAN B', 'VNM', '1960-05-06', 'C2', '2030-01-01', 'spouse'),"
                       " ($1, 'LE', 'HOANG', 'VNM', '1990-01-02', 'C3', '2030-01-01', 'interpreter')", "i", patient)
      || !desk_db_run (fixture->db, &error,
                       "INSERT INTO trip (patient_id, route, planned_entry, planned_departure, visa_days, visa_entries, guarantor,"
                       " guarantor_list, guarantor_number, guarantor_checked_on, mission)"
                       " VALUES ($1, 'medical_visa', $2, $3, 90, 'multiple', 'Japan Medical Support', 'B', 'B-012', '2026-01-05',"
                       " 'Hanoi')", "itt", patient, entry, departure)
      || !desk_db_run (fixture->db, &error,
                       "INSERT INTO trip_companion (trip_id, companion_id, patient_id) SELECT t.id, c.id, c.patient_id"
                       " FROM trip t JOIN companion c ON c.patient_id = t.patient_id WHERE t.patient_id = $1", "i", patient))
    g_error ("%s", error->message);
}

gint64
letter_fixture_patient (StoreFixture *fixture)
{
  letter_fixture_clinic (fixture);
  gint64 patient = letter_fixture_person (fixture, "NGUYEN", "THI AN", "C1234567");

  letter_fixture_trip (fixture, patient, 90);
  letter_fixture_visit (fixture, patient, "blood_draw", LETTER_TODAY + 8);
  for (int i = 0; i < 6; i++)
    letter_fixture_visit (fixture, patient, "infusion", LETTER_TODAY + 29 + 14 * i);
  return patient;
}
