#include "desk-course-form.h"

#include <glib/gi18n.h>

#include "desk-book-words.h"
#include "desk-book.h"
#include "desk-course-templates.h"
#include "desk-setup-row.h"
#include "desk-words.h"

static const char *const strategies[] = { "one_draw", "draw_each", "banked", "mixed" };

/* The numbers of a step, each a row. */
static const struct
{
  const char *title, *field; /* of the problem */
  gsize offset;
  int high, step;
} numbers[] = {
  { N_("Days at least"), "gap", G_STRUCT_OFFSET (DeskCourseStep, min_days), DESK_COURSE_MAX_GAP, 1 },
  { N_("Days at most"), "gap", G_STRUCT_OFFSET (DeskCourseStep, max_days), DESK_COURSE_MAX_GAP, 1 },
  { N_("Minutes (0: the usual length)"), "minutes", G_STRUCT_OFFSET (DeskCourseStep, minutes), 480, 5 },
  { N_("Doses"), "doses", G_STRUCT_OFFSET (DeskCourseStep, doses), 9, 1 },
};

struct _DeskCourseForm
{
  AdwWindow parent_instance;

  DeskSetupPage *page;
  DeskCourseTemplate *course; /* as it is being written */
  DeskCourseTemplate *before; /* as it is stored; version 0 for a new one */
  GPtrArray *types;
  GPtrArray *rows;  /* of AdwExpanderRow, one for each step */
  int open;         /* number of the step that is open, or 0 */
  gboolean filling;

  AdwEntryRow *name, *name_ja;
  AdwComboRow *strategy;
  AdwPreferencesGroup *steps;
  GtkLabel *message;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (DeskCourseForm, desk_course_form, ADW_TYPE_WINDOW)

static DeskCourseStep *
step_of (DeskCourseForm *self, guint number)
{
  return g_ptr_array_index (self->course->steps, number - 1);
}

static const char *
type_name (DeskCourseForm *self, const char *code)
{
  for (guint i = 0; i < self->types->len; i++)
    if (g_strcmp0 (((DeskVisitType *) g_ptr_array_index (self->types, i))->code, code) == 0)
      return desk_book_type_name (g_ptr_array_index (self->types, i));
  return code;
}

static void
say (DeskCourseForm *self, const char *words)
{
  gtk_label_set_label (self->message, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), words != NULL);
}

/* ── steps ───────────────────────────────────────────────────────────────────────────────────── */

/* "14 to 21 days after step 2 · 1 dose", and what is wrong with it. */
static void
show_title (DeskCourseForm *self, guint number, const DeskProblems *problems)
{
  const DeskCourseStep *step = step_of (self, number);
  AdwExpanderRow *row = g_ptr_array_index (self->rows, number - 1);
  g_autofree char *detail = g_strdup_printf ("%u", number);
  g_autofree char *title = g_strdup_printf ("%u. %s", number, type_name (self, step->type));
  g_autofree char *gap = step->after ? g_strdup_printf (_("%d to %d days after step %d"), step->min_days, step->max_days, step->after)
                                     : g_strdup_printf (_("%d to %d days after the first day"), step->min_days, step->max_days);
  g_autofree char *doses = step->doses ? g_strdup_printf (g_dngettext (NULL, " · %d dose", " · %d doses", (gulong) step->doses), step->doses)
                                       : g_strdup ("");
  g_autofree char *minutes = step->minutes ? g_strdup_printf (_(" · %d min"), step->minutes) : g_strdup ("");
  GString *words = g_string_new (NULL);

  g_string_append_printf (words, "%s%s%s", gap, minutes, doses);
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  for (guint i = 0; problems && i < problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (problems, i);
      g_autofree char *said = g_strcmp0 (problem->detail, detail) == 0 ? desk_words_problem (problem) : NULL;

      if (!said)
        continue;
      g_string_append_printf (words, "\n! %s", said);
      gtk_widget_add_css_class (GTK_WIDGET (row), "error");
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (row, words->str);
  g_string_free (words, TRUE);
}

/* Says at each step what is wrong with it; FALSE when anything is. */
static gboolean
check (DeskCourseForm *self)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_course_template_check (self->course, self->types, problems);
  desk_setup_row_show_problem (ADW_PREFERENCES_ROW (self->name), problems, "name");
  for (guint i = 1; i <= self->course->steps->len; i++)
    show_title (self, i, problems);
  const DeskProblem *steps = desk_problems_find (problems, "steps");
  g_autofree char *words = steps ? desk_words_problem (steps) : NULL;
  say (self, words);
  return problems->len == 0;
}

