/* Numbers of what is handed out on paper: each is given once, whatever happens to the file.
 *
 * A number goes with the transaction that took it: rolled back it is given again, so nothing may be printed before the
 * commit. Against a file put back from an older copy stand three things: a mark of the highest number, written
 * before each commit beside the user's other state and beside the file (for other users of the computer); where the file is at home (computer, inode and birth), so that a
 * copy elsewhere goes on in another generation, whose sign stands in its numbers; and series_gap, which says what
 * numbers were passed over and why. What cannot be seen is a whole computer set back with its disk, or
 * the file together with its mark written over in place, when another user of the computer then goes on. */
#pragma once

#include "desk-day.h"
#include "desk-db.h"

G_BEGIN_DECLS

#define DESK_SERIES_LETTER "letter"
#define DESK_SERIES_QUOTE "quote"
#define DESK_SERIES_INVOICE "invoice"
#define DESK_SERIES_RECEIPT "receipt"
#define DESK_SERIES_REFUND "refund"
#define DESK_SERIES_CREDIT "credit"

/* Numbers that were passed over: those between after and goes_on; in a new generation the numbers of the others go on
 * elsewhere, or are lost. */
typedef struct
{
  char *series, *generation, *why; /* "restored", "moved" */
  gint64 after, goes_on, at, by_id;
} DeskSeriesGap;

gboolean desk_series_next (DeskTxn *txn, const char *series, DeskDay today, char **number, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_series_settle (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_series_gaps (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
