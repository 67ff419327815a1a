#include "desk-plan-picture.h"

#include <glib/gi18n.h>

#include "desk-plan-pen.h"
#include "desk-plan-words.h"
#include "desk-words.h"

#define MARGIN 3    /* days left free before the first and after the last */
#define SHORTEST 56 /* days */

struct _DeskPlanPicture
{
  GtkWidget parent_instance;

  DeskPlanFrame *frame;
  DeskPlan *plan; /* NULL: this is the axis */
  int current;    /* visit, or -1 */
};

G_DEFINE_FINAL_TYPE (DeskPlanPicture, desk_plan_picture, GTK_TYPE_WIDGET)

enum
{
  VISIT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* ── the frame ── */

/* What the pictures of these plans share: from before the first arrival to after the last departure of all. Copies the
 * problem, takes a reference of doses (numbers by id, may be NULL). */
DeskPlanFrame *
desk_plan_frame_new (const DeskPlanProblem *problem, const GPtrArray *plans, GHashTable *doses)
{
  DeskPlanFrame *frame = g_rc_box_new0 (DeskPlanFrame);
  DeskDay first = problem->last, last = problem->first;

  for (guint i = 0; i < plans->len; i++)
    {
      const DeskPlan *plan = plans->pdata[i];

      for (guint k = 0; k < plan->trips->len; k++)
        {
          first = MIN (first, g_array_index (plan->trips, DeskPlanTrip, k).arrival);
          last = MAX (last, g_array_index (plan->trips, DeskPlanTrip, k).departure);
        }
    }
  frame->problem = desk_plan_problem_copy (problem);
  frame->doses = doses ? g_hash_table_ref (doses) : NULL;
  frame->first = MIN (first, last) - MARGIN;
  frame->last = MAX (last + MARGIN, frame->first + SHORTEST);
  return frame;
}

DeskPlanFrame *
desk_plan_frame_ref (DeskPlanFrame *frame)
{
  return g_rc_box_acquire (frame);
}

static void
frame_clear (gpointer data)
{
  DeskPlanFrame *frame = data;

  desk_plan_problem_free (frame->problem);
  g_clear_pointer (&frame->doses, g_hash_table_unref);
}

void
desk_plan_frame_unref (DeskPlanFrame *frame)
{
  g_rc_box_release_full (frame, frame_clear);
}

/* ── one picture ── */

static char *
visit_sentence (DeskPlanPicture *self, guint i)
{
  g_autofree char *day = desk_words_day (g_array_index (self->plan->visits, DeskPlanVisit, i).day);
  g_autofree char *words = desk_plan_visit_words (self->plan, i, self->frame->doses);

  return g_strdup_printf ("%s: %s", day, words);
}

/* All of it in sentences, for who cannot see it. */
static void
tell (DeskPlanPicture *self)
{
  g_autofree char *sum = desk_plan_sum_words (self->plan);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->plan->trips->len; i++)
    {
      g_autofree char *words = desk_plan_trip_words (&g_array_index (self->plan->trips, DeskPlanTrip, i));

      g_string_append_printf (text, _("Trip %u: %s. "), i + 1, words);
    }
  for (guint i = 0; i < self->plan->visits->len; i++)
    {
      g_autofree char *words = visit_sentence (self, i);

      g_string_append_printf (text, "%s. ", words);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sum, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
}

static void
desk_plan_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DeskPlanPicture *self = DESK_PLAN_PICTURE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  DeskPlanPen pen = { .widget = widget, .width = width };

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &pen.ink);
  pen.cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (self->plan)
    {
      desk_plan_pen_ground (&pen, self->frame, 0, height);
      desk_plan_pen_plan (&pen, self->frame, self->plan);
      if (self->current >= 0 && gtk_widget_has_focus (widget))
        desk_plan_pen_ring (&pen, self->frame, self->plan, (guint) self->current);
    }
  else
    desk_plan_pen_axis (&pen, self->frame);
  cairo_destroy (pen.cr);
}

