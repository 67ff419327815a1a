#include "desk-freed.h"

#include <string.h>

#include "desk-book-private.h"
#include "desk-clinics.h"
#include "desk-free-slots.h"
#include "desk-gates.h"
#include "desk-trips.h"
#include "desk-waitings.h"
#include "desk-windows.h"

#define READ \
  "SELECT f.id, f.visit_id, v.patient_id, f.type, f.starts_at, f.ends_at, f.freed_at, f.closed_at, f.outcome, f.filled_by," \
  " f.version, p.family, p.given FROM freed_slot f JOIN visit v ON v.id = f.visit_id JOIN patient p ON p.id = v.patient_id "

static const char open_sql[] = READ "WHERE f.closed_at IS NULL AND f.starts_at > $1 ORDER BY f.starts_at, f.id";
static const char load_sql[] = READ "WHERE f.id = $1";

static const char close_sql[]
    = "UPDATE freed_slot SET closed_at = CASE WHEN $3 = '' THEN NULL ELSE $4 END, outcome = $3, filled_by = nullif ($5, 0),"
      " version = version + 1 WHERE id = $1 AND version = $2 RETURNING version";

static const char past_sql[]
    = "UPDATE freed_slot SET closed_at = $1, outcome = 'past', version = version + 1 WHERE closed_at IS NULL AND starts_at <= $1";

static const char any_past_sql[] = "SELECT count (*) FROM freed_slot WHERE closed_at IS NULL AND starts_at <= $1";

static const char busy_sql[]
    = "SELECT EXISTS (SELECT 1 FROM patient_slot WHERE patient_id = $1 AND slot >= $2 AND slot < $3 AND visit_id <> $4)";

static const char passport_sql[] = "SELECT passport_until FROM patient WHERE id = $1";

static const char remote_sql[] = "SELECT remote FROM visit_type WHERE code = $1";

static const char gone_sql[]
    = "SELECT EXISTS (SELECT 1 FROM visit v JOIN visit_status s ON s.status = v.status WHERE v.id = $1 AND s.final = 1)";

void
desk_freed_look_free (DeskFreedLook *look)
{
  if (!look)
    return;
  desk_freed_slot_free (look->slot);
  g_clear_pointer (&look->fits, g_array_unref);
  g_clear_pointer (&look->waiting, g_ptr_array_unref);
  g_free (look);
}

static DeskFreedSlot *
read_slot (DeskStmt *stmt)
{
  DeskFreedSlot *slot = g_new0 (DeskFreedSlot, 1);

  *slot = (DeskFreedSlot) {
    .id = desk_stmt_int64 (stmt, 0), .visit_id = desk_stmt_int64 (stmt, 1), .patient_id = desk_stmt_int64 (stmt, 2),
    .type = desk_stmt_dup_text (stmt, 3), .starts_at = desk_stmt_int64 (stmt, 4), .ends_at = desk_stmt_int64 (stmt, 5),
    .freed_at = desk_stmt_int64 (stmt, 6), .closed_at = desk_stmt_int64 (stmt, 7), .outcome = desk_stmt_dup_text (stmt, 8),
    .filled_by = desk_stmt_int64 (stmt, 9), .version = desk_stmt_int64 (stmt, 10), .patient_name = desk_row_name (stmt, 11),
  };
  return slot;
}

static DeskFreedSlot *
load_slot (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, load_sql, "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such free time");
  return step == DESK_STEP_ROW ? read_slot (stmt) : NULL;
}

