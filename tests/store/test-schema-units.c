/* The guards of units, custody, shipments and discards, asked with raw SQL past every function of ours. */
#include "bank-fixture.h"

typedef struct
{
  const char *sql;
  DeskError code;
  const char *message;
} Refusal;

#define TAKEN DESK_ERROR_TAKEN, "UNIQUE constraint failed"
#define CHECKED DESK_ERROR_REFUSED, "CHECK constraint failed"
#define FOREIGN DESK_ERROR_REFUSED, "FOREIGN KEY constraint failed"
#define RULE(code) DESK_ERROR_REFUSED, code

/* One event of the life axis: by 3, seen by 1, at 2000, with a reason. */
#define LIFE_WITH(unit, seq, prev, from, to, at, witness, reason, columns, values) \
  "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, reason" columns ")" \
  " VALUES (" unit ", 'life', " seq ", " prev ", '" from "', '" to "', " at ", 3, " witness ", '" reason "'" values ")"
#define LIFE(unit, seq, prev, from, to) LIFE_WITH (unit, seq, prev, from, to, "2000", "1", "why", "", "")
#define LIFE_AT(unit, seq, prev, from, to, at) LIFE_WITH (unit, seq, prev, from, to, at, "1", "why", "", "")
#define SHIPPED(unit, seq, prev, from, to, at, shipment) \
  LIFE_WITH (unit, seq, prev, from, to, at, "1", "why", ", shipment_id", ", " shipment)
#define RECORDED(unit, seq, prev, from, to, recorded) \
  LIFE_WITH (unit, seq, prev, from, to, "2000", "1", "why", ", recorded_at", ", " recorded)
#define PUT(unit, row, col, at, seconds) \
  "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id, seconds_out)" \
  " VALUES (" unit ", 3, " row ", " col ", " at ", 1, 2, " seconds ");"
#define TAKE_OUT(unit, at) "UPDATE placement SET until = " at ", ended_by = 1 WHERE unit_id = " unit " AND until IS NULL;"
#define CUSTODY(unit, seq, at, what, place, cause, performer) \
  "INSERT INTO custody (unit_id, seq, at, what, container_id, row, col, placement_id, move_id, event_seq, performer_id, witness_id)" \
  " VALUES (" unit ", " seq ", " at ", '" what "', " place ", " cause ", " performer ", 2)"
#define DISCARD(unit, code, document, approver, at) \
  "INSERT INTO discard (unit_id, code, method, document_id, approved_by, at) VALUES (" unit ", '" code "', 'autoclave', " document ", " approver ", " at ");"

/* Beside the bank's: 16 an intermediate, 17 planned only, 18 a sample in the box; a nurse, two who may approve, one who left. */
static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  bank_fixture_set_up (fixture, data);
  store_exec (fixture,
              "BEGIN;"
              "INSERT INTO staff (id, name, role, active) VALUES (4, 'Nurse', 'nurse', 1), (5, 'Doctor', 'physician', 1), (6, 'Gone', 'quality', 0);"
              "INSERT INTO document (id, patient_id, kind, received_at) VALUES (1, 1, 'consent', 0), (2, 2, 'consent', 0);"
              "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at) VALUES"
              " (16, 1, 1, 'intermediate', 'U16', 50, 1000, '2099-01-01', 0), (17, 1, 1, 'dose_frozen', 'U17', 50, 1000, '2099-01-01', 0),"
              " (18, 1, 1, 'qc', 'U18', 50, 1000, '2099-01-01', 0);"
              "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
              " SELECT id, 'life', 1, NULL, 'new', 'planned', 100, 1, 2 FROM unit WHERE id IN (16, 17, 18);"
              "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
              " SELECT id, 'life', 2, 1, 'planned', 'filled', 100, 1, 2 FROM unit WHERE id IN (16, 18);"
              "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
              " SELECT id, 'label', 1, NULL, 'new', 'none', 100, 1, 2 FROM unit WHERE id IN (16, 18);"
              "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
              " SELECT id, 'label', 2, 1, 'none', 'printed', 100, 1, 2 FROM unit WHERE id IN (16, 18);"
              "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, scanned)"
              " SELECT id, 'label', 3, 2, 'printed', 'verified', 100, 1, 2, number FROM unit WHERE id IN (16, 18);"
              PUT ("18", "3", "3", "1000", "0") LIFE_AT ("18", "3", "2", "filled", "frozen", "1000") ";"
              "COMMIT");
}

static gint64
number_of (StoreFixture *fixture, const char *sql)
{
  gint64 value = -1;

  g_assert_true (desk_db_value (fixture->db, &value, NULL, sql, ""));
  return value;
}

