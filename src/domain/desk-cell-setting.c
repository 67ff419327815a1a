#include "desk-cell-setting.h"

static const DeskCellSettingInfo settings[DESK_N_CELL_SETTINGS] = {
  [DESK_CELL_OUT_OF_COLD] = { "out-of-cold", 120, 0, 3600, "seconds" },
  [DESK_CELL_THAW_LIMIT] = { "thaw-limit", 30, 1, 1440, "minutes" },
  /* 5 × 10⁷ to 5 × 10⁹: the usual range of facts/cells.md 5.5; the plan's own is typed in. */
  [DESK_CELL_DOSE_MIN] = { "dose-min", 50, 0, 1000000, "millions" },
  [DESK_CELL_DOSE_MAX] = { "dose-max", 5000, 1, 1000000, "millions" },
  [DESK_CELL_DMSO_PERCENT] = { "dmso-percent", 100, 0, 1000, "tenth-percent" },
  [DESK_CELL_DMSO_LIMIT] = { "dmso-limit", 1000, 1, 10000, "mg-kg" },
  [DESK_CELL_BATH_MIN] = { "bath-min", 350, 0, 450, "tenth-degree" },
  [DESK_CELL_BATH_MAX] = { "bath-max", 390, 0, 450, "tenth-degree" },
  [DESK_CELL_SHIP_MIN] = { "ship-min", -2000, -2700, 400, "tenth-degree" },
  [DESK_CELL_SHIP_MAX] = { "ship-max", -1500, -2700, 400, "tenth-degree" },
  [DESK_CELL_RELEASE_BY_PHYSICIAN] = { "release-by-physician", 0, 0, 1, "yes-no" },
  [DESK_CELL_CONSENT_NEEDED] = { "consent-needed", 0, 0, 1, "yes-no" },
  [DESK_CELL_CONSENT_WARN] = { "consent-warn", 60, 0, 730, "days" },
  [DESK_CELL_OVERDUE] = { "in-hand-overdue", 15, 1, 1440, "minutes" },
  [DESK_CELL_PLAN_FILED] = { "plan-filed", 0, 0, 80000, "day" },
  /* Two to three weeks of culture, 14 days of sterility after it (facts/cells.md 5.3, 5.5); the rest is the clinic's habit. */
  [DESK_CELL_CULTURE_MIN] = { "culture-min", 14, 1, 365, "days" },
  [DESK_CELL_CULTURE_MAX] = { "culture-max", 21, 1, 365, "days" },
  [DESK_CELL_FRESH_DAYS] = { "fresh-days", 1, 0, 30, "days" },
  [DESK_CELL_FRESH_PER_DRAW] = { "fresh-per-draw", 1, 0, 24, "doses" },
  [DESK_CELL_RELEASE_DAYS] = { "release-days", 14, 0, 180, "days" },
  [DESK_CELL_BANK_DAYS] = { "bank-days", 365, 1, 3660, "days" },
  [DESK_CELL_YIELD] = { "doses-per-draw", 6, 0, 99, "doses" },
  [DESK_CELL_PLAN_DRAWS] = { "plan-draws", 2, 0, 6, "draws" },
  [DESK_CELL_ARRIVAL] = { "days-before-visit", 1, 0, 30, "days" },
  [DESK_CELL_DEPARTURE] = { "days-after-visit", 1, 0, 30, "days" },
  [DESK_CELL_HOME] = { "days-at-home", 7, 0, 365, "days" },
};

/* Name, usual value and limits of a setting. Static. */
const DeskCellSettingInfo *
desk_cell_setting_info (DeskCellSetting setting)
{
  return &settings[setting];
}

/* Which setting the file means by a name; FALSE for one that this program does not know. */
gboolean
desk_cell_setting_find (const char *name, DeskCellSetting *setting)
{
  for (guint i = 0; i < DESK_N_CELL_SETTINGS; i++)
    if (g_strcmp0 (settings[i].name, name) == 0)
      {
        *setting = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
desk_cell_setting_allowed (DeskCellSetting setting, gint64 value)
{
  return value >= settings[setting].low && value <= settings[setting].high;
}
