/* People on file who may be one person: found by index, scored by domain/desk-duplicate.h. */
#pragma once

#include <gio/gio.h>

#include "desk-db.h"
#include "desk-duplicate.h"

G_BEGIN_DECLS

typedef struct
{
  DeskPatient *patient;
  DeskDuplicate match;
} DeskDuplicateHit;

typedef struct
{
  DeskPatient *a, *b; /* a has the smaller id */
  DeskDuplicate match;
} DeskDuplicatePair;

/* 0 to 1, in the thread that looks. */
typedef void (*DeskDuplicateProgress) (double fraction, gpointer user_data);

void desk_duplicate_hit_free (DeskDuplicateHit *hit);
void desk_duplicate_pair_free (DeskDuplicatePair *pair);

GPtrArray *desk_duplicate_find (DeskDb *db, const DeskPatient *draft, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_duplicate_pairs (DeskDb *db, guint limit, GCancellable *cancellable, DeskDuplicateProgress progress, gpointer user_data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_duplicate_reject (DeskDb *db, gint64 one, gint64 other, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_duplicate_reconsider (DeskDb *db, gint64 one, gint64 other, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_duplicate_save (DeskDb *db, DeskPatient *patient, const GArray *told, GPtrArray **asked, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
