/* The proof of the bank finds everything that was done to a file past the program, with all its triggers, partial
 * indexes and checks gone; and finds nothing in a bank that was made by the rules. */
#include "desk-bank-verify.h"
#include "desk-cells.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* Two patients; the first has doses at every stage, one of them given. Each minute something happens. */
static const char clinic[]
    = "INSERT INTO clinic (id, uuid, name, name_ja) VALUES (1, 'u', 'Clinic', '試');"
      "INSERT INTO staff (id, name, role) VALUES (1, 'Culture', 'culture'), (2, 'Second', 'culture'), (3, 'Quality', 'quality'),"
      " (4, 'Nurse', 'nurse'), (5, 'Physician', 'physician'), (6, 'Other nurse', 'nurse');"
      "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (1, 'P1', 'One', 0, 0), (2, 'P2', 'Two', 0, 0);"
      "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols) VALUES (1, NULL, 'tank', 'Tank', 'none', 0, 0),"
      " (2, 1, 'rack', 'Rack', 'none', 0, 0), (3, 2, 'box', 'Box', 'grid', 9, 9), (4, 2, 'box', 'Empty', 'grid', 9, 9),"
      " (5, NULL, 'tank', 'Other tank', 'none', 0, 0);"
      "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (1, 'I1', 0, 1), (2, 'I2', 0, 1);"
      "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id) VALUES"
      " (1, 1, 'C1', 'blood_draw', 100, 50, 4, 1), (2, 2, 'C2', 'blood_draw', 100, 50, 4, 2), (3, 1, 'C3', 'blood_draw', 100, 50, 4, 1);"
      "INSERT INTO lot (id, patient_id, collection_id, number, started_on, plan_number, facility) VALUES"
      " (1, 1, 1, 'L1', '2026-01-01', 'PC1', 'FC1'), (2, 2, 2, 'L2', '2026-01-01', 'PC1', 'FC1'), (3, 1, 1, 'L3', '2026-01-01', 'PC1', 'FC1');"
      "INSERT INTO lot_input (lot_id, collection_id, at, by_id) VALUES (1, 3, 200, 1);"
      "UPDATE lot SET status = 'harvested', harvested_on = '2026-01-01';"
      "INSERT INTO reagent_lot (id, name, lot_number, added_at) VALUES (1, 'Albumin', 'A1', 0);"
      "INSERT INTO lot_reagent (lot_id, reagent_id, at, by_id) VALUES (1, 1, 200, 1);"
      "INSERT INTO device (id, kind, name) VALUES (1, 'bath', 'Bath A'), (2, 'bath', 'Bath B');"
      "INSERT INTO result (lot_id, test, value, limit_text, passed, stage, reported_on, entered_at, entered_by)"
      " SELECT l.id, t.code, 'ok', 'ok', 1, 'final', '2026-01-02', 300, 1 FROM lot l, lot_test t WHERE t.required = 1 AND l.id IN (1, 2);"
      "INSERT INTO result_check (result_id, checked_at, checked_by) SELECT id, 310, 2 FROM result;"
      "INSERT INTO result (id, lot_id, test, value, limit_text, passed, stage, reported_on, entered_at, entered_by, supersedes, why) VALUES"
      " (50, 3, 'sterility', 'negative', 'negative', 1, 'preliminary', '2026-01-02', 300, 1, NULL, ''),"
      " (51, 3, 'sterility', 'negative', 'negative', 1, 'final', '2026-01-02', 301, 1, 50, 'final');"
      "INSERT INTO course (id, patient_id, template, started_on) VALUES (1, 1, 'six', '2026-01-01');"
      "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at) VALUES"
      " (1, 1, 'infusion', 'booked', 3000, 6000, 2700, 6300, 0), (2, 2, 'infusion', 'booked', 3000, 6000, 2700, 6300, 0),"
      " (3, 1, 'infusion', 'booked', 90000, 93600, 90000, 93600, 0);"
      "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (1, 1, 'booked', 'arrived', 0), (2, 1, 'booked', 'arrived', 0);"
      "UPDATE visit SET status = 'arrived' WHERE id IN (1, 2);"
      "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (1, 2, 'arrived', 'checked_in', 0), (2, 2, 'arrived', 'checked_in', 0);"
      "UPDATE visit SET status = 'checked_in' WHERE id IN (1, 2);"
      "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at) VALUES (1, 3, 'checked_in', 'in_room', 0), (2, 3, 'checked_in', 'in_room', 0);"
      "UPDATE visit SET status = 'in_room' WHERE id IN (1, 2);"
      "INSERT INTO staff_secret (staff_id, hash, set_at) SELECT id, '*', 0 FROM staff;"
      "INSERT INTO signature (staff_id, purpose, at) VALUES (5, 'order', 600);"
      "INSERT INTO document (id, patient_id, kind, received_at) VALUES (1, 1, 'consent', 0), (2, 2, 'consent', 0);"
      "INSERT INTO storage_consent (patient_id, from_on, until_on, at, by_id) VALUES (1, '1970-01-01', '2099-01-01', 0, 4), (2, '1970-01-01', '2099-01-01', 0, 4);"
      "INSERT INTO infusion_order (visit_id, physician_id, cells_min, cells_max, at) VALUES (1, 5, 500000000, 2000000000, 600),"
      " (2, 5, 500000000, 2000000000, 600);";

