/* Lots of reagents and containers, and the cultures they were used in: what a look-back asks for. */
#include "desk-cells-private.h"

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static GPtrArray *
read_reagents (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) reagents = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_reagent_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskReagent *reagent = g_new0 (DeskReagent, 1);

      reagent->id = desk_stmt_int64 (stmt, 0);
      reagent->name = desk_stmt_dup_text (stmt, 1);
      reagent->maker = desk_stmt_dup_text (stmt, 2);
      reagent->lot_number = desk_stmt_dup_text (stmt, 3);
      reagent->expires_on = desk_stmt_dup_text (stmt, 4);
      reagent->at = desk_stmt_int64 (stmt, 5);
      reagent->by = desk_stmt_dup_text (stmt, 6);
      reagent->why = desk_stmt_dup_text (stmt, 7);
      g_ptr_array_add (reagents, reagent);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&reagents) : NULL;
}

/* What a culture was made with, in the order it was used: DeskReagent, freed with g_ptr_array_unref (). */
GPtrArray *
desk_reagent_of_lot (DeskDb *db, gint64 lot_id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT g.id, g.name, g.maker, g.lot_number, g.expires_on, u.at, s.name, u.why FROM lot_reagent u"
                       " JOIN reagent_lot g ON g.id = u.reagent_id JOIN staff s ON s.id = u.by_id WHERE u.lot_id = $1 ORDER BY u.at, g.name",
                       "i", lot_id);

  return read_reagents (stmt, error);
}

/* The lots of reagents on record, the newest first, so that one need not be typed again. At most 500. */
GPtrArray *
desk_reagent_known (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT id, name, maker, lot_number, expires_on, added_at, '', '' FROM reagent_lot"
                                             " ORDER BY id DESC LIMIT 500", "");

  return read_reagents (stmt, error);
}

static gboolean
find_or_add (DeskDb *db, const DeskReagent *r, gint64 *id, GError **error)
{
  const char *maker = r->maker ? r->maker : "", *expires = r->expires_on ? r->expires_on : "";

  if (!desk_db_value (db, id, error,
                      "SELECT COALESCE (max (id), 0) FROM reagent_lot WHERE name = $1 AND maker = $2 AND lot_number = $3", "ttt", r->name,
                      maker, r->lot_number))
    return FALSE;
  if (*id == 0)
    return desk_db_value (db, id, error,
                          "INSERT INTO reagent_lot (name, maker, lot_number, expires_on, added_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
                          "tttti", r->name, maker, r->lot_number, expires, now ());
  return *expires == '\0'
         || desk_db_run (db, error, "UPDATE reagent_lot SET expires_on = $2 WHERE id = $1 AND expires_on = ''", "it", *id, expires);
}

/* Says that a lot of a reagent was used in a culture, and adds it where it is not known: name, lot_number, maker,
 * expires_on and why are read. One that has expired by the clinic's day is refused without a why. */
gboolean
desk_reagent_use (DeskDb *db, gint64 lot_id, const DeskReagent *reagent, gint64 by, GError **error)
{
  gint64 id, late;
  DeskDay today, expires;
  g_autoptr (DeskTxn) txn = NULL;

  if (!reagent->name || *reagent->name == '\0' || !reagent->lot_number || *reagent->lot_number == '\0'
      || (reagent->expires_on && *reagent->expires_on && !desk_day_parse (reagent->expires_on, &expires)))
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "a reagent has a name, a lot number and a day it expires");
      return FALSE;
    }
  if (!(txn = desk_txn_begin (db, error)) || !desk_cells_today (db, now (), &today, error) || !find_or_add (db, reagent, &id, error))
    return FALSE;
  g_autofree char *day = desk_day_format (today);
  if (!desk_db_value (db, &late, error, "SELECT count (*) FROM reagent_lot WHERE id = $1 AND expires_on <> '' AND expires_on < $2", "it", id,
                      day))
    return FALSE;
  if (late && (!reagent->why || *reagent->why == '\0'))
    return desk_refuse (error, "reagent-expired");
  g_autofree char *detail = g_strdup_printf ("%s %s", reagent->name, reagent->lot_number);
  return desk_db_run (db, error, "INSERT INTO lot_reagent (lot_id, reagent_id, at, by_id, why) VALUES ($1, $2, $3, $4, $5)", "iiiit", lot_id,
                      id, now (), by, reagent->why ? reagent->why : "")
         && desk_txn_log (txn, "lot.reagent", DESK_KIND_LOT, lot_id, detail, error)
         && desk_changed_units_of_lot (db, txn, lot_id, error) && desk_txn_commit (txn, error);
}
