#include "desk-cell-forms.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-day-words.h"
#include "desk-lots.h"
#include "desk-setup-row.h"
#include "desk-words.h"

/* One dialog: the rows it has, and the row of the store it began from. */
typedef struct
{
  DeskSetupPage *page; /* the dialog is above it */
  AdwMessageDialog *dialog;
  GtkWidget *group;
  DeskLotTest *test;   /* one of the two */
  DeskDevice *device;
  AdwComboRow *comparator, *kind;
  AdwEntryRow *limit, *unit, *name, *barcode, *due;
  GtkSpinButton *days;
  GtkSwitch *required, *late, *in_service;
} Form;

static const char *const comparators[] = { "", ">=", ">", "<=", "<", "=" };
static const char *const kinds[] = { "bench", "incubator", "centrifuge", "freezer_program", "bath", "other" };

static void
form_free (gpointer data, GClosure *closure)
{
  Form *form = data;

  g_clear_pointer (&form->test, desk_lot_test_free);
  g_clear_pointer (&form->device, desk_device_free);
  g_free (form);
}

static guint
index_of (const char *const *codes, guint n_codes, const char *code)
{
  for (guint i = 0; i < n_codes; i++)
    if (strcmp (codes[i], code) == 0)
      return i;
  return 0;
}

static void
replace (char **text, char *with)
{
  g_free (*text);
  *text = with;
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────── */

static AdwEntryRow *
add_entry (Form *form, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (form->group), row);
  return ADW_ENTRY_ROW (row);
}

static AdwComboRow *
add_combo (Form *form, const char *title, GListModel *names, guint selected)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), names);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (form->group), row);
  return ADW_COMBO_ROW (row);
}

static void
add_with (Form *form, const char *title, const char *subtitle, GtkWidget *field)
{
  GtkWidget *row = desk_setup_row_new (title, subtitle, "field", 0);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (field, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), field);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), field);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (form->group), row);
}

static GtkSwitch *
add_switch (Form *form, const char *title, const char *subtitle, gboolean on)
{
  GtkWidget *toggle = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (toggle), on);
  add_with (form, title, subtitle, toggle);
  return GTK_SWITCH (toggle);
}

/* ── what was typed ──────────────────────────────────────────────────────────────────────────── */

static void
collect_test (const Form *form, DeskLotTest *test)
{
  replace (&test->comparator, g_strdup (comparators[adw_combo_row_get_selected (form->comparator)]));
  replace (&test->low, *test->comparator ? desk_setup_row_dup_text (form->limit) : g_strdup (""));
  replace (&test->unit, desk_setup_row_dup_text (form->unit));
  test->days = gtk_spin_button_get_value_as_int (form->days);
  test->required = gtk_switch_get_active (form->required);
  test->late = gtk_switch_get_active (form->late);
}

/* What is wrong is said at its row, and nothing wrong can be saved. */
static void
check_test (Form *form)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  collect_test (form, form->test);
  desk_lot_test_check (form->test, problems);
  if (*form->test->comparator && *form->test->low == '\0' && !desk_problems_find (problems, "low"))
    desk_problems_add (problems, "low", "missing", NULL);
  gtk_widget_set_visible (GTK_WIDGET (form->limit), *form->test->comparator != '\0');
  desk_setup_row_show_problem (ADW_PREFERENCES_ROW (form->limit), problems, "low");
  adw_message_dialog_set_response_enabled (form->dialog, "save", problems->len == 0);
}

/* FALSE for a day that cannot be read. */
static gboolean
collect_device (const Form *form, DeskDevice *device)
{
  g_autofree char *typed = desk_setup_row_dup_text (form->due);
  char *day = *typed ? desk_day_read (typed, DESK_DAY_ORDER_NONE, NULL) : g_strdup ("");

  if (form->kind)
    replace (&device->kind, g_strdup (kinds[adw_combo_row_get_selected (form->kind)]));
  replace (&device->name, desk_setup_row_dup_text (form->name));
  replace (&device->barcode, desk_setup_row_dup_text (form->barcode));
  device->in_service = gtk_switch_get_active (form->in_service);
  replace (&device->due_on, day ? day : g_strdup (""));
  return day != NULL;
}

static void
check_device (Form *form)
{
  gboolean day = collect_device (form, form->device), named = *form->device->name != '\0';

  desk_setup_row_say (ADW_PREFERENCES_ROW (form->due), day ? NULL : _("Please write the date as 2026-04-03."), FALSE);
  adw_message_dialog_set_response_enabled (form->dialog, "save", day && named);
}

/* ── saving ──────────────────────────────────────────────────────────────────────────────────── */

static gboolean
test_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_lot_test_save (db, data, error);
}

static gboolean
device_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_device_save (db, data, error);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Form *form = user_data;

  if (strcmp (response, "save") != 0)
    return;
  if (form->test)
    desk_setup_page_run (form->page, test_work, g_steal_pointer (&form->test), (GDestroyNotify) desk_lot_test_free, NULL);
  else
    desk_setup_page_run (form->page, device_work, g_steal_pointer (&form->device), (GDestroyNotify) desk_device_free, NULL);
}

