#include "desk-free-times.h"

#include <glib/gi18n.h>

#include "desk-label.h"
#include "desk-words.h"

#define OF_THE_DAY 3
#define DAYS_AFTER 3
#define LOOK_AHEAD 60

struct _DeskFreeTimes
{
  AdwBin parent_instance;

  GPtrArray *slots; /* of DeskFreeSlot; the buttons point into it */
  GtkFlowBox *buttons;
};

static guint chosen;

G_DEFINE_FINAL_TYPE (DeskFreeTimes, desk_free_times, ADW_TYPE_BIN)

static void
on_clicked (GtkButton *button, DeskFreeTimes *self)
{
  g_autoptr (GPtrArray) slots = g_ptr_array_ref (self->slots); /* who hears of it may show others */

  g_signal_emit (self, chosen, 0, g_object_get_data (G_OBJECT (button), "slot"));
}

static void
add_button (DeskFreeTimes *self, const DeskFreeSlot *slot, GTimeZone *zone)
{
  g_autofree char *words = desk_words_when (slot->starts_at, zone);
  GtkWidget *button = gtk_button_new_with_label (words);

  g_object_set_data (G_OBJECT (button), "slot", (gpointer) slot);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_flow_box_append (self->buttons, button);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
}

/* Searches from search->first on; its last day and limit are set here. */
gboolean
desk_free_times_show (DeskFreeTimes *self, DeskDb *db, GTimeZone *zone, const DeskSlotSearch *search, gint64 now, GError **error)
{
  DeskSlotSearch today = *search, later = *search;
  GtkWidget *child;

  today.last = today.first;
  today.limit = OF_THE_DAY;
  later.first++;
  later.last = search->first + LOOK_AHEAD;
  later.limit = DAYS_AFTER;
  later.one_a_day = TRUE;
  g_autoptr (GPtrArray) slots = desk_free_slots (db, &today, now, error);
  g_autoptr (GPtrArray) after = slots ? desk_free_slots (db, &later, now, error) : NULL;
  if (!after)
    return FALSE;
  while (after->len)
    g_ptr_array_add (slots, g_ptr_array_steal_index (after, 0));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))))
    gtk_flow_box_remove (self->buttons, child);
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  self->slots = g_steal_pointer (&slots);
  for (guint i = 0; i < self->slots->len; i++)
    add_button (self, self->slots->pdata[i], zone);
  gtk_widget_set_visible (GTK_WIDGET (self), self->slots->len > 0);
  return TRUE;
}

static void
desk_free_times_finalize (GObject *object)
{
  g_clear_pointer (&DESK_FREE_TIMES (object)->slots, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_free_times_parent_class)->finalize (object);
}

static void
desk_free_times_class_init (DeskFreeTimesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_free_times_finalize;
  chosen = g_signal_new ("chosen", DESK_TYPE_FREE_TIMES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
desk_free_times_init (DeskFreeTimes *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *title = desk_label_new (_("Next free times"), "heading");

  self->buttons = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->buttons, GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (self->buttons, TRUE);
  gtk_flow_box_set_min_children_per_line (self->buttons, 3);
  gtk_flow_box_set_max_children_per_line (self->buttons, 6);
  gtk_flow_box_set_column_spacing (self->buttons, 6);
  gtk_flow_box_set_row_spacing (self->buttons, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Next free times"), -1);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->buttons));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