/* Steps of a unit: the letter, what stands before the event, and the event. :U is the unit, :T the time. */
static const struct
{
  char letter;
  const char *axis, *to_state;
  const char *before; /* or NULL */
} steps[] = {
  { 'l', "label", "printed", NULL },
  { 'v', "label", "verified", NULL },
  { 'f', "life", "frozen", "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id)"
                           " VALUES (:U, 3, :U / 10, :U % 10, :T, 3, 4)" },
  { 'R', "quality", "released", NULL },
  { 's', NULL, NULL, "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by)"
                     " SELECT id, patient_id, patient_id, :T, 4 FROM unit WHERE id = :U" },
  { 'p', "life", "picked", "UPDATE placement SET until = :T, ended_by = 3 WHERE unit_id = :U AND until IS NULL" },
  { 't', "life", "thawing", "INSERT INTO thaw_session (id, device_id, visit_id, opened_at, opened_by, temperature, cleaned)"
                            " SELECT id, 1, patient_id, :T, 4, 370, 1 FROM unit WHERE id = :U;"
                            "INSERT INTO thaw (unit_id, session_id, started_at) VALUES (:U, :U, :T)" },
  { 'T', "life", "thawed", "UPDATE thaw SET ended_at = :T, bag_whole = 1, use_until = :T + 1800 WHERE unit_id = :U;"
                           "UPDATE thaw_session SET closed_at = :T, closed_by = 4 WHERE id = :U" },
  { 'b', "life", "at_bedside",
    "INSERT INTO bedside_check (unit_id, visit_id, scanned_unit, scanned_patient, said_name, said_birth, at, performer_id, witness_id)"
    " SELECT id, patient_id, number, 'P' || patient_id, 1, 1, :T, 3, 4 FROM unit WHERE id = :U" },
  { 'i', "life", "infusing",
    "INSERT INTO signature (staff_id, purpose, unit_id, at) VALUES (4, 'infuse', :U, :T);"
    "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id)"
    " SELECT id, patient_id, patient_id, :T, 3, 4 FROM unit WHERE id = :U" },
  { 'I', "life", "infused",
    "INSERT INTO infusion_end (unit_id, ended_at, volume_ml, cells, performer_id) VALUES (:U, :T, 50, 1000000000, 3);"
    "UPDATE reservation SET closed_at = :T WHERE unit_id = :U AND closed_at IS NULL" },
  { 'm', "life", "missing", "UPDATE placement SET until = :T, ended_by = 3 WHERE unit_id = :U AND until IS NULL" },
  { 'd', "life", "discarded",
    "INSERT INTO discard (unit_id, code, method, document_id, patient_told, approved_by, at) VALUES (:U, 'consent_withdrawn', 'autoclave', 1, 1, 5, :T);"
    "UPDATE placement SET until = :T, ended_by = 3 WHERE unit_id = :U AND until IS NULL" },
  { 'X', "quality", "rejected", NULL },
  { 'c', "life", "consumed", "INSERT INTO lot (id, patient_id, collection_id, number, started_on) VALUES (4, 1, 1, 'L4', '2026-01-20');"
                             "INSERT INTO lot_input (lot_id, unit_id, at, by_id) VALUES (4, :U, :T, 1);"
                             "UPDATE placement SET until = :T, ended_by = 3 WHERE unit_id = :U AND until IS NULL" },
};

static char *
fill_in (const char *sql, int unit, gint64 at)
{
  g_autofree char *u = g_strdup_printf ("%d", unit), *t = g_strdup_printf ("%" G_GINT64_FORMAT, at);
  g_autoptr (GString) text = g_string_new (sql);

  g_string_replace (text, ":U", u, 0);
  g_string_replace (text, ":T", t, 0);
  return g_strdup (text->str);
}

static void
add_event (StoreFixture *fixture, int unit, const char *axis, const char *to_state, gint64 at)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, recorded_at, performer_id, witness_id, reason)"
      " SELECT id, '%1$s', %1$s_seq + 1, NULLIF (%1$s_seq, 0), %1$s, '%2$s', %3$" G_GINT64_FORMAT ", %3$" G_GINT64_FORMAT
      ", 3, 4, 'why' FROM unit WHERE id = %4$d", axis, to_state, at, unit);

  store_exec (fixture, sql);
}

