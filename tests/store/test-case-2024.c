/* From the late positive result to holds, lists and clocks in one transaction (facts/cells-examples.md 6.5, 1), and
 * from there to the last decision. */
#include "case-2024.h"

#include <string.h>

#include "desk-attention.h"
#include "desk-cells.h"
#include "desk-holds.h"
#include "desk-lookbacks.h"
#include "store-fixture.h"

typedef struct
{
  StoreFixture store;
  Case2024 made;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  store_fixture_set_up (&fixture->store, NULL);
  case_2024_set_up (fixture->store.db, &fixture->made);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  store_fixture_tear_down (&fixture->store, NULL);
}

/* The positive result, and the look-back it opened. */
static DeskLookback *
positive (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  if (!case_2024_positive (fixture->store.db, &fixture->made, &error))
    g_error ("%s", error->message);
  g_autoptr (GPtrArray) list = desk_lookback_list (fixture->store.db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  DeskLookback *lookback = desk_lookback_load (fixture->store.db, ((DeskLookback *) list->pdata[0])->id, &error);
  g_assert_no_error (error);
  return lookback;
}

static DeskLookbackItem *
find (const DeskLookback *lookback, DeskItemKind kind, gint64 row_id)
{
  for (guint i = 0; i < lookback->items->len; i++)
    {
      DeskLookbackItem *item = lookback->items->pdata[i];

      if (item->kind == kind && item->row_id == row_id)
        return item;
    }
  return NULL;
}

static guint
count (const DeskLookback *lookback, DeskItemKind kind)
{
  guint n = 0;

  for (guint i = 0; i < lookback->items->len; i++)
    n += ((const DeskLookbackItem *) lookback->items->pdata[i])->kind == kind;
  return n;
}

static const DeskLookbackRoad *
road_of (const DeskLookbackItem *item, DeskRoad road)
{
  g_assert_nonnull (item);
  for (guint i = 0; i < item->roads->len; i++)
    if (((const DeskLookbackRoad *) item->roads->pdata[i])->road == road)
      return item->roads->pdata[i];
  return NULL;
}

static char *
quality (Fixture *fixture, gint64 unit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskUnit) loaded = desk_unit_load (fixture->store.db, unit, &error);

  g_assert_no_error (error);
  return g_strdup (loaded->quality);
}

static guint
holds (Fixture *fixture, gint64 unit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = desk_hold_list (fixture->store.db, unit, &error);

  g_assert_no_error (error);
  return list->len;
}

/* Every dose of the lot called back; every lot that met it held; the third patient's left in peace. */
static void
test_nothing_available (Fixture *fixture, gconstpointer data)
{
  const Case2024 *made = &fixture->made;
  g_autoptr (DeskLookback) lookback = positive (fixture);
  g_autoptr (GError) error = NULL;

  for (int d = 0; d < 3; d++)
    {
      g_autofree char *mine = quality (fixture, made->dose[0][d]), *other = quality (fixture, made->dose[1][d]);

      g_assert_cmpstr (mine, ==, "recalled");
      g_assert_cmpstr (other, ==, "released");
      g_assert_cmpuint (holds (fixture, made->dose[0][d]), >, 0);
      g_assert_cmpuint (holds (fixture, made->dose[1][d]), >, 0);
    }
  for (int i = 0; i < 2; i++)
    {
      g_assert_cmpuint (holds (fixture, made->intermediate[i]), >, 0);
      g_assert_cmpuint (holds (fixture, made->sample[i]), >, 0);
    }
  g_assert_cmpuint (holds (fixture, made->lone), ==, 0);

  /* The other patient's next dose does not leave the tank. */
  case_2024_set_clock ("2024-10-10", 9);
  DeskUnitAct pick = { .unit_id = made->dose[1][1], .step = DESK_STEP_PICK, .performer = CASE_NURSE, .witness = CASE_SECOND };
  g_assert_false (desk_unit_act (fixture->store.db, &pick, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "held"));
}

