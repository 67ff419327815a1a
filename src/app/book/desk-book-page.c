#include "desk-book-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-bedside-window.h"
#include "desk-book-words.h"
#include "desk-commands.h"
#include "desk-course-dialog.h"
#include "desk-day-note-entry.h"
#include "desk-list-acts.h"
#include "desk-lists-window.h"
#include "desk-pin-acts.h"
#include "desk-ripple-dialog.h"
#include "desk-toast.h"
#include "desk-slot-dialog.h"
#include "desk-visit-acts.h"
#include "desk-visit-dialog.h"
#include "desk-words.h"

G_DEFINE_FINAL_TYPE (DeskBookPage, desk_book_page, DESK_TYPE_PAGE)

/* Whether there is a room, chair or person that visits can be booked into. */
static gboolean
has_resources (const DeskBookBoard *board)
{
  for (guint i = 0; i < board->resources->len; i++)
    if (((DeskResource *) g_ptr_array_index (board->resources, i))->active)
      return TRUE;
  return FALSE;
}

/* The note of the day that is shown; there is no line for it where there is none. */
static void
show_note (DeskBookPage *self, const DeskBookBoard *board)
{
  g_autoptr (GError) error = NULL;

  if (!desk_day_note_entry_show (self->note, DESK_PAGE (self), self->day, &error))
    desk_toast_error (GTK_WIDGET (self), error);
  gtk_widget_set_visible (GTK_WIDGET (self->note), board->mode == DESK_BOOK_DAY
                          && (!desk_day_note_entry_is_empty (self->note) || gtk_widget_get_focus_child (GTK_WIDGET (self->note))));
}

/* Reads what is shown again; FALSE when the store failed, which was told. */
gboolean
book_page_reload (DeskBookPage *self)
{
  DeskPage *page = DESK_PAGE (self);
  g_autoptr (GError) error = NULL;

  desk_book_view_bar_load (self->views, page);
  if (self->mode == DESK_BOOK_MONTH)
    return book_page_reload_month (self);
  DeskBookBoard *board = desk_book_board_load (desk_page_get_reader (page), desk_page_get_zone (page),
                                               desk_book_view_bar_get_view (self->views), self->mode, self->day, &error);
  if (!board)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return FALSE;
    }
  book_page_show_title (self, board);
  gtk_widget_set_visible (self->empty_bar, !has_resources (board));
  desk_book_grid_set_board (self->grid, board);
  desk_visit_panel_refresh (self->panel, board);
  show_note (self, board);
  if (!desk_pinboard_refresh (self->pinboard, page, board, &error))
    desk_toast_error (GTK_WIDGET (self), error);
  return TRUE;
}

