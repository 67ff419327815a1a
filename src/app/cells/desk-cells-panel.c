#include "desk-cells-panel.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-steps.h"
#include "desk-cells-words.h"
#include "desk-holds.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

#define MAX_STEPS 24
#define FORWARD_HEIGHT 40 /* of a button and the gap below it */

struct _DeskCellsPanel
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkLabel *sign;
  GtkLabel *headline;
  GtkLabel *number;
  GtkButton *patient;
  GtkButton *lot;
  GtkLabel *content;
  GtkGrid *axes;
  GtkGrid *steps;
  GtkLabel *no_steps;
  GtkBox *history;

  DeskPage *page; /* not owned: the panel is inside it */
  DeskUnit *unit;
  GtkWidget *buttons[MAX_STEPS]; /* one per code of desk_cells_steps (), made once: focus stays */
  gboolean offered[MAX_STEPS];
};

G_DEFINE_FINAL_TYPE (DeskCellsPanel, desk_cells_panel, ADW_TYPE_BIN)

/* ── the axes ────────────────────────────────────────────────────────────────────────────────── */

static void
clear_children (GtkWidget *parent)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (parent)))
    gtk_widget_unparent (child);
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* Long lines wrap instead of widening the panel. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 20);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_axis (DeskCellsPanel *self, int row, const char *title, const char *value)
{
  GtkWidget *name = new_label (title, "dim-label"), *label = new_label (value, NULL);

  gtk_label_set_wrap (GTK_LABEL (name), FALSE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), -1);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name, NULL, -1);
  gtk_grid_attach (self->axes, name, 0, row, 1, 1);
  gtk_grid_attach (self->axes, label, 1, row, 1, 1);
}

static char *
holds_words (DeskCellsPanel *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) holds = desk_hold_list (desk_page_get_reader (self->page), self->unit->id, &error);
  GString *words = g_string_new (NULL);

  if (!holds || holds->len == 0)
    g_string_append (words, _("None"));
  for (guint i = 0; holds && i < holds->len; i++)
    {
      const DeskHold *hold = holds->pdata[i];
      g_autofree char *held = desk_cells_hold (hold);
      g_string_append_printf (words, "%s%s", i ? "\n" : "", held);
    }
  return g_string_free (words, FALSE);
}

static char *
expiry_words (DeskCellsPanel *self)
{
  g_autofree char *day = desk_words_iso_day (self->unit->use_until);
  DeskDay until;

  if (desk_day_parse (self->unit->use_until, &until) && until < desk_page_get_today (self->page))
    return g_strdup_printf (_("%s · expired"), day);
  return g_steal_pointer (&day);
}

/* A dose that is not released yet can be promised, and is not thereby good: it says so. */
static char *
reservation_words (DeskCellsPanel *self)
{
  const DeskUnit *unit = self->unit;

  if (unit->reserved_visit == 0)
    return g_strdup (_("Not reserved"));
  g_autofree char *when = desk_words_when (unit->reserved_at, desk_page_get_zone (self->page));
  if (strcmp (unit->quality, "quarantine") == 0)
    return g_strdup_printf (_("%s · promised, not released"), when);
  return g_steal_pointer (&when);
}

static char *
consent_words (DeskCellsPanel *self)
{
  const DeskUnit *unit = self->unit;
  g_autofree char *day = desk_words_iso_day (unit->consent_until);

  if (*unit->consent_until == '\0')
    return g_strdup (_("None in force"));
  if (desk_unit_consent_ended (unit, desk_page_get_today (self->page)))
    return g_strdup_printf (_("Ended %s"), day);
  return g_strdup_printf (_("Until %s"), day);
}

