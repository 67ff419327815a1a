/* A file of an earlier step with cells at every stage of their life comes up to today's step: nothing is lost or changed,
 * custody is written from what is known, the bank is sound; and a kill, a power cut or a full disk on the way leaves the
 * file as it was. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk-bank-verify.h"
#include "fault-vfs.h"
#include "store-fixture.h"

static const char clinic[]
    = "INSERT INTO clinic (id, uuid, name, name_ja) VALUES (1, 'u', 'Old', '旧');"
      "INSERT INTO staff (id, name, role) VALUES (1, 'Culture', 'culture'), (2, 'Second', 'culture'), (3, 'Quality', 'quality'), (4, 'Nurse', 'nurse');"
      "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (1, 'P1', 'One', 0, 0), (2, 'P2', 'Two', 0, 0);"
      "INSERT INTO container (id, parent_id, kind, name, rows, cols, row, col, in_service) VALUES (1, NULL, 'tank', 'Tank', 0, 0, 0, 0, 1),"
      " (2, 1, 'rack', 'Rack', 0, 0, 1, 1, 1), (3, 2, 'box', 'Box', 9, 9, 1, 1, 1), (4, 2, 'box', 'Other', 5, 4, 1, 2, 1), (5, NULL, 'freezer', 'Broken', 0, 0, 0, 0, 0);"
      "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id) VALUES"
      " (1, 1, 'C26-0001', 'blood_draw', 10, 50, 4), (2, 2, 'C26-0002', 'apheresis', 20, 120, 4);"
      "INSERT INTO lot (id, patient_id, collection_id, number, started_on, note) VALUES (1, 1, 1, 'L26-0001', '2026-01-01', 'x'), (2, 2, 2, 'L26-0002', '2026-01-01', '');"
      "INSERT INTO result (id, lot_id, test, value, passed, stage, reported_on, entered_at, entered_by, supersedes) VALUES"
      " (1, 1, 'viability', '9', 0, 'preliminary', '2026-01-02', 90, 1, NULL), (2, 1, 'viability', '91', 1, 'final', '2026-01-03', 95, 1, 1),"
      " (3, 1, 'count', '12', 1, 'final', '2026-01-03', 95, 1, NULL), (4, 1, 'purity', '80', 1, 'final', '2026-01-03', 95, 1, NULL),"
      " (5, 1, 'endotoxin', '<1', 1, 'final', '2026-01-03', 95, 1, NULL), (6, 1, 'mycoplasma', 'negative', 1, 'final', '2026-01-03', 95, 1, NULL),"
      " (7, 1, 'sterility', 'negative', 1, 'final', '2026-01-03', 95, 1, NULL), (8, 2, 'sterility', 'growth', 0, 'preliminary', '2026-01-03', 95, 1, NULL);"
      "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at) VALUES"
      " (1, 1, 'infusion', 'booked', 3000, 6000, 2700, 6300, 0), (2, 1, 'infusion', 'booked', 90000, 93600, 90000, 93600, 0);"
      "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (1, 1, 'booked', 'arrived', 0); UPDATE visit SET status = 'arrived' WHERE id = 1;"
      "INSERT INTO hold (id, unit_id, lot_id, reason, opened_at, opened_by, closed_at, closed_by) VALUES (1, NULL, 2, 'growth', 96, 1, NULL, NULL),"
      " (2, NULL, 1, 'rain', 96, 1, 98, 3);";

/* A letter a step, each a second later unless it is a capital, which comes in the second of the one before. */
typedef struct
{
  char letter;
  const char *axis, *to_state, *before;
} Step;

#define LEAVE "UPDATE placement SET until = :T, ended_by = 3 WHERE unit_id = :U AND until IS NULL;"
#define ENTER "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id) VALUES (:U, 3, :U / 9 + 1, :U % 9 + 1, :T, 3, 4);"