/* Open ones to come, the soonest first: DeskFreedSlot, freed with g_ptr_array_unref (). */
GPtrArray *
desk_freed_list (DeskDb *db, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_freed_slot_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, open_sql, "i", now);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (list, read_slot (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/* A place for a visit of that kind at the time of the slot, or NULL in place: with chair, room and people. */
static gboolean
find_place (DeskDb *db, const DeskFreedSlot *slot, gint64 patient_id, gint64 visit_id, GTimeZone *zone, gint64 now,
            DeskFreeSlot **place, GError **error)
{
  DeskDay day = desk_instant_day (slot->starts_at, zone);
  int from = desk_instant_minute (slot->starts_at, zone), minutes = (int) ((slot->ends_at - slot->starts_at) / 60);
  DeskSlotSearch search = { .type = slot->type, .patient_id = patient_id, .first = day, .last = day, .from_minute = from,
                            .until_minute = from + minutes, .minutes = minutes, .limit = 1, .visit_id = visit_id, .every = 5 };
  g_autoptr (GPtrArray) found = desk_free_slots (db, &search, now, error);

  *place = NULL;
  if (!found)
    return FALSE;
  if (found->len && ((DeskFreeSlot *) found->pdata[0])->starts_at == slot->starts_at)
    *place = g_ptr_array_steal_index (found, 0);
  return TRUE;
}

static gboolean
know_windows (DeskDb *db, gint64 patient_id, DeskDay day, guint *known, GError **error)
{
  g_autoptr (GPtrArray) windows = desk_patient_window_list (db, patient_id, FALSE, error);
  gboolean said = FALSE, possible = FALSE;

  for (guint i = 0; windows && i < windows->len; i++)
    {
      const DeskPatientWindow *window = windows->pdata[i];
      DeskDay first, last;

      if (!desk_patient_window_span (window, &first, &last))
        continue;
      gboolean within = day >= first && day <= last;
      if (!desk_patient_window_is_possible (window))
        *known |= within ? DESK_WAITING_BLACKOUT : 0;
      else
        {
          said |= last >= day;
          possible |= within;
        }
    }
  if (said && !possible)
    *known |= DESK_WAITING_WINDOW;
  return windows != NULL;
}

static gboolean
know_stay (DeskDb *db, gint64 patient_id, DeskDay day, DeskDay today, guint *known, GError **error)
{
  g_autofree char *passport_until = NULL;
  DeskDay limit;

  {
    g_autoptr (DeskStmt) stmt = desk_db_query (db, error, passport_sql, "i", patient_id);

    if (!stmt || desk_stmt_step (stmt, error) != DESK_STEP_ROW)
      return FALSE;
    passport_until = desk_stmt_dup_text (stmt, 0);
  }
  g_autoptr (GPtrArray) trips = desk_trip_list (db, patient_id, FALSE, error);
  if (!trips)
    return FALSE;
  if (desk_stay_fit (trips, passport_until, day, today, &limit) != DESK_STAY_FITS)
    *known |= DESK_WAITING_STAY;
  return TRUE;
}

/* What the record says of somebody on that day, as bits of DeskWaitingMiss. */
static gboolean
know (DeskDb *db, const DeskWaiting *waiting, const DeskFreedSlot *slot, GTimeZone *zone, gint64 now, guint *known, GError **error)
{
  DeskDay day = desk_instant_day (slot->starts_at, zone), today = desk_instant_day (now, zone);
  gint64 busy = 0, remote = 0, gone = 0;
  g_autofree char *rules = NULL;
  DeskGate gate;

  if (!desk_db_value (db, &busy, error, busy_sql, "iiii", waiting->patient_id, slot->starts_at / DESK_SLOT_SECONDS,
                      slot->ends_at / DESK_SLOT_SECONDS, waiting->visit_id)
      || !desk_db_value (db, &remote, error, remote_sql, "t", slot->type)
      || (waiting->visit_id && !desk_db_value (db, &gone, error, gone_sql, "i", waiting->visit_id)))
    return FALSE;
  if (busy || gone)
    *known |= DESK_WAITING_BUSY;
  if (!remote
      && (!know_windows (db, waiting->patient_id, day, known, error) || !know_stay (db, waiting->patient_id, day, today, known, error)))
    return FALSE;
  if (!desk_gate_of_visit (slot->type, &gate) || gate != DESK_GATE_DRAW)
    return TRUE;
  if (!desk_gates_short (db, waiting->patient_id, gate, waiting->visit_id, day, today, &rules, error))
    return FALSE;
  if (rules)
    *known |= DESK_WAITING_GATE;
  return TRUE;
}

static gboolean
judge_all (DeskDb *db, DeskFreedLook *look, GTimeZone *zone, gint64 now, GError **error)
{
  for (guint i = 0; i < look->waiting->len; i++)
    {
      const DeskWaiting *waiting = look->waiting->pdata[i];
      DeskWaitingFit fit = { .waiting = waiting };

      if (strcmp (waiting->type, look->slot->type) != 0)
        continue;
      /* The record is asked only of those whose own wishes fit. */
      if (!desk_waiting_misses (waiting, look->slot, 0, zone, now) && !know (db, waiting, look->slot, zone, now, &fit.known, error))
        return FALSE;
      g_array_append_val (look->fits, fit);
    }
  desk_waiting_rank (look->fits, look->slot, zone, now);
  while (look->n_fits < look->fits->len && g_array_index (look->fits, DeskWaitingFit, look->n_fits).fits)
    look->n_fits++;
  return TRUE;
}

/* A slot with everybody who waits for its kind, judged and in order; free with desk_freed_look_free (). */
DeskFreedLook *
desk_freed_look (DeskDb *db, gint64 slot_id, gint64 now, GError **error)
{
  g_autoptr (DeskFreedLook) look = g_new0 (DeskFreedLook, 1);
  g_autoptr (GTimeZone) zone = desk_clinic_zone (db, error);
  g_autoptr (DeskFreeSlot) place = NULL;

  look->fits = g_array_new (FALSE, FALSE, sizeof (DeskWaitingFit));
  look->slot = zone ? load_slot (db, slot_id, error) : NULL;
  look->waiting = look->slot ? desk_waiting_list (db, FALSE, error) : NULL;
  if (!look->waiting || !find_place (db, look->slot, 0, 0, zone, now, &place, error) || !judge_all (db, look, zone, now, error))
    return NULL;
  look->free = place != NULL;
  return g_steal_pointer (&look);
}

/* The visit as it would be: at the slot's time, with a chair or what else it needs. TAKEN when there is no place left. */
DeskVisit *
desk_freed_wanted (DeskDb *db, const DeskFreedSlot *slot, const DeskWaiting *waiting, gint64 now, GError **error)
{
  g_autoptr (GTimeZone) zone = desk_clinic_zone (db, error);
  g_autoptr (GPtrArray) types = zone ? desk_visit_type_list (db, error) : NULL;
  g_autoptr (DeskVisit) visit = types && waiting->visit_id ? desk_visit_load (db, waiting->visit_id, error) : NULL;
  g_autoptr (DeskFreeSlot) place = NULL;

  if (!types || (waiting->visit_id && !visit)
      || !find_place (db, slot, waiting->patient_id, waiting->visit_id, zone, now, &place, error))
    return NULL;
  if (!place)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "freed-taken");
      return NULL;
    }
  if (!visit)
    {
      visit = g_new0 (DeskVisit, 1);
      visit->patient_id = waiting->patient_id;
      visit->type = g_strdup (slot->type);
      visit->status = g_strdup ("booked");
      visit->override = g_strdup ("");
      visit->note = g_strdup (waiting->note);
    }
  g_clear_pointer (&visit->resources, g_array_unref);
  visit->resources = g_array_ref (place->resources);
  for (guint i = 0; i < types->len; i++)
    if (g_strcmp0 (((DeskVisitType *) types->pdata[i])->code, visit->type) == 0)
      desk_visit_set_time (visit, types->pdata[i], slot->starts_at, (int) ((slot->ends_at - slot->starts_at) / 60));
  return g_steal_pointer (&visit);
}

