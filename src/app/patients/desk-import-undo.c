#include "desk-import-undo.h"

#include <glib/gi18n.h>

#include "desk-imports.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

typedef struct
{
  DeskPage *page;
  gint64 batch_id;
  guint kept;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->page);
  g_free (undo);
}

static Undo *
undo_new (DeskPage *page, gint64 batch_id)
{
  Undo *undo = g_new0 (Undo, 1);

  undo->page = g_object_ref (page);
  undo->batch_id = batch_id;
  return undo;
}

static gboolean
undo_work (DeskDb *db, gpointer data, GError **error)
{
  Undo *undo = data;

  return desk_import_undo (db, undo->batch_id, &undo->kept, NULL, NULL, error);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;
  Undo *undo = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!undo)
    {
      desk_toast_error (page, error);
      return;
    }
  g_autofree char *text
      = undo->kept ? g_strdup_printf (g_dngettext (NULL, "Import taken back; %u patient who was worked with since stays",
                                                   "Import taken back; %u patients who were worked with since stay", undo->kept),
                                      undo->kept)
                   : g_strdup (_("Import taken back"));
  desk_toast (page, text);
}

static void
take_back (DeskPage *page, gint64 batch_id)
{
  desk_session_run_async (desk_page_get_session (page), undo_work, undo_new (page, batch_id), undo_free, NULL, on_undone,
                          g_object_ref (page));
}

static void
on_undo (gpointer data)
{
  Undo *undo = data;

  take_back (undo->page, undo->batch_id);
}

/* Tells that an import is done; Undo takes all of it back. */
void
desk_import_offer_undo (DeskPage *page, gint64 batch_id, guint patients)
{
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u patient imported", "%u patients imported", patients), patients);

  desk_toast_undo (GTK_WIDGET (page), text, G_CALLBACK (on_undo), undo_new (page, batch_id), undo_free);
}

/* ── all of them ─────────────────────────────────────────────────────────────────────────────── */

struct _DeskImportsWindow
{
  AdwWindow parent_instance;

  DeskPage *page;
  GtkStack *stack;
  AdwPreferencesGroup *group;
};

G_DEFINE_FINAL_TYPE (DeskImportsWindow, desk_imports_window, ADW_TYPE_WINDOW)

static void
on_take_back (GtkButton *button, DeskImportsWindow *self)
{
  gint64 *batch_id = g_object_get_data (G_OBJECT (button), "batch");

  take_back (self->page, *batch_id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
add_batch (DeskImportsWindow *self, const DeskImportBatch *batch)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *when = desk_words_when (batch->at, desk_page_get_zone (self->page));
  g_autofree char *count = g_strdup_printf (g_dngettext (NULL, "%d patient", "%d patients", batch->patients), batch->patients);
  const char *facts[] = { when, count, batch->undone_at ? _("Taken back") : "" };
  g_autofree char *subtitle = desk_words_facts (facts, G_N_ELEMENTS (facts));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), batch->source);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (!batch->undone_at && !desk_page_get_read_only (self->page))
    {
      GtkWidget *button = gtk_button_new_with_label (_("Take Back"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_object_set_data_full (G_OBJECT (button), "batch", g_memdup2 (&batch->id, sizeof batch->id), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_take_back), self, 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  adw_preferences_group_add (self->group, row);
}

static void
desk_imports_window_class_init (DeskImportsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-imports-window.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_bind_template_child (widget_class, DeskImportsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskImportsWindow, group);
}

static void
desk_imports_window_init (DeskImportsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Lists the imports over the page's window; lends it. */
DeskImportsWindow *
desk_imports_window_show (DeskPage *page)
{
  DeskImportsWindow *self
      = g_object_new (DESK_TYPE_IMPORTS_WINDOW, "transient-for", desk_window_of (GTK_WIDGET (page)), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) batches = desk_import_batches (desk_page_get_reader (page), &error);

  self->page = page;
  if (!batches)
    desk_toast_error (GTK_WIDGET (page), error);
  for (guint i = 0; batches && i < batches->len; i++)
    add_batch (self, g_ptr_array_index (batches, i));
  gtk_stack_set_visible_child_name (self->stack, batches && batches->len ? "list" : "empty");
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
