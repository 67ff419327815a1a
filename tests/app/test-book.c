/* The book as a person uses it: on a real store, by its actions, with a look at what was written. */
#include "book-fixture.h"
#include "desk-book-words.h"
#include "desk-clock-row.h"
#include "desk-course-dialog.h"
#include "desk-clinics.h"
#include "desk-course-templates.h"
#include "desk-ripple-dialog.h"
#include "desk-patient-picker.h"
#include "desk-patients.h"
#include "desk-slot-dialog.h"
#include "desk-visit-dialog.h"
#include "desk-visit-types.h"

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
  guint chair = book_fixture_first_column (f, "chair");
  gint64 id = book_fixture_book (f, chair, 600, 0);

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
  guint chair = book_fixture_first_column (f, "chair"), before;
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  /* Somebody whom no stay keeps from coming on any day. */
  g_assert_true (desk_db_value (desk_session_reader (f->app.session), &id, &error,
                                "SELECT min (id) FROM patient p WHERE NOT EXISTS (SELECT 1 FROM trip WHERE patient_id = p.id)"
                                " AND NOT EXISTS (SELECT 1 FROM visit WHERE patient_id = p.id)",
                                ""));
  g_autoptr (DeskPatient) patient = desk_patient_load (desk_session_reader (f->app.session), id, &error);

  before = book_fixture_board (f)->visits->len;
  desk_book_grid_select_slot (f->grid, chair, 600);
  book_fixture_run (f, "book.open");
  GtkWidget *dialog = app_toplevel (DESK_TYPE_VISIT_DIALOG);
  g_assert_nonnull (dialog);

  /* Nobody chosen: it says so and stays. */
  gtk_widget_activate_action (dialog, "visit.save", NULL);
  book_fixture_quiet (f);
  g_assert_true (app_toplevel (DESK_TYPE_VISIT_DIALOG) == dialog);

  GtkWidget *entry = app_find (dialog, GTK_TYPE_SEARCH_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), patient->chart);
  book_fixture_quiet (f);
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpint (
      desk_patient_picker_get_id (DESK_PATIENT_PICKER (app_find (dialog, DESK_TYPE_PATIENT_PICKER, 0))), ==,
      patient->id);
  gtk_widget_activate_action (dialog, "visit.save", NULL);
  gtk_widget_activate_action (dialog, "visit.save", NULL); /* a double Enter books once */
  book_fixture_quiet (f);

  g_assert_null (app_toplevel (DESK_TYPE_VISIT_DIALOG));
  g_assert_cmpuint (book_fixture_board (f)->visits->len, ==, before + 1);
  g_autoptr (DeskVisit) visit = book_fixture_stored (f, desk_book_grid_get_visit (f->grid));
  g_assert_cmpint (visit->patient_id, ==, patient->id);
  g_assert_cmpstr (visit->type, ==, "infusion");
  g_assert_cmpint (visit->starts_at, ==, desk_book_board_instant (book_fixture_board (f), chair, 600));
  g_assert_cmpuint (visit->resources->len, ==, 1);

  book_fixture_undo (f);
  g_autoptr (DeskVisit) after = book_fixture_stored (f, visit->id);
  g_assert_cmpstr (after->status, ==, "cancelled_clinic");
  g_assert_cmpuint (book_fixture_board (f)->visits->len, ==, before);
}

static gint64
n_patients (BookFixture *f)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (desk_db_value (desk_session_reader (f->app.session), &n, &error, "SELECT count (*) FROM patient", ""));
  return n;
}

static gboolean
add_patient (DeskDb *db, gpointer data, GError **error)
{
  return desk_patient_save (db, data, error);
}

static gint64
register_patient (BookFixture *f, const char *family, const char *given)
{
  g_autoptr (DeskPatient) patient = desk_patient_new ();
  g_autoptr (GError) error = NULL;

  g_free (patient->family);
  g_free (patient->given);
  patient->family = g_strdup (family);
  patient->given = g_strdup (given);
  desk_session_run (f->app.session, add_patient, patient, &error);
  g_assert_no_error (error);
  return patient->id;
}

/* Enter in the same breath as the name: it takes who is on file, asks among namesakes, and registers nobody; only the
 * row of the new patient itself does. */
