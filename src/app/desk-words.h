/* Codes of the layers below into words of the user's language. */
#pragma once

#include <gio/gio.h>

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

const char *desk_words (const char *group, const char *code);
char *desk_words_languages (const char *codes);
GListModel *desk_words_list (const char *group, const char *const *codes, guint n_codes);
char *desk_words_error (const GError *error);
char *desk_words_problem (const DeskProblem *problem);
const char *desk_words_language (void);
char *desk_words_facts (const char *const *facts, guint n_facts);
const char *desk_words_pick (const char *english, const char *japanese);

const char *desk_words_weekday (int weekday);
char *desk_words_day (DeskDay day);
char *desk_words_month (DeskDay day);
char *desk_words_day_short (DeskDay day);
char *desk_words_iso_day (const char *iso);
char *desk_words_time (gint64 instant, GTimeZone *zone);
char *desk_words_when (gint64 instant, GTimeZone *zone);
char *desk_words_cells (gint64 cells);
char *desk_words_agents (const char *agents);

G_END_DECLS