static void
make_unit (StoreFixture *fixture, int id, int lot, const char *kind, const char *way)
{
  gint64 at = 1000;
  g_autofree char *insert = g_strdup_printf (
      "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
      " SELECT %d, id, patient_id, '%s', number || '-%d', 50, 1000000000, '2030-01-01', 0 FROM lot WHERE id = %d", id, kind, id, lot);

  store_exec (fixture, insert);
  add_event (fixture, id, "life", "planned", at);
  add_event (fixture, id, "quality", "quarantine", at);
  add_event (fixture, id, "label", "none", at);
  add_event (fixture, id, "life", "filled", at);
  for (const char *p = way; *p; p++)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      if (steps[i].letter == *p)
        {
          at += 60;
          g_autofree char *before = steps[i].before ? fill_in (steps[i].before, id, at) : NULL;

          if (before)
            store_exec (fixture, before);
          if (steps[i].axis)
            add_event (fixture, id, steps[i].axis, steps[i].to_state, at);
        }
}

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, NULL);
  store_exec (fixture, "PRAGMA synchronous = OFF; BEGIN");
  store_exec (fixture, clinic);
  make_unit (fixture, 11, 1, "dose_frozen", "");
  make_unit (fixture, 12, 1, "dose_frozen", "lvfR");          /* available */
  make_unit (fixture, 13, 1, "dose_frozen", "lvfRs");         /* reserved */
  make_unit (fixture, 14, 1, "dose_frozen", "lvfRspt");       /* in the bath */
  store_exec (fixture, "UPDATE thaw SET ended_at = started_at, bag_whole = 1, use_until = started_at + 1800 WHERE unit_id = 14; UPDATE thaw_session SET closed_at = opened_at, closed_by = 4 WHERE id = 14");
  make_unit (fixture, 15, 1, "dose_frozen", "lvfRsptTbiI");   /* given */
  make_unit (fixture, 16, 1, "dose_frozen", "lvfRd");
  make_unit (fixture, 17, 1, "dose_frozen", "lvfX");
  make_unit (fixture, 18, 1, "intermediate", "lvfc");
  make_unit (fixture, 19, 1, "retained", "lvf");
  make_unit (fixture, 21, 2, "dose_frozen", "lvfRs");         /* of the other patient */
  make_unit (fixture, 22, 1, "dose_frozen", "lvfm");
  make_unit (fixture, 23, 3, "dose_frozen", "lvf");           /* quarantined */
  store_exec (fixture,
              "INSERT INTO container_move (container_id, from_parent, from_row, from_col, to_parent, to_row, to_col, at, performer_id, witness_id)"
              " VALUES (3, 2, 0, 0, 2, 0, 1, 5000, 3, 4);"
              "INSERT INTO hold (unit_id, reason, opened_at, opened_by) VALUES (19, 'bag', 5000, 3);"
              "INSERT INTO hold (lot_id, reason, opened_at, opened_by, closed_at, closed_by) VALUES (1, 'rain', 5000, 3, 5100, 3);"
              "INSERT INTO lookback (id, number, cause, cause_id, words, known_on, opened_at, opened_by) VALUES (1, 'B1', 'lot', 1, 'late', '2026-01-01', 6000, 3);"
              "INSERT INTO lookback_item (id, lookback_id, what, row_id) VALUES (1, 1, 'lot', 1), (2, 1, 'patient', 1);"
              "INSERT INTO legal_clock (id, lookback_id, rule, due_on) VALUES (1, 1, 'processor', '2026-01-02');"
              "INSERT INTO lookback_contact (item_id, at, by_id, how, reached) VALUES (2, 6050, 5, 'phone', 1);"
              "UPDATE lookback_item SET reviewed_at = 6100, reviewed_by = 3, decision = 'keep' WHERE id = 1;"
              "UPDATE lookback_item SET reviewed_at = 6100, reviewed_by = 3, decision = 'told' WHERE id = 2;"
              "UPDATE legal_clock SET done_at = 6100, done_by = 3, outcome = 'reported';"
              "UPDATE lookback SET closed_at = 6200, closed_by = 3, conclusion = 'fine' WHERE id = 1;"
              "COMMIT");
}

typedef struct
{
  const char *code;   /* of the violation that must be found */
  const char *number; /* of the thing, or NULL */
  const char *damage; /* SQL past every guard */
  gboolean can_be;    /* the guards let it pass: it says later of the past what was not so then, or changes a mere sum */
} Damage;

#define SET_UNIT(what) "UPDATE unit SET " what

