/* Exports as XML (data/schema/uketsuke.xsd): read from one consistent view of the clinic, written beside the
 * target, read back and validated, and only then given its name. */
#pragma once

#include <gio/gio.h>

#include "desk-day.h"
#include "desk-db.h"
#include "desk-progress.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_EXPORT_PATIENT,   /* everything of one patient: id */
  DESK_EXPORT_INVENTORY, /* containers, blocked places, open holds, and the units that are in stock */
  DESK_EXPORT_DAYSHEET,  /* the visits of one day of the clinic: day */
  DESK_EXPORT_CLINIC,    /* everything */
  DESK_EXPORT_LOT,       /* one lot: what it was made of and with, results, units, releases: id */
  DESK_EXPORT_CUSTODY,   /* where one unit has been, and every step of it: id */
  DESK_EXPORT_LOOKBACK,  /* one look-back: id */
  DESK_EXPORT_STOCKTAKE, /* the protocol of one stocktake: id */
  DESK_EXPORT_MONEY,     /* quotes, invoices, payments, refunds and packages of one patient: id; 0 for all, with prices and closed days */
  DESK_EXPORT_INVOICE,   /* one invoice or credit note: id */
  DESK_EXPORT_REGISTER,  /* every letter that was issued, with its text, its data and its prints */
} DeskExport;

/* Writes the export to path, or to standard output for "-". Without overwrite an existing file is left as
 * it is: DESK_ERROR_EXISTS. On any failure, and when cancelled (G_IO_ERROR_CANCELLED), nothing of the export
 * remains. The connection must not be inside a transaction; progress and cancellable may be NULL. */
gboolean desk_export (DeskDb *db, DeskExport what, gint64 id, DeskDay day, const char *path, gboolean overwrite,
                      DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a file is a whole and valid export; DESK_ERROR_INVALID with "line N: what" when not. */
gboolean desk_export_check (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
