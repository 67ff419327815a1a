/* Patients while typing: every word a prefix of one of the patient's words (performance.md, section 1); when those do
 * not fill the page, desk-search-inner.c goes on. */
#include "desk-patients.h"

#include <math.h>
#include <string.h>

#include "desk-fold.h"
#include "desk-search-private.h"

#define FEW 500  /* that many rows are always sorted rather than walked to */
#define TINY 64  /* and that many are not even counted first */

typedef struct
{
  char *low, *high; /* both included */
  gint64 count;     /* rows in it, not counted past the threshold */
} Range;

typedef struct
{
  gint64 id, last_seen;
  gboolean whole; /* the word is the whole one, not a prefix */
} Candidate;

typedef struct
{
  DeskDb *db;
  GArray *ids;      /* of gint64: the result */
  guint limit;
  gint64 threshold; /* from here on it is quicker to walk the patients than the range; 0 while not needed */
} Search;

static void
range_clear (gpointer data)
{
  Range *range = data;

  g_free (range->low);
  g_free (range->high);
}

static gboolean
contains (const GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* So many rows cost as much to sort as the patients to walk until limit are found, which is limit × patients ÷ rows:
 * equal at the root. 0 with an error. */
gint64
desk_search_threshold (DeskDb *db, guint limit, GError **error)
{
  gint64 newest;

  if (!desk_db_value (db, &newest, error, "SELECT coalesce (max (id), 0) FROM patient", ""))
    return 0;
  return MAX (FEW, (gint64) sqrt ((double) limit * newest));
}

static gboolean
find_threshold (Search *search, GError **error)
{
  if (search->threshold == 0)
    search->threshold = desk_search_threshold (search->db, search->limit, error);
  return search->threshold != 0;
}

static gboolean
count_range (Search *search, Range *range, gint64 at_most, GError **error)
{
  return desk_db_value (search->db, &range->count, error,
                        "SELECT count (*) FROM (SELECT 1 FROM patient_word WHERE word >= $1 AND word <= $2"
                        " LIMIT $3) AS some", "tti",
                        range->low, range->high, at_most + 1);
}

/* Counts as far as it matters; stops at the first empty one. */
static gboolean
count_ranges (Search *search, GArray *ranges, GError **error)
{
  for (guint i = 0; i < ranges->len; i++)
    {
      Range *range = &g_array_index (ranges, Range, i);

      if (!count_range (search, range, FEW, error))
        return FALSE;
      if (range->count > FEW
          && (!find_threshold (search, error) || !count_range (search, range, search->threshold, error)))
        return FALSE;
      if (range->count == 0)
        break;
    }
  return TRUE;
}

static const Range *
rarest (const GArray *ranges)
{
  const Range *best = &g_array_index (ranges, Range, 0);

  for (guint i = 1; i < ranges->len; i++)
    if (g_array_index (ranges, Range, i).count < best->count)
      best = &g_array_index (ranges, Range, i);
  return best;
}

/* Whether the patient has a word in each of the other ranges too, and whether that is the whole word each
 * time: it is the lowest of its range. */
static gboolean
has_others (Search *search, const GArray *ranges, const Range *driver, gint64 id, gboolean *has, gboolean *whole,
            GError **error)
{
  *has = TRUE;
  for (guint i = 0; *has && i < ranges->len; i++)
    {
      const Range *range = &g_array_index (ranges, Range, i);

      if (range == driver)
        continue;
      g_autoptr (DeskStmt) stmt
          = desk_db_query (search->db, error,
                           "SELECT word FROM patient_word WHERE patient_id = $1 AND word >= $2 AND word <= $3"
                           " ORDER BY word LIMIT 1",
                           "itt", id, range->low, range->high);
      DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;
      if (step == DESK_STEP_ERROR)
        return FALSE;
      *has = step == DESK_STEP_ROW;
      *whole = *whole && *has && g_str_equal (desk_stmt_text (stmt, 0), range->low);
    }
  return TRUE;
}

/* Few: all of the range, sorted. Many: the patients in order of rank until enough are found. Both give the
 * same order; CROSS JOIN keeps SQLite from choosing again. */
static DeskStmt *
candidates (Search *search, const Range *driver, gboolean alone, GError **error)
{
  gint64 limit = alone ? search->limit : G_MAXINT32;

  if (driver->count <= MAX (FEW, search->threshold))
    return desk_db_query (search->db, error,
                          "SELECT DISTINCT p.id, p.last_seen FROM patient_word w CROSS JOIN patient p"
                          " WHERE w.word >= $1 AND w.word <= $2 AND p.id = w.patient_id"
                          " ORDER BY p.last_seen DESC, p.id DESC LIMIT $3",
                          "tti", driver->low, driver->high, limit);
  return desk_db_query (search->db, error,
                        "SELECT p.id FROM patient p WHERE EXISTS (SELECT 1 FROM patient_word w"
                        " WHERE w.patient_id = p.id AND w.word >= $1 AND w.word <= $2)"
                        " ORDER BY p.last_seen DESC, p.id DESC LIMIT $3",
                        "tti", driver->low, driver->high, limit);
}

/* Appends the patients who have a word in each range, newest visit first, until there are enough: the way for
 * frequent words, of whole ones first, of prefixes afterwards. */
static gboolean
collect (Search *search, GArray *ranges, GError **error)
{
  const Range *driver = rarest (ranges);

  if (search->ids->len >= search->limit || driver->count == 0)
    return TRUE;
  g_autoptr (DeskStmt) stmt = candidates (search, driver, ranges->len == 1, error);
  DeskStep step = DESK_STEP_ERROR;
  while (stmt && search->ids->len < search->limit && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);
      gboolean has, whole = FALSE;

      if (!has_others (search, ranges, driver, id, &has, &whole, error))
        return FALSE;
      if (has && !contains (search->ids, id))
        g_array_append_val (search->ids, id);
    }
  return step != DESK_STEP_ERROR;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *left = a, *right = b;

  if (left->whole != right->whole)
    return left->whole ? -1 : 1;
  if (left->last_seen != right->last_seen)
    return left->last_seen > right->last_seen ? -1 : 1;
  return (left->id < right->id) - (left->id > right->id);
}

