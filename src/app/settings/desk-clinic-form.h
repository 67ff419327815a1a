/* The clinic's own record: names, addresses, numbers of the law, hours. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_CLINIC_FORM (desk_clinic_form_get_type ())
G_DECLARE_FINAL_TYPE (DeskClinicForm, desk_clinic_form, DESK, CLINIC_FORM, DeskSetupPage)

gboolean desk_clinic_form_is_dirty (DeskClinicForm *self);
gboolean desk_clinic_form_save (DeskClinicForm *self);

G_END_DECLS
