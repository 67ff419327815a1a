/* What a visit runs into, kind by kind, and which of it stops. */
#include "desk-conflict.h"

#define DAY "2026-06-03"

static DeskDay
day (const char *iso)
{
  DeskDay out;

  g_assert_true (desk_day_parse (iso, &out));
  return out;
}

static GTimeZone *
tokyo (void)
{
  GTimeZone *zone = g_time_zone_new_identifier ("Asia/Tokyo");

  g_assert_nonnull (zone);
  return zone;
}

typedef struct
{
  gint64 id, patient, resource;
  const char *status;
  int from, until, before, after;
} Box;

static DeskVisit *
visit_of (const Box *box, const char *iso, GTimeZone *zone)
{
  DeskVisit *visit = g_new0 (DeskVisit, 1);

  visit->id = box->id;
  visit->patient_id = box->patient;
  visit->status = g_strdup (box->status);
  visit->patient_name = g_strdup ("OTHER");
  visit->starts_at = desk_instant_at (day (iso), box->from, zone);
  visit->ends_at = desk_instant_at (day (iso), box->until, zone);
  visit->busy_from = visit->starts_at - box->before * 60;
  visit->busy_until = visit->ends_at + box->after * 60;
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (box->resource)
    g_array_append_val (visit->resources, box->resource);
  return visit;
}

#define WANTED(r, from, until) { 0, 1, r, "booked", from, until, 15, 15 }

static const struct
{
  const char *label, *day, *closed;
  Box wanted, other;
  const char *conflicts; /* letters in the order of the kinds: stafF Room Patient Dose Quantity Closed Hours Block Needs Time */
  gboolean blocks;
} cases[] = {
  { "free", DAY, NULL, WANTED (10, 600, 660), { 0 }, "", FALSE },
  { "same chair, same time", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "booked", 600, 660, 15, 15 }, "R", TRUE },
  { "buffers meet", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "booked", 690, 750, 15, 15 }, "", FALSE },
  { "buffers overlap", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "booked", 685, 750, 15, 15 }, "R", TRUE },
  { "before, meets", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "booked", 540, 570, 15, 15 }, "", FALSE },
  { "before, overlaps", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "booked", 540, 575, 15, 15 }, "R", TRUE },
  { "other chair", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 11, "booked", 600, 660, 15, 15 }, "", FALSE },
  { "cancelled", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "cancelled_late", 600, 660, 15, 15 }, "", FALSE },
  { "no show", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "no_show", 600, 660, 15, 15 }, "", FALSE },
  { "proposed", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "proposed", 600, 660, 15, 15 }, "", FALSE },
  { "done still counts", DAY, NULL, WANTED (10, 600, 660), { 2, 2, 10, "done", 600, 660, 15, 15 }, "R", TRUE },
  { "patient elsewhere", DAY, NULL, WANTED (10, 600, 660), { 2, 1, 11, "booked", 655, 700, 0, 0 }, "P", TRUE },
  { "patient goes on at once", DAY, NULL, WANTED (10, 600, 660), { 2, 1, 11, "booked", 660, 700, 15, 15 }, "", FALSE },
  { "somebody is taken", DAY, NULL, WANTED (14, 600, 660), { 2, 2, 14, "held", 600, 660, 15, 15 }, "FN", TRUE },
  { "both", DAY, NULL, WANTED (10, 600, 660), { 2, 1, 10, "booked", 630, 700, 15, 15 }, "RP", TRUE },
  { "no chair", DAY, NULL, WANTED (0, 600, 660), { 0 }, "N", FALSE },
  { "a room is no chair", DAY, NULL, WANTED (12, 600, 660), { 0 }, "N", FALSE },
  { "a chair out of service", DAY, NULL, WANTED (13, 600, 660), { 0 }, "N", FALSE },
  { "first and last minute", DAY, NULL, WANTED (10, 540, 1080), { 0 }, "", FALSE },
  { "too early", DAY, NULL, WANTED (10, 535, 600), { 0 }, "H", FALSE },
  { "too late", DAY, NULL, WANTED (10, 1030, 1085), { 0 }, "H", FALSE },
  { "Sunday", "2026-06-07", NULL, WANTED (10, 600, 660), { 0 }, "C", FALSE },
  { "holiday", "2026-09-22", NULL, WANTED (10, 600, 660), { 0 }, "C", FALSE },
  { "closed once", DAY, "Moving house", WANTED (10, 600, 660), { 0 }, "C", FALSE },
  { "past", "2026-05-29", NULL, WANTED (10, 600, 660), { 0 }, "T", FALSE },
};

