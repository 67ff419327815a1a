/* Letters: what a patient is asked for. */
#pragma once

#include "desk-chase.h"
#include "desk-letters.h"

G_BEGIN_DECLS

const DeskChaseTexts *desk_letter_asked_texts (void);
gboolean desk_letter_set_asked (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_check_asked (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
