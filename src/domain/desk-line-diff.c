#include "desk-line-diff.h"

#include <string.h>

/* So many edits are looked for exactly; beyond that the texts are others, and a whole stretch counts as replaced. */
#define MOST_EDITS 2000

/* ── sequences of numbers ── */

typedef struct
{
  const guint *before, *after;
  gboolean *removed, *added; /* what each item is */
  int *forward, *backward;   /* how far each diagonal got, from the middle of the array on */
  int middle;
} Diff;

typedef struct
{
  int x, y;
  gboolean found;
} Middle;

/* One step outward from the beginning: each diagonal goes on from its better neighbour. TRUE when it met what came from
 * the end. */
static gboolean
step_forward (Diff *diff, int a0, int a1, int b0, int b1, int d, Middle *met)
{
  int n = a1 - a0, m = b1 - b0, delta = n - m;
  int *forward = diff->forward + diff->middle, *backward = diff->backward + diff->middle;

  for (int k = -d; k <= d; k += 2)
    {
      int x = k == -d || (k != d && forward[k - 1] < forward[k + 1]) ? forward[k + 1] : forward[k - 1] + 1, y = x - k;

      while (x < n && y < m && x >= 0 && y >= 0 && diff->before[a0 + x] == diff->after[b0 + y])
        x++, y++;
      forward[k] = x;
      if ((delta & 1) && k >= delta - (d - 1) && k <= delta + (d - 1) && x >= 0 && y >= 0 && x <= n && y <= m && x + backward[delta - k] >= n)
        {
          *met = (Middle){ a0 + x, b0 + y, TRUE };
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
step_backward (Diff *diff, int a0, int a1, int b0, int b1, int d, Middle *met)
{
  int n = a1 - a0, m = b1 - b0, delta = n - m;
  int *forward = diff->forward + diff->middle, *backward = diff->backward + diff->middle;

  for (int k = -d; k <= d; k += 2)
    {
      int x = k == -d || (k != d && backward[k - 1] < backward[k + 1]) ? backward[k + 1] : backward[k - 1] + 1, y = x - k;

      while (x < n && y < m && x >= 0 && y >= 0 && diff->before[a1 - 1 - x] == diff->after[b1 - 1 - y])
        x++, y++;
      backward[k] = x;
      if (!(delta & 1) && k >= delta - d && k <= delta + d && x >= 0 && y >= 0 && x <= n && y <= m && x + forward[delta - k] >= n)
        {
          *met = (Middle){ a1 - x, b1 - y, TRUE };
          return TRUE;
        }
    }
  return FALSE;
}

/* A place that a shortest edit goes through, found from both ends at once. */
static Middle
find_middle (Diff *diff, int a0, int a1, int b0, int b1)
{
  int most = MIN ((a1 - a0 + b1 - b0 + 1) / 2, MOST_EDITS);
  Middle met = { 0 };

  diff->forward[diff->middle + 1] = diff->backward[diff->middle + 1] = 0;
  for (int d = 0; d <= most; d++)
    if (step_forward (diff, a0, a1, b0, b1, d, &met) || step_backward (diff, a0, a1, b0, b1, d, &met))
      break;
  return met;
}

static void
compare (Diff *diff, int a0, int a1, int b0, int b1)
{
  while (a0 < a1 && b0 < b1 && diff->before[a0] == diff->after[b0])
    a0++, b0++;
  while (a0 < a1 && b0 < b1 && diff->before[a1 - 1] == diff->after[b1 - 1])
    a1--, b1--;

  Middle met = a0 < a1 && b0 < b1 ? find_middle (diff, a0, a1, b0, b1) : (Middle){ 0 };
  if (met.found && (met.x > a0 || met.y > b0) && (met.x < a1 || met.y < b1))
    {
      compare (diff, a0, met.x, b0, met.y);
      compare (diff, met.x, a1, met.y, b1);
      return;
    }
  for (int i = a0; i < a1; i++)
    diff->removed[i] = TRUE;
  for (int i = b0; i < b1; i++)
    diff->added[i] = TRUE;
}

/* Says of each item of both whether it has no partner; the caller frees both arrays. */
static void
compare_numbers (const GArray *before, const GArray *after, gboolean **removed, gboolean **added)
{
  int size = (int) (before->len + after->len) + 4;
  g_autofree int *forward = g_new0 (int, 2 * size + 1), *backward = g_new0 (int, 2 * size + 1);
  Diff diff = {
    .before = (const guint *) (gpointer) before->data, .after = (const guint *) (gpointer) after->data,
    .removed = g_new0 (gboolean, before->len + 1), .added = g_new0 (gboolean, after->len + 1),
    .forward = forward, .backward = backward, .middle = size,
  };

  compare (&diff, 0, (int) before->len, 0, (int) after->len);
  *removed = diff.removed;
  *added = diff.added;
}

/* ── texts as numbers ── */

/* The number of a piece of text: the same for the same. */
static guint
number_of (GHashTable *numbers, const char *text, gsize length)
{
  char *key = g_strndup (text, length);
  gpointer known = g_hash_table_lookup (numbers, key);
  guint number = known ? GPOINTER_TO_UINT (known) : g_hash_table_size (numbers) + 1;

  if (known)
    g_free (key);
  else
    g_hash_table_insert (numbers, key, GUINT_TO_POINTER (number));
  return number;
}

/* The lines of a text. What stands after the last line end is a line too, also when it is empty: so they can be joined. */
static char **
split_lines (const char *text)
{
  static const char *const one[] = { "", NULL };

  return *text ? g_strsplit (text, "\n", -1) : g_strdupv ((char **) one);
}

static char **
lines_of (const char *text, GHashTable *numbers, GArray *out)
{
  char **lines = split_lines (text);

  for (guint i = 0; lines[i]; i++)
    {
      guint number = number_of (numbers, lines[i], strlen (lines[i]));

      g_array_append_val (out, number);
    }
  return lines;
}

/* Letters and digits that belong together; a sign of Han, kana or hangul stands for itself, as do all others. */
static const char *
word_end (const char *p)
{
  gunichar c = g_utf8_get_char (p);
  gboolean letters = g_unichar_isalnum (c) && !g_unichar_iswide (c), space = g_unichar_isspace (c);

  do
    p = g_utf8_next_char (p);
  while (*p && ((letters && g_unichar_isalnum (g_utf8_get_char (p)) && !g_unichar_iswide (g_utf8_get_char (p)))
                || (space && g_unichar_isspace (g_utf8_get_char (p)))));
  return p;
}

static void
words_of (const char *line, GHashTable *numbers, GArray *out, GArray *spans)
{
  for (const char *p = line; *p;)
    {
      const char *end = word_end (p);
      DeskDiffSpan span = { (guint) (p - line), (guint) (end - line) };
      guint number = number_of (numbers, p, end - p);

      g_array_append_val (out, number);
      g_array_append_val (spans, span);
      p = end;
    }
}

/* Those of the words that are marked; neighbours become one. */
static GArray *
marked_spans (const GArray *spans, const gboolean *marked)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (DeskDiffSpan));

  for (guint i = 0; i < spans->len; i++)
    {
      DeskDiffSpan span = g_array_index (spans, DeskDiffSpan, i);
      DeskDiffSpan *last = out->len ? &g_array_index (out, DeskDiffSpan, out->len - 1) : NULL;

      if (marked[i] && last && last->to == span.from)
        last->to = span.to;
      else if (marked[i])
        g_array_append_val (out, span);
    }
  return out;
}

/* ── rows ── */

static void
row_free (gpointer data)
{
  DeskDiffRow *row = data;

  g_free (row->before);
  g_free (row->after);
  g_clear_pointer (&row->before_spans, g_array_unref);
  g_clear_pointer (&row->after_spans, g_array_unref);
  g_free (row);
}

static DeskDiffRow *
add_row (GPtrArray *rows, DeskDiffKind kind)
{
  DeskDiffRow *row = g_new0 (DeskDiffRow, 1);

  row->kind = kind;
  g_ptr_array_add (rows, row);
  return row;
}

static void
compare_words (DeskDiffRow *row)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (guint)), after = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) before_spans = g_array_new (FALSE, FALSE, sizeof (DeskDiffSpan));
  g_autoptr (GArray) after_spans = g_array_new (FALSE, FALSE, sizeof (DeskDiffSpan));
  g_autofree gboolean *removed = NULL, *added = NULL;

  words_of (row->before, numbers, before, before_spans);
  words_of (row->after, numbers, after, after_spans);
  compare_numbers (before, after, &removed, &added);
  row->before_spans = marked_spans (before_spans, removed);
  row->after_spans = marked_spans (after_spans, added);
}