static GPtrArray *
some_resources (void)
{
  static const struct
  {
    gint64 id;
    const char *kind;
    gboolean active;
  } rows[] = { { 10, "chair", TRUE }, { 11, "chair", TRUE }, { 12, "room", TRUE }, { 13, "chair", FALSE }, { 14, "staff", TRUE } };
  GPtrArray *resources = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_resource_free);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskResource *resource = g_new0 (DeskResource, 1);

      *resource = (DeskResource) { .id = rows[i].id, .kind = g_strdup (rows[i].kind), .active = rows[i].active };
      g_ptr_array_add (resources, resource);
    }
  return resources;
}

/* One letter a conflict, in their order. */
static char *
letters_of (const GPtrArray *conflicts)
{
  static const char letters[] = "FRPDQCHBNTGSKO";
  GString *found = g_string_new (NULL);

  G_STATIC_ASSERT (sizeof letters - 1 == DESK_N_CONFLICTS);
  for (guint i = 0; i < conflicts->len; i++)
    g_string_append_c (found, letters[((DeskConflict *) g_ptr_array_index (conflicts, i))->kind]);
  return g_string_free (found, FALSE);
}

static void
test_cases (void)
{
  DeskClinic clinic = { .opens = 540, .closes = 1080, .closed_weekdays = (char *) "7" };
  DeskVisitType type = { .code = (char *) "viral_test", .minutes = 60, .needs = (char *) "chair" };
  g_autoptr (GTimeZone) zone = tokyo ();
  g_autoptr (GPtrArray) resources = some_resources ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskVisit) wanted = visit_of (&cases[i].wanted, cases[i].day, zone);
      g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
      g_autoptr (DeskHours) hours = desk_hours_new (&clinic);
      DeskConflictGround ground = { .wanted = wanted, .type = &type, .zone = zone, .now = desk_instant_at (day ("2026-06-01"), 0, zone),
                                    .others = others, .resources = resources, .hours = hours };

      if (cases[i].other.id)
        g_ptr_array_add (others, visit_of (&cases[i].other, cases[i].day, zone));
      if (cases[i].closed)
        desk_hours_close (hours, day (cases[i].day), cases[i].closed);
      g_autoptr (GPtrArray) conflicts = desk_conflicts_find (&ground);
      g_autofree char *found = letters_of (conflicts);
      g_test_message ("%s", cases[i].label);
      g_assert_cmpstr (found, ==, cases[i].conflicts);
      g_assert_cmpint (desk_conflicts_block (conflicts), ==, cases[i].blocks);
    }
}

/* A visit does not stand in its own way, and a conflict says who and what. */
static void
test_detail (void)
{
  DeskClinic clinic = { .opens = 540, .closes = 1080, .closed_weekdays = (char *) "7" };
  DeskVisitType type = { .code = (char *) "infusion", .minutes = 60 };
  Box box = { 5, 1, 10, "booked", 600, 660, 0, 0 };
  Box other = { 6, 2, 10, "arrived", 630, 690, 0, 0 };
  g_autoptr (GTimeZone) zone = tokyo ();
  g_autoptr (DeskHours) hours = desk_hours_new (&clinic);
  g_autoptr (DeskVisit) wanted = visit_of (&box, "2026-09-22", zone);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
  DeskConflictGround ground = { .wanted = wanted, .type = &type, .zone = zone, .others = others, .hours = hours };

  g_ptr_array_add (others, desk_visit_copy (wanted));
  g_ptr_array_add (others, visit_of (&other, "2026-09-22", zone));
  g_autoptr (GPtrArray) conflicts = desk_conflicts_find (&ground);
  g_assert_cmpuint (conflicts->len, ==, 2);
  const DeskConflict *taken = g_ptr_array_index (conflicts, 0), *closed = g_ptr_array_index (conflicts, 1);
  g_assert_cmpint (taken->kind, ==, DESK_CONFLICT_ROOM);
  g_assert_cmpint (taken->visit_id, ==, 6);
  g_assert_cmpint (taken->resource_id, ==, 10);
  g_assert_cmpint (taken->day, ==, day ("2026-09-22"));
  g_assert_cmpstr (taken->detail, ==, "OTHER");
  g_assert_cmpint (closed->kind, ==, DESK_CONFLICT_CLOSED);
  g_assert_cmpstr (closed->detail, ==, "Citizens' Holiday");

  /* The clinic may open on a holiday: then it is a day like any. */
  desk_hours_open (hours, day ("2026-09-22"), "Overseas patients");
  g_autoptr (GPtrArray) open = desk_conflicts_find (&ground);
  g_assert_cmpuint (open->len, ==, 1);
}