static void
test_fast (BookFixture *f, gconstpointer data)
{
  gint64 one = register_patient (f, "Xylander", "Ada"), before = n_patients (f);
  guint chair = book_fixture_first_column (f, "chair");

  desk_book_grid_select_slot (f->grid, chair, 600);
  book_fixture_run (f, "book.open");
  GtkWidget *dialog = app_toplevel (DESK_TYPE_VISIT_DIALOG);
  DeskPatientPicker *picker = DESK_PATIENT_PICKER (app_find (dialog, DESK_TYPE_PATIENT_PICKER, 0));
  GtkWidget *entry = app_find (dialog, GTK_TYPE_SEARCH_ENTRY, 0);
  GtkWidget *list = app_find (GTK_WIDGET (picker), GTK_TYPE_LIST_BOX, 0);
  GtkWidget *add = gtk_widget_get_next_sibling (gtk_widget_get_next_sibling (list));
  g_assert_true (GTK_IS_BUTTON (add));

  gtk_editable_set_text (GTK_EDITABLE (entry), "xqzz"); /* nobody, and the new one is offered */
  book_fixture_quiet (f);
  g_assert_true (gtk_widget_get_visible (add));
  g_signal_emit_by_name (entry, "activate");
  gtk_editable_set_text (GTK_EDITABLE (entry), "xylander"); /* Enter before the entry has told of the change */
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpint (desk_patient_picker_get_id (picker), ==, one);
  book_fixture_quiet (f);
  g_assert_cmpint (n_patients (f), ==, before);

  gint64 two = register_patient (f, "Xylander", "Bea");
  gtk_editable_set_text (GTK_EDITABLE (entry), "xylander");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpint (desk_patient_picker_get_id (picker), ==, 0);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (dialog));
  g_assert_true (GTK_IS_LIST_BOX_ROW (focus));
  gtk_widget_activate (focus);
  gint64 taken = desk_patient_picker_get_id (picker);
  g_assert_true (taken == one || taken == two);
  book_fixture_quiet (f);
  g_assert_cmpint (n_patients (f), ==, before + 1);

  gtk_editable_set_text (GTK_EDITABLE (entry), "xqzz New");
  book_fixture_quiet (f);
  g_signal_emit_by_name (add, "clicked");
  book_fixture_quiet (f);
  g_assert_cmpint (n_patients (f), ==, before + 2);
  g_assert_cmpint (desk_patient_picker_get_id (picker), >, two);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean
put_away (DeskDb *db, gpointer data, GError **error)
{
  DeskVisitType *type = data;

  type->active = FALSE;
  return desk_visit_type_save (db, type, error);
}

static gboolean
offers (GtkWidget *dialog, const DeskVisitType *type)
{
  GListModel *model = adw_combo_row_get_model (ADW_COMBO_ROW (app_find (dialog, ADW_TYPE_COMBO_ROW, 0)));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) one = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (one), desk_book_type_name (type)))
        return TRUE;
    }
  return FALSE;
}

/* A kind that is out of use is offered for nothing new; the visit that is of it keeps it when it is moved. */
static void
test_out_of_use (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  g_autoptr (DeskVisit) visit = book_fixture_stored (f, book_fixture_book (f, chair, 600, 0));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) types = desk_visit_type_list (desk_session_reader (f->app.session), &error);
  DeskVisitType *type = NULL;

  for (guint i = 0; i < types->len; i++)
    if (g_str_equal (((DeskVisitType *) types->pdata[i])->code, visit->type))
      type = types->pdata[i];
  GtkWidget *dialog = GTK_WIDGET (desk_visit_dialog_show (DESK_PAGE (f->page), f->day, 700, 0, 0));
  g_assert_true (offers (dialog, type));
  gtk_window_destroy (GTK_WINDOW (dialog));

  desk_session_run (f->app.session, put_away, type, &error);
  g_assert_no_error (error);
  dialog = GTK_WIDGET (desk_visit_dialog_show (DESK_PAGE (f->page), f->day, 700, 0, 0));
  g_assert_false (offers (dialog, type));
  gtk_window_destroy (GTK_WINDOW (dialog));
  dialog = GTK_WIDGET (desk_visit_dialog_show_move (DESK_PAGE (f->page), visit));
  g_assert_true (offers (dialog, type));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* What only warns needs a reason, which stays with the visit. */
