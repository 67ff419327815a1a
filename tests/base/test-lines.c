/* Lines of a helper: what is written is read back, what is no line ends the reading. */
#include <string.h>

#include "desk-lines.h"

static void
test_there_and_back (void)
{
  static const char *const values[] = { "", "plain", "a\tb\nc\rd\\e", "\\n", "山田^太郎", "\t", "\\", "ends in \\" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (DeskLines) lines;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    desk_lines_add (text, "key", values[i]);
  desk_lines_add (text, "nothing", NULL);
  desk_lines_init (&lines, text->str, text->len);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_assert_true (desk_lines_next (&lines));
      g_assert_cmpstr (lines.key, ==, "key");
      g_assert_cmpstr (lines.value, ==, values[i]);
    }
  g_assert_false (desk_lines_next (&lines));
  g_assert_false (lines.broken);
}

static void
test_broken (void)
{
  static const struct
  {
    const char *text;
    gsize length;
  } cases[] = {
    { "no tab\n", 7 }, { "key\tcut", 7 }, { "\tno key\n", 8 }, { "key\tbad \\x\n", 11 }, { "key\tbad \\\n", 10 },
    { "key\t\xff\n", 6 }, { "key\t\0\n", 6 }, { "\n", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (DeskLines) lines;

      desk_lines_init (&lines, cases[i].text, cases[i].length);
      g_assert_false (desk_lines_next (&lines));
      g_assert_true (lines.broken);
      g_assert_false (desk_lines_next (&lines));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lines/there-and-back", test_there_and_back);
  g_test_add_func ("/lines/broken", test_broken);
  return g_test_run ();
}
