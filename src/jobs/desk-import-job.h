/* What would become of each row of a table, and taking it in. Nothing is written before desk_import_take (). */
#pragma once

#include "desk-db.h"
#include "desk-duplicate.h"
#include "desk-import-file.h"
#include "desk-import.h"
#include "desk-progress.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_IMPORT_NEW,       /* will be taken in */
  DESK_IMPORT_DUPLICATE, /* is likely somebody who is there, or an earlier row; left out unless told otherwise */
  DESK_IMPORT_WRONG,     /* cannot be taken in */
} DeskImportState;

/* A row that somebody should look at. */
typedef struct
{
  guint row, line;
  DeskImportState state; /* NEW with warnings only */
  gboolean take;         /* of a duplicate: take it in all the same */
  char *name, *birth;
  DeskDuplicate duplicate;
  gint64 other_id;       /* whom it may be, or 0 */
  guint other_line;      /* which row it may be, or 0 */
  char *other_name;
  DeskProblems *problems;
} DeskImportFinding;

typedef struct
{
  guint counts[3];     /* rows by DeskImportState */
  GArray *states;      /* of guint8, by row */
  GPtrArray *findings; /* of DeskImportFinding, by row; the first DESK_IMPORT_MAX_FINDINGS */
  guint warned;        /* rows with warnings */
  gboolean ambiguous_dates; /* some dates can be read either way and the plan does not say which */
  gint64 known_batch;  /* this very file was taken in already, or 0 */
} DeskImportLook;

#define DESK_IMPORT_MAX_FINDINGS 10000

DeskImportPlan *desk_import_propose (DeskDb *db, const DeskImportFile *file, gboolean *remembered, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskImportLook *desk_import_look (DeskDb *db, const DeskImportFile *file, const DeskImportPlan *plan, DeskDay today, DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_import_look_free (DeskImportLook *look);
guint desk_import_look_taken (const DeskImportLook *look);
gboolean desk_import_take (DeskDb *db, const DeskImportFile *file, const DeskImportPlan *plan, const DeskImportLook *look, DeskDay today, DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, gint64 *batch_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskImportLook, desk_import_look_free)

G_END_DECLS
