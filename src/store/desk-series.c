#include "desk-series.h"

#include <string.h>

#include "desk-code-check.h"
#include "desk-series-private.h"

#define GIVEN "series-given" /* kept with the connection: marks of the open transaction */
#define DIGITS "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

static const struct
{
  const char *name, *prefix;
} all[] = {
  { DESK_SERIES_LETTER, DESK_LOCAL_LETTER },   { DESK_SERIES_QUOTE, DESK_LOCAL_QUOTE },   { DESK_SERIES_INVOICE, DESK_LOCAL_INVOICE },
  { DESK_SERIES_RECEIPT, DESK_LOCAL_RECEIPT }, { DESK_SERIES_REFUND, DESK_LOCAL_REFUND }, { DESK_SERIES_CREDIT, DESK_LOCAL_CREDIT },
};

static const char *
prefix_of (const char *series)
{
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_str_equal (all[i].name, series))
      return all[i].prefix;
  return NULL;
}

/* The clinic's uuid; "" for a sample, which is made anew each time and hands out nothing. NULL with error. */
static char *
marked_as (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT CASE is_sample WHEN 1 THEN '' ELSE uuid END FROM clinic WHERE id = 1", "");

  if (!stmt)
    return NULL;
  switch (desk_stmt_step (stmt, error))
    {
    case DESK_STEP_ROW:
      return desk_stmt_dup_text (stmt, 0);
    case DESK_STEP_DONE:
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "the clinic has no record yet");
      return NULL;
    default:
      return NULL;
    }
}

/* ── where the file is at home ───────────────────────────────────────────────────────────────── */

static gboolean
write_home (DeskDb *db, const char *computer, const char *file, GError **error)
{
  return desk_db_run (db, error,
                      "INSERT INTO series_home (id, computer, file) VALUES (1, $1, $2)"
                      " ON CONFLICT (id) DO UPDATE SET computer = excluded.computer, file = excluded.file",
                      "tt", computer, file);
}

/* Five signs that no other copy will have: of the computer, the file and the time. */
static char *
new_generation (const char *computer, const char *file)
{
  g_autofree char *words = g_strdup_printf ("%s %s %" G_GINT64_FORMAT, computer, file, g_get_real_time ());
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  char sign[6] = "";

  g_checksum_update (sum, (const guchar *) words, -1);
  g_checksum_get_digest (sum, digest, &length);
  for (int i = 0; i < 5; i++)
    sign[i] = DIGITS[digest[i] % 32];
  return g_strdup (sign);
}

/* Every series goes on under another sign: of the numbers of the old one nobody here can know which are given. */
static gboolean
begin_generation (DeskTxn *txn, const char *computer, const char *file, const char *why, GError **error)
{
  DeskDb *db = desk_txn_get_db (txn);
  g_autofree char *sign = new_generation (computer, file);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC, by = desk_db_get_actor (db);

  return desk_db_run (db, error,
                      "INSERT INTO series_gap (name, after, goes_on, generation, why, at, by_id)"
                      " SELECT name, last, last + 1, $1, $2, $3, NULLIF ($4, 0) FROM series ORDER BY name",
                      "ttii", sign, why, now, by)
         && desk_db_run (db, error, "UPDATE series SET generation = $1", "t", sign) && write_home (db, computer, file, error)
         && desk_txn_log (txn, "series.generation", DESK_KIND_CLINIC, 1, sign, error);
}

static const char *
after_device (const char *file)
{
  const char *space = strchr (file, ' ');

  return space ? space : file;
}

static gboolean
come_home (DeskTxn *txn, GError **error)
{
  DeskDb *db = desk_txn_get_db (txn);
  g_autofree char *computer = desk_series_computer (), *file = desk_series_file (desk_db_get_path (db));
  g_autofree char *old_computer = NULL, *old_file = NULL;

  if (!file)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_IO, "%s: the file is not there any more", desk_db_get_path (db));
      return FALSE;
    }
  {
    g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT computer, file FROM series_home WHERE id = 1", "");
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step == DESK_STEP_ERROR)
      return FALSE;
    if (step == DESK_STEP_ROW)
      {
        old_computer = desk_stmt_dup_text (stmt, 0);
        old_file = desk_stmt_dup_text (stmt, 1);
      }
  }
  if (!old_computer)
    return write_home (db, computer, file, error);
  if (!g_str_equal (computer, old_computer))
    return begin_generation (txn, computer, file, "moved", error);
  if (!g_str_equal (after_device (file), after_device (old_file)))
    return begin_generation (txn, computer, file, "restored", error);
  return TRUE;
}

