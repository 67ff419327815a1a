#include "store-fixture.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "desk-audit.h"
#include "desk-patients.h"

static void
assert_refused (const char *path, DeskError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  gsize before_length = 0, after_length = 0;
  gboolean there = g_file_get_contents (path, &before, &before_length, NULL);

  g_assert_null (desk_store_open (path, FALSE, &error));
  g_assert_error (error, DESK_ERROR, (int) code);
  if (there)
    {
      g_assert_true (g_file_get_contents (path, &after, &after_length, NULL));
      g_assert_cmpmem (before, before_length, after, after_length);
    }
}

static void
reopen (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->db, desk_db_close);
  fixture->db = desk_store_open (fixture->path, FALSE, &error);
  g_assert_no_error (error);
}

static void
test_create (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_null (desk_store_create (fixture->path, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_EXISTS);
  reopen (fixture);
}

static void
assert_finds (DeskDb *db, const char *typed, gboolean found)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = desk_patient_search (db, typed, 5, &error);

  g_assert_no_error (error);
  g_assert_cmpint (ids->len, ==, found ? 1 : 0);
  g_assert_true (!found || g_array_index (ids, gint64, 0) == 7);
}

/* A file of an earlier step, made by that step's own text. */
static char *
old_file (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *step = g_build_filename (g_getenv ("DESK_TEST_SOURCE"), "src", "store", "schema", "001.sql", NULL);
  g_autofree char *sql = NULL;
  char *path = g_build_filename (fixture->folder, "old", NULL);
  g_autoptr (DeskDb) db = desk_db_open (path, DESK_ENGINE_CREATE, &error);
  g_autofree char *mark = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = 1", DESK_STORE_APPLICATION_ID);

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (step, &sql, NULL, &error));
  g_assert_true (desk_db_exec (db, "BEGIN", &error) && desk_db_exec (db, sql, &error) && desk_db_exec (db, mark, &error));
  g_assert_true (desk_db_exec (db,
                               "INSERT INTO clinic (id, uuid, name, name_ja) VALUES (1, 'u', 'Old', '');"
                               "INSERT INTO patient (id, chart, family, family_native, phone, created_at, updated_at)"
                               " VALUES (7, 'P-7', 'OLDER', '渡邊', '+81 90-1234-5678', 0, 0);"
                               /* As that step folded names and numbers, and something it should not have. */
                               "INSERT INTO patient_word (word, patient_id)"
                               " VALUES ('older', 7), ('p7', 7), ('渡邊', 7), ('邊', 7), ('stale', 7);"
                               "INSERT INTO document (patient_id, kind, state, received_at) VALUES (7, 'viral', 'rejected', 0);"
                               "COMMIT; PRAGMA wal_checkpoint (TRUNCATE)",
                               &error));
  g_assert_no_error (error);
  return path;
}

static void
assert_brought_up (DeskDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 n;

  g_assert_true (desk_db_value (db, &n, &error, "PRAGMA user_version", ""));
  g_assert_cmpint (n, ==, DESK_STORE_SCHEMA);
  g_assert_true (desk_db_value (db, &n, &error, "SELECT count (*) FROM patient WHERE merged_into IS NULL AND family = 'OLDER'", ""));
  g_assert_cmpint (n, ==, 1);
  g_assert_true (desk_db_value (db, &n, &error, "SELECT count (*) FROM document WHERE state = 'rejected' AND part = ''", ""));
  g_assert_cmpint (n, ==, 1);
  g_assert_true (desk_db_value (db, &n, &error, "SELECT count (*) FROM pragma_foreign_key_check", ""));
  g_assert_cmpint (n, ==, 0);

  /* Its words are written anew, as this program folds them. */
  assert_finds (db, "older", TRUE);
  assert_finds (db, "渡辺", TRUE);
  assert_finds (db, "45678", TRUE);
  assert_finds (db, "lder", TRUE);
  assert_finds (db, "stale", FALSE);
  g_assert_true (desk_db_value (db, &n, &error, "SELECT count (*) FROM patient_word WHERE word IN ('stale', '邊')", ""));
  g_assert_cmpint (n, ==, 0);
}

/* data: whether it is only to be looked at. */
static void
test_older (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = old_file (fixture);
  g_autoptr (DeskDb) db = desk_store_open (path, data != NULL, &error);

  g_assert_no_error (error);
  assert_brought_up (db);
  g_clear_pointer (&db, desk_db_close);
  db = desk_store_open (path, FALSE, &error);
  assert_brought_up (db);
}

/* Where nothing can be written it is told, and nothing changes. */
static void
test_older_locked (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = old_file (fixture);

  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  assert_refused (path, DESK_ERROR_READ_ONLY);
}

static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autoptr (GError) error = NULL;

  assert_refused (other, DESK_ERROR_NOT_FOUND);
  g_assert_true (g_file_set_contents (other, "", 0, NULL));
  assert_refused (other, DESK_ERROR_FOREIGN);
  g_assert_true (g_file_set_contents (other, "%PDF-1.4 not a clinic, however long it is made to look like one: "
                                             "a hundred bytes at least, and then some more to be sure", -1, NULL));
  assert_refused (other, DESK_ERROR_FOREIGN);
  assert_refused (fixture->folder, DESK_ERROR_FOREIGN);

  store_exec (fixture, "PRAGMA user_version = 9999");
  g_clear_pointer (&fixture->db, desk_db_close);
  assert_refused (fixture->path, DESK_ERROR_NEWER);
}

