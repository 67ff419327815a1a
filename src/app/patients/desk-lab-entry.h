/* Results typed by hand: test, value, unit, range, Enter, next. */
#pragma once

#include "desk-page.h"
#include "desk-patient.h"

G_BEGIN_DECLS

void desk_lab_entry_open (DeskPage *page, const DeskPatient *patient);

G_END_DECLS
