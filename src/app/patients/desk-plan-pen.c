#include "desk-plan-pen.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "desk-plan-words.h"
#include "desk-words.h"

/* Heights in a picture. */
#define TEXT_Y 8
#define BAR_Y 17
#define BAR 9
#define DRAW_Y 38
#define INFUSION_Y 58
#define SOURCE_Y 77
#define RADIUS 9.5

/* The Okabe–Ito set; every mark has a shape or a letter of its own beside its colour. */
static const GdkRGBA blue = { 0.0, 0.45, 0.70, 1 }, orange = { 0.84, 0.37, 0.0, 1 }, green = { 0.0, 0.62, 0.45, 1 },
                     sky = { 0.34, 0.71, 0.91, 1 }, yellow = { 0.90, 0.62, 0.0, 1 };

/* Where a day begins. */
double
desk_plan_pen_x (const DeskPlanFrame *frame, double width, DeskDay day)
{
  return DESK_PLAN_INSET + (width - 2 * DESK_PLAN_INSET) * (day - frame->first) / (frame->last - frame->first + 1);
}

double
desk_plan_pen_middle (const DeskPlanFrame *frame, double width, DeskDay day)
{
  return (desk_plan_pen_x (frame, width, day) + desk_plan_pen_x (frame, width, day + 1)) / 2;
}

static double
x_of (const DeskPlanPen *pen, const DeskPlanFrame *frame, DeskDay day)
{
  return desk_plan_pen_x (frame, pen->width, day);
}

static double
middle_of (const DeskPlanPen *pen, const DeskPlanFrame *frame, DeskDay day)
{
  return desk_plan_pen_middle (frame, pen->width, day);
}

static PangoLayout *
layout_new (const DeskPlanPen *pen, const char *text, gboolean bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (pen->widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.82));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

