/* A clinic from nothing: made, opened with nothing in it, set up in the window. */
#include <glib/gstdio.h>

#include "app-fixture.h"
#include "desk-blocks.h"
#include "desk-conflict-rules.h"
#include "desk-openings.h"
#include "desk-toast.h"
#include "desk-clinic-contents.h"
#include "desk-book.h"
#include "desk-cell-forms.h"
#include "desk-cell-settings.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-course-form.h"
#include "desk-course-templates.h"
#include "desk-isbt-codes.h"
#include "desk-new-clinic.h"
#include "desk-recalls.h"
#include "desk-setup-window.h"
#include "desk-setup.h"
#include "desk-start.h"
#include "desk-store.h"

static void
set_up (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskClinic *clinic = g_new0 (DeskClinic, 1);
  DeskStaff first = { .name = (char *) "Sato <b>&", .role = (char *) "manager", .active = TRUE };

  fixture->folder = g_dir_make_tmp ("uketsuke-XXXXXX", &error);
  fixture->path = g_build_filename (fixture->folder, "clinic.uketsuke", NULL);
  clinic->name = g_strdup ("Sakura Clinic");
  clinic->opens = 540;
  clinic->closes = 1080;
  g_assert_true (desk_clinic_create (fixture->path, clinic, &first, NULL, &error));
  desk_clinic_free (clinic);
  fixture->session = desk_session_new (fixture->path, &error);
  g_assert_no_error (error);
  fixture->window = desk_window_new (NULL, fixture->session);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1366, 768);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

/* A file in which not even the clinic's record is: made by desk_store_create () alone. */
static void
set_up_bare (AppFixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("uketsuke-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "clinic.uketsuke", NULL);
  desk_db_close (desk_store_create (fixture->path, NULL));
  fixture->session = desk_session_new (fixture->path, NULL);
  fixture->window = desk_window_new (NULL, fixture->session);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
picture (GtkWidget *widget, const char *name)
{
  const char *folder = g_getenv ("DESK_TEST_PICTURES");

  if (!folder)
    return;
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);
  app_settle (400);
  app_picture (widget, path);
}

static DeskSetupWindow *
open_settings (AppFixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.settings", NULL);
  app_settle (100);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (DESK_IS_SETUP_WINDOW (window))
        return DESK_SETUP_WINDOW (window);
    }
  g_assert_not_reached ();
}

static void
type (GtkWidget *page, guint row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (app_find (page, ADW_TYPE_ENTRY_ROW, row)), text);
}

static void
act (GtkWidget *page, const char *action)
{
  gtk_widget_activate_action (page, action, NULL);
  gtk_widget_activate_action (page, action, NULL); /* a double Enter */
  app_settle (200);
}

/* Every place and every command of an empty clinic, without a warning (which would be fatal here). */
static void
test_places (AppFixture *fixture, gconstpointer data)
{
  static const char *const places[] = { "today", "book", "patients", "cells", "papers" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      desk_window_go (fixture->window, places[i]);
      app_settle (100);
      g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (desk_window_get_page (fixture->window, places[i]))));
      picture (GTK_WIDGET (fixture->window), places[i]);
    }
  desk_window_run (fixture->window, "book", "book.mode", "week");
  app_settle (100);
  desk_window_run (fixture->window, "papers", "papers.view", "letters");
  app_settle (100);
  picture (GTK_WIDGET (fixture->window), "letters");
  desk_window_run (fixture->window, "patients", "patients.new", NULL);
  app_settle (100);
}

