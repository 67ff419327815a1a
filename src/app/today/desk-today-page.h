#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_TODAY_PAGE (desk_today_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskTodayPage, desk_today_page, DESK, TODAY_PAGE, DeskPage)

G_END_DECLS
