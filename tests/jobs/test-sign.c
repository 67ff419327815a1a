/* Signing with a secret: what is signed is done with the signature, or neither; wrong tries are counted and waited for. */
#include "desk-sign.h"
#include "store-fixture.h"

#define NURSE 1
#define MANAGER 2
#define OTHER 3
#define PIN "739152"

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture, "INSERT INTO staff (id, name, role) VALUES (1, 'Nurse', 'nurse'), (2, 'Manager', 'manager'), (3, 'Other', 'nurse')");
}

static gint64
count (StoreFixture *fixture, const char *sql)
{
  gint64 n = -1;

  g_assert_true (desk_db_value (fixture->db, &n, NULL, g_intern_string (sql), ""));
  return n;
}

#define DO(call) \
  do { \
    g_autoptr (GError) error = NULL; \
    if (!(call)) g_error ("%s: %s", #call, error ? error->message : "?"); \
  } while (0)
#define REFUSED(call, code) \
  do { \
    g_autoptr (GError) error = NULL; \
    if (call) g_error ("done: %s", #call); \
    g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED); \
    g_assert_cmpstr (error->message, ==, code); \
  } while (0)

static gboolean
act (DeskDb *db, gint64 at, gpointer data, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  g_assert_cmpint (at, >, 0);
  if (data)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, data);
      return FALSE;
    }
  return desk_txn_log (txn, "test.done", DESK_KIND_CLINIC, 1, "", error) && desk_txn_commit (txn, error);
}

static void
test_sign (StoreFixture *fixture, gconstpointer data)
{
  DeskSign sign = { .staff_id = NURSE, .secret = PIN, .purpose = "infuse" };

  REFUSED (desk_sign (fixture->db, &sign, act, NULL, &error), "no-secret");
  DO (desk_sign_set_secret (fixture->db, NURSE, PIN, NURSE, NULL, &error));
  DO (desk_sign (fixture->db, &sign, act, NULL, &error));
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM signature WHERE staff_id = 1 AND purpose = 'infuse'"), ==, 1);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM audit WHERE action = 'test.done'"), ==, 1);
  /* What is refused leaves no signature. */
  REFUSED (desk_sign (fixture->db, &sign, act, (gpointer) "unit-held", &error), "unit-held");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM signature"), ==, 1);
  sign.secret = "739153";
  REFUSED (desk_sign (fixture->db, &sign, act, NULL, &error), "wrong-secret");
  g_assert_cmpint (count (fixture, "SELECT failures FROM staff_secret WHERE staff_id = 1"), ==, 1);
  sign.secret = PIN;
  DO (desk_sign (fixture->db, &sign, act, NULL, &error));
  g_assert_cmpint (count (fixture, "SELECT failures FROM staff_secret WHERE staff_id = 1"), ==, 0);
}

static void
test_lock (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) fault = NULL;
  DeskSign sign = { .staff_id = NURSE, .secret = PIN, .purpose = "infuse" };

  DO (desk_sign_set_secret (fixture->db, NURSE, PIN, NURSE, NULL, &error));
  for (int i = 0; i < 5; i++)
    REFUSED (desk_sign_check (fixture->db, NURSE, "111112", &error), "wrong-secret");
  /* The right one is not even looked at, and the wait outlives the program. */
  REFUSED (desk_sign (fixture->db, &sign, act, NULL, &error), "secret-locked");
  desk_db_close (fixture->db);
  fixture->db = desk_store_open (fixture->path, FALSE, &fault);
  g_assert_no_error (fault);
  REFUSED (desk_sign (fixture->db, &sign, act, NULL, &error), "secret-locked");
  g_assert_cmpint (count (fixture, "SELECT failures FROM staff_secret WHERE staff_id = 1"), ==, 5);
  g_assert_cmpint (count (fixture, "SELECT locked_until - unixepoch () BETWEEN 20 AND 30 FROM staff_secret WHERE staff_id = 1"), ==, 1);
  store_exec (fixture, "UPDATE staff_secret SET locked_until = unixepoch () - 1");
  REFUSED (desk_sign_check (fixture->db, NURSE, "111112", &error), "wrong-secret");
  g_assert_cmpint (count (fixture, "SELECT locked_until - unixepoch () BETWEEN 50 AND 60 FROM staff_secret WHERE staff_id = 1"), ==, 1);
  store_exec (fixture, "UPDATE staff_secret SET locked_until = 0");
  DO (desk_sign (fixture->db, &sign, act, NULL, &error));
}

static void
test_set (StoreFixture *fixture, gconstpointer data)
{
  REFUSED (desk_sign_set_secret (fixture->db, NURSE, "0000", NURSE, NULL, &error), "secret-short");
  REFUSED (desk_sign_set_secret (fixture->db, NURSE, "121212", NURSE, NULL, &error), "secret-easy");
  /* While no manager has one, the first ones are set freely; not a second time. */
  DO (desk_sign_set_secret (fixture->db, NURSE, PIN, NURSE, NULL, &error));
  REFUSED (desk_sign_set_secret (fixture->db, NURSE, "846291", NURSE, "846291", &error), "wrong-secret");
  REFUSED (desk_sign_set_secret (fixture->db, NURSE, "846291", OTHER, NULL, &error), "manager-needed");
  DO (desk_sign_set_secret (fixture->db, NURSE, "846291", NURSE, PIN, &error));
  DO (desk_sign_set_secret (fixture->db, MANAGER, "504938", MANAGER, NULL, &error));
  REFUSED (desk_sign_set_secret (fixture->db, OTHER, PIN, OTHER, NULL, &error), "manager-needed");
  REFUSED (desk_sign_set_secret (fixture->db, OTHER, PIN, NURSE, "846291", &error), "manager-needed");
  REFUSED (desk_sign_set_secret (fixture->db, OTHER, PIN, MANAGER, PIN, &error), "wrong-secret");
  DO (desk_sign_set_secret (fixture->db, OTHER, PIN, MANAGER, "504938", &error));
  DO (desk_sign_set_secret (fixture->db, NURSE, PIN, MANAGER, "504938", &error)); /* forgotten */
  DO (desk_sign_check (fixture->db, NURSE, PIN, &error));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("/sign/sign", test_sign);
  ADD ("/sign/lock", test_lock);
  ADD ("/sign/set", test_set);
  return g_test_run ();
}
