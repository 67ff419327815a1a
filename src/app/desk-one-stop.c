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
