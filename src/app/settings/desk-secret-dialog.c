#include "desk-secret-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-clinics.h"
#include "desk-sign.h"
#include "desk-toast.h"
#include "desk-vault-key.h"
#include "desk-words.h"

struct _DeskSecretDialog
{
  AdwWindow parent_instance;

  DeskSession *session;
  gint64 staff_id;
  GArray *ids; /* who may allow it, as in the list */
  AdwComboRow *by;
  GtkEditable *old, *secret, *again;
  GtkLabel *problem;
  GtkWidget *ok;
};

G_DEFINE_FINAL_TYPE (DeskSecretDialog, desk_secret_dialog, ADW_TYPE_WINDOW)

typedef struct
{
  gint64 staff_id, by;
  char *secret, *old;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  desk_vault_wipe (job->secret);
  desk_vault_wipe (job->old);
  g_free (job->secret);
  g_free (job->old);
  g_free (job);
}

static gboolean
set_work (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return desk_sign_set_secret (db, job->staff_id, job->secret, job->by, job->old, error);
}

static void
say (DeskSecretDialog *self, const char *words)
{
  gtk_label_set_text (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), *words != '\0');
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskSecretDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->ok, TRUE);
  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    {
      g_autofree char *words = desk_words_error (error);

      say (self, words);
      gtk_editable_set_text (self->old, "");
      return;
    }
  desk_toast (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))), _("The PIN is set."));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
action_set (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskSecretDialog *self = DESK_SECRET_DIALOG (widget);
  Job *job;

  if (!gtk_widget_get_sensitive (self->ok))
    return;
  if (strcmp (gtk_editable_get_text (self->secret), gtk_editable_get_text (self->again)) != 0)
    {
      say (self, _("The two are not the same."));
      gtk_widget_grab_focus (GTK_WIDGET (self->again));
      return;
    }
  say (self, "");
  gtk_widget_set_sensitive (self->ok, FALSE);
  job = g_new0 (Job, 1);
  job->staff_id = self->staff_id;
  job->by = g_array_index (self->ids, gint64, adw_combo_row_get_selected (self->by));
  job->secret = g_strdup (gtk_editable_get_text (self->secret));
  job->old = g_strdup (gtk_editable_get_text (self->old));
  desk_session_run_async (self->session, set_work, job, job_free, NULL, on_set, g_object_ref (self));
}

static void
on_entered (DeskSecretDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "secret.set", NULL);
}

static GtkEditable *
add_secret (DeskSecretDialog *self, AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (on_entered), self);
  return GTK_EDITABLE (row);
}

/* The person, and every manager. */
static void
fill_allowing (DeskSecretDialog *self, AdwPreferencesGroup *group)
{
  g_autoptr (GPtrArray) staff = desk_staff_list (desk_session_reader (self->session), TRUE, NULL);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (int own = 1; own >= 0; own--)
    for (guint i = 0; staff && i < staff->len; i++)
      {
        const DeskStaff *person = staff->pdata[i];

        if (own != (person->id == self->staff_id) || (!own && strcmp (person->role, "manager") != 0))
          continue;
        g_autofree char *line = g_strdup_printf ("%s · %s", desk_words_pick (person->name, person->name_ja), desk_words ("role", person->role));
        gtk_string_list_append (list, line);
        g_array_append_val (self->ids, person->id);
        if (own)
          adw_preferences_group_set_title (group, desk_words_pick (person->name, person->name_ja));
      }
  adw_combo_row_set_model (self->by, G_LIST_MODEL (list));
}

static void
build (DeskSecretDialog *self)
{
  GtkWidget *bar = adw_header_bar_new (), *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  self->by = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->by), _("Allowed by"));
  fill_allowing (self, group);
  adw_preferences_group_set_description (group, _("Six digits or more, or a passphrase. Nobody can read it back; a manager can set another one."));
  self->secret = add_secret (self, group, _("New PIN"));
  self->again = add_secret (self, group, _("Once more"));
  adw_preferences_group_add (group, GTK_WIDGET (self->by));
  self->old = add_secret (self, group, _("Present PIN of that person (none for the very first)"));
  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  self->ok = gtk_button_new_with_mnemonic (_("_Set PIN"));
  gtk_widget_add_css_class (self->ok, "suggested-action");
  gtk_widget_set_halign (self->ok, GTK_ALIGN_END);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->ok), "secret.set");
  gtk_box_append (GTK_BOX (inside), GTK_WIDGET (group));
  gtk_box_append (GTK_BOX (inside), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (inside), self->ok);
  gtk_widget_set_margin_start (inside, 18);
  gtk_widget_set_margin_end (inside, 18);
  gtk_widget_set_margin_top (inside, 6);
  gtk_widget_set_margin_bottom (inside, 18);
  gtk_box_append (GTK_BOX (all), bar);
  gtk_box_append (GTK_BOX (all), inside);
  adw_window_set_content (ADW_WINDOW (self), all);
}

static void
desk_secret_dialog_dispose (GObject *object)
{
  DeskSecretDialog *self = DESK_SECRET_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->ids, g_array_unref);
  G_OBJECT_CLASS (desk_secret_dialog_parent_class)->dispose (object);
}

static void
desk_secret_dialog_class_init (DeskSecretDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_secret_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "secret.set", NULL, action_set);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
desk_secret_dialog_init (DeskSecretDialog *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
}

/* Asks for the PIN of a person. */
DeskSecretDialog *
desk_secret_dialog_show (GtkWindow *parent, DeskSession *session, gint64 staff_id)
{
  DeskSecretDialog *self = g_object_new (DESK_TYPE_SECRET_DIALOG, "transient-for", parent, "modal", TRUE, "title", _("PIN"),
                                         "default-width", 460, NULL);

  self->session = g_object_ref (session);
  self->staff_id = staff_id;
  build (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->secret));
  return self;
}
