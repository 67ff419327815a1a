/* What treatment costs: fee schedules and their versions, exchange rates, what happens to money when something is cancelled,
 * and the clinic's tax. */
#pragma once

#include "desk-setup-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_MONEY_PAGE (desk_money_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskMoneyPage, desk_money_page, DESK, MONEY_PAGE, DeskSetupPage)

G_END_DECLS