static const Step steps[] = {
  { 'l', "label", "printed", NULL },
  { 'v', "label", "verified", NULL },
  { 'e', NULL, NULL, ENTER },
  { 'f', "life", "frozen", ENTER },
  { 'o', NULL, NULL, LEAVE "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id) VALUES (:U, 4, :U % 5 + 1, :U / 5 + 1, :T, 1);" },
  { 'r', "quality", "released", NULL },
  { 'q', "quality", "rejected", NULL },
  { 's', NULL, NULL, "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (:U, 1, 1, :T, 4);" },
  { 'u', NULL, NULL, "UPDATE reservation SET closed_at = :T WHERE unit_id = :U AND closed_at IS NULL;" },
  { 'p', "life", "picked", LEAVE },
  { 'b', "life", "frozen", ENTER }, /* put back, or found */
  { 't', "life", "thawing", NULL },
  { 'h', "life", "thawed", NULL },
  { 'c', "life", "at_bedside", NULL },
  { 'i', "life", "infusing", "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (:U, 1, 1, :T, 3, 4);" },
  { 'g', "life", "infused", "UPDATE reservation SET closed_at = :T WHERE unit_id = :U AND closed_at IS NULL;" },
  { 'm', "life", "missing", LEAVE },
  { 'd', "life", "discarded", LEAVE },
  { 'y', "life", "fresh_ready", NULL },
};

static const struct
{
  int id, lot;
  const char *kind, *way;
  const char *custody; /* what it should say, in order */
} units[] = {
  { 1, 1, "dose_frozen", "", "hand" },
  { 2, 1, "dose_frozen", "e", "hand place" },
  { 3, 1, "dose_frozen", "lvf", "hand place" },
  { 4, 1, "dose_frozen", "lvforo", "hand place place place" },
  { 5, 1, "dose_frozen", "lvfrs", "hand place" },
  { 6, 1, "dose_frozen", "lvfrspb", "hand place hand place" },
  { 7, 1, "dose_frozen", "lvfrspB", "hand place hand place" },     /* put back in the second it was picked */
  { 8, 1, "dose_frozen", "lvfmB", "hand place lost place" },
  { 9, 1, "dose_frozen", "lvfm", "hand place lost" },
  { 10, 1, "dose_frozen", "LVFRSP", "hand place hand" },             /* everything in one second */
  { 11, 1, "dose_frozen", "lvfrspthcig", "hand place hand hand hand bedside bedside patient" },
  { 12, 1, "dose_frozen", "lvfrspth", "hand place hand hand hand" },
  { 13, 1, "dose_frozen", "lvfrsud", "hand place waste" },
  { 14, 1, "dose_frozen", "lvfq", "hand place" },
  { 15, 1, "qc", "lve", "hand place" },
  { 16, 1, "dose_fresh", "lvryscig", "hand bedside bedside patient" },
  { 17, 2, "dose_frozen", "lvf", "hand place" },
  { 18, 1, "dose_frozen", "LVFMBMB", "hand place lost place lost place" },
};

static void
exec (DeskDb *db, const char *sql, int unit, gint64 at)
{
  g_autofree char *u = g_strdup_printf ("%d", unit), *t = g_strdup_printf ("%" G_GINT64_FORMAT, at);
  g_autoptr (GString) text = g_string_new (sql);
  g_autoptr (GError) error = NULL;

  g_string_replace (text, ":U", u, 0);
  g_string_replace (text, ":T", t, 0);
  if (!desk_db_exec (db, text->str, &error))
    g_error ("%s: %s", error->message, text->str);
}

static void
add_event (DeskDb *db, int unit, const char *axis, const char *to_state, gint64 at)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, reason)"
      " SELECT id, '%1$s', %1$s_seq + 1, NULLIF (%1$s_seq, 0), %1$s, '%2$s', :T, 3, 4, 'why' FROM unit WHERE id = :U", axis, to_state);

  exec (db, sql, unit, at);
}

static void
make_unit (DeskDb *db, guint n)
{
  gint64 at = 100;
  int id = units[n].id;
  g_autofree char *insert = g_strdup_printf (
      "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at) VALUES (:U, %d, %d, '%s',"
      " 'L26-000%d-' || :U, 50, 1000000000, '2030-01-01', 5)", units[n].lot, units[n].lot, units[n].kind, units[n].lot);

  exec (db, insert, id, at);
  add_event (db, id, "life", "planned", at);
  add_event (db, id, "quality", "quarantine", at);
  add_event (db, id, "label", "none", at);
  add_event (db, id, "life", "filled", at);
  for (const char *p = units[n].way; *p; p++)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      if (steps[i].letter == g_ascii_tolower (*p))
        {
          at += g_ascii_islower (*p);
          if (steps[i].before)
            exec (db, steps[i].before, id, at);
          if (steps[i].axis)
            add_event (db, id, steps[i].axis, steps[i].to_state, at);
        }
}