static gint64
fingerprint (StoreFixture *fixture)
{
  return number_of (fixture,
                    "SELECT (SELECT count (*) FROM unit_event) + (SELECT count (*) FROM custody) * 101"
                    " + (SELECT count (*) + sum (until IS NULL) * 3 FROM placement) * 10007 + (SELECT count (*) FROM discard) * 100003"
                    " + (SELECT count (*) * 7 + count (arrived_at) * 11 + COALESCE (sum (length (seal)), 0) FROM shipment) * 1000003"
                    " + (SELECT count (*) + count (closed_at) FROM hold) * 10000019"
                    " + (SELECT count (*) FROM lot) * 13 + (SELECT count (*) FROM collection) * 17 + (SELECT count (*) + count (barcode) FROM container) * 19"
                    " + (SELECT count (*) + sum (life_seq * id) + sum (length (barcode)) + sum (use_until_at) FROM unit) * 23");
}

static void
refuse_all (StoreFixture *fixture, const Refusal *refusals, guint n)
{
  gint64 before = fingerprint (fixture);

  for (guint i = 0; i < n; i++)
    {
      store_refuse (fixture, refusals[i].sql, refusals[i].code, refusals[i].message);
      if (fingerprint (fixture) != before)
        g_error ("left something behind: %s", refusals[i].sql);
    }
}

/* Units 11, 12 and 21 were filled (custody 1) and placed (custody 2, by placements 1, 2 and 3). */
static void
test_custody (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { CUSTODY ("11", "3", "2000", "hand", "NULL, 0, 0", "NULL, NULL, NULL", "1"), RULE ("custody-without-cause") },
    { CUSTODY ("11", "3", "2000", "waste", "NULL, 0, 0", "NULL, NULL, 9", "1"), RULE ("custody-without-cause") }, /* no such step */
    { CUSTODY ("11", "3", "1000", "place", "3, 1, 2", "2, NULL, NULL", "1"), RULE ("custody-without-cause") },   /* of another unit */
    { CUSTODY ("11", "3", "1000", "place", "3, 1, 2", "1, NULL, NULL", "1"), RULE ("custody-without-cause") },   /* another place */
    { CUSTODY ("11", "3", "1000", "place", "3, 1, 1", "1, NULL, NULL", "3"), RULE ("custody-without-cause") },   /* another person */
    { CUSTODY ("11", "3", "1001", "place", "3, 1, 1", "1, NULL, NULL", "1"), RULE ("custody-without-cause") },   /* another time */
    { CUSTODY ("11", "3", "1000", "hand", "NULL, 0, 0", "1, NULL, NULL", "1"), RULE ("custody-without-cause") },
    { CUSTODY ("11", "3", "1000", "place", "3, 1, 1", "NULL, 1, NULL", "1"), RULE ("custody-without-cause") },   /* no such move */
    { CUSTODY ("11", "3", "1000", "place", "3, 1, 1", "1, NULL, 2", "1"), CHECKED },                             /* two causes */
    /* freezing moves nothing, nor does planning: no row of its own can say that it is in hand */
    { CUSTODY ("11", "3", "1000", "hand", "NULL, 0, 0", "NULL, NULL, 3", "1"), RULE ("custody-without-cause") },
    { CUSTODY ("13", "2", "100", "hand", "NULL, 0, 0", "NULL, NULL, 1", "1"), RULE ("custody-without-cause") },
    { CUSTODY ("13", "2", "100", "patient", "NULL, 0, 0", "NULL, NULL, 2", "1"), RULE ("custody-without-cause") },
    { CUSTODY ("13", "2", "100", "hand", "NULL, 0, 0", "NULL, NULL, 2", "1"), TAKEN },                           /* told already */
    { CUSTODY ("11", "3", "1000", "place", "3, 1, 1", "1, NULL, NULL", "1"), TAKEN },
    { CUSTODY ("11", "4", "1000", "place", "3, 1, 1", "1, NULL, NULL", "1"), RULE ("journal-only-grows") },      /* a gap */
    { CUSTODY ("11", "2", "1000", "place", "3, 1, 1", "1, NULL, NULL", "1"), RULE ("journal-only-grows") },
    { "INSERT OR REPLACE INTO custody SELECT * FROM custody WHERE unit_id = 11 AND seq = 2", RULE ("journal-only-grows") },
    { "UPDATE custody SET at = 999 WHERE unit_id = 11", RULE ("journal-only-grows") },
    { "UPDATE custody SET performer_id = 3", RULE ("journal-only-grows") },
    { "DELETE FROM custody WHERE unit_id = 11 AND seq = 2", RULE ("journal-only-grows") },
    { PUT ("13", "3", "2", "50", "0"), RULE ("clock-went-back") }, /* placed before it was filled */
    { "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id) VALUES (13, 3, 3, 2, 2000, 1, 6)",
      RULE ("staff-not-active") },
    { "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id) VALUES (13, 3, 3, 2, 2000, 6)", RULE ("staff-not-active") },
    { PUT ("13", "3", "2", "2000", "-1"), CHECKED },
  };

  g_assert_cmpint (number_of (fixture, "SELECT count (*) FROM custody WHERE unit_id = 11"), ==, 2);
  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
  /* Nothing follows an end, not even what was true in the same second. */
  store_exec (fixture, TAKE_OUT ("12", "1000") DISCARD ("12", "damaged", "NULL", "NULL", "1000") LIFE_AT ("12", "4", "3", "frozen", "discarded", "1000"));
  g_assert_cmpint (number_of (fixture, "SELECT count (*) FROM custody WHERE unit_id = 12 AND seq = 3 AND what = 'waste'"), ==, 1);
  static const Refusal after[] = {
    { CUSTODY ("12", "4", "1000", "place", "3, 1, 2", "2, NULL, NULL", "1"), RULE ("final-state") },
    { PUT ("12", "1", "2", "2000", "0"), RULE ("not-storable") },
    { LIFE ("12", "5", "4", "discarded", "missing"), RULE ("final-state") },
    { "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " VALUES (12, 'label', 4, 3, 'verified', 'printed', 2000, 1, 2)", RULE ("final-state") },
  };
  refuse_all (fixture, after, G_N_ELEMENTS (after));
}