/* Shows that day, or the week or month it is in, keeping the minute of the cursor. */
void
desk_book_page_go (DeskBookPage *self, DeskBookMode mode, DeskDay day)
{
  gboolean other = mode != self->mode || !desk_book_grid_get_board (self->grid);
  gboolean focused = (gtk_widget_get_state_flags (GTK_WIDGET (self->stack)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
  guint column = 0;
  int minute = 0;

  self->mode = mode;
  self->day = day;
  book_page_show_mode (self);
  desk_book_grid_get_slot (self->grid, &column, &minute);
  if (!book_page_reload (self) || !other)
    return;
  if (focused)
    gtk_widget_grab_focus (book_page_picture (self));
  if (mode == DESK_BOOK_MONTH)
    return;
  const DeskBookBoard *board = desk_book_grid_get_board (self->grid);
  desk_book_grid_select_slot (self->grid, mode == DESK_BOOK_WEEK ? (guint) (day - board->first) : 0, minute ? minute : board->opens);
}

static gboolean
on_reload (gpointer user_data)
{
  DeskBookPage *self = user_data;

  self->reload = 0;
  book_page_reload (self);
  return G_SOURCE_REMOVE;
}

static void
desk_book_page_changed (DeskPage *page, DeskKind kind, gint64 id)
{
  DeskBookPage *self = DESK_BOOK_PAGE (page);

  if (kind == DESK_KIND_DOCUMENT || kind == DESK_KIND_LETTER || kind == DESK_KIND_CONTAINER || kind == DESK_KIND_LOT)
    return;
  if (!self->reload)
    self->reload = g_idle_add (on_reload, self);
}

/* The visit under the cursor, or NULL; lent. */
static const DeskVisit *
current (DeskBookPage *self)
{
  gint64 id = self->mode == DESK_BOOK_MONTH ? 0 : desk_book_grid_get_visit (self->grid);

  return id ? desk_book_board_visit (desk_book_grid_get_board (self->grid), id) : NULL;
}

static const char *
next_status (DeskBookPage *self, const DeskVisit *visit)
{
  return desk_visit_next_status (visit->status, desk_page_is_coming (DESK_PAGE (self), visit->starts_at));
}

static void
on_cursor_moved (DeskBookPage *self)
{
  const DeskVisit *visit = current (self);
  gboolean writable = !desk_page_get_read_only (DESK_PAGE (self));
  gboolean open = visit && writable && !desk_visit_is_final (visit->status);

  gtk_label_set_label (self->sentence, book_page_sentence (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "book.next-step",
                                 visit && writable && next_status (self, visit));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "book.cancel", open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "book.cut", open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "book.pin", open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "book.move-to", open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "book.paste", writable && desk_book_moves_has_cut (self->moves));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "book.new", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "book.find-time", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "book.new-for", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "book.course", writable);
}

static void
on_dropped (DeskBookPage *self, gint64 visit_id, guint from, guint column, int minute, int minutes)
{
  const DeskVisit *visit = desk_book_board_visit (desk_book_grid_get_board (self->grid), visit_id);

  if (visit && !desk_page_get_read_only (DESK_PAGE (self)))
    desk_book_moves_place (self->moves, visit, from, column, minute, minutes);
}

static void
new_visit (DeskBookPage *self, gint64 patient_id, const char *type)
{
  const DeskBookBoard *board = desk_book_grid_get_board (self->grid);
  guint column;
  int minute;

  desk_book_grid_get_slot (self->grid, &column, &minute);
  const DeskBookColumn *place = desk_book_board_column (board, column);
  DeskDay day = place->day;
  gboolean pointed = !patient_id && !current (self);
  if (!pointed)
    {
      day = desk_page_get_today (DESK_PAGE (self));
      minute = desk_instant_minute (g_get_real_time () / G_USEC_PER_SEC, desk_page_get_zone (DESK_PAGE (self))) / 15 * 15 + 15;
    }
  if (self->mode == DESK_BOOK_MONTH && !patient_id)
    {
      day = desk_book_month_get_day (self->month);
      minute = board->opens;
      pointed = FALSE;
    }
  desk_visit_dialog_show_type (DESK_PAGE (self), day, minute, pointed ? place->resource_id : 0, patient_id, type);
}

static void
on_slot_activated (DeskBookPage *self, guint column, int minute)
{
  if (!desk_page_get_read_only (DESK_PAGE (self)))
    new_visit (self, 0, NULL);
}

static void
on_visit_activated (DeskBookPage *self, gint64 visit_id)
{
  GdkRectangle area;

  desk_book_grid_get_cursor_area (self->grid, &area);
  desk_visit_panel_show (self->panel, desk_book_grid_get_board (self->grid), visit_id, &area);
}

static void
action_new (GtkWidget *widget, const char *name, GVariant *target)
{
  new_visit (DESK_BOOK_PAGE (widget), 0, NULL);
}

/* "12", or "12 viral_test": for patient 12, perhaps with the type chosen. */
static void
action_new_for (GtkWidget *widget, const char *name, GVariant *target)
{
  const char *text = g_variant_get_string (target, NULL), *type = strchr (text, ' ');

  new_visit (DESK_BOOK_PAGE (widget), g_ascii_strtoll (text, NULL, 10), type ? g_intern_string (type + 1) : NULL);
}

static void
action_course (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);
  const DeskVisit *visit = current (self);

  desk_course_dialog_show (DESK_PAGE (self), MAX (self->day, desk_page_get_today (DESK_PAGE (self))),
                           visit ? visit->patient_id : 0);
}