static void
test_staff (AppFixture *fixture, gconstpointer data)
{
  DeskSetupWindow *settings = open_settings (fixture);
  GtkWidget *page = desk_setup_window_get_page (settings, "staff");

  gtk_widget_activate_action (GTK_WIDGET (settings), "setup.page", "s", "staff");
  act (page, "staff.add"); /* nothing typed: nothing added */
  type (page, 0, "Suzuki <i>&");
  type (page, 1, "鈴木");
  act (page, "staff.add");

  g_autoptr (GPtrArray) staff = desk_staff_list (desk_session_reader (fixture->session), TRUE, NULL);
  g_assert_cmpuint (staff->len, ==, 2);
  const DeskStaff *second = g_ptr_array_index (staff, 1);
  g_assert_cmpstr (second->name, ==, "Suzuki <i>&");
  picture (GTK_WIDGET (settings), "settings-staff");

  gtk_widget_activate_action (page, "staff.set-active", "(xb)", second->id, FALSE);
  app_settle (200);
  g_autoptr (GPtrArray) fewer = desk_staff_list (desk_session_reader (fixture->session), TRUE, NULL);
  g_assert_cmpuint (fewer->len, ==, 1);
  /* The last one stays. */
  const DeskStaff *last = g_ptr_array_index (fewer, 0);
  gtk_widget_activate_action (page, "staff.set-active", "(xb)", last->id, FALSE);
  app_settle (200);
  g_autoptr (GPtrArray) still = desk_staff_list (desk_session_reader (fixture->session), TRUE, NULL);
  g_assert_cmpuint (still->len, ==, 1);
  gtk_window_destroy (GTK_WINDOW (settings));
}

static void
test_rooms (AppFixture *fixture, gconstpointer data)
{
  DeskSetupWindow *settings = open_settings (fixture);
  GtkWidget *page = desk_setup_window_get_page (settings, "rooms");

  gtk_widget_activate_action (GTK_WIDGET (settings), "setup.page", "s", "rooms");
  type (page, 0, "Chair 1");
  act (page, "resource.add");
  gtk_switch_set_active (GTK_SWITCH (app_find (page, GTK_TYPE_SWITCH, 1)), TRUE); /* the manager can be booked */
  app_settle (200);
  gtk_switch_set_active (GTK_SWITCH (app_find (page, GTK_TYPE_SWITCH, 0)), FALSE);
  app_settle (200);

  g_autoptr (GPtrArray) resources = desk_resource_list (desk_session_reader (fixture->session), NULL);
  g_assert_cmpuint (resources->len, ==, 2);
  const DeskResource *chair = g_ptr_array_index (resources, 0), *person = g_ptr_array_index (resources, 1);
  g_assert_cmpstr (chair->kind, ==, "chair");
  g_assert_false (chair->active);
  g_assert_cmpstr (person->kind, ==, "staff");
  g_assert_true (person->active);
  picture (GTK_WIDGET (settings), "settings-rooms");
  gtk_window_destroy (GTK_WINDOW (settings));
}

/* The nth widget of a type below another, in reading order. */
static GtkWidget *
nth_of_type (GtkWidget *widget, GType type, int *n)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (*n)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = nth_of_type (child, type, n);

      if (found)
        return found;
    }
  return NULL;
}

static GtkWidget *
nth (GtkWidget *widget, GType type, int n)
{
  GtkWidget *found = nth_of_type (widget, type, &n);

  g_assert_nonnull (found);
  return found;
}

static void
apply_hours (GtkWidget *page, int weekday, const char *text)
{
  GtkWidget *row = nth (page, ADW_TYPE_ENTRY_ROW, weekday - 1);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "apply");
  app_settle (150);
}

