/* What the database itself refuses of the book, whoever writes: raw SQL past the program. And what the program says of
 * the same file. */
#include "desk-blocks.h"
#include "desk-book.h"
#include "desk-clinics.h"
#include "desk-conflict-rules.h"
#include "desk-holiday.h"
#include "desk-openings.h"
#include "desk-visit-types.h"
#include "store-fixture.h"

/* Wednesday 3 June 2026 at 10:00 in Tokyo. */
#define DAY 20607
#define AT(day, minute) (((gint64) (DAY + (day)) * 1440 + (minute) - 540) * 60)

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "INSERT INTO clinic (id, uuid, name, name_ja, closed_weekdays) VALUES (1, 'u', 'Clinic', 'クリニック', '7');"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Dr Abe', 'physician'), (2, 'Culture', 'culture');"
              "INSERT INTO resource (id, kind, name, staff_id, position) VALUES (1, 'chair', 'Chair 1', NULL, 1), (2, 'chair', 'Chair 2', NULL, 2),"
              " (3, 'staff', 'Dr Abe', 1, 3);"
              "INSERT INTO patient (id, chart, family, passport_until, created_at, updated_at) VALUES (1, 'C1', 'One', '', 0, 0), (2, 'C2', 'Two', '', 0, 0);"
              "INSERT INTO block (id, kind, first_day, last_day, from_minute, until_minute) VALUES (1, 'lunch', '2026-01-01', '2026-12-31', 720, 780)");
  desk_db_set_actor (fixture->db, 1, "test");
}

static void
test_refusals (StoreFixture *fixture, gconstpointer data)
{
  static const struct { const char *sql, *code; } rows[] = {
    { "DELETE FROM block", "block-kept" },
    { "DELETE FROM conflict_rule WHERE kind = 'gate'", "rule-is-fixed" },
    { "INSERT INTO conflict_rule (kind, effect) VALUES ('gate', 'warn')", "rule-is-fixed" },
  };
  static const char *const checks[] = {
    "UPDATE conflict_rule SET effect = 'warn' WHERE kind = 'staff'",
    "UPDATE conflict_rule SET effect = 'warn' WHERE kind = 'room'",
    "UPDATE conflict_rule SET effect = 'warn' WHERE kind = 'patient'",
    "UPDATE conflict_rule SET effect = 'warn' WHERE kind = 'dose'",
    "UPDATE conflict_rule SET effect = 'ignore' WHERE kind = 'gate'",
    "INSERT INTO opening (weekday, opens, closes) VALUES (8, 540, 600)",
    "INSERT INTO opening (weekday, opens, closes) VALUES (1, 600, 540)",
    "INSERT INTO opening (weekday, opens, closes) VALUES (1, 541, 600)",
    "INSERT INTO open_day (day) VALUES ('2026-6-3')",
    "INSERT INTO block (kind, first_day, last_day, from_minute, until_minute) VALUES ('nap', '2026-01-01', '2026-01-01', 0, 60)",
    "INSERT INTO block (kind, first_day, last_day, from_minute, until_minute) VALUES ('lunch', '2026-01-02', '2026-01-01', 0, 60)",
    "INSERT INTO block (kind, first_day, last_day, from_minute, until_minute) VALUES ('lunch', '2026-01-01', '2026-01-01', 60, 60)",
    "INSERT INTO block (kind, first_day, last_day, weekdays, from_minute, until_minute) VALUES ('lunch', '2026-01-01', '2026-01-01', '', 0, 60)",
    "INSERT INTO block (resource_id, kind, first_day, last_day, from_minute, until_minute) VALUES (99, 'lunch', '2026-01-01', '2026-01-01', 0, 60)",
    "UPDATE visit_type SET per_day = -1",
    "UPDATE visit_type SET at_once = -1",
    "UPDATE visit_type SET active = 2",
    "UPDATE visit_type SET minutes = 7",
    "INSERT INTO book_view (key, name, mode) VALUES (9, 'Nine', 'day')",
    "INSERT INTO book_view (key, name, mode, rows) VALUES (5, 'Five', 'day', 7)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    store_refuse (fixture, rows[i].sql, DESK_ERROR_REFUSED, rows[i].code);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", checks[i]);
      g_assert_false (desk_db_exec (fixture->db, checks[i], &error));
      g_assert_nonnull (error);
    }
}