static void
action_close_day (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);

  if (!desk_page_get_read_only (DESK_PAGE (self)))
    desk_ripple_dialog_show (DESK_PAGE (self), DESK_RIPPLE_CLOSED_DAY, 0,
                             MAX (self->day, desk_page_get_today (DESK_PAGE (self))));
}

static void
action_today (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);
  int minute = desk_instant_minute (g_get_real_time () / G_USEC_PER_SEC, desk_page_get_zone (DESK_PAGE (self)));

  desk_book_page_go (self, self->mode, desk_page_get_today (DESK_PAGE (self)));
  desk_book_month_select (self->month, self->day);
  if (self->mode != DESK_BOOK_MONTH)
    desk_book_grid_scroll_to_minute (self->grid, minute - 60);
}

static void
action_open (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);

  if (self->mode == DESK_BOOK_MONTH)
    book_page_on_day_activated (self, (int) desk_book_month_get_day (self->month));
  else if (desk_book_grid_get_visit (self->grid))
    on_visit_activated (self, desk_book_grid_get_visit (self->grid));
  else
    on_slot_activated (self, 0, 0);
}

static void
action_next_step (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);
  const DeskVisit *visit = current (self);

  if (visit && next_status (self, visit))
    desk_visit_act_status (widget, desk_page_get_session (DESK_PAGE (self)), visit, next_status (self, visit));
}

static void
action_bedside (GtkWidget *widget, const char *name, GVariant *target)
{
  const DeskVisit *visit = current (DESK_BOOK_PAGE (widget));

  if (visit && desk_bedside_window_serves (visit))
    desk_bedside_window_show (desk_window_of (widget), visit->id);
}

static void
action_cancel (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);
  GdkRectangle area;

  if (!current (self))
    return;
  desk_book_grid_get_cursor_area (self->grid, &area);
  desk_visit_panel_show_cancel (self->panel, desk_book_grid_get_board (self->grid), current (self)->id, &area);
}

static void
action_cut (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);

  if (current (self))
    desk_book_moves_cut (self->moves, current (self));
  on_cursor_moved (self);
}

static void
action_paste (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);

  if (self->mode == DESK_BOOK_MONTH) /* the day first, then the time on it */
    book_page_on_day_activated (self, (int) desk_book_month_get_day (self->month));
  else
    desk_book_moves_paste (self->moves);
  on_cursor_moved (self);
}

static void
action_lists (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_lists_window_show (DESK_PAGE (widget), g_variant_get_string (target, NULL));
}

static void
action_wait (GtkWidget *widget, const char *name, GVariant *target)
{
  const DeskVisit *visit = current (DESK_BOOK_PAGE (widget));

  if (visit)
    desk_waiting_dialog_show_for (DESK_PAGE (widget), visit->patient_id, visit);
}

static void
action_move_to (GtkWidget *widget, const char *name, GVariant *target)
{
  const DeskVisit *visit = current (DESK_BOOK_PAGE (widget));

  if (visit && !desk_visit_is_final (visit->status))
    desk_visit_dialog_show_move (DESK_PAGE (widget), visit);
}

static void
action_note (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);

  if (self->mode != DESK_BOOK_DAY)
    gtk_widget_activate_action (widget, "book.mode", "s", "day");
  gtk_widget_set_visible (GTK_WIDGET (self->note), TRUE);
  desk_day_note_entry_focus (self->note);
}

/* Onto the pinboard, or off it. */
static void
action_pin (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);
  const DeskVisit *visit = current (self);

  if (visit)
    desk_pin_act (widget, desk_page_get_session (DESK_PAGE (self)), visit, !desk_pinboard_find (self->pinboard, visit->id));
}

