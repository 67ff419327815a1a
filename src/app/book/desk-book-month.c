#include "desk-book-month.h"

#include <glib/gi18n.h>

#include "desk-book-cell.h"
#include "desk-words.h"

#define HEADING 26
#define MAX_CELLS 42
#define MAX_LINES 8

struct _DeskBookMonth
{
  GtkWidget parent_instance;

  DeskBookMonthBoard *board;
  DeskDay day; /* under the cursor */
  DeskBookCell *cells[MAX_CELLS]; /* one for each day: what a screen reader finds; see desk-book-cell.h */
};

G_DEFINE_FINAL_TYPE (DeskBookMonth, desk_book_month, GTK_TYPE_WIDGET)

typedef struct
{
  DeskBookMonth *month;
  GtkSnapshot *snapshot;
  GdkRGBA ink, dim, line, paper, accent;
} Brush;

static const GdkRGBA red = { 0.78f, 0.09f, 0.12f, 1 };
static const GdkRGBA white = { 1, 1, 1, 1 };

static void
cell_area (DeskBookMonth *self, guint index, graphene_rect_t *area)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) / 7.0;
  double height = (gtk_widget_get_height (GTK_WIDGET (self)) - HEADING) / (double) self->board->n_weeks;
  int left = (int) (index % 7 * width), top = HEADING + (int) (index / 7 * height);

  graphene_rect_init (area, (float) left, (float) top, (float) ((int) ((index % 7 + 1) * width) - left),
                      (float) (HEADING + (int) ((index / 7 + 1) * height) - top));
}

static guint
index_of (DeskBookMonth *self, DeskDay day)
{
  return (guint) (day - desk_book_month_board_day (self->board, 0)->day);
}

/* ── drawing ─────────────────────────────────────────────────────────────────────────────────── */

static PangoLayout *
layout_new (Brush *b, const char *words, int width, double scale, gboolean bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (b->month), words);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_width (layout, MAX (width, 8) * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

static void
draw_words (Brush *b, const char *words, double x, double y, int width, double scale, gboolean bold, PangoAlignment align,
            const GdkRGBA *color)
{
  g_autoptr (PangoLayout) layout = layout_new (b, words, width, scale, bold);

  pango_layout_set_alignment (layout, align);
  gtk_snapshot_save (b->snapshot);
  gtk_snapshot_translate (b->snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (b->snapshot, layout, color);
  gtk_snapshot_restore (b->snapshot);
}

/* Hatched like the closed columns of the day. */
static void
draw_closed (Brush *b, const graphene_rect_t *area)
{
  GdkRGBA stripe = b->ink, none = b->ink;

  stripe.alpha = 0.08f;
  none.alpha = 0;
  GskColorStop stops[] = { { 0, none }, { 0.85f, none }, { 0.85f, stripe }, { 1, stripe } };
  gtk_snapshot_append_repeating_linear_gradient (b->snapshot, area, &GRAPHENE_POINT_INIT (0, 0), &GRAPHENE_POINT_INIT (7, 7), stops,
                                                 G_N_ELEMENTS (stops));
}

/* A bar as long as there are visits of the type, with number and type on it. */
static void
draw_count (Brush *b, const DeskBookMonthDay *day, guint type, double x, double y, double width, int line)
{
  const DeskBookMonthBoard *board = b->month->board;
  g_autofree char *words = desk_book_month_count_words (board, day, type);
  GdkRGBA bar = b->accent;

  bar.alpha = 0.22f;
  gtk_snapshot_append_color (b->snapshot, &bar,
                             &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) (width * day->counts[type] / board->most), (float) line - 1));
  draw_words (b, words, x + 3, y, (int) width - 6, 0.82, FALSE, PANGO_ALIGN_LEFT, day->outside ? &b->dim : &b->ink);
}