static void
test_hours (AppFixture *fixture, gconstpointer data)
{
  DeskSetupWindow *settings = open_settings (fixture);
  GtkWidget *page = desk_setup_window_get_page (settings, "hours");
  DeskDb *db = desk_session_reader (fixture->session);
  DeskDay day;

  gtk_widget_activate_action (GTK_WIDGET (settings), "setup.page", "s", "hours");
  apply_hours (page, 4, "9-13:00");
  apply_hours (page, 5, "13-9"); /* refused at the row */
  g_autoptr (GArray) one = desk_opening_list (db, NULL);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpint (g_array_index (one, DeskOpening, 0).weekday, ==, 4);
  g_assert_cmpint (g_array_index (one, DeskOpening, 0).closes, ==, 13 * 60);
  g_assert_true (gtk_widget_has_css_class (nth (page, ADW_TYPE_ENTRY_ROW, 4), "error"));
  g_assert_true (desk_toast_take_back (GTK_WIDGET (settings)));
  app_settle (150);
  g_autoptr (GArray) none = desk_opening_list (db, NULL);
  g_assert_cmpuint (none->len, ==, 0);

  type (page, 7, "2040-02-11"); /* a holiday */
  type (page, 8, "Overseas patients");
  act (page, "open-day.add");
  g_assert_true (desk_day_parse ("2040-02-11", &day));
  g_autoptr (DeskHours) hours = desk_hours_load (db, day, day, NULL);
  g_assert_true (desk_hours_open_on (hours, day));
  picture (GTK_WIDGET (settings), "settings-hours");
  gtk_widget_activate_action (page, "open-day.remove", "(is)", day, "Overseas patients");
  app_settle (150);
  g_autoptr (DeskHours) closed = desk_hours_load (db, day, day, NULL);
  g_assert_false (desk_hours_open_on (closed, day));
  g_assert_true (desk_toast_take_back (GTK_WIDGET (settings)));
  app_settle (150);
  g_autoptr (DeskHours) again = desk_hours_load (db, day, day, NULL);
  g_assert_true (desk_hours_open_on (again, day));
  gtk_window_destroy (GTK_WINDOW (settings));
}

static guint
count_blocks (DeskDb *db)
{
  g_autoptr (GPtrArray) blocks = desk_time_block_list (db, 0, 40000, NULL);

  return blocks->len;
}

static GtkWidget *
course_form (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (DESK_IS_COURSE_FORM (window))
        return window;
    }
  return NULL;
}

static void
test_blocks (AppFixture *fixture, gconstpointer data)
{
  DeskSetupWindow *settings = open_settings (fixture);
  GtkWidget *page = desk_setup_window_get_page (settings, "blocks");
  DeskDb *db = desk_session_reader (fixture->session);

  gtk_widget_activate_action (GTK_WIDGET (settings), "setup.page", "s", "blocks");
  guint before = count_blocks (db);
  type (page, 0, "2040-01-04");
  type (page, 1, "2040-12-28");
  type (page, 2, "12:00");
  type (page, 3, "11:00"); /* backwards */
  act (page, "block.add");
  g_assert_cmpuint (count_blocks (db), ==, before);
  type (page, 3, "13:00");
  act (page, "block.add");
  g_assert_cmpuint (count_blocks (db), ==, before + 1);
  picture (GTK_WIDGET (settings), "settings-blocks");

  g_autoptr (GPtrArray) blocks = desk_time_block_list (db, 25600, 25600, NULL);
  const DeskTimeBlock *block = g_ptr_array_index (blocks, blocks->len - 1);
  gtk_widget_activate_action (page, "block.change", "x", block->id);
  type (page, 3, "13:30");
  act (page, "block.add");
  g_autoptr (DeskTimeBlock) longer = desk_time_block_load (db, block->id, NULL);
  g_assert_cmpint (longer->until, ==, 13 * 60 + 30);
  gtk_widget_activate_action (page, "block.remove", "x", block->id);
  app_settle (150);
  g_assert_cmpuint (count_blocks (db), ==, before);
  g_assert_true (desk_toast_take_back (GTK_WIDGET (settings)));
  app_settle (150);
  g_assert_cmpuint (count_blocks (db), ==, before + 1);
  gtk_window_destroy (GTK_WINDOW (settings));
}