static void
run_text (DeskDb *db, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("DESK_TEST_SOURCE"), "src", "store", "schema", name, NULL);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &sql, NULL, &error));
  if (!desk_db_exec (db, sql, &error))
    g_error ("%s: %s", name, error->message);
}

static const char *const third[] = { "003/1-bank.sql",     "003/2-lots.sql",  "003/3-units.sql", "003/4-bedside.sql",
                                     "003/5-lookback.sql", "003/6-tanks.sql", "003/7-count.sql", "003/8-codes.sql" };
static const char *const fourth[] = { "004/1-book.sql", "004/2-courses.sql", "004/3-plans.sql", "004/4-lists.sql", "004/5-ripple.sql", "004/6-merge.sql" };

/* A file as the program of that step left it; the third came to what the second had left. */
static char *
old_file (StoreFixture *fixture, int step)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->folder, "old", NULL);
  g_autoptr (DeskDb) db = desk_db_open (path, DESK_ENGINE_CREATE, &error);
  g_autofree char *mark = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d", DESK_STORE_APPLICATION_ID, step);

  g_assert_no_error (error);
  g_assert_true (desk_db_exec (db, "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; BEGIN", &error));
  run_text (db, "001.sql");
  if (step >= 2)
    run_text (db, "002.sql");
  exec (db, clinic, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    make_unit (db, i);
  exec (db, "INSERT INTO hold (unit_id, reason, opened_at, opened_by) VALUES (15, 'bag', 200, 3)", 0, 0);
  if (step >= 2)
    exec (db, "INSERT INTO hold (unit_id, reason, opened_at, opened_by) VALUES (3, 'merged-check-label', 200, 3);"
              "INSERT INTO lab_report (id, patient_id, collected_on, came_by, entered_at) VALUES (1, 1, '2026-01-01', 'hand', 0);"
              "INSERT INTO lab_value (report_id, patient_id, test, value, outcome) VALUES (1, 1, 'hbsag', 'positive', 'reactive')", 0, 0);
  for (guint i = 0; step >= 3 && i < G_N_ELEMENTS (third); i++)
    run_text (db, third[i]);
  for (guint i = 0; step >= 4 && i < G_N_ELEMENTS (fourth); i++)
    run_text (db, fourth[i]);
  exec (db, mark, 0, 0);
  g_assert_true (desk_db_exec (db, "COMMIT; PRAGMA wal_checkpoint (TRUNCATE)", &error));
  return path;
}

/* ── what must still be there ────────────────────────────────────────────────────────────────── */

/* One text a table: how to read all that it had, in the old columns. */
static GHashTable *
readers_of (DeskDb *db)
{
  g_autoptr (GError) error = NULL;
  GHashTable *readers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, &error,
                                             "SELECT t.name, c.name FROM pragma_table_list t, pragma_table_info (t.name) c"
                                             " WHERE t.type = 'table' AND t.schema = 'main' AND t.name NOT IN ('sqlite_schema', 'patient_word', 'tick')"
                                             " ORDER BY t.name, c.cid", "");

  while (desk_stmt_step (stmt, &error) == DESK_STEP_ROW)
    {
      const char *table = desk_stmt_text (stmt, 0), *sofar = g_hash_table_lookup (readers, table);
      char *columns = g_strdup_printf ("%s%s'%s=' || quote (%s)", sofar ? sofar : "", sofar ? " || ' ' || " : "", desk_stmt_text (stmt, 1),
                                       desk_stmt_text (stmt, 1));

      g_hash_table_replace (readers, g_strdup (table), columns);
    }
  g_assert_no_error (error);
  return readers;
}

