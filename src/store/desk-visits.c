/* Writing visits: booking, moving, and the steps of their status. The keys of the slot tables have the
 * last word; what is here says in words whom a refusal is about. */
#include "desk-book-private.h"
#include "desk-clinics.h"
#include "desk-clocks.h"

static const char insert_sql[]
    = "INSERT INTO visit (patient_id, type, status, starts_at, ends_at, busy_from, busy_until, course_id, course_step,"
      " override, note, created_at, held_until, wall, wall_zone, their_zone)"
      " VALUES ($1, $2, 'proposed', $3, $4, $5, $6, nullif ($7, 0), $8, $9, $10, $11, nullif ($12, 0), $13, $14, $15) RETURNING id";

static const char update_sql[]
    = "UPDATE visit SET type = $3, starts_at = $4, ends_at = $5, busy_from = $6, busy_until = $7, override = $8,"
      " note = $9, held_until = nullif ($10, 0), wall = $11, wall_zone = $12, their_zone = $13, version = version + 1 WHERE id = $1 AND version = $2 RETURNING version";

static const char status_sql[]
    = "UPDATE visit SET status = $3, version = version + 1 WHERE id = $1 AND version = $2 RETURNING version";

/* Into a time where nobody is, a hundred years on, so that visits can take each other's place. */
static const char lift_sql[]
    = "UPDATE visit SET starts_at = starts_at + 3155760000, ends_at = ends_at + 3155760000,"
      " busy_from = busy_from + 3155760000, busy_until = busy_until + 3155760000"
      " WHERE id = $1 AND version = $2 RETURNING version";

/* What is over stays where it was: only its note may still change. */
static const char over_sql[]
    = "SELECT EXISTS (SELECT 1 FROM visit v JOIN visit_status s ON s.status = v.status"
      " WHERE v.id = $1 AND s.final = 1 AND (v.starts_at <> $2 OR v.ends_at <> $3))";

static const char version_sql[] = "SELECT version FROM visit WHERE id = $1";

static const char stamp_sql[]
    = "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at, by_id)"
      " SELECT v.id, 1 + (SELECT count (*) FROM visit_stamp s WHERE s.visit_id = v.id), v.status, $2, $3,"
      " nullif ($4, 0) FROM visit v WHERE v.id = $1";

/* When it last came forward into its status: an undo brings the old stamp back. */
static const char since_sql[]
    = "SELECT coalesce ((SELECT max (s.at) FROM visit_stamp s"
      " JOIN visit_step t ON t.from_status = s.from_status AND t.to_status = s.to_status AND t.undo = 0"
      " WHERE s.visit_id = v.id AND s.to_status = v.status), v.created_at)"
      " FROM visit v WHERE v.id = $1";

/* What only gets another note, or another chair, stays among the visits of its type. */
static const char stays_sql[]
    = "SELECT EXISTS (SELECT 1 FROM visit WHERE id = $1 AND type = $2 AND starts_at = $3 AND ends_at = $4)";

static const char held_resources_sql[] = "SELECT resource_id FROM visit_resource WHERE visit_id = $1";
static const char add_resource_sql[] = "INSERT INTO visit_resource (visit_id, resource_id) VALUES ($1, $2)";
static const char drop_resource_sql[] = "DELETE FROM visit_resource WHERE visit_id = $1 AND resource_id = $2";

static const char seen_sql[] = "UPDATE patient SET last_seen = $2 WHERE id = $1 AND last_seen < $2";

static gint64
now_seconds (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Turns the refusal of a slot's key into one that names who is there. */
static void
name_the_other (DeskDb *db, const DeskVisit *visit, GError **error)
{
  if (!error || !g_error_matches (*error, DESK_ERROR, DESK_ERROR_TAKEN))
    return;

  g_autoptr (GPtrArray) near = desk_visit_near (db, visit, NULL);
  if (!near || near->len == 0)
    return;
  const DeskVisit *other = g_ptr_array_index (near, 0);
  g_autofree char *when = desk_instant_format (other->starts_at);

  g_clear_error (error);
  g_set_error (error, DESK_ERROR, DESK_ERROR_TAKEN, "taken by %s (%s), %s", other->patient_name, other->patient_chart,
               when);
}

static gboolean
write_stamp (DeskDb *db, gint64 id, const char *status, gint64 at, GError **error)
{
  return desk_db_run (db, error, stamp_sql, "itii", id, status, at, desk_db_get_actor (db));
}

/* One row of RETURNING is the new version; none means that somebody changed the visit since it was read. */
static gboolean
take_version (DeskStmt *stmt, gint64 *version, GError **error)
{
  if (!stmt)
    return FALSE;
  switch (desk_stmt_step (stmt, error))
    {
    case DESK_STEP_ROW:
      *version = desk_stmt_int64 (stmt, 0);
      return TRUE;
    case DESK_STEP_DONE:
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "somebody changed the visit meanwhile");
      return FALSE;
    default:
      return FALSE;
    }
}

static gboolean
write_status (DeskDb *db, gint64 id, gint64 *version, const char *status, gint64 at, GError **error)
{
  if (!write_stamp (db, id, status, at, error))
    return FALSE;

  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, status_sql, "iit", id, *version, status);
  return take_version (stmt, version, error);
}

