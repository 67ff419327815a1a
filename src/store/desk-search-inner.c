/* Whoever has what was typed inside of a name: "guyen", "adzka". Asked only when beginnings have not filled the page. */
#include "desk-search-private.h"

#include <string.h>

#include "desk-word-list.h"

#define MANY_WORDS 400 /* with the text inside: their rows are not gathered, the patients are walked */
#define WALK 4         /* times the threshold: so far the walk goes; half of it nearly always fills the page */

typedef struct
{
  gint64 id, last_seen;
} Candidate;

typedef struct
{
  DeskDb *db;
  const DeskWordList *list;
  const GPtrArray *words; /* as typed */
  guint n_words;          /* of them looked at */
  guint limit;
  gint64 threshold; /* rows from which on walking the patients is quicker than sorting them */
  GArray *ids;      /* of gint64: the result */
} Inner;

static gboolean
is_found (const GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* Marks which of the typed words the patient's word fits: at its beginning, or inside where that is looked for. */
static guint
mark_fits (const Inner *inner, const char *word, guint marks)
{
  for (guint i = 0; i < inner->n_words; i++)
    {
      const char *typed = inner->words->pdata[i];

      if (marks & 1u << i)
        continue;
      if (desk_word_list_can_find (typed) ? strstr (word, typed) != NULL : g_str_has_prefix (word, typed))
        marks |= 1u << i;
    }
  return marks;
}

static guint
all_marks (const Inner *inner)
{
  return (1u << inner->n_words) - 1;
}

static gboolean
fits (const Inner *inner, gint64 id, gboolean *fit, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (inner->db, error, "SELECT word FROM patient_word WHERE patient_id = $1", "i", id);
  DeskStep step = DESK_STEP_ERROR;
  guint marks = 0;

  while (stmt && marks != all_marks (inner) && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    marks = mark_fits (inner, desk_stmt_text (stmt, 0), marks);
  *fit = marks == all_marks (inner);
  return step != DESK_STEP_ERROR;
}

static gboolean
read_candidates (DeskStmt *stmt, GArray *candidates, GError **error)
{
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      Candidate candidate = { desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1) };

      g_array_append_val (candidates, candidate);
    }
  return step != DESK_STEP_ERROR;
}

/* Everybody one of the typed words fits, more than once who has it more than once; NULL in *found when there are more
 * than at_most. */
static gboolean
gather (const Inner *inner, const char *typed, gint64 at_most, GArray **found, GError **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GPtrArray) words = desk_word_list_can_find (typed) ? desk_word_list_find (inner->list, typed, MANY_WORDS)
                                                                : g_ptr_array_new ();
  g_autofree char *high = g_strconcat (typed, DESK_SEARCH_END, NULL);

  *found = NULL;
  /* A word alone: whoever it begins a name of has been found already. */
  if (words && inner->n_words > 1)
    {
      g_autoptr (DeskStmt) stmt
          = desk_db_query (inner->db, error,
                           "SELECT p.id, p.last_seen FROM patient_word w CROSS JOIN patient p"
                           " WHERE w.word >= $1 AND w.word <= $2 AND p.id = w.patient_id LIMIT $3",
                           "tti", typed, high, at_most + 1);
      if (!read_candidates (stmt, candidates, error))
        return FALSE;
    }
  for (guint i = 0; words && i < words->len && candidates->len <= at_most; i++)
    {
      g_autoptr (DeskStmt) stmt
          = desk_db_query (inner->db, error,
                           "SELECT p.id, p.last_seen FROM patient_word w CROSS JOIN patient p"
                           " WHERE w.word = $1 AND p.id = w.patient_id LIMIT $2",
                           "ti", (const char *) words->pdata[i], at_most + 1 - candidates->len);
      if (!read_candidates (stmt, candidates, error))
        return FALSE;
    }
  if (words && candidates->len <= at_most)
    *found = g_steal_pointer (&candidates);
  return TRUE;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *left = a, *right = b;

  if (left->last_seen != right->last_seen)
    return left->last_seen > right->last_seen ? -1 : 1;
  return (left->id < right->id) - (left->id > right->id);
}

static gboolean
take_sorted (Inner *inner, GArray *candidates, GError **error)
{
  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len && inner->ids->len < inner->limit; i++)
    {
      gint64 id = g_array_index (candidates, Candidate, i).id;
      gboolean fit = TRUE;

      if (is_found (inner->ids, id))
        continue;
      if (inner->n_words > 1 && !fits (inner, id, &fit, error))
        return FALSE;
      if (fit)
        g_array_append_val (inner->ids, id);
    }
  return TRUE;
}

/* Many have it: the patients in order of rank, until the page is full or the budget spent. CROSS JOIN keeps the order
 * of the index. */
static gboolean
walk (Inner *inner, GError **error)
{
  const char *low = inner->n_words == 1 ? ":" : ""; /* past the numbers, where they cannot fit */
  g_autoptr (DeskStmt) stmt
      = desk_db_query (inner->db, error,
                       "SELECT p.id, w.word FROM patient p CROSS JOIN patient_word w"
                       " WHERE w.patient_id = p.id AND w.word >= $1 ORDER BY p.last_seen DESC, p.id DESC",
                       "t", low);
  DeskStep step = DESK_STEP_ERROR;
  gint64 current = 0, left = inner->threshold * WALK;
  guint marks = 0;

  while (stmt && inner->ids->len < inner->limit && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);

      if (id != current && left-- == 0)
        break;
      marks = mark_fits (inner, desk_stmt_text (stmt, 1), id == current ? marks : 0);
      if (marks == all_marks (inner) && !is_found (inner->ids, id))
        g_array_append_val (inner->ids, id);
      current = id;
    }
  return step != DESK_STEP_ERROR;
}

/* Appends to ids, up to limit, whoever has each word at the beginning or, from three letters on, inside of one of
 * theirs; newest visit first. */
gboolean
desk_search_inner (DeskDb *db, const GPtrArray *words, guint limit, GArray *ids, GError **error)
{
  Inner inner = { .db = db, .words = words, .n_words = MIN (words->len, DESK_SEARCH_WORDS_MAX), .limit = limit, .ids = ids };
  g_autoptr (GArray) best = NULL;
  gboolean any = FALSE;

  for (guint i = 0; i < inner.n_words; i++)
    any |= desk_word_list_can_find (words->pdata[i]);
  if (ids->len >= limit || !any)
    return TRUE;
  if (!(inner.list = desk_word_list (db, error)) || !(inner.threshold = desk_search_threshold (db, limit, error)))
    return FALSE;
  for (guint i = 0; i < inner.n_words && (!best || best->len > 0); i++)
    {
      g_autoptr (GArray) found = NULL;

      if (!gather (&inner, words->pdata[i], best ? best->len : inner.threshold, &found, error))
        return FALSE;
      if (found)
        {
          g_clear_pointer (&best, g_array_unref);
          best = g_steal_pointer (&found);
        }
    }
  return best ? take_sorted (&inner, best, error) : walk (&inner, error);
}
