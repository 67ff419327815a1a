/* The two clocks of a remote visit: the clinic's and the patient's, both with the weekday. */
#pragma once

#include "desk-page.h"
#include "desk-visit.h"

G_BEGIN_DECLS

char *desk_clock_city (const char *zone);
char *desk_clock_theirs (const DeskVisit *visit);
char *desk_clock_theirs_short (const DeskVisit *visit);

/* A visit whose time is no longer what was agreed: says both, and brings it to what was agreed on one confirmation. */
void desk_clock_ask_mend (DeskPage *page, gint64 visit_id);

G_END_DECLS
