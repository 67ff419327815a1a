#include "desk-export.h"

#include <errno.h>
#include <unistd.h>

#include "desk-export-write.h"
#include "desk-publish.h"
#include "desk-xml-check.h"

/* How far the reading back has come. */
typedef struct
{
  const DeskExportOrder *order;
  gint64 size;
  int shown; /* per cent */
} Reading;

static gboolean
on_read (gint64 bytes, gpointer user_data)
{
  Reading *reading = user_data;
  const DeskExportOrder *order = reading->order;
  int percent = (int) (100 * bytes / MAX (reading->size, 1));

  if (order->progress && percent > reading->shown)
    order->progress (0.5 + 0.005 * MIN (percent, 100), order->user_data);
  reading->shown = MAX (reading->shown, percent);
  return !g_cancellable_is_cancelled (order->cancellable);
}

static gboolean
read_back (int fd, const DeskExportOrder *order, GError **error)
{
  Reading reading = { order, lseek (fd, 0, SEEK_END), 0 };

  if (lseek (fd, 0, SEEK_SET) < 0)
    return desk_publish_errno (error, "export", errno);
  if (desk_xml_check_fd (fd, 0, on_read, &reading, error))
    return TRUE;
  if (g_cancellable_is_cancelled (order->cancellable))
    {
      g_clear_error (error);
      g_cancellable_set_error_if_cancelled (order->cancellable, error);
    }
  return FALSE;
}

/* What is being exported, and from where. */
typedef struct
{
  DeskDb *db;
  DeskExportOrder order;
} Export;

static gboolean
fill (int fd, gpointer user_data, GError **error)
{
  Export *export = user_data;
  g_autoptr (DeskXmlWriter) writer = desk_xml_writer_new (fd);

  if (!desk_export_write (export->db, &export->order, writer, error) && !desk_xml_writer_failed (writer))
    return FALSE;
  return desk_xml_writer_finish (writer, error) && read_back (fd, &export->order, error);
}

gboolean
desk_export (DeskDb *db, DeskExport what, gint64 id, DeskDay day, const char *path, gboolean overwrite,
             DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error)
{
  Export export = {
    .db = db,
    .order = {
      .what = what,
      .id = id,
      .day = day,
      .generated_at = g_get_real_time () / G_USEC_PER_SEC,
      .progress = progress,
      .user_data = user_data,
      .cancellable = cancellable,
    },
  };

  return desk_publish (path, overwrite, fill, &export, error);
}

/* Whether a file is XML that the schema accepts; DESK_ERROR_INVALID says where it is not. */
gboolean
desk_export_check (const char *path, GError **error)
{
  return desk_xml_check (path, 0, error);
}
