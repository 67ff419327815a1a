/* Setting a clinic up: people who come and go, what can be booked, closed days, racks and boxes at once. */
#include "store-fixture.h"

#include "desk-book.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-setup.h"

#define DAY 20607 /* 3 June 2026 */
#define NOW (G_GINT64_CONSTANT (86400) * DAY)

static DeskStaff *
add_person (StoreFixture *fixture, const char *name, const char *role)
{
  g_autoptr (GError) error = NULL;
  DeskStaff *staff = g_new0 (DeskStaff, 1);

  staff->name = g_strdup (name);
  staff->role = g_strdup (role);
  staff->active = TRUE;
  g_assert_true (desk_staff_add (fixture->db, staff, &error));
  return staff;
}

static guint
n_active (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) staff = desk_staff_list (fixture->db, TRUE, NULL);

  return staff->len;
}

static gint64
count (StoreFixture *fixture, const char *sql)
{
  gint64 value = -1;

  g_assert_true (desk_db_value (fixture->db, &value, NULL, sql, ""));
  return value;
}

static void
test_staff (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskStaff) first = add_person (fixture, "Dr Abe", "physician");
  g_autoptr (GError) error = NULL;

  g_assert_false (desk_staff_set_active (fixture->db, first->id, FALSE, NOW, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "last-person");
  g_clear_error (&error);

  g_autoptr (DeskStaff) second = add_person (fixture, "Nurse Baba", "nurse");
  g_assert_true (desk_staff_set_bookable (fixture->db, first, TRUE, NOW, &error));
  g_assert_true (desk_staff_set_active (fixture->db, first->id, FALSE, NOW, &error));
  g_assert_cmpuint (n_active (fixture), ==, 1);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM resource WHERE active = 1"), ==, 0);
  g_assert_true (desk_staff_set_active (fixture->db, first->id, TRUE, NOW, &error));
  g_assert_cmpuint (n_active (fixture), ==, 2);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM audit WHERE action IN ('staff.retire', 'staff.return')"), ==, 2);

  g_assert_false (desk_staff_set_active (fixture->db, 99, TRUE, NOW, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

static void
test_bookable (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskStaff) staff = add_person (fixture, "Dr Abe", "physician");
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_staff_set_bookable (fixture->db, staff, FALSE, NOW, &error));
  g_assert_true (desk_staff_set_bookable (fixture->db, staff, TRUE, NOW, &error));
  g_assert_true (desk_staff_set_bookable (fixture->db, staff, FALSE, NOW, &error));
  g_assert_true (desk_staff_set_bookable (fixture->db, staff, TRUE, NOW, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM resource"), ==, 1);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM resource WHERE active = 1 AND kind = 'staff'"), ==, 1);
}

/* A chair somebody is booked into stays in the book until the visit is moved. */
static void
test_booked (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskStaff) staff = add_person (fixture, "Dr Abe", "physician");
  g_autoptr (GError) error = NULL;
  DeskResource chair = { .kind = (char *) "chair", .name = (char *) "Chair 1" };
  DeskVisitType infusion = { .minutes = 60 };
  g_autoptr (DeskVisit) visit = g_new0 (DeskVisit, 1);

  g_assert_true (desk_resource_add (fixture->db, &chair, &error));
  store_exec (fixture, "INSERT INTO clinic (id, uuid, name, name_ja) VALUES (1, 'u', 'Clinic', '');"
                       "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (1, 'C1', 'PARK', 0, 0)");
  visit->patient_id = 1;
  visit->type = g_strdup ("infusion");
  visit->status = g_strdup ("booked");
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (visit->resources, chair.id);
  desk_visit_set_time (visit, &infusion, NOW + 3600, 0);
  desk_db_set_actor (fixture->db, staff->id, "test");
  g_assert_true (desk_visit_save (fixture->db, visit, &error));

  g_assert_false (desk_resource_set_active (fixture->db, chair.id, FALSE, NOW, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "still-booked");
  g_clear_error (&error);
  g_assert_true (desk_resource_set_active (fixture->db, chair.id, FALSE, NOW + 2 * 86400, &error));
  g_assert_no_error (error);
}

static void
test_closed_days (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_closed_days_add (fixture->db, DAY - 1, DAY + 1, "Moving", &error));
  g_autoptr (GPtrArray) coming = desk_closed_day_list (fixture->db, DAY, &error);
  g_assert_cmpuint (coming->len, ==, 2);
  g_assert_cmpint (((DeskClosedDay *) g_ptr_array_index (coming, 0))->day, ==, DAY);
  g_assert_cmpstr (((DeskClosedDay *) g_ptr_array_index (coming, 1))->reason, ==, "Moving");

  g_assert_true (desk_closed_day_remove (fixture->db, DAY, DAY, &error));
  g_assert_false (desk_closed_day_remove (fixture->db, DAY, DAY, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (desk_closed_day_remove (fixture->db, DAY - 1, DAY, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (desk_closed_days_add (fixture->db, DAY, DAY - 1, "Backwards", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM closed_day"), ==, 2);
}

static void
test_racks (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskContainer tank = { .kind = (char *) "tank", .name = (char *) "Tank 1", .in_service = TRUE };

  g_assert_true (desk_container_add (fixture->db, &tank, &error));
  DeskRackPlan plan = { tank.id, "Rack", 1, 4, "Box", 1, 5, 9, 9 };
  g_assert_true (desk_container_add_racks (fixture->db, &plan, &error));
  g_autoptr (GPtrArray) racks = desk_container_children (fixture->db, tank.id, &error);
  g_assert_cmpuint (racks->len, ==, 4);
  DeskContainer *last = g_ptr_array_index (racks, 3);
  g_assert_cmpstr (last->name, ==, "Rack 4");
  g_assert_cmpint (last->capacity, ==, 5 * 81);

  /* Rack 4 is there: none of the three is made. */
  DeskRackPlan again = { tank.id, "Rack", 3, 3, "Box", 1, 1, 9, 9 };
  g_assert_false (desk_container_add_racks (fixture->db, &again, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_clear_error (&error);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM container"), ==, 1 + 4 + 20);

  DeskRackPlan boxes = { last->id, NULL, 0, 0, "Box", 6, 2, 10, 10 };
  g_assert_true (desk_container_add_racks (fixture->db, &boxes, &error));
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM container WHERE rows = 10"), ==, 2);

  DeskRackPlan wrong[] = { { tank.id, "Rack", 9, 0, "Box", 1, 0, 9, 9 },  { tank.id, "Rack", 9, 2, "Box", 1, 2, 0, 9 },
                           { tank.id, "Rack", 9, -1, "Box", 1, 2, 9, 9 }, { tank.id, "Rack", 9, 1000, "Box", 1, 5, 9, 9 } };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (desk_container_add_racks (fixture->db, &wrong[i], &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
      g_clear_error (&error);
    }
}

static void
test_create (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "new.uketsuke", NULL);
  DeskClinic clinic = { .name = g_strdup ("Sakura"), .opens = 540, .closes = 1080 };
  DeskStaff first = { .name = (char *) "Abe", .role = (char *) "astronaut", .active = TRUE };
  g_autoptr (GError) error = NULL;

  /* A role that is none: nothing is left of the file. */
  g_assert_false (desk_clinic_create (path, &clinic, &first, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  first.role = (char *) "nurse";
  clinic.version = 0;
  g_assert_true (desk_clinic_create (path, &clinic, &first, NULL, &error));
  g_assert_false (desk_clinic_create (path, &clinic, &first, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_EXISTS);

  g_autoptr (DeskDb) db = desk_store_open (path, FALSE, NULL);
  g_autoptr (DeskClinic) saved = desk_clinic_load (db, NULL);
  g_autoptr (GPtrArray) staff = desk_staff_list (db, TRUE, NULL);
  g_assert_cmpstr (saved->name, ==, "Sakura");
  g_assert_cmpuint (staff->len, ==, 1);
  char *owned[] = { clinic.uuid, clinic.name, clinic.name_ja, clinic.address, clinic.address_ja, clinic.phone, clinic.fax,
                    clinic.email, clinic.director, clinic.director_ja, clinic.approval, clinic.plan_number, clinic.facility,
                    clinic.zone, clinic.closed_weekdays };
  for (guint i = 0; i < G_N_ELEMENTS (owned); i++)
    g_free (owned[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("/setup/create", test_create);
  ADD ("/setup/staff", test_staff);
  ADD ("/setup/bookable", test_bookable);
  ADD ("/setup/booked", test_booked);
  ADD ("/setup/closed-days", test_closed_days);
  ADD ("/setup/racks", test_racks);
  return g_test_run ();
}
