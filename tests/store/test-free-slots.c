/* Free times against the plainest search there is: every five minutes, every rule, one by one. */
#include <string.h>

#include "desk-blocks.h"
#include "desk-book.h"
#include "desk-free-slots.h"
#include "desk-openings.h"
#include "store-fixture.h"

#define FIRST 20607 /* Wednesday 3 June 2026 */
#define DAYS 9
#define RESOURCES 6
#define MIDNIGHT(day) ((gint64) (day) * 86400 - 9 * 3600)

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "INSERT INTO clinic (id, uuid, name, name_ja, closed_weekdays, opens, closes) VALUES (1, 'u', 'Clinic', 'クリニック', '7', 540, 1080);"
              "INSERT INTO opening (weekday, opens, closes) VALUES (6, 540, 775);"
              "INSERT INTO open_day (day, reason) VALUES ('2026-06-07', 'Sunday clinic');"
              "INSERT INTO closed_day (day, reason) VALUES ('2026-06-05', 'Inspection');"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Nurse', 'nurse'), (2, 'Dr Abe', 'physician'), (3, 'Gone', 'physician');"
              "UPDATE staff SET active = 0 WHERE id = 3;"
              "INSERT INTO resource (id, kind, name, staff_id, position, active) VALUES (1, 'chair', 'Chair 1', NULL, 1, 1),"
              " (2, 'chair', 'Chair 2', NULL, 2, 1), (3, 'chair', 'Broken', NULL, 0, 0), (4, 'staff', 'Nurse', 1, 1, 1),"
              " (5, 'staff', 'Dr Abe', 2, 2, 1), (6, 'staff', 'Gone', 3, 0, 1);"
              "UPDATE visit_type SET needs = 'chair,staff', minutes = 60, before = 10, after = 15 WHERE code = 'infusion';"
              "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (1, 'C1', 'One', 0, 0), (2, 'C2', 'Two', 0, 0), (3, 'C3', 'Three', 0, 0);"
              "INSERT INTO block (resource_id, kind, first_day, last_day, weekdays, from_minute, until_minute) VALUES"
              " (NULL, 'lunch', '2026-01-01', '2026-12-31', '12345', 720, 780), (5, 'leave', '2026-06-04', '2026-06-08', '1234567', 0, 1440),"
              " (1, 'cleaning', '2026-06-01', '2026-06-30', '13', 840, 870)");
  desk_db_set_actor (fixture->db, 1, "test");
}

static gboolean
is_active (gint64 resource)
{
  return resource != 3 && resource != 6;
}

/* The rules once more, without bits and without the code under test. */
static gboolean
opens_at (DeskDay day, int from, int until)
{
  static const int opens[DAYS] = { 540, 540, 0, 540, 540, 540, 540, 540, 540 };
  static const int closes[DAYS] = { 1080, 1080, 0, 775, 1080, 1080, 1080, 1080, 1080 };
  int weekday = desk_day_weekday (day);

  return from >= opens[day - FIRST] && until <= closes[day - FIRST]
         && !(weekday <= 5 && from < 780 && until > 720);
}

static gboolean
seat_blocked (gint64 seat, DeskDay day, int from, int until)
{
  int weekday = desk_day_weekday (day);

  if (seat == 5 && day >= FIRST + 1 && day <= FIRST + 5)
    return TRUE;
  return seat == 1 && (weekday == 1 || weekday == 3) && from < 870 && until > 840;
}

static gboolean
holds (const DeskVisit *visit, gint64 resource)
{
  for (guint i = 0; i < visit->resources->len; i++)
    if (g_array_index (visit->resources, gint64, i) == resource)
      return TRUE;
  return FALSE;
}

static gboolean
seat_free (const GPtrArray *visits, const DeskSlotSearch *search, gint64 seat, gint64 from, gint64 until)
{
  for (guint i = 0; i < visits->len; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (visits, i);

      if (visit->id != search->visit_id && desk_visit_takes_slots (visit->status) && holds (visit, seat) && visit->busy_from < until
          && from < visit->busy_until)
        return FALSE;
    }
  return TRUE;
}

