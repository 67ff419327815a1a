/* Sending units together, and looking at what came. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

void desk_shipment_send_dialog (DeskPage *page);
void desk_shipment_receive_dialog (DeskPage *page, gint64 id);

G_END_DECLS
