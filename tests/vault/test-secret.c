/* The PIN of a person who signs. */
#include "desk-secret.h"

#include <string.h>

static void
test_problem (void)
{
  static const struct
  {
    const char *secret, *problem;
  } rows[] = {
    { "246810", NULL },
    { "７３９１５２", NULL },
    { "480512", "secret-easy" }, /* 12 May 1948 */
    { "739152", NULL },
    { "83917462", NULL },
    { "correct horse", NULL },
    { "さくらの花が咲く", NULL },
    { "", "missing" },
    { "0000", "secret-short" },
    { "1234", "secret-short" },
    { "73915", "secret-short" },
    { "horse", "secret-short" },
    { "000000", "secret-easy" },
    { "123456", "secret-easy" },
    { "654321", "secret-easy" },
    { "890123", "secret-easy" },
    { "121212", "secret-easy" },
    { "739739", "secret-easy" },
    { "aaaaaaaa", "secret-easy" },
    { "19600214", "secret-easy" },
    { "14021960", "secret-easy" },
    { "196002", "secret-easy" },
    { "600214", "secret-easy" },
    { "140260", "secret-easy" },
    { "021460", "secret-easy" },
    { "\xff\xfe", "secret-unreadable" },
    { NULL, "secret-unreadable" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (desk_secret_problem (rows[i].secret), rows[i].problem) != 0)
      g_error ("%s: %s", rows[i].secret, desk_secret_problem (rows[i].secret));
}

static void
test_verify (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = desk_secret_hash ("739152", &error);
  g_autofree char *again = desk_secret_hash ("739152", &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (hash, "$argon2id$"));
  g_assert_cmpstr (hash, !=, again);
  g_assert_null (strstr (hash, "739152"));
  g_assert_true (desk_secret_verify (hash, "739152"));
  g_assert_true (desk_secret_verify (again, "７３９１５２")); /* typed with the other keyboard */
  g_assert_false (desk_secret_verify (hash, "739153"));
  g_assert_false (desk_secret_verify (hash, "7391520"));
  g_assert_false (desk_secret_verify (hash, ""));
  g_assert_false (desk_secret_verify (hash, NULL));
  g_assert_false (desk_secret_verify (hash, "\xff"));
  g_assert_false (desk_secret_verify (NULL, "739152"));
  g_assert_false (desk_secret_verify (NULL, ""));
}

/* A row from elsewhere neither lets anybody in nor takes all memory. */
static void
test_damaged (void)
{
  g_autofree char *hash = desk_secret_hash ("739152", NULL);
  const char *const rows[] = { "", "739152", "$argon2id$", "$argon2id$v=19$m=4194304,t=3,p=1$c2FsdHNhbHQ$aGFzaA",
                               "$argon2id$v=19$m=65536,t=4000000,p=1$c2FsdHNhbHQ$aGFzaA", "$2y$10$abcdefghijklmnopqrstuv" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_false (desk_secret_verify (rows[i], "739152"));
  hash[strlen (hash) - 2] ^= 1;
  g_assert_false (desk_secret_verify (hash, "739152"));
}

static void
test_weak (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (desk_secret_hash ("0000", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "secret-short");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret/problem", test_problem);
  g_test_add_func ("/secret/verify", test_verify);
  g_test_add_func ("/secret/damaged", test_damaged);
  g_test_add_func ("/secret/weak", test_weak);
  return g_test_run ();
}
