/* The bedside in bulk: each row as the program writes it, before the event that belongs to it. */
#include "desk-bulk-private.h"

void
desk_bulk_secret (DeskBulk *bulk, gint64 staff_id, const char *hash, gint64 at)
{
  desk_bulk_run (bulk, "INSERT INTO staff_secret (staff_id, hash, set_at) VALUES ($1, $2, $3)", "iti", staff_id, hash, at);
}

void
desk_bulk_bath (DeskBulk *bulk, const char *name, const char *barcode)
{
  desk_bulk_run (bulk, "INSERT INTO device (kind, name, barcode) VALUES ('bath', $1, $2)", "tt", name, barcode);
}

/* unit_id 0 for what is not of a unit. */
void
desk_bulk_sign (DeskBulk *bulk, gint64 staff_id, const char *purpose, gint64 unit_id, gint64 at)
{
  desk_bulk_run (bulk, "INSERT INTO signature (staff_id, purpose, unit_id, at) VALUES ($1, $2, NULLIF ($3, 0), $4)", "itii",
                 staff_id, purpose, unit_id, at);
}

void
desk_bulk_order (DeskBulk *bulk, gint64 visit_id, gint64 physician, gint64 cells_min, gint64 cells_max, int weight_g, gint64 at)
{
  desk_bulk_sign (bulk, physician, "order", 0, at);
  desk_bulk_run (bulk,
                 "INSERT INTO infusion_order (visit_id, physician_id, cells_min, cells_max, weight_g, at)"
                 " VALUES ($1, $2, $3, $4, $5, $6)",
                 "iiiidi", visit_id, physician, cells_min, cells_max, weight_g, at);
}

/* Opens the bath and puts the unit into it. */
void
desk_bulk_thaw (DeskBulk *bulk, gint64 unit_id, gint64 visit_id, const char *bath, DeskBulkActor by)
{
  desk_bulk_run (bulk,
                 "INSERT INTO thaw_session (device_id, visit_id, opened_at, opened_by, temperature, cleaned)"
                 " SELECT id, $2, $3, $4, 370, 1 FROM device WHERE name = $1",
                 "tiii", bath, visit_id, by.at, by.performer);
  desk_bulk_run (bulk,
                 "INSERT INTO thaw (unit_id, session_id, started_at)"
                 " SELECT $1, s.id, $3 FROM thaw_session s JOIN device d ON d.id = s.device_id AND d.name = $2 WHERE s.closed_at IS NULL",
                 "iti", unit_id, bath, by.at);
}

/* Takes the unit out, whole, good for limit seconds, and closes the bath. */
void
desk_bulk_thawed (DeskBulk *bulk, gint64 unit_id, int limit, DeskBulkActor by)
{
  desk_bulk_run (bulk, "UPDATE thaw SET ended_at = $2, bag_whole = 1, use_until = $2 + $3 WHERE unit_id = $1", "iid", unit_id,
                 by.at, limit);
  desk_bulk_run (bulk,
                 "UPDATE thaw_session SET closed_at = $2, closed_by = $3 WHERE id = (SELECT session_id FROM thaw WHERE unit_id = $1)",
                 "iii", unit_id, by.at, by.performer);
}

/* Label and wristband read, name and birth date said. */
void
desk_bulk_check (DeskBulk *bulk, gint64 unit_id, gint64 visit_id, DeskBulkActor by)
{
  desk_bulk_run (bulk,
                 "INSERT INTO bedside_check (unit_id, visit_id, scanned_unit, scanned_patient, said_name, said_birth, at, performer_id,"
                 " witness_id) SELECT u.id, $2, u.number, p.chart, 1, 1, $3, $4, $5"
                 " FROM unit u JOIN patient p ON p.id = u.patient_id WHERE u.id = $1",
                 "iiiii", unit_id, visit_id, by.at, by.performer, by.witness);
}

/* All of it given; reaction "" and grade 0 for none. */
void
desk_bulk_infusion_end (DeskBulk *bulk, const DeskUnit *unit, int volume_ml, const char *reaction, int grade, DeskBulkActor by)
{
  desk_bulk_run (bulk,
                 "INSERT INTO infusion_end (unit_id, ended_at, volume_ml, cells, reaction, grade, performer_id)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                 "iiditdi", unit->id, by.at, volume_ml, unit->cells, reaction, grade, by.performer);
}

/* Systolic, diastolic, pulse, tenths of a degree, saturation. */
void
desk_bulk_vitals (DeskBulk *bulk, gint64 visit_id, const char *phase, const int *values, DeskBulkActor by)
{
  desk_bulk_run (bulk,
                 "INSERT INTO vitals (visit_id, phase, at, systolic, diastolic, pulse, temperature, saturation, by_id)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                 "itidddddi", visit_id, phase, by.at, values[0], values[1], values[2], values[3], values[4], by.performer);
}