static const Damage damages[] = {
  /* chains */
  { "axis-step", NULL, "INSERT INTO axis_step (axis, from_state, to_state, witnessed) VALUES ('life', 'thawed', 'frozen', 1)" },
  { "axis-step", NULL, "DELETE FROM axis_step WHERE to_state = 'recalled'" },
  { "axis-step", NULL, "UPDATE axis_step SET witnessed = 0 WHERE to_state = 'infusing'" },
  { "state-without-event", "L1-12", SET_UNIT ("life = 'at_bedside' WHERE id = 12") },
  { "state-without-event", "L3-23", SET_UNIT ("quality = 'released' WHERE id = 23") },
  { "state-without-event", "L1-11", SET_UNIT ("label = 'verified' WHERE id = 11") },
  { "state-without-event", "L1-12", SET_UNIT ("life_seq = 2 WHERE id = 12") },
  { "state-without-event", "L1-16", "DELETE FROM unit_event WHERE unit_id = 16 AND to_state = 'discarded'" },
  { "chain-broken", "L1-15", "DELETE FROM unit_event WHERE unit_id = 15 AND to_state = 'thawed'" },
  { "chain-broken", "L1-15", "UPDATE unit_event SET from_state = 'frozen' WHERE unit_id = 15 AND to_state = 'thawing'" },
  { "axis-step", "L1-14", "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
                          " VALUES (14, 'life', 6, 5, 'thawing', 'frozen', 9000, 3, 4)" }, /* frozen again */
  { "axis-step", "L1-16", "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
                          " VALUES (16, 'life', 5, 4, 'discarded', 'frozen', 9000, 3, 4)" }, /* after the end */
  { "axis-step", "L1-17", "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
                          " VALUES (17, 'quality', 3, 2, 'rejected', 'released', 9000, 3, 4)" },
  { "second-person-needed", "L1-15", "UPDATE unit_event SET witness_id = NULL WHERE unit_id = 15 AND to_state = 'infusing'" },
  { "same-person", "L1-15", "UPDATE unit_event SET witness_id = performer_id WHERE unit_id = 15 AND to_state = 'thawing'" },
  { "clock-went-back", "L1-15", "UPDATE unit_event SET at = 500, recorded_at = 500 WHERE unit_id = 15 AND to_state = 'thawed'" },
  { "clock-went-back", "L1-15", "UPDATE unit_event SET recorded_at = 500 WHERE unit_id = 15 AND to_state = 'thawed'" },
  { "no-such-unit", NULL, "INSERT INTO unit_event (unit_id, axis, seq, from_state, to_state, at, performer_id) VALUES (99, 'life', 1, 'new', 'planned', 0, 1)" },
  { "no-such-unit", NULL, "DELETE FROM unit WHERE id = 12" },
  /* towards the patient */
  { "not-released", "L1-15", "UPDATE unit_event SET to_state = 'quarantine' WHERE unit_id = 15 AND to_state = 'released'" },
  { "not-released", "L1-15", "UPDATE unit_event SET at = 9000, recorded_at = 9000 WHERE unit_id = 15 AND to_state = 'released'" },
  { "label-not-verified", "L1-15", "UPDATE unit_event SET at = 9000, recorded_at = 9000 WHERE unit_id = 15 AND to_state = 'verified'" },
  { "label-not-verified", "L1-12", "DELETE FROM unit_event WHERE unit_id = 12 AND to_state = 'verified'" },
  { "expired", "L1-15", SET_UNIT ("use_until = '1969-12-31' WHERE id = 15") },
  { "use-until", "L1-15", SET_UNIT ("use_until_at = 1100 WHERE id = 15"), TRUE },
  { "not-a-dose", "L1-15", SET_UNIT ("kind = 'retained' WHERE id = 15") },
  { "not-for-freezing", "L1-12", SET_UNIT ("kind = 'dose_fresh' WHERE id = 12") },
  { "infusion-needed", "L1-15", "DELETE FROM infusion WHERE unit_id = 15" },
  { "state-without-event", "L1-12", "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (12, 1, 1, 5000, 3, 4)" },
  { "unit-held", "L1-15", "INSERT INTO hold (unit_id, reason, opened_at, opened_by) VALUES (15, 'x', 1200, 3)", TRUE },
  { "unit-held", "L1-15", "INSERT INTO hold (lot_id, reason, opened_at, opened_by) VALUES (1, 'x', 1200, 3)", TRUE },
  { "unit-held", "L1-15", "INSERT INTO hold (patient_id, reason, opened_at, opened_by) VALUES (1, 'x', 1200, 3)", TRUE },
  { "unit-held", "L1-15", "INSERT INTO hold (plan_number, reason, opened_at, opened_by) VALUES ('PC1', 'x', 1200, 3)", TRUE },
  { "unit-held", "L1-15", "INSERT INTO hold (facility, reason, opened_at, opened_by) VALUES ('FC1', 'x', 1200, 3)", TRUE },
  { "unit-held", "L1-15", "INSERT INTO hold (reagent_id, reason, opened_at, opened_by) VALUES (1, 'x', 1200, 3)", TRUE },
  { "result-failed", "L1-15", "INSERT INTO result (lot_id, test, value, passed, stage, reported_on, entered_at, entered_by)"
                              " VALUES (1, 'gram', 'positive', 0, 'final', '2026-01-02', 1300, 1)" },
  { "not-reserved", "L1-15", "DELETE FROM reservation WHERE unit_id = 15" },
  { "clock-went-back", "L1-15", "UPDATE infusion_end SET ended_at = 1100 WHERE unit_id = 15" },
  { "clock-went-back", "L1-15", "UPDATE thaw SET ended_at = 9000 WHERE unit_id = 15" },
  { "clock-went-back", "L1-15", "UPDATE thaw_session SET opened_at = 9000, closed_at = 9000 WHERE id = 15" },
  { "thaw-limit", "L1-15", "UPDATE thaw SET use_until = ended_at + 1 WHERE unit_id = 15" },
  { "bath-in-use", "Bath A", "UPDATE thaw_session SET closed_at = NULL, closed_by = NULL, opened_at = 1300 WHERE id = 14" },
  { "wrong-dose", "L1-15", "UPDATE bedside_check SET scanned_unit = 'L2-21' WHERE unit_id = 15" },
  /* whose they are */
  { "other-patient", "L1-12", SET_UNIT ("patient_id = 2 WHERE id = 12") },
  { "other-patient", "L2-21", SET_UNIT ("lot_id = 1 WHERE id = 21") },
  { "other-patient", "L2", "UPDATE lot SET collection_id = 1 WHERE id = 2" },
  { "other-patient", "L1", "UPDATE lot_input SET collection_id = 2 WHERE collection_id = 3" },
  { "other-patient", "L4", "UPDATE lot_input SET unit_id = 21 WHERE unit_id = 18" },
  { "other-patient", "I1", "UPDATE collection SET coi_id = 1 WHERE id = 2" },
  { "other-patient", "L1-13", "UPDATE reservation SET visit_id = 2 WHERE unit_id = 13" },
  { "other-patient", "L1-15", "UPDATE infusion SET visit_id = 2 WHERE unit_id = 15" },
  { "other-patient", "L1-15", "UPDATE infusion SET patient_id = 2 WHERE unit_id = 15" },
  { "other-patient", "L1-15", "UPDATE collection SET patient_id = 2 WHERE id = 1" },
  { "bath-of-another", "L1-15", "UPDATE thaw SET session_id = 14 WHERE unit_id = 15; UPDATE thaw_session SET visit_id = 2 WHERE id = 14" },
  { "bath-of-another", "L2-21", "INSERT INTO thaw (unit_id, session_id, started_at) VALUES (21, 14, 9000)" },
  { "wrong-patient", "L1-15", "UPDATE bedside_check SET scanned_patient = 'P2' WHERE unit_id = 15" },
  { "wrong-patient", "L1-15", "UPDATE bedside_check SET visit_id = 3 WHERE unit_id = 15" },
  { "dose-range", "L1-15", SET_UNIT ("cells = 100 WHERE id = 15") },
  { "dose-range", "L1-15", "UPDATE infusion_order SET cells_max = 600000000 WHERE visit_id = 1" },
  { "more-than-there-was", "L1-15", "UPDATE infusion_end SET volume_ml = 51 WHERE unit_id = 15" },
  { "bag-broken", "L1-15", "UPDATE thaw SET bag_whole = 0 WHERE unit_id = 15" },
  { "other-patient", "L1-15", "UPDATE bedside_check SET visit_id = 2 WHERE unit_id = 15" },
  { "other-patient", "L1-16", "UPDATE discard SET document_id = 2 WHERE unit_id = 16" },
  { "other-patient", "L1-12", "INSERT INTO release_condition (unit_id, visit_id, pending, physician_id, reason, told_at, due_on, at, by_id)"
                              " VALUES (12, 2, 'sterility', 5, 'x', 0, '2026-02-01', 0, 3)" },
  { "check-needed", "L1-15", "DELETE FROM bedside_check WHERE unit_id = 15" },
  { "order-needed", "L1-15", "DELETE FROM infusion_order WHERE visit_id = 1" },
  { "order-needed", "L1-15", "UPDATE infusion_order SET withdrawn_at = 1000, withdrawn_by = 5 WHERE visit_id = 1", TRUE },
  { "signature-needed", "L1-15", "DELETE FROM signature WHERE unit_id = 15" },
  { "thaw-needed", "L1-15", "DELETE FROM thaw WHERE unit_id = 15" },
  { "end-needed", "L1-15", "DELETE FROM infusion_end WHERE unit_id = 15" },
  { "end-needed", "L1-15", "UPDATE infusion_end SET reason = 'half' WHERE unit_id = 15" },
  { "result-not-checked", "L1-12", "DELETE FROM result_check" },
  { "same-person", "L1", "UPDATE result_check SET checked_by = 1" },
  { "conditional-other-visit", "L1-15", "UPDATE unit_event SET to_state = 'conditional' WHERE unit_id = 15 AND to_state = 'released';"
                                      "INSERT INTO release_condition (unit_id, visit_id, pending, physician_id, reason, told_at, due_on, at, by_id)"
                                      " VALUES (15, 3, 'sterility', 5, 'x', 0, '2026-02-01', 0, 3)" },
  /* release */
  { "released-by-tester", "L1-12", "UPDATE result SET entered_by = 3 WHERE lot_id = 1 AND test = 'purity'" },
  { "result-not-final", "L1-12", "UPDATE result SET stage = 'preliminary' WHERE lot_id = 1 AND test = 'sterility'" },
  { "result-not-final", "L1-12", "DELETE FROM result WHERE lot_id = 1 AND test = 'mycoplasma'" },
  { "result-not-final", "L1-12", "UPDATE result SET entered_at = 9000 WHERE lot_id = 1 AND test = 'mycoplasma'" },
  { "result-failed", "L1-12", "INSERT INTO result (lot_id, test, value, passed, stage, reported_on, entered_at, entered_by)"
                              " VALUES (1, 'gram', 'positive', 0, 'final', '2026-01-02', 300, 1)" },
  { "supersedes-another", "L3", "UPDATE result SET test = 'gram' WHERE id = 51" },
  { "supersedes-another", "L3", "UPDATE result SET stage = CASE id WHEN 50 THEN 'final' ELSE 'preliminary' END WHERE id IN (50, 51)" },
  { "result-of-another-lot", "L2-21", "UPDATE result SET unit_id = 21 WHERE id = 50" },
  { "not-an-intermediate", "L1-18", SET_UNIT ("kind = 'retained' WHERE id = 18") },
  /* places */
  { "no-such-place", "L1-12", "UPDATE placement SET col = 10 WHERE unit_id = 12" },
  { "no-such-place", "L1-12", "UPDATE placement SET row = 0 WHERE unit_id = 12" },
  { "no-such-place", "L1-12", "UPDATE container SET rows = 1, cols = 1 WHERE id = 3" },
  { "no-such-place", "L1-12", "UPDATE container SET layout = 'none' WHERE id = 3" },
  { "place-taken", "L1-13", "UPDATE placement SET col = 2 WHERE unit_id = 13" },
  { "place-blocked", "L1-12", "INSERT INTO place_block (container_id, row, col, reason, opened_at, opened_by) VALUES (3, 1, 2, 'bent', 0, 3)" },
  { "two-places", "L1-12", "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id) VALUES (12, 4, 1, 1, 8000, 3)" },
  { "clock-went-back", "L1-15", "UPDATE placement SET until = 1 WHERE unit_id = 15" },
  { "same-person", "L1-12", "UPDATE placement SET witness_id = performer_id WHERE unit_id = 12" },
  { "place-needed", "L1-12", "DELETE FROM placement WHERE unit_id = 12" },
  { "still-in-place", "L1-15", "UPDATE placement SET until = NULL, ended_by = NULL WHERE unit_id = 15" },
  { "kind-not-allowed", "L1-19", "UPDATE container SET allowed_kinds = 'dose_frozen,intermediate' WHERE id = 3" },
  { "kind-not-allowed", "L1-19", "UPDATE container SET allowed_kinds = 'dose_frozen,intermediate' WHERE id = 1" },
  { "no-such-place", "L1-12", "UPDATE container SET allowed_kinds = 'none' WHERE id = 3" },
  { "wrong-cold", "L1-12", "UPDATE container SET cold_class = 'cool' WHERE id = 2" },
  { "place-taken", "Rack", "UPDATE container SET parent_id = 3, row = 1, col = 2 WHERE id = 2" },
  { "place-taken", "Empty", "UPDATE container SET layout = 'grid', rows = 5, cols = 5 WHERE id = 2; UPDATE container SET row = 1, col = 1 WHERE id IN (3, 4)" },
  { "move-without-event", "Box", "UPDATE container SET col = 9 WHERE id = 3" },
  { "container-sum", "Tank", "UPDATE container_sum SET used = used - 1 WHERE container_id = 1", TRUE },
  { "container-sum", "Rack", "UPDATE container_sum SET places = places + 1 WHERE container_id = 2", TRUE },
  { "container-sum", "Box", "DELETE FROM container_sum WHERE container_id = 3" },
  { "container-retired", "Box", "UPDATE container SET retired = 1 WHERE id = 3" },
  { "container-retired", "Tank", "UPDATE container SET retired = 1 WHERE id = 1" },
  { "container-full", "Box", "UPDATE container SET rows = 1, cols = 2 WHERE id = 3" },
  { "container-in-itself", "Tank", "UPDATE container SET parent_id = 3 WHERE id = 1" },
  { "container-above", "Box", "UPDATE container SET parent_id = 5 WHERE id = 3" },
  { "container-above", "Box", "DELETE FROM container_above WHERE container_id = 3 AND above_id = 1" },
  { "container-above", "Box", "DELETE FROM container_above WHERE container_id = 3 AND above_id = 3" },
  { "container-above", "Box", "INSERT INTO container_above (container_id, above_id, depth) VALUES (3, 5, 1)" },
  { "container-above", "Box", "UPDATE container_above SET depth = 7 WHERE container_id = 3 AND above_id = 1" },
  /* custody */
  { "custody-gap", "L1-15", "DELETE FROM custody WHERE unit_id = 15 AND seq = 3" },
  { "custody-gap", "L1-15", "DELETE FROM custody WHERE unit_id = 15 AND seq > 3" },
  { "custody-differs", "L1-12", "UPDATE custody SET col = 9 WHERE unit_id = 12 AND what = 'place'" },
  { "custody-differs", "L1-15", "UPDATE custody SET what = 'waste' WHERE unit_id = 15 AND what = 'patient'" },
  { "custody-differs", "L1-15", "UPDATE custody SET performer_id = 6 WHERE unit_id = 15 AND what = 'patient'" },
  { "custody-differs", "L1-12", "INSERT INTO custody (unit_id, seq, at, what, performer_id) SELECT 12, max (seq) + 1, 9000, 'hand', 3 FROM custody WHERE unit_id = 12", TRUE },
  { "custody-differs", "L1-12", "UPDATE custody SET carried_in = 2 WHERE unit_id = 12 AND carried_in = 3" },
  { "custody-gap", "L1-12", "DELETE FROM custody WHERE unit_id = 12 AND carried_in = 3" },
  { "clock-went-back", "L1-12", "UPDATE custody SET at = 1 WHERE unit_id = 12 AND seq = 2" },
  /* promises and holds */
  { "two-reservations", "L1-13", "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (13, 3, 1, 0, 1)" },
  { "not-a-dose", "L1-19", "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (19, 3, 1, 0, 1)" },
  { "still-reserved", "L1-16", "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (16, 3, 1, 0, 1)" },
  { "still-reserved", "L1-17", "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (17, 3, 1, 0, 1)" },
  { "still-reserved", "L1-13", "UPDATE visit SET status = 'no_show' WHERE id = 1" },
  { "hold-malformed", NULL, "INSERT INTO hold (reason, opened_at, opened_by) VALUES ('x', 0, 3)" },
  { "hold-malformed", NULL, "INSERT INTO hold (unit_id, lot_id, reason, opened_at, opened_by) VALUES (19, 1, 'x', 0, 3)" },
  { "hold-malformed", NULL, "UPDATE hold SET reason = ''" },
  { "hold-malformed", NULL, "UPDATE hold SET closed_at = 1 WHERE closed_at IS NOT NULL" },
  { "hold-malformed", NULL, "UPDATE hold SET closed_by = NULL WHERE closed_at IS NOT NULL" },
  /* look-back and stocktake */
  { "items-unreviewed", "B1", "UPDATE lookback_item SET reviewed_at = NULL, reviewed_by = NULL" },
  { "clock-open", "B1", "UPDATE legal_clock SET done_at = NULL, done_by = NULL" },
  { "decision-needed", "B1", "UPDATE lookback_item SET decision = 'fine' WHERE id = 1" },
  { "told-first", "B1", "UPDATE lookback_contact SET reached = 0" },
  { "count-unresolved", "S1", "INSERT INTO stock_count (id, number, container_id, opened_at, opened_by, counted_at, counted_by, closed_at, closed_by, closed_with)"
                          " VALUES (1, 'S1', 3, 0, 3, 0, 3, 0, 3, 4); INSERT INTO stock_difference (count_id, kind, container_id, box_hold_id) VALUES (1, 'missing', 3, 1)" },
  { "count-not-ended", "S1", "INSERT INTO stock_count (id, number, container_id, opened_at, opened_by, closed_at, closed_by, closed_with)"
                         " VALUES (1, 'S1', 3, 0, 3, 0, 3, 4)" },
  /* one person, two names */
  { "same-person", "L1-15", "UPDATE infusion SET witness_id = performer_id" },
  { "same-person", "L1-15", "UPDATE bedside_check SET witness_id = performer_id" },
  { "same-person", "Box", "UPDATE container_move SET witness_id = performer_id" },
  { "same-person", "S1", "INSERT INTO stock_count (id, number, container_id, opened_at, opened_by, counted_at, counted_by, closed_at, closed_by, closed_with)"
                         " VALUES (1, 'S1', 3, 0, 3, 0, 3, 0, 3, 3)" },
  { "same-person", "X1", "INSERT INTO shipment (number, direction, left_at, left_by, arrived_at, arrived_by, arrived_with) VALUES ('X1', 'in', 0, 3, 1, 4, 4)" },
  /* numbers */
  { "check-character", "L26-0042-01-Q", SET_UNIT ("number = 'L26-0042-01-Q' WHERE id = 12") },
  { "check-character", "C26-0001-Q", "UPDATE collection SET number = 'C26-0001-Q' WHERE id = 3" },
  { "number-reuse", "L1-13", SET_UNIT ("barcode = 'same' WHERE id IN (12, 13)") },
  { "number-reuse", "Box", "UPDATE container SET barcode = 'L1-12' WHERE id = 3" },
};

