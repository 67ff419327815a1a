#include "desk-book-grid-private.h"

#include <glib/gi18n.h>

#include "desk-book-words.h"

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

G_DEFINE_FINAL_TYPE_WITH_CODE (DeskBookGrid, desk_book_grid, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static void
say_cursor (DeskBookGrid *self)
{
  const DeskVisit *visit = self->visit ? desk_book_board_visit (self->board, self->visit) : NULL;

  g_free (self->sentence);
  self->sentence = visit ? desk_book_visit_words (self->board, visit)
                         : desk_book_slot_words (self->board, self->column, self->minute);
  grid_cells_follow (self);
  g_signal_emit_by_name (self, "cursor-moved");
}

void
grid_set_cursor (DeskBookGrid *self, guint column, int minute, gint64 visit)
{
  self->column = MIN (column, self->board->columns->len - 1);
  self->minute = CLAMP (minute, self->board->from, self->board->until - 5);
  if (visit != self->visit)
    grid_card_hide (self);
  self->visit = visit;
  say_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_minute (gpointer user_data)
{
  DeskBookGrid *self = user_data;
  gint64 second = g_get_real_time () / G_USEC_PER_SEC;

  gtk_widget_queue_draw (GTK_WIDGET (self));
  self->tick = g_timeout_add_seconds ((guint) (60 - second % 60), on_minute, self);
  return G_SOURCE_REMOVE;
}

static void
desk_book_grid_map (GtkWidget *widget)
{
  DeskBookGrid *self = DESK_BOOK_GRID (widget);

  GTK_WIDGET_CLASS (desk_book_grid_parent_class)->map (widget);
  self->tick = g_timeout_add_seconds (1, on_minute, self);
}

static void
desk_book_grid_unmap (GtkWidget *widget)
{
  grid_card_hide (DESK_BOOK_GRID (widget));
  g_clear_handle_id (&DESK_BOOK_GRID (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (desk_book_grid_parent_class)->unmap (widget);
}

static void
desk_book_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  grid_configure (DESK_BOOK_GRID (widget));
  grid_cells_allocate (DESK_BOOK_GRID (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

static void
desk_book_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DeskBookGrid *self = DESK_BOOK_GRID (widget);

  if (self->board)
    grid_draw (self, snapshot);
}

static void
desk_book_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 240;
}

static void
desk_book_grid_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (desk_book_grid_parent_class)->css_changed (widget, change);
  desk_book_texts_clear (DESK_BOOK_GRID (widget)->texts);
  grid_labels_clear (DESK_BOOK_GRID (widget));
}

static gboolean
desk_book_grid_grab_focus (GtkWidget *widget)
{
  return grid_cells_focus (DESK_BOOK_GRID (widget)) || GTK_WIDGET_CLASS (desk_book_grid_parent_class)->grab_focus (widget);
}

/* One stop for Tab: from visit to visit it is the grid's own key. */
static gboolean
desk_book_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *inner = gtk_widget_get_focus_child (widget);

  if (GTK_IS_POPOVER (inner) && gtk_widget_is_visible (inner))
    return gtk_widget_child_focus (inner, direction);
  return !grid_has_focus (DESK_BOOK_GRID (widget)) && gtk_widget_grab_focus (widget);
}

static void
on_scrolled (DeskBookGrid *self)
{
  grid_card_hide (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_adjustment (DeskBookGrid *self, GtkAdjustment **field, GtkAdjustment *adjustment)
{
  if (*field == adjustment)
    return;
  if (*field)
    g_signal_handlers_disconnect_by_func (*field, on_scrolled, self);
  g_set_object (field, adjustment);
  if (adjustment)
    g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (on_scrolled), self);
  grid_configure (self);
}

static void
desk_book_grid_get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
  DeskBookGrid *self = DESK_BOOK_GRID (object);

  switch (property)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hscroll_policy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vscroll_policy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
desk_book_grid_set_property (GObject *object, guint property, const GValue *value, GParamSpec *spec)
{
  DeskBookGrid *self = DESK_BOOK_GRID (object);

  switch (property)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hscroll_policy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vscroll_policy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
desk_book_grid_dispose (GObject *object)
{
  DeskBookGrid *self = DESK_BOOK_GRID (object);
  GtkWidget *child;

  grid_card_hide (self);
  self->card = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_hash_table_remove_all (self->cells);
  self->slots[0] = self->slots[1] = NULL;
  grid_labels_clear (self);
  g_clear_handle_id (&self->tick, g_source_remove);
  set_adjustment (self, &self->hadjustment, NULL);
  set_adjustment (self, &self->vadjustment, NULL);
  g_clear_pointer (&self->board, desk_book_board_free);
  G_OBJECT_CLASS (desk_book_grid_parent_class)->dispose (object);
}

static void
desk_book_grid_finalize (GObject *object)
{
  DeskBookGrid *self = DESK_BOOK_GRID (object);

  desk_book_texts_free (self->texts);
  g_array_unref (self->edges);
  g_hash_table_unref (self->cells);
  g_ptr_array_unref (self->titles);
  g_ptr_array_unref (self->subtitles);
  g_clear_pointer (&self->checked, g_hash_table_unref);
  g_free (self->sentence);
  g_free (self->drag_words);
  G_OBJECT_CLASS (desk_book_grid_parent_class)->finalize (object);
}

static void
install_signals (void)
{
  g_signal_new ("slot-activated", DESK_TYPE_BOOK_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                G_TYPE_UINT, G_TYPE_INT);
  g_signal_new ("visit-activated", DESK_TYPE_BOOK_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_INT64);
  g_signal_new ("visit-dropped", DESK_TYPE_BOOK_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 5,
                G_TYPE_INT64, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_INT, G_TYPE_INT);
  g_signal_new ("cursor-moved", DESK_TYPE_BOOK_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_book_grid_class_init (DeskBookGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = desk_book_grid_get_property;
  object_class->set_property = desk_book_grid_set_property;
  object_class->dispose = desk_book_grid_dispose;
  object_class->finalize = desk_book_grid_finalize;
  widget_class->map = desk_book_grid_map;
  widget_class->unmap = desk_book_grid_unmap;
  widget_class->size_allocate = desk_book_grid_size_allocate;
  widget_class->snapshot = desk_book_grid_snapshot;
  widget_class->measure = desk_book_grid_measure;
  widget_class->css_changed = desk_book_grid_css_changed;
  widget_class->grab_focus = desk_book_grid_grab_focus;
  widget_class->focus = desk_book_grid_focus;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  install_signals ();
  grid_keys_class_init (widget_class);
  gtk_widget_class_set_css_name (widget_class, "bookgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
desk_book_grid_init (DeskBookGrid *self)
{
  self->row_minutes = 15;
  self->scroll_to = -1;
  self->texts = desk_book_texts_new ();
  self->edges = g_array_new (FALSE, FALSE, sizeof (double));
  self->cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->titles = g_ptr_array_new_with_free_func (g_object_unref);
  self->subtitles = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Appointment book"), -1);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  grid_pointer_init (self);
}

/* check says, while a visit is dragged, what speaks against the place below it. */
void
desk_book_grid_set_check (DeskBookGrid *self, DeskBookCheckFunc check, gpointer user_data)
{
  self->check = check;
  self->check_data = user_data;
}

/* The version of the visit of which the card tells; 0 for none. */
static gint64
card_version (DeskBookGrid *self, const DeskBookBoard *board)
{
  const DeskVisit *visit = self->card && board ? desk_book_board_visit (board, desk_book_card_get_visit (self->card)) : NULL;

  return visit ? visit->version : 0;
}

/* Takes a new picture of the book. The cursor stays on its visit, or in its slot; nothing scrolls. */
void
desk_book_grid_set_board (DeskBookGrid *self, DeskBookBoard *board)
{
  const DeskBookBox *box = self->visit ? desk_book_board_find (board, self->visit, self->column) : NULL;
  gint64 told = card_version (self, self->board);

  desk_book_texts_keep (self->texts, board);
  g_clear_pointer (&self->board, desk_book_board_free);
  self->board = board;
  if (self->drag != GRID_IDLE && !desk_book_board_visit (board, self->drag_visit))
    desk_book_grid_cancel_drag (self);
  g_clear_pointer (&self->checked, g_hash_table_unref);
  if (told && card_version (self, board) != told) /* what the card says is no longer so */
    grid_card_hide (self);
  grid_labels_clear (self);
  grid_configure (self);
  grid_cells_set (self);
  if (!box && board->mode == DESK_BOOK_DAY)
    box = desk_book_board_at (board, self->column, self->minute, 0);
  if (box)
    grid_set_cursor (self, box->column, box->from, box->visit->id);
  else
    grid_set_cursor (self, self->column, self->minute, 0);
}

/* Lent until the next one; NULL before the first. */
const DeskBookBoard *
desk_book_grid_get_board (DeskBookGrid *self)
{
  return self->board;
}

/* 5, 10 or 15 minutes a row. */
void
desk_book_grid_set_rows (DeskBookGrid *self, int minutes)
{
  int top = 0;

  if (self->row_minutes == minutes)
    return;
  if (self->board && self->vadjustment)
    top = self->board->from + (int) (gtk_adjustment_get_value (self->vadjustment) / grid_minute_height (self));
  self->row_minutes = minutes;
  if (self->board)
    desk_book_grid_scroll_to_minute (self, top);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* How many boxes were laid out since the beginning; a change of one visit lays out one. */
guint
desk_book_grid_get_laid_out (DeskBookGrid *self)
{
  return desk_book_texts_get_laid_out (self->texts);
}

/* Minutes of a row. */
int
desk_book_grid_get_rows (DeskBookGrid *self)
{
  return self->row_minutes;
}

/* The visit that has been cut and waits to be put elsewhere; 0 for none. */
void
desk_book_grid_set_cut (DeskBookGrid *self, gint64 visit_id)
{
  self->cut = visit_id;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Of a file that can only be looked at nothing is dragged. */
void
desk_book_grid_set_read_only (DeskBookGrid *self, gboolean read_only)
{
  self->read_only = read_only;
}

/* The visit under the cursor, or 0. */
gint64
desk_book_grid_get_visit (DeskBookGrid *self)
{
  return self->visit;
}

/* Where the cursor is, whether there is a visit or not. */
void
desk_book_grid_get_slot (DeskBookGrid *self, guint *column, int *minute)
{
  *column = self->column;
  *minute = self->minute;
}

/* Puts the cursor on a visit and shows it; nothing happens when it is not on the board. */
void
desk_book_grid_select (DeskBookGrid *self, gint64 visit_id)
{
  const DeskBookBox *box = self->board ? desk_book_board_find (self->board, visit_id, self->column) : NULL;

  if (!box)
    return;
  grid_set_cursor (self, box->column, box->from, visit_id);
  grid_show_cursor (self);
}

/* Puts the cursor there: on the visit, when there is one. */
void
desk_book_grid_select_slot (DeskBookGrid *self, guint column, int minute)
{
  const DeskBookBox *box = desk_book_board_at (self->board, column, minute, 0);

  grid_set_cursor (self, column, box ? box->from : minute, box ? box->visit->id : 0);
  grid_show_cursor (self);
}

/* Shows that minute at the top, now or as soon as there is a size. */
void
desk_book_grid_scroll_to_minute (DeskBookGrid *self, int minute)
{
  self->scroll_to = MAX (minute, self->board->from);
  grid_configure (self);
}

/* Where a popover about the cursor's visit should point. */
void
desk_book_grid_get_cursor_area (DeskBookGrid *self, GdkRectangle *area)
{
  graphene_rect_t rect;
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  grid_cursor_area (self, &rect);
  float top = MAX (rect.origin.y, GRID_HEADING), bottom = MIN (rect.origin.y + rect.size.height, (float) height);
  *area = (GdkRectangle){ (int) rect.origin.x, (int) top, (int) rect.size.width, MAX ((int) (bottom - top), 1) };
}

/* The item under the cursor in one sentence; lent. */
const char *
desk_book_grid_get_sentence (DeskBookGrid *self)
{
  return self->sentence ? self->sentence : "";
}
