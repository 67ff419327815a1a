#include "desk-evacuation.h"

#include "desk-bank-walk.h"

#include <string.h>

#define DEPTHS 32

/* A box elsewhere, with its places as far as they were looked at. */
typedef struct
{
  const DeskWalkStop *stop;
  char *place; /* from the top of the bank */
  DeskPlaceRules rules;
  GHashTable *taken; /* row * 1000 + col; NULL until it is asked */
  int next;          /* in its fill order */
} Target;

void
desk_evacuee_free (DeskEvacuee *evacuee)
{
  if (!evacuee)
    return;
  g_free (evacuee->number);
  g_free (evacuee->kind);
  g_free (evacuee->patient);
  g_free (evacuee->place);
  g_free (evacuee->position);
  g_free (evacuee->to_place);
  g_free (evacuee->to_position);
  g_free (evacuee);
}

static void
target_free (gpointer data)
{
  Target *target = data;

  g_free (target->place);
  g_clear_pointer (&target->taken, g_hash_table_unref);
  g_free (target);
}

/* Units, blocks and containers that take a place of the box. */
static gboolean
read_taken (DeskDb *db, Target *target, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT row, col FROM placement WHERE container_id = $1 AND until IS NULL"
      " UNION ALL SELECT row, col FROM place_block WHERE container_id = $1 AND closed_at IS NULL"
      " UNION ALL SELECT row, col FROM container WHERE parent_id = $1",
      "i", target->stop->id);
  DeskStep step = DESK_STEP_ERROR;

  target->taken = g_hash_table_new (NULL, NULL);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_hash_table_add (target->taken, GINT_TO_POINTER (desk_stmt_int (stmt, 0) * 1000 + desk_stmt_int (stmt, 1)));
  return step == DESK_STEP_DONE;
}

/* The next free place of a box; found FALSE behind its last. Each place is given once. */
static gboolean
next_place (DeskDb *db, Target *target, gboolean *found, int *row, int *col, GError **error)
{
  *found = FALSE;
  if (!target->taken && !read_taken (db, target, error))
    return FALSE;
  while (!*found && desk_fill_nth (target->stop->fill_order, target->stop->rows, target->stop->cols, target->next, row, col))
    {
      target->next++;
      *found = !g_hash_table_contains (target->taken, GINT_TO_POINTER (*row * 1000 + *col));
    }
  return TRUE;
}

/* Rules from the top of a walk down, one for each stop (of DeskPlaceRules). */
static GArray *
rules_of (const GPtrArray *walk)
{
  GArray *rules = g_array_new (FALSE, TRUE, sizeof (DeskPlaceRules));
  DeskPlaceRules above[DEPTHS];

  for (guint i = 0; i < walk->len; i++)
    {
      const DeskWalkStop *stop = walk->pdata[i];
      DeskContainer container = desk_walk_stop_container (stop);
      int depth = MIN (stop->depth, DEPTHS - 1);

      desk_place_rules_within (depth ? &above[depth - 1] : NULL, &container, &above[depth]);
      g_array_append_val (rules, above[depth]);
    }
  return rules;
}

static gboolean
add_targets (DeskDb *db, gint64 tank, GPtrArray *walks, GPtrArray *targets, GError **error)
{
  GPtrArray *walk = desk_bank_walk (db, tank, error);

  if (!walk)
    return FALSE;
  g_ptr_array_add (walks, walk);
  g_autoptr (GArray) rules = rules_of (walk);
  for (guint i = 0; i < walk->len; i++)
    {
      const DeskWalkStop *stop = walk->pdata[i];

      if (!desk_walk_stop_is_box (stop))
        continue;
      Target *target = g_new0 (Target, 1);
      target->stop = stop;
      target->rules = g_array_index (rules, DeskPlaceRules, i);
      target->place = stop->depth ? g_strdup_printf ("%s › %s", ((DeskWalkStop *) walk->pdata[0])->name, stop->place) : g_strdup (stop->name);
      g_ptr_array_add (targets, target);
    }
  return TRUE;
}

