#include "desk-word-batch.h"

#include <string.h>

/* So many are sorted before they are written; about 30 MB. */
#define WORDS_AT_ONCE 500000

typedef struct
{
  const char *word;
  gint64 patient_id;
} Word;

struct _DeskWordBatch
{
  GArray *words;       /* of Word, not yet written */
  GStringChunk *texts; /* of those words */
};

/* Free with desk_word_batch_free (); what was not written is then lost. */
DeskWordBatch *
desk_word_batch_new (void)
{
  DeskWordBatch *batch = g_new (DeskWordBatch, 1);

  batch->words = g_array_new (FALSE, FALSE, sizeof (Word));
  batch->texts = g_string_chunk_new (65536);
  return batch;
}

void
desk_word_batch_free (DeskWordBatch *batch)
{
  if (!batch)
    return;
  g_array_unref (batch->words);
  g_string_chunk_free (batch->texts);
  g_free (batch);
}

static int
compare_words (const void *a, const void *b)
{
  const Word *left = a, *right = b;
  int order = strcmp (left->word, right->word);

  return order ? order : (left->patient_id > right->patient_id) - (left->patient_id < right->patient_id);
}

/* Writes what was gathered, inside the open transaction. */
gboolean
desk_word_batch_write (DeskWordBatch *batch, DeskDb *db, GError **error)
{
  g_array_sort (batch->words, compare_words);
  for (guint i = 0; i < batch->words->len; i++)
    {
      const Word *word = &g_array_index (batch->words, Word, i);

      if (!desk_db_run (db, error, "INSERT INTO patient_word (word, patient_id) VALUES ($1, $2)", "ti", word->word, word->patient_id))
        return FALSE;
    }
  g_array_set_size (batch->words, 0);
  g_string_chunk_clear (batch->texts);
  return TRUE;
}

/* Gathers the words of a patient who is stored under that id; writes when there are many. */
gboolean
desk_word_batch_add (DeskWordBatch *batch, DeskDb *db, const DeskPatient *patient, gint64 id, GError **error)
{
  g_autoptr (GHashTable) words = desk_patient_words (patient);
  GHashTableIter iter;
  gpointer text;

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    {
      Word word = { g_string_chunk_insert (batch->texts, text), id };

      g_array_append_val (batch->words, word);
    }
  return batch->words->len < WORDS_AT_ONCE || desk_word_batch_write (batch, db, error);
}
