/* A disc or folder of DICOM files: what is on it, whose it is, and into the clinic. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_DISC_DIALOG (desk_disc_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DeskDiscDialog, desk_disc_dialog, DESK, DISC_DIALOG, AdwWindow)

void desk_disc_dialog_show (DeskPage *page, const char *folder);
void desk_disc_dialog_choose (DeskPage *page);

G_END_DECLS
