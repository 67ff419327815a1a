/* The book as a person uses it: on a real store, by its actions, with a look at what was written. */
#include "app-fixture.h"
#include "desk-book-page.h"
#include "desk-book-words.h"
#include "desk-course-dialog.h"
#include "desk-patient-picker.h"
#include "desk-patients.h"
#include "desk-visit-dialog.h"

/* One clinic for all tests: each looks for an empty day of its own. */
typedef struct
{
  AppFixture app;
  DeskBookPage *page;
  DeskBookGrid *grid;
  DeskDay day; /* an open one without visits */
} BookFixture;

static const DeskBookBoard *
board_of (BookFixture *f)
{
  return desk_book_grid_get_board (f->grid);
}

static DeskVisit *
stored (BookFixture *f, gint64 id)
{
  g_autoptr (GError) error = NULL;
  DeskVisit *visit = desk_visit_load (desk_session_reader (f->app.session), id, &error);

  g_assert_no_error (error);
  return visit;
}

static guint
first_column (BookFixture *f, const char *kind)
{
  const DeskBookBoard *board = board_of (f);

  for (guint i = 0; i < board->columns->len; i++)
    {
      const DeskResource *resource = desk_book_board_resource (board, desk_book_board_column (board, i)->resource_id);

      if (resource && g_str_equal (resource->kind, kind))
        return i;
    }
  g_error ("no column for a %s", kind);
}

static void
open_book (BookFixture *f)
{
  app_fixture_set_up (&f->app, NULL);
  desk_window_go (f->app.window, "book");
  f->page = DESK_BOOK_PAGE (desk_window_get_page (f->app.window, "book"));
  f->grid = desk_book_page_get_grid (f->page);
  f->day = desk_page_get_today (DESK_PAGE (f->page)) + 60;
}

static void
find_day (BookFixture *f)
{
  f->day += 7; /* a week of its own too */
  do
    desk_book_page_go (f->page, DESK_BOOK_DAY, ++f->day);
  while (desk_book_board_column (board_of (f), 0)->closed || board_of (f)->visits->len > 0);
}

static gboolean
nothing (DeskDb *db, gpointer data, GError **error)
{
  return TRUE;
}

/* Until every job before has been done and the book was read again, however slow the machine. */
static void
quiet (BookFixture *f)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      desk_session_run (f->app.session, nothing, NULL, &error);
      g_assert_no_error (error);
      app_settle (20);
    }
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_visit_save (db, data, error);
}

/* Books one in that chair's column as another desk would: by the store. */
static gint64
book (BookFixture *f, guint column, int minute, guint nth_patient)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = desk_patient_ids (desk_session_reader (f->app.session), DESK_PATIENT_SORT_CHART, &error);
  const DeskBookBoard *board = board_of (f);
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
  desk_session_run (f->app.session, save_work, visit, &error);
  g_assert_no_error (error);
  quiet (f);
  return visit->id;
}

static void
run (BookFixture *f, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->page), action, NULL));
  quiet (f);
}

static void
undo (BookFixture *f)
{
  gtk_widget_activate_action (GTK_WIDGET (f->app.window), "win.undo", NULL);
  quiet (f);
}

static GtkWidget *
toplevel (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (g_type_is_a (G_OBJECT_TYPE (l->data), type))
      return l->data;
  return NULL;
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text, *iso;
  } days[] = {
    { "2027-01-05", "2027-01-05" }, { "1/5", "2026-01-05" },   { "11-30", "2026-11-30" }, { "30", "2026-11-30" },
    { "+7", "2026-12-01" },         { "１１/３０", "2026-11-30" }, { "2/30", NULL },          { "", NULL },
    { "soon", NULL },               { "2027/1/5", "2027-01-05" },
  };
  static const struct
  {
    const char *text;
    int minute;
  } times[] = {
    { "9:30", 570 }, { "0930", 570 }, { "930", 570 }, { "9", 540 },    { "14", 840 }, { "9：30", 570 },
    { "24:00", -1 }, { "9:32", -1 },  { "", -1 },     { "noon", -1 }, { "-1", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      DeskDay day = DESK_DAY_NONE;
      gboolean good = desk_book_parse_day (days[i].text, desk_day_from_ymd (2026, 11, 24), &day);
      g_autofree char *iso = good ? desk_day_format (day) : NULL;

      g_test_message ("%s", days[i].text);
      g_assert_cmpstr (iso, ==, days[i].iso);
    }
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      int minute = -1;

      g_test_message ("%s", times[i].text);
      g_assert_cmpint (desk_book_parse_time (times[i].text, &minute), ==, times[i].minute >= 0);
      g_assert_cmpint (minute, ==, times[i].minute);
    }
}

