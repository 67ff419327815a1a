/* What the files of the grid share: state, geometry, drawing, pointer. */
#pragma once

#include "desk-book-box.h"
#include "desk-book-card.h"
#include "desk-book-cell.h"
#include "desk-book-grid.h"

G_BEGIN_DECLS

#define GRID_GUTTER 52   /* hour labels */
#define GRID_HEADING 42  /* column headings, two lines */
#define GRID_COLUMN 104  /* narrowest column */
#define GRID_LANE 36     /* narrowest box where several lie side by side */
#define GRID_STRIP 10    /* right of the boxes of a week, to click on between visits */

typedef enum
{
  GRID_IDLE,
  GRID_PRESSED, /* the button is down, not far enough for a drag */
  GRID_MOVING,
  GRID_RESIZING,
} GridDrag;

struct _DeskBookGrid
{
  GtkWidget parent_instance;

  GtkAdjustment *hadjustment, *vadjustment;
  GtkScrollablePolicy hscroll_policy, vscroll_policy;
  DeskBookBoard *board;
  DeskBookTexts *texts;
  GArray *edges; /* of double: left edges of the columns, and the right edge of the last */
  DeskBookCheckFunc check;
  gpointer check_data;
  gboolean read_only;
  int row_minutes;
  int scroll_to; /* minute to show at the top once the size is known; -1 for none */
  guint tick;    /* the now-line's clock */
  GPtrArray *titles, *subtitles; /* of PangoLayout: the headings of the columns */
  PangoLayout *hours[24];

  GHashTable *cells; /* visit and column → DeskBookCell, lent */
  DeskBookCell *slots[2];
  guint slot_turn;
  DeskBookCard *card; /* made when it is first wanted */
  guint hover;        /* source: the pointer rests */
  gint64 hover_visit;
  guint hover_column;

  guint column; /* the cursor: a visit, or a minute of a column */
  int minute;
  gint64 visit;
  gint64 cut;
  char *sentence;

  GtkGesture *gesture;
  GridDrag drag;
  gboolean on_edge;
  double press_x, press_y; /* in the content */
  gint64 drag_visit;
  guint drag_from, drag_column;
  int drag_grip, drag_minute, drag_minutes;
  char *drag_words;
  gboolean drag_blocks;
  GHashTable *checked; /* slot → Checked: what check said while this drag lasts */
};

double grid_minute_height (DeskBookGrid *self);
double grid_column_width (DeskBookGrid *self, guint column);
double grid_x (DeskBookGrid *self, guint column);
double grid_y (DeskBookGrid *self, int minute);
void grid_box_area (DeskBookGrid *self, const DeskBookBox *box, graphene_rect_t *area);
gboolean grid_hit (DeskBookGrid *self, double x, double y, guint *column, int *minute, const DeskBookBox **box);
void grid_set_cursor (DeskBookGrid *self, guint column, int minute, gint64 visit);
void grid_show_cursor (DeskBookGrid *self);

void grid_configure (DeskBookGrid *self);
void grid_cursor_area (DeskBookGrid *self, graphene_rect_t *area);

void grid_cells_set (DeskBookGrid *self);
void grid_cells_follow (DeskBookGrid *self);
gboolean grid_cells_focus (DeskBookGrid *self);
void grid_cells_allocate (DeskBookGrid *self);
gboolean grid_has_focus (DeskBookGrid *self);

void grid_card_over (DeskBookGrid *self, const DeskBookBox *box, guint column);
gboolean grid_card_toggle (DeskBookGrid *self);
void grid_card_hide (DeskBookGrid *self);

void grid_labels_clear (DeskBookGrid *self);
void grid_draw (DeskBookGrid *self, GtkSnapshot *snapshot);
void grid_pointer_init (DeskBookGrid *self);
void grid_keys_class_init (GtkWidgetClass *widget_class);

G_END_DECLS
