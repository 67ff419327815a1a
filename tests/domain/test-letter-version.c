/* Numbers of versions: what is one, which is higher, which comes next. */
#include "desk-letter-version.h"

static void
test_valid (void)
{
  static const char *const good[] = { "1", "0", "1.0", "10.2.33", "01", "12345678901234567890" };
  static const char *const bad[] = { "", ".", "1.", ".1", "1..2", "a", "1a", "1 ", "-1", "１", "123456789012345678901" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    if (!desk_letter_version_valid (good[i]))
      g_error ("«%s» is one", good[i]);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (desk_letter_version_valid (bad[i]))
      g_error ("«%s» is none", bad[i]);
}

static void
test_compare (void)
{
  
  static const struct
  {
    const char *a, *b;
    int order;
  } rows[] = {
    { "", "", 0 },          { "", "0", -1 },     { "0", "1", -1 },        { "1", "1.0", 0 },        { "1", "1.0.0", 0 },
    { "1", "1.0.1", -1 },   { "1.9", "1.10", -1 }, { "1.09", "1.9", 0 },    { "2", "10", -1 },        { "1.10", "2", -1 },
    { "9999999999999", "10000000000000", -1 },     { "1.2", "1.2", 0 },     { "18446744073709551617", "2", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (CLAMP (desk_letter_version_compare (rows[i].a, rows[i].b), -1, 1), ==, rows[i].order);
      g_assert_cmpint (CLAMP (desk_letter_version_compare (rows[i].b, rows[i].a), -1, 1), ==, -rows[i].order);
    }
}

static void
test_next (void)
{
  static const char *const rows[][2] = { { "1", "1.1" }, { "1.0", "1.1" }, { "1.9", "1.10" }, { "2.3.9", "2.3.10" }, { "", "1" }, { "x", "1" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *next = desk_letter_version_next (rows[i][0]);

      g_assert_cmpstr (next, ==, rows[i][1]);
      g_assert_cmpint (*rows[i][0] == 'x' ? 1 : desk_letter_version_compare (next, rows[i][0]), >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-version/valid", test_valid);
  g_test_add_func ("/letter-version/compare", test_compare);
  g_test_add_func ("/letter-version/next", test_next);
  return g_test_run ();
}
