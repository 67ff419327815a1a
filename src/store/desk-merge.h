/* Two records of one person become one. What belonged to the loser goes to the winner in one transaction and is written
 * down row by row; the loser's record stays, marked, and can be given everything back.
 *
 * The schema lets nothing change owner but for a merge on record, asks for a second person where both have cells, and
 * holds every filled unit whose label then names another chart (schema/002.sql). */
#pragma once

#include "desk-db.h"
#include "desk-patient.h"

G_BEGIN_DECLS

/* Something that moves. */
typedef struct
{
  const char *what; /* the table: visit, document, lot …; static */
  gint64 id;
  char *name;       /* number, title, ISO day or nothing */
  char *code;       /* its kind or state, for words */
  gint64 at;        /* UTC seconds; 0 for none */
} DeskMergeThing;

/* Two visits at one time. */
typedef struct
{
  gint64 loser_visit, winner_visit;
  gint64 starts_at;
  char *loser_type, *winner_type;
} DeskMergeClash;

typedef struct
{
  GPtrArray *things;    /* of DeskMergeThing, kinds together */
  GPtrArray *clashes;   /* of DeskMergeClash; any forbids the merge */
  gboolean both_cells;  /* two people must approve */
  const char *refusal;  /* code of what else forbids it, or NULL; static */
} DeskMergePreview;

typedef struct
{
  gint64 loser_id, loser_version;
  DeskPatient *winner; /* as the record is to be, with the version it was loaded with; not owned */
  gint64 second_by;    /* 0 for nobody */
} DeskMerge;

/* A field of the winner that the merge changed. */
typedef struct
{
  char *field, *before, *after, *now;
} DeskMergeField;

typedef struct
{
  gint64 id, loser_id, winner_id, at;
  char *approved_by, *second_by; /* names; second_by NULL for nobody */
} DeskMergeRecord;

typedef struct
{
  DeskMergeRecord *merge;
  GPtrArray *things;      /* that go back, with what was made of them since */
  GPtrArray *fields;      /* of DeskMergeField: all that the merge changed; those where now differs from after were changed since */
  gboolean second_needed;
  const char *refusal;    /* code, or NULL; static */
} DeskUnmergePreview;

void desk_merge_preview_free (DeskMergePreview *preview);
void desk_unmerge_preview_free (DeskUnmergePreview *preview);
void desk_merge_record_free (DeskMergeRecord *record);

DeskMergePreview *desk_merge_preview (DeskDb *db, gint64 loser_id, gint64 winner_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_merge (DeskDb *db, const DeskMerge *merge, gint64 *merge_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

DeskUnmergePreview *desk_unmerge_preview (DeskDb *db, gint64 merge_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_unmerge (DeskDb *db, gint64 merge_id, gint64 second_by, const char *const *restore, GError **error) G_GNUC_WARN_UNUSED_RESULT;

DeskMergeRecord *desk_merge_of (DeskDb *db, gint64 loser_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_merge_list (DeskDb *db, gint64 winner_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_merge_winner (DeskDb *db, gint64 patient_id, gint64 *winner_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskMergePreview, desk_merge_preview_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskUnmergePreview, desk_unmerge_preview_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskMergeRecord, desk_merge_record_free)

G_END_DECLS
