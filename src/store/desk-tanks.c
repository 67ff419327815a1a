#include "desk-tanks.h"

#include "desk-cells-private.h"
#include "desk-clinics.h"

#define KINDS "('tank', 'freezer', 'refrigerator', 'incubator')"

/* What a tank stands in, outermost first, is put together from the closure; the count of its units on the index of open
 * placements, a look-up for each box. */
#define TANK \
  "SELECT c.id, c.kind, c.name, c.in_service," \
  " (SELECT count (*) FROM container_above a JOIN placement p ON p.container_id = a.container_id AND p.until IS NULL WHERE a.above_id = c.id)" \
  " FROM container c WHERE c.kind IN " KINDS " AND c.retired = 0"

#define CHECK \
  "SELECT t.id, t.container_id, t.at, t.level, t.temperature, t.phase, t.filled, t.litres, t.level_after, t.seal_good, t.frost," \
  " t.alarm_tested, t.note, t.by_id, s.name, t.supersedes" \
  " FROM tank_check t JOIN staff s ON s.id = t.by_id" \
  " WHERE t.container_id = $1 AND NOT EXISTS (SELECT 1 FROM tank_check n WHERE n.supersedes = t.id)" \
  " ORDER BY t.at DESC, t.id DESC LIMIT $2"

void
desk_tank_down_free (DeskTankDown *down)
{
  if (!down)
    return;
  g_free (down->reason);
  g_free (down->opened_by);
  g_free (down->closed_by);
  g_free (down->closed_as);
  g_free (down->closed_why);
  g_free (down);
}

void
desk_tank_free (DeskTank *tank)
{
  if (!tank)
    return;
  g_free (tank->kind);
  g_free (tank->name);
  g_free (tank->place);
  desk_tank_rule_free (tank->rule);
  g_clear_pointer (&tank->checks, g_ptr_array_unref);
  desk_tank_down_free (tank->down);
  g_free (tank);
}

static int
int_or_none (DeskStmt *stmt, int column)
{
  return desk_stmt_is_null (stmt, column) ? DESK_TANK_NONE : desk_stmt_int (stmt, column);
}

static DeskTankCheck *
read_check (DeskStmt *stmt)
{
  DeskTankCheck *check = g_new0 (DeskTankCheck, 1);

  check->id = desk_stmt_int64 (stmt, 0);
  check->container_id = desk_stmt_int64 (stmt, 1);
  check->at = desk_stmt_int64 (stmt, 2);
  check->level = int_or_none (stmt, 3);
  check->temperature = int_or_none (stmt, 4);
  check->phase = desk_stmt_dup_text (stmt, 5);
  check->filled = desk_stmt_int (stmt, 6);
  check->litres = int_or_none (stmt, 7);
  check->level_after = int_or_none (stmt, 8);
  check->seal_good = desk_stmt_int (stmt, 9);
  check->frost = desk_stmt_int (stmt, 10);
  check->alarm_tested = desk_stmt_int (stmt, 11);
  check->note = desk_stmt_dup_text (stmt, 12);
  check->by_id = desk_stmt_int64 (stmt, 13);
  check->by = desk_stmt_dup_text (stmt, 14);
  check->supersedes = desk_stmt_int64 (stmt, 15);
  return check;
}

/* The newest checks of a tank that none corrects, the oldest of them first: DeskTankCheck; free with
 * g_ptr_array_unref (). */
GPtrArray *
desk_tank_checks (DeskDb *db, gint64 container_id, guint limit, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, CHECK, "id", container_id, (int) limit);
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_tank_check_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (checks, read_check (stmt));
  if (step != DESK_STEP_DONE)
    return NULL;
  for (guint i = 0; i < checks->len / 2; i++)
    {
      gpointer one = checks->pdata[i];

      checks->pdata[i] = checks->pdata[checks->len - 1 - i];
      checks->pdata[checks->len - 1 - i] = one;
    }
  return g_steal_pointer (&checks);
}

