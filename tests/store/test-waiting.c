/* Slots that come free, who is asked, filling them and taking that back; calls that are due; what was agreed on the wall. */
#include "store-fixture.h"

#include "desk-book.h"
#include "desk-clinics.h"
#include "desk-clock.h"
#include "desk-clocks.h"
#include "desk-freed.h"
#include "desk-holiday.h"
#include "desk-recalls.h"
#include "desk-book-private.h"
#include "desk-waitings.h"

#define CHAIR 1
#define HOUR 3600

static GTimeZone *tokyo;

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* A working day at least so many days ahead. */
static DeskDay
ahead (int days)
{
  DeskDay day = desk_instant_day (now (), tokyo) + days;

  while (desk_day_weekday (day) >= 6 || desk_holiday_name (day, FALSE))
    day++;
  return day;
}

static gint64
at (int days, int hour)
{
  return desk_instant_at (ahead (days), hour * 60, tokyo);
}

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "INSERT INTO clinic (id, uuid, name, name_ja, closed_weekdays) VALUES (1, 'u', 'Clinic', 'クリニック', '67');"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Dr Abe', 'physician'), (2, 'Nurse Baba', 'nurse');"
              "INSERT INTO resource (id, kind, name, staff_id, position) VALUES (1, 'chair', 'Chair 1', NULL, 1),"
              " (2, 'staff', 'Dr Abe', 1, 2);"
              "INSERT INTO patient (id, chart, family, given, zone, created_at, updated_at)"
              " VALUES (1, 'C1', 'NGUYEN', 'VAN AN', 'Asia/Ho_Chi_Minh', 0, 0), (2, 'C2', 'PARK', 'JIYOUNG', '', 0, 0),"
              " (3, 'C3', 'SMITH', 'ANN', 'America/New_York', 0, 0), (4, 'C4', 'LEE', 'MIN', '', 0, 0)");
  desk_db_set_actor (fixture->db, 2, "test");
}

static gint64
value (StoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 out = -1;

  if (!desk_db_value (fixture->db, &out, &error, sql, ""))
    g_error ("%s", error->message);
  return out;
}

static DeskVisit *
book (StoreFixture *fixture, gint64 patient, const char *type, gint64 starts, gint64 resource)
{
  g_autoptr (GError) error = NULL;
  DeskVisit *visit = g_new0 (DeskVisit, 1);
  DeskVisitType infusion = { .minutes = 60, .before = 15, .after = 15 };

  visit->patient_id = patient;
  visit->type = g_strdup (type);
  visit->status = g_strdup ("booked");
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (visit->resources, resource);
  desk_visit_set_time (visit, &infusion, starts, 0);
  if (!desk_visit_save (fixture->db, visit, &error))
    g_error ("%s", error->message);
  store_exec (fixture, "UPDATE visit SET created_at = 0"); /* what is taken back at once leaves nothing */
  return visit;
}

static void
step (StoreFixture *fixture, DeskVisit *visit, const char *status)
{
  g_autoptr (GError) error = NULL;

  if (!desk_visit_set_status (fixture->db, visit, status, &error))
    g_error ("%s", error->message);
}

static void
move (StoreFixture *fixture, DeskVisit *visit, gint64 starts)
{
  g_autoptr (GError) error = NULL;
  DeskVisitType infusion = { .minutes = 60, .before = 15, .after = 15 };

  desk_visit_set_time (visit, &infusion, starts, 0);
  if (!desk_visit_save (fixture->db, visit, &error))
    g_error ("%s", error->message);
}

static gint64
n_open (StoreFixture *fixture)
{
  return value (fixture, "SELECT count (*) FROM freed_slot WHERE closed_at IS NULL");
}

static DeskWaiting *
wait_for (StoreFixture *fixture, gint64 patient, int priority)
{
  g_autoptr (GError) error = NULL;
  DeskWaiting *waiting = desk_waiting_new (patient, "infusion");

  waiting->priority = priority;
  if (!desk_waiting_save (fixture->db, waiting, &error))
    g_error ("%s", error->message);
  return waiting;
}

