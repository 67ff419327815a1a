/* No statement of the store reads a table from end to end, but for those listed here with the reason: on a hundred
 * thousand patients that would be the pause everybody feels. The statements are those that the public functions
 * really send, caught on the way; their plans do not depend on how much the file holds. */
#include <sqlite3.h>
#include <string.h>

#include "../jobs/small-clinic.h"
#include "desk-attention.h"
#include "desk-bank-sheet.h"
#include "desk-bedside.h"
#include "desk-signatures.h"
#include "chair-fixture.h"
#include "desk-audit.h"
#include "desk-book-views.h"
#include "desk-blocks.h"
#include "desk-book.h"
#include "desk-free-slots.h"
#include "desk-openings.h"
#include "desk-visit-types.h"
#include "desk-cell-settings.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-clocks.h"
#include "desk-consents.h"
#include "desk-conflict-rules.h"
#include "desk-codes.h"
#include "desk-isbt-codes.h"
#include "desk-issued.h"
#include "desk-label-load.h"
#include "desk-counts.h"
#include "desk-course-templates.h"
#include "desk-evacuation.h"
#include "desk-freed.h"
#include "desk-ripples.h"
#include "desk-tanks.h"
#include "desk-day-notes.h"
#include "desk-documents.h"
#include "desk-duplicates.h"
#include "desk-merge.h"
#include "desk-chases.h"
#include "desk-gates.h"
#include "desk-labs.h"
#include "desk-letter-texts.h"
#include "desk-lookbacks.h"
#include "desk-infusions.h"
#include "desk-patients.h"
#include "desk-recalls.h"
#include "desk-plan-many.h"
#include "desk-plans.h"
#include "desk-windows.h"
#include "desk-waitings.h"
#include "desk-picks.h"
#include "desk-pins.h"
#include "desk-day-closes.h"
#include "desk-fees.h"
#include "desk-packages.h"
#include "desk-passports.h"
#include "desk-rates.h"
#include "desk-series.h"
#include "money-fixture.h"

#undef TODAY
/* Wednesday 3 June 2026, 10:00 in Tokyo. */
#define TODAY 20607
#define NOW (G_GINT64_CONSTANT (20607) * 86400 + 3600)

static GHashTable *seen; /* of SQL */

static int
on_statement (unsigned kind, void *data, void *stmt, void *text)
{
  /* What triggers do is traced as a comment. */
  if (!g_str_has_prefix (text, "--"))
    g_hash_table_add (seen, g_strdup (sqlite3_sql (stmt)));
  return 0;
}

static int
watch (sqlite3 *db, const char **message, const sqlite3_api_routines *api)
{
  return sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, on_statement, NULL);
}

#define LOOK(type, expression) \
  do \
    { \
      g_autoptr (GError) error = NULL; \
      g_autoptr (type) got = expression; \
      g_assert_no_error (error); \
      g_assert_nonnull (got); \
    } \
  while (0)

#define DO(expression) \
  do \
    { \
      g_autoptr (GError) error = NULL; \
      gboolean done = expression; \
      g_assert_no_error (error); \
      g_assert_true (done); \
    } \
  while (0)

static void
read_patients (DeskDb *db)
{
  gint64 id = 1;

  LOOK (DeskAuditLast, desk_audit_last (db, DESK_KIND_VISIT, 1, &error));
  for (int sort = DESK_PATIENT_SORT_NAME; sort <= DESK_PATIENT_SORT_SEEN; sort++)
    LOOK (GArray, desk_patient_ids (db, sort, &error));
  LOOK (GArray, desk_patient_search (db, "ngu", 50, &error));
  LOOK (GArray, desk_patient_search (db, "ann obrien", 50, &error));
  LOOK (GArray, desk_patient_search (db, "000001", 50, &error));
  LOOK (DeskPatient, desk_patient_load (db, 1, &error));
  LOOK (DeskPatient, desk_patient_load_chart (db, "000001", &error));
  LOOK (GPtrArray, desk_patient_rows (db, &id, 1, &error));
  LOOK (GPtrArray, desk_patient_born_on (db, "1960-02", &error));
  LOOK (GPtrArray, desk_document_list (db, 1, &error));
  LOOK (DeskDocument, desk_document_load (db, 1, &error));
  LOOK (GArray, desk_document_ids (db, NULL, &error));
  LOOK (GPtrArray, desk_document_rows (db, &id, 1, &error));
}

static void
register_of_letters (DeskDb *db)
{
  g_autofree char *digest = NULL, *text = NULL, *frozen = NULL;
  gint64 ids[2] = { 0 }, print = 0;
  guint n = 0;

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (DeskTxn) txn = desk_txn_begin (db, NULL);
      DeskIssuedNew row = { .number = i ? "Y26-000002-B" : "Y26-000001-A", .name = "consent", .version = "1.0", .language = "en",
                            .data = "<letter-data/>", .pdf_digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                            .patient_id = 1, .subject = "", .issued_on = TODAY, .pages = 1, .replaces = ids[0] };

      g_clear_pointer (&digest, g_free);
      DO (desk_letter_text_keep (txn, db, "<letter/>", &digest, &error));
      row.text_digest = digest;
      DO (desk_issued_add (txn, &row, &ids[i], &error));
      DO (desk_issued_compared (txn, ids[i], "patient.name", &error));
      DO (desk_txn_commit (txn, &error));
    }
  DO (desk_issued_print_fits (db, ids[1], 0, TRUE, &error));
  DO (desk_issued_print_begin (db, ids[1], "printer", "P", "", 1, &print, &error));
  DO (desk_issued_prints_lost (db, &n, &error));
  DO (desk_issued_print_end (db, print, "done", "", &error));
  DO (desk_issued_copy_no (db, ids[1], &n, &error));
  DO (desk_issued_keep (db, ids[1], &error));
  LOOK (DeskIssued, desk_issued_load (db, ids[0], &error));
  LOOK (DeskIssued, desk_issued_by_number (db, "Y26-000001-A", &error));
  DO (desk_issued_frozen (db, ids[0], &text, &frozen, &error));
  LOOK (GPtrArray, desk_issued_of_patient (db, 1, &error));
  LOOK (GPtrArray, desk_issued_of_subject (db, "trip", 1, &error));
  LOOK (GPtrArray, desk_issued_chain (db, ids[1], &error));
  LOOK (GPtrArray, desk_issued_before (db, G_MAXINT64, G_MAXINT64, 10, &error));
  for (int filter = DESK_ISSUED_ALL; filter <= DESK_ISSUED_VOID; filter++)
    LOOK (GArray, desk_issued_ids (db, filter, &error));
  LOOK (GArray, desk_issued_stale_of (db, 1, &error));
  LOOK (GArray, desk_issued_search (db, "Y26", &error));
  LOOK (GPtrArray, desk_issued_rows (db, ids, 2, &error));
  LOOK (GArray, desk_issued_touched (db, 1, &error));
  LOOK (GArray, desk_issued_touched (db, 0, &error));
  LOOK (GPtrArray, desk_issued_prints (db, ids[1], &error));
  LOOK (GPtrArray, desk_issued_prints_open (db, &error));
  LOOK (GPtrArray, desk_issued_prints_before_register (db, 1, &error));
  DO (desk_issued_void (db, ids[1], "wrong", &error));
}

static void
read_gates (DeskDb *db)
{
  g_autofree char *rules = NULL;

  LOOK (DeskCase, desk_gates_load (db, 1, TODAY, &error));
  LOOK (GPtrArray, desk_gates_worklist (db, TODAY, &error));
  LOOK (GPtrArray, desk_consent_list (db, 1, &error));
  LOOK (GPtrArray, desk_consent_again_list (db, &error));
  gint64 consent_id, hangs;
  DO (desk_consent_of_issued (db, 1, &consent_id, &hangs, &error));
  LOOK (GArray, desk_gate_settings (db, &error));
  DO (desk_gates_short (db, 1, DESK_GATE_INFUSE, 1, TODAY, TODAY, &rules, &error));
}