static void
action_pinboard (GtkWidget *widget, const char *name, GVariant *target)
{
  if (!desk_pinboard_focus (DESK_BOOK_PAGE (widget)->pinboard))
    desk_toast (widget, _("The pinboard is empty. P on a visit puts it there, and it can be placed on any other day."));
}

static void
on_pin_placed (DeskBookPage *self, gint64 visit_id)
{
  const DeskVisit *visit = desk_pinboard_find (self->pinboard, visit_id);
  guint column;
  int minute;

  if (!visit || desk_page_get_read_only (DESK_PAGE (self)))
    return;
  if (self->mode == DESK_BOOK_MONTH)
    {
      book_page_on_day_activated (self, (int) desk_book_month_get_day (self->month));
      return;
    }
  desk_book_grid_get_slot (self->grid, &column, &minute);
  desk_book_moves_place (self->moves, visit, G_MAXUINT, column, minute, (int) ((visit->ends_at - visit->starts_at) / 60));
}

static void
on_pin_shown (DeskBookPage *self, gint64 visit_id)
{
  desk_page_show (DESK_PAGE (self), DESK_KIND_VISIT, visit_id);
}

static void
on_pins_left (DeskBookPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
action_escape (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);

  if (!desk_book_grid_cancel_drag (self->grid))
    desk_book_moves_cut (self->moves, NULL);
  on_cursor_moved (self);
}

static void
desk_book_page_load (DeskPage *page)
{
  DeskBookPage *self = DESK_BOOK_PAGE (page);
  int minute = desk_instant_minute (g_get_real_time () / G_USEC_PER_SEC, desk_page_get_zone (page));
  const DeskClinic *clinic = desk_page_get_clinic (page);
  gboolean open_now = minute >= clinic->opens && minute < clinic->closes;

  desk_book_grid_set_read_only (self->grid, desk_page_get_read_only (page));
  desk_visit_panel_set_page (self->panel, page);
  desk_book_page_go (self, DESK_BOOK_DAY, desk_page_get_today (page));
  if (desk_book_grid_get_board (self->grid))
    desk_book_grid_scroll_to_minute (self->grid, open_now ? minute - 60 : clinic->opens - 30);
}

static void
desk_book_page_show (DeskPage *page, DeskKind kind, gint64 id)
{
  DeskBookPage *self = DESK_BOOK_PAGE (page);
  DeskBookMode mode = self->mode == DESK_BOOK_MONTH ? DESK_BOOK_DAY : self->mode;
  g_autoptr (GError) error = NULL;

  if (kind != DESK_KIND_VISIT)
    return;
  g_autoptr (DeskVisit) visit = desk_visit_load (desk_page_get_reader (page), id, &error);
  if (!visit)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  desk_book_page_go (self, mode, desk_instant_day (visit->starts_at, desk_page_get_zone (page)));
  desk_book_grid_select (self->grid, id);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
desk_book_page_enter (DeskPage *page)
{
  gtk_widget_grab_focus (book_page_picture (DESK_BOOK_PAGE (page)));
}

/* The grid, lent. */
DeskBookGrid *
desk_book_page_get_grid (DeskBookPage *self)
{
  return self->grid;
}

/* Keys that would be letters elsewhere work only while the grid has the focus. */
static void
add_local_keys (GtkWidget *widget)
{
  static const struct
  {
    const char *key, *action, *target;
  } more[] = {
    { "Home", "book.today", NULL },       { "<Alt>Left", "book.earlier", NULL },
    { "<Alt>Right", "book.later", NULL }, { "Escape", "book.escape", NULL },
    { "KP_Delete", "book.cancel", NULL },  { "<Control>equal", "book.zoom", "in" },
    { "<Control>KP_Add", "book.zoom", "in" }, { "<Control>KP_Subtract", "book.zoom", "out" },
  };
  guint n;
  const DeskCommand *commands = desk_commands (&n);
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < n + G_N_ELEMENTS (more); i++)
    {
      const char *key = i < n ? commands[i].key : more[i - n].key;
      const char *action = i < n ? commands[i].action : more[i - n].action;
      const char *target = i < n ? commands[i].target : more[i - n].target;

      if (i < n && !(commands[i].scope == DESK_SCOPE_OWN && g_strcmp0 (commands[i].place, "book") == 0))
        continue;
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (key), gtk_named_action_new (action));
      if (target)
        gtk_shortcut_set_arguments (shortcut, g_variant_new_string (target));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (widget, controller);
}

