/* What the parts of the proof share. */
#pragma once

#include "desk-bank-verify.h"

G_BEGIN_DECLS

typedef struct
{
  DeskDb *db;
  DeskBankFaultFunc func;
  gpointer user_data;
  gint64 n_faults;
} DeskBankProof;

/* One set-based question: a row of its answer is a violation, as number and words. */
typedef struct
{
  const char *code;
  const char *sql;
} DeskBankCheck;

extern const DeskBankCheck desk_bank_checks[];
extern const guint desk_bank_n_checks;

void desk_bank_fault (DeskBankProof *proof, const char *code, const char *number, const char *format, ...) G_GNUC_PRINTF (4, 5);
gboolean desk_bank_prove_numbers (DeskBankProof *proof, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_bank_prove_chains (DeskBankProof *proof, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