static void
write_gates (DeskDb *db)
{
  DeskGateSetting setting = { .months = 2, .active = TRUE };
  const DeskGateRule *rule = desk_gate_rule (DESK_GATE_DRAW, "imaging");
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (DeskChaseItem));
  GArray *papers;
  DeskChaseItem item = { "imaging", "imaging", "missing", 3 };
  gint64 id = 0;

  g_array_append_val (items, item);
  papers = g_array_new (FALSE, FALSE, sizeof (gint64));
  DO (desk_chase_record (db, 1, "letter", "en", items, "Dear", TODAY, papers, &error));
  DO (desk_chase_record (db, 1, "copy", "en", items, "Dear", TODAY, papers, &error));
  DO (desk_chase_take_back (db, 1, papers, &error));
  g_array_unref (papers);
  DO (desk_db_run (db, &error, "INSERT INTO staff (id, name, role) VALUES (9, 'Dr', 'physician')", ""));
  DO (desk_gate_decide (db, 1, TRUE, "", 9, &error));
  DO (desk_gate_override_add (db, 1, rule, "known", DESK_DAY_NONE, 9, &id, &error));
  DO (desk_gate_override_revoke (db, id, 9, &error));
  DO (desk_gate_setting_save (db, rule, &setting, &error));
}

static void
read_cells (DeskDb *db)
{
  gint64 settings[DESK_N_CELL_SETTINGS];
  gint64 id = 1, audit;
  int row, col;

  LOOK (DeskUnit, desk_unit_load (db, 1, &error));
  static const char *const codes[] = { "L26-0001-01", "=A99992600000100", "=A99992600000100=<S12951Aa", "S-000001", "nobody" };
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (DeskCode) code = desk_code_read (codes[i]);
      DeskFound found;
      DO (desk_code_find (db, code, &found, &error));
    }
  LOOK (DeskIsbtCodes, desk_isbt_codes_load (db, &error));
  LOOK (DeskLabelData, desk_label_load (db, DESK_LABEL_UNIT, 1, &error));
  LOOK (DeskLabelData, desk_label_load (db, DESK_LABEL_TUBE, 1, &error));
  LOOK (DeskLabelData, desk_label_load (db, DESK_LABEL_CARD, 1, &error));
  LOOK (DeskLabelData, desk_label_load (db, DESK_LABEL_APPOINTMENT, 1, &error));
  LOOK (DeskLabelData, desk_label_load (db, DESK_LABEL_ADDRESS, 1, &error));
  DO (desk_unit_find (db, "D26-0001-1", &error) == 1);
  LOOK (GPtrArray, desk_unit_of_patient (db, 1, &error));
  for (guint which = DESK_LOTS_ALL; which <= DESK_LOTS_READY; which++)
    LOOK (GArray, desk_lot_ids (db, which, &error));
  LOOK (GPtrArray, desk_unit_of_lot (db, 1, &error));
  LOOK (GPtrArray, desk_unit_of_visit (db, 1, &error));
  LOOK (GPtrArray, desk_pick_list (db, 0, G_MAXINT64, 0, &error));
  LOOK (GPtrArray, desk_unit_in_container (db, 3, &error));
  LOOK (GPtrArray, desk_unit_history (db, 1, &error));
  LOOK (GArray, desk_unit_search (db, "D26", 50, &error));
  LOOK (GArray, desk_unit_ids (db, NULL, &error));
  LOOK (GArray, desk_unit_ids (db, "frozen", &error));
  LOOK (GPtrArray, desk_unit_rows (db, &id, 1, &error));
  LOOK (GPtrArray, desk_container_children (db, 0, &error));
  LOOK (GPtrArray, desk_container_children (db, 2, &error));
  LOOK (GPtrArray, desk_container_path (db, 3, &error));
  DO (desk_container_next_free (db, 3, &row, &col, &error));
  g_autoptr (GArray) free_places = g_array_new (FALSE, FALSE, sizeof (DeskPlace));
  gboolean said;
  LOOK (DeskContainer, desk_container_load (db, 3, &error));
  DO (desk_container_find (db, "none", &error) == 0);
  LOOK (GPtrArray, desk_place_blocks (db, 3, &error));
  DO (desk_places_free (db, &(DeskPlace){ 1, 0, 0 }, NULL, 1, free_places, &error));
  DO (desk_place_wants_witness (db, 1, 3, &said, &error));
  DO (desk_bank_one_tank (db, 1, &said, &error));
  LOOK (GPtrArray, desk_lot_list (db, 0, &error));
  LOOK (GPtrArray, desk_lot_list (db, 1, &error));
  LOOK (DeskLot, desk_lot_load (db, 1, &error));
  LOOK (GPtrArray, desk_lot_results (db, 1, &error));
  LOOK (GPtrArray, desk_hold_list (db, 1, &error));
  LOOK (GPtrArray, desk_hold_all (db, &error));
  LOOK (GPtrArray, desk_hold_of_lot (db, 1, &error));
  DO (desk_cell_settings_load (db, settings, &error));
  DO (desk_cell_setting_get (db, DESK_CELL_THAW_LIMIT, settings, &error));
  DO (desk_audit_verify (db, &audit, &error));
}

static void
write_letters (DeskDb *db)
{
  DeskLetterSave save = { .name = "plans", .xml = "<letter/>", .version = "1", .comment = "" };
  DeskLetterDraft draft = { .name = (char *) "plans", .xml = (char *) "<letter>" };
  DeskLetterDraft *kept = NULL;
  gint64 patients;

  DO (desk_letter_draft_keep (db, &draft, &error));
  DO (desk_letter_draft_load (db, "plans", 0, &kept, &error));
  desk_letter_draft_free (kept);
  LOOK (GPtrArray, desk_letter_draft_list (db, 0, &error));
  DO (desk_letter_text_save (db, &save, &error));
  DO (desk_letter_draft_drop (db, "plans", &error));
  LOOK (GPtrArray, desk_letter_text_list (db, &error));
  LOOK (GPtrArray, desk_letter_text_history (db, "plans", &error));
  g_autoptr (DeskLetterVersion) newest = desk_letter_text_newest (db, "plans", NULL);
  g_autofree char *xml = desk_letter_text_by_digest (db, newest->digest, NULL);
  g_assert_cmpstr (xml, ==, "<letter/>");
  DO (desk_letter_text_signed (db, "plans", &patients, &error));
  DO (desk_letter_text_end (db, "plans", &save.seq, "", &error));
}

static void
read_labs (DeskDb *db)
{
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lab_report_free);
  DeskLabReport *report = desk_lab_report_new ();
  g_autofree char *agents = NULL;

  report->patient_id = 1;
  report->came_by = g_strdup ("hl7");
  report->source_id = g_strdup ("plan");
  report->collected_on = g_strdup ("2026-05-01");
  desk_lab_report_add (report)->test = g_strdup ("hcvab");
  ((DeskLabValue *) report->values->pdata[0])->value = g_strdup ("(+)");
  g_ptr_array_add (reports, report);
  DO (desk_lab_save (db, reports, &error));
  LOOK (GPtrArray, desk_lab_reports (db, 1, &error));
  LOOK (GPtrArray, desk_lab_points (db, 1, NULL, &error));
  LOOK (GPtrArray, desk_lab_points (db, 1, "cea", &error));
  LOOK (GPtrArray, desk_biohazard_list (db, 1, &error));
  DO (desk_biohazard_agents (db, 1, &agents, &error));
  DO (desk_lab_withdraw (db, &report->id, 1, &error));
}

