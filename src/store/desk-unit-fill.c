/* How units begin: filled in a lot, then frozen or ready. */
#include "desk-cells-private.h"
#include "desk-codes.h"
#include "desk-isbt-codes.h"

#include <string.h>

static gboolean
fill_one (DeskDb *db, const DeskLot *lot, int index, const char *kind, int volume_ml, gint64 cells, const char *use_until,
          gint64 performer, gint64 witness, gint64 *unit_id, GError **error)
{
  static const DeskUnitMoved events[] = {
    { "life", "new", "planned", 0 },
    { "quality", "new", "quarantine", 0 },
    { "label", "new", "none", 0 },
    { "life", "planned", "filled", 1 },
  };
  g_autofree char *number = desk_code_local_unit (lot->number, index);
  gint64 at = desk_cells_now (0);

  if (!desk_db_value (db, unit_id, error,
                      "INSERT INTO unit (lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
                      "iittditi", lot->id, lot->patient_id, kind, number, volume_ml, cells, use_until, at))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (!desk_unit_add_event (db, *unit_id, &events[i], &(DeskUnitAct) { .performer = performer, .witness = witness }, at, error))
      return FALSE;
  return desk_isbt_give_unit (db, *unit_id, error);
}

/* Fills n units of a lot, numbered on from those it has. units may be NULL. */
gboolean
desk_units_fill (DeskDb *db, gint64 lot_id, const char *kind, int n, int volume_ml, gint64 cells, const char *use_until,
                 gint64 performer, gint64 witness, GArray *units, GError **error)
{
  static const char *const kinds[] = { "source", "intermediate", "dose_fresh", "dose_frozen", "retained", "qc", NULL };
  DeskDay until;
  gint64 have;

  if (!desk_day_parse (use_until, &until) || n < 1 || n > 999 || volume_ml < 1 || cells < 0 || !kind
      || !g_strv_contains (kinds, kind))
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "units cannot be filled with these values");
      return FALSE;
    }
  if (witness == 0)
    return desk_refuse (error, "second-person-needed");
  if (witness == performer)
    return desk_refuse (error, "same-person");

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskLot) lot = txn ? desk_lot_load (db, lot_id, error) : NULL;
  g_autoptr (GArray) filled = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!lot || !desk_db_value (db, &have, error, "SELECT count (*) FROM unit WHERE lot_id = $1", "i", lot_id))
    return FALSE;
  for (int i = 0; i < n; i++)
    {
      gint64 id;

      if (!fill_one (db, lot, have + i + 1, kind, volume_ml, cells, use_until, performer, witness, &id, error))
        return FALSE;
      g_array_append_val (filled, id);
      desk_txn_changed (txn, DESK_KIND_UNIT, id);
    }
  g_autofree char *detail = g_strdup_printf ("%s: %d %s", lot->number, n, kind);
  if (!desk_txn_log (txn, "lot.fill", DESK_KIND_LOT, lot_id, detail, error) || !desk_txn_commit (txn, error))
    return FALSE;
  if (units)
    g_array_append_vals (units, filled->data, filled->len);
  return TRUE;
}

/* What is given fresh is good until an hour: the end of its last day, where nobody has said. */
static gboolean
set_use_until (DeskDb *db, const DeskUnit *unit, GError **error)
{
  gint64 until;

  if (strcmp (unit->kind, "dose_fresh") != 0 || unit->use_until_at != 0)
    return TRUE;
  return desk_cells_day_end (db, unit->use_until, &until, error)
         && desk_db_run (db, error, "UPDATE unit SET use_until_at = $2 WHERE id = $1", "ii", unit->id, until);
}

/* One life event of a filled unit, with its place when it takes one. */
static gboolean
store_filled (DeskDb *db, const DeskUnitAct *act, const char *action, const char *to_state, GError **error)
{
  gint64 at = desk_cells_now (act->at);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskUnit) unit = txn ? desk_unit_load (db, act->unit_id, error) : NULL;

  if (!unit)
    return FALSE;
  /* What came frozen on a shipment goes into the cold here. */
  if (strcmp (unit->life, "filled") != 0 && !(strcmp (unit->life, "at_clinic") == 0 && strcmp (to_state, "frozen") == 0))
    return desk_refuse (error, desk_unit_is_final (unit) ? "final-state" : "not-possible");
  if (act->container_id && unit->container_id && !desk_place_end (db, unit->id, at, act->performer, error))
    return FALSE;
  if (act->container_id
      && !desk_place_open (db, act, at, error))
    return FALSE;
  if (strcmp (to_state, "fresh_ready") == 0 && !set_use_until (db, unit, error))
    return FALSE;
  DeskUnitMoved event = { "life", unit->life, to_state, unit->life_seq };
  if (!desk_unit_add_event (db, unit->id, &event, act, at, error)
      || !desk_txn_log (txn, action, DESK_KIND_UNIT, unit->id, unit->number, error))
    return FALSE;
  if (act->container_id)
    desk_txn_changed (txn, DESK_KIND_CONTAINER, act->container_id);
  return desk_txn_commit (txn, error);
}

gboolean
desk_unit_freeze (DeskDb *db, gint64 unit_id, gint64 container_id, int row, int col, gint64 performer, gint64 witness,
                  GError **error)
{
  DeskUnitAct act = { .unit_id = unit_id, .container_id = container_id, .row = row, .col = col, .performer = performer,
                      .witness = witness };

  if (witness == 0)
    return desk_refuse (error, "second-person-needed");
  if (witness == performer)
    return desk_refuse (error, "same-person");
  if (container_id == 0)
    return desk_refuse (error, "place-needed");
  return store_filled (db, &act, "unit.freeze", "frozen", error);
}

gboolean
desk_unit_ready (DeskDb *db, gint64 unit_id, gint64 performer, GError **error)
{
  DeskUnitAct act = { .unit_id = unit_id, .performer = performer };

  return store_filled (db, &act, "unit.ready", "fresh_ready", error);
}
