/* What a ripple would do, as lines: the scene is played, and what hangs on each moved visit is looked at. */
#include "desk-ripple-strike.h"

#include <string.h>

#include "desk-cells.h"

static const char doses_sql[]
    = "SELECT u.id, u.number, u.use_until, u.lot_id FROM reservation r JOIN unit u ON u.id = r.unit_id"
      " WHERE r.visit_id = $1 AND r.closed_at IS NULL ORDER BY u.number";

/* The letters that stand, each language's newest; the data tells whether one names days of visits. */
static const char letters_sql[]
    = "SELECT i.id, i.at, i.name, i.data FROM issued i WHERE i.patient_id = $1 AND i.void_at IS NULL"
      " AND NOT EXISTS (SELECT 1 FROM issued r WHERE r.replaces = i.id)"
      " AND NOT EXISTS (SELECT 1 FROM issued n WHERE n.patient_id = i.patient_id AND n.id > i.id AND n.name = i.name"
      " AND n.language = i.language AND n.subject = i.subject AND n.subject_id = i.subject_id AND n.void_at IS NULL) ORDER BY i.id";

/* Before there was a register: the newest print of each letter. */
static const char printed_sql[]
    = "SELECT max (seq), max (at), detail FROM audit WHERE action = 'letter.print' AND object_id = $1 AND kind = 'patient'"
      " GROUP BY detail ORDER BY 1";

static const char plans_sql[]
    = "SELECT p.id FROM plan p WHERE p.patient_id = $1 AND p.status IN ('proposed', 'part')"
      " AND (EXISTS (SELECT 1 FROM plan_visit v WHERE v.plan_id = p.id AND v.visit_id = $2)"
      "   OR EXISTS (SELECT 1 FROM plan_hang h WHERE h.plan_id = p.id AND h.what = $3 AND h.row_id = $4))";

static const char patient_sql[] = "SELECT family, given, chart FROM patient WHERE id = $1";

static DeskRippleItem *
item_new (DeskRippleWhat what, const char *code, gint64 row_id, gint64 patient_id)
{
  DeskRippleItem *item = g_new0 (DeskRippleItem, 1);

  *item = (DeskRippleItem){ .what = what, .code = code, .on = TRUE, .row_id = row_id, .patient_id = patient_id,
                            .was = DESK_DAY_NONE, .became = DESK_DAY_NONE, .detail = g_strdup (""),
                            .patient_name = g_strdup (""), .patient_chart = g_strdup ("") };
  return item;
}

static void
item_name (DeskRippleItem *item, const DeskVisit *visit)
{
  g_free (item->patient_name);
  g_free (item->patient_chart);
  item->patient_name = g_strdup (visit->patient_name);
  item->patient_chart = g_strdup (visit->patient_chart);
}

static void
item_say (DeskRippleItem *item, const char *detail)
{
  g_free (item->detail);
  item->detail = g_strdup (detail ? detail : "");
}

/* ── visits and their doses ──────────────────────────────────────────────────────────────────── */

/* Codes of a visit that goes, or would. */
static const char *
visit_code (const DeskRippleScene *scene, const DeskVisit *visit, const DeskRippleStop *stop, const DeskRippleGo *go)
{
  if (!stop->kept)
    return desk_ripple_fit_code (go->fit);
  if (visit->starts_at <= scene->now || !g_strv_contains ((const char *const[]){ "proposed", "held", "booked", "confirmed", NULL }, visit->status))
    return "here";
  for (guint i = 0; scene->wish->keep && i < scene->wish->keep->len; i++)
    if (g_array_index (scene->wish->keep, gint64, i) == visit->id)
      return "kept";
  return "ask";
}

/* What remains in the way of a visit where it goes, leaving aside those that move themselves, and doses, which have lines
 * of their own. */
static gboolean
add_conflicts (DeskRippleScene *scene, DeskRippleItem *item, GError **error)
{
  g_autoptr (GPtrArray) all = desk_visit_check (scene->db, item->after, scene->now, error);

  if (!all)
    return FALSE;
  for (guint i = all->len; i-- > 0;)
    {
      const DeskConflict *conflict = g_ptr_array_index (all, i);

      if (conflict->kind == DESK_CONFLICT_DOSE || (conflict->visit_id && g_hash_table_contains (scene->moving, &conflict->visit_id)))
        g_ptr_array_remove_index (all, i);
    }
  if (all->len > 0)
    item->conflicts = g_steal_pointer (&all);
  return TRUE;
}

