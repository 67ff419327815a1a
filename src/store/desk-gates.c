/* Gates: gathering a case. A gate reads only what its rules look at, each by an index. */
#include "desk-gates.h"

#include "desk-book-private.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-consents.h"
#include "desk-labs.h"
#include "desk-trips.h"

#define MILESTONES 3
#define LONGEST_WAIT 7 /* days before a draw from which on it is on the worklist */

static const char patient_sql[]
    = "SELECT family, given, birth, nationality, passport, passport_until, languages, purpose, version"
      " FROM patient WHERE id = $1";

static const char papers_sql[]
    = "SELECT id, kind, state, examined_on, language, part, part_of, supersedes, received_at, due_on"
      " FROM document WHERE patient_id = $1 ORDER BY received_at DESC, id DESC";

static const char acceptance_sql[]
    = "SELECT a.accepted, a.at, a.reason, s.name FROM acceptance a JOIN staff s ON s.id = a.by_id"
      " WHERE a.patient_id = $1 ORDER BY a.id DESC LIMIT 1";

static const char overrides_sql[]
    = "SELECT o.id, o.gate, o.rule, o.reason, o.at, o.until, s.name FROM gate_override o JOIN staff s ON s.id = o.by_id"
      " WHERE o.patient_id = $1 AND o.revoked_at IS NULL ORDER BY o.id";

static const char steps_sql[]
    = "SELECT id, type, starts_at FROM visit WHERE patient_id = $1 AND starts_at >= $2"
      "   AND type IN ('blood_draw', 'apheresis', 'infusion')"
      "   AND status IN ('proposed', 'held', 'booked', 'confirmed', 'arrived', 'checked_in', 'in_room')"
      " ORDER BY starts_at, id";

static const char lots_sql[]
    = "SELECT l.id, l.number, l.status, l.expected_on,"
      "   (SELECT count (*) FROM hold h WHERE h.lot_id = l.id AND h.closed_at IS NULL)"
      "   + (SELECT count (*) FROM unit u WHERE u.lot_id = l.id AND u.quality = 'quarantine'"
      "      AND EXISTS (SELECT 1 FROM unit_hold h WHERE h.unit_id = u.id)),"
      "   (SELECT count (*) FROM unit u WHERE u.lot_id = l.id AND u.quality = 'quarantine' AND u.label <> 'verified'"
      "      AND u.kind IN ('dose_fresh', 'dose_frozen') AND u.life NOT IN ('planned', 'void', 'discarded'))"
      " FROM lot l WHERE l.patient_id = $1 AND l.status <> 'failed' AND (l.status = 'culturing'"
      "   OR EXISTS (SELECT 1 FROM unit u WHERE u.lot_id = l.id AND u.quality = 'quarantine'"
      "              AND u.kind IN ('dose_fresh', 'dose_frozen') AND u.life NOT IN ('planned', 'void', 'discarded')))"
      " ORDER BY l.started_on, l.id";

/* Of several doses for one infusion the weakest is judged. */
static const char dose_sql[]
    = "SELECT u.id, u.number, u.quality, u.label, u.use_until,"
      "   (SELECT count (*) FROM hold WHERE id IN (SELECT hold_id FROM unit_hold h WHERE h.unit_id = u.id))"
      " FROM reservation r JOIN unit u ON u.id = r.unit_id WHERE r.visit_id = $1 AND r.closed_at IS NULL"
      " ORDER BY CASE WHEN u.quality IN ('released', 'conditional') THEN 1 ELSE 0 END, u.use_until, u.id LIMIT 1";

static const char draws_sql[]
    = "SELECT v.id, v.patient_id, v.starts_at, p.family, p.given FROM visit v JOIN patient p ON p.id = v.patient_id"
      " WHERE v.starts_at >= $1 AND v.starts_at < $2 AND v.type IN ('blood_draw', 'apheresis')"
      "   AND v.status IN ('proposed', 'held', 'booked', 'confirmed', 'arrived', 'checked_in')"
      " ORDER BY v.starts_at, v.id";

