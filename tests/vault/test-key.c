/* The key and its passphrase. */
#include "desk-vault-key.h"

static const char digest[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

static void
same_key (DeskVaultKey *one, DeskVaultKey *other)
{
  g_autofree char *a = desk_vault_key_name (one, digest);
  g_autofree char *b = desk_vault_key_name (other, digest);

  g_assert_cmpstr (a, ==, b);
}

static void
test_passphrase (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVaultKey) key = desk_vault_key_new ();
  g_auto (DeskVaultLock) lock = { .version = 3 };

  g_assert_true (desk_vault_key_wrap (key, "がんばる受付 7", &lock, &error));
  g_assert_cmpint (lock.version, ==, 3);
  g_assert_false (desk_vault_lock_is_open (&lock));

  /* Typed with combining marks and full-width letters it is the same. */
  g_autoptr (DeskVaultKey) again = desk_vault_key_unwrap (&lock, "か\xe3\x82\x99んは\xe3\x82\x99る受付　７", &error);
  g_assert_no_error (error);
  same_key (key, again);

  g_assert_null (desk_vault_key_unwrap (&lock, "がんばる受付 8", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "wrong-passphrase");
  g_clear_error (&error);
  g_assert_null (desk_vault_key_unwrap (&lock, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
}

static void
test_change (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVaultKey) key = desk_vault_key_new ();
  g_auto (DeskVaultLock) lock = { 0 };

  g_assert_true (desk_vault_key_wrap (key, "the first one", &lock, &error));
  g_autoptr (DeskVaultKey) opened = desk_vault_key_unwrap (&lock, "the first one", &error);
  g_assert_true (desk_vault_key_wrap (opened, "the second one", &lock, &error));
  g_assert_null (desk_vault_key_unwrap (&lock, "the first one", NULL));
  g_autoptr (DeskVaultKey) again = desk_vault_key_unwrap (&lock, "the second one", &error);
  g_assert_no_error (error);
  same_key (key, again);
}

static void
test_open (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVaultKey) key = desk_vault_key_new ();
  g_auto (DeskVaultLock) lock = { 0 };

  desk_vault_key_lay_open (key, &lock);
  g_assert_true (desk_vault_lock_is_open (&lock));
  g_autoptr (DeskVaultKey) again = desk_vault_key_unwrap (&lock, NULL, &error);
  g_assert_no_error (error);
  same_key (key, again);
}

/* A row somebody else wrote: refused before memory or time is spent on it. */
static void
test_hostile (void)
{
  static const struct
  {
    const char *kdf;
    gint64 ops, memory;
    const char *salt, *wrapped;
  } rows[] = {
    { "argon2id", 3, (gint64) 64 << 30, NULL, NULL }, { "argon2id", G_MAXUINT32, 1 << 28, NULL, NULL },
    { "argon2id", 0, 1 << 28, NULL, NULL },           { "argon2id", 3, 0, NULL, NULL },
    { "argon2id", 3, -1, NULL, NULL },                { "argon2id", 3, 1 << 28, "AAAA", NULL },
    { "argon2id", 3, 1 << 28, NULL, "AAAA" },         { "argon2id", 3, 1 << 28, NULL, "" },
    { "scrypt", 3, 1 << 28, NULL, NULL },             { "open", 0, 0, "", "AAAA" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVaultKey) key = desk_vault_key_new ();
  g_auto (DeskVaultLock) lock = { 0 };

  g_assert_true (desk_vault_key_wrap (key, "good words", &lock, &error));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskVaultLock row = { .kdf = (char *) rows[i].kdf, .ops = rows[i].ops, .memory = rows[i].memory,
                            .salt = (char *) (rows[i].salt ? rows[i].salt : lock.salt),
                            .wrapped = (char *) (rows[i].wrapped ? rows[i].wrapped : lock.wrapped) };

      g_assert_null (desk_vault_key_unwrap (&row, "good words", &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_CORRUPT);
      g_clear_error (&error);
    }
  /* Cheaper than it was made: the seal does not open. */
  lock.ops = 1;
  lock.memory = 1 << 20;
  g_assert_null (desk_vault_key_unwrap (&lock, "good words", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/key/passphrase", test_passphrase);
  g_test_add_func ("/vault/key/change", test_change);
  g_test_add_func ("/vault/key/open", test_open);
  g_test_add_func ("/vault/key/hostile", test_hostile);
  return g_test_run ();
}
