#include "desk-conflict-rules.h"

static const char load_sql[] = "SELECT kind, effect FROM conflict_rule";
static const char set_sql[] = "UPDATE conflict_rule SET effect = $2 WHERE kind = $1";

gboolean
desk_conflict_rules_load (DeskDb *db, DeskConflictRules *rules, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, load_sql, "");
  DeskStep step = DESK_STEP_ERROR;

  desk_conflict_rules_init (rules);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    for (guint kind = 0; kind < DESK_N_CONFLICTS; kind++)
      if (g_str_equal (desk_conflict_code (kind), desk_stmt_text (stmt, 0)))
        rules->blocks[kind] = g_str_equal (desk_stmt_text (stmt, 1), "block");
  return step == DESK_STEP_DONE;
}

gboolean
desk_conflict_rule_set (DeskDb *db, DeskConflictKind kind, gboolean blocks, GError **error)
{
  const char *effect = blocks ? "block" : "warn";
  g_autofree char *detail = g_strdup_printf ("%s: %s", desk_conflict_code (kind), effect);

  if (!blocks && desk_conflict_always_blocks (kind))
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "rule-is-fixed");
      return FALSE;
    }

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  return txn && desk_db_run (db, error, set_sql, "tt", desk_conflict_code (kind), effect)
         && desk_txn_log (txn, "conflict-rule.set", DESK_KIND_BOOK, kind, detail, error) && desk_txn_commit (txn, error);
}
