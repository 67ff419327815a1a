/* What letters say of a day of the clinic: its visits, the doses to fetch, the head of the audit trail. */
#pragma once

#include "desk-letters.h"

G_BEGIN_DECLS

gboolean desk_letter_set_date (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_check_picks (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_check_day (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
