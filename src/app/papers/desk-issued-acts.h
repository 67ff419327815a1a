/* What is done to a paper of the register: printed again, corrected, put out of force. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

void desk_issued_act_print (GtkWidget *widget, DeskPage *page, gint64 issued_id);
void desk_issued_act_correct (GtkWidget *widget, DeskPage *page, gint64 issued_id);
void desk_issued_act_void (GtkWidget *widget, DeskPage *page, gint64 issued_id);

G_END_DECLS
