/* The distinct words of names, kept in memory beside a connection, to find those with a text inside. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

typedef struct _DeskWordList DeskWordList;

DeskWordList *desk_word_list (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_word_list_can_find (const char *word);
GPtrArray *desk_word_list_find (const DeskWordList *list, const char *inner, guint at_most);

G_END_DECLS