static void
test_reason (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  DeskVisitDialog *dialog = desk_visit_dialog_show (DESK_PAGE (f->page), f->day, 1125,
                                                    desk_book_board_column (book_fixture_board (f), chair)->resource_id, 1);

  gtk_widget_activate_action (GTK_WIDGET (dialog), "visit.save", NULL);
  book_fixture_quiet (f);
  g_assert_cmpuint (book_fixture_board (f)->visits->len, ==, 0); /* no reason yet */
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
  book_fixture_quiet (f);
  g_assert_cmpuint (book_fixture_board (f)->visits->len, ==, 1);
  g_autoptr (DeskVisit) visit = book_fixture_stored (f, desk_book_grid_get_visit (f->grid));
  g_assert_cmpstr (visit->override, ==, "flight leaves at night");
}

/* A coming visit can be confirmed and no more; one of today goes on step by step. */
static void
test_steps (BookFixture *f, gconstpointer data)
{
  gint64 id = book_fixture_book (f, book_fixture_first_column (f, "chair"), 600, 0);

  desk_book_grid_select (f->grid, id);
  book_fixture_run (f, "book.next-step");
  g_autoptr (DeskVisit) confirmed = book_fixture_stored (f, id);
  g_assert_cmpstr (confirmed->status, ==, "confirmed");
  gtk_widget_activate_action (GTK_WIDGET (f->page), "book.next-step", NULL);
  book_fixture_quiet (f);
  g_autoptr (DeskVisit) still = book_fixture_stored (f, id);
  g_assert_cmpint (still->version, ==, confirmed->version);

  desk_book_page_go (f->page, DESK_BOOK_DAY, desk_page_get_today (DESK_PAGE (f->page)));
  gint64 now = book_fixture_book (f, book_fixture_first_column (f, "room"), 1380, 2);
  desk_book_grid_select (f->grid, now);
  book_fixture_run (f, "book.next-step");
  g_autoptr (DeskVisit) arrived = book_fixture_stored (f, now);
  g_assert_cmpstr (arrived->status, ==, "arrived");
  book_fixture_run (f, "book.next-step");
  g_autoptr (DeskVisit) checked_in = book_fixture_stored (f, now);
  g_assert_cmpstr (checked_in->status, ==, "checked_in");
  book_fixture_undo (f);
  g_autoptr (DeskVisit) undone = book_fixture_stored (f, now);
  g_assert_cmpstr (undone->status, ==, "arrived");
  g_assert_cmpint (undone->status_since, ==, arrived->status_since);
}

static void
drop (BookFixture *f, gint64 id, guint from, guint column, int minute, int minutes)
{
  g_signal_emit_by_name (f->grid, "visit-dropped", id, from, column, minute, minutes);
  book_fixture_quiet (f);
}

static void
test_move (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  gint64 id = book_fixture_book (f, chair, 600, 0), other = book_fixture_book (f, chair + 1, 600, 1);
  g_autoptr (DeskVisit) before = book_fixture_stored (f, id);

  /* Onto another patient's time: nothing happens. */
  drop (f, id, chair, chair + 1, 615, 60);
  g_autoptr (DeskVisit) same = book_fixture_stored (f, id);
  g_assert_cmpint (same->version, ==, before->version);

  drop (f, id, chair, chair + 1, 780, 90);
  g_autoptr (DeskVisit) moved = book_fixture_stored (f, id);
  g_assert_cmpint (moved->starts_at, ==, before->starts_at + 3 * 3600);
  g_assert_cmpint (moved->ends_at - moved->starts_at, ==, 90 * 60);
  g_assert_cmpint (g_array_index (moved->resources, gint64, 0), ==,
                   desk_book_board_column (book_fixture_board (f), chair + 1)->resource_id);
  book_fixture_undo (f);
  g_autoptr (DeskVisit) back = book_fixture_stored (f, id);
  g_assert_cmpint (back->starts_at, ==, before->starts_at);
  g_assert_cmpint (g_array_index (back->resources, gint64, 0), ==, g_array_index (before->resources, gint64, 0));
  g_assert_cmpint (other, !=, id);
}

