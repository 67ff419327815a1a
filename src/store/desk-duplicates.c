#include "desk-duplicates.h"

#include <string.h>

#include "desk-fold.h"
#include "desk-patients.h"

/* Of one look-up; a word that more have is as common. */
#define CANDIDATES 200

void
desk_duplicate_hit_free (DeskDuplicateHit *hit)
{
  desk_patient_free (hit->patient);
  g_free (hit);
}

static void
hit_free (gpointer hit)
{
  desk_duplicate_hit_free (hit);
}

/* ── candidates of one record ────────────────────────────────────────────────────────────────── */

static gint64 *
key_of (gint64 id)
{
  gint64 *key = g_new (gint64, 1);

  *key = id;
  return key;
}

static gboolean
add_all (GHashTable *ids, DeskStmt *stmt, GError **error)
{
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_hash_table_add (ids, key_of (desk_stmt_int64 (stmt, 0)));
  return step == DESK_STEP_DONE;
}

static gboolean
add_by_word (DeskDb *db, GHashTable *ids, const char *word, GError **error)
{
  g_autofree char *kept = g_utf8_substring (word, 0, MIN (g_utf8_strlen (word, -1), DESK_FOLD_WORD_MAX));
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT patient_id FROM patient_word WHERE word = $1 LIMIT $2", "td",
                                             kept, CANDIDATES);

  return *kept == '\0' || add_all (ids, stmt, error);
}

/* The last four digits are a word of every number, however it was written. */
static gboolean
add_by_phone (DeskDb *db, GHashTable *ids, const char *phone, GError **error)
{
  g_autoptr (GPtrArray) phones = desk_duplicate_phones (phone);

  for (guint i = 0; i < phones->len; i++)
    if (!add_by_word (db, ids, (char *) phones->pdata[i] + strlen (phones->pdata[i]) - 4, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_by_name (DeskDb *db, GHashTable *ids, const DeskPatient *draft, GError **error)
{
  DeskPatient turned = { .family = draft->given, .given = draft->family };
  g_autofree char *sort = desk_patient_sort_name (draft), *other = desk_patient_sort_name (&turned);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT id FROM patient WHERE sort_name IN ($1, $2) LIMIT $3", "ttd",
                                             sort, other, CANDIDATES);

  return *sort == '\0' || add_all (ids, stmt, error);
}

static gboolean
add_by_email (DeskDb *db, GHashTable *ids, const char *email, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "SELECT id FROM patient WHERE lower (email) = lower ($1) AND email <> '' LIMIT $2", "td",
                       email, CANDIDATES);

  return !strchr (email, '@') || add_all (ids, stmt, error);
}

/* As desk_patient_born_on (). */
static gboolean
add_by_birth (DeskDb *db, GHashTable *ids, const char *birth, GError **error)
{
  gsize length = birth ? strlen (birth) : 0;
  g_autofree char *end = g_strconcat (birth ? birth : "", "~", NULL);
  g_autofree char *month = g_strndup (birth ? birth : "", MIN (length, 7)), *year = g_strndup (month, MIN (length, 4));
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT id FROM patient WHERE ((birth >= $1 AND birth < $2) OR birth = $3 OR birth = $4)"
                       " AND merged_into IS NULL ORDER BY birth DESC, id LIMIT 100",
                       "tttt", birth ? birth : "", end, month, year);

  return length == 0 || add_all (ids, stmt, error);
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const DeskDuplicateHit *left = *(DeskDuplicateHit *const *) a, *right = *(DeskDuplicateHit *const *) b;

  if (left->match.level != right->match.level)
    return left->match.level > right->match.level ? -1 : 1;
  return g_strcmp0 (left->patient->chart, right->patient->chart);
}

#define READ_MARKS \
  "SELECT family, given, family_native, given_native, kana, birth, passport, phone, email, former FROM patient" \
  " WHERE id = $1 AND merged_into IS NULL" \
  " AND NOT EXISTS (SELECT 1 FROM not_same WHERE a_id = $1 AND b_id = $2)" \
  " AND NOT EXISTS (SELECT 1 FROM not_same WHERE a_id = $2 AND b_id = $1)"

/* Those who are likely, possible, or at least born that day. What tells people apart is read and weighed first: the
 * whole record only of those who are left. marks is scratch. */
static gboolean
weigh (DeskDb *db, const DeskDuplicateLook *draft, gint64 draft_id, gint64 id, DeskPatient *marks, GPtrArray *hits, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ_MARKS, "ii", id, draft_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step != DESK_STEP_ROW || id == draft_id)
    return step != DESK_STEP_ERROR;
  for (guint i = 0; i < DESK_DUPLICATE_MARKS; i++)
    desk_patient_set (marks, desk_duplicate_mark (i), desk_stmt_text (stmt, i));
  DeskDuplicate match = desk_duplicate_look_at (draft, marks);
  if (match.level == DESK_DUPLICATE_NONE && !(match.reasons & (DESK_SAME_BIRTH | DESK_SAME_BIRTH_PART)))
    return TRUE;

  g_autoptr (DeskPatient) other = desk_patient_load (db, id, error);
  if (!other)
    return FALSE;
  DeskDuplicateHit *hit = g_new (DeskDuplicateHit, 1);
  *hit = (DeskDuplicateHit){ g_steal_pointer (&other), match };
  g_ptr_array_add (hits, hit);
  return TRUE;
}

