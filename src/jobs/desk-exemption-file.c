#include "desk-exemption-file.h"

void
desk_exemption_file_free (DeskExemptionFile *file)
{
  if (!file)
    return;
  g_clear_pointer (&file->file, desk_import_file_unref);
  g_clear_pointer (&file->table, g_ptr_array_unref);
  desk_problems_free (file->problems);
  g_free (file);
}

static void
free_row (gpointer row)
{
  g_strfreev (row);
}

static void
check (DeskExemptionFile *read, DeskDay today)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  g_autoptr (GArray) lines = g_array_new (FALSE, TRUE, sizeof (guint));

  for (guint i = 0; i < read->file->rows->len; i++)
    {
      guint line;

      g_ptr_array_add (rows, desk_import_file_row (read->file, i, &line));
      g_array_append_val (lines, line);
    }
  read->table = desk_exemption_read (rows, (const guint *) lines->data, today, read->problems);
  /* What the helper had to cut or could not decode is not what was meant. */
  if (read->file->troubles->len > 0)
    g_clear_pointer (&read->table, g_ptr_array_unref);
}

/* Reads a table through the helper; one with something wrong in it is no error. See desk_reader_call () for those.
 * Blocks, so in a thread. */
DeskExemptionFile *
desk_exemption_file_read (const char *path, DeskDay today, GCancellable *cancellable, GError **error)
{
  g_autoptr (DeskExemptionFile) read = g_new0 (DeskExemptionFile, 1);

  read->problems = desk_problems_new ();
  /* The heading is a row like the others: desk_exemption_read () finds the columns by it. */
  read->file = desk_import_file_read (path, NULL, NULL, FALSE, cancellable, error);
  if (!read->file)
    return NULL;
  check (read, today);
  return g_steal_pointer (&read);
}
