/* Places: which are free, which are blocked, and units put into them. */
#include "desk-cells-private.h"

#include <string.h>

void
desk_place_block_free (DeskPlaceBlock *block)
{
  if (!block)
    return;
  g_free (block->reason);
  g_free (block->opened_by);
  g_free (block);
}

/* One byte for each position of a container, row by row: not 0 where a unit or a container stands or it is blocked.
 * The caller frees it. */
guint8 *
desk_places_taken (DeskDb *db, const DeskContainer *container, GError **error)
{
  g_autofree guint8 *taken = g_new0 (guint8, MAX (1, container->rows * container->cols));
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT row, col FROM placement WHERE container_id = $1 AND until IS NULL"
      " UNION ALL SELECT row, col FROM place_block WHERE container_id = $1 AND closed_at IS NULL"
      " UNION ALL SELECT row, col FROM container WHERE parent_id = $1 AND retired = 0",
      "i", container->id);
  DeskStep step;

  if (!stmt)
    return NULL;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      int row = desk_stmt_int (stmt, 0), col = desk_stmt_int (stmt, 1);

      if (row >= 1 && col >= 1 && row <= container->rows && col <= container->cols)
        taken[(row - 1) * container->cols + col - 1] = 1;
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&taken) : NULL;
}

/* ── free places ─────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskDb *db;
  const DeskPlaceItem *item; /* NULL: whatever */
  guint wanted;
  GArray *places;
} Hunt;

static gboolean
has_enough (const Hunt *hunt)
{
  return hunt->places->len >= hunt->wanted;
}

/* The free places of one container in its order, from the rank on. */
static gboolean
take_free (Hunt *hunt, const DeskContainer *container, int rank, GError **error)
{
  g_autofree guint8 *taken = desk_places_taken (hunt->db, container, error);
  DeskPlace place = { .container_id = container->id };

  if (!taken)
    return FALSE;
  for (int n = rank; !has_enough (hunt); n++)
    {
      if (!desk_fill_nth (container->fill_order, container->rows, container->cols, n, &place.row, &place.col))
        break;
      if (!taken[(place.row - 1) * container->cols + place.col - 1])
        g_array_append_val (hunt->places, place);
    }
  return TRUE;
}

static int
compare_rank (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const DeskContainer *x = *(const DeskContainer *const *) a, *y = *(const DeskContainer *const *) b, *parent = user_data;

  return desk_fill_rank (parent->fill_order, parent->rows, parent->cols, x->row, x->col)
         - desk_fill_rank (parent->fill_order, parent->rows, parent->cols, y->row, y->col);
}

/* Whether nothing inside can take the item, whatever the places in it are. */
static gboolean
is_closed (const Hunt *hunt, const DeskPlaceRules *rules)
{
  DeskPlaceRules inside = *rules;

  if (rules->retired || rules->out_of_service)
    return TRUE;
  /* A cold class may be another further in. */
  inside.holds_units = TRUE;
  inside.cold_class[0] = '\0';
  return hunt->item && desk_place_refuses (&inside, hunt->item);
}

/* Depth first in the order each container is filled; what is full inside is not even opened. */
static gboolean
hunt_in (Hunt *hunt, const DeskContainer *container, const DeskPlaceRules *above, int rank, GError **error)
{
  DeskPlaceRules rules;

  desk_place_rules_within (above, container, &rules);
  if (is_closed (hunt, &rules))
    return TRUE;
  if (rules.holds_units && !(hunt->item && desk_place_refuses (&rules, hunt->item)) && !take_free (hunt, container, rank, error))
    return FALSE;
  if (has_enough (hunt))
    return TRUE;
  g_autoptr (GPtrArray) children = desk_container_with_room (hunt->db, container->id, error);
  if (!children)
    return FALSE;
  if (desk_container_has_places (container))
    g_ptr_array_sort_with_data (children, compare_rank, (gpointer) container);
  for (guint i = 0; i < children->len && !has_enough (hunt); i++)
    if (!hunt_in (hunt, children->pdata[i], &rules, 0, error))
      return FALSE;
  return TRUE;
}

/* The next n free places in a container and what stands in it, each in its own fill order, that may take the item (NULL:
 * any unit): appends DeskPlace to places. from->row and col, when not 0, are where to begin in the container itself.
 * Fewer than n are DESK_ERROR_REFUSED "container-full", or why the container takes nothing of the kind. */
