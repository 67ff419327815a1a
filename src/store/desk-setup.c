#include "desk-setup.h"

#include <glib/gstdio.h>

#include "desk-book.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-store.h"
#include "desk-vaults.h"

#define CLOSED_DAYS_MAX 366

static gboolean
refuse (GError **error, const char *code)
{
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, code);
  return FALSE;
}

/* Out of service only when nobody is booked there from now on: the visit would be lost from the day's columns. */
static gboolean
check_not_booked (DeskDb *db, gint64 resource_id, gint64 now, GError **error)
{
  gint64 booked;

  return desk_db_value (db, &booked, error,
                        "SELECT count (*) FROM (SELECT 1 FROM visit_slot"
                        "  WHERE resource_id = $1 AND slot >= $2 LIMIT 1) AS later",
                        "ii", resource_id, now / 300)
         && (!booked || refuse (error, "still-booked"));
}

/* Takes a room, chair or person out of the book's columns, or back in. DESK_ERROR_REFUSED "still-booked" while
 * visits from now on need it. */
gboolean
desk_resource_set_active (DeskDb *db, gint64 id, gboolean active, gint64 now, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 found;

  return txn && (active || check_not_booked (db, id, now, error))
         && desk_db_value (db, &found, error, "UPDATE resource SET active = $2 WHERE id = $1 RETURNING id", "id", id,
                           !!active)
         && desk_txn_log (txn, active ? "resource.resume" : "resource.withdraw", DESK_KIND_CLINIC, id, NULL, error)
         && desk_txn_commit (txn, error);
}

/* The column of a person, 0 for none. */
static gboolean
find_column (DeskDb *db, gint64 staff_id, gint64 *id, GError **error)
{
  return desk_db_value (db, id, error, "SELECT coalesce (max (id), 0) FROM resource WHERE staff_id = $1", "i",
                        staff_id);
}

/* Lets a member of the staff be booked as rooms and chairs are, or no longer. DESK_ERROR_REFUSED "still-booked". */
gboolean
desk_staff_set_bookable (DeskDb *db, const DeskStaff *staff, gboolean bookable, gint64 now, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  DeskResource column = { .kind = (char *) "staff", .name = staff->name, .name_ja = staff->name_ja,
                          .staff_id = staff->id };
  gint64 id;

  if (!txn || !find_column (db, staff->id, &id, error))
    return FALSE;
  if (!id && !bookable)
    return TRUE;
  return (id ? desk_resource_set_active (db, id, bookable, now, error) : desk_resource_add (db, &column, error))
         && desk_txn_commit (txn, error);
}

static gboolean
check_not_last (DeskDb *db, gint64 id, GError **error)
{
  gint64 others;

  return desk_db_value (db, &others, error, "SELECT count (*) FROM staff WHERE active = 1 AND id <> $1", "i", id)
         && (others || refuse (error, "last-person"));
}

/* Retires a member of the staff, or brings one back; the record stays, what they signed refers to it. A retired
 * person leaves the book too. DESK_ERROR_REFUSED "still-booked", or "last-person": somebody must be at the desk. */
gboolean
desk_staff_set_active (DeskDb *db, gint64 id, gboolean active, gint64 now, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 column, found;

  if (!txn || (!active && (!check_not_last (db, id, error) || !find_column (db, id, &column, error))))
    return FALSE;
  if (!active && column && !desk_resource_set_active (db, column, FALSE, now, error))
    return FALSE;
  return desk_db_value (db, &found, error, "UPDATE staff SET active = $2 WHERE id = $1 RETURNING id", "id", id,
                        !!active)
         && desk_txn_log (txn, active ? "staff.return" : "staff.retire", DESK_KIND_CLINIC, id, NULL, error)
         && desk_txn_commit (txn, error);
}

/* DeskClosedDay from that day on, in order; free with g_ptr_array_unref (). */
GPtrArray *
desk_closed_day_list (DeskDb *db, DeskDay from, GError **error)
{
  g_autofree char *iso = desk_day_format (from);
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_closed_day_free);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "SELECT day, reason FROM closed_day WHERE day >= $1 ORDER BY day", "t", iso);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskClosedDay *closed = g_new0 (DeskClosedDay, 1);

      if (!desk_day_parse (desk_stmt_text (stmt, 0), &closed->day))
        closed->day = DESK_DAY_NONE;
      closed->reason = desk_stmt_dup_text (stmt, 1);
      g_ptr_array_add (days, closed);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&days) : NULL;
}

