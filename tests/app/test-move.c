/* Moving visits and taking back: on a real store, by the actions of the window. */
#include "book-fixture.h"
#include "desk-day-note-entry.h"
#include "desk-day-notes.h"
#include "desk-free-times.h"
#include "desk-patient-picker.h"
#include "desk-pinboard.h"
#include "desk-pins.h"
#include "desk-undo.h"
#include "desk-visit-dialog.h"

static void
drop (BookFixture *f, gint64 id, guint column, int minute)
{
  g_signal_emit_by_name (f->grid, "visit-dropped", id, column, column, minute, 60);
  book_fixture_quiet (f);
}

static gint64
starts_at (BookFixture *f, gint64 id)
{
  g_autoptr (DeskVisit) visit = book_fixture_stored (f, id);

  return visit->starts_at;
}

static gint64
instant (BookFixture *f, guint column, int minute)
{
  return desk_book_board_instant (book_fixture_board (f), column, minute);
}

/* One after the other, each as it was before, though every way back makes a new version. */
static void
test_undo_order (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  gint64 id = book_fixture_book (f, chair, 600, 0), other = book_fixture_book (f, chair, 900, 1);

  drop (f, id, chair, 660);
  drop (f, other, chair, 960);
  drop (f, id, chair, 720);
  desk_book_grid_select (f->grid, id);
  book_fixture_run (f, "book.next-step");
  g_autoptr (GPtrArray) acts = desk_undo_list (GTK_WIDGET (f->app.window));
  g_assert_cmpuint (acts->len, >=, 4);

  book_fixture_undo (f);
  g_autoptr (DeskVisit) visit = book_fixture_stored (f, id);
  g_assert_cmpstr (visit->status, ==, "booked");
  g_assert_cmpint (visit->starts_at, ==, instant (f, chair, 720));
  /* Twice at once: the second does not wait for what the first wrote. */
  gtk_widget_activate_action (GTK_WIDGET (f->app.window), "win.undo", NULL);
  gtk_widget_activate_action (GTK_WIDGET (f->app.window), "win.undo", NULL);
  book_fixture_undo (f);
  g_assert_cmpint (starts_at (f, id), ==, instant (f, chair, 600));
  g_assert_cmpint (starts_at (f, other), ==, instant (f, chair, 900));
}

/* From the list, one in the middle: refused where the same visit was changed again, done where it was not. */
static void
test_undo_one (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  gint64 id = book_fixture_book (f, chair, 600, 0), other = book_fixture_book (f, chair, 900, 1);
  GtkWidget *window = GTK_WIDGET (f->app.window);

  drop (f, id, chair, 660);
  drop (f, other, chair, 960);
  drop (f, id, chair, 720);
  g_autoptr (GPtrArray) acts = desk_undo_list (window);
  guint second = ((const DeskUndoEntry *) acts->pdata[1])->number, first = ((const DeskUndoEntry *) acts->pdata[2])->number;
  g_assert_true (desk_undo_take (window, second));
  g_assert_false (desk_undo_take (window, second));
  book_fixture_quiet (f);
  g_assert_cmpint (starts_at (f, other), ==, instant (f, chair, 900));
  g_assert_true (desk_undo_take (window, first));
  book_fixture_quiet (f);
  g_assert_cmpint (starts_at (f, id), ==, instant (f, chair, 720));
}

static char *
toast_words (GtkWidget *root)
{
  GtkWidget *overlay = app_find (root, ADW_TYPE_TOAST_OVERLAY, 0);
  AdwToast *toast = g_object_get_data (G_OBJECT (overlay), "toast");

  return toast ? g_strdup (adw_toast_get_title (toast)) : NULL;
}

static gboolean
other_desk (DeskDb *db, gpointer data, GError **error)
{
  DeskVisit *visit = data;
  gint64 actor = desk_db_get_actor (db), other;

  if (!desk_db_value (db, &other, error, "SELECT min (id) FROM staff WHERE id <> $1 AND name <> ''", "i", actor))
    return FALSE;
  desk_db_set_actor (db, other, "other desk");
  gboolean saved = desk_visit_save (db, visit, error);
  desk_db_set_actor (db, actor, "desk");
  return saved;
}

