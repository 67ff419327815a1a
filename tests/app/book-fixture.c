#include "book-fixture.h"

#include "desk-patients.h"

const DeskBookBoard *
book_fixture_board (BookFixture *f)
{
  return desk_book_grid_get_board (f->grid);
}

DeskVisit *
book_fixture_stored (BookFixture *f, gint64 id)
{
  g_autoptr (GError) error = NULL;
  DeskVisit *visit = desk_visit_load (desk_session_reader (f->app.session), id, &error);

  g_assert_no_error (error);
  return visit;
}

guint
book_fixture_first_column (BookFixture *f, const char *kind)
{
  const DeskBookBoard *board = book_fixture_board (f);

  for (guint i = 0; i < board->columns->len; i++)
    {
      const DeskResource *resource = desk_book_board_resource (board, desk_book_board_column (board, i)->resource_id);

      if (resource && g_str_equal (resource->kind, kind))
        return i;
    }
  g_error ("no column for a %s", kind);
}

void
book_fixture_set_up (BookFixture *f)
{
  app_fixture_set_up (&f->app, NULL);
  desk_window_go (f->app.window, "book");
  f->page = DESK_BOOK_PAGE (desk_window_get_page (f->app.window, "book"));
  f->grid = desk_book_page_get_grid (f->page);
  f->day = desk_page_get_today (DESK_PAGE (f->page)) + 60;
}

void
book_fixture_find_day (BookFixture *f)
{
  f->day += 7; /* a week of its own too */
  do
    desk_book_page_go (f->page, DESK_BOOK_DAY, ++f->day);
  while (desk_book_board_column (book_fixture_board (f), 0)->closed || book_fixture_board (f)->visits->len > 0);
}

static gboolean
nothing (DeskDb *db, gpointer data, GError **error)
{
  return TRUE;
}

/* Until every job before has been done and the book was read again, however slow the machine. */
void
book_fixture_quiet (BookFixture *f)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      desk_session_run (f->app.session, nothing, NULL, &error);
      g_assert_no_error (error);
      app_settle (20);
    }
}

gboolean
book_fixture_save (DeskDb *db, gpointer data, GError **error)
{
  return desk_visit_save (db, data, error);
}

/* Books one in that chair's column as another desk would: by the store. */
gint64
book_fixture_book (BookFixture *f, guint column, int minute, guint nth_patient)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = desk_patient_ids (desk_session_reader (f->app.session), DESK_PATIENT_SORT_CHART, &error);
  const DeskBookBoard *board = book_fixture_board (f);
  g_autoptr (DeskVisit) visit = g_new0 (DeskVisit, 1);

  visit->patient_id = g_array_index (ids, gint64, nth_patient);
  visit->type = g_strdup ("infusion");
  visit->status = g_strdup ("booked");
  visit->override = g_strdup ("");
  visit->note = g_strdup ("");
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (visit->resources, desk_book_board_column (board, column)->resource_id);
  desk_visit_set_time (visit, desk_book_board_type (board, "infusion"),
                       desk_book_board_instant (board, column, minute), 0);
  desk_session_run (f->app.session, book_fixture_save, visit, &error);
  g_assert_no_error (error);
  book_fixture_quiet (f);
  return visit->id;
}

void
book_fixture_run (BookFixture *f, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->page), action, NULL));
  book_fixture_quiet (f);
}

void
book_fixture_undo (BookFixture *f)
{
  gtk_widget_activate_action (GTK_WIDGET (f->app.window), "win.undo", NULL);
  book_fixture_quiet (f);
}

GtkWidget *
app_toplevel (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (g_type_is_a (G_OBJECT_TYPE (l->data), type))
      return l->data;
  return NULL;
}