/* Gives back what will not be good any more on the visit's day, or is of the lot that failed, and promises another. */
static gboolean
add_doses (DeskRippleScene *scene, const DeskRippleCause *cause, DeskRipplePlan *plan, const DeskVisit *visit, DeskDay day,
           gboolean moves, GError **error)
{
  gint64 failed = scene->wish->kind == DESK_RIPPLE_LOT_FAILED ? cause->row_id : 0;
  g_autoptr (DeskStmt) stmt = desk_db_query (scene->db, error, doses_sql, "i", visit->id);
  DeskStep step = DESK_STEP_ERROR;
  guint lost = 0;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskDay until;
      gboolean expires = moves && desk_day_parse (desk_stmt_text (stmt, 2), &until) && until < day;

      if (!expires && (!failed || desk_stmt_int64 (stmt, 3) != failed))
        continue;
      DeskRippleItem *item = item_new (DESK_RIPPLE_DOSE, "given-back", desk_stmt_int64 (stmt, 0), visit->patient_id);
      item_name (item, visit);
      item_say (item, desk_stmt_text (stmt, 1));
      item->visit_id = visit->id;
      g_ptr_array_add (plan->items, item);
      lost++;
    }
  if (step != DESK_STEP_DONE)
    return FALSE;

  DeskUnit *other = failed ? g_hash_table_lookup (cause->promised, &visit->id) : NULL;
  g_autoptr (DeskUnit) fresh = NULL;
  if (!other && lost > 0 && !failed)
    {
      g_autoptr (GPtrArray) pool = desk_ripple_pool (scene->db, visit->patient_id, error);

      if (!pool)
        return FALSE;
      other = fresh = desk_ripple_pool_take (pool, 0, day);
    }
  if (other)
    {
      DeskRippleItem *item = item_new (DESK_RIPPLE_DOSE, "promised", other->id, visit->patient_id);
      item_name (item, visit);
      item_say (item, other->number);
      item->visit_id = visit->id;
      g_ptr_array_add (plan->items, item);
    }
  return TRUE;
}

static gboolean
add_visit (DeskRippleScene *scene, const DeskRippleCause *cause, DeskRipplePlan *plan, guint i, GError **error)
{
  const DeskVisit *visit = g_ptr_array_index (scene->visits, i);
  const DeskRippleStop *stop = &g_array_index (scene->stops, DeskRippleStop, i);
  const DeskRippleGo *go = &g_array_index (scene->goes, DeskRippleGo, i);

  if (go->fit == DESK_RIPPLE_STAYS && !stop->struck)
    return scene->wish->kind != DESK_RIPPLE_LOT_FAILED || add_doses (scene, cause, plan, visit, stop->day, FALSE, error);

  DeskRippleItem *item = item_new (DESK_RIPPLE_VISIT, visit_code (scene, visit, stop, go), visit->id, visit->patient_id);
  item_name (item, visit);
  item->before = desk_visit_copy (visit);
  item->visit_id = visit->id;
  item->on = scene->places->pdata[i] != NULL;
  item->may = !g_str_equal (item->code, "here") && go->fit != DESK_RIPPLE_NOWHERE;
  g_ptr_array_add (plan->items, item);
  if (item->on)
    item->after = desk_visit_copy (scene->places->pdata[i]);
  else if (item->may && go->day != stop->day)
    item->after = desk_ripple_scene_place (scene, i, go->day);
  if (scene->error)
    {
      g_propagate_error (error, g_steal_pointer (&scene->error));
      return FALSE;
    }
  return (!item->after || add_conflicts (scene, item, error))
         && add_doses (scene, cause, plan, visit, item->on ? go->day : stop->day, item->on, error);
}

static gboolean
add_draw (DeskRippleScene *scene, const DeskRippleCause *cause, DeskRipplePlan *plan, GError **error)
{
  DeskRippleItem *item = item_new (DESK_RIPPLE_VISIT, "new", 0, cause->patient_id);

  item->after = desk_visit_copy (cause->draw);
  if (!cause->draw_in_stay)
    item_say (item, "out-of-stay");
  g_ptr_array_add (plan->items, item);
  return add_conflicts (scene, item, error);
}

