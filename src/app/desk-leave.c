#include "desk-leave.h"

#include <glib/gi18n.h>

typedef struct
{
  DeskLeaveFunc discard;
  gpointer user_data;
  GDestroyNotify destroy;
} Leave;

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Leave *leave = user_data;

  if (g_str_equal (response, "discard"))
    leave->discard (leave->user_data);
}

static void
leave_free (gpointer data, GClosure *closure)
{
  Leave *leave = data;

  if (leave->destroy)
    leave->destroy (leave->user_data);
  g_free (leave);
}

/* Asks whether to keep editing, which is what Escape and Enter say, or to give up what was typed: then discard
 * is called. destroy frees user_data when the question has gone; may be NULL. */
void
desk_leave_ask (GtkWindow *parent, DeskLeaveFunc discard, gpointer user_data, GDestroyNotify destroy)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Keep What You Typed?"), _("The form has changes that are not saved."));
  Leave *leave = g_new (Leave, 1);

  *leave = (Leave){ discard, user_data, destroy };
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _("_Keep Editing"), "discard", _("_Discard Changes"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), leave, leave_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