typedef struct
{
  const Damage *damage;
  gboolean found;
  GString *told;
} Search;

static void
on_fault (const DeskBankFault *fault, gpointer user_data)
{
  Search *search = user_data;

  g_string_append_printf (search->told, "\n  %s %s: %s", fault->code, fault->number, fault->words);
  if (search->damage && g_str_equal (fault->code, search->damage->code)
      && (!search->damage->number || g_str_equal (fault->number, search->damage->number)))
    search->found = TRUE;
}

/* Takes away everything in the file that could refuse. */
static void
drop_guards (DeskDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) sql = g_string_new ("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;");
  g_autoptr (DeskStmt) stmt = desk_db_query (db, &error,
                                             "SELECT type, name FROM sqlite_schema WHERE type = 'trigger'"
                                             " OR (type = 'index' AND sql > 'CREATE UNIQUE' AND sql < 'CREATE UNIQUF')", "");

  while (desk_stmt_step (stmt, &error) == DESK_STEP_ROW)
    g_string_append_printf (sql, "DROP %s %s;", desk_stmt_text (stmt, 0), desk_stmt_text (stmt, 1));
  g_assert_no_error (error);
  g_clear_pointer (&stmt, desk_stmt_release);
  if (!desk_db_exec (db, sql->str, &error))
    g_error ("%s", error->message);
}

