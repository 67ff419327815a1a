/* What letters say of what was given: one visit's infusion with all that was checked, and all of a patient's. */
#pragma once

#include "desk-letters.h"

G_BEGIN_DECLS

gboolean desk_letter_set_infusion (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_set_given (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_check_infusion (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_check_summary (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
