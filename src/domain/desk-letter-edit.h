/* Changes to the text of a letter (XML) that leave all else of it as somebody typed it. The text need not be a letter
 * yet; where it cannot be understood nothing is changed. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *desk_letter_edit_get (const char *xml, const char *attribute);
char *desk_letter_edit_set (const char *xml, const char *attribute, const char *value);
char *desk_letter_edit_add_language (const char *xml, const char *language, guint *n_added);

G_END_DECLS
