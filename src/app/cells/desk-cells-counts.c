#include "desk-cells-counts.h"

#include <glib/gi18n.h>

#include "desk-cells-pdf.h"
#include "desk-count-compare.h"
#include "desk-count-dialogs.h"
#include "desk-count-protocol.h"
#include "desk-count-scan.h"
#include "desk-export-dialog.h"
#include "desk-toast.h"
#include "desk-words.h"

struct _DeskCellsCounts
{
  DeskCellsWay parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  DeskCountScanView *scan;
  DeskCountCompare *compare;

  DeskPage *page;    /* not owned */
  GPtrArray *counts; /* of DeskCount, as the list shows them */
  gint64 count_id;   /* the one that is open, 0 for the list */
};

G_DEFINE_FINAL_TYPE (DeskCellsCounts, desk_cells_counts, DESK_TYPE_CELLS_WAY)

static const char *const icons[] = {
  [DESK_COUNT_SCANNING] = "media-playback-start-symbolic",
  [DESK_COUNT_COMPARING] = "dialog-warning-symbolic",
  [DESK_COUNT_CLOSED] = "emblem-ok-symbolic",
  [DESK_COUNT_ABANDONED] = "window-close-symbolic",
};

static DeskCount *
count_of (DeskCellsCounts *self, gint64 id)
{
  for (guint i = 0; self->counts && i < self->counts->len; i++)
    if (((DeskCount *) self->counts->pdata[i])->id == id)
      return self->counts->pdata[i];
  return NULL;
}

static char *
progress_words (const DeskCount *count)
{
  if (count->state == DESK_COUNT_SCANNING)
    return g_strdup_printf (_("%u of %u boxes counted"), count->boxes_done, count->boxes);
  if (count->state == DESK_COUNT_COMPARING)
    return g_strdup_printf (ngettext ("%u difference open", "%u differences open", count->unresolved), count->unresolved);
  if (count->state == DESK_COUNT_ABANDONED)
    return g_strdup (count->note);
  return count->differences ? g_strdup_printf (ngettext ("%u difference, resolved", "%u differences, all resolved", count->differences), count->differences)
                            : g_strdup (_("no difference"));
}

static GtkWidget *
row_new (DeskCellsCounts *self, const DeskCount *count)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_strdup_printf ("%s · %s", count->number, count->place);
  g_autofree char *when = desk_words_when (count->opened_at, desk_page_get_zone (self->page));
  g_autofree char *progress = progress_words (count);
  const char *facts[] = { desk_words ("count", desk_count_state_code (count->state)), progress, when, count->opened_by };
  g_autofree char *subtitle = desk_words_facts (facts, G_N_ELEMENTS (facts));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), icons[count->state]);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

/* ── showing ─────────────────────────────────────────────────────────────────────────────────── */

static void
show_count (DeskCellsCounts *self)
{
  const DeskCount *count = count_of (self, self->count_id);

  if (!count)
    {
      self->count_id = 0;
      gtk_stack_set_visible_child_name (self->stack, self->counts && self->counts->len ? "list" : "empty");
    }
  else if (count->state == DESK_COUNT_SCANNING)
    {
      desk_count_scan_view_show (self->scan, count);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->scan));
    }
  else
    {
      desk_count_compare_show (self->compare, count);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->compare));
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "counts.end", count && count->state == DESK_COUNT_SCANNING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "counts.abandon", count && count->state == DESK_COUNT_SCANNING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "counts.close",
                                 count && count->state == DESK_COUNT_COMPARING && count->unresolved == 0);
}

static void
desk_cells_counts_refresh (DeskCellsWay *way)
{
  DeskCellsCounts *self = DESK_CELLS_COUNTS (way);
  g_autoptr (GError) error = NULL;
  GPtrArray *counts = desk_count_list (desk_page_get_reader (self->page), &error);
  GtkWidget *row;
  DeskCountState before = DESK_COUNT_SCANNING;
  const DeskCount *open = count_of (self, self->count_id);

  if (!counts)
    {
      g_warning ("cannot read the counts: %s", error->message);
      return;
    }
  if (open)
    before = open->state;
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  self->counts = counts;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < counts->len; i++)
    gtk_list_box_append (self->list, row_new (self, counts->pdata[i]));
  show_count (self);
  /* The comparison takes the place of scanning: the focus goes with it. */
  open = count_of (self, self->count_id);
  if (open && open->state != before)
    desk_cells_way_enter (way);
}

static void
open_count (DeskCellsCounts *self, gint64 id)
{
  self->count_id = id;
  show_count (self);
  desk_cells_way_enter (DESK_CELLS_WAY (self));
}

static void
on_row_activated (DeskCellsCounts *self, GtkListBoxRow *row)
{
  open_count (self, ((DeskCount *) self->counts->pdata[gtk_list_box_row_get_index (row)])->id);
}

/* ── actions ─────────────────────────────────────────────────────────────────────────────────── */

static void
on_new (gpointer user_data, gint64 count_id)
{
  DeskCellsCounts *self = user_data;

  self->count_id = count_id;
  desk_cells_counts_refresh (DESK_CELLS_WAY (self));
  desk_cells_way_enter (DESK_CELLS_WAY (self));
}