static void
test_damage (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy.uketsuke", NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  drop_guards (fixture->db);
  g_clear_pointer (&fixture->db, desk_db_close);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, &error));
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      Search search = { &damages[i], FALSE, g_string_new (NULL) };
      gint64 n;

      g_assert_true (g_file_set_contents (copy, bytes, (gssize) length, &error));
      g_autoptr (DeskDb) db = desk_store_open (copy, FALSE, &error);
      g_assert_no_error (error);
      if (!desk_db_exec (db, "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON", &error)
          || !desk_db_exec (db, damages[i].damage, &error))
        g_error ("%s: %s", error->message, damages[i].damage);
      g_assert_true (desk_bank_verify (db, on_fault, &search, &n, &error));
      g_assert_no_error (error);
      if (!search.found)
        {
          g_test_message ("not found: %s %s after %s\ntold was:%s", damages[i].code, damages[i].number, damages[i].damage, search.told->str);
          g_test_fail ();
        }
      g_string_free (search.told, TRUE);
    }
}

/* facts/cells.md 4.4, number by number, each in one statement past the program; a key or a rule refuses it. What the
 * database cannot know is tried elsewhere: tests/README.md. */
#define STEP(unit, axis, to_state, at, performer, witness) \
  "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, reason)" \
  " SELECT id, '" axis "', " axis "_seq + 1, " axis "_seq, " axis ", '" to_state "', " at ", " performer ", " witness ", 'why' FROM unit WHERE id = " unit