static Form *
form_new (DeskSetupPage *page, const char *title, const char *words)
{
  Form *form = g_new0 (Form, 1);

  form->page = page;
  form->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), title, words));
  form->group = adw_preferences_group_new ();
  gtk_widget_set_size_request (form->group, 420, -1);
  adw_message_dialog_set_extra_child (form->dialog, form->group);
  adw_message_dialog_add_responses (form->dialog, "cancel", _("_Cancel"), "save", _("_Save"), NULL);
  adw_message_dialog_set_default_response (form->dialog, "save");
  adw_message_dialog_set_close_response (form->dialog, "cancel");
  adw_message_dialog_set_response_appearance (form->dialog, "save", ADW_RESPONSE_SUGGESTED);
  g_signal_connect_data (form->dialog, "response", G_CALLBACK (on_response), form, form_free, 0);
  return form;
}

/* ── the two dialogs ─────────────────────────────────────────────────────────────────────────── */

static DeskLotTest *
copy_test (const DeskLotTest *test)
{
  DeskLotTest *copy = g_memdup2 (test, sizeof *test);

  copy->code = g_strdup (test->code);
  copy->comparator = g_strdup (test->comparator);
  copy->low = g_strdup (test->low);
  copy->unit = g_strdup (test->unit);
  return copy;
}

/* Asks what is required of a test; results that are there keep the limit they were judged by. */
void
desk_cell_form_test (DeskSetupPage *page, const DeskLotTest *test)
{
  Form *form = form_new (page, desk_words ("test", test->code), _("Results that have been entered keep the limit they were judged by."));
  g_autoptr (GListModel) names = desk_words_list ("comparator", comparators, G_N_ELEMENTS (comparators));

  form->test = copy_test (test);
  form->comparator = add_combo (form, _("Passes when the value"), names, index_of (comparators, G_N_ELEMENTS (comparators), *test->low ? test->comparator : ""));
  form->limit = add_entry (form, _("Limit: a number, or a word such as negative"), test->low);
  form->unit = add_entry (form, _("Unit"), test->unit);
  form->days = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, 60, 1));
  gtk_spin_button_set_value (form->days, test->days);
  add_with (form, _("Days until the final result"), _("From the day of the sample; after that it is spoken of as late"), GTK_WIDGET (form->days));
  form->required = add_switch (form, _("Needed for release"), NULL, test->required);
  form->late = add_switch (form, _("May come late"), _("A dose can be released under conditions before it is there"), test->late);
  g_signal_connect_swapped (form->comparator, "notify::selected", G_CALLBACK (check_test), form);
  g_signal_connect_swapped (form->limit, "changed", G_CALLBACK (check_test), form);
  g_signal_connect_swapped (form->unit, "changed", G_CALLBACK (check_test), form);
  g_signal_connect_swapped (form->days, "value-changed", G_CALLBACK (check_test), form);
  g_signal_connect_swapped (form->required, "notify::active", G_CALLBACK (check_test), form);
  g_signal_connect_swapped (form->late, "notify::active", G_CALLBACK (check_test), form);
  check_test (form);
  gtk_window_present (GTK_WINDOW (form->dialog));
}

static DeskDevice *
copy_device (const DeskDevice *device)
{
  DeskDevice *copy = g_memdup2 (device, sizeof *device);

  copy->kind = g_strdup (device->kind);
  copy->name = g_strdup (device->name);
  copy->barcode = g_strdup (device->barcode);
  copy->due_on = g_strdup (device->due_on);
  return copy;
}

/* Asks for a device; NULL for a new one. What kind it is never changes. */
void
desk_cell_form_device (DeskSetupPage *page, const DeskDevice *device)
{
  const DeskDevice none = { .kind = (char *) "bench", .name = (char *) "", .barcode = (char *) "", .due_on = (char *) "", .in_service = TRUE };
  Form *form = form_new (page, device ? device->name : _("New Bench or Device"), NULL);
  g_autoptr (GListModel) names = desk_words_list ("device", kinds, G_N_ELEMENTS (kinds));

  form->device = copy_device (device ? device : &none);
  if (!device)
    form->kind = add_combo (form, _("Kind"), names, 0);
  form->name = add_entry (form, _("Name"), form->device->name);
  form->barcode = add_entry (form, _("Code on it, if it has one"), form->device->barcode);
  form->due = add_entry (form, _("Next calibration, if it has one"), form->device->due_on);
  form->in_service = add_switch (form, _("In service"), _("Out of service, no culture goes into or onto it"), form->device->in_service);
  if (form->kind)
    g_signal_connect_swapped (form->kind, "notify::selected", G_CALLBACK (check_device), form);
  g_signal_connect_swapped (form->name, "changed", G_CALLBACK (check_device), form);
  g_signal_connect_swapped (form->barcode, "changed", G_CALLBACK (check_device), form);
  g_signal_connect_swapped (form->due, "changed", G_CALLBACK (check_device), form);
  g_signal_connect_swapped (form->in_service, "notify::active", G_CALLBACK (check_device), form);
  check_device (form);
  gtk_window_present (GTK_WINDOW (form->dialog));
}