static void
action_new (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsCounts *self = DESK_CELLS_COUNTS (widget);

  desk_count_open_dialog (self->page, on_new, self);
}

static void
action_dialog (GtkWidget *widget, const char *name, GVariant *target)
{
  static const struct
  {
    const char *name;
    void (*func) (DeskPage *page, const DeskCount *count);
  } dialogs[] = {
    { "counts.end", desk_count_end_dialog },
    { "counts.abandon", desk_count_abandon_dialog },
    { "counts.close", desk_count_close_dialog },
  };
  DeskCellsCounts *self = DESK_CELLS_COUNTS (widget);
  const DeskCount *count = count_of (self, self->count_id);

  for (guint i = 0; count && i < G_N_ELEMENTS (dialogs); i++)
    if (g_str_equal (dialogs[i].name, name))
      dialogs[i].func (self->page, count);
}

static gboolean
write_protocol (DeskDb *db, gint64 id, const char *path, GError **error)
{
  return desk_count_protocol_write (db, id, path, TRUE, error);
}

static void
action_protocol (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsCounts *self = DESK_CELLS_COUNTS (widget);
  const DeskCount *count = count_of (self, self->count_id);
  g_autofree char *file = count ? g_strdup_printf ("%s.pdf", count->number) : NULL;

  if (count)
    desk_cells_pdf_ask (self->page, _("Protocol of the Stocktake"), file, write_protocol, count->id);
}

static void
action_export (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsCounts *self = DESK_CELLS_COUNTS (widget);

  if (self->count_id)
    desk_export_ask_thing (self->page, DESK_EXPORT_STOCKTAKE, self->count_id);
  else
    desk_toast (widget, _("Choose a stocktake first."));
}

static void
action_back (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_cells_way_back (DESK_CELLS_WAY (widget));
  desk_cells_way_enter (DESK_CELLS_WAY (widget));
}

/* ── the view's part ─────────────────────────────────────────────────────────────────────────── */

static void
desk_cells_counts_load (DeskCellsWay *way)
{
  DeskCellsCounts *self = DESK_CELLS_COUNTS (way);

  self->page = desk_cells_way_get_page (way);
  self->scan = DESK_COUNT_SCAN_VIEW (desk_count_scan_view_new (self->page));
  self->compare = DESK_COUNT_COMPARE (desk_count_compare_new (self->page));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->scan), "scan");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->compare), "compare");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "counts.new", !desk_page_get_read_only (self->page));
}

static void
desk_cells_counts_enter (DeskCellsWay *way)
{
  DeskCellsCounts *self = DESK_CELLS_COUNTS (way);
  GtkWidget *shown = gtk_stack_get_visible_child (self->stack);

  if (shown == GTK_WIDGET (self->scan))
    desk_count_scan_view_enter (self->scan);
  else if (shown == GTK_WIDGET (self->compare))
    desk_count_compare_enter (self->compare);
  else if (gtk_list_box_get_row_at_index (self->list, 0))
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static gboolean
desk_cells_counts_back (DeskCellsWay *way)
{
  DeskCellsCounts *self = DESK_CELLS_COUNTS (way);

  if (self->count_id == 0)
    return FALSE;
  self->count_id = 0;
  show_count (self);
  return TRUE;
}

static gboolean
desk_cells_counts_show (DeskCellsWay *way, DeskKind kind, gint64 id)
{
  DeskCellsCounts *self = DESK_CELLS_COUNTS (way);

  if (kind != DESK_KIND_COUNT || !count_of (self, id))
    return FALSE;
  self->count_id = id;
  show_count (self);
  return TRUE;
}

static void
desk_cells_counts_finalize (GObject *object)
{
  g_clear_pointer (&DESK_CELLS_COUNTS (object)->counts, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_cells_counts_parent_class)->finalize (object);
}

static void
desk_cells_counts_class_init (DeskCellsCountsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DeskCellsWayClass *way_class = DESK_CELLS_WAY_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_cells_counts_finalize;
  way_class->alone = TRUE;
  way_class->load = desk_cells_counts_load;
  way_class->refresh = desk_cells_counts_refresh;
  way_class->enter = desk_cells_counts_enter;
  way_class->back = desk_cells_counts_back;
  way_class->show = desk_cells_counts_show;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-cells-counts.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCellsCounts, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsCounts, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_install_action (widget_class, "counts.new", NULL, action_new);
  gtk_widget_class_install_action (widget_class, "counts.end", NULL, action_dialog);
  gtk_widget_class_install_action (widget_class, "counts.abandon", NULL, action_dialog);
  gtk_widget_class_install_action (widget_class, "counts.close", NULL, action_dialog);
  gtk_widget_class_install_action (widget_class, "counts.back", NULL, action_back);
  gtk_widget_class_install_action (widget_class, "counts.protocol", NULL, action_protocol);
  gtk_widget_class_install_action (widget_class, "counts.export", NULL, action_export);
}

static void
desk_cells_counts_init (DeskCellsCounts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