static void
desk_book_page_dispose (GObject *object)
{
  DeskBookPage *self = DESK_BOOK_PAGE (object);

  g_clear_handle_id (&self->reload, g_source_remove);
  g_clear_pointer (&self->moves, desk_book_moves_free);
  G_OBJECT_CLASS (desk_book_page_parent_class)->dispose (object);
}

/* For the patient and kind of the visit the cursor is on, otherwise for anybody. */
static void
action_find_time (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);
  const DeskVisit *visit = current (self);

  desk_slot_dialog_show (DESK_PAGE (self), desk_page_get_today (DESK_PAGE (self)), visit ? visit->patient_id : 0, visit ? visit->type : NULL);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name, *parameter;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "book.new", NULL, action_new },           { "book.new-for", "s", action_new_for },
    { "book.course", NULL, action_course },     { "book.today", NULL, action_today },
    { "book.open", NULL, action_open },
    { "book.next-step", NULL, action_next_step }, { "book.cancel", NULL, action_cancel },
    { "book.cut", NULL, action_cut },           { "book.paste", NULL, action_paste },
    { "book.pin", NULL, action_pin },           { "book.pinboard", NULL, action_pinboard },
    { "book.note", NULL, action_note },         { "book.close-day", NULL, action_close_day },
    { "book.move-to", NULL, action_move_to },   { "book.lists", "s", action_lists },
    { "book.wait", NULL, action_wait },         { "book.find-time", NULL, action_find_time },
    { "book.escape", NULL, action_escape },     { "book.bedside", NULL, action_bedside },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter, actions[i].activate);
}

static void
desk_book_page_class_init (DeskBookPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DeskPageClass *page_class = DESK_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_book_page_dispose;
  page_class->load = desk_book_page_load;
  page_class->changed = desk_book_page_changed;
  page_class->show = desk_book_page_show;
  page_class->enter = desk_book_page_enter;

  g_type_ensure (DESK_TYPE_BOOK_GRID);
  g_type_ensure (DESK_TYPE_BOOK_MONTH);
  g_type_ensure (DESK_TYPE_BOOK_VIEW_BAR);
  g_type_ensure (DESK_TYPE_VISIT_PANEL);
  g_type_ensure (DESK_TYPE_PINBOARD);
  g_type_ensure (DESK_TYPE_DAY_NOTE_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-book-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskBookPage, grid);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPage, pinboard);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPage, title);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPage, note);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPage, cut_label);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPage, empty_bar);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPage, day_button);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPage, week_button);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPage, month_button);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPage, rows);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPage, month);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPage, views);
  gtk_widget_class_bind_template_callback (widget_class, on_cursor_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_slot_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_visit_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_dropped);
  gtk_widget_class_bind_template_callback (widget_class, on_pin_placed);
  gtk_widget_class_bind_template_callback (widget_class, on_pin_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_pins_left);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_mode_toggled", G_CALLBACK (book_page_on_mode_toggled));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_rows_selected", G_CALLBACK (book_page_on_rows_selected));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_view_chosen", G_CALLBACK (book_page_on_view_chosen));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_day_activated", G_CALLBACK (book_page_on_day_activated));
  install_actions (widget_class);
  book_page_views_class_init (widget_class);
}

static void
desk_book_page_init (DeskBookPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->moves = desk_book_moves_new (DESK_PAGE (self), self->grid, self->cut_label);
  self->panel = DESK_VISIT_PANEL (desk_visit_panel_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->panel), GTK_WIDGET (self->grid));
  add_local_keys (GTK_WIDGET (self->grid));
  add_local_keys (GTK_WIDGET (self->month));
}
