/* The dialogs of a tank: a check, its rules, that it is down, and the end of that. */
#pragma once

#include "desk-page.h"
#include "desk-tanks.h"

G_BEGIN_DECLS

void desk_tank_check_dialog (DeskPage *page, const gint64 *ids, guint n_ids);
void desk_tank_correct_dialog (DeskPage *page, gint64 id);
void desk_tank_rules_dialog (DeskPage *page, gint64 id);
void desk_tank_down_dialog (DeskPage *page, gint64 id);
void desk_tank_up_dialog (DeskPage *page, gint64 id);

G_END_DECLS