/* A copy is written, changed, put out of use, and each taken back. */
static void
test_courses (AppFixture *fixture, gconstpointer data)
{
  DeskSetupWindow *settings = open_settings (fixture);
  GtkWidget *page = desk_setup_window_get_page (settings, "courses");
  DeskDb *db = desk_session_reader (fixture->session);
  g_autoptr (GError) error = NULL;

  gtk_widget_activate_action (GTK_WIDGET (settings), "setup.page", "s", "courses");
  picture (GTK_WIDGET (settings), "settings-courses");
  gtk_widget_activate_action (page, "courses.copy", "s", "preventive");
  app_settle (150);
  GtkWidget *form = course_form ();
  picture (form, "settings-course");
  gtk_widget_activate_action (form, "form.add", NULL);
  type (form, 0, "");
  act (form, "form.save"); /* nameless: refused at the row */
  app_settle (150);
  g_assert_true (course_form () == form);
  type (form, 0, "Preventive, two infusions");
  gtk_widget_activate_action (form, "form.up", "u", 3);
  gtk_widget_activate_action (form, "form.down", "u", 2);
  act (form, "form.save");
  app_settle (300);
  g_assert_null (course_form ());
  g_autoptr (DeskCourseTemplate) copy = desk_course_template_load (db, "preventive-two-infusions", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (copy->steps->len, ==, 3);
  g_assert_cmpint (copy->version, ==, 1);

  gtk_widget_activate_action (page, "courses.edit", "s", copy->code);
  app_settle (150);
  form = course_form ();
  gtk_widget_activate_action (form, "form.drop", "u", 3);
  act (form, "form.save");
  app_settle (300);
  g_autoptr (DeskCourseTemplate) less = desk_course_template_load (db, copy->code, &error);
  g_assert_cmpuint (less->steps->len, ==, 2);
  g_assert_true (desk_toast_take_back (GTK_WIDGET (settings)));
  app_settle (300);
  g_autoptr (DeskCourseTemplate) again = desk_course_template_load (db, copy->code, &error);
  g_assert_true (desk_course_template_equal (again, copy));
  gtk_window_destroy (GTK_WINDOW (settings));
}

static void
test_visit_types (AppFixture *fixture, gconstpointer data)
{
  DeskSetupWindow *settings = open_settings (fixture);
  GtkWidget *page = desk_setup_window_get_page (settings, "visits");
  DeskDb *db = desk_session_reader (fixture->session);
  DeskConflictRules rules;

  gtk_widget_activate_action (GTK_WIDGET (settings), "setup.page", "s", "visits");
  GtkWidget *minutes = nth (page, GTK_TYPE_SPIN_BUTTON, 0);
  g_autoptr (GPtrArray) types = desk_visit_type_list (db, NULL);
  int was = ((DeskVisitType *) types->pdata[0])->minutes;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (minutes), was + 15);
  app_settle (150);
  g_autoptr (GPtrArray) longer = desk_visit_type_list (db, NULL);
  g_assert_cmpint (((DeskVisitType *) longer->pdata[0])->minutes, ==, was + 15);
  g_assert_true (desk_toast_take_back (GTK_WIDGET (settings)));
  app_settle (150);
  g_autoptr (GPtrArray) back = desk_visit_type_list (db, NULL);
  g_assert_cmpint (((DeskVisitType *) back->pdata[0])->minutes, ==, was);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (minutes)), ==, was);

  AdwComboRow *rule = ADW_COMBO_ROW (nth (page, ADW_TYPE_COMBO_ROW, 0));
  g_assert_cmpuint (adw_combo_row_get_selected (rule), ==, 1);
  adw_combo_row_set_selected (rule, 0);
  app_settle (150);
  g_assert_true (desk_conflict_rules_load (db, &rules, NULL));
  g_assert_true (rules.blocks[DESK_CONFLICT_CAPACITY]);
  g_assert_true (desk_toast_take_back (GTK_WIDGET (settings)));
  app_settle (150);
  g_assert_true (desk_conflict_rules_load (db, &rules, NULL));
  g_assert_false (rules.blocks[DESK_CONFLICT_CAPACITY]);
  picture (GTK_WIDGET (settings), "settings-visits");
  gtk_window_destroy (GTK_WINDOW (settings));
}

