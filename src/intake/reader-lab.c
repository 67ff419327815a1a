/* Laboratory messages and tables as lines (readers/desk-hl7-read.h). */
#include "desk-hl7-read.h"
#include "desk-lab-csv-read.h"
#include "reader.h"

static void
answer (void (*read) (const char *bytes, gsize length, GString *out))
{
  g_autoptr (GBytes) bytes = reader_input ();
  g_autoptr (GString) out = g_string_new (NULL);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  read (data ? data : "", length, out);
  reader_write (out->str, out->len);
}

void
reader_hl7 (char **args)
{
  answer (desk_hl7_read);
}

void
reader_lab_csv (char **args)
{
  answer (desk_lab_csv_read);
}
