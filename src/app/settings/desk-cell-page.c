#include "desk-cell-page.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "desk-cell-forms.h"
#include "desk-cell-settings.h"
#include "desk-day-words.h"
#include "desk-lots.h"
#include "desk-setup-row.h"
#include "desk-toast.h"
#include "desk-words.h"

enum { COLD, BEDSIDE, PEOPLE, PLANS, N_GROUPS };

struct _DeskCellPage
{
  DeskSetupPage parent_instance;

  AdwPreferencesGroup *tests, *devices, *groups[N_GROUPS];
  GtkWidget *add;
  GPtrArray *all_tests, *all_devices; /* as read last */
  gint64 values[DESK_N_CELL_SETTINGS];
};

G_DEFINE_FINAL_TYPE (DeskCellPage, desk_cell_page, DESK_TYPE_SETUP_PAGE)

/* What each number is, in plain words. */
static const struct
{
  int group;
  const char *title, *words;
} infos[DESK_N_CELL_SETTINGS] = {
  [DESK_CELL_OUT_OF_COLD] = { COLD, N_("Out of the cold"), N_("How long a frozen unit may be out of the cold over its whole life; after that it is held") },
  [DESK_CELL_THAW_LIMIT] = { BEDSIDE, N_("Thawed until the infusion"), N_("After this time a thawed dose is not given any more") },
  [DESK_CELL_DOSE_MIN] = { BEDSIDE, N_("Smallest dose"), N_("Viable cells of an infusion by the plan; less is questioned") },
  [DESK_CELL_DOSE_MAX] = { BEDSIDE, N_("Largest dose"), N_("Viable cells of an infusion by the plan; more is questioned") },
  [DESK_CELL_DMSO_PERCENT] = { BEDSIDE, N_("DMSO in a frozen dose"), N_("Share of the volume; what the patient gets of it is counted from this") },
  [DESK_CELL_DMSO_LIMIT] = { BEDSIDE, N_("DMSO in one day"), N_("The most by weight of the body that a patient gets in one day") },
  [DESK_CELL_BATH_MIN] = { BEDSIDE, N_("Bath at least"), N_("A colder bath is not opened for thawing") },
  [DESK_CELL_BATH_MAX] = { BEDSIDE, N_("Bath at most"), N_("A warmer bath is not opened for thawing") },
  [DESK_CELL_SHIP_MIN] = { COLD, N_("Shipment at least"), N_("Colder than this on the way, frozen units are held when they arrive") },
  [DESK_CELL_SHIP_MAX] = { COLD, N_("Shipment at most"), N_("Warmer than this on the way, frozen units are held when they arrive") },
  [DESK_CELL_RELEASE_BY_PHYSICIAN] = { PEOPLE, N_("Physicians release, too"), N_("Otherwise the people of quality alone; never who entered the results") },
  [DESK_CELL_CONSENT_NEEDED] = { PEOPLE, N_("Storing needs a consent"), N_("Without a consent to storing that stands, a frozen dose is not picked") },
  [DESK_CELL_CONSENT_WARN] = { PEOPLE, N_("Speak of a consent that ends"), N_("So long before its end it stands under what needs attention") },
  [DESK_CELL_OVERDUE] = { COLD, N_("In hand"), N_("After this time somebody is asked where a unit is") },
  [DESK_CELL_PLAN_FILED] = { PEOPLE, N_("Provision plan filed on"), N_("The reports every 60 days are counted from it; empty while it is not known") },
  [DESK_CELL_CULTURE_MIN] = { PLANS, N_("Culture at least"), N_("From the draw to the first harvest day, where the course says nothing else") },
  [DESK_CELL_CULTURE_MAX] = { PLANS, N_("Culture at most"), N_("Nothing is given fresh from a culture that is older") },
  [DESK_CELL_FRESH_DAYS] = { PLANS, N_("Fresh cells keep"), N_("From the harvest to the infusion; 0 for the same day") },
  [DESK_CELL_FRESH_PER_DRAW] = { PLANS, N_("Given fresh from one draw"), N_("The other doses are frozen; 0 where everything is frozen first") },
  [DESK_CELL_RELEASE_DAYS] = { PLANS, N_("Frozen doses are released after"), N_("From the harvest until the final tests are there") },
  [DESK_CELL_BANK_DAYS] = { PLANS, N_("Frozen doses keep"), N_("Counted from the draw; what a dose itself says is shorter or longer") },
  [DESK_CELL_YIELD] = { PLANS, N_("Doses of one draw"), N_("What a draw gives at most; 0 for as many as needed") },
  [DESK_CELL_PLAN_DRAWS] = { PLANS, N_("Draws of a mixed plan"), N_("How often blood is drawn at most; 0 for never") },
  [DESK_CELL_ARRIVAL] = { PLANS, N_("Arrival before the first visit"), N_("At least so long before it") },
  [DESK_CELL_DEPARTURE] = { PLANS, N_("Departure after the last visit"), N_("At least so long after it") },
  [DESK_CELL_HOME] = { PLANS, N_("At home between two trips"), N_("At least so long") },
};

