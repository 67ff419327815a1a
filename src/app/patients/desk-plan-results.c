#include "desk-plan-results.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-plan-picture.h"
#include "desk-plan-words.h"
#include "desk-words.h"

struct _DeskPlanResults
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkWidget *waiting; /* spinner and Cancel */
  GtkSpinner *spinner;
  GtkBox *body;
  GtkListBox *list;
  GtkBox *detail;
  GtkLabel *told; /* what the keys are at in a picture */

  GPtrArray *plans; /* of DeskPlan */
  DeskPlanProblem *problem;
  GHashTable *doses;
  GPtrArray *checks; /* of GtkCheckButton, of the visits of the chosen one; lent by the widgets */
  guint chosen;
};

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskPlanResults, desk_plan_results, ADW_TYPE_BIN)

static GtkWidget *
label_new (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css)
    gtk_widget_add_css_class (label, css);
  return label;
}

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))))
    gtk_box_remove (box, child);
}

static const DeskPlan *
plan_at (DeskPlanResults *self, guint i)
{
  return self->plans && i < self->plans->len ? self->plans->pdata[i] : NULL;
}

/* ── the visits of the chosen one ── */

static void
on_checked (DeskPlanResults *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static int
trip_of (const DeskPlan *plan, DeskDay day)
{
  for (guint i = 0; i < plan->trips->len; i++)
    if (g_array_index (plan->trips, DeskPlanTrip, i).arrival <= day && day <= g_array_index (plan->trips, DeskPlanTrip, i).departure)
      return (int) i;
  return -1;
}

static void
add_trip (GtkGrid *grid, const DeskPlan *plan, int trip, int *row)
{
  const DeskPlanTrip *of = &g_array_index (plan->trips, DeskPlanTrip, trip);
  g_autofree char *arrival = desk_words_day (of->arrival), *departure = desk_words_day (of->departure);
  g_autofree char *text = g_strdup_printf (_("Trip %d: arrival %s, departure %s"), trip + 1, arrival, departure);
  GtkWidget *label = label_new (text, "caption-heading");

  gtk_widget_set_margin_top (label, 4);
  gtk_grid_attach (grid, label, 0, (*row)++, 2, 1);
}

static void
add_visit (DeskPlanResults *self, GtkGrid *grid, const DeskPlan *plan, guint i, int *row)
{
  g_autofree char *day = desk_words_day (g_array_index (plan->visits, DeskPlanVisit, i).day);
  g_autofree char *words = desk_plan_visit_words (plan, i, self->doses);
  GtkWidget *check = gtk_check_button_new_with_label (day);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_checked), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->checks, check);
  gtk_grid_attach (grid, check, 0, *row, 1, 1);
  gtk_grid_attach (grid, label_new (words, NULL), 1, (*row)++, 1, 1);
}

static void
show_detail (DeskPlanResults *self)
{
  const DeskPlan *plan = plan_at (self, self->chosen);
  GtkWidget *grid = gtk_grid_new ();
  int row = 0, trip = -1;

  clear (self->detail);
  g_ptr_array_set_size (self->checks, 0);
  if (!plan)
    return;
  g_autofree char *title = g_strdup_printf (_("Visits of plan %c"), 'A' + self->chosen % 26);
  g_autofree char *stale = desk_plan_stale_words (self->problem, plan);
  g_autofree char *old = g_strdup_printf (_("⚠ Missing or too old by then: %s"), stale);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  for (guint i = 0; i < plan->visits->len; i++)
    {
      int of = trip_of (plan, g_array_index (plan->visits, DeskPlanVisit, i).day);

      if (of != trip && of >= 0)
        add_trip (GTK_GRID (grid), plan, of, &row);
      trip = of;
      add_visit (self, GTK_GRID (grid), plan, i, &row);
    }
  gtk_box_append (self->detail, label_new (title, "heading"));
  if (*stale)
    gtk_box_append (self->detail, label_new (old, "warning"));
  gtk_box_append (self->detail, grid);
}