#define SHIPMENT(id, direction, party, physician) \
  "INSERT INTO shipment (id, number, direction, other_party, seal, allowed_min, allowed_max, left_at, left_by, physician_id)" \
  " VALUES (" id ", 'S" id "', '" direction "', '" party "', 'Z1', -1960, -1500, 1500, 1, " physician ");"
#define ARRIVE(id, at, by, with, seal, order, lowest, highest) \
  "UPDATE shipment SET arrived_at = " at ", arrived_by = " by ", arrived_with = " with ", seal_whole = " seal ", in_order = " order "," \
  " min_seen = " lowest ", max_seen = " highest " WHERE id = " id

static void
test_shipments (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, SHIPMENT ("1", "out", "Other clinic", "NULL") SHIPMENT ("2", "in", "Factory", "NULL") SHIPMENT ("3", "in", "", "NULL")
                       TAKE_OUT ("11", "1500") TAKE_OUT ("12", "1500") TAKE_OUT ("18", "1500"));
  store_exec (fixture, ARRIVE ("3", "1600", "1", "2", "1", "1", "-1900", "-1600"));
  static const Refusal refusals[] = {
    { "INSERT INTO shipment (number, direction, left_at, left_by, arrived_at, arrived_by, arrived_with, seal_whole, in_order)"
      " VALUES ('S9', 'in', 0, 1, 10, 1, 2, 1, 1)", RULE ("journal-only-grows") },
    { "INSERT INTO shipment (number, direction, left_at, left_by) VALUES ('S1', 'in', 0, 1)", TAKEN },
    { "INSERT INTO shipment (number, direction, left_at, left_by) VALUES ('S9', 'up', 0, 1)", CHECKED },
    { "INSERT INTO shipment (number, direction, left_at, left_by) VALUES ('S9', 'in', 0, 99)", FOREIGN },
    { LIFE ("11", "4", "3", "frozen", "in_transit"), RULE ("shipment-needed") },
    { SHIPPED ("11", "4", "3", "frozen", "in_transit", "2000", "99"), RULE ("shipment-needed") },
    { SHIPPED ("11", "4", "3", "frozen", "in_transit", "2000", "3"), RULE ("shipment-needed") }, /* it has arrived */
    { SHIPPED ("11", "4", "3", "frozen", "in_transit", "1499", "1"), RULE ("shipment-needed") }, /* before it left */
    { SHIPPED ("21", "4", "3", "frozen", "in_transit", "2000", "1"), RULE ("still-in-place") },
    { LIFE_WITH ("11", "4", "3", "frozen", "in_transit", "2000", "NULL", "why", ", shipment_id", ", 1"), RULE ("second-person-needed") },
    { "UPDATE shipment SET seal = 'Z9' WHERE id = 1", RULE ("journal-only-grows") },
    { "UPDATE shipment SET note = 'x' WHERE id = 1", RULE ("journal-only-grows") },
    { "UPDATE shipment SET number = 'S9' WHERE id = 1", RULE ("journal-only-grows") },
    { "UPDATE shipment SET id = 9 WHERE id = 1", RULE ("journal-only-grows") },
    { "DELETE FROM shipment WHERE id = 1", RULE ("journal-only-grows") },
    { ARRIVE ("1", "2000", "1", "1", "1", "1", "-1900", "-1600"), CHECKED },  /* nobody saw it */
    { ARRIVE ("1", "2000", "1", "NULL", "1", "1", "-1900", "-1600"), CHECKED },
    { ARRIVE ("1", "2000", "NULL", "2", "1", "1", "-1900", "-1600"), CHECKED },
    { ARRIVE ("1", "1499", "1", "2", "1", "1", "-1900", "-1600"), CHECKED },  /* before it left */
    { ARRIVE ("1", "2000", "1", "2", "NULL", "1", "-1900", "-1600"), RULE ("not-looked-at") },
    { ARRIVE ("1", "2000", "1", "2", "1", "NULL", "-1900", "-1600"), RULE ("not-looked-at") },
    { ARRIVE ("1", "2000", "1", "2", "1", "1", "NULL", "NULL"), RULE ("not-looked-at") },   /* in order without the logger */
    { ARRIVE ("1", "2000", "1", "2", "1", "1", "-1900", "NULL"), RULE ("not-looked-at") },
    { ARRIVE ("1", "2000", "1", "2", "1", "1", "-1600", "-1900"), RULE ("not-looked-at") },
    { "UPDATE shipment SET arrived_at = 2000, arrived_by = 1, arrived_with = 2, seal_whole = 1, in_order = 1, min_seen = -1900, max_seen = -1600,"
      " allowed_max = 0 WHERE id = 1", RULE ("journal-only-grows") },
    { ARRIVE ("3", "1700", "1", "2", "1", "1", "-1900", "-1600"), RULE ("journal-only-grows") },  /* a second time */
    { "UPDATE shipment SET arrived_at = NULL, arrived_by = NULL, arrived_with = NULL WHERE id = 3", RULE ("journal-only-grows") },
    { "UPDATE shipment SET max_seen = -1700 WHERE id = 3", RULE ("journal-only-grows") },
  };
  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
}

