/* Who fits a slot that came free, and who is asked first. */
#include "desk-recall.h"
#include "desk-waiting.h"

#define TODAY desk_day_from_ymd (2026, 11, 25)

static GTimeZone *tokyo;

/* Thursday 3 December 2026, 10:00–11:00: an infusion of patient 9. */
static DeskFreedSlot
a_slot (void)
{
  gint64 starts = desk_instant_at (desk_day_from_ymd (2026, 12, 3), 600, tokyo);

  return (DeskFreedSlot) { .id = 1, .visit_id = 90, .patient_id = 9, .type = (char *) "infusion", .starts_at = starts,
                           .ends_at = starts + 3600 };
}

static gint64
now (void)
{
  return desk_instant_at (TODAY, 15 * 60, tokyo);
}

static void
test_misses (void)
{
  static const struct
  {
    const char *what, *type, *weekdays;
    int first, last; /* days after 3 December, 99 for none */
    int from, until, notice;
    gint64 visit_id;
    int visit_days; /* after the slot, 0 for no visit */
    gint64 patient_id;
    guint known, misses;
  } cases[] = {
    { "whoever can always come", "infusion", "1234567", 99, 99, 0, 1440, 0, 0, 0, 1, 0, 0 },
    { "another kind", "apheresis", "1234567", 99, 99, 0, 1440, 0, 0, 0, 1, 0, DESK_WAITING_TYPE },
    { "from that day on", "infusion", "1234567", 0, 99, 0, 1440, 0, 0, 0, 1, 0, 0 },
    { "from the day after", "infusion", "1234567", 1, 99, 0, 1440, 0, 0, 0, 1, 0, DESK_WAITING_DAY },
    { "until that day", "infusion", "1234567", 99, 0, 0, 1440, 0, 0, 0, 1, 0, 0 },
    { "until the day before", "infusion", "1234567", 99, -1, 0, 1440, 0, 0, 0, 1, 0, DESK_WAITING_DAY },
    { "Thursdays", "infusion", "4", 99, 99, 0, 1440, 0, 0, 0, 1, 0, 0 },
    { "not on Thursdays", "infusion", "123567", 99, 99, 0, 1440, 0, 0, 0, 1, 0, DESK_WAITING_WEEKDAY },
    { "from ten to eleven", "infusion", "1234567", 99, 99, 600, 660, 0, 0, 0, 1, 0, 0 },
    { "from five past ten", "infusion", "1234567", 99, 99, 605, 1440, 0, 0, 0, 1, 0, DESK_WAITING_TIME },
    { "until five to eleven", "infusion", "1234567", 99, 99, 0, 655, 0, 0, 0, 1, 0, DESK_WAITING_TIME },
    { "eight days of notice", "infusion", "1234567", 99, 99, 0, 1440, 8, 0, 0, 1, 0, 0 },
    { "nine days of notice", "infusion", "1234567", 99, 99, 0, 1440, 9, 0, 0, 1, 0, DESK_WAITING_NOTICE },
    { "has one a week later", "infusion", "1234567", 99, 99, 0, 1440, 0, 7, 7, 1, 0, 0 },
    { "has one a day before", "infusion", "1234567", 99, 99, 0, 1440, 0, 7, -1, 1, 0, DESK_WAITING_LATER },
    { "gave it up himself", "infusion", "1234567", 99, 99, 0, 1440, 0, 0, 0, 9, 0, DESK_WAITING_SAME },
    { "in chemotherapy", "infusion", "1234567", 99, 99, 0, 1440, 0, 0, 0, 1, DESK_WAITING_BLACKOUT, DESK_WAITING_BLACKOUT },
    { "papers old, not here", "infusion", "1234567", 99, 99, 0, 1440, 0, 0, 0, 1, DESK_WAITING_GATE | DESK_WAITING_STAY,
      DESK_WAITING_GATE | DESK_WAITING_STAY },
  };
  DeskFreedSlot slot = a_slot ();
  DeskDay day = desk_instant_day (slot.starts_at, tokyo);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskWaiting waiting = { .patient_id = cases[i].patient_id, .type = (char *) cases[i].type, .visit_id = cases[i].visit_id,
                              .first_day = cases[i].first == 99 ? DESK_DAY_NONE : day + cases[i].first,
                              .last_day = cases[i].last == 99 ? DESK_DAY_NONE : day + cases[i].last,
                              .from_minute = cases[i].from, .until_minute = cases[i].until,
                              .weekdays = (char *) cases[i].weekdays, .notice_days = cases[i].notice, .priority = 2,
                              .visit_starts_at = cases[i].visit_days ? slot.starts_at + cases[i].visit_days * 86400 : 0 };

      g_test_message ("%s", cases[i].what);
      g_assert_cmpuint (desk_waiting_misses (&waiting, &slot, cases[i].known, tokyo, now ()), ==, cases[i].misses);
    }
}

