/* The pairs of a whole clinic: one pass notes what each record is recognised by, and only pairs that nothing noted
 * contradicts are loaded and weighed. */
#include "desk-duplicates.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "desk-patients.h"

/* What more people share than that says nothing about who they are: an agency's telephone, "no@mail". */
#define TOO_COMMON 20
/* Between looks at the cancellable. */
#define STRIDE 256

typedef struct
{
  guint64 hash; /* of a text the record is recognised by; two that only look alike are weighed in vain */
  guint row;
  gboolean passport;
} Mark;

typedef struct
{
  gint64 id;
  char birth[11];
} Row;

typedef struct
{
  guint a, b; /* rows */
} Candidate;

typedef struct
{
  DeskDb *db;
  GArray *rows, *marks, *candidates;
  GCancellable *cancellable;
  DeskDuplicateProgress progress;
  gpointer progress_data;
} Pass;

void
desk_duplicate_pair_free (DeskDuplicatePair *pair)
{
  desk_patient_free (pair->a);
  desk_patient_free (pair->b);
  g_free (pair);
}

static void
pair_free (gpointer pair)
{
  desk_duplicate_pair_free (pair);
}

/* FALSE when nobody waits any more. done of total of this part, which goes from one fraction to another. */
static gboolean
go_on (const Pass *pass, guint done, guint total, double from, double to, GError **error)
{
  if (done % STRIDE)
    return TRUE;
  if (pass->progress)
    pass->progress (from + (to - from) * done / MAX (total, 1), pass->progress_data);
  return !g_cancellable_set_error_if_cancelled (pass->cancellable, error);
}

/* FNV-1a. */
static guint64
hash_text (const char *text)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (; *text; text++)
    hash = (hash ^ (guchar) *text) * G_GUINT64_CONSTANT (1099511628211);
  return hash;
}

static void
note (Pass *pass, DeskStmt *stmt, DeskPatient *patient)
{
  Row row = { .id = desk_stmt_int64 (stmt, DESK_DUPLICATE_MARKS) };

  for (guint i = 0; i < DESK_DUPLICATE_MARKS; i++)
    desk_patient_set (patient, desk_duplicate_mark (i), desk_stmt_text (stmt, i));
  g_strlcpy (row.birth, patient->birth, sizeof row.birth);
  g_autoptr (GPtrArray) keys = desk_duplicate_keys (patient);
  for (guint i = 0; i < keys->len; i++)
    {
      Mark mark = { hash_text (keys->pdata[i]), pass->rows->len, g_str_has_prefix (keys->pdata[i], "passport ") };
      g_array_append_val (pass->marks, mark);
    }
  g_array_append_val (pass->rows, row);
}

static gboolean
read_marks (Pass *pass, GError **error)
{
  g_autoptr (DeskPatient) patient = desk_patient_new ();
  g_autoptr (DeskStmt) stmt
      = desk_db_query (pass->db, error,
                       "SELECT family, given, family_native, given_native, kana, birth, passport, phone, email, former, id"
                       " FROM patient WHERE merged_into IS NULL ORDER BY id", "");
  DeskStep step = DESK_STEP_ERROR;
  gint64 total;

  if (!desk_db_value (pass->db, &total, error, "SELECT count (*) FROM patient", ""))
    return FALSE;
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      if (!go_on (pass, pass->rows->len, (guint) total, 0, 0.8, error))
        return FALSE;
      note (pass, stmt, patient);
    }
  return step == DESK_STEP_DONE;
}

static int
compare_marks (const void *a, const void *b)
{
  const Mark *left = a, *right = b;

  if (left->hash != right->hash)
    return left->hash < right->hash ? -1 : 1;
  return left->row < right->row ? -1 : left->row > right->row;
}

static int
compare_candidates (const void *a, const void *b)
{
  const Candidate *left = a, *right = b;

  if (left->a != right->a)
    return left->a < right->a ? -1 : 1;
  return left->b < right->b ? -1 : left->b > right->b;
}

/* Two dates of birth make two people, whatever else they share, but for a passport. */
static gboolean
contradict (const Row *a, const Row *b)
{
  gsize length = MIN (strlen (a->birth), strlen (b->birth));

  return length >= 4 && strncmp (a->birth, b->birth, length) != 0;
}

