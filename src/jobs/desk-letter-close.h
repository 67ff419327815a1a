/* Letters: the close of a day's money. */
#pragma once

#include "desk-letters.h"

G_BEGIN_DECLS

gboolean desk_letter_set_close (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_check_close (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
