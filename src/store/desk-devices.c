/* Devices and benches, and when which culture was in or on them. */
#include "desk-cells-private.h"
#include "desk-codes.h"

#include <string.h>

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* All devices by kind and name: DeskDevice, freed with g_ptr_array_unref (). */
GPtrArray *
desk_device_list (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT id, kind, name, COALESCE (barcode, ''), due_on, in_service, version FROM device"
                                             " ORDER BY kind, name", "");
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_device_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskDevice *device = g_new0 (DeskDevice, 1);

      device->id = desk_stmt_int64 (stmt, 0);
      device->kind = desk_stmt_dup_text (stmt, 1);
      device->name = desk_stmt_dup_text (stmt, 2);
      device->barcode = desk_stmt_dup_text (stmt, 3);
      device->due_on = desk_stmt_dup_text (stmt, 4);
      device->in_service = desk_stmt_int (stmt, 5);
      device->version = desk_stmt_int64 (stmt, 6);
      g_ptr_array_add (devices, device);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&devices) : NULL;
}

/* Adds a device (id 0), with a code of ours unless it has one, or saves it on the row as it was read; fills id, code and
 * version. */
gboolean
desk_device_save (DeskDb *db, DeskDevice *device, GError **error)
{
  g_autoptr (GError) local = NULL;
  DeskDay due;
  gint64 value;
  gboolean add = device->id == 0;
  g_autofree char *code = NULL;

  if (!device->name || *device->name == '\0' || (device->due_on && *device->due_on && !desk_day_parse (device->due_on, &due)))
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "a device has a name, and a day when it is calibrated next");
      return FALSE;
    }
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  if (add && (!device->barcode || *device->barcode == '\0') && !desk_code_next (db, "device", DESK_LOCAL_DEVICE, 0, &code, error))
    return FALSE;
  if (add ? !desk_db_value (db, &value, &local,
                            "INSERT INTO device (kind, name, barcode, in_service, due_on) VALUES ($1, $2, NULLIF (COALESCE (CAST ($3 AS TEXT), ''), ''), $4,"
                            " COALESCE (CAST ($5 AS TEXT), '')) RETURNING id",
                            "tttdt", device->kind, device->name, code ? code : device->barcode, !!device->in_service, device->due_on)
          : !desk_db_value (db, &value, &local,
                            "UPDATE device SET name = $3, barcode = NULLIF (COALESCE (CAST ($4 AS TEXT), ''), ''), in_service = $5,"
                            " due_on = COALESCE (CAST ($6 AS TEXT), ''), version = version + 1 WHERE id = $1 AND version = $2 RETURNING version",
                            "iittdt", device->id, device->version, device->name, device->barcode, !!device->in_service, device->due_on))
    {
      if (!add && g_error_matches (local, DESK_ERROR, DESK_ERROR_NOT_FOUND))
        g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "somebody changed the device since it was read");
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!desk_txn_log (txn, add ? "device.add" : "device.save", DESK_KIND_DEVICE, add ? value : device->id, device->name, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  if (code)
    {
      g_free (device->barcode);
      device->barcode = g_steal_pointer (&code);
    }
  device->id = add ? value : device->id;
  device->version = add ? 1 : value;
  return TRUE;
}

/* A culture goes into or onto a device now; what in words ("harvest"). id may be NULL. */
gboolean
desk_device_use_start (DeskDb *db, gint64 lot_id, gint64 device_id, const char *what, gint64 by, gint64 *id, GError **error)
{
  gint64 use;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autofree char *detail = g_strdup_printf ("device %" G_GINT64_FORMAT " %s", device_id, what ? what : "");

  if (!txn
      || !desk_db_value (db, &use, error,
                         "INSERT INTO device_use (device_id, lot_id, what, started_at, by_id) VALUES ($1, $2, $3, $4, $5) RETURNING id",
                         "iitii", device_id, lot_id, what ? what : "", now (), by)
      || !desk_txn_log (txn, "lot.device", DESK_KIND_LOT, lot_id, detail, error) || !desk_txn_commit (txn, error))
    return FALSE;
  if (id)
    *id = use;
  return TRUE;
}

/* It comes out now. One that is out already is DESK_ERROR_NOT_FOUND. */
gboolean
desk_device_use_end (DeskDb *db, gint64 use_id, GError **error)
{
  gint64 lot_id;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autofree char *detail = g_strdup_printf ("use %" G_GINT64_FORMAT " ended", use_id);

  return txn
         && desk_db_value (db, &lot_id, error, "UPDATE device_use SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL RETURNING lot_id", "ii",
                           use_id, now ())
         && desk_txn_log (txn, "lot.device", DESK_KIND_LOT, lot_id, detail, error) && desk_txn_commit (txn, error);
}

/* Where a culture was, in order: DeskDeviceUse, freed with g_ptr_array_unref (). */
GPtrArray *
desk_device_uses_of_lot (DeskDb *db, gint64 lot_id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT u.id, u.device_id, u.lot_id, d.kind, d.name, u.what, u.started_at, COALESCE (u.ended_at, 0) FROM device_use u"
                       " JOIN device d ON d.id = u.device_id WHERE u.lot_id = $1 ORDER BY u.started_at, u.id", "i", lot_id);
  g_autoptr (GPtrArray) uses = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_device_use_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskDeviceUse *use = g_new0 (DeskDeviceUse, 1);

      use->id = desk_stmt_int64 (stmt, 0);
      use->device_id = desk_stmt_int64 (stmt, 1);
      use->lot_id = desk_stmt_int64 (stmt, 2);
      use->kind = desk_stmt_dup_text (stmt, 3);
      use->name = desk_stmt_dup_text (stmt, 4);
      use->what = desk_stmt_dup_text (stmt, 5);
      use->started_at = desk_stmt_int64 (stmt, 6);
      use->ended_at = desk_stmt_int64 (stmt, 7);
      g_ptr_array_add (uses, use);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&uses) : NULL;
}
