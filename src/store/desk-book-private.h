/* What the files of the book share among themselves. */
#pragma once

#include "desk-book.h"

G_BEGIN_DECLS

gboolean desk_visit_write_new (DeskTxn *txn, DeskDb *db, DeskVisit *visit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_visits_write_moved (DeskTxn *txn, DeskDb *db, const GPtrArray *visits, gint64 *versions, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_visit_is_let (DeskDb *db, const DeskVisit *visit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_visit_doses_give_back (DeskTxn *txn, DeskDb *db, gint64 visit_id, gint64 at, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_visit_doses_promise_again (DeskTxn *txn, DeskDb *db, gint64 visit_id, gint64 at, char **gone, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_visit_has_room (DeskDb *db, const DeskVisit *visit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_visit_near (DeskDb *db, const DeskVisit *visit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *desk_row_name (DeskStmt *stmt, int column);

G_END_DECLS
