#include "desk-start.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "desk-new-clinic.h"
#include "desk-open.h"
#include "desk-sample.h"
#include "desk-toast.h"
#include "desk-words.h"

/* The making of the sample clinic, in a thread of its own. */
typedef struct
{
  char *path;
  gint permille; /* atomic */
} Making;

struct _DeskStart
{
  AdwApplicationWindow parent_instance;

  GtkStack *stack;
  AdwStatusPage *status;
  GtkWidget *open_button;
  GtkProgressBar *bar;
  GCancellable *cancellable; /* while the sample is made */
  Making *making;            /* lent by the task */
  guint tick;
};

G_DEFINE_FINAL_TYPE (DeskStart, desk_start, ADW_TYPE_APPLICATION_WINDOW)

static void
making_free (gpointer data)
{
  Making *making = data;

  g_free (making->path);
  g_free (making);
}

static void
on_opened (gpointer user_data)
{
  gtk_window_destroy (user_data);
}

static void
action_open (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_open_choose (GTK_WINDOW (widget), on_opened, widget);
}

static void
action_new (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_new_clinic_show (GTK_WINDOW (widget), on_opened, widget);
}

static void
on_progress (double fraction, gpointer user_data)
{
  Making *making = user_data;

  g_atomic_int_set (&making->permille, (gint) (fraction * 1000));
}

static void
make_sample (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Making *making = data;
  g_autofree char *folder = g_path_get_dirname (making->path);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Tokyo");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  DeskDay today = desk_instant_day (g_get_real_time () / G_USEC_PER_SEC, zone ? zone : utc);
  GError *error = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (desk_sample_create (making->path, DESK_SAMPLE_DEFAULT_PATIENTS, 1, today, on_progress, making, cancellable,
                          &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
on_tick (gpointer user_data)
{
  DeskStart *self = user_data;

  gtk_progress_bar_set_fraction (self->bar, g_atomic_int_get (&self->making->permille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskStart) self = DESK_START (source);
  GApplication *application = user_data;
  g_autofree char *path = g_strdup (self->making->path);
  g_autoptr (GError) error = NULL;
  gboolean closed = !gtk_widget_get_realized (GTK_WIDGET (self));

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->cancellable);
  self->making = NULL;
  if (g_task_propagate_boolean (G_TASK (result), &error) && !closed)
    {
      desk_open_path (GTK_WINDOW (self), path, "");
      gtk_window_destroy (GTK_WINDOW (self));
    }
  else if (!closed)
    {
      gtk_stack_set_visible_child_name (self->stack, "choices");
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        desk_toast_error (GTK_WIDGET (self->stack), error);
    }
  if (application)
    g_application_release (application);
}

/* The sample clinic lies with the user's own data; one that is there is opened again. */
static void
action_sample (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskStart *self = DESK_START (widget);
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "uketsuke", "sample.uketsuke", NULL);
  /* Kept running until the thread has cleaned up after itself, even when the window is closed. */
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

  if (self->making)
    return;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      desk_open_path (GTK_WINDOW (self), path, "");
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  self->cancellable = g_cancellable_new ();
  self->making = g_new0 (Making, 1);
  self->making->path = g_steal_pointer (&path);
  self->tick = g_timeout_add (100, on_tick, self);
  gtk_progress_bar_set_fraction (self->bar, 0);
  gtk_stack_set_visible_child_name (self->stack, "making");
  if (application)
    g_application_hold (application);

  g_autoptr (GTask) task = g_task_new (g_object_ref (self), self->cancellable, on_made, application);
  g_task_set_task_data (task, self->making, making_free);
  g_task_run_in_thread (task, make_sample);
}

static void
action_cancel (GtkWidget *widget, const char *name, GVariant *target)
{
  if (DESK_START (widget)->cancellable)
    g_cancellable_cancel (DESK_START (widget)->cancellable);
}

/* Whether the sample clinic is being made. */
gboolean
desk_start_is_busy (DeskStart *self)
{
  return self->making != NULL;
}

static gboolean
desk_start_close_request (GtkWindow *window)
{
  action_cancel (GTK_WIDGET (window), NULL, NULL);
  g_clear_handle_id (&DESK_START (window)->tick, g_source_remove);
  return GTK_WINDOW_CLASS (desk_start_parent_class)->close_request (window);
}

static void
desk_start_class_init (DeskStartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GTK_WINDOW_CLASS (klass)->close_request = desk_start_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-start.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskStart, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskStart, status);
  gtk_widget_class_bind_template_child (widget_class, DeskStart, open_button);
  gtk_widget_class_bind_template_child (widget_class, DeskStart, bar);
  gtk_widget_class_install_action (widget_class, "start.open", NULL, action_open);
  gtk_widget_class_install_action (widget_class, "start.new", NULL, action_new);
  gtk_widget_class_install_action (widget_class, "start.sample", NULL, action_sample);
  gtk_widget_class_install_action (widget_class, "start.cancel", NULL, action_cancel);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "start.open", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "start.new", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "start.cancel", NULL);
}

static void
desk_start_init (DeskStart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Shows the choices to begin with. Lent; the window closes itself when a clinic is open. */
DeskStart *
desk_start_show (GtkApplication *application)
{
  DeskStart *self = g_object_new (DESK_TYPE_START, "application", application, NULL);

  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->open_button);
  return self;
}

/* The file at path did not open: why, and the same choices. Lent, as above. */
DeskStart *
desk_start_show_error (GtkApplication *application, const char *path, const GError *error)
{
  DeskStart *self = desk_start_show (application);
  g_autofree char *words = desk_words_error (error);
  g_autofree char *escaped = g_markup_escape_text (words, -1);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *title = g_strdup_printf (_("“%s” was not opened"), name);

  adw_status_page_set_icon_name (self->status, "dialog-warning-symbolic");
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  return self;
}
