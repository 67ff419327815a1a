#include "desk-course-dialog.h"

#include <glib/gi18n.h>

#include "desk-book-words.h"
#include "desk-course-templates.h"
#include "desk-patient-picker.h"
#include "desk-patients.h"
#include "desk-visit-acts.h"
#include "desk-words.h"

struct _DeskCourseDialog
{
  AdwWindow parent_instance;

  DeskPage *page;
  DeskDay day;
  GPtrArray *types, *resources, *templates;
  GPtrArray *visits; /* the plan shown; NULL while there is none */
  GPtrArray *checks; /* what each of them runs into; as long as there are visits */
  DeskDay start;     /* of that plan */
  gboolean whole;    /* every step has found its place */

  DeskPatientPicker *picker;
  AdwComboRow *template_row;
  AdwEntryRow *day_row, *time_row, *reason;
  GtkListBox *list;
  GtkLabel *message;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (DeskCourseDialog, desk_course_dialog, ADW_TYPE_WINDOW)

static const DeskCourseTemplate *
chosen (DeskCourseDialog *self)
{
  guint index = adw_combo_row_get_selected (self->template_row);

  return self->templates && index < self->templates->len ? g_ptr_array_index (self->templates, index) : NULL;
}

static void
say (DeskCourseDialog *self, const char *words)
{
  gtk_label_set_label (self->message, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), words != NULL);
}

/* What stands against a visit, one a line, marked by whether it can be passed over. */
static char *
against (DeskCourseDialog *self, const GPtrArray *conflicts)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < conflicts->len; i++)
    {
      const DeskConflict *conflict = g_ptr_array_index (conflicts, i);
      g_autofree char *one = desk_book_conflict_words (conflict, self->resources);

      g_string_append_printf (words, "%s%s %s", words->len ? "\n" : "", conflict->blocks ? "✖" : "⚠", one);
    }
  return g_string_free (words, FALSE);
}

static GtkWidget *
row_new (DeskCourseDialog *self, guint number, const DeskVisit *visit, const GPtrArray *conflicts)
{
  GTimeZone *zone = desk_page_get_zone (self->page);
  g_autofree char *day = desk_words_day (desk_instant_day (visit->starts_at, zone));
  g_autofree char *span = desk_book_span_words (visit, zone);
  g_autofree char *places = desk_book_resources_words (visit, self->resources);
  g_autofree char *title = g_strdup_printf ("%u. %s", number, desk_page_visit_type (self->page, visit->type));
  g_autofree char *when = g_strdup_printf ("%s  %s", day, span);
  g_autofree char *why = against (self, conflicts);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (when), *place = gtk_label_new (places);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), why);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (place), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (place, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), place);
  return row;
}

static gboolean
blocked (DeskCourseDialog *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    if (desk_conflicts_block (g_ptr_array_index (self->checks, i)))
      return TRUE;
  return FALSE;
}

/* Whether something is to be passed over, which asks for a reason. */
static gboolean
warned (DeskCourseDialog *self)
{
  for (guint i = 0; self->visits && i < self->checks->len; i++)
    {
      g_autofree char *warnings = desk_book_warnings_words (g_ptr_array_index (self->checks, i), self->resources);

      if (*warnings)
        return TRUE;
    }
  return FALSE;
}

static void
show_plan (DeskCourseDialog *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; self->visits && i < self->visits->len; i++)
    gtk_list_box_append (self->list, row_new (self, i + 1, g_ptr_array_index (self->visits, i), g_ptr_array_index (self->checks, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->visits && self->visits->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), warned (self));
}

static void
say_problems (DeskCourseDialog *self, const DeskProblems *problems)
{
  if (problems->len == 0)
    {
      say (self, NULL);
      return;
    }
  const DeskProblem *problem = desk_problems_get (problems, 0);
  /* Translators: number of the step, kind of visit */
  g_autofree char *words
      = g_strdup_printf (_("No free time was found for step %s (%s). Please try another day or time."),
                         problem->detail ? problem->detail : "", desk_page_visit_type (self->page, problem->field));
  say (self, words);
}

