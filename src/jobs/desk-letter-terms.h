/* What papers call codes of the record, in the languages of letters. Terms of reactions are those of the CTCAE as MedDRA
 * words them in each language; where the desk has no word of its own the English one stands. */
#pragma once

#include "desk-letter-put.h"

G_BEGIN_DECLS

void desk_letter_put_reaction (DeskFields *fields, const char *name, const char *term);
void desk_letter_put_lot_test (DeskFields *fields, const char *name, const char *code);
void desk_letter_put_visit_type (DeskFields *fields, const char *name, const char *code, const char *english, const char *japanese);
void desk_letter_put_language (DeskFields *fields, const char *name, const char *code);
char *desk_letter_cells (gint64 cells);

G_END_DECLS