static void
test_arrival (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, SHIPMENT ("1", "out", "Other clinic", "NULL") SHIPMENT ("2", "in", "Factory", "NULL") SHIPMENT ("3", "in", "", "NULL")
                       TAKE_OUT ("11", "1500") TAKE_OUT ("12", "1500") TAKE_OUT ("18", "1500"));
  store_exec (fixture, SHIPPED ("11", "4", "3", "frozen", "in_transit", "1500", "1") ";" SHIPPED ("12", "4", "3", "frozen", "in_transit", "1500", "1") ";"
                       SHIPPED ("18", "4", "3", "frozen", "in_transit", "1500", "2"));
  g_assert_cmpint (number_of (fixture, "SELECT count (*) FROM custody WHERE what = 'way' AND shipment_id = 1"), ==, 2);
  store_exec (fixture, ARRIVE ("3", "1600", "1", "2", "1", "1", "-1900", "-1600"));
  static const Refusal on_the_way[] = {
    { SHIPPED ("11", "5", "4", "in_transit", "at_clinic", "2000", "1"), RULE ("not-arrived") },
    { SHIPPED ("11", "5", "4", "in_transit", "at_clinic", "2000", "3"), RULE ("not-arrived") }, /* not the one it is on */
    { LIFE ("11", "5", "4", "in_transit", "at_clinic"), RULE ("not-arrived") },
    { LIFE ("11", "5", "4", "in_transit", "frozen"), RULE ("place-needed") },
    { PUT ("11", "1", "1", "2000", "0"), RULE ("not-storable") },
  };
  refuse_all (fixture, on_the_way, G_N_ELEMENTS (on_the_way));
  /* Too warm for a tenth of a degree: both on it are held, and what came with another is not. */
  store_exec (fixture, ARRIVE ("1", "2000", "1", "2", "1", "1", "-1900", "-1499"));
  g_assert_cmpint (number_of (fixture, "SELECT count (*) FROM hold WHERE kind = 'transport' AND reason = 'shipment-temperature' AND unit_id IN (11, 12)"), ==, 2);
  g_assert_cmpint (number_of (fixture, "SELECT count (*) FROM hold"), ==, 2);
  store_exec (fixture, ARRIVE ("2", "2000", "1", "2", "1", "1", "-1960", "-1500")); /* the limits themselves are good */
  g_assert_cmpint (number_of (fixture, "SELECT count (*) FROM hold"), ==, 2);
  store_exec (fixture, SHIPPED ("11", "5", "4", "in_transit", "at_clinic", "2000", "1"));
  store_refuse (fixture, LIFE ("11", "6", "5", "at_clinic", "picked"), RULE ("unit-held"));
}

/* Opened on the way, and a box that is not as it should be: each in its own words. */
static void
test_arrival_seal (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, SHIPMENT ("1", "out", "Other clinic", "NULL") SHIPMENT ("2", "in", "Factory", "NULL") TAKE_OUT ("11", "1500") TAKE_OUT ("12", "1500"));
  store_exec (fixture, SHIPPED ("11", "4", "3", "frozen", "in_transit", "1500", "1") ";" SHIPPED ("12", "4", "3", "frozen", "in_transit", "1500", "2"));
  store_exec (fixture, ARRIVE ("1", "2000", "1", "2", "0", "1", "-1900", "-1600") ";" ARRIVE ("2", "2000", "1", "2", "1", "0", "NULL", "NULL"));
  g_assert_cmpint (number_of (fixture, "SELECT count (*) FROM hold WHERE unit_id = 11 AND reason = 'shipment-seal'"), ==, 1);
  g_assert_cmpint (number_of (fixture, "SELECT count (*) FROM hold WHERE unit_id = 12 AND reason = 'shipment-box'"), ==, 1);
}

#define WARMED "SELECT count (*) FROM hold WHERE unit_id = 12 AND kind = 'warming' AND closed_at IS NULL"