/* All rows of a table, sorted, by what the old file's columns were. */
static GPtrArray *
rows_of (DeskDb *db, const char *table, const char *columns)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s ORDER BY 1", columns, table);

  /* Statements are kept by the address of their text, which must stay. */
  g_autoptr (DeskStmt) query = desk_db_query (db, &error, g_intern_string (sql), "");
  if (!query)
    g_error ("%s: %s", error->message, sql);
  while (desk_stmt_step (query, &error) == DESK_STEP_ROW)
    g_ptr_array_add (rows, desk_stmt_dup_text (query, 0));
  g_assert_no_error (error);
  return rows;
}

typedef struct
{
  GHashTable *readers; /* table -> columns */
  GHashTable *rows;    /* table -> GPtrArray of texts */
} Content;

static void
content_clear (Content *content)
{
  g_hash_table_unref (content->readers);
  g_hash_table_unref (content->rows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Content, content_clear)

static Content
read_content (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDb) db = desk_db_open (path, 0, &error);
  GHashTableIter iter;
  gpointer table, columns;

  g_assert_no_error (error);
  Content content = { readers_of (db), g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref) };
  g_hash_table_iter_init (&iter, content.readers);
  while (g_hash_table_iter_next (&iter, &table, &columns))
    g_hash_table_insert (content.rows, g_strdup (table), rows_of (db, table, columns));
  return content;
}

/* Tables of rules and counters may have grown; all else has what it had, and nothing more. */
static void
assert_kept (DeskDb *db, const Content *old)
{
  static const char *const growing[] = { "axis_step", "counter", "audit", "visit_step", "visit_type", NULL };
  GHashTableIter iter;
  gpointer table, columns;

  g_hash_table_iter_init (&iter, old->readers);
  while (g_hash_table_iter_next (&iter, &table, &columns))
    {
      g_autoptr (GPtrArray) now = rows_of (db, table, columns);
      const GPtrArray *before = g_hash_table_lookup (old->rows, table);
      guint found = 0;

      for (guint i = 0; i < before->len; i++)
        {
          gboolean there = FALSE;

          for (guint j = 0; j < now->len && !there; j++)
            there = strcmp (before->pdata[i], now->pdata[j]) == 0;
          if (!there)
            g_error ("%s lost or changed: %s", (char *) table, (char *) before->pdata[i]);
          found++;
        }
      if (found != now->len && !g_strv_contains (growing, table))
        g_error ("%s: %u rows, now %u", (char *) table, before->len, now->len);
    }
}

static void
on_fault (const DeskBankFault *fault, gpointer user_data)
{
  g_test_message ("%s %s: %s", fault->code, fault->number, fault->words);
}

static void
assert_custody (DeskDb *db)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) chain = g_string_new (NULL);
      g_autoptr (DeskStmt) stmt = desk_db_query (db, &error, "SELECT what FROM custody WHERE unit_id = $1 ORDER BY seq", "i", (gint64) units[i].id);

      while (desk_stmt_step (stmt, &error) == DESK_STEP_ROW)
        g_string_append_printf (chain, "%s%s", chain->len ? " " : "", desk_stmt_text (stmt, 0));
      if (strcmp (chain->str, units[i].custody) != 0)
        g_error ("unit %d (%s): custody is «%s», not «%s»", units[i].id, units[i].way, chain->str, units[i].custody);
    }
}

static void
assert_brought_up (const char *path, const Content *old)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDb) db = desk_store_open (path, FALSE, &error);
  gint64 n;

  g_assert_no_error (error);
  assert_kept (db, old);
  assert_custody (db);
  g_assert_true (desk_bank_verify (db, on_fault, NULL, &n, &error));
  g_assert_cmpint (n, ==, 0);
  g_assert_true (desk_db_value (db, &n, &error, "SELECT count (*) FROM pragma_foreign_key_check", "") && n == 0);
  g_assert_true (desk_db_value (db, &n, &error, "SELECT count (*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", "") && n == 0);
  /* Boxes have places, racks have none; the hold of a merge is known for what it is. */
  g_assert_true (desk_db_value (db, &n, &error, "SELECT count (*) FROM container WHERE (layout = 'grid') <> (kind = 'box')", "") && n == 0);
  g_assert_true (desk_db_value (db, &n, &error, "SELECT count (*) FROM hold WHERE (kind = 'merge') <> (reason = 'merged-check-label')", "") && n == 0);
}

