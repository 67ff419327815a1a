#include "desk-inbox-view-private.h"

#include <glib/gi18n.h>

#include "desk-document.h"
#include "desk-inbox-row.h"
#include "desk-one-stop.h"
#include "desk-toast.h"
#include "desk-window.h"

G_DEFINE_FINAL_TYPE (DeskInboxView, desk_inbox_view, ADW_TYPE_BIN)

static DeskDb *
reader (DeskInboxView *self)
{
  return desk_page_get_reader (self->page);
}

gboolean
desk_inbox_view_is_aside (DeskInboxView *self)
{
  return gtk_drop_down_get_selected (self->which) == 1;
}

static GPtrArray *
read_rows (const gint64 *ids, guint n_ids, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = desk_inbox_rows (reader (user_data), ids, n_ids, &error);

  if (!rows)
    g_warning ("cannot read the inbox: %s", error->message);
  return rows ? rows : g_ptr_array_new ();
}

/* The ids chosen, in the order of the list. */
GArray *
desk_inbox_view_chosen (DeskInboxView *self)
{
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, set, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 id = desk_list_model_get_id (self->model, position);

      if (id)
        g_array_append_val (ids, id);
    }
  return ids;
}

static void
enable_actions (DeskInboxView *self)
{
  gboolean writable = !desk_page_get_read_only (self->page), any = writable && self->shown;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.file", any && !desk_inbox_view_is_aside (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.aside", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.add", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.link", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.paste", writable);
  gtk_button_set_label (self->aside, desk_inbox_view_is_aside (self) ? _("Back to the Inbox") : _("Put Aside"));
}

/* Shows what is chosen; the first of several is looked at and gives the form its title. */
static void
show_chosen (DeskInboxView *self)
{
  g_autoptr (GArray) ids = desk_inbox_view_chosen (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = desk_inbox_rows (reader (self), (const gint64 *) (gpointer) ids->data, ids->len, &error);
  const DeskInboxItem *item = items && items->len > 0 ? items->pdata[0] : NULL;

  for (guint i = 0; items && i < items->len; i++)
    if (!items->pdata[i])
      g_ptr_array_remove_index (items, i--);
  item = items && items->len > 0 ? items->pdata[0] : NULL;
  if (!items)
    desk_toast_error (GTK_WIDGET (self), error);
  if (!item)
    {
      desk_inbox_view_keep_draft (self);
      desk_inbox_view_show_nothing (self);
      enable_actions (self);
      return;
    }
  desk_inbox_parts_show (self->parts, items);
  if (item->id != self->shown)
    desk_inbox_view_show_item (self, item);
  desk_inbox_view_show_known (self, item);
  desk_list_model_find (self->model, self->shown, &self->place);
  gtk_stack_set_visible_child_name (self->stack, "item");
  enable_actions (self);
}

static void
on_selection (GtkSelectionModel *selection, guint position, guint n_items, DeskInboxView *self)
{
  if (!self->selecting)
    show_chosen (self);
}

static void
select_position (DeskInboxView *self, guint position)
{
  self->selecting = TRUE;
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  if (position < g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  self->selecting = FALSE;
}

/* Reads the inbox again; what was chosen stays chosen, and where that is gone the next one is. */
void
desk_inbox_view_refresh (DeskInboxView *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) before = desk_inbox_view_chosen (self);
  GArray *ids = desk_inbox_ids (reader (self), desk_inbox_view_is_aside (self), &error);
  guint n = 0, position;

  if (!ids)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_autofree char *count = g_strdup_printf (g_dngettext (NULL, "%u paper", "%u papers", ids->len), ids->len);
  gtk_label_set_label (self->count, count);
  self->selecting = TRUE;
  desk_list_model_set_ids (self->model, ids);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  for (guint i = 0; i < before->len; i++)
    if (desk_list_model_find (self->model, g_array_index (before, gint64, i), &position))
      {
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, FALSE);
        n++;
      }
  self->selecting = FALSE;
  if (n == 0 && before->len > 0 && ids->len > 0)
    select_position (self, MIN (self->place, ids->len - 1));
  show_chosen (self);
}

