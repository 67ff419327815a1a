#include "desk-visit-dialog-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-book-words.h"
#include "desk-free-times.h"
#include "desk-patient-picker.h"
#include "desk-patients.h"
#include "desk-pin-acts.h"
#include "desk-ripple-dialog.h"
#include "desk-toast.h"
#include "desk-visit-acts.h"
#include "desk-words.h"

G_DEFINE_FINAL_TYPE (DeskVisitDialog, desk_visit_dialog, ADW_TYPE_WINDOW)

static void
on_changed (DeskVisitDialog *self)
{
  if (self->filling || !self->types)
    return;
  visit_form_fill_resources (self);
  visit_form_show_conflicts (self);
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
  const DeskVisitType *type = self->types ? visit_form_chosen_type (self) : NULL;

  if (!type || self->filling)
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
  for (guint i = 0; i < VISIT_N_KINDS; i++)
    if (visit_form_row_of (self, i) == row)
      self->chosen[i] = TRUE;
  visit_form_show_conflicts (self);
}

/* A time that was proposed: day, time and what is free then. */
static void
on_free_chosen (DeskVisitDialog *self, gconstpointer pointer)
{
  const DeskFreeSlot *slot = pointer;
  GTimeZone *zone = desk_page_get_zone (self->page);
  g_autofree char *iso = desk_day_format (desk_instant_day (slot->starts_at, zone));
  g_autofree char *time = desk_book_time_words (desk_instant_minute (slot->starts_at, zone));

  self->filling = TRUE;
  desk_clock_row_set_theirs (self->clock, FALSE); /* what is free is told by the clinic's clock */
  gtk_editable_set_text (GTK_EDITABLE (self->day_row), iso);
  gtk_editable_set_text (GTK_EDITABLE (self->time_row), time);
  for (guint i = 0; i < VISIT_N_KINDS; i++)
    for (guint j = 0; j < slot->resources->len; j++)
      for (guint k = 0; k < self->choices[i]->len; k++)
        if (((DeskResource *) self->choices[i]->pdata[k])->id == g_array_index (slot->resources, gint64, j))
          {
            self->chosen[i] = TRUE;
            visit_form_select_resource (self, i, g_array_index (slot->resources, gint64, j));
          }
  self->filling = FALSE;
  visit_form_show_conflicts (self);
  gtk_widget_grab_focus (self->save);
}

static void
on_picked (DeskVisitDialog *self)
{
  visit_form_take_next_step (self);
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

static gboolean
add_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_patient_save (db, data, error);
}

static void
on_patient_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskVisitDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  const DeskPatient *patient = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!patient)
    {
      g_autofree char *words = desk_words_error (error);

      say (self, words, GTK_WIDGET (self->picker));
      return;
    }
  desk_patient_picker_set_id (self->picker, patient->id);
  on_picked (self);
}

/* Registered under the name alone; what else the record needs is asked for on the patient's page. */
static void
on_added (DeskVisitDialog *self, const char *name)
{
  DeskPatient *patient = desk_patient_new ();
  g_autofree char *all = g_strstrip (g_strdup (name));
  g_auto (GStrv) parts = g_strsplit (all, " ", 2);

  g_free (patient->family);
  g_free (patient->given);
  patient->family = g_strdup (parts[0] ? parts[0] : "");
  patient->given = g_strdup (parts[0] && parts[1] ? parts[1] : "");
  desk_session_run_async (desk_page_get_session (self->page), add_work, patient, (GDestroyNotify) desk_patient_free, NULL,
                          on_patient_added, g_object_ref (self));
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
      visit_form_show_conflicts (self);
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
  g_autoptr (GPtrArray) conflicts = visit_form_conflicts_of (self, visit);

  if (!conflicts)
    return FALSE;
  visit_form_show_conflicts (self);
  if (desk_conflicts_block (conflicts))
    {
      say (self, _("This cannot be booked as it is. Please change what is marked ✖."), NULL);
      return FALSE;
    }
  g_autofree char *warnings = desk_book_warnings_words (conflicts, self->resources);
  g_autofree char *reason = g_strstrip (g_strdup (visit_form_text_of (self->reason)));
  if (*warnings && !*reason && self->before)
    {
      g_free (visit->override);
      visit->override = g_strdup_printf (_("Moved all the same: %s"), warnings);
      return TRUE;
    }
  if (*warnings && !*reason)
    {
      say (self, _("Please say why it is booked all the same; the reason stays with the visit."),
           GTK_WIDGET (self->reason));
      return FALSE;
    }
  g_free (visit->override);
  visit->override = *warnings ? g_steal_pointer (&reason) : g_strdup ("");
  return TRUE;
}