/* Somebody else changed it after the move: undo leaves it alone. */
static void
test_undo_refused (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  gint64 id = book_fixture_book (f, chair, 600, 0);
  g_autoptr (GError) error = NULL;

  drop (f, id, chair, chair, 780, 60);
  g_autoptr (DeskVisit) elsewhere = book_fixture_stored (f, id);
  g_free (elsewhere->note);
  elsewhere->note = g_strdup ("changed at another desk");
  desk_session_run (f->app.session, book_fixture_save, elsewhere, &error);
  g_assert_no_error (error);
  book_fixture_undo (f);
  g_autoptr (DeskVisit) after = book_fixture_stored (f, id);
  g_assert_cmpint (after->starts_at, ==, elsewhere->starts_at);
  g_assert_cmpstr (after->note, ==, "changed at another desk");
}

static void
test_cut_and_paste (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  gint64 id = book_fixture_book (f, chair, 600, 0);

  desk_book_grid_select (f->grid, id);
  book_fixture_run (f, "book.cut");
  book_fixture_run (f, "book.escape");
  desk_book_grid_select_slot (f->grid, chair + 1, 840);
  gtk_widget_activate_action (GTK_WIDGET (f->page), "book.paste", NULL);
  book_fixture_quiet (f);
  g_autoptr (DeskVisit) left = book_fixture_stored (f, id);
  g_assert_cmpint (left->starts_at, ==, desk_book_board_instant (book_fixture_board (f), chair, 600));

  desk_book_grid_select (f->grid, id);
  book_fixture_run (f, "book.cut");
  desk_book_grid_select_slot (f->grid, chair + 1, 840);
  book_fixture_run (f, "book.paste");
  g_autoptr (DeskVisit) moved = book_fixture_stored (f, id);
  g_assert_cmpint (moved->starts_at, ==, desk_book_board_instant (book_fixture_board (f), chair, 840));
  g_assert_cmpuint (moved->resources->len, ==, 1);
  g_assert_cmpint (g_array_index (moved->resources, gint64, 0), ==,
                   desk_book_board_column (book_fixture_board (f), chair + 1)->resource_id);
}

static gboolean
set_zone (DeskDb *db, gpointer data, GError **error)
{
  g_autoptr (DeskClinic) clinic = desk_clinic_load (db, error);

  if (!clinic)
    return FALSE;
  g_free (clinic->zone);
  clinic->zone = g_strdup (data);
  return desk_clinic_save (db, clinic, error);
}

static void
in_zone (BookFixture *f, const char *zone)
{
  g_autoptr (GError) error = NULL;

  desk_session_run (f->app.session, set_zone, (gpointer) zone, &error);
  g_assert_no_error (error);
  book_fixture_quiet (f);
}

/* Where the clinic's own clocks change, on a working day: half past midnight is none, and two are offered. */
static void
test_clock_change (BookFixture *f, gconstpointer data)
{
  DeskDay gap = desk_day_from_ymd (2027, 4, 30), twice = desk_day_from_ymd (2027, 10, 28);

  in_zone (f, "Africa/Cairo");
  desk_book_page_go (f->page, DESK_BOOK_DAY, gap);
  guint chair = book_fixture_first_column (f, "chair");
  gint64 id = book_fixture_book (f, chair, 660, 0);
  gint64 was = desk_book_board_instant (book_fixture_board (f), chair, 660);

  g_signal_emit_by_name (f->grid, "visit-dropped", id, chair, chair + 1, 30, 60);
  book_fixture_quiet (f);
  g_autoptr (DeskVisit) left = book_fixture_stored (f, id);
  g_assert_cmpint (left->starts_at, ==, was);
  GtkWidget *dialog = app_toplevel (DESK_TYPE_VISIT_DIALOG);
  g_assert_nonnull (dialog);
  DeskClockRow *row = DESK_CLOCK_ROW (app_find (dialog, DESK_TYPE_CLOCK_ROW, 0));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (row)));
  gtk_widget_activate_action (dialog, "visit.save", NULL);
  book_fixture_quiet (f);
  g_assert_true (app_toplevel (DESK_TYPE_VISIT_DIALOG) == dialog);
  desk_clock_row_choose (row, 1);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (row)));
  g_assert_nonnull (strstr (gtk_editable_get_text (GTK_EDITABLE (app_find (dialog, ADW_TYPE_ENTRY_ROW, 1))), "1:30"));
  gtk_window_destroy (GTK_WINDOW (dialog));

  /* Pasted into the hour that is there twice. */
  desk_book_page_go (f->page, DESK_BOOK_DAY, gap);
  desk_book_grid_select (f->grid, id);
  book_fixture_run (f, "book.cut");
  desk_book_page_go (f->page, DESK_BOOK_DAY, twice);
  desk_book_grid_select_slot (f->grid, chair, 1410);
  guint column;
  int minute;
  desk_book_grid_get_slot (f->grid, &column, &minute);
  if (minute == 1410)
    {
      book_fixture_run (f, "book.paste");
      g_assert_nonnull (app_toplevel (DESK_TYPE_VISIT_DIALOG));
      gtk_window_destroy (GTK_WINDOW (app_toplevel (DESK_TYPE_VISIT_DIALOG)));
    }
  g_autoptr (DeskVisit) still = book_fixture_stored (f, id);
  g_assert_cmpint (still->starts_at, ==, was);
  in_zone (f, "Asia/Tokyo");
}