/* The people on file whom this record, saved or not, may be: DeskDuplicateHit, the likeliest first, and after them
 * everybody else born that day. Those found to be somebody else are left out. Free with g_ptr_array_unref (). */
GPtrArray *
desk_duplicate_find (DeskDb *db, const DeskPatient *draft, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func (hit_free);
  g_autofree char *passport = desk_fold_identifier (draft->passport ? draft->passport : "");
  g_autoptr (DeskDuplicateLook) look = desk_duplicate_look_new (draft);
  g_autoptr (DeskPatient) marks = desk_patient_new ();
  GHashTableIter iter;
  gpointer id;

  if (!add_by_birth (db, ids, draft->birth, error) || !add_by_word (db, ids, passport, error)
      || !add_by_phone (db, ids, draft->phone, error) || !add_by_name (db, ids, draft, error)
      || !add_by_email (db, ids, draft->email ? draft->email : "", error))
    return NULL;
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!weigh (db, look, draft->id, *(gint64 *) id, marks, hits, error))
      return NULL;
  g_ptr_array_sort (hits, compare_hits);
  return g_steal_pointer (&hits);
}

/* ── deciding ────────────────────────────────────────────────────────────────────────────────── */

static gboolean
log_pair (DeskTxn *txn, const char *action, gint64 one, gint64 other, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("patient %" G_GINT64_FORMAT, MAX (one, other));

  desk_txn_changed (txn, DESK_KIND_PATIENT, MAX (one, other));
  return desk_txn_log (txn, action, DESK_KIND_PATIENT, MIN (one, other), detail, error);
}

/* Remembers that the two are two people; a pair remembered already stays as it is. */
gboolean
desk_duplicate_reject (DeskDb *db, gint64 one, gint64 other, GError **error)
{
  gint64 a = MIN (one, other), b = MAX (one, other), actor = desk_db_get_actor (db);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn
         && desk_db_run (db, error,
                         "INSERT INTO not_same (a_id, b_id, at, by_id) VALUES ($1, $2, $3, NULLIF ($4, 0))"
                         " ON CONFLICT DO NOTHING",
                         "iiii", a, b, g_get_real_time () / G_USEC_PER_SEC, actor)
         && log_pair (txn, "patient.not-same", a, b, error) && desk_txn_commit (txn, error);
}

/* Takes that back. */
gboolean
desk_duplicate_reconsider (DeskDb *db, gint64 one, gint64 other, GError **error)
{
  gint64 a = MIN (one, other), b = MAX (one, other);
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_db_run (db, error, "DELETE FROM not_same WHERE a_id = $1 AND b_id = $2", "ii", a, b)
         && log_pair (txn, "patient.maybe-same", a, b, error) && desk_txn_commit (txn, error);
}

static gboolean
was_told (const GArray *told, gint64 id)
{
  for (guint i = 0; told && i < told->len; i++)
    if (g_array_index (told, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* Saves as desk_patient_save () does, unless the record is likely somebody on file whom told (ids) does not name: then
 * asked is set to these DeskDuplicateHit and the error is DESK_ERROR_REFUSED "duplicate". Those told of are remembered
 * as other people. The look and the save are one transaction: two desks cannot register the same person at once. */
gboolean
desk_duplicate_save (DeskDb *db, DeskPatient *patient, const GArray *told, GPtrArray **asked, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (GPtrArray) hits = txn ? desk_duplicate_find (db, patient, error) : NULL;
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (hit_free);
  g_autoptr (DeskPatient) draft = desk_patient_copy (patient);

  if (!hits)
    return FALSE;
  for (guint i = hits->len; i > 0; i--)
    if (((DeskDuplicateHit *) hits->pdata[i - 1])->match.level >= DESK_DUPLICATE_LIKELY
        && !was_told (told, ((DeskDuplicateHit *) hits->pdata[i - 1])->patient->id))
      g_ptr_array_insert (open, 0, g_ptr_array_steal_index (hits, i - 1));
  if (open->len)
    {
      *asked = g_steal_pointer (&open);
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "duplicate");
      return FALSE;
    }

  if (!desk_patient_save (db, draft, error))
    return FALSE;
  for (guint i = 0; told && i < told->len; i++)
    if (!desk_duplicate_reject (db, draft->id, g_array_index (told, gint64, i), error))
      return FALSE;
  /* A record saved as it was has written nothing. */
  if (draft->id == patient->id && draft->version == patient->version && (!told || told->len == 0))
    return TRUE;
  if (!desk_txn_commit (txn, error))
    return FALSE;

  DeskPatient stored = *draft;
  *draft = *patient;
  *patient = stored;
  return TRUE;
}