/* Held instead of booked, where a day is written until when; FALSE when that is no day. */
static gboolean
hold (DeskVisitDialog *self, DeskVisit *visit)
{
  DeskDay day;

  if (self->before || !*visit_form_text_of (self->hold))
    return TRUE;
  if (!desk_book_parse_day (visit_form_text_of (self->hold), self->day, &day))
    {
      say (self, _("Please write the day as 2026-11-24 or 11/24."), GTK_WIDGET (self->hold));
      return FALSE;
    }
  g_free (visit->status);
  visit->status = g_strdup ("held");
  visit->held_until = desk_instant_at (day, desk_page_get_clinic (self->page)->closes, desk_page_get_zone (self->page));
  return TRUE;
}

static gboolean
is_pinned (DeskVisitDialog *self)
{
  g_autoptr (GPtrArray) pins = desk_pin_list (desk_page_get_reader (self->page), NULL);

  for (guint i = 0; pins && i < pins->len; i++)
    if (((const DeskVisit *) pins->pdata[i])->id == self->before->id)
      return TRUE;
  return FALSE;
}

/* What is moved leaves the pinboard. */
static void
write_visit (DeskVisitDialog *self, const DeskVisit *visit, const char *words)
{
  g_autoptr (GPtrArray) after = g_ptr_array_new (), before = g_ptr_array_new ();

  gtk_widget_set_sensitive (self->save, FALSE);
  if (!self->before || !is_pinned (self))
    {
      desk_visit_act_save (GTK_WIDGET (self->page), desk_page_get_session (self->page), visit, self->before, words, on_saved,
                           g_object_ref (self));
      return;
    }
  g_ptr_array_add (after, (gpointer) visit);
  g_ptr_array_add (before, self->before);
  desk_pin_act_place (GTK_WIDGET (self->page), desk_page_get_session (self->page), after, before, words);
  gtk_window_close (GTK_WINDOW (self));
}

static void
action_save (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskVisitDialog *self = DESK_VISIT_DIALOG (widget);
  g_autoptr (DeskVisit) visit = visit_form_collect (self);

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

      if (visit_form_typed_time (self, &day, &minute))
        {
          say (self, _("The clocks do not say which time that is. Please choose one of the two."), GTK_WIDGET (self->clock));
          return;
        }
      say (self, _("Please write the day as 2026-11-24 or 11/24, the time as 9:30, on five minutes."),
           GTK_WIDGET (self->day_row));
      return;
    }
  if (!hold (self, visit) || !accept (self, visit))
    return;
  g_autofree char *when = desk_words_when (visit->starts_at, desk_page_get_zone (self->page));
  g_autoptr (DeskPatient) patient = desk_patient_load (desk_page_get_reader (self->page), visit->patient_id, NULL);
  g_autofree char *name_words = patient ? desk_patient_name (patient) : g_strdup ("");
  g_autofree char *words = g_strdup_printf (self->before ? _("%s moved to %s") : visit->held_until ? _("%s held for %s") : _("%s booked for %s"),
                                            name_words, when);
  write_visit (self, visit, words);
}

/* Not this visit alone: what follows it in its course goes with it, shown before it is done. */
static void
action_later (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskVisitDialog *self = DESK_VISIT_DIALOG (widget);
  g_autoptr (DeskVisit) visit = self->before ? visit_form_collect (self) : NULL;

  if (!visit)
    return;
  /* The clinic's day, whoever's clock it was typed on. */
  desk_ripple_dialog_show (self->page, DESK_RIPPLE_COURSE_LATER, self->before->id,
                           desk_instant_day (visit->starts_at, desk_page_get_zone (self->page)));
  gtk_window_close (GTK_WINDOW (self));
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

  g_clear_pointer (&self->before, desk_visit_free);
  g_clear_pointer (&self->course_type, g_free);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  g_clear_pointer (&self->visits, g_ptr_array_unref);
  for (guint i = 0; i < VISIT_N_KINDS; i++)
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
  g_type_ensure (DESK_TYPE_FREE_TIMES);
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
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, hold);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, free);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, clock);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, conflicts);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, message);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, save);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitDialog, later);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_clock_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_type);
  gtk_widget_class_bind_template_callback (widget_class, on_resource);
  gtk_widget_class_bind_template_callback (widget_class, on_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_added);
  gtk_widget_class_bind_template_callback (widget_class, on_free_chosen);
  gtk_widget_class_install_action (widget_class, "visit.later", NULL, action_later);
  gtk_widget_class_install_action (widget_class, "visit.save", NULL, action_save);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "visit.save", NULL);
}

