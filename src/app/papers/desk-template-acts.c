/* What the editor of letters can be told to do, with its keys. */
#include "desk-template-editor-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-language-names.h"
#include "desk-letter-edit.h"
#include "desk-letter-file.h"
#include "desk-letter-templates.h"
#include "desk-template-history.h"
#include "desk-template-words.h"
#include "desk-toast.h"

#define MOST_TOLD 8 /* problems of a file */

/* ── new from copy ── */

static gboolean
good_name (const char *name)
{
  return g_ascii_islower (*name) && strspn (name, "abcdefghijklmnopqrstuvwxyz-") == strlen (name) && strlen (name) <= 40;
}

static gboolean
is_taken (DeskTemplateEditor *self, const char *name)
{
  g_autoptr (DeskLetterVersion) version = desk_letter_text_newest (desk_page_get_reader (self->page), name, NULL);

  return desk_letter_template_builtin (name) || (version && version->seq);
}

/* Begins a new letter with the text of this one; FALSE where the name is none or taken. */
gboolean
desk_template_copy (DeskTemplateEditor *self, const char *name)
{
  if (!self->version || !good_name (name) || is_taken (self, name))
    return FALSE;
  g_autofree char *xml = desk_template_editor_get_text (self);
  g_autofree char *named = desk_letter_edit_set (xml, "name", name), *copy = desk_letter_edit_set (named, "version", "1");

  desk_template_editor_show_text (self, name, copy);
  return TRUE;
}

static void
on_copy_answer (AdwMessageDialog *dialog, const char *response, DeskTemplateEditor *self)
{
  GtkEditable *entry = g_object_get_data (G_OBJECT (dialog), "entry");

  if (g_str_equal (response, "copy") && !desk_template_copy (self, gtk_editable_get_text (entry)))
    desk_toast (GTK_WIDGET (self), _("There is a letter of that name already."));
}

static void
on_name (GtkEditable *entry, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "copy", good_name (gtk_editable_get_text (entry)));
}

static void
action_copy (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskTemplateEditor *self = DESK_TEMPLATE_EDITOR (widget);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("New Letter from a Copy"),
                                              _("The name is for lists and the command line: small letters a to z and hyphens.")), *list = gtk_list_box_new ();
  GtkWidget *entry = adw_entry_row_new ();
  g_autofree char *offered = g_strconcat (self->version->name, "-copy", NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _("Name"));
  gtk_editable_set_text (GTK_EDITABLE (entry), offered);
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  gtk_widget_add_css_class (list, "boxed-list");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "copy", _("_New Letter"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "copy", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "copy");
  g_object_set_data (G_OBJECT (dialog), "entry", entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_name), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_copy_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

/* ── files ── */

/* What came of a file. */
typedef struct
{
  char *xml;
  DeskLetterProblems *problems;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  g_free (read->xml);
  desk_letter_problems_free (read->problems);
  g_free (read);
}

/* A text from outside that has problems is not read here: whoever wrote it mends it first. */
static void
tell_refused (DeskTemplateEditor *self, const DeskLetterProblems *problems)
{
  g_autoptr (GString) body = g_string_new (_("Nothing was imported. Please have the file mended:"));

  for (guint i = 0; i < MIN (problems->len, MOST_TOLD); i++)
    {
      g_autofree char *words = desk_template_problem_words (desk_letter_problems_get (problems, i));

      g_string_append_c (body, '\n');
      g_string_append_printf (body, _("Line %d: %s"), MAX (desk_letter_problems_get (problems, i)->line, 1), words);
    }
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("This Letter Has Problems"), body->str);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_import (DeskTemplateEditor *self, const char *xml)
{
  g_autofree char *name = desk_letter_edit_get (xml, "name");

  if (!name || !good_name (name))
    desk_toast (GTK_WIDGET (self), _("This file is no letter: it does not say its name."));
  else
    desk_template_editor_show_text (self, name, xml);
}

static void
on_import_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskTemplateEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  Read *read = g_task_propagate_pointer (G_TASK (result), &error);

  if (!read)
    desk_toast_error (GTK_WIDGET (self), error);
  else if (self->page && desk_letter_problems_block (read->problems))
    tell_refused (self, read->problems);
  else if (self->page)
    show_import (self, read->xml);
  g_clear_pointer (&read, read_free);
}

static void
import_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  Read *read = g_new0 (Read, 1);
  GError *error = NULL;

  read->problems = desk_letter_problems_new ();
  read->xml = desk_letter_file_read (path, read->problems, cancellable, &error);
  if (read->xml)
    {
      g_task_return_pointer (task, read, read_free);
      return;
    }
  read_free (read);
  g_task_return_error (task, error);
}

/* Reads a letter from a file, by the helper that alone reads files from outside, and shows it as a draft of the letter
 * it says it is. */
