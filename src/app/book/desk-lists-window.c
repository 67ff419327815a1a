#include "desk-lists-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-fold.h"
#include "desk-list-acts.h"
#include "desk-list-words.h"
#include "desk-recalls.h"
#include "desk-toast.h"
#include "desk-waitings.h"
#include "desk-window.h"
#include "desk-words.h"

#define RECALL_DAYS 30 /* shown so long before they are due */

typedef enum
{
  WAITING,
  RECALLS,
  CALLS,
  FREED,
  N_LISTS
} List;

static const char *const names[N_LISTS] = { "waiting", "recalls", "calls", "freed" };

struct _DeskListsWindow
{
  AdwWindow parent_instance;

  DeskPage *page;
  List list;
  GtkWidget *tabs[N_LISTS]; /* toggle buttons */
  GtkWidget *search, *rows, *stack, *none, *add, *second, *third, *plan_all;
  GPtrArray *kept;          /* what the rows point into */
  gulong on_changed;
};

G_DEFINE_FINAL_TYPE (DeskListsWindow, desk_lists_window, ADW_TYPE_WINDOW)

/* What a row is for. Lent by the window's kept. */
typedef struct
{
  const DeskWaiting *waiting;
  const DeskRecall *recall;
  const DeskFreedSlot *slot; /* with waiting: that person for that time */
  guint misses;
} Row;

static GtkWidget *
make_row (const Row *row, const char *title, const char *subtitle, const char *icon, gboolean indented)
{
  GtkWidget *widget = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  if (subtitle)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), subtitle);
  if (icon)
    adw_action_row_set_icon_name (ADW_ACTION_ROW (widget), icon);
  if (indented)
    gtk_widget_set_margin_start (widget, 32);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), TRUE);
  g_object_set_data_full (G_OBJECT (widget), "row", g_memdup2 (row, sizeof *row), g_free);
  return widget;
}

static void
add_row (DeskListsWindow *self, const Row *row, const char *title, const char *subtitle, const char *icon, gboolean indented)
{
  gtk_list_box_append (GTK_LIST_BOX (self->rows), make_row (row, title, subtitle, icon, indented));
}

static void
fill_waiting (DeskListsWindow *self, GError **error)
{
  g_autoptr (GPtrArray) all = desk_waiting_list (desk_page_get_reader (self->page), FALSE, error);

  for (guint i = 0; all && i < all->len; i++)
    {
      const DeskWaiting *waiting = all->pdata[i];
      const char *facts[] = { waiting->patient_name, waiting->patient_chart };
      g_autofree char *title = desk_words_facts (facts, G_N_ELEMENTS (facts)), *subtitle = desk_list_waiting_words (self->page, waiting);
      Row row = { .waiting = waiting };

      add_row (self, &row, title, subtitle, waiting->priority == 1 ? "starred-symbolic" : "alarm-symbolic", FALSE);
    }
  if (all)
    g_ptr_array_add (self->kept, g_steal_pointer (&all));
}

static gboolean
is_call (const DeskRecall *recall)
{
  return g_str_equal (recall->kind, "follow_up") || g_str_equal (recall->kind, "other");
}

static void
fill_recalls (DeskListsWindow *self, gboolean calls, GError **error)
{
  DeskDay today = desk_page_get_today (self->page);
  g_autoptr (GPtrArray) all = desk_recall_list (desk_page_get_reader (self->page), today + RECALL_DAYS, error);

  for (guint i = 0; all && i < all->len; i++)
    {
      const DeskRecall *recall = all->pdata[i];
      const char *facts[] = { recall->patient_name, recall->patient_chart, desk_words ("recall", recall->kind) };
      g_autofree char *title = desk_words_facts (facts, G_N_ELEMENTS (facts)), *subtitle = desk_list_recall_words (self->page, recall);
      Row row = { .recall = recall };

      if (is_call (recall) == calls)
        add_row (self, &row, title, subtitle, recall->next <= today ? "dialog-warning-symbolic" : "alarm-symbolic", FALSE);
    }
  if (all)
    g_ptr_array_add (self->kept, g_steal_pointer (&all));
}

