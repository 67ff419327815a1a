/* Units by what is typed or scanned. */
#include "desk-cells.h"

#include "desk-cells-private.h"
#include "desk-codes.h"
#include "desk-patients.h"

/* Numbers as printed: upper case, half width, nothing around them. */
static char *
fold_number (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *narrow = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);

  return g_strstrip (g_utf8_strup (narrow, -1));
}

/* The id of the unit that a code names, typed or scanned: its number, its barcode, its ISBT 128 label. 0 with
 * DESK_ERROR_NOT_FOUND when it names none; with DESK_ERROR_REFUSED, its message the problem of the code, when it cannot be
 * said which: "code-ambiguous", "code-check-missing". */
gint64
desk_unit_find (DeskDb *db, const char *number, GError **error)
{
  g_autoptr (DeskCode) code = desk_code_read (number);
  g_autofree char *folded = fold_number (number);
  DeskFound found;
  gint64 id = 0;

  if (!desk_code_find (db, code, &found, error))
    return 0;
  if (found.kind == DESK_CODE_UNIT)
    return found.id;
  if (g_strcmp0 (found.problem, "code-ambiguous") == 0 || g_strcmp0 (found.problem, "code-check-missing") == 0)
    {
      desk_refuse (error, found.problem);
      return 0;
    }
  return desk_db_value (db, &id, error, "SELECT id FROM unit WHERE number = $1", "t", folded) ? id : 0;
}

static GArray *
read_ids (DeskStmt *stmt, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
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

/* Units whose number begins with the text, then those of patients found by it; at most limit ids. */
GArray *
desk_unit_search (DeskDb *db, const char *text, guint limit, GError **error)
{
  g_autofree char *from = fold_number (text);
  g_autofree char *until = g_strconcat (from, "\364\217\277\277", NULL); /* after every text that begins so */

  if (*from == '\0')
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "SELECT id FROM unit WHERE number >= $1 AND number < $2 ORDER BY number LIMIT $3", "ttd", from, until, (int) limit);
  g_autoptr (GArray) ids = read_ids (stmt, error);
  if (!ids)
    return NULL;

  g_autoptr (GArray) patients = desk_patient_search (db, text, limit, error);
  if (!patients)
    return NULL;
  for (guint i = 0; i < patients->len && ids->len < limit; i++)
    {
      g_autoptr (DeskStmt) of = desk_db_query (db, error, "SELECT id FROM unit WHERE patient_id = $1 ORDER BY number LIMIT $2", "id",
                                               g_array_index (patients, gint64, i), (int) (limit - ids->len));
      g_autoptr (GArray) more = read_ids (of, error);

      if (!more)
        return NULL;
      g_array_append_vals (ids, more->data, more->len);
    }
  return g_steal_pointer (&ids);
}