/* The boxes of the other tanks of the same kind that are neither down nor out of service, tank by tank. */
static gboolean
read_targets (DeskDb *db, gint64 tank, GPtrArray *walks, GPtrArray *targets, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT c.id FROM container c WHERE c.kind = (SELECT kind FROM container WHERE id = $1) AND c.id <> $1 AND c.retired = 0"
      " AND NOT EXISTS (SELECT 1 FROM container_above a JOIN container u ON u.id = a.above_id WHERE a.container_id = c.id AND u.in_service = 0)"
      " AND NOT EXISTS (SELECT 1 FROM tank_down d WHERE d.container_id = c.id AND d.closed_at IS NULL)"
      " ORDER BY c.row, c.col, c.name, c.id",
      "i", tank);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }
  if (step != DESK_STEP_DONE)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!add_targets (db, g_array_index (ids, gint64, i), walks, targets, error))
      return FALSE;
  return TRUE;
}

static const char units_sql[]
    = "SELECT u.id, u.patient_id, u.number, u.kind, u.life, u.quality, t.family, t.given, p.row, p.col,"
      " EXISTS (SELECT 1 FROM biohazard b WHERE b.patient_id = u.patient_id AND b.cleared_at IS NULL)"
      " FROM placement p JOIN unit u ON u.id = p.unit_id JOIN patient t ON t.id = u.patient_id"
      " WHERE p.container_id = $1 AND p.until IS NULL ORDER BY p.row, p.col";

/* Finds the first box that takes the unit and has room. A box of another cold class is none. */
static gboolean
find_place (DeskDb *db, DeskEvacuee *evacuee, const DeskPlaceItem *item, const DeskPlaceRules *from, GPtrArray *targets, GError **error)
{
  for (guint i = 0; i < targets->len; i++)
    {
      Target *target = targets->pdata[i];
      gboolean found;

      if (strcmp (target->rules.cold_class, from->cold_class) != 0 || desk_place_refuses (&target->rules, item))
        continue;
      if (!next_place (db, target, &found, &evacuee->to_row, &evacuee->to_col, error))
        return FALSE;
      if (!found)
        continue;
      evacuee->to_container = target->stop->id;
      evacuee->to_place = g_strdup (target->place);
      evacuee->to_position = desk_walk_position (target->stop, evacuee->to_row, evacuee->to_col);
      return TRUE;
    }
  return TRUE;
}

static gboolean
add_box (DeskDb *db, const DeskWalkStop *stop, const DeskPlaceRules *from, GPtrArray *targets, GPtrArray *list, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, units_sql, "i", stop->id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskEvacuee *evacuee = g_new0 (DeskEvacuee, 1);
      DeskPlaceItem item = { .kind = desk_stmt_text (stmt, 3), .life = desk_stmt_text (stmt, 4), .quality = desk_stmt_text (stmt, 5),
                             .marked = desk_stmt_int (stmt, 10) };

      g_ptr_array_add (list, evacuee);
      evacuee->unit_id = desk_stmt_int64 (stmt, 0);
      evacuee->patient_id = desk_stmt_int64 (stmt, 1);
      evacuee->number = desk_stmt_dup_text (stmt, 2);
      evacuee->kind = desk_stmt_dup_text (stmt, 3);
      evacuee->patient = g_strchomp (g_strdup_printf ("%s %s", desk_stmt_text (stmt, 6), desk_stmt_text (stmt, 7)));
      evacuee->container_id = stop->id;
      evacuee->row = desk_stmt_int (stmt, 8);
      evacuee->col = desk_stmt_int (stmt, 9);
      evacuee->place = g_strdup (stop->place);
      evacuee->position = desk_walk_position (stop, evacuee->row, evacuee->col);
      if (!find_place (db, evacuee, &item, from, targets, error))
        return FALSE;
    }
  return step == DESK_STEP_DONE;
}

/* What stands in a tank, rack by rack, box by box, place by place, each with a free place of its own in another tank of
 * the same kind and cold class that is in service: DeskEvacuee; free with g_ptr_array_unref (). */
GPtrArray *
desk_tank_evacuation (DeskDb *db, gint64 container_id, GError **error)
{
  g_autoptr (GPtrArray) walks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (target_free);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_evacuee_free);
  g_autoptr (GPtrArray) walk = desk_bank_walk (db, container_id, error);

  if (!walk || !read_targets (db, container_id, walks, targets, error))
    return NULL;
  g_autoptr (GArray) rules = rules_of (walk);
  for (guint i = 0; i < walk->len; i++)
    if (desk_walk_stop_is_box (walk->pdata[i])
        && !add_box (db, walk->pdata[i], &g_array_index (rules, DeskPlaceRules, i), targets, list, error))
      return NULL;
  return g_steal_pointer (&list);
}
