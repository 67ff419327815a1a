#include "desk-previews.h"

#include "desk-reader.h"

typedef struct
{
  char *path;
  int max_width, max_height;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->path);
  g_free (order);
}

static void
preview_free (gpointer data)
{
  desk_preview_free (data);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  GError *error = NULL;
  DeskPreview *preview = desk_reader_run (order->path, order->max_width, order->max_height, cancellable, &error);

  if (preview)
    g_task_return_pointer (task, preview, preview_free);
  else
    g_task_return_error (task, error);
}

/* Reads the first page of a file within so many pixels, in a thread of its own; the callback comes in the
 * caller's main context. */
void
desk_preview_async (const char *path, int max_width, int max_height, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Order *order = g_new0 (Order, 1);

  order->path = g_strdup (path);
  order->max_width = max_width;
  order->max_height = max_height;
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, run);
}

/* The picture, for the caller to free; the errors of desk_reader_run (). */
DeskPreview *
desk_preview_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
