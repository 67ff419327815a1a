/* What foreign money was worth, and the clinic's terms of cancellation. Both only grow. */
#pragma once

#include "desk-db.h"
#include "desk-fee.h"

G_BEGIN_DECLS

gboolean desk_rate_add (DeskDb *db, DeskRate *rate, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskRate *desk_rate_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskRate *desk_rate_on (DeskDb *db, const char *currency, DeskDay day, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_rate_list (DeskDb *db, gint64 limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_cancel_terms_add (DeskDb *db, const char *words, const char *words_ja, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskCancelTerms *desk_cancel_terms_newest (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskCancelTerms *desk_cancel_terms_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
