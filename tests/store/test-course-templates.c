/* Templates of courses: what the clinic is given, what it may change, and what courses already made keep. */
#include "desk-book.h"
#include "desk-course-templates.h"
#include "store-fixture.h"

#define START 20607 /* 3 June 2026 */

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "INSERT INTO clinic (id, uuid, name, name_ja, closed_weekdays) VALUES (1, 'u', 'Clinic', 'クリニック', '7');"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Dr Abe', 'physician');"
              "INSERT INTO resource (id, kind, name, staff_id, position) VALUES (1, 'chair', 'Chair 1', NULL, 1),"
              " (2, 'room', 'Room 1', NULL, 2), (3, 'staff', 'Dr Abe', 1, 3);"
              "INSERT INTO patient (id, chart, family, given, created_at, updated_at) VALUES (1, 'TN-1', 'TAN', 'WEI', 0, 0);");
}

static GPtrArray *
plan (StoreFixture *fixture, const char *code, DeskProblems *problems)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *visits = NULL;

  g_assert_true (desk_course_plan (fixture->db, 1, code, START, 600, 0, &visits, problems, &error));
  g_assert_no_error (error);
  return visits;
}

/* Every template that comes with the program passes its own check and can be laid on an empty book. */
static void
test_given (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = desk_course_template_list (fixture->db, TRUE, &error);
  g_autoptr (GPtrArray) types = desk_visit_type_list (fixture->db, &error);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Tokyo");

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 8);
  for (guint i = 0; i < list->len; i++)
    {
      const DeskCourseTemplate *course = g_ptr_array_index (list, i);
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      g_autoptr (GPtrArray) visits = plan (fixture, course->code, problems);

      g_test_message ("%s", course->code);
      desk_course_template_check (course, types, problems);
      g_assert_cmpuint (problems->len, ==, 0);
      g_assert_cmpuint (visits->len, ==, course->steps->len);
      for (guint s = 0; s < visits->len; s++)
        {
          const DeskCourseStep *step = desk_course_template_step (course, s + 1);
          const DeskVisit *visit = g_ptr_array_index (visits, s);
          const DeskVisit *after = step->after ? g_ptr_array_index (visits, step->after - 1) : NULL;
          int gap = desk_instant_day (visit->starts_at, zone) - (after ? desk_instant_day (after->starts_at, zone) : START);

          g_assert_cmpint (gap, >=, step->min_days);
          g_assert_cmpint (gap, <=, step->max_days);
        }
    }
}

