#include "desk-import-window.h"

#include <glib/gi18n.h>

#include "desk-import-columns.h"
#include "desk-import-job.h"
#include "desk-import-row.h"
#include "desk-import-undo.h"
#include "desk-list-model.h"
#include "desk-store.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

#define TICK 100 /* milliseconds between looks at the progress */

/* What can be told of the file when the guess is wrong; the first is the guess. */
static const char *const encodings[] = { NULL, "UTF-8", "CP932", "UTF-16LE", "UTF-16BE", "EUC-JP", "GB18030", "CP949", "CP1252" };
static const char *const delimiters[] = { NULL, ",", ";", "\t", "|" };

struct _DeskImportWindow
{
  AdwWindow parent_instance;

  DeskPage *page; /* the page it works for; it is modal over its window */
  char *path;
  DeskImportFile *file;
  DeskImportPlan *plan;
  DeskImportLook *look;
  DeskListModel *model;        /* positions in look->findings, from 1 */
  GCancellable *cancellable;   /* of what runs now */
  guint again;                 /* idle source: look once more */
  guint timer;
  gint fraction;               /* thousandths; written by the thread */
  gboolean filling, importing;

  AdwWindowTitle *heading;
  GtkProgressBar *progress;
  GtkStack *stack;
  AdwStatusPage *status;
  GtkDropDown *encoding, *delimiter, *order;
  GtkCheckButton *headed;
  DeskImportColumns *columns;
  GtkLabel *summary, *advice;
  GtkListView *findings;
};

G_DEFINE_FINAL_TYPE (DeskImportWindow, desk_import_window, ADW_TYPE_WINDOW)

/* ── what runs beside ────────────────────────────────────────────────────────────────────────── */

static void
on_progress (double fraction, gpointer user_data)
{
  g_atomic_int_set (&DESK_IMPORT_WINDOW (user_data)->fraction, (int) (fraction * 1000));
}

static gboolean
show_progress (gpointer user_data)
{
  DeskImportWindow *self = user_data;

  gtk_progress_bar_set_fraction (self->progress, g_atomic_int_get (&self->fraction) / 1000.0);
  return G_SOURCE_CONTINUE;
}

/* Begins something long; what ran before is given up. */
static GCancellable *
begin (DeskImportWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->fraction = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.take", FALSE);
  if (!self->timer)
    self->timer = g_timeout_add (TICK, show_progress, self);
  return self->cancellable;
}

static void
end (DeskImportWindow *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
}

static gboolean
was_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
show_failure (DeskImportWindow *self, const char *title, const GError *error)
{
  g_autofree char *words = desk_words_error (error);
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_status_page_set_icon_name (self->status, "dialog-warning-symbolic");
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  gtk_stack_set_visible_child_name (self->stack, "wait");
}

/* ── the rows ────────────────────────────────────────────────────────────────────────────────── */

static GPtrArray *
read_findings (const gint64 *ids, guint n_ids, gpointer user_data)
{
  DeskImportWindow *self = user_data;
  GPtrArray *rows = g_ptr_array_sized_new (n_ids);

  for (guint i = 0; i < n_ids; i++)
    g_ptr_array_add (rows, self->look ? g_ptr_array_index (self->look->findings, ids[i] - 1) : NULL);
  return rows;
}

static void
show_button (DeskImportWindow *self)
{
  guint taken = self->look ? desk_import_look_taken (self->look) : 0;
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u patient will be imported", "%u patients will be imported", taken), taken);

  adw_window_title_set_subtitle (self->heading, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.take", taken > 0 && !self->importing);
}

static char *
advice_of (DeskImportWindow *self)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_import_plan_check (self->plan, problems);
  if (desk_problems_block (problems))
    return g_strdup (_("Say which column holds the name."));
  if (self->look->known_batch)
    return g_strdup (_("This very file has been imported before."));
  if (self->look->ambiguous_dates)
    return g_strdup (_("Some dates can be read either way: say what 3/4/1961 means in this table."));
  if (self->file->troubles->len > 0)
    {
      const DeskImportTrouble *trouble = g_ptr_array_index (self->file->troubles, 0);
      return g_strdup_printf (_("Line %u: %s"), trouble->line, desk_words ("import-trouble", trouble->code));
    }
  if (self->look->findings->len == 0)
    return g_strdup (_("Every line can be imported as it is."));
  return g_strdup (_("Duplicates are left out unless ticked. Wrong lines are left out; they can be mended in the table and imported later."));
}