static void
test_show_and_week (BookFixture *f, gconstpointer data)
{
  gint64 id = book_fixture_book (f, book_fixture_first_column (f, "chair"), 600, 0);

  desk_book_page_go (f->page, DESK_BOOK_WEEK, f->day - 30);
  g_assert_null (desk_book_board_visit (book_fixture_board (f), id));
  desk_window_show (f->app.window, DESK_KIND_VISIT, id);
  g_assert_cmpuint (book_fixture_board (f)->columns->len, ==, 7);
  g_assert_cmpint (desk_day_weekday (book_fixture_board (f)->first), ==, 1);
  g_assert_cmpint (desk_book_grid_get_visit (f->grid), ==, id);
  gtk_widget_activate_action (GTK_WIDGET (f->page), "book.mode", "s", "day");
  g_assert_cmpint (book_fixture_board (f)->first, ==, f->day);
  g_assert_cmpint (desk_book_grid_get_visit (f->grid), ==, id);
}

/* Boxes that overlap lie side by side. */
static void
test_lanes (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  gint64 one = book_fixture_book (f, chair, 600, 0), two = book_fixture_book (f, chair + 1, 630, 1), three = book_fixture_book (f, chair, 780, 2);

  desk_book_page_go (f->page, DESK_BOOK_WEEK, f->day);
  const DeskBookBox *first = desk_book_board_find (book_fixture_board (f), one, 0);
  const DeskBookBox *second = desk_book_board_find (book_fixture_board (f), two, 0);
  const DeskBookBox *alone = desk_book_board_find (book_fixture_board (f), three, 0);
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
  g_autoptr (DeskCourseTemplate) course
      = desk_course_template_load (desk_session_reader (f->app.session), "treatment-6", &error);

  /* No papers are there for the draw: not without a reason. */
  gtk_widget_activate_action (GTK_WIDGET (dialog), "course.save", NULL);
  book_fixture_quiet (f);
  g_assert_true (app_toplevel (DESK_TYPE_COURSE_DIALOG) == GTK_WIDGET (dialog));
  gtk_editable_set_text (GTK_EDITABLE (app_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, 2)), "papers follow by post");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "course.save", NULL);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "course.save", NULL);
  book_fixture_quiet (f);
  g_assert_null (app_toplevel (DESK_TYPE_COURSE_DIALOG));
  g_autoptr (GPtrArray) after = desk_visit_of_patient (desk_session_reader (f->app.session), 5, &error);
  g_assert_cmpuint (after->len, ==, before->len + course->steps->len);
  guint reasons = 0;
  for (guint i = 0; i < after->len; i++)
    reasons += g_str_has_prefix (((DeskVisit *) g_ptr_array_index (after, i))->override, "papers follow by post (");
  g_assert_cmpuint (reasons, >, 0);

  /* Taken back whole, by one key. */
  book_fixture_undo (f);
  g_autoptr (GPtrArray) undone = desk_visit_of_patient (desk_session_reader (f->app.session), 5, &error);
  guint cancelled = 0;
  for (guint i = 0; i < undone->len; i++)
    cancelled += g_str_equal (((DeskVisit *) g_ptr_array_index (undone, i))->status, "cancelled_clinic");
  g_assert_cmpuint (cancelled, ==, course->steps->len);
}

