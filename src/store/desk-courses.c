/* Courses: laid onto what is free, then booked whole or not at all. */
#include "desk-book-private.h"
#include "desk-clinics.h"
#include "desk-course-templates.h"
#include "desk-holiday.h"

/* The first free one of a kind; of people, physicians before others. */
static const char free_resource_sql[]
    = "SELECT r.id FROM resource r LEFT JOIN staff s ON s.id = r.staff_id"
      " WHERE r.kind = $1 AND r.active = 1 AND coalesce (s.active, 1) = 1"
      "   AND NOT EXISTS (SELECT 1 FROM visit_slot v WHERE v.resource_id = r.id AND v.slot >= $2 AND v.slot < $3)"
      " ORDER BY CASE WHEN s.role = 'physician' THEN 0 ELSE 1 END, r.position, r.id LIMIT 1";

static const char patient_taken_sql[]
    = "SELECT EXISTS (SELECT 1 FROM patient_slot WHERE patient_id = $1 AND slot >= $2 AND slot < $3)";

static const char course_insert_sql[]
    = "INSERT INTO course (patient_id, template, started_on) VALUES ($1, $2, $3) RETURNING id";

typedef struct
{
  DeskDb *db;
  gint64 patient_id;
  gint64 now; /* nothing is laid before it */
  const DeskClinic *clinic;
  const GPtrArray *types;
  GError *error; /* the first failure of the store; the callbacks find nothing free after it */
} Plan;

static gboolean
day_open (DeskDay day, const DeskVisitType *type, int *opens, int *closes, gpointer user_data)
{
  Plan *plan = user_data;
  g_autofree char *reason = NULL;

  *opens = plan->clinic->opens;
  *closes = plan->clinic->closes;
  return !plan->error && desk_clinic_open_on (plan->clinic, day) && !desk_holiday_name (day, FALSE)
         && desk_closed_day_reason (plan->db, day, &reason, &plan->error) && !reason;
}

/* Appends the first free resource of the kind; FALSE when none is free or the store failed. */
static gboolean
take_free (Plan *plan, DeskVisit *visit, const char *kind)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (plan->db, &plan->error, free_resource_sql, "tii", kind, visit->busy_from / DESK_SLOT_SECONDS,
                       visit->busy_until / DESK_SLOT_SECONDS);

  if (!stmt || desk_stmt_step (stmt, &plan->error) != DESK_STEP_ROW)
    return FALSE;
  gint64 id = desk_stmt_int64 (stmt, 0);
  g_array_append_val (visit->resources, id);
  return TRUE;
}

static const char *
needs_of (const Plan *plan, const char *code)
{
  for (guint i = 0; i < plan->types->len; i++)
    {
      const DeskVisitType *type = g_ptr_array_index (plan->types, i);

      if (g_str_equal (type->code, code))
        return type->needs;
    }
  return "";
}

static gboolean
slot_free (DeskVisit *visit, gpointer user_data)
{
  Plan *plan = user_data;
  gint64 taken = 0;
  g_auto (GStrv) needs = g_strsplit (needs_of (plan, visit->type), ",", -1);

  if (plan->error || visit->starts_at < plan->now
      || !desk_db_value (plan->db, &taken, &plan->error, patient_taken_sql, "iii", plan->patient_id,
                         visit->starts_at / DESK_SLOT_SECONDS, visit->ends_at / DESK_SLOT_SECONDS)
      || taken)
    return FALSE;
  for (guint i = 0; needs[i]; i++)
    if (*needs[i] && !take_free (plan, visit, needs[i]))
      return FALSE;
  return TRUE;
}

gboolean
desk_course_plan (DeskDb *db, gint64 patient_id, const char *template_code, DeskDay start, int minute,
                  gint64 now, GPtrArray **visits, DeskProblems *problems, GError **error)
{
  g_autoptr (DeskCourseTemplate) course = desk_course_template_load (db, template_code, error);
  g_autoptr (DeskClinic) clinic = course ? desk_clinic_load (db, error) : NULL;
  g_autoptr (GTimeZone) zone = clinic ? desk_clinic_zone (db, error) : NULL;
  g_autoptr (GPtrArray) types = zone ? desk_visit_type_list (db, error) : NULL;

  if (!types)
    return FALSE;

  Plan plan = { .db = db, .patient_id = patient_id, .now = now, .clinic = clinic, .types = types };
  DeskCourseGround ground = { types, zone, day_open, slot_free, &plan };
  g_autoptr (GPtrArray) laid = desk_course_lay_out (course, start, minute, &ground, problems);

  if (plan.error)
    {
      g_propagate_error (error, plan.error);
      return FALSE;
    }
  for (guint i = 0; i < laid->len; i++)
    ((DeskVisit *) g_ptr_array_index (laid, i))->patient_id = patient_id;
  *visits = g_steal_pointer (&laid);
  return TRUE;
}

static gboolean
write_course (DeskTxn *txn, DeskDb *db, gint64 patient_id, const char *template_code, const char *day,
              const GPtrArray *visits, gint64 *id, GError **error)
{
  if (!desk_db_value (db, id, error, course_insert_sql, "itt", patient_id, template_code, day))
    return FALSE;
  for (guint i = 0; i < visits->len; i++)
    {
      DeskVisit *visit = g_ptr_array_index (visits, i);

      visit->patient_id = patient_id;
      visit->course_id = *id;
      if (!desk_visit_write_new (txn, db, visit, error))
        return FALSE;
    }
  return desk_txn_log (txn, "course.book", DESK_KIND_COURSE, *id, template_code, error);
}

gboolean
desk_course_book (DeskDb *db, gint64 patient_id, const char *template_code, DeskDay start, const GPtrArray *visits,
                  gint64 *course_id, GError **error)
{
  gint64 id = 0;
  g_autofree char *day = desk_day_format (start);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (txn && write_course (txn, db, patient_id, template_code, day, visits, &id, error)
      && desk_txn_commit (txn, error))
    {
      *course_id = id;
      return TRUE;
    }
  for (guint i = 0; i < visits->len; i++)
    {
      DeskVisit *visit = g_ptr_array_index (visits, i);
      visit->id = visit->version = visit->course_id = 0;
    }
  return FALSE;
}
