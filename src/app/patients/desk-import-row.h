/* A line of a table of patients that somebody should look at. */
#pragma once

#include <adwaita.h>

#include "desk-import-job.h"

G_BEGIN_DECLS

#define DESK_TYPE_IMPORT_ROW (desk_import_row_get_type ())
G_DECLARE_FINAL_TYPE (DeskImportRow, desk_import_row, DESK, IMPORT_ROW, AdwBin)

const char *desk_import_title (const char *target);
void desk_import_row_set (DeskImportRow *self, const DeskImportFinding *finding);

G_END_DECLS
