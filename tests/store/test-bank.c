/* The bank through the store's functions: adding, changing, moving, the next free place, putting away. */
#include "bank-fixture.h"
#include "desk-cells.h"

#include <string.h>

static void
expect (gboolean ok, GError **error, DeskError code, const char *message)
{
  g_assert_false (ok);
  g_assert_error (*error, DESK_ERROR, (int) code);
  if (!strstr ((*error)->message, message))
    g_error ("“%s” has no “%s”", (*error)->message, message);
  g_clear_error (error);
}

static void
assert_sums (StoreFixture *fixture)
{
  g_autoptr (GArray) wrong = desk_container_wrong_sums (fixture->db, NULL);

  g_assert_nonnull (wrong);
  g_assert_cmpuint (wrong->len, ==, 0);
}

static void
test_read (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) boxes = desk_container_children (fixture->db, BANK_RACK, &error);
  g_autoptr (GPtrArray) path = desk_container_path (fixture->db, BANK_BOX, &error);
  g_autoptr (DeskContainer) round = desk_container_load (fixture->db, BANK_ROUND, &error);
  g_autoptr (DeskContainer) other = desk_container_load (fixture->db, BANK_OTHER, &error);

  g_assert_cmpuint (boxes->len, ==, 2);
  g_assert_cmpint (((DeskContainer *) boxes->pdata[0])->used, ==, 3);
  g_assert_cmpint (((DeskContainer *) boxes->pdata[0])->capacity, ==, 9);
  g_assert_cmpuint (path->len, ==, 3);
  g_assert_cmpstr (((DeskContainer *) path->pdata[0])->name, ==, "Tank");
  g_assert_cmpint (((DeskContainer *) path->pdata[0])->capacity, ==, 13);
  g_assert_cmpstr (round->layout, ==, "sector");
  g_assert_cmpint (round->levels, ==, 2);
  g_assert_cmpstr (round->barcode, ==, "T-ROUND");
  g_assert_cmpint (round->capacity, ==, 6 + 6 + 1);
  g_assert_true (round->usable);
  g_assert_true (other->in_service);
  g_assert_false (other->usable);
  g_assert_cmpint (desk_container_find (fixture->db, "T-ROUND", &error), ==, BANK_ROUND);
  g_assert_cmpint (desk_container_find (fixture->db, "nothing", &error), ==, 0);
  g_assert_no_error (error);
  g_assert_null (desk_container_load (fixture->db, 999, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
  assert_sums (fixture);
}

static void
test_add (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskContainer cane = { .parent_id = BANK_ROUND, .kind = (char *) "cane", .name = (char *) "Cane 2", .layout = (char *) "list", .rows = 1,
                         .cols = 6, .in_service = TRUE, .barcode = (char *) "CANE-2", .col_scheme = (char *) "roman" };

  g_assert_true (desk_container_add (fixture->db, &cane, &error));
  g_assert_cmpint (cane.row, ==, 1); /* the first position nothing stands at */
  g_assert_cmpint (cane.col, ==, 3);
  g_autoptr (DeskContainer) read = desk_container_load (fixture->db, cane.id, &error);
  g_assert_cmpstr (read->col_scheme, ==, "roman");
  g_assert_cmpstr (read->barcode, ==, "CANE-2");
  expect (desk_container_add (fixture->db, &cane, &error), &error, DESK_ERROR_TAKEN, "S1-R2-L1 is taken by Cane 2");
  DeskContainer box = { .parent_id = BANK_CANE, .kind = (char *) "tank", .name = (char *) "T", .in_service = TRUE };
  expect (desk_container_add (fixture->db, &box, &error), &error, DESK_ERROR_INVALID, "kind-not-inside");
  DeskContainer nameless = { .kind = (char *) "tank", .name = (char *) " ", .in_service = TRUE };
  expect (desk_container_add (fixture->db, &nameless, &error), &error, DESK_ERROR_INVALID, "name");
  DeskContainer coded = { .kind = (char *) "tank", .name = (char *) "T9", .barcode = (char *) "U11", .in_service = TRUE };
  expect (desk_container_add (fixture->db, &coded, &error), &error, DESK_ERROR_REFUSED, "code-taken");
  assert_sums (fixture);
}

static void
test_change (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskContainer) box = desk_container_load (fixture->db, BANK_BOX, &error);
  g_autoptr (DeskContainer) twin = desk_container_load (fixture->db, BANK_BOX, &error);

  g_free (box->name);
  box->name = g_strdup ("Box 7");
  box->rows = 9;
  box->cols = 9;
  g_assert_true (desk_container_save (fixture->db, box, &error));
  g_assert_cmpint (box->version, ==, 2);
  expect (desk_container_save (fixture->db, twin, &error), &error, DESK_ERROR_CONFLICT, "changed");
  box->rows = 1;
  expect (desk_container_save (fixture->db, box, &error), &error, DESK_ERROR_REFUSED, "container-not-empty");
  expect (desk_container_retire (fixture->db, BANK_BOX, 2, "old", &error), &error, DESK_ERROR_REFUSED, "container-not-empty");
  expect (desk_container_retire (fixture->db, BANK_EMPTY, 1, " ", &error), &error, DESK_ERROR_REFUSED, "reason-needed");
  expect (desk_container_retire (fixture->db, BANK_EMPTY, 7, "bent", &error), &error, DESK_ERROR_CONFLICT, "changed");
  g_assert_true (desk_container_retire (fixture->db, BANK_EMPTY, 1, "bent", &error));
  g_autoptr (GPtrArray) left = desk_container_children (fixture->db, BANK_RACK, &error);
  g_assert_cmpuint (left->len, ==, 1);
  assert_sums (fixture);
}

