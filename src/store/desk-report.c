#include "desk-report.h"

#include "desk-report-sql.h"

struct _DeskReport
{
  DeskDb *db;
};

DeskReport *
desk_report_begin (DeskDb *db, GError **error)
{
  gint64 n;
  g_autoptr (GError) refused = NULL;

  if (!desk_db_exec (db, "BEGIN", &refused))
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_BUSY, "cannot begin to read: %s", refused->message);
      return NULL;
    }
  DeskReport *report = g_new0 (DeskReport, 1);
  report->db = db;
  /* The view is fixed by the first read, not by BEGIN. */
  if (!desk_report_count_patients (report, &n, error))
    g_clear_pointer (&report, desk_report_end);
  return report;
}

void
desk_report_end (DeskReport *report)
{
  /* Nothing was written; and unlike COMMIT this also ends a view of a damaged file. */
  if (!desk_db_exec (report->db, "ROLLBACK", NULL))
    g_debug ("the engine has ended it already");
  g_free (report);
}

/* What the reader selects; static. */
const DeskReportSource *
desk_report_source (DeskReportKind kind)
{
  if (kind >= DESK_REPORT_LETTER_TEXT)
    return &desk_report_paper_sources[kind - DESK_REPORT_LETTER_TEXT];
  if (kind >= DESK_REPORT_FEE_SCHEDULE)
    return &desk_report_money_sources[kind - DESK_REPORT_FEE_SCHEDULE];
  return kind < DESK_REPORT_BLOCK ? &desk_report_sources[kind] : &desk_report_cell_sources[kind - DESK_REPORT_BLOCK];
}

const char *
desk_report_name (DeskReportKind kind)
{
  return desk_report_source (kind)->name;
}

const DeskReportColumn *
desk_report_columns (DeskReportKind kind)
{
  return desk_report_source (kind)->columns;
}

DeskStmt *
desk_report_rows (DeskReport *report, DeskReportKind kind, gint64 first, gint64 last, GError **error)
{
  const DeskReportSource *source = desk_report_source (kind);

  if (!source->ranged)
    return desk_db_query (report->db, error, source->sql, "");
  return desk_db_query (report->db, error, source->sql, "ii", first, last);
}

gboolean
desk_report_count_patients (DeskReport *report, gint64 *n, GError **error)
{
  return desk_db_value (report->db, n, error, "SELECT count (*) FROM patient", "");
}

gboolean
desk_report_day (DeskReport *report, DeskDay day, gint64 *first, gint64 *last, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (report->db, error, "SELECT zone FROM clinic", "");
  g_autoptr (GTimeZone) zone = NULL;

  if (!stmt)
    return FALSE;
  DeskStep step = desk_stmt_step (stmt, error);
  if (step == DESK_STEP_ROW)
    zone = g_time_zone_new_identifier (desk_stmt_text (stmt, 0));
  if (!zone)
    {
      if (step != DESK_STEP_ERROR)
        g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "the clinic has no time zone that is known here");
      return FALSE;
    }
  *first = desk_instant_at (day, 0, zone);
  *last = desk_instant_at (day + 1, 0, zone) - 1;
  return TRUE;
}

gboolean
desk_report_find (DeskDb *db, DeskReportKind kind, const char *number, gint64 *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *sql = kind == DESK_REPORT_CULTURE ? "SELECT id FROM lot WHERE number = $1"
                    : kind == DESK_REPORT_KEPT ? "SELECT id FROM unit WHERE number = $1"
                    : kind == DESK_REPORT_BILL ? "SELECT id FROM invoice WHERE number = $1"
                    : kind == DESK_REPORT_LOOKBACK ? "SELECT id FROM lookback WHERE number = $1"
                                                   : "SELECT id FROM stock_count WHERE number = $1";

  if (desk_db_value (db, id, &local, sql, "t", number))
    return TRUE;
  if (g_error_matches (local, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "nothing has the number %s", number);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
