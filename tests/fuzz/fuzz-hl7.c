/* Laboratory messages: the lines of the answer are always lines, in UTF-8. */
#include "desk-hl7-read.h"
#include "desk-lines.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (DeskLines) lines;

  desk_hl7_read ((const char *) data, length, out);
  desk_lines_init (&lines, out->str, out->len);
  while (desk_lines_next (&lines))
    ;
  g_assert_false (lines.broken);
  return 0;
}
