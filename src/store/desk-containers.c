/* Containers and the places in them. */
#include "desk-cells-private.h"

/* Sums per child over everything inside it, one count per box on the index of open placements: opening a tank
 * costs its boxes, not its positions. */
#define INSIDE \
  "WITH RECURSIVE inside (top, id, places) AS (" \
  "  SELECT id, id, rows * cols FROM container WHERE parent_id IS NOT DISTINCT FROM $1" \
  "  UNION ALL" \
  "  SELECT i.top, c.id, c.rows * c.cols FROM inside i JOIN container c ON c.parent_id = i.id)," \
  " sums (top, places, used) AS (" \
  "  SELECT top, sum (places), sum ((SELECT count (*) FROM placement p WHERE p.container_id = inside.id AND p.until IS NULL))" \
  "  FROM inside GROUP BY top)" \
  " SELECT c.id, c.parent_id, c.kind, c.name, c.rows, c.cols, c.row, c.col, c.in_service, s.used, s.places" \
  " FROM sums s JOIN container c ON c.id = s.top ORDER BY c.row, c.col, c.name, c.id"

#define PATH \
  "WITH RECURSIVE up (depth, id) AS (" \
  "  SELECT 0, id FROM container WHERE id = $1" \
  "  UNION ALL" \
  "  SELECT up.depth + 1, c.parent_id FROM up JOIN container c ON c.id = up.id WHERE c.parent_id IS NOT NULL)" \
  " SELECT c.id, c.parent_id, c.kind, c.name, c.rows, c.cols, c.row, c.col, c.in_service," \
  "  (SELECT count (*) FROM placement p WHERE p.container_id = c.id AND p.until IS NULL), c.rows * c.cols" \
  " FROM up JOIN container c ON c.id = up.id ORDER BY up.depth DESC"

static DeskContainer *
read_container (DeskStmt *stmt)
{
  DeskContainer *container = g_new0 (DeskContainer, 1);

  container->id = desk_stmt_int64 (stmt, 0);
  container->parent_id = desk_stmt_int64 (stmt, 1);
  container->kind = desk_stmt_dup_text (stmt, 2);
  container->name = desk_stmt_dup_text (stmt, 3);
  container->rows = desk_stmt_int (stmt, 4);
  container->cols = desk_stmt_int (stmt, 5);
  container->row = desk_stmt_int (stmt, 6);
  container->col = desk_stmt_int (stmt, 7);
  container->in_service = desk_stmt_int (stmt, 8);
  container->used = desk_stmt_int (stmt, 9);
  container->capacity = desk_stmt_int (stmt, 10);
  return container;
}

static GPtrArray *
read_containers (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) containers = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_container_free);
  DeskStep step;

  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (containers, read_container (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&containers) : NULL;
}

/* The containers in a container, or the outermost ones for 0, in drawing order, with how full they are inside. */
GPtrArray *
desk_container_children (DeskDb *db, gint64 parent_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = parent_id ? desk_db_query (db, error, INSIDE, "i", parent_id)
                                        : desk_db_query (db, error, INSIDE, "n");

  return stmt ? read_containers (stmt, error) : NULL;
}

/* The way to a container, itself last; used and capacity are of its own grid alone. Empty when there is none. */
GPtrArray *
desk_container_path (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, PATH, "i", id);

  return stmt ? read_containers (stmt, error) : NULL;
}

static gboolean
check_container (const DeskContainer *container, GError **error)
{
  static const char *const kinds[] = { "site", "room", "tank", "freezer", "rack", "box", "shipper", NULL };
  const char *wrong = NULL;

  if (!container->kind || !g_strv_contains (kinds, container->kind))
    wrong = "kind";
  else if (!container->name || *container->name == '\0')
    wrong = "name";
  else if (container->rows < 0 || container->rows > 702 || container->cols < 0 || container->cols > 999)
    wrong = "grid";
  if (wrong)
    g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "a container cannot have this %s", wrong);
  return !wrong;
}

