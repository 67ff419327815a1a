/* What a frame of the book costs: the day of 12 columns and the week, 240 visits each, beside an empty widget and beside
 * the bare boxes in one colour without a word on them. CPU time of this process for snapshot and cairo renderer, 1366 × 640.
 * Needs a display; the environment is that of the tests without accessibility. */
#include <adwaita.h>
#include <stdio.h>
#include <time.h>

#include "desk-book-grid.h"

#define FRAMES 60
#define DAY 20600
#define VISITS 240

static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* Visit i: column i % columns, one after the other of 30 minutes; those of a week lie in lanes of four. */
static DeskBookBoard *
board_new (DeskBookMode mode, guint changed)
{
  DeskBookBoard *board = g_new0 (DeskBookBoard, 1);
  guint columns = mode == DESK_BOOK_WEEK ? 6 : 12, lanes = mode == DESK_BOOK_WEEK ? 2 : 1;

  board->mode = mode;
  board->day = board->first = DAY;
  board->n_days = mode == DESK_BOOK_WEEK ? 6 : 1;
  board->zone = g_time_zone_new_utc ();
  board->opens = board->from = 480;
  board->closes = board->until = 1140;
  board->types = g_ptr_array_new ();
  board->resources = g_ptr_array_new ();
  board->blocks = g_ptr_array_new ();
  board->visits = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
  board->marks = g_array_new (FALSE, TRUE, sizeof (DeskGateMark));
  board->columns = g_array_new (FALSE, TRUE, sizeof (DeskBookColumn));
  board->boxes = g_array_new (FALSE, TRUE, sizeof (DeskBookBox));
  for (guint i = 0; i < columns; i++)
    {
      DeskBookColumn column = { DAY + (mode == DESK_BOOK_WEEK ? (DeskDay) i : 0), i + 1, g_strdup_printf ("Chair %u", i), g_strdup ("20 visits"),
                                NULL, 480, 1140 };
      g_array_append_val (board->columns, column);
    }
  for (guint i = 0; i < VISITS; i++)
    {
      DeskVisit *visit = g_new0 (DeskVisit, 1);
      DeskBookBox box = { visit, i % columns, i / columns % lanes, lanes, 0, 0, (DeskLight) (i % 4), FALSE };

      box.from = 480 + (int) (i / columns / lanes) * 30;
      box.until = box.from + 30;
      visit->id = i + 1;
      visit->type = g_strdup ("infusion");
      visit->status = g_strdup (i % 3 ? "booked" : "confirmed");
      visit->override = g_strdup (i == changed ? "changed" : "");
      visit->patient_name = g_strdup_printf ("FAMILY Given%u", i);
      visit->languages = g_strdup ("zh");
      visit->starts_at = ((gint64) DAY * 1440 + box.from) * 60;
      visit->ends_at = visit->starts_at + 1800;
      g_ptr_array_add (board->visits, visit);
      g_array_append_val (board->boxes, box);
    }
  return board;
}

/* The least that shows the same boxes. */
typedef struct
{
  GtkWidget parent_instance;
} BareBoxes;
typedef GtkWidgetClass BareBoxesClass;
GType bare_boxes_get_type (void);
G_DEFINE_TYPE (BareBoxes, bare_boxes, GTK_TYPE_WIDGET)

static void
bare_boxes_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  const GdkRGBA color = { 0.3f, 0.5f, 0.9f, 1 };

  for (guint i = 0; i < VISITS; i++)
    gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (52 + i % 12 * 108, 42 + i / 12 * 30, 100, 28));
}

static void
bare_boxes_class_init (BareBoxesClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = bare_boxes_snapshot;
}

static void
bare_boxes_init (BareBoxes *self)
{
}

static double
frames (GtkWidget *widget, guint n)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  double begin = cpu_ms ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

      gtk_widget_queue_draw (widget);
      GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
      g_autoptr (GskRenderNode) node = gtk_snapshot_to_node (snapshot);
      if (!node)
        continue;
      GdkTexture *texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, 1366, 640));
      g_object_unref (texture);
    }
  return (cpu_ms () - begin) / n;
}

static GtkWidget *
show (GtkWidget *window, GtkWidget *widget)
{
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_widget_set_size_request (widget, 1366, 640);
  gtk_window_present (GTK_WINDOW (window));
  for (gint64 end = g_get_monotonic_time () + 400000; g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
  return widget;
}

static void
bench (GtkWidget *window, const char *label, DeskBookMode mode, double bare)
{
  GtkWidget *grid = g_object_new (DESK_TYPE_BOOK_GRID, "hadjustment", gtk_adjustment_new (0, 0, 0, 0, 0, 0), "vadjustment",
                                  gtk_adjustment_new (0, 0, 0, 0, 0, 0), NULL);

  show (window, grid);
  desk_book_grid_set_board (DESK_BOOK_GRID (grid), board_new (mode, VISITS));
  double first = frames (grid, 1), again = frames (grid, FRAMES), begin = cpu_ms ();
  for (guint i = 0; i < FRAMES; i++)
    desk_book_grid_set_board (DESK_BOOK_GRID (grid), board_new (mode, i % 2 ? VISITS : 7));
  double board = (cpu_ms () - begin) / FRAMES;
  guint laid_out = desk_book_grid_get_laid_out (DESK_BOOK_GRID (grid));
  desk_book_grid_set_board (DESK_BOOK_GRID (grid), board_new (mode, 7));
  double changed = frames (grid, 1);
  printf ("%s, %d visits: first frame %.1f ms, every other %.2f ms (%.1f × the bare boxes), after a change of one %.2f ms with %u laid out,"
          " taking a new board %.2f ms\n",
          label, VISITS, first, again, again / bare, changed, desk_book_grid_get_laid_out (DESK_BOOK_GRID (grid)) - laid_out, board);
}

int
main (int argc, char **argv)
{
  gtk_init ();
  adw_init ();
  GtkWidget *window = gtk_window_new ();
  double empty = frames (show (window, gtk_drawing_area_new ()), FRAMES);
  double bare = frames (show (window, g_object_new (bare_boxes_get_type (), NULL)), FRAMES);

  printf ("an empty widget %.3f ms, %d bare boxes %.2f ms a frame\n", empty, VISITS, bare);
  bench (window, "day", DESK_BOOK_DAY, bare);
  bench (window, "week", DESK_BOOK_WEEK, bare);
  return 0;
}