static void
show_look (DeskImportWindow *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *summary = g_strdup_printf (_("New: %u · Duplicates: %u · Wrong: %u"), self->look->counts[DESK_IMPORT_NEW],
                                              self->look->counts[DESK_IMPORT_DUPLICATE], self->look->counts[DESK_IMPORT_WRONG]);
  g_autofree char *advice = advice_of (self);

  gtk_label_set_text (self->summary, summary);
  gtk_label_set_text (self->advice, advice);
  for (gint64 i = 1; i <= self->look->findings->len; i++)
    g_array_append_val (ids, i);
  desk_list_model_set_ids (self->model, g_steal_pointer (&ids));
  desk_list_model_refresh (self->model);
  show_button (self);
}

typedef struct
{
  char *clinic;
  DeskImportFile *file; /* the window's: it waits for the thread before it lets go */
  DeskImportPlan *plan;
  DeskDay today;
} LookOrder;

static void
look_order_free (gpointer data)
{
  LookOrder *order = data;

  g_free (order->clinic);
  desk_import_plan_free (order->plan);
  desk_import_file_unref (order->file);
  g_free (order);
}

static void
look_free (gpointer data)
{
  desk_import_look_free (data);
}

/* Reads through a connection of its own: the desk goes on writing meanwhile. */
static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const LookOrder *order = data;
  GError *error = NULL;
  g_autoptr (DeskDb) db = desk_store_open (order->clinic, TRUE, &error);
  DeskImportLook *look
      = db ? desk_import_look (db, order->file, order->plan, order->today, on_progress, source, cancellable, &error) : NULL;

  if (look)
    g_task_return_pointer (task, look, look_free);
  else
    g_task_return_error (task, error);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DeskImportWindow *self = DESK_IMPORT_WINDOW (source);
  g_autoptr (GError) error = NULL;
  DeskImportLook *look = g_task_propagate_pointer (G_TASK (result), &error);

  if (was_cancelled (error))
    return;
  end (self);
  if (!look)
    {
      show_failure (self, _("The Table Cannot Be Compared With the Clinic"), error);
      return;
    }
  g_autoptr (DeskImportLook) old = self->look;
  self->look = look;
  show_look (self);
}

static gboolean
look_again (gpointer user_data)
{
  DeskImportWindow *self = user_data;
  GCancellable *cancellable = begin (self);
  g_autoptr (GTask) task = g_task_new (self, cancellable, on_looked, NULL);
  LookOrder *order = g_new0 (LookOrder, 1);

  self->again = 0;
  *order = (LookOrder){ g_strdup (desk_session_get_path (desk_page_get_session (self->page))), desk_import_file_ref (self->file),
                        desk_import_plan_copy (self->plan), desk_page_get_today (self->page) };
  g_task_set_task_data (task, order, look_order_free);
  g_task_run_in_thread (task, look_thread);
  return G_SOURCE_REMOVE;
}

static void
look_soon (DeskImportWindow *self)
{
  if (!self->again)
    self->again = g_idle_add (look_again, self);
}

static void
on_plan_changed (DeskImportWindow *self)
{
  if (self->filling || !self->plan)
    return;
  self->plan->order = (DeskDayOrder) gtk_drop_down_get_selected (self->order);
  look_soon (self);
}

/* ── reading ─────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  char *path;
  const char *encoding, *delimiter;
  gboolean headed;
} ReadOrder;

static void
read_order_free (gpointer data)
{
  ReadOrder *order = data;

  g_free (order->path);
  g_free (order);
}

static void
file_free (gpointer data)
{
  desk_import_file_unref (data);
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const ReadOrder *order = data;
  GError *error = NULL;
  DeskImportFile *file
      = desk_import_file_read (order->path, order->encoding, order->delimiter, order->headed, cancellable, &error);

  if (file)
    g_task_return_pointer (task, file, file_free);
  else
    g_task_return_error (task, error);
}

/* The first of the choices says what was found. */
static void
show_found (DeskImportWindow *self)
{
  const char mark[] = { *self->file->delimiter == '\t' ? ' ' : *self->file->delimiter, '\0' };
  g_autofree char *letters = g_strdup_printf (_("As found (%s)"), self->file->encoding);
  g_autofree char *between = *mark == ' ' ? g_strdup (_("As found (tab)")) : g_strdup_printf (_("As found (%s)"), mark);
  const char *const first[] = { letters, NULL }, *const second[] = { between, NULL };

  self->filling = TRUE;
  if (gtk_drop_down_get_selected (self->encoding) == 0)
    gtk_string_list_splice (GTK_STRING_LIST (gtk_drop_down_get_model (self->encoding)), 0, 1, first);
  if (gtk_drop_down_get_selected (self->delimiter) == 0)
    gtk_string_list_splice (GTK_STRING_LIST (gtk_drop_down_get_model (self->delimiter)), 0, 1, second);
  gtk_drop_down_set_selected (self->encoding, gtk_drop_down_get_selected (self->encoding));
  self->filling = FALSE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DeskImportWindow *self = DESK_IMPORT_WINDOW (source);
  g_autoptr (GError) error = NULL;
  DeskImportFile *file = g_task_propagate_pointer (G_TASK (result), &error);
  DeskImportPlan *plan = NULL;
  gboolean remembered;

  if (was_cancelled (error))
    return;
  end (self);
  if (file)
    plan = desk_import_propose (desk_page_get_reader (self->page), file, &remembered, &error);
  if (!plan)
    {
      g_clear_pointer (&file, desk_import_file_unref);
      show_failure (self, _("The File Cannot Be Read"), error);
      return;
    }
  g_clear_pointer (&self->file, desk_import_file_unref);
  g_clear_pointer (&self->plan, desk_import_plan_free);
  self->file = file;
  self->plan = plan;
  desk_import_columns_show (self->columns, file, plan);
  show_found (self);
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->order, plan->order);
  self->filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "work");
  look_soon (self);
}