static void
test_past (void)
{
  g_autoptr (DeskWaiting) waiting = desk_waiting_new (1, "infusion");
  DeskFreedSlot slot = a_slot ();

  g_assert_cmpuint (desk_waiting_misses (waiting, &slot, 0, tokyo, slot.starts_at - 1), ==, 0);
  g_assert_cmpuint (desk_waiting_misses (waiting, &slot, 0, tokyo, slot.starts_at), ==, DESK_WAITING_NOTICE);
}

static void
test_rank (void)
{
  static const struct
  {
    int priority;
    gint64 added_at;
    guint known;
    int place;
  } people[] = {
    { 2, 100, 0, 2 }, { 1, 300, 0, 1 }, { 1, 200, 0, 0 }, { 1, 50, DESK_WAITING_GATE, 4 }, { 3, 10, 0, 3 }, { 1, 1, DESK_WAITING_BUSY, 6 },
    { 2, 5, DESK_WAITING_STAY, 5 },
  };
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_waiting_free);
  g_autoptr (GArray) fits = g_array_new (FALSE, FALSE, sizeof (DeskWaitingFit));
  DeskFreedSlot slot = a_slot ();

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      DeskWaiting *waiting = desk_waiting_new (i + 1, "infusion");

      waiting->id = i + 1;
      waiting->priority = people[i].priority;
      waiting->added_at = people[i].added_at;
      g_ptr_array_add (all, waiting);
      DeskWaitingFit fit = { waiting, people[i].known, 0, FALSE };
      g_array_append_val (fits, fit);
    }
  desk_waiting_rank (fits, &slot, tokyo, now ());
  for (guint i = 0; i < fits->len; i++)
    {
      const DeskWaitingFit *fit = &g_array_index (fits, DeskWaitingFit, i);

      g_assert_cmpint (people[fit->waiting->id - 1].place, ==, i);
      g_assert_cmpint (fit->fits, ==, !(fit->known & DESK_WAITING_BUSY));
    }
}

static void
test_codes (void)
{
  g_assert_cmpstr (desk_waiting_miss_code (DESK_WAITING_TYPE), ==, "type");
  g_assert_cmpstr (desk_waiting_miss_code (DESK_WAITING_BLACKOUT), ==, "blackout");
  g_assert_cmpstr (desk_waiting_miss_code (DESK_WAITING_GATE), ==, "gate");
}

static void
test_check (void)
{
  g_autoptr (DeskWaiting) waiting = desk_waiting_new (0, "");
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  waiting->first_day = TODAY;
  waiting->last_day = TODAY - 1;
  waiting->from_minute = waiting->until_minute = 600;
  waiting->notice_days = -1;
  waiting->priority = 4;
  g_free (waiting->weekdays);
  waiting->weekdays = g_strdup ("128");
  desk_waiting_check (waiting, problems);
  g_assert_cmpuint (problems->len, ==, 7);

  g_autoptr (DeskWaiting) good = desk_waiting_new (1, "infusion");
  g_autoptr (DeskProblems) none = desk_problems_new ();
  desk_waiting_check (good, none);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_recall_next (void)
{
  g_assert_cmpint (desk_recall_next ("no_answer", 1, TODAY), ==, TODAY + 1);
  g_assert_cmpint (desk_recall_next ("no_answer", 3, TODAY), ==, TODAY + 7);
  g_assert_cmpint (desk_recall_next ("left_word", 2, TODAY), ==, TODAY + 3);
  g_assert_cmpint (desk_recall_next ("wrong_number", 1, TODAY), ==, TODAY);
  g_assert_cmpstr (desk_recall_outcome_of ("reached"), ==, "reached");
  g_assert_null (desk_recall_outcome_of ("left_word"));
}

static void
test_recall_days (void)
{
  static const struct
  {
    const char *text, *days; /* NULL: refused */
  } rows[] = {
    { "1, 7", "1 7" }, { "7,1,7", "1 7" }, { "７、１", "1 7" }, { "", "" }, { "  ", "" }, { NULL, "" }, { "0", "0" }, { "730", "730" },
    { "731", NULL }, { "-1", NULL }, { "1.5", NULL }, { "a week", NULL }, { "99999999999999999999", NULL }, { "\xff", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) days = desk_recall_days_read (rows[i].text);
      g_autoptr (GString) said = g_string_new (NULL);

      for (guint n = 0; days && n < days->len; n++)
        g_string_append_printf (said, "%s%d", n ? " " : "", g_array_index (days, int, n));
      g_assert_cmpstr (days ? said->str : NULL, ==, rows[i].days);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tokyo = g_time_zone_new_identifier ("Asia/Tokyo");
  g_test_add_func ("/waiting/misses", test_misses);
  g_test_add_func ("/waiting/past", test_past);
  g_test_add_func ("/waiting/rank", test_rank);
  g_test_add_func ("/waiting/codes", test_codes);
  g_test_add_func ("/waiting/check", test_check);
  g_test_add_func ("/recall/next", test_recall_next);
  g_test_add_func ("/recall/days", test_recall_days);
  int result = g_test_run ();
  g_time_zone_unref (tokyo);
  return result;
}
