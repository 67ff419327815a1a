#include "desk-template-editor-private.h"

#include <glib/gi18n.h>

#include "desk-letter-templates.h"
#include "desk-template-fields.h"
#include "desk-template-list.h"
#include "desk-template-words.h"
#include "desk-toast.h"
#include "desk-words.h"

#define KEEP_AFTER 3 /* seconds after the last key */

G_DEFINE_FINAL_TYPE (DeskTemplateEditor, desk_template_editor, ADW_TYPE_WINDOW)

/* What is being written; the caller frees it. */
char *
desk_template_editor_get_text (DeskTemplateEditor *self)
{
  return desk_template_text_get (self->text);
}

/* ── drafts ── */

typedef struct
{
  DeskLetterDraft draft;
  gboolean drop;
} Keep;

static void
keep_free (gpointer data)
{
  Keep *keep = data;

  g_free (keep->draft.name);
  g_free (keep->draft.xml);
  g_free (keep);
}

static gboolean
keep_work (DeskDb *db, gpointer data, GError **error)
{
  const Keep *keep = data;

  return keep->drop ? desk_letter_draft_drop (db, keep->draft.name, error) : desk_letter_draft_keep (db, &keep->draft, error);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskTemplateEditor) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    {
      self->unkept = TRUE;
      desk_toast_error (GTK_WIDGET (self), error);
    }
}

/* Writes what was typed into the clinic's file now, or takes the draft out where it is the saved text again. */
void
desk_template_editor_keep (DeskTemplateEditor *self)
{
  g_clear_handle_id (&self->keep_later, g_source_remove);
  if (!self->version || self->saving || !self->unkept || desk_page_get_read_only (self->page))
    return;
  self->unkept = FALSE;
  if (!self->draft && !self->kept)
    return;
  Keep *keep = g_new0 (Keep, 1);
  keep->draft.name = g_strdup (self->version->name);
  keep->draft.xml = desk_template_editor_get_text (self);
  keep->draft.seq = self->version->seq;
  keep->drop = !self->draft;
  self->kept = self->draft;
  desk_session_run_async (desk_page_get_session (self->page), keep_work, keep, keep_free, NULL, on_kept, g_object_ref (self));
}

static gboolean
on_keep_later (gpointer user_data)
{
  DeskTemplateEditor *self = user_data;

  self->keep_later = 0;
  desk_template_editor_keep (self);
  return G_SOURCE_REMOVE;
}

/* ── what is shown ── */

/* Title, the bar of the draft, and what can be done. */
void
desk_template_editor_show_state (DeskTemplateEditor *self)
{
  const DeskLetterVersion *version = self->version;

  gtk_widget_set_visible (self->draft_bar, version && self->draft);
  gtk_stack_set_visible_child_name (self->stack, version ? "text" : "empty");
  desk_template_acts_enable (self);
  if (!version)
    return;
  g_autofree char *own = version->digest ? desk_template_version_words (version, desk_page_get_zone (self->page)) : NULL;
  g_autofree char *number = desk_letter_template_builtin_version (version->name);
  g_autofree char *builtin = number ? g_strdup_printf (_("built in, version %s"), number) : NULL;
  const char *words = own ? own : builtin ? builtin : version->seq ? _("put away") : _("new, not saved yet");

  adw_window_title_set_title (self->title, desk_template_name_words (version->name));
  adw_window_title_set_subtitle (self->title, words);
}

static void
show_problems (DeskTemplateEditor *self)
{
  const DeskLetterProblems *problems = desk_template_preview_get_problems (self->preview);
  guint n = problems ? problems->len : 0;
  GtkListBoxRow *row;
  g_autofree char *count = n ? g_strdup_printf (g_dngettext (NULL, "✖ %u problem", "✖ %u problems", n), n) : g_strdup (_("✓ No problems"));

  while ((row = gtk_list_box_get_row_at_index (self->problems, 0)))
    gtk_list_box_remove (self->problems, GTK_WIDGET (row));
  for (guint i = 0; i < MIN (n, 200); i++)
    {
      const DeskLetterProblem *problem = desk_letter_problems_get (problems, i);
      g_autofree char *words = desk_template_problem_words (problem);
      g_autofree char *text = g_strdup_printf (_("%s Line %d: %s"), problem->warning ? "⚠" : "✖", MAX (problem->line, 1), words);
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_list_box_append (self->problems, label);
      g_object_set_data (G_OBJECT (gtk_widget_get_parent (label)), "line", GINT_TO_POINTER (MAX (problem->line, 1)));
    }
  gtk_label_set_label (self->n_problems, count);
  gtk_widget_set_visible (gtk_widget_get_ancestor (GTK_WIDGET (self->problems), GTK_TYPE_SCROLLED_WINDOW), n > 0);
  desk_template_text_mark (self->text, problems);
}

