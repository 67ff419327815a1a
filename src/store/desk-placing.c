/* Units put into places: one, or many one after the other. */
#include "desk-cells-private.h"

#include <string.h>

/* Makes of an error that a place is taken one that names who or what is there: "A1 is taken by L26-0001-01". */
void
desk_place_name_occupant (DeskDb *db, const DeskContainer *container, int row, int col, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, NULL,
      "SELECT u.number FROM placement p JOIN unit u ON u.id = p.unit_id"
      " WHERE p.container_id = $1 AND p.row = $2 AND p.col = $3 AND p.until IS NULL"
      " UNION ALL SELECT name FROM container WHERE parent_id = $1 AND row = $2 AND col = $3 AND retired = 0",
      "idd", container->id, row, col);

  if (stmt && desk_stmt_step (stmt, NULL) == DESK_STEP_ROW)
    {
      g_autofree char *place = desk_place_name_in (container, row, col);

      g_clear_error (error);
      g_set_error (error, DESK_ERROR, DESK_ERROR_TAKEN, "%s is taken by %s", place, desk_stmt_text (stmt, 0));
    }
}

/* The patients whose units stand in a container itself. */
static GArray *
patients_in (DeskDb *db, gint64 container_id, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT DISTINCT u.patient_id FROM placement p JOIN unit u ON u.id = p.unit_id WHERE p.container_id = $1 AND p.until IS NULL", "i",
      container_id);
  DeskStep step;

  if (!stmt)
    return NULL;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);
      g_array_append_val (ids, id);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* Whether a second person has to look on when the unit is put into the container. */
gboolean
desk_place_wants_witness (DeskDb *db, gint64 unit_id, gint64 container_id, gboolean *wants, GError **error)
{
  g_autoptr (GArray) patients = patients_in (db, container_id, error);
  gint64 patient_id;

  if (!patients || !desk_db_value (db, &patient_id, error, "SELECT patient_id FROM unit WHERE id = $1", "i", unit_id))
    return FALSE;
  *wants = desk_place_needs_witness (patient_id, (const gint64 *) patients->data, patients->len);
  return TRUE;
}

/* Whether all doses of a patient that stand in a place stand in one tank or freezer: to be said, not refused. */
gboolean
desk_bank_one_tank (DeskDb *db, gint64 patient_id, gboolean *one, GError **error)
{
  g_autoptr (GArray) tanks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT COALESCE ((SELECT a.above_id FROM container_above a JOIN container c ON c.id = a.above_id"
      "                  WHERE a.container_id = p.container_id AND c.kind IN ('tank', 'freezer') ORDER BY a.depth DESC LIMIT 1), 0)"
      " FROM unit u JOIN placement p ON p.unit_id = u.id AND p.until IS NULL WHERE u.patient_id = $1 AND u.kind = 'dose_frozen'",
      "i", patient_id);
  DeskStep step;

  if (!stmt)
    return FALSE;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);
      g_array_append_val (tanks, id);
    }
  *one = desk_bank_in_one_tank ((const gint64 *) tanks->data, tanks->len);
  return step == DESK_STEP_DONE;
}

/* What was read is this unit, and this container: by its code, or by its name while it has none. */
static gboolean
check_scans (DeskDb *db, const DeskPlacing *placing, const DeskContainer *container, GError **error)
{
  gint64 is;

  if (placing->scanned && *placing->scanned)
    {
      if (!desk_db_value (db, &is, error, "SELECT number = $2 OR (barcode = $2 AND barcode <> '') FROM unit WHERE id = $1", "it",
                          placing->unit_id, placing->scanned))
        return FALSE;
      if (!is)
        return desk_refuse (error, "label-mismatch");
    }
  if (placing->scanned_place && *placing->scanned_place
      && g_strcmp0 (placing->scanned_place, *container->barcode ? container->barcode : container->name) != 0)
    return desk_refuse (error, "place-mismatch");
  return TRUE;
}

/* Puts a unit that is in hand into a place, inside the open transaction. DESK_ERROR_TAKEN names what is there;
 * DESK_ERROR_REFUSED: no-such-place, out-of-service, not-storable, place-blocked, kind-not-allowed, quarantine-only,
 * biohazard-only, wrong-cold, second-person-needed, label-mismatch, place-mismatch. */
