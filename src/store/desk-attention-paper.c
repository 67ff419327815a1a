/* Letters that no longer match the book, and prints that did not come out. */
#include <stdlib.h>

#include "desk-attention-private.h"
#include "desk-book-private.h"
#include "desk-issued-private.h"

/* One line a patient, however many letters. */
static const char stale_sql[]
    = "SELECT i.patient_id, p.family, p.given FROM issued i JOIN patient p ON p.id = i.patient_id WHERE " DESK_ISSUED_IS_STALE
      " ORDER BY i.at";

static DeskAttention *
line_of (GPtrArray *list, guint from, gint64 patient_id)
{
  for (guint i = from; i < list->len; i++)
    {
      DeskAttention *line = list->pdata[i];

      if (line->patient_id == patient_id)
        return line;
    }
  return NULL;
}

static gboolean
add_stale (DeskDb *db, GPtrArray *list, DeskDay today, GError **error)
{
  g_autofree char *since = desk_day_format (today - DESK_ISSUED_MATTERS_DAYS);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, stale_sql, "t", since);
  DeskStep step = DESK_STEP_ERROR;
  guint from = list->len;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 patient_id = desk_stmt_int64 (stmt, 0);
      DeskAttention *line = line_of (list, from, patient_id);

      if (!line)
        {
          desk_attention_add (list, DESK_ATTENTION_LETTERS, patient_id, patient_id, desk_row_name (stmt, 1), today, "1", today);
          continue;
        }
      g_autofree char *n = g_steal_pointer (&line->detail);
      line->detail = g_strdup_printf ("%d", atoi (n) + 1);
    }
  return step == DESK_STEP_DONE;
}

static gboolean
add_prints (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error)
{
  g_autoptr (GPtrArray) prints = desk_issued_prints_open (db, error);

  for (guint i = 0; prints && i < prints->len; i++)
    {
      const DeskIssuedPrint *print = prints->pdata[i];

      if (!g_str_equal (print->state, "begun"))
        desk_attention_add (list, DESK_ATTENTION_PRINT, print->issued_id, print->patient_id, g_strdup (print->patient_name),
                            desk_instant_day (print->at, zone), print->number, today);
    }
  return prints != NULL;
}

gboolean
desk_attention_add_paper (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error)
{
  return add_stale (db, list, today, error) && add_prints (db, list, today, zone, error);
}