/* ── what says otherwise afterwards ──────────────────────────────────────────────────────────── */

static void
add_letter (DeskRippleScene *scene, DeskRipplePlan *plan, gint64 patient_id, gint64 row_id, gint64 at, const char *name)
{
  DeskRippleItem *item = item_new (DESK_RIPPLE_LETTER, "stale", row_id, patient_id);

  item->was = desk_ripple_scene_day (scene, at);
  item_say (item, name);
  g_ptr_array_add (plan->items, item);
}

/* names is what was found, of char *. */
static gboolean
add_issued (DeskRippleScene *scene, DeskRipplePlan *plan, gint64 patient_id, GPtrArray *names, GError **error)
{
  static const char *const of_visits[] = { "<list name=\"visits\"", "name=\"plan.first\"", "name=\"plan.last\"" };
  g_autoptr (DeskStmt) stmt = desk_db_query (scene->db, error, letters_sql, "i", patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      const char *name = desk_stmt_text (stmt, 2), *data = desk_stmt_text (stmt, 3);
      gboolean days = FALSE;

      g_ptr_array_add (names, g_strdup (name));
      for (guint i = 0; i < G_N_ELEMENTS (of_visits); i++)
        days = days || strstr (data, of_visits[i]);
      if (days)
        add_letter (scene, plan, patient_id, desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1), name);
    }
  return step == DESK_STEP_DONE;
}

static gboolean
add_letters (DeskRippleScene *scene, DeskRipplePlan *plan, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (!add_issued (scene, plan, patient_id, names, error))
    return FALSE;
  g_autoptr (DeskStmt) stmt = desk_db_query (scene->db, error, printed_sql, "i", patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      g_auto (GStrv) words = g_strsplit (desk_stmt_text (stmt, 2), " ", 2);

      /* The others named no day of a visit. */
      if (words[0] && g_strv_contains ((const char *const[]){ "treatment-schedule", "visa-certificate", NULL }, words[0])
          && !g_ptr_array_find_with_equal_func (names, words[0], g_str_equal, NULL))
        add_letter (scene, plan, patient_id, desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1), words[0]);
    }
  return step == DESK_STEP_DONE;
}

static gboolean
add_plan (DeskRippleScene *scene, DeskRipplePlan *plan, GHashTable *seen, gint64 patient_id, gint64 visit_id, const char *what,
          gint64 row_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (scene->db, error, plans_sql, "iiti", patient_id, visit_id, what, row_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);

      if (g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
        g_ptr_array_add (plan->items, item_new (DESK_RIPPLE_PLAN, "red", id, patient_id));
    }
  return step == DESK_STEP_DONE;
}

/* Letters and plans of everybody who has a visit that moves. */
static gboolean
add_stale (DeskRippleScene *scene, const DeskRippleCause *cause, DeskRipplePlan *plan, GError **error)
{
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) plans = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  const char *what = scene->wish->kind == DESK_RIPPLE_MISSED_FLIGHT ? "trip" : "lot";
  guint n = plan->items->len;

  if (cause->patient_id && scene->wish->kind != DESK_RIPPLE_COURSE_LATER
      && !add_plan (scene, plan, plans, cause->patient_id, 0, what, cause->row_id, error))
    return FALSE;
  if (scene->wish->kind == DESK_RIPPLE_MISSED_FLIGHT)
    {
      g_hash_table_add (people, g_memdup2 (&cause->patient_id, sizeof cause->patient_id));
      if (!add_letters (scene, plan, cause->patient_id, error))
        return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      const DeskRippleItem *item = g_ptr_array_index (plan->items, i);
      gint64 patient_id = item->patient_id;

      if (item->what != DESK_RIPPLE_VISIT || !item->on)
        continue;
      if (!add_plan (scene, plan, plans, patient_id, item->row_id, "visit", item->row_id, error))
        return FALSE;
      if (g_hash_table_add (people, g_memdup2 (&patient_id, sizeof patient_id)) && !add_letters (scene, plan, patient_id, error))
        return FALSE;
    }
  return TRUE;
}

