#include "desk-fees.h"

#include "desk-money-private.h"

#define READ "SELECT id, from_on, note, with_tax, COALESCE (closed_at, 0), version FROM fee_schedule "

static void
free_schedule (gpointer schedule)
{
  desk_fee_schedule_free (schedule);
}

static DeskFeeSchedule *
read_schedule (DeskStmt *stmt)
{
  DeskFeeSchedule *schedule = desk_fee_schedule_new (desk_money_day_of (desk_stmt_text (stmt, 1)));

  schedule->id = desk_stmt_int64 (stmt, 0);
  g_free (schedule->note);
  schedule->note = desk_stmt_dup_text (stmt, 2);
  schedule->with_tax = desk_stmt_int (stmt, 3);
  schedule->closed_at = desk_stmt_int64 (stmt, 4);
  schedule->version = desk_stmt_int64 (stmt, 5);
  return schedule;
}

static gboolean
read_fees (DeskDb *db, DeskFeeSchedule *schedule, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT code, name, name_ja, price, tax, sessions, visit_type, active FROM fee WHERE schedule_id = $1 ORDER BY position, code",
                       "i", schedule->id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskFee *fee = g_new0 (DeskFee, 1);

      fee->code = desk_stmt_dup_text (stmt, 0);
      fee->name = desk_stmt_dup_text (stmt, 1);
      fee->name_ja = desk_stmt_dup_text (stmt, 2);
      fee->price = desk_stmt_int64 (stmt, 3);
      fee->tax = desk_stmt_int (stmt, 4);
      fee->sessions = desk_stmt_int (stmt, 5);
      fee->visit_type = desk_stmt_dup_text (stmt, 6);
      fee->active = desk_stmt_int (stmt, 7);
      g_ptr_array_add (schedule->fees, fee);
    }
  return step == DESK_STEP_DONE;
}

/* All of them without their fees, the newest first day first: DeskFeeSchedule. */
GPtrArray *
desk_fee_schedules (DeskDb *db, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_schedule);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "ORDER BY from_on DESC", "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (all, read_schedule (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&all) : NULL;
}

static DeskFeeSchedule *
load_one (DeskDb *db, DeskStmt *stmt, const char *none, GError **error)
{
  g_autoptr (DeskFeeSchedule) schedule = NULL;
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ROW)
    schedule = read_schedule (stmt);
  else if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, none);
  return schedule && read_fees (db, schedule, error) ? g_steal_pointer (&schedule) : NULL;
}

/* One with its fees; DESK_ERROR_NOT_FOUND when there is none. */
DeskFeeSchedule *
desk_fee_schedule_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE id = $1", "i", id);

  return load_one (db, stmt, "no such fee schedule", error);
}

/* The one that holds on a day: of those approved, that with the newest first day that has come. DESK_ERROR_NOT_FOUND when
 * none holds yet. */
DeskFeeSchedule *
desk_fee_schedule_on (DeskDb *db, DeskDay day, GError **error)
{
  g_autofree char *iso = desk_day_format (day);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, READ "WHERE from_on <= $1 AND closed_at IS NOT NULL ORDER BY from_on DESC LIMIT 1", "t", iso);

  return load_one (db, stmt, "no fee schedule holds on that day", error);
}

static gboolean
write_schedule (DeskDb *db, DeskFeeSchedule *schedule, GError **error)
{
  g_autofree char *from = desk_day_format (schedule->from_on);
  gint64 by = desk_db_get_actor (db);

  if (schedule->id == 0)
    {
      g_autoptr (DeskStmt) stmt
          = desk_db_query (db, error,
                           "INSERT INTO fee_schedule (from_on, note, with_tax, at, by_id) VALUES ($1, $2, $3, $4, NULLIF ($5, 0)) RETURNING id",
                           "ttdii", from, schedule->note, schedule->with_tax, desk_money_now (), by);

      schedule->version = 1;
      return desk_money_insert (stmt, &schedule->id, error);
    }
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "UPDATE fee_schedule SET from_on = $2, note = $3, with_tax = $4, version = version + 1"
                       " WHERE id = $1 AND version = $5 RETURNING version",
                       "ittdi", schedule->id, from, schedule->note, schedule->with_tax, schedule->version);
  return desk_money_stepped (stmt, &schedule->version, error);
}

static gboolean
write_fees (DeskDb *db, const DeskFeeSchedule *schedule, GError **error)
{
  if (!desk_db_run (db, error, "DELETE FROM fee WHERE schedule_id = $1", "i", schedule->id))
    return FALSE;
  for (guint i = 0; i < schedule->fees->len; i++)
    {
      const DeskFee *fee = schedule->fees->pdata[i];

      if (!desk_db_run (db, error,
                        "INSERT INTO fee (schedule_id, code, position, name, name_ja, price, tax, sessions, visit_type, active)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                        "itdttiddtd", schedule->id, fee->code, (int) i + 1, fee->name, fee->name_ja, fee->price, fee->tax, fee->sessions,
                        fee->visit_type, fee->active))
        return FALSE;
    }
  return TRUE;
}