/* What the visits run into as the book is now. */
static gboolean
check (DeskCourseDialog *self, GError **error)
{
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  self->checks = desk_course_check (desk_page_get_reader (self->page), self->visits, g_get_real_time () / G_USEC_PER_SEC, error);
  if (!self->checks)
    g_clear_pointer (&self->visits, g_ptr_array_unref);
  return self->checks != NULL;
}

static void
plan (DeskCourseDialog *self)
{
  const DeskCourseTemplate *course = self->types ? chosen (self) : NULL;
  gint64 patient = desk_patient_picker_get_id (self->picker);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GError) error = NULL;
  int minute;

  g_clear_pointer (&self->visits, g_ptr_array_unref);
  self->whole = FALSE;
  if (!course)
    return;
  if (!desk_book_parse_day (gtk_editable_get_text (GTK_EDITABLE (self->day_row)), self->day, &self->start)
      || !desk_book_parse_time (gtk_editable_get_text (GTK_EDITABLE (self->time_row)), &minute))
    say (self, _("Please write the day as 2026-11-24 or 11/24, the time as 9:30, on five minutes."));
  else if (!patient)
    say (self, _("Please choose the patient; then the days appear here."));
  else if (desk_course_plan (desk_page_get_reader (self->page), patient, course->code, self->start, minute,
                             g_get_real_time () / G_USEC_PER_SEC, &self->visits, problems, &error)
           && check (self, &error))
    {
      self->whole = problems->len == 0;
      say_problems (self, problems);
    }
  else
    {
      g_autofree char *words = desk_words_error (error);
      say (self, words);
    }
  show_plan (self);
}

static void
on_picked (DeskCourseDialog *self)
{
  plan (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->template_row));
}

static void
on_booked (const DeskVisit *visit, const GError *error, gpointer user_data)
{
  g_autoptr (DeskCourseDialog) self = user_data;

  gtk_widget_set_sensitive (self->save, TRUE);
  if (error)
    {
      g_autofree char *words = desk_words_error (error);

      plan (self);
      say (self, words);
      return;
    }
  desk_page_show (self->page, DESK_KIND_VISIT, visit->id);
  gtk_window_close (GTK_WINDOW (self));
}

/* TRUE when nothing stands against the visits, or the reason for passing over it was given: then it is written down with
 * each visit it is about. */
static gboolean
accept (DeskCourseDialog *self)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));
  g_autoptr (GError) error = NULL;

  if (!check (self, &error))
    {
      g_autofree char *words = desk_words_error (error);

      show_plan (self);
      say (self, words);
      return FALSE;
    }
  show_plan (self);
  if (blocked (self))
    {
      say (self, _("This cannot be booked as it is. Please change what is marked ✖."));
      return FALSE;
    }
  if (warned (self) && !*reason)
    {
      say (self, _("Please say why it is booked all the same; the reason stays with the visits."));
      gtk_widget_grab_focus (GTK_WIDGET (self->reason));
      return FALSE;
    }
  for (guint i = 0; i < self->visits->len; i++)
    {
      DeskVisit *visit = g_ptr_array_index (self->visits, i);
      g_autofree char *warnings = desk_book_warnings_words (g_ptr_array_index (self->checks, i), self->resources);

      g_free (visit->override);
      visit->override = *warnings ? desk_book_passed_over_words (reason, warnings) : g_strdup ("");
    }
  say (self, NULL);
  return TRUE;
}

