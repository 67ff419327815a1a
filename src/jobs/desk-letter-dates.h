/* Days as letters write them, independent of the computer's language: facts on foreigners' papers never take
 * the form 02/01/26. */
#pragma once

#include "desk-day.h"

G_BEGIN_DECLS

char *desk_letter_date (DeskDay day, const char *language, gboolean weekday);
char *desk_letter_partial_date (const char *iso, const char *language);

G_END_DECLS
