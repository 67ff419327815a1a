/* Gates: what people decide. The schema lets none but an active physician decide, and keeps what was written. */
#include "desk-gates.h"

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Writes the physician's decision about a case; declining needs a reason. DESK_ERROR_REFUSED (physician-needed) for
 * anybody else. */
gboolean
desk_gate_decide (DeskDb *db, gint64 patient_id, gboolean accepted, const char *reason, gint64 by, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn
         && desk_db_run (db, error,
                         "INSERT INTO acceptance (patient_id, accepted, at, by_id, reason) VALUES ($1, $2, $3, $4, $5)",
                         "idiit", patient_id, accepted, now (), by, reason ? reason : "")
         && desk_txn_log (txn, accepted ? "patient.accept" : "patient.decline", DESK_KIND_PATIENT, patient_id, reason,
                          error)
         && desk_txn_commit (txn, error);
}

/* Passes a rule over for a patient until a day (DESK_DAY_NONE: no end). DESK_ERROR_REFUSED (never-overridden) for a
 * rule about who somebody is, physician-needed for anybody but a physician, DESK_ERROR_TAKEN when it is passed over
 * already. */
gboolean
desk_gate_override_add (DeskDb *db, gint64 patient_id, const DeskGateRule *rule, const char *reason, DeskDay until,
                        gint64 by, gint64 *id, GError **error)
{
  g_autofree char *last = until == DESK_DAY_NONE ? g_strdup ("") : desk_day_format (until);
  const char *gate = desk_gate_code (rule->gate);

  if (rule->identity)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "never-overridden");
      return FALSE;
    }

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autofree char *detail = g_strdup_printf ("%s.%s: %s", gate, rule->code, reason);
  return txn
         && desk_db_value (db, id, error,
                           "INSERT INTO gate_override (patient_id, gate, rule, reason, at, by_id, until)"
                           " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
                           "itttiit", patient_id, gate, rule->code, reason, now (), by, last)
         && desk_txn_log (txn, "gate.override", DESK_KIND_PATIENT, patient_id, detail, error)
         && desk_txn_commit (txn, error);
}

/* Takes an override back. DESK_ERROR_CONFLICT when somebody did before. */
gboolean
desk_gate_override_revoke (DeskDb *db, gint64 id, gint64 by, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 patient_id = 0;

  if (!txn)
    return FALSE;
  {
    g_autoptr (DeskStmt) stmt
        = desk_db_query (db, error,
                         "UPDATE gate_override SET revoked_at = $2, revoked_by = $3"
                         " WHERE id = $1 AND revoked_at IS NULL RETURNING patient_id",
                         "iii", id, now (), by);
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step == DESK_STEP_DONE)
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the override was revoked meanwhile");
    if (step != DESK_STEP_ROW)
      return FALSE;
    patient_id = desk_stmt_int64 (stmt, 0);
  }
  return desk_txn_log (txn, "gate.revoke", DESK_KIND_PATIENT, patient_id, NULL, error) && desk_txn_commit (txn, error);
}

/* Keeps what the clinic's plan says about a rule (version 0 while it said nothing); fills the new version.
 * DESK_ERROR_REFUSED (never-off) for switching off a rule about who somebody is. */
gboolean
desk_gate_setting_save (DeskDb *db, const DeskGateRule *rule, DeskGateSetting *setting, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s.%s", desk_gate_code (rule->gate), rule->code);
  g_autofree char *detail = g_strdup_printf ("%s: %d months, %s%s%s", key, setting->months, setting->active ? "on" : "off",
                                              *setting->reason ? ": " : "", setting->reason);
  gint64 version = 0;

  if (rule->identity && !setting->active)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "never-off");
      return FALSE;
    }

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  {
    g_autoptr (DeskStmt) stmt
        = desk_db_query (db, error,
                         "INSERT INTO gate_setting (rule, months, active, reason) VALUES ($1, $2, $3, $5)"
                         " ON CONFLICT (rule) DO UPDATE SET months = excluded.months, active = excluded.active,"
                         " reason = excluded.reason,"
                         " version = gate_setting.version + 1 WHERE gate_setting.version = $4 RETURNING version",
                         "tddit", key, setting->months, setting->active, setting->version, setting->reason);
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step == DESK_STEP_DONE)
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the rule was changed meanwhile");
    if (step != DESK_STEP_ROW)
      return FALSE;
    version = desk_stmt_int64 (stmt, 0);
  }
  if (!desk_txn_log (txn, "gate.setting", DESK_KIND_CLINIC, 1, detail, error) || !desk_txn_commit (txn, error))
    return FALSE;
  setting->version = version;
  return TRUE;
}
