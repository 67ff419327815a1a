/* Random moves of several people at several desks on a random bank, legal and not, beside a model that knows the rules:
 * the program does what the model calls legal, refuses all else for a reason that the model has, and both stand alike.
 * At the end the bank is proved from its file. In the suite some thousand moves; a million with
 *   build/tests/store/test-bank-model -m slow            (the seed is printed; --seed=… does the same again)
 * or as many as DESK_BANK_MOVES says. */
#include "bank-model.h"
#include "bedside-fixture.h"
#include "desk-bank-verify.h"
#include "desk-cells.h"
#include "desk-lookbacks.h"
#include "store-fixture.h"

#include <string.h>

typedef struct
{
  StoreFixture store;
  DeskDb *desks[3];
  Bank bank;
  gint64 boxes[N_BOXES];
  guint done, refused, ended, lots;
  guint by_step[DESK_N_STEPS];
  GHashTable *codes; /* refusals seen */
} World;

static int
pick (int below)
{
  return g_test_rand_int_range (0, below);
}

static gboolean
one_in (int n)
{
  return pick (n) == 0;
}

/* ── the bank as it begins ───────────────────────────────────────────────────────────────────── */

static void
add_lot (World *world, int slot)
{
  static const char *const tests[][2] = { { "viability", "91" }, { "count", "1000000000" }, { "purity", "80" }, { "endotoxin", "0.5 EU/kg" },
                                          { "mycoplasma", "negative" }, { "sterility", "negative" } };
  ModelLot *model = &world->bank.lots[slot];
  int patient = pick (N_PATIENTS) + 1;
  DeskLotStart start = { .patient_id = patient, .method = "blood_draw", .collected_at = 1000, .volume_ml = 50, .operator_id = 5,
                         .started_on = "2026-05-01", .expected_on = "2026-05-20" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = NULL;

  /* Whoever draws, tests and reads is there for it, though the walk may have sent them away. */
  store_exec (&world->store, "UPDATE staff SET active = 1 WHERE active = 0");
  if (!desk_lot_start (world->store.db, &start, &lot, &error))
    g_error ("%s", error->message);
  *model = (ModelLot){ .id = lot->id, .patient = patient, .final = !one_in (4), .checked = TRUE };
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      gboolean pending = !model->final && strcmp (tests[i][0], "sterility") == 0;
      DeskResult result = { .lot_id = lot->id, .test = (char *) tests[i][0], .value = (char *) tests[i][1], .passed = TRUE,
                            .stage = (char *) (pending ? "preliminary" : "final"), .reported_on = (char *) "2026-05-21",
                            .entered_by = MODEL_TESTER };

      if (!desk_result_add (world->store.db, &result, &error))
        g_error ("%s: %s", tests[i][0], error->message);
      if (!pending && !desk_result_check (world->store.db, result.id, MODEL_READER, &error))
        g_error ("%s: %s", tests[i][0], error->message);
      model->sterility = result.id;
    }
  for (int i = 0; i < (int) G_N_ELEMENTS (world->bank.inactive); i++)
    if (world->bank.inactive[i])
      {
        g_autofree char *gone = g_strdup_printf ("UPDATE staff SET active = 0 WHERE id = %d", i);

        store_exec (&world->store, gone);
      }
  world->lots++;
}

