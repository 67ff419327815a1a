/* Which picture the page shows: day, week or month, by which named view, how fine, and the steps through time. */
#include <glib/gi18n.h>
#include <string.h>

#include "desk-book-page-private.h"
#include "desk-book-printing.h"
#include "desk-book-view-acts.h"
#include "desk-book-view-dialog.h"
#include "desk-toast.h"
#include "desk-words.h"

static const int row_choices[] = { 5, 10, 15 };

static const char *const mode_names[] = { [DESK_BOOK_DAY] = "day", [DESK_BOOK_WEEK] = "week", [DESK_BOOK_MONTH] = "month" };

static DeskBookMode
mode_of (const char *name)
{
  return strcmp (name, "week") == 0 ? DESK_BOOK_WEEK : strcmp (name, "month") == 0 ? DESK_BOOK_MONTH : DESK_BOOK_DAY;
}

void
book_page_show_title (DeskBookPage *self, const DeskBookBoard *board)
{
  g_autofree char *first = desk_words_day (board->first);
  g_autofree char *last = desk_words_day_short (board->first + 6);
  const char *closed = desk_book_board_column (board, 0)->closed;
  g_autofree char *words = board->mode == DESK_BOOK_WEEK ? g_strdup_printf ("%s – %s", first, last)
                           : closed                      ? g_strdup_printf ("%s · %s", first, closed)
                                                         : g_strdup (first);

  gtk_label_set_label (self->title, words);
}

/* The buttons and the picture of the mode; what is pressed already stays quiet. */
void
book_page_show_mode (DeskBookPage *self)
{
  GtkToggleButton *buttons[] = { self->day_button, self->week_button, self->month_button };
  gboolean month = self->mode == DESK_BOOK_MONTH;

  gtk_toggle_button_set_active (buttons[self->mode], TRUE);
  gtk_stack_set_visible_child_name (self->stack, month ? "month" : "grid");
  gtk_widget_set_sensitive (GTK_WIDGET (self->rows), !month);
  if (month)
    {
      desk_book_month_select (self->month, self->day);
      gtk_widget_set_visible (GTK_WIDGET (self->note), FALSE);
    }
}

gboolean
book_page_reload_month (DeskBookPage *self)
{
  DeskPage *page = DESK_PAGE (self);
  g_autoptr (GError) error = NULL;
  DeskBookMonthBoard *board = desk_book_month_board_load (desk_page_get_reader (page), desk_page_get_zone (page),
                                                          desk_book_view_bar_get_view (self->views), self->day,
                                                          desk_page_get_today (page), &error);

  if (!board)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return FALSE;
    }
  g_autofree char *title = desk_book_month_title (board);
  gtk_label_set_label (self->title, title);
  desk_book_month_set_board (self->month, board);
  return TRUE;
}

/* What the cursor is on, lent. */
const char *
book_page_sentence (DeskBookPage *self)
{
  return self->mode == DESK_BOOK_MONTH ? desk_book_month_get_sentence (self->month) : desk_book_grid_get_sentence (self->grid);
}

/* The widget that is the book just now. */
GtkWidget *
book_page_picture (DeskBookPage *self)
{
  return self->mode == DESK_BOOK_MONTH ? GTK_WIDGET (self->month) : GTK_WIDGET (self->grid);
}

static void
set_rows (DeskBookPage *self, int rows)
{
  for (guint i = 0; i < G_N_ELEMENTS (row_choices); i++)
    if (row_choices[i] == rows)
      gtk_drop_down_set_selected (self->rows, i);
}

/* A view is shown as it was kept; without one the picture stays and has all columns. */
void
book_page_on_view_chosen (DeskBookPage *self)
{
  const DeskBookView *view = desk_book_view_bar_get_view (self->views);

  if (view)
    set_rows (self, view->rows);
  desk_book_page_go (self, view ? mode_of (view->mode) : self->mode, self->day);
}

void
book_page_on_day_activated (DeskBookPage *self, int day)
{
  desk_book_page_go (self, DESK_BOOK_DAY, (DeskDay) day);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

void
book_page_on_mode_toggled (DeskBookPage *self, GtkToggleButton *button)
{
  DeskBookMode mode = button == self->month_button ? DESK_BOOK_MONTH : button == self->week_button ? DESK_BOOK_WEEK : DESK_BOOK_DAY;

  if (gtk_toggle_button_get_active (button) && mode != self->mode)
    gtk_widget_activate_action (GTK_WIDGET (self), "book.mode", "s", mode_names[mode]);
}

/* How fine the rows are stays with the view. */
void
book_page_on_rows_selected (DeskBookPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->rows);
  const DeskBookView *view = desk_book_view_bar_get_view (self->views);

  if (selected >= G_N_ELEMENTS (row_choices) || row_choices[selected] == desk_book_grid_get_rows (self->grid))
    return;
  desk_book_grid_set_rows (self->grid, row_choices[selected]);
  if (view && view->rows != row_choices[selected] && !desk_page_get_read_only (DESK_PAGE (self)))
    {
      g_autoptr (DeskBookView) changed = desk_book_view_copy (view);

      changed->rows = row_choices[selected];
      desk_book_view_act_save (DESK_PAGE (self), changed, view, NULL);
    }
}

