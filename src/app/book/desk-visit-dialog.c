#include "desk-visit-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-book-words.h"
#include "desk-clock-row.h"
#include "desk-patient-picker.h"
#include "desk-patients.h"
#include "desk-visit-acts.h"
#include "desk-words.h"

#define PROPOSE_DAYS 14

static const char *const kinds[] = { "room", "chair", "staff" };

struct _DeskVisitDialog
{
  AdwWindow parent_instance;

  DeskPage *page;
  DeskDay day; /* the book's when the dialog was opened: what "24" or "+7" counts from */
  gint64 resource_id;
  const char *wanted; /* code of the type to begin with, static; or NULL */
  GPtrArray *types, *resources, *visits;
  DeskDay visits_day;
  GPtrArray *choices[G_N_ELEMENTS (kinds)]; /* of DeskResource, lent by resources; the row before them is "none" */
  gboolean chosen[G_N_ELEMENTS (kinds)];    /* by the person, so the program leaves it alone */
  gboolean filling;

  DeskPatientPicker *picker;
  AdwComboRow *type;
  AdwEntryRow *day_row, *time_row;
  GtkSpinButton *minutes;
  AdwComboRow *room, *chair, *staff;
  AdwEntryRow *note, *reason;
  DeskClockRow *clock;
  GtkLabel *conflicts, *message;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (DeskVisitDialog, desk_visit_dialog, ADW_TYPE_WINDOW)

static AdwComboRow *
row_of (DeskVisitDialog *self, guint kind)
{
  return kind == 0 ? self->room : kind == 1 ? self->chair : self->staff;
}

static const char *
text_of (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static const DeskVisitType *
chosen_type (DeskVisitDialog *self)
{
  guint index = adw_combo_row_get_selected (self->type);

  return index < self->types->len ? g_ptr_array_index (self->types, index) : NULL;
}

static gboolean
needs (const DeskVisitType *type, const char *kind)
{
  g_auto (GStrv) list = g_strsplit (type->needs ? type->needs : "", ",", -1);

  return g_strv_contains ((const char *const *) list, kind);
}

static gboolean
typed_time (DeskVisitDialog *self, DeskDay *day, int *minute)
{
  gboolean day_good = desk_book_parse_day (text_of (self->day_row), self->day, day);
  gboolean time_good = desk_book_parse_time (text_of (self->time_row), minute);

  (day_good ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (GTK_WIDGET (self->day_row), "error");
  (time_good ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (GTK_WIDGET (self->time_row), "error");
  return day_good && time_good;
}

/* The form as a visit; NULL while day or time cannot be read. */
static DeskVisit *
collect (DeskVisitDialog *self)
{
  const DeskVisitType *type = chosen_type (self);
  gint64 patient_id = desk_patient_picker_get_id (self->picker), starts_at;
  g_autoptr (DeskPatient) patient
      = type && type->remote && patient_id ? desk_patient_load (desk_page_get_reader (self->page), patient_id, NULL) : NULL;
  DeskDay day;
  int minute;

  if (!typed_time (self, &day, &minute) || !type)
    return NULL;
  desk_clock_row_set_patient (self->clock, type->remote, patient ? patient->zone : NULL);
  if (!desk_clock_row_read (self->clock, day, minute, &starts_at))
    return NULL;
  DeskVisit *visit = g_new0 (DeskVisit, 1);
  visit->patient_id = patient_id;
  visit->type = g_strdup (type->code);
  visit->status = g_strdup ("booked");
  visit->override = g_strdup ("");
  visit->note = g_strdup (text_of (self->note));
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  desk_visit_set_time (visit, type, starts_at, gtk_spin_button_get_value_as_int (self->minutes));
  desk_clock_row_fill (self->clock, visit);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint index = adw_combo_row_get_selected (row_of (self, i));

      if (index > 0 && index <= self->choices[i]->len)
        g_array_append_val (visit->resources, ((DeskResource *) g_ptr_array_index (self->choices[i], index - 1))->id);
    }
  return visit;
}

static gboolean
read_day (DeskVisitDialog *self, DeskDay day)
{
  GTimeZone *zone = desk_page_get_zone (self->page);
  g_autoptr (GError) error = NULL;

  if (self->visits && self->visits_day == day)
    return TRUE;
  g_clear_pointer (&self->visits, g_ptr_array_unref);
  self->visits = desk_visit_between (desk_page_get_reader (self->page), desk_instant_at (day - 1, 0, zone),
                                     desk_instant_at (day + 2, 0, zone), &error);
  self->visits_day = day;
  if (!self->visits)
    g_warning ("cannot read the day: %s", error->message);
  return self->visits != NULL;
}

static void
select_resource (DeskVisitDialog *self, guint kind, gint64 id)
{
  guint selected = 0;

  for (guint i = 0; i < self->choices[kind]->len; i++)
    if (((DeskResource *) g_ptr_array_index (self->choices[kind], i))->id == id)
      selected = i + 1;
  adw_combo_row_set_selected (row_of (self, kind), selected);
}

/* Of each kind: what the person chose; the column that was clicked; the first free one when the type needs it. */
static void
fill_resources (DeskVisitDialog *self)
{
  g_autoptr (DeskVisit) wanted = collect (self);

  if (!wanted || !read_day (self, desk_instant_day (wanted->starts_at, desk_page_get_zone (self->page))))
    return;
  self->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gint64 id = 0;

      if (self->chosen[i])
        continue;
      for (guint j = 0; j < self->choices[i]->len; j++)
        if (((DeskResource *) g_ptr_array_index (self->choices[i], j))->id == self->resource_id)
          id = self->resource_id;
      if (!id && needs (chosen_type (self), kinds[i]))
        id = desk_book_first_free (self->visits, self->resources, kinds[i], wanted);
      select_resource (self, i, id);
    }
  self->filling = FALSE;
}

static GPtrArray *
conflicts_of (DeskVisitDialog *self, const DeskVisit *visit)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *conflicts = desk_visit_check (desk_page_get_reader (self->page), visit,
                                           g_get_real_time () / G_USEC_PER_SEC, &error);

  if (!conflicts)
    g_warning ("cannot check the visit: %s", error->message);
  return conflicts;
}

/* What stands against it, while typing; the reason is asked for as soon as one is needed. */
static void
show_conflicts (DeskVisitDialog *self)
{
  g_autoptr (DeskVisit) visit = collect (self);
  g_autoptr (GPtrArray) conflicts = visit ? conflicts_of (self, visit) : NULL;
  GString *words = g_string_new (NULL);

  for (guint i = 0; conflicts && i < conflicts->len; i++)
    {
      const DeskConflict *conflict = g_ptr_array_index (conflicts, i);
      g_autofree char *one = desk_book_conflict_words (conflict, self->resources);

      g_string_append_printf (words, "%s%s %s", words->len ? "\n" : "", conflict->blocks ? "✖" : "⚠", one);
    }
  g_autofree char *warnings = conflicts ? desk_book_warnings_words (conflicts, self->resources) : g_strdup ("");
  gtk_label_set_label (self->conflicts, words->str);
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts), words->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), *warnings != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  g_string_free (words, TRUE);
}

