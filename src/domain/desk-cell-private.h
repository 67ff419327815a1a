/* What the files of the cells' rules share. */
#pragma once

#include <string.h>

#include "desk-cell.h"

/* Whether word is one of the comma-separated list. */
static inline gboolean
desk_cell_is (const char *word, const char *list)
{
  gsize length = word ? strlen (word) : 0;

  for (const char *p = list; length && p; p = strchr (p, ',') ? strchr (p, ',') + 1 : NULL)
    if (strncmp (p, word, length) == 0 && (p[length] == ',' || p[length] == '\0'))
      return TRUE;
  return FALSE;
}
