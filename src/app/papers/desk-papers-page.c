#include "desk-papers-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-disc-dialog.h"
#include "desk-document-state.h"
#include "desk-documents.h"
#include "desk-gates.h"
#include "desk-inbox-view.h"
#include "desk-issued-view.h"
#include "desk-letter-mend.h"
#include "desk-letters-view.h"
#include "desk-list-model.h"
#include "desk-one-stop.h"
#include "desk-paper-detail.h"
#include "desk-paper-row.h"
#include "desk-patients.h"
#include "desk-template-editor.h"
#include "desk-toast.h"
#include "desk-words.h"

struct _DeskPapersPage
{
  DeskPage parent_instance;

  DeskListModel *model;
  gint64 document_id; /* shown; 0 for none */
  gboolean selecting;

  AdwViewStack *stack;
  DeskInboxView *inbox;
  GtkDropDown *filter, *kind_filter;
  GtkLabel *count;
  GtkListView *list;
  GtkSingleSelection *selection;
  GtkStack *right;
  DeskPaperDetail *detail;
  DeskLettersView *letters;
  DeskIssuedView *issued;
};

G_DEFINE_FINAL_TYPE (DeskPapersPage, desk_papers_page, DESK_TYPE_PAGE)

/* What the drop-down offers: NULL for all. */
static const char *const filters[] = { NULL, "overdue", "received", "requested", "needs_translation", "in_translation", "under_review",
                                       "accepted", "rejected", "unreadable", "too_old", "superseded" };

static gboolean
shows (DeskPapersPage *self, const char *view)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), view) == 0;
}

static const DeskPatient *
find_patient (GPtrArray *patients, GArray *ids, gint64 id)
{
  for (guint i = 0; patients && i < ids->len && i < patients->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return g_ptr_array_index (patients, i);
  return NULL;
}

/* For how many months a paper of the kind counts for a draw; 0 for no limit. */
static int
max_months (const char *kind, const GArray *settings)
{
  guint n;
  const DeskGateRule *rules = desk_gate_rules (&n);

  for (guint i = 0; i < n; i++)
    if (rules[i].gate == DESK_GATE_DRAW && g_strcmp0 (rules[i].what, kind) == 0)
      return desk_gate_months (&rules[i], settings);
  return 0;
}

static const char *
state_today (DeskPapersPage *self, const DeskDocument *document, const GArray *settings)
{
  DeskDay today = desk_page_get_today (DESK_PAGE (self));

  if (desk_document_is_overdue (document, today))
    return "overdue";
  return desk_document_state_shown (document, max_months (document->kind, settings), today);
}

static GPtrArray *
read_rows (const gint64 *ids, guint n_ids, gpointer user_data)
{
  DeskDb *db = desk_page_get_reader (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = desk_document_rows (db, ids, n_ids, &error);
  g_autoptr (GArray) settings = desk_gate_settings (db, NULL);
  g_autoptr (GArray) patient_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) patients = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_paper_free);

  for (guint i = 0; documents && i < documents->len; i++)
    {
      const DeskDocument *document = g_ptr_array_index (documents, i);
      gint64 id = document ? document->patient_id : 0;

      g_array_append_val (patient_ids, id);
    }

  if (documents)
    patients = desk_patient_rows (db, (const gint64 *) (gpointer) patient_ids->data, patient_ids->len, &error);
  if (!patients)
    g_warning ("cannot read papers: %s", error->message);
  for (guint i = 0; documents && i < documents->len; i++)
    {
      DeskPaper *paper = NULL;

      if (g_ptr_array_index (documents, i))
        {
          paper = g_new0 (DeskPaper, 1);
          paper->document = g_steal_pointer (&g_ptr_array_index (documents, i));
          const DeskPatient *patient = find_patient (patients, patient_ids, paper->document->patient_id);
          paper->patient_name = patient ? desk_patient_name (patient) : g_strdup ("");
          paper->state = state_today (user_data, paper->document, settings);
          paper->patient_chart = g_strdup (patient ? patient->chart : "");
        }
      g_ptr_array_add (rows, paper);
    }
  return rows;
}

static void
select_id (DeskPapersPage *self, gint64 id)
{
  self->selecting = TRUE;
  desk_list_model_select (self->model, self->selection, id);
  self->selecting = FALSE;
}

