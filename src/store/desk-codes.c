#include "desk-codes.h"

#include <string.h>

#include "desk-clinics.h"
#include "desk-error.h"

/* ── which thing it is ───────────────────────────────────────────────────────────────────────── */

static gboolean
add_found (DeskStmt *stmt, DeskCodeKind wanted, DeskFound *found, GError **error)
{
  DeskStep step;

  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskCodeKind kind = (DeskCodeKind) desk_stmt_int (stmt, 0);
      gint64 id = desk_stmt_int64 (stmt, 1);

      if (found->kind == kind && found->id == id)
        continue;
      /* A number of ours is what its shape says, though an imported chart be called the same. */
      if (found->many > 0 && found->kind == wanted && kind != wanted)
        continue;
      if (found->many > 0 && kind == wanted && found->kind != wanted)
        found->many = 0;
      found->kind = kind;
      found->id = id;
      found->patient_id = desk_stmt_int64 (stmt, 2);
      found->many++;
    }
  return step == DESK_STEP_DONE;
}

/* What was handed out on paper. A quote has one number for all its versions: the newest answers. */
static gboolean
find_paper (DeskDb *db, const char *number, DeskCodeKind wanted, DeskFound *found, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT $2, id, COALESCE (patient_id, 0) FROM issued WHERE number = $1"
                       " UNION ALL SELECT $3, q.id, q.patient_id FROM quote q WHERE q.number = $1"
                       " AND q.seq = (SELECT max (n.seq) FROM quote n WHERE n.number = $1)"
                       " UNION ALL SELECT $4, id, patient_id FROM invoice WHERE number = $1"
                       " UNION ALL SELECT $5, id, patient_id FROM payment WHERE number = $1"
                       " UNION ALL SELECT $6, id, patient_id FROM refund WHERE number = $1",
                       "tddddd", number, DESK_CODE_PAPER, DESK_CODE_QUOTE, DESK_CODE_INVOICE, DESK_CODE_PAYMENT, DESK_CODE_REFUND);

  return stmt && add_found (stmt, wanted, found, error);
}

/* By its own number or the code on it, whatever it is. */
static gboolean
find_number (DeskDb *db, const char *number, DeskCodeKind wanted, DeskFound *found, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT $2, id, patient_id FROM unit WHERE number = $1"
                       " UNION ALL SELECT $2, id, patient_id FROM unit WHERE barcode = $1 AND barcode <> ''"
                       " UNION ALL SELECT $3, id, patient_id FROM lot WHERE number = $1"
                       " UNION ALL SELECT $4, id, patient_id FROM collection WHERE number = $1"
                       " UNION ALL SELECT $5, c.id, COALESCE ((SELECT x.patient_id FROM collection x WHERE x.coi_id = c.id ORDER BY x.id LIMIT 1), 0)"
                       " FROM coi c WHERE c.number = $1"
                       " UNION ALL SELECT $6, id, 0 FROM container WHERE barcode = $1"
                       " UNION ALL SELECT $7, COALESCE (merged_into, id), COALESCE (merged_into, id) FROM patient WHERE chart = $1"
                       " UNION ALL SELECT $8, id, 0 FROM device WHERE barcode = $1"
                       " UNION ALL SELECT $9, id, 0 FROM shipment WHERE number = $1",
                       "tdddddddd", number, DESK_CODE_UNIT, DESK_CODE_LOT, DESK_CODE_COLLECTION, DESK_CODE_COI,
                       DESK_CODE_CONTAINER, DESK_CODE_PATIENT, DESK_CODE_DEVICE, DESK_CODE_SHIPMENT);

  return stmt && add_found (stmt, wanted, found, error) && (found->many > 0 || find_paper (db, number, wanted, found, error));
}

/* A unit by donation, product and division; by the donation alone the collection, or its one unit when it has no other. */
static gboolean
find_isbt (DeskDb *db, const DeskCode *code, DeskFound *found, GError **error)
{
  const DeskIsbtPart *product = desk_isbt_part (code->parts, DESK_ISBT_PRODUCT),
                     *division = desk_isbt_part (code->parts, DESK_ISBT_DIVISION);
  const char *din = desk_code_din (code);

  if (!din)
    return TRUE;
  g_autoptr (DeskStmt) stmt
      = product || division
            ? desk_db_query (db, error,
                             "SELECT $4, i.unit_id, u.patient_id FROM isbt_unit i JOIN unit u ON u.id = i.unit_id WHERE i.din = $1"
                             " AND (CAST ($2 AS TEXT) IS NULL OR i.product = $2) AND (CAST ($3 AS TEXT) IS NULL OR i.division = $3)",
                             "tttd", din, product ? product->value : NULL, division ? division->value : NULL, DESK_CODE_UNIT)
            : desk_db_query (db, error,
                             "SELECT $2, i.collection_id, c.patient_id FROM isbt_collection i JOIN collection c ON c.id = i.collection_id"
                             " WHERE i.din = $1",
                             "td", din, DESK_CODE_COLLECTION);
  return stmt && add_found (stmt, DESK_CODE_UNKNOWN, found, error);
}

