/* Containers as pages read them. Sums come from container_sum, which triggers keep. */
#include "desk-cells-private.h"

#define CONTAINER \
  "SELECT c.id, c.parent_id, c.kind, c.name, c.rows, c.cols, c.row, c.col, c.in_service, s.used, s.places, c.layout, c.levels," \
  " c.row_scheme, c.col_scheme, c.fill_order, c.cold_class, c.allowed_kinds, COALESCE (c.barcode, '')," \
  " c.quarantine_only, c.biohazard_only, c.retired, c.version," \
  " NOT EXISTS (SELECT 1 FROM container_above a JOIN container o ON o.id = a.above_id WHERE a.container_id = c.id AND o.in_service = 0)" \
  " FROM container c JOIN container_sum s ON s.container_id = c.id"

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
  container->layout = desk_stmt_dup_text (stmt, 11);
  container->levels = desk_stmt_int (stmt, 12);
  container->row_scheme = desk_stmt_dup_text (stmt, 13);
  container->col_scheme = desk_stmt_dup_text (stmt, 14);
  container->fill_order = desk_stmt_dup_text (stmt, 15);
  container->cold_class = desk_stmt_dup_text (stmt, 16);
  container->allowed_kinds = desk_stmt_dup_text (stmt, 17);
  container->barcode = desk_stmt_dup_text (stmt, 18);
  container->quarantine_only = desk_stmt_int (stmt, 19);
  container->biohazard_only = desk_stmt_int (stmt, 20);
  container->retired = desk_stmt_int (stmt, 21);
  container->version = desk_stmt_int64 (stmt, 22);
  container->usable = desk_stmt_int (stmt, 23) && !container->retired;
  return container;
}

static GPtrArray *
read_containers (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) containers = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_container_free);
  DeskStep step;

  if (!stmt)
    return NULL;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (containers, read_container (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&containers) : NULL;
}

/* The containers in a container, or the outermost ones for 0, in drawing order, with how full they are inside.
 * Retired ones are left out. */
GPtrArray *
desk_container_children (DeskDb *db, gint64 parent_id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = parent_id ? desk_db_query (db, error,
                                   CONTAINER " WHERE c.parent_id = $1 AND c.retired = 0 ORDER BY c.row, c.col, c.name, c.id", "i", parent_id)
                  : desk_db_query (db, error,
                                   CONTAINER " WHERE c.parent_id IS NULL AND c.retired = 0 ORDER BY c.row, c.col, c.name, c.id", "");

  return read_containers (stmt, error);
}

/* Those of them that have room inside, for the hunt of a free place. */
GPtrArray *
desk_container_with_room (DeskDb *db, gint64 parent_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, CONTAINER " WHERE c.parent_id = $1 AND c.retired = 0 AND s.places > s.used ORDER BY c.row, c.col, c.name, c.id", "i",
      parent_id);

  return read_containers (stmt, error);
}

/* The way to a container, itself last, each with how full it is inside. Empty when there is none. */
GPtrArray *
desk_container_path (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, CONTAINER " JOIN container_above w ON w.above_id = c.id WHERE w.container_id = $1 ORDER BY w.depth DESC", "i", id);

  return read_containers (stmt, error);
}

/* One container, retired or not; DESK_ERROR_NOT_FOUND. */
DeskContainer *
desk_container_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, CONTAINER " WHERE c.id = $1", "i", id);
  g_autoptr (GPtrArray) found = read_containers (stmt, error);

  if (found && found->len == 0)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such container");
  return found && found->len ? g_ptr_array_steal_index (found, 0) : NULL;
}

/* The container with that code: its id, 0 with error unset when none has it. */
gint64
desk_container_find (DeskDb *db, const char *barcode, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT id FROM container WHERE barcode = $1", "t", barcode);

  return stmt && desk_stmt_step (stmt, error) == DESK_STEP_ROW ? desk_stmt_int64 (stmt, 0) : 0;
}

/* The containers whose kept sums or ways up are not what counting says: ids, none in a sound file. */
GArray *
desk_container_wrong_sums (DeskDb *db, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "WITH RECURSIVE up (container_id, above_id) AS ("
      "  SELECT id, id FROM container"
      "  UNION ALL SELECT up.container_id, c.parent_id FROM up JOIN container c ON c.id = up.above_id WHERE c.parent_id IS NOT NULL),"
      " standing (container_id, n) AS (SELECT container_id, count (*) FROM placement WHERE until IS NULL GROUP BY container_id),"
      " counted (id, places, used) AS ("
      "  SELECT up.above_id, sum (o.places), sum (COALESCE (n.n, 0)) FROM up JOIN container_own o ON o.container_id = up.container_id"
      "  LEFT JOIN standing n ON n.container_id = up.container_id GROUP BY up.above_id)"
      " SELECT c.id FROM container c LEFT JOIN container_sum s ON s.container_id = c.id LEFT JOIN counted n ON n.id = c.id"
      " WHERE s.places IS NOT n.places OR s.used IS NOT n.used"
      "  OR (SELECT count (*) FROM container_above a WHERE a.container_id = c.id)"
      "     <> (SELECT count (*) FROM up u WHERE u.container_id = c.id)"
      " ORDER BY c.id",
      "");
  DeskStep step;

  if (!stmt)
    return NULL;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);
      g_array_append_val (ids, id);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}
