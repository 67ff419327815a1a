/* What the files of DeskContents share. */
#pragma once

#include "desk-contents.h"

G_BEGIN_DECLS

#define DESK_CONTENTS_SUFFIX ".enc" /* of contents that are encrypted; one left in clear is called by its digest alone */
#define DESK_CONTENTS_NEW ".new-"   /* of a copy being written */

const char *desk_contents_folder (DeskContents *self);
DeskVaultKey *desk_contents_dup_key (DeskContents *self);
gboolean desk_contents_is_digest (const char *digest);
gboolean desk_contents_sync_folder (const char *folder, GError **error);
int desk_contents_guard (const char *folder, gboolean removing, GError **error);
gboolean desk_contents_in_clear (const char *folder, const char *digest, int *fd);

G_END_DECLS