/* Which visit the keys are at; -1 for none. */
int
desk_plan_picture_get_visit (DeskPlanPicture *self)
{
  return self->current;
}

static void
go_to (DeskPlanPicture *self, int visit)
{
  g_autofree char *words = visit_sentence (self, (guint) visit);

  self->current = visit;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[VISIT], 0, words);
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, DeskPlanPicture *self)
{
  int n = (int) self->plan->visits->len, next;

  if (n == 0 || state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK))
    return FALSE;
  if (key == GDK_KEY_Left || key == GDK_KEY_Right)
    next = CLAMP (self->current + (key == GDK_KEY_Left ? -1 : 1), 0, n - 1);
  else if (key == GDK_KEY_Home || key == GDK_KEY_End)
    next = key == GDK_KEY_Home ? 0 : n - 1;
  else
    return FALSE;
  go_to (self, next);
  return TRUE;
}

/* The visit nearest to x, not farther than a mark is wide; -1 for none. */
static int
visit_at (DeskPlanPicture *self, double x)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), near = 14;
  int found = -1;

  for (guint i = 0; i < self->plan->visits->len; i++)
    {
      double away = ABS (desk_plan_pen_middle (self->frame, width, g_array_index (self->plan->visits, DeskPlanVisit, i).day) - x);

      if (away < near)
        {
          near = away;
          found = (int) i;
        }
    }
  return found;
}

static void
on_pressed (GtkGestureClick *click, int n, double x, double y, DeskPlanPicture *self)
{
  int visit = visit_at (self, x);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (visit >= 0)
    go_to (self, visit);
}

/* The trip of that day in words, or NULL. */
static char *
trip_at (DeskPlanPicture *self, double x)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));

  for (guint i = 0; i < self->plan->trips->len; i++)
    {
      const DeskPlanTrip *trip = &g_array_index (self->plan->trips, DeskPlanTrip, i);

      if (x >= desk_plan_pen_x (self->frame, width, trip->arrival) && x < desk_plan_pen_x (self->frame, width, trip->departure + 1))
        {
          g_autofree char *words = desk_plan_trip_words (trip);

          return g_strdup_printf (_("Trip %u: %s"), i + 1, words);
        }
    }
  return NULL;
}

/* The paper that is too old from there on, in words, or NULL. */
static char *
paper_at (DeskPlanPicture *self, double x)
{
  const DeskPlanProblem *p = self->frame->problem;
  double width = gtk_widget_get_width (GTK_WIDGET (self));

  for (guint i = 0; self->plan->stale && p->papers && i < p->papers->len; i++)
    {
      const DeskPlanPaper *paper = p->papers->pdata[i];
      DeskDay day = CLAMP (paper->good_until + 1, self->frame->first, self->frame->last);

      if (paper->good_until != DESK_DAY_NONE && ABS (desk_plan_pen_middle (self->frame, width, day) - x) < 7
          && g_ptr_array_find_with_equal_func (self->plan->stale, paper->code, g_str_equal, NULL))
        return desk_plan_stale_words (p, self->plan);
    }
  return NULL;
}

static gboolean
desk_plan_picture_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  DeskPlanPicture *self = DESK_PLAN_PICTURE (widget);
  int visit = !self->plan ? -1 : keyboard ? self->current : visit_at (self, x);
  g_autofree char *words = visit >= 0 ? visit_sentence (self, (guint) visit) : self->plan && !keyboard ? trip_at (self, x) : NULL;

  if (!words && self->plan && !keyboard)
    words = paper_at (self, x);

  if (!words)
    return FALSE;
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

static void
desk_plan_picture_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : DESK_PLAN_PICTURE (widget)->plan ? DESK_PLAN_HEIGHT : DESK_PLAN_AXIS;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : *minimum;
}

static void
desk_plan_picture_finalize (GObject *object)
{
  DeskPlanPicture *self = DESK_PLAN_PICTURE (object);

  g_clear_pointer (&self->frame, desk_plan_frame_unref);
  g_clear_pointer (&self->plan, desk_plan_free);
  G_OBJECT_CLASS (desk_plan_picture_parent_class)->finalize (object);
}

