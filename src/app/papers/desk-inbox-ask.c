#include "desk-inbox-ask.h"

#include <glib/gi18n.h>

#include "desk-disc-dialog.h"
#include "desk-file-name.h"

typedef struct
{
  GtkWidget *widget; /* held: the answer may come late */
  DeskInboxFilesFunc files;
  DeskInboxLinkFunc link;
  gpointer user_data;
  GtkEditable *entry;
} Ask;

static Ask *
ask_new (GtkWidget *widget, DeskInboxFilesFunc files, DeskInboxLinkFunc link, gpointer user_data)
{
  Ask *ask = g_new0 (Ask, 1);

  *ask = (Ask){ g_object_ref (widget), files, link, user_data, NULL };
  return ask;
}

static void
ask_free (gpointer data, GClosure *closure)
{
  g_object_unref (((Ask *) data)->widget);
  g_free (data);
}

static void
on_files_response (GtkNativeDialog *dialog, int response, Ask *ask)
{
  if (response == GTK_RESPONSE_ACCEPT && gtk_widget_get_root (ask->widget))
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      ask->files (files, ask->user_data);
    }
  g_object_unref (dialog);
}

/* Asks for one file or several. */
void
desk_inbox_choose_files (GtkWidget *widget, DeskInboxFilesFunc func, gpointer user_data)
{
  static const char *const types[] = { "application/pdf", "image/png", "image/jpeg", "image/heic", "image/heif", "application/dicom" };
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (_("Add Papers"), GTK_WINDOW (gtk_widget_get_root (widget)), GTK_FILE_CHOOSER_ACTION_OPEN,
                                     _("_Add"), _("_Cancel"));
  g_autoptr (GtkFileFilter) papers = gtk_file_filter_new (), all = gtk_file_filter_new ();

  gtk_file_filter_set_name (papers, _("PDF, pictures and DICOM"));
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    gtk_file_filter_add_mime_type (papers, types[i]);
  gtk_file_filter_add_suffix (papers, "dcm");
  gtk_file_filter_add_suffix (papers, "heic");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), papers);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), all);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (on_files_response), ask_new (widget, func, NULL, user_data), ask_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
on_link_response (AdwMessageDialog *dialog, const char *response, Ask *ask)
{
  if (g_str_equal (response, "add") && gtk_widget_get_root (ask->widget))
    ask->link (gtk_editable_get_text (ask->entry), ask->user_data);
}

static void
on_link_typed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *link = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "add", desk_link_is_usable (link));
}

/* Asks for a link; only one that can be kept is taken. */
void
desk_inbox_ask_link (GtkWidget *widget, DeskInboxLinkFunc func, gpointer user_data)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _("Add a Link"),
                                              _("For pictures that a hospital shares on the web. The link is only kept; it is never "
                                                "opened by this program."));
  GtkWidget *entry = gtk_entry_new ();
  Ask *ask = ask_new (widget, NULL, func, user_data);

  ask->entry = GTK_EDITABLE (entry);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "https://");
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_URL);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 50);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Link"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "add", _("_Add"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "add", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "add");
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "add", FALSE);
  g_signal_connect (entry, "changed", G_CALLBACK (on_link_typed), dialog);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_link_response), ask, ask_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

/* Says which files were refused and why, a line each. */
void
desk_inbox_tell_refused (GtkWidget *widget, const char *lines)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog = adw_message_dialog_new (root ? GTK_WINDOW (root) : NULL, _("Not Taken In"), NULL);
  GtkWidget *scroller = gtk_scrolled_window_new (), *label = gtk_label_new (lines);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_widget_set_size_request (scroller, 440, -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), scroller);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_label_select_region (GTK_LABEL (label), 0, 0);
}

/* A folder is taken for a disc with pictures. */
void
desk_inbox_open_folder (DeskPage *page, const char *path)
{
  desk_disc_dialog_show (page, path);
}
