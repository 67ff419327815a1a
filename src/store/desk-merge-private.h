/* Every place where a patient is named in the file, and what a merge does with it: one table, so that none can be
 * forgotten (tests/store/test-merge.c compares it with the schema). */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_MERGE_MOVES,   /* changes owner, row by row */
  DESK_MERGE_FOLLOWS, /* goes along with another row, by a trigger */
  DESK_MERGE_STAYS,   /* says something about the record itself */
} DeskMergeWay;

typedef struct
{
  const char *table, *column;
  DeskMergeWay way;
  DeskKind kind;      /* what to say has changed */
  const char *take;   /* writes down the rows of $2 for merge $1 */
  const char *follow; /* writes down, for taking back merge $1, what was made of its rows since; or NULL */
  const char *move;   /* gives the rows of merge $1 that $2 has to $3 */
  const char *list;   /* id, name, code, instant of the rows of $1, or of those of merge $2 among them */
} DeskMergePlace;

const DeskMergePlace *desk_merge_places (guint *n_places);

G_END_DECLS