static void
test_warming (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, TAKE_OUT ("12", "1100") PUT ("12", "1", "2", "1195", "95"));
  g_assert_cmpint (number_of (fixture, WARMED), ==, 0);
  store_exec (fixture, TAKE_OUT ("12", "1200") PUT ("12", "1", "2", "1225", "25"));
  g_assert_cmpint (number_of (fixture, WARMED), ==, 0); /* 120 s: the budget itself is good */
  store_exec (fixture, TAKE_OUT ("12", "1300") PUT ("12", "1", "2", "1301", "1"));
  g_assert_cmpint (number_of (fixture, WARMED), ==, 1);
  store_exec (fixture, TAKE_OUT ("12", "1400") PUT ("12", "1", "2", "1450", "50"));
  g_assert_cmpint (number_of (fixture, WARMED), ==, 1); /* one hold, not one a move */
  store_refuse (fixture, "UPDATE hold SET closed_at = 1500, closed_by = 3", RULE ("reason-needed"));
  store_refuse (fixture, "DELETE FROM hold", RULE ("journal-only-grows"));
  /* The clinic's own budget. */
  store_exec (fixture, "INSERT INTO cell_setting (name, value) VALUES ('out-of-cold', 30)");
  store_exec (fixture, TAKE_OUT ("21", "1100") PUT ("21", "2", "1", "1131", "31"));
  g_assert_cmpint (number_of (fixture, "SELECT count (*) FROM hold WHERE unit_id = 21 AND kind = 'warming'"), ==, 1);
}

static void
test_ends (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, SHIPMENT ("1", "in", "Other clinic", "5") SHIPMENT ("2", "out", "", "5") SHIPMENT ("3", "out", "Other clinic", "NULL")
                       SHIPMENT ("4", "out", "Other clinic", "3") SHIPMENT ("5", "out", "Other clinic", "5") TAKE_OUT ("12", "1500"));
  static const Refusal refusals[] = {
    { LIFE ("12", "4", "3", "frozen", "transferred_out"), RULE ("receiver-needed") },
    { SHIPPED ("12", "4", "3", "frozen", "transferred_out", "2000", "1"), RULE ("receiver-needed") }, /* it comes in */
    { SHIPPED ("12", "4", "3", "frozen", "transferred_out", "2000", "2"), RULE ("receiver-needed") }, /* to nobody */
    { SHIPPED ("12", "4", "3", "frozen", "transferred_out", "2000", "3"), RULE ("receiver-needed") }, /* nobody ordered it */
    { SHIPPED ("12", "4", "3", "frozen", "transferred_out", "2000", "4"), RULE ("receiver-needed") }, /* no physician */
    { SHIPPED ("21", "4", "3", "frozen", "transferred_out", "2000", "5"), RULE ("still-in-place") },
    { LIFE_WITH ("12", "4", "3", "frozen", "transferred_out", "2000", "1", "", ", shipment_id", ", 5"), RULE ("reason-needed") },
    { LIFE_WITH ("12", "4", "3", "frozen", "transferred_out", "2000", "NULL", "why", ", shipment_id", ", 5"), RULE ("second-person-needed") },
    /* used up */
    { LIFE ("13", "3", "2", "filled", "consumed"), RULE ("not-an-intermediate") },
    { LIFE ("14", "3", "2", "filled", "consumed"), RULE ("not-an-intermediate") },
    { LIFE ("16", "3", "2", "filled", "consumed"), RULE ("lot-") },
    { LIFE_WITH ("15", "3", "2", "filled", "consumed", "2000", "1", "", "", ""), RULE ("reason-needed") },
    { LIFE_WITH ("15", "3", "2", "filled", "consumed", "2000", "NULL", "why", "", ""), RULE ("second-person-needed") },
    { LIFE ("18", "4", "3", "frozen", "consumed"), RULE ("still-in-place") },
    /* registered in error: only what nobody has had in hand */
    { LIFE ("13", "3", "2", "filled", "void"), RULE ("custody-began") },
    { LIFE ("11", "4", "3", "frozen", "void"), RULE ("custody-began") },
    { LIFE_WITH ("17", "2", "1", "planned", "void", "2000", "1", "", "", ""), RULE ("reason-needed") },
  };
  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
  store_exec (fixture, SHIPPED ("12", "4", "3", "frozen", "transferred_out", "2000", "5") ";" LIFE ("15", "3", "2", "filled", "consumed") ";"
                       LIFE ("17", "2", "1", "planned", "void"));
  static const Refusal after[] = {
    { LIFE ("12", "5", "4", "transferred_out", "missing"), RULE ("final-state") },
    { LIFE ("15", "4", "3", "consumed", "discarded"), RULE ("discard-needed") },
    { LIFE ("17", "3", "2", "void", "filled"), RULE ("final-state") },
    { DISCARD ("12", "damaged", "NULL", "5", "2000"), RULE ("final-state") },
    { DISCARD ("15", "damaged", "NULL", "5", "2000"), RULE ("final-state") },
    { DISCARD ("17", "damaged", "NULL", "5", "2000"), RULE ("final-state") },
  };
  refuse_all (fixture, after, G_N_ELEMENTS (after));
}

#define THROWN(unit) LIFE (unit, "4", "3", "frozen", "discarded")