/* Arrow keys and Tab are the widget's; here the sentence that a screen reader hears. */
static void
test_sentence (BookFixture *f, gconstpointer data)
{
  guint chair = first_column (f, "chair");
  gint64 id = book (f, chair, 600, 0);

  desk_book_grid_select_slot (f->grid, chair, 720);
  g_assert_true (g_str_has_prefix (desk_book_grid_get_sentence (f->grid), "12:00 "));
  g_assert_true (g_str_has_suffix (desk_book_grid_get_sentence (f->grid), ", free"));
  desk_book_grid_select (f->grid, id);
  g_assert_true (g_str_has_prefix (desk_book_grid_get_sentence (f->grid), "10:00–11:00 Infusion, "));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (f->grid), GTK_ACCESSIBLE_ROLE_GROUP);
}

/* Slot, Enter, name, Enter, Enter. */
static void
test_create (BookFixture *f, gconstpointer data)
{
  guint chair = first_column (f, "chair"), before;
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  /* Somebody whom no stay keeps from coming on any day. */
  g_assert_true (desk_db_value (desk_session_reader (f->app.session), &id, &error,
                                "SELECT min (id) FROM patient p WHERE NOT EXISTS (SELECT 1 FROM trip WHERE patient_id = p.id)"
                                " AND NOT EXISTS (SELECT 1 FROM visit WHERE patient_id = p.id)",
                                ""));
  g_autoptr (DeskPatient) patient = desk_patient_load (desk_session_reader (f->app.session), id, &error);

  before = board_of (f)->visits->len;
  desk_book_grid_select_slot (f->grid, chair, 600);
  run (f, "book.open");
  GtkWidget *dialog = toplevel (DESK_TYPE_VISIT_DIALOG);
  g_assert_nonnull (dialog);

  /* Nobody chosen: it says so and stays. */
  gtk_widget_activate_action (dialog, "visit.save", NULL);
  quiet (f);
  g_assert_true (toplevel (DESK_TYPE_VISIT_DIALOG) == dialog);

  GtkWidget *entry = app_find (dialog, GTK_TYPE_SEARCH_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), patient->chart);
  quiet (f);
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpint (
      desk_patient_picker_get_id (DESK_PATIENT_PICKER (app_find (dialog, DESK_TYPE_PATIENT_PICKER, 0))), ==,
      patient->id);
  gtk_widget_activate_action (dialog, "visit.save", NULL);
  gtk_widget_activate_action (dialog, "visit.save", NULL); /* a double Enter books once */
  quiet (f);

  g_assert_null (toplevel (DESK_TYPE_VISIT_DIALOG));
  g_assert_cmpuint (board_of (f)->visits->len, ==, before + 1);
  g_autoptr (DeskVisit) visit = stored (f, desk_book_grid_get_visit (f->grid));
  g_assert_cmpint (visit->patient_id, ==, patient->id);
  g_assert_cmpstr (visit->type, ==, "infusion");
  g_assert_cmpint (visit->starts_at, ==, desk_book_board_instant (board_of (f), chair, 600));
  g_assert_cmpuint (visit->resources->len, ==, 1);

  undo (f);
  g_autoptr (DeskVisit) after = stored (f, visit->id);
  g_assert_cmpstr (after->status, ==, "cancelled_clinic");
  g_assert_cmpuint (board_of (f)->visits->len, ==, before);
}

/* What only warns needs a reason, which stays with the visit. */
static void
test_reason (BookFixture *f, gconstpointer data)
{
  guint chair = first_column (f, "chair");
  DeskVisitDialog *dialog = desk_visit_dialog_show (DESK_PAGE (f->page), f->day, 1125,
                                                    desk_book_board_column (board_of (f), chair)->resource_id, 1);

  gtk_widget_activate_action (GTK_WIDGET (dialog), "visit.save", NULL);
  quiet (f);
  g_assert_cmpuint (board_of (f)->visits->len, ==, 0); /* no reason yet */
  for (guint i = 0;; i++)
    {
      GtkWidget *row = app_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, i);

      if (g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "Reason"))
        {
          gtk_editable_set_text (GTK_EDITABLE (row), "flight leaves at night");
          break;
        }
    }
  gtk_widget_activate_action (GTK_WIDGET (dialog), "visit.save", NULL);
  quiet (f);
  g_assert_cmpuint (board_of (f)->visits->len, ==, 1);
  g_autoptr (DeskVisit) visit = stored (f, desk_book_grid_get_visit (f->grid));
  g_assert_cmpstr (visit->override, ==, "flight leaves at night");
}

