#include "desk-chases.h"

#include "desk-documents-private.h"

static const char waiting_sql[]
    = "SELECT count (*) FROM document WHERE patient_id = $1 AND kind = $2 AND state = 'requested'";

static const char ask_again_sql[]
    = "UPDATE document SET due_on = $3, version = version + 1 WHERE patient_id = $1 AND kind = $2 AND state = 'requested'";

static const char ask_sql[]
    = "INSERT INTO document (id, patient_id, kind, state, received_at, due_on) VALUES (" DESK_DOCUMENT_NEXT_ID
      ", $1, $2, 'requested', $3, $4) RETURNING id";

/* One that is waited for already gets the new day; else a requested paper is added and its id to papers. */
static gboolean
ask_for (DeskDb *db, gint64 patient_id, const char *kind, const char *due, gint64 now, GArray *papers, GError **error)
{
  gint64 waiting = 0, id = 0;

  if (!desk_db_value (db, &waiting, error, waiting_sql, "it", patient_id, kind))
    return FALSE;
  if (waiting > 0)
    return desk_db_run (db, error, ask_again_sql, "itt", patient_id, kind, due);
  if (!desk_db_value (db, &id, error, ask_sql, "itit", patient_id, kind, now, due))
    return FALSE;
  g_array_append_val (papers, id);
  return TRUE;
}

/* Keeps what was sent (came_by: mail, letter or copy) and waits for the items (DeskChaseItem) until a day. The papers
 * added for that (gint64) are appended to papers. */
gboolean
desk_chase_record (DeskDb *db, gint64 patient_id, const char *came_by, const char *language, const GArray *items,
                   const char *body, DeskDay due, GArray *papers, GError **error)
{
  g_autofree char *codes = desk_chase_codes (items);
  g_autofree char *day = desk_day_format (due);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn
      || !desk_db_run (db, error,
                       "INSERT INTO chase (patient_id, at, by_id, came_by, language, items, body)"
                       " VALUES ($1, $2, nullif ($3, 0), $4, $5, $6, $7)",
                       "iiitttt", patient_id, now, desk_db_get_actor (db), came_by, language, codes, body))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    if (!ask_for (db, patient_id, g_array_index (items, DeskChaseItem, i).kind, day, now, papers, error))
      return FALSE;
  return desk_txn_log (txn, "patient.chase", DESK_KIND_PATIENT, patient_id, codes, error)
         && desk_txn_commit (txn, error);
}

/* Takes the papers back that were added, where nothing happened to them since. What was sent stays written down. */
gboolean
desk_chase_take_back (DeskDb *db, gint64 patient_id, const GArray *papers, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  for (guint i = 0; i < papers->len; i++)
    if (!desk_db_run (db, error, "DELETE FROM document WHERE id = $1 AND state = 'requested' AND version = 1", "i",
                      g_array_index (papers, gint64, i)))
      return FALSE;
  return desk_txn_log (txn, "patient.chase-undo", DESK_KIND_PATIENT, patient_id, NULL, error)
         && desk_txn_commit (txn, error);
}
