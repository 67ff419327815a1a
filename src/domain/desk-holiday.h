/* Public holidays of Japan, computed from the law's rules; the clinic's own closed days are the store's. */
#pragma once

#include "desk-day.h"

G_BEGIN_DECLS

const char *desk_holiday_name (DeskDay day, gboolean japanese);

G_END_DECLS