static void
test_truncated (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *content = NULL;
  gsize length;

  g_clear_pointer (&fixture->db, desk_db_close);
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  for (gsize cut = length - 1; cut > 4096; cut = cut * 2 / 3)
    {
      g_assert_true (g_file_set_contents (fixture->path, content, cut, NULL));
      assert_refused (fixture->path, DESK_ERROR_CORRUPT);
    }
}

static void
test_read_only (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->db, desk_db_close);
  g_assert_cmpint (g_chmod (fixture->path, 0400), ==, 0);
  fixture->db = desk_store_open (fixture->path, FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (desk_db_run (fixture->db, &error, "INSERT INTO staff (name, role) VALUES ('x', 'nurse')", ""));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_READ_ONLY);
}

static void
add_staff (DeskDb *db, const char *name, gboolean commit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, &error);

  g_assert_no_error (error);
  g_assert_true (desk_db_run (db, &error, "INSERT INTO staff (name, role) VALUES ($1, 'nurse')", "t", name));
  g_assert_true (desk_txn_log (txn, "staff.add", DESK_KIND_CLINIC, 1, name, &error));
  if (commit)
    g_assert_true (desk_txn_commit (txn, &error));
}

static gint64
count_staff (DeskDb *db)
{
  gint64 n = -1;

  g_assert_true (desk_db_value (db, &n, NULL, "SELECT count (*) FROM staff", ""));
  return n;
}

static void
test_transaction (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add_staff (fixture->db, "kept", TRUE);
  add_staff (fixture->db, "dropped", FALSE);
  g_assert_cmpint (count_staff (fixture->db), ==, 1);

  /* Without an audit row nothing is committed. */
  DeskTxn *txn = desk_txn_begin (fixture->db, &error);
  g_assert_true (desk_db_run (fixture->db, &error, "INSERT INTO staff (name, role) VALUES ('mute', 'nurse')", ""));
  g_assert_false (desk_txn_commit (txn, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_FAILED);
  desk_txn_end (txn);
  g_clear_error (&error);
  g_assert_cmpint (count_staff (fixture->db), ==, 1);

  /* A part that fails takes the whole with it. */
  txn = desk_txn_begin (fixture->db, &error);
  add_staff (fixture->db, "good part", TRUE);
  add_staff (fixture->db, "bad part", FALSE);
  g_assert_false (desk_txn_commit (txn, &error));
  desk_txn_end (txn);
  g_assert_cmpint (count_staff (fixture->db), ==, 1);
}

static void
test_audit (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 bad = -1;

  for (int i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("person %d", i);
      add_staff (fixture->db, name, TRUE);
    }
  g_assert_true (desk_audit_verify (fixture->db, &bad, &error));
  g_assert_cmpint (bad, ==, 0);

  store_refuse (fixture, "UPDATE audit SET detail = 'x' WHERE seq = 7", DESK_ERROR_REFUSED, "journal-only-grows");
  store_refuse (fixture, "DELETE FROM audit WHERE seq = 7", DESK_ERROR_REFUSED, "journal-only-grows");
  store_refuse (fixture, "INSERT OR REPLACE INTO audit SELECT seq, at, 99, desk, action, kind, object_id, detail, hash FROM audit WHERE seq = 7",
                DESK_ERROR_REFUSED, "journal-only-grows");

  /* Whoever takes the triggers away is still found out. */
  store_exec (fixture, "DROP TRIGGER audit_fixed; UPDATE audit SET detail = 'x' WHERE seq = 7");
  g_assert_true (desk_audit_verify (fixture->db, &bad, &error));
  g_assert_cmpint (bad, ==, 7);
}

static void
test_binding (StoreFixture *fixture, gconstpointer data)
{
  /* $n is bound by its number, though SQLite counts by first appearance. */
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskStmt) stmt
      = desk_db_query (fixture->db, &error, "SELECT $2, $1, $3 IS NULL, $2", "itn", G_GINT64_CONSTANT (1) << 40, "two");

  g_assert_no_error (error);
  g_assert_cmpint (desk_stmt_step (stmt, &error), ==, DESK_STEP_ROW);
  g_assert_cmpstr (desk_stmt_text (stmt, 0), ==, "two");
  g_assert_cmpint (desk_stmt_int64 (stmt, 1), ==, G_GINT64_CONSTANT (1) << 40);
  g_assert_cmpint (desk_stmt_int (stmt, 2), ==, 1);
  g_assert_cmpstr (desk_stmt_text (stmt, 3), ==, "two");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("/store/create", test_create);
  ADD ("/store/older", test_older);
  g_test_add ("/store/older-looked-at", StoreFixture, "", store_fixture_set_up, test_older, store_fixture_tear_down);
  ADD ("/store/older-locked", test_older_locked);
  ADD ("/store/refused", test_refused);
  ADD ("/store/truncated", test_truncated);
  ADD ("/store/read-only", test_read_only);
  ADD ("/store/transaction", test_transaction);
  ADD ("/store/audit", test_audit);
  ADD ("/store/binding", test_binding);
  return g_test_run ();
}