static void
test_steps (BookFixture *f, gconstpointer data)
{
  gint64 id = book (f, first_column (f, "chair"), 600, 0);

  desk_book_grid_select (f->grid, id);
  run (f, "book.next-step");
  g_autoptr (DeskVisit) arrived = stored (f, id);
  g_assert_cmpstr (arrived->status, ==, "arrived");
  run (f, "book.next-step");
  g_autoptr (DeskVisit) checked_in = stored (f, id);
  g_assert_cmpstr (checked_in->status, ==, "checked_in");
  undo (f);
  g_autoptr (DeskVisit) undone = stored (f, id);
  g_assert_cmpstr (undone->status, ==, "arrived");
  g_assert_cmpint (undone->status_since, ==, arrived->status_since);
}

static void
drop (BookFixture *f, gint64 id, guint from, guint column, int minute, int minutes)
{
  g_signal_emit_by_name (f->grid, "visit-dropped", id, from, column, minute, minutes);
  quiet (f);
}

static void
test_move (BookFixture *f, gconstpointer data)
{
  guint chair = first_column (f, "chair");
  gint64 id = book (f, chair, 600, 0), other = book (f, chair + 1, 600, 1);
  g_autoptr (DeskVisit) before = stored (f, id);

  /* Onto another patient's time: nothing happens. */
  drop (f, id, chair, chair + 1, 615, 60);
  g_autoptr (DeskVisit) same = stored (f, id);
  g_assert_cmpint (same->version, ==, before->version);

  drop (f, id, chair, chair + 1, 780, 90);
  g_autoptr (DeskVisit) moved = stored (f, id);
  g_assert_cmpint (moved->starts_at, ==, before->starts_at + 3 * 3600);
  g_assert_cmpint (moved->ends_at - moved->starts_at, ==, 90 * 60);
  g_assert_cmpint (g_array_index (moved->resources, gint64, 0), ==,
                   desk_book_board_column (board_of (f), chair + 1)->resource_id);
  undo (f);
  g_autoptr (DeskVisit) back = stored (f, id);
  g_assert_cmpint (back->starts_at, ==, before->starts_at);
  g_assert_cmpint (g_array_index (back->resources, gint64, 0), ==, g_array_index (before->resources, gint64, 0));
  g_assert_cmpint (other, !=, id);
}

/* Somebody else changed it after the move: undo leaves it alone. */
static void
test_undo_refused (BookFixture *f, gconstpointer data)
{
  guint chair = first_column (f, "chair");
  gint64 id = book (f, chair, 600, 0);
  g_autoptr (GError) error = NULL;

  drop (f, id, chair, chair, 780, 60);
  g_autoptr (DeskVisit) elsewhere = stored (f, id);
  g_free (elsewhere->note);
  elsewhere->note = g_strdup ("changed at another desk");
  desk_session_run (f->app.session, save_work, elsewhere, &error);
  g_assert_no_error (error);
  undo (f);
  g_autoptr (DeskVisit) after = stored (f, id);
  g_assert_cmpint (after->starts_at, ==, elsewhere->starts_at);
  g_assert_cmpstr (after->note, ==, "changed at another desk");
}

static void
test_cut_and_paste (BookFixture *f, gconstpointer data)
{
  guint chair = first_column (f, "chair");
  gint64 id = book (f, chair, 600, 0);

  desk_book_grid_select (f->grid, id);
  run (f, "book.cut");
  run (f, "book.escape");
  desk_book_grid_select_slot (f->grid, chair + 1, 840);
  gtk_widget_activate_action (GTK_WIDGET (f->page), "book.paste", NULL);
  quiet (f);
  g_autoptr (DeskVisit) left = stored (f, id);
  g_assert_cmpint (left->starts_at, ==, desk_book_board_instant (board_of (f), chair, 600));

  desk_book_grid_select (f->grid, id);
  run (f, "book.cut");
  desk_book_grid_select_slot (f->grid, chair + 1, 840);
  run (f, "book.paste");
  g_autoptr (DeskVisit) moved = stored (f, id);
  g_assert_cmpint (moved->starts_at, ==, desk_book_board_instant (board_of (f), chair, 840));
  g_assert_cmpuint (moved->resources->len, ==, 1);
  g_assert_cmpint (g_array_index (moved->resources, gint64, 0), ==,
                   desk_book_board_column (board_of (f), chair + 1)->resource_id);
}