/* Everything but what the database refuses is the clinic's to decide. */
static void
test_rules (void)
{
  DeskConflictRules rules;
  guint always = 0;

  desk_conflict_rules_init (&rules);
  for (guint i = 0; i < DESK_N_CONFLICTS; i++)
    {
      g_assert_cmpint (rules.blocks[i], ==, desk_conflict_always_blocks (i));
      always += desk_conflict_always_blocks (i);
    }
  g_assert_cmpuint (always, ==, 4);

  Box box = { 0, 1, 10, "booked", 600, 660, 0, 0 };
  DeskVisitType type = { .code = (char *) "infusion", .minutes = 60 };
  g_autoptr (GTimeZone) zone = tokyo ();
  g_autoptr (DeskVisit) wanted = visit_of (&box, DAY, zone);
  DeskConflictGround ground = { .wanted = wanted, .type = &type, .zone = zone, .gate = "imaging" };
  g_autoptr (GPtrArray) warns = desk_conflicts_find (&ground);
  g_assert_false (desk_conflicts_block (warns));
  rules.blocks[DESK_CONFLICT_GATE] = TRUE;
  ground.rules = &rules;
  g_autoptr (GPtrArray) stops = desk_conflicts_find (&ground);
  g_assert_cmpuint (stops->len, ==, 1);
  g_assert_true (desk_conflicts_block (stops));
}

/* The one conflict of the ground: its detail, "" without a detail, "none" for no conflict. The caller frees it. */
static char *
only_detail (const DeskConflictGround *ground, DeskConflictKind kind)
{
  g_autoptr (GPtrArray) conflicts = desk_conflicts_find (ground);

  if (conflicts->len == 0)
    return g_strdup ("none");
  const DeskConflict *conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpint (conflict->kind, ==, kind);
  return g_strdup (conflict->detail ? conflict->detail : "");
}

static void
test_doses (void)
{
  static const struct { const char *ready, *last; int until; const char *detail; } rows[] = {
    { NULL, NULL, 0, "none" }, { "2026-06-03", "2026-06-03", 0, "none" }, { "2026-06-04", "2026-07-01", 0, "not-ready D1 2026-06-04" },
    { NULL, "2026-06-02", 0, "expired D1 2026-06-02" }, { NULL, DAY, 600, "expired D1 2026-06-03" }, { NULL, DAY, 605, "none" },
  };
  Box box = { 7, 1, 10, "booked", 600, 660, 0, 0 };
  DeskVisitType type = { .code = (char *) "infusion", .minutes = 60 };
  g_autoptr (GTimeZone) zone = tokyo ();
  g_autoptr (DeskVisit) wanted = visit_of (&box, DAY, zone);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskPromisedDose dose = { "D1", rows[i].ready ? day (rows[i].ready) : DESK_DAY_NONE, rows[i].last ? day (rows[i].last) : DESK_DAY_NONE,
                                rows[i].until ? desk_instant_at (day (DAY), rows[i].until, zone) : 0 };
      g_autoptr (GArray) doses = g_array_new (FALSE, FALSE, sizeof dose);
      DeskConflictGround ground = { .wanted = wanted, .type = &type, .zone = zone, .doses = doses };

      g_array_append_val (doses, dose);
      g_autofree char *detail = only_detail (&ground, DESK_CONFLICT_DOSE);
      g_assert_cmpstr (detail, ==, rows[i].detail);
    }
}

