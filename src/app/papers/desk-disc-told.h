/* What is said when studies of a disc are filed, with the way back. */
#pragma once

#include "desk-disc-jobs.h"
#include "desk-page.h"

G_BEGIN_DECLS

void desk_disc_tell_filed (DeskPage *page, DeskDiscFiling *filing);

G_END_DECLS
