#include "../store/store-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk-export.h"
#include "small-clinic.h"

#define MANY_PATIENTS \
  "INSERT INTO patient (chart, family, address, created_at, updated_at)" \
  " SELECT 'M' || (a.n * 288 + b.n), 'FAMILY', 'A street of which much can be said, 12-34', 0, 0 FROM tick a, tick b WHERE a.n < 20"

typedef struct
{
  StoreFixture store;
  char *target;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  store_fixture_set_up (&fixture->store, NULL);
  store_exec (&fixture->store, small_clinic);
  fixture->target = g_build_filename (fixture->store.folder, "out.xml", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  store_fixture_tear_down (&fixture->store, NULL);
  g_free (fixture->target);
}

static gboolean
export (Fixture *fixture, DeskExport what, gint64 patient_id, const char *day, gboolean overwrite, GError **error)
{
  DeskDay on = DESK_DAY_NONE;

  if (day)
    g_assert_true (desk_day_parse (day, &on));
  return desk_export (fixture->store.db, what, patient_id, on, fixture->target, overwrite, NULL, NULL, NULL, error);
}

static char *
exported (Fixture *fixture, DeskExport what, gint64 patient_id, const char *day)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  export (fixture, what, patient_id, day, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (desk_export_check (fixture->target, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fixture->target, &text, NULL, NULL));
  return text;
}

static void
assert_has (const char *text, const char *part)
{
  if (!strstr (text, part))
    g_error ("«%s» is not in\n%s", part, text);
}

static void
assert_lacks (const char *text, const char *part)
{
  if (strstr (text, part))
    g_error ("«%s» is in\n%s", part, text);
}

/* The number of files in the folder besides the clinic's own. */
static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->store.folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)))
    n += !g_str_has_prefix (name, "clinic.uketsuke");
  return n;
}

static void
test_patient (Fixture *fixture, gconstpointer data)
{
  store_exec (&fixture->store, "INSERT INTO companion (patient_id, family, passport, relation) VALUES (1, 'LI & LI', 'C2', 'parent')");
  store_exec (&fixture->store, "INSERT INTO trip (patient_id, route, planned_entry, visa_days, guarantor, guarantor_list)"
                               " VALUES (1, 'medical_visa', '2026-03-01', 90, '<JMS>', 'B')");
  store_exec (&fixture->store, "INSERT INTO trip_companion (trip_id, companion_id, patient_id) VALUES (1, 1, 1)");
  store_exec (&fixture->store, "UPDATE patient SET occupation = 'baker', former = 'SMITH' WHERE id = 1");
  g_autofree char *text = exported (fixture, DESK_EXPORT_PATIENT, 1, NULL);

  assert_has (text, "<former>SMITH</former>");
  assert_has (text, "<occupation>baker</occupation>");
  assert_has (text, "<companion id=\"1\" relation=\"parent\" sex=\"X\" passport=\"C2\" may_be_told=\"false\" version=\"1\">");
  assert_has (text, "<family>LI &amp; LI</family>");
  assert_has (text, "<trip id=\"1\" route=\"medical_visa\" planned_entry=\"2026-03-01\"");
  assert_has (text, "<guarantor>&lt;JMS&gt;</guarantor>");
  assert_has (text, "<traveller companion_id=\"1\"/>");

  assert_has (text, "<patient xmlns=\"https://uketsuke.org/ns/1\" format=\"1\" generated_at=\"20");
  assert_has (text, "<name>Test &lt;Clinic&gt; &amp; Co</name>");
  assert_has (text, "<family>O'BRIEN &amp; SONS</family>");
  assert_has (text, "<given>&lt;b&gt;Ann&lt;/b&gt;</given>");
  assert_has (text, "<family_native>𠮷野</family_native>");
  assert_has (text, "birth=\"1960-02\"");
  assert_has (text, "<note>first line\nescape \357\277\275[31m, U+FFFF \357\277\275</note>");
  assert_has (text, "created_at=\"2026-02-02T02:40:00Z\"");
  assert_has (text, "test=\"endotoxin\" value=\"&lt;0.5\"");
  assert_has (text, "supersedes=\"1\"");
  assert_has (text, "axis=\"life\" seq=\"3\" from_state=\"filled\" to_state=\"discarded\"");
  assert_has (text, "<reason>sterility pending</reason>");
  assert_has (text, "<reason>bag checked</reason>");
  assert_has (text, "<booked resource_id=\"2\"/>");
  assert_has (text, "<reservation id=\"1\" unit_id=\"1\" visit_id=\"1\"");
  assert_lacks (text, "NGUYEN");
}

