#include "desk-plan-kept.h"

#include <glib/gi18n.h>

#include "desk-plan-words.h"
#include "desk-words.h"

struct _DeskPlanKept
{
  AdwBin parent_instance;

  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (DeskPlanKept, desk_plan_kept, ADW_TYPE_BIN)

/* "Harvest of lot L26-0012 moved from 3 May 2027 to 6 May 2027"; the caller frees it. */
char *
desk_plan_red_words (const DeskPlanRed *red)
{
  const char *thing = desk_words ("plan-hang", red->what), *detail = red->detail ? red->detail : "";
  gboolean window = g_str_equal (red->what, "window") && *detail;
  g_autofree char *what = window ? g_strdup (desk_words ("patient-window", detail)) : g_strjoin (*detail ? " " : "", thing, detail, NULL);
  g_autofree char *was = desk_plan_long_day_words (red->was);
  g_autofree char *now = red->now != DESK_DAY_NONE ? desk_plan_long_day_words (red->now) : NULL;

  if (now && red->now != red->was)
    return g_strdup_printf (_("%s moved from %s to %s"), what, was, now);
  return g_strdup_printf (_("%s, %s: %s"), what, was, desk_words ("plan-red", red->code));
}

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
add_button (GtkWidget *box, const char *text, const char *action, gint64 id)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
  gtk_box_append (GTK_BOX (box), button);
}

/* What it is, and how large. */
static char *
sum_words (const DeskKeptPlan *plan)
{
  g_autofree char *trips = g_strdup_printf (g_dngettext (NULL, "%d trip", "%d trips", (gulong) plan->n_trips), plan->n_trips);
  g_autofree char *days = g_strdup_printf (g_dngettext (NULL, "%d day in Japan", "%d days in Japan", (gulong) plan->n_days), plan->n_days);
  const char *facts[] = { desk_words ("plan-status", plan->status), trips, days };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

/* When it ends, and how much of it is booked. */
static char *
rest_words (const DeskKeptPlan *plan)
{
  guint booked = 0, n = plan->visits ? plan->visits->len : 0;
  g_autofree char *day = desk_plan_long_day_words (plan->ends_on), *end = g_strdup_printf (_("last infusion %s"), day);

  for (guint i = 0; i < n; i++)
    booked += ((const DeskKeptVisit *) plan->visits->pdata[i])->booked ? 1 : 0;
  g_autofree char *of = g_strdup_printf (_("%u of %u visits booked"), booked, n);
  const char *facts[] = { end, of, plan->by };
  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

static gboolean
is_open (const DeskKeptPlan *plan)
{
  return g_str_equal (plan->status, "proposed") || g_str_equal (plan->status, "part");
}

static void
add_plan (DeskPlanKept *self, const DeskKeptPlan *plan, const GPtrArray *reds, gboolean read_only)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *sum = sum_words (plan), *rest = rest_words (plan);
  gboolean open = is_open (plan), broken = FALSE, red = FALSE;

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "plan-kept");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (card), texts);
  gtk_box_append (GTK_BOX (card), buttons);
  gtk_box_append (GTK_BOX (texts), label_new (sum, "heading"));
  gtk_box_append (GTK_BOX (texts), label_new (rest, NULL));
  for (guint i = 0; reds && i < reds->len; i++)
    {
      const DeskPlanRed *moved = reds->pdata[i];

      if (moved->plan_id != plan->id)
        continue;
      g_autofree char *words = desk_plan_red_words (moved);
      g_autofree char *line = g_strdup_printf (moved->breaks ? _("✖ %s: the plan cannot be kept so") : _("⚠ %s: the plan still fits"), words);
      gtk_box_append (GTK_BOX (texts), label_new (line, moved->breaks ? "error" : "warning"));
      broken = broken || moved->breaks;
      red = TRUE;
    }
  if (!read_only && open)
    {
      if (!broken)
        add_button (buttons, _("Book All"), "plan.book-kept", plan->id);
      if (red && !broken)
        add_button (buttons, _("Accept the New Days"), "plan.accept-moves", plan->id);
      if (red)
        add_button (buttons, _("Plan Again"), "plan.again", plan->id);
      add_button (buttons, _("Drop"), "plan.drop", plan->id);
    }
  gtk_box_append (self->box, card);
}

/* Shows the plans that stand: proposals, those booked in part, those booked. FALSE when they could not be read. */
gboolean
desk_plan_kept_show (DeskPlanKept *self, DeskDb *db, gint64 patient_id, gboolean read_only, GError **error)
{
  g_autoptr (GPtrArray) plans = desk_plan_of_patient (db, patient_id, FALSE, error);
  GtkWidget *child;

  if (!plans)
    return FALSE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))))
    gtk_box_remove (self->box, child);
  for (guint i = 0; i < plans->len; i++)
    {
      DeskKeptPlan *plan = plans->pdata[i];
      g_autoptr (GPtrArray) reds = is_open (plan) ? desk_plan_red (db, plan->id, error) : g_ptr_array_new ();

      if (!reds)
        return FALSE;
      add_plan (self, plan, reds, read_only);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), plans->len > 0);
  return TRUE;
}

static void
desk_plan_kept_class_init (DeskPlanKeptClass *klass)
{
}

static void
desk_plan_kept_init (DeskPlanKept *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/* An empty list. */
DeskPlanKept *
desk_plan_kept_new (void)
{
  return g_object_new (DESK_TYPE_PLAN_KEPT, NULL);
}
