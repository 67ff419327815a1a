/* The second wall, inside the first: which system calls the helper may still make. What bubblewrap keeps away the file
 * cannot reach; what is filtered here it cannot even try against the kernel. */
#pragma once

#include <glib.h>

typedef enum
{
  READER_ROOM_PARSER,  /* our own parsers: memory, reading, standard output */
  READER_ROOM_LIBRARY, /* poppler and the picture loaders: threads as well */
  READER_ROOM_PROGRAM, /* as the parser, but another program is started in it: DCMTK's */
} ReaderRoom;

gboolean reader_filter (ReaderRoom room) G_GNUC_WARN_UNUSED_RESULT;