static void
add_candidate (DeskListsWindow *self, const DeskFreedLook *look, const DeskWaitingFit *fit)
{
  g_autofree char *doubts = desk_list_misses_words (fit->misses), *words = desk_list_waiting_words (self->page, fit->waiting);
  g_autofree char *ask = doubts ? g_strdup_printf (fit->fits ? _("ask first: %s") : _("does not fit: %s"), doubts) : g_strdup (_("fits"));
  const char *names_of[] = { fit->waiting->patient_name, fit->waiting->patient_chart }, *facts[] = { ask, words };
  g_autofree char *title = desk_words_facts (names_of, G_N_ELEMENTS (names_of)), *subtitle = desk_words_facts (facts, G_N_ELEMENTS (facts));
  Row row = { .waiting = fit->waiting, .slot = look->slot, .misses = fit->misses };

  add_row (self, &row, title, subtitle, !fit->misses ? "emblem-ok-symbolic" : fit->fits ? "dialog-question-symbolic" : "action-unavailable-symbolic",
           TRUE);
}

static void
look_free (gpointer look)
{
  desk_freed_look_free (look);
}

static void
fill_freed (DeskListsWindow *self, GError **error)
{
  DeskDb *db = desk_page_get_reader (self->page);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GPtrArray) slots = desk_freed_list (db, now, error), looks = g_ptr_array_new_with_free_func (look_free);

  for (guint i = 0; slots && i < slots->len; i++)
    {
      DeskFreedLook *look = desk_freed_look (db, ((DeskFreedSlot *) slots->pdata[i])->id, now, error);

      if (!look)
        break;
      g_ptr_array_add (looks, look);
      g_autofree char *title = desk_list_freed_title (self->page, look->slot, look->n_fits);
      g_autofree char *before = g_strdup_printf (_("given up by %s"), look->slot->patient_name);
      Row row = { .slot = look->slot };

      add_row (self, &row, title, look->free ? before : _("Somebody else is there by now."), look->free ? "appointment-soon-symbolic" : "action-unavailable-symbolic",
               FALSE);
      for (guint j = 0; look->free && j < look->fits->len; j++)
        add_candidate (self, look, &g_array_index (look->fits, DeskWaitingFit, j));
    }
  g_ptr_array_add (self->kept, g_steal_pointer (&looks));
}

static gboolean
shows (GtkListBoxRow *row, gpointer user_data)
{
  DeskListsWindow *self = user_data;
  g_autofree char *wanted = desk_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_autofree char *all = g_strconcat (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), " ",
                                      adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), NULL);
  g_autofree char *folded = desk_fold (all);

  return !*wanted || strstr (folded, wanted) != NULL;
}

/* What stands at the foot, by the list. */
static void
show_acts (DeskListsWindow *self)
{
  static const struct
  {
    const char *add, *second, *third, *none, *hint;
  } words[N_LISTS] = {
    { N_("_Add… (A)"), N_("_Book… (B)"), N_("_Take Off (D)"), N_("Nobody Waits"), N_("Whoever wants to come earlier is added here, from the patient or with A.") },
    { NULL, N_("_Book… (B)"), N_("_Not Needed (D)"), N_("Nobody to Ask Back"), N_("Preventive patients, contracts of storage and tests that run out stand here by themselves.") },
    { NULL, N_("_Book… (B)"), N_("_Not Needed (D)"), N_("No Calls Due"), N_("Calls after an infusion stand here by themselves.") },
    { NULL, N_("_Book… (B)"), N_("_Leave It Free (D)"), N_("Nothing Came Free"), N_("When a visit is given up, its time stands here with everybody it fits.") },
  };
  GtkWidget *buttons[] = { self->add, self->second, self->third };
  const char *labels[] = { words[self->list].add, words[self->list].second, words[self->list].third };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      gtk_widget_set_visible (buttons[i], labels[i] && !desk_page_get_read_only (self->page));
      if (labels[i])
        gtk_button_set_label (GTK_BUTTON (buttons[i]), _(labels[i]));
    }
  gtk_widget_set_visible (self->plan_all, self->list == WAITING);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->none), _(words[self->list].none));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->none), _(words[self->list].hint));
}

