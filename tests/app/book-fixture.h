/* The book of a sample clinic: each test looks for an empty day of its own. */
#pragma once

#include "app-fixture.h"
#include "desk-book-page.h"

typedef struct
{
  AppFixture app;
  DeskBookPage *page;
  DeskBookGrid *grid;
  DeskDay day; /* an open one without visits */
} BookFixture;

const DeskBookBoard *book_fixture_board (BookFixture *f);
DeskVisit *book_fixture_stored (BookFixture *f, gint64 id);
guint book_fixture_first_column (BookFixture *f, const char *kind);
void book_fixture_set_up (BookFixture *f);
void book_fixture_find_day (BookFixture *f);
void book_fixture_quiet (BookFixture *f);
gboolean book_fixture_save (DeskDb *db, gpointer data, GError **error);
gint64 book_fixture_book (BookFixture *f, guint column, int minute, guint nth_patient);
void book_fixture_run (BookFixture *f, const char *action);
void book_fixture_undo (BookFixture *f);
GtkWidget *app_toplevel (GType type);