static gboolean
patient_and_limits (const GPtrArray *visits, const DeskSlotSearch *search, const DeskVisitType *type, DeskDay day, gint64 from, gint64 until)
{
  int of_day = 0;

  for (gint64 at = from; at < until; at += 300)
    {
      int here = 0;

      of_day = 0;
      for (guint i = 0; i < visits->len; i++)
        {
          const DeskVisit *visit = g_ptr_array_index (visits, i);
          gboolean there = at >= visit->starts_at && at < visit->ends_at;

          if (visit->id == search->visit_id || !desk_visit_takes_slots (visit->status))
            continue;
          if (there && visit->patient_id == search->patient_id)
            return FALSE;
          if (!g_str_equal (visit->type, search->type))
            continue;
          here += there;
          of_day += visit->starts_at >= MIDNIGHT (day) && visit->starts_at < MIDNIGHT (day + 1);
        }
      if (type->at_once && here >= type->at_once)
        return FALSE;
    }
  return !type->per_day || of_day < type->per_day;
}

/* The resources it would take, or none when it does not fit. */
static GArray *
plain_fit (const GPtrArray *visits, const DeskSlotSearch *search, const DeskVisitType *type, DeskDay day, int minute, gint64 now)
{
  static const gint64 chairs[] = { 1, 2, 0 }, people[] = { 5, 4, 0 };
  const gint64 *const kinds[] = { chairs, people };
  int length = search->minutes ? search->minutes : type->minutes;
  int until_minute = search->until_minute ? search->until_minute : 1440;
  gint64 from = MIDNIGHT (day) + minute * 60, until = from + length * 60;
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (from < now || minute < search->from_minute || minute + length > until_minute || !opens_at (day, minute, minute + length)
      || (search->weekdays && !strchr (search->weekdays, '0' + desk_day_weekday (day)))
      || (search->resource_id && !is_active (search->resource_id))
      || !patient_and_limits (visits, search, type, day, from, until))
    return NULL;
  for (guint k = 0; k < 2; k++)
    {
      gboolean asked_here = FALSE, found = FALSE;

      for (const gint64 *seat = kinds[k]; *seat; seat++)
        asked_here = asked_here || *seat == search->resource_id;
      for (const gint64 *seat = kinds[k]; *seat && !found; seat++)
        if ((!asked_here || *seat == search->resource_id)
            && seat_free (visits, search, *seat, from - type->before * 60, until + type->after * 60)
            && !seat_blocked (*seat, day, minute - type->before, minute + length + type->after))
          {
            g_array_append_val (taken, *seat);
            found = TRUE;
          }
      if (!found)
        return NULL;
    }
  return g_steal_pointer (&taken);
}

static void
assert_slot (const DeskFreeSlot *slot, gint64 at, const GArray *taken)
{
  g_assert_cmpint (slot->starts_at, ==, at);
  g_assert_cmpuint (slot->resources->len, ==, taken->len);
  for (guint i = 0; i < taken->len; i++)
    g_assert_cmpint (g_array_index (slot->resources, gint64, i), ==, g_array_index (taken, gint64, i));
}

static void
compare (StoreFixture *fixture, const DeskSlotSearch *search, gint64 now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) slots = desk_free_slots (fixture->db, search, now, &error);
  g_autoptr (GPtrArray) visits = desk_visit_between (fixture->db, MIDNIGHT (FIRST - 1), MIDNIGHT (FIRST + DAYS + 1), &error);
  g_autoptr (GPtrArray) types = desk_visit_type_list (fixture->db, &error);
  const DeskVisitType *type = NULL;
  guint next = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < types->len; i++)
    if (g_str_equal (((DeskVisitType *) g_ptr_array_index (types, i))->code, search->type))
      type = g_ptr_array_index (types, i);
  for (DeskDay day = search->first; day <= search->last; day++)
    {
      gboolean before = FALSE, one = FALSE;

      for (int minute = 0; minute < 1440; minute += 5)
        {
          g_autoptr (GArray) taken = plain_fit (visits, search, type, day, minute, now);

          if (taken && (minute % 15 == 0 || !before) && !(one && search->one_a_day) && !(search->limit && next >= search->limit))
            {
              g_assert_cmpuint (next, <, slots->len);
              assert_slot (g_ptr_array_index (slots, next++), MIDNIGHT (day) + minute * 60, taken);
              one = TRUE;
            }
          before = taken != NULL;
        }
    }
  g_assert_cmpuint (next, ==, slots->len);
}