/* When calls fall due is the clinic's: what is no number is refused at the row, what is changed can be taken back. */
static void
test_recalls (AppFixture *fixture, gconstpointer data)
{
  DeskSetupWindow *settings = open_settings (fixture);
  GtkWidget *page = desk_setup_window_get_page (settings, "recalls");
  GtkWidget *follow_up = app_find (page, ADW_TYPE_ENTRY_ROW, 0);
  DeskDb *reader = desk_session_reader (fixture->session);

  gtk_widget_activate_action (GTK_WIDGET (settings), "setup.page", "s", "recalls");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (follow_up)), ==, "1, 7");
  gtk_editable_set_text (GTK_EDITABLE (follow_up), "soon");
  g_signal_emit_by_name (follow_up, "apply");
  g_assert_true (gtk_widget_has_css_class (follow_up, "error"));
  gtk_editable_set_text (GTK_EDITABLE (follow_up), "30, 2");
  g_signal_emit_by_name (follow_up, "apply");
  app_settle (200);
  g_assert_false (gtk_widget_has_css_class (follow_up, "error"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (follow_up)), ==, "2, 30");
  g_autoptr (GArray) rules = desk_recall_rules (reader, NULL);
  g_assert_cmpuint (rules->len, ==, 5);
  picture (GTK_WIDGET (settings), "settings-calls");
  gtk_window_destroy (GTK_WINDOW (settings));
}

static void
test_closed (AppFixture *fixture, gconstpointer data)
{
  DeskSetupWindow *settings = open_settings (fixture);
  GtkWidget *page = desk_setup_window_get_page (settings, "closed");
  DeskDay first;

  gtk_widget_activate_action (GTK_WIDGET (settings), "setup.page", "s", "closed");
  type (page, 0, "2000-01-01"); /* over */
  type (page, 2, "Year's end");
  act (page, "closed.add");
  type (page, 0, "2040-12-29");
  type (page, 1, "2040-12-31");
  act (page, "closed.add");
  g_autoptr (GPtrArray) days = desk_closed_day_list (desk_session_reader (fixture->session), 0, NULL);
  g_assert_cmpuint (days->len, ==, 3);
  picture (GTK_WIDGET (settings), "settings-closed");

  g_assert_true (desk_day_parse ("2040-12-30", &first));
  gtk_widget_activate_action (page, "closed.remove", "i", first);
  app_settle (200);
  g_autoptr (GPtrArray) fewer = desk_closed_day_list (desk_session_reader (fixture->session), 0, NULL);
  g_assert_cmpuint (fewer->len, ==, 2);
  gtk_window_destroy (GTK_WINDOW (settings));
}

static void
test_tanks (AppFixture *fixture, gconstpointer data)
{
  DeskSetupWindow *settings = open_settings (fixture);
  GtkWidget *page = desk_setup_window_get_page (settings, "tanks");

  gtk_widget_activate_action (GTK_WIDGET (settings), "setup.page", "s", "tanks");
  picture (GTK_WIDGET (settings), "settings-tanks-empty");
  type (page, 0, "Tank 1");
  act (page, "tank.add");
  act (page, "tank.add"); /* racks with boxes are offered next, inside the new tank */

  DeskDb *reader = desk_session_reader (fixture->session);
  g_autoptr (GPtrArray) tanks = desk_container_children (reader, 0, NULL);
  g_assert_cmpuint (tanks->len, ==, 1);
  const DeskContainer *tank = g_ptr_array_index (tanks, 0);
  g_assert_cmpint (tank->capacity, ==, 4 * 5 * 81);
  picture (GTK_WIDGET (settings), "settings-tanks");
  gtk_window_destroy (GTK_WINDOW (settings));
}

