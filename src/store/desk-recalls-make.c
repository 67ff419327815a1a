/* Calls that a day makes due. Each kind is looked for by an index; each is made once, under the name of what it was made
 * for; and those that what came since has made needless are closed. */
#include "desk-recalls.h"

#include <string.h>

#include "desk-clinics.h"
#include "desk-gates.h"

#define LEAD_DAYS 14  /* made so long before it is due, so that it is seen coming */
#define LATE_DAYS 14  /* and not at all for what was due longer ago: a file that was away floods nobody */
#define CALL_DAYS 3   /* a call after an infusion is of no use later than that */
#define DRAW_DAYS 60  /* draws so far ahead are looked at for their tests */
#define DAY 86400

/* By the visit they were given at: its start has an index. One a visit, however many bags. */
static const char infusions_sql[]
    = "SELECT min (i.id), v.patient_id, min (i.started_at) FROM visit v JOIN infusion i ON i.visit_id = v.id"
      " WHERE v.starts_at > $1 GROUP BY v.starts_at, v.id, v.patient_id ORDER BY v.starts_at, v.id";

/* Whoever comes to stay well: the last infusion that was given, when nothing more of the kind is booked. The gap is that
 * between the last two infusions of the course it belonged to. */
static const char preventive_sql[]
    = "SELECT v.id, p.id, max (i.started_at), (SELECT s.min_days FROM course c JOIN course_template_step s ON s.template = c.template"
      "  AND s.type = 'infusion' JOIN course_template_step b ON b.template = s.template AND b.seq = s.after AND b.type = 'infusion'"
      "  WHERE c.id = v.course_id ORDER BY s.seq DESC LIMIT 1)"
      " FROM visit v JOIN infusion i ON i.visit_id = v.id JOIN patient p ON p.id = v.patient_id AND p.purpose = 'prevention'"
      " WHERE v.starts_at > $1 AND p.merged_into IS NULL"
      "   AND NOT EXISTS (SELECT 1 FROM visit n JOIN visit_status t ON t.status = n.status AND t.takes = 1"
      "                   WHERE n.patient_id = v.patient_id AND n.type = 'infusion' AND n.starts_at > v.starts_at)"
      " GROUP BY v.starts_at, v.id, p.id ORDER BY v.starts_at, v.id";

/* The newest consent that stands, while there are cells. */
static const char storage_sql[]
    = "SELECT s.id, s.patient_id, s.until_on FROM storage_consent s WHERE s.withdrawn_at IS NULL AND s.until_on > $1 AND s.until_on <= $2"
      " AND NOT EXISTS (SELECT 1 FROM storage_consent n WHERE n.patient_id = s.patient_id AND n.withdrawn_at IS NULL AND n.id > s.id)"
      " AND EXISTS (SELECT 1 FROM unit u WHERE u.patient_id = s.patient_id"
      "             AND u.life IN ('filled', 'frozen', 'fresh_ready', 'in_transit', 'at_clinic', 'missing')) ORDER BY s.id";

static const char draws_sql[]
    = "SELECT v.id, v.patient_id, v.starts_at FROM visit v WHERE v.starts_at > $1 AND v.starts_at < $2"
      " AND v.type IN ('blood_draw', 'apheresis') AND v.status IN ('held', 'booked', 'confirmed') ORDER BY v.starts_at, v.id";

static const char known_sql[] = "SELECT EXISTS (SELECT 1 FROM recall WHERE patient_id = $1 AND kind = $2 AND source = $3)";

static const char insert_sql[]
    = "INSERT INTO recall (patient_id, kind, due_on, next_on, source, made_at) VALUES ($1, $2, $3, $3, $4, $5)";

/* Storage: a newer consent, or no cells. Preventive: an infusion is booked. Viral: its draw is over. */
static const char needless_sql[]
    = "SELECT r.id FROM recall r WHERE r.closed_at IS NULL AND r.next_on > '' AND CASE r.kind"
      " WHEN 'storage' THEN NOT EXISTS (SELECT 1 FROM storage_consent s WHERE s.patient_id = r.patient_id AND s.withdrawn_at IS NULL"
      "   AND r.source = 'consent ' || s.id AND NOT EXISTS (SELECT 1 FROM storage_consent n WHERE n.patient_id = s.patient_id"
      "     AND n.withdrawn_at IS NULL AND n.id > s.id))"
      " WHEN 'preventive' THEN EXISTS (SELECT 1 FROM visit n JOIN visit_status t ON t.status = n.status AND t.takes = 1"
      "   WHERE n.patient_id = r.patient_id AND n.type = 'infusion' AND n.starts_at > $1)"
      " WHEN 'viral' THEN NOT EXISTS (SELECT 1 FROM visit v JOIN visit_status t ON t.status = v.status AND t.takes = 1 AND t.final = 0"
      "   WHERE v.patient_id = r.patient_id AND r.source = 'draw ' || v.id AND v.starts_at > $1)"
      " ELSE 0 END AND r.source <> '' ORDER BY r.next_on, r.id";

