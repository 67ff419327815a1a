#include "desk-previews.h"

#include "desk-dicom-picture.h"
#include "desk-reader.h"

typedef struct
{
  DeskContents *contents;
  char *digest;
  int page, max_width, max_height;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_object_unref (order->contents);
  g_free (order->digest);
  g_free (order);
}

static void
preview_free (gpointer data)
{
  desk_preview_free (data);
}

static DeskPreview *
read_content (const Order *order, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  int input = desk_reader_memory (bytes, error);

  if (input < 0)
    return NULL;
  if (g_str_equal (desk_content_type (data, length), "application/dicom"))
    return desk_dicom_picture (input, NULL, order->max_width, order->max_height, cancellable, error);
  return desk_reader_picture (input, order->page, order->max_width, order->max_height, cancellable, error);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = desk_contents_get (order->contents, order->digest, cancellable, &error);
  DeskPreview *preview = bytes ? read_content (order, bytes, cancellable, &error) : NULL;

  if (preview)
    g_task_return_pointer (task, preview, preview_free);
  else
    g_task_return_error (task, error);
}

/* Reads a page (from 0) of a content within so many pixels, in a thread of its own; the callback comes in the caller's
 * main context. */
void
desk_preview_async (DeskContents *contents, const char *digest, int page, int max_width, int max_height,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Order *order = g_new0 (Order, 1);

  order->contents = g_object_ref (contents);
  order->digest = g_strdup (digest);
  order->page = page;
  order->max_width = max_width;
  order->max_height = max_height;
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, run);
}

/* The picture, for the caller to free; the errors of desk_contents_get (), desk_reader_picture () and
 * desk_dicom_picture (). */
DeskPreview *
desk_preview_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