/* A clinic enters its facility code; what is no code is said at the row and not saved. */
static void
test_codes (AppFixture *fixture, gconstpointer data)
{
  DeskSetupWindow *settings = open_settings (fixture);
  GtkWidget *page = desk_setup_window_get_page (settings, "codes");
  DeskDb *reader = desk_session_reader (fixture->session);
  static const char *const typed[] = { "O9999", "a9999" }, *const kept[] = { "", "A9999" };

  gtk_widget_activate_action (GTK_WIDGET (settings), "setup.page", "s", "codes");
  picture (GTK_WIDGET (settings), "settings-codes-empty");
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      type (page, 0, typed[i]);
      g_signal_emit_by_name (app_find (page, ADW_TYPE_ENTRY_ROW, 0), "apply");
      app_settle (200);
      g_autoptr (DeskIsbtCodes) codes = desk_isbt_codes_load (reader, NULL);
      g_assert_cmpstr (codes->facility, ==, kept[i]);
    }
  type (page, 1, "s1295100");
  type (page, 2, "NK <cells> & more");
  g_signal_emit_by_name (app_find (page, ADW_TYPE_ENTRY_ROW, 2), "apply");
  app_settle (200);
  g_autoptr (DeskIsbtCodes) codes = desk_isbt_codes_load (reader, NULL);
  g_assert_cmpstr (codes->products[0].code, ==, "S1295100");
  g_assert_cmpstr (codes->products[0].words, ==, "NK <cells> & more");
  picture (GTK_WIDGET (settings), "settings-codes");
  gtk_window_destroy (GTK_WINDOW (settings));
}

static gboolean
rename_elsewhere (DeskDb *db, gpointer data, GError **error)
{
  g_autoptr (DeskClinic) clinic = desk_clinic_load (db, error);

  g_free (clinic->phone);
  clinic->phone = g_strdup ("03-0000-0000");
  return desk_clinic_save (db, clinic, error);
}

static AdwMessageDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

static void
test_clinic (AppFixture *fixture, gconstpointer data)
{
  DeskSetupWindow *settings = open_settings (fixture);
  GtkWidget *page = desk_setup_window_get_page (settings, "clinic");
  GtkWidget *name = app_find (page, ADW_TYPE_ENTRY_ROW, 0);
  DeskDb *reader = desk_session_reader (fixture->session);

  gtk_editable_set_text (GTK_EDITABLE (name), " ");
  act (GTK_WIDGET (settings), "setup.save");
  g_assert_true (gtk_widget_has_css_class (name, "error"));
  gtk_editable_set_text (GTK_EDITABLE (name), "Sakura <Clinic>");
  act (GTK_WIDGET (settings), "setup.save");
  g_assert_false (gtk_widget_has_css_class (name, "error"));
  g_autoptr (DeskClinic) saved = desk_clinic_load (reader, NULL);
  g_assert_cmpstr (saved->name, ==, "Sakura <Clinic>");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Sakura <Clinic>");

  /* Somebody else saves while this is typed: told, and nothing is overwritten. */
  gtk_editable_set_text (GTK_EDITABLE (name), "Mine");
  g_assert_true (desk_session_run (fixture->session, rename_elsewhere, NULL, NULL));
  act (GTK_WIDGET (settings), "setup.save");
  AdwMessageDialog *dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Mine");
  picture (GTK_WIDGET (settings), "settings-clinic");
  adw_message_dialog_response (dialog, "mine");
  app_settle (200);
  g_autoptr (DeskClinic) mine = desk_clinic_load (reader, NULL);
  g_assert_cmpstr (mine->name, ==, "Mine");
  gtk_window_destroy (GTK_WINDOW (settings));
}

static void
test_read_only (AppFixture *fixture, gconstpointer data)
{
  g_chmod (fixture->path, 0400);
  g_autoptr (DeskSession) session = desk_session_new (fixture->path, NULL);
  g_assert_true (desk_session_get_read_only (session));
  DeskSetupWindow *settings = desk_setup_window_show (GTK_WINDOW (fixture->window), session);

  app_settle (100);
  g_assert_false (gtk_editable_get_editable (
      GTK_EDITABLE (app_find (desk_setup_window_get_page (settings, "clinic"), ADW_TYPE_ENTRY_ROW, 0))));
  picture (GTK_WIDGET (settings), "settings-read-only");
  type (desk_setup_window_get_page (settings, "staff"), 0, "Nobody");
  act (desk_setup_window_get_page (settings, "staff"), "staff.add");
  gtk_window_destroy (GTK_WINDOW (settings));
  g_chmod (fixture->path, 0600);
  g_autoptr (GPtrArray) staff = desk_staff_list (desk_session_reader (fixture->session), TRUE, NULL);
  g_assert_cmpuint (staff->len, ==, 1);
}

