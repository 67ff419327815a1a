/* The answers of the helpers as text: lines "key<TAB>value<LF>" in UTF-8, with \\ \t \n \r for what would break a line.
 * Who reads them trusts nobody: what is not such a line ends the reading. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *key, *value; /* of the line read last; lent until the next one */
  gboolean broken;         /* the reading ended before the text did */
  const char *at, *end;
  GString *buffer;
} DeskLines;

void desk_lines_add (GString *out, const char *key, const char *value);
void desk_lines_init (DeskLines *lines, const char *text, gsize length);
gboolean desk_lines_next (DeskLines *lines);
void desk_lines_clear (DeskLines *lines);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DeskLines, desk_lines_clear)

G_END_DECLS
