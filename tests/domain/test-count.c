#include <string.h>

#include "desk-count.h"

/* A little language: units are numbers, places "box/row.col" or "box"; U<code> is a code nobody knows. */
typedef struct
{
  gint64 unit;
  gint64 box;
  int row, col;
  gint64 home_box; /* 0: nowhere */
  int home_row, home_col;
  gboolean outside; /* its home is not counted */
  const char *code;
} Scan;

typedef struct
{
  DeskDifferenceKind kind;
  gint64 unit, box;
  int row, col;
} Found;

#define MISSING DESK_DIFFERENCE_MISSING
#define FOREIGN DESK_DIFFERENCE_FOREIGN
#define ELSEWHERE DESK_DIFFERENCE_ELSEWHERE
#define DOUBLED DESK_DIFFERENCE_DOUBLED
#define UNKNOWN DESK_DIFFERENCE_UNKNOWN

/* Expected are units 1 to 3 in box 10 at 1.1, 1.2, 1.3 and unit 4 in box 11 at 1.1. */
static const DeskCountExpected expected[] = {
  { 1, { 10, 1, 1 } }, { 2, { 10, 1, 2 } }, { 3, { 10, 1, 3 } }, { 4, { 11, 1, 1 } },
};
#define S1 { 1, 10, 0, 0, 10, 1, 1, FALSE, "1" }
#define S2 { 2, 10, 0, 0, 10, 1, 2, FALSE, "2" }
#define S3 { 3, 10, 0, 0, 10, 1, 3, FALSE, "3" }
#define S4 { 4, 11, 0, 0, 11, 1, 1, FALSE, "4" }

