#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "desk-audit.h"
#include "desk-book.h"
#include "desk-error.h"
#include "desk-clinics.h"
#include "desk-letter-gather.h"
#include "desk-letter-issue.h"
#include "desk-letter-trip.h"
#include "desk-patients.h"
#include "letter-fixture.h"

#define TODAY LETTER_TODAY
#define WANTED(name_, language_, patient_) (&(DeskLetterWanted){ .name = name_, .language = language_, .patient_id = patient_ })

/* What a program prints, or the test fails. */
static char *
run (const char *command)
{
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status;

  g_spawn_command_line_sync (command, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  return output;
}

/* Where a line ends says nothing: only letters are compared. */
static char *
squeeze (const char *text)
{
  GString *out = g_string_new (NULL);
  g_autofree char *folded = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  for (const char *p = folded; *p; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

static char *
pdf_text (const char *path)
{
  g_autofree char *command = g_strdup_printf ("pdftotext '%s' -", path);
  g_autofree char *output = run (command);

  return squeeze (output);
}

static gboolean
issue_pdf (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, const char *path, gboolean overwrite, GError **error)
{
  gint64 id;

  return desk_letter_issue_pdf (db, wanted, 1, today, path, overwrite, &id, error);
}

static char *
print (StoreFixture *fixture, const char *name, gint64 patient, const char *language)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->folder, "letter.pdf", NULL);

  if (!issue_pdf (fixture->db, WANTED (name, language, patient), TODAY, path, TRUE, &error))
    g_error ("%s %s: %s", name, language, error->message);
  return path;
}

static void
assert_found (const char *text, const char *words)
{
  g_autofree char *squeezed = squeeze (words);

  if (!strstr (text, squeezed))
    g_error ("«%s» is not in: %s", words, text);
}

typedef struct
{
  const char *letter, *language;
  const char *words[20];
} Expected;

static const Expected expected[] = {
  { "consent", "en", { "NGUYEN THI AN", "阮", "9 April 1961", "Vietnam", "PC3150325", "FC3140025", "YAMADA Hanako", "Aoba Cell Clinic",
                       "Carcinoma of the stomach", "C16.9", "no large controlled studies", "同意の撤回", "Interpreter" } },
  { "consent", "ja", { "NGUYEN THI AN", "1961年4月9日", "PC3150325", "山田 花子", "青葉細胞クリニック", "平成25年法律第85号",
                       "通訳者", "withdraw this consent at any time" } },
  { "visa-certificate", "en", { "NGUYEN, THI AN", "C1234567", "Vietnam", "Female", "31 January 2030", "1 February 2026", "9 February 2026",
                                "11 May 2026", "13-A-0042", "+81 3 0000 0001", "desk@clinic.example", "of these infusions: 6",
                                "exceed 90 days", "Visits booked: 7",
                                "Teacher" } },
  { "visa-certificate", "en", { "6 February 2026", "6 May 2026", "Hanoi", "see the attached list of applicants", "Teacher", "AOKI Yuki (International Desk)" } },
  { "companion-list", "en", { "NGUYEN THI AN", "C1234567", "TRAN VAN B", "Spouse", "C3", "Interpreter", "Patient" } },
  { "companion-list", "ja", { "TRAN VAN B", "配偶者", "1960年5月6日", "申請人名簿", "患者本人", "通訳" } },
  { "guarantor", "en", { "NGUYEN THI AN", "6 February 2026 – 6 May 2026", "Japan Medical Support", "B-012", "List B: international medical coordinator",
                         "see the list of applicants", "Seal" } },
  { "guarantor", "ja", { "Japan Medical Support", "B-012", "2026年2月6日", "申請人名簿のとおり", "公表リスト確認日" } },
  { "visa-certificate", "ja", { "2026年2月6日", "2026年5月6日", "職業", "青木由紀(国際患者受付)" } },
  { "visa-certificate", "ja", { "NGUYEN", "THI AN", "C1234567", "ベトナム", "女", "2026年2月1日", "2026年2月9日", "2026年5月11日", "13-A-0042",
                                "青葉細胞クリニック", "東京都千代田区平河町1-2-3" } },
  { "treatment-schedule", "en", { "6 February 2026 – 6 May 2026", "LE HOANG (Interpreter)" } },
  { "treatment-schedule", "en", { "NGUYEN THI AN", "Monday, 9 February 2026", "10:00–11:00", "Blood draw", "Infusion", "Monday, 11 May 2026",
                                  "enter Japan more than once", "Date of issue: 1 February 2026" } },
  { "chase", "en", { "Dear NGUYEN THI AN", "blood draw on 2026-02-09", "Medical report from your doctor", "not received yet", "2026-02-08",
                     "+81 3 0000 0000" } },
  { "chase", "ja", { "NGUYEN THI AN", "2026-02-09", "病理検査報告書", "まだ届いていません", "期限", "青葉細胞クリニック" } },
  { "chase", "vi", { "NGUYEN THI AN", "2026-02-09" } },
  { "treatment-schedule", "ja", { "NGUYEN THI AN", "2026年2月9日(月)", "採血", "点滴投与", "2026年5月11日(月)", "複数回の来日が必要" } },
};

static void
test_words (StoreFixture *fixture, gconstpointer data)
{
  gint64 patient = letter_fixture_patient (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *path = print (fixture, expected[i].letter, patient, expected[i].language);
      g_autofree char *text = pdf_text (path);

      for (guint j = 0; expected[i].words[j]; j++)
        assert_found (text, expected[i].words[j]);
      g_assert_null (strstr (text, "{{"));
    }
}

/* Every line of pdffonts after the heading says "yes" under emb. */
static void
test_fonts (StoreFixture *fixture, gconstpointer data)
{
  gint64 patient = letter_fixture_patient (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *path = print (fixture, expected[i].letter, patient, expected[i].language);
      g_autofree char *command = g_strdup_printf ("pdffonts '%s'", path);
      g_autofree char *output = run (command);
      g_auto (GStrv) lines = g_strsplit (g_strstrip (output), "\n", -1);

      g_assert_cmpuint (g_strv_length (lines), >=, 3);
      const char *column = strstr (lines[0], "emb");
      for (guint j = 2; lines[j]; j++)
        g_assert_true (g_str_has_prefix (lines[j] + (column - lines[0]), "yes"));
    }
}

/* What is drawn again from the register are the bytes that were issued. */
static void
test_same_bytes (StoreFixture *fixture, gconstpointer data)
{
  gint64 patient = letter_fixture_patient (fixture), id;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "letter.pdf", NULL), *bytes = NULL;
  gsize length;
  gboolean same = FALSE;

  g_assert_true (desk_letter_issue_pdf (fixture->db, WANTED ("consent", "ja", patient), 1, TODAY, path, FALSE, &id, &error));
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_str_has_prefix (bytes, "%PDF-"));
  g_autoptr (DeskIssued) issued = desk_issued_load (fixture->db, id, &error);
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
  g_assert_cmpstr (digest, ==, issued->pdf_digest);
  /* Whatever becomes of the record. */
  store_exec (fixture, "UPDATE patient SET family = 'OTHER', version = version + 1");
  g_assert_true (desk_issued_same (fixture->db, id, &same, &error));
  g_assert_true (same);
}

