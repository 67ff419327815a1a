/* Letters of a patient: composed from template and clinic file, printed to PDF. */
#pragma once

#include "desk-db.h"
#include "desk-letter.h"

G_BEGIN_DECLS

const char *const *desk_letter_names (void);
const char *const *desk_letter_languages (const char *name);
char *desk_letter_language_for (DeskDb *db, const char *name, gint64 patient_id, gboolean *own, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskLetter *desk_letter_compose (DeskDb *db, const char *name, gint64 patient_id, const char *language, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_print_pdf (DeskDb *db, const char *name, gint64 patient_id, const char *language, DeskDay today, const char *path, gboolean overwrite, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_check (DeskDb *db, const char *name, gint64 patient_id, DeskDay today, DeskProblems *problems, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_log_print (DeskDb *db, const DeskLetter *letter, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