/* A plan of the first patient, kept, booked in part, taken back and dropped. */
static void
write_plans (DeskDb *db)
{
  DeskPlanOptions options;
  gint64 id = 0, version = 1;
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GError) failed = NULL;
  const int first[] = { 1 };

  desk_plan_options_init (&options);
  options.template_code = "preventive";
  DO (desk_db_run (db, &error, "UPDATE visit_type SET per_day = 9 WHERE code = 'infusion'", ""));
  g_autoptr (DeskPlanFile) file = desk_plan_problem_load (db, 1, &options, TODAY, &failed);
  g_assert_no_error (failed);
  g_autoptr (GPtrArray) plans = desk_plan_best (file->problem, NULL);
  g_assert_cmpint (plans->len, >, 0);
  DO (desk_plan_keep (db, file, plans->pdata[0], "<plan-problem/>", &id, &error));
  LOOK (DeskKeptPlan, desk_plan_load (db, id, &error));
  LOOK (GPtrArray, desk_plan_of_patient (db, 1, TRUE, &error));
  LOOK (GPtrArray, desk_plan_open_list (db, &error));
  LOOK (GPtrArray, desk_plan_red (db, id, &error));
  DO (desk_plan_book (db, id, &version, first, 1, NOW, problems, &error));
  g_autoptr (GPtrArray) reds = desk_plan_red (db, id, NULL);
  DO (desk_plan_accept_moves (db, id, &version, &error));
  DO (desk_plan_unaccept_moves (db, id, &version, reds, &error));
  DO (desk_plan_unbook (db, id, &version, NULL, 0, &error));
  g_autoptr (DeskKeptPlan) kept = desk_plan_load (db, id, NULL);
  g_autoptr (GArray) proposed = desk_plan_proposed_visits (kept);
  DO (desk_plan_drop (db, id, &version, &error));
  DO (desk_plan_undrop (db, id, &version, proposed, &error));
  LOOK (DeskPlanMany, desk_plan_many_load (db, &options, TODAY, &error));
}

static void
read_book (DeskDb *db)
{
  g_autofree char *reason = NULL;
  g_autoptr (DeskVisit) visit = desk_visit_load (db, 1, NULL);

  LOOK (GPtrArray, desk_visit_between (db, NOW, NOW + 86400, &error));
  LOOK (GPtrArray, desk_visit_of_patient (db, 1, &error));
  LOOK (GPtrArray, desk_visit_of_course (db, 1, &error));
  LOOK (GPtrArray, desk_visit_type_list (db, &error));
  LOOK (GPtrArray, desk_resource_list (db, &error));
  LOOK (GPtrArray, desk_book_view_list (db, &error));
  LOOK (GPtrArray, desk_visit_check (db, visit, NOW, &error));
  visit->course_id = visit->course_step = 1;
  LOOK (GPtrArray, desk_visit_check (db, visit, NOW, &error));
  LOOK (GPtrArray, desk_today_attention (db, TODAY, &error));
  LOOK (DeskClinic, desk_clinic_load (db, &error));
  LOOK (GPtrArray, desk_staff_list (db, FALSE, &error));
  DO (desk_closed_day_reason (db, TODAY, &reason, &error));
  DeskSlotSearch free_time = { .type = "infusion", .patient_id = 1, .first = TODAY, .last = TODAY + 90 };
  DO (desk_db_run (db, &error, "UPDATE visit_type SET per_day = 9, at_once = 9 WHERE code = 'infusion'", ""));
  LOOK (GPtrArray, desk_free_slots (db, &free_time, NOW, &error));
  LOOK (DeskHours, desk_hours_load (db, TODAY, TODAY, &error));
  LOOK (GPtrArray, desk_open_day_list (db, TODAY, &error));
}

static void
write_hours (DeskDb *db)
{
  DeskTimeBlock block = { .kind = (char *) "lunch", .first = TODAY, .last = TODAY, .weekdays = (char *) "1234567", .from = 720, .until = 780 };
  DeskOpening opening = { 3, 600, 900 };

  DO (desk_time_block_save (db, &block, &error));
  DO (desk_time_block_save (db, &block, &error));
  LOOK (DeskTimeBlock, desk_time_block_load (db, block.id, &error));
  LOOK (GPtrArray, desk_time_block_list (db, TODAY, TODAY, &error));
  DO (desk_time_block_remove (db, &block, NOW, &error));
  DO (desk_time_block_restore (db, &block, &error));
  DO (desk_conflict_rule_set (db, DESK_CONFLICT_CAPACITY, TRUE, &error));
  DeskVisitType type = { .code = (char *) "infusion", .minutes = 60, .needs = (char *) "chair", .per_day = 9, .active = TRUE };
  DO (desk_visit_type_save (db, &type, &error));
  DO (desk_opening_save (db, &opening, &error));
  DO (desk_opening_remove (db, 3, &error));
  DO (desk_open_day_add (db, TODAY, "why", &error));
  DO (desk_open_day_remove (db, TODAY, TODAY, &error));
}

static void
write_people (DeskDb *db)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (db, 2, NULL);
  g_autoptr (DeskDocument) document = desk_document_load (db, 3, NULL);
  g_autoptr (DeskClinic) clinic = desk_clinic_load (db, NULL);
  g_autoptr (DeskPatient) new_patient = desk_patient_new ();
  DeskResource person = { .kind = (char *) "staff", .name = (char *) "Nurse", .staff_id = 1, .active = TRUE };

  g_free (patient->note);
  patient->note = g_strdup ("");
  DO (desk_patient_save (db, patient, &error));
  g_free (new_patient->family);
  new_patient->family = g_strdup ("PARK");
  DO (desk_patient_save (db, new_patient, &error));
  DO (desk_document_save (db, document, &error));
  document->id = 0;
  DO (desk_document_save (db, document, &error));
  DO (desk_clinic_save (db, clinic, &error));
  DO (desk_resource_add (db, &person, &error));
}

/* Each kind is looked at; one is done and taken back. */
static void
ripples (DeskDb *db, const GPtrArray *course)
{
  const DeskVisit *first = g_ptr_array_index (course, 0);
  g_autoptr (DeskLot) lot = desk_lot_load (db, 1, NULL);
  g_autoptr (DeskRippleWish) delay = desk_ripple_wish_new (DESK_RIPPLE_CULTURE_DELAY, 1, TODAY + 400, NULL);
  g_autoptr (DeskRippleWish) failed = desk_ripple_wish_new (DESK_RIPPLE_LOT_FAILED, 1, DESK_DAY_NONE, NULL);
  g_autoptr (DeskRippleWish) flight = desk_ripple_wish_new (DESK_RIPPLE_MISSED_FLIGHT, 1, TODAY + 400, NULL);
  g_autoptr (DeskRippleWish) day = desk_ripple_wish_new (DESK_RIPPLE_CLOSED_DAY, 0, TODAY, "Storm");
  const DeskRippleWish *const wishes[] = { delay, failed, flight, day };
  gint64 now = G_GINT64_CONSTANT (86400) * (TODAY - 1), id;

  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    {
      g_autoptr (GError) error = NULL; /* some are refused: it is the questions that count */
      g_autoptr (DeskRipplePlan) plan = desk_ripple_preview (db, wishes[i], now, &error);
    }
  g_autoptr (DeskRipplePlan) plan = desk_ripple_course_later (db, first->id, TODAY + 9, now, NULL);
  DO (desk_ripple_apply (db, plan, &id, &error));
  DO (desk_ripple_undo (db, id, NULL, &error));
}

