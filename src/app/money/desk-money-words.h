/* Amounts as the window shows them. */
#pragma once

#include "desk-money.h"

G_BEGIN_DECLS

char *desk_words_yen (gint64 yen);
char *desk_words_money (gint64 amount, const char *currency);

G_END_DECLS
