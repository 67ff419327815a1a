/* What the files about money share. */
#pragma once

#include "desk-db.h"
#include "desk-quote.h"

G_BEGIN_DECLS

char *desk_money_day_text (DeskDay day);
DeskDay desk_money_day_of (const char *text);
gint64 desk_money_now (void);
gboolean desk_money_refuse (GError **error, const char *code);
gboolean desk_money_invalid (const DeskProblems *problems, GError **error);
gboolean desk_money_stepped (DeskStmt *stmt, gint64 *version, GError **error);
gboolean desk_money_insert (DeskStmt *stmt, gint64 *id, GError **error);
gboolean desk_money_read_lines (DeskStmt *stmt, GPtrArray *lines, GError **error);

G_END_DECLS
