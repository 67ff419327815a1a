/* Clearing a biohazard mark: a physician, with a reason. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

void desk_biohazard_ask (DeskPage *page, gint64 patient_id);

G_END_DECLS