/* Onto the time of the visit another dose is promised to. */
static void
test_other_dose (void)
{
  Box box = { 7, 1, 10, "booked", 600, 660, 0, 0 }, there = { 8, 1, 11, "booked", 630, 690, 0, 0 };
  DeskVisitType type = { .code = (char *) "infusion", .minutes = 60 };
  g_autoptr (GTimeZone) zone = tokyo ();
  g_autoptr (DeskVisit) wanted = visit_of (&box, DAY, zone), other = visit_of (&there, DAY, zone);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  DeskConflictGround ground = { .wanted = wanted, .type = &type, .zone = zone, .others = others };

  other->dose_number = g_strdup ("D9");
  g_ptr_array_add (others, other);
  g_autoptr (GPtrArray) conflicts = desk_conflicts_find (&ground);
  g_autofree char *found = letters_of (conflicts);
  g_assert_cmpstr (found, ==, "PD");
  g_assert_cmpstr (((DeskConflict *) conflicts->pdata[1])->detail, ==, "other D9");
}

static void
test_capacity (void)
{
  /* Others of the type, minutes of the day; on the day before when below 0. */
  static const struct { int per_day, at_once; int others[4][2]; const char *detail; } rows[] = {
    { 0, 0, { { 600, 660 }, { 600, 660 } }, "none" },
    { 2, 0, { { 540, 570 } }, "none" },
    { 2, 0, { { 540, 570 }, { 900, 930 } }, "day 2" },
    { 2, 0, { { -840, -780 }, { 900, 930 } }, "none" },
    { 0, 1, { { 540, 600 }, { 660, 700 } }, "none" },
    { 0, 1, { { 540, 605 } }, "time 1" },
    { 0, 2, { { 540, 630 }, { 630, 700 } }, "none" },     /* one goes as the other comes */
    { 0, 2, { { 540, 635 }, { 630, 700 } }, "time 2" },
    { 0, 3, { { 540, 635 }, { 630, 700 }, { 610, 640 } }, "time 3" },
    { 3, 2, { { 540, 635 }, { 630, 700 }, { 900, 950 } }, "day 3" },
  };
  Box box = { 7, 1, 10, "booked", 600, 660, 0, 0 };
  g_autoptr (GTimeZone) zone = tokyo ();
  g_autoptr (DeskVisit) wanted = visit_of (&box, DAY, zone);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskVisitType type = { .code = (char *) "infusion", .per_day = rows[i].per_day, .at_once = rows[i].at_once };
      g_autoptr (GArray) of_type = g_array_new (FALSE, FALSE, sizeof (DeskVisitTime));
      DeskConflictGround ground = { .wanted = wanted, .type = &type, .zone = zone, .of_type = of_type };

      for (guint k = 0; k < 4 && rows[i].others[k][0]; k++)
        {
          DeskVisitTime time = { desk_instant_at (day (DAY), 0, zone) + rows[i].others[k][0] * 60,
                                 desk_instant_at (day (DAY), 0, zone) + rows[i].others[k][1] * 60 };
          g_array_append_val (of_type, time);
        }
      g_autofree char *detail = only_detail (&ground, DESK_CONFLICT_CAPACITY);
      g_test_message ("row %u", i);
      g_assert_cmpstr (detail, ==, rows[i].detail);
    }
}

static void
test_blocks (void)
{
  /* The visit is from 10:00 to 11:00 on chair 10, which it takes from 9:45 to 11:15. */
  static const struct { gint64 resource; int from, until; const char *weekdays, *detail; } rows[] = {
    { 0, 720, 780, "1234567", "none" },  { 0, 570, 600, "1234567", "none" },  { 0, 660, 720, "1234567", "none" },
    { 0, 570, 605, "1234567", "lunch" }, { 0, 655, 720, "1234567", "lunch" }, { 0, 655, 720, "12", "none" },
    { 10, 570, 585, "3", "none" },       { 10, 570, 590, "3", "lunch" },      { 11, 600, 660, "3", "none" },
  };
  Box box = { 7, 1, 10, "booked", 600, 660, 15, 15 };
  DeskVisitType type = { .code = (char *) "infusion" };
  g_autoptr (GTimeZone) zone = tokyo ();
  g_autoptr (DeskVisit) wanted = visit_of (&box, DAY, zone);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskTimeBlock block = { 1, rows[i].resource, (char *) "lunch", day ("2026-06-01"), day ("2026-06-30"), (char *) rows[i].weekdays,
                              rows[i].from, rows[i].until, (char *) "", 1 };
      g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
      DeskConflictGround ground = { .wanted = wanted, .type = &type, .zone = zone, .blocks = blocks };

      g_ptr_array_add (blocks, &block);
      g_autofree char *detail = only_detail (&ground, DESK_CONFLICT_BLOCK);
      g_test_message ("row %u", i);
      g_assert_cmpstr (g_strchomp (detail), ==, rows[i].detail);
    }
}

