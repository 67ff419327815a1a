/* Letters: composed from a template and the clinic file, and what speaks against one. How a letter becomes paper is in
 * desk-letter-issue.h. */
#pragma once

#include "desk-db.h"
#include "desk-letter.h"

G_BEGIN_DECLS

/* Which letter somebody wants. Texts are lent; subject may be NULL for none. */
typedef struct
{
  const char *name;     /* of the letter */
  const char *language;
  gint64 patient_id;    /* 0: of nobody, as a day sheet is */
  const char *subject;  /* what it is about: trip, visit, consent, quote, invoice, payment, refund or day */
  gint64 subject_id;    /* its row; of a day the DeskDay */
  gint64 replaces;      /* the issued letter that it corrects, or 0 */
  const DeskFields *given; /* values that the caller has and no table does (who signs just now), or NULL */
  gboolean again;       /* compared with what was issued on that day: what was planned then and took place still counts */
} DeskLetterWanted;

const char *const *desk_letter_names (void);
const char *const *desk_letter_languages (const char *name);
char *desk_letter_language_for (DeskDb *db, const char *name, gint64 patient_id, gboolean *own, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskLetter *desk_letter_compose (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_check (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
