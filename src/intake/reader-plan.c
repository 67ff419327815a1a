/* A problem of the planner: XML as lines. What is wrong with it is said in one line, for people. */
#include "desk-lines.h"
#include "desk-plan-xml.h"
#include "reader.h"

void
reader_plan (char **args)
{
  g_autoptr (GBytes) bytes = reader_input ();
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (!desk_plan_xml_lines (data ? data : "", length, out, &error))
    {
      g_string_truncate (out, 0);
      desk_lines_add (out, "trouble", error->message);
    }
  reader_write (out->str, out->len);
}
