/* The grid: what a change from elsewhere repaints, what a screen reader finds. */
#include "book-fixture.h"

#include <string.h>

#include "desk-book-cell.h"
#include "desk-book-month-board.h"
#include "desk-book-paper.h"

static gboolean
has_focus (BookFixture *f)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (f->app.window));

  return focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (f->grid));
}

/* Another desk's change of one visit: one box is laid out again; cursor, focus and scroll stay where they are. */
static void
test_changed (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair"), column;
  int minute;
  g_autoptr (GtkAdjustment) vertical = NULL;
  g_autoptr (GError) error = NULL;

  g_object_get (f->grid, "vadjustment", &vertical, NULL);
  book_fixture_book (f, chair, 780, 1);
  gint64 other = book_fixture_book (f, chair + 1, 720, 0);
  desk_book_grid_scroll_to_minute (f->grid, 660);
  desk_book_grid_select_slot (f->grid, chair, 690);
  gtk_widget_grab_focus (GTK_WIDGET (f->grid));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f->grid));
  app_settle (20);
  double scrolled = gtk_adjustment_get_value (vertical);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (f->app.window));
  guint laid_out = desk_book_grid_get_laid_out (f->grid);
  g_assert_cmpuint (laid_out, >, 0);
  g_assert_true (has_focus (f));

  g_autoptr (DeskVisit) changed = book_fixture_stored (f, other);
  g_free (changed->override);
  changed->override = g_strdup ("asked for by the patient");
  desk_session_run (f->app.session, book_fixture_save, changed, &error);
  g_assert_no_error (error);
  book_fixture_quiet (f);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f->grid));
  app_settle (20);
  g_assert_cmpstr (desk_book_board_visit (book_fixture_board (f), other)->override, ==, "asked for by the patient");
  g_assert_cmpuint (desk_book_grid_get_laid_out (f->grid), ==, laid_out + 1);
  desk_book_grid_get_slot (f->grid, &column, &minute);
  g_assert_cmpuint (column, ==, chair);
  g_assert_cmpint (minute, ==, 690);
  g_assert_cmpfloat (gtk_adjustment_get_value (vertical), ==, scrolled);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->app.window)) == focus);
}

/* Every box is a child that a screen reader finds, says its sentence and has the focus with the cursor. */
static void
test_cells (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair"), cells = 0;
  gint64 id = book_fixture_book (f, chair, 600, 0), second = book_fixture_book (f, chair + 1, 660, 1);
  DeskBookCell *one = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (f->grid)); child; child = gtk_widget_get_next_sibling (child))
    if (DESK_IS_BOOK_CELL (child) && desk_book_cell_get_visit (DESK_BOOK_CELL (child)))
      {
        cells++;
        if (desk_book_cell_get_visit (DESK_BOOK_CELL (child)) == id)
          one = DESK_BOOK_CELL (child);
      }
  g_assert_cmpuint (cells, ==, book_fixture_board (f)->boxes->len);
  g_assert_nonnull (one);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (one), GTK_ACCESSIBLE_ROLE_BUTTON);
  g_assert_true (g_str_has_prefix (desk_book_cell_get_sentence (one), "10:00–11:00 Infusion, "));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (one), GTK_ACCESSIBLE_PROPERTY_LABEL, desk_book_cell_get_sentence (one));

  gtk_widget_grab_focus (GTK_WIDGET (f->grid));
  desk_book_grid_select (f->grid, id);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->app.window)) == GTK_WIDGET (one));
  /* Each step over free slots is a step of the focus. */
  desk_book_grid_select_slot (f->grid, chair, 720);
  GtkWidget *slot = gtk_root_get_focus (GTK_ROOT (f->app.window));
  desk_book_grid_select_slot (f->grid, chair, 735);
  g_assert_true (has_focus (f));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->app.window)) != slot);
  /* A screen reader goes to a box: the cursor follows. */
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (f->grid)); child; child = gtk_widget_get_next_sibling (child))
    if (DESK_IS_BOOK_CELL (child) && desk_book_cell_get_visit (DESK_BOOK_CELL (child)) == second)
      gtk_widget_grab_focus (child);
  app_settle (20);
  g_assert_cmpint (desk_book_grid_get_visit (f->grid), ==, second);
}

static gboolean
save_view (DeskDb *db, gpointer data, GError **error)
{
  return desk_book_view_save (db, data, error);
}