static guint
number_of (GObject *object)
{
  return GPOINTER_TO_UINT (g_object_get_data (object, "number"));
}

static void
on_type (AdwComboRow *row, GParamSpec *pspec, DeskCourseForm *self)
{
  guint selected = adw_combo_row_get_selected (row);
  DeskCourseStep *step = step_of (self, number_of (G_OBJECT (row)));

  if (self->filling || selected == GTK_INVALID_LIST_POSITION)
    return;
  const GArray *offered = g_object_get_data (G_OBJECT (row), "offered");
  const DeskVisitType *type = g_ptr_array_index (self->types, g_array_index (offered, guint, selected));
  g_free (step->type);
  step->type = g_strdup (type->code);
  check (self);
}

static void
on_after (AdwComboRow *row, GParamSpec *pspec, DeskCourseForm *self)
{
  if (self->filling || adw_combo_row_get_selected (row) == GTK_INVALID_LIST_POSITION)
    return;
  step_of (self, number_of (G_OBJECT (row)))->after = (int) adw_combo_row_get_selected (row);
  check (self);
}

static void
on_number (GtkSpinButton *spin, DeskCourseForm *self)
{
  guint which = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (spin), "which"));

  if (self->filling)
    return;
  G_STRUCT_MEMBER (int, step_of (self, number_of (G_OBJECT (spin))), numbers[which].offset) = gtk_spin_button_get_value_as_int (spin);
  check (self);
}

static void
set_number (gpointer widget, guint number)
{
  g_object_set_data (G_OBJECT (widget), "number", GUINT_TO_POINTER (number));
}

static void
add_type (DeskCourseForm *self, AdwExpanderRow *row, guint number)
{
  GtkWidget *combo = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GArray *offered = g_array_new (FALSE, FALSE, sizeof (guint));
  guint chosen = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < self->types->len; i++)
    {
      const DeskVisitType *type = g_ptr_array_index (self->types, i);
      gboolean is_it = g_strcmp0 (type->code, step_of (self, number)->type) == 0;

      if (!type->active && !is_it)
        continue;
      if (is_it)
        chosen = offered->len;
      gtk_string_list_append (names, desk_book_type_name (type));
      g_array_append_val (offered, i);
    }
  g_object_set_data_full (G_OBJECT (combo), "offered", offered, (GDestroyNotify) g_array_unref);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (combo), _("Kind of visit"));
  adw_combo_row_set_model (ADW_COMBO_ROW (combo), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), chosen);
  set_number (combo, number);
  g_signal_connect_object (combo, "notify::selected", G_CALLBACK (on_type), self, 0);
  adw_expander_row_add_row (row, combo);
}

static void
add_after (DeskCourseForm *self, AdwExpanderRow *row, guint number)
{
  GtkWidget *combo = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("The first day"));
  for (guint i = 1; i < number; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u. %s", i, type_name (self, step_of (self, i)->type));
      gtk_string_list_append (names, name);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (combo), _("Days are counted from"));
  adw_combo_row_set_model (ADW_COMBO_ROW (combo), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), (guint) CLAMP (step_of (self, number)->after, 0, (int) number - 1));
  set_number (combo, number);
  g_signal_connect_object (combo, "notify::selected", G_CALLBACK (on_after), self, 0);
  adw_expander_row_add_row (row, combo);
}

static void
add_number (DeskCourseForm *self, AdwExpanderRow *row, guint number, guint which)
{
  GtkWidget *line = desk_setup_row_new (_(numbers[which].title), "", "number", which);
  GtkWidget *spin = gtk_spin_button_new_with_range (0, numbers[which].high, numbers[which].step);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), G_STRUCT_MEMBER (int, step_of (self, number), numbers[which].offset));
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _(numbers[which].title), -1);
  set_number (spin, number);
  g_object_set_data (G_OBJECT (spin), "which", GUINT_TO_POINTER (which));
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (on_number), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), spin);
  adw_expander_row_add_row (row, line);
}

static void
add_button (AdwExpanderRow *row, const char *icon, const char *action, const char *label, guint number)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", number);
  adw_expander_row_add_action (row, button);
}