static void
test_windows (void)
{
  static const struct { const char *type, *kind, *first, *last; int before, after; const char *detail; } rows[] = {
    { "infusion", "possible", "2026-06-01", "2026-06-30", 0, 0, "none" },
    { "infusion", "chemotherapy", "2026-06-02", "2026-06-03", 0, 0, "chemotherapy 2026-06-02 2026-06-03" },
    { "infusion", "chemotherapy", "2026-06-01", "2026-06-02", 0, 0, "none" },
    { "infusion", "chemotherapy", "2026-06-01", "2026-06-02", 0, 1, "chemotherapy 2026-06-01 2026-06-02" },
    { "blood_draw", "operation", "2026-06-10", "2026-06-10", 7, 0, "operation 2026-06-10 2026-06-10" },
    { "blood_draw", "operation", "2026-06-10", "2026-06-10", 6, 0, "none" },
    { "consultation", "chemotherapy", "2026-06-03", "2026-06-03", 0, 0, "none" },
    { "consultation", "away", "2026-06-03", "2026-06-03", 0, 0, "away 2026-06-03 2026-06-03" },
    { "remote", "away", "2026-06-03", "2026-06-03", 0, 0, "none" },
  };
  Box box = { 7, 1, 10, "booked", 600, 660, 0, 0 };
  g_autoptr (GTimeZone) zone = tokyo ();
  g_autoptr (DeskVisit) wanted = visit_of (&box, DAY, zone);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskVisitType type = { .code = (char *) rows[i].type, .remote = g_str_equal (rows[i].type, "remote") };
      DeskPatientWindow window = { .kind = (char *) rows[i].kind, .first_day = (char *) rows[i].first, .last_day = (char *) rows[i].last,
                                   .days_before = rows[i].before, .days_after = rows[i].after };
      g_autoptr (GPtrArray) windows = g_ptr_array_new ();
      DeskConflictGround ground = { .wanted = wanted, .type = &type, .zone = zone, .windows = windows };

      g_ptr_array_add (windows, &window);
      g_autofree char *detail = only_detail (&ground, DESK_CONFLICT_BLACKOUT);
      g_test_message ("row %u", i);
      g_assert_cmpstr (detail, ==, rows[i].detail);
    }
}

static void
test_course (void)
{
  static const struct { const char *other; gboolean first; const char *detail; } rows[] = {
    { "2026-05-27", TRUE, "none" },  { "2026-05-20", TRUE, "none" },  { "2026-05-28", TRUE, "too-soon 7 2026-05-28" },
    { "2026-05-19", TRUE, "too-late 14 2026-05-19" },                 { "2026-06-10", FALSE, "none" },
    { "2026-06-09", FALSE, "too-soon 7 2026-06-09" },                 { "2026-06-18", FALSE, "too-late 14 2026-06-18" },
    { "2026-06-04", TRUE, "too-soon 7 2026-06-04" }, /* moved past the one before it */
  };
  Box box = { 7, 1, 10, "booked", 600, 660, 0, 0 };
  DeskVisitType type = { .code = (char *) "infusion" };
  g_autoptr (GTimeZone) zone = tokyo ();
  g_autoptr (DeskVisit) wanted = visit_of (&box, DAY, zone);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DeskCourseGap gap = { 9, day (rows[i].other), rows[i].first, 7, 14 };
      g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof gap);
      DeskConflictGround ground = { .wanted = wanted, .type = &type, .zone = zone, .gaps = gaps };

      g_array_append_val (gaps, gap);
      g_autofree char *detail = only_detail (&ground, DESK_CONFLICT_COURSE);
      g_assert_cmpstr (detail, ==, rows[i].detail);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conflict/cases", test_cases);
  g_test_add_func ("/conflict/detail", test_detail);
  g_test_add_func ("/conflict/rules", test_rules);
  g_test_add_func ("/conflict/doses", test_doses);
  g_test_add_func ("/conflict/other-dose", test_other_dose);
  g_test_add_func ("/conflict/capacity", test_capacity);
  g_test_add_func ("/conflict/blocks", test_blocks);
  g_test_add_func ("/conflict/windows", test_windows);
  g_test_add_func ("/conflict/course", test_course);
  return g_test_run ();
}