/* A stretch of removed and of added lines: they stand in place of each other as far as both go. */
static void
add_stretch (GPtrArray *rows, char **before, guint a0, guint a1, char **after, guint b0, guint b1)
{
  while (a0 < a1 || b0 < b1)
    {
      gboolean old = a0 < a1, new = b0 < b1;
      DeskDiffRow *row = add_row (rows, old && new ? DESK_DIFF_CHANGED : old ? DESK_DIFF_REMOVED : DESK_DIFF_ADDED);

      if (old)
        row->before = g_strdup (before[a0++]), row->before_line = a0;
      if (new)
        row->after = g_strdup (after[b0++]), row->after_line = b0;
      if (old && new)
        compare_words (row);
    }
}

/* The rows (DeskDiffRow) that both texts make side by side; texts are valid UTF-8. */
GPtrArray *
desk_line_diff (const char *before, const char *after)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) old = g_array_new (FALSE, FALSE, sizeof (guint)), new = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GStrv) old_lines = lines_of (before, numbers, old), new_lines = lines_of (after, numbers, new);
  g_autofree gboolean *removed = NULL, *added = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  compare_numbers (old, new, &removed, &added);
  for (guint i = 0, j = 0; i < old->len || j < new->len;)
    {
      guint a0 = i, b0 = j;

      while (i < old->len && removed[i])
        i++;
      while (j < new->len && added[j])
        j++;
      add_stretch (rows, old_lines, a0, i, new_lines, b0, j);
      for (; i < old->len && j < new->len && !removed[i] && !added[j]; i++, j++)
        {
          DeskDiffRow *row = add_row (rows, DESK_DIFF_SAME);

          row->before = g_strdup (old_lines[i]), row->before_line = i + 1;
          row->after = g_strdup (new_lines[j]), row->after_line = j + 1;
        }
    }
  return rows;
}

/* The new text, made of the old one and what the rows add; NULL where the rows are not of that old text. The caller
 * frees it. */
char *
desk_line_diff_apply (const GPtrArray *rows, const char *before)
{
  g_auto (GStrv) lines = split_lines (before);
  g_autoptr (GPtrArray) out = g_ptr_array_new ();
  guint at = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const DeskDiffRow *row = g_ptr_array_index (rows, i);
      const char *line = row->before ? lines[at] : NULL;

      if (row->before && (!line || strcmp (line, row->before) != 0))
        return NULL;
      at += row->before != NULL;
      if (row->kind == DESK_DIFF_SAME)
        g_ptr_array_add (out, (gpointer) line);
      else if (row->after)
        g_ptr_array_add (out, row->after);
    }
  if (lines[at])
    return NULL;
  g_ptr_array_add (out, NULL);
  return g_strjoinv ("\n", (char **) out->pdata);
}