static void
add_unit (World *world, int slot)
{
  static const char *const kinds[] = { "dose_frozen", "dose_frozen", "dose_frozen", "dose_frozen", "dose_frozen", "dose_fresh", "dose_fresh",
                                       "intermediate", "retained", "qc" };
  ModelUnit *unit = &world->bank.units[slot];
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  int lot = pick (N_LOTS);
  gboolean expired = one_in (12);

  while (world->bank.lots[lot].bad)
    lot = pick (N_LOTS);
  const char *kind = kinds[pick (G_N_ELEMENTS (kinds))];
  if (!desk_units_fill (world->store.db, world->bank.lots[lot].id, kind, 1, 50, 1000000000, expired ? "2020-01-01" : "2099-01-01", 5, 6, ids, &error))
    g_error ("%s", error->message);
  *unit = (ModelUnit){ .id = g_array_index (ids, gint64, 0), .kind = kind, .life = "filled", .quality = "quarantine", .label = "none",
                       .lot = lot, .box = -1, .expired = expired };
  g_autoptr (DeskUnit) loaded = desk_unit_load (world->store.db, unit->id, &error);
  g_strlcpy (unit->number, loaded->number, sizeof unit->number);
}

static void
leave_behind (World *world, int slot)
{
  const ModelUnit *unit = &world->bank.units[slot];

  if (model_is (unit->quality, "released conditional"))
    world->bank.lots[unit->lot].gone_released = TRUE;
  if (model_was_let_go (unit))
    world->bank.lots[unit->lot].gone_let_go = TRUE;
}

/* The lot of a slot is replaced when nothing of it lives any more. */
static void
renew (World *world, int slot)
{
  Bank *bank = &world->bank;
  int lot = bank->units[slot].lot;
  gboolean lives = FALSE;

  leave_behind (world, slot);

  for (int i = 0; i < N_UNITS; i++)
    lives |= i != slot && bank->units[i].lot == lot;
  for (int i = 0; i < N_HOLDS; i++)
    {
      lives |= bank->holds[i].id != 0 && bank->holds[i].scope == DESK_HOLD_LOT && bank->holds[i].of == lot;
      /* A hold on what is at its end stays open in the file; its place in the model is free again. */
      if (bank->holds[i].scope == DESK_HOLD_UNIT && bank->holds[i].of == slot)
        bank->holds[i].id = 0;
    }
  if (!lives)
    add_lot (world, lot);
  add_unit (world, slot);
  world->ended++;
}


static void
set_up (World *world, gconstpointer data)
{
  static const char start[]
      = "INSERT INTO clinic (id, uuid, name, name_ja, facility, plan_number) VALUES (1, 'u', 'Clinic', '試', 'FC3150001', 'PC3150325');"
        "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (1, 'P1', 'A', 0, 0), (2, 'P2', 'B', 0, 0), (3, 'P3', 'C', 0, 0), (4, 'P4', 'D', 0, 0);"
        "INSERT INTO storage_consent (patient_id, from_on, until_on, at, by_id) SELECT id, '2020-01-01', '2099-12-31', 0, 4 FROM patient;"
        "INSERT INTO container (id, kind, name) VALUES (1, 'tank', 'Tank')";
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC / 300 * 300;

  memset (world, 0, sizeof *world);
  world->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  store_fixture_set_up (&world->store, NULL);
  store_exec (&world->store, "PRAGMA synchronous = OFF; BEGIN;"
                             "INSERT INTO staff (id, name, role) VALUES (1, 'T', 'culture'), (2, 'C', 'culture'), (3, 'Q', 'quality'), (4, 'P', 'physician'),"
                             " (5, 'N', 'nurse'), (6, 'M', 'manager'), (7, 'R', 'physician')");
  store_exec (&world->store, start);
  for (int i = 0; i < N_BOXES; i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO container (id, parent_id, kind, name, layout, rows, cols) VALUES (%d, 1, 'box', 'Box %d', 'grid', %d, %d)",
                                              i + 2, i + 1, N_ROWS, N_COLS);
      store_exec (&world->store, sql);
      world->boxes[i] = i + 2;
    }
  for (int i = 1; i <= N_VISITS; i++)
    {
      gint64 at = now + (i - 1) / N_PATIENTS * 7200;
      g_autofree char *sql = g_strdup_printf (
          "INSERT INTO visit (id, patient_id, type, starts_at, ends_at, busy_from, busy_until, created_at)"
          " VALUES (%1$d, %2$d, 'infusion', %3$" G_GINT64_FORMAT ", %3$" G_GINT64_FORMAT " + 3600, %3$" G_GINT64_FORMAT ", %3$" G_GINT64_FORMAT " + 3600, 0)",
          i, model_visit_patient (i), at);
      store_exec (&world->store, sql);
    }
  store_exec (&world->store, "INSERT INTO cell_setting (name, value) VALUES ('release-by-physician', 1);"
                             "INSERT INTO staff_secret (staff_id, hash, set_at) SELECT id, '*', 0 FROM staff;"
                             "INSERT INTO signature (staff_id, purpose, at) VALUES (4, 'order', 1);"
                             "INSERT INTO infusion_order (visit_id, physician_id, cells_min, cells_max, at) SELECT id, 4, 0, 1000000000000, 1 FROM visit;"
                             "COMMIT");
  for (guint i = 0; i < G_N_ELEMENTS (world->desks); i++)
    {
      world->desks[i] = desk_store_open (world->store.path, FALSE, &error);
      g_assert_no_error (error);
      g_assert_true (desk_db_exec (world->desks[i], "PRAGMA synchronous = OFF", &error));
    }
  for (int i = 0; i < N_LOTS; i++)
    add_lot (world, i);
  for (int i = 0; i < N_UNITS; i++)
    add_unit (world, i);
}