/* A day closes: what was on it is elsewhere afterwards, and back again when it is taken back. */
static void
test_ripple (BookFixture *f, gconstpointer data)
{
  guint chair = book_fixture_first_column (f, "chair");
  gint64 one = book_fixture_book (f, chair, 600, 0), two = book_fixture_book (f, chair + 1, 630, 1);
  g_autoptr (DeskVisit) before = book_fixture_stored (f, one);
  DeskDb *db = desk_session_reader (f->app.session);
  g_autofree char *reason = NULL, *none = NULL;

  DeskRippleDialog *dialog = desk_ripple_dialog_show (DESK_PAGE (f->page), DESK_RIPPLE_CLOSED_DAY, 0, f->day);
  book_fixture_quiet (f);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "ripple.save", NULL); /* not without a reason */
  book_fixture_quiet (f);
  g_assert_true (app_toplevel (DESK_TYPE_RIPPLE_DIALOG) == GTK_WIDGET (dialog));
  gtk_editable_set_text (GTK_EDITABLE (app_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, 1)), "Typhoon");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "ripple.save", NULL);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "ripple.save", NULL);
  book_fixture_quiet (f);
  g_assert_null (app_toplevel (DESK_TYPE_RIPPLE_DIALOG));
  g_assert_true (desk_closed_day_reason (db, f->day, &reason, NULL));
  g_assert_cmpstr (reason, ==, "Typhoon");
  g_autoptr (DeskVisit) moved = book_fixture_stored (f, one), other = book_fixture_stored (f, two);
  GTimeZone *zone = desk_page_get_zone (DESK_PAGE (f->page));
  g_assert_cmpint (desk_instant_day (moved->starts_at, zone), !=, f->day);
  g_assert_cmpint (desk_instant_day (other->starts_at, zone), !=, f->day);

  book_fixture_undo (f);
  book_fixture_quiet (f);
  g_autoptr (DeskVisit) back = book_fixture_stored (f, one);
  g_assert_cmpint (back->starts_at, ==, before->starts_at);
  g_assert_true (desk_closed_day_reason (db, f->day, &none, NULL));
  g_assert_null (none);
}

static BookFixture fixture;

static void
run_test (gconstpointer data)
{
  void (*const *func) (BookFixture *, gconstpointer) = data;

  book_fixture_find_day (&fixture);
  (*func) (&fixture, NULL);
}

/* The first list box below a widget. */
static GtkListBox *
list_below (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkListBox *found = GTK_IS_LIST_BOX (child) && gtk_widget_get_parent (child) && GTK_IS_VIEWPORT (gtk_widget_get_parent (child))
                              ? GTK_LIST_BOX (child)
                              : list_below (child);
      if (found)
        return found;
    }
  return NULL;
}

/* What is free is listed, the first of each day, and Enter goes on to the visit at that time. */
static void
test_find_time (BookFixture *f, gconstpointer data)
{
  book_fixture_run (f, "book.find-time");
  GtkWidget *dialog = app_toplevel (DESK_TYPE_SLOT_DIALOG);
  g_assert_nonnull (dialog);
  GtkListBox *list = list_below (dialog);
  g_assert_nonnull (list);
  GtkListBoxRow *second = gtk_list_box_get_row_at_index (list, 1);
  g_assert_nonnull (second);
  g_signal_emit_by_name (second, "activate");
  app_settle (200);
  g_assert_null (app_toplevel (DESK_TYPE_SLOT_DIALOG));
  GtkWidget *visit = app_toplevel (DESK_TYPE_VISIT_DIALOG);
  g_assert_nonnull (visit);
  gtk_window_destroy (GTK_WINDOW (visit));
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
    { "/book/fast", test_fast },
    { "/book/out-of-use", test_out_of_use },
    { "/book/reason", test_reason },
    { "/book/steps", test_steps },
    { "/book/move", test_move },
    { "/book/undo-refused", test_undo_refused },
    { "/book/cut-and-paste", test_cut_and_paste },
    { "/book/show-and-week", test_show_and_week },
    { "/book/lanes", test_lanes },
    { "/book/course", test_course },
    { "/book/ripple", test_ripple },
    { "/book/find-time", test_find_time },
    { "/book/clock-change", test_clock_change },
  };

  app_init (&argc, &argv);
  g_test_add_func ("/book/parse", test_parse);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].path, &tests[i].func, run_test);
  book_fixture_set_up (&fixture);
  int status = g_test_run ();
  app_fixture_tear_down (&fixture.app, NULL);
  return status;
}
