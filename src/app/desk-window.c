#include "desk-window.h"

#include <glib/gi18n.h>

#include "desk-about.h"
#include "desk-bedside-window.h"
#include "desk-book-page.h"
#include "desk-cells-page.h"
#include "desk-clinic-contents.h"
#include "desk-clinics.h"
#include "desk-commands.h"
#include "desk-letter-watch.h"
#include "desk-nightly.h"
#include "desk-open.h"
#include "desk-export-dialog.h"
#include "desk-label-dialog.h"
#include "desk-label-job.h"
#include "desk-leave.h"
#include "desk-palette.h"
#include "desk-print-leave.h"
#include "desk-papers-page.h"
#include "desk-passphrase.h"
#include "desk-patients-page.h"
#include "desk-scan.h"
#include "desk-settings.h"
#include "desk-setup-window.h"
#include "desk-shortcuts.h"
#include "desk-toast.h"
#include "desk-undo.h"
#include "desk-unneeded-dialog.h"
#include "desk-today-page.h"
#include "desk-vault-bar.h"
#include "desk-words.h"

struct _DeskWindow
{
  AdwApplicationWindow parent_instance;

  DeskSession *session;
  GPtrArray *staff; /* of DeskStaff */

  AdwViewStack *stack;
  GtkWidget *sample_bar;
  GtkWidget *read_only_bar;
  DeskVaultBar *vault_bar;
  GtkMenuButton *actor_button;
  GtkMenuButton *menu_button;
  GMenuModel *primary_menu;
  AdwToastOverlay *toasts;
  gboolean discarding; /* what was typed is given up, the window may close */
};

G_DEFINE_FINAL_TYPE (DeskWindow, desk_window, ADW_TYPE_APPLICATION_WINDOW)

/* In the order of the switcher, which is that of desk-window.ui. */
static const struct
{
  const char *name;
  GType (*get_type) (void);
} places[] = {
  { "today", desk_today_page_get_type }, { "book", desk_book_page_get_type },     { "patients", desk_patients_page_get_type },
  { "cells", desk_cells_page_get_type }, { "papers", desk_papers_page_get_type },
};

static const struct
{
  DeskKind kind;
  const char *place;
} homes[] = {
  { DESK_KIND_PATIENT, "patients" }, { DESK_KIND_DOCUMENT, "papers" }, { DESK_KIND_INBOX, "papers" }, { DESK_KIND_UNIT, "cells" },
  { DESK_KIND_LOT, "cells" },        { DESK_KIND_CONTAINER, "cells" }, { DESK_KIND_LOOKBACK, "cells" }, { DESK_KIND_VISIT, "book" },
  { DESK_KIND_LETTER, "papers" },
};

static DeskPage *
build_page (DeskWindow *self, AdwBin *slot, const char *place)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].name, place))
      {
        DeskPage *page = g_object_new (places[i].get_type (), NULL);

        adw_bin_set_child (slot, GTK_WIDGET (page));
        desk_page_set_session (page, self->session);
        return page;
      }
  g_return_val_if_reached (NULL);
}

/* Lends the page of that name: today, book, patients, cells, papers; NULL for another name. A page is built when it
 * is first asked for: the window opens as quickly as the one page it shows. */
DeskPage *
desk_window_get_page (DeskWindow *self, const char *place)
{
  GtkWidget *slot = adw_view_stack_get_child_by_name (self->stack, place);
  GtkWidget *page = slot ? adw_bin_get_child (ADW_BIN (slot)) : NULL;

  if (slot && !page)
    return build_page (self, ADW_BIN (slot), place);
  return (DeskPage *) page;
}

static void
build_visible_page (DeskWindow *self)
{
  desk_window_get_page (self, adw_view_stack_get_visible_child_name (self->stack));
}

/* The switcher of the header bar has shown another place. */
static void
on_visible_child (AdwViewStack *stack, GParamSpec *pspec, DeskWindow *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    build_visible_page (self);
}

/* Goes to a place and puts the focus where its work begins. */
void
desk_window_go (DeskWindow *self, const char *place)
{
  adw_view_stack_set_visible_child_name (self->stack, place);
  desk_page_enter (desk_window_get_page (self, place));
}

/* Goes to the place where a thing of that kind lives, and shows it. */
void
desk_window_show (DeskWindow *self, DeskKind kind, gint64 id)
{
  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    if (homes[i].kind == kind)
      {
        adw_view_stack_set_visible_child_name (self->stack, homes[i].place);
        desk_page_show (desk_window_get_page (self, homes[i].place), kind, id);
      }
}