static void
write_book (DeskDb *db)
{
  g_autoptr (DeskVisit) visit = desk_visit_load (db, 3, NULL);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GPtrArray) course = NULL;
  gint64 course_id;
  g_autoptr (DeskBookView) view = desk_book_view_new (7, "Chairs", "week", 10, "");

  g_array_append_val (view->resources, ((DeskResource){ .id = 1 }).id);
  DO (desk_book_view_save (db, view, &error));
  DO (desk_book_view_save (db, view, &error));
  DO (desk_book_view_remove (db, view, &error));
  g_autoptr (DeskDayNote) note = desk_day_note_load (db, TODAY, NULL);
  g_autoptr (GPtrArray) moved = g_ptr_array_new ();

  gint64 next_course;
  int next_step;
  g_autofree char *next_type = NULL;
  DO (desk_course_next_step (db, 1, &next_course, &next_step, &next_type, &error));
  DO (desk_day_note_save (db, note, &error));
  DO (desk_day_note_save (db, note, &error));
  DO (desk_pin_add (db, visit->id, &error));
  LOOK (GPtrArray, desk_pin_list (db, &error));
  DO (desk_pin_remove (db, visit->id, &error));
  g_ptr_array_add (moved, visit);
  DO (desk_pin_place (db, moved, FALSE, &error));
  visit->starts_at += 3600, visit->ends_at += 3600, visit->busy_from += 3600, visit->busy_until += 3600;
  DO (desk_visit_save (db, visit, &error));
  DO (desk_visit_set_status (db, visit, "cancelled_patient", &error));
  LOOK (GPtrArray, desk_course_template_list (db, FALSE, &error));
  g_autoptr (DeskCourseTemplate) template = desk_course_template_load (db, "treatment-6", NULL);
  DO (desk_course_template_save (db, template, &error));
  template->version = 0, *template->code = 0;
  DO (desk_course_template_save (db, template, &error));
  DO (desk_course_template_remove (db, template->code, template->version, &error));
  DO (desk_course_plan (db, 2, "treatment-6", TODAY, 600, 0, &course, problems, &error));
  DO (desk_course_book (db, 2, "treatment-6", TODAY, course, &course_id, &error));
  ripples (db, course);
}

static void
windows (DeskDb *db)
{
  g_autoptr (DeskPatientWindow) window = desk_patient_window_new (1);

  g_free (window->first_day);
  window->first_day = g_strdup ("2026-07-01");
  DO (desk_patient_window_save (db, window, &error));
  DO (desk_patient_window_save (db, window, &error));
  LOOK (GPtrArray, desk_patient_window_list (db, 1, FALSE, &error));
  LOOK (DeskPatientWindow, desk_patient_window_load (db, window->id, &error));
  DO (desk_patient_window_remove (db, window->id, &window->version, TRUE, &error));
}

/* People who wait, calls, free time and walls; the visit given up is a remote one a day from now. */
static void
lists (DeskDb *db)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC, id = 0, n_due, at = now - now % 300 + 86400;
  g_autoptr (DeskWaiting) waiting = desk_waiting_new (1, "remote");
  g_autoptr (DeskVisit) visit = g_new0 (DeskVisit, 1), wanted = NULL, mended = NULL;
  DeskRecall recall = { .patient_id = 1, .kind = (char *) "other", .due = TODAY };
  DeskVisitType type = { .minutes = 30 };
  g_autoptr (GError) nowhere = NULL;
  DeskDay oldest;
  guint n;

  visit->patient_id = 2;
  visit->type = g_strdup ("remote");
  desk_visit_set_time (visit, &type, at, 30);
  DO (desk_visit_save (db, visit, &error));
  DO (desk_clock_fill_missing (db, now, &n, &error));
  LOOK (GPtrArray, desk_clock_stale_list (db, now, &error));
  DO (desk_clock_mend (db, visit->id, visit->version, &mended, &error));
  visit->version = mended->version;
  /* What is given up within the hour it was booked in leaves no free time. */
  DO (desk_db_run (db, &error, "UPDATE visit SET created_at = 0 WHERE id = $1", "i", visit->id));
  DO (desk_visit_set_status (db, visit, "cancelled_patient", &error));
  DO (desk_waiting_save (db, waiting, &error));
  DO (desk_waiting_save (db, waiting, &error));
  LOOK (GPtrArray, desk_waiting_list (db, FALSE, &error));
  LOOK (GPtrArray, desk_waiting_list (db, TRUE, &error));
  LOOK (GPtrArray, desk_waiting_of_patient (db, 1, &error));
  LOOK (DeskWaiting, desk_waiting_load (db, waiting->id, &error));
  LOOK (GPtrArray, desk_freed_list (db, now, &error));
  g_autoptr (GPtrArray) slots = desk_freed_list (db, now, NULL);
  id = ((DeskFreedSlot *) slots->pdata[slots->len - 1])->id;
  g_autoptr (DeskFreedLook) look = desk_freed_look (db, id, now, NULL);
  wanted = desk_freed_wanted (db, look->slot, waiting, now, &nowhere); /* may be at night */
  DO (desk_freed_close (db, id, &look->slot->version, "nobody", &error));
  DO (desk_freed_close (db, id, &look->slot->version, "", &error));
  DO (desk_freed_tidy (db, at + 1, &n, &error));
  DO (desk_waiting_close (db, waiting->id, &waiting->version, "declined", &error));
  DO (desk_recall_add (db, &recall, &error));
  DO (desk_recall_try (db, recall.id, &recall.version, "phone", "no_answer", "", TODAY, "unreachable", &error));
  DO (desk_recall_close (db, recall.id, &recall.version, "", &error));
  LOOK (GPtrArray, desk_recall_list (db, TODAY, &error));
  LOOK (GPtrArray, desk_recall_of_patient (db, 1, &error));
  LOOK (GPtrArray, desk_recall_attempts (db, recall.id, &error));
  DO (desk_recall_count (db, TODAY, &n_due, &oldest, &error));
  DO (desk_recalls_make (db, NOW, &n, &error));
}

static void
merge_people (DeskDb *db)
{
  g_autoptr (DeskPatient) one = desk_patient_load (db, 1, NULL), two = desk_patient_load (db, 2, NULL);
  DeskMerge merge = { 1, one->version, two, 2 };
  gint64 id, winner;

  desk_db_set_actor (db, 1, NULL);
  LOOK (GPtrArray, desk_duplicate_find (db, one, &error));
  LOOK (GPtrArray, desk_duplicate_pairs (db, 10, NULL, NULL, NULL, &error));
  DO (desk_duplicate_reject (db, 1, 2, &error));
  DO (desk_duplicate_reconsider (db, 1, 2, &error));
  LOOK (DeskMergePreview, desk_merge_preview (db, 1, 2, &error));
  DO (desk_merge (db, &merge, &id, &error));
  LOOK (DeskMergeRecord, desk_merge_of (db, 1, &error));
  LOOK (GPtrArray, desk_merge_list (db, 2, &error));
  DO (desk_merge_winner (db, 1, &winner, &error));
  LOOK (DeskUnmergePreview, desk_unmerge_preview (db, id, &error));
  DO (desk_unmerge (db, id, 2, NULL, &error));
}

/* From the draw to the release; the reads, too, as there is nothing to read before. */
static void
write_lots (DeskDb *db, gint64 lot_id, gint64 result_id)
{
  DeskCollectionStart draw = { .patient_id = 1, .visit_id = 1, .method = "blood_draw", .collected_at = 1000, .volume_ml = 50, .operator_id = 1 };
  DeskReagent reagent = { .name = (char *) "Medium", .lot_number = (char *) "M1", .expires_on = (char *) "2099-01-01" };
  DeskDevice device = { .kind = (char *) "bench", .name = (char *) "Bench 9", .in_service = TRUE };
  DeskStorageConsent consent = { .patient_id = 1, .from_on = (char *) "2026-01-01", .until_on = (char *) "2099-01-01" };
  DeskDay due;
  gint64 id, use;

  DO (desk_collection_add (db, &draw, &id, &error));
  LOOK (DeskCollection, desk_collection_load (db, id, &error));
  LOOK (GPtrArray, desk_collection_of_patient (db, 1, &error));
  LOOK (GPtrArray, desk_collection_of_lot (db, lot_id, &error));
  LOOK (GPtrArray, desk_lot_tests (db, &error));
  LOOK (GPtrArray, desk_result_history (db, lot_id, &error));
  DO (desk_result_check (db, result_id, 3, &error));
  DO (desk_release_due (db, lot_id, "sterility", &due, &error));
  DO (desk_reagent_use (db, lot_id, &reagent, 1, &error));
  LOOK (GPtrArray, desk_reagent_of_lot (db, lot_id, &error));
  LOOK (GPtrArray, desk_reagent_known (db, &error));
  DO (desk_device_save (db, &device, &error));
  LOOK (GPtrArray, desk_device_list (db, &error));
  DO (desk_device_use_start (db, lot_id, device.id, "harvest", 1, &use, &error));
  LOOK (GPtrArray, desk_device_uses_of_lot (db, lot_id, &error));
  DO (desk_device_use_end (db, use, &error));
  DO (desk_storage_consent_add (db, &consent, 1, &error));
  LOOK (GPtrArray, desk_storage_consent_list (db, 1, &error));
  DO (desk_storage_consent_withdraw (db, 1, 1, &error));
}