static void
test_discards (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { THROWN ("12"), RULE ("discard-needed") },
    { DISCARD ("12", "damaged", "NULL", "NULL", "2001") THROWN ("12"), RULE ("discard-needed") }, /* written for later */
    { DISCARD ("12", "consent_withdrawn", "NULL", "NULL", "2000"), RULE ("document-needed") },
    { DISCARD ("12", "consent_ended", "NULL", "NULL", "2000"), RULE ("document-needed") },
    { DISCARD ("12", "patient_died", "NULL", "NULL", "2000"), RULE ("document-needed") },
    { DISCARD ("12", "consent_withdrawn", "2", "NULL", "2000"), RULE ("document-needed") },       /* of the other patient */
    { DISCARD ("12", "consent_withdrawn", "99", "NULL", "2000"), RULE ("document-needed") },
    { DISCARD ("12", "tidying", "NULL", "NULL", "2000"), CHECKED },
    { "INSERT INTO discard (unit_id, code, method, at) VALUES (12, 'damaged', 'sink', 2000)", CHECKED },
    { DISCARD ("12", "damaged", "NULL", "6", "2000"), RULE ("staff-not-active") },
    { DISCARD ("17", "damaged", "NULL", "5", "2000"), RULE ("not-possible") },                    /* nothing there yet */
    /* 11 was good: quality agrees, and not who throws it away */
    { TAKE_OUT ("11", "1500") DISCARD ("11", "damaged", "NULL", "NULL", "2000") THROWN ("11"), RULE ("approval-needed") },
    { TAKE_OUT ("11", "1500") DISCARD ("11", "damaged", "NULL", "3", "2000") THROWN ("11"), RULE ("approval-needed") },
    { TAKE_OUT ("11", "1500") DISCARD ("11", "damaged", "NULL", "4", "2000") THROWN ("11"), RULE ("approval-needed") },
    { TAKE_OUT ("11", "1500") DISCARD ("11", "damaged", "NULL", "1", "2000") THROWN ("11"), RULE ("approval-needed") },
    { DISCARD ("11", "damaged", "NULL", "5", "2000") THROWN ("11"), RULE ("still-in-place") },
    { TAKE_OUT ("11", "1500") DISCARD ("11", "damaged", "NULL", "5", "2000")
      LIFE_WITH ("11", "4", "3", "frozen", "discarded", "2000", "NULL", "why", "", ""), RULE ("second-person-needed") },
    { TAKE_OUT ("11", "1500") DISCARD ("11", "damaged", "NULL", "5", "2000")
      LIFE_WITH ("11", "4", "3", "frozen", "discarded", "2000", "3", "why", "", ""), CHECKED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      gint64 before = fingerprint (fixture);

      /* More than one statement: all of them or none. */
      store_exec (fixture, "BEGIN");
      store_refuse (fixture, refusals[i].sql, refusals[i].code, refusals[i].message);
      store_exec (fixture, "ROLLBACK");
      g_assert_cmpint (fingerprint (fixture), ==, before);
    }
  store_exec (fixture, TAKE_OUT ("11", "1500") DISCARD ("11", "consent_withdrawn", "1", "5", "2000") THROWN ("11"));
  static const Refusal after[] = {
    { "UPDATE discard SET code = 'damaged'", RULE ("journal-only-grows") },
    { "UPDATE discard SET approved_by = 3", RULE ("journal-only-grows") },
    { "DELETE FROM discard", RULE ("journal-only-grows") },
    { DISCARD ("11", "damaged", "NULL", "5", "2000"), RULE ("final-state") },
    { "INSERT OR REPLACE INTO discard SELECT * FROM discard", RULE ("final-state") },
    { "DELETE FROM document WHERE id = 1", DESK_ERROR_REFUSED, NULL },
  };
  refuse_all (fixture, after, G_N_ELEMENTS (after));
  store_exec (fixture, DISCARD ("12", "damaged", "NULL", "NULL", "2000"));
  store_refuse (fixture, DISCARD ("12", "expired", "NULL", "NULL", "2000"), TAKEN);
}

/* What was thawed is never cold again, by no road. */
static void
test_thaws_once (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, TAKE_OUT ("18", "1500") LIFE ("18", "4", "3", "frozen", "picked") ";" LIFE ("18", "5", "4", "picked", "thawing"));
  static const Refusal thawing[] = {
    { LIFE ("18", "6", "5", "thawing", "thawing"), FOREIGN },
    { LIFE ("18", "6", "5", "thawing", "frozen"), RULE ("place-needed") },
    { LIFE ("18", "6", "5", "thawing", "picked"), FOREIGN },
    { LIFE ("18", "6", "5", "thawing", "missing"), FOREIGN },
    { PUT ("18", "3", "3", "2000", "0"), RULE ("not-storable") },
  };
  refuse_all (fixture, thawing, G_N_ELEMENTS (thawing));
  store_exec (fixture, LIFE ("18", "6", "5", "thawing", "thawed"));
  static const Refusal thawed[] = {
    { LIFE ("18", "7", "6", "thawed", "thawing"), FOREIGN },
    { LIFE ("18", "7", "6", "thawed", "picked"), FOREIGN },
    { LIFE ("18", "7", "6", "thawed", "frozen"), RULE ("place-needed") },
    { LIFE ("18", "7", "6", "thawed", "filled"), FOREIGN },
    { LIFE ("18", "7", "6", "thawed", "missing"), FOREIGN },
    { SHIPMENT ("1", "out", "Other clinic", "NULL") SHIPPED ("18", "7", "6", "thawed", "in_transit", "2000", "1"), FOREIGN },
    { PUT ("18", "3", "3", "2000", "0"), RULE ("not-storable") },
  };
  for (guint i = 0; i < G_N_ELEMENTS (thawed); i++)
    {
      store_exec (fixture, "BEGIN");
      store_refuse (fixture, thawed[i].sql, thawed[i].code, thawed[i].message);
      store_exec (fixture, "ROLLBACK");
    }
  store_exec (fixture, LIFE ("18", "7", "6", "thawed", "consumed"));
}

