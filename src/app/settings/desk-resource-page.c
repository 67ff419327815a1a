#include "desk-resource-page.h"

#include <glib/gi18n.h>

#include "desk-book.h"
#include "desk-clinics.h"
#include "desk-setup-row.h"
#include "desk-setup.h"
#include "desk-toast.h"
#include "desk-words.h"

static const char *const kinds[] = { "chair", "room" };

struct _DeskResourcePage
{
  DeskSetupPage parent_instance;

  AdwPreferencesGroup *places, *adding, *people;
  AdwComboRow *kind;
  AdwEntryRow *name, *name_ja;
};

G_DEFINE_FINAL_TYPE (DeskResourcePage, desk_resource_page, DESK_TYPE_SETUP_PAGE)

typedef struct
{
  gint64 id;        /* of a room or chair */
  DeskStaff *staff; /* or a person */
  gboolean active;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  desk_staff_free (change->staff);
  g_free (change);
}

static gboolean
change_work (DeskDb *db, gpointer data, GError **error)
{
  const Change *change = data;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  return change->staff ? desk_staff_set_bookable (db, change->staff, change->active, now, error)
                       : desk_resource_set_active (db, change->id, change->active, now, error);
}

static Change *
change_new (gint64 id, const DeskStaff *staff)
{
  Change *change = g_new0 (Change, 1);

  change->id = id;
  if (staff)
    {
      change->staff = g_new0 (DeskStaff, 1);
      change->staff->id = staff->id;
      change->staff->name = g_strdup (staff->name);
      change->staff->name_ja = g_strdup (staff->name_ja);
    }
  return change;
}

static void
on_switched (GtkSwitch *toggle, GParamSpec *pspec, DeskResourcePage *self)
{
  const Change *known = g_object_get_data (G_OBJECT (toggle), "change");
  Change *change = change_new (known->id, known->staff);

  change->active = gtk_switch_get_active (toggle);
  desk_setup_page_run (DESK_SETUP_PAGE (self), change_work, change, change_free, NULL);
}

/* A row with a switch; takes the change it makes. */
static GtkWidget *
row_new (DeskResourcePage *self, const char *title, const char *subtitle, gboolean active, Change *change)
{
  GtkWidget *row = desk_setup_row_new (title, subtitle, change->staff ? "staff" : "place",
                                       change->staff ? change->staff->id : change->id);
  GtkWidget *toggle = gtk_switch_new ();

  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (toggle), active);
  gtk_widget_set_sensitive (toggle, !desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)));
  gtk_widget_set_tooltip_text (toggle, _("Shown in the book"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (toggle), "change", change, change_free);
  g_signal_connect (toggle, "notify::active", G_CALLBACK (on_switched), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  return row;
}

static void
show_places (DeskResourcePage *self, const GPtrArray *resources)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < resources->len; i++)
    {
      const DeskResource *resource = g_ptr_array_index (resources, i);

      if (!resource->staff_id)
        g_ptr_array_add (rows, row_new (self, desk_words_pick (resource->name, resource->name_ja),
                                        desk_words ("resource", resource->kind), resource->active,
                                        change_new (resource->id, NULL)));
    }
  adw_preferences_group_set_description (
      self->places, rows->len == 0 ? _("Nothing yet. Visits are booked into rooms and chairs: add each of them here.")
                                   : _("Switched off, it is no longer a column of the book."));
  desk_setup_page_set_rows (DESK_SETUP_PAGE (self), self->places, rows);
}

static gboolean
is_bookable (const GPtrArray *resources, gint64 staff_id)
{
  for (guint i = 0; i < resources->len; i++)
    {
      const DeskResource *resource = g_ptr_array_index (resources, i);

      if (resource->staff_id == staff_id)
        return resource->active;
    }
  return FALSE;
}

static void
show_people (DeskResourcePage *self, const GPtrArray *resources, const GPtrArray *staff)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < staff->len; i++)
    {
      const DeskStaff *person = g_ptr_array_index (staff, i);

      g_ptr_array_add (rows, row_new (self, desk_words_pick (person->name, person->name_ja),
                                      desk_words ("role", person->role), is_bookable (resources, person->id),
                                      change_new (0, person)));
    }
  adw_preferences_group_set_description (
      self->people, rows->len == 0 ? _("Add the people of the clinic first.")
                                   : _("Physicians and nurses whose time is booked, as rooms and chairs are."));
  desk_setup_page_set_rows (DESK_SETUP_PAGE (self), self->people, rows);
}

static void
desk_resource_page_refresh (DeskSetupPage *page)
{
  DeskResourcePage *self = DESK_RESOURCE_PAGE (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) resources = desk_resource_list (desk_setup_page_get_reader (page), &error);
  g_autoptr (GPtrArray) staff = resources ? desk_staff_list (desk_setup_page_get_reader (page), TRUE, &error) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->adding), !desk_setup_page_get_read_only (page));
  if (!staff)
    {
      desk_setup_page_say_error (page, self->places, error);
      return;
    }
  show_places (self, resources);
  show_people (self, resources, staff);
}

static gboolean
add_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_resource_add (db, data, error);
}

static void
on_added (DeskSetupPage *page, gpointer data, const GError *error)
{
  DeskResourcePage *self = DESK_RESOURCE_PAGE (page);

  if (error)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  gtk_editable_set_text (GTK_EDITABLE (self->name_ja), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static void
action_add (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskResourcePage *self = DESK_RESOURCE_PAGE (widget);
  guint selected = adw_combo_row_get_selected (self->kind);
  g_autofree char *typed = desk_setup_row_dup_text (self->name);

  if (desk_setup_page_is_busy (DESK_SETUP_PAGE (self)) || desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)))
    return;
  desk_setup_row_say (ADW_PREFERENCES_ROW (self->name), *typed ? NULL : _("Please fill this in."), FALSE);
  if (!*typed)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->name));
      return;
    }

  DeskResource *resource = g_new0 (DeskResource, 1);
  resource->kind = g_strdup (kinds[selected < G_N_ELEMENTS (kinds) ? selected : 0]);
  resource->name = g_steal_pointer (&typed);
  resource->name_ja = desk_setup_row_dup_text (self->name_ja);
  desk_setup_page_run (DESK_SETUP_PAGE (self), add_work, resource, (GDestroyNotify) desk_resource_free, on_added);
}

static void
on_enter (DeskResourcePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "resource.add", NULL);
}

static void
desk_resource_page_class_init (DeskResourcePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_resource_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-resource-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskResourcePage, places);
  gtk_widget_class_bind_template_child (widget_class, DeskResourcePage, adding);
  gtk_widget_class_bind_template_child (widget_class, DeskResourcePage, people);
  gtk_widget_class_bind_template_child (widget_class, DeskResourcePage, kind);
  gtk_widget_class_bind_template_child (widget_class, DeskResourcePage, name);
  gtk_widget_class_bind_template_child (widget_class, DeskResourcePage, name_ja);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_install_action (widget_class, "resource.add", NULL, action_add);
}

static void
desk_resource_page_init (DeskResourcePage *self)
{
  g_autoptr (GListModel) names = desk_words_list ("resource", kinds, G_N_ELEMENTS (kinds));

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->kind, names);
}