/* Somebody else changed it since: left alone, and who it was is said. */
static void
test_undo_refused (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  gint64 id = book_fixture_book (f, chair, 600, 0);
  g_autoptr (GError) error = NULL;

  drop (f, id, chair, 780);
  g_autoptr (DeskVisit) elsewhere = book_fixture_stored (f, id);
  g_free (elsewhere->note);
  elsewhere->note = g_strdup ("changed at another desk");
  desk_session_run (f->app.session, other_desk, elsewhere, &error);
  g_assert_no_error (error);
  book_fixture_undo (f);
  g_autoptr (DeskVisit) after = book_fixture_stored (f, id);
  g_assert_cmpint (after->starts_at, ==, elsewhere->starts_at);
  g_assert_cmpstr (after->note, ==, "changed at another desk");
  g_autofree char *words = toast_words (GTK_WIDGET (f->app.window));
  g_assert_nonnull (strstr (words, "Not taken back"));
  g_assert_nonnull (strstr (words, "changed it at"));
  g_assert_null (strstr (words, "you changed"));
}

static guint
n_pins (BookFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pins = desk_pin_list (desk_session_reader (f->app.session), &error);

  g_assert_no_error (error);
  return pins->len;
}

static DeskPinboard *
pinboard (BookFixture *f)
{
  return DESK_PINBOARD (app_find (GTK_WIDGET (f->page), DESK_TYPE_PINBOARD, 0));
}

static void
pin (BookFixture *f, gint64 id)
{
  desk_window_show (f->app.window, DESK_KIND_VISIT, id);
  book_fixture_run (f, "book.pin");
  g_assert_nonnull (desk_pinboard_find (pinboard (f), id));
}

/* By the keyboard: pinned here, placed weeks later where the cursor is, and back again. */
static void
test_pin_and_place (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  gint64 id = book_fixture_book (f, chair, 600, 0);
  gint64 was = starts_at (f, id);

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (pinboard (f))));
  pin (f, id);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (pinboard (f))));
  g_assert_cmpint (starts_at (f, id), ==, was);
  book_fixture_find_day (f);
  desk_book_grid_select_slot (f->grid, chair + 1, 660);
  gtk_widget_activate_action (GTK_WIDGET (f->page), "book.pinboard", NULL);
  gtk_widget_activate (gtk_root_get_focus (GTK_ROOT (f->app.window)));
  book_fixture_quiet (f);
  g_autoptr (DeskVisit) placed = book_fixture_stored (f, id);
  g_assert_cmpint (placed->starts_at, ==, instant (f, chair + 1, 660));
  g_assert_cmpint (g_array_index (placed->resources, gint64, 0), ==,
                   desk_book_board_column (book_fixture_board (f), chair + 1)->resource_id);
  g_assert_cmpuint (n_pins (f), ==, 0);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (pinboard (f))));

  book_fixture_undo (f);
  g_assert_cmpint (starts_at (f, id), ==, was);
  g_assert_cmpuint (n_pins (f), ==, 1);
  book_fixture_undo (f); /* the pinning, too */
  g_assert_cmpuint (n_pins (f), ==, 0);
}

static void
place (BookFixture *f, gint64 id, guint column, int minute)
{
  desk_book_grid_select_slot (f->grid, column, minute);
  g_signal_emit_by_name (pinboard (f), "placed", id);
  book_fixture_quiet (f);
}