static void
draw_counts (Brush *b, const DeskBookMonthDay *day, double x, double y, double width, int room, int line)
{
  guint shown = 0, n = 0, hidden = 0, lines = (guint) CLAMP (room / line, 0, MAX_LINES);

  for (guint t = 0; t < b->month->board->types->len; t++)
    n += day->counts[t] > 0;
  for (guint t = 0; t < b->month->board->types->len; t++)
    if (day->counts[t] > 0 && (n <= lines || shown + 1 < lines))
      draw_count (b, day, t, x, y + shown++ * line, width, line);
    else
      hidden += day->counts[t];
  if (hidden > 0 && lines > 0)
    {
      g_autofree char *more = g_strdup_printf (g_dngettext (NULL, "%u more", "%u more", hidden), hidden);
      draw_words (b, more, x + 3, y + shown * line, (int) width - 6, 0.82, FALSE, PANGO_ALIGN_LEFT, &b->dim);
    }
}

static void
draw_number (Brush *b, const DeskBookMonthDay *day, double x, double y)
{
  int year, month, mday;
  gboolean today = day->day == b->month->board->today;

  desk_day_to_ymd (day->day, &year, &month, &mday);
  g_autofree char *number = g_strdup_printf ("%d", mday);
  if (today)
    {
      GskRoundedRect circle;

      gsk_rounded_rect_init_from_rect (&circle, &GRAPHENE_RECT_INIT ((float) x - 2, (float) y - 1, 26, 20), 10);
      gtk_snapshot_push_rounded_clip (b->snapshot, &circle);
      gtk_snapshot_append_color (b->snapshot, &red, &circle.bounds);
      gtk_snapshot_pop (b->snapshot);
    }
  draw_words (b, number, x - 2, y, 26, 0.95, TRUE, PANGO_ALIGN_CENTER, today ? &white : day->outside ? &b->dim : &b->ink);
}

static void
draw_day (Brush *b, guint index)
{
  const DeskBookMonthDay *day = desk_book_month_board_day (b->month->board, index);
  const char *note = day->closed ? day->closed : day->note;
  g_autofree char *left = desk_book_month_left_words (day);
  g_autoptr (PangoLayout) probe = layout_new (b, "0", 100, 0.82, FALSE);
  graphene_rect_t area;
  int line;

  pango_layout_get_pixel_size (probe, NULL, &line);
  line += 1;
  cell_area (b->month, index, &area);
  double x = area.origin.x, y = area.origin.y, width = area.size.width, height = area.size.height;
  if (day->closed)
    draw_closed (b, &area);
  gtk_snapshot_append_color (b->snapshot, &b->line, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, 1));
  gtk_snapshot_append_color (b->snapshot, &b->line, &GRAPHENE_RECT_INIT ((float) x, (float) y, 1, (float) height));
  gtk_snapshot_push_clip (b->snapshot, &area);
  draw_number (b, day, x + 6, y + 4);
  if (note)
    draw_words (b, note, x + 34, y + 5, (int) width - 40, 0.82, TRUE, PANGO_ALIGN_LEFT, day->outside ? &b->dim : &b->ink);
  int foot = *left ? line + 3 : 2;
  draw_counts (b, day, x + 5, y + 26, width - 10, (int) height - 26 - foot, line);
  if (*left)
    draw_words (b, left, x + 8, y + height - line - 3, (int) width - 14, 0.78, FALSE, PANGO_ALIGN_LEFT, &b->dim);
  gtk_snapshot_pop (b->snapshot);
}

static void
draw_cursor (Brush *b)
{
  DeskBookMonth *self = b->month;
  DeskBookCell *cell = self->cells[index_of (self, self->day)];
  gboolean focused = cell && gtk_widget_has_focus (GTK_WIDGET (cell));
  graphene_rect_t area;
  GskRoundedRect outline;
  const GdkRGBA *color = focused ? &b->accent : &b->line;
  float width = focused ? 3 : 2;

  cell_area (self, index_of (self, self->day), &area);
  gsk_rounded_rect_init_from_rect (&outline, &area, 0);
  gtk_snapshot_append_border (b->snapshot, &outline, (float[4]){ width, width, width, width },
                              (GdkRGBA[4]){ *color, *color, *color, *color });
}

