/* What each long reader selects: for desk-report.c and its tests alone. */
#pragma once

#include "desk-report.h"

typedef struct
{
  const char *name;
  gboolean ranged; /* takes $1 … $2 */
  const DeskReportColumn *columns;
  const char *sql;
} DeskReportSource;

#define CODE(name) { name, DESK_COLUMN_CODE }
#define TEXT(name) { name, DESK_COLUMN_TEXT }
#define INT(name) { name, DESK_COLUMN_INT }
#define FLAG(name) { name, DESK_COLUMN_FLAG }
#define INSTANT(name) { name, DESK_COLUMN_INSTANT }
#define COLUMNS(...) ((const DeskReportColumn[]){ __VA_ARGS__, { NULL, 0 } })

extern const DeskReportSource desk_report_sources[DESK_REPORT_BLOCK];
extern const DeskReportSource desk_report_cell_sources[DESK_REPORT_FEE_SCHEDULE - DESK_REPORT_BLOCK];
extern const DeskReportSource desk_report_money_sources[DESK_REPORT_LETTER_TEXT - DESK_REPORT_FEE_SCHEDULE];
extern const DeskReportSource desk_report_paper_sources[DESK_N_REPORTS - DESK_REPORT_LETTER_TEXT];

const DeskReportSource *desk_report_source (DeskReportKind kind);
