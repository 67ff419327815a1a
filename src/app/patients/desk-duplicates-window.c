#include "desk-duplicates-window.h"

#include <glib/gi18n.h>

#include "desk-duplicate-list.h"
#include "desk-merge-dialog.h"
#include "desk-store.h"
#include "desk-toast.h"
#include "desk-words.h"

#define MOST 300
#define TICK 100 /* milliseconds between looks at the progress */

struct _DeskDuplicatesWindow
{
  AdwWindow parent_instance;

  DeskPage *page;
  GtkStack *stack;
  GtkWidget *list;
  GtkLabel *count;
  GtkProgressBar *progress;
  GCancellable *cancellable; /* of the search; cancelled when the window closes */
  gint fraction;             /* thousandths; written by the thread */
  guint timer;
};

G_DEFINE_FINAL_TYPE (DeskDuplicatesWindow, desk_duplicates_window, ADW_TYPE_WINDOW)

typedef struct
{
  gint64 a, b;
  gboolean same;
} Decision;

static gboolean
decide_work (DeskDb *db, gpointer data, GError **error)
{
  Decision *decision = data;

  return decision->same ? desk_duplicate_reconsider (db, decision->a, decision->b, error)
                        : desk_duplicate_reject (db, decision->a, decision->b, error);
}

static void
on_decided (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPage) page = user_data;
  g_autoptr (GError) error = NULL;

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast_error (GTK_WIDGET (page), error);
}

static void
decide (DeskPage *page, gint64 a, gint64 b, gboolean same)
{
  Decision *decision = g_new (Decision, 1);

  *decision = (Decision){ a, b, same };
  desk_session_run_async (desk_page_get_session (page), decide_work, decision, g_free, NULL, on_decided, g_object_ref (page));
}

typedef struct
{
  DeskDuplicatesWindow *window; /* not owned */
  DeskPage *page;
  GtkWidget *row;
  gint64 a, b;
} Pair;

static void
pair_free (gpointer data)
{
  g_object_unref (((Pair *) data)->page);
  g_free (data);
}

static void
on_undo (gpointer user_data)
{
  Pair *pair = user_data;

  decide (pair->page, pair->a, pair->b, TRUE);
}

static void
tell_count (DeskDuplicatesWindow *self)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row; row = gtk_widget_get_next_sibling (row))
    n++;
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u pair to look at", "%u pairs to look at", n), n);
  gtk_label_set_label (self->count, text);
  gtk_stack_set_visible_child_name (self->stack, n ? "list" : "none");
}

static void
on_not_same (GtkButton *button, Pair *pair)
{
  Pair *undo = g_new (Pair, 1);
  DeskDuplicatesWindow *self = pair->window;
  DeskPage *page = pair->page;

  *undo = (Pair){ NULL, g_object_ref (page), NULL, pair->a, pair->b };
  decide (page, pair->a, pair->b, FALSE);
  desk_toast_undo (GTK_WIDGET (page), _("Remembered as two people"), G_CALLBACK (on_undo), undo, pair_free);
  gtk_box_remove (GTK_BOX (self->list), pair->row);
  tell_count (self);
}

static void
on_compare (GtkButton *button, Pair *pair)
{
  DeskPage *page = pair->page;
  gint64 a = pair->a, b = pair->b;

  gtk_window_close (GTK_WINDOW (pair->window));
  desk_merge_dialog_open (page, a, b);
}

static void
add_button (GtkWidget *box, const char *label, GCallback clicked, Pair *pair)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect (button, "clicked", clicked, pair);
  gtk_box_append (GTK_BOX (box), button);
}

static void
add_pair (DeskDuplicatesWindow *self, const DeskDuplicatePair *found)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *two = gtk_list_box_new (),
            *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *reasons = desk_duplicate_reason_words (found->match);
  g_autofree char *same = g_strdup_printf (_("%s. The same: %s"), desk_words ("duplicate", desk_duplicate_level_code (found->match.level)), reasons);
  GtkWidget *label = gtk_label_new (same);
  Pair *pair = g_new (Pair, 1);

  *pair = (Pair){ self, g_object_ref (self->page), row, found->a->id, found->b->id };
  g_object_set_data_full (G_OBJECT (row), "pair", pair, pair_free);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (two), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (two, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (two), desk_duplicate_row_new (found->a, NULL, DESK_DUPLICATE_NONE));
  gtk_list_box_append (GTK_LIST_BOX (two), desk_duplicate_row_new (found->b, NULL, DESK_DUPLICATE_NONE));
  gtk_box_append (GTK_BOX (row), two);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_margin_start (foot, 12);
  gtk_widget_set_margin_end (foot, 12);
  gtk_widget_set_margin_bottom (foot, 8);
  gtk_box_append (GTK_BOX (foot), label);
  add_button (foot, _("_Not the Same"), G_CALLBACK (on_not_same), pair);
  add_button (foot, _("_Compare…"), G_CALLBACK (on_compare), pair);
  gtk_box_append (GTK_BOX (row), foot);
  gtk_box_append (GTK_BOX (self->list), row);
}