/* Two windows on one unit, and many units thrown away at once. */
static void
discard_together (DeskDb *db, gint64 lot_id)
{
  DeskDiscard how = { .code = "damaged", .method = "autoclave", .approved_by = 1 };
  DeskUnitAct act = { .step = DESK_STEP_PRINT_LABEL, .performer = 3, .witness = 1, .reason = "why", .discard = &how };
  g_autoptr (GPtrArray) units = desk_unit_of_lot (db, lot_id, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) conflict = NULL;

  for (guint i = 0; i < units->len; i++)
    g_array_append_val (ids, ((DeskUnit *) units->pdata[i])->id);
  g_assert_cmpuint (ids->len, ==, 2);
  act.unit_id = g_array_index (ids, gint64, 0);
  desk_unit_act_saw (&act, units->pdata[0]);
  DO (desk_unit_act (db, &act, &error));
  g_assert_false (desk_unit_act (db, &act, &conflict));
  g_assert_error (conflict, DESK_ERROR, DESK_ERROR_CONFLICT);
  DO (desk_units_discard (db, (const gint64 *) ids->data, ids->len, &act, &error));
}

static void
write_cells (DeskDb *db)
{
  static const DeskUnitStep steps[] = { DESK_STEP_MOVE, DESK_STEP_UNRESERVE, DESK_STEP_RESERVE, DESK_STEP_UNRESERVE,
                                        DESK_STEP_DISCARD };
  gint64 missing;
  DeskContainer box = { .parent_id = 2, .kind = (char *) "box", .name = (char *) "B2", .rows = 2, .cols = 2 };
  DeskLotStart start = { .patient_id = 1, .method = "blood_draw", .collected_at = 1000, .volume_ml = 50,
                         .operator_id = 1, .started_on = "2026-05-01", .expected_on = "2026-05-20" };
  DeskResult result = { .test = (char *) "viability", .value = (char *) "91", .passed = TRUE, .stage = (char *) "final",
                        .reported_on = (char *) "2026-05-21", .entered_by = 2 };
  g_autoptr (DeskLot) lot = NULL;

  DO (desk_container_add (db, &box, &error));
  DO (desk_container_save (db, &box, &error));
  DO (desk_place_block (db, &(DeskPlace){ box.id, 1, 1 }, "ice", 1, &error));
  DO (desk_place_unblock (db, &(DeskPlace){ box.id, 1, 1 }, 1, &error));
  DeskContainerMove container_move = { .container_id = box.id, .to_parent = 1, .performer = 1 };
  DO (desk_container_move (db, &container_move, &error));
  DO (desk_container_retire (db, box.id, box.version + 1, "bent", &error));
  DO (desk_code_missing (db, &missing, &error));
  DO (desk_code_give_all (db, &error));
  DO (desk_isbt_facility_save (db, "A9999", 1, &error));
  DO (desk_isbt_product_save (db, "dose_frozen", "S1295100", "NK cells", &error));
  DO (desk_lot_start (db, &start, &lot, &error));
  result.lot_id = lot->id;
  DO (desk_result_add (db, &result, &error));
  write_lots (db, lot->id, result.id);
  DO (desk_units_fill (db, lot->id, "dose_frozen", 2, 50, 1000000, "2099-01-01", 1, 2, NULL, &error));
  DO (desk_lot_set_status (db, lot, "harvested", "2026-05-20", &error));
  DO (desk_hold_close (db, 1, 3, "why", &error));
  DO (desk_db_exec (db, "INSERT INTO reagent_lot (id, name, lot_number, added_at) VALUES (1, 'Albumin', 'A7', 0) ON CONFLICT DO NOTHING", &error));
  for (int scope = 0; scope < DESK_N_HOLD_SCOPES; scope++)
    {
      gint64 opened;
      DeskHoldNew hold = { .scope = scope, .id = 1, .name = "PC1", .reason = "why", .by = 3 };

      DO (desk_hold_open (db, &hold, &opened, &error));
      DO (desk_hold_close (db, opened, 3, "why", &error));
    }
  DO (desk_cell_setting_set (db, DESK_CELL_THAW_LIMIT, 20, &error));
  DeskStorageConsent consent = { .patient_id = 1, .from_on = (char *) "2026-01-01", .until_on = (char *) "2099-01-01" };
  DO (desk_storage_consent_add (db, &consent, 1, &error));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      DeskDiscard discard = { .code = "expired", .method = "autoclave", .approved_by = 1 };
      DeskUnitAct act = { .unit_id = 1, .step = steps[i], .performer = 3, .witness = 1, .reason = "why", .discard = &discard,
                          .visit_id = steps[i] == DESK_STEP_RESERVE ? 1 : 0,
                          .container_id = steps[i] == DESK_STEP_MOVE ? 3 : 0, .row = 5, .col = 5 };

      DO (desk_unit_act (db, &act, &error));
    }
  discard_together (db, lot->id);
}

typedef struct
{
  const char *table; /* or the alias it has in the statement */
  const char *sql;   /* the statement begins so; "" for all */
} Scan;