/* Activates an action of a page, going there first, or of the window (place NULL). */
void
desk_window_run (DeskWindow *self, const char *place, const char *action, const char *target)
{
  if (place && g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), place) != 0)
    desk_window_go (self, place);

  GtkWidget *widget = place ? desk_page_part (desk_window_get_page (self, place), action) : GTK_WIDGET (self);
  if (target)
    gtk_widget_activate_action (widget, action, "s", target);
  else
    gtk_widget_activate_action (widget, action, NULL);
}

/* The window a widget is in, or NULL. */
DeskWindow *
desk_window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWindow *window = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;

  while (window && !DESK_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  return (DeskWindow *) window;
}

/* Lent. */
DeskSession *
desk_window_get_session (DeskWindow *self)
{
  return self->session;
}

static void
action_place (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_window_go (DESK_WINDOW (widget), g_variant_get_string (target, NULL));
}

static void
action_search (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_palette_show (DESK_WINDOW (widget));
}

static void
action_bedside (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_bedside_window_choose (DESK_WINDOW (widget));
}

static void
action_export (GtkWidget *widget, const char *name, GVariant *target)
{
  static const struct
  {
    const char *name;
    DeskExport what;
  } exports[] = { { "inventory", DESK_EXPORT_INVENTORY }, { "daysheet", DESK_EXPORT_DAYSHEET }, { "clinic", DESK_EXPORT_CLINIC } };
  DeskWindow *self = DESK_WINDOW (widget);
  DeskDay today = desk_page_get_today (desk_window_get_page (self, "today"));

  for (guint i = 0; i < G_N_ELEMENTS (exports); i++)
    if (g_str_equal (exports[i].name, g_variant_get_string (target, NULL)))
      desk_export_ask (GTK_WINDOW (self), self->session, exports[i].what, 0, today);
}

static void
action_labels (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_label_dialog_show (DESK_WINDOW (widget), NULL);
}

static void
on_sheet_response (GtkNativeDialog *chooser, int response, DeskWindow *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT && path)
    {
      if (desk_command_sheet_print_pdf (path, TRUE, &error))
        desk_toast (GTK_WIDGET (self), _("The sheet is saved. Print it and hang it where cells are handled."));
      else
        desk_toast_error (GTK_WIDGET (self), error);
    }
  g_object_unref (chooser);
}

static void
action_command_sheet (GtkWidget *widget, const char *name, GVariant *target)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Save the Sheet of Commands"), GTK_WINDOW (widget),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), "commands.pdf");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_sheet_response), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
action_undo (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_toast_take_back (widget);
}

static void
action_settings (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_setup_window_show (GTK_WINDOW (widget), DESK_WINDOW (widget)->session);
}

static void
action_set_up (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskSetupWindow *settings = desk_setup_window_show (GTK_WINDOW (widget), DESK_WINDOW (widget)->session);

  gtk_widget_activate_action_variant (GTK_WIDGET (settings), "setup.page", target);
}

static void
action_unneeded (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_unneeded_dialog_show (GTK_WINDOW (widget), DESK_WINDOW (widget)->session);
}

static void
action_passphrase (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskWindow *self = DESK_WINDOW (widget);
  DeskProtection protection = desk_clinic_contents_protection (self->session);

  if (desk_session_get_read_only (self->session))
    desk_toast (widget, _("This clinic file can only be read."));
  else if (protection == DESK_PROTECTION_OPEN)
    desk_toast (widget, _("The sample clinic needs no passphrase."));
  else
    desk_passphrase_show (GTK_WINDOW (self), self->session,
                          protection == DESK_PROTECTION_NONE ? DESK_PASSPHRASE_CHOOSE : DESK_PASSPHRASE_CHANGE);
}

static void
action_open (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_open_choose (GTK_WINDOW (widget), NULL, NULL);
}

static void
action_shortcuts (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_shortcuts_show (GTK_WINDOW (widget));
}

static void
action_about (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_about_show (GTK_WINDOW (widget));
}

static void
action_language (GtkWidget *widget, const char *name, GVariant *target)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (widget));

  g_action_group_activate_action (G_ACTION_GROUP (application), "language", target);
}

static void
show_actor (DeskWindow *self)
{
  gint64 actor = desk_session_get_actor (self->session);

  for (guint i = 0; i < self->staff->len; i++)
    {
      DeskStaff *staff = g_ptr_array_index (self->staff, i);

      if (staff->id == actor)
        gtk_menu_button_set_label (self->actor_button, desk_words_pick (staff->name, staff->name_ja));
    }
}