#define KEY "FOREIGN KEY constraint failed"
#define UNIQUE "UNIQUE constraint failed"

static const struct
{
  int rule;
  const char *sql;
  const char *code; /* or part of what the key says */
} impossible[] = {
  { 1, "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (12, 2, 1, 0, 1)", KEY },
  { 1, "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (12, 2, 2, 0, 1)", KEY },
  { 1, "UPDATE unit SET patient_id = 2 WHERE id = 12", "owner-is-fixed" },
  { 2, "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (19, 1, 1, 5000, 3, 4)", "not-a-dose" },
  { 2, "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (19, 3, 1, 0, 1)", "not-a-dose" },
  { 3, STEP ("23", "life", "picked", "9000", "3", "4"), "not-released" },
  { 3, "INSERT INTO infusion (unit_id, visit_id, patient_id, started_at, performer_id, witness_id) VALUES (23, 1, 1, 5000, 3, 4)", "not-released" },
  { 3, "INSERT INTO hold (unit_id, reason, opened_at, opened_by) VALUES (13, 'x', 1, 3);"
       "UPDATE placement SET until = 9000, ended_by = 3 WHERE unit_id = 13 AND until IS NULL;" STEP ("13", "life", "picked", "9000", "3", "4"), "unit-held" },
  { 3, STEP ("13", "label", "printed", "9000", "3", "4") ";" STEP ("13", "life", "picked", "9000", "3", "4"), "label-not-verified" },
  { 3, STEP ("13", "life", "picked", "1900000000", "3", "4"), "expired" },
  { 4, STEP ("15", "life", "frozen", "9000", "3", "4"), NULL },
  { 4, STEP ("16", "life", "filled", "9000", "3", "4"), "final-state" },
  { 5, STEP ("14", "life", "frozen", "9000", "3", "4"), NULL },
  { 6, "UPDATE reservation SET closed_at = 9000 WHERE unit_id = 14;"
       "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (14, 3, 1, 9000, 1)", "not-reservable" },
  { 6, STEP ("14", "life", "transferred_out", "9000", "3", "4"), NULL },
  { 7, "INSERT INTO thaw_session (id, device_id, visit_id, opened_at, opened_by, temperature, cleaned) VALUES (90, 2, 1, 9000, 4, 370, 1),"
       " (91, 2, 2, 9000, 4, 370, 1)", UNIQUE },
  { 8, "INSERT INTO thaw (unit_id, session_id, started_at) VALUES (15, 14, 9000)", "thawed-already" },
  { 9, STEP ("12", "quality", "recalled", "9000", "3", "3"), "CHECK constraint failed" },
  { 9, STEP ("23", "quality", "released", "9000", "1", "4"), "released-by-tester" },
  { 9, "UPDATE staff SET active = 0 WHERE id = 4;" STEP ("12", "quality", "recalled", "9000", "3", "4"), "staff-not-active" },
  { 10, STEP ("23", "quality", "released", "9000", "3", "4"), "result-not-final" },
  { 11, STEP ("17", "quality", "released", "9000", "3", "4"), KEY },
  { 12, "UPDATE unit_event SET reason = 'x'", "journal-only-grows" },
  { 12, "DELETE FROM unit_event", "journal-only-grows" },
  { 12, "UPDATE result SET value = 'x'", "journal-only-grows" },
  { 12, "DELETE FROM signature", "journal-only-grows" },
  { 13, "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id) VALUES (12, 4, 1, 1, 9000, 3, 4)", UNIQUE },
  { 14, "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id) VALUES (11, 3, 1, 2, 9000, 3, 4)", UNIQUE },
  { 15, "INSERT INTO container_move (container_id, from_parent, from_row, from_col, to_parent, to_row, to_col, at, performer_id, witness_id)"
        " VALUES (1, NULL, 0, 0, 3, 9, 9, 9000, 3, 4)", "container-in-itself" },
  { 15, "UPDATE container SET parent_id = 3 WHERE id = 1", "container-in-itself" },
  { 16, "UPDATE container SET rows = 1 WHERE id = 3", "container-not-empty" },
  { 16, "UPDATE container SET retired = 1 WHERE id = 3", "container-not-empty" },
  { 17, "UPDATE container SET in_service = 0 WHERE id = 1;"
        "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id) VALUES (11, 4, 1, 1, 9000, 3, 4)", "out-of-service" },
  { 18, "UPDATE placement SET until = 9000, ended_by = 3 WHERE unit_id = 13 AND until IS NULL;"
        "INSERT INTO discard (unit_id, code, method, approved_by, at) VALUES (13, 'damaged', 'autoclave', 5, 9000);"
        STEP ("13", "life", "discarded", "9000", "3", "4"), "still-reserved" },
  { 19, "INSERT INTO unit (lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
        " VALUES (1, 1, 'qc', 'L1-12', 1, 1, '2030-01-01', 0)", NULL },
  { 19, "UPDATE counter SET next = next - 1 WHERE name = 'lot'", "number-reuse" },
  { 19, "INSERT INTO coi (number, opened_at, opened_by) VALUES ('I1', 0, 1)", UNIQUE },
  { 20, "INSERT INTO reservation (unit_id, visit_id, patient_id, opened_at, opened_by) VALUES (13, 3, 1, 0, 1)", UNIQUE },
  { 22, STEP ("12", "quality", "recalled", "1", "3", "4"), "clock-went-back" },
  { 22, "INSERT INTO infusion_end (unit_id, ended_at, volume_ml, cells, performer_id) VALUES (14, 1, 1, 1, 3)", NULL },
  { 24, "INSERT INTO lookback (id, number, cause, cause_id, words, known_on, opened_at, opened_by) VALUES (9, 'B9', 'lot', 1, 'x', '2026-01-01', 0, 3);"
        "INSERT INTO lookback_item (lookback_id, what, row_id) VALUES (9, 'lot', 1);"
        "UPDATE lookback SET closed_at = 9, closed_by = 3, conclusion = 'x' WHERE id = 9", "items-unreviewed" },
  { 25, "DELETE FROM patient WHERE id = 2", "patient-kept" },
  { 25, "DELETE FROM unit WHERE id = 16", "owner-is-fixed" },
  { 25, "DELETE FROM infusion", "journal-only-grows" },
  { 25, "DELETE FROM custody", "journal-only-grows" },
  { 26, "INSERT INTO merge (id, loser_id, winner_id, at, approved_by, moving) VALUES (1, 2, 1, 9000, 3, 1)", "second-person-needed" },
};

