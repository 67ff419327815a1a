/* A table of trigrams would cost every save more than the save itself; the distinct words of names of 100,000 patients
 * are some ten or a hundred thousand, and chaining their letters in memory takes milliseconds.
 *
 * Words with digits are left out: numbers are stored with all their tails. So are Han, kana and hangul, which are
 * stored from each character on. */
#include "desk-word-list.h"

#include <string.h>

#define SHORTEST 3       /* characters: two are inside of nearly every name */
#define REPEATED 16      /* rows of one word from which on it is quicker to seek the next */
#define MANY_CHANGES 200 /* from here on the list is read anew */
#define AFTER_DIGITS ":"
#define FIRST_DENSE 0x3000 /* Han, kana and the letters of hangul lie from here … */
#define AFTER_DENSE 0xa000 /* … to here, and again from the next on */
#define FIRST_RARE_HAN 0x20000

#define BUCKETS 65536

/* A place is where three letters begin in the words, but not at the beginning of one; those whose letters fall into one
 * bucket are chained, the newest first. */
struct _DeskWordList
{
  GString *words;        /* each between two \n */
  GArray *next;          /* of guint32, beside each byte of the words: the place after it in its bucket, 0 for none */
  guint32 heads[BUCKETS];
  gint64 seq;            /* of the newest audit row that is taken in */
};

static void
list_free (gpointer data)
{
  DeskWordList *list = data;

  g_string_free (list->words, TRUE);
  g_array_unref (list->next);
  g_free (list);
}

/* The bucket of the first three letters; BUCKETS when there are fewer. */
static guint
bucket_of (const char *text)
{
  guint32 hash = 2166136261;

  for (guint i = 0; i < SHORTEST; i++)
    {
      if (*text == '\n' || *text == '\0')
        return BUCKETS;
      for (const char *end = g_utf8_next_char (text); text < end; text++)
        hash = (hash ^ (guchar) *text) * 16777619;
    }
  return (hash ^ hash >> 16) % BUCKETS;
}

static void
add_word (DeskWordList *list, const char *word)
{
  gsize begin = list->words->len;

  g_string_append (list->words, word);
  g_string_append_c (list->words, '\n');
  g_array_set_size (list->next, list->words->len);
  const char *all = list->words->str, *p = g_utf8_next_char (all + begin);
  for (guint bucket; (bucket = bucket_of (p)) != BUCKETS; p = g_utf8_next_char (p))
    {
      g_array_index (list->next, guint32, p - all) = list->heads[bucket];
      list->heads[bucket] = p - all;
    }
}

static gboolean
is_dense (gunichar first)
{
  return (first >= FIRST_DENSE && first < AFTER_DENSE) || first >= FIRST_RARE_HAN;
}

/* Whether words with this inside are to be found here; everything else is found by its beginning. */
gboolean
desk_word_list_can_find (const char *word)
{
  return !strpbrk (word, "0123456789") && !is_dense (g_utf8_get_char (word)) && g_utf8_strlen (word, -1) >= SHORTEST;
}

/* What to skip to when the word is none of ours: past all that have a digit in the same place, or past all of the
 * scripts that are left out. NULL when it is one. The caller frees it. */
static char *
skip_from (const char *word)
{
  gsize before_digit = strcspn (word, "0123456789");
  gunichar first = g_utf8_get_char (word);

  if (word[before_digit])
    return g_strdup_printf ("%.*s" AFTER_DIGITS, (int) before_digit, word);
  if (is_dense (first))
    return g_strdup (first < AFTER_DENSE ? "\xea\x80\x80" : "\xf4\x8f\xbf\xbf");
  return NULL;
}

/* Takes words after `after` in their order until it is quicker to seek: then *after says from where, else it
 * becomes NULL. */
static gboolean
read_run (DeskWordList *list, DeskDb *db, char **after, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "SELECT word FROM patient_word WHERE word > $1 ORDER BY word", "t", *after);
  g_autoptr (GString) last = g_string_new (NULL);
  DeskStep step = DESK_STEP_ERROR;
  guint repeated = 0;

  g_clear_pointer (after, g_free);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      const char *word = desk_stmt_text (stmt, 0);

      if (g_str_equal (word, last->str))
        {
          if (++repeated < REPEATED)
            continue;
          *after = g_strdup (word);
          return TRUE;
        }
      if ((*after = skip_from (word)))
        return TRUE;
      repeated = 0;
      g_string_assign (last, word);
      add_word (list, word);
    }
  return step == DESK_STEP_DONE;
}