static void
on_checked (DeskTemplatePreview *preview, DeskTemplateEditor *self)
{
  show_problems (self);
}

static void
on_wanted (DeskTemplatePreview *preview, DeskTemplateEditor *self)
{
  if (self->version)
    desk_template_preview_set_text (preview, desk_template_editor_get_text (self), TRUE);
}

static void
on_problem (GtkListBox *list, GtkListBoxRow *row, DeskTemplateEditor *self)
{
  desk_template_text_go_to (self->text, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "line")));
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
on_typed (GtkTextBuffer *buffer, DeskTemplateEditor *self)
{
  if (self->filling || !self->version)
    return;
  g_autofree char *xml = desk_template_editor_get_text (self);
  gboolean draft = g_strcmp0 (xml, self->saved) != 0, shown = self->draft;

  self->draft = draft;
  self->unkept = TRUE;
  desk_template_preview_set_text (self->preview, g_steal_pointer (&xml), FALSE);
  g_clear_handle_id (&self->keep_later, g_source_remove);
  self->keep_later = g_timeout_add_seconds (KEEP_AFTER, on_keep_later, self);
  if (shown != draft)
    {
      gtk_label_set_label (self->draft_words, _("Not saved as a version yet. What you type is kept as a draft."));
      desk_template_editor_show_state (self);
    }
}

/* ── loading ── */

