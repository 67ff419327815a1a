#include "desk-pinboard.h"

#include <glib/gi18n.h>

#include "desk-book-words.h"
#include "desk-label.h"
#include "desk-pin-acts.h"
#include "desk-words.h"

struct _DeskPinboard
{
  AdwBin parent_instance;

  DeskPage *page;    /* lent: it is around the board */
  GPtrArray *visits; /* of DeskVisit; the children point into it */

  GtkLabel *title;
  GtkFlowBox *pins;
};

enum
{
  PLACED,
  SHOWN,
  LEFT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskPinboard, desk_pinboard, ADW_TYPE_BIN)

static const DeskVisit *
visit_of (GtkWidget *child)
{
  return child ? g_object_get_data (G_OBJECT (child), "visit") : NULL;
}

static void
on_remove (GtkButton *button, DeskPinboard *self)
{
  const DeskVisit *visit = visit_of (gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_FLOW_BOX_CHILD));

  desk_pin_act (GTK_WIDGET (self->page), desk_page_get_session (self->page), visit, FALSE);
}

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, GtkWidget *child)
{
  return gdk_content_provider_new_typed (G_TYPE_INT64, visit_of (child)->id);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, GtkWidget *child)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (child);

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static GtkWidget *
make_child (DeskPinboard *self, const DeskBookBoard *board, const DeskVisit *visit)
{
  GtkWidget *child = gtk_flow_box_child_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6),
            *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  GtkDragSource *drag = gtk_drag_source_new ();
  const DeskVisitType *type = desk_book_board_type (board, visit->type);
  g_autofree char *when = desk_words_when (visit->starts_at, board->zone);
  g_autofree char *what = g_strdup_printf ("%s · %s", type ? desk_book_type_name (type) : visit->type, when);
  g_autofree char *sentence = g_strdup_printf ("%s, %s", visit->patient_name, what);
  GtkWidget *name = desk_label_new (visit->patient_name, "heading"), *line = desk_label_new (what, "caption");

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (line), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), line);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_focusable (remove, FALSE);
  gtk_widget_set_sensitive (remove, !desk_page_get_read_only (self->page));
  gtk_widget_set_tooltip_text (remove, _("Take off the pinboard (Delete)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Take off the pinboard (Delete)"), -1);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove), self);
  gtk_box_append (GTK_BOX (box), remove);
  gtk_widget_add_css_class (box, "pin");
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_set_tooltip_text (child, sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  g_object_set_data (G_OBJECT (child), "visit", (gpointer) visit);
  if (!desk_page_get_read_only (self->page))
    {
      gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
      g_signal_connect (drag, "prepare", G_CALLBACK (on_prepare), child);
      g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), child);
      gtk_widget_add_controller (child, GTK_EVENT_CONTROLLER (drag));
    }
  else
    g_object_unref (drag);
  return child;
}

static GtkFlowBoxChild *
focused (DeskPinboard *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self->pins));

  return child ? GTK_FLOW_BOX_CHILD (child) : NULL;
}

/* Reads the board again, keeping the focus where it was. */
gboolean
desk_pinboard_refresh (DeskPinboard *self, DeskPage *page, const DeskBookBoard *board, GError **error)
{
  GPtrArray *visits = desk_pin_list (desk_page_get_reader (page), error);
  int index = self->visits && focused (self) ? gtk_flow_box_child_get_index (focused (self)) : -1;
  GtkWidget *child;

  if (!visits)
    return FALSE;
  self->page = page;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pins))))
    gtk_flow_box_remove (self->pins, child);
  g_clear_pointer (&self->visits, g_ptr_array_unref);
  self->visits = visits;
  for (guint i = 0; i < visits->len; i++)
    gtk_flow_box_append (self->pins, make_child (self, board, visits->pdata[i]));

  g_autofree char *title = g_strdup_printf (_("Pinboard (%u)"), visits->len);
  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self), visits->len > 0);
  if (index >= 0 && visits->len > 0)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_flow_box_get_child_at_index (self->pins, MIN (index, (int) visits->len - 1))));
  else if (index >= 0)
    g_signal_emit (self, signals[LEFT], 0);
  return TRUE;
}

/* The pinned visit of that number as it is stored, lent; NULL when it is not on the board. */
const DeskVisit *
desk_pinboard_find (DeskPinboard *self, gint64 visit_id)
{
  for (guint i = 0; self->visits && i < self->visits->len; i++)
    if (((const DeskVisit *) self->visits->pdata[i])->id == visit_id)
      return self->visits->pdata[i];
  return NULL;
}

/* Puts the focus on the first pin; FALSE when there is none. */
gboolean
desk_pinboard_focus (DeskPinboard *self)
{
  GtkFlowBoxChild *first = gtk_flow_box_get_child_at_index (self->pins, 0);

  return first && gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
on_activated (DeskPinboard *self, GtkFlowBoxChild *child)
{
  g_signal_emit (self, signals[PLACED], 0, visit_of (GTK_WIDGET (child))->id);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, DeskPinboard *self)
{
  const DeskVisit *visit = visit_of (GTK_WIDGET (focused (self)));

  if (key == GDK_KEY_Escape)
    g_signal_emit (self, signals[LEFT], 0);
  else if (visit && (key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete || key == GDK_KEY_p) && !desk_page_get_read_only (self->page))
    desk_pin_act (GTK_WIDGET (self->page), desk_page_get_session (self->page), visit, FALSE);
  else if (visit && key == GDK_KEY_space)
    g_signal_emit (self, signals[SHOWN], 0, visit->id);
  else
    return FALSE;
  return TRUE;
}

static void
desk_pinboard_finalize (GObject *object)
{
  g_clear_pointer (&DESK_PINBOARD (object)->visits, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_pinboard_parent_class)->finalize (object);
}

static void
desk_pinboard_class_init (DeskPinboardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_pinboard_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-pinboard.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPinboard, title);
  gtk_widget_class_bind_template_child (widget_class, DeskPinboard, pins);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_key);

  signals[PLACED] = g_signal_new ("placed", DESK_TYPE_PINBOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SHOWN] = g_signal_new ("shown", DESK_TYPE_PINBOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[LEFT] = g_signal_new ("left", DESK_TYPE_PINBOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_pinboard_init (DeskPinboard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
