/* How far a long job has come; called in the thread of the job, a few hundred times at most. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*DeskProgressFunc) (double fraction, gpointer user_data);

G_END_DECLS