static gboolean
load_version (DeskTemplateEditor *self, const char *name, GError **error)
{
  DeskDb *db = desk_page_get_reader (self->page);
  DeskLetterVersion *newest = desk_letter_text_newest (db, name, error);
  g_autoptr (GError) inner = NULL;
  char *saved = newest ? desk_letter_template_text (db, newest, &inner) : NULL;

  if (!newest)
    return FALSE;
  if (!saved && !g_error_matches (inner, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    {
      desk_letter_version_free (newest);
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  g_clear_pointer (&self->version, desk_letter_version_free);
  g_free (self->saved);
  self->version = newest;
  self->saved = saved ? saved : g_strdup ("");
  return TRUE;
}

static void
fill_text (DeskTemplateEditor *self, const char *xml)
{
  self->filling = TRUE;
  desk_template_text_set (self->text, xml);
  self->filling = FALSE;
  desk_template_preview_set_text (self->preview, g_strdup (xml), TRUE);
}

/* Says since when the draft is there, and whether somebody saved meanwhile. */
static void
describe_draft (DeskTemplateEditor *self, const DeskLetterDraft *draft)
{
  g_autofree char *when = desk_words_when (draft->at, desk_page_get_zone (self->page));
  g_autofree char *words = draft->seq == self->version->seq
                               ? g_strdup_printf (_("Your draft of %s, not saved as a version yet."), when)
                               : g_strdup_printf (_("Your draft of %s. %s saved another version meanwhile: please compare before you save."), when,
                                                  desk_words_pick (self->version->by, self->version->by_ja));

  gtk_label_set_label (self->draft_words, words);
}

/* Shows a letter as it is saved, or the draft of it. */
void
desk_template_editor_open (DeskTemplateEditor *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  DeskLetterDraft *draft = NULL;

  desk_template_editor_keep (self);
  if (!load_version (self, name, &error)
      || !desk_letter_draft_load (desk_page_get_reader (self->page), name, desk_session_get_actor (desk_page_get_session (self->page)), &draft, &error))
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  self->draft = self->kept = draft != NULL;
  self->unkept = FALSE;
  if (draft)
    describe_draft (self, draft);
  fill_text (self, draft ? draft->xml : self->saved);
  if (draft)
    self->version->seq = draft->seq; /* what it was begun from: saving says who was first */
  g_clear_pointer (&draft, desk_letter_draft_free);
  desk_template_editor_show_state (self);
  self->filling = TRUE;
  desk_template_list_select (self->list, name);
  self->filling = FALSE;
}

/* Shows another text of a letter, new or not, as a draft that somebody just wrote. */
void
desk_template_editor_show_text (DeskTemplateEditor *self, const char *name, const char *xml)
{
  g_autoptr (GError) error = NULL;

  if (!self->version || g_strcmp0 (self->version->name, name) != 0)
    {
      desk_template_editor_keep (self);
      if (!load_version (self, name, &error))
        {
          desk_toast_error (GTK_WIDGET (self), error);
          return;
        }
      fill_text (self, self->saved);
      self->draft = self->kept = self->unkept = FALSE;
    }
  desk_template_text_replace (self->text, xml);
  desk_template_text_go_to (self->text, 1);
  desk_template_editor_keep (self);
  desk_template_editor_show_state (self);
}

/* The list and the state again, after something was saved here or elsewhere. */
void
desk_template_editor_reload (DeskTemplateEditor *self)
{
  g_autoptr (GError) error = NULL;

  self->filling = TRUE;
  if (!desk_template_list_fill (self->list, desk_page_get_reader (self->page), desk_session_get_actor (desk_page_get_session (self->page)), &error))
    desk_toast_error (GTK_WIDGET (self), error);
  if (self->version)
    desk_template_list_select (self->list, self->version->name);
  self->filling = FALSE;
}

static void
on_changed (DeskSession *session, DeskKind kind, gint64 id, DeskTemplateEditor *self)
{
  if (kind == DESK_KIND_LETTER || kind == DESK_KIND_ANY)
    desk_template_editor_reload (self);
}

static void
on_selected (GtkListBox *list, GtkListBoxRow *row, DeskTemplateEditor *self)
{
  const char *name = desk_template_list_name (row);

  if (self->filling || !name || (self->version && g_str_equal (name, self->version->name)))
    return;
  g_autofree char *copy = g_strdup (name);
  desk_template_editor_open (self, copy);
}

static void
on_field (const char *name, gpointer user_data)
{
  DeskTemplateEditor *self = user_data;
  g_autofree char *text = g_strdup_printf ("{{%s}}", name);

  desk_template_text_insert (self->text, text);
}

static GMenuModel *
block_menu (void)
{
  GMenu *menu = g_menu_new ();
  guint n;
  const DeskTemplateBlock *blocks = desk_template_blocks (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *action = g_strdup_printf ("editor.insert-block(%u)", i);
      g_menu_append (menu, _(blocks[i].title), action);
    }
  return G_MENU_MODEL (menu);
}

/* Where a menu was, writing goes on. */
static void
on_closed (GtkPopover *popover, DeskTemplateEditor *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static gboolean
desk_template_editor_close_request (GtkWindow *window)
{
  desk_template_editor_keep (DESK_TEMPLATE_EDITOR (window));
  return GTK_WINDOW_CLASS (desk_template_editor_parent_class)->close_request (window);
}

static void
desk_template_editor_dispose (GObject *object)
{
  DeskTemplateEditor *self = DESK_TEMPLATE_EDITOR (object);

  g_clear_handle_id (&self->keep_later, g_source_remove);
  g_clear_object (&self->page);
  g_clear_pointer (&self->version, desk_letter_version_free);
  g_clear_pointer (&self->saved, g_free);
  G_OBJECT_CLASS (desk_template_editor_parent_class)->dispose (object);
}

static void
desk_template_editor_class_init (DeskTemplateEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_template_editor_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = desk_template_editor_close_request;
  g_type_ensure (DESK_TYPE_TEMPLATE_TEXT);
  g_type_ensure (DESK_TYPE_TEMPLATE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-template-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateEditor, list);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateEditor, text);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateEditor, preview);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateEditor, problems);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateEditor, n_problems);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateEditor, title);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateEditor, draft_bar);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateEditor, draft_words);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateEditor, field_button);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateEditor, block_button);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplateEditor, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_problem);
  gtk_widget_class_bind_template_callback (widget_class, on_checked);
  gtk_widget_class_bind_template_callback (widget_class, on_wanted);
  desk_template_acts_install (widget_class);
}

static void
desk_template_editor_init (DeskTemplateEditor *self)
{
  g_autoptr (GMenuModel) blocks = block_menu ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_popover (self->field_button, desk_template_fields_new (on_field, self));
  gtk_menu_button_set_menu_model (self->block_button, blocks);
  g_signal_connect_object (gtk_menu_button_get_popover (self->field_button), "closed", G_CALLBACK (on_closed), self, 0);
  g_signal_connect_object (gtk_menu_button_get_popover (self->block_button), "closed", G_CALLBACK (on_closed), self, 0);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "changed", G_CALLBACK (on_typed), self, 0);
}

/* Opens the editor over the page's window. Lent; the window closes itself. */
DeskTemplateEditor *
desk_template_editor_show (DeskPage *page)
{
  DeskTemplateEditor *self
      = g_object_new (DESK_TYPE_TEMPLATE_EDITOR, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);

  self->page = g_object_ref (page);
  g_signal_connect_object (desk_page_get_session (page), "changed", G_CALLBACK (on_changed), self, 0);
  desk_template_preview_load (self->preview, page);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->text), !desk_page_get_read_only (page));
  desk_template_editor_reload (self);
  desk_template_editor_show_state (self);
  gtk_window_present (GTK_WINDOW (self));
  desk_template_editor_open (self, desk_letter_template_builtins ()[0]);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  return self;
}