static int
selected_index (DeskListsWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->rows));

  return row ? gtk_list_box_row_get_index (row) : 0;
}

static void
refresh (DeskListsWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->kept);
  GtkRoot *root = GTK_ROOT (self);
  GtkWidget *row, *focus = gtk_root_get_focus (root);
  gboolean focused = focus && gtk_widget_is_ancestor (focus, self->rows);
  int index = selected_index (self);

  self->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  while ((row = gtk_widget_get_first_child (self->rows)))
    gtk_list_box_remove (GTK_LIST_BOX (self->rows), row);
  if (self->list == WAITING)
    fill_waiting (self, &error);
  else if (self->list == FREED)
    fill_freed (self, &error);
  else
    fill_recalls (self, self->list == CALLS, &error);
  if (error)
    desk_toast_error (GTK_WIDGET (self), error);
  show_acts (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), gtk_widget_get_first_child (self->rows) ? "rows" : "none");
  GtkListBoxRow *again = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->rows), index);
  if (!again)
    again = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->rows), MAX (index - 1, 0));
  gtk_list_box_select_row (GTK_LIST_BOX (self->rows), again);
  if (focused && again)
    gtk_widget_grab_focus (GTK_WIDGET (again));
}

static const Row *
selected (DeskListsWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->rows));

  return row && !desk_page_get_read_only (self->page) ? g_object_get_data (G_OBJECT (row), "row") : NULL;
}

static void
book_for (DeskListsWindow *self, gint64 patient_id, const char *type)
{
  g_autofree char *what = g_strdup_printf ("%" G_GINT64_FORMAT " %s", patient_id, type);
  DeskWindow *window = desk_window_of (GTK_WIDGET (self->page));

  gtk_window_present (GTK_WINDOW (window));
  desk_window_run (window, "book", "book.new-for", what);
}

/* Free time for that person at once; else the dialog of a new visit, with the patient in it. */
static void
action_book (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskListsWindow *self = DESK_LISTS_WINDOW (widget);
  const Row *row = selected (self);

  if (!row)
    return;
  if (row->slot && row->waiting)
    desk_list_act_fill (self->page, row->slot, row->waiting);
  else if (row->waiting)
    book_for (self, row->waiting->patient_id, row->waiting->type);
  else if (row->recall)
    book_for (self, row->recall->patient_id, g_str_equal (row->recall->kind, "viral") ? "viral_test" : "consultation");
}

static void
action_done (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskListsWindow *self = DESK_LISTS_WINDOW (widget);
  const Row *row = selected (self);

  if (!row)
    return;
  if (row->slot)
    desk_list_act_close_freed (self->page, row->slot, "not_needed");
  else if (row->waiting)
    desk_list_act_close_waiting (self->page, row->waiting, "withdrawn");
  else if (row->recall)
    desk_list_act_close_recall (self->page, row->recall, "not_needed");
}

static void
action_add (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskListsWindow *self = DESK_LISTS_WINDOW (widget);
  g_autoptr (DeskWaiting) waiting = desk_waiting_new (0, "infusion");

  if (!desk_page_get_read_only (self->page))
    desk_waiting_dialog_show (self->page, waiting);
}

static void
on_activated (GtkListBox *list, GtkListBoxRow *widget, DeskListsWindow *self)
{
  const Row *row = selected (self);

  if (!row)
    return;
  if (row->slot && row->waiting)
    desk_list_act_fill (self->page, row->slot, row->waiting);
  else if (row->waiting)
    desk_waiting_dialog_show (self->page, row->waiting);
  else if (row->recall)
    desk_recall_dialog_show (self->page, row->recall);
}