gboolean
desk_place_put (DeskDb *db, const DeskPlacing *placing, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (DeskContainer) container = NULL;
  gboolean alone;

  /* The key of the table wants a place before the guard can say what is wrong with it. */
  if (placing->row < 1 || placing->col < 1)
    return desk_refuse (error, "no-such-place");
  container = desk_container_load (db, placing->container_id, error);
  if (!container || !check_scans (db, placing, container, error)
      || !desk_place_wants_witness (db, placing->unit_id, placing->container_id, &alone, error))
    return FALSE;
  if (alone && placing->witness == 0)
    return desk_refuse (error, "second-person-needed");
  if (desk_db_run (db, &local,
                   "INSERT INTO placement (unit_id, container_id, row, col, since, performer_id, witness_id, scanned, scanned_place, seconds_out)"
                   " VALUES ($1, $2, $3, $4, $5, $6, NULLIF ($7, 0), $8, $9, $10)",
                   "iiddiiittd", placing->unit_id, placing->container_id, placing->row, placing->col, placing->at, placing->performer,
                   placing->witness, placing->scanned ? placing->scanned : "", placing->scanned_place ? placing->scanned_place : "",
                   placing->seconds_out))
    return TRUE;
  if (g_error_matches (local, DESK_ERROR, DESK_ERROR_TAKEN) || strcmp (local->message, "place-taken") == 0)
    desk_place_name_occupant (db, container, placing->row, placing->col, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* As desk_place_put (): the unit of an act into its place, with what was scanned and how long it was warm. */
gboolean
desk_place_open (DeskDb *db, const DeskUnitAct *act, gint64 at, GError **error)
{
  DeskPlacing placing = { .unit_id = act->unit_id, .container_id = act->container_id, .row = act->row, .col = act->col, .at = at,
                          .performer = act->performer, .witness = act->witness, .scanned = act->scanned,
                          .scanned_place = act->scanned_place, .seconds_out = act->seconds_out };

  return desk_place_put (db, &placing, error);
}

/* Takes a unit out of its place, if it has one, inside the open transaction. */
gboolean
desk_place_end (DeskDb *db, gint64 unit_id, gint64 at, gint64 performer, GError **error)
{
  return desk_db_run (db, error, "UPDATE placement SET until = $2, ended_by = $3 WHERE unit_id = $1 AND until IS NULL",
                      "iii", unit_id, at, performer);
}

/* ── many at once ────────────────────────────────────────────────────────────────────────────── */

static gboolean
put_one (DeskDb *db, const DeskPutAway *put, const DeskUnit *unit, guint i, const DeskPlace *to, GError **error)
{
  DeskUnitAct act = { .unit_id = unit->id, .step = DESK_STEP_MOVE, .performer = put->performer, .witness = put->witness,
                      .scanned = put->scanned ? put->scanned[i] : NULL, .container_id = to->container_id, .row = to->row, .col = to->col };

  if (put->freeze && strcmp (unit->life, "filled") == 0 && strcmp (unit->kind, "dose_fresh") != 0)
    return desk_unit_freeze (db, unit->id, to->container_id, to->row, to->col, put->performer, put->witness, error);
  return desk_unit_act (db, &act, error);
}

/* Puts units away one after the other into the next free places, in one transaction: all of them or none. Each takes the
 * first place that may hold it. steps, when not NULL, gets a DeskPutStep for each. */
gboolean
desk_put_away (DeskDb *db, const DeskPutAway *put, GArray *steps, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (GArray) done = g_array_new (FALSE, FALSE, sizeof (DeskPutStep));
  DeskPlace from = { put->container_id, put->row, put->col };

  if (!txn)
    return FALSE;
  for (guint i = 0; i < put->n_units; i++)
    {
      g_autoptr (DeskUnit) unit = desk_unit_load (db, put->units[i], error);
      g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (DeskPlace));

      if (!unit)
        return FALSE;
      DeskPlaceItem item = { unit->kind, unit->life, unit->quality, *unit->biohazard != '\0' };
      if (!desk_places_free (db, &from, &item, 1, places, error))
        return FALSE;
      DeskPutStep step = { unit->id, { unit->container_id, unit->row, unit->col }, g_array_index (places, DeskPlace, 0) };
      if (!put_one (db, put, unit, i, &step.to, error))
        return FALSE;
      g_array_append_val (done, step);
    }
  g_autofree char *detail = g_strdup_printf ("%u", put->n_units);
  if (!desk_txn_log (txn, "container.put-away", DESK_KIND_CONTAINER, put->container_id, detail, error) || !desk_txn_commit (txn, error))
    return FALSE;
  if (steps)
    g_array_append_vals (steps, done->data, done->len);
  return TRUE;
}

/* Takes putting away back, last first: each unit goes where it stood before, all or none. What stood nowhere stays, as a
 * unit is not taken out of the cold by a keystroke. */
gboolean
desk_put_back_where (DeskDb *db, const GArray *steps, gint64 performer, gint64 witness, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  for (guint i = steps->len; i-- > 0;)
    {
      const DeskPutStep *step = &g_array_index (steps, DeskPutStep, i);
      DeskUnitAct act = { .unit_id = step->unit_id, .step = DESK_STEP_MOVE, .performer = performer, .witness = witness,
                          .container_id = step->from.container_id, .row = step->from.row, .col = step->from.col };

      if (step->from.container_id && !desk_unit_act (db, &act, error))
        return FALSE;
    }
  return desk_txn_commit (txn, error);
}