static const char close_sql[]
    = "UPDATE recall SET closed_at = $2, outcome = 'not_needed', version = version + 1 WHERE id = $1 AND closed_at IS NULL";

typedef struct
{
  gint64 patient_id;
  const char *kind; /* static */
  char *source;
  DeskDay due;
} Wanted;

typedef struct
{
  DeskDb *db;
  gint64 now;
  DeskDay today;
  GTimeZone *zone;
  GArray *rules;
  GPtrArray *wanted; /* of Wanted */
} Making;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->source);
  g_free (wanted);
}

/* Takes the source. What is too far ahead comes another day. */
static gboolean
want (Making *making, gint64 patient_id, const char *kind, char *source, DeskDay due, GError **error)
{
  g_autofree char *owned = source;
  gint64 known = 0;

  if (due > making->today + LEAD_DAYS || due < making->today - LATE_DAYS)
    return TRUE;
  if (!desk_db_value (making->db, &known, error, known_sql, "itt", patient_id, kind, owned))
    return FALSE;
  if (known)
    return TRUE;
  Wanted *wanted = g_new0 (Wanted, 1);
  *wanted = (Wanted) { patient_id, kind, g_steal_pointer (&owned), due };
  g_ptr_array_add (making->wanted, wanted);
  return TRUE;
}

/* The days of the first rule of the kind, or -1 where the clinic has none. */
static int
rule_days (const Making *making, const char *kind)
{
  for (guint i = 0; i < making->rules->len; i++)
    if (g_str_equal (g_array_index (making->rules, DeskRecallRule, i).kind, kind))
      return g_array_index (making->rules, DeskRecallRule, i).days;
  return -1;
}

static gboolean
make_follow_ups (Making *making, GError **error)
{
  int longest = 0;

  for (guint i = 0; i < making->rules->len; i++)
    if (g_str_equal (g_array_index (making->rules, DeskRecallRule, i).kind, "follow_up"))
      longest = MAX (longest, g_array_index (making->rules, DeskRecallRule, i).days);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (making->db, error, infusions_sql, "i", making->now - (gint64) (longest + LATE_DAYS + 2) * DAY);
  DeskStep step = DESK_STEP_ERROR;
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    for (guint i = 0; i < making->rules->len; i++)
      {
        const DeskRecallRule *rule = &g_array_index (making->rules, DeskRecallRule, i);
        DeskDay due = desk_instant_day (desk_stmt_int64 (stmt, 2), making->zone) + rule->days;

        if (g_str_equal (rule->kind, "follow_up") && due >= making->today - CALL_DAYS
            && !want (making, desk_stmt_int64 (stmt, 1), "follow_up",
                      g_strdup_printf ("infusion %" G_GINT64_FORMAT " +%d", desk_stmt_int64 (stmt, 0), rule->days),
                      due, error))
          return FALSE;
      }
  return step == DESK_STEP_DONE;
}

static gboolean
make_preventive (Making *making, GError **error)
{
  int days = rule_days (making, "preventive");

  if (days < 0)
    return TRUE;
  g_autoptr (DeskStmt) stmt = desk_db_query (making->db, error, preventive_sql, "i", making->now - (gint64) (730 + LATE_DAYS) * DAY);
  DeskStep step = DESK_STEP_ERROR;
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      int gap = desk_stmt_is_null (stmt, 3) ? days : desk_stmt_int (stmt, 3);

      if (!want (making, desk_stmt_int64 (stmt, 1), "preventive", g_strdup_printf ("visit %" G_GINT64_FORMAT, desk_stmt_int64 (stmt, 0)),
                 desk_instant_day (desk_stmt_int64 (stmt, 2), making->zone) + gap, error))
        return FALSE;
    }
  return step == DESK_STEP_DONE;
}