static const char settings_sql[] = "SELECT rule, months, active, version, reason FROM gate_setting ORDER BY rule";

/* One reading of many cases: what they share. */
typedef struct
{
  DeskDb *db;
  GTimeZone *zone;
  GArray *settings;
  DeskDay today;
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->zone, g_time_zone_unref);
  g_clear_pointer (&reading->settings, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static gboolean
reading_begin (Reading *reading, DeskDb *db, DeskDay today, GError **error)
{
  *reading = (Reading){ .db = db, .today = today };
  reading->zone = desk_clinic_zone (db, error);
  reading->settings = reading->zone ? desk_gate_settings (db, error) : NULL;
  return reading->settings != NULL;
}

static const char *
interned (DeskStmt *stmt, int column)
{
  return g_intern_string (desk_stmt_text (stmt, column));
}

static DeskDay
read_day (DeskStmt *stmt, int column)
{
  DeskDay day;

  return desk_day_parse (desk_stmt_text (stmt, column), &day) ? day : DESK_DAY_NONE;
}

static gboolean
read_person (Reading *reading, DeskCase *case_, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (reading->db, error, patient_sql, "i", case_->patient_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such patient");
  if (step != DESK_STEP_ROW)
    return FALSE;
  case_->name = desk_row_name (stmt, 0);
  case_->birth = desk_stmt_dup_text (stmt, 2);
  case_->nationality = desk_stmt_dup_text (stmt, 3);
  case_->passport = desk_stmt_dup_text (stmt, 4);
  case_->passport_until = desk_stmt_dup_text (stmt, 5);
  case_->languages = desk_stmt_dup_text (stmt, 6);
  case_->purpose = interned (stmt, 7);
  case_->patient_version = desk_stmt_int64 (stmt, 8);
  return TRUE;
}

static gboolean
read_papers (Reading *reading, DeskCase *case_, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (reading->db, error, papers_sql, "i", case_->patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskCasePaper paper = { .id = desk_stmt_int64 (stmt, 0), .kind = interned (stmt, 1), .state = interned (stmt, 2),
                              .language = interned (stmt, 4), .part = interned (stmt, 5),
                              .part_of = desk_stmt_int64 (stmt, 6), .supersedes = desk_stmt_int64 (stmt, 7),
                              .received_at = desk_stmt_int64 (stmt, 8), .due_on = read_day (stmt, 9) };

      g_strlcpy (paper.examined_on, desk_stmt_text (stmt, 3), sizeof paper.examined_on);
      g_array_append_val (case_->papers, paper);
    }
  return step == DESK_STEP_DONE;
}

static gboolean
read_decision (Reading *reading, DeskCase *case_, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (reading->db, error, acceptance_sql, "i", case_->patient_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ROW)
    {
      case_->accepted = desk_stmt_int (stmt, 0);
      case_->accepted_on = desk_instant_day (desk_stmt_int64 (stmt, 1), reading->zone);
      case_->accepted_reason = desk_stmt_dup_text (stmt, 2);
      case_->accepted_by = desk_stmt_dup_text (stmt, 3);
    }
  return step != DESK_STEP_ERROR;
}

static gboolean
read_overrides (Reading *reading, DeskCase *case_, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (reading->db, error, overrides_sql, "i", case_->patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskGateOverride override = { .id = desk_stmt_int64 (stmt, 0), .rule = interned (stmt, 2),
                                    .reason = desk_stmt_dup_text (stmt, 3), .at = desk_stmt_int64 (stmt, 4),
                                    .until = read_day (stmt, 5), .by = desk_stmt_dup_text (stmt, 6) };

      if (!desk_gate_parse (desk_stmt_text (stmt, 1), &override.gate))
        override.gate = DESK_N_GATES;
      g_array_append_val (case_->overrides, override);
    }
  return step == DESK_STEP_DONE;
}

/* The next draw and the next infusion. */
static gboolean
read_steps (Reading *reading, DeskCase *case_, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (reading->db, error, steps_sql, "ii", case_->patient_id,
                                             desk_instant_at (reading->today, 0, reading->zone));
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskGate gate;

      if (!desk_gate_of_visit (desk_stmt_text (stmt, 1), &gate) || case_->visits[gate])
        continue;
      case_->visits[gate] = desk_stmt_int64 (stmt, 0);
      case_->days[gate] = desk_instant_day (desk_stmt_int64 (stmt, 2), reading->zone);
    }
  return step == DESK_STEP_DONE;
}

static gboolean
read_results (DeskDb *db, DeskCaseLot *lot, GError **error)
{
  g_autoptr (GPtrArray) tests = desk_lot_tests (db, error);
  g_autoptr (GPtrArray) results = tests ? desk_lot_results (db, lot->id, error) : NULL;
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  if (!results)
    return FALSE;
  desk_release_check (tests, results, 0, 0, problems);
  for (guint i = 0; i < problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (problems, i);
      char *list = g_str_equal (problem->code, "result-failed") ? lot->failed : lot->waiting;

      if (*list)
        g_strlcat (list, ",", sizeof lot->failed);
      g_strlcat (list, problem->field, sizeof lot->failed);
    }
  return TRUE;
}

static gboolean
read_lots (Reading *reading, DeskCase *case_, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (reading->db, error, lots_sql, "i", case_->patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskCaseLot lot = { .id = desk_stmt_int64 (stmt, 0),
                          .harvested = g_str_equal (desk_stmt_text (stmt, 2), "harvested"),
                          .expected = read_day (stmt, 3), .holds = desk_stmt_int (stmt, 4),
                          .unlabelled = desk_stmt_int (stmt, 5) };

      g_strlcpy (lot.number, desk_stmt_text (stmt, 1), sizeof lot.number);
      if (!read_results (reading->db, &lot, error))
        return FALSE;
      g_array_append_val (case_->lots, lot);
    }
  return step == DESK_STEP_DONE;
}

static gboolean
read_dose (Reading *reading, DeskCase *case_, GError **error)
{
  static const char *const released[] = { "released", "conditional", NULL };
  g_autoptr (DeskStmt) stmt = desk_db_query (reading->db, error, dose_sql, "i", case_->visits[DESK_GATE_INFUSE]);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ROW)
    {
      case_->dose = (DeskCaseDose){ .id = desk_stmt_int64 (stmt, 0),
                                    .released = g_strv_contains (released, desk_stmt_text (stmt, 2)),
                                    .labelled = g_str_equal (desk_stmt_text (stmt, 3), "verified"),
                                    .use_until = read_day (stmt, 4), .holds = desk_stmt_int (stmt, 5) };
      g_strlcpy (case_->dose.number, desk_stmt_text (stmt, 1), sizeof case_->dose.number);
    }
  return step != DESK_STEP_ERROR;
}

