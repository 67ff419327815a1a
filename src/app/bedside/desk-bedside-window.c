#include "desk-bedside-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-bedside-private.h"
#include "desk-book.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-patients.h"
#include "desk-scan.h"
#include "desk-toast.h"
#include "desk-words.h"

G_DEFINE_FINAL_TYPE (DeskBedsideWindow, desk_bedside_window, ADW_TYPE_WINDOW)

/* The time now by the clock that nobody sets, on from when the window opened. */
gint64
desk_bedside_window_now (DeskBedsideWindow *self)
{
  return self->wall + (g_get_monotonic_time () - self->monotonic) / G_USEC_PER_SEC;
}

/* Who does it. */
gint64
desk_bedside_window_performer (DeskBedsideWindow *self)
{
  guint chosen = gtk_drop_down_get_selected (self->performer);

  return chosen < self->staff_ids->len ? g_array_index (self->staff_ids, gint64, chosen) : 0;
}

/* Says what is wrong, and goes to the row of that key; words NULL takes it away. FALSE, for the caller to return. */
gboolean
desk_bedside_window_refuse (DeskBedsideWindow *self, const char *key, const char *words)
{
  GtkWidget *row = key ? desk_bedside_fields_row (self, key) : NULL;

  gtk_label_set_text (self->problem, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
  if (ADW_IS_ENTRY_ROW (row)) /* also when the focus is in it already, where the Tab key would go on to its eye */
    gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row))));
  else if (row)
    gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
  return FALSE;
}

/* A hard stop: nothing goes on before it has been read. */
void
desk_bedside_window_stop (DeskBedsideWindow *self, const char *title, const char *words)
{
  gtk_label_set_text (self->stop_title, title);
  gtk_label_set_text (self->stop_words, words);
  gtk_stack_set_visible_child_name (self->stack, "stop");
  gtk_widget_error_bell (GTK_WIDGET (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->understood));
}

static void
action_understood (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBedsideWindow *self = DESK_BEDSIDE_WINDOW (widget);

  GtkWidget *row = desk_bedside_fields_row (self, self->read_patient ? "label" : "wristband");

  gtk_stack_set_visible_child_name (self->stack, "work");
  gtk_widget_child_focus (row ? row : GTK_WIDGET (self->work), GTK_DIR_TAB_FORWARD);
}

static gboolean
is_stopped (DeskBedsideWindow *self)
{
  return strcmp (gtk_stack_get_visible_child_name (self->stack), "stop") == 0;
}

static void
action_go (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBedsideWindow *self = DESK_BEDSIDE_WINDOW (widget);

  if (is_stopped (self) || !self->bedside)
    return;
  /* What was typed by hand is read as if it had been scanned. */
  static const char *const typed[] = { "wristband", "label" };
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (desk_bedside_fields_get (self, typed[i])));

      if (!*text || (i == 0 ? self->read_patient : self->read_unit))
        continue;
      if (!desk_scan_give (GTK_WIDGET (self), text))
        desk_bedside_window_refuse (self, typed[i], _("Nothing in this clinic has this code."));
      return;
    }
  desk_bedside_acts_go (self);
}

static void
action_part (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBedsideWindow *self = DESK_BEDSIDE_WINDOW (widget);

  if (self->bedside && desk_bedside_step (self->bedside) == DESK_BEDSIDE_RUN && !is_stopped (self))
    {
      self->only_part = !self->only_part;
      desk_bedside_steps_build (self);
    }
}

static void
action_vitals (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_bedside_acts_vitals (DESK_BEDSIDE_WINDOW (widget));
}

static void
action_override (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_bedside_acts_override (DESK_BEDSIDE_WINDOW (widget));
}

/* ── scans ───────────────────────────────────────────────────────────────────────────────────── */

