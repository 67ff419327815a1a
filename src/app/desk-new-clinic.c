#include "desk-new-clinic.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-passphrase-fields.h"
#include "desk-setup-row.h"
#include "desk-setup.h"
#include "desk-vault-key.h"
#include "desk-words.h"

struct _DeskNewClinic
{
  AdwWindow parent_instance;

  DeskOpened opened;
  gpointer user_data;
  char *path;        /* chosen by hand; NULL: made of the clinic's name */
  gboolean creating; /* a second Enter makes no second file */

  AdwEntryRow *clinic, *clinic_ja, *person, *person_ja;
  AdwComboRow *role;
  AdwActionRow *file;
  DeskPassphraseFields *passphrase;
  GtkLabel *message;
  GtkWidget *create;
};

G_DEFINE_FINAL_TYPE (DeskNewClinic, desk_new_clinic, ADW_TYPE_WINDOW)

typedef struct
{
  char *path, *passphrase;
  DeskClinic *clinic;
  DeskStaff *first;
  DeskVaultKey *key; /* once it is made */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  desk_vault_wipe (order->passphrase);
  desk_vault_key_unref (order->key);
  g_free (order->passphrase);
  g_free (order->path);
  desk_clinic_free (order->clinic);
  desk_staff_free (order->first);
  g_free (order);
}

/* The file that will be made; the caller frees it. */
static char *
dup_path (DeskNewClinic *self)
{
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *name = desk_setup_row_dup_text (self->clinic);

  if (self->path)
    return g_strdup (self->path);
  g_strdelimit (name, "/\\:*?\"<>|", '-');
  while (*name == '.')
    memmove (name, name + 1, strlen (name));
  g_autofree char *file = g_strconcat (*name ? name : _("Clinic"), ".uketsuke", NULL);
  return g_build_filename (folder ? folder : g_get_home_dir (), file, NULL);
}

static void
show_file (DeskNewClinic *self)
{
  g_autofree char *path = dup_path (self);
  g_autofree char *words = g_filename_display_name (path);

  adw_action_row_set_subtitle (self->file, words);
}

/* Puts the clinic's file at that path. */
void
desk_new_clinic_set_path (DeskNewClinic *self, const char *path)
{
  g_free (self->path);
  self->path = g_str_has_suffix (path, ".uketsuke") ? g_strdup (path) : g_strconcat (path, ".uketsuke", NULL);
  show_file (self);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (DeskNewClinic) self = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      if (path)
        desk_new_clinic_set_path (self, path);
    }
  g_object_unref (dialog);
}

static void
action_choose (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskNewClinic *self = DESK_NEW_CLINIC (widget);
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (_("File of the New Clinic"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                     _("_Choose"), _("_Cancel"));
  g_autofree char *path = dup_path (self);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autoptr (GFile) folder_file = g_file_new_for_path (folder);

  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder_file, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), base);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_chosen), g_object_ref (self));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
say (DeskNewClinic *self, const char *words)
{
  gtk_label_set_label (self->message, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), words != NULL);
}

