#include "desk-plan-all-window.h"

#include <glib/gi18n.h>

#include "desk-plan-file.h"
#include "desk-plan-many.h"
#include "desk-plan-question.h"
#include "desk-plan-words.h"
#include "desk-plans.h"
#include "desk-store.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

#define IMPROVE_MS 4000
#define TICK 100

/* What the thread is given and leaves. */
typedef struct
{
  char *path;
  DeskDay today;
  GCancellable *cancellable;
  gint per_mille; /* atomic: how far the improvement is */
  DeskPlanMany *many;
  DeskPlanAllAnswer *answer;
  GArray *kept;   /* of gint64: the plans that were kept */
} Run;

struct _DeskPlanAllWindow
{
  AdwWindow parent_instance;

  gboolean gone; /* closed while the run was not over */
  DeskPage *page;
  GCancellable *cancellable;
  GtkProgressBar *progress;
  GtkStack *stack;
  GtkLabel *sum;
  GtkListBox *list;
  Run *run;
  guint timer;
};

G_DEFINE_FINAL_TYPE (DeskPlanAllWindow, desk_plan_all_window, ADW_TYPE_WINDOW)

static void
run_clear (gpointer data)
{
  Run *run = data;

  g_free (run->path);
  g_object_unref (run->cancellable);
  g_clear_pointer (&run->kept, g_array_unref);
  g_clear_pointer (&run->answer, desk_plan_all_answer_free);
  g_clear_pointer (&run->many, desk_plan_many_free);
}

/* The window, the run and the job that keeps its result share it. */
static void
run_release (gpointer run)
{
  g_atomic_rc_box_release_full (run, run_clear);
}

/* ── the run ── */

static gboolean
on_progress (double fraction, gint64 cost, gpointer user_data)
{
  Run *run = user_data;

  g_atomic_int_set (&run->per_mille, (gint) (fraction * 1000));
  return !g_cancellable_is_cancelled (run->cancellable);
}

/* On a reading connection of its own: the desk's worker is not kept waiting. */
static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Run *run = data;
  GError *error = NULL;
  DeskPlanOptions options;
  g_autoptr (DeskDb) db = desk_store_open (run->path, TRUE, &error);
  g_autoptr (GArray) patients = g_array_new (FALSE, FALSE, sizeof (DeskPlanPatient));

  desk_plan_options_init (&options);
  run->many = db ? desk_plan_many_load (db, &options, run->today, &error) : NULL;
  if (!run->many)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < run->many->waiters->len; i++)
    {
      const DeskPlanWaiter *waiter = run->many->waiters->pdata[i];
      DeskPlanPatient patient = { waiter->file->problem, waiter->priority, NULL };

      g_array_append_val (patients, patient);
    }
  DeskPlanAllTask all = { .patients = patients, .first = run->many->first, .rooms = run->many->rooms, .milliseconds = IMPROVE_MS,
                          .seed = 1, .progress = on_progress, .user_data = run };
  run->answer = desk_plan_all (&all);
  g_task_return_boolean (task, TRUE);
}

static gboolean
show_progress (gpointer user_data)
{
  DeskPlanAllWindow *self = user_data;

  gtk_progress_bar_set_fraction (self->progress, g_atomic_int_get (&self->run->per_mille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

/* ── the result ── */

static GtkWidget *
label_new (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (css)
    gtk_widget_add_css_class (label, css);
  return label;
}

static void
add_row (DeskPlanAllWindow *self, const DeskPlanWaiter *waiter, const DeskPlanPlace *place)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *who = g_strdup_printf (_("%s · %s · priority %d"), waiter->name, waiter->chart, waiter->priority);
  g_autofree char *sum = place->plan ? desk_plan_sum_words (place->plan) : NULL;
  const char *why = place->bound < DESK_PLAN_ALL_NONE ? _("✖ No room is left beside the others") : _("✖ No plan fits: see the planner in the patient’s page");
  const char *far = !place->plan ? "" : place->cost == place->bound ? _("★ as good as alone") : _("would be better alone");
  const char *facts[] = { sum ? sum : why, far };
  g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));

  gtk_box_append (GTK_BOX (box), label_new (who, "heading"));
  gtk_box_append (GTK_BOX (box), label_new (line, sum ? NULL : "error"));
  gtk_widget_add_css_class (box, "plan-rule");
  gtk_list_box_append (self->list, box);
}