static void
on_changed (DeskVisitDialog *self)
{
  if (self->filling || !self->types)
    return;
  fill_resources (self);
  show_conflicts (self);
}

/* A time beside the gap takes the place of the one that the clocks skip. */
static void
on_clock_typed (DeskVisitDialog *self, int day, int minute)
{
  g_autofree char *iso = desk_day_format (day), *time = desk_book_time_words (minute);

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->day_row), iso);
  self->filling = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->time_row), time);
}

static void
on_type (DeskVisitDialog *self)
{
  const DeskVisitType *type = self->types ? chosen_type (self) : NULL;

  if (!type)
    return;
  self->filling = TRUE;
  gtk_spin_button_set_value (self->minutes, type->minutes);
  self->filling = FALSE;
  on_changed (self);
}

static void
on_resource (DeskVisitDialog *self, GParamSpec *spec, AdwComboRow *row)
{
  if (self->filling || !self->types)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (row_of (self, i) == row)
      self->chosen[i] = TRUE;
  show_conflicts (self);
}

static void
on_picked (DeskVisitDialog *self)
{
  on_changed (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->save);
}

static void
say (DeskVisitDialog *self, const char *words, GtkWidget *focus)
{
  gtk_label_set_label (self->message, words);
  gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
  if (focus)
    gtk_widget_grab_focus (focus);
}

static void
on_saved (const DeskVisit *visit, const GError *error, gpointer user_data)
{
  g_autoptr (DeskVisitDialog) self = user_data;

  gtk_widget_set_sensitive (self->save, TRUE);
  if (error)
    {
      g_autofree char *words = desk_words_error (error);

      g_clear_pointer (&self->visits, g_ptr_array_unref);
      show_conflicts (self);
      say (self, words, NULL);
      return;
    }
  desk_page_show (self->page, DESK_KIND_VISIT, visit->id);
  gtk_window_close (GTK_WINDOW (self));
}

