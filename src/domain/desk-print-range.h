/* What comes out of a printer: which pages, which of them say that they are a copy, where labels stand on a sheet. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DESK_PRINT_COPIES 99 /* at most */

GArray *desk_print_range_read (const char *text, guint n_pages, const char **problem, guint *number);
char *desk_print_range_format (const GArray *pages, guint n_pages);

/* One time that a paper went out before: as the register has it. */
typedef struct
{
  const char *how;    /* "printer", "pdf", "screen" */
  const char *state;  /* "begun", "done", "failed", "unknown" */
  const char *reason;
  guint copies;
} DeskPrintPast;

#define DESK_PRINT_NOT_SENT "not-sent" /* reason: it failed before the printer was given anything */

guint desk_print_copy_no (const DeskPrintPast *past, guint n);

/* One side of paper in the order in which it comes out. */
typedef struct
{
  guint page;     /* from 0 */
  guint copy;     /* 0 the original; else which copy, as its mark says */
  gboolean blank; /* the back of a last page: the next copy begins on a sheet of its own */
} DeskPrintSide;

GArray *desk_print_sides (const GArray *pages, guint copies, guint first_copy, gboolean both_sides);

/* Labels on a sheet, lengths in mm. */
typedef struct
{
  double paper_width, paper_height;
  double width, height; /* of a label */
  double left, top;     /* of the first */
  guint columns, rows;
} DeskLabelGrid;

gboolean desk_label_grid_fit (DeskLabelGrid *grid, double paper_width, double paper_height, double width, double height, double margin);
guint desk_label_grid_sheets (const DeskLabelGrid *grid, guint first, guint n_labels);
void desk_label_grid_place (const DeskLabelGrid *grid, guint first, guint label, guint *sheet, double *x, double *y);

G_END_DECLS