/* A new visit comes to its first status by stamped steps from "proposed", as every later one does. */
static gboolean
first_steps (DeskDb *db, gint64 id, gint64 *version, const char *status, GError **error)
{
  gint64 now = now_seconds ();

  if (g_str_equal (status, "proposed"))
    return TRUE;
  if (!desk_visit_step_legal ("proposed", status) || desk_visit_is_final (status))
    {
      if (!desk_visit_step_legal ("booked", status) || desk_visit_is_final (status))
        {
          g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "visit-step");
          return FALSE;
        }
      if (!write_status (db, id, version, "booked", now, error))
        return FALSE;
    }
  return write_status (db, id, version, status, now, error);
}

static gboolean
insert_visit (DeskDb *db, DeskVisit *visit, gint64 *id, gint64 *version, GError **error)
{
  if (!desk_clock_fill (db, visit, error)
      || !desk_db_value (db, id, error, insert_sql, "itiiiiidttiittt", visit->patient_id, visit->type, visit->starts_at,
                      visit->ends_at, visit->busy_from, visit->busy_until, visit->course_id, visit->course_step,
                      visit->override ? visit->override : "", visit->note ? visit->note : "", now_seconds (), visit->held_until,
                      visit->wall, visit->wall_zone, visit->their_zone))
    return FALSE;
  for (guint i = 0; visit->resources && i < visit->resources->len; i++)
    if (!desk_db_run (db, error, add_resource_sql, "ii", *id, g_array_index (visit->resources, gint64, i)))
      return FALSE;
  *version = 1;
  return first_steps (db, *id, version, visit->status ? visit->status : "booked", error);
}

/* Inside the transaction, the visit being written: whoever was first has the last place. */
static gboolean
check_room (DeskDb *db, const DeskVisit *visit, gint64 id, const char *status, GError **error)
{
  DeskVisit written = *visit;

  written.id = id;
  return !desk_visit_takes_slots (status ? status : "booked")
         || (desk_visit_has_room (db, &written, error) && desk_visit_is_let (db, &written, error));
}

/* Books a new visit inside a transaction of the caller's. */
gboolean
desk_visit_write_new (DeskTxn *txn, DeskDb *db, DeskVisit *visit, GError **error)
{
  gint64 id = 0, version = 0;
  GError *local = NULL;

  if (!insert_visit (db, visit, &id, &version, &local))
    {
      name_the_other (db, visit, &local);
      g_propagate_error (error, local);
      return FALSE;
    }
  if (!desk_txn_log (txn, "visit.book", DESK_KIND_VISIT, id, visit->type, error) || !check_room (db, visit, id, visit->status, error))
    return FALSE;
  visit->id = id;
  visit->version = version;
  if (!visit->status)
    visit->status = g_strdup ("booked");
  return TRUE;
}

static gboolean
contains (const GArray *ids, gint64 id)
{
  for (guint i = 0; ids && i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

static GArray *
read_held (DeskDb *db, gint64 visit_id, GError **error)
{
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, held_resources_sql, "i", visit_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);
      g_array_append_val (held, id);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&held) : NULL;
}

/* What goes is let go first and what comes is taken last, so that a move never runs into itself. */
static gboolean
move_visit (DeskDb *db, DeskVisit *visit, gint64 *version, GError **error)
{
  g_autoptr (GArray) held = read_held (db, visit->id, error);

  if (!held || !desk_clock_fill (db, visit, error))
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    if (!contains (visit->resources, g_array_index (held, gint64, i))
        && !desk_db_run (db, error, drop_resource_sql, "ii", visit->id, g_array_index (held, gint64, i)))
      return FALSE;

  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, update_sql, "iitiiiittittt", visit->id, visit->version, visit->type,
                                             visit->starts_at, visit->ends_at, visit->busy_from, visit->busy_until,
                                             visit->override ? visit->override : "", visit->note ? visit->note : "",
                                             visit->held_until, visit->wall, visit->wall_zone, visit->their_zone);
  if (!take_version (stmt, version, error))
    return FALSE;

  for (guint i = 0; visit->resources && i < visit->resources->len; i++)
    if (!contains (held, g_array_index (visit->resources, gint64, i))
        && !desk_db_run (db, error, add_resource_sql, "ii", visit->id, g_array_index (visit->resources, gint64, i)))
      return FALSE;
  return TRUE;
}

static gboolean
may_move (DeskDb *db, const DeskVisit *visit, GError **error)
{
  gint64 over;

  if (!desk_db_value (db, &over, error, over_sql, "iii", visit->id, visit->starts_at, visit->ends_at))
    return FALSE;
  if (over)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "visit-over");
  return !over;
}

