/* xoshiro256** seeded by splitmix64 (Blackman and Vigna, public domain): prng.di.unimi.it */
#include "desk-random.h"

static guint64
splitmix (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

void
desk_random_init (DeskRandom *random, guint64 seed)
{
  for (guint i = 0; i < G_N_ELEMENTS (random->state); i++)
    random->state[i] = splitmix (&seed);
}

static guint64
rotate (guint64 x, int by)
{
  return x << by | x >> (64 - by);
}

/* The next 64 bits (xoshiro256**, Blackman and Vigna). */
guint64
desk_random_next (DeskRandom *random)
{
  guint64 *s = random->state;
  guint64 result = rotate (s[1] * 5, 7) * 9;
  guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate (s[3], 45);
  return result;
}

/* 0 … n − 1; n must not be 0. */
guint
desk_random_below (DeskRandom *random, guint n)
{
  return (guint) ((desk_random_next (random) >> 32) * n >> 32);
}

/* Both ends included. */
int
desk_random_between (DeskRandom *random, int low, int high)
{
  return low + (int) desk_random_below (random, high - low + 1);
}

/* TRUE once in n times. */
gboolean
desk_random_one_in (DeskRandom *random, guint n)
{
  return desk_random_below (random, n) == 0;
}

/* A copy of the pattern with each '#' a digit and each '@' a capital letter; the caller frees it. */
char *
desk_random_pattern (DeskRandom *random, const char *pattern)
{
  char *text = g_strdup (pattern);

  for (char *p = text; *p; p++)
    if (*p == '#')
      *p = '0' + desk_random_below (random, 10);
    else if (*p == '@')
      *p = 'A' + desk_random_below (random, 26);
  return text;
}
