#include "desk-visit-panel.h"

#include <glib/gi18n.h>

#include "desk-bedside-window.h"
#include "desk-book-words.h"
#include "desk-clock-words.h"
#include "desk-cells-collection.h"
#include "desk-gate-words.h"
#include "desk-visit-acts.h"
#include "desk-visit-dialog.h"
#include "desk-window.h"
#include "desk-words.h"

static const char *const endings[]
    = { "cancelled_patient", "cancelled_clinic", "cancelled_late", "no_show", "left_unseen" };

struct _DeskVisitPanel
{
  GtkPopover parent_instance;

  DeskPage *page; /* lent: it owns the panel */
  DeskVisit *visit;
  DeskVisitType *type; /* lent by types */
  GPtrArray *types, *resources;

  GtkStack *stack;
  GtkLabel *name, *native, *what, *places, *status, *gate, *dose, *override_label, *note;
  GtkButton *next, *bedside, *collect;
  GtkBox *ways; /* of ending a visit */
};

G_DEFINE_FINAL_TYPE (DeskVisitPanel, desk_visit_panel, GTK_TYPE_POPOVER)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text && *text);
}

static gboolean
is_draw (const DeskVisit *visit)
{
  return g_str_equal (visit->type, "blood_draw") || g_str_equal (visit->type, "apheresis");
}

/* Whether blood can have been drawn: the patient is here, or was. */
static gboolean
is_here (const DeskVisit *visit)
{
  static const char *const here[] = { "arrived", "checked_in", "in_room", "done", NULL };

  return g_strv_contains (here, visit->status);
}

static void
fill_status (DeskVisitPanel *self)
{
  const DeskVisit *visit = self->visit;
  g_autofree char *since = desk_words_when (visit->status_since, desk_page_get_zone (self->page));
  int waited = desk_visit_waiting_minutes (visit, g_get_real_time () / G_USEC_PER_SEC);
  const char *word = desk_words ("visit-status", visit->status);
  g_autofree char *held = g_str_equal (visit->status, "held") && visit->held_until
                              ? desk_words_when (visit->held_until, desk_page_get_zone (self->page)) : NULL;
  /* Translators: status, moment; then the minutes somebody has waited */
  g_autofree char *words = held ? g_strdup_printf (_("Held until %s"), held)
                           : waited < 0 || waited >= 1440 ? g_strdup_printf (_("%s since %s"), word, since)
                           : waited >= DESK_WAIT_ALERT_MINUTES ? g_strdup_printf (_("⚠ %s since %s, waiting for %d min"), word, since, waited)
                                                               : g_strdup_printf (_("%s since %s, waiting for %d min"), word, since, waited);
  const char *next = desk_visit_next_status (visit->status, desk_page_is_coming (self->page, visit->starts_at));
  gboolean writable = !desk_page_get_read_only (self->page);
  gboolean open = writable && !desk_visit_is_final (visit->status);

  set_text (self->status, words);
  gtk_widget_set_visible (GTK_WIDGET (self->next), next != NULL);
  if (next)
    {
      g_autofree char *label = g_strdup_printf ("→ %s", desk_words ("visit-status", next));
      gtk_button_set_label (self->next, label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->bedside), desk_bedside_window_serves (visit));
  (desk_bedside_window_serves (visit) ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (GTK_WIDGET (self->next), "suggested-action");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visit.next", next && writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visit.part", open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visit.move", open);
  gtk_widget_set_visible (GTK_WIDGET (self->collect), is_draw (visit));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visit.collect", writable && is_here (visit));
}

static void
fill (DeskVisitPanel *self)
{
  const DeskVisit *visit = self->visit;
  GTimeZone *zone = desk_page_get_zone (self->page);
  g_autofree char *span = desk_book_span_words (visit, zone);
  g_autofree char *day = desk_words_day_short (desk_instant_day (visit->starts_at, zone));
  g_autofree char *theirs = desk_clock_theirs (visit);
  g_autofree char *what = g_strdup_printf ("%s · %s %s%s%s", desk_book_type_name (self->type), day, span, theirs ? "\n= " : "", theirs ? theirs : "");
  g_autofree char *places = desk_book_resources_words (visit, self->resources);
  g_autofree char *name = g_strdup_printf ("%s · %s", visit->patient_name, visit->patient_chart);
  g_autofree char *dose = visit->dose_number ? g_strdup_printf (_("Dose reserved: %s"), visit->dose_number) : NULL;
  g_autofree char *marked = dose && visit->biohazard ? g_strdup_printf (_("☣ %s (biohazard)"), dose) : g_steal_pointer (&dose);
  g_autofree char *over = desk_book_override_words (visit);
  g_autofree char *override = over ? g_strdup_printf (_("⚠ Warning passed over: %s"), over) : NULL;

  set_text (self->name, name);
  set_text (self->native, visit->patient_native);
  set_text (self->what, what);
  set_text (self->places, places);
  set_text (self->dose, marked);
  set_text (self->override_label, override);
  set_text (self->note, visit->note);
  fill_status (self);
}

/* The gate's word; what stands in the way is on the patient's page, one button from here. */
static void
fill_gate (DeskVisitPanel *self, const DeskGateMark *mark)
{
  g_autofree char *words = mark ? desk_gate_words_summary (mark->gate, &mark->summary) : NULL;

  set_text (self->gate, words);
}

static void
take_type (DeskVisitPanel *self, const DeskBookBoard *board)
{
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  self->types = g_ptr_array_ref (board->types);
  self->resources = g_ptr_array_ref (board->resources);
  self->type = (DeskVisitType *) desk_book_board_type (board, self->visit->type);
}

static gboolean
take (DeskVisitPanel *self, const DeskBookBoard *board, gint64 visit_id)
{
  const DeskVisit *visit = desk_book_board_visit (board, visit_id);

  if (!visit)
    return FALSE;
  g_clear_pointer (&self->visit, desk_visit_free);
  self->visit = desk_visit_copy (visit);
  take_type (self, board);
  fill (self);
  fill_gate (self, desk_book_board_mark (board, visit_id));
  return TRUE;
}

static void
fill_ways (DeskVisitPanel *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->ways))))
    gtk_box_remove (self->ways, child);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (!desk_visit_step_legal (self->visit->status, endings[i]))
        continue;
      GtkWidget *button = gtk_button_new_with_label (desk_words ("visit-status", endings[i]));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "visit.end");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", endings[i]);
      gtk_box_append (self->ways, button);
    }
}

