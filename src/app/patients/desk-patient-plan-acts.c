#include "desk-patient-plan-acts.h"

#include <glib/gi18n.h>

#include "desk-patient-window-dialog.h"
#include "desk-plan-file.h"
#include "desk-plan-words.h"
#include "desk-plans.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-windows.h"
#include "desk-words.h"

static DeskPage *
page_of (GtkWidget *widget)
{
  return desk_patient_section_get_page (DESK_PATIENT_SECTION (widget));
}

/* ── plans: everything that is done with one goes through one piece of work ── */

typedef enum
{
  KEEP,        /* and nothing else */
  KEEP_BOOK,   /* an alternative, or some of its days */
  BOOK,        /* one that was kept */
  UNBOOK,      /* take the booking of a kept one back */
  UNBOOK_DROP, /* take back what KEEP_BOOK did */
  DROP,
  UNDROP,
  ACCEPT,      /* the days that moved */
  UNACCEPT,
} Act;

typedef struct
{
  Act act;
  GtkWidget *widget;       /* owned */
  DeskPlanFile *file;      /* KEEP…: what was asked, owned */
  DeskPlan *plan;          /* KEEP…: owned */
  GArray *days;            /* KEEP_BOOK: of the visits to book; NULL for all */
  gint64 id, version;      /* of the kept plan */
  gint64 now;
  GArray *seqs;            /* what was booked here, of int; NULL for all */
  GArray *dropped;         /* DROP: the visits (gint64) it called off */
  GPtrArray *reds;         /* ACCEPT: what had moved */
  DeskProblems *problems;  /* why it could not be booked */
  gboolean booked;
  gboolean taking_back;    /* this job takes another one back: there is nothing to take back of it */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->widget);
  desk_plan_file_free (job->file);
  g_clear_pointer (&job->plan, desk_plan_free);
  g_clear_pointer (&job->days, g_array_unref);
  g_clear_pointer (&job->seqs, g_array_unref);
  g_clear_pointer (&job->dropped, g_array_unref);
  g_clear_pointer (&job->reds, g_ptr_array_unref);
  desk_problems_free (job->problems);
  g_free (job);
}

static Job *
job_new (GtkWidget *widget, Act act)
{
  Job *job = g_new0 (Job, 1);

  job->act = act;
  job->widget = g_object_ref (widget);
  job->problems = desk_problems_new ();
  job->now = g_get_real_time () / G_USEC_PER_SEC;
  return job;
}

/* The visits of the kept plan on the days that were ticked. */
static GArray *
seqs_on (const DeskKeptPlan *kept, const GArray *days)
{
  GArray *seqs = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < kept->visits->len; i++)
    for (guint k = 0; k < days->len; k++)
      if (((const DeskKeptVisit *) kept->visits->pdata[i])->day == g_array_index (days, DeskDay, k))
        g_array_append_val (seqs, ((const DeskKeptVisit *) kept->visits->pdata[i])->seq);
  return seqs;
}

/* What of a kept plan is not in the book yet: taking it back must not take what was booked before. */
static GArray *
seqs_open (const DeskKeptPlan *kept)
{
  GArray *seqs = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < kept->visits->len; i++)
    if (!((const DeskKeptVisit *) kept->visits->pdata[i])->booked)
      g_array_append_val (seqs, ((const DeskKeptVisit *) kept->visits->pdata[i])->seq);
  return seqs;
}

static gboolean
keep (DeskDb *db, Job *job, GError **error)
{
  g_autofree char *xml = desk_plan_file_problem (job->file->problem, error);

  if (!xml || !desk_plan_keep (db, job->file, job->plan, xml, &job->id, error))
    return FALSE;
  g_autoptr (DeskKeptPlan) kept = desk_plan_load (db, job->id, error);
  if (!kept)
    return FALSE;
  job->version = kept->version;
  if (job->days)
    job->seqs = seqs_on (kept, job->days);
  return TRUE;
}