static void
book_somewhere (StoreFixture *fixture)
{
  static const char *const statuses[] = { "booked", "booked", "confirmed", "held", "proposed", "cancelled_patient" };
  DeskVisitType type = { .minutes = 5 * g_test_rand_int_range (4, 24), .before = 5 * g_test_rand_int_range (0, 3), .after = 15 };
  g_autoptr (DeskVisit) visit = g_new0 (DeskVisit, 1);
  gint64 seats[] = { g_test_rand_int_range (1, 3), g_test_rand_int_range (4, 6) };
  const char *status = statuses[g_test_rand_int_range (0, G_N_ELEMENTS (statuses))];
  gboolean cancelled = g_str_has_prefix (status, "cancelled");

  visit->patient_id = g_test_rand_int_range (1, 4);
  visit->type = g_strdup (g_test_rand_bit () ? "infusion" : "consultation");
  visit->status = g_strdup (cancelled ? "booked" : status);
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (visit->resources, seats, g_test_rand_int_range (1, 3));
  desk_visit_set_time (visit, &type, MIDNIGHT (FIRST + g_test_rand_int_range (0, DAYS)) + 300 * g_test_rand_int_range (100, 215), 0);
  /* Some run into others and are refused: that is not what is tested here. */
  if (desk_visit_save (fixture->db, visit, NULL) && cancelled)
    g_assert_true (desk_visit_set_status (fixture->db, visit, status, NULL));
}

static void
test_random (StoreFixture *fixture, gconstpointer data)
{
  static const gint64 asked[] = { 0, 0, 0, 1, 2, 4, 5, 3, 6 };
  static const char *const weekdays[] = { NULL, NULL, "135", "67" };
  int rounds = g_test_slow () ? 2000 : 80;

  for (int round = 0; round < rounds; round++)
    {
      DeskSlotSearch search = { .type = "infusion", .patient_id = g_test_rand_int_range (0, 4), .first = FIRST + g_test_rand_int_range (0, 3),
                                .last = FIRST + DAYS - 1 - g_test_rand_int_range (0, 3),
                                .resource_id = asked[g_test_rand_int_range (0, G_N_ELEMENTS (asked))],
                                .weekdays = weekdays[g_test_rand_int_range (0, G_N_ELEMENTS (weekdays))],
                                .one_a_day = g_test_rand_int_range (0, 3) == 0, .limit = g_test_rand_int_range (0, 4) == 0 ? 5 : 0 };
      g_autofree char *limits = g_strdup_printf ("UPDATE visit_type SET per_day = %d, at_once = %d WHERE code = 'infusion'",
                                                 g_test_rand_int_range (0, 4), g_test_rand_int_range (0, 3));

      store_exec (fixture, limits);
      if (round < 60)
        book_somewhere (fixture);
      if (g_test_rand_bit ())
        search.from_minute = 300 + 35 * g_test_rand_int_range (0, 20);
      if (g_test_rand_bit ())
        search.until_minute = search.from_minute + 35 * g_test_rand_int_range (1, 20);
      if (g_test_rand_bit ())
        search.minutes = 5 * g_test_rand_int_range (1, 30);
      if (g_test_rand_bit ())
        search.visit_id = g_test_rand_int_range (1, 20);
      compare (fixture, &search, MIDNIGHT (FIRST) + 3600 * g_test_rand_int_range (0, 60) + 7);
    }
}

