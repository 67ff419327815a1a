#include "desk-cells-lookback.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-lookback-forms.h"
#include "desk-cells-lookback-words.h"
#include "desk-cells-pdf.h"
#include "desk-export-dialog.h"
#include "desk-lookback-paper.h"
#include "desk-lookbacks.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

/* The groups in the order of the work: who must be told first, then what must not move. */
static const DeskItemKind order[] = { DESK_ITEM_PATIENT, DESK_ITEM_UNIT, DESK_ITEM_LOT, DESK_ITEM_VISIT, DESK_ITEM_SAMPLE };

struct _DeskCellsLookback
{
  AdwBin parent_instance;

  GtkLabel *number;
  GtkLabel *state;
  GtkLabel *about;
  GtkLabel *words;
  GtkLabel *conclusion;
  GtkWidget *close;
  GtkListBox *clocks;
  GtkBox *groups;

  DeskPage *page; /* not owned: it is inside it */
  DeskLookback *lookback;
  GtkListBox *lists[G_N_ELEMENTS (order)];
  GtkLabel *titles[G_N_ELEMENTS (order)];
};

static guint back_signal;

G_DEFINE_FINAL_TYPE (DeskCellsLookback, desk_cells_lookback, ADW_TYPE_BIN)

/* ── rows ── */

static GtkWidget *
row_new (const char *title, const char *below, const char *state, const char *style)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *suffix = gtk_label_new (state);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_label_set_justify (GTK_LABEL (suffix), GTK_JUSTIFY_RIGHT);
  if (style)
    gtk_widget_add_css_class (suffix, style);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
  return row;
}

static void
append_line (GString *text, const char *line)
{
  if (line && *line)
    g_string_append_printf (text, "%s%s", text->len ? "\n" : "", line);
}

/* How to reach a patient: telephone, mail, and the companion who may be told. */
static char *
contacts_of (const DeskLookbackItem *item)
{
  const char *companion[] = { item->companion, item->companion_phone, item->companion_email };
  const char *patient[] = { item->phone, item->email };
  g_autofree char *own = desk_words_facts (patient, G_N_ELEMENTS (patient));
  g_autofree char *other = *item->companion ? desk_words_facts (companion, G_N_ELEMENTS (companion)) : NULL;
  g_autofree char *may = other ? g_strdup_printf (_("May be told: %s"), other) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  append_line (text, *own ? own : _("Neither telephone nor e-mail known"));
  append_line (text, may);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
title_of (DeskCellsLookback *self, const DeskLookbackItem *item)
{
  g_autofree char *when = item->at ? desk_words_when (item->at, desk_page_get_zone (self->page)) : NULL;

  switch (item->kind)
    {
    case DESK_ITEM_PATIENT:
      return g_strdup_printf ("%s · %s", item->patient, item->chart);
    case DESK_ITEM_VISIT:
      return g_strdup_printf ("%s · %s · %s", when, desk_page_visit_type (self->page, item->label), item->patient);
    default:
      return g_strdup_printf ("%s · %s · %s", item->label, item->patient, item->chart);
    }
}

static char *
below_of (const DeskLookbackItem *item)
{
  static const char *const states[DESK_N_ITEM_KINDS] = {
    [DESK_ITEM_LOT] = "lot-status", [DESK_ITEM_UNIT] = "life", [DESK_ITEM_VISIT] = "visit-status", [DESK_ITEM_SAMPLE] = "life",
  };
  const char *facts[] = { states[item->kind] ? desk_words (states[item->kind], item->state) : NULL, item->place };
  g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));
  g_autofree char *roads = desk_lookback_roads (item);
  g_autofree char *contacts = item->kind == DESK_ITEM_PATIENT ? contacts_of (item) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  append_line (text, contacts);
  append_line (text, line);
  append_line (text, roads);
  append_line (text, item->note);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
item_row_new (DeskCellsLookback *self, DeskLookbackItem *item)
{
  g_autofree char *title = title_of (self, item), *below = below_of (item), *state = desk_lookback_decision (item);
  GtkWidget *row = row_new (title, below, state, item->reviewed_at ? "success" : NULL);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "item", item);
  return row;
}

/* ── groups ── */

static void
on_item_activated (DeskCellsLookback *self, GtkListBoxRow *row)
{
  const DeskLookbackItem *item = g_object_get_data (G_OBJECT (row), "item");

  if (item->reviewed_at)
    desk_toast (GTK_WIDGET (self), _("Somebody has decided on this already."));
  else if (!self->lookback->closed_at && !desk_page_get_read_only (self->page))
    desk_lookback_ask_decision (self->page, item);
}

