#include "desk-patients.h"

#include "desk-clinics.h"
#include "store-fixture.h"

static DeskPatient *
person (const char *family, const char *given, const char *family_native, const char *given_native, const char *kana)
{
  DeskPatient *patient = desk_patient_new ();

  patient->family = (g_free (patient->family), g_strdup (family));
  patient->given = (g_free (patient->given), g_strdup (given));
  patient->family_native = (g_free (patient->family_native), g_strdup (family_native));
  patient->given_native = (g_free (patient->given_native), g_strdup (given_native));
  patient->kana = (g_free (patient->kana), g_strdup (kana));
  return patient;
}

static void
set (DeskPatient *patient, const char *name, const char *value)
{
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (fields[i].name, name))
      desk_patient_set (patient, &fields[i], value);
}

static void
save (DeskDb *db, DeskPatient *patient)
{
  g_autoptr (GError) error = NULL;

  if (!desk_patient_save (db, patient, &error))
    g_error ("%s", error->message);
}

static gint64
count (StoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (desk_db_value (fixture->db, &n, &error, sql, ""));
  return n;
}

/* Every text member comes back as it was saved. */
static void
test_round_trip (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *field, *value;
  } special[] = { { "sex", "F" },          { "birth", "1956-06" },     { "nationality", "VNM" },      { "passport_until", "2031-01-31" },
                  { "languages", "vi,en" }, { "email", "h@v.example" }, { "purpose", "prevention" },   { "diagnosed_on", "2024" },
                  { "kana", "グエン" },     { "chart", "P-000077" },    { "passport", "C1234567" },    { "address", "1 Lê Lợi\nHuế" },
                  { "icd10", "C34.1" } };
  g_autoptr (DeskPatient) patient = person ("NGUYỄN", "Hương <b>&\"'", "", "", "");
  g_autoptr (GError) error = NULL;
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  for (guint i = 0; i < n; i++)
    if (*desk_patient_get (patient, &fields[i]) == '\0')
      desk_patient_set (patient, &fields[i], fields[i].name);
  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    set (patient, special[i].field, special[i].value);
  patient->interpreter = TRUE;

  g_autoptr (DeskPatient) wanted = desk_patient_copy (patient);
  save (fixture->db, patient);
  g_assert_cmpint (patient->id, >, 0);
  g_assert_cmpint (patient->version, ==, 1);

  g_autoptr (DeskPatient) back = desk_patient_load_chart (fixture->db, "P-000077", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (desk_patient_get (back, &fields[i]), ==, desk_patient_get (wanted, &fields[i]));
  g_assert_true (back->interpreter);
  g_assert_cmpint (back->id, ==, patient->id);
  g_assert_cmpint (back->version, ==, 1);

  g_assert_null (desk_patient_load (fixture->db, 4711, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

static void
test_charts (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskPatient) import = person ("Import", "", "", "", "");
  g_autoptr (DeskPatient) first = person ("First", "", "", "", "");
  g_autoptr (DeskPatient) second = person ("Second", "", "", "", "");
  g_autoptr (GError) error = NULL;

  set (import, "chart", "P-000002");
  save (fixture->db, import);
  save (fixture->db, first);
  save (fixture->db, second);
  g_assert_cmpstr (first->chart, ==, "P-000001-I");
  g_assert_cmpstr (second->chart, ==, "P-000003-E");

  /* A number given away is refused, a number once given stays. */
  g_autoptr (DeskPatient) thief = person ("Thief", "", "", "", "");
  set (thief, "chart", "P-000001-I");
  g_assert_false (desk_patient_save (fixture->db, thief, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_assert_cmpint (thief->id, ==, 0);
  set (second, "chart", "X");
  set (second, "note", "new");
  save (fixture->db, second);
  g_assert_cmpstr (second->chart, ==, "P-000003-E");
}

/* Two desks read the same record; the second to save is told, and nothing of it is stored. */
static void
test_conflict (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDb) other = desk_store_open (fixture->path, FALSE, &error);
  g_autoptr (DeskPatient) patient = person ("Müller", "Eva", "", "", "");

  save (fixture->db, patient);
  g_autoptr (DeskPatient) here = desk_patient_load (fixture->db, patient->id, &error);
  g_autoptr (DeskPatient) there = desk_patient_load (other, patient->id, &error);
  set (here, "phone", "1111111");
  set (there, "family", "Meier");
  save (other, there);
  g_assert_cmpint (there->version, ==, 2);
  g_assert_false (desk_patient_save (fixture->db, here, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (here->version, ==, 1);

  g_autoptr (DeskPatient) stored = desk_patient_load (fixture->db, patient->id, &error);
  g_assert_cmpstr (stored->family, ==, "Meier");
  g_assert_cmpstr (stored->phone, ==, "");
  g_assert_cmpint (stored->version, ==, 2);

  /* Saved without a change: no version, no audit row. */
  gint64 rows = count (fixture, "SELECT count (*) FROM audit");
  save (fixture->db, stored);
  g_assert_cmpint (stored->version, ==, 2);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM audit"), ==, rows);
}

static void
test_audit_detail (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskPatient) patient = person ("Müller", "Eva", "", "", "");
  g_autoptr (GError) error = NULL;

  save (fixture->db, patient);
  set (patient, "family", "Meier");
  patient->interpreter = TRUE;
  save (fixture->db, patient);
  g_autoptr (DeskStmt) stmt = desk_db_query (fixture->db, &error, "SELECT action, detail FROM audit ORDER BY seq DESC", "");
  g_assert_cmpint (desk_stmt_step (stmt, &error), ==, DESK_STEP_ROW);
  g_assert_cmpstr (desk_stmt_text (stmt, 0), ==, "patient.update");
  g_assert_cmpstr (desk_stmt_text (stmt, 1), ==, "family: Müller → Meier\ninterpreter: 0 → 1");
  g_assert_cmpint (desk_stmt_step (stmt, &error), ==, DESK_STEP_ROW);
  g_assert_cmpstr (desk_stmt_text (stmt, 0), ==, "patient.create");
}

static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (10000, 'x');
  const struct
  {
    const char *field, *value, *message;
  } cases[] = {
    { "family", "", "family: missing" },
    { "family", "A\x01", "family: control-character" },
    { "given", long_name, "given: too-long" },
    { "birth", "2999-01-01", "birth: in-future" },
    { "nationality", "ZZZ", "nationality: unknown-country" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskPatient) patient = person ("Good", "", "", "", "");
      g_autoptr (GError) error = NULL;

      set (patient, cases[i].field, cases[i].value);
      g_assert_false (desk_patient_save (fixture->db, patient, &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_cmpstr (patient->chart, ==, "");
    }
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patient"), ==, 0);
}

static void
test_lists (StoreFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "Öz", "abe", "Zhang", "Łuk" };
  static const char *const births[] = { "1980-05-05", "", "1980", "1980-05" };
  static const struct
  {
    DeskPatientSort sort;
    gint64 ids[4];
  } orders[] = {
    { DESK_PATIENT_SORT_NAME, { 2, 4, 1, 3 } },
    { DESK_PATIENT_SORT_CHART, { 1, 2, 3, 4 } },
    { DESK_PATIENT_SORT_BIRTH, { 2, 3, 4, 1 } },
    { DESK_PATIENT_SORT_SEEN, { 3, 4, 2, 1 } },
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (DeskPatient) patient = person (names[i], "", "", "", "");
      set (patient, "birth", births[i]);
      save (fixture->db, patient);
    }
  store_exec (fixture, "UPDATE patient SET last_seen = 20000 WHERE id = 3");
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (GArray) ids = desk_patient_ids (fixture->db, orders[i].sort, &error);

      g_assert_cmpmem (ids->data, ids->len * sizeof (gint64), orders[i].ids, sizeof orders[i].ids);
    }

  gint64 wanted[] = { 4, 99, 1 };
  g_autoptr (GPtrArray) rows = desk_patient_rows (fixture->db, wanted, 3, &error);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpstr (((DeskPatient *) rows->pdata[0])->family, ==, "Łuk");
  g_assert_null (rows->pdata[1]);
  g_assert_cmpstr (((DeskPatient *) rows->pdata[2])->chart, ==, "P-000001-I");
  g_assert_cmpstr (((DeskPatient *) rows->pdata[2])->note, ==, "");

  g_autoptr (GPtrArray) day = desk_patient_born_on (fixture->db, "1980-05-05", &error);
  g_autoptr (GPtrArray) other = desk_patient_born_on (fixture->db, "1980-05-06", &error);
  g_autoptr (GPtrArray) year = desk_patient_born_on (fixture->db, "1980", &error);
  g_autoptr (GPtrArray) none = desk_patient_born_on (fixture->db, "", &error);
  g_assert_cmpuint (day->len, ==, 3);
  g_assert_cmpuint (other->len, ==, 2);
  g_assert_cmpuint (year->len, ==, 3);
  g_assert_cmpuint (none->len, ==, 0);
}

/* A list of a million ids is one pass over an index that holds all it needs. */
static void
test_plans (StoreFixture *fixture, gconstpointer data)
{
  static const char *const plans[] = {
    "EXPLAIN QUERY PLAN SELECT id FROM patient ORDER BY sort_name, id",
    "EXPLAIN QUERY PLAN SELECT id FROM patient ORDER BY chart",
    "EXPLAIN QUERY PLAN SELECT id FROM patient ORDER BY birth, id",
    "EXPLAIN QUERY PLAN SELECT id FROM patient ORDER BY last_seen DESC, id DESC",
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      g_autoptr (DeskStmt) stmt = desk_db_query (fixture->db, &error, plans[i], "");

      g_assert_cmpint (desk_stmt_step (stmt, &error), ==, DESK_STEP_ROW);
      if (!g_strstr_len (desk_stmt_text (stmt, 3), -1, "COVERING INDEX"))
        g_error ("%s: %s", plans[i], desk_stmt_text (stmt, 3));
      g_assert_cmpint (desk_stmt_step (stmt, &error), ==, DESK_STEP_DONE);
    }
}

static void
test_clinic (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskClinic) none = desk_clinic_load (fixture->db, &error);
  DeskClinic draft = { .name = (char *) "Clinic", .name_ja = (char *) "クリニック", .opens = 540, .closes = 1080 };
  DeskStaff nurse = { .name = (char *) "Sato", .role = (char *) "nurse", .active = TRUE };
  DeskStaff former = { .name = (char *) "Abe", .role = (char *) "nurse" };
  DeskStaff wrong = { .name = (char *) "X", .role = (char *) "wizard", .active = TRUE };

  g_assert_null (none);
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
  g_clear_error (&error);

  DeskClinic *clinic = g_memdup2 (&draft, sizeof draft);
  clinic->name = g_strdup (draft.name);
  clinic->name_ja = g_strdup (draft.name_ja);
  g_assert_true (desk_clinic_save (fixture->db, clinic, &error));
  g_autoptr (DeskClinic) first = desk_clinic_load (fixture->db, &error);
  g_autoptr (DeskClinic) second = desk_clinic_load (fixture->db, &error);
  g_assert_cmpstr (first->uuid, ==, clinic->uuid);
  g_assert_cmpstr (first->zone, ==, "Asia/Tokyo");
  g_assert_cmpint (first->version, ==, 1);
  desk_clinic_free (clinic);
  first->opens = 600;
  g_assert_true (desk_clinic_save (fixture->db, first, &error));
  g_assert_cmpint (first->version, ==, 2);
  g_assert_false (desk_clinic_save (fixture->db, second, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autoptr (GTimeZone) zone = desk_clinic_zone (fixture->db, &error);
  g_assert_cmpstr (g_time_zone_get_identifier (zone), ==, "Asia/Tokyo");

  g_assert_true (desk_staff_add (fixture->db, &nurse, &error));
  g_assert_true (desk_staff_add (fixture->db, &former, &error));
  g_assert_false (desk_staff_add (fixture->db, &wrong, &error));
  g_clear_error (&error);
  g_autoptr (GPtrArray) active = desk_staff_list (fixture->db, TRUE, &error);
  g_autoptr (GPtrArray) all = desk_staff_list (fixture->db, FALSE, &error);
  g_assert_cmpuint (active->len, ==, 1);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (((DeskStaff *) all->pdata[0])->name, ==, "Abe");

  g_autofree char *reason = NULL, *open = NULL;
  g_assert_true (desk_closed_day_add (fixture->db, 20000, "Stocktake", &error));
  g_assert_true (desk_closed_day_reason (fixture->db, 20000, &reason, &error));
  g_assert_true (desk_closed_day_reason (fixture->db, 20001, &open, &error));
  g_assert_cmpstr (reason, ==, "Stocktake");
  g_assert_null (open);
}

/* A number is given once, unless the transaction that took it never was. */
static void
test_counter (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 number = 0;

  for (gint64 i = 1; i <= 3; i++)
    {
      g_assert_true (desk_counter_next (fixture->db, "test", &number, &error));
      g_assert_cmpint (number, ==, i);
    }
  DeskTxn *txn = desk_txn_begin (fixture->db, &error);
  g_assert_true (desk_counter_next (fixture->db, "test", &number, &error));
  g_assert_cmpint (number, ==, 4);
  desk_txn_end (txn);
  g_assert_true (desk_counter_next (fixture->db, "test", &number, &error));
  g_assert_cmpint (number, ==, 4);
  store_refuse (fixture, "UPDATE counter SET next = 1 WHERE name = 'test'", DESK_ERROR_REFUSED, "number-reuse");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("/patients/round-trip", test_round_trip);
  ADD ("/patients/charts", test_charts);
  ADD ("/patients/conflict", test_conflict);
  ADD ("/patients/audit-detail", test_audit_detail);
  ADD ("/patients/refused", test_refused);
  ADD ("/patients/lists", test_lists);
  ADD ("/patients/plans", test_plans);
  ADD ("/patients/clinic", test_clinic);
  ADD ("/patients/counter", test_counter);
  return g_test_run ();
}