static gboolean
load_rule (DeskDb *db, gint64 container_id, DeskTankRule **rule, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT every_hours, level_low, level_full, warm_at, probe_due_on, phone, version FROM tank_rule WHERE container_id = $1",
      "i", container_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *rule = NULL;
  if (step == DESK_STEP_ROW)
    {
      *rule = g_new0 (DeskTankRule, 1);
      (*rule)->container_id = container_id;
      (*rule)->every_hours = desk_stmt_int (stmt, 0);
      (*rule)->level_low = int_or_none (stmt, 1);
      (*rule)->level_full = int_or_none (stmt, 2);
      (*rule)->warm_at = int_or_none (stmt, 3);
      (*rule)->probe_due_on = desk_stmt_dup_text (stmt, 4);
      (*rule)->phone = desk_stmt_dup_text (stmt, 5);
      (*rule)->version = desk_stmt_int64 (stmt, 6);
    }
  return step != DESK_STEP_ERROR;
}

static gboolean
load_down (DeskDb *db, gint64 container_id, DeskTankDown **down, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT d.id, d.reason, d.opened_at, o.name FROM tank_down d JOIN staff o ON o.id = d.opened_by"
      " WHERE d.container_id = $1 AND d.closed_at IS NULL", "i", container_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *down = NULL;
  if (step == DESK_STEP_ROW)
    {
      *down = g_new0 (DeskTankDown, 1);
      (*down)->container_id = container_id;
      (*down)->id = desk_stmt_int64 (stmt, 0);
      (*down)->reason = desk_stmt_dup_text (stmt, 1);
      (*down)->opened_at = desk_stmt_int64 (stmt, 2);
      (*down)->opened_by = desk_stmt_dup_text (stmt, 3);
    }
  return step != DESK_STEP_ERROR;
}

/* The names of what a container stands in, outermost first; "" at the top. */
static char *
place_of (DeskDb *db, gint64 container_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT c.name FROM container_above a JOIN container c ON c.id = a.above_id"
      " WHERE a.container_id = $1 AND a.depth > 0 ORDER BY a.depth DESC", "i", container_id);
  g_autoptr (GString) place = g_string_new (NULL);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_string_append_printf (place, "%s%s", place->len ? " › " : "", desk_stmt_text (stmt, 0));
  return step == DESK_STEP_DONE ? g_string_free (g_steal_pointer (&place), FALSE) : NULL;
}

static gboolean
complete (DeskDb *db, DeskTank *tank, gint64 now, DeskDay today, GError **error)
{
  tank->place = place_of (db, tank->id, error);
  tank->checks = tank->place ? desk_tank_checks (db, tank->id, DESK_TANK_CHECKS, error) : NULL;
  if (!tank->checks || !load_rule (db, tank->id, &tank->rule, error) || !load_down (db, tank->id, &tank->down, error))
    return FALSE;
  desk_tank_look (tank->rule, tank->checks, tank->down != NULL, now, today, &tank->look);
  return TRUE;
}

static GPtrArray *
read_tanks (DeskDb *db, DeskStmt *stmt, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) tanks = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_tank_free);
  DeskStep step = DESK_STEP_ERROR;
  DeskDay today;

  if (!desk_cells_today (db, now, &today, error))
    return NULL;
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskTank *tank = g_new0 (DeskTank, 1);

      tank->id = desk_stmt_int64 (stmt, 0);
      tank->kind = desk_stmt_dup_text (stmt, 1);
      tank->name = desk_stmt_dup_text (stmt, 2);
      tank->in_service = desk_stmt_int (stmt, 3);
      tank->used = desk_stmt_int (stmt, 4);
      g_ptr_array_add (tanks, tank);
    }
  if (step != DESK_STEP_DONE)
    return NULL;
  for (guint i = 0; i < tanks->len; i++)
    if (!complete (db, tanks->pdata[i], now, today, error))
      return NULL;
  return g_steal_pointer (&tanks);
}

/* All that is to be checked, by name, with what its checks say now: DeskTank; free with g_ptr_array_unref (). */
GPtrArray *
desk_tank_list (DeskDb *db, gint64 now, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, TANK " ORDER BY c.row, c.col, c.name, c.id", "");

  return stmt ? read_tanks (db, stmt, now, error) : NULL;
}