/* TRUE when nothing stands in the way, or the reason for passing over it has been given. */
static gboolean
accept (DeskVisitDialog *self, DeskVisit *visit)
{
  g_autoptr (GPtrArray) conflicts = conflicts_of (self, visit);

  if (!conflicts)
    return FALSE;
  show_conflicts (self);
  if (desk_conflicts_block (conflicts))
    {
      say (self, _("This cannot be booked as it is. Please change what is marked ✖."), NULL);
      return FALSE;
    }
  g_autofree char *warnings = desk_book_warnings_words (conflicts, self->resources);
  g_autofree char *reason = g_strstrip (g_strdup (text_of (self->reason)));
  if (*warnings && !*reason)
    {
      say (self, _("Please say why it is booked all the same; the reason stays with the visit."),
           GTK_WIDGET (self->reason));
      return FALSE;
    }
  if (*warnings)
    {
      g_free (visit->override);
      visit->override = g_steal_pointer (&reason);
    }
  return TRUE;
}

static void
action_save (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskVisitDialog *self = DESK_VISIT_DIALOG (widget);
  g_autoptr (DeskVisit) visit = collect (self);

  if (!gtk_widget_get_sensitive (self->save))
    return;
  if (!desk_patient_picker_get_id (self->picker))
    {
      say (self, _("Please choose the patient."), GTK_WIDGET (self->picker));
      return;
    }
  if (!visit)
    {
      DeskDay day;
      int minute;

      if (typed_time (self, &day, &minute))
        {
          say (self, _("The clocks do not say which time that is. Please choose one of the two."), GTK_WIDGET (self->clock));
          return;
        }
      say (self, _("Please write the day as 2026-11-24 or 11/24, the time as 9:30, on five minutes."),
           GTK_WIDGET (self->day_row));
      return;
    }
  if (!accept (self, visit))
    return;
  g_autofree char *when = desk_words_when (visit->starts_at, desk_page_get_zone (self->page));
  g_autoptr (DeskPatient) patient = desk_patient_load (desk_page_get_reader (self->page), visit->patient_id, NULL);
  g_autofree char *name_words = patient ? desk_patient_name (patient) : g_strdup ("");
  g_autofree char *words = g_strdup_printf (_("%s booked for %s"), name_words, when);
  gtk_widget_set_sensitive (self->save, FALSE);
  desk_visit_act_save (GTK_WIDGET (self->page), desk_page_get_session (self->page), visit, NULL, words, on_saved,
                       g_object_ref (self));
}

static void
desk_visit_dialog_dispose (GObject *object)
{
  DeskVisitDialog *self = DESK_VISIT_DIALOG (object);

  g_clear_object (&self->page);
  G_OBJECT_CLASS (desk_visit_dialog_parent_class)->dispose (object);
}

static void
desk_visit_dialog_finalize (GObject *object)
{
  DeskVisitDialog *self = DESK_VISIT_DIALOG (object);

  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  g_clear_pointer (&self->visits, g_ptr_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_clear_pointer (&self->choices[i], g_ptr_array_unref);
  G_OBJECT_CLASS (desk_visit_dialog_parent_class)->finalize (object);
}

static void
desk_visit_dialog_class_init (DeskVisitDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_visit_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_visit_dialog_finalize;

  g_type_ensure (DESK_TYPE_PATIENT_PICKER);
  g_type_ensure (DESK_TYPE_CLOCK_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-visit-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, picker);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, type);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, day_row);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, time_row);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, minutes);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, room);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, chair);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, staff);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, note);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, clock);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, conflicts);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, message);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, save);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_clock_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_type);
  gtk_widget_class_bind_template_callback (widget_class, on_resource);
  gtk_widget_class_bind_template_callback (widget_class, on_picked);
  gtk_widget_class_install_action (widget_class, "visit.save", NULL, action_save);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "visit.save", NULL);
}

