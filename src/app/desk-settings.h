/* What this desk's user likes: language, window size, last page. A small key file in the user's own
 * configuration; the clinic's rules live in the clinic file. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *desk_settings_get (const char *key);
void desk_settings_set (const char *key, const char *value);
int desk_settings_get_int (const char *key, int fallback);
void desk_settings_set_int (const char *key, int value);

G_END_DECLS
