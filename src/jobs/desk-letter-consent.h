/* Letters: what those who sign a consent leave on it. */
#pragma once

#include "desk-consent.h"
#include "desk-letters.h"

G_BEGIN_DECLS

void desk_letter_put_signed (DeskFields *fields, const GPtrArray *signers, const GPtrArray *items, const char *signed_on, const char *until_on);
gboolean desk_letter_set_consent (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
