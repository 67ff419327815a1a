/* Random numbers that are the same on every machine for the same seed; never for secrets. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 state[4];
} DeskRandom;

void desk_random_init (DeskRandom *random, guint64 seed);
guint64 desk_random_next (DeskRandom *random);
guint desk_random_below (DeskRandom *random, guint n);
int desk_random_between (DeskRandom *random, int low, int high);
gboolean desk_random_one_in (DeskRandom *random, guint n);
char *desk_random_pattern (DeskRandom *random, const char *pattern);

G_END_DECLS
