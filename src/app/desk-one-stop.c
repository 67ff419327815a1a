#include "desk-one-stop.h"

struct _DeskOneStop
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (DeskOneStop, desk_one_stop, ADW_TYPE_BIN)

static gboolean
desk_one_stop_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (tab && gtk_widget_get_focus_child (widget))
    return FALSE;
  return GTK_WIDGET_CLASS (desk_one_stop_parent_class)->focus (widget, direction);
}

static void
desk_one_stop_class_init (DeskOneStopClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = desk_one_stop_focus;
}

static void
desk_one_stop_init (DeskOneStop *self)
{
}

static gboolean
on_entry_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, GtkWidget *list)
{
  gboolean down = (key == GDK_KEY_Down || key == GDK_KEY_KP_Down) && !(state & gtk_accelerator_get_default_mod_mask ());

  return down && gtk_widget_grab_focus (list);
}

/* Lets Down leave the entry that searches a list for the list itself, whatever stands between them. Both are of one
 * template and go together. */
void
desk_one_stop_enter_from (GtkWidget *entry, GtkWidget *list)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_entry_key), list, 0);
  gtk_widget_add_controller (entry, keys);
}
