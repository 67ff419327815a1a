#include "desk-openings.h"

#include "desk-clinics.h"

static const char opening_list_sql[] = "SELECT weekday, opens, closes FROM opening ORDER BY weekday";

static const char opening_save_sql[]
    = "INSERT INTO opening (weekday, opens, closes) VALUES ($1, $2, $3)"
      " ON CONFLICT (weekday) DO UPDATE SET opens = excluded.opens, closes = excluded.closes";

static const char opening_remove_sql[] = "DELETE FROM opening WHERE weekday = $1";

static const char closed_between_sql[] = "SELECT day, reason FROM closed_day WHERE day >= $1 AND day <= $2 ORDER BY day";
static const char open_between_sql[] = "SELECT day, reason FROM open_day WHERE day >= $1 AND day <= $2 ORDER BY day";
static const char open_from_sql[] = "SELECT day, reason FROM open_day WHERE day >= $1 ORDER BY day";

static const char open_add_sql[]
    = "INSERT INTO open_day (day, reason) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET reason = excluded.reason";

static const char open_remove_sql[] = "DELETE FROM open_day WHERE day = $1 RETURNING 1";

static GPtrArray *
read_days (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_closed_day_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskClosedDay *day = g_new0 (DeskClosedDay, 1);

      if (!desk_day_parse (desk_stmt_text (stmt, 0), &day->day))
        day->day = DESK_DAY_NONE;
      day->reason = desk_stmt_dup_text (stmt, 1);
      g_ptr_array_add (days, day);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&days) : NULL;
}

GArray *
desk_opening_list (DeskDb *db, GError **error)
{
  g_autoptr (GArray) openings = g_array_new (FALSE, FALSE, sizeof (DeskOpening));
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, opening_list_sql, "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskOpening opening = { desk_stmt_int (stmt, 0), desk_stmt_int (stmt, 1), desk_stmt_int (stmt, 2) };

      g_array_append_val (openings, opening);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&openings) : NULL;
}

DeskHours *
desk_hours_load (DeskDb *db, DeskDay first, DeskDay last, GError **error)
{
  g_autofree char *from = desk_day_format (first), *until = desk_day_format (last);
  g_autoptr (DeskClinic) clinic = desk_clinic_load (db, error);
  g_autoptr (GArray) openings = clinic ? desk_opening_list (db, error) : NULL;
  g_autoptr (DeskStmt) closed = openings ? desk_db_query (db, error, closed_between_sql, "tt", from, until) : NULL;
  g_autoptr (GPtrArray) closed_days = closed ? read_days (closed, error) : NULL;
  g_autoptr (DeskStmt) open = closed_days ? desk_db_query (db, error, open_between_sql, "tt", from, until) : NULL;
  g_autoptr (GPtrArray) open_days = open ? read_days (open, error) : NULL;

  if (!open_days)
    return NULL;

  DeskHours *hours = desk_hours_new (clinic);
  for (guint i = 0; i < openings->len; i++)
    desk_hours_set_weekday (hours, &g_array_index (openings, DeskOpening, i));
  for (guint i = 0; i < closed_days->len; i++)
    {
      const DeskClosedDay *day = g_ptr_array_index (closed_days, i);
      desk_hours_close (hours, day->day, day->reason);
    }
  for (guint i = 0; i < open_days->len; i++)
    {
      const DeskClosedDay *day = g_ptr_array_index (open_days, i);
      desk_hours_open (hours, day->day, day->reason);
    }
  return hours;
}

/* Hours of a weekday that has its own; over those it had. */
gboolean
desk_opening_save (DeskDb *db, const DeskOpening *opening, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("%d: %02d:%02d–%02d:%02d", opening->weekday, opening->opens / 60,
                                             opening->opens % 60, opening->closes / 60, opening->closes % 60);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn
         && desk_db_run (db, error, opening_save_sql, "ddd", opening->weekday, opening->opens, opening->closes)
         && desk_txn_log (txn, "opening.save", DESK_KIND_BOOK, opening->weekday, detail, error)
         && desk_txn_commit (txn, error);
}

/* The weekday has the clinic's hours again. */
gboolean
desk_opening_remove (DeskDb *db, int weekday, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_db_run (db, error, opening_remove_sql, "d", weekday)
         && desk_txn_log (txn, "opening.remove", DESK_KIND_BOOK, weekday, NULL, error) && desk_txn_commit (txn, error);
}

GPtrArray *
desk_open_day_list (DeskDb *db, DeskDay from, GError **error)
{
  g_autofree char *iso = desk_day_format (from);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, open_from_sql, "t", iso);

  return read_days (stmt, error);
}

/* Opens the clinic on a day that would be closed; a day that is open so already gets the new reason. */
gboolean
desk_open_day_add (DeskDb *db, DeskDay day, const char *reason, GError **error)
{
  g_autofree char *iso = desk_day_format (day);
  g_autofree char *detail = g_strconcat (iso, ": ", reason ? reason : "", NULL);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_db_run (db, error, open_add_sql, "tt", iso, reason ? reason : "")
         && desk_txn_log (txn, "open-day.add", DESK_KIND_BOOK, day, detail, error) && desk_txn_commit (txn, error);
}

/* Takes back that it opens. DESK_ERROR_REFUSED "day-past", DESK_ERROR_NOT_FOUND. */
gboolean
desk_open_day_remove (DeskDb *db, DeskDay day, DeskDay today, GError **error)
{
  g_autofree char *iso = desk_day_format (day);
  gint64 found;

  if (day < today)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "day-past");
      return FALSE;
    }

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  return txn && desk_db_value (db, &found, error, open_remove_sql, "t", iso)
         && desk_txn_log (txn, "open-day.remove", DESK_KIND_BOOK, day, iso, error) && desk_txn_commit (txn, error);
}
