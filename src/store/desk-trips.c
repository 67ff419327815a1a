#include "desk-trips.h"

#include "desk-companions.h"
#include "desk-passports.h"
#include "desk-patients.h"

/* The texts first, in the order of desk_trip_fields (). */
#define READ \
  "SELECT route, planned_entry, planned_departure, entered_on, departed_on, departure_reported_on, permitted_until," \
  " visa_number, visa_issued_on, visa_until, visa_entries, coe_number, mission, guarantor, guarantor_list," \
  " guarantor_number, guarantor_address, guarantor_contact, guarantor_checked_on, note, exempt_days, permitted_days," \
  " visa_days, condition_met, hospitalised, cancelled_at, version, patient_id, id FROM trip "

static DeskTrip *
read_trip (DeskStmt *stmt)
{
  DeskTrip *trip = desk_trip_new (0);
  guint n;
  const DeskRecordField *fields = desk_trip_fields (&n);

  for (guint i = 0; i < n; i++)
    desk_record_set (trip, &fields[i], desk_stmt_text (stmt, i));
  trip->exempt_days = desk_stmt_int (stmt, n);
  trip->permitted_days = desk_stmt_int (stmt, n + 1);
  trip->visa_days = desk_stmt_int (stmt, n + 2);
  trip->condition_met = desk_stmt_int (stmt, n + 3);
  trip->hospitalised = desk_stmt_int (stmt, n + 4);
  trip->cancelled_at = desk_stmt_int64 (stmt, n + 5);
  trip->version = desk_stmt_int64 (stmt, n + 6);
  trip->patient_id = desk_stmt_int64 (stmt, n + 7);
  trip->id = desk_stmt_int64 (stmt, n + 8);
  trip->companions = g_array_new (FALSE, FALSE, sizeof (gint64));
  return trip;
}

static void
free_row (gpointer trip)
{
  desk_trip_free (trip);
}

static gboolean
read_companions (DeskDb *db, DeskTrip *trip, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, "SELECT companion_id FROM trip_companion WHERE trip_id = $1 ORDER BY companion_id", "i", trip->id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);

      g_array_append_val (trip->companions, id);
    }
  return step == DESK_STEP_DONE;
}

static GPtrArray *
read_trips (DeskDb *db, DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) trips = g_ptr_array_new_with_free_func (free_row);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (trips, read_trip (stmt));
  if (step != DESK_STEP_DONE)
    return NULL;
  for (guint i = 0; i < trips->len; i++)
    if (!read_companions (db, trips->pdata[i], error))
      return NULL;
  return g_steal_pointer (&trips);
}

/* A patient's stays, the latest first, with their companions: DeskTrip, freed with g_ptr_array_unref (). One without
 * a planned day stands first: it is the one being planned. */
GPtrArray *
desk_trip_list (DeskDb *db, gint64 patient_id, gboolean with_cancelled, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      READ "WHERE patient_id = $1 AND (cancelled_at IS NULL OR $2 = 1)"
           " ORDER BY CASE WHEN entered_on <> '' THEN entered_on WHEN planned_entry <> '' THEN planned_entry ELSE '9' END DESC,"
           " id DESC",
      "id", patient_id, with_cancelled ? 1 : 0);

  return read_trips (db, stmt, error);
}

/* DESK_ERROR_NOT_FOUND when there is none; free with desk_trip_free (). */
DeskTrip *
desk_trip_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE id = $1", "i", id);
  g_autoptr (GPtrArray) trips = read_trips (db, stmt, error);

  if (!trips)
    return NULL;
  if (trips->len == 0)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such stay");
      return NULL;
    }
  return g_ptr_array_steal_index (trips, 0);
}

/* The rules of the record once more; the day is the latest anywhere on earth. */
static gboolean
refuse_invalid (const DeskTrip *trip, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_trip_check (trip, (DeskDay) (g_get_real_time () / G_USEC_PER_SEC / 86400) + 1, problems);
  if (problems->len == 0)
    return TRUE;
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "%s: %s", desk_problems_get (problems, 0)->field,
               desk_problems_get (problems, 0)->code);
  return FALSE;
}

static const char insert_sql[]
    = "INSERT INTO trip (route, planned_entry, planned_departure, entered_on, departed_on, departure_reported_on,"
      " permitted_until, visa_number, visa_issued_on, visa_until, visa_entries, coe_number, mission, guarantor,"
      " guarantor_list, guarantor_number, guarantor_address, guarantor_contact, guarantor_checked_on, note, exempt_days,"
      " permitted_days, visa_days, condition_met, hospitalised, patient_id)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,"
      " $23, $24, $25, $26) RETURNING id, version";

