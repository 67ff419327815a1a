/* Folding for search: the same words come out of Müller, MULLER and muller, of ｻﾄｳ, サトー and さとう, of
 * أحمد and احمد; and a half-typed hangul syllable is a prefix of the finished one.
 *
 * Folded words are compared byte by byte, as prefixes; none is longer than DESK_FOLD_WORD_MAX characters. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DESK_FOLD_WORD_MAX 32

char *desk_fold (const char *text);
void desk_fold_words (const char *text, GPtrArray *words);
GPtrArray *desk_fold_query (const char *text);
char *desk_fold_identifier (const char *text);

G_END_DECLS
