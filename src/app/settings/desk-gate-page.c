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
subtitle_of (const DeskGateRule *rule)
{
  if (rule->identity)
    return g_strdup (_("Always: nobody passes over whose blood and whose cells they are"));
  if (ages (rule) && rule->months > 0)
    return g_strdup_printf (g_dngettext (NULL, "Usual: not older than %d month; 0 for no limit", "Usual: not older than %d months; 0 for no limit", rule->months), rule->months);
  return g_strdup (ages (rule) ? _("Usual: no limit of age (0)") : "");
}

static GtkWidget *
make_row (DeskGatePage *self, const DeskGateRule *rule, guint index)
{
  g_autofree char *subtitle = subtitle_of (rule);
  GtkWidget *row = desk_setup_row_new (desk_gate_words_rule (rule->code), subtitle, "rule", index);
  gboolean writable = !desk_setup_page_get_read_only (DESK_SETUP_PAGE (self));

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
