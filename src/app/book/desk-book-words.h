/* The book in words: visits, free slots, conflicts; and what people type for a day or a time. */
#pragma once

#include <gtk/gtk.h>

#include "desk-book-board.h"

G_BEGIN_DECLS

const char *desk_book_status_letter (const char *status);
void desk_book_status_color (const char *status, GdkRGBA *color);
const char *desk_book_type_name (const DeskVisitType *type);
char *desk_book_time_words (int minute);
char *desk_book_span_words (const DeskVisit *visit, GTimeZone *zone);
char *desk_book_resources_words (const DeskVisit *visit, const GPtrArray *resources);
gboolean desk_book_waits (const DeskVisit *visit);
int desk_book_waiting_minutes (const DeskVisit *visit);
char *desk_book_status_words (const DeskVisit *visit);
char *desk_book_isolate (const char *words);
char *desk_book_visit_words (const DeskBookBoard *board, const DeskVisit *visit);
char *desk_book_block_words (const DeskTimeBlock *block);
char *desk_book_slot_words (const DeskBookBoard *board, guint column, int minute);
char *desk_book_conflict_words (const DeskConflict *conflict, const GPtrArray *resources);
char *desk_book_conflicts_words (const GPtrArray *conflicts, const GPtrArray *resources);
char *desk_book_warnings_words (const GPtrArray *conflicts, const GPtrArray *resources);
char *desk_book_passed_over_words (const char *reason, const char *warnings);
char *desk_book_override_words (const DeskVisit *visit);

gboolean desk_book_parse_day (const char *text, DeskDay base, DeskDay *day);
gboolean desk_book_parse_time (const char *text, int *minute);

G_END_DECLS
