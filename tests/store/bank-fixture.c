#include "bank-fixture.h"

/* Unit 11 is released and frozen, 12 frozen, 13 filled, 14 a fresh dose, 15 a sample, 21 and 22 of the other patient. */
static const char units[]
    = "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at) VALUES"
      " (11, 1, 1, 'dose_frozen', 'U11', 50, 1000, '2099-01-01', 0), (12, 1, 1, 'dose_frozen', 'U12', 50, 1000, '2099-01-01', 0),"
      " (13, 1, 1, 'dose_frozen', 'U13', 50, 1000, '2099-01-01', 0), (14, 1, 1, 'dose_fresh', 'U14', 50, 1000, '2099-01-01', 0),"
      " (15, 1, 1, 'qc', 'U15', 50, 1000, '2099-01-01', 0), (21, 2, 2, 'dose_frozen', 'U21', 50, 1000, '2099-01-01', 0),"
      " (22, 2, 2, 'dose_frozen', 'U22', 50, 1000, '2099-01-01', 0);"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT id, 'life', 1, NULL, 'new', 'planned', 100, 1, 2 FROM unit;"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT id, 'quality', 1, NULL, 'new', 'quarantine', 100, 1, 2 FROM unit;"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT id, 'label', 1, NULL, 'new', 'none', 100, 1, 2 FROM unit;"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT id, 'life', 2, 1, 'planned', 'filled', 100, 1, 2 FROM unit;"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT id, 'label', 2, 1, 'none', 'printed', 100, 1, 2 FROM unit;"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, scanned)"
      " SELECT id, 'label', 3, 2, 'printed', 'verified', 100, 1, 2, number FROM unit;"
      "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id) VALUES"
      " (11, 3, 1, 1, 1000, 1, 2), (12, 3, 1, 2, 1000, 1, 2), (21, 3, 2, 1, 1000, 1, 2);"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " SELECT unit_id, 'life', 3, 2, 'filled', 'frozen', 1000, 1, 2 FROM placement;"
      "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
      " VALUES (11, 'quality', 2, 1, 'quarantine', 'released', 1000, 3, 2);";

void
bank_fixture_set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture,
              "BEGIN;"
              "INSERT INTO staff (id, name, role) VALUES (1, 'Culture', 'culture'), (2, 'Second', 'culture'), (3, 'Quality', 'quality');"
              "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (1, 'P1', 'One', 0, 0), (2, 'P2', 'Two', 0, 0);"
              "INSERT INTO container (id, parent_id, kind, name, cold_class, in_service) VALUES (1, NULL, 'tank', 'Tank', 'vapour', 1),"
              " (2, 1, 'rack', 'Rack', '', 1), (5, NULL, 'tank', 'Broken', 'vapour', 0);"
              "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols, row) VALUES (3, 2, 'box', 'Box', 'grid', 3, 3, 1);"
              "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols, row, fill_order) VALUES (4, 2, 'box', 'Empty', 'grid', 2, 2, 2, 'vbr');"
              "INSERT INTO container (id, kind, name, layout, rows, cols, levels, cold_class, barcode) VALUES"
              " (6, 'tank', 'Round', 'sector', 2, 4, 2, 'liquid', 'T-ROUND');"
              "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols, row, col) VALUES (7, 6, 'cane', 'Cane', 'list', 1, 6, 1, 1);"
              "INSERT INTO container (id, kind, name, layout, rows, cols, quarantine_only) VALUES (8, 'box', 'Quarantine', 'grid', 2, 2, 1);"
              "INSERT INTO container (id, kind, name, layout, rows, cols, biohazard_only) VALUES (9, 'box', 'Hazard', 'grid', 2, 2, 1);"
              "INSERT INTO container (id, kind, name, layout, rows, cols, allowed_kinds) VALUES (10, 'box', 'Samples', 'grid', 2, 2, 'qc,retained');"
              "INSERT INTO container (id, kind, name, layout, rows, cols, cold_class) VALUES (11, 'refrigerator', 'Fridge', 'list', 1, 9, 'cool');"
              "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols, row, col) VALUES (12, 6, 'cassette', 'Cassette', 'single', 1, 1, 1, 2),"
              " (13, 5, 'box', 'Other', 'grid', 2, 2, 0, 0);"
              "INSERT INTO coi (id, number, opened_at, opened_by) VALUES (1, 'I1', 0, 1), (2, 'I2', 0, 1);"
              "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id)"
              " VALUES (1, 1, 'C1', 'blood_draw', 0, 50, 1, 1), (2, 2, 'C2', 'blood_draw', 0, 50, 1, 2);"
              "INSERT INTO lot (id, patient_id, collection_id, number, started_on) VALUES (1, 1, 1, 'L1', '2026-01-01'), (2, 2, 2, 'L2', '2026-01-01');"
              "INSERT INTO result (lot_id, test, value, limit_text, passed, stage, reported_on, entered_at, entered_by)"
              " SELECT 1, t.column1, 'ok', 'ok', 1, 'final', '2026-01-02', 0, 1 FROM (VALUES ('viability'), ('count'), ('purity'),"
              " ('endotoxin'), ('mycoplasma'), ('sterility')) t;"
              "INSERT INTO result_check (result_id, checked_at, checked_by) SELECT id, 0, 2 FROM result;");
  store_exec (fixture, units);
  store_exec (fixture, "COMMIT");
}
