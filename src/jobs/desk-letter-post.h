/* What letters say of where they go, and of translations. */
#pragma once

#include "desk-letters.h"

G_BEGIN_DECLS

gboolean desk_letter_set_post (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_set_translation (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
