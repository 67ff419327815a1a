/* The dialog for days of a patient's own: when a journey is possible, what keeps visits away. */
#pragma once

#include "desk-page.h"
#include "desk-patient-window.h"

G_BEGIN_DECLS

GtkWindow *desk_patient_window_dialog_show (DeskPage *page, const DeskPatientWindow *window);

G_END_DECLS