/* Whatever the road, one freed slot; and none where nothing came free. */
static void
test_freed_roads (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskVisit) visit = book (fixture, 1, "infusion", at (10, 10), CHAIR);

  step (fixture, visit, "cancelled_patient");
  g_assert_cmpint (n_open (fixture), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT starts_at FROM freed_slot WHERE closed_at IS NULL"), ==, at (10, 10));
  step (fixture, visit, "booked"); /* undo */
  g_assert_cmpint (n_open (fixture), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM freed_slot WHERE outcome = 'not_needed'"), ==, 1);

  move (fixture, visit, at (10, 10) + HOUR / 2); /* half of it is still taken */
  g_assert_cmpint (n_open (fixture), ==, 0);
  move (fixture, visit, at (10, 15));
  g_assert_cmpint (n_open (fixture), ==, 1);
  move (fixture, visit, at (10, 10) + HOUR / 2); /* and back: nothing came free in the afternoon */
  g_assert_cmpint (n_open (fixture), ==, 0);

  step (fixture, visit, "confirmed");
  step (fixture, visit, "no_show");
  g_assert_cmpint (n_open (fixture), ==, 1);
}

/* Moved in one go, as a ripple or a swap does it. */
static void
move_all (StoreFixture *fixture, DeskVisit *a, gint64 a_starts, DeskVisit *b, gint64 b_starts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) both = g_ptr_array_new ();
  DeskVisitType infusion = { .minutes = 60, .before = 15, .after = 15 };
  gint64 versions[2];

  desk_visit_set_time (a, &infusion, a_starts, 0);
  desk_visit_set_time (b, &infusion, b_starts, 0);
  g_ptr_array_add (both, a);
  g_ptr_array_add (both, b);
  g_autoptr (DeskTxn) txn = desk_txn_begin (fixture->db, &error);
  if (!txn || !desk_visits_write_moved (txn, fixture->db, both, versions, &error) || !desk_txn_commit (txn, &error))
    g_error ("%s", error->message);
  a->version = versions[0];
  b->version = versions[1];
}

/* All together and back, or one for the other: nobody is asked in vain. What is booked and taken back at once, neither. */
static void
test_freed_together (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskVisit) a = book (fixture, 1, "infusion", at (10, 10), CHAIR), b = book (fixture, 2, "infusion", at (10, 14), CHAIR);

  move_all (fixture, a, at (20, 10), b, at (20, 14));
  g_assert_cmpint (n_open (fixture), ==, 2);
  move_all (fixture, a, at (10, 10), b, at (10, 14));
  g_assert_cmpint (n_open (fixture), ==, 0);
  move_all (fixture, a, at (10, 14), b, at (10, 10));
  g_assert_cmpint (n_open (fixture), ==, 0);

  store_exec (fixture, "UPDATE visit SET created_at = unixepoch ()");
  step (fixture, a, "cancelled_clinic");
  g_assert_cmpint (n_open (fixture), ==, 0);
  step (fixture, b, "proposed"); /* a plan that is taken back */
  g_assert_cmpint (n_open (fixture), ==, 0);
}

static void
test_freed_not (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskVisit) past = book (fixture, 1, "infusion", at (-10, 10), CHAIR);
  g_autoptr (DeskVisit) note = book (fixture, 2, "infusion", at (10, 10), CHAIR);
  g_autoptr (GError) error = NULL;

  step (fixture, past, "no_show");
  g_free (note->note);
  note->note = g_strdup ("brings her sister");
  g_assert_true (desk_visit_save (fixture->db, note, &error));
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM freed_slot"), ==, 0);

  /* Until now it was free; nobody is asked any more. */
  step (fixture, note, "cancelled_clinic");
  g_autoptr (GPtrArray) open = desk_freed_list (fixture->db, now (), &error);
  g_autoptr (GPtrArray) later = desk_freed_list (fixture->db, at (10, 10), &error);
  guint n_closed;
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpuint (later->len, ==, 0);
  g_assert_true (desk_freed_tidy (fixture->db, at (10, 10) - 1, &n_closed, &error));
  g_assert_cmpuint (n_closed, ==, 0);
  g_assert_true (desk_freed_tidy (fixture->db, at (10, 10), &n_closed, &error));
  g_assert_cmpuint (n_closed, ==, 1);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM freed_slot WHERE outcome = 'past'"), ==, 1);
}

