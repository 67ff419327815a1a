/* Names of files from outside, made harmless: shown and searched, never used as a path. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DESK_FILE_NAME_MAX 200 /* bytes that are kept of a name */

char *desk_file_name_safe (const char *name);
char *desk_file_name_title (const char *name);
char **desk_file_name_words (const char *name);
gboolean desk_link_is_usable (const char *link);

G_END_DECLS
