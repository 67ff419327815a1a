/* Two records side by side: which stays, which value of each field, what moves, and who approves; and the way back. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

void desk_merge_dialog_open (DeskPage *page, gint64 one, gint64 other);
void desk_unmerge_dialog_open (DeskPage *page, gint64 merge_id);

G_END_DECLS
