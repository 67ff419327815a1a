#include "desk-bits.h"

#include <string.h>

#define WORD 64

static guint
n_words (guint n)
{
  return (n + WORD - 1) / WORD;
}

/* All 0. */
DeskBits *
desk_bits_new (guint n)
{
  DeskBits *bits = g_new (DeskBits, 1);

  bits->n = n;
  bits->words = g_new0 (guint64, n_words (n) + 1); /* one more, so that a shift may look past the last */
  return bits;
}

DeskBits *
desk_bits_copy (const DeskBits *bits)
{
  DeskBits *copy = desk_bits_new (bits->n);

  memcpy (copy->words, bits->words, n_words (bits->n) * sizeof *bits->words);
  return copy;
}

void
desk_bits_free (DeskBits *bits)
{
  if (!bits)
    return;
  g_free (bits->words);
  g_free (bits);
}

/* Sets the bits from … until - 1; what is outside of the row is left out. */
void
desk_bits_put (DeskBits *bits, gint64 from, gint64 until, gboolean value)
{
  from = MAX (from, 0);
  until = MIN (until, bits->n);
  while (from < until)
    {
      guint in = from % WORD, length = MIN (WORD - in, until - from);
      guint64 mask = (length == WORD ? ~G_GUINT64_CONSTANT (0) : (G_GUINT64_CONSTANT (1) << length) - 1) << in;

      if (value)
        bits->words[from / WORD] |= mask;
      else
        bits->words[from / WORD] &= ~mask;
      from += length;
    }
}

gboolean
desk_bits_get (const DeskBits *bits, guint i)
{
  return i < bits->n && (bits->words[i / WORD] >> (i % WORD) & 1);
}

/* The first set bit from there on; n for none. */
guint
desk_bits_next (const DeskBits *bits, guint from)
{
  if (from >= bits->n)
    return bits->n;

  guint64 word = bits->words[from / WORD] & ~G_GUINT64_CONSTANT (0) << (from % WORD);
  for (guint i = from / WORD;; word = bits->words[i])
    {
      if (word)
        return i * WORD + __builtin_ctzll (word);
      if (++i == n_words (bits->n))
        return bits->n;
    }
}

/* Both are of the same length. */
void
desk_bits_and (DeskBits *bits, const DeskBits *other)
{
  for (guint i = 0; i < n_words (bits->n); i++)
    bits->words[i] &= other->words[i];
}

/* Both are of the same length. */
void
desk_bits_or (DeskBits *bits, const DeskBits *other)
{
  for (guint i = 0; i < n_words (bits->n); i++)
    bits->words[i] |= other->words[i];
}

/* bits &= bits moved so much earlier. */
static void
and_earlier (DeskBits *bits, guint by)
{
  guint words = n_words (bits->n), skip = by / WORD, in = by % WORD;

  for (guint i = 0; i < words; i++)
    {
      guint64 low = i + skip < words ? bits->words[i + skip] : 0;
      guint64 high = i + skip + 1 < words ? bits->words[i + skip + 1] : 0;

      bits->words[i] &= in ? low >> in | high << (WORD - in) : low;
    }
}

/* From "is free" to "is free for so many bits from here on": each step doubles what is looked at. */
void
desk_bits_fits (DeskBits *bits, guint length)
{
  for (guint done = 1; done < length;)
    {
      guint step = MIN (done, length - done);

      and_earlier (bits, step);
      done += step;
    }
}

/* Moves all so many bits on; what goes past the end is gone. */
void
desk_bits_later (DeskBits *bits, guint by)
{
  guint words = n_words (bits->n), skip = by / WORD, in = by % WORD;

  if (by == 0)
    return;
  for (guint i = words; i-- > 0;)
    {
      guint64 low = i >= skip + 1 ? bits->words[i - skip - 1] : 0;
      guint64 high = i >= skip ? bits->words[i - skip] : 0;

      bits->words[i] = in ? high << in | low >> (WORD - in) : high;
    }
  if (bits->n % WORD)
    bits->words[words - 1] &= (G_GUINT64_CONSTANT (1) << (bits->n % WORD)) - 1;
}