static void
tear_down (World *world, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (world->desks); i++)
    desk_db_close (world->desks[i]);
  g_hash_table_unref (world->codes);
  store_fixture_tear_down (&world->store, NULL);
}

/* ── one move ────────────────────────────────────────────────────────────────────────────────── */

/* Half of what people try fits the state, or nothing would ever come to its end. */
static DeskUnitStep
likely_step (const Bank *bank, const ModelUnit *unit)
{
  static const struct
  {
    const char *life;
    DeskUnitStep steps[6];
    int n;
  } table[] = {
    { "filled", { DESK_STEP_PRINT_LABEL, DESK_STEP_VERIFY_LABEL, DESK_STEP_RELEASE, DESK_STEP_MOVE, DESK_STEP_RESERVE, DESK_STEP_TO_BEDSIDE }, 5 },
    { "frozen", { DESK_STEP_RELEASE, DESK_STEP_RESERVE, DESK_STEP_PICK, DESK_STEP_MOVE, DESK_STEP_MISSING, DESK_STEP_PICK }, 6 },
    { "fresh_ready", { DESK_STEP_PRINT_LABEL, DESK_STEP_VERIFY_LABEL, DESK_STEP_RELEASE, DESK_STEP_RESERVE, DESK_STEP_TO_BEDSIDE, DESK_STEP_MOVE }, 6 },
    { "picked", { DESK_STEP_THAW, DESK_STEP_PUT_BACK, DESK_STEP_THAW }, 3 },
    { "thawing", { DESK_STEP_THAWED }, 1 },
    { "thawed", { DESK_STEP_TO_BEDSIDE }, 1 },
    { "at_bedside", { DESK_STEP_INFUSE }, 1 },
    { "infusing", { DESK_STEP_INFUSED, DESK_STEP_PART_INFUSED, DESK_STEP_RECALL }, 3 },
    { "missing", { DESK_STEP_FOUND }, 1 },
  };

  if ((unit->expired || model_is (unit->quality, "rejected recalled") || bank->lots[unit->lot].failed || bank->lots[unit->lot].bad) && one_in (4))
    return unit->visit ? DESK_STEP_UNRESERVE : DESK_STEP_DISCARD;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].life, unit->life) == 0)
      return table[i].steps[pick (table[i].n)];
  return pick (DESK_STEP_SEND);
}

static gboolean
is_rare (DeskUnitStep step)
{
  return step == DESK_STEP_DISCARD || step == DESK_STEP_REJECT || step == DESK_STEP_RECALL;
}

