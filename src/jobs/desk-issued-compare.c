/* Whether a letter that is out still says what the book says. */
#include <string.h>

#include "desk-error.h"
#include "desk-issued-private.h"
#include "desk-letter-data.h"
#include "desk-letter-gather.h"
#include "desk-letter-reader.h"

typedef struct
{
  GPtrArray *differences;
  GPtrArray *languages; /* in which values are compared: the letter's, and those it has values in */
} Compare;

void
desk_letter_difference_free (DeskLetterDifference *difference)
{
  if (!difference)
    return;
  g_free (difference->field);
  g_free (difference->was);
  g_free (difference->now);
  g_free (difference);
}

static void
free_difference (gpointer difference)
{
  desk_letter_difference_free (difference);
}

static void
add (Compare *compare, const char *list, const char *name, guint place, const char *was, const char *now)
{
  DeskLetterDifference *difference = g_new0 (DeskLetterDifference, 1);

  difference->field = list ? g_strconcat (list, ".", name, NULL) : g_strdup (name);
  difference->place = place;
  difference->was = g_strdup (was);
  difference->now = g_strdup (now);
  g_ptr_array_add (compare->differences, difference);
}

static void
note_language (const DeskFieldValue *value, gpointer user_data)
{
  GPtrArray *languages = user_data;

  if (value->language && !g_ptr_array_find_with_equal_func (languages, value->language, g_str_equal, NULL))
    g_ptr_array_add (languages, g_strdup (value->language));
}

static void
note_languages (const DeskFields *fields, GPtrArray *languages)
{
  g_autoptr (GPtrArray) lists = desk_fields_lists (fields);

  desk_fields_foreach (fields, note_language, languages);
  for (guint i = 0; i < lists->len; i++)
    {
      const GPtrArray *items = desk_fields_get_list (fields, lists->pdata[i]);

      for (guint j = 0; j < items->len; j++)
        note_languages (items->pdata[j], languages);
    }
}

static void
compare_value (Compare *compare, const DeskFields *old, const DeskFields *new, const char *list, const char *name, guint place)
{
  for (guint i = 0; i < compare->languages->len; i++)
    {
      const char *was = desk_fields_get (old, name, compare->languages->pdata[i]);
      const char *now = desk_fields_get (new, name, compare->languages->pdata[i]);

      if (g_strcmp0 (was, now) == 0)
        continue;
      add (compare, list, name, place, was, now);
      return;
    }
}

static GPtrArray *
names_of (const DeskFields *old, const DeskFields *new)
{
  g_autoptr (GPtrArray) more = desk_fields_asked (new);
  GPtrArray *names = desk_fields_asked (old);

  for (guint i = 0; i < more->len; i++)
    if (!g_ptr_array_find_with_equal_func (names, more->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (names, more->pdata[i]);
  return names;
}

static void compare_fields (Compare *compare, const DeskFields *old, const DeskFields *new, const char *list, guint place);

static void
compare_lists (Compare *compare, const GPtrArray *old, const GPtrArray *new, const char *list, const char *name)
{
  guint n_old = old ? old->len : 0, n_new = new ? new->len : 0;
  g_autofree char *path = list ? g_strconcat (list, ".", name, NULL) : g_strdup (name);

  if (n_old != n_new)
    {
      g_autofree char *was = g_strdup_printf ("%u", n_old), *now = g_strdup_printf ("%u", n_new);

      add (compare, list, name, 0, was, now);
    }
  for (guint i = 0; i < MIN (n_old, n_new); i++)
    compare_fields (compare, old->pdata[i], new->pdata[i], path, i + 1);
}

static void
compare_fields (Compare *compare, const DeskFields *old, const DeskFields *new, const char *list, guint place)
{
  g_autoptr (GPtrArray) names = names_of (old, new);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      const GPtrArray *was = desk_fields_get_list (old, name), *now = desk_fields_get_list (new, name);

      if (!list && (desk_letter_field_passes (name) || g_str_has_prefix (name, "issued.")))
        continue;
      if (was || now)
        compare_lists (compare, was, now, list, name);
      else
        compare_value (compare, old, new, list, name, place);
    }
}

/* What the letter would say today where it says otherwise: DeskLetterDifference, none where it holds. As on the day it
 * was issued, so that what was planned then and took place since is no difference. */
GPtrArray *
desk_letter_compare (DeskDb *db, gint64 issued_id, GError **error)
{
  g_autoptr (DeskIssued) issued = desk_issued_load (db, issued_id, error);
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func (free_difference);
  g_autoptr (GPtrArray) languages = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL, *data = NULL;

  if (!issued || !desk_issued_frozen (db, issued_id, &text, &data, error))
    return NULL;
  const DeskLetterWanted wanted = { .name = issued->name, .language = issued->language, .patient_id = issued->patient_id,
                                    .subject = issued->subject, .subject_id = issued->subject_id, .again = TRUE };
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_read (text, -1, error);
  g_autoptr (DeskFields) old = template_ ? desk_letter_data_read (data, error) : NULL;
  /* Filling is what asks for fields. */
  g_autoptr (DeskLetter) letter = old ? desk_letter_fill (template_, old, issued->language, issued->issued_on, error) : NULL;
  g_autoptr (DeskFields) new = letter ? desk_letter_gather (db, template_, &wanted, issued->issued_on, error) : NULL;
  if (!new)
    return NULL;
  Compare compare = { differences, languages };
  g_ptr_array_add (languages, g_strdup (issued->language));
  note_languages (old, languages);
  compare_fields (&compare, old, new, NULL, 0);
  return g_steal_pointer (&differences);
}

/* The names of the fields, each once, separated by spaces. */
static char *
fields_of (const GPtrArray *differences)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < differences->len; i++)
    {
      const DeskLetterDifference *difference = differences->pdata[i];

      if (!g_ptr_array_find_with_equal_func (names, difference->field, g_str_equal, NULL))
        g_ptr_array_add (names, difference->field);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

/* A letter whose text this program cannot read any more cannot be compared: somebody has to look. */
static char *
differs (DeskDb *db, gint64 issued_id, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (DeskIssued) issued = desk_issued_load (db, issued_id, error);

  if (!issued)
    return NULL;
  if (issued->replaced_by || issued->void_at)
    return g_strdup ("");
  g_autoptr (GPtrArray) differences = desk_letter_compare (db, issued_id, &inner);
  if (differences)
    return fields_of (differences);
  if (g_error_matches (inner, DESK_ERROR, DESK_ERROR_INVALID))
    return g_strdup ("text");
  g_propagate_error (error, g_steal_pointer (&inner));
  return NULL;
}

/* Compares what a change may have made wrong, of one patient, or of all for 0, and writes down what no longer matches; n
 * tells how many were compared. For the worker: each takes as long as filling a letter. */
gboolean
desk_letter_compare_touched (DeskDb *db, gint64 patient_id, guint *n, GError **error)
{
  g_autoptr (GArray) ids = desk_issued_touched (db, patient_id, error);
  g_autoptr (DeskTxn) txn = NULL;

  *n = 0;
  if (!ids || ids->len == 0)
    return ids != NULL;
  txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autofree char *fields = differs (db, id, error);

      if (!fields || !desk_issued_compared (txn, id, fields, error))
        return FALSE;
      ++*n;
    }
  return desk_txn_commit (txn, error);
}
