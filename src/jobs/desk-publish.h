/* A file that is whole or not there: written under a name of its own, made durable, then given its name. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes the content to the descriptor and may read it back; FALSE with an error leaves nothing behind. */
typedef gboolean (*DeskPublishFunc) (int fd, gpointer user_data, GError **error);

/* Publishes to path, or to standard output for "-", which gets the content only once it is whole. Without
 * overwrite an existing file is left as it is: DESK_ERROR_EXISTS. */
gboolean desk_publish (const char *path, gboolean overwrite, DeskPublishFunc fill, gpointer user_data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_publish_possible (const char *path, gboolean overwrite, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_publish_errno (GError **error, const char *path, int number);

G_END_DECLS
