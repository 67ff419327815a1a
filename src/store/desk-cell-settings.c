#include "desk-cell-settings.h"

/* The value in force: what the clinic has set, or the usual one. */
gboolean
desk_cell_setting_get (DeskDb *db, DeskCellSetting setting, gint64 *value, GError **error)
{
  const DeskCellSettingInfo *info = desk_cell_setting_info (setting);

  return desk_db_value (db, value, error, "SELECT COALESCE ((SELECT value FROM cell_setting WHERE name = $1), $2)", "ti", info->name,
                        info->usual);
}

/* All of them at once. */
gboolean
desk_cell_settings_load (DeskDb *db, gint64 values[DESK_N_CELL_SETTINGS], GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT name, value FROM cell_setting", "");
  DeskCellSetting setting;
  DeskStep step;

  for (guint i = 0; i < DESK_N_CELL_SETTINGS; i++)
    values[i] = desk_cell_setting_info (i)->usual;
  if (!stmt)
    return FALSE;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    if (desk_cell_setting_find (desk_stmt_text (stmt, 0), &setting))
      values[setting] = desk_stmt_int64 (stmt, 1);
  return step == DESK_STEP_DONE;
}

/* Sets one; a value outside its limits is DESK_ERROR_INVALID. */
gboolean
desk_cell_setting_set (DeskDb *db, DeskCellSetting setting, gint64 value, GError **error)
{
  const DeskCellSettingInfo *info = desk_cell_setting_info (setting);

  if (!desk_cell_setting_allowed (setting, value))
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "%s must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, info->name,
                   info->low, info->high);
      return FALSE;
    }
  g_autofree char *detail = g_strdup_printf ("%s %" G_GINT64_FORMAT, info->name, value);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  return txn
         && desk_db_run (db, error,
                         "INSERT INTO cell_setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                         "ti", info->name, value)
         && desk_txn_log (txn, "cells.setting", DESK_KIND_CLINIC, 1, detail, error) && desk_txn_commit (txn, error);
}