static void
test_no_patient (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (export (fixture, DESK_EXPORT_PATIENT, 77, NULL, FALSE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_inventory (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = exported (fixture, DESK_EXPORT_INVENTORY, 0, NULL);

  assert_has (text, "<container id=\"3\" parent_id=\"2\" kind=\"box\" rows=\"9\" cols=\"9\"");
  assert_has (text, "number=\"D26-0001-1\"");
  assert_has (text, "container_id=\"3\" row=\"1\" col=\"2\" holds=\"1\" reserved_visit=\"1\"");
  assert_lacks (text, "D26-0001-2"); /* discarded */
}

static void
test_day_sheet (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = exported (fixture, DESK_EXPORT_DAYSHEET, 0, "2026-04-01");
  g_autofree char *second = exported (fixture, DESK_EXPORT_DAYSHEET, 0, "2026-04-02");
  g_autofree char *none = exported (fixture, DESK_EXPORT_DAYSHEET, 0, "2026-12-24");

  assert_has (first, "day=\"2026-04-01\"");
  assert_has (first, "<appointment id=\"1\" type=\"infusion\" status=\"confirmed\" starts_at=\"2026-04-01T00:00:00Z\"");
  assert_has (first, "<dose number=\"D26-0001-1\"");
  assert_lacks (first, "<appointment id=\"2\"");
  assert_has (second, "<appointment id=\"2\"");
  assert_has (second, "<appointment id=\"3\"");
  assert_lacks (none, "<appointment");
}

static void
test_clinic (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = exported (fixture, DESK_EXPORT_CLINIC, 0, NULL);

  assert_has (text, "<person id=\"1\"");
  assert_has (text, "<person id=\"2\"");
  assert_has (text, "<closed_day day=\"2026-05-05\">");
  assert_has (text, "<visit_type code=\"infusion\"");
  assert_has (text, "<note>]]&gt;</note>");
}

/* One patient of the clinic reads the same as the patient alone: the cursors do not mix them up. */
static void
test_same_person (Fixture *fixture, gconstpointer data)
{
  g_autofree char *clinic = exported (fixture, DESK_EXPORT_CLINIC, 0, NULL);

  for (gint64 id = 1; id <= 2; id++)
    {
      g_autofree char *alone = exported (fixture, DESK_EXPORT_PATIENT, id, NULL);
      char *begin = strstr (alone, "<person");
      char *end = strstr (begin, "</person>");

      g_assert_nonnull (end);
      *end = '\0';
      assert_has (clinic, begin);
    }
}

/* One thing each, with all that belongs to it. */
static void
test_bank (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_exec (&fixture->store,
              "INSERT INTO reagent_lot (id, name, maker, lot_number, added_at) VALUES (1, 'Albumin <25 %>', 'A & B', 'A1', 0);"
              "INSERT INTO lot_reagent (lot_id, reagent_id, at, by_id) VALUES (1, 1, 1773000000, 2);"
              "INSERT INTO device (id, kind, name) VALUES (1, 'bench', 'Bench 1');"
              "INSERT INTO device_use (device_id, lot_id, what, started_at, ended_at, by_id) VALUES (1, 1, 'harvest', 1773000000, 1773003600, 2);"
              "INSERT INTO hold (id, patient_id, reason, opened_at, opened_by) VALUES (7, 2, 'called in', 1774200000, 3);"
              "INSERT INTO place_block (container_id, row, col, reason, opened_at, opened_by) VALUES (3, 9, 9, 'bent', 1774200000, 2);"
              "INSERT INTO lookback (id, number, cause, cause_id, words, known_on, opened_at, opened_by)"
              " VALUES (1, 'B26-0001', 'lot', 1, 'late <positive>', '2026-04-01', 1775000000, 3);"
              "INSERT INTO lookback_item (id, lookback_id, what, row_id) VALUES (1, 1, 'lot', 1), (2, 1, 'patient', 1);"
              "INSERT INTO lookback_road (item_id, road, ref_id, day) VALUES (1, 'cause', 1, '');"
              "INSERT INTO lookback_contact (item_id, at, by_id, how, reached) VALUES (2, 1775000100, 1, 'phone', 1);"
              "INSERT INTO legal_clock (lookback_id, rule, due_on) VALUES (1, 'processor', '2026-04-02');"
              "INSERT INTO stock_count (id, number, container_id, opened_at, opened_by) VALUES (1, 'T26-0001', 2, 1775000000, 1);"
              "INSERT INTO stock_scan (count_id, seq, container_id, row, col, code, unit_id, at, by_id) VALUES"
              " (1, 1, 3, 1, 2, 'D26-0001-1', 1, 1775000001, 1), (1, 2, 3, 4, 4, '<who>', NULL, 1775000002, 1);"
              "INSERT INTO stock_box (count_id, container_id, done_at, by_id) VALUES (1, 3, 1775000003, 1)");
  g_autofree char *lot = exported (fixture, DESK_EXPORT_LOT, 1, NULL);
  assert_has (lot, "<culture id=\"1\" number=\"L26-0001\" chart=\"000001\"");
  assert_has (lot, "<source id=\"1\" number=\"C26-0001\" method=\"blood_draw\"");
  assert_has (lot, "<maker>A &amp; B</maker>");
  assert_has (lot, "kind=\"bench\" started_at=");
  assert_has (lot, "test=\"viability\" value=\"91\"");
  assert_has (lot, "<made id=\"2\" number=\"D26-0001-2\"");
  assert_has (lot, "<judged seq=\"1\" to_state=\"quarantine\"");
  g_autofree char *custody = exported (fixture, DESK_EXPORT_CUSTODY, 1, NULL);
  assert_has (custody, "<custody seq=\"1\" at=\"2026-03-22T17:20:00Z\" what=\"hand\"");
  assert_has (custody, "what=\"place\" container_id=\"3\" row=\"1\" col=\"2\"");
  assert_has (custody, "axis=\"life\" seq=\"3\" from_state=\"filled\" to_state=\"frozen\"");
  assert_lacks (custody, "D26-0001-2");
  g_autofree char *lookback = exported (fixture, DESK_EXPORT_LOOKBACK, 1, NULL);
  assert_has (lookback, "<words>late &lt;positive&gt;</words>");
  assert_has (lookback, "<item id=\"1\" what=\"lot\" row_id=\"1\" number=\"L26-0001\">");
  assert_has (lookback, "<road road=\"cause\"");
  assert_has (lookback, "how=\"phone\" reached=\"true\"");
  assert_has (lookback, "<clock id=\"1\" rule=\"processor\" due_on=\"2026-04-02\"");
  g_autofree char *count = exported (fixture, DESK_EXPORT_STOCKTAKE, 1, NULL);
  assert_has (count, "<stock_count id=\"1\" number=\"T26-0001\" container_id=\"2\"");
  assert_has (count, "<code>&lt;who&gt;</code>");
  assert_has (count, "<stock_box container_id=\"3\"");
  g_autofree char *inventory = exported (fixture, DESK_EXPORT_INVENTORY, 0, NULL);
  assert_has (inventory, "layout=\"grid\"");
  assert_has (inventory, "<block id=\"1\" container_id=\"3\" row=\"9\" col=\"9\"");
  assert_has (inventory, "<held id=\"1\" scope=\"lot\" of_id=\"1\" of=\"L26-0001\"");
  assert_has (inventory, "<held id=\"7\" scope=\"patient\" of_id=\"2\" of=\"000002\"");
  for (int what = DESK_EXPORT_LOT; what <= DESK_EXPORT_STOCKTAKE; what++)
    {
      g_assert_false (export (fixture, what, 77, NULL, TRUE, &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
      g_clear_error (&error);
    }
}

static void
test_empty_file (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *target = g_build_filename (fixture->folder, "out.xml", NULL);

  g_assert_true (desk_export (fixture->db, DESK_EXPORT_CLINIC, 0, DESK_DAY_NONE, target, FALSE, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
test_existing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *link_path = g_build_filename (fixture->store.folder, "link", NULL);
  struct stat info;

  g_assert_true (g_file_set_contents (fixture->target, "mine", -1, NULL));
  g_assert_false (export (fixture, DESK_EXPORT_CLINIC, 0, NULL, FALSE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (fixture->target, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
  g_assert_cmpuint (count_files (fixture), ==, 1);

  g_assert_true (export (fixture, DESK_EXPORT_CLINIC, 0, NULL, TRUE, &error));
  g_assert_cmpint (stat (fixture->target, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  /* A link stays a link; a dangling one is something that exists. */
  g_assert_cmpint (symlink ("out.xml", link_path), ==, 0);
  g_assert_true (desk_export (fixture->store.db, DESK_EXPORT_CLINIC, 0, 0, link_path, TRUE, NULL, NULL, NULL, &error));
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  g_unlink (fixture->target);
  g_assert_false (desk_export (fixture->store.db, DESK_EXPORT_CLINIC, 0, 0, link_path, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_EXISTS);
}

static void
test_bad_targets (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *path;
    DeskError code;
  } cases[] = {
    { "/dev/null", DESK_ERROR_INVALID },
    { "/dev", DESK_ERROR_INVALID },
    { "/nonexistent/out.xml", DESK_ERROR_NOT_FOUND },
    { "/dev/null/out.xml", DESK_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (desk_export (fixture->store.db, DESK_EXPORT_CLINIC, 0, 0, cases[i].path, TRUE, NULL, NULL, NULL, &error));
      g_assert_error (error, DESK_ERROR, (int) cases[i].code);
    }
  g_assert_true (g_file_test ("/dev/null", G_FILE_TEST_EXISTS));
}

/* What the schema cannot hold is not reported as written. */
static void
test_invalid (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_exec (&fixture->store, "UPDATE patient SET birth = 'long ago' WHERE id = 2");
  g_assert_false (export (fixture, DESK_EXPORT_CLINIC, 0, NULL, FALSE, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  assert_has (error->message, "birth");
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

/* A limit on the size of files stands in for the disk that is full, whoever runs the test. */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  struct rlimit old, small;
  g_autoptr (GError) error = NULL;

  store_exec (&fixture->store, MANY_PATIENTS);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  for (rlim_t limit = 0; limit <= 400000; limit = limit * 20 + 50)
    {
      small = old;
      small.rlim_cur = limit;
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
      gboolean ok = export (fixture, DESK_EXPORT_CLINIC, 0, NULL, FALSE, &error);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
      g_assert_false (ok);
      g_assert_error (error, DESK_ERROR, DESK_ERROR_FULL);
      g_clear_error (&error);
      g_assert_cmpuint (count_files (fixture), ==, 0);
    }
  g_assert_true (export (fixture, DESK_EXPORT_CLINIC, 0, NULL, FALSE, &error));
  signal (SIGXFSZ, SIG_DFL);
}

typedef struct
{
  GCancellable *cancellable;
  double cancel_at, last;
  guint calls;
} Watch;

static void
on_progress (double fraction, gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_cmpfloat (fraction, >=, watch->last);
  g_assert_cmpfloat (fraction, <=, 1);
  watch->last = fraction;
  watch->calls++;
  if (fraction >= watch->cancel_at)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  store_exec (&fixture->store, MANY_PATIENTS);
  for (double at = 0; at <= 2; at += 0.7) /* while writing, while reading back, never */
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Watch watch = { cancellable, at, 0, 0 };

      gboolean ok = desk_export (fixture->store.db, DESK_EXPORT_CLINIC, 0, 0, fixture->target, FALSE, on_progress, &watch, cancellable, &error);
      if (at <= 1)
        {
          g_assert_false (ok);
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          g_assert_cmpuint (count_files (fixture), ==, 0);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpfloat (watch.last, ==, 1);
      g_assert_cmpuint (watch.calls, <=, 400);
    }
}

static void
die (double fraction, gpointer user_data)
{
  if (fraction >= *(double *) user_data)
    kill (getpid (), SIGKILL);
}

/* Killed at any moment, the target is not there, or is what it was. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  store_exec (&fixture->store, MANY_PATIENTS);
  g_clear_pointer (&fixture->store.db, desk_db_close);
  for (double at = 0; at <= 1; at += 0.3)
    {
      pid_t child = fork ();
      int status;

      if (child == 0)
        {
          g_autoptr (DeskDb) db = desk_store_open (fixture->store.path, TRUE, NULL);
          _exit (desk_export (db, DESK_EXPORT_CLINIC, 0, 0, fixture->target, TRUE, die, &at, NULL, NULL) ? 1 : 2);
        }
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
      g_assert_false (g_file_test (fixture->target, G_FILE_TEST_EXISTS));
    }
}

/* Runs the export with standard output redirected to fd. */
static gboolean
export_to (Fixture *fixture, int fd, GError **error)
{
  fflush (stdout);
  int saved = dup (STDOUT_FILENO);
  g_assert_cmpint (dup2 (fd, STDOUT_FILENO), ==, STDOUT_FILENO);
  gboolean ok = desk_export (fixture->store.db, DESK_EXPORT_PATIENT, 1, 0, "-", FALSE, NULL, NULL, NULL, error);
  dup2 (saved, STDOUT_FILENO);
  close (saved);
  return ok;
}

static void
test_standard_output (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int out = open (fixture->target, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  int full = open ("/dev/full", O_WRONLY | O_CLOEXEC);

  g_assert_true (export_to (fixture, out, &error));
  g_assert_true (desk_export_check (fixture->target, &error));
  g_assert_no_error (error);
  g_assert_false (export_to (fixture, full, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_FULL);
  g_clear_error (&error);

  /* Of an export that failed, not one byte is let out. */
  g_assert_cmpint (ftruncate (out, 0), ==, 0);
  store_exec (&fixture->store, "UPDATE patient SET birth = 'long ago' WHERE id = 1");
  g_assert_false (export_to (fixture, out, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_assert_cmpint (lseek (out, 0, SEEK_END), ==, 0);
  close (out);
  close (full);
}

/* A report that was taken back, a value that another replaced, and a mark that was cleared are part of the record, and valid. */
static void
test_withdrawn_report (Fixture *fixture, gconstpointer data)
{
  store_exec (&fixture->store,
              "INSERT INTO staff (id, name, role) VALUES (90, 'Dr Mori', 'physician');"
              "INSERT INTO lab_report (id, patient_id, laboratory, number, collected_on, came_by, source_id, entered_at) VALUES"
              " (90, 1, 'LAB <&>', 'A1', '2026-01-10', 'hl7', 'hl7:LAB:1', 1768000000), (91, 1, 'LAB', 'A1', '2026-01-10', 'csv', 'file:1', 1768000001);"
              "INSERT INTO lab_value (id, report_id, patient_id, test, loinc, name, comparator, value, unit, range_text, flag, status, outcome, note) VALUES"
              " (90, 90, 1, 'cea', '2039-6', 'CEA', '<', '0.5', 'ng/mL', '0-5.0', 'N', 'F', '', 'second line'),"
              " (91, 90, 1, 'hbsag', '5196-1', 'HBs抗原', '', '(+)', '', '', 'A', 'P', 'reactive', '');"
              "INSERT INTO lab_value (id, report_id, patient_id, test, loinc, name, value, status, supersedes) VALUES"
              " (92, 91, 1, 'cea', '2039-6', 'CEA', '', 'D', 90);"
              "UPDATE lab_report SET withdrawn_at = 1768100000, version = 2 WHERE id = 90;"
              "UPDATE biohazard SET cleared_at = 1768200000, cleared_by = 90, reason = 'Wrong tube, repeated' WHERE value_id = 91");
  g_autofree char *text = exported (fixture, DESK_EXPORT_PATIENT, 1, NULL);
  g_assert_nonnull (strstr (text, "Wrong tube, repeated"));
  g_assert_nonnull (strstr (text, "LAB &lt;&amp;&gt;"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/export/patient", test_patient);
  ADD ("/export/no-patient", test_no_patient);
  ADD ("/export/withdrawn-report", test_withdrawn_report);
  ADD ("/export/inventory", test_inventory);
  ADD ("/export/bank", test_bank);
  ADD ("/export/day-sheet", test_day_sheet);
  ADD ("/export/clinic", test_clinic);
  ADD ("/export/same-person", test_same_person);
  g_test_add ("/export/empty-file", StoreFixture, NULL, store_fixture_set_up, test_empty_file, store_fixture_tear_down);
  ADD ("/export/existing", test_existing);
  ADD ("/export/bad-targets", test_bad_targets);
  ADD ("/export/invalid", test_invalid);
  ADD ("/export/full-disk", test_full_disk);
  ADD ("/export/cancelled", test_cancelled);
  ADD ("/export/killed", test_killed);
  ADD ("/export/standard-output", test_standard_output);
  return g_test_run ();
}
