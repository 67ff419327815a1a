/* What a letter was filled with, as XML of data/schema/letter-data.xsd: only what its text asked for. */
#pragma once

#include "desk-letter.h"

G_BEGIN_DECLS

char *desk_letter_data_write (const DeskFields *fields, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskFields *desk_letter_data_read (const char *xml, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