static void
action_move (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskVisitPanel *self = DESK_VISIT_PANEL (widget);

  gtk_popover_popdown (GTK_POPOVER (self));
  desk_visit_dialog_show_move (self->page, self->visit);
}

static void
action_next (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskVisitPanel *self = DESK_VISIT_PANEL (widget);
  const char *next = !self->visit ? NULL
                                  : desk_visit_next_status (self->visit->status, desk_page_is_coming (self->page, self->visit->starts_at));

  if (next)
    desk_visit_act_status (GTK_WIDGET (self->page), desk_page_get_session (self->page), self->visit, next);
}

static void
action_end (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskVisitPanel *self = DESK_VISIT_PANEL (widget);

  desk_visit_act_status (GTK_WIDGET (self->page), desk_page_get_session (self->page), self->visit,
                         g_variant_get_string (target, NULL));
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
action_patient (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskVisitPanel *self = DESK_VISIT_PANEL (widget);
  DeskWindow *window = desk_window_of (GTK_WIDGET (self->page));

  gtk_popover_popdown (GTK_POPOVER (self));
  if (window)
    desk_window_show (window, DESK_KIND_PATIENT, self->visit->patient_id);
}

static void
action_bedside (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskVisitPanel *self = DESK_VISIT_PANEL (widget);

  gtk_popover_popdown (GTK_POPOVER (self));
  desk_bedside_window_show (desk_window_of (GTK_WIDGET (self->page)), self->visit->id);
}

static void
action_collect (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskVisitPanel *self = DESK_VISIT_PANEL (widget);

  gtk_popover_popdown (GTK_POPOVER (self));
  desk_cells_new_collection (self->page, self->visit->id);
}

/* Where the hand goes on: the next step, or the first thing that can be done. */
/* Return is for the bedside where cells are to be given: "done" by habit would end a visit without them. */
static GtkWidget *
first_button (DeskVisitPanel *self)
{
  return GTK_WIDGET (gtk_widget_get_visible (GTK_WIDGET (self->bedside)) ? self->bedside : self->next);
}

static void
focus_part (DeskVisitPanel *self)
{
  GtkWidget *part = gtk_stack_get_visible_child (self->stack);

  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "details") && gtk_widget_grab_focus (first_button (self)))
    return;
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  gtk_widget_child_focus (part, GTK_DIR_TAB_FORWARD);
}

