/* What a content is, by its first bytes; its name says nothing. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DESK_CONTENT_LOOK 4096 /* bytes that are enough to tell */

const char *desk_content_type (const void *bytes, gsize length);
gboolean desk_content_extension_fits (const char *name, const char *media_type);

G_END_DECLS
