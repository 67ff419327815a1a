/* Duplicates: who is found, who is asked about, and what is remembered. */
#include "desk-duplicates.h"
#include "desk-patients.h"
#include "store-fixture.h"

static const char people[]
    = "INSERT INTO staff (id, name, role) VALUES (1, 'Desk', 'reception');";

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, NULL);
  store_exec (fixture, people);
  desk_db_set_actor (fixture->db, 1, "desk");
}

static void
put (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static DeskPatient *
draft (const char *family, const char *given, const char *birth, const char *passport, const char *phone, const char *email)
{
  DeskPatient *patient = desk_patient_new ();

  put (&patient->family, family);
  put (&patient->given, given);
  put (&patient->birth, birth);
  put (&patient->passport, passport);
  put (&patient->phone, phone);
  put (&patient->email, email);
  put (&patient->nationality, "VNM");
  return patient;
}

static gint64
save (StoreFixture *fixture, const char *family, const char *given, const char *birth, const char *passport, const char *phone,
      const char *email)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) patient = draft (family, given, birth, passport, phone, email);

  if (!desk_patient_save (fixture->db, patient, &error))
    g_error ("%s", error->message);
  return patient->id;
}

/* "id:level id:level …" in order. */
static char *
found (StoreFixture *fixture, const DeskPatient *patient)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = desk_duplicate_find (fixture->db, patient, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++)
    {
      DeskDuplicateHit *hit = hits->pdata[i];

      g_string_append_printf (text, "%s%d:%s", i ? " " : "", (int) hit->patient->id,
                              desk_duplicate_level_code (hit->match.level));
    }
  return g_string_free (text, FALSE);
}

#define ASSERT_FOUND(patient, expected) \
  do \
    { \
      g_autofree char *text = found (fixture, patient); \
      g_assert_cmpstr (text, ==, expected); \
    } \
  while (0)

static void
test_find (StoreFixture *fixture, gconstpointer data)
{
  save (fixture, "NGUYEN", "VAN AN", "1960-05-02", "C1234567", "+84 91 234 5678", "an@example.com"); /* 1 */
  save (fixture, "TRAN", "THI BINH", "1960-05-02", "", "", "");                                      /* 2 */
  save (fixture, "LE", "VAN CUONG", "1971-01-01", "", "", "");                                       /* 3 */
  save (fixture, "PHAM", "THI DUNG", "1960-05", "", "", "");                                         /* 4 */

  g_autoptr (DeskPatient) born = draft ("", "", "1960-05-02", "", "", "");
  ASSERT_FOUND (born, "1:none 2:none 4:none");
  g_autoptr (DeskPatient) turned = draft ("Van An", "Nguyen", "1960-05-02", "", "", "");
  ASSERT_FOUND (turned, "1:likely 2:none 4:none");
  g_autoptr (DeskPatient) passport = draft ("X", "Y", "1990-01-01", "c 123-4567", "", "");
  ASSERT_FOUND (passport, "1:certain");
  g_autoptr (DeskPatient) phone = draft ("X", "Y", "", "", "(091) 2345678", "");
  ASSERT_FOUND (phone, "1:possible");
  g_autoptr (DeskPatient) email = draft ("X", "Y", "1960-05-02", "", "", "AN@Example.COM");
  ASSERT_FOUND (email, "1:likely 2:none 4:none");
  g_autoptr (DeskPatient) name = draft ("LE", "VAN CUONG", "", "", "", "");
  ASSERT_FOUND (name, "3:possible");
  g_autoptr (DeskPatient) nobody = draft ("SMITH", "JOHN", "1950-01-01", "", "", "");
  ASSERT_FOUND (nobody, "");
  /* Nobody is a duplicate of himself. */
  turned->id = 1;
  ASSERT_FOUND (turned, "2:none 4:none");
}