/* Puts the focus on the list, and begins with the first where nothing is chosen. */
void
desk_inbox_view_enter (DeskInboxView *self)
{
  if (!self->shown && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    {
      select_position (self, 0);
      show_chosen (self);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  if (self->shown)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", self->place);
}

/* Shows one item. */
void
desk_inbox_view_show (DeskInboxView *self, gint64 id)
{
  guint position;

  if (!desk_list_model_find (self->model, id, &position))
    {
      gtk_drop_down_set_selected (self->which, 0);
      desk_inbox_view_refresh (self);
    }
  if (desk_list_model_find (self->model, id, &position))
    {
      select_position (self, position);
      show_chosen (self);
    }
}

static void
on_which (GtkDropDown *which, GParamSpec *pspec, DeskInboxView *self)
{
  if (!self->page)
    return;
  select_position (self, G_MAXUINT);
  desk_inbox_view_refresh (self);
}

static void
action_file (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_inbox_view_file (DESK_INBOX_VIEW (widget));
}

static void
action_aside (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_inbox_view_put_aside (DESK_INBOX_VIEW (widget));
}

static void
on_submitted (DeskPaperForm *form, DeskInboxView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "inbox.file", NULL);
}

static void
action_guess (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskInboxView *self = DESK_INBOX_VIEW (widget);

  if (self->guessed)
    desk_inbox_view_set_patient (self, self->guessed);
}

static void
action_consent (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_inbox_view_file_consent (DESK_INBOX_VIEW (widget));
}

static void
action_before (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskInboxView *self = DESK_INBOX_VIEW (widget);

  if (self->before)
    desk_inbox_view_set_patient (self, self->before);
}

static void
action_repeat (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_inbox_view_repeat (DESK_INBOX_VIEW (widget));
}

/* Enter in the list: takes the patient the file's own name offers, asks for a kind, then files. Whose the paper before
 * was takes a key of its own: this one may be somebody else's. */
static void
on_list_activate (GtkListView *list, guint position, DeskInboxView *self)
{
  if (!self->shown || desk_inbox_view_is_aside (self))
    return;
  if (!desk_patient_picker_get_id (self->picker) && self->guessed)
    desk_inbox_view_set_patient (self, self->guessed);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "inbox.file", NULL);
}

static void
action_show_known (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskInboxView *self = DESK_INBOX_VIEW (widget);

  if (self->known)
    desk_window_show (desk_window_of (widget), DESK_KIND_DOCUMENT, self->known);
}

/* ── keys ── */

static gboolean
is_typing (DeskInboxView *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  return focus && GTK_IS_EDITABLE (focus);
}

static int
kind_of_key (guint key)
{
  if (key >= GDK_KEY_0 && key <= GDK_KEY_9)
    return (key - GDK_KEY_0 + 9) % 10;
  if (key >= GDK_KEY_KP_0 && key <= GDK_KEY_KP_9)
    return (key - GDK_KEY_KP_0 + 9) % 10;
  return -1;
}

/* A digit chooses the kind where it is not being typed; with Ctrl it does so anywhere. */
static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, DeskInboxView *self)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0, alt = (state & GDK_ALT_MASK) != 0, typing = is_typing (self);
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;
  int kind = kind_of_key (key);

  if (alt || (typing && !control))
    return FALSE;
  if (kind >= 0 && self->shown)
    desk_paper_form_choose_kind (self->form, kind);
  else if ((control && shift && key == GDK_KEY_space) || (!typing && key == GDK_KEY_equal))
    gtk_widget_activate_action (GTK_WIDGET (self), "inbox.repeat", NULL);
  else if (control && key == GDK_KEY_space)
    gtk_widget_activate_action (GTK_WIDGET (self), "inbox.before", NULL);
  else if (control && key == GDK_KEY_v && !typing)
    gtk_widget_activate_action (GTK_WIDGET (self), "inbox.paste", NULL);
  else if (!control && (key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete))
    gtk_widget_activate_action (GTK_WIDGET (self), "inbox.aside", NULL);
  else
    return !control && self->shown && desk_paper_preview_key (self->preview, key, state);
  return TRUE;
}