static void
action_zoom (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);
  gboolean in = strcmp (g_variant_get_string (target, NULL), "in") == 0;
  guint selected = gtk_drop_down_get_selected (self->rows);

  if (in ? selected > 0 : selected + 1 < G_N_ELEMENTS (row_choices))
    gtk_drop_down_set_selected (self->rows, in ? selected - 1 : selected + 1);
}

static void
action_step (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);
  int direction = strcmp (name, "book.later") == 0 ? 1 : -1;
  DeskDay from = self->mode == DESK_BOOK_MONTH ? desk_book_month_get_board (self->month)->month : self->day;

  desk_book_page_go (self, self->mode,
                     self->mode == DESK_BOOK_MONTH ? desk_day_add_months (from, direction)
                                                   : from + direction * (self->mode == DESK_BOOK_WEEK ? 7 : 1));
}

static void
action_mode (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);
  DeskBookMode mode = mode_of (g_variant_get_string (target, NULL));
  const DeskBookBoard *board = desk_book_grid_get_board (self->grid);
  gint64 visit = desk_book_grid_get_visit (self->grid);
  gboolean was_month = self->mode == DESK_BOOK_MONTH;
  guint column;
  int minute;

  if (!board) /* the day could not be read, which was told */
    return;
  desk_book_grid_get_slot (self->grid, &column, &minute);
  desk_book_page_go (self, mode, was_month ? desk_book_month_get_day (self->month) : desk_book_board_column (board, column)->day);
  if (mode != DESK_BOOK_MONTH && !was_month)
    desk_book_grid_select (self->grid, visit);
}

/* "5" to "8": the view on that key; "0": everything. */
static void
action_view (GtkWidget *widget, const char *name, GVariant *target)
{
  int key = (int) g_ascii_strtoll (g_variant_get_string (target, NULL), NULL, 10);

  if (!desk_book_view_bar_choose (DESK_BOOK_PAGE (widget)->views, key))
    {
      g_autofree char *words = g_strdup_printf (_("No view is on F%d yet: “Views” below the book keeps what is shown."), key);
      desk_toast (widget, words);
    }
}

/* What is shown now, on the first key that is free. */
static void
action_view_save (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);
  const DeskBookView *shown = desk_book_view_bar_get_view (self->views);
  int key = 5;

  while (key < 8 && desk_book_view_bar_find (self->views, key))
    key++;
  g_autoptr (DeskBookView) view = desk_book_view_new (key, "", mode_names[self->mode], desk_book_grid_get_rows (self->grid), shown ? shown->types : "");
  if (shown)
    g_array_append_vals (view->resources, shown->resources->data, shown->resources->len);
  desk_book_view_dialog_show (DESK_PAGE (self), self->views, view);
}

static void
action_view_change (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);
  const DeskBookView *view = desk_book_view_bar_get_view (self->views);

  if (view)
    desk_book_view_dialog_show (DESK_PAGE (self), self->views, view);
  else
    desk_toast (widget, _("Choose the view first, with F5 to F8."));
}

static void
action_view_remove (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);
  const DeskBookView *view = desk_book_view_bar_get_view (self->views);

  if (view)
    desk_book_view_act_remove (DESK_PAGE (self), view);
  else
    desk_toast (widget, _("Choose the view first, with F5 to F8."));
}

static void
action_print (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPage *self = DESK_BOOK_PAGE (widget);

  desk_book_printing_show (DESK_PAGE (self), desk_book_view_bar_get_view (self->views), self->mode,
                           self->mode == DESK_BOOK_MONTH ? desk_book_month_get_day (self->month) : self->day);
}

void
book_page_views_class_init (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name, *parameter;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "book.earlier", NULL, action_step },           { "book.later", NULL, action_step },
    { "book.mode", "s", action_mode },               { "book.zoom", "s", action_zoom },
    { "book.view", "s", action_view },               { "book.view-save", NULL, action_view_save },
    { "book.view-change", NULL, action_view_change }, { "book.view-remove", NULL, action_view_remove },
    { "book.print", NULL, action_print },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter, actions[i].activate);
}
