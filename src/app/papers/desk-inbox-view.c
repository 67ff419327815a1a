#include "desk-inbox-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-document.h"
#include "desk-file-name.h"
#include "desk-inbox-adder.h"
#include "desk-inbox-ask.h"
#include "desk-inbox-parts.h"
#include "desk-inbox-row.h"
#include "desk-inbox.h"
#include "desk-list-model.h"
#include "desk-one-stop.h"
#include "desk-paper-form.h"
#include "desk-paper-preview.h"
#include "desk-patient-picker.h"
#include "desk-patients.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

struct _DeskInboxView
{
  AdwBin parent_instance;

  DeskPage *page; /* not owned */
  DeskListModel *model;
  DeskInboxAdder *adder;
  GHashTable *drafts;    /* id of an item to the DeskDocument begun for it */
  gint64 shown;          /* the item in the form, 0 for none */
  guint place;           /* where it stood, to go on from there */
  gint64 guessed, before; /* patients offered: by the file's name; of the paper filed last */
  gint64 known;          /* the paper of the same content */
  gint64 wanted_patient; /* for whom papers are being added */
  gboolean selecting, filing;

  GtkWidget *adding;
  GtkLabel *adding_text;
  GtkProgressBar *adding_bar;
  GtkLabel *count;
  GtkDropDown *which;
  GtkListView *list;
  GtkMultiSelection *selection;
  GtkStack *stack;
  AdwStatusPage *empty;
  DeskPaperPreview *preview;
  GtkLabel *what;
  GtkWidget *known_bar;
  GtkLabel *known_text;
  GtkWidget *known_show;
  DeskInboxParts *parts;
  DeskPatientPicker *picker;
  GtkLabel *patient_problem;
  GtkButton *guess_button, *before_button, *aside;
  DeskPaperForm *form;
};

G_DEFINE_FINAL_TYPE (DeskInboxView, desk_inbox_view, ADW_TYPE_BIN)

static DeskDb *
reader (DeskInboxView *self)
{
  return desk_page_get_reader (self->page);
}

static gboolean
is_aside (DeskInboxView *self)
{
  return gtk_drop_down_get_selected (self->which) == 1;
}

static GPtrArray *
read_rows (const gint64 *ids, guint n_ids, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = desk_inbox_rows (reader (user_data), ids, n_ids, &error);

  if (!rows)
    g_warning ("cannot read the inbox: %s", error->message);
  return rows ? rows : g_ptr_array_new ();
}

/* The ids chosen, in the order of the list. */
static GArray *
chosen (DeskInboxView *self)
{
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, set, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 id = desk_list_model_get_id (self->model, position);

      if (id)
        g_array_append_val (ids, id);
    }
  return ids;
}

/* A patient as the desk calls them; NULL for nobody. The caller frees it. */
static char *
name_of (DeskInboxView *self, gint64 patient_id)
{
  g_autoptr (DeskPatient) patient = patient_id ? desk_patient_load (reader (self), patient_id, NULL) : NULL;
  g_autofree char *name = patient ? desk_patient_name (patient) : NULL;

  return patient ? g_strdup_printf ("%s (%s)", name, patient->chart) : NULL;
}

/* Takes the label; NULL offers nothing. */
static void
offer (DeskInboxView *self, GtkButton *button, char *label)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL && desk_patient_picker_get_id (self->picker) == 0);
  gtk_button_set_label (button, label ? label : "");
  g_free (label);
}

static void
offer_patients (DeskInboxView *self)
{
  g_autofree char *guessed = name_of (self, self->guessed);
  g_autofree char *before = name_of (self, self->before == self->guessed ? 0 : self->before);

  offer (self, self->guess_button, guessed ? g_strdup_printf (_("From the file’s name: %s?"), guessed) : NULL);
  offer (self, self->before_button, before ? g_strdup_printf (_("As before: %s"), before) : NULL);
}

static void
set_patient (DeskInboxView *self, gint64 patient_id)
{
  desk_patient_picker_set_id (self->picker, patient_id);
  desk_paper_form_set_patient (self->form, patient_id);
  gtk_widget_set_visible (GTK_WIDGET (self->patient_problem), FALSE);
  offer_patients (self);
}

static void
on_patient (DeskPatientPicker *picker, DeskInboxView *self)
{
  gint64 id = desk_patient_picker_get_id (picker);

  desk_paper_form_set_patient (self->form, id);
  gtk_widget_set_visible (GTK_WIDGET (self->patient_problem), FALSE);
  offer_patients (self);
  if (id)
    gtk_widget_grab_focus (desk_paper_form_get_input (self->form, "examined_on"));
}

