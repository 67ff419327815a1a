/* What the program does by itself in the evening while it is open: the black-out pack. */
#pragma once

#include "desk-session.h"

G_BEGIN_DECLS

void desk_nightly_start (DeskSession *session);

G_END_DECLS
