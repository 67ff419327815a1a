/* Several items of the inbox at once: as one paper, and which is what of it, or each as a paper of its own. */
#pragma once

#include <adwaita.h>

#include "desk-inbox.h"

G_BEGIN_DECLS

#define DESK_TYPE_INBOX_PARTS (desk_inbox_parts_get_type ())
G_DECLARE_FINAL_TYPE (DeskInboxParts, desk_inbox_parts, DESK, INBOX_PARTS, AdwBin)

void desk_inbox_parts_show (DeskInboxParts *self, const GPtrArray *items);
void desk_inbox_parts_set_together (DeskInboxParts *self, gboolean together);
void desk_inbox_parts_set_part (DeskInboxParts *self, guint index, const char *part);
void desk_inbox_parts_collect (DeskInboxParts *self, DeskInboxFiling *filing);

G_END_DECLS