static void
add_buttons (AdwExpanderRow *row, guint number)
{
  g_autofree char *up = g_strdup_printf (_("Step %u up"), number);
  g_autofree char *down = g_strdup_printf (_("Step %u down"), number);
  g_autofree char *drop = g_strdup_printf (_("Remove step %u"), number);

  /* Each comes before the last. */
  add_button (row, "user-trash-symbolic", "form.drop", drop, number);
  add_button (row, "go-down-symbolic", "form.down", down, number);
  add_button (row, "go-up-symbolic", "form.up", up, number);
}

static void
show_steps (DeskCourseForm *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->steps, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint number = 1; number <= self->course->steps->len; number++)
    {
      AdwExpanderRow *row = ADW_EXPANDER_ROW (adw_expander_row_new ());

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      add_buttons (row, number);
      add_type (self, row, number);
      add_after (self, row, number);
      for (guint which = 0; which < G_N_ELEMENTS (numbers); which++)
        add_number (self, row, number, which);
      adw_preferences_group_add (self->steps, GTK_WIDGET (row));
      g_ptr_array_add (self->rows, row);
      adw_expander_row_set_expanded (row, (int) number == self->open);
    }
  self->filling = FALSE;
  check (self);
}

/* Puts the focus where the work goes on, after the rows were made anew. */
static void
focus_step (DeskCourseForm *self, guint number)
{
  if (number >= 1 && number <= self->rows->len)
    gtk_widget_child_focus (g_ptr_array_index (self->rows, number - 1), GTK_DIR_TAB_FORWARD);
}

static void
action_move (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCourseForm *self = DESK_COURSE_FORM (widget);
  guint number = g_variant_get_uint32 (target);
  int by = g_str_equal (name, "form.up") ? -1 : 1;

  desk_course_template_move (self->course, number, by);
  self->open = 0;
  show_steps (self);
  focus_step (self, CLAMP ((int) number + by, 1, (int) self->course->steps->len));
}

static void
action_drop (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCourseForm *self = DESK_COURSE_FORM (widget);
  guint number = g_variant_get_uint32 (target);

  desk_course_template_drop (self->course, number);
  self->open = 0;
  show_steps (self);
  focus_step (self, MIN (number, self->course->steps->len));
}

static void
action_add (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCourseForm *self = DESK_COURSE_FORM (widget);
  guint n = self->course->steps->len;

  desk_course_template_add (self->course, "infusion", (int) n, n ? 7 : 0, n ? 14 : 7, 1);
  self->open = (int) n + 1;
  show_steps (self);
  focus_step (self, n + 1);
}

/* ── saving ──────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskCourseTemplate *course, *before;
  DeskCourseForm *form; /* or NULL */
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_clear_pointer (&save->course, desk_course_template_free);
  g_clear_pointer (&save->before, desk_course_template_free);
  g_clear_object (&save->form);
  g_free (save);
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_course_template_save (db, ((Save *) data)->course, error);
}

/* What was new goes again; what was changed is as it was. The version is the one that was written. */
static gboolean
back_work (DeskDb *db, gpointer data, GError **error)
{
  Save *save = data;

  if (save->before->version == 0)
    return desk_course_template_remove (db, save->course->code, save->course->version, error);
  save->before->version = save->course->version;
  return desk_course_template_save (db, save->before, error);
}

static void
on_saved (DeskSetupPage *page, gpointer data, const GError *error)
{
  const Save *save = data;
  DeskCourseForm *form = g_object_steal_data (G_OBJECT (page), "course-form");

  if (error)
    {
      g_autofree char *words = desk_words_error (error);

      if (form)
        {
          gtk_widget_set_sensitive (form->save, TRUE);
          say (form, words);
        }
      else
        desk_setup_page_refresh (page);
      g_clear_object (&form);
      return;
    }
  Save *back = g_new0 (Save, 1);
  g_autofree char *words = g_strdup_printf (_("Saved: %s"), desk_words_pick (save->course->name, save->course->name_ja));
  back->course = desk_course_template_copy (save->course);
  back->before = desk_course_template_copy (save->before);
  desk_setup_page_offer_undo (page, words, back_work, back, save_free);
  if (form)
    gtk_window_destroy (GTK_WINDOW (form));
  g_clear_object (&form);
}

void
desk_course_form_save (DeskSetupPage *page, const DeskCourseTemplate *course, const DeskCourseTemplate *before, DeskCourseForm *form)
{
  Save *save = g_new0 (Save, 1);

  save->course = desk_course_template_copy (course);
  save->before = desk_course_template_copy (before);
  if (form)
    g_object_set_data (G_OBJECT (page), "course-form", g_object_ref (form));
  desk_setup_page_run (page, save_work, save, save_free, on_saved);
}

