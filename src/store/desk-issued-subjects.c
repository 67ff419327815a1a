/* What a letter may be about. */
#include "desk-issued.h"

#include <string.h>

/* Of a patient ($1) under a number ($2, "" for any): row and what it is called, the newest first. */
static const struct
{
  const char *subject, *sql;
} subjects[] = {
  { "quote", "SELECT id, number FROM quote WHERE patient_id = $1 AND ($2 = '' OR number = $2) ORDER BY made_on DESC, id DESC LIMIT 1" },
  { "invoice",
    "SELECT id, number FROM invoice WHERE patient_id = $1 AND kind = 'invoice' AND ($2 = '' OR number = $2) ORDER BY issued_on DESC, id DESC LIMIT 1" },
  { "credit",
    "SELECT id, number FROM invoice WHERE patient_id = $1 AND kind = 'credit' AND ($2 = '' OR number = $2) ORDER BY issued_on DESC, id DESC LIMIT 1" },
  { "payment", "SELECT id, number FROM payment WHERE patient_id = $1 AND ($2 = '' OR number = $2) ORDER BY received_on DESC, id DESC LIMIT 1" },
  { "refund", "SELECT id, number FROM refund WHERE patient_id = $1 AND ($2 = '' OR number = $2) ORDER BY paid_on DESC, id DESC LIMIT 1" },
  { "trip",
    "SELECT id, planned_entry FROM trip WHERE patient_id = $1 AND cancelled_at IS NULL AND ($2 = '' OR planned_entry = $2)"
    " ORDER BY planned_entry DESC, id DESC LIMIT 1" },
};

/* The newest thing of that kind of a patient, or the one of that number (of a trip its day of entry): id 0 for none.
 * A credit note is an invoice under a name of its own here. called is for the caller to free. */
gboolean
desk_issued_subject_of (DeskDb *db, const char *subject, gint64 patient_id, const char *number, gint64 *id, char **called, GError **error)
{
  *id = 0;
  *called = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      if (strcmp (subjects[i].subject, subject) != 0)
        continue;
      g_autoptr (DeskStmt) stmt = desk_db_query (db, error, subjects[i].sql, "it", patient_id, number ? number : "");
      DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

      if (step == DESK_STEP_ROW)
        {
          *id = desk_stmt_int64 (stmt, 0);
          *called = desk_stmt_dup_text (stmt, 1);
        }
      return step != DESK_STEP_ERROR;
    }
  return TRUE;
}