/* What the laboratory found, and what of it marks the patient's material. */
static gboolean
read_laboratory (Reading *reading, DeskCase *case_, GError **error)
{
  g_autoptr (GPtrArray) summary = desk_lab_viral_summary (reading->db, case_->patient_id, error);
  g_autofree char *agents = NULL;

  if (!summary || !desk_biohazard_agents (reading->db, case_->patient_id, &agents, error))
    return FALSE;
  for (guint i = 0; i < summary->len; i++)
    {
      const DeskLabViral *viral = g_ptr_array_index (summary, i);
      DeskCaseViral result = { viral->agent, DESK_DAY_NONE };

      if (*viral->outcome && desk_day_parse (viral->collected_on, &result.on))
        g_array_append_val (case_->viral, result);
    }
  g_strlcpy (case_->reactive, agents ? agents : "", sizeof case_->reactive);
  return TRUE;
}

static gboolean
read_stays (Reading *reading, DeskCase *case_, GError **error)
{
  g_autoptr (GPtrArray) trips = desk_trip_list (reading->db, case_->patient_id, FALSE, error);

  for (guint i = 0; trips && i < trips->len; i++)
    {
      const DeskTrip *trip = g_ptr_array_index (trips, i);
      DeskStay stay;

      desk_stay_count (trip, reading->today, &stay);
      DeskCaseStay seen = { g_str_equal (trip->route, "resident") && !stay.departed, stay.entry, stay.last,
                            stay.departure };
      g_array_append_val (case_->stays, seen);
    }
  return trips != NULL;
}

