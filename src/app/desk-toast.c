#include "desk-toast.h"

#include <glib/gi18n.h>

#include "desk-undo.h"
#include "desk-words.h"

#define SECONDS 5
#define UNDO_SECONDS 10

/* What a message offers to do, other than taking back. */
typedef struct
{
  char *label;
  DeskUndoFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Offer;

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  if (offer->destroy)
    offer->destroy (offer->user_data);
  g_free (offer->label);
  g_free (offer);
}

/* Takes back what was done last, by Ctrl+Z; FALSE when there is nothing. */
gboolean
desk_toast_take_back (GtkWidget *window)
{
  return desk_undo_take (window, 0);
}

static void
on_button (AdwToast *toast, GtkWidget *overlay)
{
  GtkRoot *root = gtk_widget_get_root (overlay);
  Offer *offer = g_object_steal_data (G_OBJECT (toast), "offer");

  if (offer)
    {
      offer->func (offer->user_data);
      offer_free (offer);
    }
  else if (root)
    desk_undo_take (GTK_WIDGET (root), GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (toast), "act")));
}

static void
on_dismissed (AdwToast *toast, GtkWidget *overlay)
{
  guint timer = GPOINTER_TO_UINT (g_object_steal_data (G_OBJECT (toast), "timer"));

  if (timer)
    g_source_remove (timer);
  g_object_set_data (G_OBJECT (overlay), "toast", NULL);
}

static GtkWidget *
find_child (GtkWidget *widget, const char *type)
{
  GtkWidget *found = g_str_equal (G_OBJECT_TYPE_NAME (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_child (child, type);
  return found;
}

/* Whether the pointer or the focus is on the toast: who reads it or is about to press Undo is given time. */
static gboolean
is_looked_at (GtkWidget *overlay)
{
  GtkWidget *shown = find_child (overlay, "AdwToastWidget");

  return shown && (gtk_widget_get_state_flags (shown) & (GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_FOCUS_WITHIN)) != 0;
}

static gboolean
on_time (gpointer user_data)
{
  AdwToast *toast = user_data;
  GtkWidget *overlay = g_object_get_data (G_OBJECT (toast), "overlay");

  if (overlay && is_looked_at (overlay))
    return G_SOURCE_CONTINUE;
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

/* The overlay that widget stands in; for a window, the one in it. */
static GtkWidget *
overlay_of (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  return overlay || !GTK_IS_WINDOW (widget) ? overlay : find_child (widget, "AdwToastOverlay");
}

/* One toast at a time: a new message takes the place of the one that is shown, at once. (libadwaita 1.2 would
 * let it wait in a queue, and frees an animation twice when a toast goes while another comes.) */
static void
show (GtkWidget *widget, const char *text, guint act, Offer *offer)
{
  GtkWidget *overlay = overlay_of (widget);
  AdwToast *toast = overlay ? g_object_get_data (G_OBJECT (overlay), "toast") : NULL;
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (!overlay)
    {
      g_clear_pointer (&offer, offer_free);
      return;
    }
  if (toast)
    adw_toast_set_title (toast, escaped);
  else
    toast = adw_toast_new (escaped);
  g_object_set_data (G_OBJECT (toast), "act", GUINT_TO_POINTER (act));
  g_object_set_data_full (G_OBJECT (toast), "offer", offer, offer_free);
  adw_toast_set_button_label (toast, offer ? offer->label : act ? _("Undo") : NULL);
  if (!g_object_get_data (G_OBJECT (overlay), "toast"))
    {
      adw_toast_set_timeout (toast, 0);
      g_object_set_data (G_OBJECT (toast), "overlay", overlay);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_button), overlay, 0);
      g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_dismissed), overlay, 0);
      g_object_set_data_full (G_OBJECT (overlay), "toast", g_object_ref (toast), g_object_unref);
      adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
    }
  set_timer (toast, act || offer ? UNDO_SECONDS : SECONDS);
}

/* Says text, as it is, at the foot of the window that widget is in. */
void
desk_toast (GtkWidget *widget, const char *text)
{
  show (widget, text, 0, NULL);
}

/* The same with an Undo button (Ctrl+Z and the list of recent actions work too, also later): undo is a
 * void (*) (gpointer user_data), called at most once; destroy frees user_data when it is not needed any more. */
void
desk_toast_undo (GtkWidget *widget, const char *text, GCallback undo, gpointer user_data, GDestroyNotify destroy)
{
  GtkRoot *window = gtk_widget_get_root (widget);

  if (!window)
    {
      if (destroy)
        destroy (user_data);
      return;
    }
  show (widget, text, desk_undo_push (GTK_WIDGET (window), text, (DeskUndoFunc) undo, user_data, destroy), NULL);
}

/* The same with a button that does what the text offers: func is a void (*) (gpointer user_data), called at most once. */
void
desk_toast_offer (GtkWidget *widget, const char *text, const char *label, GCallback func, gpointer user_data, GDestroyNotify destroy)
{
  Offer *offer = g_new (Offer, 1);

  *offer = (Offer){ g_strdup (label), (DeskUndoFunc) func, user_data, destroy };
  show (widget, text, 0, offer);
}

/* Says what went wrong and what to do next. */
void
desk_toast_error (GtkWidget *widget, const GError *error)
{
  g_autofree char *text = desk_words_error (error);

  g_info ("shown to the user: %s (%s)", text, error->message);
  show (widget, text, 0, NULL);
}