static void
test_next (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    gint64 from;
    int row, col, n;
    const char *found; /* container:place of each, or the code */
  } cases[] = {
    { BANK_BOX, 0, 0, 1, "3:A3 " },
    { BANK_BOX, 0, 0, 3, "3:A3 3:B2 3:B3 " },
    { BANK_BOX, 3, 1, 2, "3:C1 3:C2 " },
    { BANK_EMPTY, 0, 0, 4, "4:B2 4:A2 4:B1 4:A1 " },
    { BANK_TANK, 0, 0, 8, "3:A3 3:B2 3:B3 3:C1 3:C2 3:C3 4:B2 4:A2 " },
    { BANK_TANK, 0, 0, 11, "container-full" },
    { BANK_ROUND, 0, 0, 2, "6:S1-R2-L1 6:S1-R2-L2 " },
    { BANK_CASSETTE, 0, 0, 2, "container-full" },
    { BANK_BROKEN, 0, 0, 1, "out-of-service" },
    { BANK_OTHER, 0, 0, 1, "out-of-service" },
    { BANK_QC, 0, 0, 1, "kind-not-allowed" },
    { BANK_HAZARD, 0, 0, 1, "biohazard-only" },
    { BANK_QUARANTINE, 0, 0, 1, "quarantine-only" },
    { BANK_FRIDGE, 0, 0, 1, "wrong-cold" },
    { BANK_BOX, 4, 1, 1, "no-such-place" },
    { 999, 0, 0, 1, "no-such-container" },
  };
  const DeskPlaceItem item = { "dose_frozen", "frozen", "released", FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (DeskPlace));
      g_autoptr (GString) found = g_string_new (NULL);
      DeskPlace from = { cases[i].from, cases[i].row, cases[i].col };

      if (!desk_places_free (fixture->db, &from, &item, cases[i].n, places, &error))
        g_string_assign (found, error->message);
      for (guint p = 0; p < places->len; p++)
        {
          const DeskPlace *place = &g_array_index (places, DeskPlace, p);
          g_autoptr (DeskContainer) container = desk_container_load (fixture->db, place->container_id, NULL);
          g_autofree char *name = desk_place_name_in (container, place->row, place->col);

          g_string_append_printf (found, "%d:%s ", (int) place->container_id, name);
        }
      g_assert_cmpstr (found->str, ==, cases[i].found);
    }
}

