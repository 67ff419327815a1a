/* What is done to containers: made, changed, retired, moved with all they hold. */
#include "desk-cells-private.h"
#include "desk-codes.h"

#include <string.h>

static gboolean
check_form (const DeskContainer *container, const DeskContainer *parent, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_container_check (container, parent, problems);
  if (problems->len == 0)
    return TRUE;
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "a container cannot have this %s (%s)", desk_problems_get (problems, 0)->field,
               desk_problems_get (problems, 0)->code);
  return FALSE;
}

static const char *
or_else (const char *text, const char *otherwise)
{
  return text && *text ? text : otherwise;
}

/* The first position of a container that nothing stands at, in its fill order: for units and containers alike. */
gboolean
desk_container_next_position (DeskDb *db, const DeskContainer *parent, int *row, int *col, GError **error)
{
  g_autofree guint8 *taken = desk_places_taken (db, parent, error);

  if (!taken)
    return FALSE;
  for (int n = 0; desk_fill_nth (parent->fill_order, parent->rows, parent->cols, n, row, col); n++)
    if (!taken[(*row - 1) * parent->cols + *col - 1])
      return TRUE;
  return desk_refuse (error, "container-full");
}

/* Says who stands at a position instead of that something does. */
static void
name_container_at (DeskDb *db, const DeskContainer *parent, int row, int col, GError **error)
{
  if (g_error_matches (*error, DESK_ERROR, DESK_ERROR_REFUSED) && strcmp ((*error)->message, "place-taken") == 0)
    desk_place_name_occupant (db, parent, row, col, error);
}

static gboolean
insert_container (DeskDb *db, const DeskContainer *c, const char *code, gint64 *id, GError **error)
{
  return desk_db_value (db, id, error,
                        "INSERT INTO container (parent_id, kind, name, barcode, layout, rows, cols, levels, row_scheme, col_scheme,"
                        " fill_order, row, col, cold_class, allowed_kinds, in_service, quarantine_only, biohazard_only)"
                        " VALUES (NULLIF ($1, 0), $2, $3, NULLIF ($4, ''), $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
                        " RETURNING id",
                        "ittttdddtttddttddd", c->parent_id, c->kind, c->name, code, desk_container_layout (c), c->rows,
                        c->cols, MAX (c->levels, 1), or_else (c->row_scheme, "upper"), or_else (c->col_scheme, "number"),
                        or_else (c->fill_order, "htl"), c->row, c->col, or_else (c->cold_class, ""), or_else (c->allowed_kinds, ""),
                        !!c->in_service, !!c->quarantine_only, !!c->biohazard_only);
}

/* Where there are no places, a new one is drawn behind the others. */
static gboolean
last_of (DeskDb *db, gint64 parent_id, int *row, GError **error)
{
  gint64 last;

  if (!(parent_id ? desk_db_value (db, &last, error, "SELECT COALESCE (max (row), 0) FROM container WHERE parent_id = $1", "i", parent_id)
                  : desk_db_value (db, &last, error, "SELECT COALESCE (max (row), 0) FROM container WHERE parent_id IS NULL", "")))
    return FALSE;
  *row = (int) last + 1;
  return TRUE;
}

/* Adds a container; fills its id, its row and column when they are 0, and its code: one of ours unless it has one. DESK_ERROR_TAKEN
 * when its parent has one of that name, the code is another's, or something stands there. */
gboolean
desk_container_add (DeskDb *db, DeskContainer *container, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (DeskContainer) parent = NULL;
  g_autofree char *code = g_strdup (or_else (container->barcode, NULL));
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 id;

  if (!txn)
    return FALSE;
  if (container->parent_id && !(parent = desk_container_load (db, container->parent_id, error)))
    return FALSE;
  if (parent && desk_container_has_places (parent) && (container->row == 0 || container->col == 0)
      && !desk_container_next_position (db, parent, &container->row, &container->col, error))
    return FALSE;
  if (!(parent && desk_container_has_places (parent)) && container->row == 0
      && !last_of (db, container->parent_id, &container->row, error))
    return FALSE;
  if (!check_form (container, parent, error))
    return FALSE;
  if (!code && !desk_code_next (db, "container", DESK_LOCAL_CONTAINER, 0, &code, error))
    return FALSE;
  if (!insert_container (db, container, code, &id, &local))
    {
      if (parent)
        name_container_at (db, parent, container->row, container->col, &local);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!desk_txn_log (txn, "container.add", DESK_KIND_CONTAINER, id, container->name, error) || !desk_txn_commit (txn, error))
    return FALSE;
  container->id = id;
  container->version = 1;
  if (g_strcmp0 (container->barcode, code) != 0)
    {
      g_free (container->barcode);
      container->barcode = g_steal_pointer (&code);
    }
  return TRUE;
}

