/* A patient's visits to come, saved as a file for the patient's own calendar. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

void desk_calendar_save (DeskPage *page, gint64 patient_id);

G_END_DECLS