/* The table and the program name the same kinds, and begin with the same effects. */
static void
test_rules (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskConflictRules stored, first;
  gint64 rows = 0;

  g_assert_true (desk_conflict_rules_load (fixture->db, &stored, &error));
  desk_conflict_rules_init (&first);
  g_assert_true (desk_db_value (fixture->db, &rows, &error, "SELECT count (*) FROM conflict_rule", ""));
  g_assert_cmpint (rows, ==, DESK_N_CONFLICTS);
  for (guint kind = 0; kind < DESK_N_CONFLICTS; kind++)
    {
      g_test_message ("%s", desk_conflict_code (kind));
      g_assert_cmpint (stored.blocks[kind], ==, first.blocks[kind]);
      g_assert_true (desk_conflict_rule_set (fixture->db, kind, TRUE, &error));
      g_assert_cmpint (desk_conflict_rule_set (fixture->db, kind, FALSE, NULL), ==, !desk_conflict_always_blocks (kind));
    }
}

static DeskVisit *
new_visit (gint64 patient, const char *type, gint64 at, gint64 seat)
{
  static const DeskVisitType hour = { .minutes = 60 };
  DeskVisit *visit = g_new0 (DeskVisit, 1);

  visit->patient_id = patient;
  visit->type = g_strdup (type);
  visit->status = g_strdup ("booked");
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (seat)
    g_array_append_val (visit->resources, seat);
  desk_visit_set_time (visit, &hour, at, 0);
  return visit;
}

/* The kinds a visit runs into, as codes with spaces between; the caller frees it. */
static char *
codes_of (StoreFixture *fixture, const DeskVisit *visit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = desk_visit_check (fixture->db, visit, AT (0, 0), &error);
  GString *codes = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < conflicts->len; i++)
    g_string_append_printf (codes, "%s%s", i ? " " : "", desk_conflict_code (((DeskConflict *) conflicts->pdata[i])->kind));
  return g_string_free (codes, FALSE);
}

#define assert_codes(visit, expected) \
  do \
    { \
      g_autofree char *codes_ = codes_of (fixture, visit); \
      g_assert_cmpstr (codes_, ==, expected); \
    } \
  while (0)

static void
test_clinic (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskVisit) visit = new_visit (1, "infusion", AT (0, 600), 1), lunch = new_visit (1, "infusion", AT (0, 690), 1);
  g_autoptr (DeskVisit) draw = new_visit (1, "infusion", AT (2, 600), 1), holiday = new_visit (1, "infusion", AT (47, 600), 1);

  assert_codes (visit, "");
  assert_codes (lunch, "block");
  store_exec (fixture, "UPDATE block SET removed_at = 1");
  assert_codes (lunch, "");
  store_exec (fixture, "INSERT INTO opening (weekday, opens, closes) VALUES (3, 540, 720)");
  assert_codes (lunch, "hours");
  /* 20 July 2026 is a holiday; the clinic may open all the same, and close again. */
  assert_codes (holiday, "closed");
  g_assert_true (desk_open_day_add (fixture->db, DAY + 47, "Overseas patients", NULL));
  assert_codes (holiday, "");
  g_assert_true (desk_closed_day_add (fixture->db, DAY + 47, "Power cut", NULL));
  assert_codes (holiday, "closed");

  store_exec (fixture, "INSERT INTO patient_window (patient_id, kind, first_day, last_day, days_after) VALUES (1, 'chemotherapy', '2026-06-04', '2026-06-04', 1)");
  assert_codes (draw, "blackout");
}

static void
test_course (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskVisit) first = new_visit (1, "infusion", AT (0, 600), 1), next = new_visit (1, "infusion", AT (7, 600), 1);

  store_exec (fixture, "INSERT INTO course (id, patient_id, template, started_on) VALUES (1, 1, 'treatment-6', '2026-06-01')");
  first->course_id = next->course_id = 1;
  first->course_step = 3;
  next->course_step = 4;
  g_assert_true (desk_visit_save (fixture->db, first, NULL));
  assert_codes (next, "");
  next->starts_at -= 86400, next->ends_at -= 86400;
  assert_codes (next, "course");
  next->starts_at += 86400, next->ends_at += 86400;
  g_assert_true (desk_visit_save (fixture->db, next, NULL));
  first->starts_at -= 8 * 86400, first->ends_at -= 8 * 86400;
  g_autoptr (GPtrArray) conflicts = desk_visit_check (fixture->db, first, AT (-30, 0), NULL);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpstr (((DeskConflict *) conflicts->pdata[0])->detail, ==, "too-late 14 2026-06-10");
  g_assert_cmpint (((DeskConflict *) conflicts->pdata[0])->visit_id, ==, next->id);
}