static gboolean
set_conflict (GError **error)
{
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the container was changed meanwhile");
  return FALSE;
}

/* Changes what a container is called and how it is laid out and used; where it stands changes by a move alone. Takes the
 * version of what was read, and gets the new one. DESK_ERROR_CONFLICT; DESK_ERROR_REFUSED container-not-empty,
 * contents-do-not-fit, container-retired. */
gboolean
desk_container_save (DeskDb *db, DeskContainer *container, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskContainer) now = txn ? desk_container_load (db, container->id, error) : NULL;
  g_autoptr (DeskContainer) parent = NULL;
  gint64 version;

  if (!now)
    return FALSE;
  if (now->version != container->version)
    return set_conflict (error);
  if (now->parent_id && !(parent = desk_container_load (db, now->parent_id, error)))
    return FALSE;
  container->parent_id = now->parent_id;
  container->row = now->row;
  container->col = now->col;
  if (!check_form (container, parent, error)
      || !desk_db_value (db, &version, error,
                         "UPDATE container SET kind = $3, name = $4, barcode = NULLIF ($5, ''), layout = $6, rows = $7, cols = $8, levels = $9,"
                         " row_scheme = $10, col_scheme = $11, fill_order = $12, cold_class = $13, allowed_kinds = $14, in_service = $15,"
                         " quarantine_only = $16, biohazard_only = $17, version = version + 1 WHERE id = $1 AND version = $2 RETURNING version",
                         "iittttdddtttttddd", container->id, container->version, container->kind, container->name,
                         or_else (container->barcode, ""), desk_container_layout (container), container->rows, container->cols,
                         MAX (container->levels, 1), or_else (container->row_scheme, "upper"), or_else (container->col_scheme, "number"),
                         or_else (container->fill_order, "htl"), or_else (container->cold_class, ""), or_else (container->allowed_kinds, ""),
                         !!container->in_service, !!container->quarantine_only, !!container->biohazard_only)
      || !desk_txn_log (txn, "container.update", DESK_KIND_CONTAINER, container->id, container->name, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  container->version = version;
  return TRUE;
}

/* Takes an empty container out for good; its name and its code stay taken. */
gboolean
desk_container_retire (DeskDb *db, gint64 id, gint64 version, const char *reason, GError **error)
{
  g_autofree char *words = g_strstrip (g_strdup (reason ? reason : ""));
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskContainer) now = txn ? desk_container_load (db, id, error) : NULL;

  if (!now)
    return FALSE;
  if (*words == '\0')
    return desk_refuse (error, "reason-needed");
  if (now->version != version)
    return set_conflict (error);
  g_autofree char *detail = g_strdup_printf ("%s: %s", now->name, words);
  if (!desk_db_run (db, error, "UPDATE container SET retired = 1, version = version + 1 WHERE id = $1", "i", id)
      || !desk_txn_log (txn, "container.retire", DESK_KIND_CONTAINER, id, detail, error))
    return FALSE;
  if (now->parent_id)
    desk_txn_changed (txn, DESK_KIND_CONTAINER, now->parent_id);
  return desk_txn_commit (txn, error);
}

/* Why a move cannot be as said, before anything is written: a code or NULL. */
static const char *
move_is_wrong (const DeskContainer *container, const DeskContainer *to, const DeskContainerMove *move)
{
  if (move->performer == 0)
    return "person-needed";
  if (move->witness == move->performer)
    return "same-person";
  if (container->used > 0 && move->witness == 0)
    return "second-person-needed";
  if (container->used > 0 && to && !to->usable)
    return "out-of-service";
  if (to && !desk_container_kind_inside (to->kind, container->kind))
    return "kind-not-inside";
  return NULL;
}