static gboolean
read_consents (Reading *reading, DeskCase *case_, GError **error)
{
  GPtrArray *consents = desk_consent_list (reading->db, case_->patient_id, error);

  if (!consents)
    return FALSE;
  g_ptr_array_unref (case_->consents);
  case_->consents = consents;
  return TRUE;
}

typedef gboolean (*ReadPart) (Reading *reading, DeskCase *case_, GError **error);

/* What each gate's rules look at. */
static const struct
{
  ReadPart read;
  guint gates; /* one bit a gate */
} parts[] = {
#define BIT(gate) (1u << (gate))
  { read_person, ~0u },
  { read_overrides, ~0u },
  { read_decision, BIT (DESK_GATE_ACCEPT) | BIT (DESK_GATE_DRAW) },
  { read_papers, BIT (DESK_GATE_ACCEPT) | BIT (DESK_GATE_DRAW) | BIT (DESK_GATE_INFUSE) },
  { read_consents, BIT (DESK_GATE_DRAW) | BIT (DESK_GATE_INFUSE) },
  { read_laboratory, BIT (DESK_GATE_DRAW) },
  { read_stays, BIT (DESK_GATE_DRAW) | BIT (DESK_GATE_INFUSE) },
  { read_lots, BIT (DESK_GATE_RELEASE) },
  { read_dose, BIT (DESK_GATE_INFUSE) },
};

/* The case with everything the gates of the mask look at; days and visits as they are given. */
static gboolean
read_case (Reading *reading, DeskCase *case_, guint gates, GError **error)
{
  case_->settings = g_array_ref (reading->settings);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if ((parts[i].gates & gates) && !parts[i].read (reading, case_, error))
      return FALSE;
  return TRUE;
}

/* A patient's case for all gates, with the next draw and the next infusion; free with desk_case_free (). */
DeskCase *
desk_gates_load (DeskDb *db, gint64 patient_id, DeskDay today, GError **error)
{
  g_autoptr (DeskCase) case_ = desk_case_new ();
  g_auto (Reading) reading = { 0 };

  case_->patient_id = patient_id;
  if (!reading_begin (&reading, db, today, error) || !read_steps (&reading, case_, error)
      || !read_case (&reading, case_, ~0u, error))
    return NULL;
  return g_steal_pointer (&case_);
}

static DeskCase *
load_for (Reading *reading, gint64 patient_id, DeskGate gate, gint64 visit_id, DeskDay day, GError **error)
{
  g_autoptr (DeskCase) case_ = desk_case_new ();

  case_->patient_id = patient_id;
  case_->days[gate] = day;
  case_->visits[gate] = visit_id;
  return read_case (reading, case_, BIT (gate), error) ? g_steal_pointer (&case_) : NULL;
}

/* How the visits (DeskVisit) that a gate watches and that are still to come stand before it: DeskGateMark, free with
 * g_array_unref (). */
GArray *
desk_gates_marks (DeskDb *db, const GPtrArray *visits, DeskDay today, GError **error)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (DeskGateMark));
  g_auto (Reading) reading = { 0 };

  /* A file whose clinic is not set up yet has no zone to read, and no visits. */
  if (visits->len > 0 && !reading_begin (&reading, db, today, error))
    return NULL;
  for (guint i = 0; i < visits->len; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (visits, i);
      DeskGateMark mark = { .visit_id = visit->id };
      DeskDay day = desk_instant_day (visit->starts_at, reading.zone);

      if (day < today || desk_visit_is_final (visit->status) || !desk_gate_of_visit (visit->type, &mark.gate))
        continue;
      g_autoptr (DeskCase) case_ = load_for (&reading, visit->patient_id, mark.gate, visit->id, day, error);
      if (!case_)
        return NULL;
      g_autoptr (GArray) checks = desk_gate_judge (case_, mark.gate, today);
      desk_gate_sum (case_, mark.gate, checks, &mark.summary);
      g_array_append_val (marks, mark);
    }
  return g_steal_pointer (&marks);
}

