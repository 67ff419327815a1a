/* A letter template: what is wrong with it as lines. */
#include "desk-letter-reader.h"
#include "desk-lines.h"
#include "reader.h"

void
reader_letter (char **args)
{
  g_autoptr (GBytes) bytes = reader_input ();
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (DeskLetterProblems) problems = desk_letter_problems_new ();
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_read_all (data ? data : "", (gssize) length, problems);

  for (guint i = 0; i < problems->len; i++)
    {
      const DeskLetterProblem *problem = desk_letter_problems_get (problems, i);
      g_autofree char *line = g_strdup_printf ("%d", problem->line);

      desk_lines_add (out, "problem", line);
      desk_lines_add (out, "code", problem->code);
      desk_lines_add (out, "detail", problem->detail ? problem->detail : "");
    }
  desk_lines_add (out, "usable", template_ ? "1" : "0");
  reader_write (out->str, out->len);
}