static const Scan listed[] = {
  { "recall_rule", "SELECT kind, days FROM recall_rule" }, /* a handful of days */
  { "isbt_product", "SELECT kind, code, words FROM isbt_product" }, /* six at most */
  /* A dozen rows in any clinic. */
  { "clinic", "" },
  { "resource", "" },
  { "r", "SELECT r.id FROM resource r " },
  { "r", "SELECT r.id, r.kind FROM resource r " },
  { "opening", "" },
  { "conflict_rule", "SELECT kind, effect FROM conflict_rule" },
  { "staff", "" },
  { "lot_test", "" },
  { "c", "SELECT COALESCE (i.number, '')" }, /* everybody who signed an older text, asked for as a list */
  { "device", "SELECT id, kind, name, COALESCE (barcode, ''), due_on, in_service, version FROM device" },
  { "reagent_lot", "SELECT id, name, maker, lot_number, expires_on, added_at, '', '' FROM reagent_lot" }, /* the newest 500 */
  { "cell_setting", "" },
  /* Through indexes that hold nothing else: letters to look at, to compare, gone; prints that did not come out. The register,
   * all of it, in its order. */
  { "i", "SELECT id FROM issued i WHERE i.differs" },
  { "i", "SELECT i.patient_id, p.family, p.given FROM issued i" },
  { "issued", "SELECT id FROM issued WHERE touched = 1 ORDER BY patient_id" },
  { "issued", "SELECT id FROM (SELECT id, at FROM issued WHERE void_at" },
  { "r", "SELECT id FROM (SELECT id, at FROM issued WHERE void_at" },
  { "gone", "SELECT id FROM (SELECT id, at FROM issued WHERE void_at" },
  { "found", "SELECT id FROM (SELECT id, at FROM issued WHERE number" },
  { "t", "SELECT i.id FROM issued_print t" },
  { "t", "SELECT t.id, t.issued_id, t.seq, t.how" },
  { "issued", "SELECT id FROM issued ORDER BY at" },
  { "b", "WITH RECURSIVE back " },
  { "back", "WITH RECURSIVE back " },
  { "c", "WITH RECURSIVE back " },
  { "moved", "SELECT currency, method, sum (amount)" }, /* what one day brought */
  { "exchange_rate", "SELECT id, currency, rate, source, on_day, until_on FROM exchange_rate ORDER BY id DESC LIMIT" }, /* by its key, to the limit */
  { "cancel_terms", "SELECT id, words, words_ja, at FROM cancel_terms ORDER BY id DESC LIMIT 1" },
  { "fee_schedule", "SELECT id, from_on, note, with_tax" }, /* one or two a year */
  { "series_gap", "SELECT name, generation, why" }, /* once when a file was restored */
  { "v", "SELECT v.id, v.name, v.seq, v.version," }, /* of letters: a few for each the clinic wrote */
  { "letter_draft", "SELECT name, seq, xml, at FROM letter_draft WHERE by_id" }, /* one or two a person */
  { "gate_setting", "SELECT rule, months, active, version, reason FROM gate_setting" },
  { "visit_type", "" },
  { "course_template", "SELECT code, strategy FROM course_template" },
  /* Open plans alone, through an index that holds no others. */
  { "p", "SELECT p.id, b.id, coalesce (h.day" },
  { "p", "SELECT p.id, h.row_id, h.day" },
  { "p", "SELECT p.id, h.row_id, min (h.day)" },
  { "p", "SELECT p.id, h.day FROM plan p" },
  { "p", "SELECT min (h.day), max (h.day) FROM plan p" },
  { "p", "SELECT p.id, i.seq, i.arrival" },
  { "p", "SELECT p.id, v.seq, v.day" },
  { "p", "SELECT p.id, w.id, w.kind" },
  { "p", "SELECT p.id, p.patient_id, p.course_id, t.family" },
  { "p", "SELECT v.plan_id, v.seq, v.day" },
  { "p", "SELECT i.plan_id, i.seq, i.arrival" },
  /* Four at most. */
  { "book_view", "SELECT id, key, name, mode" },
  { "v", "SELECT r.view_id, r.resource_id" },
  { "t", "SELECT t.code, t.name, t.name_ja, t.strategy, " }, /* templates of courses, all of them */
  { "d", "SELECT d.id, d.name, s.id IS NOT NULL, " },
  { "s", "SELECT count (*) FROM staff_secret t JOIN staff s " },
  /* As many as there are tanks; counts, all of them, and those that are open; the whole bank on paper. */
  { "tank_rule", "SELECT c.id, c.kind, c.name, c.in_service, 0" },
  { "tank_down", "SELECT c.id, c.kind, c.name, c.in_service, 0" },
  { "c", "SELECT c.id, c.container_id, c.number, c.opened_at, " },
  { "c", "SELECT c.id, c.counted_at, c.number FROM stock_count" },
  { "p", "SELECT u.id, p.container_id, p.row, p.col, u.number, " },
  /* Lists whose purpose is all of it, in the order of an index where there are many. */
  { "patient", "SELECT id FROM patient ORDER BY " },
  { "patient", "SELECT id, family, given, " },
  /* Duplicates of the whole clinic, looked for in a thread of its own. */
  { "patient", "SELECT family, given, family_native, given_native, kana, birth, passport, " },
  { "patient", "SELECT count (*) FROM patient" },
  /* Through an index that holds what waits and nothing else. */
  { "inbox", "SELECT count (*) FROM inbox WHERE document_id IS NULL AND put_aside_at IS NULL" },
  { "h", "SELECT h.id, CASE WHEN h.unit_id IS NOT NULL THEN 0 " },
  { "l", "SELECT l.id, 0, l.known_on, " },
  { "unit", "SELECT id FROM unit ORDER BY number" },
  { "document", "SELECT id FROM document WHERE " },
  { "lot", "SELECT id, patient_id, collection_id" },
  /* The pinboard: what lies on it now. */
  { "pin", "SELECT visit_id FROM pin ORDER BY at, visit_id" },
  { "audit", "SELECT seq, at, " },
  /* One row: the last. */
  { "audit", "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1" },
  /* Not tables but what the statement itself has gathered. */
  { "up", "WITH RECURSIVE up " },
  { "o", "WITH of_lot " },
  { "2", "INSERT INTO device" },
  { "inside", "WITH RECURSIVE inside " },
  { "since", "SELECT at, axis, to_state, name FROM (" },
  /* Open look-backs, and open holds, alone, in their order. */
  { "l", "SELECT l.id, 0, l.known_on" },
  /* All lots, in the order of their list. */
  { "lot", "SELECT id FROM lot " },
  { "l", "SELECT l.id FROM lot l WHERE l.status = 'harvested'" },
  { "t", "SELECT l.id FROM lot l WHERE l.status = 'harvested'" },
  { "h", "SELECT h.id, CASE WHEN h.unit_id " },
  { "down", "WITH RECURSIVE down " },
  { "d", "WITH RECURSIVE down " },
  { "i", "WITH RECURSIVE inside " },
  { "s", "WITH RECURSIVE inside " },
  { "some", "SELECT count (*) FROM (SELECT 1 FROM patient_word " },
  /* Children of a new parent: the engine passes over them unless a key is open (RETURNING makes it plan for that). */
  { "placement", "INSERT INTO container " },
  { "place_block", "INSERT INTO container " },
  { "visit_resource", "INSERT INTO resource " },
};

static gboolean
is_listed (const char *table, const char *sql)
{
  for (guint i = 0; i < G_N_ELEMENTS (listed); i++)
    if (strcmp (listed[i].table, table) == 0 && g_str_has_prefix (sql, listed[i].sql))
      return TRUE;
  return FALSE;
}

static guint
count_scans (StoreFixture *fixture, const char *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskStmt) stmt = desk_db_query (fixture->db, &error, g_intern_string (explain), "");
  guint n = 0;

  g_assert_no_error (error);
  while (desk_stmt_step (stmt, &error) == DESK_STEP_ROW)
    {
      g_auto (GStrv) words = g_strsplit (desk_stmt_text (stmt, 3), " ", -1);

      if (strcmp (words[0], "SCAN") != 0 || !words[1] || strcmp (words[1], "CONSTANT") == 0 || is_listed (words[1], sql))
        continue;
      g_test_message ("%s: %s", desk_stmt_text (stmt, 3), sql);
      n++;
    }
  g_assert_no_error (error);
  return n;
}

static gboolean
is_data (const char *sql)
{
  static const char *const verbs[] = { "SELECT", "WITH", "INSERT", "UPDATE", "DELETE" };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_has_prefix (sql, verbs[i]))
      return TRUE;
  return FALSE;
}

