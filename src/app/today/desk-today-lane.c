#include "desk-today-lane.h"

#include <glib/gi18n.h>

#include "desk-bedside-window.h"
#include "desk-clock-words.h"
#include "desk-label.h"
#include "desk-list-fill.h"
#include "desk-row-text.h"
#include "desk-words.h"

struct _DeskTodayLane
{
  AdwBin parent_instance;

  DeskPage *page; /* around it; not owned */

  GtkLabel *title;
  GtkLabel *count;
  GtkListBox *list;
  GtkLabel *empty;
};

enum
{
  OPENED,
  STEPPED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskTodayLane, desk_today_lane, ADW_TYPE_BIN)

static gint64
row_id (GtkWidget *row)
{
  gint64 *id = row ? g_object_get_data (G_OBJECT (row), "visit") : NULL;

  return id ? *id : 0;
}

static void
on_step_clicked (GtkButton *button, DeskTodayLane *self)
{
  g_signal_emit (self, signals[STEPPED], 0, row_id (gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW)));
}

static void
on_bedside_clicked (GtkButton *button, DeskTodayLane *self)
{
  gint64 id = row_id (gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW));

  desk_bedside_window_show (desk_window_of (GTK_WIDGET (self)), id);
}

static char *
facts_of (const DeskVisit *visit, DeskPage *page)
{
  g_autoptr (GString) text = g_string_new (desk_page_visit_type (page, visit->type));
  int waiting = desk_visit_waiting_minutes (visit, g_get_real_time () / G_USEC_PER_SEC);

  g_string_append_printf (text, "  ·  %s", desk_words ("visit-status", visit->status));
  if (waiting >= 0)
    {
      guint minutes = (guint) waiting;
      g_autofree char *since = desk_words_time (visit->arrived_at ? visit->arrived_at : visit->status_since, desk_page_get_zone (page));

      g_string_append (text, waiting >= DESK_WAIT_ALERT_MINUTES ? "  ·  ⚠ " : "  ·  ");
      if (minutes < 120)
        g_string_append_printf (text, g_dngettext (NULL, "waiting %u minute", "waiting %u minutes", minutes), minutes);
      else
        g_string_append_printf (text, _("waiting since %s"), since);
    }
  g_autofree char *theirs = desk_clock_theirs (visit);
  if (theirs)
    g_string_append_printf (text, "  ·  %s", theirs);
  if (visit->dose_number)
    g_string_append_printf (text, "  ·  %s%s", visit->biohazard ? "☣ " : "", visit->dose_number);
  if (visit->languages && *visit->languages)
    {
      g_autofree char *languages = desk_words_languages (visit->languages);

      g_string_append_printf (text, "  ·  %s", languages);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_row (gconstpointer thing, gpointer user_data)
{
  DeskTodayLane *self = user_data;
  DeskPage *page = self->page;
  const DeskVisit *visit = thing;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = desk_row_text_new (DESK_ROW_TEXT_BESIDE_DIM);
  g_autofree char *time = desk_words_time (visit->starts_at, desk_page_get_zone (page));
  g_autofree char *facts = facts_of (visit, page);
  const char *next = desk_visit_next_status (visit->status, desk_page_is_coming (page, visit->starts_at));

  gtk_box_append (GTK_BOX (box), desk_label_new (time, "title-4"));
  desk_row_text_set (DESK_ROW_TEXT (texts), visit->patient_name, visit->patient_native, facts);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  if (desk_bedside_window_serves (visit))
    {
      GtkWidget *button = gtk_button_new_with_label (_("Bedside"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, _("Give the dose of this visit (B)"));
      g_signal_connect (button, "clicked", G_CALLBACK (on_bedside_clicked), self);
      gtk_box_append (GTK_BOX (box), button);
    }
  if (next && !desk_page_get_read_only (page))
    {
      GtkWidget *button = gtk_button_new_with_label (desk_words ("visit-status", next));
      g_autofree char *tooltip = g_strdup_printf (_("Next step: %s (Space)"), desk_words ("visit-status", next));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, tooltip);
      g_signal_connect (button, "clicked", G_CALLBACK (on_step_clicked), self);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_add_css_class (box, "today-row");
  if (desk_visit_waiting_minutes (visit, g_get_real_time () / G_USEC_PER_SEC) >= DESK_WAIT_ALERT_MINUTES)
    gtk_widget_add_css_class (box, "waits-long");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "visit", g_memdup2 (&visit->id, sizeof visit->id), g_free);

  g_autofree char *sentence = g_strdup_printf ("%s %s, %s", time, visit->patient_name, facts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  return row;
}

/* The heading, and what is said when there is nobody. */
void
desk_today_lane_set_words (DeskTodayLane *self, const char *title, const char *empty)
{
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->empty, empty);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/* Shows these visits (DeskVisit) on the page the lane is in, at_once of them in this frame; holds the array. */
void
desk_today_lane_fill (DeskTodayLane *self, DeskPage *page, GPtrArray *visits, guint at_once)
{
  g_autofree char *count = g_strdup_printf ("%u", visits->len);

  self->page = page;
  desk_list_fill (self->list, visits, at_once, make_row, self);
  gtk_label_set_label (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->list), visits->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->empty), visits->len == 0);
}

/* The visit whose row has the focus, or 0. */
gint64
desk_today_lane_get_focused (DeskTodayLane *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *row = focus && GTK_IS_LIST_BOX_ROW (focus) ? focus
                   : focus                              ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW)
                                                        : NULL;

  return row && gtk_widget_is_ancestor (row, GTK_WIDGET (self->list)) ? row_id (row) : 0;
}

/* Puts the focus on a visit's row; 0 means the first. FALSE when it is not in this lane. */
gboolean
desk_today_lane_focus (DeskTodayLane *self, gint64 visit_id)
{
  if (visit_id)
    desk_list_fill_finish (self->list);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row; row = gtk_widget_get_next_sibling (row))
    if (visit_id == 0 || row_id (row) == visit_id)
      return gtk_widget_grab_focus (row);
  return FALSE;
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, DeskTodayLane *self)
{
  g_signal_emit (self, signals[OPENED], 0, row_id (GTK_WIDGET (row)));
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, DeskTodayLane *self)
{
  gboolean plain = !(state & (GDK_CONTROL_MASK | GDK_ALT_MASK));
  gint64 id = key == GDK_KEY_space || key == GDK_KEY_b ? desk_today_lane_get_focused (self) : 0;

  if (!id)
    return FALSE;
  if (key == GDK_KEY_b)
    return plain && gtk_widget_activate_action (GTK_WIDGET (self), "today.bedside", NULL);
  g_signal_emit (self, signals[STEPPED], 0, id);
  return TRUE;
}

static void
desk_today_lane_class_init (DeskTodayLaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-today-lane.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskTodayLane, title);
  gtk_widget_class_bind_template_child (widget_class, DeskTodayLane, count);
  gtk_widget_class_bind_template_child (widget_class, DeskTodayLane, list);
  gtk_widget_class_bind_template_child (widget_class, DeskTodayLane, empty);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_key);

  /* opened (visit id): Enter or double click. stepped (visit id): the next step of its status was asked for. */
  signals[OPENED] = g_signal_new ("opened", DESK_TYPE_TODAY_LANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[STEPPED] = g_signal_new ("stepped", DESK_TYPE_TODAY_LANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
desk_today_lane_init (DeskTodayLane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
