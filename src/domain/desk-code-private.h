/* Inside the rules on codes. */
#pragma once

#include "desk-code.h"

G_BEGIN_DECLS

char *desk_code_narrow (const char *text, DeskDamage *damage);
char *desk_code_case_swap (const char *text);
gboolean desk_code_read_local (DeskCode *code, const char *text);

G_END_DECLS