static void
desk_visit_dialog_init (DeskVisitDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_types (DeskVisitDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char *kind = "room";
  guint selected = 0;

  for (guint i = 0; i < self->resources->len; i++)
    if (((DeskResource *) g_ptr_array_index (self->resources, i))->id == self->resource_id)
      kind = ((DeskResource *) g_ptr_array_index (self->resources, i))->kind;
  for (guint i = 0; i < self->types->len; i++)
    {
      const DeskVisitType *type = g_ptr_array_index (self->types, i);

      gtk_string_list_append (names, desk_book_type_name (type));
      /* Chairs are mostly for infusions, rooms and people for talking. */
      if (g_str_equal (type->code, self->wanted ? self->wanted : g_str_equal (kind, "chair") ? "infusion" : "consultation"))
        selected = i;
    }
  adw_combo_row_set_model (self->type, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->type, selected);
}

static void
fill_choices (DeskVisitDialog *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

      self->choices[i] = g_ptr_array_new ();
      gtk_string_list_append (names, _("None"));
      for (guint j = 0; j < self->resources->len; j++)
        {
          DeskResource *resource = g_ptr_array_index (self->resources, j);

          if (!resource->active || !g_str_equal (resource->kind, kinds[i]))
            continue;
          g_ptr_array_add (self->choices[i], resource);
          gtk_string_list_append (names, desk_words_pick (resource->name, resource->name_ja));
        }
      adw_combo_row_set_model (row_of (self, i), G_LIST_MODEL (names));
    }
}

static gboolean
try_slot (DeskVisitDialog *self, DeskDay day, int minute)
{
  g_autofree char *iso = desk_day_format (day), *time = desk_book_time_words (minute);

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->day_row), iso);
  gtk_editable_set_text (GTK_EDITABLE (self->time_row), time);
  self->filling = FALSE;
  fill_resources (self);

  g_autoptr (DeskVisit) visit = collect (self);
  g_autoptr (GPtrArray) conflicts = visit ? conflicts_of (self, visit) : NULL;
  return conflicts && conflicts->len == 0;
}

/* Where nobody pointed at a slot: the first quarter of an hour from then on that nothing stands against. */
static void
propose_slot (DeskVisitDialog *self, DeskDay day, int minute)
{
  const DeskClinic *clinic = desk_page_get_clinic (self->page);

  for (DeskDay d = day; d < day + PROPOSE_DAYS; d++)
    for (int m = d == day ? MAX (minute, clinic->opens) : clinic->opens; m < clinic->closes; m += 15)
      if (try_slot (self, d, m))
        return;
  try_slot (self, day, minute);
}

/* Opens the dialog for a time of a day and the column that was chosen (resource 0: none, and the first free time
 * from then on is proposed), and for a patient when one is known. Lent to the caller; it closes itself. */
DeskVisitDialog *
desk_visit_dialog_show (DeskPage *page, DeskDay day, int minute, gint64 resource_id, gint64 patient_id)
{
  return desk_visit_dialog_show_type (page, day, minute, resource_id, patient_id, NULL);
}

/* As desk_visit_dialog_show (), with a type of visit chosen already (static; NULL: the usual one). */
DeskVisitDialog *
desk_visit_dialog_show_type (DeskPage *page, DeskDay day, int minute, gint64 resource_id, gint64 patient_id, const char *type)
{
  DeskVisitDialog *self
      = g_object_new (DESK_TYPE_VISIT_DIALOG, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *iso = desk_day_format (day), *time = desk_book_time_words (minute);
  g_autoptr (GPtrArray) types = desk_visit_type_list (desk_page_get_reader (page), &error);

  self->page = g_object_ref (page);
  desk_clock_row_set_clinic (self->clock, desk_page_get_zone (page), desk_page_get_clinic (page)->zone);
  self->day = day;
  self->resource_id = resource_id;
  self->wanted = type;
  self->resources = types ? desk_resource_list (desk_page_get_reader (page), &error) : NULL;
  desk_patient_picker_set_db (self->picker, desk_page_get_reader (page));
  if (!self->resources)
    {
      g_autofree char *words = desk_words_error (error);

      self->types = g_ptr_array_new ();
      say (self, words, NULL);
      gtk_window_present (GTK_WINDOW (self));
      return self;
    }
  self->filling = TRUE;
  self->types = g_ptr_array_ref (types);
  fill_choices (self);
  gtk_editable_set_text (GTK_EDITABLE (self->day_row), iso);
  gtk_editable_set_text (GTK_EDITABLE (self->time_row), time);
  fill_types (self);
  self->filling = FALSE;
  on_type (self);
  desk_patient_picker_set_id (self->picker, patient_id);
  if (!resource_id)
    propose_slot (self, day, minute);
  if (desk_patient_picker_get_id (self->picker))
    on_picked (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->picker));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