/* How a setting is typed: the number of the file by so much, and what stands behind it. */
static const struct
{
  const char *code, *words;
  int scale;
} units[] = {
  { "seconds", N_("seconds"), 1 },  { "minutes", N_("minutes"), 1 },   { "days", N_("days"), 1 }, { "millions", N_("million cells"), 1 },
  { "tenth-degree", N_("°C"), 10 }, { "tenth-percent", N_("%"), 10 }, { "mg-kg", N_("mg per kg"), 1 },
  { "doses", N_("doses"), 1 },      { "draws", N_("draws"), 1 },
};

static guint
unit_of (const DeskCellSettingInfo *info)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (units[i].code, info->unit) == 0)
      return i;
  return 0;
}

/* ── saving ──────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskCellSetting setting;
  gint64 value;
} Change;

static gboolean
change_work (DeskDb *db, gpointer data, GError **error)
{
  const Change *change = data;

  return desk_cell_setting_set (db, change->setting, change->value, error);
}

static void
save (DeskCellPage *self, gpointer field, gint64 value)
{
  DeskCellSetting setting = GPOINTER_TO_UINT (g_object_get_data (field, "setting"));
  Change *change;

  if (self->values[setting] == value)
    return;
  change = g_new (Change, 1);
  *change = (Change){ setting, value };
  self->values[setting] = value;
  desk_setup_page_run (DESK_SETUP_PAGE (self), change_work, change, g_free, NULL);
}

static void
on_number (GtkSpinButton *spin, DeskCellPage *self)
{
  const DeskCellSettingInfo *info = desk_cell_setting_info (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (spin), "setting")));

  save (self, spin, llround (gtk_spin_button_get_value (spin) * units[unit_of (info)].scale));
}

static void
on_switch (GtkSwitch *toggle, GParamSpec *pspec, DeskCellPage *self)
{
  save (self, toggle, gtk_switch_get_active (toggle));
}

/* A day that cannot be read stays as it was typed, and nothing is saved. */
static void
read_day (GtkEntry *entry, DeskCellPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autofree char *iso = *text ? desk_day_read (text, DESK_DAY_ORDER_NONE, NULL) : NULL;
  DeskDay day = 0;
  gboolean good = *text == '\0' || (iso && desk_day_parse (iso, &day));

  if (good)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
      save (self, entry, day);
      return;
    }
  gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  desk_toast (GTK_WIDGET (self), _("Please write the date as 2026-04-03."));
}

static void
on_day_left (GtkEventControllerFocus *controller, DeskCellPage *self)
{
  read_day (GTK_ENTRY (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller))), self);
}

/* ── the numbers ─────────────────────────────────────────────────────────────────────────────── */

