#include "desk-staff-page.h"

#include <glib/gi18n.h>

#include "desk-clinics.h"
#include "desk-secret-dialog.h"
#include "desk-setup-row.h"
#include "desk-setup.h"
#include "desk-toast.h"
#include "desk-words.h"

struct _DeskStaffPage
{
  DeskSetupPage parent_instance;

  AdwPreferencesGroup *people, *adding;
  AdwEntryRow *name, *name_ja;
  AdwComboRow *role;
};

G_DEFINE_FINAL_TYPE (DeskStaffPage, desk_staff_page, DESK_TYPE_SETUP_PAGE)

typedef struct
{
  gint64 id;
  gboolean active;
} Change;

static gboolean
change_work (DeskDb *db, gpointer data, GError **error)
{
  const Change *change = data;

  return desk_staff_set_active (db, change->id, change->active, g_get_real_time () / G_USEC_PER_SEC, error);
}

static void
action_set_active (GtkWidget *widget, const char *name, GVariant *target)
{
  Change *change = g_new (Change, 1);
  gint32 active;

  g_variant_get (target, "(xb)", &change->id, &active);
  change->active = active;
  desk_setup_page_run (DESK_SETUP_PAGE (widget), change_work, change, g_free, NULL);
}

static void
action_pin (GtkWidget *widget, const char *name, GVariant *target)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  desk_secret_dialog_show (GTK_WINDOW (root), desk_setup_page_get_session (DESK_SETUP_PAGE (widget)), g_variant_get_int64 (target));
}

static GtkWidget *
pin_button (const DeskStaff *staff)
{
  GtkWidget *button = gtk_button_new_with_label (_("PIN…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Set the PIN this person signs with"));
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "staff.pin");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", staff->id);
  return button;
}

static GtkWidget *
row_new (DeskStaffPage *self, const DeskStaff *staff)
{
  const char *role = desk_words ("role", staff->role);
  g_autofree char *title
      = *staff->name_ja ? g_strdup_printf ("%s · %s", staff->name, staff->name_ja) : g_strdup (staff->name);
  g_autofree char *subtitle = staff->active ? g_strdup (role) : g_strdup_printf (_("%s · retired"), role);
  GtkWidget *row = desk_setup_row_new (title, subtitle, "staff", staff->id);
  GtkWidget *button = gtk_button_new_with_label (staff->active ? _("Retire") : _("Bring Back"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "staff.set-active");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(xb)", staff->id, !staff->active);
  if (!staff->active)
    gtk_widget_add_css_class (row, "dim-label");
  if (!desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)) && staff->active)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), pin_button (staff));
  if (!desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  else
    g_object_unref (g_object_ref_sink (button));
  return row;
}

static void
desk_staff_page_refresh (DeskSetupPage *page)
{
  DeskStaffPage *self = DESK_STAFF_PAGE (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) staff = desk_staff_list (desk_setup_page_get_reader (page), FALSE, &error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  gtk_widget_set_visible (GTK_WIDGET (self->adding), !desk_setup_page_get_read_only (page));
  if (!staff)
    {
      desk_setup_page_say_error (page, self->people, error);
      return;
    }
  for (int active = 1; active >= 0; active--)
    for (guint i = 0; i < staff->len; i++)
      if (((DeskStaff *) g_ptr_array_index (staff, i))->active == active)
        g_ptr_array_add (rows, row_new (self, g_ptr_array_index (staff, i)));
  adw_preferences_group_set_description (
      self->people,
      staff->len == 0 ? _("Nobody yet. Whoever works at this desk signs with their name: add the first person here.")
                      : _("Retired people stay in the records they have signed."));
  desk_setup_page_set_rows (page, self->people, rows);
}

static gboolean
add_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_staff_add (db, data, error);
}

static void
on_added (DeskSetupPage *page, gpointer data, const GError *error)
{
  DeskStaffPage *self = DESK_STAFF_PAGE (page);

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
  DeskStaffPage *self = DESK_STAFF_PAGE (widget);
  g_autoptr (DeskStaff) staff = g_new0 (DeskStaff, 1);
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  if (desk_setup_page_is_busy (DESK_SETUP_PAGE (self)) || desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)))
    return;
  staff->name = desk_setup_row_dup_text (self->name);
  staff->name_ja = desk_setup_row_dup_text (self->name_ja);
  staff->role = g_strdup (desk_setup_row_get_role (self->role));
  staff->active = TRUE;
  desk_staff_check (staff, problems);
  desk_setup_row_show_problem (ADW_PREFERENCES_ROW (self->name), problems, "name");
  desk_setup_row_show_problem (ADW_PREFERENCES_ROW (self->name_ja), problems, "name_ja");
  if (desk_problems_block (problems))
    gtk_widget_grab_focus (GTK_WIDGET (desk_problems_find (problems, "name") ? self->name : self->name_ja));
  else
    desk_setup_page_run (DESK_SETUP_PAGE (self), add_work, g_steal_pointer (&staff), (GDestroyNotify) desk_staff_free,
                         on_added);
}

static void
on_enter (DeskStaffPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "staff.add", NULL);
}

static void
desk_staff_page_class_init (DeskStaffPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_staff_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-staff-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskStaffPage, people);
  gtk_widget_class_bind_template_child (widget_class, DeskStaffPage, adding);
  gtk_widget_class_bind_template_child (widget_class, DeskStaffPage, name);
  gtk_widget_class_bind_template_child (widget_class, DeskStaffPage, name_ja);
  gtk_widget_class_bind_template_child (widget_class, DeskStaffPage, role);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_install_action (widget_class, "staff.add", NULL, action_add);
  gtk_widget_class_install_action (widget_class, "staff.pin", "x", action_pin);
  gtk_widget_class_install_action (widget_class, "staff.set-active", "(xb)", action_set_active);
}

static void
desk_staff_page_init (DeskStaffPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  desk_setup_row_fill_roles (self->role);
}