static void
go (DeskListsWindow *self, List list)
{
  self->list = list;
  for (guint i = 0; i < N_LISTS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tabs[i]), i == list);
  gtk_list_box_unselect_all (GTK_LIST_BOX (self->rows));
  refresh (self);
  /* Below the time that came free stands who is asked first. */
  GtkListBoxRow *first = list == FREED ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->rows), 1) : NULL;
  if (first)
    gtk_list_box_select_row (GTK_LIST_BOX (self->rows), first);
}

static void
on_tab (GtkToggleButton *tab, DeskListsWindow *self)
{
  if (!gtk_toggle_button_get_active (tab))
    return;
  for (guint i = 0; i < N_LISTS; i++)
    if (self->tabs[i] == GTK_WIDGET (tab) && self->list != (List) i)
      go (self, i);
}

static void
action_list (GtkWidget *widget, const char *name, GVariant *target)
{
  go (DESK_LISTS_WINDOW (widget), g_variant_get_int32 (target));
}

/* Everybody who waits gets a proposal of trips. */
static void
action_plan_all (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskWindow *window = desk_window_of (GTK_WIDGET (DESK_LISTS_WINDOW (widget)->page));

  gtk_window_present (GTK_WINDOW (window));
  desk_window_run (window, "patients", "patients.plan-all", NULL);
}

static void
action_search (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_widget_grab_focus (DESK_LISTS_WINDOW (widget)->search);
}

static void
action_undo (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_widget_activate_action (GTK_WIDGET (DESK_LISTS_WINDOW (widget)->page), "win.undo", NULL);
}

static void
on_changed (DeskSession *session, guint kind, gint64 id, DeskListsWindow *self)
{
  static const DeskKind ours[] = { DESK_KIND_ANY, DESK_KIND_WAIT, DESK_KIND_VISIT, DESK_KIND_PATIENT };

  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    if (ours[i] == kind)
      {
        refresh (self);
        return;
      }
}

static void
desk_lists_window_dispose (GObject *object)
{
  DeskListsWindow *self = DESK_LISTS_WINDOW (object);

  if (self->page && self->on_changed)
    g_clear_signal_handler (&self->on_changed, desk_page_get_session (self->page));
  g_clear_object (&self->page);
  G_OBJECT_CLASS (desk_lists_window_parent_class)->dispose (object);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
}

static void
desk_lists_window_class_init (DeskListsWindowClass *klass)
{
  static const struct
  {
    const char *name, *parameter;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "lists.book", NULL, action_book }, { "lists.done", NULL, action_done },   { "lists.add", NULL, action_add },
    { "lists.list", "i", action_list },  { "lists.search", NULL, action_search },
    { "lists.undo", NULL, action_undo }, { "lists.plan-all", NULL, action_plan_all },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_lists_window_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter, actions[i].activate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "lists.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "lists.undo", NULL);
  for (int i = 0; i < N_LISTS; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_CONTROL_MASK, "lists.list", "i", i);
}

/* Letters alone work while a row has the focus, or they could not be typed in the filter. */
static void
add_keys (DeskListsWindow *self)
{
  static const char *const keys[][2] = { { "b", "lists.book" }, { "d", "lists.done" }, { "Delete", "lists.done" }, { "a", "lists.add" }, { "p", "lists.plan-all" } };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i][0]), gtk_named_action_new (keys[i][1])));
  gtk_widget_add_controller (self->rows, controller);
}

static GtkWidget *
make_tabs (DeskListsWindow *self)
{
  static const char *const labels[N_LISTS] = { N_("Waiting List"), N_("Recalls"), N_("Calls Due"), N_("Came Free") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < N_LISTS; i++)
    {
      g_autofree char *tip = g_strdup_printf ("Ctrl+%u", i + 1);

      self->tabs[i] = gtk_toggle_button_new_with_label (_(labels[i]));
      gtk_widget_set_tooltip_text (self->tabs[i], tip);
      if (i)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->tabs[i]), GTK_TOGGLE_BUTTON (self->tabs[0]));
      g_signal_connect (self->tabs[i], "toggled", G_CALLBACK (on_tab), self);
      gtk_box_append (GTK_BOX (box), self->tabs[i]);
    }
  return box;
}

