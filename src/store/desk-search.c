/* Patients while typing: every word a prefix of one of the patient's words (performance.md, section 1). */
#include "desk-patients.h"

#include <math.h>
#include <string.h>

#include "desk-fold.h"

/* Above any character a word can have: [word, word + END] holds all words that begin with word. */
#define END "\xf4\x8f\xbf\xbf"
#define MAX_WORDS 8

typedef struct
{
  char *low, *high; /* both included */
  gint64 count;     /* rows in it, not counted past the threshold */
} Range;

typedef struct
{
  DeskDb *db;
  GArray *ids;      /* of gint64: the result */
  guint limit;
  gint64 threshold; /* from here on it is quicker to walk the patients than the range */
} Search;

static void
range_clear (gpointer data)
{
  Range *range = data;

  g_free (range->low);
  g_free (range->high);
}

static gboolean
already_found (const Search *search, gint64 id)
{
  for (guint i = 0; i < search->ids->len; i++)
    if (g_array_index (search->ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

static gboolean
count_ranges (Search *search, GArray *ranges, GError **error)
{
  for (guint i = 0; i < ranges->len; i++)
    {
      Range *range = &g_array_index (ranges, Range, i);

      if (!desk_db_value (search->db, &range->count, error,
                          "SELECT count (*) FROM (SELECT 1 FROM patient_word WHERE word >= $1 AND word <= $2 LIMIT $3) AS some", "tti",
                          range->low, range->high, search->threshold + 1))
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

/* Whether the patient has a word in each of the other ranges too. */
static gboolean
has_others (Search *search, const GArray *ranges, const Range *driver, gint64 id, gboolean *has, GError **error)
{
  *has = TRUE;
  for (guint i = 0; *has && i < ranges->len; i++)
    {
      const Range *range = &g_array_index (ranges, Range, i);
      gint64 there;

      if (range == driver)
        continue;
      if (!desk_db_value (search->db, &there, error,
                          "SELECT EXISTS (SELECT 1 FROM patient_word WHERE patient_id = $1 AND word >= $2 AND word <= $3)", "itt", id,
                          range->low, range->high))
        return FALSE;
      *has = there != 0;
    }
  return TRUE;
}

/* Few: all of the range, sorted. Many: the patients in order of rank until enough are found. Both give the
 * same order; CROSS JOIN keeps SQLite from choosing again. */
static DeskStmt *
candidates (Search *search, const Range *driver, gboolean alone, GError **error)
{
  gint64 limit = alone ? search->limit : G_MAXINT32;

  if (driver->count <= search->threshold)
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

/* Appends the patients who have a word in each range, newest visit first, until there are enough. */
static gboolean
collect (Search *search, GArray *ranges, GError **error)
{
  if (search->ids->len >= search->limit)
    return TRUE;
  if (!count_ranges (search, ranges, error))
    return FALSE;

  const Range *driver = rarest (ranges);
  if (driver->count == 0)
    return TRUE;
  g_autoptr (DeskStmt) stmt = candidates (search, driver, ranges->len == 1, error);
  DeskStep step = DESK_STEP_ERROR;
  while (stmt && search->ids->len < search->limit && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);
      gboolean has;

      if (!has_others (search, ranges, driver, id, &has, error))
        return FALSE;
      if (has && !already_found (search, id))
        g_array_append_val (search->ids, id);
    }
  return step != DESK_STEP_ERROR;
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
  Range range = { g_strdup (word), whole ? g_strdup (word) : g_strconcat (word, END, NULL), G_MAXINT64 };

  g_array_append_val (ranges, range);
}

static gboolean
collect_words (Search *search, const GPtrArray *words, gboolean whole, GError **error)
{
  g_autoptr (GArray) ranges = ranges_new ();

  for (guint i = 0; i < MIN (words->len, MAX_WORDS); i++)
    add_range (ranges, words->pdata[i], whole);
  return collect (search, ranges, error);
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
  return collect (search, ranges, error);
}

/* The best at most limit patients for what has been typed so far: an identifier in full, then those who have
 * every word as a whole one, then prefixes; among equals the newest visit first. Nothing typed finds
 * nothing. Free with g_array_unref (). */
GArray *
desk_patient_search (DeskDb *db, const char *text, guint limit, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) words = desk_fold_query (text);
  Search search = { .db = db, .ids = ids, .limit = limit };
  gint64 newest;

  if (words->len == 0)
    return g_steal_pointer (&ids);
  if (!desk_db_value (db, &newest, error, "SELECT coalesce (max (id), 0) FROM patient", ""))
    return NULL;
  /* Walking costs limit × patients ÷ rows of the range, the range its rows: equal at the root. */
  search.threshold = MAX (500, (gint64) sqrt ((double) limit * newest));

  if (!collect_identifier (&search, text, words, error) || !collect_words (&search, words, TRUE, error)
      || !collect_words (&search, words, FALSE, error))
    return NULL;
  return g_steal_pointer (&ids);
}