/* The settings make the record of a file that has none. */
static void
test_bare (AppFixture *fixture, gconstpointer data)
{
  test_places (fixture, data);
  DeskSetupWindow *settings = open_settings (fixture);

  type (desk_setup_window_get_page (settings, "clinic"), 0, "From nothing");
  act (GTK_WIDGET (settings), "setup.save");
  g_autoptr (DeskClinic) clinic = desk_clinic_load (desk_session_reader (fixture->session), NULL);
  g_assert_cmpstr (clinic->name, ==, "From nothing");
  gtk_window_destroy (GTK_WINDOW (settings));
}

static void
test_start (void)
{
  DeskStart *start = desk_start_show (NULL);
  g_autoptr (GError) error = g_error_new_literal (DESK_ERROR, DESK_ERROR_FOREIGN, "x");

  app_settle (100);
  picture (GTK_WIDGET (start), "start");
  gtk_window_destroy (GTK_WINDOW (start));
  start = desk_start_show_error (NULL, "/nowhere/a <b>&.uketsuke", error);
  app_settle (100);
  picture (GTK_WIDGET (start), "start-error");
  gtk_window_destroy (GTK_WINDOW (start));
}

/* The sample clinic begins to be made, and is cancelled without a trace. */
static void
test_sample (void)
{
  DeskStart *start = desk_start_show (NULL);
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "uketsuke", "sample.uketsuke", NULL);

  gtk_widget_activate_action (GTK_WIDGET (start), "start.sample", NULL);
  g_assert_true (desk_start_is_busy (start));
  gtk_widget_activate_action (GTK_WIDGET (start), "start.cancel", NULL);
  while (desk_start_is_busy (start))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  gtk_window_destroy (GTK_WINDOW (start));
}

static void
test_new (void)
{
  DeskStart *start = desk_start_show (NULL);
  DeskNewClinic *dialog = desk_new_clinic_show (GTK_WINDOW (start), NULL, NULL);
  g_autofree char *folder = g_dir_make_tmp ("uketsuke-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "new.uketsuke", NULL);

  desk_new_clinic_set_path (dialog, path);
  act (GTK_WIDGET (dialog), "new-clinic.create"); /* no names yet */
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  picture (GTK_WIDGET (dialog), "new-clinic");
  type (GTK_WIDGET (dialog), 0, "New");
  type (GTK_WIDGET (dialog), 2, "Tanaka");
  act (GTK_WIDGET (dialog), "new-clinic.create"); /* no passphrase yet */
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  for (guint i = 0; i < 2; i++)
    gtk_editable_set_text (GTK_EDITABLE (app_find (GTK_WIDGET (dialog), ADW_TYPE_PASSWORD_ENTRY_ROW, i)), "violet kettle harbour ninety");
  act (GTK_WIDGET (dialog), "new-clinic.create");
  /* The file is there before all of it is: the key to the passphrase takes its time. */
  g_autoptr (DeskSession) session = NULL;
  for (guint i = 0; i < 300 && !session; i++)
    {
      app_settle (100);
      session = desk_session_new (path, NULL);
    }
  g_assert_nonnull (session);
  g_autoptr (GPtrArray) staff = desk_staff_list (desk_session_reader (session), TRUE, NULL);
  g_assert_cmpstr (((DeskStaff *) g_ptr_array_index (staff, 0))->name, ==, "Tanaka");
  gtk_window_destroy (GTK_WINDOW (start));
  g_assert_cmpint (desk_clinic_contents_protection (session), ==, DESK_PROTECTION_PASSPHRASE);
  g_clear_object (&session);
  g_unlink (path);
  g_rmdir (folder);
}

static GtkWidget *
field_of (GtkWidget *root, DeskCellSetting setting)
{
  GtkWidget *found = NULL;

  if (GTK_IS_SPIN_BUTTON (root) && GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (root), "setting")) == setting)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child && !found; child = gtk_widget_get_next_sibling (child))
    found = field_of (child, setting);
  return found;
}

