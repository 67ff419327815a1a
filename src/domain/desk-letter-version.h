/* Numbers of versions of letters: digits in groups, "2", "1.10". They stand at the foot of the paper. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DESK_LETTER_VERSION_MAX 20 /* bytes */

gboolean desk_letter_version_valid (const char *version);
int desk_letter_version_compare (const char *a, const char *b);
char *desk_letter_version_next (const char *version);

G_END_DECLS
