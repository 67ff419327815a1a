/* What each long reader selects: for desk-report.c alone. */
#pragma once

#include "desk-report.h"

typedef struct
{
  const char *name;
  gboolean ranged; /* takes $1 … $2 */
  const DeskReportColumn *columns;
  const char *sql;
} DeskReportSource;

extern const DeskReportSource desk_report_sources[DESK_N_REPORTS];
