/* What letters say of a stay in Japan and of who comes along. */
#pragma once

#include "desk-letters.h"

G_BEGIN_DECLS

gboolean desk_letter_set_trip (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_check_list (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_check_schedule (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char **desk_letter_visa_pack (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_check_trip (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