static void
draw_weekdays (Brush *b)
{
  for (guint i = 0; i < 7; i++)
    {
      graphene_rect_t area;

      cell_area (b->month, i, &area);
      draw_words (b, desk_words_weekday ((int) i + 1), area.origin.x, 4, (int) area.size.width, 0.9, TRUE, PANGO_ALIGN_CENTER, &b->ink);
    }
}

static void
desk_book_month_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DeskBookMonth *self = DESK_BOOK_MONTH_PICTURE (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  Brush b = { .month = self, .snapshot = snapshot };

  if (!self->board)
    return;
  gtk_style_context_get_color (style, &b.ink);
  b.dim = b.line = b.ink;
  b.dim.alpha *= 0.6f;
  b.line.alpha *= 0.22f;
  if (!gtk_style_context_lookup_color (style, "view_bg_color", &b.paper))
    b.paper = white;
  if (!gtk_style_context_lookup_color (style, "accent_bg_color", &b.accent))
    b.accent = (GdkRGBA){ 0.2f, 0.5f, 0.9f, 1 };
  gtk_snapshot_append_color (snapshot, &b.paper,
                             &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget)));
  draw_weekdays (&b);
  for (guint i = 0; i < self->board->days->len; i++)
    draw_day (&b, i);
  draw_cursor (&b);
}

/* ── cursor ──────────────────────────────────────────────────────────────────────────────────── */

static gboolean
has_focus (DeskBookMonth *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
go (DeskBookMonth *self, DeskDay day)
{
  DeskDay first = desk_book_month_board_day (self->board, 0)->day;
  gboolean focused = has_focus (self);

  self->day = CLAMP (day, first, first + (DeskDay) self->board->days->len - 1);
  if (focused)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "cursor-moved");
}

static gboolean
on_arrow (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  DeskBookMonth *self = DESK_BOOK_MONTH_PICTURE (widget);

  if (self->board)
    go (self, self->day + g_variant_get_int32 (args));
  return TRUE;
}

static gboolean
on_enter_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  g_signal_emit_by_name (widget, "day-activated", (int) DESK_BOOK_MONTH_PICTURE (widget)->day);
  return TRUE;
}

static void
on_pressed (GtkGestureClick *gesture, int n, double x, double y, DeskBookMonth *self)
{
  int column = (int) (x * 7 / MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1)), week;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!self->board || y < HEADING)
    return;
  week = (int) ((y - HEADING) * self->board->n_weeks / MAX (gtk_widget_get_height (GTK_WIDGET (self)) - HEADING, 1));
  go (self, desk_book_month_board_day (self->board, 0)->day + CLAMP (week * 7 + column, 0, (int) self->board->days->len - 1));
  if (n == 2)
    g_signal_emit_by_name (self, "day-activated", (int) self->day);
}

