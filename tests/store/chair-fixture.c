#include "chair-fixture.h"

#include "desk-book.h"
#include "desk-cells.h"

/* Patients 1 and 2 sit at visits 1 and 2, with doses 1 and 2 promised; dose 3 of patient 1 stays in the tank, and so does 4,
 * which is promised to visit 1, too. */
void
chair_fixture_set_up (StoreFixture *fixture, gconstpointer data)
{
  merge_fixture_set_up (fixture, NULL);
  store_exec (fixture,
              "PRAGMA synchronous = OFF;"
              "INSERT INTO device (id, kind, name, in_service) VALUES (1, 'bath', 'Bath 1', 1), (2, 'bath', 'Bath 2', 1), (3, 'bath', 'Bath 3', 0),"
              " (4, 'bench', 'Bench', 1);"
              "INSERT INTO staff_secret (staff_id, hash, set_at) SELECT id, '*', 0 FROM staff WHERE id <> 3");
  merge_fixture_dose (fixture, 1, 1);
  merge_fixture_dose (fixture, 2, 2);
  merge_fixture_dose (fixture, 1, 3);
  merge_fixture_dose (fixture, 1, 4);
  for (int visit = 1; visit <= 2; visit++)
    {
      static const char *const way[] = { "arrived", "checked_in", "in_room" };
      g_autoptr (GError) error = NULL;
      g_autoptr (DeskVisit) loaded = desk_visit_load (fixture->db, visit, &error);

      for (guint i = 0; i < G_N_ELEMENTS (way); i++)
        g_assert_true (desk_visit_set_status (fixture->db, loaded, way[i], &error));
      merge_fixture_act (fixture, visit, DESK_STEP_RESERVE, visit);
    }
  merge_fixture_act (fixture, 4, DESK_STEP_RESERVE, 1);
}

void
chair_fixture_sign (StoreFixture *fixture, gint64 staff, const char *purpose, gint64 unit, gint64 at)
{
  g_autoptr (GError) error = NULL;

  if (!desk_db_run (fixture->db, &error, "INSERT INTO signature (staff_id, purpose, unit_id, at) VALUES ($1, $2, NULLIF ($3, 0), $4)", "itii",
                    staff, purpose, unit, at))
    g_error ("%s", error->message);
}

/* The physician's, signed at instant 1. */
void
chair_fixture_order (StoreFixture *fixture, gint64 visit, gint64 cells_min, gint64 cells_max, int weight_g)
{
  g_autoptr (GError) error = NULL;

  chair_fixture_sign (fixture, PHYSICIAN, "order", 0, 1);
  if (!desk_db_run (fixture->db, &error,
                    "INSERT INTO infusion_order (visit_id, physician_id, cells_min, cells_max, weight_g, at) VALUES ($1, $2, $3, $4, $5, 1)",
                    "iiiid", visit, (gint64) PHYSICIAN, cells_min, cells_max, weight_g))
    g_error ("%s", error->message);
}