/* The same for a glance: without how many units stand in each. */
GPtrArray *
desk_tank_signs (DeskDb *db, gint64 now, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT c.id, c.kind, c.name, c.in_service, 0 FROM container c WHERE c.retired = 0 AND c.id IN (SELECT container_id FROM tank_rule"
      " UNION SELECT container_id FROM tank_down WHERE closed_at IS NULL) ORDER BY c.name, c.id",
      "");

  return stmt ? read_tanks (db, stmt, now, error) : NULL;
}

/* DESK_ERROR_NOT_FOUND when it is no tank; free with desk_tank_free (). */
DeskTank *
desk_tank_load (DeskDb *db, gint64 container_id, gint64 now, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, TANK " AND c.id = $1", "i", container_id);
  g_autoptr (GPtrArray) tanks = stmt ? read_tanks (db, stmt, now, error) : NULL;

  if (!tanks)
    return NULL;
  if (tanks->len == 0)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such tank");
      return NULL;
    }
  return g_ptr_array_steal_index (tanks, 0);
}

static gboolean
refuse_invalid (DeskProblems *problems, GError **error)
{
  for (guint i = 0; i < problems->len; i++)
    if (!desk_problems_get (problems, i)->warning)
      {
        g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "%s: %s", desk_problems_get (problems, i)->field,
                     desk_problems_get (problems, i)->code);
        return FALSE;
      }
  return TRUE;
}

static const char record_sql[]
    = "INSERT INTO tank_check (container_id, at, level, temperature, phase, filled, litres, level_after, seal_good, frost, alarm_tested,"
      " note, by_id, supersedes) VALUES ($1, $2, NULLIF ($3, $15), NULLIF ($4, $15), $5, $6, NULLIF ($7, $15), NULLIF ($8, $15), $9, $10,"
      " $11, $12, $13, NULLIF ($14, 0)) RETURNING id";

/* Writes a check; at 0 is now. One that supersedes another corrects it: that one is kept, and no longer counts.
 * DESK_ERROR_INVALID names field and code; DESK_ERROR_TAKEN when it was corrected already. Fills its id. */
gboolean
desk_tank_record (DeskDb *db, DeskTankCheck *check, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  gint64 now = g_get_real_time () / G_USEC_PER_SEC, id;

  if (check->at == 0)
    check->at = now;
  desk_tank_check_check (check, NULL, now, problems);
  if (!refuse_invalid (problems, error))
    return FALSE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn
      || !desk_db_value (db, &id, error, record_sql, "iiddtdddddd" "tiid", check->container_id, check->at, check->level, check->temperature,
                         check->phase, !!check->filled, check->litres, check->level_after, !!check->seal_good, !!check->frost,
                         !!check->alarm_tested, check->note, check->by_id, check->supersedes, DESK_TANK_NONE))
    return FALSE;
  g_autofree char *warm = desk_tank_format_tenths (check->temperature);
  g_autofree char *level = check->level == DESK_TANK_NONE ? g_strdup ("") : g_strdup_printf ("%d", check->level);
  g_autofree char *detail = g_strdup_printf ("%s mm %s °C%s%s", level, warm, check->filled ? " filled" : "", check->supersedes ? " corrects" : "");
  if (!desk_txn_log (txn, check->supersedes ? "tank.correct" : "tank.check", DESK_KIND_TANK, check->container_id, detail, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  check->id = id;
  return TRUE;
}

static const char insert_rule_sql[]
    = "INSERT INTO tank_rule (container_id, every_hours, level_low, level_full, warm_at, probe_due_on, phone)"
      " VALUES ($1, $2, NULLIF ($3, $8), NULLIF ($4, $8), NULLIF ($5, $8), $6, $7) RETURNING version";
static const char update_rule_sql[]
    = "UPDATE tank_rule SET every_hours = $2, level_low = NULLIF ($3, $8), level_full = NULLIF ($4, $8), warm_at = NULLIF ($5, $8),"
      " probe_due_on = $6, phone = $7, version = version + 1 WHERE container_id = $1 AND version = $9 RETURNING version";

/* Writes the rules of a tank: the first when their version is 0. DESK_ERROR_CONFLICT when somebody changed them since. */
gboolean
desk_tank_save_rule (DeskDb *db, DeskTankRule *rule, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskTxn) txn = NULL;

  desk_tank_rule_check (rule, problems);
  if (!refuse_invalid (problems, error))
    return FALSE;
  txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, rule->version ? update_rule_sql : insert_rule_sql, rule->version ? "iddddttdi" : "iddddttd",
                       rule->container_id, rule->every_hours, rule->level_low, rule->level_full, rule->warm_at, rule->probe_due_on,
                       rule->phone, DESK_TANK_NONE, rule->version);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;
  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the rules of this tank were changed at another desk");
  if (step != DESK_STEP_ROW)
    return FALSE;
  gint64 version = desk_stmt_int64 (stmt, 0);
  g_clear_pointer (&stmt, desk_stmt_release);
  g_autofree char *detail = g_strdup_printf ("every %d h", rule->every_hours);
  if (!desk_txn_log (txn, "tank.rules", DESK_KIND_TANK, rule->container_id, detail, error) || !desk_txn_commit (txn, error))
    return FALSE;
  rule->version = version;
  return TRUE;
}

