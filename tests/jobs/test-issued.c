/* From the record to paper: what is issued is frozen, drawn again to the same bytes, and held against the book. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "desk-book.h"
#include "desk-clinics.h"
#include "desk-consents.h"
#include "desk-letter-data.h"
#include "desk-letter-issue.h"
#include "desk-letter-page.h"
#include "desk-letter-templates.h"
#include "desk-patients.h"
#include "letter-fixture.h"

static gint64
issue (StoreFixture *fixture, const char *name, const char *language, gint64 patient)
{
  g_autoptr (GError) error = NULL;
  const DeskLetterWanted wanted = { .name = name, .language = language, .patient_id = patient };
  gint64 id = 0;

  if (!desk_letter_issue (fixture->db, &wanted, LETTER_TODAY, &id, &error))
    g_error ("%s: %s", name, error->message);
  return id;
}

static char *
digest_of (StoreFixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskIssued) issued = desk_issued_load (fixture->db, id, &error);

  g_assert_no_error (error);
  return g_strdup (issued->pdf_digest);
}

/* Another process draws the same bytes. */
static void
test_again (StoreFixture *fixture, gconstpointer data)
{
  static const char *const letters[][2] = { { "consent", "ja" }, { "consent", "en" }, { "treatment-schedule", "en" }, { "visa-certificate", "ja" } };
  gint64 patient = letter_fixture_patient (fixture);
  gint64 ids[G_N_ELEMENTS (letters)];
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    ids[i] = issue (fixture, letters[i][0], letters[i][1], patient);
  store_exec (fixture, "UPDATE patient SET family = 'OTHER', version = version + 1");
  store_exec (fixture, "UPDATE clinic SET name = 'Another', version = version + 1");
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *number = g_strdup_printf ("%d", (int) ids[i]), *output = NULL, *digest = digest_of (fixture, ids[i]);
      char *argv[] = { self, (char *) "--digest", fixture->path, number, NULL };
      int status;

      g_assert_true (g_spawn_sync (NULL, argv, NULL, 0, NULL, NULL, &output, NULL, &status, &error));
      g_assert_cmpint (status, ==, 0);
      g_assert_cmpstr (g_strstrip (output), ==, digest);
    }
}

static int
print_digest (const char *path, const char *id)
{
  g_autoptr (DeskDb) db = desk_store_open (path, TRUE, NULL);
  g_autoptr (DeskLetterLayout) layout = db ? desk_issued_layout (db, g_ascii_strtoll (id, NULL, 10), 0, LETTER_TODAY, NULL) : NULL;
  g_autofree char *digest = NULL;
  g_autoptr (GBytes) bytes = layout ? desk_letter_pdf_bytes (layout, &digest, NULL) : NULL;

  g_print ("%s\n", bytes ? digest : "none");
  return bytes ? 0 : 1;
}

static char *
differs (StoreFixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;
  guint n;

  if (!desk_letter_compare_touched (fixture->db, 0, &n, &error))
    g_error ("%s", error->message);
  g_autoptr (DeskIssued) issued = desk_issued_load (fixture->db, id, &error);
  g_assert_false (issued->touched);
  return g_strdup (issued->differs);
}

static void
assert_differs (StoreFixture *fixture, gint64 id, const char *expected)
{
  g_autofree char *found = differs (fixture, id);

  g_assert_cmpstr (found, ==, expected);
}