/* Names of those whose lines are not of a visit. */
static gboolean
add_names (DeskRippleScene *scene, DeskRipplePlan *plan, GError **error)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      DeskRippleItem *item = g_ptr_array_index (plan->items, i);

      if (*item->patient_name || item->patient_id == 0)
        continue;
      g_autoptr (DeskStmt) stmt = desk_db_query (scene->db, error, patient_sql, "i", item->patient_id);
      if (!stmt || desk_stmt_step (stmt, error) != DESK_STEP_ROW)
        return FALSE;
      g_free (item->patient_name);
      g_free (item->patient_chart);
      item->patient_name = g_strstrip (g_strconcat (desk_stmt_text (stmt, 0), " ", desk_stmt_text (stmt, 1), NULL));
      item->patient_chart = desk_stmt_dup_text (stmt, 2);
    }
  return TRUE;
}

static void
add_cause (const DeskRippleScene *scene, const DeskRippleCause *cause, DeskRipplePlan *plan)
{
  static const struct
  {
    DeskRippleWhat what;
    const char *code;
  } things[] = {
    [DESK_RIPPLE_CULTURE_DELAY] = { DESK_RIPPLE_LOT, "moves" },
    [DESK_RIPPLE_LOT_FAILED] = { DESK_RIPPLE_LOT, "failed" },
    [DESK_RIPPLE_MISSED_FLIGHT] = { DESK_RIPPLE_TRIP, "moves" },
    [DESK_RIPPLE_CLOSED_DAY] = { DESK_RIPPLE_DAY, "closes" },
  };

  if (scene->wish->kind == DESK_RIPPLE_COURSE_LATER)
    return;
  DeskRippleItem *item = item_new (things[scene->wish->kind].what, things[scene->wish->kind].code, cause->row_id, cause->patient_id);
  item->version = cause->version;
  item->was = cause->was;
  item->became = scene->wish->day;
  item_say (item, cause->detail);
  g_ptr_array_add (plan->items, item);
}

static void
cause_clear (DeskRippleCause *cause)
{
  g_clear_pointer (&cause->detail, g_free);
  g_clear_pointer (&cause->pool, g_ptr_array_unref);
  g_clear_pointer (&cause->promised, g_hash_table_unref);
  g_clear_pointer (&cause->draw, desk_visit_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DeskRippleCause, cause_clear)

DeskRipplePlan *
desk_ripple_preview (DeskDb *db, const DeskRippleWish *wish, gint64 now, GError **error)
{
  static const DeskRippleStrike strikes[] = {
    [DESK_RIPPLE_CULTURE_DELAY] = desk_ripple_strike_delay, [DESK_RIPPLE_LOT_FAILED] = desk_ripple_strike_failed,
    [DESK_RIPPLE_MISSED_FLIGHT] = desk_ripple_strike_flight, [DESK_RIPPLE_CLOSED_DAY] = desk_ripple_strike_day,
    [DESK_RIPPLE_COURSE_LATER] = desk_ripple_strike_later,
  };
  g_auto (DeskRippleCause) cause = { 0 };
  g_auto (DeskRippleScene) scene = { 0 };
  g_autoptr (DeskRipplePlan) plan = g_new0 (DeskRipplePlan, 1);

  plan->wish = desk_ripple_wish_copy (wish);
  plan->items = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_ripple_item_free);
  if (!desk_ripple_scene_init (&scene, db, plan->wish, now, error) || !strikes[wish->kind] (&scene, &cause, error)
      || !desk_ripple_scene_run (&scene, error))
    return NULL;
  add_cause (&scene, &cause, plan);
  if (cause.draw && !add_draw (&scene, &cause, plan, error))
    return NULL;
  for (guint i = 0; i < scene.visits->len; i++)
    if (!add_visit (&scene, &cause, plan, i, error))
      return NULL;
  if (!add_stale (&scene, &cause, plan, error) || !add_names (&scene, plan, error))
    return NULL;
  return g_steal_pointer (&plan);
}

DeskRipplePlan *
desk_ripple_course_later (DeskDb *db, gint64 visit_id, DeskDay to, gint64 now, GError **error)
{
  g_autoptr (DeskRippleWish) wish = desk_ripple_wish_new (DESK_RIPPLE_COURSE_LATER, visit_id, to, NULL);

  return desk_ripple_preview (db, wish, now, error);
}
