/* What finding and opening share. */
#pragma once

#include "desk-lookbacks.h"

G_BEGIN_DECLS

typedef struct
{
  DeskRoad road;
  gint64 ref_id, via_id;
  DeskDay day;
} DeskFoundRoad;

typedef struct
{
  DeskItemKind kind;
  gint64 row_id;
  GArray *roads; /* DeskFoundRoad, each once */
} DeskFound;

typedef struct
{
  DeskDb *db;
  GTimeZone *zone;
  DeskLookbackOrder order;
  gint64 now;
  GPtrArray *found;   /* DeskFound, in the order they were found */
  GHashTable *index;  /* the same, by kind and row */
  GArray *lots;       /* gint64, of those found */
  guint n_own;        /* the first of them: the lot it is about and its family */
} DeskLookbackSearch;

DeskLookbackSearch *desk_lookback_search (DeskDb *db, const DeskLookbackOrder *order, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_lookback_search_free (DeskLookbackSearch *search);

/* Of the files that find. */
gboolean desk_found_add (DeskLookbackSearch *search, DeskItemKind kind, gint64 row_id, DeskRoad road, gint64 ref_id, gint64 at, gint64 via_id);
gboolean desk_lookback_find_family (DeskLookbackSearch *search, guint from, gboolean upwards, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_lookback_find_met (DeskLookbackSearch *search, gint64 lot_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_lookback_find_of_cause (DeskLookbackSearch *search, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 desk_lookback_day_start (DeskLookbackSearch *search, DeskDay day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLookbackSearch, desk_lookback_search_free)

G_END_DECLS