/* The first at_most rows of a range, best first; a patient is there once for each word that fits. Sorting here
 * costs half of what DISTINCT and ORDER BY do. */
static GArray *
fetch (Search *search, const Range *range, gint64 at_most, GError **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (DeskStmt) stmt
      = desk_db_query (search->db, error,
                       "SELECT p.id, p.last_seen, CASE WHEN w.word = $1 THEN 1 ELSE 0 END FROM patient_word w"
                       " CROSS JOIN patient p"
                       " WHERE w.word >= $1 AND w.word <= $2 AND p.id = w.patient_id LIMIT $3",
                       "tti", range->low, range->high, at_most);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      Candidate candidate = { desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1), desk_stmt_int (stmt, 2) };

      g_array_append_val (candidates, candidate);
    }
  if (step == DESK_STEP_ERROR)
    return NULL;
  g_array_sort (candidates, compare_candidates);
  return g_steal_pointer (&candidates);
}

static gboolean
is_candidate (const GArray *candidates, gint64 id)
{
  for (guint i = 0; i < candidates->len; i++)
    if (g_array_index (candidates, Candidate, i).id == id)
      return TRUE;
  return FALSE;
}

/* Takes the best of all rows of a short range: those with every word whole, then the others by rank. */
static gboolean
take_best (Search *search, const GArray *ranges, const Range *driver, const GArray *candidates, GError **error)
{
  g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (Candidate));
  guint n_prefixes = 0;

  for (guint i = 0; i < candidates->len && search->ids->len + n_prefixes < search->limit; i++)
    {
      Candidate candidate = g_array_index (candidates, Candidate, i);
      gboolean has, is_prefix = !candidate.whole;

      if (contains (search->ids, candidate.id) || is_candidate (rest, candidate.id))
        continue;
      if (!has_others (search, ranges, driver, candidate.id, &has, &candidate.whole, error))
        return FALSE;
      if (has && candidate.whole)
        g_array_append_val (search->ids, candidate.id);
      else if (has)
        {
          g_array_append_val (rest, candidate);
          n_prefixes += is_prefix;
        }
    }
  g_array_sort (rest, compare_candidates);
  for (guint i = 0; i < rest->len && search->ids->len < search->limit; i++)
    g_array_append_val (search->ids, g_array_index (rest, Candidate, i).id);
  return TRUE;
}

