/* The desk's work with the disk failing under it: killed, torn, without power, full, or broken at every single write.
 * What was reported as done is there, what was not is there whole or not at all, and the work goes on.
 *
 * A sample of the writes in the suite; every one, and many power cuts at each, with -m slow. */
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bedside-fixture.h"
#include "desk-audit.h"
#include "desk-book.h"
#include "desk-cells.h"
#include "desk-counts.h"
#include "desk-documents.h"
#include "desk-inbox.h"
#include "desk-merge.h"
#include "desk-patients.h"
#include "desk-ripples.h"
#include "fault-vfs.h"
#include "store-fixture.h"

#define CULTURE 1
#define SECOND 2
#define QUALITY 3
#define NURSE 4
#define BOX 3
#define OTHER_BOX 4

/* Wednesday 3 June 2026, 00:00 in Tokyo. */
#define MIDNIGHT (G_GINT64_CONSTANT (20607) * 86400 - 9 * 3600)
#define AT(hour) (MIDNIGHT + (hour) * 3600)

/* The clock stands still, so that the same work always makes the same file. */
gint64
g_get_real_time (void)
{
  return AT (10) * G_USEC_PER_SEC;
}

/* What the desk holds in its forms while it works; a failed save is tried again with the same. */
typedef struct
{
  DeskPatient *patient;
  DeskVisit *visit;
  DeskDocument *document;
  DeskInboxItem *item;
  DeskInboxFiling *filing;
  GPtrArray *course;
  gint64 unit;
} Forms;

typedef gboolean (*StepFunc) (DeskDb *db, Forms *forms, GError **error);

static gboolean
save_patient (DeskDb *db, Forms *forms, GError **error)
{
  if (!forms->patient)
    {
      forms->patient = desk_patient_new ();
      forms->patient->family = (g_free (forms->patient->family), g_strdup ("OYELARAN"));
      forms->patient->given = (g_free (forms->patient->given), g_strdup ("TEMITOPE"));
      forms->patient->nationality = (g_free (forms->patient->nationality), g_strdup ("NGA"));
    }
  return desk_patient_save (db, forms->patient, error);
}

static gboolean
change_patient (DeskDb *db, Forms *forms, GError **error)
{
  g_free (forms->patient->family);
  forms->patient->family = g_strdup ("OYELARAN-SMITH");
  g_free (forms->patient->phone);
  forms->patient->phone = g_strdup ("+2348012345678");
  return desk_patient_save (db, forms->patient, error);
}

static DeskVisit *
new_visit (gint64 patient, gint64 at, gint64 resource)
{
  DeskVisit *visit = g_new0 (DeskVisit, 1);
  DeskVisitType infusion = { .minutes = 60, .before = 15, .after = 15 };

  visit->patient_id = patient;
  visit->type = g_strdup ("infusion");
  visit->status = g_strdup ("booked");
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (visit->resources, resource);
  desk_visit_set_time (visit, &infusion, at, 0);
  return visit;
}

static gboolean
save_visit (DeskDb *db, Forms *forms, GError **error)
{
  if (!forms->visit)
    forms->visit = new_visit (2, AT (14), 1);
  return desk_visit_save (db, forms->visit, error);
}

static gboolean
move_visit (DeskDb *db, Forms *forms, GError **error)
{
  DeskVisitType infusion = { .minutes = 60, .before = 15, .after = 15 };

  desk_visit_set_time (forms->visit, &infusion, AT (16), 0);
  return desk_visit_save (db, forms->visit, error);
}

static gboolean
cancel_visit (DeskDb *db, Forms *forms, GError **error)
{
  return desk_visit_set_status (db, forms->visit, "cancelled_patient", error);
}

static gboolean
book_course (DeskDb *db, Forms *forms, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  gint64 course = 0;

  if (!forms->course
      && !desk_course_plan (db, 2, "treatment-6", 20620, 10 * 60, 0, &forms->course, problems, error))
    return FALSE;
  g_assert_cmpuint (problems->len, ==, 0);
  return desk_course_book (db, 2, "treatment-6", 20620, forms->course, &course, error);
}