static void
requery (DeskPapersPage *self)
{
  g_autoptr (GError) error = NULL;
  guint filter = MIN (gtk_drop_down_get_selected (self->filter), G_N_ELEMENTS (filters) - 1);
  guint n_kinds, kind = gtk_drop_down_get_selected (self->kind_filter);
  const char *const *kinds = desk_document_kinds (&n_kinds);
  g_autofree char *today = desk_day_format (desk_page_get_today (DESK_PAGE (self)));
  gboolean overdue = g_strcmp0 (filters[filter], "overdue") == 0;
  GArray *ids = desk_document_filter (desk_page_get_reader (DESK_PAGE (self)), overdue ? NULL : filters[filter],
                                      kind > 0 && kind <= n_kinds ? kinds[kind - 1] : NULL, overdue ? today : NULL, &error);

  if (!ids)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_autofree char *count = g_strdup_printf (g_dngettext (NULL, "%u paper", "%u papers", ids->len), ids->len);
  gtk_label_set_label (self->count, count);
  desk_list_model_set_ids (self->model, ids);
  select_id (self, self->document_id);
}

static void
show_document (DeskPapersPage *self, gint64 id)
{
  self->document_id = id;
  if (id)
    desk_paper_detail_show (self->detail, id);
  gtk_stack_set_visible_child_name (self->right, id ? "detail" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "papers.save", id != 0 && !desk_page_get_read_only (DESK_PAGE (self)));
}

static void
on_selected (GtkSingleSelection *selection, GParamSpec *pspec, DeskPapersPage *self)
{
  guint position = gtk_single_selection_get_selected (selection);

  if (self->selecting || position == GTK_INVALID_LIST_POSITION)
    return;
  if (desk_paper_detail_is_dirty (self->detail))
    {
      /* What was typed is saved or refused first, never dropped. */
      desk_toast (GTK_WIDGET (self), _("Please save the changes to this paper first (Ctrl+S)."));
      select_id (self, self->document_id);
      return;
    }
  show_document (self, desk_list_model_get_id (self->model, position));
}

static void
on_filter_changed (GtkDropDown *filter, GParamSpec *pspec, DeskPapersPage *self)
{
  if (desk_page_get_session (DESK_PAGE (self)))
    requery (self);
}

static gint64
target_id (GVariant *target)
{
  return g_ascii_strtoll (g_variant_get_string (target, NULL), NULL, 10);
}

/* Takes files (a list of GFile) that were dropped somewhere in the window into the inbox. */
void
desk_papers_page_take_files (DeskPapersPage *self, GListModel *files)
{
  adw_view_stack_set_visible_child_name (self->stack, "inbox");
  desk_inbox_view_add_files (self->inbox, files, "drop");
}

static void
action_add (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPapersPage *self = DESK_PAPERS_PAGE (widget);

  adw_view_stack_set_visible_child_name (self->stack, "inbox");
  gtk_widget_activate_action (GTK_WIDGET (self->inbox), "inbox.add", NULL);
}

static void
action_disc (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_disc_dialog_choose (DESK_PAGE (widget));
}

static void
action_add_for (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPapersPage *self = DESK_PAPERS_PAGE (widget);

  adw_view_stack_set_visible_child_name (self->stack, "inbox");
  desk_inbox_view_add_for (self->inbox, target_id (target));
}

/* "12 vi": what patient 12 is asked for, in Vietnamese. */
static void
action_chase_for (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPapersPage *self = DESK_PAPERS_PAGE (widget);
  const char *language = strchr (g_variant_get_string (target, NULL), ' ');

  adw_view_stack_set_visible_child_name (self->stack, "letters");
  desk_letters_view_show_letter (self->letters, target_id (target), "chase", language ? language + 1 : "en");
}

static void
action_letters_for (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPapersPage *self = DESK_PAPERS_PAGE (widget);

  adw_view_stack_set_visible_child_name (self->stack, "letters");
  desk_letters_view_show_patient (self->letters, target_id (target));
}

static void
action_view (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPapersPage *self = DESK_PAPERS_PAGE (widget);

  adw_view_stack_set_visible_child_name (self->stack, g_variant_get_string (target, NULL));
  desk_page_enter (DESK_PAGE (self));
}

static void
action_save (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPapersPage *self = DESK_PAPERS_PAGE (widget);

  if (shows (self, "inbox"))
    gtk_widget_activate_action (GTK_WIDGET (self->inbox), "inbox.file", NULL);
  else
    desk_paper_detail_save (self->detail);
}

