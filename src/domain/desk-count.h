/* The stocktake: what was expected against what was scanned, and how each difference is resolved. Scanning is blind:
 * nobody sees what is expected until it has ended. */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

/* A place; row and col are 0 where only the box is known. */
typedef struct
{
  gint64 container_id;
  int row, col;
} DeskCountPlace;

/* A unit that stood in what is counted when the count began and stands there now. */
typedef struct
{
  gint64 unit_id;
  DeskCountPlace place;
} DeskCountExpected;

typedef struct
{
  gint64 unit_id;        /* 0 for a code nobody knows */
  const char *code;      /* as read */
  DeskCountPlace seen;
  DeskCountPlace home;   /* where the record had the unit at that moment; container 0 for nowhere */
  gboolean home_counted; /* home is inside what is counted */
} DeskCountScan;

typedef enum
{
  DESK_DIFFERENCE_MISSING,   /* expected, and not scanned anywhere */
  DESK_DIFFERENCE_FOREIGN,   /* belongs outside of what is counted, or nowhere */
  DESK_DIFFERENCE_ELSEWHERE, /* belongs to another place in what is counted */
  DESK_DIFFERENCE_DOUBLED,   /* one number in two places */
  DESK_DIFFERENCE_UNKNOWN,   /* a code nobody knows */
  DESK_N_DIFFERENCES
} DeskDifferenceKind;

typedef struct
{
  DeskDifferenceKind kind;
  gint64 unit_id;
  const char *code;     /* of the scan; NULL for missing */
  DeskCountPlace place; /* where it was seen, or should have been */
} DeskDifference;

typedef enum
{
  DESK_RESOLVE_FOUND,         /* it is where the record says: scanned there */
  DESK_RESOLVE_MOVED,         /* the record follows: a move to where it stands */
  DESK_RESOLVE_MISSING,       /* it is not there: life becomes missing */
  DESK_RESOLVE_RECORD_WRONG,  /* the record was put right by other means */
  DESK_RESOLVE_NOT_OURS,      /* nothing of this clinic's */
  DESK_RESOLVE_COUNTED_WRONG, /* scanned wrongly */
  DESK_N_RESOLUTIONS
} DeskResolution;

typedef enum
{
  DESK_COUNT_SCANNING,
  DESK_COUNT_COMPARING, /* scanning ended, differences written */
  DESK_COUNT_CLOSED,
  DESK_COUNT_ABANDONED, /* given up before the comparison */
} DeskCountState;

typedef enum
{
  DESK_COUNT_STEP_SCAN,
  DESK_COUNT_STEP_END, /* of scanning */
  DESK_COUNT_STEP_RESOLVE,
  DESK_COUNT_STEP_CLOSE,
  DESK_COUNT_STEP_ABANDON,
  DESK_N_COUNT_STEPS
} DeskCountStep;

GArray *desk_count_compare (const DeskCountExpected *expected, guint n_expected, const DeskCountScan *scans, guint n_scans);
gboolean desk_count_place_fits (const DeskCountPlace *seen, const DeskCountPlace *recorded);

const char *desk_difference_code (DeskDifferenceKind kind);
gboolean desk_difference_parse (const char *code, DeskDifferenceKind *kind);
const char *desk_resolution_code (DeskResolution resolution);
gboolean desk_resolution_parse (const char *code, DeskResolution *resolution);
gboolean desk_resolution_offered (DeskDifferenceKind kind, DeskResolution resolution);
gboolean desk_resolution_needs_scan (DeskResolution resolution);
void desk_resolution_check (DeskDifferenceKind kind, DeskResolution resolution, const char *cause, const char *scanned,
                            gint64 performer, gint64 witness, DeskProblems *problems);

const char *desk_count_state_code (DeskCountState state);
DeskCountState desk_count_state_of (gint64 counted_at, gint64 closed_at, gboolean abandoned);
const char *desk_count_refuses (DeskCountState state, DeskCountStep step, guint boxes_left, guint unresolved);

G_END_DECLS