/* Four visits onto each other's places, the ripple and its lines: all or nothing; and back. */
static gboolean
ripple_course (DeskDb *db, Forms *forms, GError **error)
{
  const DeskVisit *visit = g_ptr_array_index (forms->course, 4);
  g_autoptr (DeskRipplePlan) plan
      = desk_ripple_course_later (db, visit->id, (DeskDay) ((visit->starts_at + 9 * 3600) / 86400) + 7, AT (10), error);
  gint64 id;

  return plan && desk_ripple_apply (db, plan, &id, error);
}

static gboolean
undo_ripple (DeskDb *db, Forms *forms, GError **error)
{
  return desk_ripple_undo (db, 1, NULL, error);
}

static gboolean
save_document (DeskDb *db, Forms *forms, GError **error)
{
  if (!forms->document)
    {
      forms->document = g_new0 (DeskDocument, 1);
      forms->document->patient_id = 1;
      forms->document->kind = g_strdup ("viral");
      forms->document->title = g_strdup ("Viral test");
      forms->document->examined_on = g_strdup ("2026-05-20");
      forms->document->language = g_strdup ("en");
      forms->document->media_type = g_strdup ("application/pdf");
      forms->document->digest = g_strnfill (64, 'a');
      forms->document->bytes = 1000;
    }
  return desk_document_save (db, forms->document, error);
}

static gboolean
accept_document (DeskDb *db, Forms *forms, GError **error)
{
  g_free (forms->document->note);
  forms->document->note = g_strdup ("read by the physician");
  return desk_document_save (db, forms->document, error);
}

static gboolean
add_to_inbox (DeskDb *db, Forms *forms, GError **error)
{
  DeskInboxAdded added;

  if (!forms->item)
    {
      forms->item = g_new0 (DeskInboxItem, 1);
      forms->item->name = g_strdup ("report.pdf");
      forms->item->digest = g_strnfill (64, 'b');
      forms->item->media_type = g_strdup ("application/pdf");
    }
  return desk_inbox_add (db, forms->item, NULL, 0, &added, error);
}

/* The new paper replaces the one saved before: three rows at once. */
static gboolean
file_paper (DeskDb *db, Forms *forms, GError **error)
{
  if (!forms->filing)
    {
      DeskDocument *document = g_new0 (DeskDocument, 1);

      document->patient_id = 1;
      document->kind = g_strdup ("viral");
      document->supersedes = forms->document->id;
      forms->filing = desk_inbox_filing_new (document);
      desk_inbox_filing_add (forms->filing, forms->item->id, "");
    }
  return desk_inbox_file (db, forms->filing, error);
}

static gboolean
take_paper_back (DeskDb *db, Forms *forms, GError **error)
{
  return desk_inbox_unfile (db, forms->filing, error);
}

static gboolean
act (DeskDb *db, Forms *forms, DeskUnitStep step, GError **error)
{
  DeskUnitAct unit_act = { .unit_id = forms->unit, .step = step, .performer = QUALITY, .witness = NURSE, .reason = "why",
                           .visit_id = step == DESK_STEP_RESERVE ? 1 : 0,
                           .container_id = step == DESK_STEP_MOVE ? BOX : 0, .row = 4, .col = 4 };

  /* What goes before it is not yet there, or there from the try before. */
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn || (!bedside_before (db, forms->unit, desk_unit_step_info (step)->to_state, 0, QUALITY, NURSE)
               && desk_unit_step_info (step)->to_state))
    {
      if (error && !*error)
        g_set_error_literal (error, DESK_ERROR, DESK_ERROR_FAILED, "the disk");
      return FALSE;
    }
  return desk_unit_act (db, &unit_act, error) && desk_txn_commit (txn, error);
}

#define ACT(name, step) \
  static gboolean name (DeskDb *db, Forms *forms, GError **error) { return act (db, forms, step, error); }
ACT (move_unit, DESK_STEP_MOVE)
ACT (reserve_unit, DESK_STEP_RESERVE)
ACT (pick_unit, DESK_STEP_PICK)
ACT (thaw_unit, DESK_STEP_THAW)
ACT (thawed_unit, DESK_STEP_THAWED)
ACT (unit_to_bedside, DESK_STEP_TO_BEDSIDE)
ACT (infuse_unit, DESK_STEP_INFUSE)
ACT (infused_unit, DESK_STEP_INFUSED)