/* A letter is flagged when the book says otherwise, tells what, and is not any more once that is put right. */
static void
test_differs (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 patient = letter_fixture_patient (fixture);
  gint64 schedule = issue (fixture, "treatment-schedule", "en", patient), consent = issue (fixture, "consent", "ja", patient);

  assert_differs (fixture, schedule, "");
  store_exec (fixture, "UPDATE patient SET family = 'NGUYENN', version = version + 1");
  assert_differs (fixture, consent, "patient.name");
  g_autoptr (GPtrArray) differences = desk_letter_compare (fixture->db, consent, &error);
  g_assert_cmpuint (differences->len, ==, 1);
  const DeskLetterDifference *difference = differences->pdata[0];
  g_assert_cmpstr (difference->was, ==, "NGUYEN THI AN");
  g_assert_cmpstr (difference->now, ==, "NGUYENN THI AN");
  store_exec (fixture, "UPDATE patient SET family = 'NGUYEN', version = version + 1");
  assert_differs (fixture, consent, "");

  /* A visit an hour later: only the schedule says otherwise. */
  store_exec (fixture, "UPDATE visit SET starts_at = starts_at + 3600, ends_at = ends_at + 3600, busy_from = busy_from + 3600,"
                       " busy_until = busy_until + 3600, version = version + 1 WHERE id = (SELECT max (id) FROM visit)");
  assert_differs (fixture, consent, "");
  assert_differs (fixture, schedule, "visits.time");
  g_clear_pointer (&differences, g_ptr_array_unref);
  differences = desk_letter_compare (fixture->db, schedule, &error);
  difference = differences->pdata[0];
  g_assert_cmpuint (difference->place, ==, 7);
  g_assert_cmpstr (difference->was, ==, "10:00–11:00");
  g_assert_cmpstr (difference->now, ==, "11:00–12:00");

  /* Issued again it holds, under a number of its own; the old one is replaced and compared no more. */
  gint64 again = 0;
  g_assert_true (desk_letter_issue_again (fixture->db, schedule, LETTER_TODAY, &again, &error));
  g_assert_no_error (error);
  assert_differs (fixture, again, "");
  g_autoptr (DeskIssued) old = desk_issued_load (fixture->db, schedule, &error);
  g_autoptr (DeskIssued) new = desk_issued_load (fixture->db, again, &error);
  g_assert_cmpint (old->replaced_by, ==, again);
  g_assert_cmpstr (old->number, !=, new->number);
  g_assert_cmpstr (old->differs, ==, "");
  g_assert_false (desk_letter_issue_again (fixture->db, schedule, LETTER_TODAY, &again, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
}

static void
go (StoreFixture *fixture, gint64 visit_id, const char *const *statuses)
{
  for (guint i = 0; statuses[i]; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DeskVisit) visit = desk_visit_load (fixture->db, visit_id, &error);

      if (!visit || !desk_visit_set_status (fixture->db, visit, statuses[i], &error))
        g_error ("%s: %s", statuses[i], error->message);
    }
}

/* What took place as it was planned is no difference, nor that somebody did not come; what was cancelled is one. */
static void
test_took_place (StoreFixture *fixture, gconstpointer data)
{
  gint64 patient = letter_fixture_patient (fixture), schedule = issue (fixture, "treatment-schedule", "en", patient);
  g_autofree char *found = NULL;

  go (fixture, 1, (const char *const[]){ "arrived", "checked_in", "in_room", "done", NULL });
  go (fixture, 2, (const char *const[]){ "no_show", NULL });
  assert_differs (fixture, schedule, "");
  go (fixture, 7, (const char *const[]){ "cancelled_patient", NULL });
  found = differs (fixture, schedule);
  g_assert_nonnull (strstr (found, "visits"));
}

/* All or none; the first is the head of the pack. One PDF of all, and every print in the register. */
static void
test_pack (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 patient = letter_fixture_patient (fixture), ids[2];
  const DeskLetterWanted wanted[] = { { .name = "visa-certificate", .language = "en", .patient_id = patient },
                                      { .name = "treatment-schedule", .language = "en", .patient_id = patient } };
  const DeskLetterWanted bad[] = { wanted[0], { .name = "no-such", .language = "en", .patient_id = patient } };
  g_autofree char *path = g_build_filename (fixture->folder, "pack.pdf", NULL);

  g_assert_false (desk_letter_issue_pack (fixture->db, bad, 2, LETTER_TODAY, ids, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_autoptr (GArray) none = desk_issued_ids (fixture->db, DESK_ISSUED_ALL, &error);
  g_assert_cmpuint (none->len, ==, 0);

  g_assert_true (desk_letter_issue_pdf (fixture->db, wanted, 2, LETTER_TODAY, path, FALSE, ids, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (DeskIssued) issued = desk_issued_load (fixture->db, ids[i], &error);

      g_assert_cmpint (issued->pack, ==, i ? ids[0] : 0);
      g_assert_cmpuint (issued->prints, ==, 1);
      g_assert_cmpstr (issued->print_state, ==, "done");
    }
}

/* A disc that is full, or a folder that is gone in between: issued all the same, and the register says what became of the
 * print. A file that is there is refused before anything is issued. */
static void
test_failed_print (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 patient = letter_fixture_patient (fixture), id = issue (fixture, "consent", "en", patient);
  g_autofree char *path = g_build_filename (fixture->folder, "there.pdf", NULL);

  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  g_assert_false (desk_issued_write_pdf (fixture->db, &id, 1, LETTER_TODAY, path, FALSE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_EXISTS);
  g_clear_error (&error);
  g_autoptr (GPtrArray) none = desk_issued_prints (fixture->db, id, &error);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_marks (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 patient = letter_fixture_patient (fixture), id = issue (fixture, "consent", "en", patient), again = 0;
  g_autofree char *original = digest_of (fixture, id);

  for (int pass = 0; pass < 3; pass++)
    {
      g_autofree char *digest = NULL;
      guint copy = pass == 1;

      if (pass == 2)
        g_assert_true (desk_issued_void (fixture->db, id, "wrong person", &error));
      g_autoptr (DeskLetterLayout) layout = desk_issued_layout (fixture->db, id, copy, LETTER_TODAY, &error);
      g_autoptr (GBytes) bytes = desk_letter_pdf_bytes (layout, &digest, &error);
      g_assert_nonnull (bytes);
      if (pass == 0)
        g_assert_cmpstr (digest, ==, original);
      else
        g_assert_cmpstr (digest, !=, original);
    }
  g_assert_false (desk_letter_issue_again (fixture->db, id, LETTER_TODAY, &again, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
}

/* A paper to be signed stays in force while its consent is open, and is never corrected by one without a consent. */
static void
test_consent_hangs (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 patient = letter_fixture_patient (fixture), id = issue (fixture, "consent", "en", patient), again = 0;
  DeskConsent open = { .patient_id = patient, .issued_id = id, .name = (char *) "consent", .version = (char *) "1.0", .language = (char *) "en",
                       .plan = (char *) "" };
  g_autoptr (DeskTxn) txn = desk_txn_begin (fixture->db, &error);

  g_assert_true (desk_consent_open_in (fixture->db, txn, &open, 0, &error) && desk_txn_commit (txn, &error));
  g_clear_pointer (&txn, desk_txn_end);
  g_assert_false (desk_issued_void (fixture->db, id, "wrong person", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "consent-hangs");
  g_clear_error (&error);
  g_assert_false (desk_letter_issue_again (fixture->db, id, LETTER_TODAY, &again, &error));
  g_assert_cmpstr (error->message, ==, "consent-hangs");
  g_clear_error (&error);
  g_autoptr (DeskConsent) consent = desk_consent_load (fixture->db, open.id, &error);
  g_assert_true (desk_consent_cancel (fixture->db, consent->id, consent->version_row, 0, &error));
  g_assert_false (desk_letter_issue_again (fixture->db, id, LETTER_TODAY, &again, &error));
  g_assert_cmpstr (error->message, ==, "consent-anew");
  g_clear_error (&error);
  g_assert_true (desk_issued_void (fixture->db, id, "wrong person", &error));
  g_assert_no_error (error);
}

/* What was frozen is read back as it was written, whatever stands in it. */
static void
test_data (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskFields) fields = desk_fields_new ();
  DeskFields *item = desk_fields_add (fields, "visits");

  desk_fields_set (fields, "patient.name", "<b>O'NEIL & \"{{x}}\"</b> ]]> \001\002 line\nnext \r end");
  desk_fields_set_in (fields, "patient.nationality", "ja", "ベトナム");
  desk_fields_set (fields, "patient.nationality", "Vietnam");
  desk_fields_set_forms (fields, "patient.native", "zh-tw", "骨");
  desk_fields_set_day (fields, "patient.birth", "1961-04");
  desk_fields_set (fields, "patient.chart", "not asked for");
  desk_fields_set (item, "time", "10:00");
  desk_fields_set (desk_fields_add (item, "doses"), "number", "U1");
  (void) desk_fields_get (fields, "patient.name", "en");
  (void) desk_fields_get (fields, "patient.nationality", "ja");
  (void) desk_fields_get (fields, "patient.native", "en");
  (void) desk_fields_get (fields, "patient.birth", "en");
  (void) desk_fields_get_list (fields, "visits");
  (void) desk_fields_get (item, "time", "en");
  (void) desk_fields_get (desk_fields_get_list (item, "doses")->pdata[0], "number", "en");
  g_autofree char *xml = desk_letter_data_write (fields, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (xml, "not asked for"));
  g_autoptr (DeskFields) back = desk_letter_data_read (xml, &error);
  g_assert_no_error (error);
  DeskFieldValue value;
  g_assert_cmpstr (desk_fields_get (back, "patient.name", "en"), ==, desk_fields_get (fields, "patient.name", "en"));
  g_assert_cmpstr (desk_fields_get (back, "patient.nationality", "ja"), ==, "ベトナム");
  g_assert_cmpstr (desk_fields_get (back, "patient.nationality", "en"), ==, "Vietnam");
  g_assert_true (desk_fields_find (back, "patient.native", "en", &value));
  g_assert_cmpstr (value.forms, ==, "zh-tw");
  g_assert_true (desk_fields_find (back, "patient.birth", "en", &value));
  g_assert_true (value.day);
  const DeskFields *visit = desk_fields_get_list (back, "visits")->pdata[0];
  const DeskFields *dose = desk_fields_get_list (visit, "doses")->pdata[0];
  g_assert_cmpstr (desk_fields_get (dose, "number", "en"), ==, "U1");

  static const char *const damaged[] = { "", "<letter-data/>", "<letter-data xmlns='urn:uketsuke:letter-data:1'>",
                                         "<!DOCTYPE x [<!ENTITY e 'x'>]><letter-data xmlns='urn:uketsuke:letter-data:1'><value name='a'>&e;</value></letter-data>",
                                         "<letter-data xmlns='urn:uketsuke:letter-data:1'><value>x</value></letter-data>" };
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_assert_null (desk_letter_data_read (damaged[i], &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
      g_clear_error (&error);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (StoreFixture *, gconstpointer);
  } tests[] = {
    { "/issued/again", test_again }, { "/issued/differs", test_differs },           { "/issued/took-place", test_took_place },
    { "/issued/pack", test_pack },   { "/issued/failed-print", test_failed_print }, { "/issued/marks", test_marks },
    { "/issued/consent-hangs", test_consent_hangs },
    { "/issued/data", test_data },
  };

  if (argc == 4 && strcmp (argv[1], "--digest") == 0)
    return print_digest (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, StoreFixture, NULL, store_fixture_set_up, tests[i].func, store_fixture_tear_down);
  return g_test_run ();
}