static GArray *
ranges_new (void)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (Range));

  g_array_set_clear_func (ranges, range_clear);
  return ranges;
}

static void
add_range (GArray *ranges, const char *word, gboolean whole)
{
  Range range = { g_strdup (word), whole ? g_strdup (word) : g_strconcat (word, DESK_SEARCH_END, NULL), G_MAXINT64 };

  g_array_append_val (ranges, range);
}

static GArray *
ranges_of (const GPtrArray *words, gboolean whole)
{
  GArray *ranges = ranges_new ();

  for (guint i = 0; i < MIN (words->len, DESK_SEARCH_WORDS_MAX); i++)
    add_range (ranges, words->pdata[i], whole);
  return ranges;
}

static gboolean
collect_words (Search *search, const GPtrArray *words, GError **error)
{
  g_autoptr (GArray) ranges = ranges_of (words, FALSE);
  g_autoptr (GArray) candidates = NULL;

  if (search->ids->len >= search->limit)
    return TRUE;
  /* Long words and numbers: one look is enough. */
  if (ranges->len == 1 && !(candidates = fetch (search, rarest (ranges), TINY, error)))
    return FALSE;
  if (candidates && candidates->len < TINY)
    return take_best (search, ranges, rarest (ranges), candidates, error);

  if (!count_ranges (search, ranges, error))
    return FALSE;
  const Range *driver = rarest (ranges);
  if (driver->count <= MAX (FEW, search->threshold))
    {
      g_clear_pointer (&candidates, g_array_unref);
      candidates = fetch (search, driver, driver->count, error);
      return candidates && take_best (search, ranges, driver, candidates, error);
    }

  g_autoptr (GArray) whole = ranges_of (words, TRUE);
  return count_ranges (search, whole, error) && collect (search, whole, error) && collect (search, ranges, error);
}

/* A number typed with something between its parts: "P-000123", "AB 123456". */
static gboolean
collect_identifier (Search *search, const char *text, const GPtrArray *words, GError **error)
{
  g_autofree char *identifier = desk_fold_identifier (text);
  g_autoptr (GArray) ranges = ranges_new ();

  if (words->len < 2 || !strpbrk (identifier, "0123456789"))
    return TRUE;
  add_range (ranges, identifier, TRUE);
  return count_ranges (search, ranges, error) && collect (search, ranges, error);
}

static gboolean
collect_all (Search *search, const char *text, gboolean inner, GError **error)
{
  g_autoptr (GPtrArray) words = desk_fold_query (text);

  return words->len == 0
         || (collect_identifier (search, text, words, error) && collect_words (search, words, error)
             && (!inner || desk_search_inner (search->db, words, search->limit, search->ids, error)));
}

static GArray *
find_patients (DeskDb *db, const char *text, guint limit, gboolean inner, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Search search = { .db = db, .ids = ids, .limit = limit };

  return collect_all (&search, text, inner, error) ? g_steal_pointer (&ids) : NULL;
}

/* The best at most limit patients for what has been typed so far: an identifier in full, then those who have
 * every word as a whole one, then prefixes, then what stands inside of a name; among equals the newest visit first.
 * Nothing typed finds nothing. Free with g_array_unref (). */
GArray *
desk_patient_search (DeskDb *db, const char *text, guint limit, GError **error)
{
  return find_patients (db, text, limit, TRUE, error);
}

/* The same without what stands inside of a name: for guesses made by the program. */
GArray *
desk_patient_match (DeskDb *db, const char *text, guint limit, GError **error)
{
  return find_patients (db, text, limit, FALSE, error);
}