static void
read_patient (DeskBedsideWindow *self, gint64 patient_id)
{
  g_autoptr (DeskPatient) other = desk_patient_load (desk_session_reader (self->session), patient_id, NULL);

  if (patient_id == self->bedside->patient_id)
    {
      g_free (self->read_patient);
      self->read_patient = g_strdup (self->patient->chart);
      desk_bedside_fields_set (self, "wristband", self->patient->chart);
      if (!self->read_unit)
        desk_bedside_fields_set (self, "label", "");
      if (desk_bedside_step (self->bedside) != DESK_BEDSIDE_CHECK)
        desk_toast (GTK_WIDGET (self), _("Yes, this is the patient."));
      else
        gtk_widget_child_focus (desk_bedside_fields_row (self, self->read_unit ? "said" : "label"), GTK_DIR_TAB_FORWARD);
      return;
    }
  g_autofree char *name = other ? desk_patient_name (other) : NULL;
  g_autofree char *words = g_strdup_printf (_("This wristband is of %s, chart %s. Nothing was done. It has been written down. Stay with the patient, and look for the right one."),
                                            name ? name : "?", other ? other->chart : "?");
  desk_bedside_acts_wrong (self, "wrong-patient", other ? other->chart : "?");
  desk_bedside_fields_set (self, "wristband", "");
  desk_bedside_window_stop (self, _("Stop. Wrong patient."), words);
}

static void
read_unit (DeskBedsideWindow *self, gint64 unit_id)
{
  g_autoptr (DeskUnit) other = desk_unit_load (desk_session_reader (self->session), unit_id, NULL);
  const DeskUnit *unit = self->bedside->unit;

  if (unit && unit_id == unit->id)
    {
      GtkWidget *next = desk_bedside_fields_row (self, self->read_patient ? "said" : "wristband");

      g_free (self->read_unit);
      self->read_unit = g_strdup (unit->number);
      desk_bedside_fields_set (self, "label", unit->number);
      if (!self->read_patient)
        desk_bedside_fields_set (self, "wristband", "");
      if (desk_bedside_step (self->bedside) == DESK_BEDSIDE_CHECK)
        gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD);
      else if (desk_bedside_fields_row (self, "witness"))
        gtk_widget_child_focus (desk_bedside_fields_row (self, "witness"), GTK_DIR_TAB_FORWARD);
      return;
    }
  g_autofree char *words = g_strdup_printf (_("This is %s, of %s, chart %s. Nothing was done. It has been written down. Put it back where it belongs, and take the right one."),
                                            other ? other->number : "?", other ? other->patient_name : "?", other ? other->patient_chart : "?");
  desk_bedside_acts_wrong (self, "wrong-dose", other ? other->number : "?");
  desk_bedside_fields_set (self, "label", "");
  desk_bedside_window_stop (self, _("Stop. Wrong dose."), words);
}

static gboolean
on_scan (GtkWidget *widget, const DeskScan *scan, gpointer user_data)
{
  DeskBedsideWindow *self = DESK_BEDSIDE_WINDOW (widget);
  DeskBedsideStep step;

  if (!self->bedside)
    return FALSE;
  step = desk_bedside_step (self->bedside);
  if (scan->code->kind == DESK_CODE_COMMAND && scan->code->command == DESK_COMMAND_CANCEL)
    {
      gtk_window_close (GTK_WINDOW (widget));
      return TRUE;
    }
  if (is_stopped (self))
    {
      gtk_widget_error_bell (widget);
      return TRUE;
    }
  if (scan->found.kind == DESK_CODE_PATIENT)
    read_patient (self, scan->found.id);
  else if (scan->found.kind == DESK_CODE_UNIT)
    read_unit (self, scan->found.id);
  else if (scan->found.kind == DESK_CODE_DEVICE && step == DESK_BEDSIDE_BATH)
    desk_bedside_fields_choose (self, "bath", scan->found.id);
  else if (scan->found.kind == DESK_CODE_STAFF)
    desk_bedside_fields_choose (self, "witness", scan->found.id);
  else if (scan->code->kind == DESK_CODE_COMMAND && scan->code->command == DESK_COMMAND_CONFIRM)
    gtk_widget_activate_action (widget, "bedside.go", NULL);
  else
    desk_scan_refuse (widget, scan->found.problem ? desk_scan_words (scan->found.problem) : _("This code is not needed here."));
  return TRUE;
}