static void
desk_plan_picture_class_init (DeskPlanPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_plan_picture_finalize;
  widget_class->snapshot = desk_plan_picture_snapshot;
  widget_class->measure = desk_plan_picture_measure;
  widget_class->query_tooltip = desk_plan_picture_query_tooltip;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  /* visit: the keys or the mouse went to a visit; its sentence. */
  signals[VISIT] = g_signal_new ("visit", DESK_TYPE_PLAN_PICTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
desk_plan_picture_init (DeskPlanPicture *self)
{
  self->current = -1;
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

/* The picture of a plan; copies it. */
GtkWidget *
desk_plan_picture_new (DeskPlanFrame *frame, const DeskPlan *plan)
{
  DeskPlanPicture *self = g_object_new (DESK_TYPE_PLAN_PICTURE, "focusable", TRUE, "has-tooltip", TRUE, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->frame = desk_plan_frame_ref (frame);
  self->plan = desk_plan_copy (plan);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);
  tell (self);
  return GTK_WIDGET (self);
}

/* The axis above pictures of the same frame. */
GtkWidget *
desk_plan_axis_new (DeskPlanFrame *frame)
{
  DeskPlanPicture *self = g_object_new (DESK_TYPE_PLAN_PICTURE, NULL);

  self->frame = desk_plan_frame_ref (frame);
  return GTK_WIDGET (self);
}

/* ── the legend ── */

static void
draw_sample (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer mark)
{
  DeskPlanPen pen = { .widget = GTK_WIDGET (area), .cr = cr, .width = width };

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &pen.ink);
  desk_plan_pen_mark (&pen, GPOINTER_TO_INT (mark), width / 2.0, height / 2.0, GPOINTER_TO_INT (mark) == DESK_PLAN_MARK_DRAW ? C_("letter of a draw", "D") : "1");
}

static void
add_sample (GtkBox *box, DeskPlanMark mark, const char *words)
{
  GtkWidget *one = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4), *area = gtk_drawing_area_new (), *label = gtk_label_new (words);

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), 28);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), 28);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_sample, GINT_TO_POINTER (mark), NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (one), area);
  gtk_box_append (GTK_BOX (one), label);
  gtk_box_append (box, one);
}

static gboolean
has_blackout (const DeskPlanFrame *frame)
{
  for (guint i = 0; frame->problem->days && i < frame->problem->days->len; i++)
    if (g_array_index (frame->problem->days, DeskPlanDay, i).blackout)
      return TRUE;
  return FALSE;
}

/* What the marks mean: those that can be in pictures of this frame. */
GtkWidget *
desk_plan_legend_new (DeskPlanFrame *frame)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const DeskPlanProblem *p = frame->problem;

  add_sample (GTK_BOX (box), DESK_PLAN_MARK_STAY, _("Stay in Japan"));
  if (p->strategy != DESK_PLAN_BANKED)
    {
      add_sample (GTK_BOX (box), DESK_PLAN_MARK_DRAW, _("Draw"));
      if (p->fresh_per_draw)
        add_sample (GTK_BOX (box), DESK_PLAN_MARK_FRESH, _("Fresh"));
      if (p->strategy != DESK_PLAN_DRAW_EACH)
        add_sample (GTK_BOX (box), DESK_PLAN_MARK_FROZEN, _("Frozen"));
    }
  if (p->strategy == DESK_PLAN_BANKED || p->strategy == DESK_PLAN_MIXED)
    add_sample (GTK_BOX (box), DESK_PLAN_MARK_BANKED, _("Banked"));
  add_sample (GTK_BOX (box), DESK_PLAN_MARK_CLOSED, _("Closed"));
  if (has_blackout (frame))
    add_sample (GTK_BOX (box), DESK_PLAN_MARK_BLACKOUT, _("No visits"));
  if (p->windows && p->windows->len)
    add_sample (GTK_BOX (box), DESK_PLAN_MARK_OUTSIDE, _("Cannot come"));
  return box;
}