static gboolean
write_close (DeskDb *db, gint64 id, gint64 *version, const char *outcome, gint64 filled_by, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, close_sql, "iitii", id, *version, outcome,
                                             g_get_real_time () / G_USEC_PER_SEC, filled_by);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ROW)
    *version = desk_stmt_int64 (stmt, 0);
  else if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "freed-closed");
  return step == DESK_STEP_ROW;
}

/* Books the visit that desk_freed_wanted () made (and was checked, with its reason), closes the slot and takes the person
 * off the list: all of it or nothing. REFUSED ("freed-closed") when somebody was quicker. */
gboolean
desk_freed_fill (DeskDb *db, const DeskFreedSlot *slot, const DeskWaiting *waiting, DeskVisit *visit, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 slot_version = slot->version, waiting_version = waiting->version, id = visit->id, version = visit->version;

  if (txn && desk_visit_save (db, visit, error) && write_close (db, slot->id, &slot_version, "filled", visit->id, error)
      && desk_waiting_close (db, waiting->id, &waiting_version, "booked", error)
      && desk_txn_log (txn, "freed.fill", DESK_KIND_WAIT, slot->id, waiting->patient_chart, error) && desk_txn_commit (txn, error))
    return TRUE;
  visit->id = id;
  visit->version = version;
  return FALSE;
}

/* Takes that back: the visit as it was written is cancelled, or goes where it was before; the slot is open again (the
 * file does that) and the person waits again. CONFLICT when somebody changed the visit since. */
gboolean
desk_freed_unfill (DeskDb *db, gint64 slot_id, gint64 waiting_id, const DeskVisit *visit, const DeskVisit *before, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskVisit) back = desk_visit_copy (before ? before : visit);
  g_autoptr (DeskWaiting) waiting = NULL;

  back->version = visit->version;
  if (!txn || !(before ? desk_visit_save (db, back, error) : desk_visit_set_status (db, back, "cancelled_clinic", error)))
    return FALSE;
  waiting = desk_waiting_load (db, waiting_id, error);
  if (!waiting || (waiting->closed_at && !desk_waiting_close (db, waiting_id, &waiting->version, "", error)))
    return FALSE;
  return desk_txn_log (txn, "freed.undo", DESK_KIND_WAIT, slot_id, NULL, error) && desk_txn_commit (txn, error);
}

/* Closes one without booking ("nobody", "not_needed"), or opens it again (""). */
gboolean
desk_freed_close (DeskDb *db, gint64 id, gint64 *version, const char *outcome, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 later = *version;

  if (!txn || !write_close (db, id, &later, outcome, 0, error)
      || !desk_txn_log (txn, *outcome ? "freed.close" : "freed.reopen", DESK_KIND_WAIT, id, outcome, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  *version = later;
  return TRUE;
}

/* Those whose time has come are over. */
gboolean
desk_freed_tidy (DeskDb *db, gint64 now, guint *n_closed, GError **error)
{
  gint64 any = 0;

  *n_closed = 0;
  if (!desk_db_value (db, &any, error, any_past_sql, "i", now))
    return FALSE;
  if (!any)
    return TRUE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn || !desk_db_run (db, error, past_sql, "i", now) || !desk_txn_log (txn, "freed.past", DESK_KIND_WAIT, 0, NULL, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  *n_closed = (guint) any;
  return TRUE;
}