static void
on_cell_focus (GtkEventController *controller, DeskBookMonth *self)
{
  DeskBookCell *cell = DESK_BOOK_CELL (gtk_event_controller_get_widget (controller));
  guint index = desk_book_cell_get_column (cell);

  if (self->board && index < self->board->days->len && index != index_of (self, self->day))
    go (self, desk_book_month_board_day (self->board, index)->day);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_cells (DeskBookMonth *self)
{
  for (guint i = 0; i < MAX_CELLS; i++)
    {
      gboolean used = i < self->board->days->len;

      if (used && !self->cells[i])
        {
          GtkEventController *focus = gtk_event_controller_focus_new ();

          self->cells[i] = desk_book_cell_new (0, i);
          g_signal_connect (focus, "enter", G_CALLBACK (on_cell_focus), self);
          g_signal_connect (focus, "leave", G_CALLBACK (on_cell_focus), self);
          gtk_widget_add_controller (GTK_WIDGET (self->cells[i]), focus);
          gtk_widget_set_parent (GTK_WIDGET (self->cells[i]), GTK_WIDGET (self));
        }
      if (!used && self->cells[i])
        {
          gtk_widget_unparent (GTK_WIDGET (self->cells[i]));
          self->cells[i] = NULL;
        }
      if (used)
        {
          g_autofree char *words = desk_book_month_day_words (self->board, desk_book_month_board_day (self->board, i));
          desk_book_cell_say (self->cells[i], words);
        }
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static gboolean
desk_book_month_grab_focus (GtkWidget *widget)
{
  DeskBookMonth *self = DESK_BOOK_MONTH_PICTURE (widget);

  return self->board && gtk_widget_grab_focus (GTK_WIDGET (self->cells[index_of (self, self->day)]));
}

static gboolean
desk_book_month_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return !has_focus (DESK_BOOK_MONTH_PICTURE (widget)) && gtk_widget_grab_focus (widget);
}

static void
desk_book_month_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DeskBookMonth *self = DESK_BOOK_MONTH_PICTURE (widget);

  for (guint i = 0; i < MAX_CELLS; i++)
    if (self->cells[i])
      {
        graphene_rect_t area;
        int minimum;

        cell_area (self, i, &area);
        gtk_widget_measure (GTK_WIDGET (self->cells[i]), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
        gtk_widget_size_allocate (GTK_WIDGET (self->cells[i]),
                                  &(GtkAllocation){ (int) area.origin.x, (int) area.origin.y, MAX ((int) area.size.width, 1),
                                                    MAX ((int) area.size.height, 1) }, -1);
      }
}

static void
desk_book_month_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : 320;
}

static void
desk_book_month_dispose (GObject *object)
{
  DeskBookMonth *self = DESK_BOOK_MONTH_PICTURE (object);

  for (guint i = 0; i < MAX_CELLS; i++)
    if (self->cells[i])
      gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->cells[i])));
  g_clear_pointer (&self->board, desk_book_month_board_free);
  G_OBJECT_CLASS (desk_book_month_parent_class)->dispose (object);
}

static void
desk_book_month_class_init (DeskBookMonthClass *klass)
{
  static const struct
  {
    guint key, pad;
    int days;
  } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1 },
    { GDK_KEY_Right, GDK_KEY_KP_Right, 1 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, -7 },
    { GDK_KEY_Down, GDK_KEY_KP_Down, 7 },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_book_month_dispose;
  widget_class->snapshot = desk_book_month_snapshot;
  widget_class->size_allocate = desk_book_month_size_allocate;
  widget_class->measure = desk_book_month_measure;
  widget_class->grab_focus = desk_book_month_grab_focus;
  widget_class->focus = desk_book_month_focus;
  g_signal_new ("day-activated", DESK_TYPE_BOOK_MONTH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  g_signal_new ("cursor-moved", DESK_TYPE_BOOK_MONTH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gtk_widget_class_add_binding (widget_class, arrows[i].key, 0, on_arrow, "i", arrows[i].days);
      gtk_widget_class_add_binding (widget_class, arrows[i].pad, 0, on_arrow, "i", arrows[i].days);
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, on_enter_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, on_enter_key, NULL);
  gtk_widget_class_set_css_name (widget_class, "bookmonth");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
desk_book_month_init (DeskBookMonth *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Month of the book"), -1);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/* Takes a new picture; the cursor stays on its day where that is shown, else goes to the first of the month. */
void
desk_book_month_set_board (DeskBookMonth *self, DeskBookMonthBoard *board)
{
  DeskDay first = desk_book_month_board_day (board, 0)->day;

  g_clear_pointer (&self->board, desk_book_month_board_free);
  self->board = board;
  if (self->day < first || self->day >= first + (DeskDay) board->days->len)
    self->day = board->month;
  set_cells (self);
  go (self, self->day);
}

/* Lent; NULL before the first. */
const DeskBookMonthBoard *
desk_book_month_get_board (DeskBookMonth *self)
{
  return self->board;
}

/* Puts the cursor on a day of the month shown. */
void
desk_book_month_select (DeskBookMonth *self, DeskDay day)
{
  if (self->board)
    go (self, day);
  else
    self->day = day;
}

DeskDay
desk_book_month_get_day (DeskBookMonth *self)
{
  return self->day;
}

/* The day under the cursor in one sentence; lent. */
const char *
desk_book_month_get_sentence (DeskBookMonth *self)
{
  return self->board ? desk_book_cell_get_sentence (self->cells[index_of (self, self->day)]) : "";
}