/* What is found can be booked, and what was booked is found no more; by the same check a desk sees. */
static void
test_booked (StoreFixture *fixture, gconstpointer data)
{
  DeskSlotSearch search = { .type = "infusion", .patient_id = 1, .first = FIRST, .last = FIRST + DAYS - 1, .one_a_day = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) slots = desk_free_slots (fixture->db, &search, 0, &error);
  g_autoptr (GPtrArray) types = desk_visit_type_list (fixture->db, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (slots->len, ==, DAYS - 1);
  for (guint i = 0; i < slots->len; i++)
    {
      const DeskFreeSlot *slot = g_ptr_array_index (slots, i);
      g_autoptr (DeskVisit) visit = g_new0 (DeskVisit, 1);

      visit->patient_id = 1;
      visit->type = g_strdup ("infusion");
      visit->resources = g_array_ref (slot->resources);
      for (guint t = 0; t < types->len; t++)
        if (g_str_equal (((DeskVisitType *) g_ptr_array_index (types, t))->code, "infusion"))
          desk_visit_set_time (visit, g_ptr_array_index (types, t), slot->starts_at, 0);
      g_assert_true (desk_visit_save (fixture->db, visit, &error));
    }
  g_autoptr (GPtrArray) later = desk_free_slots (fixture->db, &search, 0, &error);
  g_assert_cmpint (((DeskFreeSlot *) later->pdata[0])->starts_at, >, ((DeskFreeSlot *) slots->pdata[0])->starts_at);
}

static void
test_wrong (StoreFixture *fixture, gconstpointer data)
{
  static const DeskSlotSearch wrong[] = {
    { .type = "nonsense", .first = FIRST, .last = FIRST }, { .type = NULL, .first = FIRST, .last = FIRST },
    { .type = "infusion", .first = FIRST, .last = FIRST - 1 }, { .type = "infusion", .first = FIRST, .last = FIRST + 1000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (desk_free_slots (fixture->db, &wrong[i], 0, &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
    }
}

/* A clinic where the clocks change: the hours of those days are the clock's. */
static void
test_clocks (StoreFixture *fixture, gconstpointer data)
{
  /* Sunday 8 March 2026: the clocks of New York go forward at 2. */
  DeskSlotSearch search = { .type = "consultation", .first = 20520, .last = 20520, .limit = 1 };
  g_autoptr (GError) error = NULL;

  store_exec (fixture, "UPDATE clinic SET zone = 'America/New_York', closed_weekdays = ''; UPDATE visit_type SET needs = '' WHERE code = 'consultation'");
  g_autoptr (GPtrArray) slots = desk_free_slots (fixture->db, &search, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((DeskFreeSlot *) slots->pdata[0])->starts_at, ==, (gint64) 20520 * 86400 + (9 + 4) * 3600);
}

static void
test_acts (StoreFixture *fixture, gconstpointer data)
{
  DeskTimeBlock block = { .kind = (char *) "meeting", .first = FIRST, .last = FIRST, .weekdays = (char *) "1234567", .from = 540, .until = 600 };
  DeskTimeBlock stale;
  DeskOpening opening = { 3, 600, 900 };
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_time_block_save (fixture->db, &block, &error));
  stale = block;
  block.until = 660;
  g_assert_true (desk_time_block_save (fixture->db, &block, &error));
  g_assert_cmpint (block.version, ==, 2);
  g_assert_false (desk_time_block_save (fixture->db, &stale, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (desk_time_block_remove (fixture->db, &block, 1000, &error));
  g_assert_null (desk_time_block_load (fixture->db, block.id, NULL));
  g_assert_false (desk_time_block_remove (fixture->db, &block, 1000, NULL));
  g_assert_true (desk_time_block_restore (fixture->db, &block, &error));
  g_assert_false (desk_time_block_restore (fixture->db, &block, NULL));
  g_autoptr (DeskTimeBlock) back = desk_time_block_load (fixture->db, block.id, &error);
  g_assert_cmpint (back->until, ==, 660);
  g_autoptr (GPtrArray) blocks = desk_time_block_list (fixture->db, FIRST, FIRST, &error);
  g_assert_cmpuint (blocks->len, ==, 3);

  g_assert_true (desk_opening_save (fixture->db, &opening, &error));
  g_assert_true (desk_open_day_add (fixture->db, FIRST + 30, "Sunday clinic", &error));
  g_assert_false (desk_open_day_remove (fixture->db, FIRST + 30, FIRST + 31, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (desk_open_day_remove (fixture->db, FIRST + 30, FIRST, &error));
  g_assert_false (desk_open_day_remove (fixture->db, FIRST + 30, FIRST, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
  g_autoptr (DeskHours) hours = desk_hours_load (fixture->db, FIRST, FIRST, NULL);
  g_assert_cmpint (desk_hours_of_day (hours, FIRST).opens, ==, 600);
  g_assert_true (desk_opening_remove (fixture->db, 3, NULL));
  g_autoptr (DeskHours) usual = desk_hours_load (fixture->db, FIRST, FIRST, NULL);
  g_assert_cmpint (desk_hours_of_day (usual, FIRST).opens, ==, 540);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("/free-slots/random", test_random);
  ADD ("/free-slots/booked", test_booked);
  ADD ("/free-slots/wrong", test_wrong);
  ADD ("/free-slots/clocks", test_clocks);
  ADD ("/free-slots/acts", test_acts);
  return g_test_run ();
}
