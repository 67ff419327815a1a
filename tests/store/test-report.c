#include "store-fixture.h"

#include <string.h>

#include "desk-report-sql.h"

/* Nothing may be sorted in memory, and large tables are only read in the order of an index. */
static void
test_plans (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (int kind = 0; kind < DESK_N_REPORTS; kind++)
    {
      const DeskReportSource *source = desk_report_source (kind);
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", source->sql, NULL);
      /* The connection keeps the address. */
      g_autoptr (DeskStmt) stmt = desk_db_query (fixture->db, &error, g_intern_string (sql), "");

      g_assert_no_error (error);
      while (desk_stmt_step (stmt, &error) == DESK_STEP_ROW)
        {
          const char *step = desk_stmt_text (stmt, 3);

          g_test_message ("%s %d: %s", source->name, kind, step);
          if (strstr (step, "ORDER BY") || (source->ranged && g_str_has_prefix (step, "SCAN")))
            g_error ("report %d: %s", kind, step);
        }
      g_assert_no_error (error);
    }
}

/* The columns named are the columns selected: one of each, after the owner. */
static void
test_columns (StoreFixture *fixture, gconstpointer data)
{
  for (int kind = 0; kind < DESK_N_REPORTS; kind++)
    {
      const DeskReportSource *source = desk_report_source (kind);
      g_autofree char *list = g_strndup (source->sql, strstr (source->sql, " FROM ") - source->sql);
      guint named = 0, selected = 0;
      int depth = 0;

      if (kind == DESK_REPORT_STOCK)
        continue; /* has selections of its own inside */
      while (source->columns[named].name)
        named++;
      for (const char *p = list; *p; p++)
        {
          depth += (*p == '(') - (*p == ')');
          selected += *p == ',' && depth == 0;
        }
      if (named != selected)
        g_error ("%s: %u columns named, %u selected", source->name, named, selected);
      /* The last name of each selected expression is the column's own, but for what joins rename. */
      g_auto (GStrv) parts = g_strsplit (list, ",", -1);
      for (guint i = 0; kind < DESK_REPORT_STOCK && i < named; i++)
        if (!g_str_has_suffix (parts[i + 1], source->columns[i].name))
          g_error ("%s: column %u is «%s», not %s", source->name, i + 1, parts[i + 1], source->columns[i].name);
    }
}

static void
test_busy (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskTxn *txn = desk_txn_begin (fixture->db, &error);

  g_assert_no_error (error);
  g_assert_null (desk_report_begin (fixture->db, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_BUSY);
  desk_txn_end (txn);
}

static void
test_view (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDb) reader = desk_store_open (fixture->path, TRUE, &error);
  g_autoptr (DeskReport) report = desk_report_begin (reader, &error);
  gint64 n = -1;

  g_assert_no_error (error);
  store_exec (fixture, "INSERT INTO patient (chart, family, created_at, updated_at) VALUES ('1', 'LEE', 0, 0)");
  g_assert_true (desk_report_count_patients (report, &n, &error));
  g_assert_cmpint (n, ==, 0);
  g_clear_pointer (&report, desk_report_end);
  report = desk_report_begin (reader, &error);
  g_assert_true (desk_report_count_patients (report, &n, &error));
  g_assert_cmpint (n, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("/report/plans", test_plans);
  ADD ("/report/columns", test_columns);
  ADD ("/report/busy", test_busy);
  ADD ("/report/view", test_view);
  return g_test_run ();
}
