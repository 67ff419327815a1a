/* The lines of a quote or invoice as they are written: one types part of a fee's name and Enter, "6 infusion" for six of it,
 * "-50000" for a discount; what no fee is called becomes a free line. Count, price and rate stand in the line. */
#pragma once

#include <adwaita.h>

#include "desk-quote.h"

G_BEGIN_DECLS

#define DESK_TYPE_LINE_LIST (desk_line_list_get_type ())
G_DECLARE_FINAL_TYPE (DeskLineList, desk_line_list, DESK, LINE_LIST, AdwBin)

DeskLineList *desk_line_list_new (void);
void desk_line_list_set_fees (DeskLineList *self, GPtrArray *fees);
void desk_line_list_fill (DeskLineList *self, const GPtrArray *lines);
gboolean desk_line_list_add (DeskLineList *self, const char *typed);
GPtrArray *desk_line_list_dup (DeskLineList *self);
const char *desk_line_list_problem (DeskLineList *self);
void desk_line_list_focus (DeskLineList *self);

G_END_DECLS
