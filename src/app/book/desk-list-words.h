/* The lists of the book in words: who waits and for what, calls that are due, free time and who fits. Free what they
 * return. */
#pragma once

#include "desk-freed.h"
#include "desk-page.h"
#include "desk-recall.h"

G_BEGIN_DECLS

char *desk_list_waiting_words (DeskPage *page, const DeskWaiting *waiting);
char *desk_list_recall_words (DeskPage *page, const DeskRecall *recall);
char *desk_list_freed_title (DeskPage *page, const DeskFreedSlot *slot, guint n_fits);
char *desk_list_misses_words (guint misses);
char *desk_list_weekdays_words (const char *weekdays);

G_END_DECLS