static void
assert_order (const DeskFreedLook *look, const gint64 *patients, guint n)
{
  g_assert_cmpuint (look->n_fits, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (g_array_index (look->fits, DeskWaitingFit, i).waiting->patient_id, ==, patients[i]);
}

/* Who fits is named in order; one is booked, and all of it taken back. */
static void
test_fill (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) visit = book (fixture, 1, "infusion", at (10, 10), CHAIR);
  g_autoptr (DeskWaiting) own = wait_for (fixture, 1, 1), second = wait_for (fixture, 2, 2), first = wait_for (fixture, 3, 1);
  g_autoptr (DeskWaiting) busy = wait_for (fixture, 4, 1);
  g_autoptr (DeskVisit) other = book (fixture, 4, "consultation", at (10, 10), 2);

  step (fixture, visit, "cancelled_late");
  g_autoptr (DeskFreedLook) look = desk_freed_look (fixture->db, value (fixture, "SELECT id FROM freed_slot"), now (), &error);
  g_assert_no_error (error);
  g_assert_true (look->free);
  g_assert_cmpuint (look->fits->len, ==, 4);
  assert_order (look, (gint64[]) { 3, 2 }, 2);

  const DeskWaiting *chosen = g_array_index (look->fits, DeskWaitingFit, 0).waiting;
  g_autoptr (DeskVisit) wanted = desk_freed_wanted (fixture->db, look->slot, chosen, now (), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wanted->resources->len, ==, 1);
  g_assert_true (desk_freed_fill (fixture->db, look->slot, chosen, wanted, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_open (fixture), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM waiting WHERE patient_id = 3 AND outcome = 'booked'"), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT v.patient_id FROM freed_slot f JOIN visit v ON v.id = f.filled_by"), ==, 3);

  /* A second desk with the same list comes too late, and writes nothing. */
  const DeskWaiting *late = g_array_index (look->fits, DeskWaitingFit, 1).waiting;
  g_autoptr (DeskVisit) again = desk_freed_wanted (fixture->db, look->slot, late, now (), &error);
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "freed-taken");
  g_assert_null (again);
  g_clear_error (&error);

  g_assert_true (desk_freed_unfill (fixture->db, look->slot->id, chosen->id, wanted, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_open (fixture), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM freed_slot"), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM waiting WHERE patient_id = 3 AND closed_at IS NULL"), ==, 1);
}