/* A plan that cannot be booked stays a proposal: that is no error, and the problems tell why. */
static gboolean
book (DeskDb *db, Job *job, GError **error)
{
  g_autoptr (GError) local = NULL;

  job->booked = desk_plan_book (db, job->id, &job->version, job->seqs ? (const int *) job->seqs->data : NULL,
                                job->seqs ? job->seqs->len : 0, job->now, job->problems, &local);
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  return job->booked || job->problems->len > 0;
}

static gboolean
unbook (DeskDb *db, Job *job, GError **error)
{
  return desk_plan_unbook (db, job->id, &job->version, job->seqs ? (const int *) job->seqs->data : NULL, job->seqs ? job->seqs->len : 0, error);
}

/* With what taking it back will need. */
static gboolean
drop (DeskDb *db, Job *job, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskKeptPlan) kept = txn ? desk_plan_load (db, job->id, error) : NULL;

  if (!kept)
    return FALSE;
  job->dropped = desk_plan_proposed_visits (kept);
  return desk_plan_drop (db, job->id, &job->version, error) && desk_txn_commit (txn, error);
}

static gboolean
accept (DeskDb *db, Job *job, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  job->reds = txn ? desk_plan_red (db, job->id, error) : NULL;
  return job->reds && desk_plan_accept_moves (db, job->id, &job->version, error) && desk_txn_commit (txn, error);
}

/* Both or neither. */
static gboolean
unbook_drop (DeskDb *db, Job *job, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && unbook (db, job, error) && desk_plan_drop (db, job->id, &job->version, error) && desk_txn_commit (txn, error);
}

static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  switch (job->act)
    {
    case KEEP:
      return keep (db, job, error);
    case KEEP_BOOK:
      return keep (db, job, error) && book (db, job, error);
    case BOOK:
      return book (db, job, error);
    case UNBOOK:
      return unbook (db, job, error);
    case UNBOOK_DROP:
      return unbook_drop (db, job, error);
    case DROP:
      return drop (db, job, error);
    case UNDROP:
      return desk_plan_undrop (db, job->id, &job->version, job->dropped, error);
    case ACCEPT:
      return accept (db, job, error);
    default:
      return desk_plan_unaccept_moves (db, job->id, &job->version, job->reds, error);
    }
}

static void run (Job *job);

/* What takes it back; the act itself where nothing does. */
static Act
reverse_of (const Job *done)
{
  switch (done->act)
    {
    case KEEP:
      return DROP;
    case KEEP_BOOK:
      return done->booked ? UNBOOK_DROP : DROP;
    case BOOK:
      return UNBOOK;
    case DROP:
      return UNDROP;
    case ACCEPT:
      return UNACCEPT;
    default:
      return done->act;
    }
}

static void
on_undo (gpointer data)
{
  const Job *done = data;
  Job *job = job_new (done->widget, reverse_of (done));

  job->id = done->id;
  job->version = done->version;
  job->seqs = done->seqs ? g_array_ref (done->seqs) : NULL;
  job->dropped = done->dropped ? g_array_ref (done->dropped) : NULL;
  job->reds = done->reds ? g_ptr_array_ref (done->reds) : NULL;
  job->taking_back = TRUE;
  run (job);
}

/* Why it could not be booked, in a window that stays until it was read. */
static void
tell_problems (GtkWidget *widget, const DeskProblems *problems)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *dialog;

  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *words = desk_plan_problem_words (desk_problems_get (problems, i));

      g_string_append_printf (text, "%s%s: %s", text->len ? "\n" : "", desk_words ("plan-hang", desk_problems_get (problems, i)->field), words);
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _("Nothing was booked"), text->str);
  adw_message_dialog_set_body_use_markup (ADW_MESSAGE_DIALOG (dialog), FALSE);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static const char *
told (const Job *job)
{
  switch (job->act)
    {
    case KEEP:
      return _("Kept as a proposal");
    case KEEP_BOOK:
    case BOOK:
      return job->booked ? _("Visits booked") : _("Kept as a proposal");
    case DROP:
      return _("Proposal dropped");
    case UNDROP:
      return _("The proposal is there again");
    case UNACCEPT:
      return _("The days are marked as moved again");
    case ACCEPT:
      return _("The new days are accepted");
    default:
      return _("Booking taken back");
    }
}

