/* Numbers that a clinic sets for its cells, each with what it is while nobody has set it, and what it may be. The
 * sources are in facts/cells.md: they are habits and papers, no law, and so settings. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DESK_CELL_OUT_OF_COLD,        /* seconds a frozen unit may spend out of the cold over its whole life */
  DESK_CELL_THAW_LIMIT,         /* minutes from thawed to the start of the infusion (EJHP 2022;29 S1 A153) */
  DESK_CELL_DOSE_MIN,           /* viable cells delivered, millions; the plan's range */
  DESK_CELL_DOSE_MAX,
  DESK_CELL_DMSO_PERCENT,       /* of the volume of a frozen dose, tenths of a percent */
  DESK_CELL_DMSO_LIMIT,         /* mg per kg of body weight and day */
  DESK_CELL_BATH_MIN,           /* tenths of °C */
  DESK_CELL_BATH_MAX,
  DESK_CELL_SHIP_MIN,           /* tenths of °C that a shipment of frozen units may have seen */
  DESK_CELL_SHIP_MAX,
  DESK_CELL_RELEASE_BY_PHYSICIAN, /* 1: physicians release, too, not quality staff alone */
  DESK_CELL_CONSENT_NEEDED,     /* 1: a frozen unit whose patient has no consent to storage is not available */
  DESK_CELL_CONSENT_WARN,       /* days before the end of a consent to storage that it is spoken of */
  DESK_CELL_OVERDUE,            /* minutes a unit may be in hand before somebody asks where it is */
  DESK_CELL_PLAN_FILED,         /* day the provision plan was filed, from 1970; 0 while unknown: the 60-day reports count from it */
  DESK_CELL_CULTURE_MIN,        /* days from the draw to the first harvest day, where a course says nothing else */
  DESK_CELL_CULTURE_MAX,
  DESK_CELL_FRESH_DAYS,         /* days that fresh cells keep after the harvest */
  DESK_CELL_FRESH_PER_DRAW,     /* doses of a draw that are given fresh; 0 where everything is frozen first */
  DESK_CELL_RELEASE_DAYS,       /* days from the harvest until frozen doses are released: the final tests */
  DESK_CELL_BANK_DAYS,          /* days from the draw that a frozen dose is kept at most */
  DESK_CELL_YIELD,              /* doses of one draw */
  DESK_CELL_PLAN_DRAWS,         /* draws of one plan that may mix them */
  DESK_CELL_ARRIVAL,            /* days in Japan before the first visit of a trip */
  DESK_CELL_DEPARTURE,          /* and after the last */
  DESK_CELL_HOME,               /* days at home between two trips */
  DESK_N_CELL_SETTINGS
} DeskCellSetting;

typedef struct
{
  const char *name;             /* in the file */
  gint64 usual;                 /* while nobody has set it */
  gint64 low, high;             /* what it may be set to */
  const char *unit;             /* code of its unit: "seconds", "minutes", "days", "millions", "tenth-degree", "tenth-percent", "mg-kg", "yes-no", "day", "doses", "draws" */
} DeskCellSettingInfo;

const DeskCellSettingInfo *desk_cell_setting_info (DeskCellSetting setting);
gboolean desk_cell_setting_find (const char *name, DeskCellSetting *setting);
gboolean desk_cell_setting_allowed (DeskCellSetting setting, gint64 value);

G_END_DECLS
