#include "desk-bank-walk.h"

#include "desk-containers.h"

#include <string.h>

#define STOPS \
  "SELECT c.id, c.parent_id, c.kind, c.name, c.layout, c.rows, c.cols, c.levels, c.row_scheme, c.col_scheme, c.in_service, a.depth," \
  " c.fill_order, c.cold_class, c.allowed_kinds, c.quarantine_only, c.biohazard_only" \
  " FROM container_above a JOIN container c ON c.id = a.container_id" \
  " WHERE a.above_id = $1 AND c.retired = 0 ORDER BY a.depth, c.row, c.col, c.name, c.id"

void
desk_walk_stop_free (DeskWalkStop *stop)
{
  if (!stop)
    return;
  g_free (stop->kind);
  g_free (stop->name);
  g_free (stop->place);
  g_free (stop->layout);
  g_free (stop->row_scheme);
  g_free (stop->col_scheme);
  g_free (stop->fill_order);
  g_free (stop->cold_class);
  g_free (stop->allowed_kinds);
  g_free (stop);
}

/* Whether it has places of its own. */
gboolean
desk_walk_stop_is_box (const DeskWalkStop *stop)
{
  return strcmp (stop->layout, "none") != 0;
}

/* As the rules of containers look at it; its texts are lent by the stop. */
DeskContainer
desk_walk_stop_container (const DeskWalkStop *stop)
{
  return (DeskContainer){ .id = stop->id,
                          .parent_id = stop->parent_id,
                          .kind = stop->kind,
                          .name = stop->name,
                          .layout = stop->layout,
                          .rows = stop->rows,
                          .cols = stop->cols,
                          .levels = stop->levels,
                          .row_scheme = stop->row_scheme,
                          .col_scheme = stop->col_scheme,
                          .fill_order = stop->fill_order,
                          .cold_class = stop->cold_class,
                          .allowed_kinds = stop->allowed_kinds,
                          .in_service = stop->in_service,
                          .quarantine_only = stop->quarantine_only,
                          .biohazard_only = stop->biohazard_only };
}

/* The name of one of its places; the caller frees it. */
char *
desk_walk_position (const DeskWalkStop *stop, int row, int col)
{
  DeskContainer container = desk_walk_stop_container (stop);

  return desk_place_name_in (&container, row, col);
}

/* The name of a place as its container calls it: "A1", "c-IV". The caller frees it. */
char *
desk_bank_position (DeskDb *db, gint64 container_id, int row, int col, GError **error)
{
  g_autoptr (DeskContainer) container = desk_container_load (db, container_id, error);

  return container ? desk_place_name_in (container, row, col) : NULL;
}

static DeskWalkStop *
read_stop (DeskStmt *stmt)
{
  DeskWalkStop *stop = g_new0 (DeskWalkStop, 1);

  stop->id = desk_stmt_int64 (stmt, 0);
  stop->parent_id = desk_stmt_int64 (stmt, 1);
  stop->kind = desk_stmt_dup_text (stmt, 2);
  stop->name = desk_stmt_dup_text (stmt, 3);
  stop->layout = desk_stmt_dup_text (stmt, 4);
  stop->rows = desk_stmt_int (stmt, 5);
  stop->cols = desk_stmt_int (stmt, 6);
  stop->levels = desk_stmt_int (stmt, 7);
  stop->row_scheme = desk_stmt_dup_text (stmt, 8);
  stop->col_scheme = desk_stmt_dup_text (stmt, 9);
  stop->in_service = desk_stmt_int (stmt, 10);
  stop->depth = desk_stmt_int (stmt, 11);
  stop->fill_order = desk_stmt_dup_text (stmt, 12);
  stop->cold_class = desk_stmt_dup_text (stmt, 13);
  stop->allowed_kinds = desk_stmt_dup_text (stmt, 14);
  stop->quarantine_only = desk_stmt_int (stmt, 15);
  stop->biohazard_only = desk_stmt_int (stmt, 16);
  return stop;
}

/* Appends a stop and, before its neighbours, what stands in it. */
static void
visit (DeskWalkStop *stop, const char *above, GHashTable *inside, GPtrArray *walk)
{
  GPtrArray *children = g_hash_table_lookup (inside, &stop->id);

  stop->place = *above ? g_strdup_printf ("%s › %s", above, stop->name) : g_strdup (stop->name);
  g_ptr_array_add (walk, stop);
  for (guint i = 0; children && i < children->len; i++)
    visit (children->pdata[i], stop->depth ? stop->place : "", inside, walk);
}

/* A container and all that stands in it, each before what it holds: DeskWalkStop; free with g_ptr_array_unref (). */
GPtrArray *
desk_bank_walk (DeskDb *db, gint64 top, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, STOPS, "i", top);
  g_autoptr (GHashTable) inside = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) walk = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_walk_stop_free);
  DeskWalkStop *first = NULL;
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskWalkStop *stop = read_stop (stmt);

      if (stop->id == top)
        {
          first = stop;
          continue;
        }
      GPtrArray *children = g_hash_table_lookup (inside, &stop->parent_id);
      if (!children)
        {
          children = g_ptr_array_new ();
          g_hash_table_insert (inside, &stop->parent_id, children);
        }
      g_ptr_array_add (children, stop);
    }
  if (first)
    visit (first, "", inside, walk);
  if (step == DESK_STEP_DONE && first)
    return g_steal_pointer (&walk);
  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such container");
  return NULL;
}

/* The names on the way to a container, itself last; from below another one on, or from the top for 0. The caller frees
 * it. */
char *
desk_bank_place (DeskDb *db, gint64 container_id, gint64 below, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT c.id, c.name FROM container_above a JOIN container c ON c.id = a.above_id WHERE a.container_id = $1 ORDER BY a.depth DESC",
      "i", container_id);
  g_autoptr (GString) place = g_string_new (NULL);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      if (below && desk_stmt_int64 (stmt, 0) == below && container_id != below)
        g_string_truncate (place, 0);
      else
        g_string_append_printf (place, "%s%s", place->len ? " › " : "", desk_stmt_text (stmt, 1));
    }
  return step == DESK_STEP_DONE ? g_string_free (g_steal_pointer (&place), FALSE) : NULL;
}
