#include "desk-duplicates-window.h"

#include <glib/gi18n.h>

#include "desk-duplicate-list.h"
#include "desk-merge-dialog.h"
#include "desk-toast.h"
#include "desk-words.h"

#define MOST 300

struct _DeskDuplicatesWindow
{
  AdwWindow parent_instance;

  DeskPage *page;
  GtkStack *stack;
  GtkWidget *list;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (DeskDuplicatesWindow, desk_duplicates_window, ADW_TYPE_WINDOW)

typedef struct
{
  GPtrArray *pairs;
} Search;

typedef struct
{
  gint64 a, b;
  gboolean same;
} Decision;

static void
search_free (gpointer data)
{
  g_clear_pointer (&((Search *) data)->pairs, g_ptr_array_unref);
  g_free (data);
}

static gboolean
search_work (DeskDb *db, gpointer data, GError **error)
{
  return (((Search *) data)->pairs = desk_duplicate_pairs (db, MOST, error)) != NULL;
}

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
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskDuplicatesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  Search *search = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!search)
    {
      desk_toast_error (GTK_WIDGET (self->page), error);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  for (guint i = 0; i < search->pairs->len; i++)
    add_pair (self, search->pairs->pdata[i]);
  tell_count (self);
}

/* Opens the list over the window of the page and has the worker look through the clinic. */
DeskDuplicatesWindow *
desk_duplicates_window_show (DeskPage *page)
{
  DeskDuplicatesWindow *self = g_object_new (DESK_TYPE_DUPLICATES_WINDOW, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);

  self->page = g_object_ref (page);
  desk_session_run_async (desk_page_get_session (page), search_work, g_new0 (Search, 1), search_free, NULL, on_searched,
                          g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

static void
desk_duplicates_window_finalize (GObject *object)
{
  g_clear_object (&DESK_DUPLICATES_WINDOW (object)->page);
  G_OBJECT_CLASS (desk_duplicates_window_parent_class)->finalize (object);
}

static void
desk_duplicates_window_class_init (DeskDuplicatesWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_duplicates_window_finalize;
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

static void
desk_duplicates_window_init (DeskDuplicatesWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scroll = gtk_scrolled_window_new (),
            *clamp = adw_clamp_new (), *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

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
  gtk_stack_add_named (self->stack, make_status ("edit-find-symbolic", _("Looking Through All Patients…")), "busy");
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
