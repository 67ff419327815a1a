/* Stays in words: what the rules found, how the days count, what the table of exemptions says. */
#pragma once

#include "desk-stay.h"

G_BEGIN_DECLS

char *desk_stay_problem_words (const DeskProblem *problem);
char *desk_stay_days_words (const DeskStay *stay);
char *desk_stay_dates_words (const DeskTrip *trip);
char *desk_stay_exemption_words (const GPtrArray *table, const char *nationality);

G_END_DECLS