/* Onto the place of another pinned visit: they change places, chairs too, with one way back. */
static void
test_swap (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  gint64 one = book_fixture_book (f, chair, 600, 0), two = book_fixture_book (f, chair + 1, 840, 1);
  gint64 resources[] = { desk_book_board_column (book_fixture_board (f), chair)->resource_id,
                         desk_book_board_column (book_fixture_board (f), chair + 1)->resource_id };

  pin (f, one);
  place (f, one, chair + 1, 840); /* the other is not pinned: it stays, and so does this */
  g_assert_cmpint (starts_at (f, one), ==, instant (f, chair, 600));
  pin (f, two);
  place (f, one, chair + 1, 855);
  g_autoptr (DeskVisit) first = book_fixture_stored (f, one), second = book_fixture_stored (f, two);
  g_assert_cmpint (first->starts_at, ==, instant (f, chair, 840));
  g_assert_cmpint (second->starts_at, ==, instant (f, chair, 600));
  g_assert_cmpint (g_array_index (first->resources, gint64, 0), ==, resources[1]);
  g_assert_cmpint (g_array_index (second->resources, gint64, 0), ==, resources[0]);
  g_assert_cmpuint (n_pins (f), ==, 0);
  book_fixture_undo (f);
  g_assert_cmpint (starts_at (f, one), ==, instant (f, chair, 600));
  g_assert_cmpint (starts_at (f, two), ==, instant (f, chair, 840));
  g_assert_cmpuint (n_pins (f), ==, 2);
}

static AdwEntryRow *
entry_row (GtkWidget *dialog, const char *title)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *row = app_find (dialog, ADW_TYPE_ENTRY_ROW, i);

      if (strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title))
        return ADW_ENTRY_ROW (row);
    }
}

/* By typing: the conflict is said, a free time is one press away, nothing is asked, one way back. */
static void
test_move_to (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  gint64 id = book_fixture_book (f, chair, 600, 0);
  gint64 other = book_fixture_book (f, chair, 840, 1), was = starts_at (f, id);

  desk_book_grid_select (f->grid, id);
  book_fixture_run (f, "book.move-to");
  GtkWidget *dialog = app_toplevel (DESK_TYPE_VISIT_DIALOG);
  g_assert_nonnull (dialog);
  gtk_editable_set_text (GTK_EDITABLE (entry_row (dialog, "Time")), "14:30");
  gtk_widget_activate_action (dialog, "visit.save", NULL);
  book_fixture_quiet (f);
  g_assert_cmpint (starts_at (f, id), ==, was); /* taken: it stays, and the dialog with it */
  g_assert_true (app_toplevel (DESK_TYPE_VISIT_DIALOG) == dialog);
  GtkWidget *times = app_find (dialog, DESK_TYPE_FREE_TIMES, 0);
  g_assert_true (gtk_widget_get_visible (times));
  g_signal_emit_by_name (app_find (times, GTK_TYPE_BUTTON, 0), "clicked");
  gtk_widget_activate_action (dialog, "visit.save", NULL);
  book_fixture_quiet (f);
  g_assert_null (app_toplevel (DESK_TYPE_VISIT_DIALOG));
  g_autoptr (DeskVisit) moved = book_fixture_stored (f, id);
  g_assert_cmpint (moved->starts_at, !=, was);
  book_fixture_undo (f);
  g_assert_cmpint (starts_at (f, id), ==, was);
  g_assert_cmpint (other, !=, id);
}

/* Somebody new, and a visit that is only held. */
static void
test_new_patient_held (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair"), before = book_fixture_board (f)->visits->len;

  desk_book_grid_select_slot (f->grid, chair, 660);
  g_signal_emit_by_name (f->grid, "slot-activated", chair, 660);
  GtkWidget *dialog = app_toplevel (DESK_TYPE_VISIT_DIALOG), *picker = app_find (dialog, DESK_TYPE_PATIENT_PICKER, 0);
  GtkWidget *search = app_find (picker, GTK_TYPE_SEARCH_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (search), "ZZYZX Quentin");
  app_settle (50);
  g_signal_emit_by_name (search, "activate"); /* Enter alone registers nobody */
  g_assert_cmpint (desk_patient_picker_get_id (DESK_PATIENT_PICKER (picker)), ==, 0);
  g_signal_emit_by_name (gtk_widget_get_last_child (picker), "clicked");
  book_fixture_quiet (f);
  g_assert_cmpint (desk_patient_picker_get_id (DESK_PATIENT_PICKER (picker)), >, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry_row (dialog, "until")), "+1");
  gtk_widget_activate_action (dialog, "visit.save", NULL);
  book_fixture_quiet (f);
  g_assert_cmpuint (book_fixture_board (f)->visits->len, ==, before + 1);
  g_autoptr (DeskVisit) held = book_fixture_stored (f, desk_book_grid_get_visit (f->grid));
  g_assert_cmpstr (held->status, ==, "held");
  g_assert_cmpstr (held->patient_name, ==, "ZZYZX Quentin");
  g_assert_cmpint (desk_instant_day (held->held_until, desk_page_get_zone (DESK_PAGE (f->page))), ==, f->day + 1);
}

