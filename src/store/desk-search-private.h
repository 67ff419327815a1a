/* What the two halves of the search share. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

#define DESK_SEARCH_WORDS_MAX 8
/* Above any character a word can have: [word, word + END] holds all words that begin with word. */
#define DESK_SEARCH_END "\xf4\x8f\xbf\xbf"

gint64 desk_search_threshold (DeskDb *db, guint limit, GError **error);
gboolean desk_search_inner (DeskDb *db, const GPtrArray *words, guint limit, GArray *ids, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
