/* Days as letters write them, independent of the computer's language: facts on foreigners' papers never take
 * the form 02/01/26. Languages are those of letters: en ja zh zh-TW ko ar ru vi; any other reads English. */
#pragma once

#include "desk-letter.h"

G_BEGIN_DECLS

const char *const *desk_letter_date_languages (void);
char *desk_letter_date (DeskDay day, const char *language, gboolean weekday);
char *desk_letter_partial_date (const char *iso, const char *language);
char *desk_letter_era_date (DeskDay day);
char *desk_letter_day_words (const char *iso, const char *language, DeskFilter filter);
char *desk_letter_copy_mark (const char *language, DeskDay day, guint number);

G_END_DECLS