static void
create (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Order *order = data;
  GError *error = NULL;
  g_auto (DeskVaultLock) lock = { 0 };

  order->key = desk_vault_key_new ();
  if (desk_vault_key_wrap (order->key, order->passphrase, &lock, &error)
      && desk_clinic_create (order->path, order->clinic, order->first, &lock, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DeskNewClinic *self = DESK_NEW_CLINIC (source);
  Order *order = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  self->creating = FALSE;
  gtk_widget_set_sensitive (self->create, TRUE);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_autofree char *words = desk_words_error (error);

      say (self, words);
      return;
    }
  if (!parent)
    return;
  GtkApplication *application = gtk_window_get_application (parent);
  if (application)
    g_object_set_data_full (G_OBJECT (application), order->path, g_steal_pointer (&order->key), (GDestroyNotify) desk_vault_key_unref);
  desk_open_path (parent, order->path, "settings");
  DeskOpened opened = self->opened;
  gpointer opened_data = self->user_data;
  gtk_window_destroy (GTK_WINDOW (self));
  if (opened)
    opened (opened_data);
}

static Order *
collect (DeskNewClinic *self, DeskProblems *clinic_problems, DeskProblems *person_problems)
{
  Order *order = g_new0 (Order, 1);

  order->path = dup_path (self);
  order->clinic = g_new0 (DeskClinic, 1);
  order->clinic->name = desk_setup_row_dup_text (self->clinic);
  order->clinic->name_ja = desk_setup_row_dup_text (self->clinic_ja);
  order->clinic->closed_weekdays = g_strdup ("7");
  order->clinic->opens = 9 * 60;
  order->clinic->closes = 18 * 60;
  desk_clinic_tidy (order->clinic);
  order->first = g_new0 (DeskStaff, 1);
  order->first->name = desk_setup_row_dup_text (self->person);
  order->first->name_ja = desk_setup_row_dup_text (self->person_ja);
  order->first->role = g_strdup (desk_setup_row_get_role (self->role));
  order->first->active = TRUE;
  desk_clinic_check (order->clinic, clinic_problems);
  desk_staff_check (order->first, person_problems);
  return order;
}

static void
action_create (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskNewClinic *self = DESK_NEW_CLINIC (widget);
  g_autoptr (DeskProblems) of_clinic = desk_problems_new ();
  g_autoptr (DeskProblems) of_person = desk_problems_new ();

  if (self->creating)
    return;
  Order *order = collect (self, of_clinic, of_person);
  desk_setup_row_show_problem (ADW_PREFERENCES_ROW (self->clinic), of_clinic, "name");
  desk_setup_row_show_problem (ADW_PREFERENCES_ROW (self->clinic_ja), of_clinic, "name_ja");
  desk_setup_row_show_problem (ADW_PREFERENCES_ROW (self->person), of_person, "name");
  desk_setup_row_show_problem (ADW_PREFERENCES_ROW (self->person_ja), of_person, "name_ja");
  if (desk_problems_block (of_clinic) || desk_problems_block (of_person))
    {
      gtk_widget_grab_focus (GTK_WIDGET (desk_problems_block (of_clinic) ? self->clinic : self->person));
      order_free (order);
      return;
    }
  order->passphrase = desk_passphrase_fields_dup (self->passphrase);
  if (!order->passphrase)
    {
      order_free (order);
      return;
    }
  say (self, NULL);
  self->creating = TRUE;
  gtk_widget_set_sensitive (self->create, FALSE);
  g_autoptr (GTask) task = g_task_new (self, NULL, on_created, NULL);
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, create);
}

static void
desk_new_clinic_finalize (GObject *object)
{
  g_free (DESK_NEW_CLINIC (object)->path);
  G_OBJECT_CLASS (desk_new_clinic_parent_class)->finalize (object);
}

static void
desk_new_clinic_class_init (DeskNewClinicClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_new_clinic_finalize;
  g_type_ensure (DESK_TYPE_PASSPHRASE_FIELDS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-new-clinic.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskNewClinic, clinic);
  gtk_widget_class_bind_template_child (widget_class, DeskNewClinic, clinic_ja);
  gtk_widget_class_bind_template_child (widget_class, DeskNewClinic, person);
  gtk_widget_class_bind_template_child (widget_class, DeskNewClinic, person_ja);
  gtk_widget_class_bind_template_child (widget_class, DeskNewClinic, role);
  gtk_widget_class_bind_template_child (widget_class, DeskNewClinic, file);
  gtk_widget_class_bind_template_child (widget_class, DeskNewClinic, passphrase);
  gtk_widget_class_bind_template_child (widget_class, DeskNewClinic, message);
  gtk_widget_class_bind_template_child (widget_class, DeskNewClinic, create);
  gtk_widget_class_bind_template_callback (widget_class, show_file);
  gtk_widget_class_install_action (widget_class, "new-clinic.create", NULL, action_create);
  gtk_widget_class_install_action (widget_class, "new-clinic.choose", NULL, action_choose);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
desk_new_clinic_init (DeskNewClinic *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  desk_setup_row_fill_roles (self->role);
  show_file (self);
}

/* Asks for what a new clinic needs, makes and opens it; opened is called after that. Lent; it closes itself. */
DeskNewClinic *
desk_new_clinic_show (GtkWindow *parent, DeskOpened opened, gpointer user_data)
{
  DeskNewClinic *self = g_object_new (DESK_TYPE_NEW_CLINIC, "transient-for", parent, NULL);

  self->opened = opened;
  self->user_data = user_data;
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->clinic));
  return self;
}
