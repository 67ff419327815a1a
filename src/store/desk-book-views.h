/* Named views of the book, on the keys F5 to F8: which columns in which order, what kind of picture, how fine. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  int key; /* 5 to 8 */
  char *name;
  char *mode;        /* day, week, month */
  int rows;          /* minutes of a row: 5, 10, 15 */
  char *types;       /* codes of visit types, comma separated; empty for all */
  GArray *resources; /* of gint64, in the order shown; empty for all */
  gint64 version;
} DeskBookView;

DeskBookView *desk_book_view_new (int key, const char *name, const char *mode, int rows, const char *types);
DeskBookView *desk_book_view_copy (const DeskBookView *view);
void desk_book_view_free (DeskBookView *view);

GPtrArray *desk_book_view_list (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_book_view_save (DeskDb *db, DeskBookView *view, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_book_view_remove (DeskDb *db, const DeskBookView *view, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskBookView, desk_book_view_free)

G_END_DECLS