void
desk_template_import (DeskTemplateEditor *self, const char *path)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_import_read, g_object_ref (self));

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, import_thread);
}

static void
on_import (GtkNativeDialog *chooser, int response, DeskTemplateEditor *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  if (path)
    desk_template_import (self, path);
  g_object_unref (chooser);
}

static void
on_export (GtkNativeDialog *chooser, int response, DeskTemplateEditor *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *xml = desk_template_editor_get_text (self);
  g_autoptr (GError) error = NULL;

  if (file && !g_file_replace_contents (file, xml, strlen (xml), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error))
    desk_toast_error (GTK_WIDGET (self), error);
  else if (file)
    desk_toast (GTK_WIDGET (self), _("Letter written to the file"));
  g_object_unref (chooser);
}

static void
choose (DeskTemplateEditor *self, const char *title, const char *accept, gboolean saving, GCallback chosen)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      title, GTK_WINDOW (self), saving ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN, accept, _("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Letters (XML)"));
  gtk_file_filter_add_suffix (filter, "xml");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  if (saving)
    {
      g_autofree char *name = g_strconcat (self->version->name, ".xml", NULL);
      gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", chosen, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
action_import (GtkWidget *widget, const char *name, GVariant *target)
{
  choose (DESK_TEMPLATE_EDITOR (widget), _("Import a Letter"), _("_Open"), FALSE, G_CALLBACK (on_import));
}

static void
action_export (GtkWidget *widget, const char *name, GVariant *target)
{
  choose (DESK_TEMPLATE_EDITOR (widget), _("Export the Letter"), _("_Save"), TRUE, G_CALLBACK (on_export));
}

/* ── languages ── */

/* Adds an empty text of a language wherever there are texts in others; how many. */
guint
desk_template_add_language (DeskTemplateEditor *self, const char *language)
{
  guint n;
  g_autofree char *xml = desk_template_editor_get_text (self), *after = desk_letter_edit_add_language (xml, language, &n);
  g_autofree char *said = g_strdup_printf (g_dngettext (NULL, "%u text to be translated; each is among the problems until it is filled",
                                                        "%u texts to be translated; each is among the problems until it is filled", n), n);

  if (strcmp (xml, after) != 0)
    desk_template_text_replace (self->text, after);
  desk_toast (GTK_WIDGET (self), said);
  return n;
}

static const char *const languages[] = { "en", "ja", "zh", "zh-TW", "ko", "ar", "ru", "vi", "id", "th", "es", "fr", "de", NULL };

static void
on_language_answer (AdwMessageDialog *dialog, const char *response, DeskTemplateEditor *self)
{
  GtkDropDown *choice = g_object_get_data (G_OBJECT (dialog), "choice");

  if (g_str_equal (response, "add"))
    desk_template_add_language (self, languages[MIN (gtk_drop_down_get_selected (choice), G_N_ELEMENTS (languages) - 2)]);
}

/* The first that the letter is not written in. */
static guint
first_missing (DeskTemplateEditor *self)
{
  g_autofree char *xml = desk_template_editor_get_text (self), *said = desk_letter_edit_get (xml, "languages");
  g_auto (GStrv) known = g_strsplit (said ? said : "", " ", -1);

  for (guint i = 0; languages[i]; i++)
    if (!g_strv_contains ((const char *const *) known, languages[i]))
      return i;
  return 0;
}

static void
action_language (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskTemplateEditor *self = DESK_TEMPLATE_EDITOR (widget);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Add a Language"),
                                              _("Every text of the letter gets an empty place for this language, so that a translator sees where to write."));
  g_autoptr (GListModel) names = desk_language_names (languages);
  GtkWidget *choice = gtk_drop_down_new (g_object_ref (names), NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), first_missing (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Language"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), choice);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "add", _("_Add"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "add", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "add");
  g_object_set_data (G_OBJECT (dialog), "choice", choice);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_language_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ── the rest ── */

static void
action_save (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_template_save_ask (DESK_TEMPLATE_EDITOR (widget), NULL);
}

static void
action_end (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_template_end_ask (DESK_TEMPLATE_EDITOR (widget));
}

static void
action_history (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_template_history_show (DESK_TEMPLATE_EDITOR (widget));
}

static void
action_field (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_menu_button_popup (DESK_TEMPLATE_EDITOR (widget)->field_button);
}

static void
action_block (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_menu_button_popup (DESK_TEMPLATE_EDITOR (widget)->block_button);
}

static void
action_insert_block (GtkWidget *widget, const char *name, GVariant *target)
{
  guint n, chosen = (guint) g_variant_get_int32 (target);
  const DeskTemplateBlock *blocks = desk_template_blocks (&n);

  if (chosen < n)
    desk_template_text_insert_block (DESK_TEMPLATE_EDITOR (widget)->text, blocks[chosen].xml);
}

/* The saved text again; Ctrl+Z brings the draft back. Where nothing was ever saved, there is nothing left to show. */
static void
action_discard (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskTemplateEditor *self = DESK_TEMPLATE_EDITOR (widget);
  g_autoptr (DeskLetterVersion) newest = desk_letter_text_newest (desk_page_get_reader (self->page), self->version->name, NULL);

  desk_template_text_replace (self->text, self->saved);
  desk_template_editor_keep (self);
  if (newest)
    self->version->seq = newest->seq;
  if (*self->saved)
    desk_template_editor_show_state (self);
  else
    desk_template_editor_open (self, desk_letter_template_builtins ()[0]);
}

/* The next problem behind the cursor's line, or the first. */
static void
action_problem (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskTemplateEditor *self = DESK_TEMPLATE_EDITOR (widget);
  const DeskLetterProblems *problems = desk_template_preview_get_problems (self->preview);
  int line = desk_template_text_get_line (self->text);

  for (guint i = 0; problems && i < problems->len; i++)
    if (desk_letter_problems_get (problems, i)->line > line)
      {
        desk_template_text_go_to (self->text, desk_letter_problems_get (problems, i)->line);
        return;
      }
  if (problems && problems->len)
    desk_template_text_go_to (self->text, MAX (desk_letter_problems_get (problems, 0)->line, 1));
}

static void
action_pane (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskTemplateEditor *self = DESK_TEMPLATE_EDITOR (widget);
  GtkWidget *panes[] = { GTK_WIDGET (self->list), GTK_WIDGET (self->text), GTK_WIDGET (self->preview), GTK_WIDGET (self->problems) };
  guint pane = (guint) g_variant_get_int32 (target);

  if (pane == 1)
    gtk_widget_grab_focus (panes[1]);
  else if (pane < G_N_ELEMENTS (panes))
    gtk_widget_child_focus (panes[pane], GTK_DIR_TAB_FORWARD);
}

/* What can be done with what is shown. */
void
desk_template_acts_enable (DeskTemplateEditor *self)
{
  static const char *const writing[] = { "editor.copy", "editor.import", "editor.language", "editor.field", "editor.block" };
  gboolean letter = self->version != NULL, writable = letter && !desk_page_get_read_only (self->page);
  GtkWidget *widget = GTK_WIDGET (self);

  for (guint i = 0; i < G_N_ELEMENTS (writing); i++)
    gtk_widget_action_set_enabled (widget, writing[i], writable);
  gtk_widget_action_set_enabled (widget, "editor.export", letter);
  gtk_widget_action_set_enabled (widget, "editor.history", letter);
  gtk_widget_action_set_enabled (widget, "editor.save", writable && self->draft && !self->saving);
  gtk_widget_action_set_enabled (widget, "editor.discard", writable && self->draft && !self->saving);
  gtk_widget_action_set_enabled (widget, "editor.end", writable && self->version->digest && !self->saving);
}

/* Installs actions and keys. */
void
desk_template_acts_install (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name, *type;
    GtkWidgetActionActivateFunc func;
    guint key;
    GdkModifierType state;
  } acts[] = {
    { "editor.save", NULL, action_save, GDK_KEY_s, GDK_CONTROL_MASK },
    { "editor.copy", NULL, action_copy, GDK_KEY_n, GDK_CONTROL_MASK },
    { "editor.import", NULL, action_import, GDK_KEY_o, GDK_CONTROL_MASK },
    { "editor.export", NULL, action_export, GDK_KEY_e, GDK_CONTROL_MASK },
    { "editor.history", NULL, action_history, GDK_KEY_h, GDK_CONTROL_MASK },
    { "editor.language", NULL, action_language, GDK_KEY_l, GDK_CONTROL_MASK },
    { "editor.field", NULL, action_field, GDK_KEY_i, GDK_CONTROL_MASK },
    { "editor.block", NULL, action_block, GDK_KEY_b, GDK_CONTROL_MASK },
    { "editor.problem", NULL, action_problem, GDK_KEY_F8, 0 },
    { "editor.end", NULL, action_end, GDK_KEY_r, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "editor.discard", NULL, action_discard, GDK_KEY_x, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "window.close", NULL, NULL, GDK_KEY_w, GDK_CONTROL_MASK },
    { "window.close", NULL, NULL, GDK_KEY_Escape, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      if (acts[i].func)
        gtk_widget_class_install_action (widget_class, acts[i].name, acts[i].type, acts[i].func);
      gtk_widget_class_add_binding_action (widget_class, acts[i].key, acts[i].state, acts[i].name, NULL);
    }
  gtk_widget_class_install_action (widget_class, "editor.insert-block", "i", action_insert_block);
  gtk_widget_class_install_action (widget_class, "editor.pane", "i", action_pane);
  for (int i = 0; i < 4; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + (guint) i, GDK_ALT_MASK, "editor.pane", "i", i);
}
