#include "desk-print-leave.h"

#include <glib/gi18n.h>

#include "desk-print-run.h"

static void
on_response (AdwMessageDialog *dialog, const char *response, DeskSession *session)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (!g_str_equal (response, "leave"))
    return;
  desk_print_runs_give_up (session);
  gtk_window_close (window);
}

/* Asks whether to wait for the papers that are at a printer, which is what Escape and Enter say. TRUE: it is asked, the
 * window stays; closed all the same, the register says of each that nobody knows how it ended. */
gboolean
desk_print_leave_ask (GtkWindow *window, DeskSession *session)
{
  guint n = desk_print_runs_open (session);

  if (n == 0)
    return FALSE;
  g_autofree char *title = g_strdup_printf (g_dngettext (NULL, "%u Paper Is Still at the Printer", "%u Papers Are Still at the Printer", n), n);
  GtkWidget *dialog = adw_message_dialog_new (window, title,
                                              _("Closed now, the register says that nobody knows whether it came out, and the next print is a copy."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "wait", _("_Wait"), "leave", _("_Close Now"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "leave", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "wait");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "wait");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), session, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}
