/* The dialogs of the settings' page of cells: what is asked of a test, and a bench or device. */
#pragma once

#include "desk-lot.h"
#include "desk-setup-page.h"

G_BEGIN_DECLS

void desk_cell_form_test (DeskSetupPage *page, const DeskLotTest *test);
void desk_cell_form_device (DeskSetupPage *page, const DeskDevice *device);

G_END_DECLS
