/* The dialogs of a stocktake: what is counted, the end of scanning, a difference, closing, giving up. */
#pragma once

#include "desk-counts.h"
#include "desk-page.h"

G_BEGIN_DECLS

/* Called when the store has accepted: the count it was about. */
typedef void (*DeskCountDone) (gpointer user_data, gint64 count_id);

void desk_count_open_dialog (DeskPage *page, DeskCountDone done, gpointer user_data);
void desk_count_end_dialog (DeskPage *page, const DeskCount *count);
void desk_count_abandon_dialog (DeskPage *page, const DeskCount *count);
void desk_count_close_dialog (DeskPage *page, const DeskCount *count);
void desk_count_resolve_dialog (DeskPage *page, const DeskCountDifference *difference);
char *desk_count_difference_words (const DeskCountDifference *difference);

G_END_DECLS
