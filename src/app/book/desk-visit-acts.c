#include "desk-visit-acts.h"

#include <glib/gi18n.h>

#include "desk-bedside-window.h"
#include "desk-toast.h"
#include "desk-undo.h"
#include "desk-visit-again.h"
#include "desk-words.h"

/* One write, and what taking it back needs. */
typedef struct
{
  GtkWidget *widget; /* where the toast appears */
  DeskSession *session;
  DeskVisit *visit;  /* what is written; afterwards, what is stored */
  DeskVisit *before; /* what was stored, or NULL for a new one */
  char *status;      /* the step to take, or NULL when times and places are saved */
  char *words;       /* of the toast; NULL for none */
  gboolean back;     /* this takes another act back */
  gint64 was;        /* of that act: the version it found */
  DeskAuditLast *last; /* who came between, where it could not be taken back */
  DeskVisitDone done;
  gpointer user_data;
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_clear_object (&act->widget);
  g_clear_object (&act->session);
  g_clear_pointer (&act->visit, desk_visit_free);
  g_clear_pointer (&act->before, desk_visit_free);
  g_clear_pointer (&act->last, desk_audit_last_free);
  g_free (act->status);
  g_free (act->words);
  g_free (act);
}

static Act *
act_new (GtkWidget *widget, DeskSession *session, const DeskVisit *visit, const DeskVisit *before, const char *status,
         const char *words)
{
  Act *act = g_new0 (Act, 1);

  act->widget = g_object_ref (widget);
  act->session = g_object_ref (session);
  act->visit = desk_visit_copy (visit);
  act->before = before ? desk_visit_copy (before) : NULL;
  act->status = g_strdup (status);
  act->words = g_strdup (words);
  return act;
}

static gboolean
write_act (DeskDb *db, Act *act, GError **error)
{
  return act->status ? desk_visit_set_status (db, act->visit, act->status, error)
                     : desk_visit_save (db, act->visit, error);
}

static gboolean
act_work (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;
  GError *local = NULL;

  if (!act->back)
    return write_act (db, act, error);
  act->visit->version = desk_visit_again (db, act->visit->id, act->visit->version);
  if (write_act (db, act, &local))
    {
      if (act->was)
        desk_visit_again_is (db, act->visit->id, act->was, act->visit->version);
      return TRUE;
    }
  if (g_error_matches (local, DESK_ERROR, DESK_ERROR_CONFLICT))
    act->last = desk_audit_last (db, DESK_KIND_VISIT, act->visit->id, NULL);
  g_propagate_error (error, local);
  return FALSE;
}

static void act_run (Act *act);

/* Takes back one act: the times and places as they were, the step in the other direction; a visit that was
 * new is cancelled. Refused by the version when anybody has changed it since. */
static void
undo (gpointer user_data)
{
  const Act *act = user_data;
  g_autoptr (DeskVisit) visit = desk_visit_copy (act->before && !act->status ? act->before : act->visit);
  const char *status = act->before ? (act->status ? act->before->status : NULL) : "cancelled_clinic";

  visit->version = act->visit->version;
  Act *back = act_new (act->widget, act->session, visit, NULL, status, NULL);
  back->back = TRUE;
  back->was = act->before ? act->before->version : 0;
  act_run (back);
}

static Act *
act_copy (const Act *act)
{
  return act_new (act->widget, act->session, act->visit, act->before, act->status, NULL);
}

static void
open_bedside (gpointer user_data)
{
  const Act *act = user_data;

  desk_bedside_window_show (desk_window_of (act->widget), act->visit->id);
}

/* A dose waits for this visit: that cannot be passed by, but the way to it is one press. */
static gboolean
offer_bedside (Act *act, const GError *error)
{
  gboolean dose = g_error_matches (error, DESK_ERROR, DESK_ERROR_REFUSED)
                  && (g_str_equal (error->message, "dose-not-given") || g_str_equal (error->message, "dose-under-way"));
  g_autofree char *words = dose ? desk_words_error (error) : NULL;

  if (!dose || !desk_bedside_window_serves (act->visit))
    return FALSE;
  desk_toast_offer (act->widget, words, _("Bedside"), G_CALLBACK (open_bedside), act_copy (act), act_free);
  return TRUE;
}

/* That a dose did not come back has to be seen before the patient comes for it. */
static void
say_taken_back (const Act *act)
{
  /* Translators: number of a dose, or several */
  g_autofree char *words = act->visit->doses_gone
                               ? g_strdup_printf (_("Taken back, but dose %s is not reserved again: it is promised elsewhere, used or barred now"),
                                                  act->visit->doses_gone)
                               : g_strdup (_("Taken back"));

  desk_toast (act->widget, words);
}

static void
on_acted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Act *act = g_task_get_task_data (G_TASK (result));
  gboolean written = desk_session_run_finish (DESK_SESSION (source), result, &error) != NULL;

  if (act->back && written)
    say_taken_back (act);
  else if (act->back && g_error_matches (error, DESK_ERROR, DESK_ERROR_CONFLICT))
    desk_undo_refused (act->widget, act->last);
  else if (act->done)
    act->done (written ? act->visit : NULL, error, act->user_data);
  else if (!written && !offer_bedside (act, error))
    desk_toast_error (act->widget, error);
  if (written && act->words)
    desk_toast_undo (act->widget, act->words, G_CALLBACK (undo), act_copy (act), act_free);
}