/* A view has its own columns in its own order, and stays while the book changes; its key shows it again. */
static void
test_views (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair"), all = book_fixture_board (f)->columns->len;
  gint64 first = desk_book_board_column (book_fixture_board (f), chair)->resource_id;
  gint64 second = desk_book_board_column (book_fixture_board (f), chair + 1)->resource_id;
  gint64 id = book_fixture_book (f, chair, 600, 0);
  g_autoptr (DeskBookView) view = desk_book_view_new (6, "Two chairs", "day", 5, "consultation");
  g_autoptr (GError) error = NULL;

  g_array_append_val (view->resources, second);
  g_array_append_val (view->resources, first);
  desk_session_run (f->app.session, save_view, view, &error);
  g_assert_no_error (error);
  book_fixture_quiet (f);
  gtk_widget_activate_action (GTK_WIDGET (f->page), "book.view", "s", "6");
  g_assert_cmpuint (book_fixture_board (f)->columns->len, ==, 2);
  g_assert_cmpint (desk_book_board_column (book_fixture_board (f), 0)->resource_id, ==, second);
  g_assert_cmpint (desk_book_grid_get_rows (f->grid), ==, 5);
  /* An infusion is not what the view is about, but its time is seen to be taken. */
  g_assert_true (desk_book_board_find (book_fixture_board (f), id, 1)->muted);
  gtk_widget_activate_action (GTK_WIDGET (f->page), "book.zoom", "s", "out");
  book_fixture_quiet (f);
  g_autoptr (GPtrArray) views = desk_book_view_list (desk_session_reader (f->app.session), &error);
  gboolean kept = FALSE;
  for (guint i = 0; i < views->len; i++)
    kept = kept || (((DeskBookView *) views->pdata[i])->key == 6 && ((DeskBookView *) views->pdata[i])->rows == 10);
  g_assert_true (kept);

  gtk_widget_activate_action (GTK_WIDGET (f->page), "book.view-remove", NULL);
  book_fixture_quiet (f);
  g_assert_cmpuint (book_fixture_board (f)->columns->len, ==, all);
  book_fixture_undo (f);
  gtk_widget_activate_action (GTK_WIDGET (f->page), "book.view", "s", "6");
  g_assert_cmpuint (book_fixture_board (f)->columns->len, ==, 2);
  gtk_widget_activate_action (GTK_WIDGET (f->page), "book.view", "s", "0");
  g_assert_cmpuint (book_fixture_board (f)->columns->len, ==, all);
}

/* The month counts what the day shows; opening a day of it shows that day. */
static void
test_month (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  g_autoptr (GError) error = NULL;
  GTimeZone *zone = desk_page_get_zone (DESK_PAGE (f->page));
  DeskDb *db = desk_session_reader (f->app.session);
  g_autoptr (DeskBookMonthBoard) before = desk_book_month_board_load (db, zone, NULL, f->day, f->day, &error);
  guint index = (guint) (f->day - desk_book_month_board_day (before, 0)->day);

  g_assert_cmpuint (before->days->len % 7, ==, 0);
  g_assert_cmpint (desk_day_weekday (desk_book_month_board_day (before, 0)->day), ==, 1);
  g_assert_cmpuint (desk_book_month_board_day (before, index)->n_visits, ==, 0);
  g_assert_cmpint (desk_book_month_board_day (before, index)->infusions_left, >, 0);
  book_fixture_book (f, chair, 600, 0);
  g_autoptr (DeskBookMonthBoard) after = desk_book_month_board_load (db, zone, NULL, f->day, f->day, &error);
  g_assert_cmpuint (desk_book_month_board_day (after, index)->n_visits, ==, 1);
  g_assert_cmpint (desk_book_month_board_day (after, index)->infusions_left, <, desk_book_month_board_day (before, index)->infusions_left);
  g_autofree char *words = desk_book_month_day_words (after, desk_book_month_board_day (after, index));
  g_assert_nonnull (strstr (words, "1 × Infusion"));

  gtk_widget_activate_action (GTK_WIDGET (f->page), "book.mode", "s", "month");
  gtk_widget_activate_action (GTK_WIDGET (f->page), "book.open", NULL);
  g_assert_cmpint (book_fixture_board (f)->mode, ==, DESK_BOOK_DAY);
  g_assert_cmpint (book_fixture_board (f)->first, ==, f->day);
}

/* On paper with initials nobody is named. */
static void
test_paper (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  gint64 id = book_fixture_book (f, chair, 600, 0);
  const char *name = desk_book_board_visit (book_fixture_board (f), id)->patient_name;
  const DeskClinic *clinic = desk_page_get_clinic (DESK_PAGE (f->page));
  g_autoptr (DeskBookPrint) named = desk_book_paper_of_board (book_fixture_board (f), clinic, NULL, FALSE);
  g_autoptr (DeskBookPrint) secret = desk_book_paper_of_board (book_fixture_board (f), clinic, NULL, TRUE);
  g_autofree char *initials = desk_book_paper_initials ("AL-AMIN Noor"), *one = desk_book_paper_initials ("渡辺 さくら");

  g_assert_cmpstr (initials, ==, "A. A. N.");
  g_assert_cmpstr (one, ==, "渡. さ.");
  g_assert_cmpstr (g_array_index (named->boxes, DeskBookPrintBox, 0).name, ==, name);
  for (guint i = 0; i < secret->boxes->len; i++)
    g_assert_null (strstr (g_array_index (secret->boxes, DeskBookPrintBox, i).name, name));
}

static BookFixture fixture;

static void
run_test (gconstpointer data)
{
  void (*func) (BookFixture *, gconstpointer) = *(void (*const *) (BookFixture *, gconstpointer)) data;

  book_fixture_find_day (&fixture);
  func (&fixture, NULL);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (BookFixture *, gconstpointer);
  } tests[] = {
    { "/book-grid/changed", test_changed },
    { "/book-grid/cells", test_cells },
    { "/book-grid/views", test_views },
    { "/book-grid/month", test_month },
    { "/book-grid/paper", test_paper },
  };

  app_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].path, &tests[i].func, run_test);
  book_fixture_set_up (&fixture);
  int status = g_test_run ();
  app_fixture_tear_down (&fixture.app, NULL);
  return status;
}
