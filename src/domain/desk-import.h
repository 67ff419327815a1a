/* Patients from somebody else's table: which column is what, and a row as a record with its problems. */
#pragma once

#include "desk-day-words.h"
#include "desk-patient.h"

G_BEGIN_DECLS

/* What a column of a table can become. */
typedef struct
{
  const char *name;    /* a field of DeskPatient, or "name" (whole), "interpreter" */
  const char *headers; /* what such a column is called, folded, separated by spaces */
} DeskImportTarget;

typedef struct
{
  GPtrArray *targets; /* of const char *: a target's name for each column, "" to leave it out */
  DeskDayOrder order; /* how 3/4/1961 is meant in this table */
} DeskImportPlan;

const DeskImportTarget *desk_import_targets (guint *n_targets);

DeskImportPlan *desk_import_plan_new (const char *const *header);
DeskImportPlan *desk_import_plan_copy (const DeskImportPlan *plan);
void desk_import_plan_free (DeskImportPlan *plan);
gboolean desk_import_plan_set (DeskImportPlan *plan, guint column, const char *target);
char *desk_import_plan_format (const DeskImportPlan *plan, const char *const *header);
DeskImportPlan *desk_import_plan_parse (const char *text, const char *const *header);
char *desk_import_header_key (const char *const *header);

/* Codes: missing (of a plan without a name). */
void desk_import_plan_check (const DeskImportPlan *plan, DeskProblems *problems);
gboolean desk_import_plan_dates (const DeskImportPlan *plan, const char *const *cells, gboolean seen[3]);

/* Codes beside those of desk_patient_check (): ambiguous-date; as warnings: name-not-split, not-imported. */
DeskPatient *desk_import_row (const DeskImportPlan *plan, const char *const *cells, DeskDay today, DeskProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskImportPlan, desk_import_plan_free)

G_END_DECLS