static void
show_axes (DeskCellsPanel *self)
{
  const DeskUnit *unit = self->unit;
  g_autofree char *holds = holds_words (self);
  g_autofree char *until = expiry_words (self);
  g_autofree char *visit = reservation_words (self);
  g_autofree char *place = unit->container_id ? desk_cells_place (desk_page_get_reader (self->page), unit->container_id,
                                                                  unit->row, unit->col)
                                              : g_strdup (_("In no place"));

  clear_children (GTK_WIDGET (self->axes));
  add_axis (self, 0, _("State"), desk_words ("life", unit->life));
  add_axis (self, 1, _("Quality"), desk_words ("quality", unit->quality));
  add_axis (self, 2, _("Label"), desk_words ("label", unit->label));
  add_axis (self, 3, _("Holds"), holds);
  add_axis (self, 4, _("Reservation"), visit);
  add_axis (self, 5, _("Place"), place);
  add_axis (self, 6, _("Use until"), until);
  if (unit->consent_until)
    {
      g_autofree char *consent = consent_words (self);
      add_axis (self, 8, _("Consent"), consent);
    }
  if (unit->seconds_out)
    {
      g_autofree char *warm = g_strdup_printf (_("%d s in all its life"), unit->seconds_out);
      add_axis (self, 9, _("Out of cold"), warm);
    }
  if (*unit->biohazard)
    {
      g_autofree char *agents = desk_words_agents (unit->biohazard);
      g_autofree char *text = g_strdup_printf (_("☣ Biohazard: %s. Keep apart from unmarked doses."), agents);
      GtkWidget *label = new_label (text, "biohazard");

      gtk_grid_attach (self->axes, label, 0, 7, 2, 1);
    }
}

/* ── head and history ────────────────────────────────────────────────────────────────────────── */

static void
show_head (DeskCellsPanel *self)
{
  const DeskUnit *unit = self->unit;
  const char *code = desk_unit_headline (unit, desk_page_get_today (self->page));
  const DeskCellSign *sign = desk_cells_sign (code);
  g_autofree char *patient = g_strdup_printf ("%s · %s", unit->patient_name, unit->patient_chart);
  g_autofree char *lot = g_strdup_printf (_("Lot %s"), unit->lot_number);
  g_autofree char *cells = desk_words_cells (unit->cells);
  g_autofree char *content
      = g_strdup_printf (_("%s · %s cells · %d mL"), desk_words ("unit-kind", unit->kind), cells, unit->volume_ml);
  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();
  guint16 letter = sign->dark_letter ? 0 : G_MAXUINT16;

  pango_attr_list_insert (attrs,
                          pango_attr_background_new (sign->color.red * G_MAXUINT16, sign->color.green * G_MAXUINT16,
                                                     sign->color.blue * G_MAXUINT16));
  pango_attr_list_insert (attrs, pango_attr_foreground_new (letter, letter, letter));
  g_autofree char *spaced = g_strdup_printf ("\u00a0%s\u00a0", sign->letter);
  gtk_label_set_text (self->sign, spaced);
  gtk_label_set_attributes (self->sign, attrs);
  gtk_label_set_text (self->headline, desk_cells_headline (code));
  gtk_label_set_text (self->number, unit->number);
  gtk_button_set_label (self->patient, patient);
  gtk_button_set_label (self->lot, lot);
  gtk_label_set_text (self->content, content);
}

/* "State: Frozen → Picked", or a place to a place. */
static char *
change_words (const DeskUnitEvent *event)
{
  const char *axis = desk_words ("axis", event->axis);

  if (strcmp (event->axis, "carried") == 0)
    return g_strdup_printf (_("Carried in %s to %s"), event->from_state, event->to_state);
  if (strcmp (event->axis, "rest") == 0)
    return g_strdup_printf (_("The rest, %s mL, was destroyed by %s"), event->to_state, desk_words ("destroyed", event->from_state));
  if (strcmp (event->axis, "place") == 0)
    return *event->from_state ? g_strdup_printf (_("%s: %s → %s"), axis, event->from_state, event->to_state)
                              : g_strdup_printf (_("%s: %s"), axis, event->to_state);
  return g_strdup_printf (_("%s: %s → %s"), axis, desk_words (event->axis, event->from_state),
                          desk_words (event->axis, event->to_state));
}

