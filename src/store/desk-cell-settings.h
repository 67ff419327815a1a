/* What a clinic has set for its cells (domain/desk-cell-setting.h). */
#pragma once

#include "desk-cell-setting.h"
#include "desk-db.h"

G_BEGIN_DECLS

gboolean desk_cell_setting_get (DeskDb *db, DeskCellSetting setting, gint64 *value, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_cell_settings_load (DeskDb *db, gint64 values[DESK_N_CELL_SETTINGS], GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_cell_setting_set (DeskDb *db, DeskCellSetting setting, gint64 value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
