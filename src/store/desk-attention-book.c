/* What the book needs attention for: held visits that run out, and visits under which something
 * changed since they were booked. Looked at are the next weeks; who passed over a warning has seen it. */
#include "desk-attention-private.h"

#include "desk-blocks.h"
#include "desk-book-private.h"
#include "desk-clinics.h"
#include "desk-stay.h"
#include "desk-trips.h"

#define AHEAD_DAYS 30

static const char held_sql[]
    = "SELECT v.id, v.patient_id, v.held_until, v.type, p.family, p.given FROM visit v JOIN patient p ON p.id = v.patient_id"
      " WHERE v.held_until > 0 AND v.held_until < $1 AND v.status = 'held' AND v.ends_at > $2 ORDER BY v.held_until, v.id";

static const char ahead_sql[]
    = "SELECT v.id, v.patient_id, v.starts_at, v.ends_at, p.family, p.given, t.remote, p.passport_until"
      " FROM visit v JOIN patient p ON p.id = v.patient_id JOIN visit_status s ON s.status = v.status"
      " JOIN visit_type t ON t.code = v.type"
      " WHERE v.starts_at >= $1 AND v.starts_at < $2 AND s.takes = 1 AND s.final = 0 AND v.override = ''"
      " ORDER BY v.starts_at, v.id";

static const char closed_sql[] = "SELECT reason FROM closed_day WHERE day = $1";

static const char in_block_sql[] = "SELECT DISTINCT visit_id FROM visit_slot WHERE resource_id = $1 AND slot >= $2 AND slot < $3";

typedef struct
{
  gint64 id, patient_id, starts_at, ends_at;
  DeskDay day;
  char *name, *passport_until;
  gboolean remote, told;
} Ahead;

static void
ahead_free (gpointer data)
{
  Ahead *ahead = data;

  g_free (ahead->name);
  g_free (ahead->passport_until);
  g_free (ahead);
}

static gboolean
add_held (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, held_sql, "ii", desk_instant_at (today + 2, 0, zone), desk_instant_at (today, 0, zone));
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    desk_attention_add (list, DESK_ATTENTION_HELD_ENDS, desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1), desk_row_name (stmt, 4),
                        desk_instant_day (desk_stmt_int64 (stmt, 2), zone), desk_stmt_text (stmt, 3), today);
  return step == DESK_STEP_DONE;
}

/* ── what a visit runs into since ────────────────────────────────────────────────────────────── */

static GPtrArray *
read_ahead (DeskDb *db, gint64 from, gint64 until, GTimeZone *zone, GError **error)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func (ahead_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, ahead_sql, "ii", from, until);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      Ahead *ahead = g_new0 (Ahead, 1);

      ahead->id = desk_stmt_int64 (stmt, 0);
      ahead->patient_id = desk_stmt_int64 (stmt, 1);
      ahead->starts_at = desk_stmt_int64 (stmt, 2);
      ahead->ends_at = desk_stmt_int64 (stmt, 3);
      ahead->day = desk_instant_day (ahead->starts_at, zone);
      ahead->name = desk_row_name (stmt, 4);
      ahead->remote = desk_stmt_int (stmt, 6);
      ahead->passport_until = desk_stmt_dup_text (stmt, 7);
      g_ptr_array_add (visits, ahead);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&visits) : NULL;
}

/* One line a visit, with the first thing that is in its way. */
static void
tell (GPtrArray *list, Ahead *ahead, const char *detail, DeskDay today)
{
  if (!ahead->told)
    desk_attention_add (list, DESK_ATTENTION_RUNS_INTO, ahead->id, ahead->patient_id, g_strdup (ahead->name), ahead->day, detail, today);
  ahead->told = TRUE;
}

static gboolean
closed_on (DeskDb *db, DeskDay day, char **reason, GError **error)
{
  g_autofree char *iso = desk_day_format (day);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, closed_sql, "t", iso);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *reason = step == DESK_STEP_ROW ? desk_stmt_dup_text (stmt, 0) : NULL;
  return step != DESK_STEP_ERROR;
}