static void
add_event (DeskCellsPanel *self, const DeskUnitEvent *event)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *change = change_words (event);
  g_autofree char *when = desk_words_when (event->at, desk_page_get_zone (self->page));
  g_autofree char *who = event->witness && *event->witness
                             ? g_strdup_printf (_("%s · %s, second person %s"), when, event->performer, event->witness)
                             : g_strdup_printf ("%s · %s", when, event->performer);

  gtk_box_append (GTK_BOX (box), new_label (change, NULL));
  if (event->reason && *event->reason)
    {
      g_autofree char *reason = g_strdup_printf (_("Reason: %s"), event->reason);
      gtk_box_append (GTK_BOX (box), new_label (reason, NULL));
    }
  g_autofree char *warm = event->seconds_out ? g_strdup_printf (_("%d s out of the cold"), event->seconds_out) : NULL;
  g_autofree char *read = *event->scanned ? g_strdup_printf (_("Scanned: %s"), event->scanned) : NULL;
  g_autofree char *shipment = *event->shipment ? g_strdup_printf (_("Shipment %s"), event->shipment) : NULL;
  const char *facts[] = { read ? read : "", warm ? warm : "", shipment ? shipment : "" };
  g_autofree char *more = desk_words_facts (facts, G_N_ELEMENTS (facts));
  if (*more)
    gtk_box_append (GTK_BOX (box), new_label (more, "caption"));
  GtkWidget *caption = new_label (who, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (self->history, box);
}

static void
show_history (DeskCellsPanel *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = desk_unit_history (desk_page_get_reader (self->page), self->unit->id, &error);

  clear_children (GTK_WIDGET (self->history));
  if (!events)
    g_warning ("cannot read the history: %s", error->message);
  for (guint i = 0; events && i < events->len; i++)
    add_event (self, events->pdata[i]);
}

/* ── the steps ───────────────────────────────────────────────────────────────────────────────── */

/* The way forward has a row of its own, kept free where there is none, so that no other step ever comes to stand
 * under a pointer that has just clicked it; grave steps stand last. */
static void
lay_out_steps (DeskCellsPanel *self)
{
  const char *const *codes = desk_cells_steps ();
  gboolean forward = FALSE;
  int n = 2;

  for (guint i = 0; codes[i]; i++)
    {
      if (gtk_widget_get_parent (self->buttons[i]))
        gtk_grid_remove (self->steps, self->buttons[i]);
      gtk_widget_remove_css_class (self->buttons[i], "suggested-action");
    }
  for (int grave = FALSE; grave <= TRUE; grave++)
    for (guint i = 0; codes[i]; i++)
      {
        if (!self->offered[i] || desk_cells_step_grave (codes[i]) != grave)
          continue;
        if (!forward && desk_cells_step_forward (codes[i]))
          {
            forward = TRUE;
            gtk_widget_add_css_class (self->buttons[i], "suggested-action");
            gtk_grid_attach (self->steps, self->buttons[i], 0, 0, 2, 1);
            continue;
          }
        gtk_grid_attach (self->steps, self->buttons[i], n % 2, n / 2, 1, 1);
        n++;
      }
  gtk_widget_set_visible (GTK_WIDGET (self->no_steps), n == 2 && !forward);
  gtk_widget_set_margin_top (GTK_WIDGET (self->steps), forward ? 0 : FORWARD_HEIGHT);
}

static void
show_steps (DeskCellsPanel *self)
{
  const char *const *codes = desk_cells_steps ();
  gboolean writable = !desk_page_get_read_only (self->page), same = TRUE;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->steps));

  for (guint i = 0; codes[i]; i++)
    {
      gboolean offered = writable && desk_cells_step_offered (self->unit, codes[i], desk_page_get_today (self->page));

      same = same && offered == self->offered[i];
      self->offered[i] = offered;
    }
  if (same)
    return;
  lay_out_steps (self);
  if (had_focus)
    desk_cells_panel_enter (self);
}