/* Who could not even be asked for, and what is wrong with his numbers. */
static void
add_left_out (DeskPlanAllWindow *self, const DeskPlanWaiter *waiter)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *who = g_strdup_printf (_("%s · %s · priority %d"), waiter->name, waiter->chart, waiter->priority);
  g_autofree char *why = desk_plan_question_words (waiter->problems);
  g_autofree char *line = g_strdup_printf (_("✖ Left out, as his numbers contradict each other: see the planner in the patient’s page\n%s"), why);

  gtk_box_append (GTK_BOX (box), label_new (who, "heading"));
  gtk_box_append (GTK_BOX (box), label_new (line, "error"));
  gtk_widget_add_css_class (box, "plan-rule");
  gtk_list_box_append (self->list, box);
}

static void
show_result (DeskPlanAllWindow *self)
{
  const DeskPlanAllAnswer *answer = self->run->answer;
  const DeskPlanMany *many = self->run->many;
  guint n = many->waiters->len, all = n + many->left_out->len;
  double above = answer->bound > 0 ? 100.0 * (double) (answer->cost - answer->bound) / (double) answer->bound : 0;
  g_autofree char *placed = g_strdup_printf (_("%u of %u patients have a plan"), answer->n_placed, all);
  g_autofree char *bound = g_strdup_printf (_("at most %.1f %% above the best there can be"), above);
  const char *facts[] = { placed, n ? bound : "" };
  g_autofree char *words = desk_words_facts (facts, G_N_ELEMENTS (facts));

  /* Who has none comes first: somebody has to look at him. */
  for (guint i = 0; i < many->left_out->len; i++)
    add_left_out (self, many->left_out->pdata[i]);
  for (int placed_now = 0; placed_now < 2; placed_now++)
    for (guint i = 0; i < n; i++)
      {
        const DeskPlanPlace *place = &g_array_index (answer->places, DeskPlanPlace, i);

        if ((place->plan != NULL) == placed_now)
          add_row (self, many->waiters->pdata[i], place);
      }
  gtk_label_set_label (self->sum, all ? words : _("Nobody waits for a draw or an infusion."));
  gtk_widget_set_visible (GTK_WIDGET (self->list), all > 0);
  gtk_stack_set_visible_child_name (self->stack, "result");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "plan-all.keep", answer->n_placed > 0 && !desk_page_get_read_only (self->page));
}

static void
on_finished (GObject *source, GAsyncResult *result, gpointer data)
{
  DeskPlanAllWindow *self = DESK_PLAN_ALL_WINDOW (source);
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->gone)
    return;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      show_result (self);
      return;
    }
  g_autofree char *words = desk_words_error (error);
  gtk_label_set_label (self->sum, words);
  gtk_stack_set_visible_child_name (self->stack, "result");
}

/* Stops the improvement: what was found until then is whole, and shown. */
static void
action_stop (GtkWidget *widget, const char *name, GVariant *target)
{
  g_cancellable_cancel (DESK_PLAN_ALL_WINDOW (widget)->cancellable);
}

/* ── keeping ── */

/* All or none. Their ids are for taking them back. */
static gboolean
keep_work (DeskDb *db, gpointer data, GError **error)
{
  Run *run = data;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  g_clear_pointer (&run->kept, g_array_unref);
  run->kept = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; txn && i < run->many->waiters->len; i++)
    {
      const DeskPlanWaiter *waiter = run->many->waiters->pdata[i];
      const DeskPlan *plan = g_array_index (run->answer->places, DeskPlanPlace, i).plan;
      g_autofree char *xml = plan ? desk_plan_file_problem (waiter->file->problem, error) : NULL;
      gint64 id;

      if (!plan)
        continue;
      if (!xml || !desk_plan_keep (db, waiter->file, plan, xml, &id, error))
        return FALSE;
      g_array_append_val (run->kept, id);
    }
  return txn && desk_txn_commit (txn, error);
}

/* What was kept, for taking it back. */
typedef struct
{
  DeskPage *page; /* owned */
  GArray *ids;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_object_unref (kept->page);
  g_array_unref (kept->ids);
  g_free (kept);
}

static Kept *
kept_new (DeskPage *page, GArray *ids)
{
  Kept *kept = g_new (Kept, 1);

  *kept = (Kept) { g_object_ref (page), g_array_ref (ids) };
  return kept;
}

/* All or none: one that somebody went on with since is not taken away, and then none is. */
static gboolean
drop_work (DeskDb *db, gpointer data, GError **error)
{
  const Kept *kept = data;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  for (guint i = 0; txn && i < kept->ids->len; i++)
    {
      gint64 version = 1; /* as they were kept */

      if (!desk_plan_drop (db, g_array_index (kept->ids, gint64, i), &version, error))
        return FALSE;
    }
  return txn && desk_txn_commit (txn, error);
}