static gboolean
other_note (DeskDb *db, gpointer data, GError **error)
{
  return desk_day_note_save (db, data, error);
}

static char *
note_of (BookFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDayNote) note = desk_day_note_load (desk_session_reader (f->app.session), f->day, &error);

  g_assert_no_error (error);
  return g_strdup (note->text);
}

/* Written in the book, taken back; somebody else's is told and not replaced by going elsewhere. */
static void
test_note (BookFixture *f, gconstpointer data)
{
  GtkWidget *entry;
  g_autoptr (GError) error = NULL;

  book_fixture_run (f, "book.note");
  entry = app_find (app_find (GTK_WIDGET (f->page), DESK_TYPE_DAY_NOTE_ENTRY, 0), GTK_TYPE_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), "The lift is being repaired");
  g_signal_emit_by_name (entry, "activate");
  book_fixture_quiet (f);
  g_autofree char *first = note_of (f);
  g_assert_cmpstr (first, ==, "The lift is being repaired");

  g_autoptr (DeskDayNote) theirs = desk_day_note_load (desk_session_reader (f->app.session), f->day, &error);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Mine");
  g_free (theirs->text);
  theirs->text = g_strdup ("Theirs");
  desk_session_run (f->app.session, other_note, theirs, &error);
  g_assert_no_error (error);
  book_fixture_quiet (f);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Mine"); /* what is being typed stays */
  g_signal_emit_by_name (entry, "activate");
  book_fixture_quiet (f);
  g_autofree char *still = note_of (f), *words = toast_words (GTK_WIDGET (f->app.window));
  g_assert_cmpstr (still, ==, "Theirs");
  g_assert_nonnull (strstr (words, "Theirs"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Mine");
  g_signal_emit_by_name (entry, "activate");
  book_fixture_quiet (f);
  g_autofree char *mine = note_of (f);
  g_assert_cmpstr (mine, ==, "Mine");
  book_fixture_undo (f);
  g_autofree char *back = note_of (f);
  g_assert_cmpstr (back, ==, "Theirs");
}

static BookFixture fixture;

static gboolean
clear_pins (DeskDb *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) pins = desk_pin_list (db, error);

  for (guint i = 0; pins && i < pins->len; i++)
    if (!desk_pin_remove (db, ((DeskVisit *) pins->pdata[i])->id, error))
      return FALSE;
  return pins != NULL;
}

static void
run_test (gconstpointer data)
{
  void (*const *func) (BookFixture *, gconstpointer) = data;

  g_autoptr (GError) error = NULL;

  desk_session_run (fixture.app.session, clear_pins, NULL, &error);
  g_assert_no_error (error);
  book_fixture_find_day (&fixture);
  (*func) (&fixture, NULL);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (BookFixture *, gconstpointer);
  } tests[] = {
    { "/move/undo-order", test_undo_order },
    { "/move/undo-one", test_undo_one },
    { "/move/undo-refused", test_undo_refused },
    { "/move/pin-and-place", test_pin_and_place },
    { "/move/swap", test_swap },
    { "/move/note", test_note },
    { "/move/move-to", test_move_to },
    { "/move/new-patient-held", test_new_patient_held },
  };

  app_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].path, &tests[i].func, run_test);
  book_fixture_set_up (&fixture);
  int status = g_test_run ();
  app_fixture_tear_down (&fixture.app, NULL);
  return status;
}