static void
read_file (DeskImportWindow *self)
{
  GCancellable *cancellable = begin (self);
  g_autoptr (GTask) task = g_task_new (self, cancellable, on_read, NULL);
  ReadOrder *order = g_new0 (ReadOrder, 1);

  *order = (ReadOrder){ g_strdup (self->path), encodings[gtk_drop_down_get_selected (self->encoding)],
                        delimiters[gtk_drop_down_get_selected (self->delimiter)], gtk_check_button_get_active (self->headed) };
  g_task_set_task_data (task, order, read_order_free);
  g_task_run_in_thread (task, read_thread);
}

static void
on_reading_changed (DeskImportWindow *self)
{
  if (!self->filling && self->path)
    read_file (self);
}

/* ── taking in ───────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskImportWindow *window; /* keeps file, plan and look while the worker needs them */
  DeskDay today;
  GCancellable *cancellable;
  gint64 batch_id;
} TakeOrder;

static void
take_order_free (gpointer data)
{
  TakeOrder *order = data;

  g_object_unref (order->window);
  g_object_unref (order->cancellable);
  g_free (order);
}

static gboolean
take_work (DeskDb *db, gpointer data, GError **error)
{
  TakeOrder *order = data;
  DeskImportWindow *self = order->window;

  return desk_import_take (db, self->file, self->plan, self->look, order->today, on_progress, self, order->cancellable,
                           &order->batch_id, error);
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  TakeOrder *order = desk_session_run_finish (DESK_SESSION (source), result, &error);

  self->importing = FALSE;
  end (self);
  if (order)
    {
      desk_import_offer_undo (self->page, order->batch_id, desk_import_look_taken (self->look));
      gtk_window_destroy (GTK_WINDOW (self));
    }
  else if (was_cancelled (error))
    {
      desk_toast (GTK_WIDGET (self->page), _("Import cancelled. Nothing was written."));
      gtk_window_destroy (GTK_WINDOW (self));
    }
  else
    show_failure (self, _("Nothing Was Imported"), error);
}

static void
action_take (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DeskImportWindow *self = DESK_IMPORT_WINDOW (widget);
  TakeOrder *order = g_new0 (TakeOrder, 1);

  self->importing = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), FALSE);
  *order = (TakeOrder){ g_object_ref (self), desk_page_get_today (self->page), g_object_ref (begin (self)), 0 };
  desk_session_run_async (desk_page_get_session (self->page), take_work, order, take_order_free, NULL, on_taken, g_object_ref (self));
}

/* Escape while it imports stops the import; the window goes when it has stopped. */
static gboolean
desk_import_window_close (GtkWindow *window)
{
  DeskImportWindow *self = DESK_IMPORT_WINDOW (window);

  g_cancellable_cancel (self->cancellable);
  return self->importing ? TRUE : GTK_WINDOW_CLASS (desk_import_window_parent_class)->close_request (window);
}

/* ── the window ──────────────────────────────────────────────────────────────────────────────── */