static void
test_missing (StoreFixture *fixture, gconstpointer data)
{
  store_refuse (fixture, LIFE ("12", "4", "3", "frozen", "missing"), RULE ("still-in-place"));
  store_exec (fixture, TAKE_OUT ("12", "1500") LIFE ("12", "4", "3", "frozen", "missing"));
  store_refuse (fixture, LIFE ("12", "5", "4", "missing", "frozen"), RULE ("place-needed"));
  store_exec (fixture, PUT ("12", "1", "2", "2000", "0"));
  static const Refusal refusals[] = {
    { LIFE_WITH ("12", "5", "4", "missing", "frozen", "2000", "NULL", "why", "", ""), RULE ("second-person-needed") },
    { LIFE_WITH ("12", "5", "4", "missing", "frozen", "2000", "3", "why", "", ""), CHECKED },
    { LIFE_WITH ("12", "5", "4", "missing", "frozen", "2000", "6", "why", "", ""), RULE ("staff-not-active") },
    { LIFE ("12", "5", "4", "missing", "filled"), RULE ("not-as-it-was") },
    { LIFE ("12", "5", "4", "missing", "at_clinic"), RULE ("not-as-it-was") },
    { LIFE ("12", "5", "4", "missing", "fresh_ready"), RULE ("not-as-it-was") },
    { LIFE ("12", "5", "4", "missing", "picked"), RULE ("not-released") },
    { LIFE ("12", "5", "4", "missing", "thawed"), RULE ("thaw-needed") },
    { LIFE_AT ("12", "5", "4", "missing", "frozen", "1999"), RULE ("clock-went-back") },
  };
  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
  store_exec (fixture, LIFE ("12", "5", "4", "missing", "frozen"));
  g_assert_cmpint (number_of (fixture, "SELECT count (*) FROM hold WHERE unit_id = 12 AND kind = 'deviation' AND reason = 'was-missing' AND closed_at IS NULL"), ==, 1);
}

static void
test_clocks (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, TAKE_OUT ("18", "1500") RECORDED ("18", "4", "3", "frozen", "picked", "5000"));
  static const Refusal refusals[] = {
    { RECORDED ("18", "5", "4", "picked", "thawing", "4999"), RULE ("clock-went-back") },
    { RECORDED ("18", "5", "4", "picked", "thawing", "1"), RULE ("clock-went-back") },
    { LIFE_AT ("18", "5", "4", "picked", "thawing", "1999"), RULE ("clock-went-back") },
    { PUT ("18", "3", "3", "1499", "0"), RULE ("clock-went-back") },
    { PUT ("18", "3", "3", "1999", "0"), RULE ("clock-went-back") }, /* after it was taken out, before it was in hand */
  };
  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
  store_exec (fixture, RECORDED ("18", "5", "4", "picked", "thawing", "5000"));
}

static void
test_fresh (StoreFixture *fixture, gconstpointer data)
{
  static const Refusal refusals[] = {
    { LIFE ("14", "3", "2", "filled", "fresh_ready"), RULE ("use-by-needed") },
    { "UPDATE unit SET use_until_at = 2500 WHERE id = 11", RULE ("owner-is-fixed") }, /* no longer to be said */
  };

  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
  store_exec (fixture, "UPDATE unit SET use_until_at = 2500, division = '00' WHERE id = 14;" LIFE ("14", "3", "2", "filled", "fresh_ready") ";"
                       "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
                       " VALUES (14, 'quality', 2, 1, 'quarantine', 'released', 2000, 3, 2)");
  static const Refusal after[] = {
    { LIFE_AT ("14", "4", "3", "fresh_ready", "picked", "2501"), RULE ("expired") },
    { LIFE_AT ("14", "4", "3", "fresh_ready", "picked", "2500"), RULE ("not-reserved") }, /* the last second is good */
    { "UPDATE unit SET use_until_at = 9999 WHERE id = 14", RULE ("owner-is-fixed") },
    { "UPDATE unit SET use_until_at = 0 WHERE id = 14", RULE ("owner-is-fixed") },
    { "UPDATE unit SET division = '01' WHERE id = 14", RULE ("owner-is-fixed") },
  };
  refuse_all (fixture, after, G_N_ELEMENTS (after));
}

