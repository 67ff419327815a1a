/* Named views of the book: kept in order, one on a key, never saved over somebody else's change. */
#include "desk-book-views.h"
#include "store-fixture.h"

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture, "INSERT INTO resource (id, kind, name, position) VALUES (1, 'chair', 'Chair 1', 1),"
                       " (2, 'chair', 'Chair 2', 2), (3, 'room', 'Room 1', 3)");
}

static DeskBookView *
chairs_view (void)
{
  DeskBookView *view = desk_book_view_new (5, " Chairs ", "day", 10, "infusion,follow_up");
  static const gint64 order[] = { 2, 3, 1 };

  g_array_append_vals (view->resources, order, G_N_ELEMENTS (order));
  return view;
}

static void
save (StoreFixture *fixture, DeskBookView *view)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_book_view_save (fixture->db, view, &error));
  g_assert_no_error (error);
}

static GPtrArray *
list (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *views = desk_book_view_list (fixture->db, &error);

  g_assert_no_error (error);
  return views;
}

static void
test_kept (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskBookView) view = chairs_view ();
  g_autoptr (DeskBookView) month = desk_book_view_new (8, "Month", "month", 15, "");

  save (fixture, month);
  save (fixture, view);
  g_autoptr (GPtrArray) views = list (fixture);
  g_assert_cmpuint (views->len, ==, 2);
  const DeskBookView *first = views->pdata[0], *second = views->pdata[1];
  g_assert_cmpint (first->key, ==, 5);
  g_assert_cmpstr (first->name, ==, "Chairs");
  g_assert_cmpstr (first->mode, ==, "day");
  g_assert_cmpint (first->rows, ==, 10);
  g_assert_cmpstr (first->types, ==, "infusion,follow_up");
  g_assert_cmpuint (first->resources->len, ==, 3);
  g_assert_cmpint (g_array_index (first->resources, gint64, 0), ==, 2);
  g_assert_cmpint (g_array_index (first->resources, gint64, 2), ==, 1);
  g_assert_cmpstr (second->name, ==, "Month");
  g_assert_cmpuint (second->resources->len, ==, 0);

  g_array_set_size (view->resources, 1);
  view->rows = 5;
  save (fixture, view);
  g_autoptr (GPtrArray) after = list (fixture);
  g_assert_cmpuint (((DeskBookView *) after->pdata[0])->resources->len, ==, 1);
  g_assert_cmpint (((DeskBookView *) after->pdata[0])->rows, ==, 5);
}

static void
test_removed (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskBookView) view = chairs_view ();
  g_autoptr (GError) error = NULL;

  save (fixture, view);
  g_assert_true (desk_book_view_remove (fixture->db, view, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) none = list (fixture);
  g_assert_cmpuint (none->len, ==, 0);
  view->id = 0;
  save (fixture, view);
  g_autoptr (GPtrArray) again = list (fixture);
  g_assert_cmpuint (((DeskBookView *) again->pdata[0])->resources->len, ==, 3);
}

static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskBookView) view = chairs_view (), other = chairs_view (), wrong = chairs_view ();
  g_autoptr (GError) taken = NULL, conflict = NULL, conflict_remove = NULL, invalid = NULL, missing = NULL;

  save (fixture, view);
  g_assert_false (desk_book_view_save (fixture->db, other, &taken));
  g_assert_error (taken, DESK_ERROR, DESK_ERROR_TAKEN);
  g_assert_cmpstr (taken->message, ==, "Chairs");

  g_autoptr (DeskBookView) stale = desk_book_view_copy (view);
  save (fixture, view);
  g_assert_false (desk_book_view_save (fixture->db, stale, &conflict));
  g_assert_error (conflict, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_assert_false (desk_book_view_remove (fixture->db, stale, &conflict_remove));
  g_assert_error (conflict_remove, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_autoptr (GPtrArray) views = list (fixture);
  g_assert_cmpuint (((DeskBookView *) views->pdata[0])->resources->len, ==, 3);

  wrong->key = 9;
  g_assert_false (desk_book_view_save (fixture->db, wrong, &invalid));
  g_assert_error (invalid, DESK_ERROR, DESK_ERROR_INVALID);
  wrong->key = 6;
  g_array_index (wrong->resources, gint64, 0) = 99;
  g_assert_false (desk_book_view_save (fixture->db, wrong, &missing));
  g_autoptr (GPtrArray) after = list (fixture);
  g_assert_cmpuint (after->len, ==, 1);
  store_refuse (fixture, "INSERT INTO book_view (key, name, mode) VALUES (4, 'x', 'day')", DESK_ERROR_REFUSED, "BETWEEN 5 AND 8");
}

#define ADD(path, test) g_test_add (path, StoreFixture, NULL, set_up, test, store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/book-views/kept", test_kept);
  ADD ("/book-views/removed", test_removed);
  ADD ("/book-views/refused", test_refused);
  return g_test_run ();
}