static void
on_row (GtkListBox *list, GtkListBoxRow *row, DeskPlanResults *self)
{
  if (!row)
    return;
  self->chosen = (guint) gtk_list_box_row_get_index (row);
  show_detail (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* ── the alternatives ── */

static void
on_visit (DeskPlanResults *self, const char *words)
{
  gtk_label_set_label (self->told, words);
}

static void
on_picture_focus (DeskPlanResults *self, GParamSpec *spec, GtkWidget *picture)
{
  GtkWidget *row = gtk_widget_get_ancestor (picture, GTK_TYPE_LIST_BOX_ROW);

  if (row && gtk_widget_has_focus (picture))
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
}

static void
add_alternative (DeskPlanResults *self, DeskPlanFrame *frame, guint i)
{
  const DeskPlan *plan = plan_at (self, i);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *row = gtk_list_box_row_new ();
  GtkWidget *picture = desk_plan_picture_new (frame, plan), *name, *text, *best;
  g_autofree char *sum = desk_plan_sum_words (plan), *merit = desk_plan_merit_words (self->plans, i);
  g_autofree char *line = g_strdup_printf ("%c: %s", 'A' + i % 26, sum), *star = g_strdup_printf ("★ %s", merit);
  g_autofree char *letter = g_strdup_printf ("%c", 'A' + i % 26);

  text = label_new (sum, NULL);
  name = label_new (letter, "heading");
  gtk_widget_set_valign (name, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (text, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (head), name);
  gtk_widget_set_hexpand (text, TRUE);
  best = gtk_label_new (*merit ? star : "");
  gtk_widget_set_valign (best, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (best, "caption-heading");
  gtk_widget_add_css_class (best, "success");
  gtk_box_append (GTK_BOX (head), text);
  gtk_box_append (GTK_BOX (head), best);
  gtk_widget_set_margin_start (head, 8);
  gtk_widget_set_margin_end (head, 8);
  gtk_widget_set_margin_top (head, 3);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_add_css_class (row, "plan-row");
  g_autofree char *whole = g_strdup_printf ("%s. %s", line, merit);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
  g_signal_connect_object (picture, "visit", G_CALLBACK (on_visit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (picture, "notify::has-focus", G_CALLBACK (on_picture_focus), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
}

static void
show_alternatives (DeskPlanResults *self)
{
  g_autoptr (DeskPlanFrame) frame = desk_plan_frame_new (self->problem, self->plans, self->doses);
  g_autofree char *title = g_strdup_printf (
      g_dngettext (NULL, "One plan is the best in trips, days in Japan and end", "%u plans fit best: fewer trips, fewer days or an earlier end", self->plans->len),
      self->plans->len);
  GtkWidget *axis = desk_plan_axis_new (frame), *list = gtk_list_box_new ();

  gtk_label_set_label (self->title, title);
  self->list = GTK_LIST_BOX (list);
  self->told = GTK_LABEL (label_new (_("Arrow keys go from visit to visit in a picture."), "caption"));
  gtk_widget_add_css_class (GTK_WIDGET (self->told), "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Plans that fit"), -1);
  gtk_widget_add_css_class (list, "plan-list");
  for (guint i = 0; i < self->plans->len; i++)
    add_alternative (self, frame, i);
  g_signal_connect_object (list, "row-selected", G_CALLBACK (on_row), self, 0);
  gtk_box_append (self->body, axis);
  gtk_box_append (self->body, list);
  gtk_box_append (self->body, desk_plan_legend_new (frame));
  gtk_box_append (self->body, GTK_WIDGET (self->told));
  gtk_box_append (self->body, GTK_WIDGET (self->detail));
}

/* ── when nothing fits ── */

/* The rules for whose change there is a place to go to. */
static gboolean
can_change (DeskPlanRule rule)
{
  return rule == DESK_PLAN_RULE_GAP || rule == DESK_PLAN_RULE_DRAWS || rule == DESK_PLAN_RULE_WINDOWS || rule == DESK_PLAN_RULE_BLACKOUT
         || rule == DESK_PLAN_RULE_BUFFERS || rule == DESK_PLAN_RULE_HOME || rule == DESK_PLAN_RULE_HORIZON || rule == DESK_PLAN_RULE_STAY
         || rule == DESK_PLAN_RULE_CLOSED || rule == DESK_PLAN_RULE_PAPERS || rule == DESK_PLAN_RULE_CULTURE || rule == DESK_PLAN_RULE_SHELF
         || rule == DESK_PLAN_RULE_RELEASE || rule == DESK_PLAN_RULE_EXPIRY || rule == DESK_PLAN_RULE_YIELD;
}

static void
add_rule (DeskPlanResults *self, GtkBox *box, DeskPlanFrame *frame, const DeskPlanRelaxation *relaxation)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *change = gtk_button_new_with_label (_("Change…"));
  g_autofree char *rule = desk_plan_rule_words (self->problem, relaxation->rule), *gain = desk_plan_gain_words (relaxation);
  g_autofree char *line = relaxation->in_conflict ? g_strdup_printf ("✖ %s", rule) : g_strdup (rule);
  g_autofree char *name = g_strdup_printf (_("Change: %s"), rule);

  gtk_box_append (GTK_BOX (texts), label_new (line, "heading"));
  gtk_box_append (GTK_BOX (texts), label_new (gain, relaxation->plans->len ? NULL : "dim-label"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (change, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (change), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (change), "plan.change");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (change), "s", desk_plan_rule_code (relaxation->rule));
  gtk_box_append (GTK_BOX (row), texts);
  if (can_change (relaxation->rule))
    gtk_box_append (GTK_BOX (row), change);
  gtk_widget_add_css_class (row, "plan-rule");
  gtk_box_append (box, row);
  if (relaxation->plans->len)
    gtk_box_append (box, desk_plan_picture_new (frame, relaxation->plans->pdata[0]));
}

static void
show_rules (DeskPlanResults *self, DeskPlanFrame *frame, const DeskPlanAnswer *answer, gboolean in_conflict, const char *title)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  guint n = 0;

  for (guint i = 0; i < answer->relaxations->len; i++)
    {
      const DeskPlanRelaxation *relaxation = answer->relaxations->pdata[i];

      if (!relaxation->in_conflict != !in_conflict)
        continue;
      if (n++)
        gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
      add_rule (self, GTK_BOX (card), frame, relaxation);
    }
  g_object_ref_sink (card);
  if (n)
    {
      gtk_widget_add_css_class (card, "card");
      gtk_box_append (self->body, label_new (title, NULL));
      gtk_box_append (self->body, card);
    }
  g_object_unref (card);
}

static void
show_conflict (DeskPlanResults *self, const DeskPlanAnswer *answer)
{
  g_autoptr (GPtrArray) best = g_ptr_array_new ();

  for (guint i = 0; i < answer->relaxations->len; i++)
    {
      const DeskPlanRelaxation *relaxation = answer->relaxations->pdata[i];

      if (relaxation->plans->len)
        g_ptr_array_add (best, relaxation->plans->pdata[0]);
    }
  g_autoptr (DeskPlanFrame) frame = desk_plan_frame_new (self->problem, best, self->doses);
  if (answer->too_hard)
    {
      gtk_label_set_label (self->title, _("No plan was found: whether one fits is not known"));
      return;
    }
  gtk_label_set_label (self->title, _("✖ No plan fits"));
  if (answer->unexplained)
    gtk_box_append (self->body, label_new (_("⚠ There is too much to look through to say why."), "warning"));
  if (best->len)
    gtk_box_append (self->body, desk_plan_axis_new (frame));
  show_rules (self, frame, answer, TRUE, _("These cannot hold together. If one of them were given up:"));
  show_rules (self, frame, answer, FALSE, _("These would help as well:"));
  if (best->len)
    gtk_box_append (self->body, desk_plan_legend_new (frame));
  else if (!answer->unexplained)
    gtk_box_append (self->body, label_new (_("No rule alone stands in the way: more than one would have to give."), NULL));
}

/* ── for the section ── */

/* Shows that it is being looked for; what was found before stays. */
void
desk_plan_results_wait (DeskPlanResults *self)
{
  gtk_label_set_label (self->title, _("Looking for the best plans…"));
  gtk_widget_set_visible (self->waiting, TRUE);
  gtk_spinner_start (self->spinner);
}

static void
begin (DeskPlanResults *self)
{
  gtk_widget_set_visible (self->waiting, FALSE);
  gtk_spinner_stop (self->spinner);
  clear (self->body);
  clear (self->detail);
  g_ptr_array_set_size (self->checks, 0);
  self->list = NULL;
}

static void
plan_unref (gpointer plan)
{
  desk_plan_free (plan);
}

/* The alternative that was chosen before, if it is still one of them. */
static guint
same_plan (const GPtrArray *plans, const DeskPlan *before)
{
  for (guint i = 0; before && i < plans->len; i++)
    {
      const DeskPlan *plan = plans->pdata[i];

      if (plan->n_trips == before->n_trips && plan->n_days == before->n_days && plan->end == before->end)
        return i;
    }
  return 0;
}

static gboolean
same_array (const GArray *a, const GArray *b)
{
  guint len_a = a ? a->len : 0, len_b = b ? b->len : 0;

  return len_a == len_b && (len_a == 0 || memcmp (a->data, b->data, len_a * g_array_get_element_size ((GArray *) a)) == 0);
}

static gboolean
same_papers (const GPtrArray *a, const GPtrArray *b)
{
  guint len_a = a ? a->len : 0, len_b = b ? b->len : 0;

  for (guint i = 0; len_a == len_b && i < len_a; i++)
    {
      const DeskPlanPaper *one = a->pdata[i], *other = b->pdata[i];

      if (!g_str_equal (one->code, other->code) || one->good_until != other->good_until)
        return FALSE;
    }
  return len_a == len_b;
}

/* Whether this is what is shown already: then it stays, with its ticks, focus and scroll. The plans follow from the
 * problem, which need not be compared in its numbers. */
static gboolean
same_answer (DeskPlanResults *self, const DeskPlanProblem *problem, const GPtrArray *plans)
{
  if (!self->plans || plans->len == 0 || self->plans->len != plans->len || gtk_widget_get_visible (self->waiting)
      || self->problem->strategy != problem->strategy || !same_array (self->problem->days, problem->days)
      || !same_array (self->problem->windows, problem->windows) || !same_papers (self->problem->papers, problem->papers))
    return FALSE;
  for (guint i = 0; i < plans->len; i++)
    {
      const DeskPlan *one = plans->pdata[i], *other = self->plans->pdata[i];

      if (!same_array (one->visits, other->visits) || !same_array (one->trips, other->trips))
        return FALSE;
    }
  return TRUE;
}

/* Shows an answer; copies it. doses are the numbers of the banked ones by id. */
void
desk_plan_results_show (DeskPlanResults *self, const DeskPlanProblem *problem, const DeskPlanAnswer *answer, GHashTable *doses)
{
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func (plan_unref);
  guint chosen = same_plan (answer->plans, plan_at (self, self->chosen));

  if (same_answer (self, problem, answer->plans))
    return;
  for (guint i = 0; i < answer->plans->len; i++)
    g_ptr_array_add (plans, desk_plan_copy (answer->plans->pdata[i]));
  g_clear_pointer (&self->plans, g_ptr_array_unref);
  self->plans = g_steal_pointer (&plans);
  desk_plan_problem_free (self->problem);
  self->problem = desk_plan_problem_copy (problem);
  g_clear_pointer (&self->doses, g_hash_table_unref);
  self->doses = g_hash_table_ref (doses);
  self->chosen = chosen;
  begin (self);
  if (answer->too_hard)
    gtk_box_append (self->body, label_new (_("⚠ There is too much to choose from: better plans may exist. Fewer draws or a shorter time narrow it."), "warning"));
  if (self->plans->len)
    {
      show_alternatives (self);
      desk_plan_results_choose (self, chosen);
    }
  else
    show_conflict (self, answer);
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* Shows nothing but a sentence: nothing was asked that can be answered. */
void
desk_plan_results_say (DeskPlanResults *self, const char *text)
{
  g_clear_pointer (&self->plans, g_ptr_array_unref);
  begin (self);
  gtk_label_set_label (self->title, text);
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* The alternative that is chosen, lent; NULL when there is none. */
const DeskPlan *
desk_plan_results_get_plan (DeskPlanResults *self)
{
  return gtk_widget_get_visible (self->waiting) ? NULL : plan_at (self, self->chosen);
}

/* The days (DeskDay) of the visits that are ticked. */
GArray *
desk_plan_results_dup_days (DeskPlanResults *self)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (DeskDay));
  const DeskPlan *plan = plan_at (self, self->chosen);

  for (guint i = 0; plan && i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_array_append_val (days, g_array_index (plan->visits, DeskPlanVisit, i).day);
  return days;
}

/* How many alternatives there are. */
guint
desk_plan_results_count (DeskPlanResults *self)
{
  return self->plans ? self->plans->len : 0;
}

/* Chooses an alternative by its place. */
void
desk_plan_results_choose (DeskPlanResults *self, guint index)
{
  if (self->list)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) index));
}

/* Lends the check of a visit of the chosen alternative, NULL for none. */
GtkWidget *
desk_plan_results_check (DeskPlanResults *self, guint visit)
{
  return visit < self->checks->len ? self->checks->pdata[visit] : NULL;
}

static void
desk_plan_results_finalize (GObject *object)
{
  DeskPlanResults *self = DESK_PLAN_RESULTS (object);

  g_clear_pointer (&self->plans, g_ptr_array_unref);
  desk_plan_problem_free (self->problem);
  g_clear_pointer (&self->doses, g_hash_table_unref);
  g_ptr_array_unref (self->checks);
  g_clear_object (&self->detail);
  G_OBJECT_CLASS (desk_plan_results_parent_class)->finalize (object);
}

static void
desk_plan_results_class_init (DeskPlanResultsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_plan_results_finalize;
  /* chosen: another alternative, or other visits of it. */
  signals[CHOSEN] = g_signal_new ("chosen", DESK_TYPE_PLAN_RESULTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_plan_results_init (DeskPlanResults *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->title = GTK_LABEL (label_new (NULL, "title-4"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  self->waiting = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "plan.cancel");
  gtk_box_append (GTK_BOX (self->waiting), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (self->waiting), cancel);
  gtk_widget_set_visible (self->waiting, FALSE);
  self->body = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->detail = g_object_ref_sink (GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4)));
  self->checks = g_ptr_array_new ();
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (head), self->waiting);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->body));
  adw_bin_set_child (ADW_BIN (self), box);
}

/* An empty answer. */
DeskPlanResults *
desk_plan_results_new (void)
{
  return g_object_new (DESK_TYPE_PLAN_RESULTS, NULL);
}