static void
test_blocked (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskPlace a3 = { BANK_BOX, 1, 3 }, a1 = { BANK_BOX, 1, 1 }, out = { BANK_BOX, 0, 3 };
  int row, col;

  expect (desk_place_block (fixture->db, &a3, "", 1, &error), &error, DESK_ERROR_REFUSED, "reason-needed");
  expect (desk_place_block (fixture->db, &out, "ice", 1, &error), &error, DESK_ERROR_REFUSED, "no-such-place");
  expect (desk_place_block (fixture->db, &a1, "ice", 1, &error), &error, DESK_ERROR_REFUSED, "place-taken");
  g_assert_true (desk_place_block (fixture->db, &a3, " ice ", 1, &error));
  g_autoptr (GPtrArray) blocks = desk_place_blocks (fixture->db, BANK_BOX, &error);
  g_assert_cmpuint (blocks->len, ==, 1);
  g_assert_cmpstr (((DeskPlaceBlock *) blocks->pdata[0])->reason, ==, "ice");
  g_assert_true (desk_container_next_free (fixture->db, BANK_BOX, &row, &col, &error));
  g_assert_cmpint (row * 10 + col, ==, 22);
  assert_sums (fixture);
  g_assert_true (desk_place_unblock (fixture->db, &a3, 1, &error));
  expect (desk_place_unblock (fixture->db, &a3, 1, &error), &error, DESK_ERROR_NOT_FOUND, "");
  g_assert_true (desk_container_next_free (fixture->db, BANK_BOX, &row, &col, &error));
  g_assert_cmpint (row * 10 + col, ==, 13);
  assert_sums (fixture);
}

static void
test_move (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    DeskContainerMove move;
    DeskError code;
    const char *message;
  } refused[] = {
    { { .container_id = BANK_BOX, .to_parent = BANK_ROUND, .performer = 1 }, DESK_ERROR_REFUSED, "second-person-needed" },
    { { .container_id = BANK_BOX, .to_parent = BANK_ROUND, .performer = 1, .witness = 1 }, DESK_ERROR_REFUSED, "same-person" },
    { { .container_id = BANK_BOX, .to_parent = BANK_ROUND }, DESK_ERROR_REFUSED, "person-needed" },
    { { .container_id = BANK_BOX, .to_parent = BANK_BROKEN, .performer = 1, .witness = 2 }, DESK_ERROR_REFUSED, "out-of-service" },
    { { .container_id = BANK_BOX, .to_parent = BANK_CANE, .performer = 1, .witness = 2 }, DESK_ERROR_REFUSED, "kind-not-inside" },
    { { .container_id = BANK_TANK, .to_parent = BANK_RACK, .performer = 1, .witness = 2 }, DESK_ERROR_REFUSED, "kind-not-inside" },
    { { .container_id = BANK_BOX, .to_parent = BANK_ROUND, .row = 1, .col = 1, .performer = 1, .witness = 2 }, DESK_ERROR_TAKEN,
      "S1-R1-L1 is taken by Cane" },
    { { .container_id = BANK_BOX, .to_parent = BANK_RACK, .row = 1, .performer = 1, .witness = 2 }, DESK_ERROR_REFUSED, "already-there" },
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("%u", i);
      expect (desk_container_move (fixture->db, &refused[i].move, &error), &error, refused[i].code, refused[i].message);
    }
  DeskContainerMove move = { .container_id = BANK_RACK, .to_parent = BANK_ROUND, .performer = 1, .witness = 2, .seconds_out = 40 };
  g_assert_true (desk_container_move (fixture->db, &move, &error));
  g_autoptr (DeskUnit) unit = desk_unit_load (fixture->db, 12, &error);
  g_assert_cmpint (unit->container_id, ==, BANK_BOX); /* its place in the box is kept */
  g_assert_cmpint (unit->col, ==, 2);
  g_autoptr (GPtrArray) path = desk_container_path (fixture->db, BANK_BOX, &error);
  g_assert_cmpstr (((DeskContainer *) path->pdata[0])->name, ==, "Round");
  gint64 carried = 0;
  g_assert_true (desk_db_value (fixture->db, &carried, NULL, "SELECT count (*) FROM custody WHERE carried_in = 2 AND seconds_out = 40", ""));
  g_assert_cmpint (carried, ==, 3);
  assert_sums (fixture);
}

