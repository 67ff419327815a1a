/* What is done with the items of the inbox: filing and putting aside, each with its way back. */
#include "desk-inbox-view-private.h"

#include <glib/gi18n.h>

#include "desk-inbox.h"
#include "desk-toast.h"
#include "desk-words.h"

/* ── filing ── */

typedef struct
{
  DeskInboxView *view;
  DeskInboxFiling *filing;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->view);
  desk_inbox_filing_free (undo->filing);
  g_free (undo);
}

static gboolean
unfile_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_inbox_unfile (db, data, error);
}

static void
on_unfiled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskInboxView) self = user_data;
  g_autoptr (GError) error = NULL;
  DeskInboxFiling *filing = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!filing)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  desk_inbox_view_refresh (self);
  desk_inbox_view_show (self, g_array_index (filing->parts, DeskInboxPart, 0).id);
  desk_inbox_view_enter (self);
}

static void
on_undo (gpointer user_data)
{
  Undo *undo = user_data;

  desk_session_run_async (desk_page_get_session (undo->view->page), unfile_work, g_steal_pointer (&undo->filing),
                          (GDestroyNotify) desk_inbox_filing_free, NULL, on_unfiled, g_object_ref (undo->view));
}

/* The job keeps the filing alive; what undo needs is taken out of it when it has been done. */
typedef struct
{
  DeskInboxFiling *filing;
} FileJob;

static void
file_job_free (gpointer data)
{
  desk_inbox_filing_free (((FileJob *) data)->filing);
  g_free (data);
}

static gboolean
file_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_inbox_file (db, ((FileJob *) data)->filing, error);
}

static void
tell_refused (DeskInboxView *self, const GError *error)
{
  if (g_error_matches (error, DESK_ERROR, DESK_ERROR_TAKEN))
    desk_toast (GTK_WIDGET (self), _("This file is already among the patient’s papers. Put it aside with Delete."));
  else
    desk_toast_error (GTK_WIDGET (self), error);
}

static void
on_filed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskInboxView) self = user_data;
  g_autoptr (GError) error = NULL;
  FileJob *job = desk_session_run_finish (DESK_SESSION (source), result, &error);

  self->filing = FALSE;
  if (!job)
    {
      self->filing_consent = 0;
      tell_refused (self, error);
      return;
    }

  Undo *undo = g_new (Undo, 1);
  *undo = (Undo){ g_object_ref (self), g_steal_pointer (&job->filing) };
  const DeskDocument *document = undo->filing->document;
  gint64 filed = undo->filing->documents && undo->filing->documents->len ? g_array_index (undo->filing->documents, gint64, 0) : 0;
  g_autofree char *name = desk_inbox_view_name_of (self, document->patient_id);
  g_autofree char *text = g_strdup_printf (_("Filed to %s: %s"), name ? name : "", desk_words ("document-kind", document->kind));

  for (guint i = 0; i < undo->filing->parts->len; i++)
    g_hash_table_remove (self->drafts, &g_array_index (undo->filing->parts, DeskInboxPart, i).id);
  self->before = document->patient_id;
  desk_document_free (self->last);
  self->last = desk_document_copy (document);
  desk_toast_undo (GTK_WIDGET (self), text, G_CALLBACK (on_undo), undo, undo_free);
  desk_inbox_view_refresh (self);
  desk_inbox_view_offer_patients (self);
  desk_inbox_view_enter (self);
  if (self->filing_consent)
    desk_inbox_view_consent_filed (self, filed);
}

static gboolean
ask_patient (DeskInboxView *self)
{
  if (desk_patient_picker_get_id (self->picker))
    return FALSE;
  gtk_label_set_label (self->patient_problem, _("Please choose whose paper this is."));
  gtk_widget_set_visible (GTK_WIDGET (self->patient_problem), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->picker));
  return TRUE;
}

/* Files what is chosen as the form says, or tells at which field it cannot. */
void
desk_inbox_view_file (DeskInboxView *self)
{
  if (!self->shown || self->filing || desk_inbox_view_is_aside (self) || ask_patient (self) || !desk_paper_form_check (self->form))
    return;

  DeskDocument *document = desk_paper_form_collect (self->form);
  FileJob *job = g_new0 (FileJob, 1);

  document->patient_id = desk_patient_picker_get_id (self->picker);
  job->filing = desk_inbox_filing_new (document);
  desk_inbox_parts_collect (self->parts, job->filing);
  /* Each of several keeps the title that its own name gives it. */
  if (!job->filing->together && job->filing->parts->len > 1)
    g_clear_pointer (&document->title, g_free);
  self->filing = TRUE;
  desk_session_run_async (desk_page_get_session (self->page), file_work, job, file_job_free, NULL, on_filed, g_object_ref (self));
}

/* ── putting aside ── */

typedef struct
{
  DeskInboxView *view; /* for undo */
  GArray *ids;
  gboolean aside;
} Aside;

static void
aside_free (gpointer data)
{
  Aside *aside = data;

  g_object_unref (aside->view);
  g_array_unref (aside->ids);
  g_free (aside);
}

static gboolean
aside_work (DeskDb *db, gpointer data, GError **error)
{
  Aside *aside = data;

  return desk_inbox_put_aside (db, (const gint64 *) (gpointer) aside->ids->data, aside->ids->len, aside->aside, error);
}

static void run_aside (DeskInboxView *self, GArray *ids, gboolean aside);

static void
on_undo_aside (gpointer user_data)
{
  Aside *aside = user_data;

  run_aside (aside->view, g_array_ref (aside->ids), !aside->aside);
}

static void
on_aside (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskInboxView) self = user_data;
  g_autoptr (GError) error = NULL;
  Aside *done = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!done)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }

  Aside *undo = g_new (Aside, 1);
  *undo = (Aside){ g_object_ref (self), g_array_ref (done->ids), done->aside };
  desk_toast_undo (GTK_WIDGET (self), done->aside ? _("Put aside") : _("Back in the inbox"), G_CALLBACK (on_undo_aside), undo, aside_free);
  desk_inbox_view_refresh (self);
  desk_inbox_view_enter (self);
}

static void
run_aside (DeskInboxView *self, GArray *ids, gboolean aside)
{
  Aside *job = g_new (Aside, 1);

  *job = (Aside){ g_object_ref (self), ids, aside };
  desk_session_run_async (desk_page_get_session (self->page), aside_work, job, aside_free, NULL, on_aside, g_object_ref (self));
}

/* Puts what is chosen aside, or brings it back. */
void
desk_inbox_view_put_aside (DeskInboxView *self)
{
  if (self->shown)
    run_aside (self, desk_inbox_view_chosen (self), !desk_inbox_view_is_aside (self));
}