static gboolean
merge_patients (DeskDb *db, Forms *forms, GError **error)
{
  g_autoptr (DeskPatient) loser = desk_patient_load (db, 2, error);
  g_autoptr (DeskPatient) winner = loser ? desk_patient_load (db, 1, error) : NULL;
  DeskMerge merge = { 2, loser ? loser->version : 0, winner, 0 };

  return winner && desk_merge (db, &merge, NULL, error);
}

static gboolean
unmerge_patients (DeskDb *db, Forms *forms, GError **error)
{
  return desk_unmerge (db, 1, 0, NULL, error);
}

/* Result, holds, recall, list and clocks: all of it or nothing. */
static gboolean
late_positive (DeskDb *db, Forms *forms, GError **error)
{
  DeskResult late = { .lot_id = 1, .test = (char *) "sterility", .value = (char *) "positive", .passed = FALSE, .stage = (char *) "final",
                      .reported_on = (char *) "2026-06-03", .entered_by = CULTURE, .supersedes = 6, .why = (char *) "day 14" };

  return desk_result_add (db, &late, error);
}

/* A code of nobody in a box that is counted; then the comparison: its difference and what freezes the box, or nothing. */
static gboolean
count_code (DeskDb *db, Forms *forms, GError **error)
{
  return desk_count_scan (db, 1, OTHER_BOX, 2, 3, "X-1", NURSE, NULL, error);
}

static gboolean
end_count (DeskDb *db, Forms *forms, GError **error)
{
  guint n = 0;

  if (!desk_count_end (db, 1, NURSE, &n, error))
    return FALSE;
  g_assert_cmpuint (n, ==, 1);
  return TRUE;
}

static gboolean
resolve_count (DeskDb *db, Forms *forms, GError **error)
{
  DeskCountResolve resolve = { .difference_id = 1, .resolution = DESK_RESOLVE_NOT_OURS, .cause = "a tube of the laboratory",
                               .performer = NURSE, .witness = QUALITY };

  return desk_count_resolve (db, &resolve, error);
}

static const StepFunc steps[] = {
  save_patient, change_patient, save_visit, move_visit, cancel_visit, move_unit, reserve_unit, pick_unit,
  thaw_unit, thawed_unit, unit_to_bedside, infuse_unit, infused_unit, book_course, ripple_course,
  undo_ripple, save_document, accept_document,
  add_to_inbox, file_paper, take_paper_back,
  merge_patients, unmerge_patients, late_positive,
  count_code, end_count, resolve_count,
};

#define N_STEPS G_N_ELEMENTS (steps)

static void
forms_clear (Forms *forms)
{
  g_clear_pointer (&forms->patient, desk_patient_free);
  g_clear_pointer (&forms->visit, desk_visit_free);
  g_clear_pointer (&forms->document, desk_document_free);
  g_clear_pointer (&forms->item, desk_inbox_item_free);
  g_clear_pointer (&forms->filing, desk_inbox_filing_free);
  g_clear_pointer (&forms->course, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Forms, forms_clear)

/* The morning's file, and what it holds after each step when nothing goes wrong. */
static struct
{
  StoreFixture fixture;
  char *morning;
  gsize length;
  gint64 unit;
  char *states[N_STEPS + 1];
  guint writes; /* of a whole day, from opening to closing */
} day;

static void
prepare_dose (DeskDb *db)
{
  static const char *const tests[] = { "viability", "count", "purity", "endotoxin", "mycoplasma", "sterility" };
  static const char *const values[] = { "91", "1.2e9", "85", "0.5 EU/kg", "negative", "negative" };
  static const DeskUnitStep labels[] = { DESK_STEP_PRINT_LABEL, DESK_STEP_VERIFY_LABEL };
  DeskLotStart start = { .patient_id = 1, .method = "blood_draw", .collected_at = 1000, .volume_ml = 50,
                         .operator_id = NURSE, .started_on = "2026-05-01", .expected_on = "2026-05-20" };
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = NULL;

  g_assert_true (desk_lot_start (db, &start, &lot, &error));
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      DeskResult result = { .lot_id = lot->id, .test = (char *) tests[i], .value = (char *) values[i],
                            .stage = (char *) "final", .reported_on = (char *) "2026-05-21", .entered_by = CULTURE };
      g_assert_true (desk_result_add (db, &result, &error));
      g_assert_true (desk_result_check (db, result.id, SECOND, &error));
    }
  g_assert_true (desk_units_fill (db, lot->id, "dose_frozen", 1, 50, 1000000000, "2099-01-01", CULTURE, SECOND, units, &error));
  day.unit = g_array_index (units, gint64, 0);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autoptr (DeskUnit) unit = desk_unit_load (db, day.unit, &error);
      DeskUnitAct label = { .unit_id = day.unit, .step = labels[i], .performer = CULTURE, .witness = SECOND, .scanned = unit->number };

      if (!desk_unit_act (db, &label, &error))
        g_error ("label: %s", error->message);
    }
  g_assert_true (desk_unit_freeze (db, day.unit, BOX, 1, 1, CULTURE, SECOND, &error));
  DeskUnitAct release = { .unit_id = day.unit, .step = DESK_STEP_RELEASE, .performer = QUALITY, .witness = NURSE };
  g_assert_true (desk_unit_act (db, &release, &error));
  g_assert_no_error (error);
}

