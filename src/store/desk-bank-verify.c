#include "desk-bank-verify-private.h"

#include <string.h>

#include "desk-axis.h"

/* Tells one violation. */
void
desk_bank_fault (DeskBankProof *proof, const char *code, const char *number, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *words = g_strdup_vprintf (format, args);
  va_end (args);
  proof->n_faults++;
  if (proof->func)
    proof->func (&(DeskBankFault){ code, number ? number : "?", words }, proof->user_data);
}

static gboolean
prove (DeskBankProof *proof, const DeskBankCheck *check, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (proof->db, error, check->sql, "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    desk_bank_fault (proof, check->code, desk_stmt_text (stmt, 0), "%s", desk_stmt_text (stmt, 1));
  return step == DESK_STEP_DONE;
}

/* The file's table of steps says what the program knows, no more and no less. */
static gboolean
prove_steps (DeskBankProof *proof, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (proof->db, error, "SELECT axis, from_state, to_state, witnessed FROM axis_step", "");
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  DeskStep row = DESK_STEP_ERROR;
  guint n;
  const DeskAxisStep *steps = desk_axis_steps (&n);

  while (stmt && (row = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      const DeskAxisStep *step = desk_axis_step (desk_stmt_text (stmt, 0), desk_stmt_text (stmt, 1), desk_stmt_text (stmt, 2));

      if (!step || step->witnessed != desk_stmt_int (stmt, 3))
        desk_bank_fault (proof, "axis-step", desk_stmt_text (stmt, 0), "the file allows the step from %s to %s%s", desk_stmt_text (stmt, 1),
                         desk_stmt_text (stmt, 2), step ? " otherwise than the program" : "");
      g_hash_table_add (seen, (gpointer) step);
    }
  for (guint i = 0; row == DESK_STEP_DONE && i < n; i++)
    if (!g_hash_table_contains (seen, &steps[i]))
      desk_bank_fault (proof, "axis-step", steps[i].axis, "the file does not know the step from %s to %s", steps[i].from_state,
                       steps[i].to_state);
  return row == DESK_STEP_DONE;
}

static gboolean
prove_all (DeskBankProof *proof, GError **error)
{
  if (!prove_steps (proof, error) || !desk_bank_prove_chains (proof, error) || !desk_bank_prove_numbers (proof, error))
    return FALSE;
  for (guint i = 0; i < desk_bank_n_checks; i++)
    if (!prove (proof, &desk_bank_checks[i], error))
      return FALSE;
  return TRUE;
}

gboolean
desk_bank_verify (DeskDb *db, DeskBankFaultFunc func, gpointer user_data, gint64 *n_faults, GError **error)
{
  DeskBankProof proof = { db, func, user_data, 0 };

  if (!desk_db_exec (db, "BEGIN", error))
    return FALSE;
  gboolean ok = prove_all (&proof, error);
  /* Nothing was written; and unlike COMMIT this also ends a view of a damaged file. */
  if (!desk_db_exec (db, "ROLLBACK", NULL))
    g_debug ("the engine has ended it already");
  *n_faults = proof.n_faults;
  return ok;
}
