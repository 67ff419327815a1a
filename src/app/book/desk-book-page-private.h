/* What the files of the page share: its state; which picture and which view is shown. */
#pragma once

#include "desk-book-month.h"
#include "desk-book-moves.h"
#include "desk-book-page.h"
#include "desk-book-view-bar.h"
#include "desk-day-note-entry.h"
#include "desk-pinboard.h"
#include "desk-visit-panel.h"

G_BEGIN_DECLS

struct _DeskBookPage
{
  DeskPage parent_instance;

  DeskBookMode mode;
  DeskDay day;
  guint reload; /* idle source: several changes at once are read once */
  DeskBookMoves *moves;

  DeskBookGrid *grid;
  DeskBookMonth *month;
  DeskBookViewBar *views;
  DeskVisitPanel *panel;
  DeskPinboard *pinboard;
  DeskDayNoteEntry *note;
  GtkStack *stack;
  GtkLabel *title;
  GtkLabel *sentence;
  GtkLabel *cut_label;
  GtkWidget *empty_bar;
  GtkToggleButton *day_button, *week_button, *month_button;
  GtkDropDown *rows;
};

gboolean book_page_reload (DeskBookPage *self);
gboolean book_page_reload_month (DeskBookPage *self);
void book_page_show_title (DeskBookPage *self, const DeskBookBoard *board);
void book_page_show_mode (DeskBookPage *self);
const char *book_page_sentence (DeskBookPage *self);
GtkWidget *book_page_picture (DeskBookPage *self);

void book_page_on_mode_toggled (DeskBookPage *self, GtkToggleButton *button);
void book_page_on_rows_selected (DeskBookPage *self);
void book_page_on_view_chosen (DeskBookPage *self);
void book_page_on_day_activated (DeskBookPage *self, int day);
void book_page_views_class_init (GtkWidgetClass *widget_class);

G_END_DECLS
