#include "desk-unneeded-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk-clinic-contents.h"
#include "desk-toast.h"
#include "desk-unneeded.h"

/* The session is held with the window, which may be closed while the worker is still at it. */
typedef struct
{
  GtkWindow *parent;
  DeskSession *session;
} Ask;

static Ask *
ask_new (GtkWindow *parent, DeskSession *session)
{
  Ask *ask = g_new (Ask, 1);

  *ask = (Ask){ g_object_ref (parent), g_object_ref (session) };
  return ask;
}

static void
ask_free (Ask *ask)
{
  g_object_unref (ask->parent);
  g_object_unref (ask->session);
  g_free (ask);
}

static void
ask_free_closure (gpointer data, GClosure *closure)
{
  ask_free (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ask, ask_free)

static char *
describe (const DeskUnneeded *unneeded)
{
  g_autofree char *size = g_format_size (unneeded->bytes);
  g_autofree char *items
      = g_strdup_printf (g_dngettext (NULL, "%u paper was put aside more than %d days ago.", "%u papers were put aside more than %d days ago.",
                                      unneeded->n_items),
                         (guint) unneeded->n_items, DESK_UNNEEDED_DAYS);
  g_autofree char *files = g_strdup_printf (g_dngettext (NULL, "%u file (%s) belongs to no paper of a patient and to nothing in the inbox.",
                                                         "%u files (%s) belong to no paper of a patient and to nothing in the inbox.",
                                                         unneeded->n_files),
                                            unneeded->n_files, size);

  return g_strdup_printf ("%s\n%s\n\n%s", items, files, _("What is removed cannot be brought back."));
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Ask) ask = user_data;
  g_autoptr (GError) error = NULL;
  DeskUnneeded unneeded;

  if (!desk_unneeded_finish (ask->session, result, &unneeded, &error))
    {
      desk_toast_error (GTK_WIDGET (ask->parent), error);
      return;
    }
  g_autofree char *size = g_format_size (unneeded.bytes);
  g_autofree char *words
      = g_strdup_printf (g_dngettext (NULL, "%u file removed (%s)", "%u files removed (%s)", unneeded.n_files), unneeded.n_files, size);
  desk_toast (GTK_WIDGET (ask->parent), words);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Ask *ask)
{
  if (g_str_equal (response, "remove"))
    desk_unneeded_remove_async (ask->session, desk_clinic_contents (ask->session), on_removed, ask_new (ask->parent, ask->session));
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Ask) ask = user_data;
  g_autoptr (GError) error = NULL;
  DeskUnneeded unneeded;

  if (!desk_unneeded_finish (ask->session, result, &unneeded, &error))
    {
      desk_toast_error (GTK_WIDGET (ask->parent), error);
      return;
    }
  if (unneeded.n_items == 0 && unneeded.n_files == 0)
    {
      desk_toast (GTK_WIDGET (ask->parent), _("There is nothing to remove."));
      return;
    }

  g_autofree char *words = describe (&unneeded);
  GtkWidget *dialog = adw_message_dialog_new (ask->parent, _("Remove Unneeded Contents?"), words);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), g_steal_pointer (&ask), ask_free_closure, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Counts first; the dialog comes when that is done. */
void
desk_unneeded_dialog_show (GtkWindow *parent, DeskSession *session)
{
  if (desk_session_get_read_only (session))
    desk_toast (GTK_WIDGET (parent), _("This clinic file can only be read."));
  else
    desk_unneeded_count_async (session, desk_clinic_contents (session), on_counted, ask_new (parent, session));
}