/* ── filling ─────────────────────────────────────────────────────────────────────────────────── */

/* Reads all of it again; what was typed stays while the step is the same. */
void
desk_bedside_window_refresh (DeskBedsideWindow *self)
{
  g_autoptr (GError) error = NULL;
  DeskDb *db = desk_session_reader (self->session);
  DeskBedside *bedside = desk_bedside_load (db, self->visit_id, self->unit_id, &error);
  DeskPatient *patient = bedside ? desk_patient_load (db, bedside->patient_id, &error) : NULL;

  if (!patient)
    {
      desk_bedside_free (bedside);
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->bedside, desk_bedside_free);
  g_clear_pointer (&self->patient, desk_patient_free);
  self->bedside = bedside;
  self->patient = patient;
  /* From here on it is about this dose, also when it is through. */
  if (bedside->unit && desk_bedside_step (bedside) > DESK_BEDSIDE_ORDER)
    self->unit_id = bedside->unit->id;
  desk_bedside_steps_build (self);
  desk_bedside_show_patient (self);
  desk_bedside_show_steps (self);
  desk_bedside_show_clock (self);
}

static gboolean
on_second (gpointer user_data)
{
  DeskBedsideWindow *self = user_data;

  if (self->bedside)
    {
      desk_bedside_show_clock (self);
      desk_bedside_steps_build (self); /* a limit may have come */
    }
  return G_SOURCE_CONTINUE;
}

static void
on_changed (DeskSession *session, guint kind, gint64 id, gpointer user_data)
{
  DeskBedsideWindow *self = user_data;

  if (self->bedside && !self->busy)
    desk_bedside_window_refresh (self);
}

static void
set_visit (DeskBedsideWindow *self, gint64 visit_id)
{
  self->visit_id = visit_id;
  self->unit_id = 0;
  self->only_part = FALSE;
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->form, g_free);
  gtk_stack_set_visible_child_name (self->stack, "work");
  desk_bedside_window_refresh (self);
}

static void
on_visit (DeskBedsideWindow *self)
{
  guint chosen = gtk_drop_down_get_selected (self->visits);

  if (!self->filling && chosen < self->visit_ids->len && g_array_index (self->visit_ids, gint64, chosen) != self->visit_id)
    set_visit (self, g_array_index (self->visit_ids, gint64, chosen));
}

static void
on_performer (DeskBedsideWindow *self)
{
  if (!self->filling && self->bedside)
    desk_bedside_steps_build (self);
}

/* Who sits in a chair today, and whom this is about. */
static void
fill_visits (DeskBedsideWindow *self, gint64 visit_id)
{
  DeskPage *page = desk_window_get_page (self->window, "today");
  DeskDay today = desk_page_get_today (page);
  g_autoptr (GPtrArray) visits
      = desk_visit_between (desk_session_reader (self->session), desk_instant_at (today, 0, desk_page_get_zone (page)),
                            desk_instant_at (today + 1, 0, desk_page_get_zone (page)), NULL);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (DeskVisit) own = desk_visit_load (desk_session_reader (self->session), visit_id, NULL);
  guint chosen = 0;

  self->filling = TRUE;
  g_array_set_size (self->visit_ids, 0);
  if (own)
    {
      g_array_append_val (self->visit_ids, own->id);
      gtk_string_list_append (list, own->patient_name);
    }
  for (guint i = 0; visits && i < visits->len; i++)
    {
      const DeskVisit *visit = visits->pdata[i];

      if (strcmp (visit->status, "in_room") != 0 || strcmp (visit->type, "infusion") != 0 || visit->id == visit_id)
        continue;
      g_array_append_val (self->visit_ids, visit->id);
      gtk_string_list_append (list, visit->patient_name);
    }
  gtk_drop_down_set_model (self->visits, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->visits, chosen);
  self->filling = FALSE;
}

