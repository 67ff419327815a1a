#include "desk-gate-page.h"

#include <glib/gi18n.h>

#include "desk-gate-words.h"
#include "desk-gates.h"
#include "desk-setup-row.h"

struct _DeskGatePage
{
  DeskSetupPage parent_instance;

  AdwPreferencesGroup *groups[DESK_N_GATES];
  GArray *settings; /* of DeskGateSetting, as read last */
};

G_DEFINE_FINAL_TYPE (DeskGatePage, desk_gate_page, DESK_TYPE_SETUP_PAGE)

typedef struct
{
  const DeskGateRule *rule; /* static */
  DeskGateSetting setting;
} Change;

static gboolean
change_work (DeskDb *db, gpointer data, GError **error)
{
  Change *change = data;

  return desk_gate_setting_save (db, change->rule, &change->setting, error);
}

/* What the clinic says of a rule; version 0 while it says nothing. */
static DeskGateSetting
setting_of (DeskGatePage *self, const DeskGateRule *rule)
{
  g_autofree char *key = g_strdup_printf ("%s.%s", desk_gate_code (rule->gate), rule->code);

  for (guint i = 0; i < self->settings->len; i++)
    if (g_str_equal (g_array_index (self->settings, DeskGateSetting, i).rule, key))
      return g_array_index (self->settings, DeskGateSetting, i);
  return (DeskGateSetting){ .months = -1, .active = TRUE };
}

static void
save (DeskGatePage *self, const DeskGateRule *rule, DeskGateSetting setting)
{
  Change *change = g_new (Change, 1);

  *change = (Change){ rule, setting };
  desk_setup_page_run (DESK_SETUP_PAGE (self), change_work, change, g_free, NULL);
}

static void
on_active (GtkSwitch *active, GParamSpec *pspec, DeskGatePage *self)
{
  const DeskGateRule *rule = g_object_get_data (G_OBJECT (active), "rule");
  DeskGateSetting setting = setting_of (self, rule);

  if (setting.active == gtk_switch_get_active (active))
    return;
  setting.active = gtk_switch_get_active (active);
  save (self, rule, setting);
}

static void
on_months (GtkSpinButton *months, DeskGatePage *self)
{
  const DeskGateRule *rule = g_object_get_data (G_OBJECT (months), "rule");
  DeskGateSetting setting = setting_of (self, rule);
  int value = gtk_spin_button_get_value_as_int (months);

  if (desk_gate_months (rule, self->settings) == value)
    return;
  setting.months = value == rule->months ? -1 : value;
  save (self, rule, setting);
}

/* ── the reason in the clinic's plan ── */

typedef struct
{
  DeskGatePage *page; /* the dialog is above it */
  const DeskGateRule *rule;
  GtkEditable *entry;
} Reason;

static void
on_reason (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  const Reason *reason = user_data;
  DeskGateSetting setting = setting_of (reason->page, reason->rule);

  if (!g_str_equal (response, "save"))
    return;
  g_strlcpy (setting.reason, gtk_editable_get_text (reason->entry), sizeof setting.reason);
  save (reason->page, reason->rule, setting);
}

static void
free_reason (gpointer reason, GClosure *closure)
{
  g_free (reason);
}