/* The patient of a stay never changes. */
static const char update_sql[]
    = "UPDATE trip SET route = $1, planned_entry = $2, planned_departure = $3, entered_on = $4, departed_on = $5,"
      " departure_reported_on = $6, permitted_until = $7, visa_number = $8, visa_issued_on = $9, visa_until = $10,"
      " visa_entries = $11, coe_number = $12, mission = $13, guarantor = $14, guarantor_list = $15,"
      " guarantor_number = $16, guarantor_address = $17, guarantor_contact = $18, guarantor_checked_on = $19,"
      " note = $20, exempt_days = $21, permitted_days = $22, visa_days = $23, condition_met = $24, hospitalised = $25,"
      " version = version + 1"
      " WHERE patient_id = $26 AND id = $27 AND version = $28 RETURNING id, version";

#define TEXTS "tttttttttttttttttttt"

static DeskStmt *
write_trip (DeskDb *db, const DeskTrip *t, GError **error)
{
  return desk_db_query (db, error, t->id ? update_sql : insert_sql, t->id ? TEXTS "dddddiii" : TEXTS "dddddi", t->route,
                        t->planned_entry, t->planned_departure, t->entered_on, t->departed_on, t->departure_reported_on,
                        t->permitted_until, t->visa_number, t->visa_issued_on, t->visa_until, t->visa_entries,
                        t->coe_number, t->mission, t->guarantor, t->guarantor_list, t->guarantor_number,
                        t->guarantor_address, t->guarantor_contact, t->guarantor_checked_on, t->note, t->exempt_days,
                        t->permitted_days, t->visa_days, !!t->condition_met, !!t->hospitalised, t->patient_id, t->id,
                        t->version);
}

static gboolean
write_companions (DeskDb *db, const DeskTrip *trip, gint64 id, GError **error)
{
  if (!desk_db_run (db, error, "DELETE FROM trip_companion WHERE trip_id = $1", "i", id))
    return FALSE;
  for (guint i = 0; trip->companions && i < trip->companions->len; i++)
    if (!desk_db_run (db, error, "INSERT INTO trip_companion (trip_id, companion_id, patient_id) VALUES ($1, $2, $3)",
                      "iii", id, g_array_index (trip->companions, gint64, i), trip->patient_id))
      return FALSE;
  return TRUE;
}

static void
append_number (GString *text, const char *name, int before, int after)
{
  if (before != after)
    g_string_append_printf (text, "%s%s: %d → %d", text->len ? "\n" : "", name, before, after);
}

/* The people on a stay, as the audit trail names them. */
static char *
companion_ids (const DeskTrip *trip)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; trip->companions && i < trip->companions->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i ? "," : "", g_array_index (trip->companions, gint64, i));
  return g_string_free (text, FALSE);
}

static char *
differences (DeskDb *db, const DeskTrip *trip, GError **error)
{
  g_autoptr (DeskTrip) before = trip->id ? desk_trip_load (db, trip->id, error) : desk_trip_new (trip->patient_id);
  guint n;
  const DeskRecordField *fields = desk_trip_fields (&n);

  if (!before)
    return NULL;
  g_autofree char *texts = desk_record_differences (before, trip, fields, n);
  g_autofree char *were = companion_ids (before);
  g_autofree char *are = companion_ids (trip);
  GString *all = g_string_new (texts);

  append_number (all, "exempt_days", before->exempt_days, trip->exempt_days);
  append_number (all, "permitted_days", before->permitted_days, trip->permitted_days);
  append_number (all, "visa_days", before->visa_days, trip->visa_days);
  append_number (all, "condition_met", !!before->condition_met, !!trip->condition_met);
  append_number (all, "hospitalised", !!before->hospitalised, !!trip->hospitalised);
  if (!g_str_equal (were, are))
    g_string_append_printf (all, "%scompanions: %s → %s", all->len ? "\n" : "", were, are);
  return g_string_free (all, FALSE);
}

static gboolean
run_write (DeskStmt *stmt, gint64 *id, gint64 *version, GError **error)
{
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the stay was changed meanwhile");
  if (step == DESK_STEP_ROW)
    {
      *id = desk_stmt_int64 (stmt, 0);
      *version = desk_stmt_int64 (stmt, 1);
    }
  g_clear_pointer (&stmt, desk_stmt_release);
  return step == DESK_STEP_ROW;
}

