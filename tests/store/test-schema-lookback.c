/* What a look-back must never be, whatever program writes: raw SQL past this one. */
#include "case-2024.h"
#include "store-fixture.h"

typedef struct
{
  StoreFixture store;
  Case2024 made;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&fixture->store, NULL);
  case_2024_set_up (fixture->store.db, &fixture->made);
  g_assert_true (case_2024_positive (fixture->store.db, &fixture->made, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  store_fixture_tear_down (&fixture->store, NULL);
}

typedef struct
{
  const char *sql, *message;
} Refusal;

static void
refuse_all (Fixture *fixture, const Refusal *refusals, guint n)
{
  for (guint i = 0; i < n; i++)
    store_refuse (&fixture->store, refusals[i].sql, DESK_ERROR_REFUSED, refusals[i].message);
}

#define REVIEW "UPDATE lookback_item SET reviewed_at = 9000000000, reviewed_by = 3, "
#define STOP "UPDATE legal_clock SET done_at = 9000000000, done_by = 3, "
#define CLOSE "UPDATE lookback SET closed_at = 9000000000, closed_by = 3, conclusion = "

/* Nothing of it is taken away, moved, or begun at its end. */
static void
test_journals (Fixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { "DELETE FROM lookback", "journal-only-grows" },
    { "DELETE FROM lookback_item WHERE id = 1", "journal-only-grows" },
    { "DELETE FROM lookback_road", "journal-only-grows" },
    { "DELETE FROM legal_clock", "journal-only-grows" },
    { "UPDATE lookback SET known_on = '2024-10-24'", "journal-only-grows" },
    { "UPDATE lookback SET words = 'nothing'", "journal-only-grows" },
    { "UPDATE lookback_item SET row_id = 99 WHERE id = 1", "journal-only-grows" },
    { REVIEW "decision = 'keep', row_id = 99 WHERE what = 'lot' AND id = 1", "journal-only-grows" },
    { "UPDATE lookback_road SET day = ''", "journal-only-grows" },
    { "UPDATE legal_clock SET due_on = '2030-01-01'", "journal-only-grows" },
    { STOP "outcome = 'reported', due_on = '2030-01-01'", "journal-only-grows" },
    { "INSERT INTO lookback (number, cause, cause_id, words, known_on, opened_at, opened_by, closed_at, closed_by, conclusion)"
      " VALUES ('X', 'day', 1, 'w', '2024-01-01', 1, 3, 2, 3, 'done')", "journal-only-grows" },
    { "INSERT INTO lookback_item (lookback_id, what, row_id, reviewed_at, reviewed_by, decision) VALUES (1, 'lot', 77, 1, 3, 'keep')",
      "journal-only-grows" },
    { "INSERT INTO legal_clock (lookback_id, rule, due_on, done_at, done_by, outcome) VALUES (1, 'harm-60', '2024-01-01', 1, 3, 'reported')",
      "journal-only-grows" },
    { "INSERT INTO lookback_decision (what, decision, words) VALUES ('lot', 'forgotten', 0)", "rule-is-fixed" },
    { "UPDATE lookback_decision SET words = 0", "rule-is-fixed" },
    { "DELETE FROM lookback_decision", "rule-is-fixed" },
    { "INSERT INTO lookback_contact (item_id, at, by_id, how, reached) SELECT id, 1, 3, 'phone', 1 FROM lookback_item WHERE what = 'lot'",
      "not-a-patient" },
  };

  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
}

/* Decided once, with one of the decisions of its kind, in words where it lets go, told where somebody wrote it down. */
static void
test_decisions (Fixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { REVIEW "decision = 'told' WHERE what = 'lot'", "decision-needed" },
    { REVIEW "decision = 'cleared' WHERE what = 'lot'", "reason-needed" },
    { REVIEW "decision = 'cleared', note = '  ' WHERE what = 'unit'", "reason-needed" },
    { REVIEW "decision = 'not-needed' WHERE what = 'patient'", "reason-needed" },
    { REVIEW "decision = 'told', note = 'surely' WHERE what = 'patient'", "told-first" },
    { STOP "outcome = 'not-due'", "reason-needed" },
  };
  static const Refusal again[] = {
    { REVIEW "decision = 'keep' WHERE what = 'lot'", "journal-only-grows" },
    { "UPDATE lookback_item SET reviewed_at = NULL, reviewed_by = NULL, decision = '' WHERE what = 'lot'", "journal-only-grows" },
    { STOP "outcome = 'reported'", "journal-only-grows" },
    { "DELETE FROM lookback_contact", "journal-only-grows" },
    { "UPDATE lookback_contact SET reached = 0", "journal-only-grows" },
  };

  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
  store_exec (&fixture->store, REVIEW "decision = 'keep' WHERE what = 'lot'");
  store_exec (&fixture->store, STOP "outcome = 'reported'");
  store_exec (&fixture->store, "INSERT INTO lookback_contact (item_id, at, by_id, how, reached)"
                               " SELECT id, 1, 3, 'phone', 1 FROM lookback_item WHERE what = 'patient'");
  store_exec (&fixture->store, REVIEW "decision = 'told' WHERE what = 'patient'");
  refuse_all (fixture, again, G_N_ELEMENTS (again));
}