static gboolean
find_staff (DeskDb *db, const DeskCode *code, DeskFound *found, GError **error)
{
  gint64 id = code->number[0] && code->number[1] == '-' ? g_ascii_strtoll (code->number + 2, NULL, 10) : 0;
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "SELECT $2, id, 0 FROM staff WHERE id = $1 AND active = 1", "id", id, DESK_CODE_STAFF);

  return stmt && add_found (stmt, DESK_CODE_STAFF, found, error);
}

/* Typed without the check character that the number has. */
static gboolean
find_with_check (DeskDb *db, const DeskCode *code, DeskFound *found, GError **error)
{
  g_autofree char *whole = desk_code_with_check (code->number);
  DeskFound with = { 0 };

  if (code->checked || code->problem || !find_number (db, whole, code->kind, &with, error))
    return code->checked || code->problem;
  if (with.many > 0)
    found->problem = "code-check-missing";
  return TRUE;
}

static gboolean
find_thing (DeskDb *db, const DeskCode *code, DeskFound *found, GError **error)
{
  if (!find_number (db, code->kind == DESK_CODE_PLACE ? code->container : code->number, code->kind, found, error))
    return FALSE;
  if (found->many > 0)
    return TRUE;
  if (code->kind == DESK_CODE_UNKNOWN) /* as it came: a chart or code that somebody else wrote in his own way */
    return find_number (db, code->read, code->kind, found, error);
  if (code->kind == DESK_CODE_ISBT)
    return code->problem || find_isbt (db, code, found, error);
  if (code->kind == DESK_CODE_STAFF)
    return code->problem || find_staff (db, code, found, error);
  return find_with_check (db, code, found, error);
}

/* Looks up what was read. A code with a problem finds nothing, except one of unknown shape or with another's idea of a
 * check character, when the file has that very number. */
gboolean
desk_code_find (DeskDb *db, const DeskCode *code, DeskFound *found, GError **error)
{
  *found = (DeskFound){ .kind = DESK_CODE_UNKNOWN, .problem = code->problem };
  if (code->kind == DESK_CODE_COMMAND || code->damage == DESK_DAMAGE_JIS || code->damage == DESK_DAMAGE_US
      || code->damage == DESK_DAMAGE_KANA || code->damage == DESK_DAMAGE_CONTROL || *code->number == '\0')
    return TRUE;
  if (!find_thing (db, code, found, error))
    return FALSE;
  if (found->many == 1)
    found->problem = NULL;
  else if (found->many > 1)
    *found = (DeskFound){ .kind = DESK_CODE_UNKNOWN, .many = found->many, .problem = "code-ambiguous" };
  else if (!found->problem)
    found->problem = "code-not-found";
  if (found->kind == DESK_CODE_CONTAINER && code->kind == DESK_CODE_PLACE)
    {
      found->kind = DESK_CODE_PLACE;
      found->row = code->row;
      found->col = code->col;
    }
  return TRUE;
}

/* ── codes that are given ────────────────────────────────────────────────────────────────────── */

/* The next number of a series with its check character, inside the open transaction; one that something has already
 * (an import, a code typed by hand) is passed over. */
gboolean
desk_code_next (DeskDb *db, const char *counter, const char *prefix, int year, char **number, GError **error)
{
  for (;;)
    {
      gint64 n;
      DeskFound found = { 0 };

      if (!desk_counter_next (db, counter, &n, error))
        return FALSE;
      g_autofree char *next = desk_code_local (prefix, year, n);
      if (!find_number (db, next, DESK_CODE_UNKNOWN, &found, error))
        return FALSE;
      if (found.many > 0)
        continue;
      *number = g_steal_pointer (&next);
      return TRUE;
    }
}