static void
keep_draft (DeskInboxView *self)
{
  if (!self->shown || (!desk_paper_form_is_dirty (self->form) && !desk_patient_picker_get_id (self->picker)))
    return;

  DeskDocument *draft = desk_paper_form_collect (self->form);
  gint64 *key = g_new (gint64, 1);
  *key = self->shown;
  draft->patient_id = desk_patient_picker_get_id (self->picker);
  g_hash_table_replace (self->drafts, key, draft);
}

static DeskDocument *
new_document (const DeskInboxItem *item)
{
  DeskDocument *document = g_new0 (DeskDocument, 1);

  document->title = desk_file_name_title (item->name);
  return document;
}

static void
fill_form (DeskInboxView *self, const DeskInboxItem *item)
{
  const DeskDocument *draft = g_hash_table_lookup (self->drafts, &item->id);
  g_autoptr (DeskDocument) document = new_document (item);
  g_autoptr (GError) error = NULL;

  self->guessed = 0;
  if (!desk_inbox_suggest (reader (self), item->name, &self->guessed, &error))
    desk_toast_error (GTK_WIDGET (self), error);
  desk_paper_form_fill (self->form, document);
  if (draft)
    desk_paper_form_restore (self->form, draft);
  set_patient (self, draft ? draft->patient_id : self->wanted_patient);
}

static void
show_known (DeskInboxView *self, const DeskInboxItem *item)
{
  g_autofree char *name = name_of (self, item->known_patient_id);
  g_autofree char *text
      = name            ? g_strdup_printf (_("This is already among the papers of %s."), name)
        : *item->warning ? g_strdup_printf (_("The name says otherwise, but this is: %s"), desk_words ("media", item->media_type))
                         : NULL;

  self->known = item->known_document_id;
  gtk_label_set_label (self->known_text, text ? text : "");
  gtk_widget_set_visible (self->known_bar, text != NULL);
  gtk_widget_set_visible (self->known_show, name != NULL);
}

static void
show_preview (DeskInboxView *self, const DeskInboxItem *item)
{
  g_autoptr (GError) error = NULL;
  guint position = 0;

  if (!*item->digest)
    {
      desk_paper_preview_show (self->preview, NULL);
      desk_paper_preview_tell (self->preview, _("A Link"), item->link);
      return;
    }

  GPtrArray *digests = desk_inbox_digests (reader (self), item->id, &error);
  if (!digests)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  desk_paper_preview_show (self->preview, digests);

  /* Who files goes down the list: the next is read while this one is looked at. */
  if (desk_list_model_find (self->model, item->id, &position))
    {
      gint64 next = desk_list_model_get_id (self->model, position + 1);
      g_autoptr (DeskInboxItem) following = next ? desk_inbox_load (reader (self), next, NULL) : NULL;

      if (following && following->n_files == 0)
        desk_paper_preview_prefetch (self->preview, following->digest);
    }
}

static void
show_empty (DeskInboxView *self)
{
  gboolean none = g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0;

  self->shown = 0;
  adw_status_page_set_title (self->empty, !none ? _("Choose a Paper") : is_aside (self) ? _("Nothing Put Aside") : _("The Inbox Is Empty"));
  adw_status_page_set_description (
      self->empty, !none            ? _("Down goes to the next one, Enter files it.")
                   : is_aside (self) ? _("What is put aside from the inbox stays here and can be brought back.")
                                     : _("Drop PDF files, pictures or the folder of a DICOM disc anywhere into this window, paste them "
                                         "with Ctrl+V, or choose them with Ctrl+O. They wait here until you file them to a patient."));
  gtk_stack_set_visible_child_name (self->stack, "empty");
  desk_paper_preview_show (self->preview, NULL);
}

static void
enable_actions (DeskInboxView *self)
{
  gboolean writable = !desk_page_get_read_only (self->page), any = writable && self->shown;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.file", any && !is_aside (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.aside", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.add", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.link", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.paste", writable);
  gtk_button_set_label (self->aside, is_aside (self) ? _("Back to the Inbox") : _("Put Aside"));
}