/* Whether anything was begun that is not filed. */
gboolean
desk_inbox_view_unsaved (DeskInboxView *self)
{
  return g_hash_table_size (self->drafts) > 0 || (self->shown && desk_paper_form_is_dirty (self->form));
}

/* Gives the view the page it is in. */
void
desk_inbox_view_load (DeskInboxView *self, DeskPage *page)
{
  g_autoptr (GtkListItemFactory) factory = desk_inbox_row_factory (desk_page_get_zone (page));

  self->page = page;
  desk_inbox_view_make_adder (self);
  desk_patient_picker_set_db (self->picker, reader (self));
  desk_paper_form_load (self->form, page);
  desk_paper_preview_load (self->preview, page);
  gtk_list_view_set_factory (self->list, factory);
  desk_inbox_view_refresh (self);
}

static void
desk_inbox_view_dispose (GObject *object)
{
  DeskInboxView *self = DESK_INBOX_VIEW (object);

  if (self->adder)
    desk_inbox_adder_cancel (self->adder);
  g_clear_object (&self->adder);
  g_clear_object (&self->model);
  g_clear_pointer (&self->drafts, g_hash_table_unref);
  g_clear_pointer (&self->last, desk_document_free);
  G_OBJECT_CLASS (desk_inbox_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-inbox-view.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, DeskInboxView, child)
  BIND (adding);
  BIND (adding_text);
  BIND (adding_bar);
  BIND (count);
  BIND (which);
  BIND (list);
  BIND (selection);
  BIND (stack);
  BIND (empty);
  BIND (preview);
  BIND (what);
  BIND (known_bar);
  BIND (known_text);
  BIND (known_show);
  BIND (parts);
  BIND (picker);
  BIND (patient_problem);
  BIND (consent_button);
  BIND (guess_button);
  BIND (before_button);
  BIND (repeat_button);
  BIND (aside);
  BIND (form);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, on_which);
  gtk_widget_class_bind_template_callback (widget_class, on_selection);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activate);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_patient", G_CALLBACK (desk_inbox_view_on_patient));
  gtk_widget_class_bind_template_callback (widget_class, on_submitted);
}

static void
desk_inbox_view_class_init (DeskInboxViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_inbox_view_dispose;
  g_type_ensure (DESK_TYPE_ONE_STOP);
  g_type_ensure (DESK_TYPE_PAPER_PREVIEW);
  g_type_ensure (DESK_TYPE_PAPER_FORM);
  g_type_ensure (DESK_TYPE_PATIENT_PICKER);
  g_type_ensure (DESK_TYPE_INBOX_PARTS);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "inbox.file", NULL, action_file);
  gtk_widget_class_install_action (widget_class, "inbox.aside", NULL, action_aside);
  gtk_widget_class_install_action (widget_class, "inbox.guess", NULL, action_guess);
  gtk_widget_class_install_action (widget_class, "inbox.consent", NULL, action_consent);
  gtk_widget_class_install_action (widget_class, "inbox.before", NULL, action_before);
  gtk_widget_class_install_action (widget_class, "inbox.repeat", NULL, action_repeat);
  gtk_widget_class_install_action (widget_class, "inbox.add", NULL, desk_inbox_view_action_add);
  gtk_widget_class_install_action (widget_class, "inbox.link", NULL, desk_inbox_view_action_link);
  gtk_widget_class_install_action (widget_class, "inbox.paste", NULL, desk_inbox_view_action_paste);
  gtk_widget_class_install_action (widget_class, "inbox.stop", NULL, desk_inbox_view_action_stop);
  gtk_widget_class_install_action (widget_class, "inbox.show-known", NULL, action_show_known);
}

static guint
hash_id (gconstpointer id)
{
  return g_int64_hash (id);
}

static void
desk_inbox_view_init (DeskInboxView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->drafts = g_hash_table_new_full (hash_id, g_int64_equal, g_free, (GDestroyNotify) desk_document_free);
  self->model = desk_list_model_new (read_rows, self);
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (self->model));
  /* Before the list's own keys: Page Down turns the paper's page, not the list. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