static void
test_dose (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskVisit) visit = new_visit (1, "infusion", AT (0, 600), 1), onto = new_visit (1, "infusion", AT (0, 630), 2);

  g_assert_true (desk_visit_save (fixture->db, visit, NULL));
  store_exec (fixture,
              "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (1, 'I1', 0, 2);"
              "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id) VALUES (1, 1, 'K1', 'blood_draw', 0, 50, 2, 1);"
              "INSERT INTO lot (id, patient_id, collection_id, number, started_on, expected_on) VALUES (1, 1, 1, 'L1', '2026-05-01', '2026-06-02');"
              "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at) VALUES (1, 1, 1, 'dose_frozen', 'D1', 100, 1000, '2026-06-09', 0);"
              "INSERT INTO unit_event (unit_id, axis, seq, from_state, to_state, at, performer_id) VALUES (1, 'life', 1, 'new', 'planned', 0, 2);"
              "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (1, 1, 1, 0, 2)");
  assert_codes (visit, "");
  assert_codes (onto, "patient dose");
  visit->starts_at += 7 * 86400, visit->ends_at += 7 * 86400;
  g_autoptr (GPtrArray) late = desk_visit_check (fixture->db, visit, AT (0, 0), NULL);
  g_assert_cmpuint (late->len, ==, 1);
  g_assert_cmpstr (((DeskConflict *) late->pdata[0])->detail, ==, "expired D1 2026-06-09");
  g_assert_true (desk_conflicts_block (late));
  visit->starts_at -= 9 * 86400, visit->ends_at -= 9 * 86400;
  g_autoptr (GPtrArray) early = desk_visit_check (fixture->db, visit, AT (-30, 0), NULL);
  g_assert_cmpstr (((DeskConflict *) early->pdata[0])->detail, ==, "not-ready D1 2026-06-02");
}

static void
test_capacity (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) first = new_visit (1, "infusion", AT (0, 600), 1), second = new_visit (2, "infusion", AT (0, 900), 2);
  DeskVisitType type = { .code = (char *) "infusion", .minutes = 60, .needs = (char *) "chair", .per_day = 1, .active = TRUE };
  DeskVisitType nobody = { .code = (char *) "nonsense", .minutes = 60 };

  g_assert_true (desk_visit_type_save (fixture->db, &type, &error));
  g_assert_false (desk_visit_type_save (fixture->db, &nobody, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (desk_visit_save (fixture->db, first, &error));
  assert_codes (second, "capacity");

  /* As a warning it can be passed over; once it stops, the second is refused as it is written, moved or taken back. */
  g_assert_true (desk_conflict_rule_set (fixture->db, DESK_CONFLICT_CAPACITY, TRUE, &error));
  g_assert_false (desk_visit_save (fixture->db, second, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "type-full");
  g_clear_error (&error);
  g_assert_cmpint (second->id, ==, 0);
  second->starts_at += 86400, second->ends_at += 86400, second->busy_from += 86400, second->busy_until += 86400;
  g_assert_true (desk_visit_save (fixture->db, second, &error));
  second->starts_at -= 86400, second->ends_at -= 86400, second->busy_from -= 86400, second->busy_until -= 86400;
  g_assert_false (desk_visit_save (fixture->db, second, &error));
  g_clear_error (&error);
  g_assert_true (desk_visit_set_status (fixture->db, first, "cancelled_patient", &error));
  g_assert_true (desk_visit_save (fixture->db, second, &error));
  g_assert_false (desk_visit_set_status (fixture->db, first, "booked", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);

  /* A note is written on a day that is too full by a limit of later. */
  type.per_day = 0;
  g_assert_true (desk_visit_type_save (fixture->db, &type, &error));
  g_assert_true (desk_visit_set_status (fixture->db, first, "booked", &error));
  type.per_day = 1;
  g_assert_true (desk_visit_type_save (fixture->db, &type, &error));
  g_free (first->note);
  first->note = g_strdup ("wheelchair");
  g_assert_true (desk_visit_save (fixture->db, first, &error));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("/schema-book/refusals", test_refusals);
  ADD ("/schema-book/rules", test_rules);
  ADD ("/schema-book/clinic", test_clinic);
  ADD ("/schema-book/course", test_course);
  ADD ("/schema-book/dose", test_dose);
  ADD ("/schema-book/capacity", test_capacity);
  return g_test_run ();
}