/* Up and down inside one tank: what stands above both stays above. */
static void
test_move_inside (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    gint64 to;
    int ways; /* what it stands in then, itself included */
  } moves[] = { { 0, 3 }, { BANK_TANK, 2 }, { BANK_RACK, 3 }, { 0, 3 } };
  DeskContainer rack = { .parent_id = BANK_TANK, .kind = (char *) "rack", .name = (char *) "Rack 2", .in_service = TRUE };
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_container_add (fixture->db, &rack, &error));
  g_assert_cmpint (rack.row, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      DeskContainerMove move = { .container_id = BANK_BOX, .to_parent = moves[i].to ? moves[i].to : rack.id, .performer = 1, .witness = 2 };
      gint64 ways = 0;

      g_assert_true (desk_container_move (fixture->db, &move, &error));
      g_assert_true (desk_db_value (fixture->db, &ways, NULL, "SELECT count (*) FROM container_above WHERE container_id = 3", ""));
      g_assert_cmpint (ways, ==, moves[i].ways);
      assert_sums (fixture);
    }
}

static void
test_move_all (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskContainer tank = { .kind = (char *) "tank", .name = (char *) "New", .in_service = TRUE, .cold_class = (char *) "vapour" };
  DeskContainerMove how = { .performer = 1, .witness = 2, .reason = "old tank fails" };
  gint64 moves = 0;

  g_assert_true (desk_container_add (fixture->db, &tank, &error));
  expect (desk_container_move_all (fixture->db, BANK_TANK, BANK_BROKEN, &how, &error), &error, DESK_ERROR_REFUSED, "out-of-service");
  g_assert_true (desk_container_move_all (fixture->db, BANK_TANK, tank.id, &how, &error));
  g_autoptr (GPtrArray) racks = desk_container_children (fixture->db, tank.id, &error);
  g_assert_cmpuint (racks->len, ==, 1);
  g_assert_cmpint (((DeskContainer *) racks->pdata[0])->used, ==, 3);
  g_assert_true (desk_db_value (fixture->db, &moves, NULL, "SELECT count (*) FROM container_move", ""));
  g_assert_cmpint (moves, ==, 1);
  assert_sums (fixture);
}

static void
test_put_away (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (DeskPutStep));
  const gint64 mine[] = { 13, 12 }, both[] = { 13, 22 }, many[] = { 11, 12, 13, 21, 22 };
  DeskPutAway put = { .units = mine, .n_units = 2, .container_id = BANK_EMPTY, .performer = 1, .witness = 2, .freeze = TRUE };
  gboolean one, wants;

  /* The second of them would stand beside another patient's: without a second person neither is put away. */
  DeskPutAway alone = { .units = both, .n_units = 2, .container_id = BANK_EMPTY, .performer = 1 };
  expect (desk_put_away (fixture->db, &alone, NULL, &error), &error, DESK_ERROR_REFUSED, "second-person-needed");
  g_autoptr (DeskUnit) untouched = desk_unit_load (fixture->db, 13, &error);
  g_assert_cmpint (untouched->container_id, ==, 0);
  DeskPutAway too_many = { .units = many, .n_units = 5, .container_id = BANK_EMPTY, .performer = 1, .witness = 2 };
  expect (desk_put_away (fixture->db, &too_many, NULL, &error), &error, DESK_ERROR_REFUSED, "container-full");

  g_assert_true (desk_put_away (fixture->db, &put, steps, &error));
  g_autoptr (DeskUnit) first = desk_unit_load (fixture->db, 13, &error);
  g_autoptr (DeskUnit) second = desk_unit_load (fixture->db, 12, &error);
  g_assert_cmpstr (first->life, ==, "frozen");
  g_assert_cmpint (first->row * 10 + first->col, ==, 22);
  g_assert_cmpint (second->container_id * 100 + second->row * 10 + second->col, ==, 412);
  g_assert_true (desk_place_wants_witness (fixture->db, 22, BANK_EMPTY, &wants, &error) && wants);
  g_assert_true (desk_place_wants_witness (fixture->db, 11, BANK_EMPTY, &wants, &error) && !wants);
  g_assert_true (desk_bank_one_tank (fixture->db, 1, &one, &error) && one);

  g_assert_true (desk_put_back_where (fixture->db, steps, 1, 2, &error));
  g_autoptr (DeskUnit) back = desk_unit_load (fixture->db, 12, &error);
  g_autoptr (DeskUnit) stays = desk_unit_load (fixture->db, 13, &error);
  g_assert_cmpint (back->container_id, ==, BANK_BOX);
  g_assert_cmpint (stays->container_id, ==, BANK_EMPTY);
  assert_sums (fixture);
}

