/* Inside the series: what this computer remembers of a clinic's numbers outside the file. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *name, *generation;
  gint64 first, last; /* first: of those given now, 0 when only read */
} DeskSeriesMark;

GPtrArray *desk_series_marks_read (const char *uuid, const char *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_series_marks_raise (const char *uuid, const char *file, const GPtrArray *given, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 desk_series_marks_get (const GPtrArray *marks, const char *name, const char *generation);
GPtrArray *desk_series_marks_new (void);
void desk_series_marks_set (GPtrArray *marks, const char *name, const char *generation, gint64 n);
char *desk_series_computer (void);
char *desk_series_file (const char *path);

G_END_DECLS
