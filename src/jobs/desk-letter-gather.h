/* What letters are filled with, and what speaks against them, gathered from a table of providers: a file
 * desk-letter-<subject>.c each. A new one is a row in desk-letter-gather.c and its fields in domain/desk-letter-fields.c. */
#pragma once

#include "desk-letters.h"

G_BEGIN_DECLS

/* Sets the fields it knows; sets none, and succeeds, where the letter wanted has nothing of the kind (no patient, another
 * subject, no stay planned). */
typedef gboolean (*DeskLetterSetFunc) (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error);

/* Adds what speaks against the letter; a problem that is no warning stops it. */
typedef gboolean (*DeskLetterCheckFunc) (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error);

DeskFields *desk_letter_gather (DeskDb *db, const DeskLetterTemplate *template_, const DeskLetterWanted *wanted, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskFields *desk_letter_gather_all (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_field_passes (const char *name);
gboolean desk_letter_subject_is (const DeskLetterWanted *wanted, const char *subject);

G_END_DECLS
