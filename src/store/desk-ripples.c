/* A ripple as it is done, written down and taken back. */
#include "desk-ripples.h"

#include <stdlib.h>
#include <string.h>

#include "desk-book-private.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-setup.h"
#include "desk-trips.h"

static const char insert_sql[]
    = "INSERT INTO ripple (kind, about, day, reason, at, by_id) VALUES ($1, $2, $3, $4, $5, nullif ($6, 0)) RETURNING id";

static const char item_sql[]
    = "INSERT INTO ripple_item (ripple_id, seq, what, row_id, was, became, version) VALUES ($1, $2, $3, $4, $5, $6, $7)";

static const char lot_sql[]
    = "UPDATE lot SET expected_on = $3, version = version + 1 WHERE id = $1 AND version = $2 RETURNING version";

static const char entry_sql[]
    = "UPDATE trip SET planned_entry = $3, version = version + 1 WHERE id = $1 AND version = $2 RETURNING version";

static const char close_dose_sql[]
    = "UPDATE reservation SET closed_at = $3 WHERE unit_id = $1 AND visit_id = $2 AND closed_at IS NULL RETURNING id";

static const char open_dose_sql[]
    = "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by)"
      " SELECT u.id, $2, u.patient_id, $3, $4 FROM unit u WHERE u.id = $1 RETURNING id";

static gint64
now_seconds (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* ── wishes and plans ────────────────────────────────────────────────────────────────────────── */

DeskRippleWish *
desk_ripple_wish_new (DeskRippleKind kind, gint64 about, DeskDay day, const char *reason)
{
  DeskRippleWish *wish = g_new0 (DeskRippleWish, 1);

  *wish = (DeskRippleWish){ kind, about, day, g_strdup (reason), g_array_new (FALSE, FALSE, sizeof (gint64)),
                            g_array_new (FALSE, FALSE, sizeof (gint64)) };
  return wish;
}

DeskRippleWish *
desk_ripple_wish_copy (const DeskRippleWish *wish)
{
  DeskRippleWish *copy = desk_ripple_wish_new (wish->kind, wish->about, wish->day, wish->reason);

  if (wish->keep)
    g_array_append_vals (copy->keep, wish->keep->data, wish->keep->len);
  if (wish->asked)
    g_array_append_vals (copy->asked, wish->asked->data, wish->asked->len);
  return copy;
}

void
desk_ripple_wish_free (DeskRippleWish *wish)
{
  g_free (wish->reason);
  g_clear_pointer (&wish->keep, g_array_unref);
  g_clear_pointer (&wish->asked, g_array_unref);
  g_free (wish);
}

static void
set_in (GArray *ids, gint64 id, gboolean in)
{
  for (guint i = ids->len; i-- > 0;)
    if (g_array_index (ids, gint64, i) == id)
      g_array_remove_index (ids, i);
  if (in)
    g_array_append_val (ids, id);
}

void
desk_ripple_wish_tick (DeskRippleWish *wish, const DeskRippleItem *item, gboolean on)
{
  gboolean confirmed = item->before && g_str_equal (item->before->status, "confirmed");

  if (item->what != DESK_RIPPLE_VISIT || !item->before)
    return;
  set_in (wish->keep, item->row_id, !on && !confirmed);
  set_in (wish->asked, item->row_id, on && confirmed);
}

void
desk_ripple_item_free (DeskRippleItem *item)
{
  g_free (item->patient_name);
  g_free (item->patient_chart);
  g_clear_pointer (&item->before, desk_visit_free);
  g_clear_pointer (&item->after, desk_visit_free);
  g_clear_pointer (&item->conflicts, g_ptr_array_unref);
  g_free (item->detail);
  g_free (item);
}

void
desk_ripple_plan_free (DeskRipplePlan *plan)
{
  g_clear_pointer (&plan->wish, desk_ripple_wish_free);
  g_clear_pointer (&plan->items, g_ptr_array_unref);
  g_free (plan);
}

/* How many lines of that kind would be done. */
guint
desk_ripple_plan_count (const DeskRipplePlan *plan, DeskRippleWhat what)
{
  guint n = 0;

  for (guint i = 0; i < plan->items->len; i++)
    {
      const DeskRippleItem *item = g_ptr_array_index (plan->items, i);
      n += item->what == what && item->on;
    }
  return n;
}

/* ── written down ────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskDb *db;
  DeskTxn *txn;
  gint64 id, now, by;
  int seq;
} Act;

static gboolean
write_item (Act *act, const char *what, gint64 row_id, const char *was, const char *became, gint64 version, GError **error)
{
  return desk_db_run (act->db, error, item_sql, "idtitti", act->id, ++act->seq, what, row_id, was ? was : "", became ? became : "",
                      version);
}

/* Where a visit is, as one line: its four times, its resources, and why a warning was passed over. */
static char *
place_text (const DeskVisit *visit)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " ", visit->starts_at,
                   visit->ends_at, visit->busy_from, visit->busy_until);
  for (guint i = 0; visit->resources && i < visit->resources->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i ? "," : "", g_array_index (visit->resources, gint64, i));
  g_string_append_printf (text, " %s", visit->override ? visit->override : "");
  return g_string_free (text, FALSE);
}

