#include "desk-paper-codes.h"

#include "desk-code.h"
#include "desk-lines.h"
#include "desk-reader.h"

#define MOST_ANSWER 20000 /* bytes */
#define SECONDS 20

/* Numbers of papers issued here that stand as a code on a page of a PDF or picture, each once; freed with
 * g_ptr_array_unref (). Empty for a content that has none. */
GPtrArray *
desk_paper_codes (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  const DeskReaderCall call = { .mode = "codes", .max_answer = MOST_ANSWER, .seconds = SECONDS };
  int input = desk_reader_memory (bytes, error);
  g_autoptr (GBytes) answer = input < 0 ? NULL : desk_reader_call (&call, input, cancellable, error);
  g_auto (DeskLines) lines = { 0 };
  gsize length;

  if (!answer)
    return NULL;
  GPtrArray *numbers = g_ptr_array_new_with_free_func (g_free);
  const char *text = g_bytes_get_data (answer, &length);
  desk_lines_init (&lines, text ? text : "", length);
  while (desk_lines_next (&lines))
    {
      g_autoptr (DeskCode) code = g_str_equal (lines.key, "code") ? desk_code_read (lines.value) : NULL;

      if (code && code->kind == DESK_CODE_PAPER && code->checked && !code->problem)
        g_ptr_array_add (numbers, g_strdup (code->number));
    }
  return numbers;
}

typedef struct
{
  DeskContents *contents;
  char *digest;
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
numbers_free (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = desk_contents_get (order->contents, order->digest, cancellable, &error);
  GPtrArray *numbers = bytes ? desk_paper_codes (bytes, cancellable, &error) : NULL;

  if (numbers)
    g_task_return_pointer (task, numbers, numbers_free);
  else
    g_task_return_error (task, error);
}

/* Reads the codes of a content in a thread of its own. */
void
desk_paper_codes_async (DeskContents *contents, const char *digest, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Order *order = g_new0 (Order, 1);

  order->contents = g_object_ref (contents);
  order->digest = g_strdup (digest);
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, run);
}

/* The numbers, for the caller to free; the errors of desk_contents_get () and desk_reader_call (). */
GPtrArray *
desk_paper_codes_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
