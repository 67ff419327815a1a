/* What is said about printing. */
#pragma once

#include "desk-print-paper.h"
#include "desk-printers.h"

G_BEGIN_DECLS

char *desk_print_words_printer (const DeskPrinter *printer);
char *desk_print_words_range (const char *problem, guint number, guint n_pages);
char *desk_print_words_outcome (const DeskPrintPaper *paper, guint n_pages, guint all, guint copies);
char *desk_print_words_stage (DeskPrintStage stage, const char *printer, const char *words, gboolean marked);

G_END_DECLS