static void
on_done (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  Job *done = desk_session_run_finish (DESK_SESSION (session), result, &error);

  if (!done)
    {
      desk_toast_error (widget, error);
      return;
    }
  if (done->problems->len)
    tell_problems (widget, done->problems);
  if (done->act == BOOK && !done->booked)
    return;
  if (done->taking_back)
    {
      desk_toast (widget, told (done));
      return;
    }
  Job *undo = job_new (widget, done->act);
  undo->id = done->id;
  undo->version = done->version;
  undo->booked = done->booked;
  undo->seqs = done->seqs ? g_array_ref (done->seqs) : NULL;
  undo->dropped = done->dropped ? g_array_ref (done->dropped) : NULL;
  undo->reds = done->reds ? g_ptr_array_ref (done->reds) : NULL;
  desk_toast_undo (widget, told (done), G_CALLBACK (on_undo), undo, job_free);
}

static void
run (Job *job)
{
  desk_session_run_async (desk_page_get_session (page_of (job->widget)), work, job, job_free, NULL, on_done, g_object_ref (job->widget));
}

/* plan.keep, plan.book (all of it) and plan.book-selected: the alternative that is chosen. */
static void
action_chosen (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientPlan *self = DESK_PATIENT_PLAN (widget);
  DeskPlanResults *results = desk_patient_plan_get_results (self);
  const DeskPlan *plan = desk_plan_results_get_plan (results);

  if (!plan)
    return;
  Job *job = job_new (widget, g_str_equal (name, "plan.keep") ? KEEP : KEEP_BOOK);
  job->plan = desk_plan_copy (plan);
  if (g_str_equal (name, "plan.book-selected"))
    job->days = desk_plan_results_dup_days (results);
  job->file = desk_patient_plan_take_file (self);
  run (job);
}

/* What is done with a plan that was kept: the target is its id. */
static void
action_kept (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskKeptPlan) plan = desk_plan_load (desk_page_get_reader (page_of (widget)), g_variant_get_int64 (target), &error);

  if (!plan)
    {
      desk_toast_error (widget, error);
      return;
    }
  Job *job = job_new (widget, g_str_equal (name, "plan.book-kept") ? BOOK : g_str_equal (name, "plan.drop") ? DROP : ACCEPT);
  job->id = plan->id;
  job->version = plan->version;
  if (job->act == BOOK)
    job->seqs = seqs_open (plan);
  run (job);
}

/* A plan that turned red is asked for anew; it stays until it is dropped. */
static void
action_again (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientPlan *self = DESK_PATIENT_PLAN (widget);

  desk_patient_plan_ask (self);
  gtk_widget_child_focus (GTK_WIDGET (desk_patient_plan_get_results (self)), GTK_DIR_TAB_FORWARD);
}

/* ── where a rule is changed ── */

static const struct
{
  const char *rule, *place, *action, *target;
} elsewhere[] = {
  { "stay", "patients", "trips.show", NULL },     { "papers", "patients", "gates.show", NULL },
  { "closed", NULL, "win.set-up", "closed" },     { "culture", NULL, "win.set-up", "cells" },
  { "shelf", NULL, "win.set-up", "cells" },       { "release", NULL, "win.set-up", "cells" },
  { "expiry", NULL, "win.set-up", "cells" },      { "yield", NULL, "win.set-up", "cells" },
};