#define NEW_UNIT(number, barcode) \
  "INSERT INTO unit (lot_id, patient_id, kind, number, barcode, volume_ml, cells, use_until, created_at)" \
  " VALUES (1, 1, 'qc', '" number "', '" barcode "', 5, 5, '2099-01-01', 0)"
#define NEW_LOT(number) "INSERT INTO lot (patient_id, collection_id, number, started_on) VALUES (1, 1, '" number "', '2026-01-01')"
#define NEW_COLLECTION(number) \
  "INSERT INTO collection (patient_id, number, method, collected_at, volume_ml, operator_id, coi_id) VALUES (1, '" number "', 'blood_draw', 0, 50, 1, 1)"
#define NEW_BOX(barcode) "INSERT INTO container (kind, name, barcode) VALUES ('box', 'New', '" barcode "')"

/* Unit 13's label carries B13; lot L1, collection C1, container T-ROUND. */
static void
test_numbers (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, "UPDATE unit SET barcode = 'B13' WHERE id = 13");
  static const Refusal refusals[] = {
    { NEW_UNIT ("U11", ""), TAKEN },
    { NEW_UNIT ("B13", ""), RULE ("number-reuse") },
    { NEW_UNIT ("L1", ""), RULE ("number-reuse") },
    { NEW_UNIT ("C1", ""), RULE ("number-reuse") },
    { NEW_UNIT ("T-ROUND", ""), RULE ("code-taken") },
    { NEW_UNIT ("U99", "U11"), RULE ("number-reuse") },
    { NEW_UNIT ("U99", "B13"), RULE ("number-reuse") },
    { NEW_UNIT ("U99", "L1"), RULE ("number-reuse") },
    { NEW_UNIT ("U99", "C1"), RULE ("number-reuse") },
    { NEW_UNIT ("U99", "T-ROUND"), RULE ("code-taken") },
    { "UPDATE unit SET barcode = 'U11' WHERE id = 12", RULE ("number-reuse") },
    { "UPDATE unit SET barcode = 'L1' WHERE id = 12", RULE ("number-reuse") },
    { "UPDATE unit SET barcode = 'C1' WHERE id = 12", RULE ("number-reuse") },
    { "UPDATE unit SET barcode = 'B13' WHERE id = 12", TAKEN },
    { "UPDATE unit SET barcode = 'T-ROUND' WHERE id = 12", RULE ("code-taken") },
    { "UPDATE unit SET barcode = 'B14' WHERE id = 13", RULE ("owner-is-fixed") },
    { "UPDATE unit SET barcode = '' WHERE id = 13", RULE ("owner-is-fixed") },
    { NEW_LOT ("L1"), TAKEN },
    { NEW_LOT ("U11"), RULE ("number-reuse") },
    { NEW_LOT ("B13"), RULE ("number-reuse") },
    { NEW_LOT ("C1"), RULE ("number-reuse") },
    { NEW_LOT ("T-ROUND"), RULE ("number-reuse") },
    { NEW_COLLECTION ("C1"), TAKEN },
    { NEW_COLLECTION ("U11"), RULE ("number-reuse") },
    { NEW_COLLECTION ("B13"), RULE ("number-reuse") },
    { NEW_COLLECTION ("L1"), RULE ("number-reuse") },
    { NEW_COLLECTION ("T-ROUND"), RULE ("number-reuse") },
    { NEW_BOX ("U11"), RULE ("code-taken") },
    { NEW_BOX ("B13"), RULE ("code-taken") },
    { NEW_BOX ("L1"), RULE ("number-reuse") },
    { NEW_BOX ("C1"), RULE ("number-reuse") },
    { "UPDATE container SET barcode = 'L1' WHERE id = 4", RULE ("number-reuse") },
    { "UPDATE container SET barcode = 'C1' WHERE id = 4", RULE ("number-reuse") },
    { "UPDATE container SET barcode = 'B13' WHERE id = 4", RULE ("code-taken") },
    { "UPDATE lot SET number = 'U11' WHERE id = 1", RULE ("owner-is-fixed") },
    { "UPDATE collection SET number = 'U11' WHERE id = 1", RULE ("journal-only-grows") },
  };

  refuse_all (fixture, refusals, G_N_ELEMENTS (refusals));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/schema-units/" path, StoreFixture, NULL, set_up, test, store_fixture_tear_down)
  ADD ("custody", test_custody);
  ADD ("shipments", test_shipments);
  ADD ("arrival", test_arrival);
  ADD ("arrival-seal", test_arrival_seal);
  ADD ("warming", test_warming);
  ADD ("ends", test_ends);
  ADD ("discards", test_discards);
  ADD ("thaws-once", test_thaws_once);
  ADD ("missing", test_missing);
  ADD ("clocks", test_clocks);
  ADD ("fresh", test_fresh);
  ADD ("numbers", test_numbers);
  return g_test_run ();
}