static void
test_compare (void)
{
  static const struct
  {
    const char *what;
    Scan scans[8];
    Found found[5];
  } cases[] = {
    { "all there", { S1, S2, S3, S4 }, { { 0 } } },
    { "nothing scanned", { { 0 } }, { { MISSING, 1, 10, 1, 1 }, { MISSING, 2, 10, 1, 2 }, { MISSING, 3, 10, 1, 3 }, { MISSING, 4, 11, 1, 1 } } },
    { "read again in the same box", { S1, S1, S2, S3, S4, S4 }, { { 0 } } },
    { "the box, then its place", { S1, { 1, 10, 1, 1, 10, 1, 1, FALSE, "1" }, S2, S3, S4 }, { { 0 } } },
    { "the box, then a wrong place", { S1, { 1, 10, 1, 2, 10, 1, 1, FALSE, "1" }, S2, S3, S4 }, { { ELSEWHERE, 1, 10, 1, 2 } } },
    { "one missing, one foreign",
      { S1, S2, { 9, 10, 0, 0, 99, 5, 5, TRUE, "9" }, S4 },
      { { FOREIGN, 9, 10, 0, 0 }, { MISSING, 3, 10, 1, 3 } } },
    { "one that stands nowhere", { S1, S2, S3, { 9, 11, 0, 0, 0, 0, 0, FALSE, "9" }, S4 }, { { FOREIGN, 9, 11, 0, 0 } } },
    { "in the other box", { S1, S2, { 4, 10, 0, 0, 11, 1, 1, FALSE, "4" }, S3 }, { { ELSEWHERE, 4, 10, 0, 0 } } },
    { "in the wrong place of its box",
      { { 1, 10, 1, 2, 10, 1, 1, FALSE, "1" }, { 2, 10, 1, 1, 10, 1, 2, FALSE, "2" }, S3, S4 },
      { { ELSEWHERE, 1, 10, 1, 2 }, { ELSEWHERE, 2, 10, 1, 1 } } },
    { "in two boxes, home first", { S1, S2, S3, S4, { 1, 11, 0, 0, 10, 1, 1, FALSE, "1" } }, { { DOUBLED, 1, 11, 0, 0 } } },
    { "in two boxes, home last", { { 4, 10, 0, 0, 11, 1, 1, FALSE, "4" }, S1, S2, S3, S4 }, { { DOUBLED, 4, 10, 0, 0 } } },
    { "in two places, none its own",
      { S1, S2, S3, S4, { 9, 10, 0, 0, 99, 1, 1, TRUE, "9" }, { 9, 11, 0, 0, 99, 1, 1, TRUE, "9" } },
      { { DOUBLED, 9, 11, 0, 0 } } },
    { "codes nobody knows",
      { S1, { 0, 10, 0, 0, 0, 0, 0, FALSE, "^A9999" }, { 0, 10, 0, 0, 0, 0, 0, FALSE, "^A9999" }, S2, S3, { 0, 11, 0, 0, 0, 0, 0, FALSE, "^A9999" }, S4 },
      { { UNKNOWN, 0, 10, 0, 0 }, { UNKNOWN, 0, 11, 0, 0 } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskCountScan scans[8];
      guint n = 0, n_found = 0;

      for (const Scan *s = cases[i].scans; n < 8 && s->box; s++, n++)
        scans[n] = (DeskCountScan) { s->unit, s->code, { s->box, s->row, s->col }, { s->home_box, s->home_row, s->home_col }, !s->outside };
      while (n_found < 5 && cases[i].found[n_found].box)
        n_found++;
      g_autoptr (GArray) got = desk_count_compare (expected, G_N_ELEMENTS (expected), scans, n);
      g_test_message ("%s", cases[i].what);
      g_assert_cmpuint (got->len, ==, n_found);
      for (guint f = 0; f < n_found; f++)
        {
          const DeskDifference *difference = &g_array_index (got, DeskDifference, f);
          const Found *found = &cases[i].found[f];

          g_assert_cmpint (difference->kind, ==, found->kind);
          g_assert_cmpint (difference->unit_id, ==, found->unit);
          g_assert_cmpint (difference->place.container_id, ==, found->box);
          g_assert_cmpint (difference->place.row, ==, found->row);
          g_assert_cmpint (difference->place.col, ==, found->col);
        }
    }
}

/* facts/cells-examples.md 13: a 9 × 9 box, 80 expected, scanned are 79 and one foreign. */
static void
test_box_of_81 (void)
{
  DeskCountExpected in_box[80];
  DeskCountScan scans[80];

  for (int i = 0; i < 80; i++)
    {
      in_box[i] = (DeskCountExpected) { i + 1, { 5, i / 9 + 1, i % 9 + 1 } };
      scans[i] = (DeskCountScan) { i + 1, "code", { 5, 0, 0 }, in_box[i].place, TRUE };
    }
  scans[42] = (DeskCountScan) { 1000, "foreign", { 5, 0, 0 }, { 6, 3, 3 }, FALSE };
  g_autoptr (GArray) got = desk_count_compare (in_box, 80, scans, 80);
  g_assert_cmpuint (got->len, ==, 2);
  const DeskDifference *one = &g_array_index (got, DeskDifference, 0), *two = &g_array_index (got, DeskDifference, 1);
  g_assert_cmpint (one->kind, ==, DESK_DIFFERENCE_FOREIGN);
  g_assert_cmpint (one->unit_id, ==, 1000);
  g_assert_cmpstr (one->code, ==, "foreign");
  g_assert_cmpint (two->kind, ==, DESK_DIFFERENCE_MISSING);
  g_assert_cmpint (two->unit_id, ==, 43);
  g_assert_cmpint (two->place.row, ==, 5);
  g_assert_cmpint (two->place.col, ==, 7);
}

static void
test_states (void)
{
  static const struct
  {
    gint64 counted, closed;
    gboolean abandoned;
    DeskCountStep step;
    guint boxes, unresolved;
    const char *refused;
  } cases[] = {
    { 0, 0, FALSE, DESK_COUNT_STEP_SCAN, 5, 0, NULL },
    { 0, 0, FALSE, DESK_COUNT_STEP_END, 5, 0, "boxes-left" },
    { 0, 0, FALSE, DESK_COUNT_STEP_END, 0, 0, NULL },
    { 0, 0, FALSE, DESK_COUNT_STEP_ABANDON, 5, 0, NULL },
    { 0, 0, FALSE, DESK_COUNT_STEP_RESOLVE, 0, 0, "count-not-ended" },
    { 0, 0, FALSE, DESK_COUNT_STEP_CLOSE, 0, 0, "count-not-ended" },
    { 9, 0, FALSE, DESK_COUNT_STEP_SCAN, 0, 2, "count-ended" },
    { 9, 0, FALSE, DESK_COUNT_STEP_END, 0, 2, "count-ended" },
    { 9, 0, FALSE, DESK_COUNT_STEP_ABANDON, 0, 2, "count-ended" },
    { 9, 0, FALSE, DESK_COUNT_STEP_RESOLVE, 0, 2, NULL },
    { 9, 0, FALSE, DESK_COUNT_STEP_CLOSE, 0, 2, "count-unresolved" },
    { 9, 0, FALSE, DESK_COUNT_STEP_CLOSE, 0, 0, NULL },
    { 9, 9, FALSE, DESK_COUNT_STEP_RESOLVE, 0, 0, "count-closed" },
    { 9, 9, FALSE, DESK_COUNT_STEP_CLOSE, 0, 0, "count-closed" },
    { 0, 9, TRUE, DESK_COUNT_STEP_SCAN, 0, 0, "count-closed" },
    { 0, 9, TRUE, DESK_COUNT_STEP_END, 0, 0, "count-closed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskCountState state = desk_count_state_of (cases[i].counted, cases[i].closed, cases[i].abandoned);

      g_test_message ("case %u", i);
      g_assert_cmpstr (desk_count_refuses (state, cases[i].step, cases[i].boxes, cases[i].unresolved), ==, cases[i].refused);
    }
}

static void
test_resolutions (void)
{
  static const struct
  {
    DeskDifferenceKind kind;
    const char *resolutions; /* all that are offered */
  } cases[] = {
    { MISSING, "found,moved,missing,record_wrong" },
    { FOREIGN, "found,moved,record_wrong,counted_wrong" },
    { ELSEWHERE, "found,moved,counted_wrong" },
    { DOUBLED, "record_wrong,counted_wrong" },
    { UNKNOWN, "record_wrong,not_ours,counted_wrong" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) all = g_string_new (NULL);

      for (int r = 0; r < DESK_N_RESOLUTIONS; r++)
        if (desk_resolution_offered (cases[i].kind, r))
          g_string_append_printf (all, "%s%s", all->len ? "," : "", desk_resolution_code (r));
      g_assert_cmpstr (all->str, ==, cases[i].resolutions);
    }
}

static void
test_resolving (void)
{
  static const struct
  {
    DeskDifferenceKind kind;
    DeskResolution resolution;
    const char *cause, *scanned;
    gint64 performer, witness;
    const char *code;
  } cases[] = {
    { MISSING, DESK_RESOLVE_MISSING, "not there", "", 1, 2, NULL },
    { MISSING, DESK_RESOLVE_MISSING, " ", "", 1, 2, "reason-needed" },
    { MISSING, DESK_RESOLVE_MISSING, "not there", "", 1, 0, "second-person-needed" },
    { MISSING, DESK_RESOLVE_MISSING, "not there", "", 1, 1, "same-person" },
    { MISSING, DESK_RESOLVE_MISSING, "not there", "", 0, 1, "missing" },
    { MISSING, DESK_RESOLVE_NOT_OURS, "there", "X", 1, 2, "not-possible" },
    { MISSING, DESK_RESOLVE_FOUND, "behind the rack", "", 1, 2, "scan-needed" },
    { MISSING, DESK_RESOLVE_FOUND, "behind the rack", "X", 1, 2, NULL },
    { ELSEWHERE, DESK_RESOLVE_MOVED, "put back wrongly", NULL, 1, 2, "scan-needed" },
    { UNKNOWN, DESK_RESOLVE_NOT_OURS, "a supplier's", NULL, 1, 2, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      desk_resolution_check (cases[i].kind, cases[i].resolution, cases[i].cause, cases[i].scanned, cases[i].performer,
                             cases[i].witness, problems);
      g_test_message ("case %u", i);
      g_assert_cmpuint (problems->len, ==, cases[i].code ? 1 : 0);
      if (cases[i].code)
        g_assert_cmpstr (desk_problems_get (problems, 0)->code, ==, cases[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/count/compare", test_compare);
  g_test_add_func ("/count/box-of-81", test_box_of_81);
  g_test_add_func ("/count/states", test_states);
  g_test_add_func ("/count/resolutions", test_resolutions);
  g_test_add_func ("/count/resolving", test_resolving);
  return g_test_run ();
}