static void
test_taken (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskUnitAct act = { .unit_id = 22, .step = DESK_STEP_MOVE, .performer = 1, .witness = 2, .container_id = BANK_BOX, .row = 1, .col = 1 };
  DeskUnitAct cane = { .unit_id = 22, .step = DESK_STEP_MOVE, .performer = 1, .witness = 2, .container_id = BANK_ROUND, .row = 1, .col = 1 };

  expect (desk_unit_act (fixture->db, &act, &error), &error, DESK_ERROR_TAKEN, "A1 is taken by U11");
  expect (desk_unit_act (fixture->db, &cane, &error), &error, DESK_ERROR_TAKEN, "S1-R1-L1 is taken by Cane");
}

/* Sums hold through any mix of what can be done. */
static void
test_sums (StoreFixture *fixture, gconstpointer data)
{
  static const gint64 parents[] = { BANK_TANK, BANK_RACK, BANK_ROUND, BANK_EMPTY }, movable[] = { BANK_RACK, BANK_BOX, BANK_CANE, BANK_CASSETTE, BANK_EMPTY };
  static const gint64 units[] = { 11, 12, 13, 21, 22 }, boxes[] = { BANK_BOX, BANK_EMPTY, BANK_CANE, BANK_CASSETTE, BANK_ROUND };
  guint done = 0;

  for (int i = 0; i < 120; i++)
    {
      g_autoptr (GError) error = NULL;
      DeskContainerMove move = { .container_id = movable[g_test_rand_int_range (0, 5)], .to_parent = parents[g_test_rand_int_range (0, 4)],
                                 .row = g_test_rand_int_range (0, 3), .col = g_test_rand_int_range (0, 5), .performer = 1, .witness = 2 };
      DeskUnitAct act = { .unit_id = units[g_test_rand_int_range (0, 5)], .step = DESK_STEP_MOVE, .performer = 1, .witness = 2,
                          .container_id = boxes[g_test_rand_int_range (0, 5)], .row = g_test_rand_int_range (1, 4), .col = g_test_rand_int_range (1, 5) };
      DeskPlace place = { act.container_id, act.row, act.col };

      switch (i % 4)
        {
        case 0:
          done += desk_container_move (fixture->db, &move, &error);
          break;
        case 1:
        case 2:
          done += desk_unit_act (fixture->db, &act, &error);
          break;
        default:
          done += g_test_rand_bit () ? desk_place_block (fixture->db, &place, "ice", 1, &error) : desk_place_unblock (fixture->db, &place, 1, &error);
        }
      assert_sums (fixture);
    }
  g_assert_cmpuint (done, >, 10);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/bank/" path, StoreFixture, NULL, bank_fixture_set_up, test, store_fixture_tear_down)
  ADD ("read", test_read);
  ADD ("add", test_add);
  ADD ("change", test_change);
  ADD ("next-free", test_next);
  ADD ("blocked", test_blocked);
  ADD ("move", test_move);
  ADD ("move-inside", test_move_inside);
  ADD ("move-all", test_move_all);
  ADD ("put-away", test_put_away);
  ADD ("taken", test_taken);
  ADD ("sums", test_sums);
  return g_test_run ();
}