static void
act_run (Act *act)
{
  desk_session_run_async (act->session, act_work, act, act_free, NULL, on_acted, NULL);
}

/* Books a new visit (before NULL) or changes one; words are the toast's, with Undo. done (or NULL: errors are
 * toasts too) is called whatever comes of it; user_data must live that long. */
void
desk_visit_act_save (GtkWidget *widget, DeskSession *session, const DeskVisit *visit, const DeskVisit *before,
                     const char *words, DeskVisitDone done, gpointer user_data)
{
  Act *act = act_new (widget, session, visit, before, NULL, words);

  act->done = done;
  act->user_data = user_data;
  act_run (act);
}

/* Takes a visit one step further, with a toast that takes it back. */
void
desk_visit_act_status (GtkWidget *widget, DeskSession *session, const DeskVisit *visit, const char *status)
{
  /* Translators: patient, new status of the visit */
  g_autofree char *words = g_strdup_printf (_("%s: %s"), visit->patient_name ? visit->patient_name : "",
                                            desk_words ("visit-status", status));
  gboolean gives_back = visit->dose_number && desk_visit_is_final (status) && !desk_visit_takes_slots (status);
  g_autofree char *all
      = gives_back ? g_strdup_printf (_("%s; dose %s is no longer reserved"), words, visit->dose_number)
                   : g_strdup (words);

  act_run (act_new (widget, session, visit, visit, status, all));
}

typedef struct
{
  GtkWidget *widget;
  gint64 patient_id, course_id;
  char *template_code, *words;
  DeskDay start;
  GPtrArray *visits;
  DeskVisitDone done;
  gpointer user_data;
} CourseAct;

static void
course_act_free (gpointer data)
{
  CourseAct *act = data;

  g_clear_object (&act->widget);
  g_clear_pointer (&act->visits, g_ptr_array_unref);
  g_free (act->template_code);
  g_free (act->words);
  g_free (act);
}

static gboolean
course_work (DeskDb *db, gpointer data, GError **error)
{
  CourseAct *act = data;

  return desk_course_book (db, act->patient_id, act->template_code, act->start, act->visits, &act->course_id, error);
}

typedef struct
{
  GtkWidget *widget;
  DeskSession *session;
  gint64 course_id;
  GPtrArray *visits;
} CourseUndo;

static void
course_undo_free (gpointer data)
{
  CourseUndo *back = data;

  g_clear_object (&back->widget);
  g_clear_object (&back->session);
  g_clear_pointer (&back->visits, g_ptr_array_unref);
  g_free (back);
}

static CourseUndo *
course_undo_new (GtkWidget *widget, DeskSession *session, gint64 course_id, GPtrArray *visits)
{
  CourseUndo *back = g_new0 (CourseUndo, 1);

  back->widget = g_object_ref (widget);
  back->session = g_object_ref (session);
  back->course_id = course_id;
  back->visits = g_ptr_array_ref (visits);
  return back;
}

static gboolean
course_undo_work (DeskDb *db, gpointer data, GError **error)
{
  const CourseUndo *back = data;

  return desk_course_unbook (db, back->course_id, back->visits, error);
}

static void
on_course_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  const CourseUndo *back = g_task_get_task_data (G_TASK (result));

  if (desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast (back->widget, _("Taken back: the whole course"));
  else if (g_error_matches (error, DESK_ERROR, DESK_ERROR_CONFLICT))
    desk_toast (back->widget, _("Nothing was taken back: a visit of the course was changed since."));
  else
    desk_toast_error (back->widget, error);
}

static void
course_undo (gpointer user_data)
{
  const CourseUndo *back = user_data;

  desk_session_run_async (back->session, course_undo_work, course_undo_new (back->widget, back->session, back->course_id, back->visits),
                          course_undo_free, NULL, on_course_undone, NULL);
}

static void
on_course_booked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  CourseAct *act = g_task_get_task_data (G_TASK (result));
  gboolean written = desk_session_run_finish (DESK_SESSION (source), result, &error) != NULL;

  act->done (written ? g_ptr_array_index (act->visits, 0) : NULL, error, act->user_data);
  if (!written)
    return;
  desk_toast_undo (act->widget, act->words, G_CALLBACK (course_undo),
                   course_undo_new (act->widget, DESK_SESSION (source), act->course_id, act->visits), course_undo_free);
}

/* Books a whole course in one transaction; done gets its first visit, or the error. */
void
desk_visit_act_course (GtkWidget *widget, DeskSession *session, gint64 patient_id, const char *template_code,
                       DeskDay start, const GPtrArray *visits, const char *words, DeskVisitDone done,
                       gpointer user_data)
{
  CourseAct *act = g_new0 (CourseAct, 1);

  act->widget = g_object_ref (widget);
  act->patient_id = patient_id;
  act->template_code = g_strdup (template_code);
  act->words = g_strdup (words);
  act->start = start;
  act->visits = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
  for (guint i = 0; i < visits->len; i++)
    g_ptr_array_add (act->visits, desk_visit_copy (g_ptr_array_index (visits, i)));
  act->done = done;
  act->user_data = user_data;
  desk_session_run_async (session, course_work, act, course_act_free, NULL, on_course_booked, NULL);
}