static void
add_group (DeskCellsLookback *self, guint n)
{
  GtkWidget *title = gtk_label_new (NULL), *list = gtk_list_box_new ();

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  desk_words ("lookback-item", desk_item_kind_code (order[n])), -1);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (on_item_activated), self);
  gtk_box_append (self->groups, title);
  gtk_box_append (self->groups, list);
  self->titles[n] = GTK_LABEL (title);
  self->lists[n] = GTK_LIST_BOX (list);
}

static gint64
focused_item (GtkListBox *list)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (list));
  const DeskLookbackItem *item = row ? g_object_get_data (G_OBJECT (row), "item") : NULL;

  return item ? item->id : 0;
}

static void
clear_list (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, child);
}

/* Rows are made anew; the one with the focus keeps it. */
static void
show_group (DeskCellsLookback *self, guint n, gint64 focused)
{
  guint all = 0, open = 0;

  for (guint i = 0; i < self->lookback->items->len; i++)
    {
      DeskLookbackItem *item = self->lookback->items->pdata[i];

      if (item->kind != order[n])
        continue;
      GtkWidget *row = item_row_new (self, item);
      gtk_list_box_append (self->lists[n], row);
      if (item->id == focused)
        gtk_widget_grab_focus (row);
      all++;
      open += item->reviewed_at == 0;
    }
  g_autofree char *title = g_strdup_printf (open ? _("%s: %u, %u to decide") : _("%s: %u"),
                                            desk_words ("lookback-item", desk_item_kind_code (order[n])), all, open);
  gtk_label_set_text (self->titles[n], title);
  gtk_widget_set_visible (GTK_WIDGET (self->titles[n]), all > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->lists[n]), all > 0);
}

/* ── clocks ── */

static void
on_clock_activated (DeskCellsLookback *self, GtkListBoxRow *row)
{
  const DeskLegalClock *clock = g_object_get_data (G_OBJECT (row), "clock");

  if (!clock->done_at && !desk_page_get_read_only (self->page))
    desk_lookback_ask_clock (self->page, clock);
}

static void
show_clocks (DeskCellsLookback *self)
{
  DeskDay today = desk_page_get_today (self->page);
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->clocks));
  int focused = focus ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focus)) : -1;

  clear_list (self->clocks);
  for (guint i = 0; i < self->lookback->clocks->len; i++)
    {
      DeskLegalClock *clock = self->lookback->clocks->pdata[i];
      g_autofree char *day = desk_words_day (clock->due), *left = desk_lookback_clock_left (clock, today);
      g_autofree char *due = g_strdup_printf (_("Due %s"), day);
      g_autoptr (GString) below = g_string_new (due);

      append_line (below, clock->note);
      GtkWidget *row = row_new (desk_words ("legal-clock", desk_clock_code (clock->rule)), below->str, left,
                                desk_lookback_clock_style (clock, today));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data (G_OBJECT (row), "clock", clock);
      gtk_list_box_append (self->clocks, row);
      if ((int) i == focused)
        gtk_widget_grab_focus (row);
    }
}

/* ── the look-back ── */

static void
show_head (DeskCellsLookback *self)
{
  const DeskLookback *lookback = self->lookback;
  gboolean open = lookback->closed_at == 0;
  g_autofree char *title = g_strdup_printf (_("Look-back %s"), lookback->number);
  g_autofree char *about = desk_lookback_about (lookback);
  g_autofree char *known = desk_words_day (lookback->known);
  g_autofree char *line = g_strdup_printf (_("%s · known since %s · opened by %s"), about, known, lookback->opened_by);
  g_autofree char *closed = open ? NULL : desk_words_when (lookback->closed_at, desk_page_get_zone (self->page));
  g_autofree char *state = open ? g_strdup (_("○ Open")) : g_strdup_printf (_("✓ Closed %s · %s"), closed, lookback->closed_by);

  gtk_label_set_text (self->number, title);
  gtk_label_set_text (self->state, state);
  gtk_label_set_text (self->about, line);
  gtk_label_set_text (self->words, lookback->words);
  gtk_label_set_text (self->conclusion, lookback->conclusion);
  gtk_widget_set_visible (GTK_WIDGET (self->words), lookback->cause != DESK_LOOKBACK_RESULT);
  gtk_widget_set_visible (GTK_WIDGET (self->conclusion), !open);
  gtk_widget_set_visible (self->close, open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lookback.close", open && !desk_page_get_read_only (self->page));
}

/* FALSE when it cannot be read. */
gboolean
desk_cells_lookback_show (DeskCellsLookback *self, gint64 id)
{
  g_autoptr (GError) error = NULL;
  DeskLookback *lookback = desk_lookback_load (desk_page_get_reader (self->page), id, &error);
  gint64 focused[G_N_ELEMENTS (order)];

  if (!lookback)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return FALSE;
    }
  for (guint n = 0; n < G_N_ELEMENTS (order); n++)
    {
      focused[n] = focused_item (self->lists[n]);
      clear_list (self->lists[n]);
    }
  DeskLookback *old = g_steal_pointer (&self->lookback);
  self->lookback = lookback;
  show_head (self);
  show_clocks (self);
  for (guint n = 0; n < G_N_ELEMENTS (order); n++)
    show_group (self, n, focused[n]);
  g_clear_pointer (&old, desk_lookback_free);
  return TRUE;
}

