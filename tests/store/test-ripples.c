/* One thing goes otherwise: what is shown is what happens, and undo brings all of it back, or nothing. */
#include "store-fixture.h"

#include <string.h>

#include "desk-cells.h"
#include "desk-ripples.h"
#include "desk-trips.h"
#include "desk-windows.h"

#define CULTURE 1
#define SECOND 2
#define QUALITY 3
#define NURSE 4
#define START 20607 /* Wednesday 3 June 2026 */
#define NOW (G_GINT64_CONSTANT (20606) * 86400)
#define AT(day, hour) ((gint64) (day) * 86400 - 9 * 3600 + (hour) * 3600)

static gint64 course;

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GPtrArray) visits = NULL;

  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "INSERT INTO clinic (id, uuid, name, name_ja, facility, plan_number, closed_weekdays)"
              " VALUES (1, 'u', 'Clinic', 'クリニック', 'FC3150001', 'PC3150325', '7');"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Culture', 'culture'), (2, 'Second', 'culture'), (3, 'Quality', 'quality'),"
              " (4, 'Nurse', 'nurse');"
              "INSERT INTO resource (id, kind, name, staff_id, position) VALUES (1, 'chair', 'Chair 1', NULL, 1), (2, 'room', 'Room 1', NULL, 2),"
              " (3, 'staff', 'Nurse', 4, 3);"
              "INSERT INTO patient (id, chart, family, given, created_at, updated_at) VALUES (1, 'P1', 'NGUYEN', 'VAN AN', 0, 0),"
              " (2, 'P2', 'PARK', 'JIYOUNG', 0, 0);"
              "INSERT INTO container (id, parent_id, kind, name, rows, cols) VALUES (1, NULL, 'tank', 'Tank 1', 0, 0),"
              " (2, 1, 'rack', 'Rack 1', 0, 0), (3, 2, 'box', 'Box 1', 9, 9)");
  desk_db_set_actor (fixture->db, NURSE, "test");
  g_assert_true (desk_course_plan (fixture->db, 1, "treatment-6", START, 600, NOW, &visits, problems, &error));
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_true (desk_course_book (fixture->db, 1, "treatment-6", START, visits, &course, &error));
  g_assert_no_error (error);
}

/* A lot of the course's draw; expected on the first infusion's day, 14 days on. */
static DeskLot *
lot_new (StoreFixture *fixture, gint64 visit, const char *started, const char *expected)
{
  DeskLotStart start = { .patient_id = 1, .method = "blood_draw", .collected_at = 1000, .ended_at = 1600, .volume_ml = 50,
                         .operator_id = NURSE, .started_on = started, .expected_on = expected, .visit_id = visit };
  g_autoptr (GError) error = NULL;
  DeskLot *lot = NULL;

  if (!desk_lot_start (fixture->db, &start, &lot, &error))
    g_error ("%s", error->message);
  return lot;
}

/* Doses in the bank, of a lot of its own. */
static void
bank (StoreFixture *fixture, guint n, const char *until, GArray *units)
{
  static const char *const tests[] = { "viability", "count", "purity", "endotoxin", "mycoplasma", "sterility" };
  static const char *const values[] = { "91", "1.2e9", "85", "0.5 EU/kg", "negative", "negative" };
  static const DeskUnitStep labels[] = { DESK_STEP_PRINT_LABEL, DESK_STEP_VERIFY_LABEL };
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = lot_new (fixture, 0, "2026-05-01", "2026-05-15");

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      DeskResult result = { .lot_id = lot->id, .test = (char *) tests[i], .value = (char *) values[i], .stage = (char *) "final",
                            .reported_on = (char *) "2026-06-01", .entered_by = CULTURE };
      g_assert_true (desk_result_add (fixture->db, &result, &error));
      g_assert_true (desk_result_check (fixture->db, result.id, SECOND, &error));
    }
  g_assert_true (desk_units_fill (fixture->db, lot->id, "dose_frozen", (int) n, 50, 1000000000, until, CULTURE, SECOND, units, &error));
  for (guint u = 0; u < n; u++)
    {
      gint64 id = g_array_index (units, gint64, u);
      g_autoptr (DeskUnit) unit = desk_unit_load (fixture->db, id, &error);
      DeskUnitAct release = { .unit_id = id, .step = DESK_STEP_RELEASE, .performer = QUALITY, .witness = NURSE };

      for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
        {
          DeskUnitAct act = { .unit_id = id, .step = labels[i], .performer = CULTURE, .witness = SECOND, .scanned = unit->number };
          g_assert_true (desk_unit_act (fixture->db, &act, &error));
        }
      g_assert_true (desk_unit_freeze (fixture->db, id, 3, 1, (int) u + 1, CULTURE, SECOND, &error));
      if (!desk_unit_act (fixture->db, &release, &error))
        g_error ("%s", error->message);
    }
}