/* Shows what is chosen; the first of several is looked at and gives the form its title. */
static void
show_chosen (DeskInboxView *self)
{
  g_autoptr (GArray) ids = chosen (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = desk_inbox_rows (reader (self), (const gint64 *) (gpointer) ids->data, ids->len, &error);
  const DeskInboxItem *item = items && items->len > 0 ? items->pdata[0] : NULL;

  for (guint i = 0; items && i < items->len; i++)
    if (!items->pdata[i])
      g_ptr_array_remove_index (items, i--);
  item = items && items->len > 0 ? items->pdata[0] : NULL;
  if (!items)
    desk_toast_error (GTK_WIDGET (self), error);
  if (!item)
    {
      keep_draft (self);
      show_empty (self);
      enable_actions (self);
      return;
    }
  desk_inbox_parts_show (self->parts, items);
  if (item->id != self->shown)
    {
      g_autofree char *media = desk_inbox_media (item);
      g_autofree char *what = g_strdup_printf ("%s\n%s", item->name, media);

      keep_draft (self);
      self->shown = item->id;
      gtk_label_set_label (self->what, what);
      fill_form (self, item);
      show_preview (self, item);
    }
  show_known (self, item);
  desk_list_model_find (self->model, self->shown, &self->place);
  gtk_stack_set_visible_child_name (self->stack, "item");
  enable_actions (self);
}

static void
on_selection (GtkSelectionModel *selection, guint position, guint n_items, DeskInboxView *self)
{
  if (!self->selecting)
    show_chosen (self);
}

static void
select_position (DeskInboxView *self, guint position)
{
  self->selecting = TRUE;
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  if (position < g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  self->selecting = FALSE;
}

/* Reads the inbox again; what was chosen stays chosen, and where that is gone the next one is. */
void
desk_inbox_view_refresh (DeskInboxView *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) before = chosen (self);
  GArray *ids = desk_inbox_ids (reader (self), is_aside (self), &error);
  guint n = 0, position;

  if (!ids)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_autofree char *count = g_strdup_printf (g_dngettext (NULL, "%u paper", "%u papers", ids->len), ids->len);
  gtk_label_set_label (self->count, count);
  self->selecting = TRUE;
  desk_list_model_set_ids (self->model, ids);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  for (guint i = 0; i < before->len; i++)
    if (desk_list_model_find (self->model, g_array_index (before, gint64, i), &position))
      {
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, FALSE);
        n++;
      }
  self->selecting = FALSE;
  if (n == 0 && before->len > 0 && ids->len > 0)
    select_position (self, MIN (self->place, ids->len - 1));
  show_chosen (self);
}