/* Closes the clinic from first to last, both of them too; all days or none. */
gboolean
desk_closed_days_add (DeskDb *db, DeskDay first, DeskDay last, const char *reason, GError **error)
{
  if (last < first || last - first >= CLOSED_DAYS_MAX)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "the last day must follow the first within a year");
      return FALSE;
    }

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  for (DeskDay day = first; day <= last; day++)
    if (!desk_closed_day_add (db, day, reason, error))
      return FALSE;
  return desk_txn_commit (txn, error);
}

/* Opens a day again that is not over. DESK_ERROR_REFUSED "day-past", DESK_ERROR_NOT_FOUND. */
gboolean
desk_closed_day_remove (DeskDb *db, DeskDay day, DeskDay today, GError **error)
{
  g_autofree char *iso = desk_day_format (day);

  if (day < today)
    return refuse (error, "day-past");

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 found;
  return txn
         && desk_db_value (db, &found, error, "DELETE FROM closed_day WHERE day = $1 RETURNING 1", "t", iso)
         && desk_txn_log (txn, "closed-day.remove", DESK_KIND_CLINIC, 1, iso, error) && desk_txn_commit (txn, error);
}

/* Adds one container called name with its number, and fills id. */
static gboolean
add_numbered (DeskDb *db, gint64 parent_id, const char *kind, const char *name, int number, const DeskRackPlan *plan,
              gint64 *id, GError **error)
{
  gboolean box = g_str_equal (kind, "box");
  g_autofree char *full = g_strdup_printf ("%s %d", name, number);
  DeskContainer container = { .parent_id = parent_id, .kind = (char *) kind, .name = full, .row = number,
                              .rows = box ? plan->rows : 0, .cols = box ? plan->cols : 0, .in_service = TRUE };

  if (!desk_container_add (db, &container, error))
    return FALSE;
  *id = container.id;
  return TRUE;
}

static gboolean
add_boxes (DeskDb *db, gint64 parent_id, const DeskRackPlan *plan, GError **error)
{
  gint64 id;

  for (int i = 0; i < plan->boxes; i++)
    if (!add_numbered (db, parent_id, "box", plan->box, plan->first_box + i, plan, &id, error))
      return FALSE;
  return TRUE;
}

static gboolean
plan_makes_sense (const DeskRackPlan *plan)
{
  gint64 racks = plan->racks, boxes = plan->boxes;

  return racks >= 0 && boxes >= 0 && racks <= DESK_RACK_PLAN_MAX && boxes <= DESK_RACK_PLAN_MAX
         && racks + boxes > 0 && MAX (racks, 1) * (boxes + 1) <= DESK_RACK_PLAN_MAX
         && (boxes == 0 || (plan->rows > 0 && plan->cols > 0));
}

/* Adds all racks and boxes of a plan, or none. DESK_ERROR_TAKEN when a name is there already. */
gboolean
desk_container_add_racks (DeskDb *db, const DeskRackPlan *plan, GError **error)
{
  if (!plan_makes_sense (plan))
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "racks and boxes: at most %d at once", DESK_RACK_PLAN_MAX);
      return FALSE;
    }

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn || (plan->racks == 0 && !add_boxes (db, plan->parent_id, plan, error)))
    return FALSE;
  for (int i = 0; i < plan->racks; i++)
    {
      gint64 rack;

      if (!add_numbered (db, plan->parent_id, "rack", plan->rack, plan->first_rack + i, plan, &rack, error)
          || !add_boxes (db, rack, plan, error))
        return FALSE;
    }
  return desk_txn_commit (txn, error);
}

static void
discard (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      g_unlink (name);
    }
}

/* Makes the file of a new clinic with its record, its first person and the key to its contents (NULL: they stay closed
 * until there is one); fills first->id. On failure nothing is left;
 * a file that is there already is DESK_ERROR_EXISTS and untouched. */
gboolean
desk_clinic_create (const char *path, DeskClinic *clinic, DeskStaff *first, DeskVaultLock *lock, GError **error)
{
  DeskDb *db = desk_store_create (path, error);
  gboolean ok;

  if (!db)
    return FALSE;
  ok = desk_clinic_save (db, clinic, error) && desk_staff_add (db, first, error) && (!lock || desk_vault_save (db, lock, error));
  desk_db_close (db);
  if (!ok)
    discard (path);
  return ok;
}