/* All that a ripple may touch, but for the numbers that count changes. */
static char *
state (StoreFixture *fixture)
{
  static const char *const sqls[] = {
    "SELECT id || ' ' || type || ' ' || status || ' ' || starts_at || ' ' || ends_at || ' ' || busy_from || ' ' || busy_until || ' '"
    " || override || ' ' || note FROM visit WHERE status NOT LIKE 'cancel%' ORDER BY id",
    "SELECT r.visit_id || ' ' || r.resource_id FROM visit_resource r JOIN visit v ON v.id = r.visit_id WHERE v.status NOT LIKE 'cancel%'"
    " ORDER BY r.visit_id, r.resource_id",
    "SELECT resource_id || ' ' || slot || ' ' || visit_id FROM visit_slot ORDER BY resource_id, slot",
    "SELECT patient_id || ' ' || slot || ' ' || visit_id FROM patient_slot ORDER BY patient_id, slot",
    "SELECT unit_id || ' ' || visit_id FROM reservation WHERE closed_at IS NULL ORDER BY unit_id",
    "SELECT id || ' ' || status || ' ' || expected_on FROM lot ORDER BY id",
    "SELECT id || ' ' || planned_entry || ' ' || planned_departure FROM trip ORDER BY id",
    "SELECT day || ' ' || reason FROM closed_day ORDER BY day",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sqls); i++)
    {
      g_autoptr (DeskStmt) stmt = desk_db_query (fixture->db, NULL, sqls[i], "");

      while (desk_stmt_step (stmt, NULL) == DESK_STEP_ROW)
        g_string_append_printf (text, "%s\n", desk_stmt_text (stmt, 0));
    }
  return g_string_free (text, FALSE);
}

static DeskDay
day_of (const DeskVisit *visit)
{
  return (DeskDay) ((visit->starts_at + 9 * 3600) / 86400);
}

static DeskRippleItem *
find (const DeskRipplePlan *plan, DeskRippleWhat what, guint n)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      DeskRippleItem *item = g_ptr_array_index (plan->items, i);

      if (item->what == what && n-- == 0)
        return item;
    }
  return NULL;
}

static DeskRipplePlan *
preview (StoreFixture *fixture, const DeskRippleWish *wish)
{
  g_autoptr (GError) error = NULL;
  DeskRipplePlan *plan = desk_ripple_preview (fixture->db, wish, NOW, &error);

  if (!plan)
    g_error ("%s", error->message);
  return plan;
}