static void
fill_performers (DeskBedsideWindow *self)
{
  g_autoptr (GPtrArray) staff = desk_staff_list (desk_session_reader (self->session), TRUE, NULL);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  gint64 actor = desk_session_get_actor (self->session);
  guint chosen = 0;

  self->filling = TRUE;
  for (guint i = 0; staff && i < staff->len; i++)
    {
      const DeskStaff *person = staff->pdata[i];
      g_autofree char *line = g_strdup_printf ("%s · %s", desk_words_pick (person->name, person->name_ja), desk_words ("role", person->role));

      gtk_string_list_append (list, line);
      chosen = person->id == actor ? i : chosen;
      g_array_append_val (self->staff_ids, person->id);
    }
  gtk_drop_down_set_model (self->performer, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->performer, chosen);
  self->filling = FALSE;
}

static void
on_leave (AdwMessageDialog *dialog, const char *response, DeskBedsideWindow *self)
{
  if (strcmp (response, "leave") == 0)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* Nothing that is typed goes without a word, and a check that is broken off begins again. */
static gboolean
on_close (DeskBedsideWindow *self)
{
  gboolean checking = self->bedside && desk_bedside_step (self->bedside) == DESK_BEDSIDE_CHECK;

  if (!self->bedside || (!self->read_unit && !self->read_patient && !desk_bedside_fields_any (self)))
    return FALSE;
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), checking ? _("Break Off the Check?") : _("Leave the Bedside?"), NULL);
  adw_message_dialog_set_body (
      ADW_MESSAGE_DIALOG (dialog),
      checking ? _("Kept: the order, the thaw, and the time that is running.\nNot kept: this check. It begins again with the wristband, the label and the "
                   "patient’s own words.")
               : _("Kept: every step that is ticked above, and what was recorded.\nNot kept: what is typed here and not yet recorded."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", _("_Stay"), "leave", _("_Leave"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "leave", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_leave), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

static void
desk_bedside_window_dispose (GObject *object)
{
  DeskBedsideWindow *self = DESK_BEDSIDE_WINDOW (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->bedside, desk_bedside_free);
  g_clear_pointer (&self->patient, desk_patient_free);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->visit_ids, g_array_unref);
  g_clear_pointer (&self->staff_ids, g_array_unref);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->form, g_free);
  g_clear_pointer (&self->read_unit, g_free);
  g_clear_pointer (&self->read_patient, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (desk_bedside_window_parent_class)->dispose (object);
}

static void
desk_bedside_window_class_init (DeskBedsideWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    const char *name;
    gssize offset;
  } children[] = {
#define CHILD(name) { #name, G_STRUCT_OFFSET (DeskBedsideWindow, name) }
    CHILD (name), CHILD (native), CHILD (birth), CHILD (chart), CHILD (biohazard), CHILD (allergies), CHILD (dose), CHILD (title),
    CHILD (what), CHILD (problem), CHILD (clock_title), CHILD (clock), CHILD (clock_words), CHILD (facts), CHILD (stop_title),
    CHILD (stop_words), CHILD (steps), CHILD (stack), CHILD (blocks), CHILD (work), CHILD (part), CHILD (go), CHILD (understood),
    CHILD (visits), CHILD (performer),
#undef CHILD
  };
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = { { "bedside.go", action_go }, { "bedside.part", action_part }, { "bedside.vitals", action_vitals },
                  { "bedside.override", action_override }, { "bedside.understood", action_understood } };

  G_OBJECT_CLASS (klass)->dispose = desk_bedside_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-bedside-window.ui");
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, children[i].name, FALSE, children[i].offset);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "bedside.go", NULL);
}