static void
remove_old (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      g_unlink (name);
    }
}

static void
test_brought_up (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = old_file (fixture, GPOINTER_TO_INT (data));
  g_auto (Content) old = read_content (path);

  assert_brought_up (path, &old);
  assert_brought_up (path, &old);
}

/* ── dying on the way ────────────────────────────────────────────────────────────────────────── */

static gboolean
is_as_before (const char *path, int step, const Content *old)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDb) db = desk_db_open (path, 0, &error);
  gint64 version;

  g_assert_no_error (error);
  g_assert_true (desk_db_value (db, &version, &error, "PRAGMA user_version", ""));
  if (version != step)
    return FALSE;
  assert_kept (db, old);
  g_assert_true (desk_db_value (db, &version, &error, "SELECT count (*) FROM sqlite_schema WHERE name = 'custody'", ""));
  g_assert_cmpint (version, ==, 0);
  return TRUE;
}

static guint
stride (guint writes)
{
  return g_test_slow () ? 1 : MAX (1, writes / 5);
}

static guint
count_writes (const char *path)
{
  g_autoptr (GError) error = NULL;

  fault_arm (FAULT_NONE, 0, 0);
  g_autoptr (DeskDb) db = desk_store_open (path, FALSE, &error);
  g_assert_no_error (error);
  return fault_count ();
}

static void
restore (const char *path, const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;

  fault_arm (FAULT_NONE, 0, 0);
  remove_old (path);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, &error));
}

/* Dead, without power or with a full disk at that write: as it was, or wholly brought up; and then it comes up. */
static void
fail_at (const char *path, const Content *old, FaultKind kind, guint at)
{
  if (kind == FAULT_FULL || kind == FAULT_IO)
    {
      g_autoptr (GError) error = NULL;
      int code = kind == FAULT_FULL ? DESK_ERROR_FULL : DESK_ERROR_IO;

      fault_arm (kind, at, 0);
      g_autoptr (DeskDb) db = desk_store_open (path, FALSE, &error);
      fault_arm (FAULT_NONE, 0, 0);
      if (!db)
        g_assert_error (error, DESK_ERROR, code);
      g_clear_pointer (&db, desk_db_close);
    }
  else
    {
      int status;
      pid_t child = fork ();

      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        {
          fault_arm (kind, at, at);
          DeskDb *db = desk_store_open (path, FALSE, NULL);
          _exit (db ? 0 : 1);
        }
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      fault_arm (FAULT_NONE, 0, 0);
      g_assert_true (WIFSIGNALED (status) || WEXITSTATUS (status) == 0);
    }
  if (!is_as_before (path, 1, old) && !is_as_before (path, 2, old))
    g_test_message ("fault %d at write %u: it was brought up", kind, at);
  assert_brought_up (path, old);
}

static void
test_failing (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = old_file (fixture, 1);
  g_autofree char *bytes = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  g_auto (Content) old = read_content (path);

  g_assert_true (g_file_get_contents (path, &bytes, &length, &error));
  guint writes = count_writes (path);
  g_test_message ("%u writes", writes);
  g_assert_cmpuint (writes, >, 10);
  for (guint at = 1; at <= writes; at += stride (writes))
    {
      restore (path, bytes, length);
      fail_at (path, &old, GPOINTER_TO_INT (data), at);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fault_install ();
#define ADD(path, data, func) g_test_add (path, StoreFixture, GINT_TO_POINTER (data), store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("/migration/step-1", 1, test_brought_up);
  ADD ("/migration/step-2", 2, test_brought_up);
  ADD ("/migration/step-3", 3, test_brought_up);
  ADD ("/migration/step-4", 4, test_brought_up);
  ADD ("/migration/killed", FAULT_KILL, test_failing);
  ADD ("/migration/torn", FAULT_TEAR, test_failing);
  ADD ("/migration/power", FAULT_POWER, test_failing);
  ADD ("/migration/full", FAULT_FULL, test_failing);
  ADD ("/migration/io", FAULT_IO, test_failing);
  return g_test_run ();
}
