#include "desk-container.h"

#include <string.h>

static void
test_places (void)
{
  static const struct
  {
    const char *text;
    int row, col; /* 0: not a place */
    const char *name;
  } cases[] = {
    { "A1", 1, 1, "A1" },       { "i9", 9, 9, "I9" },       { "Z12", 26, 12, "Z12" },      { "AA3", 27, 3, "AA3" },
    { "zz999", 702, 999, "ZZ999" }, { "Ｂ２", 2, 2, "B2" }, { " c-07 ", 3, 7, "C7" },      { "d 4", 4, 4, "D4" },
    { "", 0, 0, NULL },         { "A", 0, 0, NULL },        { "7", 0, 0, NULL },           { "A0", 0, 0, NULL },
    { "AAA1", 0, 0, NULL },     { "A1000", 0, 0, NULL },    { "A1x", 0, 0, NULL },         { "A--1", 0, 0, NULL },
    { "あ1", 0, 0, NULL },      { "A-", 0, 0, NULL },       { "\xff", 0, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int row = 0, col = 0;

      g_assert_cmpint (desk_place_parse (cases[i].text, &row, &col), ==, cases[i].row > 0);
      g_assert_cmpint (row, ==, cases[i].row);
      g_assert_cmpint (col, ==, cases[i].col);
      if (cases[i].row)
        {
          g_autofree char *name = desk_place_name (row, col);
          g_assert_cmpstr (name, ==, cases[i].name);
        }
    }
  g_assert_false (desk_place_parse (NULL, &(int){ 0 }, &(int){ 0 }));
  g_assert_false (desk_place_parse ("A1\374", &(int){ 0 }, &(int){ 0 }));
}

/* A container as a table row says it; its texts are lent. */
static DeskContainer
shape (const char *layout, int rows, int cols, int levels, const char *row_scheme, const char *col_scheme)
{
  return (DeskContainer){ .kind = (char *) "box", .name = (char *) "Box 1", .layout = (char *) layout, .rows = rows, .cols = cols,
                          .levels = levels, .row_scheme = (char *) row_scheme, .col_scheme = (char *) col_scheme,
                          .in_service = TRUE };
}

static void
test_schemes (void)
{
  static const struct
  {
    const char *scheme;
    int number;
    const char *name;
  } cases[] = {
    { "upper", 1, "A" },   { "upper", 26, "Z" },  { "upper", 27, "AA" },    { "upper", 702, "ZZ" },  { "upper", 999, "ALK" },
    { "lower", 3, "c" },   { "number", 12, "12" }, { "number", 999, "999" }, { "roman", 4, "IV" },   { "roman", 9, "IX" },
    { "roman", 14, "XIV" }, { "roman", 40, "XL" }, { "roman", 702, "DCCII" }, { "roman", 999, "CMXCIX" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = desk_scheme_name (cases[i].scheme, cases[i].number);
      const char *text = name;

      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_cmpint (desk_scheme_read (cases[i].scheme, &text), ==, cases[i].number);
      g_assert_cmpint (*text, ==, 0);
    }
  static const char *const no_romans[] = { "", "IIII", "VV", "IC", "Q", "CMCM" };
  for (guint i = 0; i < G_N_ELEMENTS (no_romans); i++)
    {
      const char *text = no_romans[i];

      g_assert_true (desk_scheme_read ("roman", &text) == 0 || *text != '\0');
    }
}

static void
test_names_in (void)
{
  static const struct
  {
    const char *layout;
    int rows, cols, levels;
    const char *row_scheme, *col_scheme;
    int row, col;
    const char *name;
    const char *typed[4];
  } cases[] = {
    { "grid", 9, 9, 1, NULL, NULL, 3, 7, "C7", { "c7", "Ｃ－７", "C 07", "c.7" } },
    { "grid", 9, 9, 1, "number", "upper", 3, 7, "3G", { "3g", "3-G", "３Ｇ" } },
    { "grid", 9, 9, 1, "number", "number", 3, 7, "3-7", { "3 7", "3/7", "03-07" } },
    { "grid", 9, 9, 1, "upper", "lower", 2, 2, "B-b", { "b-b", "B b" } },
    { "grid", 9, 9, 1, "roman", "number", 4, 3, "IV3", { "iv3", "IV-3", "iv 03" } },
    { "grid", 9, 9, 1, "roman", "upper", 4, 3, "IV-C", { "iv-c" } },
    { "list", 1, 20, 1, NULL, NULL, 1, 17, "17", { "017", "１７" } },
    { "list", 1, 20, 1, NULL, "roman", 1, 17, "XVII", { "xvii" } },
    { "single", 1, 1, 1, NULL, NULL, 1, 1, "1", { "1" } },
    { "sector", 6, 24, 8, NULL, NULL, 2, 17, "S2-R3-L1", { "s2 r3 l1", "2-3-1", "S2R3L1", "ｓ２－ｒ３－ｌ１" } },
    { "sector", 6, 4, 1, NULL, NULL, 6, 4, "S6-R4", { "6-4", "s6/r4" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskContainer box = shape (cases[i].layout, cases[i].rows, cases[i].cols, cases[i].levels, cases[i].row_scheme, cases[i].col_scheme);
      g_autofree char *name = desk_place_name_in (&box, cases[i].row, cases[i].col);

      g_assert_cmpstr (name, ==, cases[i].name);
      for (guint t = 0; t < 4 && cases[i].typed[t]; t++)
        {
          int row = 0, col = 0;

          g_test_message ("%s as %s", cases[i].name, cases[i].typed[t]);
          g_assert_true (desk_place_parse_in (&box, cases[i].typed[t], &row, &col));
          g_assert_cmpint (row, ==, cases[i].row);
          g_assert_cmpint (col, ==, cases[i].col);
        }
      /* Every place of it is read back from its own name. */
      for (int row = 1; row <= box.rows; row++)
        for (int col = 1; col <= box.cols; col++)
          {
            g_autofree char *own = desk_place_name_in (&box, row, col);
            int r = 0, c = 0;

            g_assert_true (desk_place_parse_in (&box, own, &r, &c));
            g_assert_cmpint (r, ==, row);
            g_assert_cmpint (c, ==, col);
          }
    }
}

static void
test_names_refused (void)
{
  static const struct
  {
    const char *layout;
    int rows, cols, levels;
    const char *row_scheme, *col_scheme;
    const char *typed;
  } cases[] = {
    { "grid", 9, 9, 1, NULL, NULL, "J1" },          { "grid", 9, 9, 1, NULL, NULL, "A10" },
    { "grid", 9, 9, 1, "number", "number", "37" },  { "grid", 9, 9, 1, "upper", "lower", "Bb" },
    { "grid", 9, 9, 1, "roman", "number", "IIII3" }, { "list", 1, 20, 1, NULL, NULL, "21" },
    { "list", 1, 20, 1, NULL, NULL, "A1" },         { "single", 1, 1, 1, NULL, NULL, "2" },
    { "sector", 6, 24, 8, NULL, NULL, "S7-R1-L1" }, { "sector", 6, 24, 8, NULL, NULL, "S1-R1-L9" },
    { "sector", 6, 24, 8, NULL, NULL, "S1-R4-L1" }, { "sector", 6, 24, 8, NULL, NULL, "S1-R1" },
    { "none", 0, 0, 1, NULL, NULL, "A1" },          { "grid", 9, 9, 1, NULL, NULL, "\xff" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskContainer box = shape (cases[i].layout, cases[i].rows, cases[i].cols, cases[i].levels, cases[i].row_scheme, cases[i].col_scheme);
      int row, col;

      g_test_message ("%u", i);
      g_assert_false (desk_place_parse_in (&box, cases[i].typed, &row, &col));
    }
  DeskContainer box = shape ("grid", 9, 9, 1, NULL, NULL);
  g_assert_false (desk_place_parse_in (&box, NULL, &(int){ 0 }, &(int){ 0 }));
}

static void
test_fill (void)
{
  /* Two rows of three places, numbered in the order they are filled. */
  static const struct
  {
    const char *order;
    const char *map;
  } cases[] = {
    { "htl", "012345" }, { "htr", "210543" }, { "hbl", "345012" }, { "hbr", "543210" },
    { "vtl", "024135" }, { "vtr", "420531" }, { "vbl", "135024" }, { "vbr", "531420" }, { NULL, "012345" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char map[7] = "......";
      int row, col;

      for (int n = 0; n < 6; n++)
        {
          g_assert_true (desk_fill_nth (cases[i].order, 2, 3, n, &row, &col));
          map[(row - 1) * 3 + col - 1] = '0' + n;
          g_assert_cmpint (desk_fill_rank (cases[i].order, 2, 3, row, col), ==, n);
        }
      g_assert_cmpstr (map, ==, cases[i].map);
      g_assert_false (desk_fill_nth (cases[i].order, 2, 3, 6, &row, &col));
      g_assert_false (desk_fill_nth (cases[i].order, 2, 3, -1, &row, &col));
    }
  g_assert_false (desk_fill_nth ("htl", 0, 3, 0, &(int){ 0 }, &(int){ 0 }));
  g_assert_cmpint (desk_fill_rank ("htl", 2, 3, 3, 1), ==, -1);
}

static void
test_room (void)
{
  static const struct
  {
    int used, capacity;
    DeskRoom room;
  } cases[] = {
    { 0, 0, DESK_ROOM_ENOUGH }, { 64, 81, DESK_ROOM_ENOUGH }, { 65, 81, DESK_ROOM_80 }, { 72, 81, DESK_ROOM_80 },
    { 73, 81, DESK_ROOM_90 },   { 80, 81, DESK_ROOM_90 },     { 81, 81, DESK_ROOM_FULL }, { 82, 81, DESK_ROOM_FULL },
    { 8, 10, DESK_ROOM_80 },    { 9, 10, DESK_ROOM_90 },      { 1, 1, DESK_ROOM_FULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (desk_container_room (cases[i].used, cases[i].capacity), ==, cases[i].room);
}

static void
test_form (void)
{
  DeskContainer rack = shape ("grid", 2, 2, 1, NULL, NULL), shelf = shape ("none", 0, 0, 1, NULL, NULL);
  const DeskContainer none = { 0 };
  rack.kind = (char *) "rack";
  shelf.kind = (char *) "shelf";
  const struct
  {
    const DeskContainer *parent;
    DeskContainer form;
    const char *problem; /* "field:code", "" for none */
  } cases[] = {
    { &shelf, { .kind = (char *) "box", .name = (char *) "B", .rows = 9, .cols = 9 }, "" },
    { &rack, { .kind = (char *) "box", .name = (char *) "B", .rows = 9, .cols = 9, .row = 2, .col = 1 }, "" },
    { &rack, { .kind = (char *) "box", .name = (char *) "B", .rows = 9, .cols = 9, .row = 3, .col = 1 }, "place:no-such-place" },
    { &rack, { .kind = (char *) "box", .name = (char *) "B", .rows = 9, .cols = 9 }, "place:no-such-place" },
    { &none, { .kind = (char *) "box", .name = (char *) " ", .rows = 9, .cols = 9 }, "name:missing" },
    { &none, { .kind = (char *) "bag", .name = (char *) "B" }, "kind:not-one-of-these" },
    { &rack, { .kind = (char *) "tank", .name = (char *) "T", .row = 1, .col = 1 }, "kind:kind-not-inside" },
    { &none, { .kind = (char *) "box", .name = (char *) "B", .layout = (char *) "heap" }, "layout:not-one-of-these" },
    { &none, { .kind = (char *) "box", .name = (char *) "B", .layout = (char *) "grid" }, "rows:out-of-range" },
    { &none, { .kind = (char *) "box", .name = (char *) "B", .layout = (char *) "grid", .rows = 9, .cols = 1000 }, "cols:out-of-range" },
    { &none, { .kind = (char *) "box", .name = (char *) "B", .layout = (char *) "list", .rows = 2, .cols = 9 }, "rows:out-of-range" },
    { &none, { .kind = (char *) "cassette", .name = (char *) "C", .layout = (char *) "single", .rows = 1, .cols = 1 }, "" },
    { &none, { .kind = (char *) "cassette", .name = (char *) "C", .layout = (char *) "single", .rows = 1, .cols = 2 }, "cols:out-of-range" },
    { &none, { .kind = (char *) "tank", .name = (char *) "T", .layout = (char *) "sector", .rows = 6, .cols = 24, .levels = 8 }, "" },
    { &none, { .kind = (char *) "tank", .name = (char *) "T", .layout = (char *) "sector", .rows = 6, .cols = 23, .levels = 8 }, "levels:out-of-range" },
    { &none, { .kind = (char *) "tank", .name = (char *) "T", .layout = (char *) "grid", .rows = 6, .cols = 24, .levels = 8 }, "levels:out-of-range" },
    { &none, { .kind = (char *) "tank", .name = (char *) "T", .allowed_kinds = (char *) "dose_frozen,qc" }, "" },
    { &none, { .kind = (char *) "tank", .name = (char *) "T", .allowed_kinds = (char *) "none" }, "" },
    { &none, { .kind = (char *) "tank", .name = (char *) "T", .allowed_kinds = (char *) "dose" }, "allowed_kinds:not-one-of-these" },
    { &none, { .kind = (char *) "tank", .name = (char *) "T", .cold_class = (char *) "warm" }, "cold_class:not-one-of-these" },
    { &none, { .kind = (char *) "tank", .name = (char *) "T", .fill_order = (char *) "xyz" }, "fill_order:not-one-of-these" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      g_autofree char *found = NULL;

      g_test_message ("%u %s", i, cases[i].problem);
      desk_container_check (&cases[i].form, cases[i].parent == &none ? NULL : cases[i].parent, problems);
      found = problems->len ? g_strconcat (desk_problems_get (problems, 0)->field, ":", desk_problems_get (problems, 0)->code, NULL)
                            : g_strdup ("");
      g_assert_cmpstr (found, ==, cases[i].problem);
    }
}

/* What fits where: the box stands in a tank, each as the row says. */
static void
test_fits (void)
{
  static const struct
  {
    DeskContainer tank, box;
    DeskPlaceItem unit;
    const char *code;
  } cases[] = {
    { { .in_service = TRUE }, { .in_service = TRUE }, { "dose_frozen", "frozen", "released", FALSE }, NULL },
    { { .in_service = FALSE }, { .in_service = TRUE }, { "dose_frozen", "frozen", "released", FALSE }, "out-of-service" },
    { { .in_service = TRUE }, { .in_service = FALSE }, { "dose_frozen", "frozen", "released", FALSE }, "out-of-service" },
    { { .in_service = TRUE, .retired = TRUE }, { .in_service = TRUE }, { "dose_frozen", "frozen", "released", FALSE }, "container-retired" },
    { { .in_service = TRUE, .quarantine_only = TRUE }, { .in_service = TRUE }, { "dose_frozen", "frozen", "released", FALSE }, "quarantine-only" },
    { { .in_service = TRUE, .quarantine_only = TRUE }, { .in_service = TRUE }, { "dose_frozen", "frozen", "conditional", FALSE }, "quarantine-only" },
    { { .in_service = TRUE, .quarantine_only = TRUE }, { .in_service = TRUE }, { "dose_frozen", "frozen", "quarantine", FALSE }, NULL },
    { { .in_service = TRUE, .quarantine_only = TRUE }, { .in_service = TRUE }, { "dose_frozen", "frozen", "recalled", FALSE }, NULL },
    { { .in_service = TRUE }, { .in_service = TRUE, .biohazard_only = TRUE }, { "dose_frozen", "frozen", "released", FALSE }, "biohazard-only" },
    { { .in_service = TRUE }, { .in_service = TRUE, .biohazard_only = TRUE }, { "dose_frozen", "frozen", "released", TRUE }, NULL },
    { { .in_service = TRUE, .allowed_kinds = (char *) "dose_frozen,qc" }, { .in_service = TRUE }, { "qc", "frozen", "quarantine", FALSE }, NULL },
    { { .in_service = TRUE, .allowed_kinds = (char *) "dose_frozen,qc" }, { .in_service = TRUE, .allowed_kinds = (char *) "dose_frozen" },
      { "qc", "frozen", "quarantine", FALSE }, "kind-not-allowed" },
    { { .in_service = TRUE, .allowed_kinds = (char *) "none" }, { .in_service = TRUE }, { "qc", "frozen", "quarantine", FALSE }, NULL },
    { { .in_service = TRUE }, { .in_service = TRUE, .allowed_kinds = (char *) "none" }, { "qc", "frozen", "quarantine", FALSE }, "no-such-place" },
    { { .in_service = TRUE, .cold_class = (char *) "vapour" }, { .in_service = TRUE }, { "dose_frozen", "frozen", "released", FALSE }, NULL },
    { { .in_service = TRUE, .cold_class = (char *) "vapour" }, { .in_service = TRUE }, { "dose_fresh", "fresh_ready", "released", FALSE }, "wrong-cold" },
    { { .in_service = TRUE, .cold_class = (char *) "cool" }, { .in_service = TRUE }, { "dose_frozen", "picked", "released", FALSE }, "wrong-cold" },
    { { .in_service = TRUE, .cold_class = (char *) "cool" }, { .in_service = TRUE }, { "dose_frozen", "filled", "quarantine", FALSE }, NULL },
    { { .in_service = TRUE, .cold_class = (char *) "cool" }, { .in_service = TRUE, .cold_class = (char *) "minus80" },
      { "retained", "frozen", "quarantine", FALSE }, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskContainer tank = cases[i].tank, box = cases[i].box;
      g_autoptr (GPtrArray) path = g_ptr_array_new ();
      DeskPlaceRules rules;

      box.rows = box.cols = 9;
      g_ptr_array_add (path, &tank);
      g_ptr_array_add (path, &box);
      desk_place_rules_of (path, &rules);
      g_test_message ("%u", i);
      g_assert_cmpstr (desk_place_refuses (&rules, &cases[i].unit), ==, cases[i].code);
    }
}

static void
test_people_and_tanks (void)
{
  const gint64 mine[] = { 7, 7 }, mixed[] = { 7, 8 }, one[] = { 3, 3, 3 }, two[] = { 3, 4, 3 }, on_the_way[] = { 3, 0 }, nowhere[] = { 0, 0 };

  g_assert_false (desk_place_needs_witness (7, NULL, 0));
  g_assert_false (desk_place_needs_witness (7, mine, 2));
  g_assert_true (desk_place_needs_witness (7, mixed, 2));
  g_assert_true (desk_place_needs_witness (9, mine, 2));
  g_assert_true (desk_bank_in_one_tank (one, 3));
  g_assert_false (desk_bank_in_one_tank (one, 1));
  g_assert_false (desk_bank_in_one_tank (two, 3));
  g_assert_false (desk_bank_in_one_tank (on_the_way, 2));
  g_assert_false (desk_bank_in_one_tank (nowhere, 2));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/container/places", test_places);
  g_test_add_func ("/container/schemes", test_schemes);
  g_test_add_func ("/container/names", test_names_in);
  g_test_add_func ("/container/names-refused", test_names_refused);
  g_test_add_func ("/container/fill-orders", test_fill);
  g_test_add_func ("/container/room", test_room);
  g_test_add_func ("/container/form", test_form);
  g_test_add_func ("/container/fits", test_fits);
  g_test_add_func ("/container/people-and-tanks", test_people_and_tanks);
  return g_test_run ();
}