static void
on_chosen (DeskImportRow *row, DeskImportWindow *self)
{
  show_button (self);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, DeskImportWindow *self)
{
  GtkWidget *row = g_object_new (DESK_TYPE_IMPORT_ROW, NULL);

  g_signal_connect (row, "chosen", G_CALLBACK (on_chosen), self);
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, DeskImportWindow *self)
{
  desk_import_row_set (DESK_IMPORT_ROW (gtk_list_item_get_child (item)),
                       desk_list_item_get_row (DESK_LIST_ITEM (gtk_list_item_get_item (item))));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, DeskImportWindow *self)
{
  desk_import_row_set (DESK_IMPORT_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
desk_import_window_dispose (GObject *object)
{
  DeskImportWindow *self = DESK_IMPORT_WINDOW (object);

  g_clear_handle_id (&self->again, g_source_remove);
  g_clear_handle_id (&self->timer, g_source_remove);
  G_OBJECT_CLASS (desk_import_window_parent_class)->dispose (object);
}

static void
desk_import_window_finalize (GObject *object)
{
  DeskImportWindow *self = DESK_IMPORT_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->model);
  g_clear_pointer (&self->look, desk_import_look_free);
  g_clear_pointer (&self->plan, desk_import_plan_free);
  g_clear_pointer (&self->file, desk_import_file_unref);
  g_free (self->path);
  G_OBJECT_CLASS (desk_import_window_parent_class)->finalize (object);
}

static void
desk_import_window_class_init (DeskImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DESK_TYPE_IMPORT_COLUMNS);
  G_OBJECT_CLASS (klass)->dispose = desk_import_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_import_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = desk_import_window_close;
  gtk_widget_class_install_action (widget_class, "import.take", NULL, action_take);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "import.take", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-import-window.ui");
  gtk_widget_class_bind_template_child_full (widget_class, "import_button", FALSE, 0);
  gtk_widget_class_bind_template_child (widget_class, DeskImportWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, DeskImportWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, DeskImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskImportWindow, status);
  gtk_widget_class_bind_template_child (widget_class, DeskImportWindow, encoding);
  gtk_widget_class_bind_template_child (widget_class, DeskImportWindow, delimiter);
  gtk_widget_class_bind_template_child (widget_class, DeskImportWindow, order);
  gtk_widget_class_bind_template_child (widget_class, DeskImportWindow, headed);
  gtk_widget_class_bind_template_child (widget_class, DeskImportWindow, columns);
  gtk_widget_class_bind_template_child (widget_class, DeskImportWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, DeskImportWindow, advice);
  gtk_widget_class_bind_template_child (widget_class, DeskImportWindow, findings);
  gtk_widget_class_bind_template_callback (widget_class, look_soon);
  gtk_widget_class_bind_template_callback (widget_class, on_reading_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_plan_changed);
}

static void
fill_choices (DeskImportWindow *self)
{
  const char *const letters[] = { _("As found"), "UTF-8", _("Japanese Windows (CP932)"), "UTF-16LE", "UTF-16BE", "EUC-JP",
                                  _("Chinese (GB18030)"), _("Korean (CP949)"), _("Western (CP1252)"), NULL };
  const char *const marks[] = { _("As found"), _("Comma ,"), _("Semicolon ;"), _("Tab"), _("Bar |"), NULL };
  const char *const orders[] = { _("Not told"), _("3 April (day first)"), _("4 March (month first)"), NULL };
  g_autoptr (GtkStringList) letter_list = gtk_string_list_new (letters), mark_list = gtk_string_list_new (marks),
                            order_list = gtk_string_list_new (orders);

  self->filling = TRUE;
  gtk_drop_down_set_model (self->encoding, G_LIST_MODEL (letter_list));
  gtk_drop_down_set_model (self->delimiter, G_LIST_MODEL (mark_list));
  gtk_drop_down_set_model (self->order, G_LIST_MODEL (order_list));
  self->filling = FALSE;
}

static void
desk_import_window_init (DeskImportWindow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.take", FALSE);
  fill_choices (self);
  self->model = desk_list_model_new (read_findings, self);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  gtk_list_view_set_factory (self->findings, factory);
  g_object_unref (factory);

  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_list_view_set_model (self->findings, GTK_SELECTION_MODEL (selection));
}

/* Opens the window over the page's and reads the file; lends it. */
DeskImportWindow *
desk_import_window_show (DeskPage *page, const char *path)
{
  DeskImportWindow *self
      = g_object_new (DESK_TYPE_IMPORT_WINDOW, "transient-for", desk_window_of (GTK_WIDGET (page)), NULL);
  g_autofree char *name = g_filename_display_basename (path);

  self->page = page;
  self->path = g_strdup (path);
  adw_window_title_set_subtitle (self->heading, name);
  gtk_window_present (GTK_WINDOW (self));
  read_file (self);
  return self;
}
