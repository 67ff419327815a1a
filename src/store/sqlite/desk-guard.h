/* Keeps the clinic file ours while we have it open.
 *
 * SQLite holds POSIX locks, and those of a whole process are gone as soon as any part of it opens the same file
 * and closes it again: a file chooser that looks into the folder is enough. Then another process takes itself
 * for the last one, empties and deletes the log, and what we commit after that goes into a deleted file. So one
 * pair of descriptors per file holds read locks of the open-file-description kind on the same bytes: they stay
 * until we let go, and they stop the others from thinking they are alone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DeskGuard DeskGuard;

gboolean desk_guard_holds (const char *path);
DeskGuard *desk_guard_take (const char *path);
DeskGuard *desk_guard_drop (DeskGuard *guard) G_GNUC_WARN_UNUSED_RESULT;
void desk_guard_free (DeskGuard *guard);

G_END_DECLS