static gboolean
read_all (DeskWordList *list, DeskDb *db, GError **error)
{
  g_autofree char *after = g_strdup (AFTER_DIGITS);

  g_string_assign (list->words, "\n");
  memset (list->heads, 0, sizeof list->heads);
  while (after)
    if (!read_run (list, db, &after, error))
      return FALSE;
  return TRUE;
}

/* Words that are gone stay: nobody has them, so they find nobody. */
static gboolean
add_words_of (DeskWordList *list, DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "SELECT word FROM patient_word WHERE patient_id = $1", "i", patient_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      const char *word = desk_stmt_text (stmt, 0);
      g_autofree char *skip = skip_from (word);
      g_autofree char *line = g_strconcat ("\n", word, "\n", NULL);

      if (!skip && !memmem (list->words->str, list->words->len, line, strlen (line)))
        add_word (list, word);
    }
  return step == DESK_STEP_DONE;
}

/* Whom the audit trail names since the list was read; NULL in *ids when everybody may have changed (an import), or
 * so many that reading all is quicker. */
static gboolean
read_changed (const DeskWordList *list, DeskDb *db, GArray **ids, GError **error)
{
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT kind, object_id FROM audit WHERE seq > $1"
                                             " AND kind IN ('patient', 'import', 'clinic') LIMIT $2",
                                             "id", list->seq, MANY_CHANGES);
  DeskStep step = DESK_STEP_ERROR;
  gboolean all = FALSE;

  while (stmt && !all && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 1);

      all = !g_str_equal (desk_stmt_text (stmt, 0), "patient") || changed->len + 1 == MANY_CHANGES;
      g_array_append_val (changed, id);
    }
  *ids = all || step != DESK_STEP_DONE ? NULL : g_steal_pointer (&changed);
  return step != DESK_STEP_ERROR;
}

static gboolean
bring_up (DeskWordList *list, DeskDb *db, gint64 seq, GError **error)
{
  g_autoptr (GArray) ids = NULL;

  if (list->seq == seq)
    return TRUE;
  if (list->seq >= 0 && !read_changed (list, db, &ids, error))
    return FALSE;
  if (!ids && !read_all (list, db, error))
    return FALSE;
  for (guint i = 0; ids && i < ids->len; i++)
    if (!add_words_of (list, db, g_array_index (ids, gint64, i), error))
      return FALSE;
  /* What is rolled back leaves its number to another. */
  list->seq = desk_db_is_writing (db) ? -1 : seq;
  return TRUE;
}

/* The list as of now, lent by the connection: read when it is first asked for, then brought up by what the audit
 * trail says has changed, at whichever desk. */
DeskWordList *
desk_word_list (DeskDb *db, GError **error)
{
  static const char name[] = "word-list";
  DeskWordList *list = desk_db_get_kept (db, name);
  gint64 seq;

  /* The trail is read first: whatever is written after it will be read again. */
  if (!desk_db_value (db, &seq, error, "SELECT coalesce (max (seq), 0) FROM audit", ""))
    return NULL;
  if (!list)
    {
      list = g_new0 (DeskWordList, 1);
      list->words = g_string_new (NULL);
      list->next = g_array_new (FALSE, FALSE, sizeof (guint32));
      list->seq = -1;
      desk_db_keep (db, name, list, list_free);
    }
  if (!bring_up (list, db, seq, error))
    {
      list->seq = -1;
      return NULL;
    }
  return list;
}

/* The words that have the text, of three letters or more, inside but do not begin with it, in no order; one may come
 * twice. NULL when they are more than at_most. Free with g_ptr_array_unref (). */
GPtrArray *
desk_word_list_find (const DeskWordList *list, const char *inner, guint at_most)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  const char *all = list->words->str;
  gsize length = strlen (inner);
  guint bucket = bucket_of (inner);

  g_return_val_if_fail (bucket != BUCKETS, NULL);
  for (guint32 place = list->heads[bucket]; place; place = g_array_index (list->next, guint32, place))
    {
      if (strncmp (all + place, inner, length) != 0)
        continue;
      const char *begin = (const char *) memrchr (all, '\n', place) + 1;
      if (found->len == at_most)
        return NULL;
      g_ptr_array_add (found, g_strndup (begin, strchr (all + place, '\n') - begin));
    }
  return g_steal_pointer (&found);
}