/* Notes where a new file is at home, before any copy of it can be made. */
gboolean
desk_series_settle (DeskDb *db, GError **error)
{
  g_autofree char *computer = desk_series_computer (), *file = desk_series_file (desk_db_get_path (db));

  return !file || desk_db_run (db, error, "INSERT INTO series_home (id, computer, file) VALUES (1, $1, $2) ON CONFLICT DO NOTHING", "tt", computer, file);
}

/* ── numbers ─────────────────────────────────────────────────────────────────────────────────── */

static gboolean
write_marks (DeskDb *db, GError **error)
{
  g_autofree char *uuid = marked_as (db, error);

  return uuid && (*uuid == '\0' || desk_series_marks_raise (uuid, desk_db_get_path (db), desk_db_get_kept (db, GIVEN), error));
}

/* Counts one up; the row stays locked until the transaction ends. */
static gboolean
count (DeskDb *db, const char *series, int year, gint64 *n, char **generation, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "UPDATE series SET last = last + 1, year = $2 WHERE name = $1 RETURNING last, generation", "td", series, year);

  if (!stmt || desk_stmt_step (stmt, error) != DESK_STEP_ROW)
    return FALSE;
  *n = desk_stmt_int64 (stmt, 0);
  *generation = desk_stmt_dup_text (stmt, 1);
  return TRUE;
}

/* The file is an older copy of itself: numbers up to the mark are given, and passed over. */
static gboolean
pass_over (DeskDb *db, const char *series, const char *generation, gint64 mark, gint64 *n, GError **error)
{
  gint64 after = *n - 1, now = g_get_real_time () / G_USEC_PER_SEC, by = desk_db_get_actor (db);

  if (mark < *n)
    return TRUE;
  *n = mark + 1;
  return desk_db_run (db, error, "UPDATE series SET last = $2 WHERE name = $1", "ti", series, *n)
         && desk_db_run (db, error,
                         "INSERT INTO series_gap (name, after, goes_on, generation, why, at, by_id)"
                         " VALUES ($1, $2, $3, $4, 'restored', $5, NULLIF ($6, 0))",
                         "tiitii", series, after, *n, generation, now, by);
}

/* The next number of a series with its check character, in the open transaction, which must log something. Where the mark
 * cannot be written the commit fails with what is wrong. */
gboolean
desk_series_next (DeskTxn *txn, const char *series, DeskDay today, char **number, GError **error)
{
  DeskDb *db = desk_txn_get_db (txn);
  const char *prefix = prefix_of (series);
  g_autofree char *uuid = NULL, *generation = NULL;
  int year, month, day;
  gint64 n;

  g_return_val_if_fail (prefix, FALSE);
  desk_day_to_ymd (today, &year, &month, &day);
  uuid = marked_as (db, error);
  if (!uuid)
    return FALSE;
  gboolean sample = *uuid == '\0', first = desk_txn_before_commit (txn, write_marks);
  if (first)
    desk_db_keep (db, GIVEN, desk_series_marks_new (), (GDestroyNotify) g_ptr_array_unref);
  if ((!sample && first && !come_home (txn, error)) || !count (db, series, year, &n, &generation, error))
    return FALSE;
  if (!sample)
    {
      g_autoptr (GPtrArray) marks = desk_series_marks_read (uuid, desk_db_get_path (db), error);

      if (!marks || !pass_over (db, series, generation, desk_series_marks_get (marks, series, generation), &n, error))
        return FALSE;
      desk_series_marks_set (desk_db_get_kept (db, GIVEN), series, generation, n);
    }
  *number = desk_code_local_paper (prefix, year, generation, n);
  return TRUE;
}

/* ── gaps ────────────────────────────────────────────────────────────────────────────────────── */

static void
gap_free (gpointer data)
{
  DeskSeriesGap *gap = data;

  g_free (gap->series);
  g_free (gap->generation);
  g_free (gap->why);
  g_free (gap);
}

/* Why numbers are missing, oldest first: array of DeskSeriesGap. */
GPtrArray *
desk_series_gaps (DeskDb *db, GError **error)
{
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func (gap_free);
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "SELECT name, generation, why, after, goes_on, at, COALESCE (by_id, 0) FROM series_gap ORDER BY id", "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskSeriesGap *gap = g_new0 (DeskSeriesGap, 1);

      gap->series = desk_stmt_dup_text (stmt, 0);
      gap->generation = desk_stmt_dup_text (stmt, 1);
      gap->why = desk_stmt_dup_text (stmt, 2);
      gap->after = desk_stmt_int64 (stmt, 3);
      gap->goes_on = desk_stmt_int64 (stmt, 4);
      gap->at = desk_stmt_int64 (stmt, 5);
      gap->by_id = desk_stmt_int64 (stmt, 6);
      g_ptr_array_add (gaps, gap);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&gaps) : NULL;
}
