/* What each letter is about, where that is not the patient alone. */
#pragma once

#include "desk-letters.h"

G_BEGIN_DECLS

const char *desk_letter_subject (const char *name);
gboolean desk_letter_needs_patient (const char *name);
gboolean desk_letter_choose_subject (DeskDb *db, DeskLetterWanted *wanted, const char *number, char **called, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
