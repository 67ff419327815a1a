/* What comes into the inbox by its view: files chosen or dropped, the clipboard, links. */
#include "desk-inbox-view-private.h"

#include <glib/gi18n.h>

#include "desk-inbox-ask.h"
#include "desk-toast.h"

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
      /* One that waited already may be shown: it, too, is now meant for that patient. */
      if (desk_inbox_adder_meant (adder, first) && !desk_patient_picker_get_id (self->picker))
        desk_inbox_view_set_patient (self, desk_inbox_adder_meant (adder, first));
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
    desk_inbox_adder_add_files (self->adder, files, came_by, 0);
}

/* As desk_inbox_view_add_files (); the form of each begins with that patient. */
void
desk_inbox_view_add_files_for (DeskInboxView *self, GListModel *files, gint64 patient_id)
{
  if (!desk_page_get_read_only (self->page))
    desk_inbox_adder_add_files (self->adder, files, "file", patient_id);
}

static void
on_files_chosen (GListModel *files, gpointer user_data)
{
  desk_inbox_view_add_files (user_data, files, "file");
}

void
desk_inbox_view_action_add (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_inbox_choose_files (widget, on_files_chosen, widget);
}

static void
on_files_chosen_for (GListModel *files, gpointer user_data)
{
  DeskInboxView *self = user_data;

  desk_inbox_view_add_files_for (self, files, self->wanted_patient);
}

/* Asks for files that are a patient's: the form begins with them. */
void
desk_inbox_view_add_for (DeskInboxView *self, gint64 patient_id)
{
  self->wanted_patient = patient_id;
  desk_inbox_choose_files (GTK_WIDGET (self), on_files_chosen_for, self);
}

static void
on_link (const char *link, gpointer user_data)
{
  desk_inbox_adder_add_link (DESK_INBOX_VIEW (user_data)->adder, link);
}

void
desk_inbox_view_action_link (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_inbox_ask_link (widget, on_link, widget);
}

void
desk_inbox_view_action_paste (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_inbox_adder_paste (DESK_INBOX_VIEW (widget)->adder, gtk_widget_get_clipboard (widget));
}

void
desk_inbox_view_action_stop (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_inbox_adder_cancel (DESK_INBOX_VIEW (widget)->adder);
}

/* Gives the view what takes things in. */
void
desk_inbox_view_make_adder (DeskInboxView *self)
{
  self->adder = desk_inbox_adder_new (self->page);
  g_signal_connect_object (self->adder, "progress", G_CALLBACK (on_adding), self, 0);
  g_signal_connect_object (self->adder, "finished", G_CALLBACK (on_added), self, 0);
  g_signal_connect_object (self->adder, "folder", G_CALLBACK (on_folder), self, 0);
}