/* The list: four lots with the roads that lead to them, both patients with whom to call, visits, samples. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  const Case2024 *made = &fixture->made;
  g_autoptr (DeskLookback) lookback = positive (fixture);

  g_assert_true (g_str_has_prefix (lookback->number, "LB24-"));
  g_assert_cmpstr (lookback->test, ==, "sterility");
  g_assert_cmpint (lookback->cause, ==, DESK_LOOKBACK_RESULT);
  g_assert_cmpuint (count (lookback, DESK_ITEM_LOT), ==, 4);
  g_assert_null (find (lookback, DESK_ITEM_LOT, made->first[2]));
  g_assert_nonnull (road_of (find (lookback, DESK_ITEM_LOT, made->second[0]), DESK_ROAD_CAUSE));
  g_assert_nonnull (road_of (find (lookback, DESK_ITEM_LOT, made->first[0]), DESK_ROAD_INPUT));

  const DeskLookbackItem *other = find (lookback, DESK_ITEM_LOT, made->first[1]);
  g_assert_cmpstr (road_of (other, DESK_ROAD_REAGENT)->ref, ==, "Albumin 25 % A-123");
  g_assert_cmpstr (road_of (other, DESK_ROAD_INCUBATOR)->ref, ==, "Incubator 1");
  g_assert_cmpint (road_of (other, DESK_ROAD_FREEZING)->day, ==, desk_day_from_ymd (2024, 5, 30));
  const DeskLookbackItem *doses = find (lookback, DESK_ITEM_LOT, made->second[1]);
  g_assert_cmpstr (road_of (doses, DESK_ROAD_BATH)->ref, ==, "Bath CPF");
  g_assert_cmpint (road_of (doses, DESK_ROAD_BATH)->day, ==, desk_day_from_ymd (2024, 9, 26));
  g_assert_nonnull (road_of (doses, DESK_ROAD_GROWN_FROM));

  g_assert_cmpuint (count (lookback, DESK_ITEM_PATIENT), ==, 2);
  const DeskLookbackItem *lan = find (lookback, DESK_ITEM_PATIENT, 1), *minjun = find (lookback, DESK_ITEM_PATIENT, 2);
  g_assert_cmpstr (lan->phone, ==, "+84 91 234 5678");
  g_assert_cmpstr (lan->companion, ==, ""); /* the friend may not be told */
  g_assert_cmpstr (minjun->companion, ==, "KIM SEOYEON");
  g_assert_cmpint (lan->at, ==, case_2024_at ("2024-09-30", 10));

  /* Two living doses and an intermediate of each. */
  g_assert_cmpuint (count (lookback, DESK_ITEM_UNIT), ==, 6);
  g_assert_null (find (lookback, DESK_ITEM_UNIT, made->dose[0][0]));
  g_assert_cmpstr (find (lookback, DESK_ITEM_UNIT, made->intermediate[0])->place, ==, "Tank 1 › Box 1 › A2");
  g_assert_cmpuint (count (lookback, DESK_ITEM_SAMPLE), ==, 2);
  g_assert_cmpuint (count (lookback, DESK_ITEM_VISIT), ==, 2);
  g_assert_nonnull (road_of (find (lookback, DESK_ITEM_VISIT, made->next[1]), DESK_ROAD_RESERVED));
}

static void
test_clocks (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    DeskClockRule rule;
    int month, day;
  } expected[] = { { DESK_CLOCK_PROCESSOR, 10, 3 }, { DESK_CLOCK_HARM_7, 10, 10 }, { DESK_CLOCK_MINISTER, 10, 10 }, { DESK_CLOCK_HARM_15, 10, 18 } };
  g_autoptr (DeskLookback) lookback = positive (fixture);

  g_assert_cmpuint (lookback->clocks->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const DeskLegalClock *clock = lookback->clocks->pdata[i];

      g_assert_cmpint (clock->rule, ==, expected[i].rule);
      g_assert_cmpint (clock->due, ==, desk_day_from_ymd (2024, expected[i].month, expected[i].day));
    }
  g_assert_cmpint (lookback->next_due, ==, desk_day_from_ymd (2024, 10, 3));
}