static void
desk_bedside_window_init (DeskBedsideWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->visit_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->staff_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->wall = g_get_real_time () / G_USEC_PER_SEC;
  self->monotonic = g_get_monotonic_time ();
  self->tick = g_timeout_add_seconds (1, on_second, self);
  g_signal_connect (self, "close-request", G_CALLBACK (on_close), NULL);
  g_signal_connect_swapped (self->visits, "notify::selected", G_CALLBACK (on_visit), self);
  g_signal_connect_swapped (self->performer, "notify::selected", G_CALLBACK (on_performer), self);
}

static DeskBedsideWindow *
find_open (DeskWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) found = g_list_model_get_item (windows, i);

      if (DESK_IS_BEDSIDE_WINDOW (found) && DESK_BEDSIDE_WINDOW (found)->window == window)
        return DESK_BEDSIDE_WINDOW (found);
    }
  return NULL;
}

/* Opens the bedside of a visit, or goes to it when it is open. */
DeskBedsideWindow *
desk_bedside_window_show (DeskWindow *window, gint64 visit_id)
{
  DeskBedsideWindow *self = find_open (window);

  if (!self)
    {
      self = g_object_new (DESK_TYPE_BEDSIDE_WINDOW, "transient-for", window, NULL);
      self->window = window;
      self->session = g_object_ref (desk_window_get_session (window));
      fill_performers (self);
      g_signal_connect_object (self->session, "changed", G_CALLBACK (on_changed), self, 0);
      desk_scan_want (GTK_WIDGET (self), on_scan, NULL);
      gtk_window_set_default_size (GTK_WINDOW (self), gtk_widget_get_width (GTK_WIDGET (window)), gtk_widget_get_height (GTK_WIDGET (window)));
    }
  if (self->visit_id != visit_id)
    {
      fill_visits (self, visit_id);
      set_visit (self, visit_id);
    }
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_child_focus (GTK_WIDGET (self->work), GTK_DIR_TAB_FORWARD);
  return self;
}

/* A wristband (unit 0) or a dose (patient 0) was scanned: opens the bedside when that patient sits in a chair with a dose. */
gboolean
desk_bedside_window_offer (DeskWindow *window, gint64 patient_id, gint64 unit_id)
{
  DeskDb *db = desk_session_reader (desk_window_get_session (window));
  gint64 visit_id = desk_bedside_visit_of (db, patient_id, unit_id, NULL);
  g_autoptr (DeskVisit) visit = visit_id ? desk_visit_load (db, visit_id, NULL) : NULL;

  if (!visit || strcmp (visit->status, "in_room") != 0)
    return FALSE;
  desk_bedside_window_show (window, visit_id);
  return TRUE;
}

/* Whether a visit is one at which a dose is given, and its patient is here. */
gboolean
desk_bedside_window_serves (const DeskVisit *visit)
{
  static const char *const here[] = { "arrived", "checked_in", "in_room", NULL };

  return strcmp (visit->type, "infusion") == 0 && g_strv_contains (here, visit->status);
}

/* The bedside of somebody who sits in a chair now, a dose under way first. */
void
desk_bedside_window_choose (DeskWindow *window)
{
  DeskPage *page = desk_window_get_page (window, "today");
  DeskDb *db = desk_session_reader (desk_window_get_session (window));
  DeskDay today = desk_page_get_today (page);
  g_autoptr (GPtrArray) visits = desk_visit_between (db, desk_instant_at (today, 0, desk_page_get_zone (page)),
                                                     desk_instant_at (today + 1, 0, desk_page_get_zone (page)), NULL);

  for (guint i = 0; visits && i < visits->len; i++)
    {
      const DeskVisit *visit = visits->pdata[i];

      if (strcmp (visit->status, "in_room") == 0 && desk_bedside_visit_of (db, visit->patient_id, 0, NULL) == visit->id)
        {
          desk_bedside_window_show (window, visit->id);
          return;
        }
    }
  desk_toast (GTK_WIDGET (window), _("Nobody sits in a chair with a dose to be given."));
}