static void
action_save (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCourseDialog *self = DESK_COURSE_DIALOG (widget);

  if (!gtk_widget_get_sensitive (self->save))
    return;
  if (!self->visits || !self->whole)
    {
      plan (self);
      if (!desk_patient_picker_get_id (self->picker))
        gtk_widget_grab_focus (GTK_WIDGET (self->picker));
    }
  if (!self->visits || !self->whole || self->visits->len == 0 || !accept (self))
    return;

  guint n = self->visits->len;
  g_autoptr (DeskPatient) patient
      = desk_patient_load (desk_page_get_reader (self->page), desk_patient_picker_get_id (self->picker), NULL);
  g_autofree char *name_words = patient ? desk_patient_name (patient) : g_strdup ("");
  g_autofree char *words = g_strdup_printf (
      g_dngettext (NULL, "%u visit booked for %s", "%u visits booked for %s", n), n, name_words);
  gtk_widget_set_sensitive (self->save, FALSE);
  desk_visit_act_course (GTK_WIDGET (self->page), desk_page_get_session (self->page),
                         desk_patient_picker_get_id (self->picker), chosen (self)->code, self->start, self->visits,
                         words, on_booked, g_object_ref (self));
}

static void
desk_course_dialog_dispose (GObject *object)
{
  g_clear_object (&DESK_COURSE_DIALOG (object)->page);
  G_OBJECT_CLASS (desk_course_dialog_parent_class)->dispose (object);
}

static void
desk_course_dialog_finalize (GObject *object)
{
  DeskCourseDialog *self = DESK_COURSE_DIALOG (object);

  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  g_clear_pointer (&self->visits, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_course_dialog_parent_class)->finalize (object);
}

static void
desk_course_dialog_class_init (DeskCourseDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_course_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_course_dialog_finalize;

  g_type_ensure (DESK_TYPE_PATIENT_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-course-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCourseDialog, picker);
  gtk_widget_class_bind_template_child (widget_class, DeskCourseDialog, template_row);
  gtk_widget_class_bind_template_child (widget_class, DeskCourseDialog, day_row);
  gtk_widget_class_bind_template_child (widget_class, DeskCourseDialog, time_row);
  gtk_widget_class_bind_template_child (widget_class, DeskCourseDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, DeskCourseDialog, list);
  gtk_widget_class_bind_template_child (widget_class, DeskCourseDialog, message);
  gtk_widget_class_bind_template_child (widget_class, DeskCourseDialog, save);
  gtk_widget_class_bind_template_callback (widget_class, plan);
  gtk_widget_class_bind_template_callback (widget_class, on_picked);
  gtk_widget_class_install_action (widget_class, "course.save", NULL, action_save);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  /* Eight visits are not booked by an Enter too many. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "course.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "course.save", NULL);
}

static void
desk_course_dialog_init (DeskCourseDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_templates (DeskCourseDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->templates->len; i++)
    {
      const DeskCourseTemplate *course = g_ptr_array_index (self->templates, i);
      gtk_string_list_append (names, desk_words_pick (course->name, course->name_ja));
    }
  adw_combo_row_set_model (self->template_row, G_LIST_MODEL (names));
}

/* Opens the dialog for a course from that day on, and for a patient when one is known (0: none). Lent to the
 * caller; it closes itself. */
DeskCourseDialog *
desk_course_dialog_show (DeskPage *page, DeskDay day, gint64 patient_id)
{
  DeskCourseDialog *self
      = g_object_new (DESK_TYPE_COURSE_DIALOG, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *iso = desk_day_format (day);
  g_autoptr (GPtrArray) types = desk_visit_type_list (desk_page_get_reader (page), &error);

  self->page = g_object_ref (page);
  self->day = day;
  self->resources = types ? desk_resource_list (desk_page_get_reader (page), &error) : NULL;
  desk_patient_picker_set_db (self->picker, desk_page_get_reader (page));
  self->templates = self->resources ? desk_course_template_list (desk_page_get_reader (page), TRUE, &error) : NULL;
  gtk_editable_set_text (GTK_EDITABLE (self->day_row), iso);
  gtk_editable_set_text (GTK_EDITABLE (self->time_row), "10:00");
  if (!self->templates)
    {
      g_autofree char *words = desk_words_error (error);
      say (self, words);
      gtk_window_present (GTK_WINDOW (self));
      return self;
    }
  self->types = g_steal_pointer (&types);
  fill_templates (self);
  plan (self);
  desk_patient_picker_set_id (self->picker, patient_id);
  if (desk_patient_picker_get_id (self->picker))
    on_picked (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->picker));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