static void
on_progress (double fraction, gpointer user_data)
{
  g_atomic_int_set (&DESK_DUPLICATES_WINDOW (user_data)->fraction, (int) (fraction * 1000));
}

static gboolean
show_progress (gpointer user_data)
{
  DeskDuplicatesWindow *self = user_data;

  gtk_progress_bar_set_fraction (self->progress, g_atomic_int_get (&self->fraction) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
pairs_free (gpointer pairs)
{
  g_ptr_array_unref (pairs);
}

/* On a connection of its own: nobody's saving waits for it. */
static void
search_in_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (DeskDb) db = desk_store_open (path, TRUE, &error);
  GPtrArray *pairs = db ? desk_duplicate_pairs (db, MOST, cancellable, on_progress, source, &error) : NULL;

  if (pairs)
    g_task_return_pointer (task, pairs, pairs_free);
  else
    g_task_return_error (task, error);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DeskDuplicatesWindow *self = DESK_DUPLICATES_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pairs = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!pairs)
    {
      desk_toast_error (GTK_WIDGET (self->page), error);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  for (guint i = 0; i < pairs->len; i++)
    add_pair (self, pairs->pdata[i]);
  tell_count (self);
}

/* Opens the list over the window of the page and has a thread look through the clinic. */
DeskDuplicatesWindow *
desk_duplicates_window_show (DeskPage *page)
{
  DeskDuplicatesWindow *self = g_object_new (DESK_TYPE_DUPLICATES_WINDOW, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_searched, NULL);

  self->page = g_object_ref (page);
  self->timer = g_timeout_add (TICK, show_progress, self);
  g_task_set_task_data (task, g_strdup (desk_session_get_path (desk_page_get_session (page))), g_free);
  g_task_run_in_thread (task, search_in_thread);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

static void
desk_duplicates_window_dispose (GObject *object)
{
  DeskDuplicatesWindow *self = DESK_DUPLICATES_WINDOW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (desk_duplicates_window_parent_class)->dispose (object);
}

/* Closing gives the search up. */
static gboolean
desk_duplicates_window_close (GtkWindow *window)
{
  g_cancellable_cancel (DESK_DUPLICATES_WINDOW (window)->cancellable);
  return GTK_WINDOW_CLASS (desk_duplicates_window_parent_class)->close_request (window);
}

static void
desk_duplicates_window_finalize (GObject *object)
{
  g_clear_object (&DESK_DUPLICATES_WINDOW (object)->page);
  g_clear_object (&DESK_DUPLICATES_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (desk_duplicates_window_parent_class)->finalize (object);
}

static void
desk_duplicates_window_class_init (DeskDuplicatesWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_duplicates_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_duplicates_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = desk_duplicates_window_close;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_status (const char *icon, const char *title)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (status), title);
  return status;
}

/* How far the search is, and a way out of it. */
static GtkWidget *
make_waiting (DeskDuplicatesWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18), *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->progress), 320, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Looking Through All Patients…"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_set_halign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (cancel, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (cancel, "pill");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (box), cancel);
  return box;
}

static void
desk_duplicates_window_init (DeskDuplicatesWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scroll = gtk_scrolled_window_new (),
            *clamp = adw_clamp_new (), *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8),
            *busy = make_status ("edit-find-symbolic", _("Looking Through All Patients…"));

  self->cancellable = g_cancellable_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->count, 0);
  gtk_widget_set_margin_top (inside, 12);
  gtk_widget_set_margin_bottom (inside, 18);
  gtk_widget_set_margin_start (inside, 12);
  gtk_widget_set_margin_end (inside, 12);
  gtk_box_append (GTK_BOX (inside), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (inside), self->list);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), inside);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), clamp);
  adw_status_page_set_child (ADW_STATUS_PAGE (busy), make_waiting (self));
  gtk_stack_add_named (self->stack, busy, "busy");
  gtk_stack_add_named (self->stack, make_status ("emblem-ok-symbolic", _("Nobody Seems to Be on File Twice")), "none");
  gtk_stack_add_named (self->stack, scroll, "list");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _("Find Duplicates"));
  gtk_window_set_default_size (GTK_WINDOW (self), 820, 600);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

static void
action_duplicates (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_duplicates_window_show (DESK_PAGE (widget));
}

/* The command of the page of patients: patients.duplicates. */
void
desk_duplicates_install (GtkWidgetClass *page_class)
{
  gtk_widget_class_install_action (page_class, "patients.duplicates", NULL, action_duplicates);
}