static char *
names_of (const GArray *checks)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < checks->len; i++)
    {
      const DeskGateCheck *check = &g_array_index (checks, DeskGateCheck, i);

      if (!desk_gate_stands (check))
        g_string_append_printf (text, "%s%s", text->len ? "," : "", check->rule->code);
    }
  return text->len ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* The rules, comma separated, that do not stand for a step on that day (visit_id 0 while it is not booked); NULL in
 * rules when all do. */
gboolean
desk_gates_short (DeskDb *db, gint64 patient_id, DeskGate gate, gint64 visit_id, DeskDay day, DeskDay today,
                  char **rules, GError **error)
{
  g_auto (Reading) reading = { 0 };

  if (!reading_begin (&reading, db, today, error))
    return FALSE;
  g_autoptr (DeskCase) case_ = load_for (&reading, patient_id, gate, visit_id, day, error);
  if (!case_)
    return FALSE;
  g_autoptr (GArray) checks = desk_gate_judge (case_, gate, today);
  *rules = names_of (checks);
  return TRUE;
}

void
desk_gate_task_free (DeskGateTask *task)
{
  if (!task)
    return;
  g_free (task->name);
  g_free (task->rules);
  g_free (task);
}

static int
milestone (int days)
{
  static const int milestones[MILESTONES] = { 2, 5, LONGEST_WAIT };
  guint i = 0;

  while (i < MILESTONES - 1 && days > milestones[i])
    i++;
  return milestones[i];
}

/* The draws of the next 7 days that are not ready, soonest first: DeskGateTask, free with g_ptr_array_unref (). */
GPtrArray *
desk_gates_worklist (DeskDb *db, DeskDay today, GError **error)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_gate_task_free);
  g_auto (Reading) reading = { 0 };
  DeskStep step = DESK_STEP_ERROR;

  if (!reading_begin (&reading, db, today, error))
    return NULL;
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, draws_sql, "ii", desk_instant_at (today, 0, reading.zone),
                                             desk_instant_at (today + LONGEST_WAIT + 1, 0, reading.zone));
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskDay day = desk_instant_day (desk_stmt_int64 (stmt, 2), reading.zone);
      g_autoptr (DeskCase) case_ = load_for (&reading, desk_stmt_int64 (stmt, 1), DESK_GATE_DRAW,
                                             desk_stmt_int64 (stmt, 0), day, error);
      DeskGateSummary summary;

      if (!case_)
        return NULL;
      g_autoptr (GArray) checks = desk_gate_judge (case_, DESK_GATE_DRAW, today);
      desk_gate_sum (case_, DESK_GATE_DRAW, checks, &summary);
      if (summary.light < DESK_LIGHT_AMBER)
        continue;
      DeskGateTask *task = g_new0 (DeskGateTask, 1);
      *task = (DeskGateTask){ .patient_id = case_->patient_id, .visit_id = desk_stmt_int64 (stmt, 0),
                              .name = desk_row_name (stmt, 3), .day = day, .days = milestone (day - today),
                              .n_red = summary.n_red, .n_amber = summary.n_amber, .rules = names_of (checks) };
      g_ptr_array_add (tasks, task);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&tasks) : NULL;
}

/* What the clinic's plan says differently: DeskGateSetting, free with g_array_unref (). */
GArray *
desk_gate_settings (DeskDb *db, GError **error)
{
  g_autoptr (GArray) settings = g_array_new (FALSE, FALSE, sizeof (DeskGateSetting));
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, settings_sql, "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskGateSetting setting = { interned (stmt, 0), desk_stmt_int (stmt, 1), desk_stmt_int (stmt, 2),
                                  desk_stmt_int64 (stmt, 3), "" };

      g_strlcpy (setting.reason, desk_stmt_text (stmt, 4), sizeof setting.reason);
      g_array_append_val (settings, setting);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&settings) : NULL;
}
