#include "desk-patient-plan.h"

#include <glib/gi18n.h>

#include "desk-cells.h"
#include "desk-course-templates.h"
#include "desk-patient-plan-acts.h"
#include "desk-plan-kept.h"
#include "desk-toast.h"
#include "desk-windows.h"
#include "desk-words.h"

struct _DeskPatientPlan
{
  DeskPatientSection parent_instance;

  DeskPlanQuestion *question;
  DeskPlanResults *results;
  DeskPlanKept *kept;
  GtkLabel *ticked;

  DeskPlanFile *file; /* what the answer shown is to */
  GHashTable *doses;  /* numbers of banked doses by the problem's ids */
  gint64 shown;       /* the patient that is asked for */
  guint asked;        /* counts the questions: an answer to an older one is dropped */
};

G_DEFINE_FINAL_TYPE (DeskPatientPlan, desk_patient_plan, DESK_TYPE_PATIENT_SECTION)

/* ── asking ── */

/* Numbers of the banked doses by the ids of the problem; of several alike the first. */
static GHashTable *
dose_numbers (DeskDb *db, const DeskPlanFile *file, GError **error)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GPtrArray) units = desk_unit_of_patient (db, file->patient_id, error);

  for (guint i = 0; units && i < file->dose_units->len; i++)
    {
      const DeskPlanDoseUnit *of = &g_array_index (file->dose_units, DeskPlanDoseUnit, i);

      for (guint k = 0; k < units->len; k++)
        if (((const DeskUnit *) units->pdata[k])->id == of->unit_id && !g_hash_table_contains (numbers, &of->dose_id))
          g_hash_table_insert (numbers, g_memdup2 (&of->dose_id, sizeof of->dose_id), g_strdup (((const DeskUnit *) units->pdata[k])->number));
    }
  return units ? g_steal_pointer (&numbers) : NULL;
}

static void
show_ticked (DeskPatientPlan *self)
{
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (self));
  const DeskPlan *plan = desk_plan_results_get_plan (self->results);
  g_autoptr (GArray) days = desk_plan_results_dup_days (self->results);
  guint all = plan ? plan->visits->len : 0;
  gboolean may = plan && !desk_page_get_read_only (page);
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u of %u visit chosen", "%u of %u visits chosen", all), days->len, all);

  gtk_label_set_label (self->ticked, plan ? text : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "plan.keep", may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "plan.book", may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "plan.book-selected", may && days->len > 0 && days->len < all);
}

static void
show_answer (DeskPatientPlan *self, const DeskPlanAnswer *answer)
{
  desk_plan_results_show (self->results, self->file->problem, answer, self->doses);
  show_ticked (self);
}

typedef struct
{
  DeskPlanProblem *problem;
  guint asked;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  desk_plan_problem_free (question->problem);
  g_free (question);
}

static void
answer_free (gpointer answer)
{
  desk_plan_answer_free (answer);
}

static void
solve_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, desk_plan_solve (((Question *) data)->problem), answer_free);
}

static void
on_solved (GObject *source, GAsyncResult *result, gpointer data)
{
  DeskPatientPlan *self = DESK_PATIENT_PLAN (source);
  const Question *question = g_task_get_task_data (G_TASK (result));
  g_autoptr (DeskPlanAnswer) answer = g_task_propagate_pointer (G_TASK (result), NULL);

  /* The task keeps the section beyond its window, but not its page. */
  if (answer && question->asked == self->asked && gtk_widget_get_root (GTK_WIDGET (self)))
    show_answer (self, answer);
}

/* Doses from everywhere can take a second, so the window does not wait for them. */
static void
solve (DeskPatientPlan *self)
{
  if (self->file->problem->strategy != DESK_PLAN_MIXED)
    {
      g_autoptr (DeskPlanAnswer) answer = desk_plan_solve (self->file->problem);

      show_answer (self, answer);
      return;
    }
  Question *question = g_new (Question, 1);
  g_autoptr (GTask) task = g_task_new (self, NULL, on_solved, NULL);
  *question = (Question) { desk_plan_problem_copy (self->file->problem), self->asked };
  g_task_set_task_data (task, question, question_free);
  desk_plan_results_wait (self->results);
  show_ticked (self);
  g_task_run_in_thread (task, solve_in_thread);
}

static gboolean
load (DeskPatientPlan *self, const DeskPlanOptions *options, GError **error)
{
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (self));
  DeskDb *db = desk_page_get_reader (page);
  g_autoptr (DeskPlanFile) file = desk_plan_problem_load (db, self->shown, options, desk_page_get_today (page), error);
  g_autoptr (GHashTable) doses = file ? dose_numbers (db, file, error) : NULL;

  if (!doses)
    return FALSE;
  desk_plan_file_free (self->file);
  self->file = g_steal_pointer (&file);
  g_clear_pointer (&self->doses, g_hash_table_unref);
  self->doses = g_steal_pointer (&doses);
  return TRUE;
}

