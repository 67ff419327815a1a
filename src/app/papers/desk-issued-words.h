/* The register of issued papers in words. */
#pragma once

#include "desk-issued.h"

G_BEGIN_DECLS

char *desk_issued_words_title (const DeskIssued *issued);
char *desk_issued_words_state (const DeskIssued *issued, GTimeZone *zone);
char *desk_issued_words_print (const DeskIssuedPrint *print, GTimeZone *zone);
char *desk_issued_words_field (const char *field);

G_END_DECLS