static void
collect (DeskCourseForm *self)
{
  guint selected = adw_combo_row_get_selected (self->strategy);

  g_free (self->course->name);
  g_free (self->course->name_ja);
  g_free (self->course->strategy);
  self->course->name = desk_setup_row_dup_text (self->name);
  self->course->name_ja = desk_setup_row_dup_text (self->name_ja);
  self->course->strategy = g_strdup (strategies[selected < G_N_ELEMENTS (strategies) ? selected : 0]);
}

static void
action_save (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCourseForm *self = DESK_COURSE_FORM (widget);

  if (!gtk_widget_get_sensitive (self->save) || desk_setup_page_get_read_only (self->page))
    return;
  collect (self);
  if (!check (self))
    {
      if (!*self->course->name)
        gtk_widget_grab_focus (GTK_WIDGET (self->name));
      return;
    }
  if (self->before->version && desk_course_template_equal (self->course, self->before))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_sensitive (self->save, FALSE);
  desk_course_form_save (self->page, self->course, self->before, self);
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, DeskCourseForm *self)
{
  if (g_str_equal (response, "discard"))
    gtk_window_destroy (GTK_WINDOW (self));
  if (g_str_equal (response, "save"))
    gtk_widget_activate_action (GTK_WIDGET (self), "form.save", NULL);
}

/* What was typed is not lost by closing. */
static gboolean
desk_course_form_close_request (GtkWindow *window)
{
  DeskCourseForm *self = DESK_COURSE_FORM (window);

  collect (self);
  if (desk_course_template_equal (self->course, self->before) || desk_setup_page_get_read_only (self->page))
    return GTK_WINDOW_CLASS (desk_course_form_parent_class)->close_request (window);

  GtkWidget *dialog = adw_message_dialog_new (window, _("Save the template?"), _("Its changes are lost if they are not saved."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "discard", _("_Discard"), "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

static void
desk_course_form_finalize (GObject *object)
{
  DeskCourseForm *self = DESK_COURSE_FORM (object);

  g_clear_object (&self->page);
  g_clear_pointer (&self->course, desk_course_template_free);
  g_clear_pointer (&self->before, desk_course_template_free);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_course_form_parent_class)->finalize (object);
}

static void
desk_course_form_class_init (DeskCourseFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_course_form_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = desk_course_form_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-course-form.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCourseForm, name);
  gtk_widget_class_bind_template_child (widget_class, DeskCourseForm, name_ja);
  gtk_widget_class_bind_template_child (widget_class, DeskCourseForm, strategy);
  gtk_widget_class_bind_template_child (widget_class, DeskCourseForm, steps);
  gtk_widget_class_bind_template_child (widget_class, DeskCourseForm, message);
  gtk_widget_class_bind_template_child (widget_class, DeskCourseForm, save);
  gtk_widget_class_install_action (widget_class, "form.save", NULL, action_save);
  gtk_widget_class_install_action (widget_class, "form.add", NULL, action_add);
  gtk_widget_class_install_action (widget_class, "form.up", "u", action_move);
  gtk_widget_class_install_action (widget_class, "form.down", "u", action_move);
  gtk_widget_class_install_action (widget_class, "form.drop", "u", action_drop);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "form.save", NULL);
}

static void
desk_course_form_init (DeskCourseForm *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

DeskCourseForm *
desk_course_form_show (DeskSetupPage *page, const DeskCourseTemplate *course)
{
  DeskCourseForm *self = g_object_new (DESK_TYPE_COURSE_FORM, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  g_autoptr (GListModel) names = desk_words_list ("plan-strategy", strategies, G_N_ELEMENTS (strategies));

  self->page = g_object_ref (page);
  self->course = desk_course_template_copy (course);
  self->before = desk_course_template_copy (course);
  self->types = desk_visit_type_list (desk_setup_page_get_reader (page), NULL);
  if (!self->types)
    self->types = g_ptr_array_new ();
  adw_combo_row_set_model (self->strategy, names);
  for (guint i = 0; i < G_N_ELEMENTS (strategies); i++)
    if (g_str_equal (strategies[i], course->strategy))
      adw_combo_row_set_selected (self->strategy, i);
  gtk_editable_set_text (GTK_EDITABLE (self->name), course->name);
  gtk_editable_set_text (GTK_EDITABLE (self->name_ja), course->name_ja);
  gtk_widget_set_visible (self->save, !desk_setup_page_get_read_only (page));
  show_steps (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  return self;
}
