/* How hard a passphrase is to guess. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DESK_PASSPHRASE_MIN 10 /* characters */

typedef enum
{
  DESK_STRENGTH_SHORT, /* not accepted */
  DESK_STRENGTH_EASY,  /* not accepted: known or guessed at once */
  DESK_STRENGTH_FAIR,
  DESK_STRENGTH_GOOD,
} DeskStrength;

DeskStrength desk_strength (const char *passphrase);
const char *desk_strength_words (DeskStrength strength);

G_END_DECLS
