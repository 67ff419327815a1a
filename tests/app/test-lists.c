/* The lists of the book on the sample clinic, and the clocks of a remote visit. */
#include "app-fixture.h"
#include "desk-book.h"
#include "desk-clock-row.h"
#include "desk-lists-window.h"
#include "desk-page.h"

static DeskPage *
book (AppFixture *fixture)
{
  return desk_window_get_page (fixture->window, "book");
}

static gint64
value (AppFixture *fixture, const char *sql)
{
  gint64 n = -1;
  g_autoptr (GError) error = NULL;

  if (!desk_db_value (desk_page_get_reader (book (fixture)), &n, &error, sql, ""))
    g_error ("%s", error->message);
  return n;
}

/* One key books who is asked first; Undo brings the time, the person and the task back. */
static void
test_fill (AppFixture *fixture, gconstpointer data)
{
  desk_window_go (fixture->window, "book");
  DeskListsWindow *lists = desk_lists_window_show (book (fixture), "freed");
  g_autofree char *title = desk_lists_window_get_line (lists, 0), *first = desk_lists_window_get_line (lists, 1);

  g_assert_nonnull (title);
  g_assert_nonnull (strstr (title, "came free"));
  g_assert_nonnull (first);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM freed_slot WHERE closed_at IS NULL"), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (lists), "lists.book", NULL);
  app_settle (300);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM freed_slot WHERE closed_at IS NULL"), ==, 0);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM waiting WHERE outcome = 'booked'"), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  app_settle (300);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM freed_slot WHERE closed_at IS NULL"), ==, 1);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM waiting WHERE outcome = 'booked'"), ==, 0);
  gtk_window_close (GTK_WINDOW (lists));
}

static void
test_off (AppFixture *fixture, gconstpointer data)
{
  gint64 before = value (fixture, "SELECT count (*) FROM waiting WHERE closed_at IS NULL");
  DeskListsWindow *lists = desk_lists_window_show (book (fixture), "waiting");

  g_assert_cmpint (before, >, 0);
  gtk_widget_activate_action (GTK_WIDGET (lists), "lists.done", NULL);
  app_settle (300);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM waiting WHERE closed_at IS NULL"), ==, before - 1);
  GtkWidget *overlay = app_find (GTK_WIDGET (lists), ADW_TYPE_TOAST_OVERLAY, 0);
  g_assert_nonnull (g_object_get_data (G_OBJECT (overlay), "toast")); /* told where it was done */
  gtk_widget_activate_action (GTK_WIDGET (lists), "lists.undo", NULL);
  app_settle (300);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM waiting WHERE closed_at IS NULL"), ==, before);
  gtk_widget_activate_action (GTK_WIDGET (lists), "lists.list", "i", 2);
  g_autofree char *call = desk_lists_window_get_line (lists, 0);
  g_assert_nonnull (call);
  gtk_window_close (GTK_WINDOW (lists));
}

static void
on_typed (DeskClockRow *row, int day, int minute, int *typed)
{
  *typed = minute;
}

static void
test_row (void)
{
  g_autoptr (GTimeZone) tokyo = g_time_zone_new_identifier ("Asia/Tokyo"), york = g_time_zone_new_identifier ("America/New_York");
  DeskClockRow *row = g_object_ref_sink (g_object_new (DESK_TYPE_CLOCK_ROW, NULL));
  DeskDay gap = desk_day_from_ymd (2027, 3, 14), twice = desk_day_from_ymd (2026, 11, 1);
  g_autoptr (DeskVisit) visit = g_new0 (DeskVisit, 1);
  gint64 instant;
  int typed = -1;

  g_signal_connect (row, "typed", G_CALLBACK (on_typed), &typed);
  desk_clock_row_set_clinic (row, tokyo, "Asia/Tokyo");
  desk_clock_row_set_patient (row, TRUE, "America/New_York");
  g_assert_true (desk_clock_row_read (row, gap, 150, &instant));
  g_assert_cmpint (instant, ==, desk_instant_at (gap, 150, tokyo));
  desk_clock_row_set_theirs (row, TRUE);
  g_assert_false (desk_clock_row_read (row, gap, 150, &instant)); /* 2:30 is not there */
  desk_clock_row_choose (row, 1);
  g_assert_cmpint (typed, ==, 210);
  g_assert_true (desk_clock_row_read (row, gap, 210, &instant));
  visit->starts_at = instant;
  desk_clock_row_fill (row, visit);
  g_assert_cmpstr (visit->wall, ==, "2027-03-14T03:30");
  g_assert_cmpstr (visit->wall_zone, ==, "America/New_York");

  g_assert_false (desk_clock_row_read (row, twice, 90, &instant)); /* 1:30 is there twice */
  gint64 first = instant;
  desk_clock_row_choose (row, 1);
  g_assert_true (desk_clock_row_read (row, twice, 90, &instant));
  g_assert_cmpint (instant - first, ==, 3600);
  g_object_unref (row);
}

#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)

int
main (int argc, char **argv)
{
  app_init (&argc, &argv);
  g_test_add_func ("/lists/clock-row", test_row);
  ADD ("/lists/fill", test_fill);
  ADD ("/lists/off", test_off);
  return g_test_run ();
}
