/* What the files of issuing share. */
#pragma once

#include "desk-letter-issue.h"

G_BEGIN_DECLS

DeskLetter *desk_issued_fill (const char *text, const char *data, const char *language, DeskDay day, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *desk_issued_digest (const DeskLetter *letter, guint *pages, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *desk_issued_mark (const DeskIssued *issued, const char *replaced_by, guint copy_no, DeskDay today);

G_END_DECLS
