/* The columns of a table with examples, and what each becomes. */
#pragma once

#include <adwaita.h>

#include "desk-import-job.h"

G_BEGIN_DECLS

#define DESK_TYPE_IMPORT_COLUMNS (desk_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (DeskImportColumns, desk_import_columns, DESK, IMPORT_COLUMNS, AdwBin)

void desk_import_columns_show (DeskImportColumns *self, const DeskImportFile *file, DeskImportPlan *plan);

G_END_DECLS