static void
test_save (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskCourseTemplate) course = desk_course_template_load (fixture->db, "nk-heat", &error);
  g_autoptr (DeskCourseTemplate) copy = desk_course_template_copy (course);

  /* A duplicate gets a code of its own and goes to the end. */
  copy->version = 0;
  g_free (copy->code);
  copy->code = g_strdup ("");
  desk_course_template_add (copy, "infusion", 7, 7, 10, 2)->minutes = 90;
  g_assert_true (desk_course_template_save (fixture->db, copy, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (copy->code, ==, "nk-cells-with-hypertherm");
  g_assert_cmpint (copy->position, ==, 9);
  g_autoptr (DeskCourseTemplate) stored = desk_course_template_load (fixture->db, copy->code, &error);
  g_assert_true (desk_course_template_equal (stored, copy));
  g_assert_cmpint (desk_course_template_step (stored, 9)->minutes, ==, 90);

  /* Changed by two: the second is told. */
  g_autoptr (DeskCourseTemplate) other = desk_course_template_copy (stored);
  desk_course_template_drop (stored, 4);
  g_assert_true (desk_course_template_save (fixture->db, stored, &error));
  g_assert_cmpint (stored->version, ==, 2);
  other->active = FALSE;
  g_assert_false (desk_course_template_save (fixture->db, other, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_clear_pointer (&other, desk_course_template_free);
  other = desk_course_template_load (fixture->db, copy->code, &error);
  g_assert_true (desk_course_template_equal (stored, other));

  /* Out of use it is not offered, but known. */
  other->active = FALSE;
  g_assert_true (desk_course_template_save (fixture->db, other, &error));
  g_autoptr (GPtrArray) offered = desk_course_template_list (fixture->db, TRUE, &error);
  g_autoptr (GPtrArray) all = desk_course_template_list (fixture->db, FALSE, &error);
  g_assert_cmpuint (offered->len, ==, 8);
  g_assert_cmpuint (all->len, ==, 9);

  /* Nothing was made from it: it can go, with the version that is there. */
  g_assert_false (desk_course_template_remove (fixture->db, other->code, 1, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (desk_course_template_remove (fixture->db, other->code, other->version, &error));
  g_assert_null (desk_course_template_load (fixture->db, other->code, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

/* A name without a letter of ours still gets a code, and the same name another. */
static void
test_codes (StoreFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "特別コース", "特別コース", "Six, twice", "Treatment 6" };
  static const char *const codes[] = { "course", "course-2", "six-twice", "treatment-6-2" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DeskCourseTemplate) course = desk_course_template_new ();

      g_free (course->name);
      course->name = g_strdup (names[i]);
      desk_course_template_add (course, "infusion", 0, 0, 7, 1);
      g_assert_true (desk_course_template_save (fixture->db, course, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (course->code, ==, codes[i]);
    }
}

/* Gaps, names and more steps may change under a course that is going on; what its visits are may not. */
static void
test_used (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GPtrArray) visits = plan (fixture, "preventive", problems);
  gint64 id = 0;

  g_assert_true (desk_course_book (fixture->db, 1, "preventive", START, visits, &id, &error));
  g_autoptr (DeskCourseTemplate) course = desk_course_template_load (fixture->db, "preventive", &error);
  g_assert_cmpuint (course->n_courses, ==, 1);
  ((DeskCourseStep *) g_ptr_array_index (course->steps, 1))->max_days = 28;
  desk_course_template_add (course, "follow_up", 2, 28, 35, 0);
  g_assert_true (desk_course_template_save (fixture->db, course, &error));
  desk_course_template_drop (course, 3); /* of no visit yet */
  g_assert_true (desk_course_template_save (fixture->db, course, &error));

  g_autoptr (DeskCourseTemplate) turned = desk_course_template_copy (course);
  desk_course_template_move (turned, 2, -1);
  g_assert_false (desk_course_template_save (fixture->db, turned, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "template-used");
  g_clear_error (&error);
  desk_course_template_drop (course, 2);
  g_assert_false (desk_course_template_save (fixture->db, course, &error));
  g_assert_cmpstr (error->message, ==, "template-used");
  g_clear_error (&error);
  g_assert_false (desk_course_template_remove (fixture->db, "preventive", course->version, &error));
  g_assert_cmpstr (error->message, ==, "template-used");
  g_clear_error (&error);

  g_autoptr (DeskCourseTemplate) kept = desk_course_template_load (fixture->db, "preventive", &error);
  g_assert_cmpuint (kept->steps->len, ==, 2);
  g_assert_cmpint (desk_course_template_step (kept, 2)->max_days, ==, 28);
}

/* Chemotherapy, a lunch that is kept free, hours of a weekday: the course goes round them. */
static void
test_around (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Tokyo");

  /* The fourteenth day after the draw and four around it; ten o'clock of every day; Wednesdays from the afternoon. */
  store_exec (fixture,
              "INSERT INTO patient_window (patient_id, kind, first_day, last_day, days_before, days_after)"
              " VALUES (1, 'chemotherapy', '2026-06-17', '2026-06-17', 2, 2), (1, 'possible', '2026-05-01', '2026-06-22', 0, 0);"
              "INSERT INTO block (kind, first_day, last_day, from_minute, until_minute) VALUES ('meeting', '2026-06-01', '2026-12-31', 600, 660);"
              "INSERT INTO opening (weekday, opens, closes) VALUES (3, 780, 1080)");
  g_autoptr (GPtrArray) visits = plan (fixture, "preventive", problems);
  g_assert_cmpuint (problems->len, ==, 0);
  const DeskVisit *draw = g_ptr_array_index (visits, 0), *infusion = g_ptr_array_index (visits, 1);
  g_assert_cmpint (desk_instant_day (draw->starts_at, zone), ==, START);
  g_assert_cmpint (desk_instant_minute (draw->starts_at, zone), >=, 780);
  g_assert_cmpint (desk_instant_day (infusion->starts_at, zone), ==, START + 17); /* the 20th */
  g_assert_cmpint (desk_instant_minute (infusion->starts_at, zone), >=, 660);

  /* Possible days that end before the first good one leave no layout. */
  store_exec (fixture, "UPDATE patient_window SET last_day = '2026-06-19' WHERE kind = 'possible'");
  g_autoptr (GPtrArray) less = plan (fixture, "preventive", problems);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpuint (less->len, ==, 1);
}

static void
test_schema (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql, *message;
  } refused[] = {
    { "UPDATE course_template SET code = 'other' WHERE code = 'preventive'", "template-used" },
    { "DELETE FROM course_template WHERE code = 'preventive'", "template-used" },
    { "DELETE FROM course_template_step WHERE template = 'preventive' AND seq = 2", "template-used" },
    { "UPDATE course_template_step SET seq = 5 WHERE template = 'preventive' AND seq = 2", "template-used" },
    { "UPDATE course_template_step SET type = 'follow_up', doses = 0 WHERE template = 'preventive' AND seq = 2", "template-used" },
    { "UPDATE course_template_step SET doses = 1 WHERE template = 'intensive' AND seq = 1", "doses-infusion" },
    { "INSERT INTO course_template_step (template, seq, type, min_days, max_days, doses) VALUES ('intensive', 20, 'follow_up', 0, 1, 1)",
      "doses-infusion" },
    { "INSERT INTO course_template_step (template, seq, type, after, min_days, max_days) VALUES ('intensive', 20, 'follow_up', 20, 0, 1)",
      NULL },
    { "INSERT INTO course_template_step (template, seq, type, min_days, max_days) VALUES ('intensive', 20, 'follow_up', 2, 1)", NULL },
    { "INSERT INTO course_template_step (template, seq, type, min_days, max_days) VALUES ('intensive', 20, 'nothing', 1, 2)", NULL },
    { "INSERT INTO course_template_step (template, seq, type, min_days, max_days, minutes) VALUES ('intensive', 20, 'follow_up', 1, 2, 7)",
      NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GPtrArray) visits = plan (fixture, "preventive", problems);
  gint64 id = 0;

  g_assert_true (desk_course_book (fixture->db, 1, "preventive", START, visits, &id, &error));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    store_refuse (fixture, refused[i].sql, DESK_ERROR_REFUSED, refused[i].message);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (StoreFixture *, gconstpointer);
  } tests[] = {
    { "/course-templates/given", test_given }, { "/course-templates/save", test_save },     { "/course-templates/codes", test_codes },
    { "/course-templates/used", test_used },   { "/course-templates/schema", test_schema },
    { "/course-templates/around", test_around },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, StoreFixture, NULL, set_up, tests[i].func, store_fixture_tear_down);
  return g_test_run ();
}