/* Without a passport number there is no visa certificate, and nothing of it lies in the folder. */
static void
test_missing (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "letter.pdf", NULL);

  letter_fixture_clinic (fixture);
  gint64 patient = letter_fixture_person (fixture, "NGUYEN", "", "");
  letter_fixture_trip (fixture, patient, 30);
  letter_fixture_visit (fixture, patient, "infusion", TODAY + 3);
  g_assert_false (issue_pdf (fixture->db, WANTED ("visa-certificate", "en", patient), TODAY, path, FALSE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "patient.passport"));
  g_assert_null (strstr (error->message, "patient.given"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  g_clear_error (&error);
  g_autoptr (DeskLetter) letter = desk_letter_compose (fixture->db, WANTED ("visa-certificate", "en", patient), TODAY, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (desk_letter_missing (letter)[0], ==, "patient.passport");
  g_assert_null (desk_letter_missing (letter)[1]);
}

/* Once the patient is here the certificate is over, and the schedule is not. */
static void
test_entered (StoreFixture *fixture, gconstpointer data)
{
  gint64 patient = letter_fixture_patient (fixture);
  g_autoptr (DeskProblems) before = desk_problems_new ();
  g_autoptr (DeskProblems) after = desk_problems_new ();
  g_autoptr (DeskProblems) schedule = desk_problems_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_letter_check (fixture->db, WANTED ("visa-certificate", "en", patient), TODAY + 5, before, &error));
  g_assert_false (desk_problems_block (before));
  g_assert_true (desk_letter_check (fixture->db, WANTED ("visa-certificate", "en", patient), TODAY + 6, after, &error));
  g_assert_true (desk_problems_block (after));
  g_assert_true (desk_letter_check (fixture->db, WANTED ("treatment-schedule", "en", patient), TODAY + 6, schedule, &error));
  g_assert_no_error (error);
  g_assert_false (desk_problems_block (schedule));
}

/* Ninety-one days on a multiple-entry visa are no certificate, whatever else is there; without a stay much is missing. */
static void
test_stay (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  gint64 patient = letter_fixture_patient (fixture);
  g_autofree char *path = g_build_filename (fixture->folder, "letter.pdf", NULL);

  g_assert_true (desk_letter_check (fixture->db, WANTED ("visa-certificate", "en", patient), TODAY, problems, &error));
  g_assert_false (desk_problems_block (problems));
  store_exec (fixture, "UPDATE trip SET planned_departure = '2026-05-07'");
  g_assert_true (desk_letter_check (fixture->db, WANTED ("visa-certificate", "en", patient), TODAY, problems, &error));
  g_assert_true (desk_problems_block (problems));
  g_assert_false (issue_pdf (fixture->db, WANTED ("visa-certificate", "en", patient), TODAY, path, FALSE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);

  store_exec (fixture, "UPDATE trip SET cancelled_at = 1");
  g_assert_false (issue_pdf (fixture->db, WANTED ("visa-certificate", "en", patient), TODAY, path, FALSE, &error));
  g_assert_nonnull (strstr (error->message, "trip.entry"));
  g_clear_error (&error);
  g_assert_false (issue_pdf (fixture->db, WANTED ("guarantor", "en", patient), TODAY, path, FALSE, &error));
  g_assert_nonnull (strstr (error->message, "trip.guarantor"));
}

/* A name that is not the passport's stops the visa papers, with both names, the patient's and a companion's; the record put
 * right, or the passport read again, they are printed. */
static void
test_passport_name (StoreFixture *fixture, gconstpointer data)
{
  static const char *const papers[] = { "visa-certificate", "companion-list" };
  g_autofree char *path = g_build_filename (fixture->folder, "letter.pdf", NULL);
  gint64 patient = letter_fixture_patient (fixture);

  store_exec (fixture, "INSERT INTO passport_reading (patient_id, family, given, read_at) SELECT id, 'NGUYEN', 'THI ANH', 1 FROM patient;"
                       "INSERT INTO passport_reading (patient_id, companion_id, family, given, read_at)"
                       " SELECT patient_id, id, 'TRAN', 'VAN BA', 1 FROM companion WHERE family = 'TRAN'");
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      g_assert_true (desk_letter_check (fixture->db, WANTED (papers[i], "en", patient), TODAY, problems, &error));
      g_assert_cmpstr (desk_problems_find (problems, "patient")->code, ==, "visa-name-differs");
      g_assert_cmpstr (desk_problems_find (problems, "patient")->detail, ==, "NGUYEN THI AN ≠ NGUYEN THI ANH");
      g_assert_cmpstr (desk_problems_find (problems, "companions")->detail, ==, "TRAN VAN B ≠ TRAN VAN BA");
      g_assert_false (issue_pdf (fixture->db, WANTED (papers[i], "en", patient), TODAY, path, FALSE, &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "visa-name-differs"));
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  store_exec (fixture, "INSERT INTO passport_reading (patient_id, family, given, read_at) SELECT id, 'NGUYEN', 'THI AN', 2 FROM patient;"
                       "UPDATE companion SET given = 'Văn Ba', version = version + 1 WHERE family = 'TRAN'");
  g_autoptr (GError) error = NULL;
  g_assert_true (issue_pdf (fixture->db, WANTED ("visa-certificate", "en", patient), TODAY, path, FALSE, &error));
  g_assert_no_error (error);
}

/* A schedule of nothing is not a schedule. */
static void
test_no_visits (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  letter_fixture_clinic (fixture);
  gint64 patient = letter_fixture_person (fixture, "NGUYEN", "", "C1");
  letter_fixture_visit (fixture, patient, "infusion", TODAY - 3);
  g_assert_false (issue_pdf (fixture->db, WANTED ("treatment-schedule", "en", patient), TODAY, "-", FALSE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "visits"));
}

/* Who comes alone has a schedule too, and the pack without a list; so has who comes without a stay that is written down. */
static void
test_alone (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 patient = letter_fixture_patient (fixture);
  gint64 ids[4];

  store_exec (fixture, "DELETE FROM trip_companion");
  g_autofree char *path = print (fixture, "treatment-schedule", patient, "en"), *text = pdf_text (path);
  assert_found (text, "6 February 2026 – 6 May 2026");
  g_assert_null (strstr (text, "Companion"));

  g_autofree const char **names = desk_letter_visa_pack (fixture->db, WANTED ("visa-certificate", "en", patient), TODAY, &error);
  g_assert_no_error (error);
  DeskLetterWanted wanted[4];
  guint n = g_strv_length ((char **) names);
  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < n; i++)
    wanted[i] = (DeskLetterWanted){ .name = names[i], .language = "en", .patient_id = patient };
  g_assert_true (desk_letter_issue_pdf (fixture->db, wanted, n, TODAY, path, TRUE, ids, &error));
  g_assert_no_error (error);

  store_exec (fixture, "UPDATE trip SET cancelled_at = 1");
  g_free (print (fixture, "treatment-schedule", patient, "ja"));
}

static void
test_existing_file (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "letter.pdf", NULL), *content = NULL;
  gint64 patient = letter_fixture_patient (fixture);

  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  g_assert_false (issue_pdf (fixture->db, WANTED ("consent", "en", patient), TODAY, path, FALSE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_EXISTS);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "mine");
}