static void
test_reject (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 a = save (fixture, "KIM", "MINJUN", "1988-07-19", "", "", "");
  gint64 b = save (fixture, "KIM", "MINJUN", "1988-07-19", "", "", "");
  g_autoptr (DeskPatient) patient = desk_patient_load (fixture->db, b, &error);

  ASSERT_FOUND (patient, "1:likely");
  g_assert_true (desk_duplicate_reject (fixture->db, b, a, &error));
  g_assert_true (desk_duplicate_reject (fixture->db, a, b, &error));
  g_assert_no_error (error);
  ASSERT_FOUND (patient, "");
  g_assert_true (desk_duplicate_reconsider (fixture->db, a, b, &error));
  ASSERT_FOUND (patient, "1:likely");
  store_refuse (fixture, "INSERT INTO not_same (a_id, b_id, at) VALUES (2, 1, 0)", DESK_ERROR_REFUSED, "CHECK");
}

static void
test_save (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) asked = NULL, again = NULL;
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskPatient) patient = draft ("KIM", "MINJUN", "1988-07-19", "", "", "");
  gint64 first = save (fixture, "KIM", "MINJUN", "1988-07-19", "", "", "");

  g_assert_false (desk_duplicate_save (fixture->db, patient, NULL, &asked, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "duplicate");
  g_assert_cmpuint (asked->len, ==, 1);
  g_assert_cmpint (((DeskDuplicateHit *) asked->pdata[0])->patient->id, ==, first);
  g_assert_cmpint (patient->id, ==, 0);
  g_clear_error (&error);

  g_array_append_val (told, first);
  g_assert_true (desk_duplicate_save (fixture->db, patient, told, &again, &error));
  g_assert_no_error (error);
  g_assert_cmpint (patient->id, ==, 2);
  /* Asked once: it is remembered. */
  put (&patient->note, "tall");
  g_assert_true (desk_duplicate_save (fixture->db, patient, NULL, &again, &error));
  g_assert_no_error (error);
  g_assert_true (desk_duplicate_save (fixture->db, patient, NULL, &again, &error));
  g_assert_no_error (error);
  g_assert_null (again);
}

static void
test_pairs (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  save (fixture, "KIM", "MINJUN", "1988-07-19", "", "", "");      /* 1 */
  save (fixture, "LEE", "SUN", "1970-02-03", "M111", "", "");     /* 2 */
  save (fixture, "Minjun", "Kim", "1988-07", "", "", "");         /* 3 */
  save (fixture, "RHEE", "SOON", "1970-03-02", "M111", "", "");   /* 4 */
  save (fixture, "PARK", "JIHO", "1990-01-01", "", "", "");       /* 5 */
  /* An agency's number makes nobody one person. */
  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *given = g_strdup_printf ("GUEST%u", i);
      save (fixture, "TOUR", given, "1990-01-01", "", "+82 2 5555 5555", "");
    }

  g_autoptr (GPtrArray) pairs = desk_duplicate_pairs (fixture->db, 100, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pairs->len, ==, 2);
  const DeskDuplicatePair *certain = pairs->pdata[0], *likely = pairs->pdata[1];
  g_assert_cmpint (certain->a->id, ==, 2);
  g_assert_cmpint (certain->b->id, ==, 4);
  g_assert_cmpint (certain->match.level, ==, DESK_DUPLICATE_CERTAIN);
  g_assert_cmpint (likely->a->id, ==, 1);
  g_assert_cmpint (likely->b->id, ==, 3);

  g_assert_true (desk_duplicate_reject (fixture->db, 1, 3, &error));
  g_autoptr (GPtrArray) fewer = desk_duplicate_pairs (fixture->db, 100, NULL, NULL, NULL, &error);
  g_assert_cmpuint (fewer->len, ==, 1);
  g_autoptr (GPtrArray) none = desk_duplicate_pairs (fixture->db, 0, NULL, NULL, NULL, &error);
  g_assert_cmpuint (none->len, ==, 0);
}

#define TEST(name, func) g_test_add (name, StoreFixture, NULL, set_up, func, store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/duplicates/find", test_find);
  TEST ("/duplicates/reject", test_reject);
  TEST ("/duplicates/save", test_save);
  TEST ("/duplicates/pairs", test_pairs);
  return g_test_run ();
}