/* Puts a visit back to where a line says it was. */
static gboolean
place_read (DeskVisit *visit, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", 6);

  if (g_strv_length (parts) != 6)
    return FALSE;
  visit->starts_at = g_ascii_strtoll (parts[0], NULL, 10);
  visit->ends_at = g_ascii_strtoll (parts[1], NULL, 10);
  visit->busy_from = g_ascii_strtoll (parts[2], NULL, 10);
  visit->busy_until = g_ascii_strtoll (parts[3], NULL, 10);
  g_auto (GStrv) ids = g_strsplit (parts[4], ",", -1);
  g_clear_pointer (&visit->resources, g_array_unref);
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; ids[i]; i++)
    {
      gint64 id = g_ascii_strtoll (ids[i], NULL, 10);

      if (id > 0)
        g_array_append_val (visit->resources, id);
    }
  g_free (visit->override);
  visit->override = g_strdup (parts[5]);
  return TRUE;
}

/* ── done ────────────────────────────────────────────────────────────────────────────────────── */

static gboolean
set_day (Act *act, const char *sql, const char *what, const DeskRippleItem *item, GError **error)
{
  g_autofree char *was = item->was == DESK_DAY_NONE ? NULL : desk_day_format (item->was);
  g_autofree char *became = desk_day_format (item->became);
  gint64 version;
  GError *local = NULL;

  if (desk_db_value (act->db, &version, &local, sql, "iit", item->row_id, item->version, became))
    return desk_txn_log (act->txn, item->what == DESK_RIPPLE_LOT ? "lot.expected" : "trip.entry",
                         item->what == DESK_RIPPLE_LOT ? DESK_KIND_LOT : DESK_KIND_TRIP, item->row_id, became, error)
           && write_item (act, what, item->row_id, was, became, version, error);
  if (!g_error_matches (local, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_error_free (local);
  g_set_error (error, DESK_ERROR, DESK_ERROR_CONFLICT, "%s", item->patient_name);
  return FALSE;
}

/* The thing itself. What is said of a failed lot is the lot's own act, not the ripple's. */
static gboolean
do_cause (Act *act, const DeskRipplePlan *plan, GError **error)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      const DeskRippleItem *item = g_ptr_array_index (plan->items, i);
      g_autofree char *day = item->what == DESK_RIPPLE_DAY ? desk_day_format (item->became) : NULL;

      if (item->what == DESK_RIPPLE_LOT && g_str_equal (item->code, "moves") && !set_day (act, lot_sql, "lot", item, error))
        return FALSE;
      if (item->what == DESK_RIPPLE_TRIP && !set_day (act, entry_sql, "trip", item, error))
        return FALSE;
      if (item->what == DESK_RIPPLE_DAY
          && (!desk_closed_days_add (act->db, item->became, item->became, item->detail, error)
              || !write_item (act, "closed_day", item->row_id, "", item->detail, 0, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_visits (Act *act, const DeskRipplePlan *plan, GError **error)
{
  g_autoptr (GPtrArray) moved = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < plan->items->len; i++)
    {
      DeskRippleItem *item = g_ptr_array_index (plan->items, i);

      if (item->what != DESK_RIPPLE_VISIT || !item->on || !item->before || !item->after)
        continue;
      DeskVisit *visit = desk_visit_copy (item->after);
      if (item->conflicts && (!visit->override || !*visit->override) && plan->wish->reason)
        {
          g_free (visit->override);
          visit->override = g_strdup (plan->wish->reason);
        }
      g_ptr_array_add (moved, visit);
      g_ptr_array_add (items, item);
    }
  g_autofree gint64 *versions = g_new0 (gint64, moved->len + 1);
  if (!desk_visits_write_moved (act->txn, act->db, moved, versions, error))
    return FALSE;
  for (guint i = 0; i < moved->len; i++)
    {
      const DeskRippleItem *item = g_ptr_array_index (items, i);
      g_autofree char *was = place_text (item->before), *became = place_text (g_ptr_array_index (moved, i));

      if (!write_item (act, "visit", item->row_id, was, became, versions[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_new (Act *act, const DeskRipplePlan *plan, GError **error)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      const DeskRippleItem *item = g_ptr_array_index (plan->items, i);

      if (item->what != DESK_RIPPLE_VISIT || !item->on || item->before || !item->after)
        continue;
      g_autoptr (DeskVisit) visit = desk_visit_copy (item->after);
      g_autofree char *became = place_text (visit);
      if (!desk_visit_write_new (act->txn, act->db, visit, error)
          || !write_item (act, "visit", visit->id, "", became, visit->version, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
close_dose (Act *act, const char *number, gint64 unit_id, gint64 visit_id, gint64 *id, GError **error)
{
  GError *local = NULL;

  if (desk_db_value (act->db, id, &local, close_dose_sql, "iii", unit_id, visit_id, act->now))
    return desk_txn_log (act->txn, "unit.unreserve", DESK_KIND_UNIT, unit_id, number, error);
  if (!g_error_matches (local, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_error_free (local);
  g_set_error (error, DESK_ERROR, DESK_ERROR_CONFLICT, "%s", number);
  return FALSE;
}

/* A dose is promised only as it was shown: there, released, free and good on that day. What was promised before may still
 * wait for its release. */
static gboolean
open_dose (Act *act, gint64 unit_id, gint64 visit_id, gboolean again, gint64 *id, GError **error)
{
  g_autoptr (DeskUnit) unit = desk_unit_load (act->db, unit_id, error);
  g_autoptr (DeskVisit) visit = unit ? desk_visit_load (act->db, visit_id, error) : NULL;
  g_autoptr (GTimeZone) zone = visit ? desk_clinic_zone (act->db, error) : NULL;

  if (!zone)
    return FALSE;
  if (unit->reserved_visit || (!again && !desk_unit_available (unit, desk_instant_day (visit->starts_at, zone))))
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_CONFLICT, "%s", unit->number);
      return FALSE;
    }
  return desk_db_value (act->db, id, error, open_dose_sql, "iiii", unit_id, visit_id, act->now, act->by)
         && desk_txn_log (act->txn, "unit.reserve", DESK_KIND_UNIT, unit_id, unit->number, error);
}

/* The row of a dose is its reservation; was and became are unit and visit. */
static gboolean
do_doses (Act *act, const DeskRipplePlan *plan, const char *code, GError **error)
{
  gboolean back = g_str_equal (code, "given-back");

  for (guint i = 0; i < plan->items->len; i++)
    {
      const DeskRippleItem *item = g_ptr_array_index (plan->items, i);
      gint64 id;

      if (item->what != DESK_RIPPLE_DOSE || !item->on || !g_str_equal (item->code, code))
        continue;
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, item->row_id, item->visit_id);
      if (!(back ? close_dose (act, item->detail, item->row_id, item->visit_id, &id, error)
                 : open_dose (act, item->row_id, item->visit_id, FALSE, &id, error))
          || !write_item (act, "reservation", id, back ? text : "", back ? "" : text, 0, error))
        return FALSE;
    }
  return TRUE;
}

/* Letters and plans are not touched: that they no longer say what is, is written down. */
static gboolean
note_stale (Act *act, const DeskRipplePlan *plan, GError **error)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      const DeskRippleItem *item = g_ptr_array_index (plan->items, i);

      if (item->what == DESK_RIPPLE_LETTER && !write_item (act, "letter", item->row_id, item->detail, "", 0, error))
        return FALSE;
      if (item->what == DESK_RIPPLE_PLAN && !write_item (act, "plan", item->row_id, "", "", 0, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
desk_ripple_apply (DeskDb *db, const DeskRipplePlan *plan, gint64 *id, GError **error)
{
  const DeskRippleWish *wish = plan->wish;
  const char *kind = desk_ripple_kind_code (wish->kind);
  g_autofree char *day = wish->kind == DESK_RIPPLE_LOT_FAILED ? NULL : desk_day_format (wish->day);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  Act act = { .db = db, .txn = txn, .now = now_seconds (), .by = desk_db_get_actor (db) };

  if (!txn
      || !desk_db_value (db, &act.id, error, insert_sql, "tittii", kind, wish->about, day ? day : "", wish->reason ? wish->reason : "",
                         act.now, act.by))
    return FALSE;
  if (!do_doses (&act, plan, "given-back", error) || !do_cause (&act, plan, error) || !do_visits (&act, plan, error)
      || !do_new (&act, plan, error) || !do_doses (&act, plan, "promised", error) || !note_stale (&act, plan, error)
      || !desk_txn_log (txn, "ripple.apply", DESK_KIND_BOOK, act.id, kind, error) || !desk_txn_commit (txn, error))
    return FALSE;
  *id = act.id;
  return TRUE;
}

/* ── taken back ──────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  char *what, *was, *became;
  gint64 row_id, version;
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->what);
  g_free (item->was);
  g_free (item->became);
  g_free (item);
}

static GPtrArray *
read_items (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (item_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, "SELECT what, row_id, was, became, version FROM ripple_item WHERE ripple_id = $1 ORDER BY seq", "i", id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      Item *item = g_new0 (Item, 1);

      *item = (Item){ desk_stmt_dup_text (stmt, 0), desk_stmt_dup_text (stmt, 2), desk_stmt_dup_text (stmt, 3), desk_stmt_int64 (stmt, 1),
                      desk_stmt_int64 (stmt, 4) };
      g_ptr_array_add (items, item);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&items) : NULL;
}

/* Refuses with whose it is, and lends by whom it was changed. */
static gboolean
changed_since (DeskDb *db, DeskKind kind, gint64 row_id, const char *whose, DeskAuditLast **last, GError **error)
{
  if (last && !*last)
    *last = desk_audit_last (db, kind, row_id, NULL);
  g_set_error (error, DESK_ERROR, DESK_ERROR_CONFLICT, "%s", whose);
  return FALSE;
}

static gboolean
undo_visits (Act *act, const GPtrArray *items, DeskAuditLast **last, GError **error)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);

  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = g_ptr_array_index (items, i);

      if (!g_str_equal (item->what, "visit"))
        continue;
      g_autoptr (DeskVisit) visit = desk_visit_load (act->db, item->row_id, error);
      if (!visit)
        return FALSE;
      if (visit->version != item->version)
        return changed_since (act->db, DESK_KIND_VISIT, visit->id, visit->patient_name, last, error);
      if (!*item->was)
        {
          if (!desk_visit_set_status (act->db, visit, "cancelled_clinic", error))
            return FALSE;
        }
      else if (place_read (visit, item->was))
        g_ptr_array_add (visits, g_steal_pointer (&visit));
    }
  g_autofree gint64 *versions = g_new0 (gint64, visits->len + 1);
  return desk_visits_write_moved (act->txn, act->db, visits, versions, error);
}

static gboolean
undo_day (Act *act, const Item *item, DeskAuditLast **last, GError **error)
{
  gboolean lot = g_str_equal (item->what, "lot");
  gint64 version;
  GError *local = NULL;

  if (desk_db_value (act->db, &version, &local, lot ? lot_sql : entry_sql, "iit", item->row_id, item->version, item->was))
    return desk_txn_log (act->txn, lot ? "lot.expected" : "trip.entry", lot ? DESK_KIND_LOT : DESK_KIND_TRIP, item->row_id, item->was,
                         error);
  if (!g_error_matches (local, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_error_free (local);

  g_autoptr (DeskStmt) stmt = desk_db_query (act->db, error,
                                             lot ? "SELECT number FROM lot WHERE id = $1"
                                                 : "SELECT p.family FROM trip t JOIN patient p ON p.id = t.patient_id WHERE t.id = $1",
                                             "i", item->row_id);
  if (!stmt || desk_stmt_step (stmt, error) != DESK_STEP_ROW)
    return FALSE;
  g_autofree char *whose = desk_stmt_dup_text (stmt, 0);
  g_clear_pointer (&stmt, desk_stmt_release);
  return changed_since (act->db, lot ? DESK_KIND_LOT : DESK_KIND_TRIP, item->row_id, whose, last, error);
}

/* A dose that was promised is given back, one that was given back is promised again, if nobody did anything with it. */
static gboolean
undo_dose (Act *act, const Item *item, DeskAuditLast **last, GError **error)
{
  gboolean back = *item->was != '\0';
  g_auto (GStrv) ids = g_strsplit (back ? item->was : item->became, " ", 2);
  gint64 unit_id = g_ascii_strtoll (ids[0], NULL, 10), visit_id = ids[0] && ids[1] ? g_ascii_strtoll (ids[1], NULL, 10) : 0, id;
  g_autoptr (DeskUnit) unit = desk_unit_load (act->db, unit_id, error);

  if (!unit)
    return FALSE;
  if (unit->reserved_visit != (back ? 0 : visit_id))
    return changed_since (act->db, DESK_KIND_UNIT, unit_id, unit->number, last, error);
  if (!back)
    return close_dose (act, unit->number, unit_id, visit_id, &id, error);
  /* Nobody has said who is at the desk: it stays with who promised it. */
  if (act->by == 0
      && !desk_db_value (act->db, &act->by, error, "SELECT opened_by FROM reservation WHERE id = $1", "i", item->row_id))
    return FALSE;
  return open_dose (act, unit_id, visit_id, TRUE, &id, error);
}

static gboolean
undo_closed (Act *act, const Item *item, DeskAuditLast **last, GError **error)
{
  g_autofree char *reason = NULL, *day = desk_day_format ((DeskDay) item->row_id);

  if (!desk_closed_day_reason (act->db, (DeskDay) item->row_id, &reason, error))
    return FALSE;
  if (g_strcmp0 (reason, item->became) != 0)
    return changed_since (act->db, DESK_KIND_CLINIC, 1, day, last, error);
  return desk_db_run (act->db, error, "DELETE FROM closed_day WHERE day = $1", "t", day)
         && desk_txn_log (act->txn, "closed-day.remove", DESK_KIND_CLINIC, 1, day, error);
}

static gboolean
undo_doses (Act *act, const GPtrArray *items, gboolean promised, DeskAuditLast **last, GError **error)
{
  for (guint i = items->len; i-- > 0;)
    {
      const Item *item = g_ptr_array_index (items, i);

      if (g_str_equal (item->what, "reservation") && promised == (*item->was == '\0') && !undo_dose (act, item, last, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
undo_things (Act *act, const GPtrArray *items, DeskAuditLast **last, GError **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = g_ptr_array_index (items, i);

      if ((g_str_equal (item->what, "lot") || g_str_equal (item->what, "trip")) && !undo_day (act, item, last, error))
        return FALSE;
      if (g_str_equal (item->what, "closed_day") && !undo_closed (act, item, last, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
desk_ripple_undo (DeskDb *db, gint64 id, DeskAuditLast **last, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (GPtrArray) items = txn ? read_items (db, id, error) : NULL;
  Act act = { .db = db, .txn = txn, .id = id, .now = now_seconds (), .by = desk_db_get_actor (db) };
  gint64 done;
  GError *local = NULL;

  if (last)
    *last = NULL;
  if (!items)
    return FALSE;
  if (!desk_db_value (db, &done, &local,
                      "UPDATE ripple SET undone_at = $2, undone_by = nullif ($3, 0) WHERE id = $1 AND undone_at IS NULL RETURNING id",
                      "iii", id, act.now, act.by))
    {
      if (g_error_matches (local, DESK_ERROR, DESK_ERROR_NOT_FOUND))
        g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "it was taken back already");
      else
        g_propagate_error (error, g_steal_pointer (&local));
      g_clear_error (&local);
      return FALSE;
    }
  return undo_doses (&act, items, TRUE, last, error) && undo_visits (&act, items, last, error)
         && undo_things (&act, items, last, error) && undo_doses (&act, items, FALSE, last, error)
         && desk_txn_log (txn, "ripple.undo", DESK_KIND_BOOK, id, NULL, error) && desk_txn_commit (txn, error);
}
