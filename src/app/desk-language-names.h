/* Languages by their own names, as in a list to choose from. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GListModel *desk_language_names (const char *const *codes);
guint desk_language_place (const char *const *codes, const char *code);

G_END_DECLS