/* Small text with its middle at y; room 0 for as much as it needs, otherwise it is shortened to that. */
void
desk_plan_pen_text (const DeskPlanPen *pen, const char *text, double x, double y, double align, double room, gboolean bold)
{
  g_autoptr (PangoLayout) layout = layout_new (pen, text, bold);
  int width, height;

  if (room > 0)
    {
      pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_move_to (pen->cr, floor (CLAMP (x - width * align, 1, MAX (1, pen->width - width - 1))), floor (y - height / 2.0));
  pango_cairo_show_layout (pen->cr, layout);
}

/* How wide a small text is. */
double
desk_plan_pen_measure (const DeskPlanPen *pen, const char *text)
{
  g_autoptr (PangoLayout) layout = layout_new (pen, text, FALSE);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* ── what is behind: days, not visits ── */

static void
set_ink (const DeskPlanPen *pen, double alpha)
{
  cairo_set_source_rgba (pen->cr, pen->ink.red, pen->ink.green, pen->ink.blue, alpha);
}

static void
set_colour (const DeskPlanPen *pen, const GdkRGBA *colour, double alpha)
{
  cairo_set_source_rgba (pen->cr, colour->red, colour->green, colour->blue, alpha);
}

/* Lines aslant through a box; they meet across boxes that touch. */
static void
hatch (const DeskPlanPen *pen, double x, double y, double width, double height, double step)
{
  cairo_save (pen->cr);
  cairo_rectangle (pen->cr, x, y, width, height);
  cairo_clip (pen->cr);
  cairo_set_line_width (pen->cr, 1.2);
  for (double at = floor ((x - height) / step) * step; at < x + width; at += step)
    {
      cairo_move_to (pen->cr, at, y + height);
      cairo_line_to (pen->cr, at + height, y);
    }
  cairo_stroke (pen->cr);
  cairo_restore (pen->cr);
}

static void
ground_mark (const DeskPlanPen *pen, DeskPlanMark mark, double x, double y, double width, double height)
{
  if (mark == DESK_PLAN_MARK_BLACKOUT)
    {
      set_colour (pen, &orange, 0.65);
      hatch (pen, x, y, width, height, 6);
      return;
    }
  set_ink (pen, mark == DESK_PLAN_MARK_CLOSED ? 0.07 : 0.16);
  cairo_rectangle (pen->cr, x, y, width, height);
  cairo_fill (pen->cr);
}

static const DeskPlanDay *
day_of (const DeskPlanFrame *frame, DeskDay day)
{
  const DeskPlanProblem *p = frame->problem;

  if (!p->days || day < p->first || day - p->first >= (int) p->days->len)
    return NULL;
  return &g_array_index (p->days, DeskPlanDay, day - p->first);
}

static gboolean
is_outside (const DeskPlanFrame *frame, DeskDay day)
{
  const GArray *windows = frame->problem->windows;

  for (guint i = 0; windows && i < windows->len; i++)
    if (g_array_index (windows, DeskDaySpan, i).first <= day && day <= g_array_index (windows, DeskDaySpan, i).last)
      return FALSE;
  return windows && windows->len > 0;
}

static gboolean
is_marked (const DeskPlanFrame *frame, DeskPlanMark mark, DeskDay day)
{
  const DeskPlanDay *of = day_of (frame, day);

  if (mark == DESK_PLAN_MARK_OUTSIDE)
    return is_outside (frame, day);
  return of && (mark == DESK_PLAN_MARK_CLOSED ? of->closed : of->blackout);
}

/* Closed days, days without visits, days the patient cannot come, one over the other. */
void
desk_plan_pen_ground (const DeskPlanPen *pen, const DeskPlanFrame *frame, double top, double height)
{
  static const DeskPlanMark marks[] = { DESK_PLAN_MARK_OUTSIDE, DESK_PLAN_MARK_CLOSED, DESK_PLAN_MARK_BLACKOUT };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    for (DeskDay day = frame->first; day <= frame->last; day++)
      {
        DeskDay from = day;

        while (day <= frame->last && is_marked (frame, marks[i], day))
          day++;
        if (day > from)
          ground_mark (pen, marks[i], x_of (pen, frame, from), top, x_of (pen, frame, day) - x_of (pen, frame, from), height);
      }
}

/* ── marks ── */

static void
draw_square (const DeskPlanPen *pen, double x, double y, const char *text)
{
  double half = MAX (8.5, desk_plan_pen_measure (pen, text) / 2 + 4);

  cairo_rectangle (pen->cr, floor (x - half), y - 8.5, floor (2 * half), 17);
  set_colour (pen, &orange, 1);
  cairo_fill (pen->cr);
  cairo_set_source_rgb (pen->cr, 1, 1, 1);
  desk_plan_pen_text (pen, text, x, y, 0.5, 0, TRUE);
}

static void
draw_disc (const DeskPlanPen *pen, DeskPlanMark mark, double x, double y, const char *text)
{
  const GdkRGBA *colour = mark == DESK_PLAN_MARK_BANKED ? &green : &blue;

  cairo_new_path (pen->cr);
  cairo_arc (pen->cr, x, y, RADIUS, 0, 2 * G_PI);
  set_colour (pen, colour, mark == DESK_PLAN_MARK_FRESH ? 1 : 0.16);
  cairo_fill_preserve (pen->cr);
  set_colour (pen, colour, 1);
  cairo_set_line_width (pen->cr, 2);
  cairo_stroke (pen->cr);
  if (mark == DESK_PLAN_MARK_BANKED)
    {
      cairo_arc (pen->cr, x, y, RADIUS + 3, 0, 2 * G_PI);
      cairo_set_line_width (pen->cr, 1.2);
      cairo_stroke (pen->cr);
    }
  if (mark == DESK_PLAN_MARK_FRESH)
    cairo_set_source_rgb (pen->cr, 1, 1, 1);
  else
    set_ink (pen, 1);
  desk_plan_pen_text (pen, text, x, y, 0.5, 0, TRUE);
}

static void
draw_flag (const DeskPlanPen *pen, DeskPlanMark mark, double x, double y)
{
  const GdkRGBA *colour = mark == DESK_PLAN_MARK_STALE ? &yellow : &orange;

  set_colour (pen, colour, 1);
  cairo_set_line_width (pen->cr, 2);
  if (mark == DESK_PLAN_MARK_STALE)
    {
      cairo_move_to (pen->cr, x - 6, y + 5);
      cairo_line_to (pen->cr, x + 6, y + 5);
      cairo_line_to (pen->cr, x, y - 6);
      cairo_close_path (pen->cr);
      cairo_fill (pen->cr);
      cairo_set_source_rgb (pen->cr, 0, 0, 0);
      desk_plan_pen_text (pen, "!", x, y + 1, 0.5, 0, TRUE);
      return;
    }
  cairo_move_to (pen->cr, x, y - 8);
  cairo_line_to (pen->cr, x, y + 8);
  cairo_move_to (pen->cr, x - 6, y - 8);
  cairo_line_to (pen->cr, x, y - 8);
  cairo_move_to (pen->cr, x - 6, y + 8);
  cairo_line_to (pen->cr, x, y + 8);
  cairo_stroke (pen->cr);
}

static void
draw_bar (const DeskPlanPen *pen, double x, double y, double width, double height)
{
  set_colour (pen, &sky, 0.9);
  cairo_rectangle (pen->cr, x, y, MAX (width, 2), height);
  cairo_fill (pen->cr);
  set_ink (pen, 0.85);
  cairo_set_line_width (pen->cr, 2);
  for (int i = 0; i < 2; i++)
    {
      cairo_move_to (pen->cr, x + 1 + i * (MAX (width, 2) - 2), y - 2);
      cairo_line_to (pen->cr, x + 1 + i * (MAX (width, 2) - 2), y + height + 2);
    }
  cairo_stroke (pen->cr);
}

/* One mark with its middle at x, y, as in the legend. */
void
desk_plan_pen_mark (const DeskPlanPen *pen, DeskPlanMark mark, double x, double y, const char *text)
{
  if (mark == DESK_PLAN_MARK_DRAW)
    draw_square (pen, x, y, text);
  else if (mark <= DESK_PLAN_MARK_BANKED)
    draw_disc (pen, mark, x, y, text);
  else if (mark == DESK_PLAN_MARK_STAY)
    draw_bar (pen, x - 11, y - BAR / 2.0, 22, BAR);
  else if (mark <= DESK_PLAN_MARK_OUTSIDE)
    ground_mark (pen, mark, x - 9, y - 8, 18, 16);
  else
    draw_flag (pen, mark, x, y);
}

/* ── a plan ── */

static const DeskPlanVisit *
visit_of (const DeskPlan *plan, guint i)
{
  return &g_array_index (plan->visits, DeskPlanVisit, i);
}

static const DeskPlanVisit *
draw_of (const DeskPlan *plan, int number)
{
  for (guint i = 0; i < plan->visits->len; i++)
    if (visit_of (plan, i)->draw && visit_of (plan, i)->draw_number == number)
      return visit_of (plan, i);
  return NULL;
}

/* From the draw to what is given of it: thick while the cells grow, broken while they are frozen. */
static void
draw_culture (const DeskPlanPen *pen, const DeskPlanFrame *frame, const DeskPlan *plan, const DeskPlanVisit *visit)
{
  const DeskPlanVisit *draw = visit->infusion && visit->source != DESK_PLAN_FROM_BANK ? draw_of (plan, visit->from_draw) : NULL;
  static const double broken[] = { 3, 3 };

  if (!draw)
    return;
  double from = middle_of (pen, frame, draw->day), to = middle_of (pen, frame, visit->day);
  double grown = MIN (to, middle_of (pen, frame, draw->day + MAX (frame->problem->culture_min, 0)));

  set_colour (pen, &orange, 0.55);
  cairo_set_line_width (pen->cr, 4);
  cairo_move_to (pen->cr, from, DRAW_Y);
  cairo_line_to (pen->cr, visit->source == DESK_PLAN_FROM_FRESH ? to : grown, DRAW_Y);
  cairo_stroke (pen->cr);
  cairo_set_line_width (pen->cr, 1.6);
  set_colour (pen, &blue, 0.9);
  cairo_set_dash (pen->cr, broken, visit->source == DESK_PLAN_FROM_FRESH ? 0 : G_N_ELEMENTS (broken), 0);
  cairo_move_to (pen->cr, visit->source == DESK_PLAN_FROM_FRESH ? to : grown, DRAW_Y);
  cairo_line_to (pen->cr, to, DRAW_Y);
  cairo_line_to (pen->cr, to, INFUSION_Y - RADIUS);
  cairo_stroke (pen->cr);
  cairo_set_dash (pen->cr, NULL, 0, 0);
}

/* The most that fits of "3 Jan – 17 Jan · 15 days", "3 Jan – 17 Jan" and "3 Jan"; returns where the next may begin. */
static double
draw_trip_words (const DeskPlanPen *pen, const DeskPlanTrip *trip, double x, double room, double free_from)
{
  g_autofree char *all = desk_plan_trip_words (trip), *arrival = desk_plan_day_words (trip->arrival), *departure = desk_plan_day_words (trip->departure);
  g_autofree char *days = g_strdup_printf ("%s – %s", arrival, departure);
  const char *words[] = { all, days, arrival };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      double width = desk_plan_pen_measure (pen, words[i]), from = MIN (x, pen->width - width - 2);

      /* The last one may begin far to the right: its text then ends at the edge. */
      if (width > room || from < free_from)
        continue;
      desk_plan_pen_text (pen, words[i], from, TEXT_Y, 0, 0, FALSE);
      return from + width + 6;
    }
  return free_from;
}

static void
draw_trips (const DeskPlanPen *pen, const DeskPlanFrame *frame, const DeskPlan *plan)
{
  double free_from = 0;

  for (guint i = 0; i < plan->trips->len; i++)
    {
      const DeskPlanTrip *trip = &g_array_index (plan->trips, DeskPlanTrip, i);
      double x = x_of (pen, frame, trip->arrival), end = x_of (pen, frame, trip->departure + 1);
      double next = i + 1 < plan->trips->len ? x_of (pen, frame, g_array_index (plan->trips, DeskPlanTrip, i + 1).arrival) : 2 * pen->width;

      draw_bar (pen, x, BAR_Y, end - x, BAR);
      set_ink (pen, 1);
      free_from = draw_trip_words (pen, trip, x, next - x - 6, free_from);
    }
}

static gboolean
same_source (const DeskPlanVisit *a, const DeskPlanVisit *b)
{
  return a->infusion && b->infusion && a->source == b->source && a->from_draw == b->from_draw && a->dose_id == b->dose_id;
}

/* "frozen D2": what is given, and from which of several draws; the number of a banked dose. */
static char *
source_words (const DeskPlanFrame *frame, const DeskPlan *plan, const DeskPlanVisit *visit)
{
  const char *words = desk_words ("plan-source", desk_plan_source_code (visit->source));
  const char *number = frame->doses ? g_hash_table_lookup (frame->doses, &visit->dose_id) : NULL;

  if (visit->source == DESK_PLAN_FROM_BANK)
    return g_strdup (number ? number : words);
  return plan->n_draws > 1 ? g_strdup_printf ("%s %s%d", words, C_("letter of a draw", "D"), visit->from_draw) : g_strdup (words);
}

/* How far words under a visit may reach to a side: half the way to a neighbour with words of its own right there, nearly
 * all of it to one whose words stand under a row. */
static double
room_beside (const DeskPlanPen *pen, const DeskPlanFrame *frame, const DeskPlan *plan, int i, int side)
{
  int next = i + side, over = next + side, n = (int) plan->visits->len;

  if (next < 0 || next >= n)
    return 60;
  const DeskPlanVisit *neighbour = visit_of (plan, (guint) next);
  double gap = ABS (middle_of (pen, frame, neighbour->day) - middle_of (pen, frame, visit_of (plan, (guint) i)->day));
  gboolean row = over >= 0 && over < n && same_source (neighbour, visit_of (plan, (guint) over));
  return row || !neighbour->infusion ? gap - 3 : gap / 2;
}

/* What a row of infusions is given from, once below all of them. */
static void
draw_source (const DeskPlanPen *pen, const DeskPlanFrame *frame, const DeskPlan *plan, guint first, guint last)
{
  const DeskPlanVisit *visit = visit_of (plan, first);
  g_autofree char *words = source_words (frame, plan, visit);
  double from = middle_of (pen, frame, visit->day), to = middle_of (pen, frame, visit_of (plan, last)->day);
  double left = room_beside (pen, frame, plan, (int) first, -1), right = room_beside (pen, frame, plan, (int) last, 1);
  double room = to - from + 2 * MIN (left, right) - 4, width = desk_plan_pen_measure (pen, words) / 2 + 4, middle = (from + to) / 2;

  set_ink (pen, 0.9);
  desk_plan_pen_text (pen, words, middle, SOURCE_Y, 0.5, width * 2 - 8 > room ? MAX (room, 12) : 0, FALSE);
  if (middle - width <= from)
    return;
  set_ink (pen, 0.5);
  cairo_set_line_width (pen->cr, 1);
  for (int side = -1; side <= 1; side += 2)
    {
      double end = floor (side < 0 ? from : to) + 0.5, y = floor (SOURCE_Y) + 0.5;

      cairo_move_to (pen->cr, end, y - 4);
      cairo_line_to (pen->cr, end, y);
      cairo_line_to (pen->cr, middle + side * width, y);
    }
  cairo_stroke (pen->cr);
}

static void
draw_sources (const DeskPlanPen *pen, const DeskPlanFrame *frame, const DeskPlan *plan)
{
  for (guint i = 0; i < plan->visits->len; i++)
    {
      guint first = i;

      while (i + 1 < plan->visits->len && same_source (visit_of (plan, first), visit_of (plan, i + 1)))
        i++;
      if (visit_of (plan, first)->infusion)
        draw_source (pen, frame, plan, first, i);
    }
}

static void
draw_visit (const DeskPlanPen *pen, const DeskPlanFrame *frame, const DeskPlan *plan, guint i)
{
  static const DeskPlanMark marks[] = { DESK_PLAN_MARK_FRESH, DESK_PLAN_MARK_FROZEN, DESK_PLAN_MARK_BANKED };
  const DeskPlanVisit *visit = visit_of (plan, i);
  double x = middle_of (pen, frame, visit->day);

  if (visit->draw)
    {
      g_autofree char *text
          = plan->n_draws > 1 ? g_strdup_printf ("%s%d", C_("letter of a draw", "D"), visit->draw_number) : g_strdup (C_("letter of a draw", "D"));

      draw_square (pen, x, DRAW_Y, text);
    }
  if (visit->infusion)
    {
      g_autofree char *text = g_strdup_printf ("%d", desk_plan_infusion_number (plan, i));

      draw_disc (pen, marks[visit->source], x, INFUSION_Y, text);
    }
}

/* The first day on which a paper is too old, and the last one permitted. */
static void
draw_ends (const DeskPlanPen *pen, const DeskPlanFrame *frame, const DeskPlan *plan)
{
  const DeskPlanProblem *p = frame->problem;

  for (guint i = 0; plan->stale && p->papers && i < p->papers->len; i++)
    {
      const DeskPlanPaper *paper = p->papers->pdata[i];

      if (paper->good_until != DESK_DAY_NONE && g_ptr_array_find_with_equal_func (plan->stale, paper->code, g_str_equal, NULL))
        draw_flag (pen, DESK_PLAN_MARK_STALE, middle_of (pen, frame, CLAMP (paper->good_until + 1, frame->first, frame->last)), SOURCE_Y);
    }
  /* It is about the stay that has begun, not about the next. */
  DeskDay next = plan->trips->len > 1 ? g_array_index (plan->trips, DeskPlanTrip, 1).arrival : frame->last + 1;
  if (p->permitted_until != DESK_DAY_NONE && p->permitted_until >= frame->first && p->permitted_until < next)
    draw_flag (pen, DESK_PLAN_MARK_PERMITTED, x_of (pen, frame, p->permitted_until + 1), BAR_Y + BAR / 2.0);
}

/* All of a plan over its ground. */
void
desk_plan_pen_plan (const DeskPlanPen *pen, const DeskPlanFrame *frame, const DeskPlan *plan)
{
  draw_trips (pen, frame, plan);
  for (guint i = 0; i < plan->visits->len; i++)
    draw_culture (pen, frame, plan, visit_of (plan, i));
  draw_ends (pen, frame, plan);
  draw_sources (pen, frame, plan);
  for (guint i = 0; i < plan->visits->len; i++)
    draw_visit (pen, frame, plan, i);
}

/* The visit the keys are at. */
void
desk_plan_pen_ring (const DeskPlanPen *pen, const DeskPlanFrame *frame, const DeskPlan *plan, guint visit)
{
  const DeskPlanVisit *of = visit_of (plan, visit);
  double top = of->draw ? DRAW_Y - 12 : INFUSION_Y - RADIUS - 4, bottom = of->infusion ? INFUSION_Y + RADIUS + 4 : DRAW_Y + 12;

  set_ink (pen, 0.95);
  cairo_set_line_width (pen->cr, 1.5);
  cairo_rectangle (pen->cr, floor (middle_of (pen, frame, of->day) - 14) + 0.5, floor (top) + 0.5, 28, floor (bottom - top));
  cairo_stroke (pen->cr);
}

/* ── the axis ── */

static void
tick (const DeskPlanPen *pen, const DeskPlanFrame *frame, DeskDay day, double top, double bottom, double alpha)
{
  double x = floor (x_of (pen, frame, day)) + 0.5;

  set_ink (pen, alpha);
  cairo_set_line_width (pen->cr, 1);
  cairo_move_to (pen->cr, x, top);
  cairo_line_to (pen->cr, x, bottom);
  cairo_stroke (pen->cr);
}

static char *
month_words (DeskDay day, gboolean with_year)
{
  g_autofree char *iso = desk_day_format (day);
  g_autofree char *month = g_strndup (iso, 7), *words = desk_words_iso_day (month), *short_words = desk_plan_day_words (day);
  char *space = strrchr (short_words, ' ');

  if (with_year)
    return g_steal_pointer (&words);
  /* "1 Mar" without its day; "3/1" is 3月. */
  return space ? g_strdup (space + 1) : g_strdup_printf ("%d月", atoi (short_words));
}

/* Months above, the days of Mondays below; in the pictures the months are lines. */
void
desk_plan_pen_axis (const DeskPlanPen *pen, const DeskPlanFrame *frame)
{
  double day_width = x_of (pen, frame, frame->first + 1) - x_of (pen, frame, frame->first);
  int step = day_width * 7 >= 22 ? 7 : 14;
  double free_from = -1;

  for (DeskDay day = frame->first; day <= frame->last; day++)
    {
      int year, month, mday;

      desk_day_to_ymd (day, &year, &month, &mday);
      if (mday == 1 || day == frame->first)
        {
          DeskDay next = desk_day_add_months (day - mday + 1, 1);
          double room = x_of (pen, frame, MIN (next, frame->last + 1)) - x_of (pen, frame, day) - 4;
          g_autofree char *words = month_words (day, month == 1 || day == frame->first), *short_words = month_words (day, FALSE);

          if (mday == 1)
            tick (pen, frame, day, 0, DESK_PLAN_AXIS, 0.45);
          set_ink (pen, 1);
          if (desk_plan_pen_measure (pen, words) <= room)
            desk_plan_pen_text (pen, words, x_of (pen, frame, day) + 4, 8, 0, 0, TRUE);
          else if (desk_plan_pen_measure (pen, short_words) <= room)
            desk_plan_pen_text (pen, short_words, x_of (pen, frame, day) + 4, 8, 0, 0, TRUE);
        }
      if (desk_day_weekday (day) == 1 && x_of (pen, frame, day) >= free_from && (day - frame->first) / 7 % (step / 7) == 0)
        {
          g_autofree char *number = g_strdup_printf ("%d", mday);

          tick (pen, frame, day, DESK_PLAN_AXIS - 4, DESK_PLAN_AXIS, 0.6);
          set_ink (pen, 0.75);
          desk_plan_pen_text (pen, number, x_of (pen, frame, day) + day_width / 2, 22, 0.5, 0, FALSE);
          free_from = x_of (pen, frame, day) + 20;
        }
    }
}
