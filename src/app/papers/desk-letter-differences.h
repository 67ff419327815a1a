/* Letters of a patient that no longer say what the book says: which fields, what stood there and what should; issued
 * again, or left as they are. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

void desk_letter_differences_show (DeskPage *page, gint64 patient_id);

G_END_DECLS