/* Puts the focus on the list, and begins with the first where nothing is chosen. */
void
desk_inbox_view_enter (DeskInboxView *self)
{
  if (!self->shown && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    {
      select_position (self, 0);
      show_chosen (self);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  if (self->shown)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", self->place);
}

/* Shows one item. */
void
desk_inbox_view_show (DeskInboxView *self, gint64 id)
{
  guint position;

  if (!desk_list_model_find (self->model, id, &position))
    {
      gtk_drop_down_set_selected (self->which, 0);
      desk_inbox_view_refresh (self);
    }
  if (desk_list_model_find (self->model, id, &position))
    {
      select_position (self, position);
      show_chosen (self);
    }
}

static void
on_which (GtkDropDown *which, GParamSpec *pspec, DeskInboxView *self)
{
  if (!self->page)
    return;
  select_position (self, G_MAXUINT);
  desk_inbox_view_refresh (self);
}

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
      tell_refused (self, error);
      return;
    }

  Undo *undo = g_new (Undo, 1);
  *undo = (Undo){ g_object_ref (self), g_steal_pointer (&job->filing) };
  const DeskDocument *document = undo->filing->document;
  g_autofree char *name = name_of (self, document->patient_id);
  g_autofree char *text = g_strdup_printf (_("Filed to %s: %s"), name ? name : "", desk_words ("document-kind", document->kind));

  for (guint i = 0; i < undo->filing->parts->len; i++)
    g_hash_table_remove (self->drafts, &g_array_index (undo->filing->parts, DeskInboxPart, i).id);
  self->before = document->patient_id;
  desk_toast_undo (GTK_WIDGET (self), text, G_CALLBACK (on_undo), undo, undo_free);
  desk_inbox_view_refresh (self);
  offer_patients (self);
  desk_inbox_view_enter (self);
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

static void
action_file (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskInboxView *self = DESK_INBOX_VIEW (widget);

  if (!self->shown || self->filing || is_aside (self) || ask_patient (self) || !desk_paper_form_check (self->form))
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

static void
on_submitted (DeskPaperForm *form, DeskInboxView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "inbox.file", NULL);
}

static void
action_guess (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskInboxView *self = DESK_INBOX_VIEW (widget);

  if (self->guessed)
    set_patient (self, self->guessed);
}

static void
action_before (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskInboxView *self = DESK_INBOX_VIEW (widget);

  if (self->before)
    set_patient (self, self->before);
}

/* Enter in the list: takes the patient that is offered first, asks for a kind, then files. */
static void
on_list_activate (GtkListView *list, guint position, DeskInboxView *self)
{
  gint64 offered = self->guessed ? self->guessed : self->before;

  if (!self->shown || is_aside (self))
    return;
  if (!desk_patient_picker_get_id (self->picker) && offered)
    set_patient (self, offered);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "inbox.file", NULL);
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

static void
action_aside (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskInboxView *self = DESK_INBOX_VIEW (widget);

  if (self->shown)
    run_aside (self, chosen (self), !is_aside (self));
}

/* ── adding ── */

static void
on_adding (DeskInboxAdder *adder, DeskInboxView *self)
{
  guint done, total;

  desk_inbox_adder_count (adder, &done, &total);
  g_autofree char *text = g_strdup_printf (_("Taking in %u of %u"), done + 1, total);
  gtk_label_set_label (self->adding_text, text);
  gtk_progress_bar_set_fraction (self->adding_bar, total ? (double) done / total : 0);
  gtk_widget_set_visible (self->adding, total > 1);
}

static void
on_added (DeskInboxAdder *adder, DeskInboxView *self)
{
  g_autofree char *summary = desk_inbox_adder_summary (adder);
  g_autofree char *refusals = desk_inbox_adder_refusals (adder);
  gint64 first = desk_inbox_adder_first (adder);

  gtk_widget_set_visible (self->adding, FALSE);
  desk_inbox_view_refresh (self);
  if (first)
    {
      desk_inbox_view_show (self, first);
      if (self->wanted_patient && !desk_patient_picker_get_id (self->picker))
        set_patient (self, self->wanted_patient);
      desk_inbox_view_enter (self);
    }
  if (summary)
    desk_toast (GTK_WIDGET (self), summary);
  if (refusals)
    desk_inbox_tell_refused (GTK_WIDGET (self), refusals);
}

static void
on_folder (DeskInboxAdder *adder, const char *path, DeskInboxView *self)
{
  desk_inbox_open_folder (self->page, path);
}

/* Takes files (a list of GFile) into the inbox; came_by is a static text: file or drop. */
void
desk_inbox_view_add_files (DeskInboxView *self, GListModel *files, const char *came_by)
{
  if (!desk_page_get_read_only (self->page))
    desk_inbox_adder_add_files (self->adder, files, came_by);
}

static void
on_files_chosen (GListModel *files, gpointer user_data)
{
  desk_inbox_view_add_files (user_data, files, "file");
}

static void
action_add (GtkWidget *widget, const char *name, GVariant *target)
{
  DESK_INBOX_VIEW (widget)->wanted_patient = 0;
  desk_inbox_choose_files (widget, on_files_chosen, widget);
}

/* Asks for files that are a patient's: the form begins with them. */
void
desk_inbox_view_add_for (DeskInboxView *self, gint64 patient_id)
{
  self->wanted_patient = patient_id;
  desk_inbox_choose_files (GTK_WIDGET (self), on_files_chosen, self);
}

static void
on_link (const char *link, gpointer user_data)
{
  desk_inbox_adder_add_link (DESK_INBOX_VIEW (user_data)->adder, link);
}

static void
action_link (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_inbox_ask_link (widget, on_link, widget);
}

static void
action_paste (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_inbox_adder_paste (DESK_INBOX_VIEW (widget)->adder, gtk_widget_get_clipboard (widget));
}

static void
action_stop (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_inbox_adder_cancel (DESK_INBOX_VIEW (widget)->adder);
}

static void
action_show_known (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskInboxView *self = DESK_INBOX_VIEW (widget);

  if (self->known)
    desk_window_show (desk_window_of (widget), DESK_KIND_DOCUMENT, self->known);
}

/* ── keys ── */

static gboolean
is_typing (DeskInboxView *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  return focus && GTK_IS_EDITABLE (focus);
}

static int
kind_of_key (guint key)
{
  if (key >= GDK_KEY_0 && key <= GDK_KEY_9)
    return (key - GDK_KEY_0 + 9) % 10;
  if (key >= GDK_KEY_KP_0 && key <= GDK_KEY_KP_9)
    return (key - GDK_KEY_KP_0 + 9) % 10;
  return -1;
}

/* A digit chooses the kind where it is not being typed; with Ctrl it does so anywhere. */
static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, DeskInboxView *self)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0, alt = (state & GDK_ALT_MASK) != 0, typing = is_typing (self);
  int kind = kind_of_key (key);

  if (alt || (typing && !control))
    return FALSE;
  if (kind >= 0 && self->shown)
    desk_paper_form_choose_kind (self->form, kind);
  else if (control && key == GDK_KEY_space)
    gtk_widget_activate_action (GTK_WIDGET (self), "inbox.before", NULL);
  else if (control && key == GDK_KEY_v && !typing)
    gtk_widget_activate_action (GTK_WIDGET (self), "inbox.paste", NULL);
  else if (!control && (key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete))
    gtk_widget_activate_action (GTK_WIDGET (self), "inbox.aside", NULL);
  else
    return !control && self->shown && desk_paper_preview_key (self->preview, key, state);
  return TRUE;
}