/* Asks the planner what the form says now; while a day is half typed the last answer stays. */
void
desk_patient_plan_ask (DeskPatientPlan *self)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GError) error = NULL;
  DeskPlanOptions options;

  if (!gtk_widget_get_root (GTK_WIDGET (self)) || !desk_plan_question_collect (self->question, &options))
    return;
  self->asked++;
  if (!load (self, &options, &error))
    {
      g_autofree char *words = desk_words_error (error);

      desk_plan_results_say (self->results, words);
      show_ticked (self);
      return;
    }
  desk_plan_question_fill (self->question, self->file);
  desk_plan_problem_check (self->file->problem, problems);
  desk_plan_question_say (self->question, problems);
  if (problems->len == 0)
    {
      solve (self);
      return;
    }
  desk_plan_results_say (self->results, _("The numbers contradict each other."));
  show_ticked (self);
}

static void
action_cancel (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientPlan *self = DESK_PATIENT_PLAN (widget);

  self->asked++;
  desk_plan_results_say (self->results, _("Looking for plans was stopped. Change something to look again."));
}

/* ── the section ── */

static gboolean
desk_patient_plan_fill (DeskPatientSection *section, const DeskPatient *patient, GError **error)
{
  DeskPatientPlan *self = DESK_PATIENT_PLAN (section);
  DeskPage *page = desk_patient_section_get_page (section);
  DeskDb *db = desk_page_get_reader (page);
  gboolean read_only = desk_page_get_read_only (page);
  g_autoptr (GPtrArray) templates = desk_course_template_list (db, TRUE, error);
  g_autoptr (GPtrArray) windows = templates ? desk_patient_window_list (db, patient->id, FALSE, error) : NULL;

  if (!windows)
    return FALSE;
  desk_plan_question_set_templates (self->question, templates);
  if (self->shown != patient->id)
    desk_plan_question_reset (self->question);
  self->shown = patient->id;
  desk_plan_question_show_windows (self->question, windows, read_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "plan.add-window", !read_only);
  desk_patient_plan_ask (self);
  return desk_plan_kept_show (self->kept, db, patient->id, read_only, error);
}

/* Lend the parts, for what is done with them. */
DeskPlanQuestion *
desk_patient_plan_get_question (DeskPatientPlan *self)
{
  return self->question;
}

DeskPlanResults *
desk_patient_plan_get_results (DeskPatientPlan *self)
{
  return self->results;
}

/* What the answer shown is to, for a job that keeps it; another one is read for the next. Needs an answer shown. */
DeskPlanFile *
desk_patient_plan_take_file (DeskPatientPlan *self)
{
  DeskPlanFile *file = g_steal_pointer (&self->file);

  desk_patient_plan_ask (self);
  return file;
}

static void
desk_patient_plan_dispose (GObject *object)
{
  /* An answer that still comes is not shown. */
  DESK_PATIENT_PLAN (object)->asked++;
  G_OBJECT_CLASS (desk_patient_plan_parent_class)->dispose (object);
}

static void
desk_patient_plan_finalize (GObject *object)
{
  DeskPatientPlan *self = DESK_PATIENT_PLAN (object);

  desk_plan_file_free (self->file);
  g_clear_pointer (&self->doses, g_hash_table_unref);
  G_OBJECT_CLASS (desk_patient_plan_parent_class)->finalize (object);
}

static void
desk_patient_plan_class_init (DeskPatientPlanClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_patient_plan_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_patient_plan_finalize;
  DESK_PATIENT_SECTION_CLASS (klass)->fill = desk_patient_plan_fill;
  gtk_widget_class_install_action (widget_class, "plan.cancel", NULL, action_cancel);
  desk_patient_plan_install_acts (widget_class);
}

static GtkWidget *
scrolled_new (GtkWidget *child, int margin)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_widget_set_margin_top (child, 12);
  gtk_widget_set_margin_bottom (child, 12);
  gtk_widget_set_margin_start (child, margin);
  gtk_widget_set_margin_end (child, margin);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), child);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
button_new (const char *text, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (text);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
bar_new (DeskPatientPlan *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *all = button_new (_("Book _All"), "plan.book");

  self->ticked = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->ticked, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->ticked), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->ticked), "dim-label");
  gtk_widget_add_css_class (all, "suggested-action");
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->ticked));
  gtk_box_append (GTK_BOX (bar), button_new (_("_Keep as Proposal"), "plan.keep"));
  gtk_box_append (GTK_BOX (bar), button_new (_("Book _Selected"), "plan.book-selected"));
  gtk_box_append (GTK_BOX (bar), all);
  gtk_widget_add_css_class (bar, "plan-bar");
  return bar;
}

static void
desk_patient_plan_init (DeskPatientPlan *self)
{
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *left;

  self->question = desk_plan_question_new ();
  self->results = desk_plan_results_new ();
  self->kept = desk_plan_kept_new ();
  left = scrolled_new (GTK_WIDGET (self->question), 12);
  gtk_widget_set_size_request (left, 262, -1);
  gtk_widget_set_hexpand (left, FALSE);
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->kept));
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->results));
  gtk_box_append (GTK_BOX (side), scrolled_new (right, 12));
  gtk_box_append (GTK_BOX (side), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (side), bar_new (self));
  gtk_widget_set_hexpand (side, TRUE);
  gtk_box_append (GTK_BOX (both), left);
  gtk_box_append (GTK_BOX (both), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (both), side);
  adw_bin_set_child (ADW_BIN (self), both);
  g_signal_connect_object (self->question, "edited", G_CALLBACK (desk_patient_plan_ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->results, "chosen", G_CALLBACK (show_ticked), self, G_CONNECT_SWAPPED);
}