static void
ask_reason (GtkButton *button, DeskGatePage *self)
{
  Reason *reason = g_new0 (Reason, 1);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *dialog;

  *reason = (Reason){ self, g_object_get_data (G_OBJECT (button), "rule"), GTK_EDITABLE (entry) };
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), desk_gate_words_rule (reason->rule->code),
                                   _("Why the clinic’s own plan says otherwise, and where it stands."));
  gtk_entry_set_max_length (GTK_ENTRY (entry), DESK_GATE_REASON);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 44);
  gtk_editable_set_text (GTK_EDITABLE (entry), setting_of (self, reason->rule).reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reason"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "save", _("_Save"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_reason), reason, free_reason, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
differs (const DeskGateSetting *setting)
{
  return setting->months >= 0 || !setting->active;
}

static gboolean
ages (const DeskGateRule *rule)
{
  return rule->look == DESK_LOOK_PAPER || rule->look == DESK_LOOK_VIRAL;
}

static void
add_field (GtkWidget *row, GtkWidget *field, const DeskGateRule *rule, const char *label)
{
  g_object_set_data (G_OBJECT (field), "rule", (gpointer) rule);
  gtk_widget_set_valign (field, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (field, label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), field);
}

static char *
usual_of (const DeskGateRule *rule)
{
  if (rule->identity)
    return g_strdup (_("Always: nobody passes over whose blood and whose cells they are"));
  if (ages (rule) && rule->months > 0)
    return g_strdup_printf (g_dngettext (NULL, "Usual: not older than %d month; 0 for no limit", "Usual: not older than %d months; 0 for no limit", rule->months), rule->months);
  return g_strdup (ages (rule) ? _("Usual: no limit of age (0)") : "");
}

/* What is usual, and why this clinic does otherwise. */
static char *
subtitle_of (DeskGatePage *self, const DeskGateRule *rule)
{
  DeskGateSetting setting = setting_of (self, rule);
  g_autofree char *usual = usual_of (rule);

  if (!differs (&setting))
    return g_steal_pointer (&usual);
  return g_strdup_printf ("%s%s%s %s", usual, *usual ? "\n" : "", _("Changed by the clinic:"),
                          *setting.reason ? setting.reason : _("no reason is written down"));
}

static void
add_reason (DeskGatePage *self, GtkWidget *row, const DeskGateRule *rule)
{
  GtkWidget *button = gtk_button_new_with_label (_("Reason…"));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_sensitive (button, !desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)));
  add_field (row, button, rule, _("Reason in the clinic’s plan"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (ask_reason), self, 0);
}

static GtkWidget *
make_row (DeskGatePage *self, const DeskGateRule *rule, guint index)
{
  g_autofree char *subtitle = subtitle_of (self, rule);
  DeskGateSetting setting = setting_of (self, rule);
  GtkWidget *row = desk_setup_row_new (desk_gate_words_rule (rule->code), subtitle, "rule", index);
  gboolean writable = !desk_setup_page_get_read_only (DESK_SETUP_PAGE (self));

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  if (differs (&setting))
    add_reason (self, row, rule);
  if (ages (rule))
    {
      GtkWidget *months = gtk_spin_button_new_with_range (0, 120, 1);

      gtk_spin_button_set_value (GTK_SPIN_BUTTON (months), desk_gate_months (rule, self->settings));
      gtk_widget_set_sensitive (months, writable);
      add_field (row, months, rule, _("Months an examination counts; 0 for no limit"));
      g_signal_connect_object (months, "value-changed", G_CALLBACK (on_months), self, 0);
    }
  if (!rule->identity)
    {
      GtkWidget *active = gtk_switch_new ();

      gtk_switch_set_active (GTK_SWITCH (active), desk_gate_active (rule, self->settings));
      gtk_widget_set_sensitive (active, writable);
      add_field (row, active, rule, _("Use this rule"));
      g_signal_connect_object (active, "notify::active", G_CALLBACK (on_active), self, 0);
    }
  return row;
}

static void
desk_gate_page_refresh (DeskSetupPage *page)
{
  DeskGatePage *self = DESK_GATE_PAGE (page);
  g_autoptr (GError) error = NULL;
  GArray *settings = desk_gate_settings (desk_setup_page_get_reader (page), &error);
  guint n_rules;
  const DeskGateRule *rules = desk_gate_rules (&n_rules);

  if (!settings)
    {
      desk_setup_page_say_error (page, self->groups[0], error);
      return;
    }
  g_clear_pointer (&self->settings, g_array_unref);
  self->settings = settings;
  for (guint gate = 0; gate < DESK_N_GATES; gate++)
    {
      g_autoptr (GPtrArray) rows = g_ptr_array_new ();

      for (guint i = 0; i < n_rules; i++)
        if (rules[i].gate == gate)
          g_ptr_array_add (rows, make_row (self, &rules[i], i));
      desk_setup_page_set_rows (page, self->groups[gate], rows);
    }
}

static void
desk_gate_page_finalize (GObject *object)
{
  g_clear_pointer (&DESK_GATE_PAGE (object)->settings, g_array_unref);
  G_OBJECT_CLASS (desk_gate_page_parent_class)->finalize (object);
}

static void
desk_gate_page_class_init (DeskGatePageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_gate_page_finalize;
  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_gate_page_refresh;
}

static void
desk_gate_page_init (DeskGatePage *self)
{
  for (guint gate = 0; gate < DESK_N_GATES; gate++)
    {
      self->groups[gate] = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (self->groups[gate], desk_gate_words_title (gate));
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), self->groups[gate]);
    }
}
