/* How a plan is drawn: the frame that pictures share, and the marks. Only the pictures of plans include it. */
#pragma once

#include "desk-plan-picture.h"

G_BEGIN_DECLS

#define DESK_PLAN_INSET 10  /* left and right of the axis */
#define DESK_PLAN_HEIGHT 86 /* of a picture */
#define DESK_PLAN_AXIS 32   /* of the axis */

struct _DeskPlanFrame
{
  DeskPlanProblem *problem;
  GHashTable *doses; /* number of a banked dose by its id, or NULL */
  DeskDay first, last;
};

typedef enum
{
  DESK_PLAN_MARK_DRAW,
  DESK_PLAN_MARK_FRESH,
  DESK_PLAN_MARK_FROZEN,
  DESK_PLAN_MARK_BANKED,
  DESK_PLAN_MARK_STAY,
  DESK_PLAN_MARK_CLOSED,
  DESK_PLAN_MARK_BLACKOUT,
  DESK_PLAN_MARK_OUTSIDE,
  DESK_PLAN_MARK_STALE,
  DESK_PLAN_MARK_PERMITTED,
} DeskPlanMark;

typedef struct
{
  GtkWidget *widget; /* whose font it is; lent */
  cairo_t *cr;       /* lent */
  GdkRGBA ink;
  double width;
} DeskPlanPen;

double desk_plan_pen_x (const DeskPlanFrame *frame, double width, DeskDay day);
double desk_plan_pen_middle (const DeskPlanFrame *frame, double width, DeskDay day);
void desk_plan_pen_text (const DeskPlanPen *pen, const char *text, double x, double y, double align, double room, gboolean bold);
double desk_plan_pen_measure (const DeskPlanPen *pen, const char *text);
void desk_plan_pen_ground (const DeskPlanPen *pen, const DeskPlanFrame *frame, double top, double height);
void desk_plan_pen_mark (const DeskPlanPen *pen, DeskPlanMark mark, double x, double y, const char *text);
void desk_plan_pen_plan (const DeskPlanPen *pen, const DeskPlanFrame *frame, const DeskPlan *plan);
void desk_plan_pen_ring (const DeskPlanPen *pen, const DeskPlanFrame *frame, const DeskPlan *plan, guint visit);
void desk_plan_pen_axis (const DeskPlanPen *pen, const DeskPlanFrame *frame);

G_END_DECLS
