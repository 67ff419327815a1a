/* The row that holds the key to the contents, and which contents the records name. */
#include "desk-vaults.h"

#include "store-fixture.h"

static void
test_row (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (DeskVaultLock) none = { 0 };
  g_auto (DeskVaultLock) read = { 0 };
  DeskVaultLock lock = {
    .kdf = (char *) "argon2id", .ops = 3, .memory = 1 << 28, .salt = (char *) "c2FsdA==", .wrapped = (char *) "a2V5"
  };
  DeskVaultLock other = lock;

  g_assert_false (desk_vault_load (fixture->db, &none, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (desk_vault_save (fixture->db, &lock, &error));
  g_assert_cmpint (lock.version, ==, 1);

  /* Another desk that found none either does not overwrite it. */
  g_assert_false (desk_vault_save (fixture->db, &other, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);

  other = lock;
  lock.wrapped = (char *) "bmV3";
  g_assert_true (desk_vault_save (fixture->db, &lock, &error));
  g_assert_false (desk_vault_save (fixture->db, &other, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_true (desk_vault_load (fixture->db, &read, &error));
  g_assert_cmpstr (read.kdf, ==, "argon2id");
  g_assert_cmpint (read.ops, ==, 3);
  g_assert_cmpint (read.memory, ==, 1 << 28);
  g_assert_cmpstr (read.salt, ==, "c2FsdA==");
  g_assert_cmpstr (read.wrapped, ==, "bmV3");
  g_assert_cmpint (read.version, ==, 2);
}

/* Whatever program writes: the key does not go, and does not lie open again. */
static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = {
    "INSERT INTO vault (id, kdf, wrapped) VALUES (2, 'open', 'a')",
    "INSERT INTO vault (id, kdf, wrapped) VALUES (1, 'scrypt', 'a')",
    "INSERT INTO vault (id, kdf, wrapped) VALUES (1, 'open', '')",
    "INSERT INTO vault (id, kdf, wrapped) VALUES (1, 'argon2id', 'a')",
    "INSERT INTO vault (id, kdf, ops, memory, wrapped) VALUES (1, 'argon2id', 3, 9, 'a')",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (desk_db_exec (fixture->db, wrong[i], &error));
      g_assert_nonnull (error);
    }
  store_exec (fixture,
              "INSERT INTO vault (id, kdf, ops, memory, salt, wrapped) VALUES (1, 'argon2id', 3, 9, 'b', 'a')");
  store_refuse (fixture, "DELETE FROM vault", DESK_ERROR_REFUSED, "vault-kept");
  store_refuse (fixture, "UPDATE vault SET kdf = 'open'", DESK_ERROR_REFUSED, "vault-kept");
}

#define D(letter)                                                                                                      \
  letter letter letter letter letter letter letter letter letter letter letter letter letter letter letter letter
#define DIGEST(letter) D (letter) D (letter) D (letter) D (letter)

/* f is the digest of a list, of which there is no content. */
static void
test_digests (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_exec (fixture,
              "INSERT INTO patient (id, chart, family, photo, created_at, updated_at) VALUES (1, '1', 'A', '" DIGEST (
                  "e") "', 0, 0)");
  store_exec (fixture,
              "INSERT INTO document (id, patient_id, kind, digest, received_at) VALUES (1, 1, 'other', '" DIGEST (
                  "f") "', 0),"
                       " (2, 1, 'other', '', 0)");
  store_exec (fixture, "INSERT INTO document_file (document_id, position, digest, bytes, media_type) VALUES"
                       " (1, 1, '" DIGEST ("a") "', 1, 'application/dicom'), (1, 2, '" DIGEST (
                           "b") "', 1, 'application/dicom')");
  store_exec (fixture, "INSERT INTO inbox (id, name, digest, received_at) VALUES (1, 'x', '" DIGEST ("c") "', 0), (2, 'y', '" DIGEST (
                           "f") "', 0)");
  store_exec (fixture, "INSERT INTO inbox_file (inbox_id, position, digest, bytes, media_type) VALUES (2, 1, '" DIGEST (
                           "d") "', 1, 'a/b')");

  g_autoptr (GPtrArray) digests = desk_vault_digests (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (digests->len, ==, 5);
  for (guint i = 0; i < digests->len; i++)
    g_assert_cmpint (((const char *) g_ptr_array_index (digests, i))[0], ==, 'a' + (int) i);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("/vaults/row", test_row);
  ADD ("/vaults/refused", test_refused);
  ADD ("/vaults/digests", test_digests);
  return g_test_run ();
}
