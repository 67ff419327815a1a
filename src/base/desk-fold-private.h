/* Between the files of folding. */
#pragma once

#include <glib.h>

gunichar desk_fold_han (gunichar c);
const char *const *desk_fold_han_groups (guint *n_groups);