static void
give_dose (DeskDb *db)
{
  static const char *const way[] = { "arrived", "checked_in", "in_room" };
  g_autoptr (DeskVisit) visit = desk_visit_load (db, 1, NULL);
  g_auto (DeskSecret) secret = { 0 };
  DeskOrder order = { .visit_id = 1, .physician_id = 9, .cells_min = 1, .cells_max = 2, .weight_g = 60000, .at = NOW };
  DeskBathOpen open = { .device_id = 90, .visit_id = 1, .by = 1, .temperature = 370, .cleaned = TRUE };
  DeskVitals vitals = { .visit_id = 1, .phase = "before", .pulse = 70, .by = 1 };
  gboolean any;
  gint64 session;

  LOOK (DeskBedside, desk_bedside_load (db, 1, 0, &error));
  g_assert_cmpint (desk_bedside_visit_of (db, 1, 0, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    DO (desk_visit_set_status (db, visit, way[i], &error));
  DO (desk_db_run (db, &error, "INSERT INTO device (id, kind, name) VALUES (90, 'bath', 'Bath')", ""));
  DO (desk_secret_set (db, 9, "*", &error));
  DO (desk_secret_failed (db, 9, 0, &error));
  DO (desk_secret_right (db, 9, &error));
  DO (desk_secret_load (db, 9, &secret, &error));
  DO (desk_secret_any (db, "manager", &any, &error));
  DO (desk_sign_write (db, 9, "order", 0, NOW, &error));
  DO (desk_order_give (db, &order, &error));
  DO (desk_bath_open (db, &open, &session, &error));
  LOOK (GPtrArray, desk_bath_list (db, &error));
  DO (desk_bath_close (db, session, 1, 0, &error));
  DO (desk_vitals_add (db, &vitals, &error));
  LOOK (GPtrArray, desk_vitals_list (db, 1, &error));
  DO (desk_bedside_wrong_scan (db, 1, "wrong-dose", "X", &error));
  DO (desk_order_withdraw (db, order.id, 9, &error));
}

/* A culture that met the first one in every way there is, and everything a look-back reads and writes. */
static void
look_back (DeskDb *db)
{
  static const struct
  {
    DeskLookbackCause cause;
    gint64 id;
  } causes[] = {
    { DESK_LOOKBACK_LOT, 1 }, { DESK_LOOKBACK_UNIT, 1 }, { DESK_LOOKBACK_REAGENT, 90 }, { DESK_LOOKBACK_DEVICE, 191 },
    { DESK_LOOKBACK_CONTAINER, 3 }, { DESK_LOOKBACK_PERSON, 2 }, { DESK_LOOKBACK_DAY, TODAY }, { DESK_LOOKBACK_SHIPMENT, 1 },
  };
  gint64 id;

  DO (desk_db_exec (db,
                    "INSERT INTO reagent_lot (id, name, lot_number, added_at) VALUES (90, 'Albumin', 'A-90', 0);"
                    "INSERT INTO device (id, kind, name) VALUES (191, 'incubator', 'Incubator of plans'), (192, 'bath', 'Bath of plans');"
                    "INSERT INTO lot_reagent (lot_id, reagent_id, at, by_id) VALUES (1, 90, 1, 1);"
                    "INSERT INTO device_use (device_id, lot_id, started_at, by_id) VALUES (191, 1, 1, 1), (192, 1, 1, 1)",
                    &error));
  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      DeskLookbackOrder order = { .cause = causes[i].cause, .cause_id = causes[i].id, .words = "plans", .known = TODAY, .from = TODAY,
                                  .until = TODAY, .by = 3 };

      DO (desk_lookback_open (db, &order, &id, &error));
      DO (desk_lookback_open (db, &order, &id, &error));
      LOOK (DeskLookback, desk_lookback_load (db, id, &error));
    }
  LOOK (GPtrArray, desk_lookback_of (db, DESK_ITEM_LOT, 1, &error));
  g_autoptr (DeskLookback) lookback = desk_lookback_load (db, 1, NULL); /* of the lot */
  for (guint i = 0; i < lookback->items->len; i++)
    {
      const DeskLookbackItem *item = lookback->items->pdata[i];
      DeskLookbackContact contact = { .item_id = item->id, .how = "phone", .note = "no answer", .by = 3 };
      DeskLookbackReview review = { .item_id = item->id, .decision = "keep", .by = 3, .with_units = TRUE };

      if (item->kind == DESK_ITEM_PATIENT)
        DO (desk_lookback_contact (db, &contact, &error));
      else if (item->kind == DESK_ITEM_LOT)
        DO (desk_lookback_review (db, &review, &error));
    }
  for (guint i = 0; i < lookback->clocks->len; i++)
    DO (desk_legal_clock_stop (db, ((const DeskLegalClock *) lookback->clocks->pdata[i])->id, "reported", NULL, 3, &error));
  DO (desk_lookback_close (db, lookback->id, "plans", 3, &error));
}

static gboolean
no_unit (const DeskSheetUnit *unit, gpointer user_data, GError **error)
{
  return TRUE;
}

/* Tanks and stocktakes: box 3 with what stands in it, tank 2. */
static void
tanks_and_counts (DeskDb *db)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC, down, count, seq;
  g_autofree char *digest = NULL;
  g_autoptr (DeskTankRule) rule = desk_tank_rule_new (2);
  g_autoptr (DeskTankCheck) check = desk_tank_check_new (2);
  g_autoptr (DeskCountRead) read = NULL;

  DO (desk_tank_save_rule (db, rule, &error));
  DO (desk_tank_save_rule (db, rule, &error));
  check->level = 200;
  check->by_id = 1;
  DO (desk_tank_record (db, check, &error));
  DO (desk_tank_open_down (db, 2, "leaks", 1, &down, &error));
  LOOK (GPtrArray, desk_tank_list (db, now, &error));
  LOOK (GPtrArray, desk_tank_signs (db, now, &error));
  LOOK (DeskTank, desk_tank_load (db, 2, now, &error));
  LOOK (GPtrArray, desk_tank_evacuation (db, 2, &error));
  DO (desk_tank_close_down (db, down, "good", "a valve", 1, &error));
  LOOK (GArray, desk_bank_tops (db, &error));
  DO (desk_bank_sheet_box (db, 3, no_unit, NULL, &error));
  DO (desk_bank_sheet_patients (db, no_unit, NULL, &error));
  DO (desk_audit_head (db, &seq, &digest, &error));

  DO (desk_count_open (db, 2, 1, &count, &error));
  DO (desk_count_scan (db, count, 3, 0, 0, "X1", 1, &read, &error));
  LOOK (GPtrArray, desk_count_boxes (db, count, &error));
  LOOK (GPtrArray, desk_count_reads (db, count, 3, &error));
  g_autoptr (GPtrArray) boxes = desk_count_boxes (db, count, NULL);
  for (guint i = 0; i < boxes->len; i++)
    DO (desk_count_box_done (db, count, ((DeskCountBox *) boxes->pdata[i])->id, 1, &error));
  DO (desk_count_end (db, count, 1, NULL, &error));
  g_autoptr (GPtrArray) differences = desk_count_differences (db, count, NULL);
  for (guint i = 0; i < differences->len; i++)
    {
      const DeskCountDifference *d = differences->pdata[i];
      DeskCountResolve resolve = { .difference_id = d->id, .resolution = DESK_RESOLVE_RECORD_WRONG, .cause = "why", .performer = 1, .witness = 2 };

      DO (desk_count_resolve (db, &resolve, &error));
    }
  DO (desk_count_close (db, count, 1, 2, &error));
  LOOK (GPtrArray, desk_count_list (db, &error));
  DO (desk_count_open (db, 2, 1, &count, &error));
  DO (desk_count_abandon (db, count, 1, "fire alarm", &error));
}

static void
judge (StoreFixture *fixture, guint at_least)
{
  guint n = 0, scans = 0;
  GHashTableIter iter;
  gpointer sql;
  g_autoptr (GHashTable) caught = g_steal_pointer (&seen);

  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, caught);
  while (g_hash_table_iter_next (&iter, &sql, NULL))
    if (is_data (sql))
      {
        scans += count_scans (fixture, sql);
        n++;
      }
  g_test_message ("%u statements", n);
  g_assert_cmpuint (n, >, at_least);
  g_assert_cmpuint (scans, ==, 0);
}

static void
test_plans (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, small_clinic);
  store_exec (fixture, "INSERT INTO counter (name, next) VALUES ('collection', 2), ('lot', 2)"
                       " ON CONFLICT (name) DO UPDATE SET next = counter.next + 1");
  g_hash_table_remove_all (seen);
  read_patients (fixture->db);
  read_cells (fixture->db);
  read_labs (fixture->db);
  write_letters (fixture->db);
  register_of_letters (fixture->db);
  read_book (fixture->db);
  write_hours (fixture->db);
  read_gates (fixture->db);
  write_gates (fixture->db);
  write_people (fixture->db);
  write_book (fixture->db);
  windows (fixture->db);
  lists (fixture->db);
  write_plans (fixture->db);
  give_dose (fixture->db);
  write_cells (fixture->db);
  tanks_and_counts (fixture->db);
  merge_people (fixture->db);
  look_back (fixture->db);
  judge (fixture, 80);
}

