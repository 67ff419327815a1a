/* Folding for search, on text as it may come from anywhere. */
#include <string.h>

#include "desk-fold.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autofree char *text = g_strndup ((const char *) data, length);
  g_autofree char *folded = desk_fold (text), *again = desk_fold (folded);
  g_autofree char *identifier = desk_fold_identifier (text);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) query = desk_fold_query (text);

  desk_fold_words (text, words);
  g_assert_true (g_utf8_validate (folded, -1, NULL) && g_utf8_validate (identifier, -1, NULL));
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);

      g_assert_true (*word && g_utf8_validate (word, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (word, -1), <=, DESK_FOLD_WORD_MAX);
    }
  /* What was folded once stays as it is: or a stored word would not be found by itself. */
  g_assert_cmpstr (folded, ==, again);
  for (guint i = 0; i < query->len; i++)
    g_assert_true (g_utf8_validate (g_ptr_array_index (query, i), -1, NULL));
  return 0;
}