static void
desk_visit_dialog_init (DeskVisitDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* type: chosen already; kept: offered though it is not for new visits any more. */
static DeskVisitDialog *
show (DeskPage *page, DeskDay day, int minute, gint64 resource_id, gint64 patient_id, const char *type, const char *kept)
{
  DeskVisitDialog *self
      = g_object_new (DESK_TYPE_VISIT_DIALOG, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *iso = desk_day_format (day), *time = desk_book_time_words (minute);
  g_autoptr (GPtrArray) types = desk_visit_type_list_offered (desk_page_get_reader (page), kept, &error);

  self->page = g_object_ref (page);
  desk_clock_row_set_clinic (self->clock, desk_page_get_zone (page), desk_page_get_clinic (page)->zone);
  self->day = day;
  self->resource_id = resource_id;
  self->wanted = type;
  self->resources = types ? desk_resource_list (desk_page_get_reader (page), &error) : NULL;
  desk_patient_picker_set_db (self->picker, desk_page_get_reader (page));
  desk_patient_picker_offer_new (self->picker);
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
  visit_form_fill_choices (self);
  gtk_editable_set_text (GTK_EDITABLE (self->day_row), iso);
  gtk_editable_set_text (GTK_EDITABLE (self->time_row), time);
  visit_form_fill_types (self);
  self->filling = FALSE;
  on_type (self);
  desk_patient_picker_set_id (self->picker, patient_id);
  if (!resource_id)
    visit_form_propose_slot (self, day, minute);
  if (desk_patient_picker_get_id (self->picker))
    on_picked (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->picker));
  gtk_window_present (GTK_WINDOW (self));
  return self;
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
  return show (page, day, minute, resource_id, patient_id, type, type);
}

/* What was agreed on the patient's clock is shown, and typed, on it. */
static void
show_agreed_clock (DeskVisitDialog *self)
{
  const DeskVisit *visit = self->before;
  g_autoptr (DeskPatient) patient = desk_patient_load (desk_page_get_reader (self->page), visit->patient_id, NULL);
  gboolean theirs = patient && visit->wall_zone && *visit->wall_zone && g_strcmp0 (visit->wall_zone, patient->zone) == 0
                    && g_strcmp0 (visit->wall_zone, desk_page_get_clinic (self->page)->zone) != 0;
  g_autoptr (GTimeZone) zone = theirs ? g_time_zone_new_identifier (visit->wall_zone) : NULL;

  if (!zone)
    return;
  g_autofree char *iso = desk_day_format (desk_instant_day (visit->starts_at, zone));
  g_autofree char *time = desk_book_time_words (desk_instant_minute (visit->starts_at, zone));
  desk_clock_row_set_theirs (self->clock, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->day_row), iso);
  gtk_editable_set_text (GTK_EDITABLE (self->time_row), time);
}

/* Opens the dialog on a visit that is to be moved: day, time, length and places, with what stands against them, and the
 * next free times. */
DeskVisitDialog *
desk_visit_dialog_show_move (DeskPage *page, const DeskVisit *visit)
{
  GTimeZone *zone = desk_page_get_zone (page);
  DeskVisitDialog *self = show (page, desk_instant_day (visit->starts_at, zone), desk_instant_minute (visit->starts_at, zone),
                                -1, visit->patient_id, NULL, visit->type);

  if (!self->types->len) /* which was told */
    return self;
  self->before = desk_visit_copy (visit);
  self->filling = TRUE;
  visit_form_select_type (self, visit->type);
  gtk_spin_button_set_value (self->minutes, (double) ((visit->ends_at - visit->starts_at) / 60));
  gtk_editable_set_text (GTK_EDITABLE (self->note), visit->note ? visit->note : "");
  for (guint i = 0; i < VISIT_N_KINDS; i++)
    {
      self->chosen[i] = TRUE;
      visit_form_select_resource (self, i, desk_book_resource_of (visit, self->resources, visit_kinds[i]));
    }
  show_agreed_clock (self);
  self->filling = FALSE;
  gtk_window_set_title (GTK_WINDOW (self), _("Move Visit"));
  gtk_button_set_label (GTK_BUTTON (self->save), _("_Move"));
  gtk_widget_set_visible (self->later, visit->course_id != 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->picker), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->type), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->hold), FALSE);
  visit_form_show_conflicts (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->day_row));
  gtk_editable_select_region (GTK_EDITABLE (self->day_row), 0, -1);
  return self;
}

/* As desk_visit_dialog_show_move (), as wanted but on a day and at a time that the clinic's clocks skip or show twice, so
 * that the dialog asks. */
DeskVisitDialog *
desk_visit_dialog_show_move_to (DeskPage *page, const DeskVisit *visit, const DeskVisit *wanted, DeskDay day, int minute)
{
  DeskVisitDialog *self = desk_visit_dialog_show_move (page, visit);

  if (!self->types->len) /* which was told */
    return self;
  self->filling = TRUE;
  gtk_spin_button_set_value (self->minutes, (double) ((wanted->ends_at - wanted->starts_at) / 60));
  for (guint i = 0; i < VISIT_N_KINDS; i++)
    visit_form_select_resource (self, i, desk_book_resource_of (wanted, self->resources, visit_kinds[i]));
  self->filling = FALSE;
  on_clock_typed (self, day, minute);
  return self;
}