/* Saves a new (id 0) or changed stay with its companions, tidied; fills in id and version. What the rules of the stay
 * say against it does not stop it: the record says what is so. DESK_ERROR_CONFLICT when somebody saved since it was
 * loaded, DESK_ERROR_INVALID with field and code, DESK_ERROR_REFUSED for somebody else's companion. */
gboolean
desk_trip_save (DeskDb *db, DeskTrip *trip, GError **error)
{
  gint64 id = 0, version = 0;

  desk_trip_tidy (trip);
  if (!refuse_invalid (trip, error))
    return FALSE;

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autofree char *detail = txn ? differences (db, trip, error) : NULL;
  if (!detail || !run_write (write_trip (db, trip, error), &id, &version, error)
      || !write_companions (db, trip, id, error)
      || !desk_txn_log (txn, trip->id ? "trip.update" : "trip.add", DESK_KIND_TRIP, id, detail, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, trip->patient_id);
  if (!desk_txn_commit (txn, error))
    return FALSE;
  trip->id = id;
  trip->version = version;
  return TRUE;
}

/* A new stay with its companions within the caller's transaction, without an audit row: for filling a file. */
gboolean
desk_trip_insert (DeskDb *db, DeskTrip *trip, GError **error)
{
  return run_write (write_trip (db, trip, error), &trip->id, &trip->version, error)
         && write_companions (db, trip, trip->id, error);
}

/* Calls a stay off, or takes that back; the record stays. version is the one shown, and becomes the new one. */
gboolean
desk_trip_cancel (DeskDb *db, gint64 id, gint64 *version, gboolean cancelled, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 patient_id = 0, now = cancelled ? g_get_real_time () / G_USEC_PER_SEC : 0, new_version = 0;

  if (!txn)
    return FALSE;
  if (!run_write (desk_db_query (db, error,
                                 "UPDATE trip SET cancelled_at = nullif ($1, 0), version = version + 1"
                                 " WHERE id = $2 AND version = $3 RETURNING patient_id, version",
                                 "iii", now, id, *version),
                  &patient_id, &new_version, error))
    return FALSE;
  if (!desk_txn_log (txn, cancelled ? "trip.cancel" : "trip.restore", DESK_KIND_TRIP, id, NULL, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, patient_id);
  if (!desk_txn_commit (txn, error))
    return FALSE;
  *version = new_version;
  return TRUE;
}

void
desk_stay_file_free (DeskStayFile *file)
{
  if (!file)
    return;
  desk_patient_free (file->patient);
  g_clear_pointer (&file->companions, g_ptr_array_unref);
  g_clear_pointer (&file->trips, g_ptr_array_unref);
  g_clear_pointer (&file->exemptions, g_ptr_array_unref);
  g_clear_pointer (&file->readings, g_ptr_array_unref);
  g_free (file);
}

/* Reads all that the rules look at; look.trip is left for the caller to set. Free with desk_stay_file_free (). */
DeskStayFile *
desk_stay_load (DeskDb *db, gint64 patient_id, DeskDay today, GError **error)
{
  g_autoptr (DeskStayFile) file = g_new0 (DeskStayFile, 1);
  gint64 booked = 0;

  file->patient = desk_patient_load (db, patient_id, error);
  file->companions = file->patient ? desk_companion_list (db, patient_id, TRUE, error) : NULL;
  file->trips = file->companions ? desk_trip_list (db, patient_id, FALSE, error) : NULL;
  file->readings = file->trips ? desk_passport_list (db, patient_id, error) : NULL;
  file->exemptions = file->readings ? desk_exemption_load (db, NULL, error) : NULL;
  if (!file->exemptions
      || !desk_db_value (db, &booked, error,
                         "SELECT EXISTS (SELECT 1 FROM visit WHERE patient_id = $1"
                         " AND status IN ('held', 'booked', 'confirmed', 'arrived', 'checked_in', 'in_room'))",
                         "i", patient_id))
    return NULL;
  file->look = (DeskStayCase) { .patient = file->patient, .companions = file->companions, .trips = file->trips,
                                .exemptions = file->exemptions, .readings = file->readings, .schedule = booked != 0, .today = today };
  return g_steal_pointer (&file);
}
