#include "desk-record-dialog.h"

#include <glib/gi18n.h>

#include "desk-leave.h"

struct _DeskRecordDialog
{
  AdwWindow parent_instance;

  DeskPage *page; /* lives longer: the dialog is modal to its window */
  DeskRecordForm *form;
  GtkBox *box;
  GtkLabel *message;
  gboolean dirty;
};

enum
{
  EDITED,
  SAVE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskRecordDialog, desk_record_dialog, ADW_TYPE_WINDOW)

/* Something was changed that the form does not know of. */
void
desk_record_dialog_touch (DeskRecordDialog *self)
{
  self->dirty = TRUE;
  g_signal_emit (self, signals[EDITED], 0);
}

/* Closes without asking: it is saved. */
void
desk_record_dialog_close (DeskRecordDialog *self)
{
  self->dirty = FALSE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
discard (gpointer dialog)
{
  desk_record_dialog_close (dialog);
}

static gboolean
desk_record_dialog_close_request (GtkWindow *window)
{
  DeskRecordDialog *self = DESK_RECORD_DIALOG (window);

  if (self->dirty)
    {
      desk_leave_ask (window, discard, g_object_ref (self), g_object_unref);
      return TRUE;
    }
  return GTK_WINDOW_CLASS (desk_record_dialog_parent_class)->close_request (window);
}

static void
action_save (GtkWidget *widget, const char *name, GVariant *target)
{
  g_signal_emit (widget, signals[SAVE], 0);
}

static GtkWidget *
header_new (void)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel")), *save = gtk_button_new_with_mnemonic (_("_Save"));

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "record.save");
  gtk_widget_add_css_class (save, "suggested-action");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), save);
  return header;
}

/* A dialog over the page's window with a form of these fields; show it with gtk_window_present (). */
DeskRecordDialog *
desk_record_dialog_new (DeskPage *page, const char *title, const DeskFormField *fields, guint n_fields)
{
  DeskRecordDialog *self
      = g_object_new (DESK_TYPE_RECORD_DIALOG, "title", title, "modal", TRUE, "transient-for",
                      gtk_widget_get_root (GTK_WIDGET (page)), "default-width", 720, NULL);

  self->page = page;
  self->form = desk_record_form_new (fields, n_fields);
  gtk_box_append (self->box, GTK_WIDGET (self->form));
  g_signal_connect_object (self->form, "edited", G_CALLBACK (desk_record_dialog_touch), self, G_CONNECT_SWAPPED);
  return self;
}

/* The page it stands over. Lent. */
DeskPage *
desk_record_dialog_get_page (DeskRecordDialog *self)
{
  return self->page;
}

/* Lends the form. */
DeskRecordForm *
desk_record_dialog_get_form (DeskRecordDialog *self)
{
  return self->form;
}

/* Puts something above or below the form. */
void
desk_record_dialog_add (DeskRecordDialog *self, GtkWidget *widget, gboolean above)
{
  if (above)
    gtk_box_prepend (self->box, widget);
  else
    gtk_box_append (self->box, widget);
}

/* While it is being saved nobody saves again. */
void
desk_record_dialog_set_busy (DeskRecordDialog *self, gboolean busy)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "record.save", !busy);
}

/* Says why it was not saved; NULL takes it back. */
void
desk_record_dialog_say (DeskRecordDialog *self, const char *text)
{
  gtk_label_set_label (self->message, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
}

static void
desk_record_dialog_class_init (DeskRecordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GTK_WINDOW_CLASS (klass)->close_request = desk_record_dialog_close_request;
  /* edited: something was changed. save: somebody wants it saved. */
  signals[EDITED] = g_signal_new ("edited", DESK_TYPE_RECORD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVE] = g_signal_new ("save", DESK_TYPE_RECORD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "record.save", NULL, action_save);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "record.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "record.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
desk_record_dialog_init (DeskRecordDialog *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_set_margin_top (GTK_WIDGET (self->box), 18);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->box), 18);
  gtk_widget_set_margin_start (GTK_WIDGET (self->box), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (self->box), 18);
  self->message = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_xalign (self->message, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  gtk_widget_set_margin_start (GTK_WIDGET (self->message), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (self->message), 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 620);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->box));
  gtk_box_append (GTK_BOX (all), header_new ());
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (self->message));
  gtk_box_append (GTK_BOX (all), scrolled);
  adw_window_set_content (ADW_WINDOW (self), all);
}
