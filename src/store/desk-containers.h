/* The bank: containers of any depth and the places in them. Rules in domain/desk-container.h; the schema refuses what
 * must never be. All lists are freed with g_ptr_array_unref () or g_array_unref (). */
#pragma once

#include "desk-container.h"
#include "desk-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 container_id;
  int row, col;
} DeskPlace;

typedef struct
{
  int row, col;
  char *reason;
  gint64 opened_at;
  char *opened_by; /* name */
} DeskPlaceBlock;

/* A unit put into a place, as it is written down. */
typedef struct
{
  gint64 unit_id, container_id;
  int row, col;
  gint64 at, performer, witness; /* witness 0 for none */
  const char *scanned;           /* the unit's code as read, or NULL; what is read must be this unit's */
  const char *scanned_place;     /* the container's code as read, or NULL */
  int seconds_out;               /* warm before it was put there */
} DeskPlacing;

/* A container moved with all that stands in it. */
typedef struct
{
  gint64 container_id, to_parent; /* to_parent 0: outermost */
  int row, col;                   /* 0: the next free position of the new parent */
  gint64 at, performer, witness;  /* at 0: now; a witness is needed when it holds units */
  int seconds_out;
  const char *reason;             /* or NULL */
} DeskContainerMove;

/* Units put away one after the other, from a place on. */
typedef struct
{
  const gint64 *units;
  const char *const *scanned;  /* as read, one for each, or NULL */
  guint n_units;
  gint64 container_id;         /* a box, or what boxes stand in: they are filled in their order */
  int row, col;                /* of the first in the box; 0: its first free place */
  gint64 performer, witness;
  int seconds_out;
  gboolean freeze;             /* what is filled is frozen with it */
} DeskPutAway;

/* Where a unit stood before it was put away; container 0 for none. */
typedef struct
{
  gint64 unit_id;
  DeskPlace from, to;
} DeskPutStep;

GPtrArray *desk_container_children (DeskDb *db, gint64 parent_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_container_path (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskContainer *desk_container_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 desk_container_find (DeskDb *db, const char *barcode, GError **error);
GArray *desk_container_wrong_sums (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_container_add (DeskDb *db, DeskContainer *container, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_container_save (DeskDb *db, DeskContainer *container, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_container_retire (DeskDb *db, gint64 id, gint64 version, const char *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_container_move (DeskDb *db, const DeskContainerMove *move, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_container_move_all (DeskDb *db, gint64 from, gint64 to, const DeskContainerMove *how, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *desk_place_blocks (DeskDb *db, gint64 container_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_place_block (DeskDb *db, const DeskPlace *place, const char *reason, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_place_unblock (DeskDb *db, const DeskPlace *place, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_container_next_position (DeskDb *db, const DeskContainer *parent, int *row, int *col, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_container_next_free (DeskDb *db, gint64 container_id, int *row, int *col, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_places_free (DeskDb *db, const DeskPlace *from, const DeskPlaceItem *item, guint n, GArray *places, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_place_wants_witness (DeskDb *db, gint64 unit_id, gint64 container_id, gboolean *wants, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_bank_one_tank (DeskDb *db, gint64 patient_id, gboolean *one, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_place_put (DeskDb *db, const DeskPlacing *placing, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_put_away (DeskDb *db, const DeskPutAway *put, GArray *steps, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_put_back_where (DeskDb *db, const GArray *steps, gint64 performer, gint64 witness, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void desk_place_block_free (DeskPlaceBlock *block);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPlaceBlock, desk_place_block_free)

G_END_DECLS
