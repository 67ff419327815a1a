/* What the program does by itself in the evening while it is open: the black-out pack, and what a new day makes due. */
#pragma once

#include "desk-session.h"

G_BEGIN_DECLS

void desk_nightly_start (DeskSession *session);

G_END_DECLS