/* Whether anything was begun that is not filed. */
gboolean
desk_inbox_view_unsaved (DeskInboxView *self)
{
  return g_hash_table_size (self->drafts) > 0 || (self->shown && desk_paper_form_is_dirty (self->form));
}

/* Gives the view the page it is in. */
void
desk_inbox_view_load (DeskInboxView *self, DeskPage *page)
{
  g_autoptr (GtkListItemFactory) factory = desk_inbox_row_factory (desk_page_get_zone (page));

  self->page = page;
  self->adder = desk_inbox_adder_new (page);
  g_signal_connect_object (self->adder, "progress", G_CALLBACK (on_adding), self, 0);
  g_signal_connect_object (self->adder, "finished", G_CALLBACK (on_added), self, 0);
  g_signal_connect_object (self->adder, "folder", G_CALLBACK (on_folder), self, 0);
  desk_patient_picker_set_db (self->picker, reader (self));
  desk_paper_form_load (self->form, page);
  desk_paper_preview_load (self->preview, page);
  gtk_list_view_set_factory (self->list, factory);
  desk_inbox_view_refresh (self);
}

static void
desk_inbox_view_dispose (GObject *object)
{
  DeskInboxView *self = DESK_INBOX_VIEW (object);

  if (self->adder)
    desk_inbox_adder_cancel (self->adder);
  g_clear_object (&self->adder);
  g_clear_object (&self->model);
  g_clear_pointer (&self->drafts, g_hash_table_unref);
  G_OBJECT_CLASS (desk_inbox_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-inbox-view.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, DeskInboxView, child)
  BIND (adding);
  BIND (adding_text);
  BIND (adding_bar);
  BIND (count);
  BIND (which);
  BIND (list);
  BIND (selection);
  BIND (stack);
  BIND (empty);
  BIND (preview);
  BIND (what);
  BIND (known_bar);
  BIND (known_text);
  BIND (known_show);
  BIND (parts);
  BIND (picker);
  BIND (patient_problem);
  BIND (guess_button);
  BIND (before_button);
  BIND (aside);
  BIND (form);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, on_which);
  gtk_widget_class_bind_template_callback (widget_class, on_selection);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_patient);
  gtk_widget_class_bind_template_callback (widget_class, on_submitted);
}

static void
desk_inbox_view_class_init (DeskInboxViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_inbox_view_dispose;
  g_type_ensure (DESK_TYPE_ONE_STOP);
  g_type_ensure (DESK_TYPE_PAPER_PREVIEW);
  g_type_ensure (DESK_TYPE_PAPER_FORM);
  g_type_ensure (DESK_TYPE_PATIENT_PICKER);
  g_type_ensure (DESK_TYPE_INBOX_PARTS);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "inbox.file", NULL, action_file);
  gtk_widget_class_install_action (widget_class, "inbox.aside", NULL, action_aside);
  gtk_widget_class_install_action (widget_class, "inbox.guess", NULL, action_guess);
  gtk_widget_class_install_action (widget_class, "inbox.before", NULL, action_before);
  gtk_widget_class_install_action (widget_class, "inbox.add", NULL, action_add);
  gtk_widget_class_install_action (widget_class, "inbox.link", NULL, action_link);
  gtk_widget_class_install_action (widget_class, "inbox.paste", NULL, action_paste);
  gtk_widget_class_install_action (widget_class, "inbox.stop", NULL, action_stop);
  gtk_widget_class_install_action (widget_class, "inbox.show-known", NULL, action_show_known);
}

static guint
hash_id (gconstpointer id)
{
  return g_int64_hash (id);
}

static void
desk_inbox_view_init (DeskInboxView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->drafts = g_hash_table_new_full (hash_id, g_int64_equal, g_free, (GDestroyNotify) desk_document_free);
  self->model = desk_list_model_new (read_rows, self);
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (self->model));
  /* Before the list's own keys: Page Down turns the paper's page, not the list. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
