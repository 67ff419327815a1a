#include "desk-toast.h"

#include <glib/gi18n.h>

#include "desk-words.h"

#define SECONDS 5
#define UNDO_SECONDS 10

typedef void (*UndoFunc) (gpointer user_data);

/* What one message can take back; called at most once. */
typedef struct
{
  UndoFunc undo;
  gpointer user_data;
  GDestroyNotify destroy;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  if (undo->destroy)
    undo->destroy (undo->user_data);
  g_free (undo);
}

/* Takes back what was done last, by the toast's button or Ctrl+Z; FALSE when there is nothing. */
gboolean
desk_toast_take_back (GtkWidget *window)
{
  Undo *undo = g_object_steal_data (G_OBJECT (window), "undo");

  if (!undo)
    return FALSE;
  undo->undo (undo->user_data);
  undo_free (undo);
  return TRUE;
}

static void
on_button (AdwToast *toast, GtkWidget *overlay)
{
  GtkRoot *root = gtk_widget_get_root (overlay);

  if (root)
    desk_toast_take_back (GTK_WIDGET (root));
}

static void
on_dismissed (AdwToast *toast, GtkWidget *overlay)
{
  guint timer = GPOINTER_TO_UINT (g_object_steal_data (G_OBJECT (toast), "timer"));

  if (timer)
    g_source_remove (timer);
  g_object_set_data (G_OBJECT (overlay), "toast", NULL);
}

static gboolean
on_time (gpointer user_data)
{
  AdwToast *toast = user_data;

  g_object_steal_data (G_OBJECT (toast), "timer");
  adw_toast_dismiss (toast);
  return G_SOURCE_REMOVE;
}

static void
set_timer (AdwToast *toast, guint seconds)
{
  guint timer = GPOINTER_TO_UINT (g_object_steal_data (G_OBJECT (toast), "timer"));

  if (timer)
    g_source_remove (timer);
  timer = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, seconds, on_time, g_object_ref (toast), g_object_unref);
  g_object_set_data (G_OBJECT (toast), "timer", GUINT_TO_POINTER (timer));
}

static GtkWidget *
find_overlay (GtkWidget *widget)
{
  GtkWidget *overlay = ADW_IS_TOAST_OVERLAY (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !overlay; child = gtk_widget_get_next_sibling (child))
    overlay = find_overlay (child);
  return overlay;
}

/* The overlay that widget stands in; for a window, the one in it. */
static GtkWidget *
overlay_of (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  return overlay || !GTK_IS_WINDOW (widget) ? overlay : find_overlay (widget);
}

/* One toast at a time: a new message takes the place of the one that is shown, at once. (libadwaita 1.2 would
 * let it wait in a queue, and frees an animation twice when a toast goes while another comes.) */
static void
show (GtkWidget *widget, const char *text, gboolean undo)
{
  GtkWidget *overlay = overlay_of (widget);
  AdwToast *toast = overlay ? g_object_get_data (G_OBJECT (overlay), "toast") : NULL;
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (!overlay)
    return;
  if (toast)
    adw_toast_set_title (toast, escaped);
  else
    toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, undo ? _("Undo") : NULL);
  if (!g_object_get_data (G_OBJECT (overlay), "toast"))
    {
      adw_toast_set_timeout (toast, 0);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_button), overlay, 0);
      g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_dismissed), overlay, 0);
      g_object_set_data_full (G_OBJECT (overlay), "toast", g_object_ref (toast), g_object_unref);
      adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
    }
  set_timer (toast, undo ? UNDO_SECONDS : SECONDS);
}

/* Says text, as it is, at the foot of the window that widget is in. */
void
desk_toast (GtkWidget *widget, const char *text)
{
  show (widget, text, FALSE);
}

/* The same with an Undo button (Ctrl+Z works too, also later): undo is a void (*) (gpointer user_data), called
 * at most once; destroy frees user_data when the next one has come or the window has gone. */
void
desk_toast_undo (GtkWidget *widget, const char *text, GCallback undo, gpointer user_data, GDestroyNotify destroy)
{
  GtkRoot *window = gtk_widget_get_root (widget);
  Undo *last = g_new (Undo, 1);

  *last = (Undo){ (UndoFunc) undo, user_data, destroy };
  if (!window)
    {
      undo_free (last);
      return;
    }
  g_object_set_data_full (G_OBJECT (window), "undo", last, undo_free);
  show (widget, text, TRUE);
}

/* Says what went wrong and what to do next. */
void
desk_toast_error (GtkWidget *widget, const GError *error)
{
  g_autofree char *text = desk_words_error (error);

  g_info ("shown to the user: %s (%s)", text, error->message);
  show (widget, text, FALSE);
}