static GtkWidget *
make_foot (DeskListsWindow *self)
{
  static const char *const actions[] = { "lists.add", "lists.book", "lists.done" };
  GtkWidget *bar = gtk_action_bar_new (), **buttons[] = { &self->add, &self->second, &self->third };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      *buttons[i] = gtk_button_new ();
      gtk_button_set_use_underline (GTK_BUTTON (*buttons[i]), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (*buttons[i]), actions[i]);
      gtk_action_bar_pack_start (GTK_ACTION_BAR (bar), *buttons[i]);
    }
  self->plan_all = gtk_button_new_with_label (_("Plan All Who Wait…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->plan_all), "lists.plan-all");
  gtk_widget_set_tooltip_text (self->plan_all, "P");
  gtk_action_bar_pack_end (GTK_ACTION_BAR (bar), self->plan_all);
  return bar;
}

static GtkWidget *
make_body (DeskListsWindow *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();

  self->rows = gtk_list_box_new ();
  gtk_widget_add_css_class (self->rows, "boxed-list");
  gtk_widget_set_valign (self->rows, GTK_ALIGN_START);
  gtk_widget_set_margin_start (self->rows, 12);
  gtk_widget_set_margin_end (self->rows, 12);
  gtk_widget_set_margin_bottom (self->rows, 12);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->rows), GTK_SELECTION_BROWSE);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->rows), FALSE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->rows), shows, self, NULL);
  g_signal_connect (self->rows, "row-activated", G_CALLBACK (on_activated), self);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1000);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->rows);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), clamp);
  self->none = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->none), "emblem-ok-symbolic");
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), scroll, "rows");
  gtk_stack_add_named (GTK_STACK (self->stack), self->none, "none");
  return self->stack;
}

static void
on_search (DeskListsWindow *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->rows));
}

static void
desk_lists_window_init (DeskListsWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new (), *overlay = adw_toast_overlay_new ();

  self->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->search = gtk_search_entry_new ();
  gtk_widget_set_margin_start (self->search, 12);
  gtk_widget_set_margin_end (self->search, 12);
  gtk_widget_set_margin_top (self->search, 6);
  gtk_widget_set_margin_bottom (self->search, 6);
  g_object_set (self->search, "placeholder-text", _("Show only rows with these words (Ctrl+F)"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Show only rows with these words"), -1);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), make_tabs (self));
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), make_body (self));
  gtk_box_append (GTK_BOX (box), make_foot (self));
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_search), self);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), box);
  adw_window_set_content (ADW_WINDOW (self), overlay);
  gtk_window_set_title (GTK_WINDOW (self), _("Lists"));
  gtk_window_set_default_size (GTK_WINDOW (self), 900, 620);
  add_keys (self);
}

static gboolean
on_close (DeskListsWindow *self, DeskPage *page)
{
  g_object_set_data (G_OBJECT (page), "lists", NULL);
  return GDK_EVENT_PROPAGATE;
}

DeskListsWindow *
desk_lists_window_show (DeskPage *page, const char *list)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
  DeskListsWindow *self = g_object_get_data (G_OBJECT (page), "lists");
  List which = WAITING;

  for (guint i = 0; i < N_LISTS; i++)
    if (g_strcmp0 (names[i], list) == 0)
      which = i;
  if (!self)
    {
      self = g_object_new (DESK_TYPE_LISTS_WINDOW, "transient-for", parent, NULL);
      self->page = g_object_ref (page);
      self->on_changed = g_signal_connect (desk_page_get_session (page), "changed", G_CALLBACK (on_changed), self);
      g_object_set_data (G_OBJECT (page), "lists", self);
      g_signal_connect (self, "close-request", G_CALLBACK (on_close), page);
    }
  go (self, which);
  gtk_window_present (GTK_WINDOW (self));
  GtkListBoxRow *first = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->rows));
  if (first)
    gtk_widget_grab_focus (GTK_WIDGET (first));
  return self;
}

char *
desk_lists_window_get_line (DeskListsWindow *self, guint index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->rows), (int) index);

  return row ? g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row))) : NULL;
}