static void
on_step (GtkButton *button, gpointer user_data)
{
  DeskCellsPanel *self = user_data;

  desk_cells_step_begin (self->page, self->unit->id, g_object_get_data (G_OBJECT (button), "code"), NULL);
}

static void
on_patient (DeskCellsPanel *self)
{
  desk_window_show (desk_window_of (GTK_WIDGET (self)), DESK_KIND_PATIENT, self->unit->patient_id);
}

static void
on_lot (DeskCellsPanel *self)
{
  desk_window_show (desk_window_of (GTK_WIDGET (self)), DESK_KIND_LOT, self->unit->lot_id);
}

/* ── what others use ─────────────────────────────────────────────────────────────────────────── */

/* Shows a unit, or with 0 the hint of the empty panel. */
void
desk_cells_panel_show (DeskCellsPanel *self, gint64 unit_id)
{
  g_autoptr (GError) error = NULL;
  DeskUnit *unit = unit_id ? desk_unit_load (desk_page_get_reader (self->page), unit_id, &error) : NULL;

  if (error)
    desk_toast_error (GTK_WIDGET (self), error);
  g_clear_pointer (&self->unit, desk_unit_free);
  self->unit = unit;
  gtk_stack_set_visible_child_name (self->stack, unit ? "unit" : "none");
  if (!unit)
    return;
  show_head (self);
  show_axes (self);
  show_steps (self);
  show_history (self);
}

/* Reads the unit again. */
void
desk_cells_panel_refresh (DeskCellsPanel *self)
{
  if (self->unit)
    desk_cells_panel_show (self, self->unit->id);
}

/* The unit shown, or 0. */
gint64
desk_cells_panel_get_unit (DeskCellsPanel *self)
{
  return self->unit ? self->unit->id : 0;
}

/* Puts the focus on the way forward, or on the patient where there is none. */
void
desk_cells_panel_enter (DeskCellsPanel *self)
{
  GtkWidget *target = GTK_WIDGET (self->patient);

  if (!self->unit)
    return;
  for (guint i = 0; i < MAX_STEPS; i++)
    if (self->offered[i] && gtk_widget_has_css_class (self->buttons[i], "suggested-action"))
      target = self->buttons[i];
  gtk_widget_grab_focus (target);
}

void
desk_cells_panel_set_page (DeskCellsPanel *self, DeskPage *page)
{
  self->page = page;
}

static void
desk_cells_panel_dispose (GObject *object)
{
  DeskCellsPanel *self = DESK_CELLS_PANEL (object);

  g_clear_pointer (&self->unit, desk_unit_free);
  for (guint i = 0; i < MAX_STEPS; i++)
    g_clear_object (&self->buttons[i]);
  G_OBJECT_CLASS (desk_cells_panel_parent_class)->dispose (object);
}

static void
desk_cells_panel_class_init (DeskCellsPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_cells_panel_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-cells-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPanel, sign);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPanel, headline);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPanel, number);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPanel, patient);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPanel, lot);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPanel, content);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPanel, axes);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPanel, steps);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPanel, no_steps);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsPanel, history);
  gtk_widget_class_bind_template_callback (widget_class, on_patient);
  gtk_widget_class_bind_template_callback (widget_class, on_lot);
}

static void
desk_cells_panel_init (DeskCellsPanel *self)
{
  const char *const *codes = desk_cells_steps ();

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; codes[i] && i < MAX_STEPS; i++)
    {
      self->buttons[i] = g_object_ref_sink (gtk_button_new_with_label (desk_cells_step_words (codes[i])));
      GtkWidget *label = gtk_button_get_child (GTK_BUTTON (self->buttons[i]));
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
      g_object_set_data (G_OBJECT (self->buttons[i]), "code", (gpointer) codes[i]);
      g_signal_connect (self->buttons[i], "clicked", G_CALLBACK (on_step), self);
    }
}