/* A number of the plan, a limit that cannot be saved and one that can, and a bench. */
static void
test_cells (AppFixture *fixture, gconstpointer data)
{
  DeskSetupWindow *settings = open_settings (fixture);
  DeskSetupPage *page = DESK_SETUP_PAGE (desk_setup_window_get_page (settings, "cells"));
  DeskDb *reader = desk_session_reader (fixture->session);
  gint64 value = 0;

  gtk_widget_activate_action (GTK_WIDGET (settings), "setup.page", "s", "cells");
  picture (GTK_WIDGET (settings), "settings-cells");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (field_of (GTK_WIDGET (page), DESK_CELL_BATH_MAX)), 38.5);
  app_settle (200);
  g_assert_true (desk_cell_setting_get (reader, DESK_CELL_BATH_MAX, &value, NULL));
  g_assert_cmpint (value, ==, 385);

  g_autoptr (GPtrArray) before = desk_lot_tests (reader, NULL);
  desk_cell_form_test (page, before->pdata[0]);
  AdwMessageDialog *dialog = find_dialog ();
  type (GTK_WIDGET (dialog), 0, "much");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "save"));
  type (GTK_WIDGET (dialog), 0, "75");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "save"));
  picture (GTK_WIDGET (dialog), "settings-cells-test");
  adw_message_dialog_response (dialog, "save");
  gtk_window_destroy (GTK_WINDOW (dialog));
  app_settle (300);
  g_autoptr (GPtrArray) after = desk_lot_tests (reader, NULL);
  g_assert_cmpstr (((DeskLotTest *) after->pdata[0])->low, ==, "75");

  desk_cell_form_device (page, NULL);
  dialog = find_dialog ();
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "save"));
  type (GTK_WIDGET (dialog), 0, "Bench <b>&");
  type (GTK_WIDGET (dialog), 2, "2027-04-01");
  picture (GTK_WIDGET (dialog), "settings-cells-device");
  adw_message_dialog_response (dialog, "save");
  gtk_window_destroy (GTK_WINDOW (dialog));
  app_settle (300);
  g_autoptr (GPtrArray) devices = desk_device_list (reader, NULL);
  g_assert_cmpuint (devices->len, ==, 1);
  g_assert_cmpstr (((DeskDevice *) devices->pdata[0])->due_on, ==, "2027-04-01");
  gtk_window_destroy (GTK_WINDOW (settings));
}

int
main (int argc, char *argv[])
{
  g_autofree char *data = g_dir_make_tmp ("uketsuke-data-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  app_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, AppFixture, NULL, set_up, func, app_fixture_tear_down)
  ADD ("/setup/places", test_places);
  ADD ("/setup/clinic", test_clinic);
  ADD ("/setup/staff", test_staff);
  ADD ("/setup/rooms", test_rooms);
  ADD ("/setup/recalls", test_recalls);
  ADD ("/setup/closed", test_closed);
  ADD ("/setup/hours", test_hours);
  ADD ("/setup/blocks", test_blocks);
  ADD ("/setup/visit-types", test_visit_types);
  ADD ("/setup/courses", test_courses);
  ADD ("/setup/tanks", test_tanks);
  ADD ("/setup/codes", test_codes);
  ADD ("/setup/cells", test_cells);
  ADD ("/setup/read-only", test_read_only);
  g_test_add ("/setup/bare", AppFixture, NULL, set_up_bare, test_bare, app_fixture_tear_down);
  g_test_add_func ("/start/choices", test_start);
  g_test_add_func ("/start/sample", test_sample);
  g_test_add_func ("/start/new", test_new);
  return g_test_run ();
}
