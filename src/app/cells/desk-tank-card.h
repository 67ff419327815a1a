/* One tank in the list of tanks: its headline, what was read last, when it is due, its last month. */
#pragma once

#include "desk-page.h"
#include "desk-tanks.h"

G_BEGIN_DECLS

GtkWidget *desk_tank_card_new (DeskPage *page, const DeskTank *tank);
char *desk_tank_words_reading (const DeskTankCheck *check);

G_END_DECLS
