/* A fee schedule as a table that is typed into; an approved one is only shown. */
#pragma once

#include "desk-fee.h"
#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_FEE_FORM (desk_fee_form_get_type ())
G_DECLARE_FINAL_TYPE (DeskFeeForm, desk_fee_form, DESK, FEE_FORM, AdwWindow)

DeskFeeForm *desk_fee_form_show (DeskSetupPage *page, DeskFeeSchedule *schedule);
void desk_fee_form_set (DeskFeeForm *self, guint fee, const char *column, const char *text);
void desk_fee_form_first (DeskFeeForm *self, const char *text);

G_END_DECLS