static GtkWidget *
day_field (DeskCellPage *self, gint64 value)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autofree char *day = value ? desk_day_format ((DeskDay) value) : g_strdup ("");

  gtk_editable_set_text (GTK_EDITABLE (entry), day);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 11);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "2026-04-03");
  g_signal_connect_object (entry, "activate", G_CALLBACK (read_day), self, 0);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_day_left), self, 0);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static GtkWidget *
number_field (DeskCellPage *self, const DeskCellSettingInfo *info, gint64 value)
{
  int scale = units[unit_of (info)].scale;
  GtkWidget *spin = gtk_spin_button_new_with_range ((double) info->low / scale, (double) info->high / scale, scale == 1 ? 1 : 0.5);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), scale == 1 ? 0 : 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), (double) value / scale);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (on_number), self, 0);
  return spin;
}

static GtkWidget *
switch_field (DeskCellPage *self, gint64 value)
{
  GtkWidget *toggle = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (toggle), value != 0);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (on_switch), self, 0);
  return toggle;
}

static char *
usual_words (const DeskCellSettingInfo *info)
{
  guint unit = unit_of (info);

  if (strcmp (info->unit, "yes-no") == 0 || strcmp (info->unit, "day") == 0)
    return g_strdup ("");
  return g_strdup_printf (_("Usual: %.*f %s"), units[unit].scale == 1 ? 0 : 1, (double) info->usual / units[unit].scale, _(units[unit].words));
}

static GtkWidget *
setting_row (DeskCellPage *self, DeskCellSetting setting)
{
  const DeskCellSettingInfo *info = desk_cell_setting_info (setting);
  g_autofree char *usual = usual_words (info);
  const char *facts[] = { _(infos[setting].words), usual };
  g_autofree char *subtitle = desk_words_facts (facts, *usual ? 2 : 1);
  GtkWidget *row = desk_setup_row_new (_(infos[setting].title), subtitle, "setting", setting);
  gboolean day = strcmp (info->unit, "day") == 0, yes_no = strcmp (info->unit, "yes-no") == 0;
  GtkWidget *field = day      ? day_field (self, self->values[setting])
                     : yes_no ? switch_field (self, self->values[setting])
                              : number_field (self, info, self->values[setting]);

  g_object_set_data (G_OBJECT (field), "setting", GUINT_TO_POINTER (setting));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (field, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (field, !desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, _(infos[setting].title), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), field);
  if (!day && !yes_no)
    {
      GtkWidget *unit = gtk_label_new (_(units[unit_of (info)].words));

      gtk_widget_add_css_class (unit, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), unit);
    }
  return row;
}

/* ── tests and devices ───────────────────────────────────────────────────────────────────────── */