static void
invent_step (World *world, Move *move)
{
  const ModelUnit *unit = &world->bank.units[move->unit];

  move->kind = strcmp (unit->life, "filled") == 0 && one_in (3) ? one_in (3) ? MOVE_READY : MOVE_FREEZE : MOVE_STEP;
  move->step = pick (DESK_STEP_SEND);
  while (is_rare (move->step) && !one_in (12))
    move->step = pick (DESK_STEP_SEND);
  if (!one_in (3))
    move->step = likely_step (&world->bank, unit);
  move->scan = one_in (8) ? pick (3) : 1;
  /* Mostly a visit of the unit's own patient. */
  move->visit = one_in (4) ? pick (N_VISITS) + 1 : world->bank.lots[unit->lot].patient + (one_in (2) ? N_PATIENTS : 0);
  if (move->step != DESK_STEP_RESERVE)
    move->visit = one_in (4) ? move->visit : 0;
}

static void
invent (World *world, Move *move)
{
  const Bank *bank = &world->bank;

  *move = (Move){ .unit = pick (N_UNITS), .lot = pick (N_LOTS), .hold = pick (N_HOLDS), .staff = pick (N_STAFF) + 1, .reason = !one_in (10),
                  .box = one_in (60) ? -1 : pick (N_BOXES), .row = one_in (40) ? pick (6) : pick (N_ROWS) + 1,
                  .col = one_in (40) ? pick (7) : pick (N_COLS) + 1, .performer = pick (N_STAFF) + 1,
                  .witness = one_in (30) ? 0 : pick (N_STAFF) + 1, .visit = pick (N_VISITS) + 1, .scope = pick (DESK_HOLD_REAGENT) };
  int what = pick (1000);

  if (move->witness == move->performer && !one_in (4))
    move->witness = move->performer % N_STAFF + 1;

  if (bank->units[move->unit].listed && one_in (3))
    move->kind = MOVE_REVIEW;
  else if (what < 880)
    invent_step (world, move);
  else if (what < 940)
    move->kind = bank->holds[move->hold].id || one_in (5) ? MOVE_CLOSE_HOLD : MOVE_RESULT;
  else if (what < 945)
    {
      move->kind = MOVE_HOLD;
      if (move->box < 0)
        move->box = 0;
      /* What holds half of everything is seldom. */
      if (move->scope != DESK_HOLD_UNIT && !one_in (3))
        move->scope = DESK_HOLD_UNIT;
    }
  else if (what < 955)
    move->kind = bank->lots[move->lot].final ? MOVE_CHECK : MOVE_RESULT;
  else if (what < 957)
    move->kind = MOVE_LATE_RESULT;
  else if (what < 958)
    move->kind = MOVE_LOT_FAILS;
  else if (what < 980)
    move->kind = MOVE_STAFF;
  else if (what < 990)
    move->kind = MOVE_SERVICE;
  else
    move->kind = MOVE_VISIT;
}

/* Whether it is worth trying: what the model cannot say, or what would leave nobody to do anything. */
static gboolean
is_worth (World *world, const Move *move)
{
  Bank *bank = &world->bank;
  int bad = 0;

  switch (move->kind)
    {
    case MOVE_HOLD:
      return model_free_hold (bank) != NULL;
    case MOVE_LATE_RESULT:
      return !bank->lots[move->lot].failed && one_in (6);
    case MOVE_CHECK:
      return bank->lots[move->lot].final && !bank->lots[move->lot].checked && !bank->lots[move->lot].failed;
    case MOVE_RESULT:
      return !bank->lots[move->lot].final && !bank->lots[move->lot].failed;
    case MOVE_STAFF:
      return bank->inactive[move->staff] || (one_in (12) && move->staff != 5 && move->staff != 6);
    case MOVE_SERVICE:
      return bank->out_of_service[move->box < 0 ? 0 : move->box] || one_in (5);
    case MOVE_LOT_FAILS:
      for (int i = 0; i < N_LOTS; i++)
        bad += bank->lots[i].bad;
      return bad < N_LOTS / 2 && one_in (6);
    case MOVE_STEP:
      return move->step != DESK_STEP_FOUND || model_free_hold (bank);
    default:
      return TRUE;
    }
}

