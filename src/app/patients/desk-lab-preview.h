/* What a laboratory's file holds, before any of it is saved. */
#pragma once

#include "desk-lab-import.h"
#include "desk-page.h"

G_BEGIN_DECLS

void desk_lab_preview_choose (DeskPage *page, const DeskPatient *patient);
void desk_lab_preview_open (DeskPage *page, const DeskPatient *patient, DeskLabImport *import);

G_END_DECLS
