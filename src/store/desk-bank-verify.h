/* The proof of the bank: everything that must never be true about cells is looked for in what the file says, whether or
 * not the triggers that refuse it were there when it was written. In constant memory, from one consistent view. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

/* One violation. Lent for the call. */
typedef struct
{
  const char *code;   /* the rule's, as triggers and domain have it where they refuse the same */
  const char *number; /* of the unit, lot, container … it is about */
  const char *words;  /* plain English: what does not fit what */
} DeskBankFault;

typedef void (*DeskBankFaultFunc) (const DeskBankFault *fault, gpointer user_data);

/* FALSE when the file could not be read to the end. n_faults counts all that func was told. */
gboolean desk_bank_verify (DeskDb *db, DeskBankFaultFunc func, gpointer user_data, gint64 *n_faults, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