/* The parts of the panel: details, cancel. */
static void
action_part (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskVisitPanel *self = DESK_VISIT_PANEL (widget);
  const char *part = g_variant_get_string (target, NULL);

  if (g_str_equal (part, "cancel"))
    fill_ways (self);
  gtk_stack_set_visible_child_name (self->stack, part);
  focus_part (self);
}

static void
open_at (DeskVisitPanel *self, const char *part, const GdkRectangle *area)
{
  gtk_stack_set_visible_child_name (self->stack, part);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), area);
  gtk_popover_popup (GTK_POPOVER (self));
  focus_part (self);
}

static void
on_closed (DeskVisitPanel *self)
{
  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (self)));
}

static void
desk_visit_panel_finalize (GObject *object)
{
  DeskVisitPanel *self = DESK_VISIT_PANEL (object);

  g_clear_pointer (&self->visit, desk_visit_free);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_visit_panel_parent_class)->finalize (object);
}

static void
desk_visit_panel_class_init (DeskVisitPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_visit_panel_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-visit-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskVisitPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitPanel, name);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitPanel, native);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitPanel, what);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitPanel, places);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitPanel, status);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitPanel, gate);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitPanel, dose);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitPanel, override_label);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitPanel, note);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitPanel, next);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitPanel, bedside);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitPanel, collect);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitPanel, ways);
  gtk_widget_class_bind_template_callback (widget_class, on_closed);
  gtk_widget_class_install_action (widget_class, "visit.next", NULL, action_next);
  gtk_widget_class_install_action (widget_class, "visit.part", "s", action_part);
  gtk_widget_class_install_action (widget_class, "visit.move", NULL, action_move);
  gtk_widget_class_install_action (widget_class, "visit.end", "s", action_end);
  gtk_widget_class_install_action (widget_class, "visit.collect", NULL, action_collect);
  gtk_widget_class_install_action (widget_class, "visit.patient", NULL, action_patient);
  gtk_widget_class_install_action (widget_class, "visit.bedside", NULL, action_bedside);
}

static void
desk_visit_panel_init (DeskVisitPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
desk_visit_panel_new (void)
{
  return g_object_new (DESK_TYPE_VISIT_PANEL, NULL);
}

/* The page is lent: the panel lives inside it. */
void
desk_visit_panel_set_page (DeskVisitPanel *self, DeskPage *page)
{
  self->page = page;
}

/* Opens on the visit's details, pointing at area of the parent. */
void
desk_visit_panel_show (DeskVisitPanel *self, const DeskBookBoard *board, gint64 visit_id, const GdkRectangle *area)
{
  if (take (self, board, visit_id))
    open_at (self, "details", area);
}

/* Opens on the ways in which a visit ends before its time. */
void
desk_visit_panel_show_cancel (DeskVisitPanel *self, const DeskBookBoard *board, gint64 visit_id,
                              const GdkRectangle *area)
{
  if (!take (self, board, visit_id))
    return;
  fill_ways (self);
  open_at (self, "cancel", area);
}

/* The book was read again: an open panel shows the visit as it is now, or closes when it is gone. */
void
desk_visit_panel_refresh (DeskVisitPanel *self, const DeskBookBoard *board)
{
  if (self->visit && gtk_widget_get_visible (GTK_WIDGET (self)) && !take (self, board, self->visit->id))
    gtk_popover_popdown (GTK_POPOVER (self));
}