/* What papers tell of it. */
static void
read_given (DeskDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) given = desk_infusion_list (db, 1, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (given->len, ==, 1);
  const DeskInfusion *infusion = given->pdata[0];
  g_assert_cmpint (infusion->viability, ==, 80);
  g_assert_cmpint (infusion->given_ml, ==, 20);
  g_assert_cmpstr (infusion->reason, ==, "fever");
  g_assert_cmpstr (infusion->checked_by, !=, infusion->check_witness);
  g_assert_cmpstr (infusion->scanned_unit, ==, infusion->number);
  g_assert_cmpint (desk_infusion_last_visit (db, 1, NULL), ==, 1);
}

/* A dose from the tank through the bath into the patient, with a limit passed over, and half of it given. */
static void
test_bedside_plans (StoreFixture *fixture, gconstpointer data)
{
  DeskDb *db = fixture->db;
  gint64 at = g_get_real_time () / G_USEC_PER_SEC, session;
  DeskBathOpen open = { .device_id = BATH, .visit_id = 1, .by = NURSE, .temperature = 370, .cleaned = TRUE };
  DeskThaw thaw = { .unit_id = 1, .performer = NURSE, .witness = SECOND, .bag_whole = TRUE, .viability = 80 };
  g_autoptr (DeskUnit) unit = desk_unit_load (db, 1, NULL);
  DeskBedsideCheck check = { .unit_id = 1, .visit_id = 1, .scanned_unit = unit->number, .scanned_patient = unit->patient_chart,
                             .said_name = TRUE, .said_birth = TRUE, .performer = NURSE, .witness = SECOND };
  DeskInfusionEnd end = { .unit_id = 1, .volume_ml = 20, .performer = NURSE, .reaction = "", .reason = "fever", .rest = "autoclave" };

  chair_fixture_order (fixture, 1, 1, 10, 60000);
  merge_fixture_act (fixture, 1, DESK_STEP_PICK, 0);
  g_hash_table_remove_all (seen);
  DO (desk_bath_open (db, &open, &session, &error));
  DO (desk_thaw_start (db, session, &thaw, &error));
  DO (desk_thaw_end (db, &thaw, &error));
  DO (desk_bedside_check (db, &check, &error));
  DO (desk_sign_write (db, PHYSICIAN, "override", 1, at, &error));
  DO (desk_dose_override (db, 1, "dose-range", PHYSICIAN, "what there is", at, &error));
  DO (desk_sign_write (db, SECOND, "infuse", 1, at, &error));
  DO (desk_infusion_start (db, 1, NURSE, SECOND, at, &error));
  LOOK (DeskBedside, desk_bedside_load (db, 1, 1, &error));
  g_assert_cmpint (desk_bedside_visit_of (db, 0, 1, NULL), ==, 1);
  DO (desk_infusion_end (db, &end, &error));
  LOOK (GPtrArray, desk_unit_history (db, 1, &error));
  read_given (db);
  judge (fixture, 15);
}

/* From the fee schedule to the closed day. */
static void
test_money_plans (StoreFixture *fixture, gconstpointer data)
{
  DeskDb *db = fixture->db;
  DeskDay day = 20779;
  gint64 version, n, six = money_fixture_invoice (fixture, 1, "six", 1), draft = money_fixture_quote (fixture, 1, "draw", 1, &version);
  DeskBalance balance;
  gboolean closed;
  g_autoptr (DeskFeeSchedule) schedule = desk_fee_schedule_on (db, day, NULL);
  g_autoptr (DeskPayment) payment = desk_payment_new (1, day);
  g_autoptr (DeskTaxSettings) settings = desk_tax_settings_load (db, NULL);

  store_exec (fixture, "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at) VALUES"
                       " (1, 1, 'infusion', 'booked', 4102444800, 4102448400, 4102444800, 4102448400, 0)");
  g_hash_table_remove_all (seen);
  LOOK (GPtrArray, desk_fee_schedules (db, &error));
  LOOK (GPtrArray, desk_rate_list (db, 10, &error));
  schedule->id = 0;
  schedule->from_on = day + 9;
  DO (desk_fee_schedule_save (db, schedule, &error));
  DO (desk_fee_schedule_delete (db, schedule->id, schedule->version, &error));
  DO (desk_tax_settings_save (db, settings, &error));
  DO (desk_cancel_terms_add (db, "words", "", &n, &error));
  LOOK (DeskCancelTerms, desk_cancel_terms_newest (db, &error));
  LOOK (GPtrArray, desk_quote_list (db, 1, &error));
  LOOK (GPtrArray, desk_quote_sources (db, 1, &error));
  LOOK (DeskQuote, desk_quote_load (db, draft, &error));
  DO (desk_quote_send (db, draft, &version, &error));
  DO (desk_quote_revise (db, draft, day, &n, &error));
  DO (desk_quote_delete (db, n, 1, &error));
  DO (desk_quote_accept (db, draft, &version, day, &error));
  DO (desk_quote_lapse (db, day + 90, &n, &error));
  LOOK (GPtrArray, desk_invoice_list (db, 1, &error));
  payment->amount = 1700000;
  DO (desk_payment_take (db, payment, 0, &error));
  g_autoptr (DeskInvoice) invoice = desk_invoice_begin_quote (db, draft, day, NULL);
  DO (desk_invoice_make (db, invoice, TRUE, &error));
  DO (desk_payment_allocate (db, payment->id, six, 1600000, &error));
  g_autoptr (DeskInvoice) credit = desk_credit_begin (db, six, day, NULL);
  ((DeskMoneyLine *) credit->lines->pdata[0])->sessions = 0;
  g_free (credit->reason);
  credit->reason = g_strdup ("x");
  DO (desk_credit_make (db, credit, &error));
  g_autoptr (DeskRefund) refund = desk_refund_new (payment->id, day);
  refund->amount = 1000;
  g_free (refund->reason);
  refund->reason = g_strdup ("x");
  DO (desk_refund_make (db, refund, &error));
  LOOK (GPtrArray, desk_payment_list (db, 1, &error));
  LOOK (GPtrArray, desk_refund_list (db, 1, &error));
  DO (desk_balance_of (db, 1, day, &balance, &error));
  LOOK (GPtrArray, desk_package_list (db, 1, &error));
  LOOK (GPtrArray, desk_passport_list (db, 1, &error));
  g_autoptr (DeskPassportReading) passport = desk_passport_reading_new (1, 0);
  g_free (passport->family);
  passport->family = g_strdup ("A");
  DO (desk_passport_add (db, passport, &error));
  DO (desk_package_for_visit (db, 1, &n, &error));
  DO (desk_package_reserve (db, 1, 1, &error));
  LOOK (GPtrArray, desk_package_uses (db, 1, &error));
  DO (desk_package_release (db, 1, &error));
  DO (desk_package_void (db, 1, 2, "x", &error));
  g_autoptr (DeskDayClose) close = desk_day_close_begin (db, 20000, NULL);
  DO (desk_day_close_make (db, close, &error));
  LOOK (DeskDayClose, desk_day_close_load (db, 20000, &error));
  g_auto (DeskDayNumbers) numbers = { 0 };
  DO (desk_day_close_numbers (db, 20000, &numbers, &error));
  DO (desk_day_is_closed (db, day, &closed, &error));
  LOOK (GPtrArray, desk_series_gaps (db, &error));
  LOOK (GPtrArray, desk_today_attention (db, day, &error));
  judge (fixture, 60);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_auto_extension ((void (*) (void)) watch);
  g_test_add ("/plans/no-scan", StoreFixture, NULL, store_fixture_set_up, test_plans, store_fixture_tear_down);
  g_test_add ("/plans/bedside", StoreFixture, NULL, chair_fixture_set_up, test_bedside_plans, store_fixture_tear_down);
  g_test_add ("/plans/money", StoreFixture, NULL, money_fixture_set_up, test_money_plans, store_fixture_tear_down);
  int status = g_test_run ();

  sqlite3_reset_auto_extension ();
  g_hash_table_unref (seen);
  return status;
}