static gboolean
run_sql (DeskDb *db, GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *sql = g_strdup_vprintf (format, args);
  va_end (args);
  return desk_db_exec (db, sql, error);
}

/* From the door to the chair, or all the way back. */
static gboolean
go_or_leave (DeskDb *db, int visit, gboolean leaves, GError **error)
{
  static const char *const way[] = { "booked", "arrived", "checked_in", "in_room" };

  if (!desk_db_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (int i = 0; i < 3; i++)
    {
      const char *from = way[leaves ? 3 - i : i], *to = way[leaves ? 2 - i : i + 1];

      if (!run_sql (db, error,
                    "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) SELECT %1$d, 1 + count (*), '%2$s', '%3$s', 0"
                    " FROM visit_stamp WHERE visit_id = %1$d; UPDATE visit SET status = '%3$s' WHERE id = %1$d", visit, from, to))
        return run_sql (db, NULL, "ROLLBACK") && FALSE;
    }
  return desk_db_exec (db, "COMMIT", error);
}

static gboolean
add_result (DeskDb *db, const ModelLot *lot, gboolean passed, gint64 *id, GError **error)
{
  DeskResult result = { .lot_id = lot->id, .test = (char *) "sterility", .value = (char *) (passed ? "negative" : "positive"), .passed = passed,
                        .stage = (char *) "final", .reported_on = (char *) "2026-05-30", .entered_by = MODEL_TESTER,
                        .supersedes = passed ? lot->sterility : 0, .why = (char *) "cultured anew" };

  if (!desk_result_add (db, &result, error))
    return FALSE;
  *id = result.id;
  return TRUE;
}

/* Each open look-back that lists it. */
static gboolean
review (DeskDb *db, gint64 unit, GError **error)
{
  DeskLookbackReview decision = { .decision = "test", .by = 5 };

  return desk_db_value (db, &decision.item_id, error,
                        "SELECT max (id) FROM lookback_item WHERE what IN ('unit', 'sample') AND row_id = $1 AND reviewed_at IS NULL", "i", unit)
         && desk_lookback_review (db, &decision, error);
}

static gboolean
open_hold (DeskDb *db, const World *world, const Move *move, gint64 *id, GError **error)
{
  const Bank *bank = &world->bank;
  DeskHoldNew hold = { .scope = move->scope, .reason = move->reason ? "why" : "", .by = move->performer };

  if (move->scope == DESK_HOLD_UNIT)
    hold.id = bank->units[move->unit].id;
  else if (move->scope == DESK_HOLD_LOT)
    hold.id = bank->lots[move->lot].id;
  else if (move->scope == DESK_HOLD_PATIENT)
    hold.id = bank->lots[move->lot].patient;
  else if (move->scope == DESK_HOLD_CONTAINER)
    hold.id = world->boxes[move->box];
  else
    hold.name = move->scope == DESK_HOLD_PLAN ? "PC3150325" : "FC3150001";
  return desk_hold_open (db, &hold, id, error);
}

static gboolean
fail_lot (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskLot) lot = desk_lot_load (db, id, error);

  return lot && desk_lot_set_status (db, lot, "failed", NULL, error);
}