/* Another desk's booking appears; cursor, focus and scroll stay where they are. */
static void
test_changed (BookFixture *f, gconstpointer data)
{
  guint chair = first_column (f, "chair"), column;
  int minute;
  g_autoptr (GtkAdjustment) vertical = NULL;

  g_object_get (f->grid, "vadjustment", &vertical, NULL);
  desk_book_grid_scroll_to_minute (f->grid, 660);
  double scrolled = gtk_adjustment_get_value (vertical);
  desk_book_grid_select_slot (f->grid, chair, 690);
  gtk_widget_grab_focus (GTK_WIDGET (f->grid));
  book (f, chair + 1, 600, 0);
  quiet (f);
  g_assert_cmpuint (board_of (f)->visits->len, ==, 1);
  desk_book_grid_get_slot (f->grid, &column, &minute);
  g_assert_cmpuint (column, ==, chair);
  g_assert_cmpint (minute, ==, 690);
  g_assert_cmpfloat (gtk_adjustment_get_value (vertical), ==, scrolled);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->app.window)) == GTK_WIDGET (f->grid));
}

static void
test_show_and_week (BookFixture *f, gconstpointer data)
{
  gint64 id = book (f, first_column (f, "chair"), 600, 0);

  desk_book_page_go (f->page, DESK_BOOK_WEEK, f->day - 30);
  g_assert_null (desk_book_board_visit (board_of (f), id));
  desk_window_show (f->app.window, DESK_KIND_VISIT, id);
  g_assert_cmpuint (board_of (f)->columns->len, ==, 7);
  g_assert_cmpint (desk_day_weekday (board_of (f)->first), ==, 1);
  g_assert_cmpint (desk_book_grid_get_visit (f->grid), ==, id);
  gtk_widget_activate_action (GTK_WIDGET (f->page), "book.mode", "s", "day");
  g_assert_cmpint (board_of (f)->first, ==, f->day);
  g_assert_cmpint (desk_book_grid_get_visit (f->grid), ==, id);
}

/* Boxes that overlap lie side by side. */
static void
test_lanes (BookFixture *f, gconstpointer data)
{
  guint chair = first_column (f, "chair");
  gint64 one = book (f, chair, 600, 0), two = book (f, chair + 1, 630, 1), three = book (f, chair, 780, 2);

  desk_book_page_go (f->page, DESK_BOOK_WEEK, f->day);
  const DeskBookBox *first = desk_book_board_find (board_of (f), one, 0);
  const DeskBookBox *second = desk_book_board_find (board_of (f), two, 0);
  const DeskBookBox *alone = desk_book_board_find (board_of (f), three, 0);
  g_assert_cmpuint (first->lanes, ==, 2);
  g_assert_cmpuint (second->lanes, ==, 2);
  g_assert_cmpuint (first->lane, !=, second->lane);
  g_assert_cmpuint (alone->lanes, ==, 1);
}

static void
test_course (BookFixture *f, gconstpointer data)
{
  DeskCourseDialog *dialog = desk_course_dialog_show (DESK_PAGE (f->page), f->day, 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) before = desk_visit_of_patient (desk_session_reader (f->app.session), 5, &error);
  guint n;
  const DeskCourseTemplate *course = &desk_course_templates (&n)[0];

  gtk_widget_activate_action (GTK_WIDGET (dialog), "course.save", NULL);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "course.save", NULL);
  quiet (f);
  g_assert_null (toplevel (DESK_TYPE_COURSE_DIALOG));
  g_autoptr (GPtrArray) after = desk_visit_of_patient (desk_session_reader (f->app.session), 5, &error);
  g_assert_cmpuint (after->len, ==, before->len + course->n_steps);
}

static BookFixture fixture;

static void
run_test (gconstpointer data)
{
  void (*const *func) (BookFixture *, gconstpointer) = data;

  find_day (&fixture);
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
    { "/book/sentence", test_sentence },
    { "/book/create", test_create },
    { "/book/reason", test_reason },
    { "/book/steps", test_steps },
    { "/book/move", test_move },
    { "/book/undo-refused", test_undo_refused },
    { "/book/cut-and-paste", test_cut_and_paste },
    { "/book/changed", test_changed },
    { "/book/show-and-week", test_show_and_week },
    { "/book/lanes", test_lanes },
    { "/book/course", test_course },
  };

  app_init (&argc, &argv);
  g_test_add_func ("/book/parse", test_parse);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].path, &tests[i].func, run_test);
  open_book (&fixture);
  int status = g_test_run ();
  app_fixture_tear_down (&fixture.app, NULL);
  return status;
}
