#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_PATIENTS_PAGE (desk_patients_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskPatientsPage, desk_patients_page, DESK, PATIENTS_PAGE, DeskPage)

G_END_DECLS
