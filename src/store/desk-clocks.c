#include "desk-clocks.h"

#include "desk-book-private.h"
#include "desk-clock.h"
#include "desk-clinics.h"

static const char remote_sql[] = "SELECT remote FROM visit_type WHERE code = $1";
static const char zones_sql[] = "SELECT c.zone, p.zone FROM clinic c, patient p WHERE c.id = 1 AND p.id = $1";
static const char stored_sql[] = "SELECT starts_at, wall, wall_zone FROM visit WHERE id = $1";

static const char missing_sql[]
    = "SELECT v.id FROM visit v JOIN visit_type t ON t.code = v.type AND t.remote = 1"
      " WHERE v.starts_at > $1 AND v.wall = '' ORDER BY v.starts_at, v.id";

static const char fill_sql[] = "UPDATE visit SET wall = $2, wall_zone = $3, their_zone = $4 WHERE id = $1";

static const char was_agreed_sql[]
    = "SELECT EXISTS (SELECT 1 FROM visit v WHERE v.id = $1"
      " AND v.status NOT IN ('proposed', 'cancelled_patient', 'cancelled_clinic', 'cancelled_late'))"
      " OR EXISTS (SELECT 1 FROM visit_stamp s WHERE s.visit_id = $1 AND s.from_status IN ('held', 'booked', 'confirmed'))";

static const char agreed_sql[]
    = "SELECT v.id, v.patient_id, v.version, v.type, p.family, p.given, v.wall, v.wall_zone, v.starts_at"
      " FROM visit v JOIN visit_status s ON s.status = v.status AND s.final = 0 JOIN patient p ON p.id = v.patient_id"
      " WHERE v.starts_at > $1 AND v.wall <> '' ORDER BY v.starts_at, v.id";

void
desk_clock_stale_free (DeskClockStale *stale)
{
  if (!stale)
    return;
  g_free (stale->type);
  g_free (stale->patient_name);
  g_free (stale->wall);
  g_free (stale->wall_zone);
  g_free (stale);
}

static void
set_text (char **member, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*member);
  *member = copy;
}

static gboolean
agrees (const DeskVisit *visit)
{
  g_autoptr (GTimeZone) zone = NULL;
  gint64 instant;

  if (!visit->wall || !*visit->wall || !visit->wall_zone || !*visit->wall_zone)
    return FALSE;
  zone = g_time_zone_new_identifier (visit->wall_zone);
  return zone && desk_wall_instant (visit->wall, zone, visit->starts_at, &instant) && instant == visit->starts_at;
}

/* A visit that stays where it is keeps what was agreed, even where the zone's rules have made another instant of it. */
static gboolean
keep_stored (DeskDb *db, DeskVisit *visit, gboolean *kept, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, stored_sql, "i", visit->id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *kept = step == DESK_STEP_ROW && desk_stmt_int64 (stmt, 0) == visit->starts_at && *desk_stmt_text (stmt, 1);
  if (*kept)
    {
      set_text (&visit->wall, desk_stmt_text (stmt, 1));
      set_text (&visit->wall_zone, desk_stmt_text (stmt, 2));
    }
  return step != DESK_STEP_ERROR;
}

static gboolean
write_wall (DeskVisit *visit, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (visit->wall_zone);

  if (!zone)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "unknown time zone %s", visit->wall_zone);
      return FALSE;
    }
  g_free (visit->wall);
  visit->wall = desk_wall_of (visit->starts_at, zone);
  return TRUE;
}

/* Sets wall, zone and the patient's zone of a visit about to be written, in the caller's transaction: kept where they
 * say its time, taken from its time where they do not; empty where nobody calls. The zone is the clinic's where none was
 * agreed. */
gboolean
desk_clock_fill (DeskDb *db, DeskVisit *visit, GError **error)
{
  gint64 remote = 0;
  gboolean kept;

  if (!desk_db_value (db, &remote, error, remote_sql, "t", visit->type))
    return FALSE;
  if (!remote)
    {
      set_text (&visit->wall, "");
      set_text (&visit->wall_zone, "");
      set_text (&visit->their_zone, "");
      return TRUE;
    }
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, zones_sql, "i", visit->patient_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;
  if (step == DESK_STEP_ERROR)
    return FALSE;
  if (!visit->their_zone || !*visit->their_zone)
    set_text (&visit->their_zone, step == DESK_STEP_ROW ? desk_stmt_text (stmt, 1) : "");
  if (agrees (visit))
    return TRUE;
  if (!keep_stored (db, visit, &kept, error))
    return FALSE;
  if (kept)
    return TRUE;
  if (!visit->wall_zone || !*visit->wall_zone)
    set_text (&visit->wall_zone, step == DESK_STEP_ROW ? desk_stmt_text (stmt, 0) : "Asia/Tokyo");
  return write_wall (visit, error);
}