static void
action_actor (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskWindow *self = DESK_WINDOW (widget);

  desk_session_set_actor (self->session, g_ascii_strtoll (g_variant_get_string (target, NULL), NULL, 10));
  show_actor (self);
}

static gboolean
on_shortcut (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  const DeskCommand *command = user_data;
  DeskWindow *self = DESK_WINDOW (widget);

  if (command->scope == DESK_SCOPE_PAGE
      && g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), command->place) != 0)
    return FALSE;
  desk_window_run (self, command->place, command->action, command->target);
  return TRUE;
}

static void
add_keys (DeskWindow *self)
{
  guint n;
  const DeskCommand *commands = desk_commands (&n);
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < n; i++)
    if (commands[i].key && commands[i].scope != DESK_SCOPE_OWN)
      gtk_shortcut_controller_add_shortcut (
          GTK_SHORTCUT_CONTROLLER (controller),
          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (commands[i].key),
                            gtk_callback_action_new (on_shortcut, (gpointer) &commands[i], NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* Somebody answers for what is done here: the first of the list until another is chosen. */
static void
check_actor (DeskWindow *self)
{
  gint64 actor = desk_session_get_actor (self->session);

  for (guint i = 0; i < self->staff->len; i++)
    if (((DeskStaff *) g_ptr_array_index (self->staff, i))->id == actor)
      return;
  desk_session_set_actor (self->session, self->staff->len ? ((DeskStaff *) g_ptr_array_index (self->staff, 0))->id : 0);
}

static void
on_menu_wanted (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_menu_model (button) != menu)
    gtk_menu_button_set_menu_model (button, menu);
}

/* The menu's widgets are built when it is first opened: the window is there sooner. */
static void
set_menu (GtkMenuButton *button, GMenuModel *menu)
{
  gtk_menu_button_set_create_popup_func (button, on_menu_wanted, g_object_ref (menu), g_object_unref);
}

static void
fill_actors (DeskWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMenu) menu = g_menu_new ();

  g_clear_pointer (&self->staff, g_ptr_array_unref);
  self->staff = desk_staff_list (desk_session_reader (self->session), TRUE, &error);
  if (!self->staff)
    {
      g_warning ("cannot read the staff: %s", error->message);
      self->staff = g_ptr_array_new ();
    }
  for (guint i = 0; i < self->staff->len; i++)
    {
      DeskStaff *staff = g_ptr_array_index (self->staff, i);
      g_autofree char *label
          = g_strdup_printf ("%s · %s", desk_words_pick (staff->name, staff->name_ja), desk_words ("role", staff->role));
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, staff->id);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.actor", "s", id);
      g_menu_append_item (menu, item);
    }
  if (self->staff->len == 0)
    {
      g_menu_append (menu, _("Add People…"), "win.set-up::staff");
      gtk_menu_button_set_label (self->actor_button, _("Nobody yet"));
    }
  set_menu (self->actor_button, G_MENU_MODEL (menu));
  check_actor (self);
  show_actor (self);
}

static void
show_clinic (DeskWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskClinic) clinic = desk_clinic_load (desk_session_reader (self->session), &error);

  /* A file without the record yet: the settings make it. */
  if (!clinic && !g_error_matches (error, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    g_warning ("cannot read the clinic: %s", error->message);
  gtk_widget_set_visible (self->sample_bar, clinic && clinic->is_sample);
  gtk_window_set_title (GTK_WINDOW (self), clinic ? desk_words_pick (clinic->name, clinic->name_ja) : "Uketsuke");
}

static void
on_changed (DeskSession *session, guint kind, gint64 id, gpointer user_data)
{
  if (kind != DESK_KIND_CLINIC && kind != DESK_KIND_ANY)
    return;
  fill_actors (user_data);
  show_clinic (user_data);
}

static void
set_session (DeskWindow *self, DeskSession *session)
{
  self->session = g_object_ref (session);
  desk_nightly_start (session);
  desk_letter_watch_start (session);
  fill_actors (self);
  show_clinic (self);
  gtk_widget_set_visible (self->read_only_bar, desk_session_get_read_only (session));
  desk_vault_bar_set_session (self->vault_bar, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed), self, 0);
}

static void
desk_window_map (GtkWidget *widget)
{
  build_visible_page (DESK_WINDOW (widget));
  GTK_WIDGET_CLASS (desk_window_parent_class)->map (widget);
}