static void
action_change (GtkWidget *widget, const char *name, GVariant *target)
{
  const char *code = g_variant_get_string (target, NULL);

  for (int rule = 0; rule < DESK_N_PLAN_RULES; rule++)
    if (g_str_equal (desk_plan_rule_code (rule), code)
        && desk_plan_question_focus (desk_patient_plan_get_question (DESK_PATIENT_PLAN (widget)), rule))
      return;
  for (guint i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    if (g_str_equal (elsewhere[i].rule, code))
      {
        desk_window_run (desk_window_of (widget), elsewhere[i].place, elsewhere[i].action, elsewhere[i].target);
        return;
      }
  if (g_str_equal (code, "windows") || g_str_equal (code, "blackout"))
    gtk_widget_activate_action (widget, "plan.add-window", NULL);
}

static void
action_show (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

/* ── the patient's windows ── */

static void
action_add_window (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (DeskPatientWindow) window = desk_patient_window_new (desk_patient_section_get_patient (DESK_PATIENT_SECTION (widget)));

  desk_patient_window_dialog_show (page_of (widget), window);
}

static DeskPatientWindow *
load_window (GtkWidget *widget, GVariant *target)
{
  g_autoptr (GError) error = NULL;
  DeskPatientWindow *window = desk_patient_window_load (desk_page_get_reader (page_of (widget)), g_variant_get_int64 (target), &error);

  if (!window)
    desk_toast_error (widget, error);
  return window;
}

static void
action_edit_window (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (DeskPatientWindow) window = load_window (widget, target);

  if (window)
    desk_patient_window_dialog_show (page_of (widget), window);
}

typedef struct
{
  gint64 id, version;
  gboolean removed;
  GtkWidget *widget; /* owned */
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->widget);
  g_free (removal);
}

static gboolean
remove_work (DeskDb *db, gpointer data, GError **error)
{
  Removal *removal = data;

  return desk_patient_window_remove (db, removal->id, &removal->version, removal->removed, error);
}

static void set_removed (GtkWidget *widget, gint64 id, gint64 version, gboolean removed);

static void
on_put_back (gpointer data)
{
  const Removal *removal = data;

  set_removed (removal->widget, removal->id, removal->version, FALSE);
}

static void
on_removed (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  const Removal *removal = desk_session_run_finish (DESK_SESSION (session), result, &error);

  if (!removal)
    desk_toast_error (widget, error);
  else if (removal->removed)
    {
      Removal *undo = g_new (Removal, 1);

      *undo = *removal;
      undo->widget = g_object_ref (widget);
      desk_toast_undo (widget, _("Days removed"), G_CALLBACK (on_put_back), undo, removal_free);
    }
}

static void
set_removed (GtkWidget *widget, gint64 id, gint64 version, gboolean removed)
{
  Removal *removal = g_new (Removal, 1);

  *removal = (Removal) { id, version, removed, g_object_ref (widget) };
  desk_session_run_async (desk_page_get_session (page_of (widget)), remove_work, removal, removal_free, NULL, on_removed, g_object_ref (widget));
}

static void
action_remove_window (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (DeskPatientWindow) window = load_window (widget, target);

  if (window)
    set_removed (widget, window->id, window->version, TRUE);
}

/* Installs the actions of the section's class. */
void
desk_patient_plan_install_acts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "plan.show", NULL, action_show);
  gtk_widget_class_install_action (widget_class, "plan.keep", NULL, action_chosen);
  gtk_widget_class_install_action (widget_class, "plan.book", NULL, action_chosen);
  gtk_widget_class_install_action (widget_class, "plan.book-selected", NULL, action_chosen);
  gtk_widget_class_install_action (widget_class, "plan.book-kept", "x", action_kept);
  gtk_widget_class_install_action (widget_class, "plan.drop", "x", action_kept);
  gtk_widget_class_install_action (widget_class, "plan.accept-moves", "x", action_kept);
  gtk_widget_class_install_action (widget_class, "plan.again", "x", action_again);
  gtk_widget_class_install_action (widget_class, "plan.change", "s", action_change);
  gtk_widget_class_install_action (widget_class, "plan.add-window", NULL, action_add_window);
  gtk_widget_class_install_action (widget_class, "plan.edit-window", "x", action_edit_window);
  gtk_widget_class_install_action (widget_class, "plan.remove-window", "x", action_remove_window);
}
