#include "desk-picks.h"

#include "desk-containers.h"
#include "desk-error.h"

/* A box as one finds it: its names from the outside in, and its positions as a key that sorts. */
typedef struct
{
  char *where, *key, *code;
  DeskContainer *box;
} Way;

static void
way_free (gpointer data)
{
  Way *way = data;

  g_free (way->where);
  g_free (way->key);
  g_free (way->code);
  desk_container_free (way->box);
  g_free (way);
}

void
desk_pick_free (DeskPick *pick)
{
  g_free (pick->number);
  g_free (pick->kind);
  g_free (pick->barcode);
  g_free (pick->life);
  g_free (pick->quality);
  g_free (pick->where);
  g_free (pick->place);
  g_free (pick->place_code);
  g_free (pick->patient);
  g_free (pick->chart);
  g_free (pick->birth);
  g_free (pick);
}

static const Way *
way_to (DeskDb *db, GHashTable *ways, gint64 container_id, GError **error)
{
  Way *way = g_hash_table_lookup (ways, &container_id);
  g_autoptr (GPtrArray) path = way ? NULL : desk_container_path (db, container_id, error);
  g_autoptr (GString) where = g_string_new (NULL), key = g_string_new (NULL);

  if (way || !path || path->len == 0)
    return way;
  for (guint i = 0; i < path->len; i++)
    {
      const DeskContainer *container = path->pdata[i];

      g_string_append_printf (where, "%s%s", i ? " › " : "", container->name);
      g_string_append_printf (key, "%04d.%04d.%s/", container->row, container->col, container->name);
    }
  way = g_new0 (Way, 1);
  way->where = g_strdup (where->str);
  way->key = g_strdup (key->str);
  way->box = desk_container_copy (path->pdata[path->len - 1]);
  way->code = g_strdup (way->box->barcode ? way->box->barcode : "");
  g_hash_table_insert (ways, g_memdup2 (&container_id, sizeof container_id), way);
  return way;
}

static DeskPick *
read_pick (DeskStmt *stmt)
{
  DeskPick *pick = g_new0 (DeskPick, 1);

  pick->unit_id = desk_stmt_int64 (stmt, 0);
  pick->visit_id = desk_stmt_int64 (stmt, 1);
  pick->container_id = desk_stmt_int64 (stmt, 2);
  pick->row = desk_stmt_int (stmt, 3);
  pick->col = desk_stmt_int (stmt, 4);
  pick->starts_at = desk_stmt_int64 (stmt, 5);
  pick->number = desk_stmt_dup_text (stmt, 6);
  pick->kind = desk_stmt_dup_text (stmt, 7);
  pick->barcode = desk_stmt_dup_text (stmt, 8);
  pick->life = desk_stmt_dup_text (stmt, 9);
  pick->quality = desk_stmt_dup_text (stmt, 10);
  pick->holds = desk_stmt_int (stmt, 11);
  pick->patient = *desk_stmt_text (stmt, 13) ? g_strdup_printf ("%s %s", desk_stmt_text (stmt, 12), desk_stmt_text (stmt, 13))
                                             : desk_stmt_dup_text (stmt, 12);
  pick->chart = desk_stmt_dup_text (stmt, 14);
  pick->birth = desk_stmt_dup_text (stmt, 15);
  return pick;
}

static int
by_way (gconstpointer a, gconstpointer b, gpointer ways)
{
  const DeskPick *one = *(DeskPick *const *) a, *two = *(DeskPick *const *) b;
  const Way *here = g_hash_table_lookup (ways, &one->container_id), *there = g_hash_table_lookup (ways, &two->container_id);
  /* What stands nowhere is looked for last. */
  int order = here && there ? g_strcmp0 (here->key, there->key) : (here == NULL) - (there == NULL);

  if (order)
    return order;
  if (one->row != two->row)
    return one->row - two->row;
  if (one->col != two->col)
    return one->col - two->col;
  return g_strcmp0 (one->number, two->number);
}

/* An array of DeskPick. */
GPtrArray *
desk_pick_list (DeskDb *db, gint64 from, gint64 until, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) picks = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_pick_free);
  g_autoptr (GHashTable) ways = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, way_free);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT u.id, v.id, COALESCE (p.container_id, 0), COALESCE (p.row, 0), COALESCE (p.col, 0), v.starts_at, u.number, u.kind,"
                       " u.barcode, u.life, u.quality, (SELECT count (*) FROM hold h WHERE h.unit_id = u.id AND h.closed_at IS NULL),"
                       " t.family, t.given, t.chart, t.birth"
                       " FROM visit v JOIN reservation r ON r.visit_id = v.id AND r.closed_at IS NULL JOIN unit u ON u.id = r.unit_id"
                       " JOIN patient t ON t.id = v.patient_id LEFT JOIN placement p ON p.unit_id = u.id AND p.until IS NULL"
                       " WHERE v.starts_at >= $1 AND v.starts_at < $2 AND ($3 = 0 OR v.patient_id = $3)",
                       "iii", from, until, patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (picks, read_pick (stmt));
  if (step != DESK_STEP_DONE)
    return NULL;
  for (guint i = 0; i < picks->len; i++)
    {
      DeskPick *pick = picks->pdata[i];
      const Way *way = pick->container_id ? way_to (db, ways, pick->container_id, error) : NULL;

      if (pick->container_id && !way)
        return NULL;
      pick->where = g_strdup (way ? way->where : "");
      pick->place_code = g_strdup (way ? way->code : "");
      pick->place = way && pick->row ? desk_place_name_in (way->box, pick->row, pick->col) : g_strdup ("");
    }
  g_ptr_array_sort_with_data (picks, by_way, ways);
  return g_steal_pointer (&picks);
}
