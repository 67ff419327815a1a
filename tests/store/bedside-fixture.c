#include "bedside-fixture.h"

#define VISIT "(SELECT visit_id FROM reservation WHERE unit_id = %1$d AND closed_at IS NULL)"
#define PHYSICIAN "(SELECT min (id) FROM staff WHERE role = 'physician' AND active = 1)"
#define STAMP(from, to) \
  "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at)" \
  " SELECT id, 1 + (SELECT count (*) FROM visit_stamp s WHERE s.visit_id = visit.id), '" from "', '" to "', %2$d FROM visit" \
  " WHERE id = " VISIT " AND status = '" from "';" \
  "UPDATE visit SET status = '" to "' WHERE id = " VISIT " AND status = '" from "';"

/* 1 is the unit, 2 the instant, 3 who does it, 4 who sees it. */
static const struct
{
  const char *to_state, *sql;
} before[] = {
  { "thawing",
    "INSERT INTO staff (name, role) SELECT 'Physician of the bedside', 'physician' WHERE " PHYSICIAN " IS NULL;"
    "INSERT INTO staff_secret (staff_id, hash, set_at) SELECT id, '*', 0 FROM staff WHERE id NOT IN (SELECT staff_id FROM staff_secret);"
    STAMP ("arrived", "checked_in") STAMP ("checked_in", "in_room")
    "INSERT INTO signature (staff_id, purpose, at) VALUES (" PHYSICIAN ", 'order', %2$d);"
    "INSERT INTO infusion_order (visit_id, physician_id, cells_min, cells_max, at) SELECT " VISIT ", " PHYSICIAN ", 0, 1000000000000, %2$d"
    " WHERE NOT EXISTS (SELECT 1 FROM infusion_order WHERE visit_id = " VISIT " AND withdrawn_at IS NULL);"
    "INSERT INTO device (kind, name) VALUES ('bath', 'Bath of unit %1$d');"
    "INSERT INTO thaw_session (device_id, visit_id, opened_at, opened_by, temperature, cleaned)"
    " SELECT max (id), " VISIT ", %2$d, %3$d, 370, 1 FROM device;"
    "INSERT INTO thaw (unit_id, session_id, started_at) SELECT %1$d, max (id), %2$d FROM thaw_session" },
  { "thawed",
    "UPDATE thaw SET ended_at = %2$d, bag_whole = 1, use_until = %2$d + 1800 WHERE unit_id = %1$d;"
    "UPDATE thaw_session SET closed_at = %2$d, closed_by = %3$d WHERE id = (SELECT session_id FROM thaw WHERE unit_id = %1$d)" },
  { "at_bedside",
    "INSERT INTO bedside_check (unit_id, visit_id, scanned_unit, scanned_patient, said_name, said_birth, at, performer_id, witness_id)"
    " SELECT u.id, " VISIT ", u.number, p.chart, 1, 1, %2$d, %3$d, %4$d FROM unit u JOIN patient p ON p.id = u.patient_id WHERE u.id = %1$d" },
  { "infusing",
    "INSERT INTO signature (staff_id, purpose, unit_id, at) VALUES (%4$d, 'infuse', %1$d, %2$d), (%4$d, 'infuse', %1$d, %2$d + 1),"
    " (%4$d, 'infuse', %1$d, %2$d + 2), (%4$d, 'infuse', %1$d, %2$d + 3)" },
  { "infused",
    "INSERT INTO infusion_end (unit_id, ended_at, volume_ml, cells, performer_id)"
    " SELECT u.id, i.started_at, u.volume_ml, u.cells, %3$d FROM unit u JOIN infusion i ON i.unit_id = u.id WHERE u.id = %1$d" },
  { "part_infused",
    "INSERT INTO infusion_end (unit_id, ended_at, volume_ml, cells, reason, rest, performer_id)"
    " SELECT u.id, i.started_at, 1, 1, 'why', 'autoclave', %3$d FROM unit u JOIN infusion i ON i.unit_id = u.id WHERE u.id = %1$d" },
};

/* The marks replaced by the numbers. The caller frees it. */
static char *
fill_in (const char *sql, const gint64 *values, guint n)
{
  char *text = g_strdup (sql);

  for (guint v = 0; v < n; v++)
    {
      g_autofree char *mark = g_strdup_printf ("%%%u$d", v + 1);
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, values[v]);
      g_auto (GStrv) parts = g_strsplit (text, mark, -1);

      g_free (text);
      text = g_strjoinv (number, parts);
    }
  return text;
}

gboolean
bedside_before (DeskDb *db, gint64 unit, const char *to_state, gint64 at, gint64 performer, gint64 witness)
{
  const gint64 values[] = { unit, at ? at : g_get_real_time () / G_USEC_PER_SEC, performer, witness };

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    if (g_strcmp0 (before[i].to_state, to_state) == 0)
      {
        g_autofree char *sql = fill_in (before[i].sql, values, G_N_ELEMENTS (values));
        g_autoptr (GError) error = NULL;

        if (!desk_db_exec (db, sql, &error))
          {
            g_test_message ("before %s: %s", to_state, error->message);
            return FALSE;
          }
      }
  return TRUE;
}