static void
on_test (AdwActionRow *row, DeskCellPage *self)
{
  desk_cell_form_test (DESK_SETUP_PAGE (self), self->all_tests->pdata[GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index"))]);
}

static void
on_device (AdwActionRow *row, DeskCellPage *self)
{
  desk_cell_form_device (DESK_SETUP_PAGE (self), self->all_devices->pdata[GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index"))]);
}

static void
on_add (DeskCellPage *self)
{
  desk_cell_form_device (DESK_SETUP_PAGE (self), NULL);
}

static GtkWidget *
opening_row (DeskCellPage *self, const char *title, const char *subtitle, const char *kind, guint index, GCallback activated)
{
  GtkWidget *row = desk_setup_row_new (title, subtitle, kind, index);

  g_object_set_data (G_OBJECT (row), "index", GUINT_TO_POINTER (index));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), !desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (row, "activated", activated, self, 0);
  return row;
}

static void
show_tests (DeskCellPage *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < self->all_tests->len; i++)
    {
      const DeskLotTest *test = self->all_tests->pdata[i];
      g_autofree char *limit = desk_lot_test_limit (test);
      g_autofree char *days = test->days == 0 ? g_strdup (_("final on the same day"))
                                              : g_strdup_printf (g_dngettext (NULL, "final within %d day", "final within %d days", test->days), test->days);
      const char *facts[] = { *limit ? limit : _("no limit"), test->required ? _("needed for release") : _("not needed for release"),
                              test->late ? _("may come late") : "", days };
      g_autofree char *subtitle = desk_words_facts (facts, G_N_ELEMENTS (facts));

      g_ptr_array_add (rows, opening_row (self, desk_words ("test", test->code), subtitle, "test", i, G_CALLBACK (on_test)));
    }
  desk_setup_page_set_rows (DESK_SETUP_PAGE (self), self->tests, rows);
}

static void
show_devices (DeskCellPage *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < self->all_devices->len; i++)
    {
      const DeskDevice *device = self->all_devices->pdata[i];
      g_autofree char *day = desk_words_iso_day (device->due_on);
      g_autofree char *due = *day ? g_strdup_printf (_("calibration due %s"), day) : g_strdup ("");
      const char *facts[] = { desk_words ("device", device->kind), device->barcode, due, device->in_service ? "" : _("✕ out of service") };
      g_autofree char *subtitle = desk_words_facts (facts, G_N_ELEMENTS (facts));

      g_ptr_array_add (rows, opening_row (self, device->name, subtitle, "device", i, G_CALLBACK (on_device)));
    }
  adw_preferences_group_set_description (
      self->devices, rows->len ? NULL : _("Nothing yet. Add each bench, incubator and bath: a bath is needed before anything is thawed."));
  desk_setup_page_set_rows (DESK_SETUP_PAGE (self), self->devices, rows);
}

static void
desk_cell_page_refresh (DeskSetupPage *page)
{
  DeskCellPage *self = DESK_CELL_PAGE (page);
  g_autoptr (GError) error = NULL;
  DeskDb *db = desk_setup_page_get_reader (page);
  g_autoptr (GPtrArray) tests = desk_lot_tests (db, &error);
  g_autoptr (GPtrArray) devices = tests ? desk_device_list (db, &error) : NULL;

  if (!devices || !desk_cell_settings_load (db, self->values, &error))
    {
      desk_setup_page_say_error (page, self->tests, error);
      return;
    }
  g_clear_pointer (&self->all_tests, g_ptr_array_unref);
  g_clear_pointer (&self->all_devices, g_ptr_array_unref);
  self->all_tests = g_steal_pointer (&tests);
  self->all_devices = g_steal_pointer (&devices);
  gtk_widget_set_sensitive (self->add, !desk_setup_page_get_read_only (page));
  show_tests (self);
  show_devices (self);
  for (int group = 0; group < N_GROUPS; group++)
    {
      g_autoptr (GPtrArray) rows = g_ptr_array_new ();

      for (guint i = 0; i < DESK_N_CELL_SETTINGS; i++)
        if (infos[i].group == group)
          g_ptr_array_add (rows, setting_row (self, i));
      desk_setup_page_set_rows (page, self->groups[group], rows);
    }
}

static void
desk_cell_page_finalize (GObject *object)
{
  DeskCellPage *self = DESK_CELL_PAGE (object);

  g_clear_pointer (&self->all_tests, g_ptr_array_unref);
  g_clear_pointer (&self->all_devices, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_cell_page_parent_class)->finalize (object);
}

static void
desk_cell_page_class_init (DeskCellPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_cell_page_finalize;
  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_cell_page_refresh;
}

static AdwPreferencesGroup *
add_group (DeskCellPage *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

static void
desk_cell_page_init (DeskCellPage *self)
{
  self->tests = add_group (self, _("Tests of a Lot"));
  self->devices = add_group (self, _("Benches and Devices"));
  self->add = gtk_button_new_with_mnemonic (_("_Add…"));
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->add, _("Add a bench or device"));
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (on_add), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (self->devices, self->add);
  self->groups[BEDSIDE] = add_group (self, _("Thawing and Infusing"));
  self->groups[COLD] = add_group (self, _("In the Cold and on the Way"));
  self->groups[PEOPLE] = add_group (self, _("Release, Consent and Plan"));
  self->groups[PLANS] = add_group (self, _("Planning Trips"));
}