static gboolean
tell_closed (DeskDb *db, GPtrArray *list, GPtrArray *visits, DeskDay today, GError **error)
{
  DeskDay asked = today - 1;
  g_autofree char *detail = NULL;

  for (guint i = 0; i < visits->len; i++)
    {
      Ahead *ahead = visits->pdata[i];

      if (ahead->day != asked)
        {
          g_autofree char *reason = NULL;

          if (!closed_on (db, asked = ahead->day, &reason, error))
            return FALSE;
          g_free (detail);
          detail = reason ? g_strdup_printf ("closed %s", reason) : NULL;
        }
      if (detail)
        tell (list, ahead, detail, today);
    }
  return TRUE;
}

static void
tell_span (GPtrArray *list, GPtrArray *visits, gint64 from, gint64 until, const char *detail, DeskDay today)
{
  for (guint i = 0; i < visits->len; i++)
    {
      Ahead *ahead = visits->pdata[i];

      if (ahead->starts_at < until && ahead->ends_at > from)
        tell (list, ahead, detail, today);
    }
}

static gboolean
tell_resource (DeskDb *db, GPtrArray *list, GPtrArray *visits, const DeskTimeBlock *block, gint64 from, gint64 until, const char *detail,
               DeskDay today, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, in_block_sql, "iii", block->resource_id, from / DESK_SLOT_SECONDS, until / DESK_SLOT_SECONDS);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    for (guint i = 0; i < visits->len; i++)
      if (((Ahead *) visits->pdata[i])->id == desk_stmt_int64 (stmt, 0))
        tell (list, visits->pdata[i], detail, today);
  return step == DESK_STEP_DONE;
}

static gboolean
tell_blocks (DeskDb *db, GPtrArray *list, GPtrArray *visits, DeskDay today, GTimeZone *zone, GError **error)
{
  g_autoptr (GPtrArray) blocks = desk_time_block_list (db, today, today + AHEAD_DAYS, error);

  for (guint i = 0; blocks && i < blocks->len; i++)
    {
      const DeskTimeBlock *block = blocks->pdata[i];
      g_autofree char *detail = g_strdup_printf ("block %s %s", block->kind, block->reason ? block->reason : "");

      for (DeskDay day = MAX (block->first, today); day <= MIN (block->last, today + AHEAD_DAYS); day++)
        {
          gint64 from = desk_instant_at (day, block->from, zone), until = desk_instant_at (day, block->until, zone);

          if (!desk_time_block_on (block, day))
            continue;
          if (!block->resource_id)
            tell_span (list, visits, from, until, detail, today);
          else if (!tell_resource (db, list, visits, block, from, until, detail, today, error))
            return FALSE;
        }
    }
  return blocks != NULL;
}

/* Whose stay was planned otherwise since. Each patient's stays are read once. */
static gboolean
tell_stays (DeskDb *db, GPtrArray *list, GPtrArray *visits, DeskDay today, GError **error)
{
  g_autoptr (GHashTable) stays = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < visits->len; i++)
    {
      Ahead *ahead = visits->pdata[i];
      GPtrArray *trips = g_hash_table_lookup (stays, &ahead->patient_id);
      DeskDay limit;

      if (ahead->remote)
        continue;
      if (!trips)
        {
          if (!(trips = desk_trip_list (db, ahead->patient_id, FALSE, error)))
            return FALSE;
          g_hash_table_insert (stays, &ahead->patient_id, trips);
        }
      DeskStayFit fit = desk_stay_fit (trips, ahead->passport_until, ahead->day, today, &limit);
      g_autofree char *day = desk_day_format (limit);
      g_autofree char *detail = g_strdup_printf ("stay %s %s", desk_stay_fit_code (fit), day ? day : "");
      if (fit != DESK_STAY_FITS)
        tell (list, ahead, detail, today);
    }
  return TRUE;
}

gboolean
desk_attention_add_book (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error)
{
  gint64 from = MAX (desk_instant_at (today, 0, zone), MIN (g_get_real_time () / G_USEC_PER_SEC, desk_instant_at (today + 1, 0, zone)));
  g_autoptr (GPtrArray) visits = read_ahead (db, from, desk_instant_at (today + AHEAD_DAYS, 0, zone), zone, error);

  return visits && add_held (db, list, today, zone, error)
         && tell_closed (db, list, visits, today, error) && tell_blocks (db, list, visits, today, zone, error)
         && tell_stays (db, list, visits, today, error);
}
