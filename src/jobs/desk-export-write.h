/* The records of the long readers as XML elements: for desk-export.c alone. */
#pragma once

#include "desk-export.h"
#include "desk-report.h"
#include "desk-xml-writer.h"

G_BEGIN_DECLS

typedef struct
{
  DeskExport what;
  gint64 id; /* of the one thing it is about */
  DeskDay day;
  gint64 generated_at; /* UTC seconds */
  DeskProgressFunc progress;
  gpointer user_data;
  GCancellable *cancellable;
} DeskExportOrder;

gboolean desk_export_write (DeskDb *db, const DeskExportOrder *order, DeskXmlWriter *writer, GError **error);

G_END_DECLS
