/* The sample clinic: invented people and a working week around today, the same for the same seed and day. */
#pragma once

#include <gio/gio.h>

#include "desk-day.h"
#include "desk-progress.h"

G_BEGIN_DECLS

#define DESK_SAMPLE_DEFAULT_PATIENTS 200
#define DESK_SAMPLE_MAX_PATIENTS 1000000

gboolean desk_sample_create (const char *path, guint patients, guint64 seed, DeskDay today, DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