gboolean
desk_places_free (DeskDb *db, const DeskPlace *from, const DeskPlaceItem *item, guint n, GArray *places, GError **error)
{
  g_autoptr (GPtrArray) path = desk_container_path (db, from->container_id, error);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (DeskPlace));
  Hunt hunt = { db, item, n, found };
  DeskPlaceRules above, own;

  if (!path)
    return FALSE;
  if (path->len == 0)
    return desk_refuse (error, "no-such-container");
  g_autoptr (DeskContainer) container = g_ptr_array_steal_index (path, path->len - 1);
  int rank = from->row || from->col ? desk_fill_rank (container->fill_order, container->rows, container->cols, from->row, from->col) : 0;
  if (rank < 0)
    return desk_refuse (error, "no-such-place");
  desk_place_rules_of (path, &above);
  if (!hunt_in (&hunt, container, &above, rank, error))
    return FALSE;
  if (found->len < n)
    {
      const char *code;

      desk_place_rules_within (&above, container, &own);
      own.holds_units = TRUE;
      code = item ? desk_place_refuses (&own, item) : own.retired ? "container-retired" : own.out_of_service ? "out-of-service" : NULL;
      return desk_refuse (error, found->len == 0 && code ? code : "container-full");
    }
  g_array_append_vals (places, found->data, found->len);
  return TRUE;
}

/* The first empty place of a container itself, in its order. A full one is DESK_ERROR_REFUSED "container-full". */
gboolean
desk_container_next_free (DeskDb *db, gint64 container_id, int *row, int *col, GError **error)
{
  g_autoptr (DeskContainer) container = desk_container_load (db, container_id, error);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (DeskPlace));
  Hunt hunt = { db, NULL, 1, places };

  if (!container || !take_free (&hunt, container, 0, error))
    return FALSE;
  if (places->len == 0 || g_strcmp0 (container->allowed_kinds, "none") == 0)
    return desk_refuse (error, "container-full");
  *row = g_array_index (places, DeskPlace, 0).row;
  *col = g_array_index (places, DeskPlace, 0).col;
  return TRUE;
}

/* ── blocked places ──────────────────────────────────────────────────────────────────────────── */

/* DeskPlaceBlock of a container, by place. */
GPtrArray *
desk_place_blocks (DeskDb *db, gint64 container_id, GError **error)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_place_block_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT b.row, b.col, b.reason, b.opened_at, s.name FROM place_block b JOIN staff s ON s.id = b.opened_by"
      " WHERE b.container_id = $1 AND b.closed_at IS NULL ORDER BY b.row, b.col",
      "i", container_id);
  DeskStep step;

  if (!stmt)
    return NULL;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskPlaceBlock *block = g_new0 (DeskPlaceBlock, 1);

      block->row = desk_stmt_int (stmt, 0);
      block->col = desk_stmt_int (stmt, 1);
      block->reason = desk_stmt_dup_text (stmt, 2);
      block->opened_at = desk_stmt_int64 (stmt, 3);
      block->opened_by = desk_stmt_dup_text (stmt, 4);
      g_ptr_array_add (blocks, block);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&blocks) : NULL;
}

static gboolean
log_place (DeskDb *db, DeskTxn *txn, const char *action, const DeskPlace *place, const char *reason, GError **error)
{
  g_autoptr (DeskContainer) container = desk_container_load (db, place->container_id, error);

  if (!container)
    return FALSE;
  g_autofree char *name = desk_place_name_in (container, place->row, place->col);
  g_autofree char *detail = g_strdup_printf ("%s %s %s", container->name, name, reason);
  return desk_txn_log (txn, action, DESK_KIND_CONTAINER, place->container_id, g_strchomp (detail), error);
}

/* Takes an empty place out of use. DESK_ERROR_REFUSED: reason-needed, no-such-place, place-taken; DESK_ERROR_TAKEN when it
 * is blocked already. */
gboolean
desk_place_block (DeskDb *db, const DeskPlace *place, const char *reason, gint64 by, GError **error)
{
  g_autofree char *words = g_strstrip (g_strdup (reason ? reason : ""));

  if (*words == '\0')
    return desk_refuse (error, "reason-needed");
  if (place->row < 1 || place->col < 1)
    return desk_refuse (error, "no-such-place");
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  return txn
         && desk_db_run (db, error,
                         "INSERT INTO place_block (container_id, row, col, reason, opened_at, opened_by) VALUES ($1, $2, $3, $4, $5, $6)",
                         "iddtii", place->container_id, place->row, place->col, words, g_get_real_time () / G_USEC_PER_SEC, by)
         && log_place (db, txn, "place.block", place, words, error) && desk_txn_commit (txn, error);
}

/* Makes a blocked place usable again; one that is not blocked is DESK_ERROR_NOT_FOUND. */
gboolean
desk_place_unblock (DeskDb *db, const DeskPlace *place, gint64 by, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 id;

  return txn
         && desk_db_value (db, &id, error,
                           "UPDATE place_block SET closed_at = $4, closed_by = $5"
                           " WHERE container_id = $1 AND row = $2 AND col = $3 AND closed_at IS NULL RETURNING id",
                           "iddii", place->container_id, place->row, place->col, g_get_real_time () / G_USEC_PER_SEC, by)
         && log_place (db, txn, "place.unblock", place, "", error) && desk_txn_commit (txn, error);
}
