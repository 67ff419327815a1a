/* Bytes of unknown encoding into UTF-8. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *desk_text_guess (const char *bytes, gsize length, gsize *mark);
char *desk_text_decode (const char *bytes, gsize length, const char *encoding, gsize *out_length, guint *n_bad);

G_END_DECLS