void
desk_cells_lookback_refresh (DeskCellsLookback *self)
{
  if (self->lookback)
    desk_cells_lookback_show (self, self->lookback->id);
}

/* The focus on the first thing that waits: a clock, then what is not decided. */
void
desk_cells_lookback_enter (DeskCellsLookback *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->clocks), GTK_DIR_TAB_FORWARD);
}

void
desk_cells_lookback_set_page (DeskCellsLookback *self, DeskPage *page)
{
  self->page = page;
}

static void
on_back (DeskCellsLookback *self)
{
  g_signal_emit (self, back_signal, 0);
}

static void
action_close (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsLookback *self = DESK_CELLS_LOOKBACK (widget);

  if (self->lookback)
    desk_lookback_ask_close (self->page, self->lookback);
}

static void
action_export (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsLookback *self = DESK_CELLS_LOOKBACK (widget);

  if (self->lookback)
    desk_export_ask_thing (self->page, DESK_EXPORT_LOOKBACK, self->lookback->id);
}

static gboolean
write_paper (DeskDb *db, gint64 id, const char *path, GError **error)
{
  return desk_lookback_paper_write (db, id, path, TRUE, error);
}

static void
action_paper (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsLookback *self = DESK_CELLS_LOOKBACK (widget);
  g_autofree char *file = self->lookback ? g_strdup_printf ("%s.pdf", self->lookback->number) : NULL;

  if (file)
    desk_cells_pdf_ask (self->page, _("Look-back as PDF"), file, write_paper, self->lookback->id);
}

/* The next thing that nobody decided on, and the dialog for it: a whole list by Return and Ctrl+Return. */
static void
action_next (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsLookback *self = DESK_CELLS_LOOKBACK (widget);

  /* What was decided a moment ago is not asked again. */
  desk_cells_lookback_refresh (self);
  for (guint n = 0; self->lookback && n < G_N_ELEMENTS (order); n++)
    for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->lists[n])); row; row = gtk_widget_get_next_sibling (row))
      {
        const DeskLookbackItem *item = g_object_get_data (G_OBJECT (row), "item");

        if (item->reviewed_at)
          continue;
        gtk_widget_grab_focus (row);
        on_item_activated (self, GTK_LIST_BOX_ROW (row));
        return;
      }
  desk_toast (widget, _("Everything on the list is decided."));
}

static void
desk_cells_lookback_dispose (GObject *object)
{
  g_clear_pointer (&DESK_CELLS_LOOKBACK (object)->lookback, desk_lookback_free);
  G_OBJECT_CLASS (desk_cells_lookback_parent_class)->dispose (object);
}

static void
desk_cells_lookback_class_init (DeskCellsLookbackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_cells_lookback_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-cells-lookback.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLookback, number);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLookback, state);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLookback, about);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLookback, words);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLookback, conclusion);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLookback, close);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLookback, clocks);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLookback, groups);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_clock_activated);
  gtk_widget_class_install_action (widget_class, "lookback.close", NULL, action_close);
  gtk_widget_class_install_action (widget_class, "lookback.next", NULL, action_next);
  gtk_widget_class_install_action (widget_class, "lookback.export", NULL, action_export);
  gtk_widget_class_install_action (widget_class, "lookback.paper", NULL, action_paper);

  /* back (): to the list. */
  back_signal = g_signal_new ("back", DESK_TYPE_CELLS_LOOKBACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_cells_lookback_init (DeskCellsLookback *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint n = 0; n < G_N_ELEMENTS (order); n++)
    add_group (self, n);
}