/* Tries the move at that desk. id: of what is new. */
static gboolean
try_move (const World *world, DeskDb *db, const Move *move, gint64 *id, GError **error)
{
  const ModelUnit *unit = &world->bank.units[move->unit];
  gint64 box = move->box >= 0 ? world->boxes[move->box] : 0;
  DeskDiscard discard = { .code = "damaged", .method = "incineration", .approved_by = MODEL_APPROVER };
  DeskUnitAct act = { .discard = &discard, .unit_id = unit->id, .step = move->step, .performer = move->performer, .witness = move->witness,
                      .reason = move->reason ? "why" : NULL, .scanned = move->scan == 1 ? unit->number : move->scan == 2 ? "L00-0000-00" : NULL,
                      .visit_id = move->visit, .container_id = box, .row = move->row, .col = move->col, .at = move->at };

  switch (move->kind)
    {
    case MOVE_STEP:
      return desk_unit_act (db, &act, error)
             && (move->step != DESK_STEP_FOUND || desk_db_value (db, id, error, "SELECT max (id) FROM hold WHERE unit_id = $1", "i", unit->id));
    case MOVE_FREEZE:
      return desk_unit_freeze (db, unit->id, box, move->row, move->col, move->performer, move->witness, error);
    case MOVE_READY:
      return desk_unit_ready (db, unit->id, move->performer, error);
    case MOVE_HOLD:
      return open_hold (db, world, move, id, error);
    case MOVE_CLOSE_HOLD:
      return desk_hold_close (db, world->bank.holds[move->hold].id ? world->bank.holds[move->hold].id : 1 << 30, move->performer,
                              move->reason ? "why" : NULL, error);
    case MOVE_RESULT:
    case MOVE_LATE_RESULT:
      return add_result (db, &world->bank.lots[move->lot], move->kind == MOVE_RESULT, id, error);
    case MOVE_REVIEW:
      return review (db, unit->id, error);
    case MOVE_CHECK:
      return desk_result_check (db, world->bank.lots[move->lot].sterility, move->performer, error);
    case MOVE_VISIT:
      return go_or_leave (db, move->visit, world->bank.here[move->visit], error);
    case MOVE_STAFF:
      return run_sql (db, error, "UPDATE staff SET active = 1 - active WHERE id = %d", move->staff);
    case MOVE_SERVICE:
      return run_sql (db, error, "UPDATE container SET in_service = 1 - in_service WHERE id = %d", (int) world->boxes[MAX (move->box, 0)]);
    case MOVE_LOT_FAILS:
      return fail_lot (db, world->bank.lots[move->lot].id, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

static const char *
code_of (const GError *error)
{
  if (g_error_matches (error, DESK_ERROR, DESK_ERROR_TAKEN))
    return "taken";
  if (g_error_matches (error, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    return "not-found";
  return error->message;
}

static char *
tell (const World *world, const Move *move)
{
  const ModelUnit *u = &world->bank.units[move->unit];
  g_autoptr (GString) at = g_string_new (NULL);

  if (u->box >= 0)
    g_string_printf (at, " at %d/%d/%d", u->box, u->row, u->col);
  return g_strdup_printf ("move %d %s of %s (%s, %s/%s/%s, visit %d%s%s) by %d and %d, visit %d, to %d/%d/%d%s, scan %d, lot %d", move->kind,
                          move->kind == MOVE_STEP ? desk_unit_step_info (move->step)->code : "-", u->number, u->kind, u->life, u->quality,
                          u->label, u->visit, at->str, u->expired ? ", expired" : "", move->performer, move->witness, move->visit, move->box,
                          move->row, move->col, move->reason ? "" : ", no reason", move->scan, move->lot);
}

/* Whether the store's unit is as the model has it. */
static gboolean
is_same (World *world, const ModelUnit *model)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskUnit) unit = desk_unit_load (world->store.db, model->id, &error);

  g_assert_no_error (error);
  return strcmp (unit->life, model->life) == 0 && strcmp (unit->quality, model->quality) == 0 && strcmp (unit->label, model->label) == 0
         && unit->reserved_visit == model->visit && unit->container_id == (model->box >= 0 ? world->boxes[model->box] : 0)
         && unit->row == model->row && unit->col == model->col;
}

static void
settle_ids (World *world, const Move *move, gint64 id)
{
  for (int i = 0; i < N_HOLDS; i++)
    if (world->bank.holds[i].id == -1)
      world->bank.holds[i].id = id;
  if (move->kind == MOVE_RESULT)
    world->bank.lots[move->lot].sterility = id;
  if (move->kind == MOVE_STEP)
    world->by_step[move->step]++;
}

static gboolean
is_at_bedside (const Move *move)
{
  return move->kind == MOVE_STEP && move->step >= DESK_STEP_THAW && move->step <= DESK_STEP_PART_INFUSED;
}

/* What is written before a step at the bedside is written here for legal steps alone: an illegal one may lack it, too. */
static gboolean
is_of_bedside (const Move *move, const char *code)
{
  return is_at_bedside (move) && model_is (code, "thaw-needed check-needed end-needed signature-needed patient-not-in-chair");
}

/* What the model says must be what the program did. */
static void
play (World *world, DeskDb *db, Move *move)
{
  g_autoptr (GError) error = NULL;
  Reasons reasons;
  gint64 id = 0;

  if (move->kind == MOVE_SERVICE)
    move->box = MAX (move->box, 0);
  model_reasons (&world->bank, move, &reasons);
  move->at = g_get_real_time () / G_USEC_PER_SEC;
  if (reasons.n == 0 && move->kind == MOVE_STEP && g_str_has_prefix (world->bank.units[move->unit].kind, "dose_"))
    bedside_before (db, world->bank.units[move->unit].id, desk_unit_step_info (move->step)->to_state, move->at, move->performer, move->witness);
  gboolean done = try_move (world, db, move, &id, &error);
  if (done != (reasons.n == 0) || (!done && !reasons_have (&reasons, code_of (error)) && !is_of_bedside (move, code_of (error))))
    {
      g_autofree char *told = tell (world, move);
      g_error ("%s\nthe program: %s; the model: %s", told, done ? "done" : error->message, reasons.n ? reasons.codes[0] : "legal");
    }
  if (done)
    {
      model_apply (&world->bank, move);
      settle_ids (world, move, id);
    }
  else if (!g_hash_table_contains (world->codes, code_of (error)))
    g_hash_table_add (world->codes, g_strdup (code_of (error)));
  done ? world->done++ : world->refused++;
  if (!is_same (world, &world->bank.units[move->unit]))
    {
      g_autofree char *told = tell (world, move);
      g_error ("not as the model has it after %s", told);
    }
}

static void
check_all (World *world)
{
  for (int i = 0; i < N_UNITS; i++)
    if (!is_same (world, &world->bank.units[i]))
      g_error ("%s is not as the model has it (%s)", world->bank.units[i].number, world->bank.units[i].life);
}

static void
on_fault (const DeskBankFault *fault, gpointer user_data)
{
  g_test_message ("%s %s: %s", fault->code, fault->number, fault->words);
}

static void
prove (World *world)
{
  g_autoptr (GError) error = NULL;
  gint64 n;

  check_all (world);
  g_assert_true (desk_bank_verify (world->store.db, on_fault, NULL, &n, &error));
  g_assert_cmpint (n, ==, 0);
}

static void
renew_ended (World *world, int slot)
{
  if (model_is (world->bank.units[slot].life, "infused part_infused discarded") && one_in (4))
    renew (world, slot);
}

static guint
moves (guint quick)
{
  const char *asked = g_getenv ("DESK_BANK_MOVES");

  return asked ? (guint) g_ascii_strtoull (asked, NULL, 10) : g_test_slow () ? 1000000 : quick;
}

static void
test_moves (World *world, gconstpointer data)
{
  guint n = moves (15000);

  for (guint i = 0; i < n; i++)
    {
      Move move;

      invent (world, &move);
      if (!is_worth (world, &move))
        continue;
      play (world, world->desks[pick (G_N_ELEMENTS (world->desks))], &move);
      renew_ended (world, move.unit);
      if (i % 5000 == 0)
        check_all (world);
    }
  g_test_message ("%u done, %u refused for %u reasons, %u lives ended, %u lots", world->done, world->refused,
                  g_hash_table_size (world->codes), world->ended, world->lots);
  for (int step = 0; step < DESK_N_STEPS; step++)
    if (world->by_step[step] == 0 && n >= 100000)
      g_error ("%s was never done", desk_unit_step_info (step)->code);
  g_assert_cmpuint (g_hash_table_size (world->codes), >, 15);
  prove (world);
}

/* ── two at once ─────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  const World *world;
  DeskDb *db;
  Move move;
  gboolean done;
  GError *error;
} Actor;

static gpointer
act_alone (gpointer data)
{
  Actor *actor = data;
  gint64 id;

  actor->done = try_move (actor->world, actor->db, &actor->move, &id, &actor->error);
  return NULL;
}

/* Whether what both got is what they would have got one after the other; then bank is as it is after both. */
static gboolean
fits (const Bank *before, const Actor *first, const Actor *second, Bank *bank)
{
  const Actor *actors[] = { first, second };

  *bank = *before;
  for (int i = 0; i < 2; i++)
    {
      Reasons reasons;

      model_reasons (bank, &actors[i]->move, &reasons);
      if (actors[i]->done != (reasons.n == 0) || (!actors[i]->done && !reasons_have (&reasons, code_of (actors[i]->error))))
        return FALSE;
      if (actors[i]->done)
        model_apply (bank, &actors[i]->move);
    }
  return TRUE;
}

static void
race (World *world, Actor *a, Actor *b)
{
  Bank before = world->bank;
  GThread *thread = g_thread_new ("desk", act_alone, a);

  act_alone (b);
  g_thread_join (thread);
  gboolean ok = FALSE;
  for (int turn = 0; turn < 2 && !ok; turn++)
    ok = fits (&before, turn ? b : a, turn ? a : b, &world->bank) && is_same (world, &world->bank.units[a->move.unit])
         && is_same (world, &world->bank.units[b->move.unit]);
  if (!ok)
    {
      world->bank = before;
      g_autofree char *one = tell (world, &a->move), *two = tell (world, &b->move);
      g_error ("neither order explains\n%s: %s\n%s: %s", one, a->done ? "done" : a->error->message, two, b->done ? "done" : b->error->message);
    }
  world->done += a->done + b->done;
  world->refused += !a->done + !b->done;
}

/* Two desks at the same dose in the same moment: as if one had been before the other. */
static void
test_race (World *world, gconstpointer data)
{
  guint n = moves (3000) / 4;

  for (guint i = 0; i < n; i++)
    {
      Actor a = { .world = world, .db = world->desks[0] }, b = { .world = world, .db = world->desks[1] };

      invent (world, &a.move);
      invent (world, &b.move);
      if (one_in (2))
        b.move.unit = a.move.unit;
      /* What opens a hold is played alone: its id is read after it. */
      if (a.move.kind > MOVE_READY || b.move.kind > MOVE_READY || is_at_bedside (&a.move) || is_at_bedside (&b.move)
          || a.move.step == DESK_STEP_FOUND || b.move.step == DESK_STEP_FOUND)
        {
          if (is_worth (world, &a.move))
            play (world, world->desks[0], &a.move);
          continue;
        }
      race (world, &a, &b);
      g_clear_error (&a.error);
      g_clear_error (&b.error);
      renew_ended (world, a.move.unit);
      renew_ended (world, b.move.unit);
    }
  g_test_message ("%u done, %u refused, %u lives ended", world->done, world->refused, world->ended);
  prove (world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/bank-model/moves", World, NULL, set_up, test_moves, tear_down);
  g_test_add ("/bank-model/two-at-once", World, NULL, set_up, test_race, tear_down);
  return g_test_run ();
}