static void
action_print (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPapersPage *self = DESK_PAPERS_PAGE (widget);

  /* One key prints what is shown. */
  if (shows (self, "issued"))
    gtk_widget_activate_action (GTK_WIDGET (self->issued), "issued.print", NULL);
  else
    desk_letters_view_print (self->letters);
}

static void
action_pdf (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_letters_view_save_pdf (DESK_PAPERS_PAGE (widget)->letters);
}

static void
action_pack (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_letters_view_pack (DESK_PAPERS_PAGE (widget)->letters);
}

static void
action_mend (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_letter_mend_go (widget, target);
}

static void
action_edit_letters (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_template_editor_show (DESK_PAGE (widget));
}

static void
desk_papers_page_load (DeskPage *page)
{
  DeskPapersPage *self = DESK_PAPERS_PAGE (page);
  gboolean writable = !desk_page_get_read_only (page);

  desk_inbox_view_load (self->inbox, page);
  desk_paper_detail_load (self->detail, page);
  desk_letters_view_load (self->letters, page);
  desk_issued_view_load (self->issued, page);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "papers.add", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "papers.add-for", writable);
  show_document (self, 0);
  requery (self);
}

/* A filing was taken back, here or at another desk. */
static gboolean
is_gone (DeskPapersPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDocument) document = desk_document_load (desk_page_get_reader (DESK_PAGE (self)), self->document_id, &error);

  return g_error_matches (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

static void
desk_papers_page_changed (DeskPage *page, DeskKind kind, gint64 id)
{
  DeskPapersPage *self = DESK_PAPERS_PAGE (page);

  if (kind == DESK_KIND_INBOX || kind == DESK_KIND_ANY)
    desk_inbox_view_refresh (self->inbox);
  if (kind == DESK_KIND_DOCUMENT || kind == DESK_KIND_PATIENT || kind == DESK_KIND_ANY)
    {
      requery (self);
      if (self->document_id && is_gone (self))
        show_document (self, 0);
      else if (self->document_id && !desk_paper_detail_is_dirty (self->detail))
        desk_paper_detail_show (self->detail, self->document_id);
    }
  if (kind == DESK_KIND_PATIENT || kind == DESK_KIND_VISIT || kind == DESK_KIND_ANY)
    desk_letters_view_refresh (self->letters);
  if (kind == DESK_KIND_LETTER || kind == DESK_KIND_ANY)
    {
      desk_letters_view_reload (self->letters);
      desk_issued_view_refresh (self->issued);
    }
}

static void
desk_papers_page_show (DeskPage *page, DeskKind kind, gint64 id)
{
  DeskPapersPage *self = DESK_PAPERS_PAGE (page);

  if (kind == DESK_KIND_INBOX)
    {
      adw_view_stack_set_visible_child_name (self->stack, "inbox");
      desk_inbox_view_show (self->inbox, id);
      return;
    }
  if (kind == DESK_KIND_LETTER)
    {
      adw_view_stack_set_visible_child_name (self->stack, "issued");
      desk_issued_view_show (self->issued, id);
      return;
    }
  adw_view_stack_set_visible_child_name (self->stack, "received");
  if (!desk_list_model_find (self->model, id, &(guint){ 0 }))
    {
      gtk_drop_down_set_selected (self->filter, 0);
      gtk_drop_down_set_selected (self->kind_filter, 0);
    }
  requery (self);
  show_document (self, id);
  select_id (self, id);
}

static gboolean
desk_papers_page_unsaved (DeskPage *page)
{
  DeskPapersPage *self = DESK_PAPERS_PAGE (page);

  return desk_paper_detail_is_dirty (self->detail) || desk_inbox_view_unsaved (self->inbox);
}

static void
desk_papers_page_enter (DeskPage *page)
{
  DeskPapersPage *self = DESK_PAPERS_PAGE (page);

  if (shows (self, "inbox"))
    desk_inbox_view_enter (self->inbox);
  else
    gtk_widget_grab_focus (shows (self, "letters")  ? GTK_WIDGET (self->letters)
                           : shows (self, "issued") ? GTK_WIDGET (self->issued)
                                                    : GTK_WIDGET (self->list));
}

/* The inbox and the register have actions of their own. */
static GtkWidget *
desk_papers_page_part (DeskPage *page, const char *action)
{
  DeskPapersPage *self = DESK_PAPERS_PAGE (page);

  if (g_str_has_prefix (action, "issued."))
    {
      adw_view_stack_set_visible_child_name (self->stack, "issued");
      return GTK_WIDGET (self->issued);
    }
  if (!g_str_has_prefix (action, "inbox."))
    return NULL;
  adw_view_stack_set_visible_child_name (self->stack, "inbox");
  return GTK_WIDGET (self->inbox);
}

static void
desk_papers_page_dispose (GObject *object)
{
  g_clear_object (&DESK_PAPERS_PAGE (object)->model);
  G_OBJECT_CLASS (desk_papers_page_parent_class)->dispose (object);
}

static void
desk_papers_page_class_init (DeskPapersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DeskPageClass *page_class = DESK_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_papers_page_dispose;
  page_class->load = desk_papers_page_load;
  page_class->changed = desk_papers_page_changed;
  page_class->show = desk_papers_page_show;
  page_class->unsaved = desk_papers_page_unsaved;
  page_class->enter = desk_papers_page_enter;
  page_class->part = desk_papers_page_part;

  g_type_ensure (DESK_TYPE_ONE_STOP);
  g_type_ensure (DESK_TYPE_PAPER_DETAIL);
  g_type_ensure (DESK_TYPE_LETTERS_VIEW);
  g_type_ensure (DESK_TYPE_INBOX_VIEW);
  g_type_ensure (DESK_TYPE_ISSUED_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-papers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPapersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskPapersPage, inbox);
  gtk_widget_class_bind_template_child (widget_class, DeskPapersPage, filter);
  gtk_widget_class_bind_template_child (widget_class, DeskPapersPage, kind_filter);
  gtk_widget_class_bind_template_child (widget_class, DeskPapersPage, count);
  gtk_widget_class_bind_template_child (widget_class, DeskPapersPage, list);
  gtk_widget_class_bind_template_child (widget_class, DeskPapersPage, selection);
  gtk_widget_class_bind_template_child (widget_class, DeskPapersPage, right);
  gtk_widget_class_bind_template_child (widget_class, DeskPapersPage, detail);
  gtk_widget_class_bind_template_child (widget_class, DeskPapersPage, letters);
  gtk_widget_class_bind_template_child (widget_class, DeskPapersPage, issued);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);

  gtk_widget_class_install_action (widget_class, "papers.add", NULL, action_add);
  gtk_widget_class_install_action (widget_class, "papers.disc", NULL, action_disc);
  gtk_widget_class_install_action (widget_class, "papers.add-for", "s", action_add_for);
  gtk_widget_class_install_action (widget_class, "papers.chase-for", "s", action_chase_for);
  gtk_widget_class_install_action (widget_class, "papers.letters-for", "s", action_letters_for);
  gtk_widget_class_install_action (widget_class, "papers.view", "s", action_view);
  gtk_widget_class_install_action (widget_class, "papers.save", NULL, action_save);
  gtk_widget_class_install_action (widget_class, "papers.print", NULL, action_print);
  gtk_widget_class_install_action (widget_class, "papers.pdf", NULL, action_pdf);
  gtk_widget_class_install_action (widget_class, "papers.pack", NULL, action_pack);
  gtk_widget_class_install_action (widget_class, "papers.mend", "(ux)", action_mend);
  gtk_widget_class_install_action (widget_class, "papers.edit-letters", NULL, action_edit_letters);
}

static void
desk_papers_page_init (DeskPapersPage *self)
{
  g_autoptr (GtkListItemFactory) factory = desk_paper_row_factory ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL), kind_names = gtk_string_list_new (NULL);
  guint n_kinds;
  const char *const *kinds = desk_document_kinds (&n_kinds);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    gtk_string_list_append (names, filters[i] ? desk_words ("document-state", filters[i]) : _("Any state"));
  gtk_drop_down_set_model (self->filter, G_LIST_MODEL (names));
  gtk_string_list_append (kind_names, _("Any kind"));
  for (guint i = 0; i < n_kinds; i++)
    gtk_string_list_append (kind_names, desk_words ("document-kind", kinds[i]));
  gtk_drop_down_set_model (self->kind_filter, G_LIST_MODEL (kind_names));
  self->model = desk_list_model_new (read_rows, self);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->model));
  gtk_list_view_set_factory (self->list, factory);
}