/* Whether the patient was ever told of it: what is proposed, or was called off as a proposal, was never agreed. */
gboolean
desk_visit_was_agreed (DeskDb *db, gint64 id, gboolean *agreed, GError **error)
{
  gint64 was;

  if (!desk_db_value (db, &was, error, was_agreed_sql, "i", id))
    return FALSE;
  *agreed = was != 0;
  return TRUE;
}

static GArray *
read_ids (DeskStmt *stmt, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);
      g_array_append_val (ids, id);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* Remote visits to come that were booked before walls were kept: their time is what was agreed. */
gboolean
desk_clock_fill_missing (DeskDb *db, gint64 now, guint *n_filled, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, missing_sql, "i", now);
  g_autoptr (GArray) ids = read_ids (stmt, error);

  *n_filled = ids ? ids->len : 0;
  if (!ids || ids->len == 0)
    return ids != NULL;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autoptr (DeskVisit) visit = desk_visit_load (db, id, error);

      if (!visit || !desk_clock_fill (db, visit, error)
          || !desk_db_run (db, error, fill_sql, "ittt", id, visit->wall, visit->wall_zone, visit->their_zone))
        return FALSE;
    }
  return desk_txn_log (txn, "visit.walls", DESK_KIND_VISIT, 0, NULL, error) && desk_txn_commit (txn, error);
}

/* NULL where it is still what was agreed. A zone that is no longer known is told of too: nobody knows its instant. */
static DeskClockStale *
look (DeskStmt *stmt)
{
  const char *wall = desk_stmt_text (stmt, 6);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (desk_stmt_text (stmt, 7));
  gint64 starts_at = desk_stmt_int64 (stmt, 8), should_be = starts_at;
  DeskWallTimes times = { 0 };
  DeskDay day;
  int minute;

  if (zone && desk_wall_instant (wall, zone, starts_at, &should_be) && should_be == starts_at)
    return NULL;
  if (zone && desk_wall_parse (wall, &day, &minute))
    desk_wall_times (day, minute, zone, &times);
  DeskClockStale *stale = g_new0 (DeskClockStale, 1);
  *stale = (DeskClockStale) { .visit_id = desk_stmt_int64 (stmt, 0), .patient_id = desk_stmt_int64 (stmt, 1),
                              .version = desk_stmt_int64 (stmt, 2), .type = desk_stmt_dup_text (stmt, 3),
                              .patient_name = desk_row_name (stmt, 4), .wall = g_strdup (wall),
                              .wall_zone = desk_stmt_dup_text (stmt, 7), .starts_at = starts_at, .should_be = should_be,
                              .gap = times.fit == DESK_WALL_GAP };
  return stale;
}

/* Of the remote visits to come those whose instant is not the one agreed: DeskClockStale by time, freed with
 * g_ptr_array_unref (). */
GPtrArray *
desk_clock_stale_list (DeskDb *db, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_clock_stale_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, agreed_sql, "i", now);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskClockStale *stale = look (stmt);

      if (stale)
        g_ptr_array_add (list, stale);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/* Brings a visit to the instant that was agreed, by the rules in force; in a gap to the time after it. TAKEN when somebody
 * else is there then, CONFLICT when it was changed since. The visit as it is now. */
gboolean
desk_clock_mend (DeskDb *db, gint64 visit_id, gint64 version, DeskVisit **mended, GError **error)
{
  g_autoptr (DeskVisit) visit = desk_visit_load (db, visit_id, error);
  g_autoptr (GTimeZone) zone = visit && visit->wall_zone ? g_time_zone_new_identifier (visit->wall_zone) : NULL;
  gint64 instant;

  if (!visit)
    return FALSE;
  if (!zone || !desk_wall_instant (visit->wall, zone, visit->starts_at, &instant))
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "no-wall-time");
      return FALSE;
    }
  gint64 by = instant - visit->starts_at;
  visit->version = version;
  visit->starts_at += by;
  visit->ends_at += by;
  visit->busy_from += by;
  visit->busy_until += by;
  if (!desk_visit_save (db, visit, error))
    return FALSE;
  *mended = g_steal_pointer (&visit);
  return TRUE;
}