/* Entered on 24 October, the clocks still run from the day it was told; a day to come is no day at all. */
static void
test_entered_late (Fixture *fixture, gconstpointer data)
{
  case_2024_set_clock ("2024-10-24", 9);
  g_autoptr (DeskLookback) lookback = positive (fixture);
  g_assert_cmpint (lookback->known, ==, desk_day_from_ymd (2024, 10, 3));

  DeskLookbackOrder order = { .cause = DESK_LOOKBACK_LOT, .cause_id = fixture->made.first[2], .words = "told by telephone",
                              .known = desk_day_from_ymd (2024, 10, 25), .from = DESK_DAY_NONE, .until = DESK_DAY_NONE, .by = CASE_QUALITY };
  g_autoptr (GError) error = NULL;
  g_assert_false (desk_lookback_open (fixture->store.db, &order, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
}

/* A second bad result of the lot is the same look-back; one of a lot that nobody has is a hold and no more. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLookback) lookback = positive (fixture);
  DeskResult second = { .lot_id = fixture->made.second[0], .test = (char *) "gram", .value = (char *) "rods", .stage = (char *) "final",
                        .reported_on = (char *) "2024-10-03", .entered_by = CASE_QUALITY };
  DeskLotStart start = { .patient_id = 3, .method = "blood_draw", .collected_at = case_2024_at ("2024-10-02", 9), .volume_ml = 50,
                         .operator_id = CASE_NURSE, .started_on = "2024-10-02" };
  g_autoptr (DeskLot) growing = NULL;
  gint64 n;

  g_assert_true (desk_result_add (fixture->store.db, &second, &error));
  g_assert_true (desk_lot_start (fixture->store.db, &start, &growing, &error));
  second.lot_id = growing->id;
  g_assert_true (desk_result_add (fixture->store.db, &second, &error));
  g_assert_true (desk_db_value (fixture->store.db, &n, &error, "SELECT count (*) FROM lookback", ""));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);
}

static gboolean
review (Fixture *fixture, const DeskLookbackItem *item, const char *decision, const char *note, gboolean with_units, GError **error)
{
  DeskLookbackReview review = { .item_id = item->id, .decision = decision, .note = note, .with_units = with_units, .by = CASE_QUALITY };

  return desk_lookback_review (fixture->store.db, &review, error);
}

#define REFUSED(call, code) \
  do \
    { \
      g_autoptr (GError) refused = NULL; \
      GError **e = &refused; \
      g_assert_false (call); \
      g_assert_error (refused, DESK_ERROR, DESK_ERROR_REFUSED); \
      g_assert_nonnull (strstr (refused->message, code)); \
    } \
  while (0)

#define DONE(call) \
  do \
    { \
      g_autoptr (GError) failure = NULL; \
      GError **e = &failure; \
      gboolean done = call; \
      g_assert_no_error (failure); \
      g_assert_true (done); \
    } \
  while (0)

static gint64
hold_of_lot (Fixture *fixture, gint64 lot)
{
  gint64 id;

  DONE (desk_db_value (fixture->store.db, &id, e, "SELECT id FROM hold WHERE lot_id = $1 AND kind = 'lookback'", "i", lot));
  return id;
}

/* What is on the list stays: not thrown away, not let go behind its back, until somebody decided in words. */
static void
test_decisions (Fixture *fixture, gconstpointer data)
{
  const Case2024 *made = &fixture->made;
  DeskDb *db = fixture->store.db;
  g_autoptr (DeskLookback) lookback = positive (fixture);
  const DeskLookbackItem *lot = find (lookback, DESK_ITEM_LOT, made->second[1]), *sample = find (lookback, DESK_ITEM_SAMPLE, made->sample[0]);
  g_autoptr (GError) conflict = NULL;

  DeskDiscard how = { .code = "failed_test", .method = "incineration", .approved_by = CASE_QUALITY };
  DeskUnitAct discard = { .discard = &how, .unit_id = made->sample[0], .step = DESK_STEP_DISCARD, .performer = CASE_CULTURE, .witness = CASE_SECOND,
                          .reason = "no longer needed" };
  REFUSED (desk_unit_act (db, &discard, e), "lookback-open");
  REFUSED (desk_hold_close (db, hold_of_lot (fixture, made->second[1]), CASE_QUALITY, "surely fine", e), "lookback-open");
  REFUSED (review (fixture, lot, "cleared", "  ", FALSE, e), "reason-needed");
  REFUSED (review (fixture, lot, "told", "x", FALSE, e), "decision-needed");
  REFUSED (review (fixture, find (lookback, DESK_ITEM_PATIENT, 1), "told", "", FALSE, e), "told-first");

  DONE (review (fixture, lot, "cleared", "grown on in other flasks; all samples negative", TRUE, e));
  g_assert_cmpuint (holds (fixture, made->dose[1][1]), ==, 0);
  g_assert_false (review (fixture, lot, "keep", NULL, FALSE, &conflict));
  g_assert_error (conflict, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (conflict->message, "MORI YUI"));
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLookback) after = desk_lookback_load (db, lookback->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (find (after, DESK_ITEM_UNIT, made->dose[1][1])->decision, ==, "cleared");
  g_assert_cmpstr (find (after, DESK_ITEM_UNIT, made->intermediate[1])->decision, ==, ""); /* of another lot */
  DONE (review (fixture, sample, "tested", "no growth after 14 days", FALSE, e));
}

/* Tried, then reached; by the companion where that may be. */
static void
test_contacts (Fixture *fixture, gconstpointer data)
{
  DeskDb *db = fixture->store.db;
  g_autoptr (DeskLookback) lookback = positive (fixture);
  DeskLookbackContact contact = { .item_id = find (lookback, DESK_ITEM_PATIENT, 1)->id, .how = "phone", .note = "no answer", .by = CASE_PHYSICIAN };

  DONE (desk_lookback_contact (db, &contact, e));
  contact.reached = TRUE;
  contact.note = "told; no fever; comes tomorrow";
  DONE (desk_lookback_contact (db, &contact, e));
  contact.item_id = find (lookback, DESK_ITEM_PATIENT, 2)->id;
  contact.how = "companion";
  contact.note = "";
  REFUSED (desk_lookback_contact (db, &contact, e), "reason-needed");
  contact.note = "wife told, will call back";
  DONE (desk_lookback_contact (db, &contact, e));

  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLookback) after = desk_lookback_load (db, lookback->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (find (after, DESK_ITEM_PATIENT, 1)->decision, ==, "told");
  g_assert_cmpuint (find (after, DESK_ITEM_PATIENT, 1)->tried, ==, 1);
  g_assert_cmpstr (find (after, DESK_ITEM_PATIENT, 2)->decision, ==, "companion-told");
}

static void
decide_all (Fixture *fixture, const DeskLookback *lookback)
{
  for (guint i = 0; i < lookback->items->len; i++)
    {
      const DeskLookbackItem *item = lookback->items->pdata[i];

      if (item->kind == DESK_ITEM_PATIENT)
        DONE (review (fixture, item, "not-needed", "told by the hospital", FALSE, e));
      else
        DONE (review (fixture, item, desk_item_decisions (item->kind)[0], NULL, FALSE, e));
    }
}

/* Closed with everything decided, every clock stopped and a conclusion; then what is kept is held still. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  DeskDb *db = fixture->store.db;
  g_autoptr (DeskLookback) lookback = positive (fixture);

  REFUSED (desk_lookback_close (db, lookback->id, "done", CASE_QUALITY, e), "items-unreviewed");
  decide_all (fixture, lookback);
  REFUSED (desk_lookback_close (db, lookback->id, "done", CASE_QUALITY, e), "clock-open");
  for (guint i = 0; i < lookback->clocks->len; i++)
    {
      const DeskLegalClock *clock = lookback->clocks->pdata[i];

      REFUSED (desk_legal_clock_stop (db, clock->id, "not-due", " ", CASE_QUALITY, e), "reason-needed");
      DONE (desk_legal_clock_stop (db, clock->id, "reported", "by fax, 14:20", CASE_QUALITY, e));
      REFUSED (desk_legal_clock_stop (db, clock->id, "reported", NULL, CASE_QUALITY, e), "clock-done");
    }
  REFUSED (desk_lookback_close (db, lookback->id, "", CASE_QUALITY, e), "reason-needed");
  DONE (desk_lookback_close (db, lookback->id, "P. mexicana in both; bath replaced", CASE_QUALITY, e));
  REFUSED (desk_lookback_close (db, lookback->id, "again", CASE_QUALITY, e), "lookback-closed");
  g_assert_cmpuint (holds (fixture, fixture->made.dose[1][1]), ==, 1);
  DONE (desk_hold_close (db, hold_of_lot (fixture, fixture->made.second[1]), CASE_QUALITY, "sequenced: another strain", e));
}

/* The other causes: each finds the two lots that were there, and holds what it must. */
static void
test_causes (Fixture *fixture, gconstpointer data)
{
  const Case2024 *made = &fixture->made;
  DeskDb *db = fixture->store.db;
  const struct
  {
    DeskLookbackCause cause;
    gint64 id;
    const char *from, *until;
    DeskRoad road;
    guint lots;
  } cases[] = {
    { DESK_LOOKBACK_REAGENT, 1, NULL, NULL, DESK_ROAD_REAGENT, 4 },
    { DESK_LOOKBACK_DEVICE, 5, "2024-09-26", "2024-09-26", DESK_ROAD_DEVICE, 2 },
    { DESK_LOOKBACK_DEVICE, 5, "2024-09-27", "2024-09-28", DESK_ROAD_DEVICE, 0 },
    { DESK_LOOKBACK_CONTAINER, 3, NULL, NULL, DESK_ROAD_CONTAINER, 5 },
    { DESK_LOOKBACK_PERSON, CASE_CULTURE, "2024-09-26", "2024-09-26", DESK_ROAD_PERSON, 2 },
    { DESK_LOOKBACK_DAY, desk_day_from_ymd (2024, 5, 30), NULL, NULL, DESK_ROAD_DAY, 5 },
    { DESK_LOOKBACK_UNIT, made->dose[0][1], NULL, NULL, DESK_ROAD_CAUSE, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskLookbackOrder order = { .cause = cases[i].cause, .cause_id = cases[i].id, .words = "in question", .known = DESK_DAY_NONE,
                                  .from = DESK_DAY_NONE, .until = DESK_DAY_NONE, .by = CASE_QUALITY };
      g_autoptr (GError) error = NULL;
      gint64 id = 0;

      if (cases[i].from)
        g_assert_true (desk_day_parse (cases[i].from, &order.from) && desk_day_parse (cases[i].until, &order.until));
      DONE (desk_lookback_open (db, &order, &id, e));
      g_autoptr (DeskLookback) lookback = desk_lookback_load (db, id, &error);
      g_assert_no_error (error);
      g_test_message ("%s", desk_lookback_cause_code (cases[i].cause));
      g_assert_cmpuint (count (lookback, DESK_ITEM_LOT), ==, cases[i].lots);
      if (cases[i].lots)
        g_assert_nonnull (road_of (lookback->items->pdata[0], cases[i].road));
      g_assert_cmpuint (lookback->clocks->len, >=, 1);
    }
  g_autofree char *one = quality (fixture, made->dose[0][1]), *sister = quality (fixture, made->dose[0][2]);
  g_assert_cmpstr (one, ==, "recalled");
  g_assert_cmpstr (sister, ==, "released");
}

/* Today names each report that is due and the look-back itself, until they are done. */
static void
test_today (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DeskLookback) lookback = positive (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = desk_today_attention (fixture->store.db, desk_day_from_ymd (2024, 10, 4), &error);
  guint clocks = 0, open = 0, overdue = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const DeskAttention *attention = list->pdata[i];
      gboolean clock = attention->kind == DESK_ATTENTION_CLOCK;

      clocks += clock;
      open += attention->kind == DESK_ATTENTION_LOOKBACK;
      overdue += clock && attention->overdue;
      if (clock || attention->kind == DESK_ATTENTION_LOOKBACK)
        {
          g_assert_cmpstr (attention->object, ==, "lookback");
          g_assert_cmpint (attention->id, ==, lookback->id);
          g_assert_cmpstr (attention->patient_name, ==, lookback->number);
        }
    }
  g_assert_cmpuint (clocks, ==, 4);
  g_assert_cmpuint (overdue, ==, 1); /* the processor, at once */
  g_assert_cmpuint (open, ==, 1);
}

#define ADD(name, func) g_test_add ("/case-2024/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("nothing-available", test_nothing_available);
  ADD ("list", test_list);
  ADD ("clocks", test_clocks);
  ADD ("entered-late", test_entered_late);
  ADD ("again", test_again);
  ADD ("decisions", test_decisions);
  ADD ("contacts", test_contacts);
  ADD ("close", test_close);
  ADD ("causes", test_causes);
  ADD ("today", test_today);
  return g_test_run ();
}
