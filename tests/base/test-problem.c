#include "desk-problem.h"

static void
test_list (void)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  g_assert_false (desk_problems_block (problems));
  desk_problems_warn (problems, "phone", "odd", NULL);
  g_assert_false (desk_problems_block (problems));
  desk_problems_add (problems, "birth", "not-a-date", "31 February");
  g_assert_true (desk_problems_block (problems));
  g_assert_cmpstr (desk_problems_find (problems, "birth")->detail, ==, "31 February");
  g_assert_null (desk_problems_find (problems, "family"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problem/list", test_list);
  return g_test_run ();
}