static void
on_dropped (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;

  if (desk_session_run_finish (DESK_SESSION (session), result, &error))
    desk_toast (page, _("The proposals are dropped again"));
  else
    desk_toast_error (page, error);
}

static void
on_undo (gpointer data)
{
  const Kept *kept = data;

  desk_session_run_async (desk_page_get_session (kept->page), drop_work, kept_new (kept->page, kept->ids), kept_free, NULL, on_dropped,
                          g_object_ref (kept->page));
}

static void
on_kept (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPlanAllWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (desk_session_run_finish (DESK_SESSION (session), result, &error))
    {
      desk_toast_undo (GTK_WIDGET (self->page), _("All plans are kept as proposals"), G_CALLBACK (on_undo),
                       kept_new (self->page, self->run->kept), kept_free);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  g_autofree char *words = desk_words_error (error);
  gtk_label_set_label (self->sum, words);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "plan-all.keep", TRUE);
}

static void
action_keep (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPlanAllWindow *self = DESK_PLAN_ALL_WINDOW (widget);

  gtk_widget_action_set_enabled (widget, "plan-all.keep", FALSE);
  desk_session_run_async (desk_page_get_session (self->page), keep_work, g_atomic_rc_box_acquire (self->run), run_release, NULL, on_kept,
                          g_object_ref (self));
}

/* ── the window ── */

static void
desk_plan_all_window_dispose (GObject *object)
{
  DeskPlanAllWindow *self = DESK_PLAN_ALL_WINDOW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  self->gone = TRUE;
  G_OBJECT_CLASS (desk_plan_all_window_parent_class)->dispose (object);
}

static void
desk_plan_all_window_finalize (GObject *object)
{
  DeskPlanAllWindow *self = DESK_PLAN_ALL_WINDOW (object);

  g_clear_object (&self->page);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->run, run_release);
  G_OBJECT_CLASS (desk_plan_all_window_parent_class)->finalize (object);
}

/* Closing gives the run up. */
static gboolean
desk_plan_all_window_close (GtkWindow *window)
{
  g_cancellable_cancel (DESK_PLAN_ALL_WINDOW (window)->cancellable);
  return GTK_WINDOW_CLASS (desk_plan_all_window_parent_class)->close_request (window);
}

static void
desk_plan_all_window_class_init (DeskPlanAllWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_plan_all_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_plan_all_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = desk_plan_all_window_close;
  gtk_widget_class_install_action (widget_class, "plan-all.stop", NULL, action_stop);
  gtk_widget_class_install_action (widget_class, "plan-all.keep", NULL, action_keep);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
waiting_new (DeskPlanAllWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18), *stop = gtk_button_new_with_mnemonic (_("_Stop Here"));

  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->progress), 320, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Looking for the best plans…"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (stop), "plan-all.stop");
  gtk_widget_set_tooltip_text (stop, _("Shows what was found until now"));
  gtk_widget_set_halign (stop, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_label_new (_("Looking for the best plans…")));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (box), stop);
  return box;
}

static GtkWidget *
result_new (DeskPlanAllWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *scrolled = gtk_scrolled_window_new ();

  self->sum = GTK_LABEL (label_new (NULL, "title-4"));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sum));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  return scrolled;
}

static void
desk_plan_all_window_init (DeskPlanAllWindow *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new (), *keep = gtk_button_new_with_mnemonic (_("_Keep All as Proposals"));

  self->cancellable = g_cancellable_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, waiting_new (self), "waiting");
  gtk_stack_add_named (self->stack, result_new (self), "result");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (keep), "plan-all.keep");
  gtk_widget_add_css_class (keep, "suggested-action");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), keep);
  gtk_box_append (GTK_BOX (all), header);
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), all);
  gtk_window_set_title (GTK_WINDOW (self), _("Plan All Who Wait"));
  gtk_window_set_default_size (GTK_WINDOW (self), 760, 560);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "plan-all.keep", FALSE);
}

/* Opens the window and begins the run; lends it. */
DeskPlanAllWindow *
desk_plan_all_window_show (DeskPage *page)
{
  DeskPlanAllWindow *self = g_object_new (DESK_TYPE_PLAN_ALL_WINDOW, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  g_autoptr (GTask) task = g_task_new (self, NULL, on_finished, NULL);

  self->page = g_object_ref (page);
  self->run = g_atomic_rc_box_new0 (Run);
  self->run->path = g_strdup (desk_session_get_path (desk_page_get_session (page)));
  self->run->today = desk_page_get_today (page);
  self->run->cancellable = g_object_ref (self->cancellable);
  self->timer = g_timeout_add (TICK, show_progress, self);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (self->run), run_release);
  g_task_run_in_thread (task, work);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