static void
prepare_morning (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) visit = new_visit (1, AT (10), 1);
  StoreFixture *fixture = &day.fixture;
  gint64 count;

  store_fixture_set_up (fixture, NULL);
  store_exec (fixture,
              "INSERT INTO clinic (id, uuid, name, name_ja, facility, plan_number, closed_weekdays) VALUES (1, 'u', 'Clinic', 'クリニック', 'FC3150001', 'PC3150325', '7');"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Culture', 'culture'), (2, 'Second', 'culture'), (3, 'Quality', 'quality'), (4, 'Nurse', 'nurse');"
              "INSERT INTO resource (id, kind, name, staff_id, position) VALUES (1, 'chair', 'Chair 1', NULL, 1), (2, 'room', 'Room 1', NULL, 2), (3, 'staff', 'Nurse', 4, 3);"
              "INSERT INTO patient (id, chart, family, given, created_at, updated_at) VALUES (1, 'P1', 'NGUYEN', 'VAN AN', 0, 0), (2, 'P2', 'MONONYM', '', 0, 0);"
              "INSERT INTO container (id, parent_id, kind, name, rows, cols) VALUES (1, NULL, 'tank', 'Tank 1', 0, 0),"
              " (2, 1, 'rack', 'Rack 1', 0, 0), (3, 2, 'box', 'Box 1', 9, 9);"
              "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols) VALUES (4, 2, 'box', 'Box 2', 'grid', 9, 9)");
  prepare_dose (fixture->db);
  g_assert_true (desk_count_open (fixture->db, OTHER_BOX, NURSE, &count, &error));
  g_assert_true (desk_count_box_done (fixture->db, count, OTHER_BOX, NURSE, &error));
  g_assert_true (desk_visit_save (fixture->db, visit, &error));
  g_assert_cmpint (visit->id, ==, 1);
  g_assert_true (desk_visit_set_status (fixture->db, visit, "arrived", &error));
  g_clear_pointer (&fixture->db, desk_db_close);
  g_assert_true (g_file_get_contents (fixture->path, &day.morning, &day.length, NULL));
}

static int
add_row (void *data, int n, char **values, char **names)
{
  for (int i = 0; i < n; i++)
    g_string_append_printf (data, "%s|", values[i] ? values[i] : "NULL");
  g_string_append_c (data, '\n');
  return 0;
}

static int
add_table (void *data, int n, char **values, char **names)
{
  g_ptr_array_add (data, g_strdup_printf ("SELECT '%s', * FROM \"%s\"", values[0], values[0]));
  return 0;
}

