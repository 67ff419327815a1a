/* The stocktake in the store: opened for a container, scanned blindly, compared in one step, resolved, closed. */
#pragma once

#include "desk-count.h"
#include "desk-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id, container_id;
  char *number;
  char *place; /* of what is counted, outermost first, itself last: "Site › Tank 1" */
  DeskCountState state;
  gint64 opened_at, counted_at, closed_at;                /* 0 for what has not happened */
  char *opened_by, *counted_by, *closed_by, *closed_with; /* names */
  char *note;                                             /* why it was abandoned */
  guint boxes, boxes_done;
  guint scans;
  guint differences, unresolved;
} DeskCount;

/* A box of a count, in the order in which one walks along: rack, box. */
typedef struct
{
  gint64 id;
  char *name, *place; /* place: within what is counted, itself last */
  gboolean done;
  guint scans;        /* different codes read in it so far */
} DeskCountBox;

typedef struct
{
  int seq;
  gint64 container_id;
  int row, col;
  char *code;
  gint64 unit_id;
  char *number; /* of the unit, NULL for a code nobody knows */
  char *place;  /* the box within what is counted, with the position where one was said */
  char *position; /* as the box calls it, NULL where only the box is known */
  gint64 at;
  char *by;
} DeskCountRead;

/* A difference with what a person needs to see of it. */
typedef struct
{
  gint64 id, count_id, unit_id, patient_id;
  DeskDifferenceKind kind;
  char *code;
  char *number, *patient;          /* of the unit; NULL when unknown */
  gint64 container_id;
  int row, col;
  char *place;                     /* where it was seen, or should have been */
  gint64 home_container;           /* where the record has it now; 0 for nowhere */
  int home_row, home_col;
  char *home;                      /* in words; NULL for nowhere */
  gboolean resolved;
  DeskResolution resolution;
  char *cause, *scanned;
  gint64 resolved_at;
  char *resolved_by, *witness;     /* names */
} DeskCountDifference;

/* What a resolution needs to know and do. */
typedef struct
{
  gint64 difference_id;
  DeskResolution resolution;
  const char *cause;
  const char *scanned;             /* FOUND, MOVED: the unit's code, read where it stands */
  gint64 container_id;             /* MOVED: where it stands; 0 for where it was seen */
  int row, col;                    /* MOVED: 0 for where it was seen, or the next free place of that box */
  gint64 performer, witness;
} DeskCountResolve;

void desk_count_free (DeskCount *count);
void desk_count_box_free (DeskCountBox *box);
void desk_count_read_free (DeskCountRead *read);
void desk_count_difference_free (DeskCountDifference *difference);

GPtrArray *desk_count_list (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskCount *desk_count_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_count_boxes (DeskDb *db, gint64 count_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_count_reads (DeskDb *db, gint64 count_id, gint64 container_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_count_differences (DeskDb *db, gint64 count_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_count_open (DeskDb *db, gint64 container_id, gint64 by, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_count_scan (DeskDb *db, gint64 count_id, gint64 container_id, int row, int col, const char *code, gint64 by, DeskCountRead **read, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_count_box_done (DeskDb *db, gint64 count_id, gint64 container_id, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_count_end (DeskDb *db, gint64 count_id, gint64 by, guint *n_differences, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_count_resolve (DeskDb *db, const DeskCountResolve *resolve, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_count_close (DeskDb *db, gint64 count_id, gint64 by, gint64 with, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_count_abandon (DeskDb *db, gint64 count_id, gint64 by, const char *why, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskCount, desk_count_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskCountRead, desk_count_read_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskCountDifference, desk_count_difference_free)

G_END_DECLS