static gboolean
make_storage (Making *making, GError **error)
{
  int days = rule_days (making, "storage");
  g_autofree char *from = desk_day_format (making->today + MAX (days, 0) - LATE_DAYS - 1);
  g_autofree char *until = desk_day_format (making->today + MAX (days, 0) + LEAD_DAYS);

  if (days < 0)
    return TRUE;
  g_autoptr (DeskStmt) stmt = desk_db_query (making->db, error, storage_sql, "tt", from, until);
  DeskStep step = DESK_STEP_ERROR;
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskDay ends;

      if (desk_day_parse (desk_stmt_text (stmt, 2), &ends)
          && !want (making, desk_stmt_int64 (stmt, 1), "storage",
                    g_strdup_printf ("consent %" G_GINT64_FORMAT, desk_stmt_int64 (stmt, 0)), ends - days, error))
        return FALSE;
    }
  return step == DESK_STEP_DONE;
}

static gboolean
names_viral (const char *rules)
{
  g_auto (GStrv) names = g_strsplit (rules ? rules : "", ",", -1);

  return g_strv_contains ((const char *const *) names, "viral");
}

/* Draws ahead on whose day the tests no longer stand: asked of the gate itself, which knows papers and values. */
static gboolean
make_viral (Making *making, GError **error)
{
  int days = rule_days (making, "viral");

  if (days < 0)
    return TRUE;
  g_autoptr (DeskStmt) stmt
      = desk_db_query (making->db, error, draws_sql, "ii", making->now, making->now + (gint64) DRAW_DAYS * DAY);
  DeskStep step = DESK_STEP_ERROR;
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 visit_id = desk_stmt_int64 (stmt, 0), patient_id = desk_stmt_int64 (stmt, 1);
      DeskDay day = desk_instant_day (desk_stmt_int64 (stmt, 2), making->zone), due = MAX (day - days, making->today);
      g_autofree char *rules = NULL;

      if (due > making->today + LEAD_DAYS)
        continue;
      if (!desk_gates_short (making->db, patient_id, DESK_GATE_DRAW, visit_id, day, making->today, &rules, error))
        return FALSE;
      if (names_viral (rules)
          && !want (making, patient_id, "viral", g_strdup_printf ("draw %" G_GINT64_FORMAT, visit_id), due, error))
        return FALSE;
    }
  return step == DESK_STEP_DONE;
}

static GArray *
find_needless (Making *making, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskStmt) stmt = desk_db_query (making->db, error, needless_sql, "i", making->now);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);
      g_array_append_val (ids, id);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
write_all (Making *making, const GArray *needless, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (making->db, error);

  if (!txn)
    return FALSE;
  for (guint i = 0; i < needless->len; i++)
    if (!desk_db_run (making->db, error, close_sql, "ii", g_array_index (needless, gint64, i), making->now))
      return FALSE;
  for (guint i = 0; i < making->wanted->len; i++)
    {
      const Wanted *wanted = making->wanted->pdata[i];
      g_autofree char *due = desk_day_format (wanted->due);
      gint64 known = 0;

      /* Another desk may have been quicker. */
      if (!desk_db_value (making->db, &known, error, known_sql, "itt", wanted->patient_id, wanted->kind, wanted->source)
          || (!known && !desk_db_run (making->db, error, insert_sql, "ittti", wanted->patient_id, wanted->kind, due, wanted->source, making->now)))
        return FALSE;
    }
  return desk_txn_log (txn, "recall.make", DESK_KIND_WAIT, 0, NULL, error) && desk_txn_commit (txn, error);
}

gboolean
desk_recalls_make (DeskDb *db, gint64 now, guint *n_made, GError **error)
{
  g_autoptr (GTimeZone) zone = desk_clinic_zone (db, error);
  g_autoptr (GArray) rules = zone ? desk_recall_rules (db, error) : NULL;
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (wanted_free);

  *n_made = 0;
  if (!rules)
    return FALSE;
  Making making = { db, now, desk_instant_day (now, zone), zone, rules, wanted };
  if (!make_follow_ups (&making, error) || !make_preventive (&making, error) || !make_storage (&making, error)
      || !make_viral (&making, error))
    return FALSE;
  g_autoptr (GArray) needless = find_needless (&making, error);
  if (!needless)
    return FALSE;
  *n_made = wanted->len;
  return wanted->len + needless->len == 0 || write_all (&making, needless, error);
}