/* Who would rather be earlier is moved, and leaves a slot of their own. */
static void
test_earlier (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) visit = book (fixture, 1, "infusion", at (10, 10), CHAIR), theirs = book (fixture, 2, "infusion", at (20, 10), CHAIR);
  g_autoptr (DeskWaiting) waiting = desk_waiting_new (2, "infusion");

  waiting->visit_id = theirs->id;
  g_assert_true (desk_waiting_save (fixture->db, waiting, &error));
  step (fixture, visit, "cancelled_patient");
  g_autoptr (DeskFreedLook) look = desk_freed_look (fixture->db, value (fixture, "SELECT id FROM freed_slot"), now (), &error);
  assert_order (look, (gint64[]) { 2 }, 1);
  const DeskWaiting *chosen = g_array_index (look->fits, DeskWaitingFit, 0).waiting;
  g_autoptr (DeskVisit) wanted = desk_freed_wanted (fixture->db, look->slot, chosen, now (), &error);
  g_autoptr (DeskVisit) before = desk_visit_load (fixture->db, theirs->id, &error);
  g_assert_cmpint (wanted->id, ==, theirs->id);
  g_assert_true (desk_freed_fill (fixture->db, look->slot, chosen, wanted, &error));
  g_assert_no_error (error);
  g_assert_cmpint (value (fixture, "SELECT starts_at FROM freed_slot WHERE closed_at IS NULL"), ==, at (20, 10));

  g_assert_true (desk_freed_unfill (fixture->db, look->slot->id, chosen->id, wanted, before, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_open (fixture), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT starts_at FROM freed_slot WHERE closed_at IS NULL"), ==, at (10, 10));
}

static void
test_waiting (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskWaiting) waiting = wait_for (fixture, 2, 2), stale = desk_waiting_copy (waiting);

  waiting->first_day = ahead (3);
  waiting->from_minute = 600;
  g_free (waiting->weekdays);
  waiting->weekdays = g_strdup ("24");
  g_assert_true (desk_waiting_save (fixture->db, waiting, &error));
  g_assert_false (desk_waiting_save (fixture->db, stale, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autoptr (DeskWaiting) loaded = desk_waiting_load (fixture->db, waiting->id, &error);
  g_assert_cmpint (loaded->first_day, ==, waiting->first_day);
  g_assert_cmpint (loaded->last_day, ==, DESK_DAY_NONE);
  g_assert_cmpint (loaded->from_minute, ==, 600);
  g_assert_cmpstr (loaded->weekdays, ==, "24");
  g_assert_cmpstr (loaded->patient_name, ==, "PARK JIYOUNG");

  g_assert_true (desk_waiting_close (fixture->db, waiting->id, &waiting->version, "declined", &error));
  waiting->priority = 1;
  g_assert_false (desk_waiting_save (fixture->db, waiting, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_autoptr (GPtrArray) open = desk_waiting_list (fixture->db, FALSE, &error), all = desk_waiting_list (fixture->db, TRUE, &error);
  g_assert_cmpuint (open->len, ==, 0);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_true (desk_waiting_close (fixture->db, waiting->id, &waiting->version, "", &error));
  g_autoptr (GPtrArray) again = desk_waiting_of_patient (fixture->db, 2, &error);
  g_assert_cmpuint (again->len, ==, 1);

  waiting->priority = 7;
  g_assert_false (desk_waiting_save (fixture->db, waiting, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
}

static void
test_recalls (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskDay today = desk_instant_day (now (), tokyo), oldest;
  DeskRecall by_hand = { .patient_id = 1, .kind = (char *) "other", .due = today, .note = (char *) "asks for the invoice" };
  gint64 n_due;

  g_assert_true (desk_recall_add (fixture->db, &by_hand, &error));
  g_assert_true (desk_recall_try (fixture->db, by_hand.id, &by_hand.version, "phone", "no_answer", "", today + 1, NULL, &error));
  g_assert_true (desk_recall_count (fixture->db, today, &n_due, &oldest, &error));
  g_assert_cmpint (n_due, ==, 0);
  g_assert_true (desk_recall_count (fixture->db, today + 1, &n_due, &oldest, &error));
  g_assert_cmpint (n_due, ==, 1);
  g_assert_cmpint (oldest, ==, today + 1);
  g_assert_true (desk_recall_try (fixture->db, by_hand.id, &by_hand.version, "mail", "reached", "sent it", today, "reached", &error));

  g_autoptr (DeskRecall) loaded = desk_recall_load (fixture->db, by_hand.id, &error);
  g_autoptr (GPtrArray) attempts = desk_recall_attempts (fixture->db, by_hand.id, &error);
  g_assert_cmpstr (loaded->outcome, ==, "reached");
  g_assert_cmpint (loaded->attempts, ==, 2);
  g_assert_cmpstr (loaded->last_way, ==, "mail");
  g_assert_cmpuint (attempts->len, ==, 2);
  g_assert_cmpstr (((DeskRecallAttempt *) attempts->pdata[0])->by, ==, "Nurse Baba");

  g_assert_false (desk_recall_try (fixture->db, by_hand.id, &by_hand.version, "phone", "reached", "", today, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (desk_recall_close (fixture->db, by_hand.id, &by_hand.version, "", &error));
  g_assert_true (desk_recall_count (fixture->db, today, &n_due, &oldest, &error));
  g_assert_cmpint (n_due, ==, 1);
}

static gint64
n_recalls (StoreFixture *fixture, const char *kind)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  if (!desk_db_value (fixture->db, &n, &error, "SELECT count (*) FROM recall WHERE kind = $1 AND closed_at IS NULL", "t", kind))
    g_error ("%s", error->message);
  return n;
}

static void
make (StoreFixture *fixture, guint expected)
{
  g_autoptr (GError) error = NULL;
  guint n_made;

  if (!desk_recalls_make (fixture->db, now (), &n_made, &error))
    g_error ("%s", error->message);
  g_assert_cmpuint (n_made, ==, expected);
}

/* A draw whose tests do not stand makes one call, once, which goes when the draw does. */
static void
test_made_viral (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskVisit) draw = book (fixture, 2, "blood_draw", at (20, 10), CHAIR);

  make (fixture, 1);
  make (fixture, 0);
  g_assert_cmpint (n_recalls (fixture, "viral"), ==, 1);
  step (fixture, draw, "cancelled_patient");
  make (fixture, 0);
  g_assert_cmpint (n_recalls (fixture, "viral"), ==, 0);
}

static void
test_rules (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rules = desk_recall_rules (fixture->db, &error);
  DeskRecallRule more = { "follow_up", 30 };
  g_autoptr (DeskVisit) draw = book (fixture, 2, "blood_draw", at (20, 10), CHAIR);

  g_assert_cmpuint (rules->len, ==, 5);
  g_array_set_size (rules, 0);
  g_array_append_val (rules, more);
  g_assert_true (desk_recall_rules_save (fixture->db, rules, &error));
  g_autoptr (GArray) again = desk_recall_rules (fixture->db, &error);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_cmpint (g_array_index (again, DeskRecallRule, 0).days, ==, 30);
  make (fixture, 0); /* nobody is called for tests now */
}

/* Kept as a time on the clinic's wall unless another was agreed; follows a move; found when the zone's rules changed. */
static void
test_wall (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) call = book (fixture, 3, "remote", at (10, 10), 2), here = book (fixture, 1, "infusion", at (10, 14), CHAIR);
  g_autofree char *wall = desk_wall_of (at (10, 10), tokyo);
  g_autoptr (GTimeZone) york = g_time_zone_new_identifier ("America/New_York");

  g_assert_cmpstr (call->wall, ==, wall);
  g_assert_cmpstr (call->wall_zone, ==, "Asia/Tokyo");
  g_assert_cmpstr (call->their_zone, ==, "America/New_York");
  g_assert_cmpstr (here->wall, ==, "");
  move (fixture, call, at (11, 9));
  g_autoptr (DeskVisit) moved = desk_visit_load (fixture->db, call->id, &error);
  g_autofree char *later = desk_wall_of (at (11, 9), tokyo);
  g_assert_cmpstr (moved->wall, ==, later);

  /* Agreed in the patient's zone. */
  g_free (moved->wall);
  g_free (moved->wall_zone);
  moved->wall = desk_wall_of (moved->starts_at, york);
  moved->wall_zone = g_strdup ("America/New_York");
  g_assert_true (desk_visit_save (fixture->db, moved, &error));
  g_assert_cmpstr (moved->wall_zone, ==, "America/New_York");
  g_autoptr (GPtrArray) none = desk_clock_stale_list (fixture->db, now (), &error);
  g_assert_cmpuint (none->len, ==, 0);

  /* As if New York had given up an hour since: the instant is what the old rules made of it. */
  store_exec (fixture, "UPDATE visit SET starts_at = starts_at + 3600, ends_at = ends_at + 3600, busy_from = busy_from + 3600,"
                       " busy_until = busy_until + 3600 WHERE type = 'remote'");
  g_autoptr (GPtrArray) stale = desk_clock_stale_list (fixture->db, now (), &error);
  g_assert_cmpuint (stale->len, ==, 1);
  const DeskClockStale *found = stale->pdata[0];
  g_assert_cmpint (found->should_be, ==, at (11, 9));
  g_assert_false (found->gap);

  /* A word more in its note does not make the wrong time the agreed one. */
  g_autoptr (DeskVisit) noted = desk_visit_load (fixture->db, call->id, &error);
  g_free (noted->note);
  noted->note = g_strdup ("with interpreter");
  g_assert_true (desk_visit_save (fixture->db, noted, &error));
  g_autoptr (GPtrArray) still = desk_clock_stale_list (fixture->db, now (), &error);
  g_assert_cmpuint (still->len, ==, 1);

  g_autoptr (DeskVisit) mended = NULL;
  g_assert_false (desk_clock_mend (fixture->db, call->id, found->version - 1, &mended, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (desk_clock_mend (fixture->db, call->id, noted->version, &mended, &error));
  g_assert_no_error (error);
  g_assert_cmpint (mended->starts_at, ==, at (11, 9));
  g_autoptr (GPtrArray) gone = desk_clock_stale_list (fixture->db, now (), &error);
  g_assert_cmpuint (gone->len, ==, 0);
}

static void
test_wall_missing (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) call = book (fixture, 3, "remote", at (10, 10), 2);
  guint n_filled;

  store_exec (fixture, "UPDATE visit SET wall = '', wall_zone = '', their_zone = ''");
  g_assert_true (desk_clock_fill_missing (fixture->db, now (), &n_filled, &error));
  g_assert_cmpuint (n_filled, ==, 1);
  g_assert_true (desk_clock_fill_missing (fixture->db, now (), &n_filled, &error));
  g_assert_cmpuint (n_filled, ==, 0);
  g_autoptr (DeskVisit) loaded = desk_visit_load (fixture->db, call->id, &error);
  g_assert_cmpstr (loaded->wall, ==, call->wall);
  g_assert_cmpstr (loaded->their_zone, ==, "America/New_York");
}

#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tokyo = g_time_zone_new_identifier ("Asia/Tokyo");
  ADD ("/freed/roads", test_freed_roads);
  ADD ("/freed/together", test_freed_together);
  ADD ("/freed/not", test_freed_not);
  ADD ("/freed/fill", test_fill);
  ADD ("/freed/earlier", test_earlier);
  ADD ("/waiting/list", test_waiting);
  ADD ("/recalls/tries", test_recalls);
  ADD ("/recalls/viral", test_made_viral);
  ADD ("/recalls/rules", test_rules);
  ADD ("/clocks/wall", test_wall);
  ADD ("/clocks/missing", test_wall_missing);
  int result = g_test_run ();
  g_time_zone_unref (tokyo);
  return result;
}
