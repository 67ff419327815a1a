#include "desk-toast.h"

#include <glib/gi18n.h>

#include "desk-words.h"

typedef void (*UndoFunc) (gpointer user_data);

static AdwToast *
toast_new (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

static void
show (GtkWidget *widget, AdwToast *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (overlay)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

/* Says text, as it is, at the foot of the window that widget is in. */
void
desk_toast (GtkWidget *widget, const char *text)
{
  show (widget, toast_new (text));
}

/* The same with an Undo button (Ctrl+Z works too): undo is a void (*) (gpointer user_data), called at most
 * once; destroy frees user_data when the toast has gone. */
void
desk_toast_undo (GtkWidget *widget, const char *text, GCallback undo, gpointer user_data, GDestroyNotify destroy)
{
  AdwToast *toast = toast_new (text);
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));

  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_timeout (toast, 10);
  g_object_set_data_full (G_OBJECT (toast), "undo-data", user_data, destroy);
  g_signal_connect_swapped (toast, "button-clicked", undo, user_data);
  /* The window's Ctrl+Z presses the button of the newest. */
  if (window)
    g_object_set_data_full (G_OBJECT (window), "undo-toast", g_object_ref (toast), g_object_unref);
  show (widget, toast);
}

/* Says what went wrong and what to do next. */
void
desk_toast_error (GtkWidget *widget, const GError *error)
{
  g_autofree char *text = desk_words_error (error);

  g_info ("shown to the user: %s (%s)", text, error->message);
  show (widget, toast_new (text));
}