/* Says that a tank is down: nothing can be put into it from now on, and its list to be emptied is offered.
 * DESK_ERROR_REFUSED "tank-down" when it is down already. */
gboolean
desk_tank_open_down (DeskDb *db, gint64 container_id, const char *reason, gint64 by, gint64 *id, GError **error)
{
  g_autofree char *words = g_strstrip (g_strdup (reason ? reason : ""));
  g_autoptr (GError) taken = NULL;

  if (*words == '\0')
    return desk_refuse (error, "reason-needed");
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (txn
      && !desk_db_value (db, id, &taken, "INSERT INTO tank_down (container_id, reason, opened_at, opened_by) VALUES ($1, $2, $3, $4) RETURNING id",
                         "itii", container_id, words, g_get_real_time () / G_USEC_PER_SEC, by))
    {
      if (g_error_matches (taken, DESK_ERROR, DESK_ERROR_TAKEN))
        return desk_refuse (error, "tank-down");
      g_propagate_error (error, g_steal_pointer (&taken));
      return FALSE;
    }
  return txn
         && desk_txn_log (txn, "tank.down", DESK_KIND_TANK, container_id, words, error) && desk_txn_commit (txn, error);
}

/* Ends it: as "empty" (DESK_ERROR_REFUSED "container-not-empty" while it is not), and the tank is out of service from
 * then on; or as "good" again, with why. */
gboolean
desk_tank_close_down (DeskDb *db, gint64 down_id, const char *as, const char *why, gint64 by, GError **error)
{
  g_autofree char *words = g_strstrip (g_strdup (why ? why : ""));
  gint64 tank;

  if (g_str_equal (as, "good") && *words == '\0')
    return desk_refuse (error, "reason-needed");
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "UPDATE tank_down SET closed_at = $2, closed_by = $3, closed_as = $4, closed_why = $5 WHERE id = $1 AND closed_at IS NULL"
      " RETURNING container_id",
      "iiitt", down_id, g_get_real_time () / G_USEC_PER_SEC, by, as, words);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;
  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "this was ended at another desk");
  if (step != DESK_STEP_ROW)
    return FALSE;
  tank = desk_stmt_int64 (stmt, 0);
  g_clear_pointer (&stmt, desk_stmt_release);
  if (g_str_equal (as, "empty")
      && !desk_db_run (db, error, "UPDATE container SET in_service = 0, version = version + 1 WHERE id = $1", "i", tank))
    return FALSE;
  g_autofree char *detail = g_strdup_printf ("%s %s", as, words);
  return desk_txn_log (txn, "tank.up", DESK_KIND_TANK, tank, g_strchomp (detail), error) && desk_txn_commit (txn, error);
}
