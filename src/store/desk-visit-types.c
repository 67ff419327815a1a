#include "desk-visit-types.h"

static const char save_sql[]
    = "UPDATE visit_type SET minutes = $2, before = $3, after = $4, needs = $5, per_day = $6, at_once = $7, active = $8"
      " WHERE code = $1 RETURNING minutes";

gboolean
desk_visit_type_save (DeskDb *db, const DeskVisitType *type, GError **error)
{
  gint64 minutes;
  g_autofree char *detail = g_strdup_printf ("%s: %d+%d+%d, %s, %d/%d, %s", type->code, type->before, type->minutes, type->after,
                                             type->needs ? type->needs : "", type->per_day, type->at_once,
                                             type->active ? "active" : "not offered");
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn
         && desk_db_value (db, &minutes, error, save_sql, "tdddtddd", type->code, type->minutes, type->before, type->after,
                           type->needs ? type->needs : "", type->per_day, type->at_once, !!type->active)
         && desk_txn_log (txn, "visit-type.save", DESK_KIND_BOOK, 0, detail, error) && desk_txn_commit (txn, error);
}