static gboolean
write_move (DeskDb *db, DeskTxn *txn, const DeskContainer *container, const DeskContainer *to, const DeskContainerMove *move, GError **error)
{
  gint64 at = move->at ? move->at : g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *place = to && desk_container_has_places (to) ? desk_place_name_in (to, move->row, move->col) : g_strdup ("");
  g_autofree char *detail = g_strdup_printf ("%s → %s %s", container->name, to ? to->name : "", place);

  if (!desk_db_run (db, error,
                    "INSERT INTO container_move (container_id, from_parent, from_row, from_col, to_parent, to_row, to_col, at,"
                    " seconds_out, performer_id, witness_id, reason)"
                    " VALUES ($1, NULLIF ($2, 0), $3, $4, NULLIF ($5, 0), $6, $7, $8, $9, $10, NULLIF ($11, 0), $12)",
                    "iiddiddidiit", container->id, container->parent_id, container->row, container->col, move->to_parent, move->row, move->col,
                    at, move->seconds_out, move->performer, move->witness, move->reason ? move->reason : "")
      || !desk_txn_log (txn, "container.move", DESK_KIND_CONTAINER, container->id, g_strstrip (detail), error))
    return FALSE;
  if (container->parent_id)
    desk_txn_changed (txn, DESK_KIND_CONTAINER, container->parent_id);
  if (move->to_parent)
    desk_txn_changed (txn, DESK_KIND_CONTAINER, move->to_parent);
  return TRUE;
}

/* Moves a container with all that stands in it: one row for it, one of custody for each unit, their places in it kept.
 * DESK_ERROR_TAKEN names what is there; DESK_ERROR_REFUSED: container-in-itself, out-of-service, second-person-needed,
 * contents-do-not-fit, kind-not-inside … */
gboolean
desk_container_move (DeskDb *db, const DeskContainerMove *move, GError **error)
{
  DeskContainerMove to_do = *move;
  g_autoptr (GError) local = NULL;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskContainer) container = txn ? desk_container_load (db, move->container_id, error) : NULL;
  g_autoptr (DeskContainer) to = NULL;

  if (!container || (move->to_parent && !(to = desk_container_load (db, move->to_parent, error))))
    return FALSE;
  const char *code = move_is_wrong (container, to, move);
  if (code)
    return desk_refuse (error, code);
  gboolean has_places = to && desk_container_has_places (to);
  if (has_places && (to_do.row == 0 || to_do.col == 0) && !desk_container_next_position (db, to, &to_do.row, &to_do.col, error))
    return FALSE;
  if (container->parent_id == to_do.to_parent && container->row == to_do.row && container->col == to_do.col)
    return desk_refuse (error, "already-there");
  if (write_move (db, txn, container, to, &to_do, &local))
    return desk_txn_commit (txn, error);
  if (has_places)
    name_container_at (db, to, to_do.row, to_do.col, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
move_units (DeskDb *db, gint64 from, gint64 to, const DeskContainerMove *how, GError **error)
{
  g_autoptr (GPtrArray) units = desk_unit_in_container (db, from, error);

  if (!units)
    return FALSE;
  for (guint i = 0; i < units->len; i++)
    {
      const DeskUnit *unit = units->pdata[i];
      DeskUnitAct act = { .unit_id = unit->id, .step = DESK_STEP_MOVE, .performer = how->performer, .witness = how->witness,
                          .container_id = to, .row = unit->row, .col = unit->col, .at = how->at };

      if (!desk_unit_act (db, &act, error))
        return FALSE;
    }
  return TRUE;
}

/* Moves everything that stands in one container to the same positions of another, as from tank to tank; all or nothing.
 * how says who, when and why; its container and places are not looked at. */
gboolean
desk_container_move_all (DeskDb *db, gint64 from, gint64 to, const DeskContainerMove *how, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (GPtrArray) children = txn ? desk_container_children (db, from, error) : NULL;

  if (!children)
    return FALSE;
  for (guint i = 0; i < children->len; i++)
    {
      const DeskContainer *child = children->pdata[i];
      DeskContainerMove move = *how;

      move.container_id = child->id;
      move.to_parent = to;
      move.row = child->row;
      move.col = child->col;
      if (!desk_container_move (db, &move, error))
        return FALSE;
    }
  return move_units (db, from, to, how, error) && desk_txn_commit (txn, error);
}
