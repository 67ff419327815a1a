/* The words under which patients are found. */
#include "desk-patients.h"

#include <string.h>

#include "desk-fold.h"
#include "desk-code-check.h"

/* Country codes of two digits (ITU-T E.164); 1 and 7 stand alone, all others have three. */
static const char two_digit_codes[] = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 "
                                      "81 82 84 86 90 91 92 93 94 95 98 ";

static guint
country_code_length (const char *digits)
{
  char code[] = { digits[0], digits[0] ? digits[1] : '\0', ' ', '\0' };

  if (digits[0] == '1' || digits[0] == '7')
    return 1;
  return strstr (two_digit_codes, code) ? 2 : 3;
}

static void
add_word (GHashTable *words, const char *word)
{
  if (*word)
    g_hash_table_add (words, g_utf8_substring (word, 0, MIN (g_utf8_strlen (word, -1), DESK_FOLD_WORD_MAX)));
}

static void
add_field (GHashTable *words, const char *text)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  desk_fold_words (text, found);
  for (guint i = 0; i < found->len; i++)
    g_hash_table_add (words, found->pdata[i]);
}

/* A code whole, and its tails of four signs and more, as people read them out. */
static void
add_code (GHashTable *words, const char *text)
{
  g_autofree char *code = desk_fold_identifier (text);
  gsize length = strlen (code);

  add_word (words, code);
  for (gsize i = 1; i + 4 <= length && g_str_is_ascii (code); i++)
    add_word (words, code + i);
}

/* A chart number also by its digits, with and without the zeros in front, and without its check character. */
static void
add_chart (GHashTable *words, const char *chart)
{
  g_autofree char *bare = desk_code_without_check (chart);
  const char *digits = bare + strcspn (bare, "123456789");

  add_field (words, chart);
  add_word (words, strspn (digits, "0123456789") == strlen (digits) ? digits : "");
}

static void
add_one_phone (GHashTable *words, const char *phone)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (const char *p = phone; *p; p++)
    if (g_ascii_isdigit (*p))
      {
        if (p == phone || !g_ascii_isdigit (p[-1]))
          g_array_append_val (starts, digits->len);
        g_string_append_c (digits, *p);
      }
  if (digits->len < 4)
    return;
  /* From the beginning of each group as it was written, so that it is found from any of them. */
  for (guint i = 0; i < starts->len; i++)
    if (digits->len - g_array_index (starts, gsize, i) >= 4)
      add_word (words, digits->str + g_array_index (starts, gsize, i));
  if (phone[strspn (phone, " (")] == '+' && digits->len > 7)
    add_word (words, digits->str + country_code_length (digits->str));
  add_word (words, digits->str + strspn (digits->str, "0"));
  for (gsize tail = 4; tail <= 8 && tail <= digits->len; tail++)
    add_word (words, digits->str + digits->len - tail);
}

static void
add_phone (GHashTable *words, const char *phone)
{
  g_auto (GStrv) numbers = g_strsplit_set (phone, ",;", -1);

  for (guint i = 0; numbers[i]; i++)
    add_one_phone (words, g_strstrip (numbers[i]));
}

/* Digits from the year down, as far as known; a full date also from the day up. */
static void
add_birth (GHashTable *words, const char *birth)
{
  g_auto (GStrv) parts = g_strsplit (birth, "-", -1);
  g_autofree char *down = g_strjoinv (NULL, parts);

  add_word (words, down);
  if (g_strv_length (parts) == 3)
    {
      g_autofree char *up = g_strconcat (parts[2], parts[1], parts[0], NULL);
      add_word (words, up);
    }
}

/* Every folded word the patient is to be found by, as a set; the caller unrefs it. */
GHashTable *
desk_patient_words (const DeskPatient *patient)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *name = desk_patient_name (patient);
  g_autofree char *native = desk_patient_native_name (patient);

  add_field (words, name);
  add_field (words, native);
  add_field (words, patient->kana ? patient->kana : "");
  add_field (words, patient->preferred ? patient->preferred : "");
  add_chart (words, patient->chart ? patient->chart : "");
  add_code (words, patient->passport ? patient->passport : "");
  add_phone (words, patient->phone ? patient->phone : "");
  add_birth (words, patient->birth ? patient->birth : "");
  return words;
}