/* What a thing's label carries, or NULL with DESK_ERROR_NOT_FOUND; "" for a container or device that has no code yet. */
char *
desk_code_of (DeskDb *db, DeskCodeKind kind, gint64 id, GError **error)
{
  static const struct
  {
    DeskCodeKind kind;
    const char *sql;
  } texts[] = {
    { DESK_CODE_UNIT, "SELECT CASE barcode WHEN '' THEN number ELSE barcode END FROM unit WHERE id = $1" },
    { DESK_CODE_LOT, "SELECT number FROM lot WHERE id = $1" },
    { DESK_CODE_COLLECTION, "SELECT number FROM collection WHERE id = $1" },
    { DESK_CODE_COI, "SELECT number FROM coi WHERE id = $1" },
    { DESK_CODE_CONTAINER, "SELECT COALESCE (barcode, '') FROM container WHERE id = $1" },
    { DESK_CODE_PATIENT, "SELECT chart FROM patient WHERE id = $1" },
    { DESK_CODE_DEVICE, "SELECT COALESCE (barcode, '') FROM device WHERE id = $1" },
    { DESK_CODE_SHIPMENT, "SELECT number FROM shipment WHERE id = $1" },
  };

  if (kind == DESK_CODE_STAFF)
    return desk_code_local (DESK_LOCAL_STAFF, 0, id);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].kind == kind)
      {
        g_autoptr (DeskStmt) stmt = desk_db_query (db, error, texts[i].sql, "i", id);
        DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

        if (step == DESK_STEP_DONE)
          g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "there is no %s %" G_GINT64_FORMAT, desk_code_kind_name (kind), id);
        return step == DESK_STEP_ROW ? desk_stmt_dup_text (stmt, 0) : NULL;
      }
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "a %s carries no code", desk_code_kind_name (kind));
  return NULL;
}

/* Gives a container a code when it has none. */
gboolean
desk_code_give_container (DeskDb *db, gint64 container_id, GError **error)
{
  gint64 has;
  g_autofree char *number = NULL;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !desk_db_value (db, &has, error, "SELECT barcode IS NOT NULL FROM container WHERE id = $1", "i", container_id))
    return FALSE;
  if (has)
    return TRUE;
  return desk_code_next (db, "container", DESK_LOCAL_CONTAINER, 0, &number, error)
         && desk_db_run (db, error, "UPDATE container SET barcode = $2, version = version + 1 WHERE id = $1", "it", container_id, number)
         && desk_txn_log (txn, "container.code", DESK_KIND_CONTAINER, container_id, number, error) && desk_txn_commit (txn, error);
}

/* The same for a device. */
gboolean
desk_code_give_device (DeskDb *db, gint64 device_id, GError **error)
{
  gint64 has;
  g_autofree char *number = NULL;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !desk_db_value (db, &has, error, "SELECT barcode IS NOT NULL FROM device WHERE id = $1", "i", device_id))
    return FALSE;
  if (has)
    return TRUE;
  return desk_code_next (db, "device", DESK_LOCAL_DEVICE, 0, &number, error)
         && desk_db_run (db, error, "UPDATE device SET barcode = $2, version = version + 1 WHERE id = $1", "it", device_id, number)
         && desk_txn_log (txn, "device.code", DESK_KIND_CLINIC, device_id, number, error) && desk_txn_commit (txn, error);
}

/* How many containers in use and devices have no code yet: those of an older file. */
gboolean
desk_code_missing (DeskDb *db, gint64 *n, GError **error)
{
  return desk_db_value (db, n, error,
                        "SELECT (SELECT count (*) FROM container WHERE barcode IS NULL AND retired = 0)"
                        " + (SELECT count (*) FROM device WHERE barcode IS NULL)", "");
}

static gboolean
give_each (DeskDb *db, const char *sql, gboolean (*give) (DeskDb *, gint64, GError **), GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, sql, "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);
      g_array_append_val (ids, id);
    }
  for (guint i = 0; step == DESK_STEP_DONE && i < ids->len; i++)
    if (!give (db, g_array_index (ids, gint64, i), error))
      return FALSE;
  return step == DESK_STEP_DONE;
}

/* Gives a code to each of them, all or none. */
gboolean
desk_code_give_all (DeskDb *db, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn
         && give_each (db, "SELECT id FROM container WHERE barcode IS NULL AND retired = 0 ORDER BY id", desk_code_give_container, error)
         && give_each (db, "SELECT id FROM device WHERE barcode IS NULL ORDER BY id", desk_code_give_device, error)
         && desk_txn_log (txn, "code.give-all", DESK_KIND_CLINIC, 1, NULL, error) && desk_txn_commit (txn, error);
}

/* A label that was scanned back was not this unit's: written down, for it has to be destroyed. */
gboolean
desk_code_label_destroyed (DeskDb *db, gint64 unit_id, const char *scanned, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_txn_log (txn, "label.destroyed", DESK_KIND_UNIT, unit_id, scanned, error) && desk_txn_commit (txn, error);
}