/* What is shown is what happens, and then all is as it was. */
static void
apply_and_undo (StoreFixture *fixture, const DeskRipplePlan *plan)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = state (fixture), *after = NULL, *back = NULL;
  gint64 id = 0;

  if (!desk_ripple_apply (fixture->db, plan, &id, &error))
    g_error ("%s", error->message);
  for (guint i = 0; i < plan->items->len; i++)
    {
      const DeskRippleItem *item = g_ptr_array_index (plan->items, i);

      if (item->what != DESK_RIPPLE_VISIT || !item->before)
        continue;
      g_autoptr (DeskVisit) now = desk_visit_load (fixture->db, item->row_id, &error);
      g_assert_cmpint (now->starts_at, ==, item->on ? item->after->starts_at : item->before->starts_at);
      g_assert_cmpuint (now->resources->len, ==, item->before->resources->len);
    }
  after = state (fixture);
  g_assert_cmpstr (before, !=, after);
  if (!desk_ripple_undo (fixture->db, id, NULL, &error))
    g_error ("%s", error->message);
  back = state (fixture);
  g_assert_cmpstr (before, ==, back);

  /* Once. */
  g_assert_false (desk_ripple_undo (fixture->db, id, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
}

static DeskLot *
first_lot (StoreFixture *fixture)
{
  return lot_new (fixture, 2, "2026-06-03", "2026-06-17");
}

static void
test_delay (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = first_lot (fixture);
  g_autoptr (DeskRippleWish) wish = desk_ripple_wish_new (DESK_RIPPLE_CULTURE_DELAY, lot->id, START + 17, NULL);

  store_exec (fixture,
              "INSERT INTO cell_setting (name, value) VALUES ('release-days', 0) ON CONFLICT (name) DO UPDATE SET value = excluded.value;"
              "INSERT INTO audit (seq, at, actor, desk, action, kind, object_id, detail, hash)"
              " SELECT max (seq) + 1, 1780300000, 0, '', 'letter.print', 'patient', 1, 'treatment-schedule 1 en', 'x' FROM audit");
  store_exec (fixture,
              "INSERT INTO letter_text (digest, xml) VALUES ('0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', '<letter/>');"
              "INSERT INTO issued (id, number, name, version, language, text_digest, patient_id, issued_on, data, pdf_digest, pages, at)"
              " SELECT n.id, n.number, n.name, '1.0', 'en', t.digest, 1, '2026-06-03', n.data, t.digest, 1, 1780400000 FROM letter_text t,"
              " (SELECT 1 AS id, 'Y1' AS number, 'appointment-card' AS name, '<letter-data><list name=\"visits\"/></letter-data>' AS data"
              " UNION SELECT 2, 'Y2', 'consent', '<letter-data/>') n");
  g_autoptr (DeskRipplePlan) plan = preview (fixture, wish);
  g_assert_cmpstr (find (plan, DESK_RIPPLE_LOT, 0)->code, ==, "moves");
  g_assert_cmpint (find (plan, DESK_RIPPLE_LOT, 0)->was, ==, START + 14);
  g_assert_cmpuint (desk_ripple_plan_count (plan, DESK_RIPPLE_VISIT), ==, 6); /* weekly: all infusions go along */
  for (guint i = 0; i < 6; i++)
    {
      const DeskRippleItem *item = find (plan, DESK_RIPPLE_VISIT, i);

      g_assert_cmpstr (item->code, ==, "moves");
      g_assert_cmpint (day_of (item->before), ==, START + 14 + 7 * i);
      g_assert_cmpint (day_of (item->after), ==, START + 17 + 7 * i);
      g_assert_cmpint (item->after->starts_at - AT (day_of (item->after), 10), ==, 0);
      g_assert_cmpstr (item->patient_name, ==, "NGUYEN VAN AN");
    }
  /* Of the register the card, which names visits; of the time before it the schedule. */
  g_assert_cmpstr (find (plan, DESK_RIPPLE_LETTER, 0)->detail, ==, "appointment-card");
  g_assert_cmpint (find (plan, DESK_RIPPLE_LETTER, 0)->row_id, ==, 1);
  g_assert_cmpstr (find (plan, DESK_RIPPLE_LETTER, 1)->detail, ==, "treatment-schedule");
  g_assert_null (find (plan, DESK_RIPPLE_LETTER, 2));
  apply_and_undo (fixture, plan);

  /* The lot was written twice since the plan was made. */
  gint64 id;
  g_assert_false (desk_ripple_apply (fixture->db, plan, &id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);

  wish->day = START + 14;
  g_assert_null (desk_ripple_preview (fixture->db, wish, NOW, &error));
  g_assert_cmpstr (error->message, ==, "harvest-earlier");
}

/* Two patients want the chair: who is there stays, who moves takes another time. */
static void
test_delay_taken (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = first_lot (fixture);
  g_autoptr (DeskRippleWish) wish = desk_ripple_wish_new (DESK_RIPPLE_CULTURE_DELAY, lot->id, START + 17, NULL);
  DeskVisit there = { .patient_id = 2, .type = (char *) "infusion", .starts_at = AT (START + 17, 10), .ends_at = AT (START + 17, 11),
                      .busy_from = AT (START + 17, 10) - 900, .busy_until = AT (START + 17, 11) + 900 };
  gint64 chair = 1;

  there.resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (there.resources, chair);
  g_assert_true (desk_visit_save (fixture->db, &there, &error));
  g_autoptr (DeskRipplePlan) plan = preview (fixture, wish);
  const DeskRippleItem *item = find (plan, DESK_RIPPLE_VISIT, 0);
  g_assert_cmpint (day_of (item->after), ==, START + 17);
  g_assert_cmpint (item->after->starts_at, >=, AT (START + 17, 11));
  apply_and_undo (fixture, plan);

  /* And when he comes between preview and confirmation, nothing is done at all. */
  wish->day = START + 18;
  g_autoptr (DeskRipplePlan) late = preview (fixture, wish);
  g_autoptr (DeskVisit) second = desk_visit_load (fixture->db, there.id, &error);
  const DeskVisit *wanted = find (late, DESK_RIPPLE_VISIT, 0)->after;
  second->starts_at = wanted->starts_at, second->ends_at = wanted->ends_at;
  second->busy_from = wanted->busy_from, second->busy_until = wanted->busy_until;
  g_assert_true (desk_visit_save (fixture->db, second, &error));
  g_autofree char *before = state (fixture);
  gint64 id;
  g_assert_false (desk_ripple_apply (fixture->db, late, &id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_autofree char *after = state (fixture);
  g_assert_cmpstr (before, ==, after);
  g_array_unref (there.resources);
  g_free (there.status);
}

/* Nobody who was told for certain moves unasked; once he agreed, he does. */
static void
test_confirmed (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = first_lot (fixture);
  g_autoptr (DeskRippleWish) wish = desk_ripple_wish_new (DESK_RIPPLE_CULTURE_DELAY, lot->id, START + 17, NULL);
  g_autoptr (DeskVisit) visit = desk_visit_load (fixture->db, 3, &error);

  g_assert_true (desk_visit_set_status (fixture->db, visit, "confirmed", &error));
  g_autoptr (DeskRipplePlan) plan = preview (fixture, wish);
  const DeskRippleItem *item = find (plan, DESK_RIPPLE_VISIT, 0);
  g_assert_cmpstr (item->code, ==, "ask");
  g_assert_false (item->on);
  g_assert_true (item->may);
  g_assert_cmpint (day_of (item->after), ==, START + 17); /* proposed to him */
  gint64 id;
  g_assert_true (desk_ripple_apply (fixture->db, plan, &id, &error));
  g_autoptr (DeskVisit) same = desk_visit_load (fixture->db, 3, &error);
  g_assert_cmpint (same->starts_at, ==, visit->starts_at);
  g_assert_true (desk_ripple_undo (fixture->db, id, NULL, &error));

  desk_ripple_wish_tick (wish, item, TRUE);
  g_autoptr (DeskRipplePlan) agreed = preview (fixture, wish);
  g_assert_cmpstr (find (agreed, DESK_RIPPLE_VISIT, 0)->code, ==, "moves");
  g_assert_true (find (agreed, DESK_RIPPLE_VISIT, 0)->on);
  apply_and_undo (fixture, agreed);

  /* One that is unticked stays, and what follows counts from where it stays. */
  desk_ripple_wish_tick (wish, find (agreed, DESK_RIPPLE_VISIT, 0), FALSE);
  g_autoptr (DeskVisit) second = desk_visit_load (fixture->db, 4, &error);
  DeskRippleItem unticked = { .what = DESK_RIPPLE_VISIT, .row_id = 4, .before = second };
  desk_ripple_wish_tick (wish, &unticked, FALSE);
  g_autoptr (DeskRipplePlan) less = preview (fixture, wish);
  for (guint i = 0; i < less->items->len; i++)
    g_assert_false (((DeskRippleItem *) g_ptr_array_index (less->items, i))->on
                    && ((DeskRippleItem *) g_ptr_array_index (less->items, i))->row_id == 4
                    && ((DeskRippleItem *) g_ptr_array_index (less->items, i))->what == DESK_RIPPLE_VISIT);
}

static void
test_failed (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) banked = g_array_new (FALSE, FALSE, sizeof (gint64)), own = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskLot) lot = first_lot (fixture);

  bank (fixture, 2, "2027-06-01", banked);
  g_assert_true (desk_units_fill (fixture->db, lot->id, "dose_fresh", 1, 50, 1000000000, "2026-06-18", CULTURE, SECOND, own, &error));
  g_assert_no_error (error);
  g_autofree char *promise = g_strdup_printf ("INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by)"
                                              " VALUES (%" G_GINT64_FORMAT ", 3, 1, 0, 4)",
                                              g_array_index (own, gint64, 0));
  store_exec (fixture, promise); /* while it grows */
  g_assert_true (desk_lot_set_status (fixture->db, lot, "failed", NULL, &error));
  g_assert_no_error (error);

  g_autoptr (DeskRippleWish) wish = desk_ripple_wish_new (DESK_RIPPLE_LOT_FAILED, lot->id, DESK_DAY_NONE, NULL);
  g_autoptr (DeskRipplePlan) plan = preview (fixture, wish);
  guint back = 0, promised = 0, moved = 0;
  const DeskRippleItem *draw = find (plan, DESK_RIPPLE_VISIT, 0);

  g_assert_cmpstr (draw->code, ==, "new");
  g_assert_cmpstr (draw->after->type, ==, "blood_draw");
  for (guint i = 0; i < plan->items->len; i++)
    {
      const DeskRippleItem *item = g_ptr_array_index (plan->items, i);

      back += g_str_equal (item->code, "given-back");
      promised += g_str_equal (item->code, "promised");
      if (item->what == DESK_RIPPLE_VISIT && item->before && item->on)
        {
          g_assert_cmpint (day_of (item->after), >=, day_of (draw->after) + 14);
          moved++;
        }
      if (g_str_equal (item->code, "promised"))
        g_assert_cmpint (item->visit_id, <=, 4); /* the first two infusions */
    }
  g_assert_cmpuint (back, ==, 1);
  g_assert_cmpuint (promised, ==, 2);
  apply_and_undo (fixture, plan);

  /* The dose that was shown went to somebody else's hands meanwhile. */
  g_autoptr (DeskRipplePlan) again = preview (fixture, wish);
  DeskUnitAct other = { .unit_id = g_array_index (banked, gint64, 0), .step = DESK_STEP_RESERVE, .performer = NURSE, .visit_id = 8 };
  g_assert_true (desk_unit_act (fixture->db, &other, &error));
  gint64 id;
  g_assert_false (desk_ripple_apply (fixture->db, again, &id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
}

/* A new draw is not put on a day of chemotherapy; what warns is told with it. */
static void
test_draw (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = first_lot (fixture);

  g_assert_true (desk_lot_set_status (fixture->db, lot, "failed", NULL, &error));
  g_autoptr (DeskRippleWish) wish = desk_ripple_wish_new (DESK_RIPPLE_LOT_FAILED, lot->id, DESK_DAY_NONE, NULL);
  g_autoptr (DeskRipplePlan) before = preview (fixture, wish);
  const DeskRippleItem *free_day = find (before, DESK_RIPPLE_VISIT, 0);
  g_assert_cmpstr (free_day->code, ==, "new");
  g_autofree char *first = desk_day_format (day_of (free_day->after)), *last = desk_day_format (day_of (free_day->after) + 9);

  g_autoptr (DeskPatientWindow) window = desk_patient_window_new (1);
  g_free (window->kind), g_free (window->first_day), g_free (window->last_day);
  window->kind = g_strdup ("chemotherapy");
  window->first_day = g_strdup (first);
  window->last_day = g_strdup (last);
  g_assert_true (desk_patient_window_save (fixture->db, window, &error));
  g_assert_no_error (error);

  /* The clinic lets it be passed over: all the same no draw is put there. */
  store_exec (fixture, "UPDATE conflict_rule SET effect = 'warn' WHERE kind = 'blackout'");
  g_autoptr (DeskRipplePlan) after = preview (fixture, wish);
  const DeskRippleItem *draw = find (after, DESK_RIPPLE_VISIT, 0);
  g_assert_cmpstr (draw->code, ==, "new");
  g_assert_cmpint (day_of (draw->after), >, day_of (free_day->after) + 9);

  /* All that remains with it is shown: it is what the book would say. */
  g_autoptr (GPtrArray) conflicts = desk_visit_check (fixture->db, draw->after, NOW, &error);
  g_assert_cmpuint (conflicts->len, >, 0); /* no papers are there */
  g_assert_nonnull (draw->conflicts);
  g_assert_cmpuint (draw->conflicts->len, ==, conflicts->len);

  /* A passport that ends before: the line says so. */
  store_exec (fixture, "UPDATE patient SET passport_until = '2026-06-03' WHERE id = 1");
  g_autoptr (DeskRipplePlan) over = preview (fixture, wish);
  gboolean told = FALSE;
  draw = find (over, DESK_RIPPLE_VISIT, 0);
  g_assert_cmpstr (draw->detail, ==, "out-of-stay");
  for (guint i = 0; i < draw->conflicts->len; i++)
    told = told || ((DeskConflict *) g_ptr_array_index (draw->conflicts, i))->kind == DESK_CONFLICT_STAY;
  g_assert_true (told);

  /* Where the clinic lets nobody be booked past that, there is no draw at all. */
  store_exec (fixture, "UPDATE conflict_rule SET effect = 'block' WHERE kind = 'stay'");
  g_autoptr (DeskRipplePlan) none = preview (fixture, wish);
  for (guint i = 0; i < none->items->len; i++)
    g_assert_cmpstr (((DeskRippleItem *) g_ptr_array_index (none->items, i))->code, !=, "new");
}

static void
test_flight (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskTrip) trip = desk_trip_new (1);

  g_free (trip->planned_entry), g_free (trip->planned_departure);
  trip->planned_entry = g_strdup ("2026-06-02");
  trip->planned_departure = g_strdup ("2026-08-15");
  g_assert_true (desk_trip_save (fixture->db, trip, &error));
  g_autoptr (DeskRippleWish) wish = desk_ripple_wish_new (DESK_RIPPLE_MISSED_FLIGHT, trip->id, START + 2, NULL);
  g_autoptr (DeskRipplePlan) plan = preview (fixture, wish);
  g_assert_cmpstr (find (plan, DESK_RIPPLE_TRIP, 0)->code, ==, "moves");
  g_assert_cmpint (find (plan, DESK_RIPPLE_TRIP, 0)->became, ==, START + 2);
  const DeskRippleItem *consultation = find (plan, DESK_RIPPLE_VISIT, 0), *draw = find (plan, DESK_RIPPLE_VISIT, 1);
  g_assert_cmpint (day_of (consultation->after), >, START + 1);
  g_assert_cmpint (day_of (draw->after), >, START + 1);
  g_assert_cmpint (draw->after->starts_at, !=, consultation->after->starts_at);
  apply_and_undo (fixture, plan);

  /* Somebody changed the stay after the ripple: undo says whose it is, and by whom, and leaves all of it. */
  gint64 id;
  g_autoptr (DeskRipplePlan) again = preview (fixture, wish);
  g_assert_true (desk_ripple_apply (fixture->db, again, &id, &error));
  g_autoptr (DeskTrip) changed = desk_trip_load (fixture->db, trip->id, &error);
  desk_db_set_actor (fixture->db, QUALITY, "other");
  g_free (changed->note);
  changed->note = g_strdup ("flies by another way");
  g_assert_true (desk_trip_save (fixture->db, changed, &error));
  g_autofree char *before = state (fixture);
  g_autoptr (DeskAuditLast) last = NULL;
  g_assert_false (desk_ripple_undo (fixture->db, id, &last, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_assert_cmpstr (error->message, ==, "NGUYEN");
  g_assert_cmpstr (last->name, ==, "Quality");
  g_autofree char *after = state (fixture);
  g_assert_cmpstr (before, ==, after);
  g_clear_error (&error);

  wish->day = START - 2;
  g_assert_null (desk_ripple_preview (fixture->db, wish, NOW, &error));
  g_assert_cmpstr (error->message, ==, "arrival-earlier");
}

static void
test_day (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskRippleWish) wish = desk_ripple_wish_new (DESK_RIPPLE_CLOSED_DAY, 0, START + 14, "Typhoon");
  DeskVisit there = { .patient_id = 2, .type = (char *) "infusion", .starts_at = AT (START + 14, 14), .ends_at = AT (START + 14, 15),
                      .busy_from = AT (START + 14, 14), .busy_until = AT (START + 14, 15) };
  gint64 chair = 1;

  there.resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (there.resources, chair);
  g_assert_true (desk_visit_save (fixture->db, &there, &error));
  g_autoptr (DeskRipplePlan) plan = preview (fixture, wish);
  g_assert_cmpstr (find (plan, DESK_RIPPLE_DAY, 0)->code, ==, "closes");
  g_assert_cmpuint (desk_ripple_plan_count (plan, DESK_RIPPLE_VISIT), >=, 2);
  for (guint i = 0; i < plan->items->len; i++)
    {
      const DeskRippleItem *item = g_ptr_array_index (plan->items, i);

      if (item->what == DESK_RIPPLE_VISIT)
        g_assert_cmpint (day_of (item->after), !=, START + 14);
    }
  apply_and_undo (fixture, plan);

  /* A visit that was moved again by somebody: its patient is named. */
  gint64 id;
  g_autoptr (DeskRipplePlan) again = preview (fixture, wish);
  g_assert_true (desk_ripple_apply (fixture->db, again, &id, &error));
  g_autoptr (DeskVisit) moved = desk_visit_load (fixture->db, there.id, &error);
  g_free (moved->note);
  moved->note = g_strdup ("calls back");
  g_assert_true (desk_visit_save (fixture->db, moved, &error));
  g_assert_false (desk_ripple_undo (fixture->db, id, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_assert_cmpstr (error->message, ==, "PARK JIYOUNG");
  g_clear_error (&error);
  g_assert_null (desk_ripple_preview (fixture->db, wish, NOW, &error));
  g_assert_cmpstr (error->message, ==, "already-closed");
  g_array_unref (there.resources);
  g_free (there.status);
}

static void
test_later (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskRipplePlan) plan = desk_ripple_course_later (fixture->db, 5, START + 14 + 14 + 7, NOW, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (desk_ripple_plan_count (plan, DESK_RIPPLE_VISIT), ==, 4); /* onto each other's places */
  for (guint i = 0; i < 4; i++)
    {
      const DeskRippleItem *item = find (plan, DESK_RIPPLE_VISIT, i);

      g_assert_cmpint (day_of (item->after), ==, day_of (item->before) + 7);
      g_assert_cmpint ((item->after->starts_at - item->before->starts_at) % 86400, ==, 0);
    }
  apply_and_undo (fixture, plan);
}

static void
test_schema (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql, *message;
  } refused[] = {
    { "UPDATE ripple_item SET was = 'x'", "journal-only-grows" },
    { "DELETE FROM ripple_item", "journal-only-grows" },
    { "DELETE FROM ripple", "journal-only-grows" },
    { "UPDATE ripple SET reason = 'x'", "journal-only-grows" },
    { "UPDATE ripple SET undone_at = 9999999999, kind = 'lot_failed'", "journal-only-grows" },
    { "UPDATE ripple SET undone_at = 9999999999, about = 7", "journal-only-grows" },
    { "UPDATE ripple SET undone_at = 9999999999, day = '2026-01-01'", "journal-only-grows" },
    { "UPDATE ripple SET undone_at = 1", NULL },
    { "INSERT INTO ripple (kind, about, at) VALUES ('flood', 1, 0)", NULL },
    { "INSERT INTO ripple (kind, about, at, undone_at) VALUES ('closed_day', 0, 5, 6)", "journal-only-grows" },
    { "INSERT INTO ripple_item (ripple_id, seq, what, row_id) VALUES (1, 90, 'weather', 1)", NULL },
    { "INSERT INTO ripple_item (ripple_id, seq, what, row_id) VALUES (77, 1, 'visit', 1)", NULL },
    { "INSERT INTO ripple_item (ripple_id, seq, what, row_id) VALUES (1, 90, 'visit', 1)", "journal-only-grows" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskRipplePlan) plan = desk_ripple_course_later (fixture->db, 8, START + 70, NOW, &error);
  gint64 id;

  g_assert_no_error (error);
  g_assert_true (desk_ripple_apply (fixture->db, plan, &id, &error));
  g_assert_cmpint (id, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    store_refuse (fixture, refused[i].sql, DESK_ERROR_REFUSED, refused[i].message);
  g_assert_true (desk_ripple_undo (fixture->db, id, NULL, &error));
  store_refuse (fixture, "UPDATE ripple SET undone_at = 9999999999", DESK_ERROR_REFUSED, "journal-only-grows");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (StoreFixture *, gconstpointer);
  } tests[] = {
    { "/ripples/delay", test_delay },       { "/ripples/delay-taken", test_delay_taken }, { "/ripples/confirmed", test_confirmed },
    { "/ripples/failed", test_failed },     { "/ripples/flight", test_flight },           { "/ripples/day", test_day },
    { "/ripples/later", test_later },       { "/ripples/schema", test_schema },
    { "/ripples/draw", test_draw },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, StoreFixture, NULL, set_up, tests[i].func, store_fixture_tear_down);
  return g_test_run ();
}
