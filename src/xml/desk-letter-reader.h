/* Letter templates as XML, checked against data/schema/letter.xsd. */
#pragma once

#include "desk-letter.h"

G_BEGIN_DECLS

#define DESK_LETTER_XML_MAX (1 << 20) /* bytes of a template */

const char *const *desk_letter_builtin_names (void);
const char *desk_letter_builtin_text (const char *name);
DeskLetterTemplate *desk_letter_builtin (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskLetterTemplate *desk_letter_read (const char *xml, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskLetterTemplate *desk_letter_read_all (const char *xml, gssize length, DeskLetterProblems *problems) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
