/* Courses: laid onto what is free, then booked whole or not at all. */
#include "desk-book-private.h"
#include "desk-clinics.h"
#include "desk-conflict.h"
#include "desk-course-templates.h"
#include "desk-free-slots.h"
#include "desk-openings.h"
#include "desk-windows.h"

#define REACH_DAYS 1100 /* as far as a course is laid; desk-course-lay.c */
#define STRETCH 28      /* days that are asked for at once */
#define EVERY 5         /* minutes: a time can be wanted at any of them */

static const char course_insert_sql[]
    = "INSERT INTO course (patient_id, template, started_on) VALUES ($1, $2, $3) RETURNING id";
static const char course_end_sql[] = "UPDATE course SET status = 'ended', version = version + 1 WHERE id = $1 AND status = 'active' RETURNING id";

typedef struct
{
  DeskDb *db;
  gint64 patient_id;
  gint64 now; /* nothing is laid before it */
  GTimeZone *zone;
  const DeskHours *hours;
  const GPtrArray *windows;
  GHashTable *free;  /* kind and stretch of days → what is free, by instant */
  GError *error;     /* the first failure of the store; the callbacks find nothing free after it */
} Plan;

/* Whether the patient can come at all: what is possible, where he has said so, and what keeps him away. */
static gboolean
patient_can (const Plan *plan, const DeskVisitType *type, DeskDay day)
{
  gboolean said = FALSE, within = FALSE;

  for (guint i = 0; i < plan->windows->len; i++)
    {
      const DeskPatientWindow *window = g_ptr_array_index (plan->windows, i);
      DeskDay first, last;

      if (!desk_patient_window_is_possible (window))
        {
          if (desk_window_keeps_away (window, type, day))
            return FALSE;
          continue;
        }
      /* Possible days that are all over bind nobody any more. */
      if (!desk_patient_window_span (window, &first, &last) || last < desk_instant_day (plan->now, plan->zone))
        continue;
      said = TRUE;
      within = within || (day >= first && day <= last);
    }
  return type->remote || !said || within;
}

static gboolean
day_open (DeskDay day, const DeskVisitType *type, int *opens, int *closes, gpointer user_data)
{
  Plan *plan = user_data;
  DeskHoursOfDay hours = desk_hours_of_day (plan->hours, day);

  *opens = hours.opens;
  *closes = hours.closes;
  return !plan->error && hours.closed == DESK_CLOSED_NOT && patient_can (plan, type, day);
}

/* What is free for a kind of visit in the stretch of days that holds this one. Lent; NULL when the store failed. */
static GHashTable *
free_around (Plan *plan, const DeskVisit *visit, DeskDay day)
{
  int minutes = (int) (visit->ends_at - visit->starts_at) / 60;
  DeskDay first = day - day % STRETCH;
  g_autofree char *key = g_strdup_printf ("%s %d %d", visit->type, minutes, first);
  GHashTable *slots = g_hash_table_lookup (plan->free, key);
  DeskSlotSearch search = { .type = visit->type, .patient_id = plan->patient_id, .first = first, .last = first + STRETCH - 1,
                            .minutes = minutes, .every = EVERY };

  if (slots)
    return slots;
  g_autoptr (GPtrArray) found = desk_free_slots (plan->db, &search, plan->now, &plan->error);
  if (!found)
    return NULL;
  slots = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) desk_free_slot_free);
  g_ptr_array_set_free_func (found, NULL);
  for (guint i = 0; i < found->len; i++)
    {
      DeskFreeSlot *slot = g_ptr_array_index (found, i);
      g_hash_table_insert (slots, &slot->starts_at, slot);
    }
  g_hash_table_insert (plan->free, g_steal_pointer (&key), slots);
  return slots;
}

static gboolean
slot_free (DeskVisit *visit, gpointer user_data)
{
  Plan *plan = user_data;
  GHashTable *slots = plan->error ? NULL : free_around (plan, visit, desk_instant_day (visit->starts_at, plan->zone));
  const DeskFreeSlot *slot = slots ? g_hash_table_lookup (slots, &visit->starts_at) : NULL;

  if (slot)
    g_array_append_vals (visit->resources, slot->resources->data, slot->resources->len);
  return slot != NULL;
}

gboolean
desk_course_plan (DeskDb *db, gint64 patient_id, const char *template_code, DeskDay start, int minute,
                  gint64 now, GPtrArray **visits, DeskProblems *problems, GError **error)
{
  g_autoptr (DeskCourseTemplate) course = desk_course_template_load (db, template_code, error);
  g_autoptr (GTimeZone) zone = course ? desk_clinic_zone (db, error) : NULL;
  g_autoptr (GPtrArray) types = zone ? desk_visit_type_list (db, error) : NULL;
  g_autoptr (GPtrArray) windows = types ? desk_patient_window_list (db, patient_id, FALSE, error) : NULL;
  g_autoptr (DeskHours) hours = windows ? desk_hours_load (db, start, start + REACH_DAYS, error) : NULL;
  g_autoptr (GHashTable) slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);

  if (!hours)
    return FALSE;

  Plan plan = { .db = db, .patient_id = patient_id, .now = now, .zone = zone, .hours = hours, .windows = windows, .free = slots };
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

GPtrArray *
desk_course_check (DeskDb *db, const GPtrArray *visits, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < visits->len; i++)
    {
      GPtrArray *conflicts = desk_visit_check (db, g_ptr_array_index (visits, i), now, error);

      if (!conflicts)
        return NULL;
      g_ptr_array_add (checks, conflicts);
    }
  return g_steal_pointer (&checks);
}

/* What the clinic lets nobody pass over. Who has the chair, and how many a day bears, is asked as the visit is written:
 * that answer names who is there. */
static gboolean
check_blocks (DeskDb *db, const DeskVisit *visit, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) conflicts = desk_visit_check (db, visit, now, error);

  for (guint i = 0; conflicts && i < conflicts->len; i++)
    {
      const DeskConflict *conflict = g_ptr_array_index (conflicts, i);

      if (!conflict->blocks || conflict->kind == DESK_CONFLICT_PAST || conflict->kind == DESK_CONFLICT_CAPACITY
          || desk_conflict_always_blocks (conflict->kind))
        continue;
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "visit-conflict");
      return FALSE;
    }
  return conflicts != NULL;
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
      if (!check_blocks (db, visit, g_get_real_time () / G_USEC_PER_SEC, error) || !desk_visit_write_new (txn, db, visit, error))
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

/* Takes the booking of a whole course back: visits as desk_course_book () left them, all cancelled and the course ended, in
 * one transaction. CONFLICT, naming who, when somebody changed one of them since: then nothing is taken back. */
gboolean
desk_course_unbook (DeskDb *db, gint64 course_id, const GPtrArray *visits, GError **error)
{
  gint64 ended;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  for (guint i = 0; i < visits->len; i++)
    {
      g_autoptr (DeskVisit) visit = desk_visit_copy (g_ptr_array_index (visits, i));

      if (!desk_visit_set_status (db, visit, "cancelled_clinic", error))
        return FALSE;
    }
  return desk_db_value (db, &ended, error, course_end_sql, "i", course_id)
         && desk_txn_log (txn, "course.unbook", DESK_KIND_COURSE, course_id, NULL, error) && desk_txn_commit (txn, error);
}