static gint64
count_prints (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 prints = 0;

  if (!desk_db_value (fixture->db, &prints, &error, "SELECT count (*) FROM audit WHERE action = $1", "t", "letter.issue"))
    g_error ("%s", error->message);
  return prints;
}

static void
test_audit (StoreFixture *fixture, gconstpointer data)
{
  gint64 patient = letter_fixture_patient (fixture), bad;
  g_autoptr (GError) error = NULL;

  g_free (print (fixture, "consent", patient, "en"));
  g_assert_cmpint (count_prints (fixture), ==, 1);
  g_assert_false (issue_pdf (fixture->db, WANTED ("consent", "en", patient), TODAY, "/nowhere/letter.pdf", FALSE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
  g_assert_cmpint (count_prints (fixture), ==, 1);
  g_assert_true (desk_audit_verify (fixture->db, &bad, NULL));
}

/* From a clinic file that can only be read nothing is issued, but what was issued is still printed, as the copy it is. */
static void
test_read_only (StoreFixture *fixture, gconstpointer data)
{
  gint64 patient = letter_fixture_patient (fixture), id;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "letter.pdf", NULL);

  g_assert_true (desk_letter_issue_pdf (fixture->db, WANTED ("consent", "en", patient), 1, TODAY, path, FALSE, &id, &error));
  desk_db_close (fixture->db);
  fixture->db = desk_store_open (fixture->path, TRUE, &error);
  g_assert_no_error (error);
  g_assert_false (issue_pdf (fixture->db, WANTED ("consent", "en", patient), TODAY, path, TRUE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_true (desk_issued_write_pdf (fixture->db, &id, 1, TODAY, path, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_prints (fixture), ==, 1);
}

static void
test_unknown (StoreFixture *fixture, gconstpointer data)
{
  gint64 patient = letter_fixture_patient (fixture);
  const struct
  {
    const char *name, *language;
    gint64 patient;
  } cases[] = { { "no-such", "en", patient }, { "consent", "xx", patient }, { "consent", "en", 999 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (desk_letter_compose (fixture->db, WANTED (cases[i].name, cases[i].language, cases[i].patient), TODAY, &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
    }
}

/* Markup and template signs in a name are letters like others. */
static void
test_literal_names (StoreFixture *fixture, gconstpointer data)
{
  letter_fixture_clinic (fixture);
  gint64 patient = letter_fixture_person (fixture, "<b>O'NEIL & {{patient.passport}}</b>", "&amp; %s", "X9");
  g_autofree char *path = print (fixture, "consent", patient, "en");
  g_autofree char *text = pdf_text (path);

  assert_found (text, "<b>O'NEIL & {{patient.passport}}</b> &amp; %s");
}

/* Every name the templates may use is set by the values: otherwise it could only ever be missing. */
static void
test_every_field_is_set (StoreFixture *fixture, gconstpointer data)
{
  static const char *const empty_here[] = { "clinic.sample", "patient.male", "patient.unspecified", "patient.prevention", "patient.kana",
                                            "patient.address", "patient.phone", "patient.email", "patient.stage", "patient.diagnosed",
                                            "patient.interpreter", "patient.referrer", "patient.former", "plan.single",
                                            "trip.hospitalised", "trip.once", "trip.list_a", "trip.single_companion", "trip.guarantor_address",
                                            "trip.guarantor_contact", "clinic.stamp_box", "clinic.tax_number", NULL };
  /* What stands in a letter of any kind; the rest has tests of its own. */
  static const char *const subjects[] = { "today", "clinic", "patient", "plan", "trip", "chase", NULL };
  gint64 patient = letter_fixture_patient (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskFields) fields = desk_letter_gather_all (fixture->db, WANTED ("consent", "en", patient), TODAY, &error);

  g_assert_no_error (error);
  guint n;
  const DeskFieldInfo *infos = desk_letter_field_infos (&n);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) parts = g_strsplit (infos[i].name, ".", 2);

      if (!g_strv_contains (subjects, parts[0]) || infos[i].kind == DESK_FIELD_LIST || desk_letter_field_list (&infos[i])
          || g_strv_contains (empty_here, infos[i].name))
        continue;
      if (!desk_fields_get (fields, infos[i].name, "en") || !desk_fields_get (fields, infos[i].name, "ja"))
        g_error ("%s is never set", infos[i].name);
    }
  g_assert_cmpuint (desk_fields_get_list (fields, "visits")->len, ==, 7);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (StoreFixture *, gconstpointer);
  } tests[] = {
    { "/letters/words", test_words },
    { "/letters/fonts", test_fonts },
    { "/letters/same-bytes", test_same_bytes },
    { "/letters/missing", test_missing },
    { "/letters/stay", test_stay },
    { "/letters/entered", test_entered },
    { "/letters/passport-name", test_passport_name },
    { "/letters/no-visits", test_no_visits },
    { "/letters/alone", test_alone },
    { "/letters/existing-file", test_existing_file },
    { "/letters/audit", test_audit },
    { "/letters/read-only", test_read_only },
    { "/letters/unknown", test_unknown },
    { "/letters/literal-names", test_literal_names },
    { "/letters/every-field", test_every_field_is_set },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, StoreFixture, NULL, store_fixture_set_up, tests[i].func, store_fixture_tear_down);
  return g_test_run ();
}