/* Saves a draft with all its fees; id 0 makes one. Sets id and version. DESK_ERROR_INVALID, DESK_ERROR_CONFLICT,
 * DESK_ERROR_REFUSED "fees-closed" once it is approved, DESK_ERROR_TAKEN when another begins on that day. */
gboolean
desk_fee_schedule_save (DeskDb *db, DeskFeeSchedule *schedule, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  gint64 id = schedule->id, version = schedule->version;

  desk_fee_schedule_check (schedule, problems);
  if (desk_money_invalid (problems, error))
    return FALSE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (txn && write_schedule (db, schedule, error) && write_fees (db, schedule, error)
      && desk_txn_log (txn, "fees.save", DESK_KIND_MONEY, schedule->id, NULL, error) && desk_txn_commit (txn, error))
    return TRUE;
  schedule->id = id;
  schedule->version = version;
  return FALSE;
}

/* Approves it: from then on it is not changed, and holds from its first day. */
gboolean
desk_fee_schedule_close (DeskDb *db, gint64 id, gint64 version, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  {
    g_autoptr (DeskStmt) stmt
        = desk_db_query (db, error, "UPDATE fee_schedule SET closed_at = $3, version = version + 1 WHERE id = $1 AND version = $2 RETURNING version",
                         "iii", id, version, desk_money_now ());

    if (!desk_money_stepped (stmt, &version, error))
      return FALSE;
  }
  return desk_txn_log (txn, "fees.approve", DESK_KIND_MONEY, id, NULL, error) && desk_txn_commit (txn, error);
}

/* Throws a draft away. */
gboolean
desk_fee_schedule_delete (DeskDb *db, gint64 id, gint64 version, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !desk_db_run (db, error, "DELETE FROM fee WHERE schedule_id = $1", "i", id))
    return FALSE;
  {
    g_autoptr (DeskStmt) stmt
        = desk_db_query (db, error, "DELETE FROM fee_schedule WHERE id = $1 AND version = $2 AND closed_at IS NULL RETURNING version", "ii", id, version);

    if (!desk_money_stepped (stmt, &version, error))
      return FALSE;
  }
  return desk_txn_log (txn, "fees.delete", DESK_KIND_MONEY, id, NULL, error) && desk_txn_commit (txn, error);
}

/* ── tax ─────────────────────────────────────────────────────────────────────────────────────── */

void
desk_tax_settings_free (DeskTaxSettings *settings)
{
  if (!settings)
    return;
  g_free (settings->tax_number);
  g_free (settings);
}

DeskTaxSettings *
desk_tax_settings_load (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT tax_number, tax_round, stamp_box, version FROM clinic WHERE id = 1", "");
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "the clinic has no record yet");
  if (step != DESK_STEP_ROW)
    return NULL;
  DeskTaxSettings *settings = g_new0 (DeskTaxSettings, 1);
  settings->tax_number = desk_stmt_dup_text (stmt, 0);
  settings->tax_round = desk_tax_round_read (desk_stmt_text (stmt, 1));
  settings->stamp_box = desk_stmt_int (stmt, 2);
  settings->version = desk_stmt_int64 (stmt, 3);
  return settings;
}

/* DESK_ERROR_INVALID for a number that cannot be one; a wrong check digit is the window's to warn of. */
gboolean
desk_tax_settings_save (DeskDb *db, DeskTaxSettings *settings, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 version = settings->version;

  if (!txn)
    return FALSE;
  if (g_strcmp0 (desk_tax_number_problem (settings->tax_number), "tax-number-shape") == 0)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "tax_number: tax-number-shape");
      return FALSE;
    }
  {
    g_autoptr (DeskStmt) stmt
        = desk_db_query (db, error,
                         "UPDATE clinic SET tax_number = $1, tax_round = $2, stamp_box = $3, version = version + 1"
                         " WHERE id = 1 AND version = $4 RETURNING version",
                         "ttdi", settings->tax_number, desk_tax_round_name (settings->tax_round), settings->stamp_box, version);

    if (!desk_money_stepped (stmt, &version, error))
      return FALSE;
  }
  if (!desk_txn_log (txn, "clinic.tax", DESK_KIND_CLINIC, 1, settings->tax_number, error) || !desk_txn_commit (txn, error))
    return FALSE;
  settings->version = version;
  return TRUE;
}