static gboolean
unsaved (DeskWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkWidget *slot = adw_view_stack_get_child_by_name (self->stack, places[i].name);
      GtkWidget *page = adw_bin_get_child (ADW_BIN (slot));

      if (page && desk_page_unsaved (DESK_PAGE (page)))
        return TRUE;
    }
  return FALSE;
}

static void
close_all_the_same (gpointer user_data)
{
  DESK_WINDOW (user_data)->discarding = TRUE;
  gtk_window_close (user_data);
}

static gboolean
desk_window_close_request (GtkWindow *window)
{
  DeskWindow *self = DESK_WINDOW (window);

  if (!self->discarding && unsaved (self))
    {
      desk_leave_ask (window, close_all_the_same, g_object_ref (self), g_object_unref);
      return TRUE;
    }
  if (self->session && desk_print_leave_ask (window, self->session))
    return TRUE;
  if (!gtk_window_is_maximized (window))
    {
      desk_settings_set_int ("width", gtk_widget_get_width (GTK_WIDGET (self)));
      desk_settings_set_int ("height", gtk_widget_get_height (GTK_WIDGET (self)));
    }
  desk_settings_set ("place", adw_view_stack_get_visible_child_name (self->stack));
  /* A save that was asked for just now is done before the program ends. */
  if (self->session)
    desk_session_finish (self->session);
  return GTK_WINDOW_CLASS (desk_window_parent_class)->close_request (window);
}

static void
desk_window_dispose (GObject *object)
{
  DeskWindow *self = DESK_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->staff, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_window_parent_class)->dispose (object);
}

static void
desk_window_class_init (DeskWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = desk_window_close_request;
  widget_class->map = desk_window_map;

  g_type_ensure (DESK_TYPE_VAULT_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, sample_bar);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, read_only_bar);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, vault_bar);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, actor_button);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, DeskWindow, toasts);
  gtk_widget_class_bind_template_callback (widget_class, on_visible_child);

  gtk_widget_class_install_action (widget_class, "win.place", "s", action_place);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, action_search);
  gtk_widget_class_install_action (widget_class, "win.export", "s", action_export);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, action_undo);
  gtk_widget_class_install_action (widget_class, "win.recent", NULL, desk_undo_action);
  gtk_widget_class_install_action (widget_class, "win.labels", NULL, action_labels);
  gtk_widget_class_install_action (widget_class, "win.command-sheet", NULL, action_command_sheet);
  gtk_widget_class_install_action (widget_class, "win.settings", NULL, action_settings);
  gtk_widget_class_install_action (widget_class, "win.set-up", "s", action_set_up);
  gtk_widget_class_install_action (widget_class, "win.passphrase", NULL, action_passphrase);
  gtk_widget_class_install_action (widget_class, "win.unneeded", NULL, action_unneeded);
  gtk_widget_class_install_action (widget_class, "win.open", NULL, action_open);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, action_shortcuts);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, action_about);
  gtk_widget_class_install_action (widget_class, "win.language", "s", action_language);
  gtk_widget_class_install_action (widget_class, "win.actor", "s", action_actor);
  gtk_widget_class_install_action (widget_class, "win.bedside", NULL, action_bedside);
}

/* Files may be dropped anywhere: they go into the inbox. */
static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, DeskWindow *self)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autoptr (GListStore) store = g_list_store_new (G_TYPE_FILE);

  if (desk_session_get_read_only (self->session) || !files)
    return FALSE;
  for (GSList *l = files; l; l = l->next)
    g_list_store_append (store, l->data);
  desk_window_go (self, "papers");
  desk_papers_page_take_files (DESK_PAPERS_PAGE (desk_window_get_page (self, "papers")), G_LIST_MODEL (store));
  return TRUE;
}

static void
desk_window_init (DeskWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  set_menu (self->menu_button, self->primary_menu);
  add_keys (self);
  desk_scan_watch (GTK_WINDOW (self));
}

/* At opening: asks for the clinic's passphrase where there is one, or to choose one. */
void
desk_window_ask_passphrase (DeskWindow *self)
{
  desk_vault_bar_offer (self->vault_bar);
}

/* A window on an open clinic. */
DeskWindow *
desk_window_new (GtkApplication *application, DeskSession *session)
{
  DeskWindow *self = g_object_new (DESK_TYPE_WINDOW, "application", application, NULL);

  gtk_window_set_default_size (GTK_WINDOW (self), desk_settings_get_int ("width", 1320), desk_settings_get_int ("height", 740));
  set_session (self, session);
  return self;
}
