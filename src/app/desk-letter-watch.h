/* Keeps what the register says of letters true while the program runs: whatever changes, the letters it touched are
 * compared with the book, in the worker; prints that were going on when the program last stopped become unknown. */
#pragma once

#include "desk-session.h"

G_BEGIN_DECLS

void desk_letter_watch_start (DeskSession *session);

G_END_DECLS