static void
test_impossible (StoreFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (impossible); i++)
    {
      g_autoptr (GError) error = NULL;

      store_exec (fixture, "BEGIN");
      if (desk_db_exec (fixture->db, impossible[i].sql, &error))
        {
          g_test_message ("rule %d: done: %s", impossible[i].rule, impossible[i].sql);
          g_test_fail ();
        }
      else if (impossible[i].code && !strstr (error->message, impossible[i].code))
        {
          g_test_message ("rule %d: «%s», not «%s»: %s", impossible[i].rule, error->message, impossible[i].code, impossible[i].sql);
          g_test_fail ();
        }
      store_exec (fixture, "ROLLBACK");
    }
}

/* While the guards stand, nothing of it can be done at all: but for what says later of the past what was not so then. */
static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (GError) error = NULL;

      store_exec (fixture, "BEGIN");
      if (desk_db_exec (fixture->db, damages[i].damage, &error) && !damages[i].can_be)
        {
          g_test_message ("not refused: %s: %s", damages[i].code, damages[i].damage);
          g_test_fail ();
        }
      store_exec (fixture, "ROLLBACK");
    }
}

static void
test_sound (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Search search = { NULL, FALSE, g_string_new (NULL) };
  gint64 n;

  g_assert_true (desk_bank_verify (fixture->db, on_fault, &search, &n, &error));
  g_assert_no_error (error);
  if (n > 0)
    g_error ("in a sound bank:%s", search.told->str);
  g_string_free (search.told, TRUE);
}

/* A file that nobody has put anything into. */
static void
test_empty (StoreFixture *fixture, gconstpointer data)
{
  test_sound (fixture, data);
}

static void
test_unreadable (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 n;

  store_exec (fixture, "DROP TABLE stock_difference");
  g_assert_false (desk_bank_verify (fixture->db, NULL, NULL, &n, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/bank-verify/empty", StoreFixture, NULL, store_fixture_set_up, test_empty, store_fixture_tear_down);
  g_test_add ("/bank-verify/sound", StoreFixture, NULL, set_up, test_sound, store_fixture_tear_down);
  g_test_add ("/bank-verify/damage", StoreFixture, NULL, set_up, test_damage, store_fixture_tear_down);
  g_test_add ("/bank-verify/refused", StoreFixture, NULL, set_up, test_refused, store_fixture_tear_down);
  g_test_add ("/bank-verify/impossible", StoreFixture, NULL, set_up, test_impossible, store_fixture_tear_down);
  g_test_add ("/bank-verify/unreadable", StoreFixture, NULL, store_fixture_set_up, test_unreadable, store_fixture_tear_down);
  return g_test_run ();
}