/* Adds a container; fills its id. DESK_ERROR_TAKEN when its parent has one of that name. */
gboolean
desk_container_add (DeskDb *db, DeskContainer *container, GError **error)
{
  gint64 id, parents = 1;

  if (!check_container (container, error))
    return FALSE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  if (container->parent_id
      && !desk_db_value (db, &parents, error, "SELECT id FROM container WHERE id = $1", "i", container->parent_id))
    return FALSE;
  if (!desk_db_value (db, &id, error,
                      "INSERT INTO container (parent_id, kind, name, layout, rows, cols, row, col, in_service)"
                      " VALUES (NULLIF ($1, 0), $2, $3, CASE WHEN $4 * $5 > 0 THEN 'grid' ELSE 'none' END, $4, $5, $6, $7, $8) RETURNING id",
                      "ittddddd", container->parent_id, container->kind, container->name, container->rows,
                      container->cols, container->row, container->col, !!container->in_service)
      || !desk_txn_log (txn, "container.add", DESK_KIND_CONTAINER, id, container->name, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  container->id = id;
  return TRUE;
}

/* The first empty place, row by row. A full container is DESK_ERROR_REFUSED "container-full". */
gboolean
desk_container_next_free (DeskDb *db, gint64 container_id, int *row, int *col, GError **error)
{
  gint64 cols, places, next = 0;
  DeskStep step;

  if (!desk_db_value (db, &cols, error, "SELECT cols FROM container WHERE id = $1", "i", container_id)
      || !desk_db_value (db, &places, error, "SELECT rows * cols FROM container WHERE id = $1", "i", container_id))
    return FALSE;
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, "SELECT row, col FROM placement WHERE container_id = $1 AND until IS NULL ORDER BY row, col", "i",
      container_id);
  if (!stmt)
    return FALSE;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      if ((desk_stmt_int64 (stmt, 0) - 1) * cols + desk_stmt_int64 (stmt, 1) - 1 != next)
        break;
      next++;
    }
  if (step == DESK_STEP_ERROR)
    return FALSE;
  if (next >= places)
    return desk_refuse (error, "container-full");
  *row = next / cols + 1;
  *col = next % cols + 1;
  return TRUE;
}

static void
name_occupant (DeskDb *db, gint64 container_id, int row, int col, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, NULL,
      "SELECT u.number FROM placement p JOIN unit u ON u.id = p.unit_id"
      " WHERE p.container_id = $1 AND p.row = $2 AND p.col = $3 AND p.until IS NULL",
      "idd", container_id, row, col);

  if (stmt && desk_stmt_step (stmt, NULL) == DESK_STEP_ROW)
    {
      g_autofree char *place = desk_place_name (row, col);

      g_clear_error (error);
      g_set_error (error, DESK_ERROR, DESK_ERROR_TAKEN, "%s is taken by %s", place, desk_stmt_text (stmt, 0));
    }
}

/* Puts a unit that is in hand into a place, inside the open transaction. DESK_ERROR_TAKEN names the unit that is
 * there; DESK_ERROR_REFUSED: no-such-place, out-of-service, not-storable. */
gboolean
desk_place_open (DeskDb *db, gint64 unit_id, gint64 container_id, int row, int col, gint64 at, gint64 performer,
                 gint64 witness, GError **error)
{
  g_autoptr (GError) local = NULL;

  /* The key of the table wants a place before the guard can say what is wrong with it. */
  if (row < 1 || col < 1)
    return desk_refuse (error, "no-such-place");
  if (desk_db_run (db, &local,
                   "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id)"
                   " VALUES ($1, $2, $3, $4, $5, $6, NULLIF ($7, 0))",
                   "iiddiii", unit_id, container_id, row, col, at, performer, witness))
    return TRUE;
  if (g_error_matches (local, DESK_ERROR, DESK_ERROR_TAKEN))
    name_occupant (db, container_id, row, col, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Takes a unit out of its place, if it has one, inside the open transaction. */
gboolean
desk_place_end (DeskDb *db, gint64 unit_id, gint64 at, gint64 performer, GError **error)
{
  return desk_db_run (db, error, "UPDATE placement SET until = $2, ended_by = $3 WHERE unit_id = $1 AND until IS NULL",
                      "iii", unit_id, at, performer);
}