static void
add_candidates (Pass *pass, const Mark *marks, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint k = i + 1; k < n; k++)
      {
        Candidate candidate = { marks[i].row, marks[k].row };

        if (candidate.a != candidate.b
            && (marks[i].passport || !contradict (&g_array_index (pass->rows, Row, candidate.a), &g_array_index (pass->rows, Row, candidate.b))))
          g_array_append_val (pass->candidates, candidate);
      }
}

static void
pair_up (Pass *pass)
{
  const Mark *marks = (const Mark *) pass->marks->data;

  qsort (pass->marks->data, pass->marks->len, sizeof (Mark), compare_marks);
  for (guint i = 0, end; i < pass->marks->len; i = end)
    {
      guint people = 1;

      for (end = i + 1; end < pass->marks->len && marks[end].hash == marks[i].hash; end++)
        people += marks[end].row != marks[end - 1].row;
      if (people > 1 && people <= TOO_COMMON)
        add_candidates (pass, marks + i, end - i);
    }
  if (pass->candidates->len)
    qsort (pass->candidates->data, pass->candidates->len, sizeof (Candidate), compare_candidates);
}

static gboolean
weigh_pair (DeskDb *db, gint64 one, gint64 other, GPtrArray *pairs, GError **error)
{
  gint64 rejected;

  if (!desk_db_value (db, &rejected, error, "SELECT EXISTS (SELECT 1 FROM not_same WHERE a_id = $1 AND b_id = $2)", "ii", one, other))
    return FALSE;
  if (rejected)
    return TRUE;
  g_autoptr (DeskPatient) a = desk_patient_load (db, one, error);
  g_autoptr (DeskPatient) b = a ? desk_patient_load (db, other, error) : NULL;
  if (!b)
    return FALSE;

  DeskDuplicate match = desk_duplicate_score (a, b);
  if (match.level < DESK_DUPLICATE_LIKELY)
    return TRUE;
  DeskDuplicatePair *pair = g_new (DeskDuplicatePair, 1);
  *pair = (DeskDuplicatePair){ g_steal_pointer (&a), g_steal_pointer (&b), match };
  g_ptr_array_add (pairs, pair);
  return TRUE;
}

static gboolean
weigh_candidates (const Pass *pass, GPtrArray *pairs, GError **error)
{
  const Candidate *candidates = (const Candidate *) pass->candidates->data;

  for (guint i = 0; i < pass->candidates->len; i++)
    {
      const Candidate *this = &candidates[i];

      if (!go_on (pass, i, pass->candidates->len, 0.8, 1, error))
        return FALSE;
      if ((i == 0 || compare_candidates (this - 1, this) != 0)
          && !weigh_pair (pass->db, g_array_index (pass->rows, Row, this->a).id, g_array_index (pass->rows, Row, this->b).id, pairs, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const DeskDuplicatePair *left = *(DeskDuplicatePair *const *) a, *right = *(DeskDuplicatePair *const *) b;

  if (left->match.level != right->match.level)
    return left->match.level > right->match.level ? -1 : 1;
  return left->b->id != right->b->id ? (left->b->id > right->b->id ? -1 : 1) : (left->a->id < right->a->id ? -1 : 1);
}

/* The pairs of the whole clinic that are certainly or likely one person, certain ones first, then the newest: at most
 * limit DeskDuplicatePair. Reads all patients once: for a thread and a connection of its own. progress, if not NULL,
 * hears fractions in that thread. Free with g_ptr_array_unref (). G_IO_ERROR_CANCELLED. */
GPtrArray *
desk_duplicate_pairs (DeskDb *db, guint limit, GCancellable *cancellable, DeskDuplicateProgress progress, gpointer user_data,
                      GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row)), marks = g_array_new (FALSE, FALSE, sizeof (Mark)),
                     candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (pair_free);
  Pass pass = { db, rows, marks, candidates, cancellable, progress, user_data };

  if (!read_marks (&pass, error))
    return NULL;
  pair_up (&pass);
  if (!weigh_candidates (&pass, pairs, error))
    return NULL;
  g_ptr_array_sort (pairs, compare_pairs);
  if (pairs->len > limit)
    g_ptr_array_set_size (pairs, limit);
  return g_steal_pointer (&pairs);
}