static gboolean
save_moved (DeskTxn *txn, DeskDb *db, DeskVisit *visit, gint64 *version, GError **error)
{
  g_autofree char *when = desk_instant_format (visit->starts_at);
  GError *local = NULL;
  gint64 stays = 0;

  if (!may_move (db, visit, &local)
      || !desk_db_value (db, &stays, &local, stays_sql, "itii", visit->id, visit->type, visit->starts_at, visit->ends_at)
      || !move_visit (db, visit, version, &local) || (!stays && !check_room (db, visit, visit->id, visit->status, &local)))
    {
      name_the_other (db, visit, &local);
      g_propagate_error (error, local);
      return FALSE;
    }
  return desk_txn_log (txn, "visit.move", DESK_KIND_VISIT, visit->id, when, error);
}

/* Moves visits together inside a transaction of the caller's: all leave their slots before the first takes new ones,
 * so that they may change places. Fills their new versions. */
gboolean
desk_visits_write_moved (DeskTxn *txn, DeskDb *db, const GPtrArray *visits, gint64 *versions, GError **error)
{
  for (guint i = 0; i < visits->len; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (visits, i);

      if (!may_move (db, visit, error))
        return FALSE;
      g_autoptr (DeskStmt) stmt = desk_db_query (db, error, lift_sql, "ii", visit->id, visit->version);
      if (!take_version (stmt, &versions[i], error))
        return FALSE;
    }
  for (guint i = 0; i < visits->len; i++)
    {
      DeskVisit *visit = g_ptr_array_index (visits, i);
      g_autofree char *when = desk_instant_format (visit->starts_at);
      GError *local = NULL;

      if (!move_visit (db, visit, &versions[i], &local))
        {
          name_the_other (db, visit, &local);
          g_propagate_error (error, local);
          return FALSE;
        }
      if (!desk_txn_log (txn, "visit.move", DESK_KIND_VISIT, visit->id, when, error))
        return FALSE;
    }
  for (guint i = 0; i < visits->len; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (visits, i);

      if (!check_room (db, visit, visit->id, visit->status, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
desk_visit_save (DeskDb *db, DeskVisit *visit, GError **error)
{
  gboolean is_new = visit->id == 0;
  gint64 version = visit->version;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  gboolean written = is_new ? desk_visit_write_new (txn, db, visit, error)
                            : save_moved (txn, db, visit, &version, error);
  if (!written || !desk_txn_commit (txn, error))
    {
      if (is_new)
        visit->id = visit->version = 0;
      return FALSE;
    }
  if (!is_new)
    visit->version = version;
  return TRUE;
}

static gboolean
mark_seen (DeskTxn *txn, DeskDb *db, const DeskVisit *visit, GError **error)
{
  g_autoptr (GTimeZone) zone = desk_clinic_zone (db, error);

  if (!zone || !desk_db_run (db, error, seen_sql, "id", visit->patient_id, desk_instant_day (visit->starts_at, zone)))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, visit->patient_id);
  return TRUE;
}

static gboolean
same_version (DeskDb *db, const DeskVisit *visit, GError **error)
{
  gint64 version;

  if (!desk_db_value (db, &version, error, version_sql, "i", visit->id))
    return FALSE;
  if (version == visit->version)
    return TRUE;
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "somebody changed the visit meanwhile");
  return FALSE;
}

/* Over without having been: nothing waits for it any more. */
static gboolean
is_off (const char *status)
{
  return desk_visit_is_final (status) && !desk_visit_takes_slots (status);
}

static gboolean
step_status (DeskTxn *txn, DeskDb *db, const DeskVisit *visit, const char *status, gint64 at, gint64 *version,
             char **gone, GError **error)
{
  gboolean was_off = is_off (visit->status), is_off_now = is_off (status);

  if (!desk_visit_step_legal (visit->status, status))
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "visit-step");
      return FALSE;
    }
  if (is_off_now && !desk_visit_doses_give_back (txn, db, visit->id, at, error))
    return FALSE;
  if (!write_status (db, visit->id, version, status, at, error)
      || (!desk_visit_takes_slots (visit->status) && !check_room (db, visit, visit->id, status, error)))
    return FALSE;
  if (was_off && !is_off_now && !desk_visit_doses_promise_again (txn, db, visit->id, at, gone, error))
    return FALSE;
  return !g_str_equal (status, "arrived") || mark_seen (txn, db, visit, error);
}

/* Fills status, status_since, version and doses_gone of the visit. */
gboolean
desk_visit_set_status (DeskDb *db, DeskVisit *visit, const char *status, GError **error)
{
  gint64 now = now_seconds (), version = visit->version, since;
  GError *local = NULL;
  g_autofree char *detail = g_strdup_printf ("%s → %s", visit->status, status), *gone = NULL;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !same_version (db, visit, error))
    return FALSE;
  if (!step_status (txn, db, visit, status, now, &version, &gone, &local))
    {
      name_the_other (db, visit, &local);
      g_propagate_error (error, local);
      return FALSE;
    }
  if (!desk_db_value (db, &since, error, since_sql, "i", visit->id)
      || !desk_txn_log (txn, "visit.status", DESK_KIND_VISIT, visit->id, detail, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  g_free (visit->status);
  visit->status = g_strdup (status);
  visit->status_since = since;
  g_free (visit->doses_gone);
  visit->doses_gone = g_steal_pointer (&gone);
  visit->version = version;
  return TRUE;
}