/* Its holds stay, and what it lists is not thrown away or used up. */
static void
test_evidence (Fixture *fixture, gconstpointer data)
{
#define EVENT(to, kind) \
  "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, reason)" \
  " SELECT id, 'life', life_seq + 1, life_seq, life, '" to "', 9000000000, 1, 2, 'why' FROM unit WHERE kind = '" kind "' AND life = 'frozen'" \
  " AND id IN (SELECT row_id FROM lookback_item WHERE what IN ('unit', 'sample')) LIMIT 1"
  static const Refusal refusals[] = {
    { "UPDATE hold SET closed_at = 9000000000, closed_by = 3, closed_why = 'fine' WHERE kind = 'lookback'", "lookback-open" },
    { EVENT ("consumed", "intermediate"), "lookback-open" },
    { EVENT ("discarded", "dose_frozen"), "lookback-open" },
    { EVENT ("discarded", "retained"), "lookback-open" },
    { EVENT ("transferred_out", "dose_frozen"), "lookback-open" },
  };

  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
  store_exec (&fixture->store, REVIEW "decision = 'keep' WHERE what = 'lot'");
  store_refuse (&fixture->store, refusals[0].sql, DESK_ERROR_REFUSED, "lookback-open");
}

/* Rule 24: with anything not looked at, with a clock that runs, or without a word, it stays open; then it is shut. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  static const Refusal after[] = {
    { CLOSE "'again'", "journal-only-grows" },
    { "INSERT INTO lookback_item (lookback_id, what, row_id) VALUES (1, 'lot', 77)", "lookback-closed" },
    { "INSERT INTO legal_clock (lookback_id, rule, due_on) VALUES (1, 'harm-60', '2024-12-01')", "lookback-closed" },
    { "INSERT INTO lookback_road (item_id, road, ref_id, day) VALUES (1, 'bench', 1, '')", "lookback-closed" },
    { "INSERT INTO hold (lot_id, kind, reason, lookback_id, opened_at, opened_by) VALUES (1, 'lookback', 'late', 1, 1, 3)", "lookback-closed" },
  };

  store_refuse (&fixture->store, CLOSE "'done'", DESK_ERROR_REFUSED, "items-unreviewed");
  store_exec (&fixture->store, REVIEW "decision = 'keep' WHERE what IN ('lot', 'unit', 'sample')");
  store_exec (&fixture->store, REVIEW "decision = 'moved' WHERE what = 'visit'");
  store_refuse (&fixture->store, CLOSE "'done'", DESK_ERROR_REFUSED, "items-unreviewed");
  store_exec (&fixture->store, REVIEW "decision = 'not-needed', note = 'told by the hospital' WHERE what = 'patient'");
  store_refuse (&fixture->store, CLOSE "'done'", DESK_ERROR_REFUSED, "clock-open");
  store_exec (&fixture->store, STOP "outcome = 'not-due', note = 'nobody was harmed'");
  store_refuse (&fixture->store, CLOSE "'   '", DESK_ERROR_REFUSED, "reason-needed");
  store_exec (&fixture->store, CLOSE "'one strain, from the bath'");
  refuse_all (fixture, after, G_N_ELEMENTS (after));
  store_exec (&fixture->store, "UPDATE hold SET closed_at = 9000000000, closed_by = 3, closed_why = 'sequenced' WHERE kind = 'lookback'");
}

#define ADD(name, func) g_test_add ("/schema-lookback/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("journals", test_journals);
  ADD ("decisions", test_decisions);
  ADD ("evidence", test_evidence);
  ADD ("close", test_close);
  return g_test_run ();
}
