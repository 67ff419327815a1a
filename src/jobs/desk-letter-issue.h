/* The road of a letter from the record to paper.
 *
 * Issuing freezes it: number, text, data and the digest of its PDF are one transaction, before anything is printed.
 * Whatever is drawn later is drawn again from what was frozen, so the same bytes come out; a mark on top says that it is
 * a copy, withdrawn or replaced. Each print is written down before it begins and when it ended (desk-issued.h of the
 * store). The register tells when a letter no longer says what the book says. */
#pragma once

#include "desk-issued.h"
#include "desk-letters.h"

G_BEGIN_DECLS

typedef struct _DeskLetterLayout DeskLetterLayout; /* paper/desk-letter-page.h, which not everybody sees */

/* A field in which a letter and the book differ. */
typedef struct
{
  char *field;     /* "patient.passport", "visits.date" */
  guint place;     /* in its list from 1; 0 for none, or for the list itself, which is longer or shorter */
  char *was, *now; /* NULL for no value */
} DeskLetterDifference;

gboolean desk_letter_issue (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, gint64 *issued_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_issue_in (DeskTxn *txn, const DeskLetterWanted *wanted, DeskDay today, gint64 *issued_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_issue_pack (DeskDb *db, const DeskLetterWanted *wanted, guint n, DeskDay today, gint64 *issued_ids, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_issue_again (DeskDb *db, gint64 issued_id, DeskDay today, gint64 *new_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

DeskLetter *desk_issued_letter (DeskDb *db, gint64 issued_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskLetterLayout *desk_issued_layout (DeskDb *db, gint64 issued_id, guint copy_no, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_issued_same (DeskDb *db, gint64 issued_id, gboolean *same, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_issued_write_pdf (DeskDb *db, const gint64 *ids, guint n, DeskDay today, const char *path, gboolean overwrite, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_issue_pdf (DeskDb *db, const DeskLetterWanted *wanted, guint n, DeskDay today, const char *path, gboolean overwrite, gint64 *issued_ids, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *desk_letter_compare (DeskDb *db, gint64 issued_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_compare_touched (DeskDb *db, gint64 patient_id, guint *n, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_letter_difference_free (DeskLetterDifference *difference);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLetterDifference, desk_letter_difference_free)

G_END_DECLS