/* Takes from words what is stored already, and deletes what is stored but not in words. */
static gboolean
delete_stale (DeskDb *db, gint64 id, GHashTable *words, GError **error)
{
  g_autoptr (GPtrArray) stale = g_ptr_array_new_with_free_func (g_free);
  DeskStep step = DESK_STEP_ERROR;

  {
    g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT word FROM patient_word WHERE patient_id = $1", "i", id);

    while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
      if (!g_hash_table_remove (words, desk_stmt_text (stmt, 0)))
        g_ptr_array_add (stale, desk_stmt_dup_text (stmt, 0));
  }
  if (step == DESK_STEP_ERROR)
    return FALSE;
  for (guint i = 0; i < stale->len; i++)
    if (!desk_db_run (db, error, "DELETE FROM patient_word WHERE word = $1 AND patient_id = $2", "ti", (const char *) stale->pdata[i], id))
      return FALSE;
  return TRUE;
}

/* Whoever was merged into a record is found as that record. */
static gboolean
add_merged (DeskDb *db, gint64 id, GHashTable *words, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "WITH RECURSIVE down (id) AS (SELECT id FROM patient WHERE merged_into = $1"
                       " UNION SELECT p.id FROM patient p JOIN down d ON p.merged_into = d.id) SELECT id FROM down", "i", id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      g_autoptr (DeskPatient) merged = desk_patient_load (db, desk_stmt_int64 (stmt, 0), error);
      g_autoptr (GHashTable) theirs = merged ? desk_patient_words (merged) : NULL;
      GHashTableIter iter;
      gpointer word;

      if (!theirs)
        return FALSE;
      g_hash_table_iter_init (&iter, theirs);
      while (g_hash_table_iter_next (&iter, &word, NULL))
        g_hash_table_add (words, g_strdup (word));
    }
  return step == DESK_STEP_DONE;
}

/* The words under which this record is to be found: none when it was merged into another. */
static GHashTable *
words_to_store (DeskDb *db, const DeskPatient *patient, GError **error)
{
  gint64 merged;

  if (!desk_db_value (db, &merged, error, "SELECT merged_into IS NOT NULL FROM patient WHERE id = $1", "i", patient->id))
    return NULL;
  g_autoptr (GHashTable) words
      = merged ? g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) : desk_patient_words (patient);
  if (!merged && !add_merged (db, patient->id, words, error))
    return NULL;
  return g_steal_pointer (&words);
}

/* Brings the words of a patient in line with the record, and with those merged into it, inside the open transaction:
 * only those that differ are written. */
gboolean
desk_patient_write_words (DeskDb *db, const DeskPatient *patient, GError **error)
{
  g_autoptr (GHashTable) words = words_to_store (db, patient, error);
  GHashTableIter iter;
  gpointer word;

  if (!words || !delete_stale (db, patient->id, words, error))
    return FALSE;
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (!desk_db_run (db, error, "INSERT INTO patient_word (word, patient_id) VALUES ($1, $2)", "ti", (const char *) word, patient->id))
      return FALSE;
  return TRUE;
}

/* The words of everybody, inside the open transaction; after a change of how names are folded. */
gboolean
desk_patient_write_all_words (DeskDb *db, GError **error)
{
  g_autoptr (GArray) ids = desk_patient_ids (db, DESK_PATIENT_SORT_CHART, error);

  for (guint i = 0; ids && i < ids->len; i++)
    {
      g_autoptr (DeskPatient) patient = desk_patient_load (db, g_array_index (ids, gint64, i), error);

      if (!patient || !desk_patient_write_words (db, patient, error))
        return FALSE;
    }
  return ids != NULL;
}