/* Everything in the file, as text. */
static char *
dump (void)
{
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new (NULL);
  sqlite3 *raw;

  g_assert_cmpint (sqlite3_open_v2 (day.fixture.path, &raw, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  sqlite3_exec (raw, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", add_table, queries, NULL);
  g_assert_cmpuint (queries->len, >, 10);
  for (guint i = 0; i < queries->len; i++)
    if (sqlite3_exec (raw, g_ptr_array_index (queries, i), add_row, text, NULL) != SQLITE_OK)
      g_error ("%s", sqlite3_errmsg (raw));
  sqlite3_close (raw);
  return g_string_free (text, FALSE);
}

/* The file as it was in the morning, with nothing beside it. */
static void
put_morning (void)
{
  static const char *const suffixes[] = { "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (day.fixture.path, suffixes[i], NULL);
      unlink (name);
    }
  unlink (day.fixture.path);
  g_assert_true (g_file_set_contents_full (day.fixture.path, day.morning, day.length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static DeskDb *
open_file (void)
{
  g_autoptr (GError) error = NULL;
  DeskDb *db = desk_store_open (day.fixture.path, FALSE, &error);

  if (!db)
    g_error ("%s", error->message);
  desk_db_set_actor (db, QUALITY, "desk");
  return db;
}

static void
assert_empty (DeskDb *db, const char *sql, const char *good)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskStmt) stmt = desk_db_query (db, &error, sql, "");
  DeskStep step = desk_stmt_step (stmt, &error);

  g_assert_no_error (error);
  if (good)
    g_assert_cmpstr (desk_stmt_text (stmt, 0), ==, good);
  else
    g_assert_cmpint (step, ==, DESK_STEP_DONE);
}

static void
assert_sound (DeskDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 bad = -1;

  assert_empty (db, "PRAGMA integrity_check", "ok");
  assert_empty (db, "PRAGMA foreign_key_check", NULL);
  g_assert_true (desk_audit_verify (db, &bad, &error));
  g_assert_cmpint (bad, ==, 0);
}

/* A day without a fault: what is there after each step, and how many writes it takes. */
static void
work_undisturbed (void)
{
  g_auto (Forms) forms = { .unit = day.unit };

  put_morning ();
  fault_arm (FAULT_NONE, 0, 0);
  DeskDb *db = open_file ();
  day.states[0] = dump ();
  for (guint i = 0; i < N_STEPS; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!steps[i](db, &forms, &error))
        g_error ("step %u: %s", i, error->message);
      day.states[i + 1] = dump ();
      g_assert_cmpstr (day.states[i], !=, day.states[i + 1]);
    }
  assert_sound (db);
  desk_db_close (db);
  day.writes = fault_count ();
  g_test_message ("%u writes", day.writes);
  g_assert_cmpuint (day.writes, >, 10 * N_STEPS);
}

/* In the child: works until it dies, and says after each step that it was done. */
static void
work_until_death (int report)
{
  g_auto (Forms) forms = { .unit = day.unit };
  DeskDb *db = open_file ();

  for (guint i = 0; i < N_STEPS; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!steps[i](db, &forms, &error))
        g_error ("step %u: %s", i, error->message);
      g_assert_cmpint (write (report, "x", 1), ==, 1);
    }
  desk_db_close (db);
}

/* How many steps the child reported before it died at that write. */
static guint
run_child (FaultKind kind, guint at, guint32 seed)
{
  char reports[N_STEPS + 1];
  int ends[2], status;
  guint n = 0;
  gssize got;

  g_assert_cmpint (pipe (ends), ==, 0);
  pid_t child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      close (ends[0]);
      fault_arm (kind, at, seed);
      work_until_death (ends[1]);
      _exit (0);
    }
  close (ends[1]);
  while ((got = read (ends[0], reports, sizeof reports)) > 0)
    n += got;
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (!WIFSIGNALED (status) || WTERMSIG (status) != SIGKILL)
    g_error ("fault %d at write %u: the child ended otherwise (%x)", kind, at, status);
  return n;
}

static void
die_at (FaultKind kind, guint at, guint32 seed)
{
  put_morning ();
  guint done = run_child (kind, at, seed);
  g_autoptr (DeskDb) db = open_file ();
  g_autofree char *state = dump ();

  assert_sound (db);
  if (strcmp (state, day.states[done]) != 0 && (done == N_STEPS || strcmp (state, day.states[done + 1]) != 0))
    g_error ("fault %d (seed %u) at write %u: after %u steps the file holds neither what was before nor what comes after:\n%s",
             kind, seed, at, done, state);
}

static guint
stride (guint quick)
{
  return g_test_slow () ? 1 : MAX (1, day.writes / quick);
}

static void
test_killed (gconstpointer data)
{
  FaultKind kind = GPOINTER_TO_INT (data);

  for (guint at = 1; at <= day.writes; at += stride (50))
    die_at (kind, at, 0);
}

static void
test_power (void)
{
  guint seeds = g_test_slow () ? 20 : 1;

  for (guint at = 1; at <= day.writes; at += stride (70))
    for (guint seed = 0; seed < seeds; seed++)
      die_at (FAULT_POWER, at, at * seeds + seed);
}

/* One change fails: the step says so and leaves nothing, and the same form saved again is all there. */
static void
fail_at (FaultKind kind, guint at)
{
  g_auto (Forms) forms = { .unit = day.unit };
  DeskError code = kind == FAULT_FULL ? DESK_ERROR_FULL : DESK_ERROR_IO;

  put_morning ();
  DeskDb *db = open_file ();
  fault_arm (kind, at, 0);
  for (guint i = 0; i < N_STEPS; i++)
    {
      g_autoptr (GError) error = NULL;

      if (steps[i](db, &forms, &error))
        continue;
      g_assert_error (error, DESK_ERROR, (int) code);
      g_autofree char *state = dump ();
      if (strcmp (state, day.states[i]) != 0)
        g_error ("fault %d at write %u: step %u failed and left something:\n%s", kind, at, i, state);
      g_clear_error (&error);
      if (!steps[i](db, &forms, &error))
        g_error ("fault %d at write %u: step %u could not be repeated: %s", kind, at, i, error->message);
    }
  g_autofree char *evening = dump ();
  g_assert_cmpstr (evening, ==, day.states[N_STEPS]);
  desk_db_close (db);
  g_assert_cmpuint (fault_count (), >=, at);

  fault_arm (FAULT_NONE, 0, 0);
  g_autoptr (DeskDb) again = open_file ();
  g_autofree char *reopened = dump ();
  assert_sound (again);
  g_assert_cmpstr (reopened, ==, day.states[N_STEPS]);
}

static void
test_failing (gconstpointer data)
{
  for (guint at = 1; at <= day.writes; at += stride (50))
    fail_at (GPOINTER_TO_INT (data), at);
}

/* Killed while the clinic file is made: what is there is a whole clinic or is refused in words. */
static void
test_create (void)
{
  g_autofree char *path = g_build_filename (day.fixture.folder, "new.uketsuke", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL), *shared = g_strconcat (path, "-shm", NULL);
  int status = 0;

  for (guint at = 1; status == 0 || WIFSIGNALED (status); at += g_test_slow () ? 1 : 3)
    {
      g_autoptr (GError) error = NULL;
      pid_t child = fork ();

      if (child == 0)
        {
          fault_arm (FAULT_KILL, at, 0);
          DeskDb *made = desk_store_create (path, NULL);
          _exit (made ? 1 : 2);
        }
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      fault_arm (FAULT_NONE, 0, 0);
      g_autoptr (DeskDb) db = desk_store_open (path, FALSE, &error);
      if (db)
        assert_sound (db);
      else
        g_assert_error (error, DESK_ERROR, DESK_ERROR_FOREIGN);
      if (WIFEXITED (status))
        g_assert_cmpint (WEXITSTATUS (status), ==, 1);
      unlink (path);
      unlink (log);
      unlink (shared);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fault_install ();
  prepare_morning ();
  work_undisturbed ();
  g_test_add_data_func ("/crash/killed", GINT_TO_POINTER (FAULT_KILL), test_killed);
  g_test_add_data_func ("/crash/torn", GINT_TO_POINTER (FAULT_TEAR), test_killed);
  g_test_add_func ("/crash/power", test_power);
  g_test_add_data_func ("/crash/full", GINT_TO_POINTER (FAULT_FULL), test_failing);
  g_test_add_data_func ("/crash/io", GINT_TO_POINTER (FAULT_IO), test_failing);
  g_test_add_func ("/crash/create", test_create);
  int status = g_test_run ();

  put_morning ();
  store_fixture_tear_down (&day.fixture, NULL);
  g_free (day.morning);
  for (guint i = 0; i <= N_STEPS; i++)
    g_free (day.states[i]);
  return status;
}
